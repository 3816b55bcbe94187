//! Light from all around: a gradient, panels of light in it, or a picture.
//!
//! It says what is seen in a direction; what surfaces make of it is the renderer's.

use super::Panorama;
use super::harmonics::{Harmonics, Projection, sum};
use glam::{Quat, Vec3};
use std::sync::Arc;

/// Light that comes from all around.
#[derive(Debug, Clone, PartialEq)]
pub struct Environment {
    /// Linear RGB from above.
    pub zenith: Vec3,
    /// Linear RGB from the sides.
    pub horizon: Vec3,
    /// Linear RGB from below.
    pub nadir: Vec3,
    /// Multiplies all.
    pub intensity: f32,
    /// What is to be seen in it.
    pub sky: Sky,
    /// How far it is turned about +Y, radians, counter-clockwise as seen from above.
    pub turn: f32,
}

/// What smooth surfaces show of an environment.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Sky {
    /// The three colours, one running into the other.
    #[default]
    Gradient,
    /// Panels before the three colours, which give way by as much light, so that matt surfaces keep theirs.
    Panels(&'static [Panel]),
    /// A picture in place of the three colours.
    Panorama(Arc<Panorama>),
}

/// Something that shines, or where it takes light away, something dark: an upright rectangle or an ellipse as the subject sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Panel {
    /// Degrees to the subject's left and up.
    pub place: (f32, f32),
    /// Degrees.
    pub width: f32,
    /// Degrees.
    pub height: f32,
    /// Linear RGB in its middle, before the environment's intensity; less than nothing takes light away.
    pub radiance: [f32; 3],
    /// An ellipse.
    pub is_round: bool,
}

/// How wide the edge of a panel is, in half-widths.
const EDGE: f32 = 0.2;
/// How much darker the edge of a panel is than its middle.
const FALL: f32 = 0.35;
/// The least that is left of the gradient behind panels.
const LEAST: f32 = 0.12;
/// Rows and columns of the sum over all directions.
const ROWS: usize = 32;

impl Environment {
    /// One that has nothing to be seen in it.
    pub fn gradient(zenith: Vec3, horizon: Vec3, nadir: Vec3, intensity: f32) -> Self {
        Self { zenith, horizon, nadir, intensity, sky: Sky::Gradient, turn: 0.0 }
    }

    /// With `panorama` in place of its colours, as bright on average, so that faces keep their exposure.
    pub fn with_panorama(self, panorama: Arc<Panorama>) -> Self {
        let mean = self.zonal()[0];
        let luminance = |c: Vec3| c.dot(Vec3::new(0.2126, 0.7152, 0.0722));
        let scale = luminance(mean) / luminance(panorama.mean()).max(1e-6);
        Self { intensity: scale, sky: Sky::Panorama(panorama), ..self }
    }

    /// The three colours' bands 0 to 2, as factors of the Legendre polynomials of the height `y` of a direction.
    ///
    /// The radiance runs linearly in `y` from the horizon's colour to the zenith's and the nadir's; its projections
    /// `(2l + 1) / 2 · ∫ L(y) P_l(y) dy` over −1..=1 are closed forms.
    pub fn zonal(&self) -> [Vec3; 3] {
        let Self { zenith, horizon, nadir, intensity, .. } = self;
        [
            (*horizon * 0.5 + (*zenith + *nadir) * 0.25) * *intensity,
            (*zenith - *nadir) * 0.5 * *intensity,
            (*zenith + *nadir - *horizon * 2.0) * (5.0 / 16.0) * *intensity,
        ]
    }

    /// What is seen of it.
    pub fn radiance(&self) -> Radiance<'_> {
        let panels = match &self.sky {
            Sky::Panels(panels) => panels.iter().map(Lit::new).collect(),
            Sky::Gradient | Sky::Panorama(_) => Vec::new(),
        };
        let given = given(&panels);
        Radiance { environment: self, back: Quat::from_rotation_y(-self.turn), panels, given }
    }
}

/// An environment made ready to be asked for many directions.
#[derive(Debug, Clone)]
pub struct Radiance<'a> {
    environment: &'a Environment,
    /// From the stage's directions to the environment's own.
    back: Quat,
    panels: Vec<Lit>,
    /// Bands 0 to 2 of the panels' light.
    given: Harmonics,
}

impl Radiance<'_> {
    /// Linear RGB from the unit vector `direction`, stage space; never less than nothing.
    pub fn at(&self, direction: Vec3) -> Vec3 {
        let Environment { zenith, horizon, nadir, intensity, ref sky, .. } = *self.environment;
        let own = self.back * direction;
        if let Sky::Panorama(panorama) = sky {
            return panorama.at(own) * intensity;
        }
        let y = own.y;
        let gradient = horizon.lerp(if y > 0.0 { zenith } else { nadir }, y.abs());
        if self.panels.is_empty() {
            return gradient * intensity;
        }
        let room = (gradient - sum(&self.given, own)).max(gradient * LEAST);
        (room + shine(&self.panels, own)).max(Vec3::ZERO) * intensity
    }
}

