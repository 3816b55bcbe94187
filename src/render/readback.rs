//! Pictures in memory, and how they come back from the adapter: a ring of buffers, so that drawing goes on meanwhile.

use super::target::create;
use super::{Gpu, RenderError, Renderer};
use half::f16;
use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, channel};

/// A picture in memory.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height × 4` bytes, top row first: sRGB-encoded red, green, blue and straight alpha.
    pub rgba: Vec<u8>,
}

/// Light in memory.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LightPicture {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height × 4` numbers, top row first: linear red, green and blue of the sRGB primaries, 1 for white, multiplied by
    /// alpha; and alpha.
    pub rgba: Vec<f16>,
}

/// What came back from the adapter, in the target's format.
#[derive(Debug)]
pub(super) struct Drawn {
    size: (u32, u32),
    bytes: Vec<u8>,
    is_transparent: bool,
}

impl From<Drawn> for Picture {
    fn from(drawn: Drawn) -> Self {
        let Drawn { size: (width, height), bytes: mut rgba, is_transparent } = drawn;
        if is_transparent {
            straighten(&mut rgba);
        }
        Self { width, height, rgba }
    }
}

impl From<Drawn> for LightPicture {
    fn from(Drawn { size: (width, height), bytes, .. }: Drawn) -> Self {
        let numbers = bytes.as_chunks::<2>().0.iter();
        Self { width, height, rgba: numbers.map(|&two| f16::from_le_bytes(two)).collect() }
    }
}

/// One picture under way.
#[derive(Debug)]
struct Waiting {
    buffer: wgpu::Buffer,
    size: (u32, u32),
    /// Bytes of a pixel.
    depth: u32,
    is_transparent: bool,
    submission: wgpu::SubmissionIndex,
    mapped: Receiver<Result<(), wgpu::BufferAsyncError>>,
}

/// The target that pictures are drawn into, and the buffers they come back through.
#[derive(Debug, Default)]
pub(super) struct Readback {
    target: Option<(wgpu::Texture, wgpu::TextureView)>,
    waiting: VecDeque<Waiting>,
    spare: Vec<wgpu::Buffer>,
}

/// Bytes of a row in the buffer, as copies demand.
fn padded(width: u32, depth: u32) -> u32 {
    (width * depth).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT)
}

impl Readback {
    /// How many pictures are under way.
    pub(super) fn in_flight(&self) -> usize {
        self.waiting.len()
    }

    /// A target of `size`.
    pub(super) fn target(
        &mut self,
        gpu: &Gpu,
        format: wgpu::TextureFormat,
        size: (u32, u32),
    ) -> wgpu::TextureView {
        let fits = |t: &wgpu::Texture| (t.width(), t.height()) == size;
        if let Some((_, view)) = self.target.as_ref().filter(|(texture, _)| fits(texture)) {
            return view.clone();
        }
        let usage = wgpu::TextureUsages::RENDER_ATTACHMENT
            | wgpu::TextureUsages::COPY_SRC
            | wgpu::TextureUsages::COPY_DST;
        let texture = create(gpu, "Readback::target", format, 1, usage, size);
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        self.target = Some((texture, view.clone()));
        self.spare.clear();
        view
    }

