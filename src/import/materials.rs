//! Materials: glTF 2.0 section 3.9, with emissive strength, index of refraction, specular, unlit and texture transform.

use super::context::{Context, Notes, label};
use super::textures::Textures;
use crate::avatar::{AlphaMode, Filter, Material, Sampler, TextureRef, Wrap};
use gltf::json;
use gltf::json::extensions::texture::TextureTransform;
use gltf::json::material::AlphaMode as JsonAlpha;
use gltf::json::texture::{MagFilter, MinFilter, WrappingMode};
use gltf::json::validation::Checked;

/// Which of the document's images its materials use.
pub(super) fn used_images(context: &Context<'_>) -> Vec<bool> {
    let mut used = vec![false; context.root.images.len()];
    for material in &context.root.materials {
        let pbr = &material.pbr_metallic_roughness;
        let textures = [
            pbr.base_color_texture.as_ref().map(|t| t.index),
            pbr.metallic_roughness_texture.as_ref().map(|t| t.index),
            material.normal_texture.as_ref().map(|t| t.index),
            material.occlusion_texture.as_ref().map(|t| t.index),
            material.emissive_texture.as_ref().map(|t| t.index),
        ];
        for texture in textures.into_iter().flatten() {
            let source = context.root.textures.get(texture.value()).map(|t| t.source.value());
            if let Some(slot) = source.and_then(|s| used.get_mut(s)) {
                *slot = true;
            }
        }
    }
    used
}

/// Material `index` of the document.
pub(super) fn material(
    context: &Context<'_>,
    index: usize,
    textures: &Textures,
    notes: &mut Notes,
) -> Material {
    let Some(json) = context.root.materials.get(index) else { return Material::default() };
    let mut own = Notes::default();
    let mut refer = Refer { context, textures, notes: &mut own };
    let pbr = &json.pbr_metallic_roughness;
    let extensions = json.extensions.as_ref();
    let specular = extensions.and_then(|e| e.specular.as_ref());
    let strength =
        extensions.and_then(|e| e.emissive_strength.as_ref()).map_or(1.0, |e| e.emissive_strength.0);
    let normal = json.normal_texture.as_ref();
    let occlusion = json.occlusion_texture.as_ref();
    let transform_in = |others: Option<&serde_json::Map<String, serde_json::Value>>| {
        let value = others?.get("KHR_texture_transform")?;
        serde_json::from_value::<TextureTransform>(value.clone()).ok()
    };
    let material = Material {
        name: json.name.clone().unwrap_or_default(),
        base_color: pbr.base_color_factor.0.map(|c| finite(c, 1.0, 0.0, 1.0)),
        base_color_texture: refer.info(pbr.base_color_texture.as_ref()),
        metallic: finite(pbr.metallic_factor.0, 1.0, 0.0, 1.0),
        roughness: finite(pbr.roughness_factor.0, 1.0, 0.0, 1.0),
        metallic_roughness_texture: refer.info(pbr.metallic_roughness_texture.as_ref()),
        normal_texture: normal.and_then(|t| {
            let transform = transform_in(t.extensions.as_ref().map(|e| &e.others));
            refer.texture(t.index.value(), t.tex_coord, transform.as_ref())
        }),
        normal_scale: normal.map_or(1.0, |t| finite(t.scale, 1.0, -100.0, 100.0)),
        occlusion_texture: occlusion.and_then(|t| {
            let transform = transform_in(t.extensions.as_ref().map(|e| &e.others));
            refer.texture(t.index.value(), t.tex_coord, transform.as_ref())
        }),
        occlusion_strength: occlusion.map_or(1.0, |t| finite(t.strength.0, 1.0, 0.0, 1.0)),
        emissive: json.emissive_factor.0.map(|c| finite(c * strength, 0.0, 0.0, 1e6)),
        emissive_texture: refer.info(json.emissive_texture.as_ref()),
        alpha_mode: alpha_mode(json),
        is_double_sided: json.double_sided,
        is_unlit: extensions.is_some_and(|e| e.unlit.is_some()),
        ior: extensions.and_then(|e| e.ior.as_ref()).map_or(1.5, |e| finite(e.ior.0, 1.5, 0.0, 100.0)),
        specular: specular.map_or(1.0, |s| finite(s.specular_factor.0, 1.0, 0.0, 1.0)),
        ..Material::default()
    };
    if specular.is_some_and(|s| s.specular_texture.is_some() || s.specular_color_texture.is_some()) {
        own.add("its specular textures are not understood and were left out");
    }
    notes.append(own.prefixed(&label("material", json.name.as_deref(), index)));
    material
}

fn finite(value: f32, instead: f32, low: f32, high: f32) -> f32 {
    if value.is_finite() { value.clamp(low, high) } else { instead }
}

fn alpha_mode(json: &json::Material) -> AlphaMode {
    match json.alpha_mode {
        Checked::Valid(JsonAlpha::Opaque) | Checked::Invalid => AlphaMode::Opaque,
        Checked::Valid(JsonAlpha::Mask) => {
            AlphaMode::Mask { cutoff: finite(json.alpha_cutoff.map_or(0.5, |c| c.0), 0.5, 0.0, 1.0) }
        }
        Checked::Valid(JsonAlpha::Blend) => AlphaMode::Blend,
    }
}

/// Makes texture references.
pub(super) struct Refer<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) textures: &'a Textures,
    pub(super) notes: &'a mut Notes,
}

impl Refer<'_> {
    fn info(&mut self, info: Option<&json::texture::Info>) -> Option<TextureRef> {
        let info = info?;
        let transform = info.extensions.as_ref().and_then(|e| e.texture_transform.as_ref());
        self.texture(info.index.value(), info.tex_coord, transform)
    }

    /// The document's texture `index`, by its set of coordinates.
    pub(super) fn texture(
        &mut self,
        index: usize,
        set: u32,
        transform: Option<&TextureTransform>,
    ) -> Option<TextureRef> {
        if !self.context.options.decode_textures {
            return None;
        }
        let Some(texture) = self.context.root.textures.get(index) else {
            self.notes.add(format!("its texture {index} does not exist"));
            return None;
        };
        let source = texture.source.value();
        if source >= self.context.root.images.len() {
            self.notes.add(format!("its texture {index} has no PNG or JPEG image and was left out"));
            return None;
        }
        // An image that could not be decoded was noted already.
        let image = self.textures.place.get(source).copied().flatten()?;
        let set = transform.and_then(|t| t.tex_coord).unwrap_or(set);
        if set > 1 {
            self.notes
                .add(format!("its texture {index} uses texture coordinates {set}, only 0 and 1 are read"));
        }
        let sampler = texture.sampler.and_then(|s| self.context.root.samplers.get(s.value()));
        Some(TextureRef {
            image,
            sampler: sampler.map_or_else(Sampler::default, convert_sampler),
            uv_set: if set == 1 { 1 } else { 0 },
            offset: transform.map_or([0.0; 2], |t| t.offset.0.map(|c| finite(c, 0.0, -1e6, 1e6))),
            rotation: transform.map_or(0.0, |t| finite(t.rotation.0, 0.0, -1e6, 1e6)),
            scale: transform.map_or([1.0; 2], |t| t.scale.0.map(|c| finite(c, 1.0, -1e6, 1e6))),
        })
    }
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