/// A panel in its own frame.
#[derive(Debug, Clone, Copy)]
struct Lit {
    towards: Vec3,
    aside: Vec3,
    up: Vec3,
    /// One over half its width and height on a plane at distance 1.
    scale: (f32, f32),
    radiance: Vec3,
    is_round: bool,
}

impl Lit {
    fn new(panel: &Panel) -> Self {
        let (left, up) = (panel.place.0.to_radians(), panel.place.1.to_radians());
        let turn = Quat::from_rotation_y(left) * Quat::from_rotation_x(-up);
        let scale = |degrees: f32| libm::tanf((degrees * 0.5).clamp(0.1, 89.0).to_radians()).recip();
        Self {
            towards: turn * Vec3::Z,
            aside: turn * Vec3::X,
            up: turn * Vec3::Y,
            scale: (scale(panel.width), scale(panel.height)),
            radiance: panel.radiance.into(),
            is_round: panel.is_round,
        }
    }

    fn shine(&self, direction: Vec3) -> Vec3 {
        let depth = direction.dot(self.towards);
        if depth <= 1e-3 {
            return Vec3::ZERO;
        }
        let x = direction.dot(self.aside) / depth * self.scale.0;
        let y = direction.dot(self.up) / depth * self.scale.1;
        if x.abs().max(y.abs()) > 1.0 + EDGE {
            return Vec3::ZERO;
        }
        let inside = |off: f32| {
            let t = ((1.0 + EDGE - off) / EDGE).clamp(0.0, 1.0);
            t * t * (3.0 - 2.0 * t)
        };
        let square = x * x + y * y;
        let shape =
            if self.is_round { inside(libm::sqrtf(square)) } else { inside(x.abs()) * inside(y.abs()) };
        self.radiance * (shape * (1.0 - FALL * (square * 0.5).min(1.0)))
    }
}

fn shine(panels: &[Lit], direction: Vec3) -> Vec3 {
    panels.iter().map(|panel| panel.shine(direction)).sum()
}

/// The bands 0 to 2 of what `panels` send.
fn given(panels: &[Lit]) -> Harmonics {
    let mut projection = Projection::default();
    let columns = ROWS * 2;
    for row in 0..if panels.is_empty() { 0 } else { ROWS } {
        // Rows of one height hold equal shares of the sphere (Archimedes).
        let y = 1.0 - (row as f32 + 0.5) * 2.0 / ROWS as f32;
        let ring = libm::sqrtf(1.0 - y * y);
        for column in 0..columns {
            let around = (column as f32 + 0.5) / columns as f32 * std::f32::consts::TAU;
            let direction = Vec3::new(ring * libm::sinf(around), y, ring * libm::cosf(around));
            projection.add(direction, shine(panels, direction), 1.0);
        }
    }
    projection.plain()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projections_equal_their_integrals() {
        let (zenith, horizon, nadir) =
            (Vec3::new(1.0, 2.0, 3.0), Vec3::new(0.5, 0.7, 0.1), Vec3::new(0.2, 0.0, 1.0));
        let environment = Environment::gradient(zenith, horizon, nadir, 0.5);
        let radiance = environment.radiance();
        let steps = 20_000;
        let mut sums = [Vec3::ZERO; 3];
        for i in 0..steps {
            let y = (i as f32 + 0.5) / steps as f32 * 2.0 - 1.0;
            let seen = radiance.at(Vec3::new(libm::sqrtf(1.0 - y * y), y, 0.0));
            for (l, p) in [1.0, y, 1.5 * y * y - 0.5].into_iter().enumerate() {
                sums[l] += seen * p * (2.0 / steps as f32) * (2 * l + 1) as f32 * 0.5;
            }
        }
        for (closed, sum) in environment.zonal().iter().zip(sums) {
            assert!(closed.abs_diff_eq(sum, 1e-3), "{closed} {sum}");
        }
    }

    #[test]
    fn a_panel_is_seen_where_it_stands_and_turns_with_its_environment() {
        let panel =
            Panel { place: (30.0, 20.0), width: 20.0, height: 20.0, radiance: [9.0; 3], is_round: false };
        let panels: &'static [Panel] = Box::leak(Box::new([panel]));
        let dark = Environment::gradient(Vec3::ZERO, Vec3::ZERO, Vec3::ZERO, 1.0);
        let environment = Environment { sky: Sky::Panels(panels), ..dark };
        let towards = |left: f32, up: f32| {
            let (left, up) = (left.to_radians(), up.to_radians());
            Vec3::new(libm::sinf(left) * libm::cosf(up), libm::sinf(up), libm::cosf(left) * libm::cosf(up))
        };
        let seen = |turn: f32, left: f32| {
            let turned = Environment { turn: turn.to_radians(), ..environment.clone() };
            turned.radiance().at(towards(left, 20.0)).x
        };
        assert!((seen(0.0, 30.0) - 9.0).abs() < 1e-3, "{}", seen(0.0, 30.0));
        assert!(seen(0.0, -30.0) < 1e-3);
        assert!(
            (seen(90.0, 120.0) - 9.0).abs() < 1e-3,
            "counter-clockwise: from front to the subject's left"
        );
    }
}
