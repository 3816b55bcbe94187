//! The last step from light to codes, as the shaders' overrides and numbers.

use super::pipeline::flag;
use super::quality::Settings;
use super::{DebugView, Renderer};
use crate::stage::{Look, Tone};

/// What of a look pipelines are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Finish {
    tone: Tone,
    has_vignette: bool,
    has_grain: bool,
    /// The target holds more than 8 bits.
    is_exact: bool,
    /// The actors' picture has other pixels than the target.
    is_scaled: bool,
    /// Alpha says how bright a pixel looks, for what smooths edges.
    pub(super) has_brightness: bool,
    /// Terms of the shading are numbers to be read, not light to be photographed.
    pub(super) is_raw: bool,
}

impl Finish {
    /// Of most pictures of a tier: no wish, nothing that shines through.
    pub(super) fn usual(settings: &Settings) -> Self {
        Self::default().with_brightness(settings.is_smoothed && !settings.is_hdr)
    }

    /// For pictures of a look, or for a term of the shading.
    pub(super) fn of(look: &Look, debug: Option<DebugView>) -> Self {
        if debug.is_some_and(|view| !view.is_light()) {
            return Self { is_raw: true, ..Self::default() };
        }
        Self {
            tone: look.tone,
            has_vignette: look.vignette > 0.0,
            has_grain: look.grain > 0.0,
            is_exact: false,
            is_scaled: false,
            has_brightness: false,
            is_raw: false,
        }
    }

    /// For pictures of actors that may be drawn coarser than the target.
    pub(super) fn scaled(self, is_scaled: bool) -> Self {
        Self { is_scaled, ..self }
    }

    /// For a target of `format`.
    pub(super) fn into_format(self, format: wgpu::TextureFormat) -> Self {
        Self { is_exact: format == Renderer::LIGHT_FORMAT, ..self }
    }

    /// With brightness in alpha, where edges are smoothed by it.
    pub(super) fn with_brightness(self, is_on: bool) -> Self {
        Self { has_brightness: is_on && !self.is_raw, ..self }
    }

    /// Without grain, which comes last of all.
    pub(super) fn ungrained(self) -> Self {
        Self { has_grain: false, ..self }
    }

    /// What the composing passes need beside.
    pub(super) fn is_scaled(self) -> bool {
        self.is_scaled
    }

    /// The overrides of common/color.wgsl and what it imports.
    pub(super) fn constants(self) -> [(&'static str, f64); 5] {
        [
            ("tone_mapper", f64::from(self.tone as u32)),
            ("has_vignette", flag(self.has_vignette)),
            ("has_grain", flag(self.has_grain)),
            ("has_brightness", flag(self.has_brightness)),
            ("is_exact", flag(self.is_exact)),
        ]
    }
}

/// Codes of a strong grain's specks, from one end to the other.
const GRAIN_CODES: f32 = 0.5;

/// The shaders' `frame.film`.
pub(super) fn film(look: &Look) -> [f32; 4] {
    let corner = 1.0 - look.vignette.clamp(0.0, 0.99);
    // As many bits as a float has.
    let seed = (look.grain_seed & 0x00ff_ffff) as f32;
    [corner.sqrt().recip() - 1.0, look.grain.clamp(0.0, 1.0) * GRAIN_CODES, seed, look.bloom.clamp(0.0, 1.0)]
}
