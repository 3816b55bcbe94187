//! A window's surface with the device that draws into it; survives resizing, minimising, outdated and lost surfaces.
//!
//! It knows nothing of what is drawn.

use super::AppError;
use crate::render::{Gpu, GpuOptions};
use std::sync::Arc;
use std::time::Duration;
use winit::window::Window;

/// Somewhere to draw.
pub(crate) struct Surface {
    window: Arc<Window>,
    instance: wgpu::Instance,
    surface: wgpu::Surface<'static>,
    /// As it is to be; nothing is drawn until it is in force.
    configuration: wgpu::SurfaceConfiguration,
    is_in_force: bool,
    gpu: Gpu,
}

/// A picture of the window that is being drawn.
pub(crate) struct Picture {
    texture: wgpu::SurfaceTexture,
    /// What to draw into.
    pub(crate) view: wgpu::TextureView,
    is_outdated: bool,
}

impl Surface {
    /// Of `window`, on the first device that can show pictures there.
    pub(crate) fn new(window: Arc<Window>) -> Result<Self, AppError> {
        let (instance, surface, gpu) = device(&window)?;
        let configuration = configuration(&surface, &gpu, &window)?;
        Ok(Self { window, instance, surface, configuration, is_in_force: false, gpu })
    }

    /// What draws.
    pub(crate) fn gpu(&self) -> &Gpu {
        &self.gpu
    }

    /// Columns and rows of the picture that is acquired.
    pub(crate) fn size(&self) -> (u32, u32) {
        (self.configuration.width, self.configuration.height)
    }

    /// Of its pictures.
    pub(crate) fn format(&self) -> wgpu::TextureFormat {
        self.configuration.format
    }

    /// How long the monitor shows a picture, where it tells.
    pub(crate) fn refresh(&self) -> Option<Duration> {
        let rate = self.window.current_monitor()?.refresh_rate_millihertz()?;
        (rate > 0).then(|| Duration::from_nanos(1_000_000_000_000 / u64::from(rate)))
    }

    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        // A minimised window has no pixels; the old size stays until it comes back.
        if width > 0 && height > 0 && (width, height) != self.size() {
            let limit = self.gpu.largest_texture();
            self.configuration.width = width.min(limit);
            self.configuration.height = height.min(limit);
            self.is_in_force = false;
        }
    }

    /// Puts the configuration in force. `false` where that is to be tried again: the device must come to rest for it, and
    /// does not while another thread gives it work.
    fn configure(&self) -> bool {
        let device = self.gpu.device();
        let scope = device.push_error_scope(wgpu::ErrorFilter::Validation);
        self.surface.configure(device, &self.configuration);
        let failure = pollster::block_on(scope.pop());
        if let Some(error) = &failure {
            tracing::debug!("the window's pictures wait: {error}");
        }
        failure.is_none()
    }

    /// Waits for a free picture; `None` where there is nothing to draw into at present: then it is to be asked for again.
    pub(crate) fn acquire(&mut self) -> Result<Option<Picture>, AppError> {
        use wgpu::CurrentSurfaceTexture as Current;
        self.is_in_force = self.is_in_force || self.configure();
        if !self.is_in_force {
            return Ok(None);
        }
        let (texture, is_outdated) = match self.surface.get_current_texture() {
            Current::Success(texture) => (texture, false),
            Current::Suboptimal(texture) => (texture, true),
            Current::Timeout | Current::Occluded => return Ok(None),
            Current::Outdated | Current::Validation => {
                self.is_in_force = false;
                return Ok(None);
            }
            Current::Lost => {
                self.surface = create_surface(&self.instance, &self.window)?;
                self.is_in_force = false;
                return Ok(None);
            }
        };
        let view = texture.texture.create_view(&wgpu::TextureViewDescriptor {
            format: Some(self.configuration.format),
            ..Default::default()
        });
        Ok(Some(Picture { texture, view, is_outdated }))
    }

    /// Shows a picture that has been drawn; gives the submission that ends when its own have.
    pub(crate) fn present(&mut self, picture: Picture) -> wgpu::SubmissionIndex {
        self.window.pre_present_notify();
        // An empty submission after the frame's own ends when they have.
        let submission = self.gpu.queue().submit([]);
        self.gpu.queue().present(picture.texture);
        self.is_in_force = !picture.is_outdated;
        submission
    }

    /// Everything anew after the device was lost.
    pub(crate) fn rebuild(&mut self) -> Result<(), AppError> {
        tracing::warn!("the graphics device was lost; it is created anew");
        *self = Self::new(Arc::clone(&self.window))?;
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

/// Eight bits a channel, stored as they are.
fn is_plain(format: wgpu::TextureFormat) -> bool {
    matches!(format, wgpu::TextureFormat::Rgba8Unorm | wgpu::TextureFormat::Bgra8Unorm)
}
