//! Which glTF extensions are understood, and what happens to the others.
//!
//! Each that needs more than a name has its own file below. `KHR_mesh_quantization` needs none: any accessor may hold
//! any kind of number.

mod draco_stream;
pub(super) mod ext_meshopt_compression;
pub(super) mod ext_texture_webp;
pub(super) mod khr_animation_pointer;
pub(super) mod khr_draco_mesh_compression;
pub(super) mod khr_lights_punctual;
pub(super) mod khr_materials_anisotropy;
pub(super) mod khr_materials_clearcoat;
pub(super) mod khr_materials_dispersion;
pub(super) mod khr_materials_emissive_strength;
pub(super) mod khr_materials_ior;
pub(super) mod khr_materials_iridescence;
pub(super) mod khr_materials_pbr_specular_glossiness;
pub(super) mod khr_materials_sheen;
pub(super) mod khr_materials_specular;
pub(super) mod khr_materials_transmission;
pub(super) mod khr_materials_unlit;
pub(super) mod khr_materials_variants;
pub(super) mod khr_materials_volume;
pub(super) mod khr_texture_basisu;
pub(super) mod khr_texture_transform;

use super::context::Notes;
use crate::diagnostic::Diagnostic;
use gltf::json::Root;

/// All that the import honours.
const UNDERSTOOD: &[&str] = &[
    "EXT_meshopt_compression",
    "EXT_texture_webp",
    "KHR_animation_pointer",
    "KHR_draco_mesh_compression",
    "KHR_lights_punctual",
    "KHR_materials_anisotropy",
    "KHR_materials_clearcoat",
    "KHR_materials_dispersion",
    "KHR_materials_emissive_strength",
    "KHR_materials_ior",
    "KHR_materials_iridescence",
    "KHR_materials_pbrSpecularGlossiness",
    "KHR_materials_sheen",
    "KHR_materials_specular",
    "KHR_materials_transmission",
    "KHR_materials_unlit",
    "KHR_materials_variants",
    "KHR_materials_volume",
    "KHR_mesh_quantization",
    "KHR_meshopt_compression",
    "KHR_texture_basisu",
    "KHR_texture_transform",
    "VRM",
    "VRMC_materials_hdr_emissiveMultiplier",
    "VRMC_materials_mtoon",
    "VRMC_node_constraint",
    "VRMC_springBone",
    "VRMC_springBone_extended_collider",
    "VRMC_vrm",
    "VRMC_vrm_animation",
];

/// What to do about a required extension, where there is something better than exporting again.
const ADVICE: &[(&str, &str)] = &[
    ("EXT_texture_avif", "export the avatar with PNG, JPEG, WebP or KTX2 textures"),
    ("MSFT_texture_dds", "export the avatar with PNG, JPEG, WebP or KTX2 textures"),
];

/// Refuses what the document requires and the import does not know; notes what it uses.
pub(super) fn check(root: &Root, name: &str, notes: &mut Notes) -> Result<(), Diagnostic> {
    let unknown = |name: &&String| !UNDERSTOOD.contains(&name.as_str());
    if let Some(required) = root.extensions_required.iter().find(unknown) {
        let advice = ADVICE.iter().find(|(name, _)| name == required);
        let help = advice.map_or("export the avatar without that extension", |(_, help)| help);
        let message = format!("the file requires the glTF extension {required}, which is not understood");
        return Err(Diagnostic::error(name, message).help(help));
    }
    for used in root.extensions_used.iter().filter(unknown) {
        let message = format!("the glTF extension {used} is not understood and was left out");
        notes.advise(message, "what it adds is missing; export the avatar without it if that can be seen");
    }
    Ok(())
}
