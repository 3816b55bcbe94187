//! Cameras that an avatar's file holds (glTF 2.0 section 3.10).

/// A perspective camera on a node, along whose −Z it looks.
#[derive(Debug, Clone, PartialEq)]
pub struct FileCamera {
    /// The camera's name, else its node's; else `camera-N`.
    pub name: String,
    /// Where it is; an index into the avatar's nodes.
    pub node: usize,
    /// Vertical field of view, radians.
    pub fov_y: f32,
    /// Nearest visible distance, metres.
    pub near: f32,
    /// Farthest visible distance, metres.
    pub far: f32,
}
