//! Debug views: one term of the shading instead of the picture.

/// Which term is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DebugView {
    /// Base colour with its texture.
    BaseColor = 1,
    /// The shading normal, world space, −1..=1 shown as 0..=1.
    Normal = 2,
    /// Perceptual roughness.
    Roughness = 3,
    /// Ambient occlusion.
    Occlusion = 4,
    /// How much of the key light arrives.
    Shadow = 5,
    /// The first UV set, modulo 1.
    Uv = 6,
}

impl DebugView {
    /// All views with the names of the `--debug` option.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("base-color", Self::BaseColor),
        ("normal", Self::Normal),
        ("roughness", Self::Roughness),
        ("occlusion", Self::Occlusion),
        ("shadow", Self::Shadow),
        ("uv", Self::Uv),
    ];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, view)| view)
    }
}
