//! The attachments behind the target: depth, samples, linear light. Made anew when the size changes.

use super::Gpu;
use super::pipeline::{DEPTH_FORMAT, HDR_FORMAT};
use super::quality::Settings;

/// Attachments of one size.
#[derive(Debug)]
pub(super) struct Attachments {
    /// Pixels.
    pub(super) size: (u32, u32),
    /// As many samples as the tier has.
    pub(super) depth: wgpu::TextureView,
    /// Where several samples are gathered before they become the target or `linear`.
    pub(super) samples: Option<wgpu::TextureView>,
    /// One sample, linear light.
    pub(super) linear: Option<wgpu::TextureView>,
}

impl Attachments {
    /// For targets of `color_format` and `size` pixels.
    pub(super) fn new(
        gpu: &Gpu,
        settings: &Settings,
        color_format: wgpu::TextureFormat,
        size: (u32, u32),
    ) -> Self {
        let scene = if settings.is_hdr { HDR_FORMAT } else { color_format };
        let texture =
            |label: &str, format: wgpu::TextureFormat, sample_count: u32, extra: wgpu::TextureUsages| {
                create(gpu, label, format, sample_count, extra | wgpu::TextureUsages::RENDER_ATTACHMENT, size)
                    .create_view(&wgpu::TextureViewDescriptor::default())
            };
        let none = wgpu::TextureUsages::empty();
        Self {
            size,
            depth: texture("Attachments::depth", DEPTH_FORMAT, settings.samples, none),
            samples: (settings.samples > 1)
                .then(|| texture("Attachments::samples", scene, settings.samples, none)),
            linear: settings
                .is_hdr
                .then(|| texture("Attachments::linear", HDR_FORMAT, 1, wgpu::TextureUsages::TEXTURE_BINDING)),
        }
    }
}

/// A plain two-dimensional texture.
pub(super) fn create(
    gpu: &Gpu,
    label: &str,
    format: wgpu::TextureFormat,
    sample_count: u32,
    usage: wgpu::TextureUsages,
    (width, height): (u32, u32),
) -> wgpu::Texture {
    gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: Some(label),
        size: wgpu::Extent3d { width: width.max(1), height: height.max(1), depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count,
        dimension: wgpu::TextureDimension::D2,
        format,
        usage,
        view_formats: &[],
    })
}
