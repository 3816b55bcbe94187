//! Strands, lashes, lenses: blended surfaces that are laid over each other in any order (see `forward_weighted.wgsl`), for the tiers that
//! keep linear light. Only frames with such a surface in view have these passes. What is toon, layered or an eye's keeps its order.

use super::binding::{EXACT, SAMPLES, entry};
use super::bloom::draw_screen;
use super::bounds::Bounds;
use super::composing::screen_pipeline;
use super::forward::{ADDED, Look, Stroke, Variant};
use super::material::{Features, MaterialLayouts};
use super::modules::module;
use super::pipeline::{Target, depth};
use super::quality::{HDR_FORMAT, Settings};
use super::region::Region;
use super::scene::{Draw, held};
use super::target::{Attachments, Keep, create};
use super::{DebugView, Gpu, Renderer};
use crate::avatar::Surface;
use crate::frame::Frame;
use glam::Vec3;

const RANGE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rg16Float;
const KEPT_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::R16Float;

const fn both(component: wgpu::BlendComponent) -> wgpu::BlendState {
    wgpu::BlendState { color: component, alpha: component }
}

/// The largest stays.
const LARGEST: wgpu::BlendState = both(wgpu::BlendComponent {
    src_factor: wgpu::BlendFactor::One,
    dst_factor: wgpu::BlendFactor::One,
    operation: wgpu::BlendOperation::Max,
});
/// What is there is multiplied by one minus what is drawn.
const LESSENED: wgpu::BlendState = both(wgpu::BlendComponent {
    src_factor: wgpu::BlendFactor::Zero,
    dst_factor: wgpu::BlendFactor::OneMinusSrc,
    operation: wgpu::BlendOperation::Add,
});

/// What each pass draws into.
pub(super) const RANGE: [Target; 1] = [(RANGE_FORMAT, Some(LARGEST))];
pub(super) const NODES: [Target; 2] = [(HDR_FORMAT, Some(ADDED)), (HDR_FORMAT, Some(ADDED))];
pub(super) const SUMS: [Target; 2] = [(HDR_FORMAT, Some(ADDED)), (KEPT_FORMAT, Some(LESSENED))];

/// Group 3 of the passes that read where things are, and how opaque they are there.
pub(super) fn layouts(device: &wgpu::Device) -> [wgpu::BindGroupLayout; 2] {
    [1, 3].map(|count| {
        let entries: Vec<_> = (0..count).map(|binding| entry(binding, EXACT)).collect();
        device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("weighted::layouts"),
            entries: &entries,
        })
    })
}

/// Whether a tier on a device has these passes.
pub(super) fn is_supported(gpu: &Gpu, settings: &Settings) -> bool {
    let fits = |format: wgpu::TextureFormat| {
        let flags = gpu.adapter().get_texture_format_features(format).flags;
        flags.contains(wgpu::TextureFormatFeatureFlags::BLENDABLE)
            && flags.sample_count_supported(settings.samples)
    };
    settings.is_hdr
        && gpu.has_independent_blending()
        && [RANGE_FORMAT, HDR_FORMAT, KEPT_FORMAT].into_iter().all(fits)
}

/// Eyes are painted in layers that lie too close together to be told apart by depth.
fn has_any_order(features: &Features) -> bool {
    features.toon.is_none() && features.layers.is_none() && features.surface != Surface::Eye
}

/// All looks that a draw with `look` needs pipelines for.
pub(super) fn looks(look: Look) -> impl Iterator<Item = Look> {
    let before = [Stroke::Range, Stroke::Nodes].map(|stroke| Look { stroke, ..look });
    before.into_iter().filter(move |_| look.stroke == Stroke::Weighted).chain([look])
}

/// The draws before the first in any order, and the rest.
pub(super) fn split(draws: &[Draw]) -> (&[Draw], &[Draw]) {
    let ordered = draws.iter().take_while(|draw| draw.look.stroke != Stroke::Weighted).count();
    draws.split_at(ordered)
}

/// The screen passes, made when first needed.
#[derive(Debug)]
pub(super) struct WeightedPipelines {
    /// The range of a pixel's samples, where it has several.
    range: Option<wgpu::RenderPipeline>,
    /// Lays the sums over what is there.
    lay: wgpu::RenderPipeline,
    range_layout: wgpu::BindGroupLayout,
    lay_layout: wgpu::BindGroupLayout,
}

