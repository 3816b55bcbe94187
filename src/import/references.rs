//! Textures as materials refer to them: sampler, set of coordinates, transform.
//!
//! Until [`settle`], a reference's image and set are the document's numbers.

use super::context::{Context, Notes, label};
use super::extensions::khr_materials_pbr_specular_glossiness::Pending;
use super::extensions::{ext_texture_webp, khr_texture_basisu, khr_texture_transform};
use super::fields::Fields;
use crate::avatar::{Filter, Material, Sampler, TextureRef, Wrap};
use gltf::json;
use gltf::json::texture::{MagFilter, MinFilter, WrappingMode};
use gltf::json::validation::Checked;
use std::collections::BTreeMap;

/// Makes the texture references of one material.
pub(super) struct Refer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) notes: &'a mut Notes,
    /// Set where the material's pictures are to be converted once they are decoded.
    pub(super) glossy: Option<Pending>,
}

impl<'a> Refer<'a> {
    pub(super) fn new(context: &'a Context<'a>, notes: &'a mut Notes) -> Self {
        Self { context, notes, glossy: None }
    }

    /// The texture under `key` of `fields`, a texture info with or without a transform.
    pub(super) fn named(&mut self, fields: Fields<'_>, key: &str) -> Option<TextureRef> {
        let info = fields.object(key)?;
        let Some(index) = info.index("index") else {
            self.notes.add(format!("its {key} names no texture and was left out"));
            return None;
        };
        let transform = info.object("extensions").and_then(|e| e.object(khr_texture_transform::NAME));
        self.texture(index, info.index("texCoord").unwrap_or(0), transform)
    }

    /// Texture `index` of the document with the coordinates of `set`.
    pub(super) fn texture(
        &mut self,
        index: usize,
        set: usize,
        transform: Option<Fields<'_>>,
    ) -> Option<TextureRef> {
        if !self.context.options.decode_textures {
            return None;
        }
        let Some(texture) = self.context.root.textures.get(index) else {
            self.notes.add(format!("its texture {index} does not exist"));
            return None;
        };
        let Some(image) = image_of(texture).filter(|i| *i < self.context.root.images.len()) else {
            self.notes.add(format!("its texture {index} has no image that can be read and was left out"));
            return None;
        };
        let placed = khr_texture_transform::read(transform);
        let set = placed.set.unwrap_or(set);
        let Ok(uv_set) = u8::try_from(set) else {
            self.notes.add(format!("its texture {index} uses texture coordinates {set} and was left out"));
            return None;
        };
        let sampler = texture.sampler.and_then(|s| self.context.root.samplers.get(s.value()));
        Some(TextureRef {
            image,
            sampler: sampler.map_or_else(Sampler::default, convert_sampler),
            uv_set,
            offset: placed.offset,
            rotation: placed.rotation,
            scale: placed.scale,
        })
    }
}

/// The document's image that a texture shows: an extension's before the plain one, which then is for other programs.
fn image_of(texture: &json::Texture) -> Option<usize> {
    let others = texture.extensions.as_ref().map(|e| &e.others);
    [khr_texture_basisu::NAME, ext_texture_webp::NAME]
        .iter()
        .find_map(|name| Fields::extension(others, name)?.index("source"))
        .or_else(|| Some(texture.source.value()))
}

fn convert_sampler(json: &json::texture::Sampler) -> Sampler {
    let wrap = |mode| match mode {
        Checked::Valid(WrappingMode::ClampToEdge) => Wrap::Clamp,
        Checked::Valid(WrappingMode::MirroredRepeat) => Wrap::Mirror,
        Checked::Valid(WrappingMode::Repeat) | Checked::Invalid => Wrap::Repeat,
    };
    Sampler {
        mag: match json.mag_filter {
            Some(Checked::Valid(MagFilter::Nearest)) => Filter::Nearest,
            _ => Filter::Linear,
        },
        min: match json.min_filter {
            Some(Checked::Valid(MinFilter::Nearest | MinFilter::NearestMipmapNearest)) => Filter::Nearest,
            _ => Filter::Linear,
        },
        wrap_u: wrap(json.wrap_s),
        wrap_v: wrap(json.wrap_t),
    }
}

