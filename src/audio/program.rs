//! All sounds of a speech, each in its place, mixed for a device or a film.

use std::io::{Seek, Write};
use std::ops::Range;
use std::sync::Arc;

use crate::audio::decode::{AudioError, Pcm};
use crate::audio::resample::Resampler;
use crate::job::Job;
use crate::time::Time;

/// More channels than these are not heard.
const MOST_CHANNELS: usize = 8;
/// Louder than this, waves are bent instead of cut.
const KNEE: f32 = 0.9;

/// A piece of a sound and its place in the speech.
#[derive(Debug, Clone)]
pub struct Clip {
    /// When it is heard; taken to the nearest sample of the output.
    pub start: Time,
    /// Where in the sound it begins; taken to the nearest sample of the sound.
    pub file_in: Time,
    /// Where in the sound it ends; `None` is the sound's end.
    pub file_out: Option<Time>,
    /// Loudness, decibels; 0 as recorded.
    pub gain_db: f32,
    /// The sound; clips may share one.
    pub pcm: Arc<Pcm>,
}

/// All clips of a speech.
#[derive(Debug, Clone, Default)]
pub struct Program {
    clips: Vec<Clip>,
}

impl Program {
    /// A program of these clips, in any order; they may overlap.
    pub fn new(clips: Vec<Clip>) -> Self {
        Self { clips }
    }

    /// When the last clip is over.
    pub fn duration(&self) -> Time {
        let end = |clip: &Clip| {
            let out = clip.file_out.map_or(clip.pcm.duration(), |out| out.min(clip.pcm.duration()));
            clip.start + (out - clip.file_in).max(Time::ZERO)
        };
        self.clips.iter().map(end).max().unwrap_or(Time::ZERO)
    }

    /// The mix of a stretch of time: interleaved, from the sample nearest to the range's start up to the one
    /// nearest to its end, within −1 ..= 1. Rendering in pieces gives the samples of rendering in one go.
    /// Empty for a zero rate or no channels.
    pub fn render(&self, range: Range<Time>, rate: u32, channels: u16) -> Vec<f32> {
        let reel = self.reel(rate, channels);
        let (first, last) = (samples(range.start, rate), samples(range.end, rate));
        let frames = usize::try_from(last - first).unwrap_or(0);
        let mut out = vec![0.0; frames * usize::from(channels)];
        reel.fill(first, &mut out);
        out
    }

    /// The program made ready for one rate and channel count.
    pub(super) fn reel(&self, rate: u32, channels: u16) -> Reel {
        let mut resamplers: Vec<(u32, Arc<Resampler>)> = Vec::new();
        let mut tracks = Vec::with_capacity(self.clips.len());
        for clip in self.clips.iter().filter(|clip| rate > 0 && clip.pcm.rate > 0 && clip.pcm.channels > 0) {
            let resampler = (clip.pcm.rate != rate).then(|| {
                let known = resamplers.iter().find(|(from, _)| *from == clip.pcm.rate);
                known.map(|(_, resampler)| Arc::clone(resampler)).unwrap_or_else(|| {
                    let resampler = Arc::new(Resampler::new(clip.pcm.rate, rate));
                    resamplers.push((clip.pcm.rate, Arc::clone(&resampler)));
                    resampler
                })
            });
            tracks.push(Track::new(clip, rate, channels, resampler));
        }
        tracks.sort_by_key(|track| track.frames.start);
        let longest = tracks.iter().map(|track| track.frames.end - track.frames.start).max().unwrap_or(0);
        Reel { channels: usize::from(channels), tracks, longest }
    }
}

/// A program at one rate: fills buffers without allocating.
#[derive(Debug)]
pub(super) struct Reel {
    channels: usize,
    /// In order of their starts.
    tracks: Vec<Track>,
    /// Frames of the longest track.
    longest: i64,
}

impl Reel {
    /// Mixes the frames from `first` on into `out`, replacing what is there.
    pub(super) fn fill(&self, first: i64, out: &mut [f32]) {
        out.fill(0.0);
        if self.channels == 0 {
            return;
        }
        let end = first.saturating_add((out.len() / self.channels) as i64);
        let near =
            self.tracks.partition_point(|track| track.frames.start < first.saturating_sub(self.longest));
        for track in self.tracks.iter().skip(near).take_while(|track| track.frames.start < end) {
            track.add(first, out, self.channels);
        }
        for sample in out {
            *sample = bend(*sample);
        }
    }
}

/// A clip in frames of the output.
#[derive(Debug)]
struct Track {
    /// First frame of the output, and one past the last.
    frames: Range<i64>,
    /// First frame of the sound.
    source: i64,
    /// How much of each heard source channel goes to each output channel: `heard` rows.
    matrix: Vec<f32>,
    heard: usize,
    pcm: Arc<Pcm>,
    resampler: Option<Arc<Resampler>>,
}

