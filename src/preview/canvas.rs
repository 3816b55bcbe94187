//! The window's pictures: the avatar in its place, the panels over and beside it.
//!
//! It knows nothing of what the panels say.

use crate::app::{AppError, Pacing, Surface};
use crate::frame::Frame;
use crate::render::{Gpu, Renderer};
use egui_wgpu::{RendererOptions, ScreenDescriptor};
use std::sync::Arc;
use std::time::Instant;
use winit::window::Window;

/// Somewhere to draw panels and an avatar.
pub(super) struct Canvas {
    surface: Surface,
    pacing: Pacing,
    panels: egui_wgpu::Renderer,
    seen: Option<Seen>,
}

/// The avatar's picture, which the panels show as an image.
struct Seen {
    view: wgpu::TextureView,
    size: (u32, u32),
    id: egui::TextureId,
}

/// What is drawn into the avatar's place.
pub(super) struct Scene<'a> {
    pub(super) renderer: &'a mut Renderer,
    pub(super) frame: &'a Frame,
}

impl Canvas {
    /// The avatar's picture has this format, whatever the window's is: panels read it as it is.
    pub(super) const SCENE_FORMAT: wgpu::TextureFormat = Renderer::PICTURE_FORMAT;

    pub(super) fn new(window: Arc<Window>) -> Result<Self, AppError> {
        let surface = Surface::new(window)?;
        let pacing = Pacing::new(surface.gpu().device(), surface.refresh());
        let panels = panels(&surface);
        Ok(Self { surface, pacing, panels, seen: None })
    }

    pub(super) fn gpu(&self) -> &Gpu {
        self.surface.gpu()
    }

    pub(super) fn resize(&mut self, width: u32, height: u32) {
        self.surface.resize(width, height);
    }

    /// After the window moved to another monitor.
    pub(super) fn moved(&mut self) {
        self.pacing = Pacing::new(self.surface.gpu().device(), self.surface.refresh());
    }

    /// Begins anew where the device was lost; what panels have uploaded is gone then. Whether it was so.
    pub(super) fn recover(&mut self) -> Result<bool, AppError> {
        if !self.surface.gpu().is_lost() {
            return Ok(false);
        }
        self.surface.rebuild()?;
        self.moved();
        self.panels = panels(&self.surface);
        self.seen = None;
        Ok(true)
    }

    /// When a picture that is begun now will be seen.
    pub(super) fn on_screen(&self, begun: Instant) -> Instant {
        self.pacing.on_screen(begun)
    }

    /// The image under which panels show the avatar, as large as it is shown.
    pub(super) fn scene_image(&mut self, size: (u32, u32)) -> egui::TextureId {
        let limit = self.gpu().largest_texture();
        let size = (size.0.clamp(1, limit), size.1.clamp(1, limit));
        let device = self.surface.gpu().device();
        match &mut self.seen {
            Some(seen) if seen.size == size => seen.id,
            Some(seen) => {
                let view = scene_view(device, size);
                let filter = wgpu::FilterMode::Nearest;
                self.panels.update_egui_texture_from_wgpu_texture(device, &view, filter, seen.id);
                (seen.view, seen.size) = (view, size);
                seen.id
            }
            None => {
                let view = scene_view(device, size);
                let id = self.panels.register_native_texture(device, &view, wgpu::FilterMode::Nearest);
                self.seen = Some(Seen { view, size, id });
                id
            }
        }
    }

    /// Draws one picture and shows it. `false` where there is nothing to draw into at present: then what panels
    /// uploaded is kept all the same.
    #[expect(clippy::iter_over_hash_type, reason = "textures may be changed in any order")]
    pub(super) fn paint(
        &mut self,
        ctx: &egui::Context,
        mut output: egui::FullOutput,
        scene: Option<Scene<'_>>,
        begun: Instant,
    ) -> Result<bool, AppError> {
        let gpu = self.surface.gpu().clone();
        for (id, deltas) in output.textures_delta.set.drain() {
            for delta in deltas {
                self.panels.update_texture(gpu.device(), gpu.queue(), id, &delta);
            }
        }
        let freed = std::mem::take(&mut output.textures_delta.free);
        let shown = self.paint_shapes(ctx, output, scene, begun);
        for id in freed {
            self.panels.free_texture(&id);
        }
        shown
    }

    fn paint_shapes(
        &mut self,
        ctx: &egui::Context,
        output: egui::FullOutput,
        scene: Option<Scene<'_>>,
        begun: Instant,
    ) -> Result<bool, AppError> {
        let Some(picture) = self.surface.acquire()? else { return Ok(false) };
        let gpu = self.surface.gpu().clone();
        let (device, queue) = (gpu.device(), gpu.queue());
        if let (Some(scene), Some(seen)) = (scene, &self.seen) {
            scene.renderer.draw(scene.frame, &seen.view, seen.size.0, seen.size.1);
        }
        let (width, height) = self.surface.size();
        let scale = output.pixels_per_point;
        let screen = ScreenDescriptor { size_in_pixels: [width, height], pixels_per_point: scale };
        let jobs = ctx.tessellate(output.shapes, scale);
        let label = Some("Canvas::paint");
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label });
        let more = self.panels.update_buffers(device, queue, &mut encoder, &jobs, &screen);
        let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("panels"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &picture.view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..Default::default()
        });
        let mut pass = pass.forget_lifetime();
        self.panels.render(&mut pass, &jobs, &screen);
        drop(pass);
        queue.submit(more.into_iter().chain([encoder.finish()]));
        let submission = self.surface.present(picture);
        self.pacing.watch(begun, submission);
        Ok(true)
    }
}

fn panels(surface: &Surface) -> egui_wgpu::Renderer {
    let options = RendererOptions { dithering: false, ..RendererOptions::default() };
    egui_wgpu::Renderer::new(surface.gpu().device(), surface.format(), options)
}

fn scene_view(device: &wgpu::Device, (width, height): (u32, u32)) -> wgpu::TextureView {
    let texture = device.create_texture(&wgpu::TextureDescriptor {
        label: Some("Canvas::scene"),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: Canvas::SCENE_FORMAT,
        usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::TEXTURE_BINDING,
        view_formats: &[],
    });
    texture.create_view(&wgpu::TextureViewDescriptor::default())
}
