//! Portrait framing from the avatar's own landmarks, whatever its size.

use super::Camera;
use crate::avatar::Landmarks;
use glam::Vec3;

/// How much of the avatar is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Shot {
    /// Chin to crown.
    Face,
    /// Head and shoulders.
    #[default]
    Bust,
    /// Down to the hips.
    Half,
    /// All of it.
    Full,
}

impl Shot {
    /// All shots with the names of the `--camera` option.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("face", Self::Face), ("bust", Self::Bust), ("half", Self::Half), ("full", Self::Full)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, shot)| shot)
    }
}

impl Shot {
    /// The f-number of a portrait's lens; `None` where everything is sharp. At these the ears are a little softer than the eyes.
    pub fn aperture(self) -> Option<f32> {
        match self {
            Self::Face => Some(4.0),
            Self::Bust => Some(2.8),
            Self::Half | Self::Full => None,
        }
    }
}

/// How far below the crown hips are at most, of the whole height.
const HIPS: f32 = 0.55;

/// A camera for `shot` at `aspect` = width / height.
pub fn frame_shot(landmarks: &Landmarks, shot: Shot, aspect: f32) -> Camera {
    let head = (landmarks.crown - landmarks.neck.y).max(1e-3);
    let height = (landmarks.crown - landmarks.floor).max(head);
    // Of what is nothing but a head every shot shows all.
    let shot = if head < height * 0.999 { shot } else { Shot::Full };
    // How far below and above the picture reaches, in heads from the crown, and the field of view.
    let (below, above, fov_degrees) = match shot {
        Shot::Face => (1.15, 0.18, 20.0),
        Shot::Bust => (1.95, 0.28, 22.0),
        // The hips of a large-headed figure are fewer heads below its crown.
        Shot::Half => ((height / head * HIPS).clamp(1.3, 3.4), 0.35, 26.0),
        Shot::Full => (height / head * 1.04, height / head * 0.06, 28.0),
    };
    let below = f32::min(below * head, height * 1.04);
    let body = landmarks.half_width * 2.1;
    let wide = match shot {
        Shot::Face => landmarks.portrait_half_width * 2.0,
        Shot::Bust => f32::max(head * 1.6, landmarks.portrait_half_width * 2.1),
        Shot::Half => f32::min(f32::max(head * 2.0, landmarks.portrait_half_width * 2.1), body),
        Shot::Full => body,
    };
    // What a narrow picture shows more in height lies below a portrait, and around a whole body.
    let tall = below + above * head;
    let more = (wide / aspect.max(1e-3) - tall).max(0.0);
    let more_above = more * if shot == Shot::Full { 0.5 } else { 0.22 };
    let tall = (tall + more).max(1e-3);
    let top = landmarks.crown + above * head + more_above;
    let bottom = top - tall;
    let fov_y = f32::to_radians(fov_degrees);
    let distance = tall * 0.5 / libm::tanf(fov_y * 0.5);
    let middle = (top + bottom) * 0.5;
    let target = Vec3::new(landmarks.neck.x, middle, landmarks.eyes.z);
    // A little below eye level for the whole body, at eye level for portraits.
    let level = landmarks.eyes.y.clamp(bottom, top);
    let eye_height = if shot == Shot::Full { middle } else { middle * 0.4 + level * 0.6 };
    let eye = Vec3::new(target.x, eye_height, target.z) + landmarks.facing * distance;
    Camera { eye, target, fov_y, near: distance * 0.02, far: distance * 6.0 + height * 4.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_is_closer_than_full_whatever_the_proportions() {
        // A person, a figure of two heads, a head alone.
        for (neck, half_width) in [(1.52, 0.35), (1.0, 0.4), (0.0, 0.6)] {
            let landmarks = Landmarks {
                eyes: Vec3::new(0.0, 1.6, 0.1),
                eyes_depth: 0.0,
                neck: Vec3::new(0.0, neck, 0.0),
                crown: 1.77,
                floor: 0.0,
                portrait_half_width: 0.12,
                half_width,
                facing: Vec3::Z,
            };
            let seen = |shot| {
                let camera = frame_shot(&landmarks, shot, 1.0);
                camera.eye.distance(camera.target) * libm::tanf(camera.fov_y * 0.5) * 2.0
            };
            let (half, full) = (seen(Shot::Half), seen(Shot::Full));
            let share = half / full;
            let wanted = if neck > 0.0 { 0.4..0.75 } else { 0.999..1.001 };
            assert!(wanted.contains(&share), "neck at {neck}: {half} of {full}");
        }
    }

    #[test]
    fn no_shot_crops_the_head() {
        let landmarks = Landmarks {
            eyes: Vec3::new(0.0, 1.64, 0.1),
            eyes_depth: 0.0,
            neck: Vec3::new(0.0, 1.52, 0.0),
            crown: 1.77,
            floor: 0.0,
            portrait_half_width: 0.12,
            half_width: 0.9,
            facing: Vec3::Z,
        };
        for aspect in [0.4, 9.0 / 16.0, 1.0, 16.0 / 9.0, 3.0] {
            for &(name, shot) in Shot::ALL {
                let camera = frame_shot(&landmarks, shot, aspect);
                let clip = camera.clip_from_view(aspect) * camera.view_from_world();
                // The crown a little before and behind the eyes' plane, and both sides of the head.
                for point in [
                    (0.0, 1.77, 0.1),
                    (0.0, 1.77, -0.1),
                    (0.1, 1.64, 0.0),
                    (-0.1, 1.64, 0.0),
                    (0.0, 1.52, 0.1),
                ] {
                    let at = clip.project_point3(Vec3::from(point));
                    assert!(
                        at.x.abs() < 1.0 && at.y.abs() < 0.98,
                        "{name} at {aspect}: {point:?} is at {at}"
                    );
                    assert!((0.0..1.0).contains(&at.z), "{name} at {aspect}: depth {}", at.z);
                }
            }
        }
    }
}