impl WeightedPipelines {
    fn new(gpu: &Gpu, settings: &Settings) -> Self {
        let device = gpu.device();
        let shader = module(device, "weighted.wgsl");
        let has_samples = settings.samples > 1;
        let group = |entries: &[wgpu::BindGroupLayoutEntry]| {
            let label = Some("WeightedPipelines::layout");
            device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label, entries })
        };
        let range_layout = group(&[entry(0, SAMPLES)]);
        let lay_layout = if has_samples {
            group(&[entry(3, SAMPLES), entry(4, SAMPLES)])
        } else {
            group(&[entry(1, EXACT), entry(2, EXACT)])
        };
        let pipeline = |entry: &str, group: &wgpu::BindGroupLayout, depth, samples: u32, target: Target| {
            let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("WeightedPipelines::layout"),
                bind_group_layouts: &[Some(group)],
                immediate_size: 0,
            });
            screen_pipeline(device, ("weighted", &shader, entry), &layout, &[], depth, samples, target)
        };
        let over = Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING);
        let lay = if has_samples { "fragment_samples" } else { "fragment_single" };
        let always = Some(depth(wgpu::CompareFunction::Always, false));
        Self {
            range: has_samples
                .then(|| pipeline("fragment_range", &range_layout, None, 1, (RANGE_FORMAT, None))),
            lay: pipeline(lay, &lay_layout, always, settings.samples, (HDR_FORMAT, over)),
            range_layout,
            lay_layout,
        }
    }
}

/// A texture, and the samples that become it where there are several.
#[derive(Debug)]
struct Sampled {
    samples: Option<wgpu::TextureView>,
    view: wgpu::TextureView,
}

impl Sampled {
    /// What is drawn into.
    fn drawn(&self) -> &wgpu::TextureView {
        self.samples.as_ref().unwrap_or(&self.view)
    }

    /// What the samples become by themselves.
    fn resolved(&self) -> Option<&wgpu::TextureView> {
        self.samples.as_ref().map(|_| &self.view)
    }
}

/// The pictures between the passes, as large as the attachments.
#[derive(Debug)]
pub(super) struct Weighted {
    size: (u32, u32),
    range: Sampled,
    nodes: [Sampled; 2],
    sums: wgpu::TextureView,
    kept: wgpu::TextureView,
    /// Group 0 of the pass over the range's samples.
    range_group: Option<wgpu::BindGroup>,
    /// Group 3 of the two passes after it.
    groups: [wgpu::BindGroup; 2],
    /// Group 0 of the pass that lays the sums over the rest.
    lay_group: wgpu::BindGroup,
}

impl Weighted {
    fn new(
        gpu: &Gpu,
        (pipelines, layouts): (&WeightedPipelines, &MaterialLayouts),
        samples: u32,
        size: (u32, u32),
    ) -> Self {
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
        let texture = |format: wgpu::TextureFormat, samples: u32| {
            create(gpu, "Weighted::texture", format, samples, usage, size)
                .create_view(&wgpu::TextureViewDescriptor::default())
        };
        let sampled = |format: wgpu::TextureFormat| Sampled {
            samples: (samples > 1).then(|| texture(format, samples)),
            view: texture(format, 1),
        };
        let group = |layout: &wgpu::BindGroupLayout, views: &[(u32, &wgpu::TextureView)]| {
            let entries: Vec<_> = views
                .iter()
                .map(|&(binding, view)| wgpu::BindGroupEntry {
                    binding,
                    resource: wgpu::BindingResource::TextureView(view),
                })
                .collect();
            gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("Weighted::group"),
                layout,
                entries: &entries,
            })
        };
        let range = sampled(RANGE_FORMAT);
        let nodes = [sampled(HDR_FORMAT), sampled(HDR_FORMAT)];
        let (sums, kept) = (texture(HDR_FORMAT, samples), texture(KEPT_FORMAT, samples));
        let [places, all] = &layouts.weighted;
        let first = if samples > 1 { 3 } else { 1 };
        let read = [(0, &range.view), (1, &nodes[0].view), (2, &nodes[1].view)];
        Self {
            range_group: range.samples.as_ref().map(|view| group(&pipelines.range_layout, &[(0, view)])),
            groups: [group(places, &read[..1]), group(all, &read)],
            lay_group: group(&pipelines.lay_layout, &[(first, &sums), (first + 1, &kept)]),
            size,
            range,
            nodes,
            sums,
            kept,
        }
    }
}

impl Renderer {
    /// Has what may be drawn in any order drawn so; not where a debug view shows each surface.
    pub(super) fn weigh(&self, blended: &mut [Draw]) {
        let is_picture = matches!(self.debug, None | Some(DebugView::Joints));
        if self.has_weighted && is_picture {
            let all = blended.iter_mut().filter(|draw| has_any_order(&draw.look.features));
            all.for_each(|draw| draw.look.stroke = Stroke::Weighted);
        }
    }

    /// How far off the nearest point is of what is drawn in any order, metres, and one over how much farther the farthest is.
    pub(super) fn weighted_range(&self, frame: &Frame, blended: &[Draw]) -> [f32; 2] {
        let forward = (frame.camera.target - frame.camera.eye).normalize_or(Vec3::NEG_Z);
        let (mut near, mut far) = (f32::INFINITY, 0.0f32);
        for draw in blended.iter().filter(|draw| draw.look.stroke == Stroke::Weighted) {
            let bounds = held(self, draw.slot).and_then(|(slot, _)| slot.pose.bounds.get(draw.part));
            let Some(Bounds { min, max }) = bounds else { continue };
            let reach = (*max - *min).dot(forward.abs()) * 0.5;
            near = near.min(draw.distance - reach).max(frame.camera.near);
            far = far.max(draw.distance + reach);
        }
        if near >= far { [0.0, 1.0] } else { [near, 1.0 / (far - near)] }
    }

