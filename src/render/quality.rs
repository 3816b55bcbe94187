//! Quality tiers: one table of settings.

/// How much work a picture may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Quality {
    /// For machines without a GPU, live.
    Low,
    /// For integrated GPUs, or films without a GPU.
    #[default]
    Medium,
    /// For GPUs.
    High,
    /// For stills and films.
    Ultra,
}

/// How stairs at edges are kept away, in place of a tier's own way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Antialias {
    /// Not at all.
    None,
    /// Smoothed afterwards.
    Fxaa,
    /// By four samples a pixel.
    Msaa,
}

impl Antialias {
    /// All with the names of the `--antialias` option.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("none", Self::None), ("fxaa", Self::Fxaa), ("msaa", Self::Msaa)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, way)| way)
    }
}

/// A tier, and what is asked for in place of some of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tier {
    /// The tier.
    pub quality: Quality,
    /// In place of its own.
    pub antialias: Option<Antialias>,
}

impl From<Quality> for Tier {
    fn from(quality: Quality) -> Self {
        Self { quality, antialias: None }
    }
}

impl Tier {
    /// What it means.
    pub(crate) fn settings(self) -> Settings {
        let own = self.quality.settings();
        let (samples, is_smoothed) = match self.antialias {
            None => (own.samples, own.is_smoothed),
            Some(Antialias::None) => (1, false),
            Some(Antialias::Fxaa) => (1, true),
            Some(Antialias::Msaa) => (4, false),
        };
        Settings { samples, is_smoothed, ..own }
    }
}

/// What a tier means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Settings {
    /// Samples a pixel: 1 or 4.
    pub(crate) samples: u32,
    /// Stairs are smoothed afterwards by the composing pass.
    pub(crate) is_smoothed: bool,
    /// Columns and rows of the shadow map.
    pub(crate) shadow_size: u32,
    /// Comparisons a pixel in the shadow map.
    pub(crate) shadow_taps: u32,
    /// Texels along the longer side of an oblique pixel.
    pub(crate) anisotropy: u16,
    /// Interpolates between mip maps.
    pub(crate) is_trilinear: bool,
    /// Columns and rows of the largest mip map of a texture.
    pub(crate) texture_size: u32,
    /// Lit in a floating-point target that a pass of its own maps to the screen; else mapped in the forward shader.
    pub(crate) is_hdr: bool,
}

impl Settings {
    /// Shadows are the softer the farther what throws them.
    pub(crate) fn has_contact_shadow(&self) -> bool {
        self.shadow_taps > 1
    }

    /// For a stage with so many actors.
    pub(crate) fn shared_by(self, actors: usize) -> Self {
        let is_crowd = actors > 2 && !self.is_hdr;
        Self { texture_size: if is_crowd { CROWD_TEXTURE } else { self.texture_size }, ..self }
    }

    /// What the actors are drawn into for a target of a format: linear light, or its codes.
    pub(crate) fn scene_format(&self, target: wgpu::TextureFormat) -> wgpu::TextureFormat {
        if self.is_hdr { HDR_FORMAT } else { kept_format(target) }
    }
}

/// The largest mip map where each actor has a part of the picture, in the lower tiers.
const CROWD_TEXTURE: u32 = 1024;

/// The linear target of the tiers with a tone-mapping pass.
pub(crate) const HDR_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

/// Whether a target takes linear light: the adapter encodes it, or nobody does.
pub(crate) fn takes_light(format: wgpu::TextureFormat) -> bool {
    format.is_srgb() || format == HDR_FORMAT
}

/// What keeps codes for a target of a format: the same in one order of channels, because rounding and blending may differ
/// from order to order, and a window's picture is a file's.
pub(crate) fn kept_format(target: wgpu::TextureFormat) -> wgpu::TextureFormat {
    match target {
        wgpu::TextureFormat::Bgra8Unorm => wgpu::TextureFormat::Rgba8Unorm,
        other => other,
    }
}

impl Quality {
    /// All tiers with the names of the `--quality` option.
    pub const ALL: &'static [(&'static str, Self)] =
        &[("low", Self::Low), ("medium", Self::Medium), ("high", Self::High), ("ultra", Self::Ultra)];

    /// By name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(n, _)| *n == name).map(|&(_, quality)| quality)
    }

    /// What a kind of adapter draws in time, live: the lowest tier without a GPU, the third with one of its own.
    pub fn for_adapter(kind: wgpu::DeviceType) -> Self {
        match kind {
            wgpu::DeviceType::DiscreteGpu => Self::High,
            wgpu::DeviceType::Cpu => Self::Low,
            _ => Self::Medium,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, q)| *q == self).map_or("medium", |&(name, _)| name)
    }

    /// What it means.
    pub(crate) fn settings(self) -> Settings {
        let (samples, shadow_size, shadow_taps, anisotropy, texture_size, is_hdr) = match self {
            Self::Low => (1, 512, 1, 1, 2048, false),
            Self::Medium => (1, 1024, 1, 1, 2048, false),
            Self::High => (4, 2048, 16, 8, u32::MAX, true),
            Self::Ultra => (4, 4096, 32, 16, u32::MAX, true),
        };
        Settings {
            samples,
            is_smoothed: samples == 1,
            shadow_size,
            shadow_taps,
            anisotropy,
            is_trilinear: is_hdr,
            texture_size,
            is_hdr,
        }
    }
}
