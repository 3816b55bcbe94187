//! What a lens spreads around bright light, in linear light: pipelines and the chain of smaller and smaller pictures.

use super::Gpu;
use super::binding::{FILTERED, SAMPLER, entry};
use super::composing::screen_pipeline;
use super::modules::module;
use super::quality::HDR_FORMAT;
use super::timing::part_of;

/// How much of each level is what lies below it: the higher, the wider the glow.
const SPREAD: f64 = 0.62;
/// No side of the smallest level is shorter, pixels.
const SMALLEST: u32 = 6;
const MOST_LEVELS: u32 = 7;

/// The passes of the glow.
#[derive(Debug)]
pub(super) struct BloomPipelines {
    layout: wgpu::BindGroupLayout,
    /// Filters between pixels, and repeats those at the edge.
    pub(super) sampler: wgpu::Sampler,
    first: wgpu::RenderPipeline,
    down: wgpu::RenderPipeline,
    up: wgpu::RenderPipeline,
}

/// Levels of one picture, from half its size down.
#[derive(Debug)]
pub(super) struct Bloom {
    /// To read the picture, then each level.
    groups: Vec<wgpu::BindGroup>,
    views: Vec<wgpu::TextureView>,
}

impl BloomPipelines {
    /// For linear light.
    pub(super) fn new(gpu: &Gpu) -> Self {
        let device = gpu.device();
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("BloomPipelines::layout"),
            entries: &[entry(0, FILTERED), entry(1, SAMPLER)],
        });
        let pipeline_layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label: Some("BloomPipelines::layout"),
            bind_group_layouts: &[Some(&layout)],
            immediate_size: 0,
        });
        let shader = module(device, "bloom.wgsl");
        let pass = |entry: &str, blend: Option<wgpu::BlendState>| {
            let program = ("bloom", &shader, entry);
            screen_pipeline(device, program, &pipeline_layout, &[], None, 1, (HDR_FORMAT, blend))
        };
        let mix = wgpu::BlendComponent {
            src_factor: wgpu::BlendFactor::Constant,
            dst_factor: wgpu::BlendFactor::OneMinusConstant,
            operation: wgpu::BlendOperation::Add,
        };
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("BloomPipelines::sampler"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Self {
            first: pass("fragment_first", None),
            down: pass("fragment_down", None),
            up: pass("fragment_up", Some(wgpu::BlendState { color: mix, alpha: mix })),
            layout,
            sampler,
        }
    }
}

impl Bloom {
    /// For the picture `source` of `size` pixels.
    pub(super) fn new(
        gpu: &Gpu,
        pipelines: &BloomPipelines,
        source: &wgpu::TextureView,
        (width, height): (u32, u32),
    ) -> Self {
        let levels = (width.min(height).max(1) / SMALLEST).max(2).ilog2().clamp(1, MOST_LEVELS);
        let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
            label: Some("Bloom::texture"),
            size: wgpu::Extent3d {
                width: (width / 2).max(1 << (levels - 1)),
                height: (height / 2).max(1 << (levels - 1)),
                depth_or_array_layers: 1,
            },
            mip_level_count: levels,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: HDR_FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let level = |n: u32| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                base_mip_level: n,
                mip_level_count: Some(1),
                ..Default::default()
            })
        };
        let views: Vec<wgpu::TextureView> = (0..levels).map(level).collect();
        let group = |view: &wgpu::TextureView| {
            gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("Bloom::group"),
                layout: &pipelines.layout,
                entries: &[
                    wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(view) },
                    wgpu::BindGroupEntry {
                        binding: 1,
                        resource: wgpu::BindingResource::Sampler(&pipelines.sampler),
                    },
                ],
            })
        };
        let groups = std::iter::once(source).chain(&views).map(group).collect();
        Self { groups, views }
    }

    /// The glow, half the picture's size, once [`Bloom::encode`] is recorded.
    pub(super) fn glow(&self) -> Option<&wgpu::TextureView> {
        self.views.first()
    }

    /// Records all levels.
    pub(super) fn encode(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        pipelines: &BloomPipelines,
        timestamps: &Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) {
        let down = self.views.len();
        let count = (down * 2).saturating_sub(1);
        let clear = wgpu::LoadOp::Clear(wgpu::Color::BLACK);
        for (n, (group, view)) in self.groups.iter().zip(&self.views).enumerate() {
            let pipeline = if n == 0 { &pipelines.first } else { &pipelines.down };
            draw_screen(encoder, "bloom down", (&[view], clear), part_of(timestamps, n, count), |pass| {
                pass.set_pipeline(pipeline);
                pass.set_bind_group(0, group, &[]);
            });
        }
        let up = self.groups.iter().skip(2).zip(&self.views).rev();
        for (n, (group, view)) in up.enumerate() {
            let part = part_of(timestamps, down + n, count);
            draw_screen(encoder, "bloom up", (&[view], wgpu::LoadOp::Load), part, |pass| {
                pass.set_pipeline(&pipelines.up);
                pass.set_blend_constant(wgpu::Color { r: SPREAD, g: SPREAD, b: SPREAD, a: SPREAD });
                pass.set_bind_group(0, group, &[]);
            });
        }
    }
}

/// One triangle over all of some targets, with what `bind` sets.
pub(super) fn draw_screen(
    encoder: &mut wgpu::CommandEncoder,
    label: &str,
    (targets, load): (&[&wgpu::TextureView], wgpu::LoadOp<wgpu::Color>),
    timestamp_writes: Option<wgpu::RenderPassTimestampWrites<'_>>,
    bind: impl FnOnce(&mut wgpu::RenderPass<'_>),
) {
    let attachment = |&view| {
        Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations { load, store: wgpu::StoreOp::Store },
        })
    };
    let color_attachments: Vec<_> = targets.iter().map(attachment).collect();
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some(label),
        color_attachments: &color_attachments,
        timestamp_writes,
        ..Default::default()
    });
    bind(&mut pass);
    pass.draw(0..3, 0..1);
}
