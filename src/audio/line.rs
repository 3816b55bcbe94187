//! One open stream, as both of its sides see it: the sound callback fills it, the window's thread steers it.
//!
//! The callback never waits, locks or allocates. What it is asked for and what it tells goes through atomics.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use rodio::Source;
use rodio::mixer::{MixerSource, mixer};

use crate::audio::estimator::Stamp;
use crate::audio::program::Reel;
use crate::audio::ring::{Latest, Ring};
use crate::audio::supervise::Vital;

/// What the window's thread wants of the stream; the latest counts. Positions are frames of the speech at the
/// stream's rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Wish {
    /// Sounds, or stands still.
    pub playing: bool,
    /// Grows with each seek.
    pub seeks: u64,
    /// The position of the latest seek.
    pub to: i64,
    /// The frame of the stream that shall be `to`; 0 is as soon as possible.
    pub at: u64,
}

/// From frame `first` of the stream on, it holds the speech from `position` on, or stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Segment {
    /// A frame of the stream.
    pub first: u64,
    /// A frame of the speech.
    pub position: i64,
    /// Runs from there, or stands.
    pub playing: bool,
    /// The seek that it obeys.
    pub seeks: u64,
}

/// What both sides share.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Frames a second.
    pub rate: u32,
    /// Errors that the device reported.
    pub errors: AtomicU64,
    /// No sound, though time goes on.
    pub muted: AtomicBool,
    wish: Latest<4>,
    segments: Ring<4, 64>,
    stamps: Ring<4, 256>,
}

impl Line {
    /// For a stream of `rate` frames a second.
    pub(super) fn new(rate: u32, muted: bool) -> Self {
        Self { rate, muted: AtomicBool::new(muted), ..Self::default() }
    }

    /// Asks for something; for the window's thread only.
    pub(super) fn ask(&self, wish: Wish) {
        self.wish.write([u64::from(wish.playing), wish.seeks, wish.to.cast_unsigned(), wish.at]);
    }

    /// The callbacks since `tail`.
    pub(super) fn stamps(&self, tail: &mut u64, mut take: impl FnMut(Stamp)) {
        self.stamps.drain(tail, |[at, delay, first, frames]| {
            take(Stamp { at: at.cast_signed(), delay: delay.cast_signed(), first, frames });
        });
    }

    /// The segments since `tail`.
    pub(super) fn segments(&self, tail: &mut u64, mut take: impl FnMut(Segment)) {
        self.segments.drain(tail, |[first, position, playing, seeks]| {
            take(Segment { first, position: position.cast_signed(), playing: playing != 0, seeks });
        });
    }

    fn wish(&self) -> Option<(u64, Wish)> {
        let (version, [playing, seeks, to, at]) = self.wish.read()?;
        (version > 0).then_some((version, Wish { playing: playing != 0, seeks, to: to.cast_signed(), at }))
    }
}

impl Vital for Line {
    fn callbacks(&self) -> u64 {
        self.stamps.written()
    }

    fn errors(&self) -> u64 {
        self.errors.load(Ordering::Relaxed)
    }
}

/// The callback's side: rodio's mixer with the speech in it.
pub(super) struct Tap {
    mixer: MixerSource,
    line: Arc<Line>,
    channels: usize,
    frames: u64,
}

impl Tap {
    /// Plays `reel`, made for the line's rate and `channels`, as the line asks.
    pub(super) fn new(reel: Reel, line: Arc<Line>, channels: u16) -> Self {
        let channels = NonZero::new(channels).unwrap_or(NonZero::<u16>::MIN);
        let rate = NonZero::new(line.rate).unwrap_or(NonZero::<u32>::MIN);
        let (input, output) = mixer(channels, rate);
        input.add(Feed::new(reel, Arc::clone(&line), channels, rate));
        Self { mixer: output, line, channels: usize::from(channels.get()), frames: 0 }
    }

