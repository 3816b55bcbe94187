//! Render pipelines, made when first needed and kept.

use super::Gpu;
use super::binding::{entry_of, uniform};
use super::composing::Composing;
use super::finish::Finish;
use super::forward::Forward;
use super::layout::{DeformedVertex, OverlayInstance, ShadowUniform, SurfaceVertex};
use super::material::{Alpha, Features, MaterialLayouts};
use super::modules::module;
use super::quality::Settings;

/// The depth format of the picture and the shadow map.
pub(super) const DEPTH_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Depth32Float;

/// All pipelines of a renderer.
#[derive(Debug)]
pub(super) struct Pipelines {
    /// Group 0 of the forward pass.
    pub(super) frame_layout: wgpu::BindGroupLayout,
    /// Group 0 of the shadow pass.
    pub(super) shadow_layout: wgpu::BindGroupLayout,
    /// What puts the picture together.
    pub(super) composing: Composing,
    /// Rectangles.
    pub(super) overlay: wgpu::RenderPipeline,
    /// Depth of solid parts and of parts with holes; by culling.
    shadows: [wgpu::RenderPipeline; 2],
    /// Of the actors.
    pub(super) forward: Forward,
    /// The target's.
    pub(super) color_format: wgpu::TextureFormat,
}

/// What a pipeline draws and where to.
pub(super) struct Recipe<'a> {
    /// For people.
    pub(super) label: &'a str,
    /// Its bind groups.
    pub(super) layout: &'a wgpu::PipelineLayout,
    /// Its shader.
    pub(super) module: &'a wgpu::ShaderModule,
    /// Entry point.
    pub(super) vertex: &'a str,
    /// Entry point, where colour or holes are drawn.
    pub(super) fragment: Option<&'a str>,
    /// The shader's overrides.
    pub(super) constants: &'a [(&'a str, f64)],
    /// Vertex buffers.
    pub(super) buffers: &'a [Option<wgpu::VertexBufferLayout<'a>>],
    /// How vertices join.
    pub(super) topology: wgpu::PrimitiveTopology,
    /// The side that is not drawn.
    pub(super) cull: Option<wgpu::Face>,
    /// The test of depth.
    pub(super) depth: Option<wgpu::DepthStencilState>,
    /// A pixel.
    pub(super) samples: u32,
    /// Alpha chooses samples.
    pub(super) is_coverage: bool,
    /// Format and blending.
    pub(super) target: Option<Target>,
}

/// Format and blending of what a pipeline draws into.
pub(super) type Target = (wgpu::TextureFormat, Option<wgpu::BlendState>);

/// Makes a pipeline.
pub(super) fn build(device: &wgpu::Device, recipe: &Recipe<'_>) -> wgpu::RenderPipeline {
    build_for(device, recipe, recipe.target.as_slice())
}

/// Makes a pipeline for several targets in place of the recipe's.
pub(super) fn build_for(
    device: &wgpu::Device,
    recipe: &Recipe<'_>,
    targets: &[Target],
) -> wgpu::RenderPipeline {
    let options = wgpu::PipelineCompilationOptions { constants: recipe.constants, ..Default::default() };
    let state = |&(format, blend): &Target| {
        Some(wgpu::ColorTargetState { format, blend, write_mask: wgpu::ColorWrites::ALL })
    };
    let targets: Vec<_> = targets.iter().map(state).collect();
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(recipe.label),
        layout: Some(recipe.layout),
        vertex: wgpu::VertexState {
            module: recipe.module,
            entry_point: Some(recipe.vertex),
            compilation_options: options.clone(),
            buffers: recipe.buffers,
        },
        primitive: wgpu::PrimitiveState {
            topology: recipe.topology,
            cull_mode: recipe.cull,
            ..Default::default()
        },
        depth_stencil: recipe.depth.clone(),
        multisample: wgpu::MultisampleState {
            count: recipe.samples,
            mask: !0,
            alpha_to_coverage_enabled: recipe.is_coverage,
        },
        fragment: recipe.fragment.map(|entry| wgpu::FragmentState {
            module: recipe.module,
            entry_point: Some(entry),
            compilation_options: options,
            targets: &targets,
        }),
        multiview_mask: None,
        cache: None,
    })
}

/// A test against the depth attachment.
pub(super) fn depth(compare: wgpu::CompareFunction, is_written: bool) -> wgpu::DepthStencilState {
    wgpu::DepthStencilState {
        format: DEPTH_FORMAT,
        depth_write_enabled: Some(is_written),
        depth_compare: Some(compare),
        stencil: wgpu::StencilState::default(),
        bias: wgpu::DepthBiasState::default(),
    }
}

/// The first vertex buffer of everything that draws an avatar.
pub(super) const DEFORMED: &[wgpu::VertexAttribute] =
    &wgpu::vertex_attr_array![0 => Float32x3, 1 => Float32x3, 2 => Float32x4];
