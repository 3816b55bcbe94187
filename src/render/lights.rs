//! Which of a frame's lights are used, and how the shaders read them.

use super::layout::{FrameLight, MOST_LIGHTS};
use crate::stage::{Light, LightKind, cone};
use glam::Vec3;

/// The lights of one frame, at most [`MOST_LIGHTS`]: those that give the most at `subject`, in the frame's order.
pub(super) fn strongest(lights: &[Light], subject: Vec3) -> Vec<Light> {
    let strength = |light: &Light| light.arriving(subject).dot(Vec3::new(0.2126, 0.7152, 0.0722));
    let mut order: Vec<usize> = (0..lights.len()).collect();
    let at = |n: &usize| lights.get(*n).map_or(0.0, strength);
    order.sort_by(|a, b| at(b).total_cmp(&at(a)));
    order.truncate(MOST_LIGHTS);
    order.sort_unstable();
    order.into_iter().filter_map(|n| lights.get(n).copied()).collect()
}

/// Bit n is set where light n has a place: the shader's `punctual_lights`.
pub(super) fn placed(lights: &[Light]) -> u32 {
    let bit = |(n, light): (usize, &Light)| u32::from(light.kind != LightKind::Directional) << n;
    lights.iter().take(MOST_LIGHTS).enumerate().map(bit).sum()
}

/// `light` as the shaders read it; `casts` where it throws the shadow.
pub(super) fn frame_light(light: &Light, casts: bool) -> FrameLight {
    let place = |position: Vec3, range: f32| position.extend((range * range).max(1e-6).recip()).to_array();
    // A cone that holds everything.
    let all = (Vec3::ZERO, (0.0, 1.0));
    let (place, (along, (scale, offset))) = match light.kind {
        LightKind::Directional => ([0.0; 4], all),
        LightKind::Point { position, range } => (place(position, range), all),
        LightKind::Spot { position, range, along, inner, outer } => {
            (place(position, range), (along.normalize_or_zero(), cone(inner, outer)))
        }
    };
    FrameLight {
        towards: light.towards.normalize_or_zero().extend(light.angular_radius).to_array(),
        radiance: light.radiance.extend(if casts { 1.0 } else { 0.0 }).to_array(),
        place,
        along: along.extend(scale).to_array(),
        cone: [offset, 0.0, 0.0, 0.0],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_at_the_subject_win_and_keep_their_order() {
        let sun = |radiance: f32| Light {
            kind: LightKind::Directional,
            towards: Vec3::Y,
            radiance: Vec3::splat(radiance),
            angular_radius: 0.0,
            casts_shadow: false,
        };
        let lamp = |x: f32| Light {
            kind: LightKind::Point { position: Vec3::X * x, range: f32::INFINITY },
            ..sun(4.0)
        };
        let lights = [sun(1.0), sun(0.1), lamp(9.0), lamp(2.0), sun(0.3), lamp(1.5)];
        let used = strongest(&lights, Vec3::ZERO);
        assert_eq!(used, [lights[0], lights[3], lights[4], lights[5]]);
        assert_eq!(placed(&used), 0b1010);
        assert_eq!(strongest(&lights[..3], Vec3::ZERO), lights[..3]);
    }
}
