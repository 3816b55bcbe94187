//! The window's surface with a device and a renderer behind it; survives resizing, minimising, outdated and
//! lost surfaces and a lost device.

use super::AppError;
use super::effort::Effort;
use super::pacing::Pacing;
use super::presenter::Presenter;
use crate::perform::Cast;
use crate::render::{Antialias, DebugView, Gpu, GpuOptions, Quality, Renderer, Tier};
use std::sync::Arc;
use std::time::{Duration, Instant};
use winit::window::Window;

/// Somewhere to draw.
pub(super) struct Screen {
    window: Arc<Window>,
    instance: wgpu::Instance,
    surface: wgpu::Surface<'static>,
    configuration: wgpu::SurfaceConfiguration,
    gpu: Gpu,
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
        let (instance, surface, gpu) = device(&window)?;
        let configuration = configuration(&surface, &gpu, &window)?;
        surface.configure(gpu.device(), &configuration);
        let renderer = renderer(&gpu, cast, tier, configuration.format);
        let pacing = Pacing::new(gpu.device(), refresh(&window));
        let effort = tier.0.is_none().then(|| effort(&gpu));
        let begun = None;
        Ok(Self { window, instance, surface, configuration, gpu, renderer, pacing, tier, effort, begun })
    }

    /// Width / height.
    fn aspect(&self) -> f32 {
        self.configuration.width as f32 / self.configuration.height as f32
    }

    pub(super) fn resize(&mut self, width: u32, height: u32) {
        // A minimised window has no pixels; the old size stays until it comes back.
        if width > 0 && height > 0 && (width, height) != (self.configuration.width, self.configuration.height)
        {
            let limit = self.gpu.largest_texture();
            self.configuration.width = width.min(limit);
            self.configuration.height = height.min(limit);
            self.surface.configure(self.gpu.device(), &self.configuration);
        }
    }

    /// Shows the next debug view, and after the last one the picture.
    pub(super) fn show_next_view(&mut self) {
        self.renderer.set_debug(DebugView::after(self.renderer.debug()));
    }

    /// After the window moved to another monitor.
    pub(super) fn moved(&mut self) {
        self.pacing = Pacing::new(self.gpu.device(), refresh(&self.window));
    }

    /// Waits for a free picture, asks the presenter what belongs into it, and shows it. `false` where there is
    /// nothing to draw into at present.
    pub(super) fn present(&mut self, presenter: &mut Presenter) -> Result<bool, AppError> {
        use wgpu::CurrentSurfaceTexture as Current;
        if self.gpu.is_lost() {
            self.rebuild(presenter.cast())?;
        }
        let (texture, is_outdated) = match self.surface.get_current_texture() {
            Current::Success(texture) => (texture, false),
            Current::Suboptimal(texture) => (texture, true),
            Current::Timeout | Current::Occluded | Current::Validation => return Ok(false),
            Current::Outdated => {
                self.surface.configure(self.gpu.device(), &self.configuration);
                return Ok(false);
            }
            Current::Lost => {
                self.surface = create_surface(&self.instance, &self.window)?;
                self.surface.configure(self.gpu.device(), &self.configuration);
                return Ok(false);
            }
        };
        let begun = crate::clock::now();
        let frame = presenter.frame_at(self.pacing.on_screen(begun), self.aspect());
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor {
            format: Some(self.configuration.format),
            ..Default::default()
        });
        if let Some(effort) = &mut self.effort {
            let since = self.begun.map_or(Duration::ZERO, |last| begun.saturating_duration_since(last));
            self.renderer.set_scale(effort.next(self.pacing.drawn(), since));
        }
        self.begun = Some(begun);
        self.renderer.draw(frame, &view, self.configuration.width, self.configuration.height);
        self.window.pre_present_notify();
        // An empty submission after the frame's own ends when they have.
        let submission = self.gpu.queue().submit([]);
        self.gpu.queue().present(texture);
        self.pacing.watch(begun, submission);
        if is_outdated {
            self.surface.configure(self.gpu.device(), &self.configuration);
        }
        Ok(true)
    }

    /// Everything anew after the device was lost.
    fn rebuild(&mut self, cast: &[Cast]) -> Result<(), AppError> {
        tracing::warn!("the graphics device was lost; it is created anew");
        (self.instance, self.surface, self.gpu) = device(&self.window)?;
        self.configuration = configuration(&self.surface, &self.gpu, &self.window)?;
        self.surface.configure(self.gpu.device(), &self.configuration);
        self.renderer = renderer(&self.gpu, cast, self.tier, self.configuration.format);
        self.pacing = Pacing::new(self.gpu.device(), refresh(&self.window));
        self.effort = self.tier.0.is_none().then(|| effort(&self.gpu));
        Ok(())
    }
}

/// The first device that can show pictures in `window`.
fn device(window: &Arc<Window>) -> Result<(wgpu::Instance, wgpu::Surface<'static>, Gpu), AppError> {
    let options = GpuOptions::from_env();
    let mut failure = AppError::Render(options.nothing_found());
    for instance in options.instances() {
        let found = create_surface(&instance, window).and_then(|surface| {
            let gpu = Gpu::for_surface(&instance, &surface, &options)?;
            Ok((surface, gpu))
        });
        match found {
            Ok((surface, gpu)) => return Ok((instance, surface, gpu)),
            Err(error) => failure = error,
        }
    }
    Err(failure)
}

fn create_surface(
    instance: &wgpu::Instance,
    window: &Arc<Window>,
) -> Result<wgpu::Surface<'static>, AppError> {
    instance.create_surface(Arc::clone(window)).map_err(|e| AppError::Surface(e.to_string()))
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

fn configuration(
    surface: &wgpu::Surface<'_>,
    gpu: &Gpu,
    window: &Window,
) -> Result<wgpu::SurfaceConfiguration, AppError> {
    let size = window.inner_size();
    let mut configuration =
        surface.get_default_config(gpu.adapter(), size.width.max(1), size.height.max(1)).ok_or_else(
            || AppError::Surface("the graphics adapter cannot show pictures in this window".into()),
        )?;
    // The renderer encodes to sRGB itself, exactly as for pictures in memory.
    let formats = surface.get_capabilities(gpu.adapter()).formats;
    configuration.format = formats.iter().copied().find(|f| is_plain(*f)).unwrap_or(configuration.format);
    configuration.present_mode = wgpu::PresentMode::Fifo;
    configuration.desired_maximum_frame_latency = 1;
    Ok(configuration)
}

fn refresh(window: &Window) -> Option<Duration> {
    let rate = window.current_monitor()?.refresh_rate_millihertz()?;
    (rate > 0).then(|| Duration::from_nanos(1_000_000_000_000 / u64::from(rate)))
}

/// Eight bits a channel, stored as they are.
fn is_plain(format: wgpu::TextureFormat) -> bool {
    matches!(format, wgpu::TextureFormat::Rgba8Unorm | wgpu::TextureFormat::Bgra8Unorm)
}
