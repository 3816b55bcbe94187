//! What `KHR_materials_*` extensions add to materials, on the adapter: bind group 3, which only draws of materials with layers
//! have. It never reads pictures; they come uploaded.

use super::Gpu;
use super::binding::{FILTERED, SAMPLER, entry, uniform};
use super::layout::LayerUniform;
use super::material::Layout;
use super::texture::Encoding;
use crate::avatar::{Avatar, Material, TextureRef, Volume};
use crate::frame::MaterialOverride;

/// Textures that a material's layers may have, beside the material's own five.
const SLOTS: usize = 6;

/// What a texture of a layer is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// Linear numbers.
    Numbers,
    /// sRGB-encoded colours.
    Colors,
    /// Alpha alone, which is the same in both.
    Alpha,
}

/// Textures of layers in the order in which they get slots: what is seen most comes first.
struct Map {
    /// The shader's override that says its slot.
    constant: &'static str,
    /// The extension's name for it.
    name: &'static str,
    reading: Reading,
    of: fn(&Material) -> Option<&TextureRef>,
}

const MAPS: [Map; 12] = [
    map("transmission_slot", "transmissionTexture", Reading::Numbers, |m| {
        m.transmission.as_ref()?.texture.as_ref()
    }),
    map("specular_color_slot", "specularColorTexture", Reading::Colors, |m| {
        m.specular_color_texture.as_ref()
    }),
    map("specular_slot", "specularTexture", Reading::Alpha, |m| m.specular_texture.as_ref()),
    map("clearcoat_slot", "clearcoatTexture", Reading::Numbers, |m| m.clearcoat.as_ref()?.texture.as_ref()),
    map("clearcoat_roughness_slot", "clearcoatRoughnessTexture", Reading::Numbers, |m| {
        m.clearcoat.as_ref()?.roughness_texture.as_ref()
    }),
    map("clearcoat_normal_slot", "clearcoatNormalTexture", Reading::Numbers, |m| {
        m.clearcoat.as_ref()?.normal_texture.as_ref()
    }),
    map("sheen_color_slot", "sheenColorTexture", Reading::Colors, |m| {
        m.sheen.as_ref()?.color_texture.as_ref()
    }),
    map("sheen_roughness_slot", "sheenRoughnessTexture", Reading::Alpha, |m| {
        m.sheen.as_ref()?.roughness_texture.as_ref()
    }),
    map("anisotropy_slot", "anisotropyTexture", Reading::Numbers, |m| {
        m.anisotropy.as_ref()?.texture.as_ref()
    }),
    map("iridescence_slot", "iridescenceTexture", Reading::Numbers, |m| {
        m.iridescence.as_ref()?.texture.as_ref()
    }),
    map("iridescence_thickness_slot", "iridescenceThicknessTexture", Reading::Numbers, |m| {
        m.iridescence.as_ref()?.thickness_texture.as_ref()
    }),
    map("thickness_slot", "thicknessTexture", Reading::Numbers, |m| {
        m.volume.as_ref()?.thickness_texture.as_ref()
    }),
];

const fn map(
    constant: &'static str,
    name: &'static str,
    reading: Reading,
    of: fn(&Material) -> Option<&TextureRef>,
) -> Map {
    Map { constant, name, reading, of }
}

/// Whether a texture of a layer is laid by the second set of texture coordinates.
pub(super) fn has_second_set(material: &Material) -> bool {
    MAPS.iter().filter_map(|map| (map.of)(material)).any(|reference| reference.uv_set == 1)
}

/// Which slot each of [`MAPS`] has, -1 for none.
type Places = [i8; MAPS.len()];

/// The slots of a material's layers.
#[derive(Debug, Clone, Default)]
struct Slots {
    all: Vec<(TextureRef, Encoding)>,
    places: Places,
    lost: Vec<&'static str>,
}

