//! Materials on the adapter: factors in a uniform buffer, five textures in a bind group.

use super::binding::{self, FILTERED, SAMPLER, entry};
use super::layers::{self, GpuLayers, LayerFeatures, layers_layout};
use super::layout::MaterialUniform;
use super::quality::Settings;
use super::texture::{Encoding, sampler, solid};
use super::textures;
use super::toon::{self, GpuToon, ToonFeatures, toon_layout};
use super::{Gpu, weighted};
use crate::avatar::{AlphaMode, Avatar, Material, Surface, TextureRef};
use crate::frame::MaterialOverride;
use std::collections::BTreeSet;

/// Which kind of pipeline a material needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Features {
    /// In the order of [`references`].
    pub(super) maps: [bool; 5],
    /// Shaded or not.
    pub(super) is_unlit: bool,
    /// Both sides are drawn.
    pub(super) is_double_sided: bool,
    /// What alpha does.
    pub(super) alpha: Alpha,
    /// So smooth that it shows its surroundings.
    pub(super) is_smooth: bool,
    /// What it is the surface of.
    pub(super) surface: Surface,
    /// The second set of texture coordinates tells where on that surface a vertex is.
    pub(super) has_relief: bool,
    /// Drawn as a cartoon.
    pub(super) toon: Option<ToonFeatures>,
    /// What extensions add to it.
    pub(super) layers: Option<LayerFeatures>,
}

/// Surfaces below this perceptual roughness show their surroundings.
const SMOOTH: f32 = 0.35;

impl Features {
    /// Whether it shows its surroundings in every tier.
    pub(super) fn is_mirror(&self) -> bool {
        let is_lit = !self.is_unlit && self.toon.is_none();
        is_lit && (self.is_smooth || self.surface == Surface::Eye)
    }
}

/// [`AlphaMode`] without its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Alpha {
    Opaque,
    Mask,
    Blend,
}

/// The layouts of bind groups 1 to 3.
#[derive(Debug, Clone)]
pub(super) struct MaterialLayouts {
    /// Group 1: one material's factors, by dynamic offset.
    pub(super) factors: wgpu::BindGroupLayout,
    /// Group 2: its textures.
    pub(super) textures: wgpu::BindGroupLayout,
    /// Group 3: what a toon adds.
    pub(super) toon: wgpu::BindGroupLayout,
    /// Group 3: what layers add.
    pub(super) layers: wgpu::BindGroupLayout,
    /// Group 3: what is known of what is blended in any order, first of where it is, then of how opaque.
    pub(super) weighted: [wgpu::BindGroupLayout; 2],
    /// One white texel.
    pub(super) white: wgpu::TextureView,
}

impl MaterialLayouts {
    /// Made once for a device.
    pub(super) fn new(gpu: &Gpu) -> Self {
        let device = gpu.device();
        let factors = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("MaterialLayouts::factors"),
            entries: &[entry(0, binding::uniform::<MaterialUniform>(true))],
        });
        let entries: Vec<_> =
            (0..5).flat_map(|n| [entry(n * 2, FILTERED), entry(n * 2 + 1, SAMPLER)]).collect();
        let textures = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("MaterialLayouts::textures"),
            entries: &entries,
        });
        let white = solid(gpu, [255; 4]);
        Self {
            factors,
            textures,
            toon: toon_layout(device),
            layers: layers_layout(device),
            weighted: weighted::layouts(device),
            white,
        }
    }
}

/// All materials of one avatar, glTF's default one last.
#[derive(Debug)]
pub(super) struct GpuMaterials {
    /// What each needs.
    pub(super) features: Vec<Features>,
    /// Group 2 of each.
    pub(super) textures: Vec<wgpu::BindGroup>,
    /// The factors of each, without overrides.
    pub(super) uniforms: Vec<MaterialUniform>,
    /// What toons add.
    pub(super) toons: Vec<Option<GpuToon>>,
    /// What layers add.
    pub(super) layers: Vec<Option<GpuLayers>>,
    /// How each lays its textures, in the order of [`references`].
    layouts: Vec<[Layout; 5]>,
    /// Which have no emission whatever they say.
    is_dark: Vec<bool>,
}

/// Offset, rotation and scale of a texture (`KHR_texture_transform`).
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    offset: [f32; 2],
    rotation: f32,
    scale: [f32; 2],
}

impl Layout {
    /// Of a texture, or of none.
    pub(super) fn of(reference: Option<&TextureRef>) -> Self {
        match reference {
            Some(r) => Self { offset: r.offset, rotation: r.rotation, scale: r.scale },
            None => Self { offset: [0.0; 2], rotation: 0.0, scale: [1.0; 2] },
        }
    }

