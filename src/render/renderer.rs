//! Draws frames: deform, shadow, forward, compose.

use super::actor::Slot;
use super::behind::{Behind, BehindPipelines};
use super::bounds::Bounds;
use super::deform::Deform;
use super::finish::Finish;
use super::frame_group::{Bound, group};
use super::layout::{FrameUniform, ShadowUniform};
use super::lines::Lines;
use super::material::{Features, MaterialLayouts};
use super::model::Model;
use super::occlusion::Occlusion;
use super::pipeline::{DEPTH_FORMAT, Pipelines};
use super::post::{Effects, Post};
use super::quality::Settings;
use super::readback::Readback;
use super::scene::Scene;
use super::sky::{SkyMap, SkyUse};
use super::target::{Attachments, create};
use super::timing::{Pass, PassTiming, Stopwatch, Timing};
use super::uniform::frame_uniform;
use super::wall::Wall;
use super::weighted::{Weighted, WeightedPipelines};
use super::{DebugView, Gpu, LightPicture, Picture, Quality, RenderError, Tier, shadow, weighted};
use crate::avatar::Avatar;
use crate::frame::Frame;
use crate::stage::{Backdrop, LightKind};

/// Draws frames of uploaded avatars.
#[derive(Debug)]
pub struct Renderer {
    pub(super) gpu: Gpu,
    pub(super) quality: Quality,
    pub(super) settings: Settings,
    pub(super) color_format: wgpu::TextureFormat,
    pub(super) debug: Option<DebugView>,
    /// See [`Renderer::set_scale`].
    pub(super) scale: Option<f32>,
    pub(super) lines: Option<Lines>,
    pub(super) timing: Option<Timing>,
    pub(super) layouts: MaterialLayouts,
    pub(super) pipelines: Pipelines,
    pub(super) deform: Option<Deform>,
    pub(super) models: Vec<Model>,
    pub(super) slots: Vec<Slot>,
    pub(super) attachments: Option<Attachments>,
    pub(super) wall: Option<Wall>,
    /// The last frame's, for its memory.
    pub(super) scene: Option<Scene>,
    pub(super) behind_pipelines: Option<BehindPipelines>,
    pub(super) behind: Option<Behind>,
    /// Blended surfaces may be drawn in any order.
    pub(super) has_weighted: bool,
    pub(super) weighted_pipelines: Option<WeightedPipelines>,
    pub(super) weighted: Option<Weighted>,
    pub(super) post: Post,
    pub(super) readback: Readback,
    pub(super) sky: SkyMap,
    pub(super) occlusion: Option<Occlusion>,
    pub(super) frame_buffer: wgpu::Buffer,
    pub(super) frame_group: wgpu::BindGroup,
    pub(super) shadow_buffer: wgpu::Buffer,
    pub(super) shadow_group: wgpu::BindGroup,
    pub(super) shadow_map: wgpu::TextureView,
    pub(super) overlay_buffer: Option<wgpu::Buffer>,
}

impl Renderer {
    /// Pictures that may be under way at once between [`Renderer::submit`] and [`Renderer::receive`].
    pub const MOST_IN_FLIGHT: usize = 3;

    /// The format of pictures in memory: the shaders write sRGB codes.
    pub const PICTURE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

    /// The format of light in memory: half floats, for tiers that keep light in such.
    pub const LIGHT_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba16Float;

