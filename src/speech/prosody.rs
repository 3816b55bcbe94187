//! Loudness and pitch of a voice every 10 ms.
//!
//! Measured, never guessed: where no pitch is clear it is zero.

use super::sound::Sound;
use crate::script::timeline::Prosody;
use crate::time::Time;

/// The time from one value to the next.
pub const HOP: Time = Time::from_millis(10);
/// Pitch is looked for in this range, Hz.
const LOWEST: f32 = 60.0;
const HIGHEST: f32 = 500.0;
/// Samples are averaged down to about this rate first.
const RATE: u32 = 8_000;
/// YIN's absolute threshold (de Cheveigné and Kawahara, *J. Acoust. Soc. Am.* 111, 2002, section II.D).
const CLEAR: f32 = 0.2;
/// Frames quieter than this have no pitch, decibels.
const QUIET_DB: f32 = -55.0;

/// Loudness (RMS over 20 ms) and pitch (YIN over 40 ms), each centred on its 10 ms step.
pub fn prosody_of(sound: &Sound) -> Prosody {
    if sound.rate == 0 {
        return Prosody::default();
    }
    let steps = ((sound.duration().as_nanos() + HOP.as_nanos() - 1) / HOP.as_nanos()) as usize;
    let factor = (sound.rate / RATE).max(1) as usize;
    let low: Vec<f32> =
        sound.samples.chunks(factor).map(|c| c.iter().sum::<f32>() / c.len() as f32).collect();
    let low_rate = sound.rate as f32 / factor as f32;
    let mut prosody = Prosody::default();
    for step in 0..steps {
        let middle = Time::from_nanos(HOP.as_nanos() * step as i64 + HOP.as_nanos() / 2);
        let around = sound.span(middle - HOP..middle + HOP);
        let power = around.iter().map(|s| s * s).sum::<f32>() / around.len().max(1) as f32;
        let loudness = (10.0 * libm::log10f(power.max(1e-12))).max(super::sound::FLOOR_DB);
        prosody.loudness_db.push(loudness);
        let pitch = if loudness < QUIET_DB {
            0.0
        } else {
            pitch_at(&low, middle.to_samples(sound.rate) as usize / factor, low_rate)
        };
        prosody.pitch_hz.push(pitch);
    }
    prosody
}

/// YIN with cumulative mean normalisation and parabolic interpolation.
fn pitch_at(samples: &[f32], centre: usize, rate: f32) -> f32 {
    let longest = (rate / LOWEST) as usize + 1;
    let shortest = (rate / HIGHEST) as usize;
    let window = (rate * 0.02) as usize;
    let start = centre.saturating_sub((window + longest) / 2);
    let Some(frame) = samples.get(start..start + window + longest + 1) else { return 0.0 };
    let (first, _) = frame.split_at(window);
    let mut normalised = vec![1.0_f32];
    let mut sum = 0.0;
    for lag in 1..=longest {
        let shifted = frame.get(lag..lag + window).unwrap_or_default();
        let difference: f32 = first.iter().zip(shifted).map(|(a, b)| (a - b) * (a - b)).sum();
        sum += difference;
        normalised.push(if sum > 0.0 { difference * lag as f32 / sum } else { 1.0 });
    }
    let value = |lag: usize| normalised.get(lag).copied().unwrap_or(1.0);
    let Some(mut lag) = (shortest..longest).find(|&lag| value(lag) < CLEAR) else { return 0.0 };
    while lag + 1 < longest && value(lag + 1) < value(lag) {
        lag += 1;
    }
    let (left, here, right) = (value(lag - 1), value(lag), value(lag + 1));
    let bend = left - 2.0 * here + right;
    let shift = if bend.abs() > 1e-9 { (0.5 * (left - right) / bend).clamp(-0.5, 0.5) } else { 0.0 };
    rate / (lag as f32 + shift)
}
