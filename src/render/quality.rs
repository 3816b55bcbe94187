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

/// What a tier means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Settings {
    /// Samples a pixel: 1, and edges are smoothed afterwards, or 4.
    pub(crate) samples: u32,
    /// Columns and rows of the shadow map.
    pub(crate) shadow_size: u32,
    /// Comparisons a pixel in the shadow map.
    pub(crate) shadow_taps: u32,
    /// Texels along the longer side of an oblique pixel.
    pub(crate) anisotropy: u16,
    /// Interpolates between mip maps.
    pub(crate) is_trilinear: bool,
    /// Lit in a floating-point target that a pass of its own maps to the screen; else mapped in the forward shader.
    pub(crate) is_hdr: bool,
}

impl Settings {
    /// One sample a pixel leaves stairs, which the composing pass smooths.
    pub(crate) fn is_smoothed(&self) -> bool {
        self.samples == 1
    }

    /// Shadows are the softer the farther what throws them.
    pub(crate) fn has_contact_shadow(&self) -> bool {
        self.shadow_taps > 1
    }

    /// What the actors are drawn into for a target of a format: linear light, or its codes.
    pub(crate) fn scene_format(&self, target: wgpu::TextureFormat) -> wgpu::TextureFormat {
        if self.is_hdr { HDR_FORMAT } else { kept_format(target) }
    }
}

/// The linear target of the tiers with a tone-mapping pass.
pub(crate) const HDR_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

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
        let (samples, shadow_size, shadow_taps, anisotropy, is_trilinear, is_hdr) = match self {
            Self::Low => (1, 512, 1, 1, false, false),
            Self::Medium => (1, 1024, 1, 1, false, false),
            Self::High => (4, 2048, 16, 8, true, true),
            Self::Ultra => (4, 4096, 32, 16, true, true),
        };
        Settings { samples, shadow_size, shadow_taps, anisotropy, is_trilinear, is_hdr }
    }
}