impl Slots {
    /// Of a material whose layers are `worn`; one texture that is read twice has one slot.
    fn of(worn: &Material, images: usize) -> Self {
        let mut out = Self { places: [-1; MAPS.len()], ..Self::default() };
        for (map, place) in MAPS.iter().zip(&mut out.places) {
            let Some(wanted) = (map.of)(worn).filter(|r| r.image < images) else { continue };
            let fits = |encoding: &Encoding| match map.reading {
                Reading::Numbers => *encoding == Encoding::Linear,
                Reading::Colors => *encoding == Encoding::Srgb,
                Reading::Alpha => true,
            };
            let known = out.all.iter().position(|(held, encoding)| held == wanted && fits(encoding));
            let slot = known.unwrap_or(out.all.len());
            if slot >= SLOTS {
                out.lost.push(map.name);
                continue;
            }
            if known.is_none() {
                let is_color = map.reading == Reading::Colors;
                out.all.push((*wanted, if is_color { Encoding::Srgb } else { Encoding::Linear }));
            }
            *place = slot as i8;
        }
        out
    }
}

/// The material with those of its layers alone that show.
fn worn(material: &Material) -> Material {
    if material.is_unlit || material.toon.is_some() {
        return Material::default();
    }
    let mut worn = material.clone();
    worn.clearcoat = worn.clearcoat.filter(|c| c.strength > 0.0);
    worn.sheen = worn.sheen.filter(|s| s.color.iter().any(|c| *c > 0.0));
    worn.iridescence = worn.iridescence.filter(|i| i.strength > 0.0);
    worn.anisotropy = worn.anisotropy.filter(|a| a.strength > 0.0);
    worn.transmission = worn.transmission.filter(|t| t.strength > 0.0);
    worn.volume = worn.volume.filter(|v| v.thickness > 0.0 && worn.transmission.is_some());
    if worn.volume.is_none() {
        worn.dispersion = 0.0;
    }
    worn
}

/// What the layers of a material ask of its pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct LayerFeatures {
    has_clearcoat: bool,
    has_sheen: bool,
    has_iridescence: bool,
    has_anisotropy: bool,
    has_specular: bool,
    has_dispersion: bool,
    /// Light comes through it, so that it is drawn after what is behind it.
    pub(super) has_transmission: bool,
    /// So much of it that its shadow would be wrong.
    pub(super) is_clear: bool,
    places: Places,
}

impl LayerFeatures {
    /// Of a material of `avatar`; `None` where nothing is added that shows.
    pub(super) fn of(material: &Material, avatar: &Avatar) -> Option<Self> {
        let worn = worn(material);
        let slots = Slots::of(&worn, avatar.images.len());
        let has = |reads: fn(&Material) -> Option<&TextureRef>| {
            reads(&worn).is_some_and(|r| r.image < avatar.images.len())
        };
        let features = Self {
            has_clearcoat: worn.clearcoat.is_some(),
            has_sheen: worn.sheen.is_some(),
            has_iridescence: worn.iridescence.is_some(),
            has_anisotropy: worn.anisotropy.is_some(),
            has_specular: has(|m| m.specular_texture.as_ref()) || has(|m| m.specular_color_texture.as_ref()),
            has_dispersion: worn.dispersion > 0.0,
            has_transmission: worn.transmission.is_some(),
            is_clear: worn.transmission.as_ref().is_some_and(|t| t.strength >= 0.5),
            places: slots.places,
        };
        let Self { has_clearcoat, has_sheen, has_iridescence, .. } = features;
        let shows = has_clearcoat || has_sheen || has_iridescence || features.has_anisotropy;
        (shows || features.has_specular || features.has_transmission).then_some(features)
    }

    /// The overrides of the shader.
    pub(super) fn constants(&self) -> impl Iterator<Item = (&'static str, f64)> {
        let flags = [
            ("has_clearcoat", self.has_clearcoat),
            ("has_sheen", self.has_sheen),
            ("has_iridescence", self.has_iridescence),
            ("is_stretched", self.has_anisotropy),
            ("has_specular", self.has_specular),
            ("has_transmission", self.has_transmission),
            ("has_dispersion", self.has_dispersion),
        ];
        let flags = flags.into_iter().map(|(name, is_on)| (name, f64::from(u8::from(is_on))));
        flags.chain(MAPS.iter().zip(self.places).map(|(map, place)| (map.constant, f64::from(place))))
    }
}

/// Textures that materials of `avatar` have more of than fit into a draw: the material's name and the textures'.
pub(crate) fn lost_maps(avatar: &Avatar) -> impl Iterator<Item = (&str, Vec<&'static str>)> {
    let lost = |material: &Material| Slots::of(&worn(material), avatar.images.len()).lost;
    avatar.materials.iter().map(move |m| (m.name.as_str(), lost(m))).filter(|(_, lost)| !lost.is_empty())
}

