//! Debug views: one term of the shading, or what the geometry does, instead of the picture.

/// What is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DebugView {
    /// Base colour with its texture.
    BaseColor = 1,
    /// The shading normal, world space, −1..=1 shown as 0..=1.
    Normal = 2,
    /// Perceptual roughness.
    Roughness = 3,
    /// What the material says of its hollows, and what is near.
    Occlusion = 4,
    /// How much of the key light arrives.
    Shadow = 5,
    /// The first UV set, modulo 1.
    Uv = 6,
    /// Light that went into the surface and came out again.
    Diffuse = 7,
    /// Light that was reflected at the surface; of a toon its rim.
    Specular = 8,
    /// What scattering in skin adds to a surface that has none.
    Scattering = 9,
    /// How often a pixel is shaded: each time makes it brighter.
    Overdraw = 10,
    /// How far morphs move the surface: blue a little, red a hundredth of the body's height.
    Morphs = 11,
    /// Edges of the triangles.
    Wireframe = 12,
    /// The picture with the skeleton drawn over it.
    Joints = 13,
    /// How much of the surroundings what is near leaves to see, in the tiers that look for it.
    Ambient = 14,
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
        ("diffuse", Self::Diffuse),
        ("specular", Self::Specular),
        ("scattering", Self::Scattering),
        ("overdraw", Self::Overdraw),
        ("morphs", Self::Morphs),
        ("wireframe", Self::Wireframe),
        ("joints", Self::Joints),
        ("ao", Self::Ambient),
    ];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, view)| view)
    }

    /// The view after `view`, round and round: the picture, then all of them in order.
    pub fn after(view: Option<Self>) -> Option<Self> {
        let next = view.map_or(0, |view| Self::ALL.iter().take_while(|(_, v)| *v != view).count() + 1);
        Self::ALL.get(next).map(|&(_, view)| view)
    }

    /// Shows light, which is photographed as the picture is, not numbers to be read.
    pub(super) fn is_light(self) -> bool {
        matches!(self, Self::Diffuse | Self::Specular | Self::Scattering | Self::Joints)
    }

    /// The forward shaders' `debug_view`; 0 where they draw the picture.
    pub(super) fn shaded(self) -> u32 {
        if self == Self::Joints { 0 } else { self as u32 }
    }
}
