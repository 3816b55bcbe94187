//! The pipelines that put the picture together: the wall, what is behind the actors, their part. All of them depend on how light
//! becomes codes.

use super::Gpu;
use super::binding::{EXACT, FILTERED, SAMPLER, entry};
use super::finish::Finish;
use super::modules::module;
use super::pipeline::{Recipe, build, depth, flag};
use super::quality::{Settings, kept_format, takes_light};

/// Where a composed pixel is read, from where it is written: the shader's `origin_step`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// From a part into the picture.
    FromPart = -1,
    /// Between two pictures.
    Stay = 0,
    /// From a picture into a part.
    IntoPart = 1,
}

/// The composing pipelines for one finish.
#[derive(Debug)]
pub(super) struct Composing {
    /// What they are made for.
    pub(super) finish: Finish,
    /// Group 1 of them.
    source_layout: wgpu::BindGroupLayout,
    /// Group 1 where the lens' glow is added.
    glow_layout: wgpu::BindGroupLayout,
    /// Behind the actors of a part: the wall, and the floor before it.
    behind: [wgpu::RenderPipeline; 2],
    /// The wall as it is kept.
    pub(super) wall: wgpu::RenderPipeline,
    /// The kept wall into the target.
    pub(super) compose_wall: wgpu::RenderPipeline,
    /// The actors' part into the target.
    pub(super) compose_part: wgpu::RenderPipeline,
    /// The actors' part into another one with the same pixels, smoothed, where it goes into a target with others.
    pub(super) smooth_part: Option<wgpu::RenderPipeline>,
    /// The same with the lens' glow, where there is any.
    pub(super) compose_glow: Option<wgpu::RenderPipeline>,
}

