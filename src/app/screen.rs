//! The presenter's window as somewhere to draw: pictures in time, anew after a lost device.

use super::AppError;
use super::effort::Effort;
use super::pacing::Pacing;
use super::presenter::Presenter;
use super::surface::Surface;
use crate::perform::Cast;
use crate::render::{Antialias, DebugView, Gpu, Quality, Renderer, Tier};
use std::sync::Arc;
use std::time::{Duration, Instant};
use winit::window::Window;

/// Somewhere to draw.
pub(super) struct Screen {
    surface: Surface,
    renderer: Renderer,
    pacing: Pacing,
    tier: (Option<Quality>, Option<Antialias>),
    /// Where no tier was asked for.
    effort: Option<Effort>,
    /// When the last picture was begun.
    begun: Option<Instant>,
}

impl Screen {
    pub(super) fn new(
        window: Arc<Window>,
        cast: &[Cast],
        tier: (Option<Quality>, Option<Antialias>),
    ) -> Result<Self, AppError> {
        let surface = Surface::new(window)?;
        let renderer = renderer(surface.gpu(), cast, tier, surface.format());
        let pacing = Pacing::new(surface.gpu().device(), surface.refresh());
        let effort = tier.0.is_none().then(|| effort(surface.gpu()));
        Ok(Self { surface, renderer, pacing, tier, effort, begun: None })
    }

    pub(super) fn resize(&mut self, width: u32, height: u32) {
        self.surface.resize(width, height);
    }

    /// Shows the next debug view, and after the last one the picture.
    pub(super) fn show_next_view(&mut self) {
        self.renderer.set_debug(DebugView::after(self.renderer.debug()));
    }

    /// After the window moved to another monitor.
    pub(super) fn moved(&mut self) {
        self.pacing = Pacing::new(self.surface.gpu().device(), self.surface.refresh());
    }

    /// Waits for a free picture, asks the presenter what belongs into it, and shows it. `false` where there is
    /// nothing to draw into at present.
    pub(super) fn present(&mut self, presenter: &mut Presenter) -> Result<bool, AppError> {
        if self.surface.gpu().is_lost() {
            self.rebuild(presenter.cast())?;
        }
        let Some(picture) = self.surface.acquire()? else { return Ok(false) };
        let begun = crate::clock::now();
        let (width, height) = self.surface.size();
        let frame = presenter.frame_at(self.pacing.on_screen(begun), width as f32 / height as f32);
        if let Some(effort) = &mut self.effort {
            let since = self.begun.map_or(Duration::ZERO, |last| begun.saturating_duration_since(last));
            self.renderer.set_scale(effort.next(self.pacing.drawn(), since));
        }
        self.begun = Some(begun);
        self.renderer.draw(frame, &picture.view, width, height);
        let submission = self.surface.present(picture);
        self.pacing.watch(begun, submission);
        Ok(true)
    }

    fn rebuild(&mut self, cast: &[Cast]) -> Result<(), AppError> {
        self.surface.rebuild()?;
        self.renderer = renderer(self.surface.gpu(), cast, self.tier, self.surface.format());
        self.moved();
        self.effort = self.tier.0.is_none().then(|| effort(self.surface.gpu()));
        Ok(())
    }
}

/// A picture for each refresh of most screens; without a GPU, for each second one.
fn effort(gpu: &Gpu) -> Effort {
    let is_software = gpu.adapter().get_info().device_type == wgpu::DeviceType::Cpu;
    Effort::new(Duration::from_micros(if is_software { 33_333 } else { 16_667 }))
}

fn renderer(
    gpu: &Gpu,
    cast: &[Cast],
    (quality, antialias): (Option<Quality>, Option<Antialias>),
    format: wgpu::TextureFormat,
) -> Renderer {
    let quality = quality.unwrap_or_else(|| Quality::for_adapter(gpu.adapter().get_info().device_type));
    let mut renderer = Renderer::new(gpu, Tier { quality, antialias }, format);
    renderer.upload_cast(cast.iter().map(|member| &*member.avatar));
    renderer
}
