//! Rectangles over the picture: no light, drawn last, straight into the target.

use super::Renderer;
use super::layout::OverlayInstance;
use super::quality::takes_light;
use super::readback::decode_srgb;
use crate::stage::Overlay;
use wgpu::util::DeviceExt;

impl Renderer {
    /// Takes the rectangles of a frame over.
    pub(super) fn write_overlays(&mut self, overlays: &[Overlay]) {
        if overlays.is_empty() {
            return;
        }
        let is_srgb = takes_light(self.color_format);
        let instances: Vec<OverlayInstance> = overlays
            .iter()
            .map(|overlay| {
                let [r, g, b, a] = overlay.color;
                let channel = |c: f32| if is_srgb { decode_srgb(c.clamp(0.0, 1.0)) } else { c };
                OverlayInstance { rect: overlay.rect, color: [channel(r), channel(g), channel(b), a] }
            })
            .collect();
        let contents: &[u8] = bytemuck::cast_slice(&instances);
        match self.overlay_buffer.as_ref().filter(|b| b.size() >= contents.len() as u64) {
            Some(buffer) => self.gpu.queue().write_buffer(buffer, 0, contents),
            None => {
                let usage = wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST;
                let label = Some("Renderer::overlay_buffer");
                let descriptor = wgpu::util::BufferInitDescriptor { label, contents, usage };
                self.overlay_buffer = Some(self.gpu.device().create_buffer_init(&descriptor));
            }
        }
    }

    /// Draws so many of them.
    pub(super) fn draw_overlays(&self, pass: &mut wgpu::RenderPass<'_>, count: usize) {
        if let Some(buffer) = self.overlay_buffer.as_ref().filter(|_| count > 0) {
            pass.set_pipeline(&self.pipelines.overlay);
            pass.set_vertex_buffer(0, buffer.slice(..));
            pass.draw(0..4, 0..count as u32);
        }
    }
}
