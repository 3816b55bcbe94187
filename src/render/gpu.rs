//! The graphics device: found once, shared by everything that draws. Errors never panic: they are recorded here.

use super::RenderError;
use std::sync::{Arc, Mutex, PoisonError};

/// What makes a difference where an adapter has it.
const USED_FEATURES: wgpu::Features = wgpu::Features::TIMESTAMP_QUERY.union(super::texture::BLOCK_FEATURES);

/// Which adapter to take.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GpuOptions {
    /// Backends to look at; `None` for all.
    pub backends: Option<wgpu::Backends>,
    /// A part of the adapter's name, in any case; `None` for the system's choice.
    pub adapter_name: Option<String>,
    /// Works as on the least of adapters: no compute shaders, so that avatars are deformed on the CPU, no times of passes, no
    /// compressed textures.
    pub is_least: bool,
}

impl GpuOptions {
    /// From the environment variables `WGPU_BACKEND` and `WGPU_ADAPTER_NAME`.
    pub fn from_env() -> Self {
        Self {
            backends: wgpu::Backends::from_env(),
            adapter_name: std::env::var("WGPU_ADAPTER_NAME").ok().filter(|name| !name.is_empty()),
            is_least: false,
        }
    }

    /// What to look through in turn: the system's own interfaces first, OpenGL only where they have nothing,
    /// because loading it takes long and talks to window systems that may not be there.
    pub fn instances(&self) -> impl Iterator<Item = wgpu::Instance> {
        let first = wgpu::Backends::PRIMARY;
        let tries = self.backends.map_or([first, wgpu::Backends::all() - first], |b| [b & first, b - first]);
        tries.into_iter().filter(|backends| !backends.is_empty()).map(|backends| {
            let mut descriptor = wgpu::InstanceDescriptor::new_without_display_handle();
            descriptor.flags = wgpu::InstanceFlags::empty().with_env();
            descriptor.backends = backends;
            wgpu::Instance::new(descriptor)
        })
    }

    /// The error of having found nothing.
    pub fn nothing_found(&self) -> RenderError {
        RenderError::NoAdapter { asked: self.asked() }
    }

    fn asked(&self) -> String {
        let name = self.adapter_name.as_ref().map(|n| format!(" named '{n}'")).unwrap_or_default();
        let backend = self.backends.map(|b| format!(" on {b:?}")).unwrap_or_default();
        name + &backend
    }
}

/// What is known about an adapter, for reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterReport {
    /// As the driver names it.
    pub name: String,
    /// vulkan, metal, dx12, gl.
    pub backend: String,
    /// Discrete, integrated, software.
    pub kind: String,
    /// The driver and its version.
    pub driver: String,
    /// Compute shaders work: avatars are deformed there, else on the CPU.
    pub has_compute: bool,
    /// Passes can be timed on the adapter.
    pub has_timestamps: bool,
    /// The most columns or rows of a picture.
    pub largest_texture: u32,
}

/// What went wrong since the device was made.
#[derive(Debug, Default)]
struct Incidents {
    lost: Option<String>,
    error: Option<String>,
}

/// A device and its queue. Clones are the same device.
#[derive(Debug, Clone)]
pub struct Gpu {
    adapter: wgpu::Adapter,
    device: wgpu::Device,
    queue: wgpu::Queue,
    incidents: Arc<Mutex<Incidents>>,
    is_least: bool,
}

impl Gpu {
    /// A device without a window.
    ///
    /// # Errors
    /// [`RenderError::NoAdapter`] where the machine has none that fits, [`RenderError::NoDevice`] where it refuses.
    pub fn new(options: &GpuOptions) -> Result<Self, RenderError> {
        let mut found = Err(options.nothing_found());
        for instance in options.instances() {
            found = pollster::block_on(Self::request(&instance, None, options));
            if !matches!(found, Err(RenderError::NoAdapter { .. })) {
                break;
            }
        }
        found
    }

    /// A device that can present to `surface`, made by `instance`.
    ///
    /// # Errors
    /// As [`Gpu::new`].
    pub fn for_surface(
        instance: &wgpu::Instance,
        surface: &wgpu::Surface<'_>,
        options: &GpuOptions,
    ) -> Result<Self, RenderError> {
        pollster::block_on(Self::request(instance, Some(surface), options))
    }

