//! Which of a frame's lights are used, and how the shaders read them.

use super::bounds::Bounds;
use super::layout::{FrameLight, MOST_LIGHTS};
use crate::stage::{Light, LightKind, cone};
use glam::Vec3;

/// The lights of one frame, at most [`MOST_LIGHTS`]: those that give the most to the actors, who are inside of `actors`, in the
/// frame's order.
pub(super) fn strongest(lights: &[Light], actors: &Bounds) -> Vec<Light> {
    let strength = |light: &Light| {
        let luminance = |at: Vec3| light.arriving(at).dot(Vec3::new(0.2126, 0.7152, 0.0722));
        places(light, actors).map(luminance).into_iter().fold(0.0, f32::max)
    };
    let mut order: Vec<(usize, f32)> = lights.iter().map(strength).enumerate().collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    order.truncate(MOST_LIGHTS);
    order.sort_unstable_by_key(|(n, _)| *n);
    order.into_iter().filter_map(|(n, _)| lights.get(n).copied()).collect()
}

/// Where a light may meet the actors: in the middle, where they are nearest to it, and where its cone passes the middle.
fn places(light: &Light, actors: &Bounds) -> [Vec3; 3] {
    let middle = if actors.is_empty() { Vec3::ZERO } else { actors.center() };
    let inside = |at: Vec3| if actors.is_empty() { at } else { at.clamp(actors.min, actors.max) };
    match light.kind {
        LightKind::Directional => [middle; 3],
        LightKind::Point { position, .. } => [middle, inside(position), middle],
        LightKind::Spot { position, along, .. } => {
            let passing = position + along * (middle - position).dot(along).max(0.0);
            [middle, inside(position), inside(passing)]
        }
    }
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
        let here = Bounds { min: Vec3::splat(-0.2), max: Vec3::splat(0.2) };
        let lights = [sun(1.0), sun(0.1), lamp(9.0), lamp(2.0), sun(0.3), lamp(1.5)];
        let used = strongest(&lights, &here);
        assert_eq!(used, [lights[0], lights[3], lights[4], lights[5]]);
        assert_eq!(placed(&used), 0b1010);
        // A spot counts for what it lights of them, not for the middle alone.
        let position = Vec3::new(0.15, 2.0, 0.0);
        let cone = LightKind::Spot { position, range: 9.0, along: Vec3::NEG_Y, inner: 0.03, outer: 0.055 };
        let spot = Light { kind: cone, ..sun(4.0) };
        assert!(strongest(&[sun(1.0), sun(1.0), sun(1.0), sun(0.9), spot], &here).contains(&spot));
        assert_eq!(strongest(&lights[..3], &here), lights[..3]);
    }
}
