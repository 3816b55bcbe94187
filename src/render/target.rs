//! The attachments behind the target: depth, samples, and the part of the picture that they become.

use super::Gpu;
use super::pipeline::{DEPTH_FORMAT, Pipelines};
use super::quality::Settings;
use super::region::Region;

/// Attachments as large as the part of the picture that the actors fill.
#[derive(Debug)]
pub(super) struct Attachments {
    /// Pixels.
    pub(super) size: (u32, u32),
    /// As many samples as the tier has.
    pub(super) depth: wgpu::TextureView,
    /// Where several samples are gathered before they become the part.
    pub(super) samples: Option<wgpu::TextureView>,
    /// One sample of what is composed into the target: encoded, or linear light.
    pub(super) part: Part,
    /// The part with its edges smoothed, where that is a pass of its own.
    pub(super) smoothed: Option<Part>,
}

/// What a pass leaves for a later one, beside the part.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keep {
    /// The samples of colour.
    pub(super) has_samples: bool,
    /// Depth.
    pub(super) has_depth: bool,
}

/// A texture that is drawn and then read.
#[derive(Debug)]
pub(super) struct Part {
    /// To draw into.
    pub(super) view: wgpu::TextureView,
    /// Group 1 of the composing pipelines.
    pub(super) group: wgpu::BindGroup,
}

impl Attachments {
    /// For a renderer with `pipelines`.
    pub(super) fn new(gpu: &Gpu, settings: &Settings, pipelines: &Pipelines, size: (u32, u32)) -> Self {
        let scene = settings.scene_format(pipelines.color_format);
        let texture =
            |label: &str, format: wgpu::TextureFormat, sample_count: u32, extra: wgpu::TextureUsages| {
                create(gpu, label, format, sample_count, extra | wgpu::TextureUsages::RENDER_ATTACHMENT, size)
                    .create_view(&wgpu::TextureViewDescriptor::default())
            };
        let none = wgpu::TextureUsages::empty();
        // Only passes after the forward pass read it.
        let read = if settings.is_hdr { wgpu::TextureUsages::TEXTURE_BINDING } else { none };
        let part = || {
            let view = texture("Attachments::part", scene, 1, wgpu::TextureUsages::TEXTURE_BINDING);
            let group = pipelines.composing.source_group(gpu, &view);
            Part { view, group }
        };
        Self {
            size,
            depth: texture("Attachments::depth", DEPTH_FORMAT, settings.samples, read),
            samples: (settings.samples > 1)
                .then(|| texture("Attachments::samples", scene, settings.samples, none)),
            part: part(),
            smoothed: pipelines.composing.smooth_part.as_ref().map(|_| part()),
        }
    }

    /// What is composed into the target.
    pub(super) fn shown(&self) -> &Part {
        self.smoothed.as_ref().unwrap_or(&self.part)
    }

    /// A pass over the `region` of a picture of `size` pixels: from nothing but `clear`, or on top of what is there.
    /// It leaves what later ones need.
    pub(super) fn begin<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        clear: Option<wgpu::Color>,
        keep: Keep,
        (region, size): (Region, (u32, u32)),
        timestamp_writes: Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) -> wgpu::RenderPass<'a> {
        let (view, resolve_target) = match &self.samples {
            Some(samples) => (samples, Some(&self.part.view)),
            None => (&self.part.view, None),
        };
        let is_stored = keep.has_samples || resolve_target.is_none();
        let store = |is_on| if is_on { wgpu::StoreOp::Store } else { wgpu::StoreOp::Discard };
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("forward"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view,
                depth_slice: None,
                resolve_target,
                ops: wgpu::Operations {
                    load: clear.map_or(wgpu::LoadOp::Load, wgpu::LoadOp::Clear),
                    store: store(is_stored),
                },
            })],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.depth,
                depth_ops: Some(wgpu::Operations {
                    load: clear.map_or(wgpu::LoadOp::Load, |_| wgpu::LoadOp::Clear(1.0)),
                    store: store(keep.has_depth),
                }),
                stencil_ops: None,
            }),
            timestamp_writes,
            occlusion_query_set: None,
            multiview_mask: None,
        });
        Self::place(&mut pass, (region, size));
        pass
    }

    /// Has `pass` draw the pixels of a picture of `size` pixels of which the attachments hold the `region`.
    pub(super) fn place(pass: &mut wgpu::RenderPass<'_>, (region, size): (Region, (u32, u32))) {
        let (x, y) = region.origin;
        pass.set_viewport(-(x as f32), -(y as f32), size.0 as f32, size.1 as f32, 0.0, 1.0);
        pass.set_scissor_rect(0, 0, region.size.0, region.size.1);
    }

    /// Large enough for a region of `size`, and not much larger.
    pub(super) fn fits(&self, size: (u32, u32)) -> bool {
        let area = |(width, height): (u32, u32)| u64::from(width) * u64::from(height);
        self.size.0 >= size.0 && self.size.1 >= size.1 && area(self.size) <= area(size) * 2
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