/// The second.
pub(super) const SURFACE: &[wgpu::VertexAttribute] =
    &wgpu::vertex_attr_array![3 => Float32x2, 4 => Float32x2, 5 => Unorm16x4];
const OVERLAY: &[wgpu::VertexAttribute] = &wgpu::vertex_attr_array![0 => Float32x4, 1 => Float32x4];

/// A buffer of `T`.
pub(super) fn vertex_buffer<'a, T>(
    attributes: &'a [wgpu::VertexAttribute],
    step_mode: wgpu::VertexStepMode,
) -> Option<wgpu::VertexBufferLayout<'a>> {
    Some(wgpu::VertexBufferLayout { array_stride: size_of::<T>() as u64, step_mode, attributes })
}

/// A `bool` as pipelines take it.
pub(super) fn flag(is_on: bool) -> f64 {
    f64::from(u8::from(is_on))
}

impl Pipelines {
    /// Pipelines for targets of `color_format`.
    pub(super) fn new(
        gpu: &Gpu,
        settings: Settings,
        color_format: wgpu::TextureFormat,
        materials: &MaterialLayouts,
    ) -> Self {
        let device = gpu.device();
        let frame_layout = super::frame_group::layout(device);
        let shadow_layout = uniform_layout::<ShadowUniform>(device);
        let layout = |groups: &[Option<&wgpu::BindGroupLayout>]| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("Pipelines::layout"),
                bind_group_layouts: groups,
                immediate_size: 0,
            })
        };
        let cut = Some(&materials.factors);
        let forward = Forward::new(device, settings, color_format, &frame_layout, materials);
        let composing =
            Composing::new(device, settings, color_format, &frame_layout, Finish::usual(&settings));
        let final_target = (color_format, Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING));
        let overlay = overlay_pipeline(device, &layout(&[]), final_target);
        let shadow_module = module(device, "shadow_depth.wgsl");
        let shadow = layout(&[Some(&shadow_layout), cut, Some(&materials.textures)]);
        let shadows = [false, true].map(|is_cut| shadow_pipeline(device, &shadow, &shadow_module, is_cut));
        Self { composing, overlay, shadows, forward, frame_layout, shadow_layout, color_format }
    }

    /// Composes as `finish` says from now on.
    pub(super) fn set_finish(&mut self, gpu: &Gpu, settings: Settings, finish: Finish) {
        if self.composing.finish != finish {
            self.composing =
                Composing::new(gpu.device(), settings, self.color_format, &self.frame_layout, finish);
        }
    }

    /// Depth only; with holes for masked and blended materials.
    pub(super) fn shadow(&self, features: &Features) -> &wgpu::RenderPipeline {
        let [solid, cut] = &self.shadows;
        if features.alpha == Alpha::Opaque { solid } else { cut }
    }
}

/// Drawn last, straight into the target.
fn overlay_pipeline(
    device: &wgpu::Device,
    layout: &wgpu::PipelineLayout,
    target: (wgpu::TextureFormat, Option<wgpu::BlendState>),
) -> wgpu::RenderPipeline {
    build(
        device,
        &Recipe {
            label: "overlay",
            layout,
            module: &module(device, "overlay.wgsl"),
            vertex: "vertex_main",
            fragment: Some("fragment_main"),
            constants: &[],
            buffers: &[vertex_buffer::<OverlayInstance>(OVERLAY, wgpu::VertexStepMode::Instance)],
            topology: wgpu::PrimitiveTopology::TriangleStrip,
            cull: None,
            depth: None,
            samples: 1,
            is_coverage: false,
            target: Some(target),
        },
    )
}

fn shadow_pipeline(
    device: &wgpu::Device,
    layout: &wgpu::PipelineLayout,
    module: &wgpu::ShaderModule,
    is_cut: bool,
) -> wgpu::RenderPipeline {
    let bias = wgpu::DepthBiasState { constant: 0, slope_scale: 2.0, clamp: 0.0 };
    let deformed = vertex_buffer::<DeformedVertex>(DEFORMED, wgpu::VertexStepMode::Vertex);
    let both = [deformed, vertex_buffer::<SurfaceVertex>(SURFACE, wgpu::VertexStepMode::Vertex)];
    build(
        device,
        &Recipe {
            label: "shadow",
            layout,
            module,
            vertex: if is_cut { "vertex_cut" } else { "vertex_solid" },
            fragment: is_cut.then_some("fragment_cut"),
            constants: &[],
            buffers: if is_cut { &both } else { &both[..1] },
            topology: wgpu::PrimitiveTopology::TriangleList,
            cull: None,
            depth: Some(wgpu::DepthStencilState { bias, ..depth(wgpu::CompareFunction::LessEqual, true) }),
            samples: 1,
            is_coverage: false,
            target: None,
        },
    )
}

fn uniform_layout<T>(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("Pipelines::uniform_layout"),
        entries: &[entry_of(wgpu::ShaderStages::VERTEX, 0, uniform::<T>(false))],
    })
}
