//! Depth of field: its passes, and the pictures between them.

use super::Gpu;
use super::binding::{EXACT, FILTERED, SAMPLER, SAMPLES, entry, uniform};
use super::bloom::draw_screen;
use super::layout::DefocusUniform;
use super::modules::module;
use super::quality::HDR_FORMAT;
use super::target::create;
use super::timing::part_of;
use crate::stage::{Camera, Focus};
use bytemuck::Zeroable;

/// Two numbers a pixel.
const PAIR_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rg16Float;
/// No circle's radius is a larger share of the picture's height.
const MOST: f32 = 0.03;
/// Circles with a smaller diameter are pixels, and a picture without larger ones is sharp.
const SHARP_PX: f32 = 1.0;

/// One pass: what the shader reads, and what it writes.
struct Recipe {
    entry: &'static str,
    bindings: &'static [u32],
    targets: &'static [wgpu::TextureFormat],
}

/// In order; of the first two the one that fits the depth attachment.
const PASSES: [Recipe; 6] = [
    Recipe { entry: "fragment_samples", bindings: &[0, 1], targets: &[PAIR_FORMAT] },
    Recipe { entry: "fragment_depth", bindings: &[0, 2], targets: &[PAIR_FORMAT] },
    Recipe { entry: "fragment_halve", bindings: &[0, 3, 4], targets: &[HDR_FORMAT, HDR_FORMAT, HDR_FORMAT] },
    Recipe { entry: "fragment_tiles", bindings: &[0, 4], targets: &[PAIR_FORMAT] },
    Recipe {
        entry: "fragment_gather",
        bindings: &[0, 4, 5, 6, 8],
        targets: &[HDR_FORMAT, HDR_FORMAT, PAIR_FORMAT],
    },
    Recipe { entry: "fragment_combine", bindings: &[0, 3, 4, 5, 6, 7, 9], targets: &[HDR_FORMAT] },
];

/// A pass as the device has it.
#[derive(Debug)]
struct Pass {
    entry: &'static str,
    bindings: &'static [u32],
    layout: wgpu::BindGroupLayout,
    pipeline: wgpu::RenderPipeline,
}

/// The passes of the depth of field.
#[derive(Debug)]
pub(super) struct DefocusPipelines {
    passes: Vec<Pass>,
    sampler: wgpu::Sampler,
}

impl DefocusPipelines {
    /// For linear light and a depth of so many samples a pixel.
    pub(super) fn new(gpu: &Gpu, samples: u32) -> Self {
        let device = gpu.device();
        let shader = module(device, "defocus.wgsl");
        let left_out = if samples > 1 { "fragment_depth" } else { "fragment_samples" };
        let pass = |recipe: &Recipe| {
            let entries: Vec<_> = recipe.bindings.iter().map(|&binding| bound(binding)).collect();
            let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
                label: Some(recipe.entry),
                entries: &entries,
            });
            let pipeline = pipeline(device, &shader, recipe, &layout);
            Pass { entry: recipe.entry, bindings: recipe.bindings, layout, pipeline }
        };
        let sampler = device.create_sampler(&wgpu::SamplerDescriptor {
            label: Some("DefocusPipelines::sampler"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            ..Default::default()
        });
        Self { passes: PASSES.iter().filter(|r| r.entry != left_out).map(pass).collect(), sampler }
    }
}

/// The pictures between the passes, for one size.
#[derive(Debug)]
pub(super) struct Defocus {
    height: f32,
    tile: u32,
    uniform: wgpu::Buffer,
    steps: Vec<(wgpu::BindGroup, Vec<wgpu::TextureView>)>,
    result: wgpu::TextureView,
}

impl Defocus {
    /// Whether the lens makes a difference in a picture of so many rows.
    pub(super) fn is_seen(focus: &Focus, camera: &Camera, height: u32) -> bool {
        focus.blur_at_infinity(camera) * height as f32 > SHARP_PX
    }

