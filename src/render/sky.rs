//! The environment on the adapter: a texture of what surfaces of each roughness reflect.

use super::Gpu;
use super::reflection::{Reflection, SIDES, reflection};
use crate::stage::{Environment, Harmonics, Sky};
use glam::Vec3;
use std::sync::Arc;

/// One environment, uploaded.
#[derive(Debug)]
pub(super) struct SkyMap {
    /// What it shows.
    of: Option<(Environment, Arc<Reflection>)>,
    /// One level for each of [`SIDES`].
    pub(super) view: wgpu::TextureView,
}

impl SkyMap {
    /// One that shows nothing.
    pub(super) fn empty(gpu: &Gpu) -> Self {
        Self { of: None, view: create(gpu, 1, 1).create_view(&wgpu::TextureViewDescriptor::default()) }
    }

    /// Whether frames of `environment` can use it as it is.
    pub(super) fn shows(&self, environment: &Environment) -> bool {
        self.of.as_ref().is_some_and(|(of, _)| of == environment)
    }

    /// Of `environment`, worked out where it is new.
    pub(super) fn new(gpu: &Gpu, environment: &Environment) -> Self {
        let reflection = reflection(environment);
        let texture = create(gpu, SIDES[0], SIDES.len() as u32);
        for (n, (side, texels)) in SIDES.into_iter().zip(&reflection.levels).enumerate() {
            gpu.queue().write_texture(
                wgpu::TexelCopyTextureInfo {
                    texture: &texture,
                    mip_level: n as u32,
                    origin: wgpu::Origin3d::ZERO,
                    aspect: wgpu::TextureAspect::All,
                },
                bytemuck::cast_slice(texels),
                wgpu::TexelCopyBufferLayout {
                    offset: 0,
                    bytes_per_row: Some(side * 8),
                    rows_per_image: None,
                },
                wgpu::Extent3d { width: side, height: side, depth_or_array_layers: 1 },
            );
        }
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        Self { of: Some((environment.clone(), reflection)), view }
    }

    /// The harmonics of `environment` where it shows it and `has_all` are wanted; else those of its three colours.
    pub(super) fn harmonics(&self, environment: &Environment, has_all: bool) -> Harmonics {
        match &self.of {
            Some((of, reflection)) if has_all && of == environment => reflection.harmonics,
            _ => {
                let [mean, first, second] = environment.zonal();
                let mut harmonics = [Vec3::ZERO; 9];
                harmonics[..3].copy_from_slice(&[mean, first, second]);
                harmonics
            }
        }
    }
}

/// What of an environment a frame's shaders use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SkyUse {
    /// Light differs around the vertical, too.
    pub(super) has_harmonics: bool,
    /// There is something to be seen in it.
    pub(super) has_map: bool,
}

impl SkyUse {
    /// In a tier with a floating-point target, or another one. A picture lights matt surfaces in every tier; panels light them
    /// about as the gradient behind them does.
    pub(super) fn of(environment: &Environment, is_hdr: bool) -> Self {
        let has_map = environment.sky != Sky::Gradient;
        let has_harmonics = match environment.sky {
            Sky::Gradient => false,
            Sky::Panels(_) => is_hdr,
            Sky::Panorama(_) => true,
        };
        Self { has_harmonics, has_map }
    }
}

fn create(gpu: &Gpu, side: u32, levels: u32) -> wgpu::Texture {
    gpu.device().create_texture(&wgpu::TextureDescriptor {
        label: Some("SkyMap::view"),
        size: wgpu::Extent3d { width: side, height: side, depth_or_array_layers: 1 },
        mip_level_count: levels,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba16Float,
        usage: wgpu::TextureUsages::TEXTURE_BINDING | wgpu::TextureUsages::COPY_DST,
        view_formats: &[],
    })
}
