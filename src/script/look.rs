//! What a script says of the camera's exposure and lens, and of the film behind it: the keys of `stage` that make the look.

use std::ops::RangeInclusive;

/// The look of the pictures; `None` leaves each to the stage.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LookChoice {
    /// A tone mapper by name (`neutral`, `agx`, `aces`); `None` is `neutral`.
    pub tone: Option<String>,
    /// Stops: each doubles the light; −8..=8.
    pub exposure: Option<f32>,
    /// The lens' f-number, 0.7..=64; `None` is the shot's own.
    pub aperture: Option<f32>,
    /// The share of the light that the lens spreads around it, 0..=1.
    pub bloom: Option<f32>,
    /// How much darker the corners are than the middle, 0..=1.
    pub vignette: Option<f32>,
    /// How strong the film's grain is, 0..=1.
    pub grain: Option<f32>,
}

/// The tone mappers that [`LookChoice::tone`] may name.
pub const TONES: &[&str] = &["neutral", "agx", "aces", "linear"];
/// Of [`LookChoice::exposure`], stops.
pub const EXPOSURES: RangeInclusive<f32> = -8.0..=8.0;
/// Of [`LookChoice::aperture`], f-numbers.
pub const APERTURES: RangeInclusive<f32> = 0.7..=64.0;
const SHARES: RangeInclusive<f32> = 0.0..=1.0;

impl LookChoice {
    /// The numbers by the names that files give them, with the range of each.
    pub fn numbers(&self) -> [(&'static str, Option<f32>, RangeInclusive<f32>); 5] {
        let Self { tone: _, exposure, aperture, bloom, vignette, grain } = self;
        [
            ("exposure", *exposure, EXPOSURES),
            ("aperture", *aperture, APERTURES),
            ("bloom", *bloom, SHARES),
            ("vignette", *vignette, SHARES),
            ("grain", *grain, SHARES),
        ]
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