    /// Records the copy of the target; submits; asks for the buffer.
    pub(super) fn submit(&mut self, gpu: &Gpu, mut encoder: wgpu::CommandEncoder, is_transparent: bool) {
        let Some((texture, _)) = &self.target else { return };
        let size = (texture.width(), texture.height());
        let depth = texture.format().block_copy_size(None).unwrap_or(4);
        let bytes = u64::from(padded(size.0, depth)) * u64::from(size.1);
        let spare = self.spare.iter().position(|b| b.size() == bytes).map(|at| self.spare.swap_remove(at));
        let buffer = spare.unwrap_or_else(|| {
            gpu.device().create_buffer(&wgpu::BufferDescriptor {
                label: Some("Readback::buffer"),
                size: bytes,
                usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
                mapped_at_creation: false,
            })
        });
        let layout = wgpu::TexelCopyBufferLayout {
            offset: 0,
            bytes_per_row: Some(padded(size.0, depth)),
            rows_per_image: None,
        };
        encoder.copy_texture_to_buffer(
            texture.as_image_copy(),
            wgpu::TexelCopyBufferInfo { buffer: &buffer, layout },
            texture.size(),
        );
        let submission = gpu.queue().submit([encoder.finish()]);
        let (sender, mapped) = channel();
        buffer.map_async(wgpu::MapMode::Read, .., move |result| {
            // Nobody listens any more when the renderer was dropped.
            let _ = sender.send(result);
        });
        self.waiting.push_back(Waiting { buffer, size, depth, is_transparent, submission, mapped });
    }

    /// Waits for the oldest picture.
    pub(super) fn receive(&mut self, gpu: &Gpu) -> Result<Option<Drawn>, RenderError> {
        let Some(oldest) = self.waiting.pop_front() else { return Ok(None) };
        let wait = wgpu::PollType::Wait { submission_index: Some(oldest.submission), timeout: None };
        gpu.device().poll(wait).map_err(|error| RenderError::Driver(error.to_string()))?;
        gpu.check()?;
        let driver = |what: &str| RenderError::Driver(format!("the picture did not come back: {what}"));
        oldest.mapped.recv().map_err(|e| driver(&e.to_string()))?.map_err(|e| driver(&e.to_string()))?;
        let (width, height) = oldest.size;
        let row = width as usize * oldest.depth as usize;
        let mut bytes = Vec::with_capacity(row * height as usize);
        {
            let view = oldest.buffer.get_mapped_range(..).map_err(|e| driver(&e.to_string()))?;
            for padded in view.chunks_exact(padded(width, oldest.depth) as usize) {
                bytes.extend_from_slice(padded.get(..row).unwrap_or_default());
            }
        }
        oldest.buffer.unmap();
        self.spare.push(oldest.buffer);
        Ok(Some(Drawn { size: oldest.size, bytes, is_transparent: oldest.is_transparent }))
    }
}

/// Divides colours by alpha where alpha is neither 0 nor 255.
fn straighten(rgba: &mut [u8]) {
    for texel in rgba.chunks_exact_mut(4) {
        let alpha = u32::from(texel[3]);
        if alpha > 0 && alpha < 255 {
            for code in &mut texel[..3] {
                *code = ((u32::from(*code) * 255 + alpha / 2) / alpha).min(255) as u8;
            }
        }
    }
}

/// IEC 61966-2-1, 0..=1.
pub(super) fn decode_srgb(code: f32) -> f32 {
    if code <= 0.04045 { code / 12.92 } else { libm::powf((code + 0.055) / 1.055, 2.4) }
}

/// IEC 61966-2-1, 0..=1.
pub(super) fn encode_srgb(linear: f32) -> f32 {
    if linear <= 0.003_130_8 { linear * 12.92 } else { 1.055 * libm::powf(linear, 1.0 / 2.4) - 0.055 }
}

impl Renderer {
    /// Draws into memory and waits for it. Pictures still under way are thrown away.
    ///
    /// # Errors
    /// A size the device cannot hold, a lost device, a driver's error.
    pub fn picture(
        &mut self,
        frame: &crate::frame::Frame,
        width: u32,
        height: u32,
    ) -> Result<Picture, RenderError> {
        while self.in_flight() > 0 {
            self.receive()?;
        }
        self.submit(frame, width, height)?;
        self.receive()?.ok_or_else(|| RenderError::Driver("no picture came back".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_alpha_restores_the_color() {
        let mut texels = [100, 0, 255, 128, 7, 8, 9, 0, 1, 2, 3, 255];
        straighten(&mut texels);
        assert_eq!(texels, [199, 0, 255, 128, 7, 8, 9, 0, 1, 2, 3, 255]);
    }
}
