//! Where the parts of a standing avatar are, for framing and gaze.

use glam::Vec3;

/// Where the parts of an avatar are at rest, metres, stage space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmarks {
    /// Between the eyes.
    pub eyes: Vec3,
    /// Where the neck meets the head.
    pub neck: Vec3,
    /// The highest point of the head, hair included.
    pub crown: f32,
    /// The lowest point of the body.
    pub floor: f32,
    /// Left and right half width of the whole body.
    pub half_width: f32,
    /// The way the avatar faces, a unit vector.
    pub facing: Vec3,
}