/// The textures of a material's layers and how they are read.
pub(super) fn references(material: &Material, images: usize) -> Vec<(TextureRef, Encoding)> {
    Slots::of(&worn(material), images).all
}

/// The layout of bind group 3.
pub(super) fn layers_layout(device: &wgpu::Device) -> wgpu::BindGroupLayout {
    // The last pair is what was drawn behind.
    let pairs = (0..SLOTS as u32 + 1).flat_map(|n| [entry(n * 2 + 1, FILTERED), entry(n * 2 + 2, SAMPLER)]);
    let entries: Vec<_> = std::iter::once(entry(0, uniform::<LayerUniform>(false))).chain(pairs).collect();
    device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
        label: Some("layers_layout"),
        entries: &entries,
    })
}

/// One material with layers of an uploaded avatar.
#[derive(Debug)]
pub(super) struct GpuLayers {
    worn: Material,
    maps: Vec<(TextureRef, Encoding)>,
    textures: Vec<(wgpu::TextureView, wgpu::Sampler)>,
    unchanged: MaterialOverride,
}

impl GpuLayers {
    /// Of `material`, number `index`, whose layers have `textures` in the order of [`references`]; `spare` fills the other
    /// slots.
    pub(super) fn new(
        index: usize,
        material: &Material,
        maps: Vec<(TextureRef, Encoding)>,
        mut textures: Vec<(wgpu::TextureView, wgpu::Sampler)>,
        spare: (wgpu::TextureView, wgpu::Sampler),
    ) -> Self {
        textures.resize(SLOTS, spare);
        Self { worn: worn(material), maps, textures, unchanged: MaterialOverride::unchanged(index, material) }
    }

    /// The factors as `changes` have them, for a mesh whose units are `scale` metres.
    fn uniform(&self, changes: &[MaterialOverride], scale: f32) -> LayerUniform {
        let own = &self.unchanged;
        let change = changes.iter().rev().find(|c| c.material == own.material).unwrap_or(own);
        let mut uniform = factors(&self.worn, scale);
        let maps = self.maps.iter().map(|(reference, _)| reference);
        for ((n, reference), rows) in maps.enumerate().zip(uniform.uv_rows.chunks_exact_mut(2)) {
            rows.copy_from_slice(&Layout::of(Some(reference)).overridden(change).rows());
            uniform.uv_sets |= u32::from(reference.uv_set == 1) << n;
        }
        uniform
    }
}

/// What one metre of a body takes from light, natural logarithm (`KHR_materials_volume`, "Attenuation").
fn absorption(volume: &Volume) -> [f32; 4] {
    let [r, g, b] = volume
        .attenuation_color
        .map(|c| if c >= 1.0 { 0.0 } else { -libm::logf(c.max(1e-6)) / volume.attenuation_distance });
    [r, g, b, 0.0]
}

fn factors(material: &Material, scale: f32) -> LayerUniform {
    let clearcoat = material.clearcoat.clone().unwrap_or_default();
    let sheen = material.sheen.clone().unwrap_or_default();
    let anisotropy = material.anisotropy.clone().unwrap_or_default();
    let film = material.iridescence.as_ref();
    let volume = material.volume.as_ref();
    let [r, g, b] = sheen.color;
    let ratio = (material.ior - 1.0) / (material.ior + 1.0).max(1e-3);
    let [sr, sg, sb] = material.specular_color.map(|c| ratio * ratio * c);
    LayerUniform {
        absorption: volume.map_or([0.0; 4], absorption),
        sheen_color: [r, g, b, 0.0],
        specular: [sr, sg, sb, material.specular],
        sheen_roughness: sheen.roughness,
        clearcoat: clearcoat.strength,
        clearcoat_roughness: clearcoat.roughness,
        clearcoat_normal_scale: clearcoat.normal_scale,
        iridescence: film.map_or(0.0, |f| f.strength),
        iridescence_ior: film.map_or(1.0, |f| f.ior),
        iridescence_thinnest: film.map_or(0.0, |f| f.thickness_min_nm),
        iridescence_thickest: film.map_or(0.0, |f| f.thickness_max_nm),
        anisotropy: anisotropy.strength,
        anisotropy_cos: libm::cosf(anisotropy.rotation),
        anisotropy_sin: libm::sinf(anisotropy.rotation),
        transmission: material.transmission.as_ref().map_or(0.0, |t| t.strength),
        thickness: volume.map_or(0.0, |v| v.thickness * scale),
        // Zero stands for infinity, and light that goes through at all does not turn then.
        ior: if material.ior < 1.0 { 1.0 } else { material.ior },
        dispersion: material.dispersion,
        uv_sets: 0,
        uv_rows: [[0.0; 4]; SLOTS * 2],
    }
}

