//! A sound file read piece by piece, its channels averaged: memory does not grow with its length.
//!
//! For looking at hours of sound; what is played is decoded whole.

use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use rodio::decoder::DecoderBuilder;
use rodio::{Decoder, Source};

use super::decode::{AudioError, Patch, wav_patch};
use crate::time::Time;

/// The data of a WAV file begins before this, else the file is looked at no further.
const HEAD: u64 = 1 << 20;

/// A file, with a few of its bytes read differently.
struct Patched<R> {
    file: R,
    patch: Option<Patch>,
    position: u64,
}

impl<R: Read> Read for Patched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        let is_past = |patch: &&Patch| self.position >= patch.at + patch.bytes.len() as u64;
        if let Some(patch) = self.patch.as_ref().filter(|patch| !is_past(patch)) {
            for (at, byte) in (self.position..).zip(buffer.iter_mut().take(count)) {
                let patched = at.checked_sub(patch.at).and_then(|offset| patch.bytes.get(offset as usize));
                if let Some(patched) = patched {
                    *byte = *patched;
                }
            }
        }
        self.position += count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Patched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.position = self.file.seek(to)?;
        Ok(self.position)
    }
}

/// A sound file on its way.
pub struct Reader {
    decoder: Decoder<Box<dyn ReadSeek>>,
    name: String,
    rate: u32,
    channels: u16,
    /// What the file says of its length; some formats only guess.
    total: Option<Time>,
    is_total_sure: bool,
    taken: u64,
    has_ended: bool,
}

trait ReadSeek: Read + Seek + Send + Sync {}
impl<T: Read + Seek + Send + Sync> ReadSeek for T {}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader({}, {} Hz, {} channels)", self.name, self.rate, self.channels)
    }
}

impl Reader {
    /// Begins to read a WAV, FLAC, OGG Vorbis or MP3 file of `length` bytes, told apart by content. `name` stands in errors
    /// only.
    ///
    /// # Errors
    /// When it is none of these.
    pub fn new(
        mut file: impl Read + Seek + Send + Sync + 'static,
        length: u64,
        name: &str,
    ) -> Result<Self, AudioError> {
        if length == 0 {
            return Err(AudioError::Empty(name.to_owned()));
        }
        let unreadable = |reason: String| AudioError::Unreadable { name: name.to_owned(), reason };
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head).map_err(|e| unreadable(e.to_string()))?;
        file.rewind().map_err(|e| unreadable(e.to_string()))?;
        let is_wav = head.starts_with(b"RIFF");
        let patch = if is_wav { wav_patch(&head, length, name)? } else { None };
        let file: Box<dyn ReadSeek> =
            Box::new(Patched { file: io::BufReader::new(file), patch, position: 0 });
        // The decoders are others' code: a panic in one is an unreadable file.
        let decoder = catch_unwind(AssertUnwindSafe(|| {
            DecoderBuilder::new().with_data(file).with_byte_len(length).with_gapless(true).build()
        }))
        .map_err(|_| unreadable("its decoder failed".to_owned()))?
        .map_err(|error| unreadable(error.to_string()))?;
        Ok(Self {
            name: name.to_owned(),
            rate: decoder.sample_rate().get(),
            channels: decoder.channels().get(),
            total: decoder.total_duration().map(|total| Time::from_secs_f64(total.as_secs_f64())),
            is_total_sure: is_wav || head.starts_with(b"fLaC"),
            decoder,
            taken: 0,
            has_ended: false,
        })
    }

    /// Samples a second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// How long the file says it is.
    pub fn total(&self) -> Option<Time> {
        self.total
    }

    /// How much has been read.
    pub fn position(&self) -> Time {
        Time::from_samples(self.taken, self.rate)
    }

    /// Replaces what is in `samples` by the next ones, at most `most`; none at the end.
    ///
    /// # Errors
    /// When the file breaks off or holds nothing at all.
    pub fn read(&mut self, most: usize, samples: &mut Vec<f32>) -> Result<(), AudioError> {
        samples.clear();
        if self.has_ended {
            return Ok(());
        }
        let channels = usize::from(self.channels.max(1));
        let decoder = &mut self.decoder;
        let pulled = catch_unwind(AssertUnwindSafe(|| {
            for _ in 0..most {
                let (mut sum, mut count) = (0.0_f32, 0);
                for sample in decoder.by_ref().take(channels) {
                    sum += if sample.is_finite() { sample } else { 0.0 };
                    count += 1;
                }
                if count < channels {
                    return true;
                }
                samples.push(sum / channels as f32);
            }
            false
        }));
        let unreadable =
            |reason: &str| AudioError::Unreadable { name: self.name.clone(), reason: reason.to_owned() };
        self.has_ended = pulled.map_err(|_| unreadable("its decoder failed"))?;
        self.taken += samples.len() as u64;
        if self.has_ended {
            if self.taken == 0 {
                return Err(unreadable("it holds no samples"));
            }
            let have = self.position();
            let promised = self.total.filter(|_| self.is_total_sure);
            if let Some(want) = promised.filter(|want| have + Time::from_millis(1) < *want) {
                return Err(AudioError::Truncated { name: self.name.clone(), have, want });
            }
        }
        Ok(())
    }
}
