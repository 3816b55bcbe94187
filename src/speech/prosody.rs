//! Loudness and pitch of a voice every 10 ms.
//!
//! Measured, never guessed: where no pitch is clear it is zero.

use super::pitch;
use super::sound::Sound;
use crate::script::timeline::Prosody;
use crate::time::Time;

/// The time from one value to the next.
pub const HOP: Time = Time::from_millis(10);

/// Loudness (RMS over 20 ms) and pitch (from 60 to 500 Hz), each centred on its 10 ms step.
pub fn prosody_of(sound: &Sound) -> Prosody {
    if sound.rate == 0 {
        return Prosody::default();
    }
    let steps = ((sound.duration().as_nanos() + HOP.as_nanos() - 1) / HOP.as_nanos()) as usize;
    let loudness = |step: usize| {
        let middle = Time::from_nanos(HOP.as_nanos() * step as i64 + HOP.as_nanos() / 2);
        let around = sound.span(middle - HOP..middle + HOP);
        let power = around.iter().map(|s| s * s).sum::<f32>() / around.len().max(1) as f32;
        (10.0 * libm::log10f(power.max(1e-12))).max(super::sound::FLOOR_DB)
    };
    let loudness_db: Vec<f32> = (0..steps).map(loudness).collect();
    let pitch_hz = pitch::track(sound, &loudness_db);
    Prosody { loudness_db, pitch_hz }
}