/// Bind groups 3 of one actor.
#[derive(Debug)]
pub(super) struct LayerFactors {
    all: Vec<Option<(wgpu::Buffer, wgpu::BindGroup)>>,
    behind: wgpu::TextureView,
    sampler: wgpu::Sampler,
}

impl LayerFactors {
    /// For the materials of a model. Until [`LayerFactors::see`], `behind` is behind all.
    pub(super) fn new(
        gpu: &Gpu,
        layout: &wgpu::BindGroupLayout,
        layers: &[Option<GpuLayers>],
        behind: &wgpu::TextureView,
    ) -> Self {
        let sampler = gpu.device().create_sampler(&wgpu::SamplerDescriptor {
            label: Some("LayerFactors::sampler"),
            mag_filter: wgpu::FilterMode::Linear,
            min_filter: wgpu::FilterMode::Linear,
            mipmap_filter: wgpu::MipmapFilterMode::Linear,
            ..Default::default()
        });
        let one = |layers: &GpuLayers| {
            let buffer = gpu.device().create_buffer(&wgpu::BufferDescriptor {
                label: Some("LayerFactors::buffer"),
                size: size_of::<LayerUniform>() as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            let group = group(gpu, layout, layers, &buffer, (behind, &sampler));
            (buffer, group)
        };
        let all = layers.iter().map(|layers| layers.as_ref().map(one)).collect();
        Self { all, behind: behind.clone(), sampler }
    }

    /// What was drawn behind transmissive materials is in `behind` from now on.
    pub(super) fn see(
        &mut self,
        gpu: &Gpu,
        layout: &wgpu::BindGroupLayout,
        layers: &[Option<GpuLayers>],
        behind: &wgpu::TextureView,
    ) {
        if self.behind == *behind {
            return;
        }
        self.behind = behind.clone();
        for (layers, held) in layers.iter().zip(&mut self.all) {
            if let (Some(layers), Some((buffer, held))) = (layers, held)
                && layers.worn.transmission.is_some()
            {
                *held = group(gpu, layout, layers, buffer, (behind, &self.sampler));
            }
        }
    }

    /// Writes what the frame says of them; `scale` gives the metres of a material's meshes' units.
    pub(super) fn update(
        &self,
        gpu: &Gpu,
        layers: &[Option<GpuLayers>],
        changes: &[MaterialOverride],
        scale: impl Fn(usize) -> f32,
    ) {
        for (layers, held) in layers.iter().zip(&self.all) {
            if let (Some(layers), Some((buffer, _))) = (layers, held) {
                let uniform = layers.uniform(changes, scale(layers.unchanged.material));
                gpu.queue().write_buffer(buffer, 0, bytemuck::bytes_of(&uniform));
            }
        }
    }

    /// Of material `index`, where that has layers.
    pub(super) fn group(&self, index: usize) -> Option<&wgpu::BindGroup> {
        self.all.get(index)?.as_ref().map(|(_, group)| group)
    }
}

fn group(
    gpu: &Gpu,
    layout: &wgpu::BindGroupLayout,
    layers: &GpuLayers,
    buffer: &wgpu::Buffer,
    (behind, sampler): (&wgpu::TextureView, &wgpu::Sampler),
) -> wgpu::BindGroup {
    let mut entries = vec![wgpu::BindGroupEntry { binding: 0, resource: buffer.as_entire_binding() }];
    let own = layers.textures.iter().map(|(view, sampler)| (view, sampler));
    for (n, (view, sampler)) in (0u32..).zip(own.chain([(behind, sampler)])) {
        let view = wgpu::BindingResource::TextureView(view);
        entries.push(wgpu::BindGroupEntry { binding: n * 2 + 1, resource: view });
        let sampler = wgpu::BindingResource::Sampler(sampler);
        entries.push(wgpu::BindGroupEntry { binding: n * 2 + 2, resource: sampler });
    }
    gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
        label: Some("LayerFactors::group"),
        layout,
        entries: &entries,
    })
}
