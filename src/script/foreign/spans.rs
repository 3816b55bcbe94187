//! Times that tools leave out: starts shared out between their neighbours, ends where the next begins.

use super::warning;
use crate::script::document::Fault;
use crate::time::Time;

/// How long the last item lasts where nothing says so.
const LAST: Time = Time::from_millis(300);
/// No item whose end is missing lasts longer.
const LONGEST: Time = Time::from_millis(2000);

/// Something of which the file may leave out when it begins or ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Loose<T> {
    pub(super) start: Option<Time>,
    pub(super) end: Option<Time>,
    pub(super) what: T,
}

/// All items in their order, each with a start and an end, and how many had to be given one. Items that begin together
/// share the time until the next. An end that is no later than its start is missing.
pub(super) fn settle<T>(items: Vec<Loose<T>>) -> (Vec<(Time, Time, T)>, usize) {
    let mut starts: Vec<Option<Time>> = Vec::with_capacity(items.len());
    let mut latest = None;
    for item in &items {
        let start = item.start.filter(|start| Some(*start) != latest);
        latest = start.or(latest);
        starts.push(start);
    }
    let ends: Vec<Option<Time>> = items.iter().map(|item| item.end).collect();
    let starts = shared(&starts, &ends);
    let mut filled = 0;
    let mut settled = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        let start = starts.get(index).copied().unwrap_or_default();
        let next = starts.get(index + 1).copied();
        let own = item.end.filter(|end| *end > start && item.start == Some(start));
        if own.is_none() {
            filled += 1;
        }
        let shared_end = item.end.filter(|end| *end > start);
        let end = own.unwrap_or_else(|| match (next.filter(|next| *next > start), shared_end) {
            (Some(next), _) => next.min(start + LONGEST),
            (None, Some(end)) => end,
            (None, None) => start + LAST,
        });
        settled.push((start, end, item.what));
    }
    (settled, filled)
}

/// Starts for all: a run without any shares the time from what is before it to what is after it.
fn shared(starts: &[Option<Time>], ends: &[Option<Time>]) -> Vec<Time> {
    let mut out: Vec<Time> = Vec::with_capacity(starts.len());
    let mut index = 0;
    while let Some(start) = starts.get(index) {
        if let Some(start) = start {
            out.push(*start);
            index += 1;
            continue;
        }
        let run = starts.iter().skip(index).take_while(|start| start.is_none()).count();
        let before = out.last().copied();
        // The item before the run ends where the file says so, or takes a share itself.
        let known = index.checked_sub(1).and_then(|last| ends.get(last).copied().flatten());
        let known = known.filter(|end| before.is_some_and(|before| *end > before));
        let after = starts.get(index + run).copied().flatten();
        let known = known.filter(|end| after.is_none_or(|after| *end < after));
        let first = known.or(before).unwrap_or(Time::ZERO);
        let shares = run as i64 + i64::from(known.is_none() && before.is_some());
        let last =
            after.or_else(|| ends.get(index + run - 1).copied().flatten()).filter(|last| *last > first);
        let whole = last.map_or_else(|| Time::from_nanos(LAST.as_nanos() * shares), |last| last - first);
        let skipped = shares - run as i64;
        for nth in 0..run as i64 {
            out.push(first + Time::from_nanos(whole.as_nanos() / shares * (nth + skipped)));
        }
        index += run;
    }
    out
}

/// What is told where times were missing.
pub(super) fn told(filled: usize, what: &str) -> Option<Fault> {
    (filled > 0).then(|| {
        warning(format!("{filled} {what} have no time of their own; they share that of their neighbours"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loose(start: Option<i64>, end: Option<i64>) -> Loose<()> {
        Loose { start: start.map(Time::from_millis), end: end.map(Time::from_millis), what: () }
    }

    fn millis(items: Vec<Loose<()>>) -> (Vec<(f64, f64)>, usize) {
        let (settled, filled) = settle(items);
        (settled.iter().map(|(a, b, ())| (a.as_millis_f64(), b.as_millis_f64())).collect(), filled)
    }

    #[test]
    fn what_is_there_stays() {
        let items = vec![loose(Some(0), Some(100)), loose(Some(150), Some(300))];
        assert_eq!(millis(items), (vec![(0.0, 100.0), (150.0, 300.0)], 0));
        assert_eq!(millis(Vec::new()), (Vec::new(), 0));
    }

    #[test]
    fn missing_ends_are_the_next_start() {
        let items = vec![loose(Some(0), None), loose(Some(400), None), loose(Some(9000), None)];
        assert_eq!(millis(items), (vec![(0.0, 400.0), (400.0, 2400.0), (9000.0, 9300.0)], 3));
    }

    #[test]
    fn missing_starts_are_shared() {
        let items = vec![
            loose(Some(0), Some(100)),
            loose(None, None),
            loose(None, None),
            loose(Some(300), Some(400)),
        ];
        assert_eq!(millis(items).0, [(0.0, 100.0), (100.0, 200.0), (200.0, 300.0), (300.0, 400.0)]);
        let together = vec![loose(Some(0), Some(0)), loose(Some(0), Some(0)), loose(Some(200), Some(300))];
        assert_eq!(millis(together).0, [(0.0, 100.0), (100.0, 200.0), (200.0, 300.0)]);
        let last = vec![loose(Some(0), Some(100)), loose(None, None)];
        assert_eq!(millis(last).0, [(0.0, 100.0), (100.0, 400.0)]);
    }
}
