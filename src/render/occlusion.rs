//! How much of the surroundings each point of the actors sees: a pass of depth at half size, a search for horizons in it, and a mean
//! over each surface, for the tiers with a floating-point target.

use super::binding::{EXACT, entry_of, uniform};
use super::layout::{DeformedVertex, FrameUniform, ShadowUniform, SurfaceVertex};
use super::material::{Alpha, MaterialLayouts};
use super::modules::module;
use super::pipeline::{DEFORMED, DEPTH_FORMAT, Recipe, SURFACE, build, depth, vertex_buffer};
use super::region::Region;
use super::scene::{Scene, draw_part, held};
use super::target::create;
use super::timing::{Pass, Timing, part_of};
use super::uniform::clip_from_world;
use super::{Gpu, Quality, Renderer};
use crate::frame::Frame;

/// Openness, and depth in radii.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rg16Float;

/// The pipelines, and places for one size.
#[derive(Debug)]
pub(super) struct Occlusion {
    /// Of solid parts, and of parts with holes.
    depths: [wgpu::RenderPipeline; 2],
    search: wgpu::RenderPipeline,
    smooth: wgpu::RenderPipeline,
    layout: wgpu::BindGroupLayout,
    /// The camera, for depth.
    camera: (wgpu::Buffer, wgpu::BindGroup),
    place: Option<Place>,
}

/// Textures of half a region's size.
#[derive(Debug)]
struct Place {
    size: (u32, u32),
    depth: wgpu::TextureView,
    raw: wgpu::TextureView,
    open: wgpu::TextureView,
    search_group: wgpu::BindGroup,
    smooth_group: wgpu::BindGroup,
}

impl Occlusion {
    /// For a tier.
    pub(super) fn new(
        gpu: &Gpu,
        quality: Quality,
        shadow_layout: &wgpu::BindGroupLayout,
        materials: &MaterialLayouts,
    ) -> Self {
        let device = gpu.device();
        let (slices, steps) = if quality == Quality::Ultra { (3.0, 10.0) } else { (2.0, 6.0) };
        let constants = [("slices", slices), ("steps", steps)];
        let layout = search_layout(device);
        let pipeline_layout = |groups: &[Option<&wgpu::BindGroupLayout>]| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("Occlusion::layout"),
                bind_group_layouts: groups,
                immediate_size: 0,
            })
        };
        let screen = pipeline_layout(&[Some(&layout)]);
        let shader = module(device, "ambient_occlusion.wgsl");
        let pass = |fragment: &str| {
            build(
                device,
                &Recipe {
                    label: "occlusion",
                    layout: &screen,
                    module: &shader,
                    vertex: "vertex_main",
                    fragment: Some(fragment),
                    constants: if fragment == "fragment_search" { &constants } else { &[] },
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
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("Occlusion::camera"),
            size: size_of::<ShadowUniform>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Occlusion::camera"),
            layout: shadow_layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }],
        });
        let solid =
            pipeline_layout(&[Some(shadow_layout), Some(&materials.factors), Some(&materials.textures)]);
        let shadow = module(device, "shadow_depth.wgsl");
        Self {
            depths: [false, true].map(|is_cut| depth_pipeline(device, &solid, &shadow, is_cut)),
            search: pass("fragment_search"),
            smooth: pass("fragment_smooth"),
            layout,
            camera: (buffer, group),
            place: None,
        }
    }

    /// What the forward pass reads; `None` before anything was searched.
    pub(super) fn view(&self) -> Option<&wgpu::TextureView> {
        self.place.as_ref().map(|place| &place.open)
    }

    /// Makes room for half of `size` pixels; whether [`Self::view`] is another one now.
    fn fit(&mut self, gpu: &Gpu, frame_buffer: &wgpu::Buffer, size: (u32, u32)) -> bool {
        let half = (size.0.div_ceil(2), size.1.div_ceil(2));
        if self.place.as_ref().is_some_and(|place| place.size == half) {
            return false;
        }
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
        let texture = |label: &str, format: wgpu::TextureFormat| {
            create(gpu, label, format, 1, usage, half).create_view(&wgpu::TextureViewDescriptor::default())
        };
        let depth = texture("Occlusion::depth", DEPTH_FORMAT);
        let (raw, open) = (texture("Occlusion::raw", FORMAT), texture("Occlusion::open", FORMAT));
        // The pass that writes the raw one reads another in its place.
        let group = |read: &wgpu::TextureView| {
            let resources = [
                frame_buffer.as_entire_binding(),
                wgpu::BindingResource::TextureView(&depth),
                wgpu::BindingResource::TextureView(read),
            ];
            let entries: Vec<wgpu::BindGroupEntry<'_>> = (0..)
                .zip(resources)
                .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource })
                .collect();
            gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("Occlusion::group"),
                layout: &self.layout,
                entries: &entries,
            })
        };
        let (search_group, smooth_group) = (group(&open), group(&raw));
        self.place = Some(Place { size: half, depth, raw, open, search_group, smooth_group });
        true
    }
}