    /// Answers one callback, made at moment `at`, whose first frame will be heard `delay` later (nanoseconds).
    pub(super) fn fill<T: cpal::FromSample<f32>>(&mut self, out: &mut [T], at: i64, delay: i64) {
        let frames = (out.len() / self.channels) as u64;
        for sample in out {
            *sample = T::from_sample_(self.mixer.next().unwrap_or(0.0));
        }
        self.line.stamps.push([at.cast_unsigned(), delay.cast_unsigned(), self.frames, frames]);
        self.frames += frames;
    }
}

/// The speech as an endless rodio source: silent where it stands, faded by one block (5 ms) where it starts,
/// stops or jumps. A fade changes loudness only, never the time of a sample.
struct Feed {
    reel: Reel,
    line: Arc<Line>,
    channels: NonZero<u16>,
    rate: NonZero<u32>,
    /// The most frames a block holds.
    block: usize,
    samples: Vec<f32>,
    /// How much of `samples` holds this block, and how much of that is taken.
    filled: usize,
    taken: usize,
    /// Frames of the stream before the next block.
    frame: u64,
    /// The speech frame that comes next.
    position: i64,
    playing: bool,
    gain: f32,
    /// The version of the wish that was fulfilled, and its seek.
    fulfilled: u64,
    seeks: u64,
}

impl Feed {
    fn new(reel: Reel, line: Arc<Line>, channels: NonZero<u16>, rate: NonZero<u32>) -> Self {
        let block = (rate.get() as usize / 200).max(1);
        Self {
            reel,
            line,
            channels,
            rate,
            block,
            samples: vec![0.0; block * usize::from(channels.get())],
            filled: 0,
            taken: 0,
            frame: 0,
            position: 0,
            playing: false,
            gain: 0.0,
            fulfilled: 0,
            seeks: 0,
        }
    }

    fn refill(&mut self) {
        let mut frames = self.block;
        let mut stopping = false;
        if let Some((version, wish)) = self.line.wish()
            && version != self.fulfilled
        {
            if self.playing {
                stopping = true;
            } else if wish.at > self.frame + self.block as u64 {
                // Not yet: the block after this one may hold it.
            } else if wish.at > self.frame {
                frames = (wish.at - self.frame) as usize;
            } else {
                self.fulfil(version, wish);
            }
        }
        let audible = self.playing && !stopping && !self.line.muted.load(Ordering::Relaxed);
        self.fill(frames, if audible { 1.0 } else { 0.0 });
        self.frame += frames as u64;
        if self.playing {
            self.position += frames as i64;
        }
        if stopping {
            self.playing = false;
        }
    }

    fn fulfil(&mut self, version: u64, wish: Wish) {
        if wish.seeks != self.seeks {
            let late = if wish.at > 0 && wish.playing { (self.frame - wish.at) as i64 } else { 0 };
            self.position = wish.to + late;
            self.seeks = wish.seeks;
        }
        self.playing = wish.playing;
        self.fulfilled = version;
        let position = self.position.cast_unsigned();
        self.line.segments.push([self.frame, position, u64::from(self.playing), self.seeks]);
    }

    /// Fills one block, its loudness going evenly from what it was to `gain`.
    fn fill(&mut self, frames: usize, gain: f32) {
        let channels = usize::from(self.channels.get());
        self.filled = frames * channels;
        self.taken = 0;
        let block = self.samples.get_mut(..self.filled).unwrap_or_default();
        if self.gain == 0.0 && gain == 0.0 {
            block.fill(0.0);
            return;
        }
        self.reel.fill(self.position, block);
        if self.gain < 1.0 || gain < 1.0 {
            let step = (gain - self.gain) / frames as f32;
            for (index, frame) in block.chunks_exact_mut(channels).enumerate() {
                let gain = self.gain + step * index as f32;
                frame.iter_mut().for_each(|sample| *sample *= gain);
            }
        }
        self.gain = gain;
    }
}

impl Iterator for Feed {
    type Item = rodio::Sample;

    fn next(&mut self) -> Option<rodio::Sample> {
        if self.taken >= self.filled {
            self.refill();
        }
        let sample = self.samples.get(self.taken).copied();
        self.taken += 1;
        Some(sample.unwrap_or(0.0))
    }
}

impl Source for Feed {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> rodio::ChannelCount {
        self.channels
    }

    fn sample_rate(&self) -> rodio::SampleRate {
        self.rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}
