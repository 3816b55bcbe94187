//! Lights that an avatar carries, as lights of the stage (`KHR_lights_punctual`).

use super::{Light, LightKind};
use crate::avatar;
use glam::{Mat4, Vec3};

/// The lux that light a white matt surface to white. Exporters turn the watts of a scene into light at 683 lumen each, and where
/// Blender shows a scene as it is lit, π W/m² make white.
const WHITE_LUX: f32 = 683.0 * std::f32::consts::PI;

impl Light {
    /// `carried` on a node that stands at `world_from_node`; `None` for one that gives nothing.
    pub fn carried(carried: &avatar::Light, world_from_node: &Mat4) -> Option<Self> {
        let radiance = Vec3::from(carried.color) * (carried.intensity / WHITE_LUX);
        let along = world_from_node.transform_vector3(Vec3::NEG_Z).try_normalize()?;
        let position = world_from_node.transform_point3(Vec3::ZERO);
        let range = carried.range.unwrap_or(f32::INFINITY);
        let kind = match carried.kind {
            avatar::LightKind::Directional => LightKind::Directional,
            avatar::LightKind::Point => LightKind::Point { position, range },
            avatar::LightKind::Spot { inner, outer } => {
                LightKind::Spot { position, range, along, inner, outer }
            }
        };
        (radiance.is_finite() && radiance.max_element() > 0.0 && position.is_finite()).then_some(Self {
            kind,
            towards: -along,
            radiance,
            angular_radius: 0.0,
            casts_shadow: false,
        })
    }

    /// What a white matt surface at `at` that faces the light sends back.
    pub fn arriving(&self, at: Vec3) -> Vec3 {
        match self.kind {
            LightKind::Directional => self.radiance,
            LightKind::Point { position, range } => self.radiance * attenuation(at - position, range),
            LightKind::Spot { position, range, along, inner, outer } => {
                let (scale, offset) = cone(inner, outer);
                let cosine = (at - position).normalize_or(along).dot(along);
                let share = (cosine * scale + offset).clamp(0.0, 1.0);
                self.radiance * (attenuation(at - position, range) * share * share)
            }
        }
    }
}

/// By distance ("Range Property"): the inverse square, faded to nothing at the range.
fn attenuation(away: Vec3, range: f32) -> f32 {
    let square = away.length_squared().max(1e-4);
    let share = square / (range * range).max(1e-6);
    (1.0 - share * share).clamp(0.0, 1.0) / square
}

/// Scale and offset that turn the cosine of the angle to the middle of a cone into a share ("Inner and Outer Cone Angles").
pub fn cone(inner: f32, outer: f32) -> (f32, f32) {
    let (inner, outer) = (libm::cosf(inner), libm::cosf(outer));
    let scale = (inner - outer).max(0.001).recip();
    (scale, -outer * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lamp_follows_the_inverse_square_and_ends_at_its_range_and_cone() {
        let spot = avatar::Light {
            name: "Lamp".into(),
            node: 0,
            kind: avatar::LightKind::Spot { inner: 0.3, outer: 0.5 },
            color: [1.0, 0.5, 0.0],
            intensity: WHITE_LUX * 8.0,
            range: Some(10.0),
        };
        let light = Light::carried(&spot, &Mat4::from_translation(Vec3::Y * 3.0)).unwrap();
        let seen = |x: f32, z: f32| light.arriving(Vec3::new(x, 3.0, z)).x;
        assert!((seen(0.0, -1.0) - 8.0).abs() < 0.01 && (seen(0.0, -2.0) - 2.0).abs() < 0.02);
        assert!(seen(0.0, -10.0) == 0.0 && seen(0.0, 1.0) == 0.0, "past its range, and behind it");
        let at = |angle: f32| seen(libm::sinf(angle), -libm::cosf(angle));
        assert!((at(0.29) - 8.0).abs() < 0.01 && at(0.51) == 0.0 && at(0.4) > 0.1 && at(0.4) < 7.0);
        assert_eq!(
            light.arriving(Vec3::new(0.0, 3.0, -1.0)).y,
            light.arriving(Vec3::new(0.0, 3.0, -1.0)).x * 0.5
        );
        let dark = avatar::Light { intensity: 0.0, ..spot };
        assert_eq!(Light::carried(&dark, &Mat4::IDENTITY), None);
    }
}