impl Renderer {
    /// Finds how much of the surroundings the actors in `region` of a picture of `size` pixels see.
    pub(super) fn encode_occlusion(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        frame: &Frame,
        scene: &Scene,
        (region, size): (Region, (u32, u32)),
        timing: Option<&mut Timing>,
    ) {
        if !self.settings.is_hdr {
            return;
        }
        let mut occlusion = self.occlusion.take().unwrap_or_else(|| {
            Occlusion::new(&self.gpu, self.quality, &self.pipelines.shadow_layout, &self.layouts)
        });
        let is_new = occlusion.fit(&self.gpu, &self.frame_buffer, region.size);
        let uniform = ShadowUniform { clip_from_world: clip_from_world(frame, size).to_cols_array_2d() };
        self.gpu.queue().write_buffer(&occlusion.camera.0, 0, bytemuck::bytes_of(&uniform));
        if let Some(place) = &occlusion.place {
            let writes = timing.and_then(|t| t.render(Pass::Occlusion));
            let (begin, end) = (part_of(&writes, 0, 3), part_of(&writes, 2, 3));
            self.encode_depth(encoder, (&occlusion, place), scene, (region, size), begin);
            screen_pass(encoder, &place.raw, &occlusion.search, &place.search_group, None);
            screen_pass(encoder, &place.open, &occlusion.smooth, &place.smooth_group, end);
        }
        self.occlusion = Some(occlusion);
        if is_new {
            self.bind_frame();
        }
    }

    fn encode_depth(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        (occlusion, place): (&Occlusion, &Place),
        scene: &Scene,
        (region, size): (Region, (u32, u32)),
        timestamp_writes: Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) {
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("occlusion"),
            color_attachments: &[],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &place.depth,
                depth_ops: Some(wgpu::Operations {
                    load: wgpu::LoadOp::Clear(1.0),
                    store: wgpu::StoreOp::Store,
                }),
                stencil_ops: None,
            }),
            timestamp_writes,
            occlusion_query_set: None,
            multiview_mask: None,
        });
        let half = |n: u32| n as f32 * 0.5;
        let (x, y) = (half(region.origin.0), half(region.origin.1));
        pass.set_viewport(-x, -y, half(size.0), half(size.1), 0.0, 1.0);
        pass.set_scissor_rect(0, 0, place.size.0, place.size.1);
        pass.set_bind_group(0, &occlusion.camera.1, &[]);
        for (slot, part, alpha) in scene.surfaces() {
            let Some((slot, model)) = held(self, slot) else { continue };
            let Some(part) = model.parts.get(part) else { continue };
            let [solid, cut] = &occlusion.depths;
            pass.set_pipeline(if alpha == Alpha::Opaque { solid } else { cut });
            draw_part(&mut pass, slot, model, part);
        }
    }
}

fn screen_pass(
    encoder: &mut wgpu::CommandEncoder,
    view: &wgpu::TextureView,
    pipeline: &wgpu::RenderPipeline,
    group: &wgpu::BindGroup,
    timestamp_writes: Option<wgpu::RenderPassTimestampWrites<'_>>,
) {
    let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
        label: Some("occlusion"),
        color_attachments: &[Some(wgpu::RenderPassColorAttachment {
            view,
            depth_slice: None,
            resolve_target: None,
            ops: wgpu::Operations {
                load: wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT),
                store: wgpu::StoreOp::Store,
            },
        })],
        timestamp_writes,
        ..Default::default()
    });
    pass.set_pipeline(pipeline);
    pass.set_bind_group(0, group, &[]);
    pass.draw(0..3, 0..1);
}

fn depth_pipeline(
    device: &wgpu::Device,
    layout: &wgpu::PipelineLayout,
    module: &wgpu::ShaderModule,
    is_cut: bool,
) -> wgpu::RenderPipeline {
    let both = [
        vertex_buffer::<DeformedVertex>(DEFORMED, wgpu::VertexStepMode::Vertex),
        vertex_buffer::<SurfaceVertex>(SURFACE, wgpu::VertexStepMode::Vertex),
    ];
    build(
        device,
        &Recipe {
            label: "occlusion",
            layout,
            module,
            vertex: if is_cut { "vertex_cut" } else { "vertex_solid" },
            fragment: is_cut.then_some("fragment_cut"),
            constants: &[],
            buffers: if is_cut { &both } else { &both[..1] },
            topology: wgpu::PrimitiveTopology::TriangleList,
            cull: None,
            depth: Some(depth(wgpu::CompareFunction::LessEqual, true)),
            samples: 1,
            is_coverage: false,
            target: None,
        },
    )
}

fn search_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    let entry = |binding, ty| entry_of(wgpu::ShaderStages::VERTEX_FRAGMENT, binding, ty);
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("Occlusion::layout"),
        entries: &[entry(0, uniform::<FrameUniform>(false)), entry(1, EXACT), entry(2, EXACT)],
    })
}
