//! How light becomes a picture: exposure, lens and film. Plain data; it knows no pixels.

use super::Camera;

/// How linear light is fitted into what a screen shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Tone {
    /// Khronos PBR Neutral (Khronos Group 2024): colours come out as they are painted.
    #[default]
    Neutral = 0,
    /// `AgX` (Troy Sobotka 2022), its look "Punchy": bright colours fade to white as on film.
    Agx = 1,
    /// ACES (Academy Color Encoding System, fit by Stephen Hill): more contrast, deep shadows.
    Aces = 2,
    /// Nothing: light as it is, cut off at white where the picture ends there; to be graded elsewhere.
    Linear = 3,
}

impl Tone {
    /// All with the names that scripts and the `--tone` option give them.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("neutral", Self::Neutral), ("agx", Self::Agx), ("aces", Self::Aces), ("linear", Self::Linear)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, tone)| tone)
    }
}

/// A lens that is sharp at one distance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Focus {
    /// The focal length over the opening's diameter.
    pub f_number: f32,
    /// Along the camera's axis, metres.
    pub distance: f32,
}

/// The height of the picture in a camera for 35 mm film, metres.
const FILM_HEIGHT: f32 = 0.024;

impl Focus {
    /// The distance of `camera`'s lens for 35 mm film from what it pictures sharply, metres.
    pub fn focal_length(camera: &Camera) -> f32 {
        FILM_HEIGHT * 0.5 / libm::tanf(camera.fov_y * 0.5).max(1e-4)
    }

    /// The diameter of the circle that a point infinitely far away becomes, as a share of the picture's height (thin lens:
    /// Potmesil and Chakravarty, "A Lens and Aperture Camera Model for Synthetic Image Generation", 1981). A point at
    /// distance d becomes one of `blur_at_infinity` · |d − focus| / d.
    pub fn blur_at_infinity(&self, camera: &Camera) -> f32 {
        let focal = Self::focal_length(camera);
        // Nothing nearer than the lens is long can be in focus.
        let magnification = focal / (self.distance - focal).max(focal * 0.1);
        focal / self.f_number.max(0.1) * magnification / FILM_HEIGHT
    }
}

/// Exposure, lens and film of one picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Look {
    /// How light is fitted into the screen's range.
    pub tone: Tone,
    /// Stops: each doubles the light.
    pub exposure: f32,
    /// The share of the light that the lens spreads around it, 0..=1; tiers `high` and `ultra` only.
    pub bloom: f32,
    /// What is sharp; `None` for everything. Tiers `high` and `ultra` only.
    pub focus: Option<Focus>,
    /// How much darker the corners are than the middle, 0..=1.
    pub vignette: f32,
    /// How strong the film's grain is, 0..=1.
    pub grain: f32,
    /// Which grain; the same number gives the same.
    pub grain_seed: u32,
}

impl Look {
    /// What linear light is multiplied by.
    pub fn gain(&self) -> f32 {
        libm::exp2f(self.exposure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::Vec3;

    #[test]
    fn a_portrait_lens_blurs_as_the_tables_of_photographers_say() {
        // 85 mm at f/1.8 and 2 m: the entrance pupil is 47.2 mm wide, the magnification 0.04439.
        let fov_y = 2.0 * libm::atanf(0.012 / 0.085);
        let camera = Camera { eye: Vec3::Z * 2.0, target: Vec3::ZERO, fov_y, near: 0.1, far: 9.0 };
        assert!((Focus::focal_length(&camera) - 0.085).abs() < 1e-5);
        let focus = Focus { f_number: 1.8, distance: 2.0 };
        let millimetres = focus.blur_at_infinity(&camera) * 24.0;
        assert!((millimetres - 2.096).abs() < 0.01, "{millimetres}");
    }
}