    /// Room for `size` pixels.
    pub(super) fn prepare_weighted(&mut self, size: (u32, u32)) {
        let (gpu, settings) = (&self.gpu, &self.settings);
        let pipelines = self.weighted_pipelines.get_or_insert_with(|| WeightedPipelines::new(gpu, settings));
        if self.weighted.as_ref().is_none_or(|weighted| weighted.size != size) {
            let made = Weighted::new(gpu, (pipelines, &self.layouts), settings.samples, size);
            self.weighted = Some(made);
        }
    }

    /// Draws what [`split`] left for later on top of what is there; the last pass leaves what `keep` says.
    pub(super) fn encode_weighted(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        attachments: &Attachments,
        (mut draws, variant): (&[Draw], Variant),
        keep: Keep,
        place: (Region, (u32, u32)),
    ) {
        let (Some(pipelines), Some(own)) = (&self.weighted_pipelines, &self.weighted) else { return };
        while !draws.is_empty() {
            let count = draws.iter().take_while(|draw| draw.look.stroke == Stroke::Weighted).count();
            let (run, later) = draws.split_at(count);
            let (ordered, rest) = split(later);
            self.encode_sums(encoder, attachments, (own, pipelines), (run, variant), place);
            let between = Keep { has_samples: true, has_depth: true };
            let keep = if rest.is_empty() { keep } else { between };
            let mut pass = attachments.begin(encoder, None, keep, place, None);
            pass.set_pipeline(&pipelines.lay);
            pass.set_bind_group(0, &own.lay_group, &[]);
            pass.draw(0..3, 0..1);
            pass.set_bind_group(0, &self.frame_group, &[]);
            self.draw_all(&mut pass, ordered.iter().copied(), variant);
            draws = rest;
        }
    }

    /// The three passes over one run of draws.
    fn encode_sums(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        attachments: &Attachments,
        (own, pipelines): (&Weighted, &WeightedPipelines),
        (draws, variant): (&[Draw], Variant),
        place: (Region, (u32, u32)),
    ) {
        let draw = |encoder: &mut wgpu::CommandEncoder,
                    stroke: Stroke,
                    targets: &[Drawn<'_>],
                    group: Option<&wgpu::BindGroup>| {
            let mut pass = begin(encoder, attachments, targets, place);
            pass.set_bind_group(0, &self.frame_group, &[]);
            if let Some(group) = group {
                pass.set_bind_group(3, group, &[]);
            }
            let with = |draw: &Draw| Draw { look: Look { stroke, ..draw.look }, ..*draw };
            self.draw_all(&mut pass, draws.iter().map(with), variant);
        };
        let [places, all] = &own.groups;
        let nothing = wgpu::Color::TRANSPARENT;
        draw(encoder, Stroke::Range, &[(own.range.drawn(), None, nothing)], None);
        if let (Some(range), Some(group)) = (&pipelines.range, &own.range_group) {
            let range_target = (&[&own.range.view][..], wgpu::LoadOp::Clear(nothing));
            draw_screen(encoder, "weighted", range_target, None, |pass| {
                pass.set_pipeline(range);
                pass.set_bind_group(0, group, &[]);
            });
        }
        let nodes = own.nodes.each_ref().map(|nodes| (nodes.drawn(), nodes.resolved(), nothing));
        draw(encoder, Stroke::Nodes, &nodes, Some(places));
        let sums = [(&own.sums, None, nothing), (&own.kept, None, wgpu::Color::WHITE)];
        draw(encoder, Stroke::Weighted, &sums, Some(all));
    }
}

/// What is drawn into, what it becomes by itself, what it begins with.
type Drawn<'a> = (&'a wgpu::TextureView, Option<&'a wgpu::TextureView>, wgpu::Color);

/// A pass behind the depth that is there, over the `region` of a picture of `size` pixels.
fn begin<'a, 'b>(
    encoder: &'a mut wgpu::CommandEncoder,
    attachments: &'b Attachments,
    targets: &[Drawn<'b>],
    place: (Region, (u32, u32)),
) -> wgpu::RenderPass<'a> {
    let attachment = |&(view, resolve_target, clear): &Drawn<'b>| {
        let store = if resolve_target.is_some() { wgpu::StoreOp::Discard } else { wgpu::StoreOp::Store };
        Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target,
            ops: wgpu::Operations { load: wgpu::LoadOp::Clear(clear), store },
        })
    };
    let color_attachments: Vec<_> = targets.iter().map(attachment).collect();
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("weighted"),
        color_attachments: &color_attachments,
        depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
            view: &attachments.depth,
            depth_ops: None,
            stencil_ops: None,
        }),
        timestamp_writes: None,
        occlusion_query_set: None,
        multiview_mask: None,
    });
    Attachments::place(&mut pass, place);
    pass
}
