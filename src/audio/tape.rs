//! Sound on its way from a microphone's callback to the one thread that listens, without a lock and without allocation.
//!
//! A reader that is too slow loses what is oldest, and is told. It knows no device.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering, fence};
use std::sync::{Arc, OnceLock};
use std::thread::Thread;

use crate::audio::supervise::Vital;

/// Seconds that are kept for a reader.
const SECONDS: usize = 2;

/// The last two seconds of one open stream, one channel.
#[derive(Debug)]
pub(super) struct Tape {
    /// Samples a second.
    pub rate: u32,
    /// The device, as the system calls it.
    pub device: String,
    /// Errors that the device reported.
    pub errors: AtomicU64,
    /// Bits of samples, in a circle.
    samples: Box<[AtomicU32]>,
    /// How many samples are written, and how many when the callback now under way is done.
    written: AtomicU64,
    begun: AtomicU64,
    callbacks: AtomicU64,
    /// Who is woken by new sound.
    reader: Arc<OnceLock<Thread>>,
}

impl Tape {
    /// For a stream of `rate` samples a second of `device`.
    pub(super) fn new(rate: u32, device: String, reader: Arc<OnceLock<Thread>>) -> Self {
        let count = (rate as usize).saturating_mul(SECONDS).clamp(1, 1 << 22);
        Self {
            rate,
            device,
            errors: AtomicU64::new(0),
            samples: (0..count).map(|_| AtomicU32::new(0)).collect(),
            written: AtomicU64::new(0),
            begun: AtomicU64::new(0),
            callbacks: AtomicU64::new(0),
            reader,
        }
    }

    /// Appends the samples of one callback. Only one thread may write.
    pub(super) fn write(&self, samples: impl ExactSizeIterator<Item = f32>) {
        let first = self.written.load(Ordering::Relaxed);
        let end = first + samples.len() as u64;
        self.begun.store(end, Ordering::Relaxed);
        // Whoever sees one of the new samples also sees, behind a fence of its own, how far they will go.
        fence(Ordering::Release);
        for (index, sample) in (first..end).zip(samples) {
            if let Some(slot) = self.slot(index) {
                slot.store(sample.to_bits(), Ordering::Relaxed);
            }
        }
        self.written.store(end, Ordering::Release);
        self.callbacks.fetch_add(1, Ordering::Relaxed);
        if let Some(reader) = self.reader.get() {
            reader.unpark();
        }
    }

    /// Appends to `out` what was written since `tail`, and moves `tail` on. `false` where some of it was already written
    /// over: then `out` is left as it was, and all that there was is passed over.
    pub(super) fn read(&self, tail: &mut u64, out: &mut Vec<f32>) -> bool {
        let (first, kept) = (*tail, out.len());
        let head = self.written.load(Ordering::Acquire);
        *tail = head;
        let length = self.samples.len() as u64;
        if head - first > length {
            return false;
        }
        let sample = |slot: &AtomicU32| f32::from_bits(slot.load(Ordering::Relaxed));
        out.extend((first..head).map(|index| self.slot(index).map_or(0.0, sample)));
        fence(Ordering::Acquire);
        let is_whole = self.begun.load(Ordering::Relaxed) - first <= length;
        if !is_whole {
            out.truncate(kept);
        }
        is_whole
    }

    fn slot(&self, index: u64) -> Option<&AtomicU32> {
        self.samples.get((index % self.samples.len() as u64) as usize)
    }
}

impl Vital for Tape {
    fn callbacks(&self) -> u64 {
        self.callbacks.load(Ordering::Relaxed)
    }

    fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tape() -> Tape {
        Tape::new(100, "test".to_owned(), Arc::default())
    }

    #[test]
    fn samples_come_in_order_and_once() {
        let tape = tape();
        let (mut tail, mut out) = (0, Vec::new());
        for piece in 0..50 {
            tape.write((0..7).map(|i| (piece * 7 + i) as f32));
            if piece % 3 == 0 {
                assert!(tape.read(&mut tail, &mut out));
            }
        }
        assert!(tape.read(&mut tail, &mut out));
        assert_eq!(out, (0..350).map(|i| i as f32).collect::<Vec<_>>());
        assert_eq!(tape.callbacks(), 50);
    }

    #[test]
    fn a_slow_reader_is_told_and_goes_on() {
        let tape = tape();
        let (mut tail, mut out) = (0, vec![-1.0]);
        tape.write((0..500).map(|i| i as f32));
        assert!(!tape.read(&mut tail, &mut out));
        assert_eq!(out, [-1.0]);
        tape.write([7.0, 8.0].into_iter());
        assert!(tape.read(&mut tail, &mut out));
        assert_eq!(out, [-1.0, 7.0, 8.0]);
    }

    #[test]
    fn nothing_is_torn_between_two_threads() {
        let tape = tape();
        std::thread::scope(|scope| {
            scope.spawn(|| (0..20_000_u32).for_each(|i| tape.write((0..5).map(|j| (i * 5 + j) as f32))));
            let mut tail = 0;
            while tail < 100_000 {
                let (first, mut out) = (tail, Vec::new());
                if tape.read(&mut tail, &mut out) {
                    assert!((first..tail).map(|index| index as f32).eq(out));
                }
            }
        });
    }
}