    /// The two rows that map UV: translation after rotation after scale.
    pub(super) fn rows(self) -> [[f32; 4]; 2] {
        let (sin, cos) = (libm::sinf(self.rotation), libm::cosf(self.rotation));
        let ([x, y], [width, height]) = (self.offset, self.scale);
        [[cos * width, sin * height, x, 0.0], [-sin * width, cos * height, y, 0.0]]
    }

    /// As an expression moves it.
    pub(super) fn overridden(self, change: &MaterialOverride) -> Self {
        let mix = |own: [f32; 2], added: [f32; 2]| {
            [own[0] * change.uv_keep + added[0], own[1] * change.uv_keep + added[1]]
        };
        Self {
            offset: mix(self.offset, change.uv_offset),
            rotation: self.rotation,
            scale: mix(self.scale, change.uv_scale),
        }
    }
}

/// The five textures of a material in the shader's order.
fn references(material: &Material) -> [Option<&TextureRef>; 5] {
    [
        material.base_color_texture.as_ref(),
        material.metallic_roughness_texture.as_ref(),
        material.normal_texture.as_ref(),
        material.occlusion_texture.as_ref(),
        material.emissive_texture.as_ref(),
    ]
}

/// Where the normal map stands among [`references`].
const NORMAL: usize = 2;

/// How each of [`references`] is read.
fn encodings(material: &Material) -> [Encoding; 5] {
    let base = match material.alpha_mode {
        AlphaMode::Mask { cutoff } => {
            // Of the texture alone, without the factor.
            let [.., alpha] = material.base_color;
            Encoding::Holed((cutoff / alpha.max(1e-3) * 255.0).ceil().clamp(1.0, 255.0) as u8)
        }
        AlphaMode::Opaque | AlphaMode::Blend => Encoding::Srgb,
    };
    [base, Encoding::Linear, Encoding::Normals, Encoding::Linear, Encoding::Srgb]
}

impl GpuMaterials {
    /// Uploads each picture once for each way it is read.
    pub(super) fn upload(gpu: &Gpu, settings: &Settings, layouts: &MaterialLayouts, avatar: &Avatar) -> Self {
        let fallback = Material::default();
        let all: Vec<&Material> = avatar.materials.iter().chain([&fallback]).collect();
        let layered: Vec<_> = all.iter().map(|m| layers::references(m, avatar.images.len())).collect();
        let used = all.iter().flat_map(|material| {
            let toon =
                material.toon.iter().flat_map(|t| toon::references(t).into_iter().zip(toon::ENCODINGS));
            references(material).into_iter().zip(encodings(material)).chain(toon)
        });
        let of_layers = layered.iter().flatten().map(|(reference, encoding)| (reference.image, *encoding));
        let used: BTreeSet<(usize, Encoding)> = used
            .filter_map(|(reference, encoding)| Some((reference?.image, encoding)))
            .chain(of_layers)
            .collect();
        let views = textures::upload(gpu, settings, avatar, &used);
        let bound = |(reference, encoding): (Option<&TextureRef>, Encoding)| {
            let view = reference.and_then(|r| views.get(&(r.image, encoding))).unwrap_or(&layouts.white);
            let wanted = reference.map(|r| r.sampler).unwrap_or_default();
            (view.clone(), sampler(gpu, wanted, settings.anisotropy, settings.is_trilinear))
        };
        let textures = all
            .iter()
            .map(|material| {
                let bound: Vec<_> =
                    references(material).into_iter().zip(encodings(material)).map(bound).collect();
                let resources = bound.iter().flat_map(|(view, sampler)| {
                    [wgpu::BindingResource::TextureView(view), wgpu::BindingResource::Sampler(sampler)]
                });
                let entries: Vec<_> = (0..)
                    .zip(resources)
                    .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource })
                    .collect();
                gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                    label: Some(&material.name),
                    layout: &layouts.textures,
                    entries: &entries,
                })
            })
            .collect();
        let toons = all
            .iter()
            .enumerate()
            .map(|(index, material)| {
                let toon = material.toon.as_ref()?;
                let textures = toon::references(toon).into_iter().zip(toon::ENCODINGS).map(bound).collect();
                Some(GpuToon::new(index, material, toon, textures))
            })
            .collect();
        let layers = all
            .iter()
            .enumerate()
            .zip(layered)
            .map(|((index, material), maps)| {
                LayerFeatures::of(material, avatar)?;
                let textures = maps.iter().map(|(map, encoding)| bound((Some(map), *encoding))).collect();
                Some(GpuLayers::new(index, material, maps, textures, bound((None, Encoding::Linear))))
            })
            .collect();
        Self {
            features: all.iter().enumerate().map(|(n, m)| features(m, n, avatar)).collect(),
            textures,
            toons,
            layers,
            uniforms: all.iter().map(|m| uniform(m)).collect(),
            layouts: all.iter().map(|m| references(m).map(Layout::of)).collect(),
            is_dark: all.iter().map(|m| is_dark(m)).collect(),
        }
    }

    /// The factors with an actor's overrides, its mouth as open as it is, 0..=1, in place of what `all` held.
    pub(super) fn overridden(
        &self,
        overrides: &[MaterialOverride],
        mouth_open: f32,
        all: &mut Vec<MaterialUniform>,
    ) {
        all.clone_from(&self.uniforms);
        for (uniform, features) in all.iter_mut().zip(&self.features) {
            if features.surface == Surface::Mouth {
                uniform.detail = [mouth_open, 0.0];
            }
        }
        for change in overrides {
            if let Some(uniform) = all.get_mut(change.material) {
                uniform.base_color = change.base_color;
                uniform.emissive = self.emissive(change);
                let layouts = self.layouts.get(change.material).into_iter().flatten();
                for (rows, layout) in uniform.uv_rows.chunks_exact_mut(2).zip(layouts) {
                    rows.copy_from_slice(&layout.overridden(change).rows());
                }
            }
        }
    }

    /// An unlit material that is no toon has no emission (`KHR_materials_unlit`).
    fn emissive(&self, change: &MaterialOverride) -> [f32; 4] {
        let is_dark = self.is_dark.get(change.material) == Some(&true);
        let [r, g, b] = if is_dark { [0.0; 3] } else { change.emissive };
        [r, g, b, 0.0]
    }
}