    /// For the picture `sharp` of `size` pixels with its `depth`.
    pub(super) fn new(
        gpu: &Gpu,
        pipelines: &DefocusPipelines,
        sharp: &wgpu::TextureView,
        depth: &wgpu::TextureView,
        size: (u32, u32),
    ) -> Self {
        let device = gpu.device();
        let uniform = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("Defocus::uniform"),
            size: size_of::<DefocusUniform>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let half = (size.0.div_ceil(2), size.1.div_ceil(2));
        let tile = ((size.1 as f32 * MOST * 0.5).ceil() as u32).max(1);
        let tiles = (half.0.div_ceil(tile), half.1.div_ceil(tile));
        let texture = |format: wgpu::TextureFormat, size: (u32, u32)| {
            let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
            create(gpu, "Defocus::texture", format, 1, usage, size)
                .create_view(&wgpu::TextureViewDescriptor::default())
        };
        let radius = texture(PAIR_FORMAT, size);
        let halved = [(); 3].map(|()| texture(HDR_FORMAT, half));
        let largest = texture(PAIR_FORMAT, tiles);
        let (far, near) = (texture(HDR_FORMAT, half), texture(HDR_FORMAT, half));
        let cover = texture(PAIR_FORMAT, half);
        let result = texture(HDR_FORMAT, size);
        let [half_far, half_near, half_radius] = &halved;
        // What each binding is for a pass, and what it writes.
        let step = |pass: &Pass| {
            let is_gather = pass.entry == "fragment_gather";
            let is_half = is_gather || pass.entry == "fragment_tiles";
            let group = |binding: u32| match binding {
                0 => uniform.as_entire_binding(),
                1 | 2 => wgpu::BindingResource::TextureView(depth),
                3 => wgpu::BindingResource::TextureView(sharp),
                4 => wgpu::BindingResource::TextureView(if is_half { half_radius } else { &radius }),
                5 => wgpu::BindingResource::TextureView(if is_gather { half_far } else { &far }),
                6 => wgpu::BindingResource::TextureView(if is_gather { half_near } else { &near }),
                7 => wgpu::BindingResource::TextureView(&cover),
                8 => wgpu::BindingResource::TextureView(&largest),
                _ => wgpu::BindingResource::Sampler(&pipelines.sampler),
            };
            let entries: Vec<_> = pass
                .bindings
                .iter()
                .map(|&binding| wgpu::BindGroupEntry { binding, resource: group(binding) })
                .collect();
            let group = device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some(pass.entry),
                layout: &pass.layout,
                entries: &entries,
            });
            let targets = match pass.entry {
                "fragment_halve" => halved.to_vec(),
                "fragment_tiles" => vec![largest.clone()],
                "fragment_gather" => vec![far.clone(), near.clone(), cover.clone()],
                "fragment_combine" => vec![result.clone()],
                _ => vec![radius.clone()],
            };
            (group, targets)
        };
        let steps = pipelines.passes.iter().map(step).collect();
        Self { height: size.1 as f32, tile, uniform, steps, result }
    }

    /// The picture as the lens shows it, once [`Defocus::encode`] is recorded.
    pub(super) fn result(&self) -> &wgpu::TextureView {
        &self.result
    }

    /// Records all passes for `focus` through `camera`.
    pub(super) fn encode(
        &self,
        gpu: &Gpu,
        encoder: &mut wgpu::CommandEncoder,
        pipelines: &DefocusPipelines,
        (focus, camera): (&Focus, &Camera),
        timestamps: &Option<wgpu::RenderPassTimestampWrites<'_>>,
    ) {
        let uniform = DefocusUniform {
            near: camera.near,
            far: camera.far,
            distance: focus.distance,
            reach: focus.blur_at_infinity(camera) * self.height * 0.5,
            most: self.height * MOST,
            tile: self.tile as f32,
            taps: taps(),
            ..DefocusUniform::zeroed()
        };
        gpu.queue().write_buffer(&self.uniform, 0, bytemuck::bytes_of(&uniform));
        let count = self.steps.len();
        for (n, (pass, (group, targets))) in pipelines.passes.iter().zip(&self.steps).enumerate() {
            let targets: Vec<&wgpu::TextureView> = targets.iter().collect();
            let (clear, part) =
                (wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT), part_of(timestamps, n, count));
            draw_screen(encoder, pass.entry, (&targets, clear), part, |to| {
                to.set_pipeline(&pass.pipeline);
                to.set_bind_group(0, group, &[]);
            });
        }
    }
}

/// A disc's points, evenly over its area (Vogel, "A better way to construct the sunflower head", 1979).
fn taps() -> [[f32; 4]; 24] {
    let point = |n: usize| {
        let radius = libm::sqrtf((n as f32 + 0.5) / 48.0);
        let angle = n as f32 * 2.399_963_2;
        [radius * libm::cosf(angle), radius * libm::sinf(angle)]
    };
    std::array::from_fn(|n| {
        let ([a, b], [c, d]) = (point(n * 2), point(n * 2 + 1));
        [a, b, c, d]
    })
}

/// A binding of the shader.
fn bound(binding: u32) -> wgpu::BindGroupLayoutEntry {
    let ty = match binding {
        0 => uniform::<DefocusUniform>(false),
        1 => SAMPLES,
        2 => EXACT,
        9 => SAMPLER,
        _ => FILTERED,
    };
    entry(binding, ty)
}

fn pipeline(
    device: &wgpu::Device,
    shader: &wgpu::ShaderModule,
    recipe: &Recipe,
    layout: &wgpu::BindGroupLayout,
) -> wgpu::RenderPipeline {
    let layout = device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
        label: Some(recipe.entry),
        bind_group_layouts: &[Some(layout)],
        immediate_size: 0,
    });
    let targets: Vec<_> = recipe.targets.iter().map(|&format| Some(format.into())).collect();
    device.create_render_pipeline(&wgpu::RenderPipelineDescriptor {
        label: Some(recipe.entry),
        layout: Some(&layout),
        vertex: wgpu::VertexState {
            module: shader,
            entry_point: Some("vertex_main"),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            buffers: &[],
        },
        primitive: wgpu::PrimitiveState::default(),
        depth_stencil: None,
        multisample: wgpu::MultisampleState::default(),
        fragment: Some(wgpu::FragmentState {
            module: shader,
            entry_point: Some(recipe.entry),
            compilation_options: wgpu::PipelineCompilationOptions::default(),
            targets: &targets,
        }),
        multiview_mask: None,
        cache: None,
    })
}
