//! Which glTF extensions are understood, and what happens to the others.

use super::context::{Context, Notes};
use crate::diagnostic::Diagnostic;

/// All that the import honours.
const UNDERSTOOD: &[&str] = &[
    "KHR_materials_emissive_strength",
    "KHR_materials_ior",
    "KHR_materials_specular",
    "KHR_materials_unlit",
    "KHR_mesh_quantization",
    "KHR_texture_transform",
    "VRM",
    "VRMC_materials_hdr_emissiveMultiplier",
    "VRMC_materials_mtoon",
    "VRMC_vrm",
];

/// What to do about a required extension, where there is something better than exporting again.
const ADVICE: &[(&str, &str)] = &[
    ("KHR_draco_mesh_compression", "export the avatar without mesh compression"),
    ("EXT_meshopt_compression", "export the avatar without mesh compression"),
    ("KHR_meshopt_compression", "export the avatar without mesh compression"),
    ("KHR_texture_basisu", "export the avatar with PNG or JPEG textures"),
    ("EXT_texture_webp", "export the avatar with PNG or JPEG textures"),
    ("EXT_texture_avif", "export the avatar with PNG or JPEG textures"),
];

/// Refuses what the document requires and the import does not know; notes what it uses.
pub(super) fn check(context: &Context<'_>, notes: &mut Notes) -> Result<(), Diagnostic> {
    let unknown = |name: &&String| !UNDERSTOOD.contains(&name.as_str());
    if let Some(required) = context.root.extensions_required.iter().find(unknown) {
        let advice = ADVICE.iter().find(|(name, _)| name == required);
        let help = advice.map_or("export the avatar without that extension", |(_, help)| help);
        return Err(context
            .error(format!("the file requires the glTF extension {required}, which is not understood"))
            .help(help));
    }
    for used in context.root.extensions_used.iter().filter(unknown) {
        notes.add(format!("the glTF extension {used} is not understood and was left out"));
    }
    Ok(())
}
