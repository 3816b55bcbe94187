//! What transmissive surfaces let through: the picture as drawn without them, copied as linear light, with a chain of blurred
//! versions. Only frames with such a surface in view have it.

use super::binding::{FILTERED, SAMPLER, entry};
use super::finish::Finish;
use super::modules::module;
use super::pipeline::{Pipelines, Recipe, build, flag};
use super::quality::{Settings, takes_light};
use super::region::Region;
use super::target::{Attachments, Keep};
use super::timing::part_of;
use super::{Gpu, Renderer};
use crate::frame::Frame;
use crate::stage::Backdrop;

/// Linear light on all tiers: blurring and attenuation are sums and products of light.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

/// The pipelines, made when first needed.
#[derive(Debug)]
pub(super) struct BehindPipelines {
    /// The part into the first level; over a backdrop of one colour, and otherwise.
    captures: [wgpu::RenderPipeline; 2],
    /// Each level into the next.
    halve: wgpu::RenderPipeline,
    level_layout: wgpu::BindGroupLayout,
    sampler: wgpu::Sampler,
    /// How codes were made of the light that is copied.
    pub(super) finish: Finish,
}

impl BehindPipelines {
    /// For a renderer with `pipelines`.
    pub(super) fn new(gpu: &Gpu, settings: &Settings, pipelines: &Pipelines) -> Self {
        let device = gpu.device();
        let level_layout = level_layout(device);
        let layout = |groups: &[Option<&wgpu::BindGroupLayout>]| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("BehindPipelines::layout"),
                bind_group_layouts: groups,
                immediate_size: 0,
            })
        };
        let module = module(device, "behind.wgsl");
        let pipeline = |layout: &wgpu::PipelineLayout, fragment: &str, constants: &[(&str, f64)]| {
            build(
                device,
                &Recipe {
                    label: "behind",
                    layout,
                    module: &module,
                    vertex: "vertex_main",
                    fragment: Some(fragment),
                    constants,
                    buffers: &[],
                    topology: wgpu::PrimitiveTopology::TriangleList,
                    cull: None,
                    depth: None,
                    samples: 1,
                    is_coverage: false,
                    target: Some((FORMAT, None)),
                },
            )
        };
        let copied = layout(&[Some(&pipelines.frame_layout), Some(pipelines.composing.source_layout())]);
        let finish = pipelines.composing.finish;
        let is_encoded = !takes_light(pipelines.color_format);
        let captures = [false, true].map(|has_color| {
            let mut constants = vec![
                ("is_linear", flag(settings.is_hdr)),
                ("is_encoded", flag(is_encoded)),
                ("has_color", flag(has_color)),
            ];
            constants.extend(finish.constants());
            pipeline(&copied, "fragment_capture", &constants)
        });
        let halve = pipeline(&layout(&[None, None, Some(&level_layout)]), "fragment_halve", &[]);
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("BehindPipelines::sampler"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Self { captures, halve, level_layout, sampler, finish }
    }
}

fn level_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("BehindPipelines::level_layout"),
        entries: &[entry(0, FILTERED), entry(1, SAMPLER)],
    })
}

/// The copy and its levels, exactly as large as the part of the picture that is drawn: what is blurred must not depend on what
/// earlier frames were like.
#[derive(Debug)]
pub(super) struct Behind {
    size: (u32, u32),
    /// All levels.
    pub(super) view: wgpu::TextureView,
    levels: Vec<wgpu::TextureView>,
    /// Group 2 of the pass into each level but the first.
    groups: Vec<wgpu::BindGroup>,
}