fn is_dark(material: &Material) -> bool {
    material.is_unlit && material.toon.is_none()
}

fn features(material: &Material, index: usize, avatar: &Avatar) -> Features {
    let has_relief = has_relief(material, index, avatar);
    let mut maps = references(material).map(|r| r.is_some_and(|r| r.image < avatar.images.len()));
    // The tangents of eyes say how they stand.
    maps[NORMAL] &= !(has_relief && material.surface == Surface::Eye);
    Features {
        maps,
        is_unlit: material.is_unlit && material.toon.is_none(),
        toon: material.toon.as_ref().map(|toon| ToonFeatures::of(toon, avatar)),
        layers: LayerFeatures::of(material, avatar),
        is_double_sided: material.is_double_sided,
        alpha: match material.alpha_mode {
            AlphaMode::Opaque => Alpha::Opaque,
            AlphaMode::Mask { .. } => Alpha::Mask,
            AlphaMode::Blend => Alpha::Blend,
        },
        is_smooth: material.roughness < SMOOTH,
        surface: material.surface,
        has_relief,
    }
}

/// Its vertices say where on an eye, in a mouth or at a lid they are, and no texture needs the place where that is handed on.
fn has_relief(material: &Material, index: usize, avatar: &Avatar) -> bool {
    let mut primitives = avatar.meshes.iter().flat_map(|mesh| &mesh.primitives);
    material.surface != Surface::Plain
        && references(material).into_iter().flatten().all(|reference| reference.uv_set == 0)
        && !layers::has_second_set(material)
        && primitives.any(|p| p.material == Some(index) && !p.relief.is_empty())
}

/// `dielectric_f0` and `dielectric_f90` of `KHR_materials_specular`.
fn specular(material: &Material) -> [f32; 4] {
    let ratio = (material.ior - 1.0) / (material.ior + 1.0).max(1e-3);
    let [r, g, b] = material.specular_color.map(|c| (ratio * ratio * c).min(1.0) * material.specular);
    [r, g, b, material.specular]
}

fn uniform(material: &Material) -> MaterialUniform {
    let mut uv_rows = [[0.0; 4]; 10];
    let mut uv_sets = 0;
    for (n, reference) in references(material).into_iter().enumerate() {
        if let Some(rows) = uv_rows.get_mut(n * 2..n * 2 + 2) {
            rows.copy_from_slice(&Layout::of(reference).rows());
        }
        uv_sets |= u32::from(reference.is_some_and(|r| r.uv_set == 1)) << n;
    }
    let cutoff = match material.alpha_mode {
        AlphaMode::Mask { cutoff } => cutoff,
        // Where a blended surface throws its shadow.
        AlphaMode::Blend | AlphaMode::Opaque => 0.5,
    };
    let [r, g, b] = if is_dark(material) { [0.0; 3] } else { material.emissive };
    MaterialUniform {
        base_color: material.base_color,
        emissive: [r, g, b, 0.0],
        specular: specular(material),
        metallic: material.metallic,
        roughness: material.roughness,
        normal_scale: material.normal_scale,
        occlusion_strength: material.occlusion_strength,
        alpha_cutoff: cutoff,
        uv_sets,
        detail: material.eye.unwrap_or_default().lids,
        scatter: {
            let [r, g, b] = material.scatter;
            [r, g, b, 0.0]
        },
        eye_steps: material.eye.unwrap_or_default().uv_steps,
        uv_rows,
    }
}
