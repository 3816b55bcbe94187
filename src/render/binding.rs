//! What shaders bind, as layouts of bind groups say it.

use wgpu::{BindGroupLayoutEntry, BindingType, ShaderStages, TextureSampleType};

/// A texture that is read as it is.
pub(super) const EXACT: BindingType = texture(TextureSampleType::Float { filterable: false }, false);
/// The same with several samples.
pub(super) const SAMPLES: BindingType = texture(TextureSampleType::Float { filterable: false }, true);
/// A texture that is filtered.
pub(super) const FILTERED: BindingType = texture(TextureSampleType::Float { filterable: true }, false);
/// Depth to be compared.
pub(super) const DEPTH: BindingType = texture(TextureSampleType::Depth, false);
/// What filters.
pub(super) const SAMPLER: BindingType = BindingType::Sampler(wgpu::SamplerBindingType::Filtering);
/// What filters comparisons of depth.
pub(super) const COMPARISON: BindingType = BindingType::Sampler(wgpu::SamplerBindingType::Comparison);

const fn texture(sample_type: TextureSampleType, multisampled: bool) -> BindingType {
    BindingType::Texture { sample_type, view_dimension: wgpu::TextureViewDimension::D2, multisampled }
}

/// A buffer that holds one `T`; of many, with a dynamic offset.
pub(super) const fn uniform<T>(has_dynamic_offset: bool) -> BindingType {
    BindingType::Buffer {
        ty: wgpu::BufferBindingType::Uniform,
        has_dynamic_offset,
        min_binding_size: wgpu::BufferSize::new(size_of::<T>() as u64),
    }
}

/// What fragments read.
pub(super) const fn entry(binding: u32, ty: BindingType) -> BindGroupLayoutEntry {
    entry_of(ShaderStages::FRAGMENT, binding, ty)
}

/// What these stages read.
pub(super) const fn entry_of(
    visibility: ShaderStages,
    binding: u32,
    ty: BindingType,
) -> BindGroupLayoutEntry {
    BindGroupLayoutEntry { binding, visibility, ty, count: None }
}
