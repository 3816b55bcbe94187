//! Where the parts of a standing avatar are, for framing and gaze.

use glam::Vec3;

/// Where the parts of an avatar are at rest, metres, stage space.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Landmarks {
    /// Between the eyes.
    pub eyes: Vec3,
    /// How far before them the eyes' surface is seen.
    pub eyes_depth: f32,
    /// Where the neck meets the head, at the height of the chin; the lowest point of what has no head.
    pub neck: Vec3,
    /// The highest point of the head, hair included.
    pub crown: f32,
    /// The lowest point of the body.
    pub floor: f32,
    /// Left and right half width of what a portrait shows: the face, or all of a head whose face is not known.
    pub portrait_half_width: f32,
    /// Left and right half width of the whole body.
    pub half_width: f32,
    /// The way the avatar faces, a unit vector.
    pub facing: Vec3,
}
