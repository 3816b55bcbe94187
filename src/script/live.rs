//! The end of a timeline that is still being spoken: phones as they are heard, and up to when all is known.
//!
//! What is known stays as it is. It holds the last seconds only, however long somebody speaks; it hears nothing itself.

use std::collections::VecDeque;

use super::timeline::TimedPhone;
use crate::time::Time;

/// The phones that one speaker has said of late.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LivePhones {
    /// In order, not overlapping, without silences.
    phones: VecDeque<TimedPhone>,
    known_until: Time,
}

impl LivePhones {
    /// Phones that ended so long before all that is known are forgotten.
    pub const KEPT: Time = Time::from_millis(2000);

    /// Nobody has spoken before `from`.
    pub fn new(from: Time) -> Self {
        Self { phones: VecDeque::new(), known_until: from }
    }

    /// From [`Self::known_until`] to `until`, `ipa` (IPA; empty where there is silence) is heard with `confidence` 0..=1. It
    /// goes on where it was heard before; a time that is known already changes nothing.
    pub fn append(&mut self, ipa: &str, until: Time, confidence: f32) {
        let from = self.known_until;
        if until <= from {
            return;
        }
        self.known_until = until;
        let same = self.phones.back_mut().filter(|last| last.end == from && last.ipa == ipa);
        if let Some(last) = same {
            last.end = until;
        } else if !ipa.is_empty() {
            let ipa = ipa.to_owned();
            let phone = TimedPhone { start: from, end: until, ipa, stress: 0, tone: 0, confidence };
            self.phones.push_back(phone);
        }
        while self.phones.front().is_some_and(|oldest| oldest.end < until - Self::KEPT) {
            self.phones.pop_front();
        }
    }

    /// All before this is known for good. A phone that ends here may go on.
    pub fn known_until(&self) -> Time {
        self.known_until
    }

    /// What was said, in order, without silences: all that ended within [`Self::KEPT`] before all is known.
    pub fn phones(&self) -> impl DoubleEndedIterator<Item = &TimedPhone> {
        self.phones.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Time {
        Time::from_millis(millis)
    }

    #[test]
    fn phones_grow_and_silences_part_them() {
        let mut live = LivePhones::new(at(100));
        for (ipa, until) in
            [("a", 110), ("a", 120), ("", 130), ("a", 140), ("m", 150), ("m", 145), ("m", 160)]
        {
            live.append(ipa, at(until), 1.0);
        }
        let found: Vec<_> = live.phones().map(|p| (p.ipa.as_str(), p.start, p.end)).collect();
        let right = [("a", at(100), at(120)), ("a", at(130), at(140)), ("m", at(140), at(160))];
        assert_eq!(found, right);
        assert_eq!(live.known_until(), at(160));
    }

    #[test]
    fn hours_are_no_more_than_seconds() {
        let mut live = LivePhones::new(Time::ZERO);
        for step in 1..=500_000 {
            live.append(if step % 2 == 0 { "a" } else { "m" }, at(step * 10), 1.0);
            assert!(live.phones.len() <= 202);
        }
    }
}