impl Track {
    fn new(clip: &Clip, rate: u32, channels: u16, resampler: Option<Arc<Resampler>>) -> Self {
        let frames = clip.pcm.frames() as i64;
        let source = samples(clip.file_in, clip.pcm.rate).clamp(0, frames);
        let end = clip.file_out.map_or(frames, |out| samples(out, clip.pcm.rate)).clamp(source, frames);
        let start = samples(clip.start, rate);
        let length = i128::from(end - source) * i128::from(rate);
        let length = (length + i128::from(clip.pcm.rate) - 1) / i128::from(clip.pcm.rate);
        let heard = usize::from(clip.pcm.channels).min(MOST_CHANNELS);
        let gain = libm::powf(10.0, clip.gain_db.clamp(-200.0, 60.0) / 20.0);
        let matrix = (0..heard)
            .flat_map(|from| (0..usize::from(channels)).map(move |to| (from, to)))
            .map(|(from, to)| gain * share(from, heard, to, usize::from(channels)))
            .collect();
        let end = start.saturating_add(i64::try_from(length).unwrap_or(i64::MAX));
        Self { frames: start..end, source, matrix, heard, pcm: Arc::clone(&clip.pcm), resampler }
    }

    fn add(&self, first: i64, out: &mut [f32], channels: usize) {
        let count = (out.len() / channels) as i64;
        let begin = self.frames.start.max(first);
        let end = self.frames.end.min(first.saturating_add(count));
        if begin >= end {
            return;
        }
        let stride = usize::from(self.pcm.channels);
        let skip = (begin - first) as usize;
        let places = out.chunks_exact_mut(channels).skip(skip).take((end - begin) as usize);
        for (offset, place) in (begin - self.frames.start..).zip(places) {
            let spot = self.resampler.as_ref().map(|resampler| resampler.spot(offset.unsigned_abs()));
            for (channel, shares) in self.matrix.chunks_exact(channels).take(self.heard).enumerate() {
                let value = match &spot {
                    Some(spot) => spot.sample(self.source + spot.first, &self.pcm.samples, stride, channel),
                    None => {
                        let index = (self.source + offset) as usize * stride + channel;
                        self.pcm.samples.get(index).copied().unwrap_or(0.0)
                    }
                };
                for (place, share) in place.iter_mut().zip(shares) {
                    *place += value * share;
                }
            }
        }
    }
}

/// How much of channel `from` of `of` is heard in channel `to` of `outputs` (order: left, right, centre, low,
/// surrounds; weights as in ITU-R BS.775).
fn share(from: usize, of: usize, to: usize, outputs: usize) -> f32 {
    const HALF_POWER: f32 = std::f32::consts::FRAC_1_SQRT_2;
    if of == outputs {
        return if from == to { 1.0 } else { 0.0 };
    }
    if outputs == 1 {
        return 1.0 / of as f32;
    }
    match (of, from) {
        (1, _) => {
            if to < 2 {
                1.0
            } else {
                0.0
            }
        }
        (_, 0 | 1) => {
            if to == from {
                1.0
            } else {
                0.0
            }
        }
        (3 | 5.., 2) => {
            if to < 2 {
                HALF_POWER
            } else {
                0.0
            }
        }
        (6.., 3) => 0.0,
        _ => {
            if to == from % 2 {
                HALF_POWER
            } else {
                0.0
            }
        }
    }
}

/// Bends what is louder than the knee towards ±1, so that nothing wraps or clips hard.
fn bend(sample: f32) -> f32 {
    let over = sample.abs() - KNEE;
    if over <= 0.0 {
        return sample;
    }
    let room = 1.0 - KNEE;
    (KNEE + room * libm::tanhf(over / room)).copysign(sample)
}

/// The frame nearest to `time`, before zero too.
pub(super) fn samples(time: Time, rate: u32) -> i64 {
    let nanos = i128::from(time.as_nanos()) * i128::from(rate);
    let index = (nanos + 500_000_000).div_euclid(1_000_000_000);
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// Writes a stretch of the program as a 24-bit WAV file. `name` stands in errors only.
///
/// # Errors
/// When the file cannot be written, would grow past the 4 GiB that WAV allows, or the job is cancelled.
pub fn write_wav(
    file: impl Write + Seek,
    name: &str,
    program: &Program,
    range: Range<Time>,
    (rate, channels): (u32, u16),
    job: &Job<'_>,
) -> Result<(), AudioError> {
    let failed = |reason: String| AudioError::Write { name: name.to_owned(), reason };
    let reel = program.reel(rate, channels);
    let (first, last) = (samples(range.start, rate), samples(range.end, rate));
    let bytes = i128::from(last - first) * i128::from(channels) * 3;
    if rate == 0 || channels == 0 {
        return Err(failed("it needs a sample rate and a channel".to_owned()));
    }
    if bytes + 100 > i128::from(u32::MAX) {
        return Err(failed("a WAV file holds at most 4 GiB; render a shorter stretch".to_owned()));
    }
    let spec = hound::WavSpec {
        channels,
        sample_rate: rate,
        bits_per_sample: 24,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::new(file, spec).map_err(|error| failed(error.to_string()))?;
    let mut block = vec![0.0; rate as usize * usize::from(channels)];
    let mut at = first;
    while at < last {
        job.report("sound", (at - first).unsigned_abs(), (last - first).unsigned_abs())?;
        let frames = (last - at).min(i64::from(rate));
        let block = block.get_mut(..frames as usize * usize::from(channels)).unwrap_or_default();
        reel.fill(at, block);
        for sample in block {
            let value = (*sample * 8_388_607.0).round() as i32;
            writer.write_sample(value).map_err(|error| failed(error.to_string()))?;
        }
        at += frames;
    }
    writer.finalize().map_err(|error| failed(error.to_string()))
}
