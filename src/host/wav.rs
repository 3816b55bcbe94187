//! WAV files of voices: read as mono samples, written as 16 bits.
//!
//! Only what synthesisers write; other sound files are the audio decoder's.

use std::io::Cursor;

use super::HostError;
use crate::speech::Sound;

/// Longest voice taken: an hour and more at 48 kHz.
const SAMPLE_LIMIT: u32 = 48_000 * 4096;

/// The samples of a WAV file, its channels averaged; `name` is for messages.
///
/// # Errors
/// When it is no WAV file, holds no sound, or is longer than about an hour.
pub fn read_wav(bytes: &[u8], name: &str) -> Result<Sound, HostError> {
    let wrong = |error: hound::Error| HostError::input(name, format!("not a readable WAV file: {error}"));
    let mut reader = hound::WavReader::new(Cursor::new(mended(bytes))).map_err(wrong)?;
    let spec = reader.spec();
    if spec.channels == 0 || spec.sample_rate < 4_000 || spec.sample_rate > 384_000 || reader.len() == 0 {
        return Err(HostError::input(name, "a WAV file without sound"));
    }
    if reader.len() > SAMPLE_LIMIT {
        return Err(HostError::input(name, "a WAV file of more than an hour"));
    }
    let interleaved: Vec<f32> = match spec.sample_format {
        hound::SampleFormat::Float => reader.samples::<f32>().collect::<Result<_, _>>().map_err(wrong)?,
        hound::SampleFormat::Int => {
            let full = f64::from(1u32 << (spec.bits_per_sample.clamp(1, 32) - 1));
            let scaled = |sample: i32| (f64::from(sample) / full) as f32;
            reader.samples::<i32>().map(|s| s.map(scaled)).collect::<Result<_, _>>().map_err(wrong)?
        }
    };
    let channels = usize::from(spec.channels);
    let samples =
        interleaved.chunks_exact(channels).map(|c| c.iter().sum::<f32>() / channels as f32).collect();
    Ok(Sound { samples, rate: spec.sample_rate })
}

/// The file with the two numbers of its `fmt ` chunk that follow from the others set right: flite's are wrong at 8 kHz.
fn mended(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    // Where every synthesiser has it: right after the header.
    if let Some(&mut [b'f', b'm', b't', b' ', _, _, _, _, 1, 0, ref mut rest @ ..]) = bytes.get_mut(12..36)
        && let &mut [channels, 0, a, b, c, d, ref mut follow @ .., bits, 0] = rest
        && let [rate @ .., frame, zero] = follow
    {
        let size = u16::from(channels) * u16::from(bits / 8);
        let bytes_a_second = u32::from_le_bytes([a, b, c, d]).saturating_mul(size.into());
        rate.copy_from_slice(&bytes_a_second.to_le_bytes());
        [*frame, *zero] = size.to_le_bytes();
    }
    bytes
}

/// A mono WAV file of 16 bits; samples outside −1..=1 are clipped.
///
/// # Errors
/// When the sound is too long for a WAV file.
pub fn write_wav(sound: &Sound) -> Result<Vec<u8>, HostError> {
    let spec = hound::WavSpec {
        channels: 1,
        sample_rate: sound.rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut bytes = Cursor::new(Vec::new());
    let mut write = || {
        let mut writer = hound::WavWriter::new(&mut bytes, spec)?;
        for &sample in &sound.samples {
            writer.write_sample((sample.clamp(-1.0, 1.0) * 32767.0).round() as i16)?;
        }
        writer.finalize()
    };
    write().map_err(|error| HostError::input("", format!("the sound cannot be written: {error}")))?;
    Ok(bytes.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_from_others_are_not_trusted() {
        let sound = Sound { samples: vec![0.25; 100], rate: 8000 };
        let right = write_wav(&sound).unwrap();
        let mut wrong = right.clone();
        wrong[29] = 0x7D;
        wrong[32] = 4;
        assert_eq!(read_wav(&wrong, "w").unwrap(), read_wav(&right, "w").unwrap());
        assert_eq!(mended(&right), right);
        for length in 0..right.len() {
            _ = read_wav(&right[..length], "w");
        }
    }
}
