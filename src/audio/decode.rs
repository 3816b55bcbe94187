//! A sound file in memory → samples. Broken files give one clear error; nothing panics or grows without bound.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rodio::decoder::DecoderBuilder;
use rodio::{Decoder, Source};

use crate::job::Cancelled;
use crate::time::Time;

/// The most samples, over all channels, that one file may hold: 2 GiB, an hour and a half of 48 kHz stereo.
const MOST_SAMPLES: usize = 1 << 29;

/// So many samples are decoded between two looks at whether to go on.
const PART: usize = 1 << 18;

/// A decoded sound.
#[derive(Clone, PartialEq)]
pub struct Pcm {
    /// Frames a second, at least 1.
    pub rate: u32,
    /// Samples a frame, at least 1.
    pub channels: u16,
    /// Interleaved, nominally −1 ..= 1; whole frames only.
    pub samples: Vec<f32>,
}

impl Pcm {
    /// How many frames there are.
    pub fn frames(&self) -> usize {
        self.samples.len() / usize::from(self.channels.max(1))
    }

    /// How long it lasts.
    pub fn duration(&self) -> Time {
        Time::from_samples(self.frames() as u64, self.rate)
    }
}

impl std::fmt::Debug for Pcm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pcm({} Hz, {} channels, {} frames)", self.rate, self.channels, self.frames())
    }
}

/// Why a sound could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AudioError {
    /// There are no bytes.
    #[error("{0}: the sound file is empty")]
    Empty(String),
    /// No decoder knows it.
    #[error("{name}: this is no sound that can be read: {reason} (give a WAV, FLAC, OGG Vorbis or MP3 file)")]
    Unreadable {
        /// The file.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// It begins well and breaks off.
    #[error("{name}: the sound breaks off after {have} of {want} (copy or make the file again)")]
    Truncated {
        /// The file.
        name: String,
        /// What could be decoded.
        have: Time,
        /// What the file promises.
        want: Time,
    },
    /// It has more samples than can be held.
    #[error("{name}: the sound is too long (cut it into parts of at most an hour)")]
    TooLong {
        /// The file.
        name: String,
    },
    /// The job was cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
    /// A WAV file could not be written.
    #[error("{name}: cannot write the sound: {reason}")]
    Write {
        /// The file.
        name: String,
        /// What the system said.
        reason: String,
    },
}

/// Decodes a WAV, FLAC, OGG Vorbis or MP3 file, told apart by content. `name` stands in errors only. The
/// delay of an MP3 encoder is removed where the file states it.
///
/// # Errors
/// When the bytes are none of these, break off, or hold more than 2^29 samples.
pub fn decode(bytes: &[u8], name: &str) -> Result<Pcm, AudioError> {
    decode_in_parts(bytes, name, &mut |_| Ok(()))
}

/// Is told which share of a sound is decoded, about, and says whether to go on.
pub type Part<'a> = dyn FnMut(f32) -> Result<(), Cancelled> + 'a;

/// Like [`decode`], told to `part`.
///
/// # Errors
/// As for [`decode`], and what `part` says.
pub fn decode_in_parts(bytes: &[u8], name: &str, part: &mut Part<'_>) -> Result<Pcm, AudioError> {
    if bytes.is_empty() {
        return Err(AudioError::Empty(name.to_owned()));
    }
    let unreadable =
        |reason: &str| AudioError::Unreadable { name: name.to_owned(), reason: reason.to_owned() };
    let mut data = bytes.to_vec();
    if bytes.starts_with(b"RIFF") {
        let patch = wav_patch(&data, bytes.len() as u64, name)?;
        if let Some((patch, field)) =
            patch.and_then(|p| Some((p, data.get_mut(p.at as usize..p.at as usize + 4)?)))
        {
            field.copy_from_slice(&patch.bytes);
        }
    }
    // The decoders are others' code: a panic in one is an unreadable file, not the end of the speech.
    let pcm = catch_unwind(AssertUnwindSafe(|| pull(data, name, part)))
        .unwrap_or_else(|_| Err(unreadable("its decoder failed")))?;
    if pcm.samples.is_empty() {
        return Err(unreadable("it holds no samples"));
    }
    Ok(pcm)
}

