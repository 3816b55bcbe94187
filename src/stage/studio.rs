//! The lightings that are built in: which lights around the subject, what comes from everywhere else, and the wall behind.

use super::environment::{Panel, Sky};
use super::{Backdrop, Environment, Light, LightKind, Look, Stage, panels};
use glam::{Quat, Vec3};

/// One of the built-in lightings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lighting {
    /// Three-point portrait light before a cool grey wall.
    #[default]
    Studio,
    /// A dark hall: a key light from above, coloured light from behind on both sides.
    Hall,
    /// Sun from high up, a bright sky, light from the ground.
    Daylight,
}

impl Lighting {
    /// All with the names that scripts give them.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("studio", Self::Studio), ("stage", Self::Hall), ("daylight", Self::Daylight)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, lighting)| lighting)
    }
}

impl Lighting {
    /// What surrounds a subject that faces `facing`.
    pub fn environment(self, facing: Vec3) -> Environment {
        let rig = rig(self);
        let flat = facing_flat(facing);
        let sky = Sky::Panels(rig.panels);
        let turn = libm::atan2f(flat.x, flat.z);
        let colors = (rig.zenith.into(), rig.horizon.into(), rig.nadir.into());
        Environment { sky, turn, ..Environment::gradient(colors.0, colors.1, colors.2, rig.intensity) }
    }
}

fn rig(lighting: Lighting) -> &'static Rig {
    match lighting {
        Lighting::Studio => &STUDIO,
        Lighting::Hall => &HALL,
        Lighting::Daylight => &DAYLIGHT,
    }
}

fn facing_flat(facing: Vec3) -> Vec3 {
    Vec3::new(facing.x, 0.0, facing.z).normalize_or(Vec3::Z)
}

/// One light of a rig: degrees to the subject's left and up, linear colour, strength, angular radius in degrees.
struct Place(f32, f32, [f32; 3], f32, f32);

/// A lighting as a table; the first light throws the shadow.
struct Rig {
    lights: &'static [Place],
    zenith: [f32; 3],
    horizon: [f32; 3],
    nadir: [f32; 3],
    intensity: f32,
    panels: &'static [Panel],
    center: [f32; 3],
    rim: [f32; 3],
}

/// What a clean lens spreads.
const USUAL_BLOOM: f32 = 0.03;

const STUDIO: Rig = Rig {
    lights: &[
        Place(-38.0, 38.0, [1.0, 0.97, 0.935], 1.15, 7.0),
        Place(48.0, 12.0, [0.85, 0.93, 1.0], 0.22, 14.0),
        Place(148.0, 32.0, [0.92, 0.96, 1.0], 0.9, 5.0),
    ],
    zenith: [0.95, 0.98, 1.05],
    horizon: [0.62, 0.63, 0.66],
    nadir: [0.36, 0.32, 0.30],
    intensity: 0.6,
    panels: panels::STUDIO,
    center: [0.20, 0.235, 0.275],
    rim: [0.035, 0.045, 0.06],
};

const HALL: Rig = Rig {
    lights: &[
        Place(-22.0, 46.0, [1.0, 0.90, 0.78], 1.35, 3.5),
        Place(132.0, 28.0, [0.45, 0.62, 1.0], 1.5, 4.0),
        Place(-140.0, 24.0, [1.0, 0.52, 0.62], 1.1, 4.0),
        Place(60.0, 8.0, [0.70, 0.80, 1.0], 0.14, 14.0),
    ],
    zenith: [0.55, 0.58, 0.70],
    horizon: [0.30, 0.30, 0.38],
    nadir: [0.20, 0.18, 0.20],
    intensity: 0.5,
    panels: panels::HALL,
    center: [0.050, 0.055, 0.085],
    rim: [0.006, 0.007, 0.014],
};

const DAYLIGHT: Rig = Rig {
    lights: &[
        Place(-52.0, 50.0, [1.0, 0.96, 0.88], 1.2, 2.5),
        Place(150.0, 40.0, [0.80, 0.90, 1.0], 0.45, 12.0),
    ],
    zenith: [0.80, 0.95, 1.20],
    horizon: [0.85, 0.88, 0.92],
    nadir: [0.52, 0.47, 0.40],
    intensity: 0.7,
    panels: panels::DAYLIGHT,
    center: [0.60, 0.67, 0.74],
    rim: [0.30, 0.40, 0.52],
};

impl Stage {
    /// In the studio, for a subject that faces `facing` on a floor at this height.
    pub fn studio(facing: Vec3, floor: f32) -> Self {
        Self::lit(Lighting::Studio, facing, floor)
    }

    /// Under a built-in lighting; its lights stand around the subject.
    pub fn lit(lighting: Lighting, facing: Vec3, floor: f32) -> Self {
        let rig = rig(lighting);
        let lights = rig.lights.iter().enumerate().map(|(n, place)| light(facing, place, n == 0));
        Self {
            lights: lights.collect(),
            environment: lighting.environment(facing),
            backdrop: Backdrop::Studio { center: rig.center.into(), rim: rig.rim.into(), floor },
            look: Look { bloom: USUAL_BLOOM, ..Look::default() },
            aperture: None,
        }
    }
}

fn light(facing: Vec3, place: &Place, casts_shadow: bool) -> Light {
    let &Place(left, up, color, strength, radius) = place;
    let flat = facing_flat(facing);
    // The subject's left is where +X lies when it faces +Z.
    let towards = Quat::from_rotation_y(left.to_radians()) * flat;
    let up = up.to_radians();
    Light {
        kind: LightKind::Directional,
        towards: towards * libm::cosf(up) + Vec3::Y * libm::sinf(up),
        radiance: Vec3::from(color) * strength,
        angular_radius: radius.to_radians(),
        casts_shadow,
    }
}
