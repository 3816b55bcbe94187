//! Small messages between the window's thread and the sound callback, without a lock and without allocation.
//!
//! One writer, any readers. A reader that comes while a value is being written gets nothing and asks again
//! later; the writer never waits. (H.-J. Boehm, "Can Seqlocks Get Along With Programming Language Memory
//! Models?", 2012.)

use std::sync::atomic::{AtomicU64, Ordering, fence};

/// The latest value of `N` words.
#[derive(Debug)]
pub(super) struct Latest<const N: usize> {
    /// Odd while a value is being written.
    version: AtomicU64,
    words: [AtomicU64; N],
}

impl<const N: usize> Default for Latest<N> {
    fn default() -> Self {
        Self { version: AtomicU64::new(0), words: std::array::from_fn(|_| AtomicU64::new(0)) }
    }
}

impl<const N: usize> Latest<N> {
    /// Replaces the value. Only one thread may write.
    pub(super) fn write(&self, value: [u64; N]) {
        let version = self.version.load(Ordering::Relaxed);
        self.version.store(version + 1, Ordering::Relaxed);
        fence(Ordering::Release);
        for (word, value) in self.words.iter().zip(value) {
            word.store(value, Ordering::Relaxed);
        }
        self.version.store(version + 2, Ordering::Release);
    }

    /// The value, and how often it was written; `None` while it is being written.
    pub(super) fn read(&self) -> Option<(u64, [u64; N])> {
        let version = self.version.load(Ordering::Acquire);
        let value = std::array::from_fn(|i| self.words.get(i).map_or(0, |word| word.load(Ordering::Relaxed)));
        fence(Ordering::Acquire);
        let same = self.version.load(Ordering::Relaxed) == version;
        (same && version.is_multiple_of(2)).then_some((version / 2, value))
    }
}

/// The last `SLOTS` values, in order. A reader that is too slow misses the oldest.
#[derive(Debug)]
pub(super) struct Ring<const N: usize, const SLOTS: usize> {
    written: AtomicU64,
    slots: [Latest<N>; SLOTS],
}

impl<const N: usize, const SLOTS: usize> Default for Ring<N, SLOTS> {
    fn default() -> Self {
        Self { written: AtomicU64::new(0), slots: std::array::from_fn(|_| Latest::default()) }
    }
}

impl<const N: usize, const SLOTS: usize> Ring<N, SLOTS> {
    /// Appends a value. Only one thread may write.
    pub(super) fn push(&self, value: [u64; N]) {
        let index = self.written.load(Ordering::Relaxed);
        if let Some(slot) = self.slots.get(index as usize % SLOTS) {
            slot.write(value);
        }
        self.written.store(index + 1, Ordering::Release);
    }

    /// How many values were ever written.
    pub(super) fn written(&self) -> u64 {
        self.written.load(Ordering::Acquire)
    }

    /// Hands what was written since `tail` to `take`, oldest first, and moves `tail` on.
    pub(super) fn drain(&self, tail: &mut u64, mut take: impl FnMut([u64; N])) {
        let head = self.written();
        let first = (*tail).max(head.saturating_sub(SLOTS as u64));
        for index in first..head {
            let slot = self.slots.get(index as usize % SLOTS);
            // A slot that was written again meanwhile holds a newer value, which comes in its turn.
            if let Some((times, value)) = slot.and_then(Latest::read)
                && times == index / SLOTS as u64 + 1
            {
                take(value);
            }
        }
        *tail = head;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_never_torn_and_come_in_order() {
        let ring: Ring<2, 8> = Ring::default();
        std::thread::scope(|scope| {
            scope.spawn(|| (0..200_000).for_each(|i| ring.push([i, i * 7])));
            let (mut tail, mut last) = (0, 0);
            while last < 199_999 {
                ring.drain(&mut tail, |[i, seven]| {
                    assert_eq!(seven, i * 7);
                    assert!(i == 0 || i > last, "{i} after {last}");
                    last = i;
                });
            }
        });
    }
}
