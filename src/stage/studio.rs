//! The default stage: three-point portrait light in a neutral studio.

use super::{Backdrop, Environment, Light, LightKind, Stage};
use glam::{Quat, Vec3};

/// One light of the rig: degrees to the subject's left and up, linear colour, strength, angular radius in degrees.
struct Place(f32, f32, [f32; 3], f32, f32);

impl Stage {
    /// For a subject that faces `facing` on a floor at this height: a key light from its upper front right, a weak
    /// fill from the other side, a rim light from behind, soft light from all around, and a cool grey wall.
    pub fn studio(facing: Vec3, floor: f32) -> Self {
        let key = Place(-38.0, 38.0, [1.0, 0.95, 0.89], 1.15, 7.0);
        let fill = Place(48.0, 12.0, [0.85, 0.93, 1.0], 0.22, 14.0);
        let rim = Place(148.0, 32.0, [0.92, 0.96, 1.0], 0.9, 5.0);
        Self {
            lights: vec![light(facing, &key, true), light(facing, &fill, false), light(facing, &rim, false)],
            environment: Environment {
                zenith: Vec3::new(0.95, 0.98, 1.05),
                horizon: Vec3::new(0.62, 0.63, 0.66),
                nadir: Vec3::new(0.36, 0.32, 0.30),
                intensity: 0.6,
            },
            backdrop: Backdrop::Studio {
                center: Vec3::new(0.20, 0.235, 0.275),
                rim: Vec3::new(0.035, 0.045, 0.06),
                floor,
            },
        }
    }
}

fn light(facing: Vec3, place: &Place, casts_shadow: bool) -> Light {
    let &Place(left, up, color, strength, radius) = place;
    let flat = Vec3::new(facing.x, 0.0, facing.z).normalize_or(Vec3::Z);
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
