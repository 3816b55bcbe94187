//! Randomness without a generator: a hash of seed, channel and position.

use libm::floorf;

/// Mixes two numbers into one well-spread one (`SplitMix64`'s finaliser, Steele et al. 2014).
pub(super) fn mix(a: u64, b: u64) -> u64 {
    let mut z = a.wrapping_add(b.wrapping_mul(0x9E37_79B9_7F4A_7C15)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number in 0..1 for a seed, a channel and a whole position.
pub(super) fn unit(seed: u64, channel: u64, position: i64) -> f32 {
    let bits = mix(mix(seed, channel), position as u64) >> 40;
    bits as f32 / (1u64 << 24) as f32
}

/// Smooth noise in −1..1 with one knot every `period_secs`: two octaves of value noise at incommensurable
/// rates, so it never visibly repeats.
pub(super) fn drift(seed: u64, channel: u64, secs: f64, period_secs: f64) -> f32 {
    let octave = |channel: u64, position: f64| {
        let knot = position.floor();
        let at = |k: f64| unit(seed, channel, k as i64) * 2.0 - 1.0;
        let fraction = super::curve::smootherstep((position - knot) as f32);
        at(knot) + (at(knot + 1.0) - at(knot)) * fraction
    };
    let position = secs / period_secs;
    0.7 * octave(channel * 2, position) + 0.3 * octave(channel * 2 + 1, position * 2.37)
}

/// The fractional part, for phases.
pub(super) fn fract(x: f32) -> f32 {
    x - floorf(x)
}