    /// A renderer for targets of `color_format`: a window's, [`Renderer::PICTURE_FORMAT`] or [`Renderer::LIGHT_FORMAT`].
    pub fn new(gpu: &Gpu, tier: impl Into<Tier>, color_format: wgpu::TextureFormat) -> Self {
        let tier: Tier = tier.into();
        let (quality, mut settings) = (tier.quality, tier.settings());
        let scene = settings.scene_format(color_format);
        let format_features = gpu.adapter().get_texture_format_features(scene);
        // Over OpenGL, half floats of several samples come out black.
        let is_lost = gpu.is_opengl() && settings.is_hdr;
        if is_lost || !format_features.flags.sample_count_supported(settings.samples) {
            settings.samples = 1;
            settings.is_smoothed = true;
        }
        let device = gpu.device();
        let layouts = MaterialLayouts::new(gpu);
        let pipelines = Pipelines::new(gpu, settings, color_format, &layouts);
        let uniform = |label: &str, size: usize| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some(label),
                size: size as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            })
        };
        let frame_buffer = uniform("Renderer::frame_buffer", size_of::<FrameUniform>());
        let shadow_buffer = uniform("Renderer::shadow_buffer", size_of::<ShadowUniform>());
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING;
        let size = settings.shadow_size.min(gpu.largest_texture());
        settings.shadow_size = size;
        let shadow_map = create(gpu, "Renderer::shadow_map", DEPTH_FORMAT, 1, usage, (size, size))
            .create_view(&wgpu::TextureViewDescriptor::default());
        let sky = SkyMap::empty(gpu);
        let bound = Bound {
            buffer: &frame_buffer,
            shadow_map: &shadow_map,
            environment: &sky.view,
            occlusion: &sky.view,
        };
        let frame_group = group(device, &pipelines.frame_layout, &bound);
        let shadow_group = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("Renderer::shadow_group"),
            layout: &pipelines.shadow_layout,
            entries: &[wgpu::BindGroupEntry { binding: 0, resource: shadow_buffer.as_entire_binding() }],
        });
        Self {
            gpu: gpu.clone(),
            quality,
            settings,
            color_format,
            debug: None,
            scale: None,
            lines: None,
            timing: None,
            deform: gpu.has_compute().then(|| Deform::new(gpu, false)),
            layouts,
            pipelines,
            models: Vec::new(),
            slots: Vec::new(),
            attachments: None,
            wall: None,
            scene: None,
            behind_pipelines: None,
            behind: None,
            has_weighted: weighted::is_supported(gpu, &settings),
            weighted_pipelines: None,
            weighted: None,
            post: Post::default(),
            readback: Readback::default(),
            sky,
            occlusion: None,
            frame_buffer,
            frame_group,
            shadow_buffer,
            shadow_group,
            shadow_map,
            overlay_buffer: None,
        }
    }

    /// Uploads an avatar; the number is what [`crate::frame::Actor::avatar`] means. Its textures give their texels back: they are decoded again for
    /// whoever reads them next.
    pub fn upload(&mut self, avatar: &Avatar) -> usize {
        self.models.push(Model::upload(&self.gpu, &self.settings, &self.layouts, avatar));
        self.models.len() - 1
    }

    /// Uploads all avatars that will stand on the stage, in order. Of three and more none is seen so large that its finest
    /// mip maps were worth their memory in the lower tiers.
    pub fn upload_cast<'a>(&mut self, cast: impl ExactSizeIterator<Item = &'a Avatar>) {
        self.settings = self.settings.shared_by(cast.len());
        for avatar in cast {
            self.upload(avatar);
        }
    }

    /// What it draws with.
    pub fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// The tier it draws in.
    pub fn quality(&self) -> Quality {
        self.quality
    }

    /// Draws the actors with this share of the target's columns and rows from now on, in steps of a sixteenth, at least a quarter:
    /// for who must be on time. Others never call it.
    pub fn set_scale(&mut self, scale: f32) {
        self.scale = Some(scale.clamp(0.25, 1.0));
    }

    /// The last step from light to codes for `frame`.
    pub(super) fn finish(&self, frame: &Frame) -> Finish {
        // What shines through needs alpha for itself.
        let is_whole = frame.backdrop != Backdrop::Transparent && !self.models.iter().any(Model::has_glass);
        let has_brightness = self.settings.is_smoothed && !self.settings.is_hdr && is_whole;
        Finish::of(&frame.look, self.debug)
            .into_format(self.color_format)
            .scaled(self.scale.is_some())
            .with_brightness(has_brightness)
    }

    /// Pixels of the actors' picture in a target of `size`.
    pub(super) fn scaled(&self, size: (u32, u32)) -> (u32, u32) {
        let Some(scale) = self.scale else { return size };
        let sixteenths = (scale * 16.0 + 0.5) as u32;
        let part = |pixels: u32| (pixels * sixteenths).div_ceil(16).max(1);
        (part(size.0), part(size.1))
    }

    /// Shows one term of the shading, or the picture again.
    pub fn set_debug(&mut self, view: Option<DebugView>) {
        let shows_morphs = view == Some(DebugView::Morphs);
        if shows_morphs != (self.debug == Some(DebugView::Morphs)) {
            self.deform = self.gpu.has_compute().then(|| Deform::new(&self.gpu, shows_morphs));
        }
        self.debug = view;
    }

    /// What it shows instead of the picture.
    pub fn debug(&self) -> Option<DebugView> {
        self.debug
    }

    /// Measures passes from now on, at a small cost, or no more.
    pub fn set_timing(&mut self, is_on: bool) {
        self.timing = is_on.then(|| Timing::new(&self.gpu));
    }

    /// What the passes of the last measured frame cost; empty before and without [`Renderer::set_timing`].
    pub fn timings(&mut self) -> &[PassTiming] {
        self.timing.as_mut().map_or(&[], |timing| {
            timing.collect();
            timing.last()
        })
    }

    /// Draws into `target`, which has the renderer's colour format and `width` × `height` pixels.
    pub fn draw(&mut self, frame: &Frame, target: &wgpu::TextureView, width: u32, height: u32) {
        let encoder = self.encode(frame, target, (width, height));
        self.gpu.queue().submit([encoder.finish()]);
        self.finish_timing();
    }

    /// Starts drawing into memory without waiting. At most [`Renderer::MOST_IN_FLIGHT`] pictures may be under way.
    ///
    /// # Errors
    /// A size the device cannot hold, a lost device, a driver's error, a full ring.
    pub fn submit(&mut self, frame: &Frame, width: u32, height: u32) -> Result<(), RenderError> {
        self.gpu.check()?;
        let limit = self.gpu.largest_texture();
        if width == 0 || height == 0 || width > limit || height > limit {
            return Err(RenderError::Size { width, height, limit });
        }
        if self.in_flight() >= Self::MOST_IN_FLIGHT {
            return Err(RenderError::Driver("receive a picture before submitting another".into()));
        }
        let gpu = self.gpu.clone();
        let target = self.readback.target(&gpu, self.color_format, (width, height));
        let encoder = self.encode(frame, &target, (width, height));
        self.readback.submit(&gpu, encoder, frame.backdrop == Backdrop::Transparent);
        self.finish_timing();
        self.gpu.check()
    }

    /// How many pictures are under way.
    pub fn in_flight(&self) -> usize {
        self.readback.in_flight()
    }

    /// Waits for the oldest picture under way; `None` where there is none.
    ///
    /// # Errors
    /// A lost device, a driver's error.
    pub fn receive(&mut self) -> Result<Option<Picture>, RenderError> {
        Ok(self.readback.receive(&self.gpu)?.map(Picture::from))
    }

    /// Draws `frame` into memory as light, with a renderer for [`Renderer::LIGHT_FORMAT`].
    ///
    /// # Errors
    /// Those of [`Renderer::submit`], and another format's renderer.
    pub fn light(&mut self, frame: &Frame, width: u32, height: u32) -> Result<LightPicture, RenderError> {
        if self.color_format != Self::LIGHT_FORMAT {
            return Err(RenderError::Driver("this renderer draws codes, not light".into()));
        }
        self.submit(frame, width, height)?;
        let drawn = self.readback.receive(&self.gpu)?;
        drawn
            .map(LightPicture::from)
            .ok_or_else(|| RenderError::Driver("the picture did not come back".into()))
    }

    fn finish_timing(&mut self) {
        if let Some(timing) = &mut self.timing {
            timing.submitted();
        }
    }

    /// Records all passes of one frame.
    fn encode(
        &mut self,
        frame: &Frame,
        target: &wgpu::TextureView,
        size: (u32, u32),
    ) -> wgpu::CommandEncoder {
        let mut timing = self.timing.take();
        if let Some(timing) = &mut timing {
            timing.begin();
        }
        let descriptor = wgpu::CommandEncoderDescriptor { label: Some("Renderer::encode") };
        let mut encoder = self.gpu.device().create_command_encoder(&descriptor);
        self.pipelines.set_finish(&self.gpu, self.settings, self.finish(frame));
        let watch = Stopwatch::start();
        let shown = self.update_slots(frame);
        self.prepare_lines(frame, &shown);
        self.encode_deform(&mut encoder, &shown, timing.as_mut());
        let deform_ms = watch.millis();

        let watch = Stopwatch::start();
        self.update_sky(frame);
        let (whole, size) = (size, self.scaled(size));
        let scale = [size.0 as f32 / whole.0.max(1) as f32, size.1 as f32 / whole.1.max(1) as f32];
        let scene = Scene::gather(self, frame, &shown, size);
        let caster = scene.lights.iter().position(|l| l.casts_shadow && l.kind == LightKind::Directional);
        let light = caster.and_then(|n| scene.lights.get(n));
        let aspect = size.0.max(1) as f32 / size.1.max(1) as f32;
        let view = light.and_then(|light| {
            shadow::fit(&scene.casters, light, &frame.camera, aspect, self.settings.shadow_size)
        });
        let mut all = Bounds::EMPTY;
        scene.casters.iter().for_each(|b| all.merge(b));
        let effects = Effects::of(self, frame, size.1);
        let mut regions =
            scene.regions(frame, light.zip(view.as_ref()), self.settings.has_contact_shadow(), size);
        if effects.any() {
            regions.widen(size);
        }
        let harmonics = self.sky.harmonics(&frame.environment, self.sky_use(frame).has_harmonics);
        let uniform = frame_uniform(
            frame,
            (&scene.lights, &harmonics),
            (size, scale),
            &regions.part_of(size),
            &all,
            (view.as_ref(), scene.weighted_range),
            caster,
        );
        self.gpu.queue().write_buffer(&self.frame_buffer, 0, bytemuck::bytes_of(&uniform));
        if let Some(view) = &view {
            let uniform = ShadowUniform { clip_from_world: view.clip_from_world.to_cols_array_2d() };
            self.gpu.queue().write_buffer(&self.shadow_buffer, 0, bytemuck::bytes_of(&uniform));
            self.encode_shadow(&mut encoder, &shown, view, timing.as_mut());
        }
        let part = regions.part_of(size);
        self.encode_occlusion(&mut encoder, frame, &scene, (part, size), timing.as_mut());
        let shadow_ms = watch.millis();

        let watch = Stopwatch::start();
        self.wall = Wall::refreshed(
            self.wall.take(),
            &self.gpu,
            &self.pipelines,
            &self.frame_group,
            &mut encoder,
            (frame, whole),
        );
        self.encode_scene(&mut encoder, frame, (&scene, &regions, &effects), (target, size), timing.as_mut());
        self.scene = Some(scene);
        if let Some(timing) = &mut timing {
            timing.resolve(&mut encoder);
            timing.add_cpu(Pass::Deform, deform_ms);
            timing.add_cpu(Pass::Shadow, shadow_ms);
            timing.add_cpu(Pass::Forward, watch.millis());
        }
        self.timing = timing;
        encoder
    }

    /// What of the frame's environment is used.
    pub(super) fn sky_use(&self, frame: &Frame) -> SkyUse {
        SkyUse::of(&frame.environment, self.settings.is_hdr)
    }

    /// Works out what surfaces reflect, where the environment is new and something shows it.
    fn update_sky(&mut self, frame: &Frame) {
        let wanted = self.sky_use(frame);
        let is_seen = wanted.has_harmonics
            || wanted.has_map
                && (self.settings.is_hdr
                    || self.models.iter().flat_map(|m| &m.materials.features).any(Features::is_mirror));
        if !is_seen || self.sky.shows(&frame.environment) {
            return;
        }
        self.sky = SkyMap::new(&self.gpu, &frame.environment);
        self.bind_frame();
    }

    /// Binds anew what all passes read.
    pub(super) fn bind_frame(&mut self) {
        let bound = Bound {
            buffer: &self.frame_buffer,
            shadow_map: &self.shadow_map,
            environment: &self.sky.view,
            occlusion: self.occlusion.as_ref().and_then(Occlusion::view).unwrap_or(&self.sky.view),
        };
        self.frame_group = group(self.gpu.device(), &self.pipelines.frame_layout, &bound);
    }

    /// One slot for each actor that shows an uploaded avatar; the slots' indices.
    fn update_slots(&mut self, frame: &Frame) -> Vec<usize> {
        let mut shown = Vec::new();
        for actor in &frame.actors {
            let Some(model) = self.models.get(actor.avatar) else { continue };
            let at = shown.len();
            if self.slots.get(at).is_none_or(|slot| slot.avatar != actor.avatar) {
                let slot = Slot::new(&self.gpu, &self.layouts, actor.avatar, model);
                if at < self.slots.len() {
                    self.slots[at] = slot;
                } else {
                    self.slots.push(slot);
                }
            }
            if let Some(slot) = self.slots.get_mut(at) {
                slot.update(&self.gpu, self.deform.as_ref(), model, actor, self.debug);
                shown.push(at);
            }
        }
        shown
    }

    /// Makes the lines that the debug view draws of the slots `shown`.
    fn prepare_lines(&mut self, frame: &Frame, shown: &[usize]) {
        let Some(view @ (DebugView::Wireframe | DebugView::Joints)) = self.debug else { return };
        let lines = self.lines.get_or_insert_with(|| {
            Lines::new(&self.gpu, self.settings, self.color_format, &self.pipelines.frame_layout)
        });
        let (slots, models) = (&self.slots, &self.models);
        let drawn = frame.actors.iter().filter(|actor| actor.avatar < models.len());
        let all = shown.iter().zip(drawn).filter_map(|(&n, actor)| {
            let slot = slots.get(n)?;
            Some((slot, models.get(slot.avatar)?, actor))
        });
        lines.prepare(&self.gpu, view, all);
    }

    fn encode_deform(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        shown: &[usize],
        timing: Option<&mut Timing>,
    ) {
        let Some(deform) = &self.deform else { return };
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor {
            label: Some("deform"),
            timestamp_writes: timing.and_then(|t| t.compute(Pass::Deform)),
        });
        for slot in shown.iter().filter_map(|&n| self.slots.get(n)) {
            if let Some(model) = self.models.get(slot.avatar) {
                slot.dispatch(deform, &mut pass, model);
            }
        }
    }
}
