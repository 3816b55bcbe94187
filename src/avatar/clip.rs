//! Animation clips: keyed curves of nodes' transforms and morph weights (glTF 2.0 section 3.11).

/// How values lie between keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interpolation {
    /// The earlier key's value.
    Step,
    /// A line; the shortest arc for rotations.
    Linear,
    /// Hermite; each key has in-tangent, value, out-tangent.
    CubicSpline,
}

/// Keyed values, one a key (three for cubic splines).
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Metres.
    Translation(Vec<[f32; 3]>),
    /// Unit quaternions xyzw.
    Rotation(Vec<[f32; 4]>),
    /// Per axis.
    Scale(Vec<[f32; 3]>),
    /// As many a key as the node's mesh has targets.
    MorphWeights(Vec<f32>),
}

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Channel {
    /// The node it moves.
    pub node: usize,
    /// Seconds, ascending, at least one, shared by the values.
    pub times_secs: Vec<f32>,
    /// Between keys.
    pub interpolation: Interpolation,
    /// At keys.
    pub values: Values,
}

/// A named set of curves.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Clip {
    /// As the file has it.
    pub name: String,
    /// The last key of all curves, seconds.
    pub duration_secs: f32,
    /// The curves.
    pub channels: Vec<Channel>,
}
