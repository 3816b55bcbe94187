//! What the deform shader made of an actor, read back: for tests that hold it against `deform_cpu`.

use super::layout::DeformedVertex;
use super::{RenderError, Renderer};

impl Renderer {
    /// The deformed vertices of the `n`-th actor of the last frame drawn, nodes and primitives in order; empty where
    /// there is none.
    ///
    /// # Errors
    /// A lost device, a driver's error.
    pub fn deformed(&self, n: usize) -> Result<Vec<DeformedVertex>, RenderError> {
        let Some(slot) = self.slots.get(n) else { return Ok(Vec::new()) };
        let device = self.gpu.device();
        let buffer = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("Renderer::deformed"),
            size: slot.vertices.size(),
            usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
            mapped_at_creation: false,
        });
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        encoder.copy_buffer_to_buffer(&slot.vertices, 0, &buffer, 0, slot.vertices.size());
        self.gpu.queue().submit([encoder.finish()]);
        buffer.map_async(wgpu::MapMode::Read, .., |_| {});
        let driver = |what: String| RenderError::Driver(what);
        device.poll(wgpu::PollType::wait_indefinitely()).map_err(|e| driver(e.to_string()))?;
        self.gpu.check()?;
        let view = buffer.get_mapped_range(..).map_err(|e| driver(e.to_string()))?;
        Ok(bytemuck::pod_collect_to_vec(&view))
    }
}