impl Behind {
    /// Of `size` pixels; the `old` one where it is as large.
    pub(super) fn sized(old: Option<Self>, gpu: &Gpu, pipelines: &BehindPipelines, size: (u32, u32)) -> Self {
        if let Some(old) = old.filter(|old| old.size == size) {
            return old;
        }
        let count = size.0.max(size.1).max(1).ilog2() + 1;
        let texture = gpu.device().create_texture(&wgpu::TextureDescriptor {
            label: Some("Behind::texture"),
            size: wgpu::Extent3d { width: size.0.max(1), height: size.1.max(1), depth_or_array_layers: 1 },
            mip_level_count: count,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: FORMAT,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
            view_formats: &[],
        });
        let level = |base_mip_level| {
            texture.create_view(&wgpu::TextureViewDescriptor {
                base_mip_level,
                mip_level_count: Some(1),
                ..Default::default()
            })
        };
        let levels: Vec<wgpu::TextureView> = (0..count).map(level).collect();
        let group = |source: &wgpu::TextureView| {
            gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("Behind::group"),
                layout: &pipelines.level_layout,
                entries: &[
                    wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(source) },
                    wgpu::BindGroupEntry {
                        binding: 1,
                        resource: wgpu::BindingResource::Sampler(&pipelines.sampler),
                    },
                ],
            })
        };
        let groups = levels.iter().take(levels.len().saturating_sub(1)).map(group).collect();
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Self { size, view, levels, groups }
    }

    /// Records the copy of `part` (group 1 of the composing pipelines) and the blurring; `has_color` where the backdrop is one
    /// colour that is not in the part.
    pub(super) fn encode(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        pipelines: &BehindPipelines,
        (frame, part): (&wgpu::BindGroup, &wgpu::BindGroup),
        has_color: bool,
        timestamps: &Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) {
        let [plain, over_color] = &pipelines.captures;
        for (n, view) in self.levels.iter().enumerate() {
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("behind"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                timestamp_writes: part_of(timestamps, n, usize::MAX),
                ..Default::default()
            });
            match n.checked_sub(1).and_then(|before| self.groups.get(before)) {
                Some(group) => {
                    pass.set_pipeline(&pipelines.halve);
                    pass.set_bind_group(2, group, &[]);
                }
                None => {
                    pass.set_pipeline(if has_color { over_color } else { plain });
                    pass.set_bind_group(0, frame, &[]);
                    pass.set_bind_group(1, part, &[]);
                }
            }
            pass.draw(0..3, 0..1);
        }
    }
}

impl Renderer {
    /// Copies what is drawn so far and begins the pass on top of it, for what shows it; both are measured as one.
    pub(super) fn begin_glass<'a>(
        &self,
        encoder: &'a mut wgpu::CommandEncoder,
        frame: &Frame,
        attachments: &Attachments,
        (keep, region, size): (Keep, Region, (u32, u32)),
        timestamps: Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) -> Option<wgpu::RenderPass<'a>> {
        let (behind, pipelines) = self.behind.as_ref().zip(self.behind_pipelines.as_ref())?;
        let has_color = self.settings.is_hdr && matches!(frame.backdrop, Backdrop::Color(_));
        let groups = (&self.frame_group, &attachments.part.group);
        behind.encode(encoder, pipelines, groups, has_color, &timestamps);
        let mut pass = attachments.begin(encoder, None, keep, (region, size), part_of(&timestamps, 1, 2));
        pass.set_bind_group(0, &self.frame_group, &[]);
        Some(pass)
    }

    /// A place of `size` pixels for what transmissive surfaces let through, which they see from now on.
    pub(super) fn prepare_behind(&mut self, size: (u32, u32)) {
        let finish = self.pipelines.composing.finish;
        let pipelines = match self.behind_pipelines.take().filter(|own| own.finish == finish) {
            Some(own) => own,
            None => BehindPipelines::new(&self.gpu, &self.settings, &self.pipelines),
        };
        let pipelines = self.behind_pipelines.insert(pipelines);
        let behind = Behind::sized(self.behind.take(), &self.gpu, pipelines, size);
        for slot in &mut self.slots {
            if let Some(model) = self.models.get(slot.avatar) {
                slot.layers.see(&self.gpu, &self.layouts.layers, &model.materials.layers, &behind.view);
            }
        }
        self.behind = Some(behind);
    }
}
