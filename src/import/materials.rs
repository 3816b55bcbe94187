//! Materials: glTF 2.0 section 3.9, and what `KHR_materials_*` add (each in its own file).

use super::context::{Context, Notes, label};
use super::extensions::khr_materials_pbr_specular_glossiness::Pending;
use super::extensions::{
    khr_materials_anisotropy, khr_materials_clearcoat, khr_materials_dispersion,
    khr_materials_emissive_strength, khr_materials_ior, khr_materials_iridescence,
    khr_materials_pbr_specular_glossiness, khr_materials_sheen, khr_materials_specular,
    khr_materials_transmission, khr_materials_unlit, khr_materials_volume, khr_texture_transform,
};
use super::fields::{Fields, bounded};
use super::mtoon;
use super::references::{self, Refer};
use super::textures::Textures;
use crate::avatar::{AlphaMode, Material, TextureRef};
use gltf::json;
use gltf::json::material::AlphaMode as JsonAlpha;
use gltf::json::validation::Checked;
use serde_json::{Map, Value};

/// Fills in what an extension says.
type Read = fn(Fields<'_>, &mut Refer<'_>, &mut Material);

/// The extensions of a material and what reads them, in this order.
const READERS: &[(&str, Read)] = &[
    (khr_materials_pbr_specular_glossiness::NAME, khr_materials_pbr_specular_glossiness::read),
    (khr_materials_anisotropy::NAME, khr_materials_anisotropy::read),
    (khr_materials_clearcoat::NAME, khr_materials_clearcoat::read),
    (khr_materials_dispersion::NAME, khr_materials_dispersion::read),
    (khr_materials_emissive_strength::NAME, khr_materials_emissive_strength::read),
    (khr_materials_ior::NAME, khr_materials_ior::read),
    (khr_materials_iridescence::NAME, khr_materials_iridescence::read),
    (khr_materials_sheen::NAME, khr_materials_sheen::read),
    (khr_materials_specular::NAME, khr_materials_specular::read),
    (khr_materials_transmission::NAME, khr_materials_transmission::read),
    (khr_materials_unlit::NAME, khr_materials_unlit::read),
    (khr_materials_volume::NAME, khr_materials_volume::read),
];

/// All materials of the document, as glTF has them and with what of them is still to be converted.
pub(super) struct Materials {
    /// Their textures are the document's until [`Materials::settle`].
    pub(super) all: Vec<Material>,
    glossy: Vec<(usize, Pending)>,
}

impl Materials {
    pub(super) fn read(context: &Context<'_>, notes: &mut Notes) -> Self {
        let mut out = Self { all: Vec::new(), glossy: Vec::new() };
        for (index, json) in context.root.materials.iter().enumerate() {
            let mut own = Notes::default();
            let (material, glossy) = material(context, json, &mut own);
            out.glossy.extend(glossy.map(|pending| (index, pending)));
            out.all.push(material);
            notes.append(own.prefixed(&label("material", json.name.as_deref(), index)));
        }
        out
    }

    /// Refers to decoded pictures, and converts those of an older model.
    pub(super) fn settle(
        mut self,
        context: &Context<'_>,
        textures: &mut Textures,
        notes: &mut Notes,
    ) -> Vec<Material> {
        references::settle(&mut self.all, &textures.place);
        let limit = context.limits.picture_bytes;
        for (index, pending) in self.glossy {
            let Some(material) = self.all.get_mut(index) else { continue };
            if !khr_materials_pbr_specular_glossiness::convert(pending, material, &mut textures.images, limit)
            {
                let name = label("material", Some(&material.name), index);
                notes.add(format!("{name}: its specular-glossiness texture was left out"));
            }
        }
        self.all
    }
}

fn material(context: &Context<'_>, json: &json::Material, notes: &mut Notes) -> (Material, Option<Pending>) {
    let mut refer = Refer::new(context, notes);
    let mut material = plain(json, &mut refer);
    let others = json.extensions.as_ref().map(|e| &e.others);
    for (name, read) in READERS {
        if let Some(fields) = Fields::extension(others, name) {
            read(fields, &mut refer, &mut material);
        }
    }
    mtoon::apply(json, &mut refer, &mut material);
    (material, refer.glossy)
}

/// The material without its extensions.
fn plain(json: &json::Material, refer: &mut Refer<'_>) -> Material {
    let pbr = &json.pbr_metallic_roughness;
    let normal = json.normal_texture.as_ref();
    let occlusion = json.occlusion_texture.as_ref();
    Material {
        name: json.name.clone().unwrap_or_default(),
        base_color: pbr.base_color_factor.0.map(|c| bounded(c, 1.0, 0.0, 1.0)),
        base_color_texture: info(refer, pbr.base_color_texture.as_ref()),
        metallic: bounded(pbr.metallic_factor.0, 1.0, 0.0, 1.0),
        roughness: bounded(pbr.roughness_factor.0, 1.0, 0.0, 1.0),
        metallic_roughness_texture: info(refer, pbr.metallic_roughness_texture.as_ref()),
        normal_texture: normal.and_then(|t| {
            texture(refer, t.index.value(), t.tex_coord, t.extensions.as_ref().map(|e| &e.others))
        }),
        normal_scale: normal.map_or(1.0, |t| bounded(t.scale, 1.0, -100.0, 100.0)),
        occlusion_texture: occlusion.and_then(|t| {
            texture(refer, t.index.value(), t.tex_coord, t.extensions.as_ref().map(|e| &e.others))
        }),
        occlusion_strength: occlusion.map_or(1.0, |t| bounded(t.strength.0, 1.0, 0.0, 1.0)),
        emissive: json.emissive_factor.0.map(|c| bounded(c, 0.0, 0.0, 1.0)),
        emissive_texture: info(refer, json.emissive_texture.as_ref()),
        alpha_mode: alpha_mode(json),
        is_double_sided: json.double_sided,
        ..Material::default()
    }
}

fn info(refer: &mut Refer<'_>, info: Option<&json::texture::Info>) -> Option<TextureRef> {
    let info = info?;
    texture(refer, info.index.value(), info.tex_coord, info.extensions.as_ref().map(|e| &e.others))
}

fn texture(
    refer: &mut Refer<'_>,
    index: usize,
    set: u32,
    others: Option<&Map<String, Value>>,
) -> Option<TextureRef> {
    refer.texture(index, set as usize, Fields::extension(others, khr_texture_transform::NAME))
}

fn alpha_mode(json: &json::Material) -> AlphaMode {
    match json.alpha_mode {
        Checked::Valid(JsonAlpha::Opaque) | Checked::Invalid => AlphaMode::Opaque,
        Checked::Valid(JsonAlpha::Mask) => {
            AlphaMode::Mask { cutoff: bounded(json.alpha_cutoff.map_or(0.5, |c| c.0), 0.5, 0.0, 1.0) }
        }
        Checked::Valid(JsonAlpha::Blend) => AlphaMode::Blend,
    }
}