fn pull(data: Vec<u8>, name: &str, part: &mut Part<'_>) -> Result<Pcm, AudioError> {
    let length = data.len() as u64;
    // Lossy formats only estimate how long they are.
    let states_length = data.starts_with(b"RIFF") || data.starts_with(b"fLaC");
    let decoder: Decoder<_> = DecoderBuilder::new()
        .with_data(Cursor::new(data))
        .with_byte_len(length)
        .with_gapless(true)
        .build()
        .map_err(|error| AudioError::Unreadable { name: name.to_owned(), reason: error.to_string() })?;
    let (rate, channels) = (decoder.sample_rate().get(), decoder.channels().get());
    let promised = decoder.total_duration();
    let frames = promised.map_or(0.0, |all| all.as_secs_f32() * rate as f32);
    let total = (frames * f32::from(channels)).max(1.0);
    let mut samples = Vec::new();
    for sample in decoder {
        if samples.len() % PART == 0 {
            part(samples.len() as f32 / total)?;
        }
        if samples.len() >= MOST_SAMPLES {
            return Err(AudioError::TooLong { name: name.to_owned() });
        }
        samples.push(if sample.is_finite() { sample } else { 0.0 });
    }
    samples.truncate(samples.len() - samples.len() % usize::from(channels));
    let pcm = Pcm { rate, channels, samples };
    if let Some(promised) = promised.filter(|_| states_length).map(|d| Time::from_secs_f64(d.as_secs_f64())) {
        let slack = Time::from_millis(1);
        if pcm.duration() + slack < promised {
            return Err(AudioError::Truncated {
                name: name.to_owned(),
                have: pcm.duration(),
                want: promised,
            });
        }
    }
    Ok(pcm)
}

/// Bytes of a file that are read differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Patch {
    /// Where.
    pub(super) at: u64,
    /// As what.
    pub(super) bytes: [u8; 4],
}

/// Checks the RIFF header at the beginning `head` of a file of `length` bytes; the patch is the real length of the sound where
/// a program that streamed the file could not know it (0, or 2 GiB and more).
pub(super) fn wav_patch(head: &[u8], length: u64, name: &str) -> Result<Option<Patch>, AudioError> {
    let unreadable =
        |reason: &str| AudioError::Unreadable { name: name.to_owned(), reason: reason.to_owned() };
    let word = |at: usize| -> Option<u32> {
        Some(u32::from_le_bytes(head.get(at..at.checked_add(4)?)?.try_into().ok()?))
    };
    let endless = |size: u32| size >= 0x7fff_0000;
    let mut at = 12_usize;
    let mut format = None;
    loop {
        let (Some(tag), Some(size)) = (head.get(at..at.saturating_add(4)), word(at.saturating_add(4))) else {
            return Err(unreadable("the WAV file ends before its sound begins"));
        };
        let body = at + 8;
        if tag == b"fmt " {
            let (Some(first), Some(rate), Some(bytes_a_second), Some(tail)) =
                (word(body), word(body + 4), word(body + 8), word(body + 12))
            else {
                return Err(unreadable("the WAV header breaks off"));
            };
            let block = tail & 0xffff;
            if first >> 16 == 0 || rate == 0 || bytes_a_second == 0 || block == 0 {
                return Err(unreadable(
                    "the WAV header states no channels, no sample rate or no sample size",
                ));
            }
            format = Some((bytes_a_second, block));
        } else if tag == b"data" {
            let Some((bytes_a_second, block)) = format else {
                return Err(unreadable("the WAV header states no format"));
            };
            let have = u32::try_from(length.saturating_sub(body as u64)).unwrap_or(u32::MAX);
            let streamed =
                endless(size) || size == 0 && word(4).is_none_or(|riff| riff == 0 || endless(riff));
            if streamed && (size > have || size == 0) {
                let bytes = (have - have % block).to_le_bytes();
                return Ok(Some(Patch { at: at as u64 + 4, bytes }));
            } else if size > have {
                let time = |bytes: u32| Time::from_secs_f64(f64::from(bytes) / f64::from(bytes_a_second));
                let (have, want) = (time(have), time(size));
                return Err(AudioError::Truncated { name: name.to_owned(), have, want });
            }
            return Ok(None);
        }
        at = body.saturating_add(size as usize).saturating_add(size as usize % 2);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(frames: u32) -> Vec<u8> {
        let (channels, sample_rate, bits_per_sample) = (1, 16_000, 16);
        let sample_format = hound::SampleFormat::Int;
        let spec = hound::WavSpec { channels, sample_rate, bits_per_sample, sample_format };
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = hound::WavWriter::new(&mut bytes, spec).unwrap();
        (0..frames).for_each(|frame| writer.write_sample((frame % 100) as i16).unwrap());
        writer.finalize().unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_long_sound_tells_its_parts_and_stops_on_request() {
        let bytes = wav(4 * PART as u32);
        let mut shares = Vec::new();
        let whole = decode_in_parts(&bytes, "a.wav", &mut |share| {
            shares.push(share);
            Ok(())
        });
        assert_eq!(whole, decode(&bytes, "a.wav"));
        assert!(
            shares.len() >= 4 && shares.is_sorted() && shares.iter().all(|share| *share <= 1.0),
            "{shares:?}"
        );
        let stop = &mut |share: f32| if share < 0.4 { Ok(()) } else { Err(Cancelled) };
        assert_eq!(decode_in_parts(&bytes, "a.wav", stop), Err(AudioError::Cancelled(Cancelled)));
    }
}
