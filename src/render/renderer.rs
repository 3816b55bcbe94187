//! Draws frames.

use super::{DebugView, Gpu, Picture, Quality, RenderError};
use crate::avatar::Avatar;
use crate::frame::Frame;

/// What one pass of the last measured frame cost.
#[derive(Debug, Clone, PartialEq)]
pub struct PassTiming {
    /// deform, shadow, forward, tonemap, readback.
    pub name: &'static str,
    /// Milliseconds of this thread spent on preparing it.
    pub cpu_ms: f32,
    /// Milliseconds on the adapter, where it can tell.
    pub gpu_ms: Option<f32>,
}

/// Draws frames of uploaded avatars.
#[derive(Debug)]
pub struct Renderer {
    gpu: Gpu,
    debug: Option<DebugView>,
    timings: Vec<PassTiming>,
}

impl Renderer {
    /// Pictures that may be under way at once between [`Renderer::submit`] and [`Renderer::receive`].
    pub const MOST_IN_FLIGHT: usize = 3;

    /// The format of pictures in memory.
    pub const PICTURE_FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8UnormSrgb;

    /// A renderer for targets of `color_format` (a window's, or [`Renderer::PICTURE_FORMAT`]).
    pub fn new(gpu: &Gpu, quality: Quality, color_format: wgpu::TextureFormat) -> Self {
        let _ = (quality, color_format);
        Self { gpu: gpu.clone(), debug: None, timings: Vec::new() }
    }

    /// Uploads an avatar; the number is what [`crate::frame::Actor::avatar`] means.
    pub fn upload(&mut self, avatar: &Avatar) -> usize {
        let _ = avatar;
        0
    }

    /// Shows one term of the shading, or the picture again.
    pub fn set_debug(&mut self, view: Option<DebugView>) {
        self.debug = view;
    }

    /// Measures passes from now on, at a small cost.
    pub fn set_timing(&mut self, is_on: bool) {
        let _ = is_on;
    }

    /// What the passes of the last measured frame cost; empty before.
    pub fn timings(&self) -> &[PassTiming] {
        &self.timings
    }

    /// Draws into `target`, which has the renderer's colour format and `width` × `height` pixels.
    pub fn draw(&mut self, frame: &Frame, target: &wgpu::TextureView, width: u32, height: u32) {
        let _ = (frame, target, width, height);
    }

    /// Draws into memory and waits for it.
    ///
    /// # Errors
    /// A size the device cannot hold, a lost device, a driver's error.
    pub fn picture(&mut self, frame: &Frame, width: u32, height: u32) -> Result<Picture, RenderError> {
        self.submit(frame, width, height)?;
        self.receive()?.ok_or_else(|| RenderError::Driver("no picture came back".into()))
    }

    /// Starts drawing into memory without waiting. At most [`Renderer::MOST_IN_FLIGHT`] pictures may be under way.
    ///
    /// # Errors
    /// As [`Renderer::picture`].
    pub fn submit(&mut self, frame: &Frame, width: u32, height: u32) -> Result<(), RenderError> {
        let _ = (frame, width, height);
        self.gpu.check()
    }

    /// How many pictures are under way.
    pub fn in_flight(&self) -> usize {
        0
    }

    /// Waits for the oldest picture under way; `None` where there is none.
    ///
    /// # Errors
    /// As [`Renderer::picture`].
    pub fn receive(&mut self) -> Result<Option<Picture>, RenderError> {
        self.gpu.check()?;
        Ok(None)
    }
}
