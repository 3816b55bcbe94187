//! Lights that an avatar carries (`KHR_lights_punctual`).

/// How a light spreads. All shine along the -Z of their node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LightKind {
    /// From infinitely far; intensity in lux.
    Directional,
    /// From the node's origin in all directions; intensity in candela.
    Point,
    /// From the node's origin in a cone; intensity in candela.
    Spot {
        /// Radians from the axis where it starts to fade, at least 0 and below `outer`.
        inner: f32,
        /// Radians from the axis where it ends, at most a quarter turn.
        outer: f32,
    },
}

/// One light on one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Light {
    /// As the file has it.
    pub name: String,
    /// Where it is; an index into the avatar's nodes.
    pub node: usize,
    /// How it spreads.
    pub kind: LightKind,
    /// Linear RGB, 0..=1.
    pub color: [f32; 3],
    /// Lux or candela, see [`LightKind`].
    pub intensity: f32,
    /// Metres after which it gives nothing; `None` without an end.
    pub range: Option<f32>,
}