/// Calls `keep` with every texture reference of `material`; those it answers with false are removed.
pub(super) fn each(material: &mut Material, keep: &mut dyn FnMut(&mut TextureRef) -> bool) {
    let Material { clearcoat, sheen, transmission, volume, iridescence, anisotropy, toon, .. } = material;
    let mut slots = vec![
        &mut material.base_color_texture,
        &mut material.metallic_roughness_texture,
        &mut material.normal_texture,
        &mut material.occlusion_texture,
        &mut material.emissive_texture,
        &mut material.specular_texture,
        &mut material.specular_color_texture,
    ];
    slots.extend(
        clearcoat.iter_mut().flat_map(|c| [&mut c.texture, &mut c.roughness_texture, &mut c.normal_texture]),
    );
    slots.extend(sheen.iter_mut().flat_map(|s| [&mut s.color_texture, &mut s.roughness_texture]));
    slots.extend(transmission.iter_mut().map(|t| &mut t.texture));
    slots.extend(volume.iter_mut().map(|v| &mut v.thickness_texture));
    slots.extend(iridescence.iter_mut().flat_map(|i| [&mut i.texture, &mut i.thickness_texture]));
    slots.extend(anisotropy.iter_mut().map(|a| &mut a.texture));
    if let Some(toon) = toon {
        slots.extend([
            &mut toon.shade_texture,
            &mut toon.matcap_texture,
            &mut toon.rim_texture,
            &mut toon.outline.width_texture,
            &mut toon.uv_animation.mask_texture,
        ]);
        let shift = &mut toon.shading_shift_texture;
        if shift.as_mut().is_some_and(|(texture, _)| !keep(texture)) {
            *shift = None;
        }
    }
    for slot in slots {
        if slot.as_mut().is_some_and(|texture| !keep(texture)) {
            *slot = None;
        }
    }
}

/// Which of the document's images the materials refer to.
pub(super) fn used_images(materials: &mut [Material], images: usize) -> Vec<bool> {
    let mut used = vec![false; images];
    for material in materials {
        each(material, &mut |texture| used.get_mut(texture.image).map(|slot| *slot = true).is_some());
    }
    used
}

/// The two sets of texture coordinates that most textures use, in order; references are renumbered to 0 and 1.
pub(super) fn choose_sets(context: &Context<'_>, materials: &mut [Material], notes: &mut Notes) -> [u32; 2] {
    let mut uses: BTreeMap<u8, usize> = BTreeMap::new();
    for material in &mut *materials {
        each(material, &mut |texture| {
            *uses.entry(texture.uv_set).or_default() += 1;
            true
        });
    }
    if uses.keys().all(|set| *set < 2) {
        return [0, 1];
    }
    let mut sets: Vec<(usize, u8)> = uses.into_iter().map(|(set, count)| (count, set)).collect();
    sets.sort_by_key(|(count, set)| (std::cmp::Reverse(*count), *set));
    let mut chosen: Vec<u8> = sets.iter().take(2).map(|(_, set)| *set).collect();
    chosen.sort_unstable();
    for (index, material) in materials.iter_mut().enumerate() {
        let name = context.root.materials.get(index).and_then(|m| m.name.as_deref());
        each(material, &mut |texture| match chosen.iter().position(|set| *set == texture.uv_set) {
            Some(place) => {
                texture.uv_set = place as u8;
                true
            }
            None => {
                notes.add(format!(
                    "{}: a texture with texture coordinates {} was left out: two sets are read, and others are used more",
                    label("material", name, index),
                    texture.uv_set
                ));
                false
            }
        });
    }
    let set = |place: usize, instead: u32| chosen.get(place).map_or(instead, |set| u32::from(*set));
    let first = set(0, 0);
    [first, set(1, if first == 1 { 0 } else { 1 })]
}

/// Gives references the images' final places; those to images that could not be decoded (noted already) are removed.
pub(super) fn settle(materials: &mut [Material], place: &[Option<usize>]) {
    for material in materials {
        each(material, &mut |texture| match place.get(texture.image).copied().flatten() {
            Some(image) => {
                texture.image = image;
                true
            }
            None => false,
        });
    }
}