impl Composing {
    /// For targets of `color_format`; group 0 has the layout `frame`.
    pub(super) fn new(
        device: &wgpu::Device,
        settings: Settings,
        color_format: wgpu::TextureFormat,
        frame: &wgpu::BindGroupLayout,
        finish: Finish,
    ) -> Self {
        let (source_layout, glow_layout) = (source_layout(device, false), source_layout(device, true));
        let layout = |group: Option<&wgpu::BindGroupLayout>| {
            let groups = [Some(frame), group];
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("Composing::layout"),
                bind_group_layouts: groups.get(..1 + usize::from(group.is_some())).unwrap_or_default(),
                immediate_size: 0,
            })
        };
        let encoded = flag(!takes_light(color_format));
        let final_target = (color_format, Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING));
        let scene_format = settings.scene_format(color_format);
        let is_light = settings.is_hdr && !finish.is_raw;
        let frame_only = layout(None);
        let backdrop_module = module(device, "backdrop.wgsl");
        let backdrop = |has_floor: bool, is_kept: bool| {
            let mut constants = vec![
                ("is_final", flag(is_kept || !is_light)),
                ("is_encoded", encoded),
                ("has_floor", flag(has_floor)),
                ("floor_taps", f64::from(settings.shadow_taps.max(4) * 2)),
                ("has_contact_shadow", flag(settings.has_contact_shadow())),
                ("is_cropped", flag(!is_kept)),
            ];
            let finish = finish.ungrained();
            constants.extend(finish.with_brightness(finish.has_brightness && !is_kept).constants());
            let behind = (!is_kept).then(|| depth(wgpu::CompareFunction::LessEqual, false));
            let samples = if is_kept { 1 } else { settings.samples };
            let format = if is_kept { kept_format(color_format) } else { scene_format };
            let program = ("backdrop", &backdrop_module, "fragment_main");
            screen_pipeline(device, program, &frame_only, &constants, behind, samples, (format, None))
        };
        let is_smoothed = settings.is_smoothed && !finish.is_raw;
        let composed = layout(Some(&source_layout));
        let compose_module = module(device, "compose.wgsl");
        let compose = |step: Step, entry: &str, behind: Option<wgpu::DepthStencilState>| {
            let is_part = step == Step::FromPart;
            let is_smooth = entry == "fragment_smooth";
            let mut constants = vec![
                ("is_linear", flag((is_part || is_smooth) && is_light)),
                ("is_encoded", encoded),
                ("is_smoothed", flag(is_smooth || is_part && is_smoothed && !finish.is_scaled())),
                ("origin_step", f64::from(step as i8)),
                ("is_scaled", flag(finish.is_scaled() && step != Step::Stay)),
            ];
            let finish = if step == Step::IntoPart { finish.ungrained() } else { finish };
            constants.extend(finish.constants());
            let samples = if behind.is_some() { settings.samples } else { 1 };
            let format = if step == Step::IntoPart || is_smooth { scene_format } else { color_format };
            let target = if is_part && settings.is_hdr { final_target } else { (format, None) };
            let glowing = layout(Some(&glow_layout));
            let layout = if entry == "fragment_glow" { &glowing } else { &composed };
            let program = ("compose", &compose_module, entry);
            screen_pipeline(device, program, layout, &constants, behind, samples, target)
        };
        let behind_wall = if settings.is_hdr {
            backdrop(false, false)
        } else {
            let behind = depth(wgpu::CompareFunction::LessEqual, false);
            compose(Step::IntoPart, "fragment_main", Some(behind))
        };
        Self {
            behind: [behind_wall, backdrop(true, false)],
            wall: backdrop(false, true),
            compose_wall: compose(Step::Stay, "fragment_main", None),
            compose_part: compose(Step::FromPart, "fragment_main", None),
            smooth_part: (is_smoothed && finish.is_scaled())
                .then(|| compose(Step::Stay, "fragment_smooth", None)),
            compose_glow: is_light.then(|| compose(Step::FromPart, "fragment_glow", None)),
            finish,
            source_layout,
            glow_layout,
        }
    }

    /// The layout of group 1 of the composing pipelines.
    pub(super) fn source_layout(&self) -> &wgpu::BindGroupLayout {
        &self.source_layout
    }

    /// The wall, with the floor where it is in view. Group 1 is the kept wall, which not all of them read.
    pub(super) fn behind(&self, has_floor: bool) -> &wgpu::RenderPipeline {
        let [wall, floor] = &self.behind;
        if has_floor { floor } else { wall }
    }

    /// Group 1 of the composing pipelines.
    pub(super) fn source_group(&self, gpu: &Gpu, source: &wgpu::TextureView) -> wgpu::BindGroup {
        gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Pipelines::source_group"),
            layout: &self.source_layout,
            entries: &[wgpu::BindGroupEntry {
                binding: 0,
                resource: wgpu::BindingResource::TextureView(source),
            }],
        })
    }

    /// Group 1 where the lens' glow is added to `source`.
    pub(super) fn glow_group(
        &self,
        gpu: &Gpu,
        source: &wgpu::TextureView,
        glow: &wgpu::TextureView,
        sampler: &wgpu::Sampler,
    ) -> wgpu::BindGroup {
        gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Composing::glow_group"),
            layout: &self.glow_layout,
            entries: &[
                wgpu::BindGroupEntry { binding: 0, resource: wgpu::BindingResource::TextureView(source) },
                wgpu::BindGroupEntry { binding: 1, resource: wgpu::BindingResource::TextureView(glow) },
                wgpu::BindGroupEntry { binding: 2, resource: wgpu::BindingResource::Sampler(sampler) },
            ],
        })
    }
}

/// One triangle over the whole picture, by a shader's name, module and entry point.
pub(super) fn screen_pipeline(
    device: &wgpu::Device,
    (label, module, fragment): (&str, &wgpu::ShaderModule, &str),
    layout: &wgpu::PipelineLayout,
    constants: &[(&str, f64)],
    depth: Option<wgpu::DepthStencilState>,
    samples: u32,
    target: (wgpu::TextureFormat, Option<wgpu::BlendState>),
) -> wgpu::RenderPipeline {
    build(
        device,
        &Recipe {
            label,
            layout,
            module,
            vertex: "vertex_main",
            fragment: Some(fragment),
            constants,
            buffers: &[],
            topology: wgpu::PrimitiveTopology::TriangleList,
            cull: None,
            depth,
            samples,
            is_coverage: false,
            target: Some(target),
        },
    )
}

fn source_layout(device: &wgpu::Device, has_glow: bool) -> wgpu::BindGroupLayout {
    let all = [entry(0, EXACT), entry(1, FILTERED), entry(2, SAMPLER)];
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("Composing::source_layout"),
        entries: if has_glow { &all } else { &all[..1] },
    })
}
