//! Recordings heard by the acoustic models: a file piece by piece, or sound in memory.
//!
//! What they hear is made into phones and words by `speech`.

use std::io::Read;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::HostError;
use crate::job::Job;
use crate::script::timeline::Prosody;
use crate::speech::acoustic::{Bands, Levels};
use crate::speech::align::{Hearing, Listener};
use crate::speech::{Sound, prosody_of};
use crate::time::Time;

/// What is known of a recording once it is heard.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    pub(super) hearing: Hearing,
    pub(super) prosody: Prosody,
    pub(super) duration: Time,
}

/// Seconds heard in one go.
const PIECE: u32 = 10;

/// Hears sound in memory; for prosody see [`prosody_of`].
pub(super) fn hear_sound(sound: &Sound, has_text: bool, job: &Job<'_>) -> Result<Hearing, HostError> {
    let mut listener = Listener::new(sound.rate, has_text);
    let piece = (sound.rate as usize).saturating_mul(PIECE as usize).max(1);
    for (index, samples) in sound.samples.chunks(piece).enumerate() {
        job.report("hearing", (index * piece) as u64, sound.samples.len() as u64)?;
        listener.push(samples);
    }
    Ok(listener.finish())
}

/// Hears a sound file; memory does not grow with its length but for a few bytes a frame.
pub(super) fn hear_file(path: &Path, has_text: bool, job: &Job<'_>) -> Result<Heard, HostError> {
    let mut ears: Option<(Listener, Measure)> = None;
    let duration = each_piece(path, job, "hearing", |rate, samples| {
        let (listener, measure) =
            ears.get_or_insert_with(|| (Listener::new(rate, has_text), Measure::new(rate)));
        listener.push(samples);
        measure.push(samples);
    })?;
    let Some((listener, measure)) = ears else { return Ok(Heard::default()) };
    Ok(Heard { hearing: listener.finish(), prosody: measure.finish(), duration })
}

/// Gives the pieces of a sound file, whose channels are averaged, with their rate; all but the last are of [`PIECE`]
/// seconds. Returns how long it is.
#[cfg(feature = "audio")]
fn each_piece(
    path: &Path,
    job: &Job<'_>,
    stage: &str,
    mut each: impl FnMut(u32, &[f32]),
) -> Result<Time, HostError> {
    let mut reader = open(path)?;
    let rate = reader.rate();
    let total = reader.total().map_or(0, |total| total.to_samples(1));
    let mut samples = Vec::new();
    loop {
        job.report(stage, reader.position().to_samples(1), total)?;
        let read = reader.read(rate.saturating_mul(PIECE) as usize, &mut samples);
        read.map_err(|error| HostError::input("", error.to_string()))?;
        if samples.is_empty() {
            return Ok(reader.position());
        }
        each(rate, &samples);
    }
}

/// The same of a WAV file, read whole.
#[cfg(not(feature = "audio"))]
fn each_piece(
    path: &Path,
    job: &Job<'_>,
    stage: &str,
    mut each: impl FnMut(u32, &[f32]),
) -> Result<Time, HostError> {
    let sound = super::read_wav(&super::folder::read_named(path)?, &path.display().to_string())?;
    let piece = (sound.rate as usize).saturating_mul(PIECE as usize).max(1);
    for (index, samples) in sound.samples.chunks(piece).enumerate() {
        job.report(stage, (index * piece) as u64, sound.samples.len() as u64)?;
        each(sound.rate, samples);
    }
    Ok(sound.duration())
}

/// Shows a sound file to two who look at it, from beginning to end: samples with their rate to the one, what they look like
/// every 10 ms to the other.
pub(super) fn read_pieces(
    path: &Path,
    job: &Job<'_>,
    mut see_samples: impl FnMut(u32, &[f32]),
    mut see_bands: impl FnMut(Levels),
) -> Result<(), HostError> {
    let mut bands = None;
    each_piece(path, job, "looking", |rate, samples| {
        see_samples(rate, samples);
        bands.get_or_insert_with(|| Bands::new(rate)).push(samples, &mut see_bands);
    })?;
    Ok(())
}

/// A sound file that the user named, about to be read.
#[cfg(feature = "audio")]
fn open(path: &Path) -> Result<crate::audio::Reader, HostError> {
    let name = path.display().to_string();
    let (file, length) = super::folder::open_named(path)?;
    crate::audio::Reader::new(file, length, &name).map_err(|error| HostError::input("", error.to_string()))
}

/// Lower-case hex of the SHA-256 of a file that the user named, read piece by piece.
pub(super) fn hash(path: &Path) -> Result<String, HostError> {
    let wrong = |error: std::io::Error| HostError::input(path.display().to_string(), error.to_string());
    let (mut file, _) = super::folder::open_named(path)?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 20];
    loop {
        let count = file.read(&mut piece).map_err(wrong)?;
        if count == 0 {
            return Ok(super::cache::hex(&hasher.finalize()));
        }
        hasher.update(piece.get(..count).unwrap_or_default());
    }
}

/// Prosody of sound that comes in pieces: measured on stretches that overlap, since every value looks a little around.
struct Measure {
    pending: Sound,
    /// Whether `pending` begins with sound that is measured already.
    has_margin: bool,
    found: Prosody,
}

/// Sound around a stretch that is measured, milliseconds and values of prosody.
const MARGIN: Time = Time::from_millis(200);
const MARGIN_STEPS: usize = 20;

impl Measure {
    fn new(rate: u32) -> Self {
        let pending = Sound { samples: Vec::new(), rate };
        Self { pending, has_margin: false, found: Prosody::default() }
    }

    fn push(&mut self, samples: &[f32]) {
        self.pending.samples.extend_from_slice(samples);
        let stretch = self.pending.rate as usize * PIECE as usize;
        let margin = MARGIN.to_samples(self.pending.rate) as usize;
        while self.pending.samples.len() >= stretch + 2 * margin {
            let before = if self.has_margin { margin } else { 0 };
            let rest = self.pending.samples.split_off(before + stretch + margin);
            self.measure(PIECE as usize * 100);
            // The end of this stretch and what lies after it are heard again.
            let again = self.pending.samples.len() - 2 * margin;
            self.pending.samples.drain(..again);
            self.pending.samples.extend(rest);
            self.has_margin = true;
        }
    }

    fn finish(mut self) -> Prosody {
        self.measure(usize::MAX);
        self.found
    }

    fn measure(&mut self, most: usize) {
        let measured = prosody_of(&self.pending);
        let skip = if self.has_margin { MARGIN_STEPS } else { 0 };
        self.found.loudness_db.extend(measured.loudness_db.iter().skip(skip).take(most));
        self.found.pitch_hz.extend(measured.pitch_hz.iter().skip(skip).take(most));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prosody_in_pieces_is_prosody_of_the_whole() {
        let rate = 16_000;
        let hum = |i: u32| libm::sinf(i as f32 * 0.05) * (0.2 + 0.2 * libm::sinf(i as f32 * 0.0003));
        let sound = Sound { samples: (0..rate * 34 + 77).map(hum).collect(), rate };
        let mut measure = Measure::new(rate);
        for piece in sound.samples.chunks(12_345) {
            measure.push(piece);
        }
        let (pieces, whole) = (measure.finish(), prosody_of(&sound));
        assert_eq!(pieces.loudness_db.len(), whole.loudness_db.len());
        let off = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(off(&pieces.loudness_db, &whole.loudness_db) < 0.01);
        assert!(off(&pieces.pitch_hz, &whole.pitch_hz) < 1.0);
    }
}
