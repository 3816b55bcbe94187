//! Which nodes a path came through and when: a tree of records, pruned of what no living path stands on.
//!
//! It knows no costs.

/// The record of no record.
pub(super) const NONE: u32 = u32::MAX;

/// A node that was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record {
    /// The record before it, or [`NONE`].
    before: u32,
    /// Which.
    pub(super) node: u32,
    /// In which frame.
    pub(super) start: u32,
}

/// Fewer records than these are never cleaned up.
const FEW: usize = 1 << 16;

/// The records of all living paths, each after the one that it follows.
#[derive(Debug, Default)]
pub(super) struct History {
    records: Vec<Record>,
    /// How many records survived the last time.
    survivors: usize,
}

impl History {
    /// Notes that the path of record `before` enters `node`.
    pub(super) fn enter(&mut self, before: u32, node: u32, start: u32) -> u32 {
        self.records.push(Record { before, node, start });
        (self.records.len() - 1) as u32
    }

    /// In which frame the node of a record was entered.
    pub(super) fn start(&self, record: u32) -> u32 {
        self.records.get(record as usize).map_or(0, |record| record.start)
    }

    /// Whether there is much to clean up.
    pub(super) fn is_full(&self) -> bool {
        self.records.len() > FEW + 2 * self.survivors
    }

    /// Keeps only what `living` records stand on, and renumbers those.
    pub(super) fn clean<'a>(&mut self, living: impl Iterator<Item = &'a mut u32>) {
        let living: Vec<&mut u32> = living.collect();
        let mut is_kept = vec![false; self.records.len()];
        for record in &living {
            if let Some(kept) = is_kept.get_mut(**record as usize) {
                *kept = true;
            }
        }
        for index in (0..self.records.len()).rev() {
            let before = match (is_kept.get(index), self.records.get(index)) {
                (Some(true), Some(record)) => record.before,
                _ => continue,
            };
            if let Some(kept) = is_kept.get_mut(before as usize) {
                *kept = true;
            }
        }
        // The new number of each record: a record lies behind the one it follows, which is renumbered by then.
        let mut numbers = vec![NONE; self.records.len()];
        let mut kept = Vec::new();
        for ((record, is_kept), number) in self.records.iter().zip(&is_kept).zip(0..) {
            if *is_kept {
                let before = numbers.get(record.before as usize).copied().unwrap_or(NONE);
                if let Some(slot) = numbers.get_mut(number) {
                    *slot = kept.len() as u32;
                }
                kept.push(Record { before, ..*record });
            }
        }
        for record in living {
            *record = numbers.get(*record as usize).copied().unwrap_or(NONE);
        }
        self.survivors = kept.len();
        self.records = kept;
    }

    /// The records up to `last`, in order.
    pub(super) fn path(&self, last: u32) -> Vec<Record> {
        let mut path = Vec::new();
        let mut next = last;
        while let Some(record) = self.records.get(next as usize) {
            path.push(*record);
            next = record.before;
        }
        path.reverse();
        path
    }

    /// How many records there are.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.records.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_living_path_stands_on_goes() {
        let mut history = History::default();
        let a = history.enter(NONE, 10, 0);
        let _dead = history.enter(a, 11, 1);
        let b = history.enter(a, 12, 2);
        let mut c = history.enter(b, 13, 3);
        let mut none = NONE;
        history.clean([&mut c, &mut none].into_iter());
        assert_eq!(history.len(), 3);
        assert_eq!(none, NONE);
        let nodes: Vec<(u32, u32)> = history.path(c).iter().map(|r| (r.node, r.start)).collect();
        assert_eq!(nodes, [(10, 0), (12, 2), (13, 3)]);
    }
}