    /// The asynchronous form of both.
    ///
    /// # Errors
    /// As [`Gpu::new`].
    pub async fn request(
        instance: &wgpu::Instance,
        surface: Option<&wgpu::Surface<'_>>,
        options: &GpuOptions,
    ) -> Result<Self, RenderError> {
        let adapter = find_adapter(instance, surface, options).await?;
        let wanted = adapter.limits();
        let mut limits =
            wgpu::Limits::downlevel_defaults().or_worse_values_from(&wanted).using_resolution(wanted.clone());
        limits.max_buffer_size = wanted.max_buffer_size;
        limits.max_storage_buffer_binding_size = wanted.max_storage_buffer_binding_size;
        let (device, queue) = adapter
            .request_device(&wgpu::DeviceDescriptor {
                label: Some("Gpu::device"),
                required_features: if options.is_least {
                    wgpu::Features::empty()
                } else {
                    adapter.features() & USED_FEATURES
                },
                required_limits: limits,
                // Textures are made once; blocks half empty would be memory that nobody uses.
                memory_hints: wgpu::MemoryHints::MemoryUsage,
                ..Default::default()
            })
            .await
            .map_err(|error| RenderError::NoDevice {
                adapter: adapter.get_info().name,
                reason: error.to_string(),
            })?;
        let incidents = Arc::new(Mutex::new(Incidents::default()));
        let shared = Arc::clone(&incidents);
        device.on_uncaptured_error(Arc::new(move |error| {
            tracing::error!("{error}");
            let mut incidents = shared.lock().unwrap_or_else(PoisonError::into_inner);
            incidents.error.get_or_insert_with(|| error.to_string());
        }));
        let shared = Arc::clone(&incidents);
        device.set_device_lost_callback(move |_, message| {
            let mut incidents = shared.lock().unwrap_or_else(PoisonError::into_inner);
            incidents.lost.get_or_insert(message);
        });
        Ok(Self { adapter, device, queue, incidents, is_least: options.is_least })
    }

    /// The device.
    pub fn device(&self) -> &wgpu::Device {
        &self.device
    }

    /// Its queue.
    pub fn queue(&self) -> &wgpu::Queue {
        &self.queue
    }

    /// The adapter, for a surface's capabilities.
    pub fn adapter(&self) -> &wgpu::Adapter {
        &self.adapter
    }

    /// As the driver names it.
    pub fn adapter_name(&self) -> String {
        self.adapter.get_info().name
    }

    /// What is known about the adapter.
    pub fn report(&self) -> AdapterReport {
        let info = self.adapter.get_info();
        AdapterReport {
            name: info.name,
            backend: info.backend.to_str().to_owned(),
            kind: match info.device_type {
                wgpu::DeviceType::DiscreteGpu => "discrete",
                wgpu::DeviceType::IntegratedGpu => "integrated",
                wgpu::DeviceType::VirtualGpu => "virtual",
                wgpu::DeviceType::Cpu => "software",
                wgpu::DeviceType::Other => "other",
            }
            .to_owned(),
            driver: format!("{} {}", info.driver, info.driver_info).trim().to_owned(),
            has_compute: self.has_compute(),
            has_timestamps: self.has_timestamps(),
            largest_texture: self.largest_texture(),
        }
    }

    /// Compute shaders with four storage buffers work.
    pub fn has_compute(&self) -> bool {
        let flags = self.adapter.get_downlevel_capabilities().flags;
        !self.is_least
            && flags.contains(wgpu::DownlevelFlags::COMPUTE_SHADERS)
            && self.device.limits().max_storage_buffers_per_shader_stage >= 4
    }

    /// The targets of a pass may be blended in different ways, and samples shaded one by one.
    pub(super) fn has_independent_blending(&self) -> bool {
        let needed = wgpu::DownlevelFlags::INDEPENDENT_BLEND | wgpu::DownlevelFlags::MULTISAMPLED_SHADING;
        !self.is_least && self.adapter.get_downlevel_capabilities().flags.contains(needed)
    }

    /// Passes can be timed.
    pub fn has_timestamps(&self) -> bool {
        self.device.features().contains(wgpu::Features::TIMESTAMP_QUERY)
    }

    /// The most columns or rows of a texture.
    pub fn largest_texture(&self) -> u32 {
        self.device.limits().max_texture_dimension_2d
    }

    /// Draws through OpenGL, which takes commands from one thread at a time.
    pub fn is_opengl(&self) -> bool {
        self.adapter().get_info().backend == wgpu::Backend::Gl
    }

    /// The device is gone: drop everything made from it and create it anew.
    pub fn is_lost(&self) -> bool {
        // The news of a loss arrives with a poll.
        let _ = self.device.poll(wgpu::PollType::Poll);
        self.incidents.lock().unwrap_or_else(PoisonError::into_inner).lost.is_some()
    }

    /// The first thing that went wrong since the last call. A lost device stays lost.
    ///
    /// # Errors
    /// [`RenderError::Lost`] or [`RenderError::Driver`].
    pub fn check(&self) -> Result<(), RenderError> {
        let mut incidents = self.incidents.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(message) = &incidents.lost {
            return Err(RenderError::Lost(message.clone()));
        }
        incidents.error.take().map_or(Ok(()), |message| Err(RenderError::Driver(message)))
    }
}

async fn find_adapter(
    instance: &wgpu::Instance,
    surface: Option<&wgpu::Surface<'_>>,
    options: &GpuOptions,
) -> Result<wgpu::Adapter, RenderError> {
    let none = || options.nothing_found();
    if let Some(part) = &options.adapter_name {
        let part = part.to_lowercase();
        let all = instance.enumerate_adapters(options.backends.unwrap_or(wgpu::Backends::all())).await;
        return all
            .into_iter()
            .find(|a| {
                a.get_info().name.to_lowercase().contains(&part)
                    && surface.is_none_or(|s| a.is_surface_supported(s))
            })
            .ok_or_else(none);
    }
    instance
        .request_adapter(&wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            compatible_surface: surface,
            ..Default::default()
        })
        .await
        .map_err(|_| none())
}
