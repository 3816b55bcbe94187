//! Materials, textures and images.

use super::Tell;
use crate::import::context::Context;
use gltf::json::{Image, Material};

/// The kinds of pictures that a file may name, by how their bytes begin and continue.
const KINDS: &[(&str, &[u8], &[u8])] = &[
    ("image/png", b"\x89PNG", b""),
    ("image/jpeg", b"\xFF\xD8\xFF", b""),
    ("image/webp", b"RIFF", b"WEBP"),
    ("image/ktx2", b"\xABKTX 20", b""),
];
/// Where the second part stands.
const SECOND: usize = 8;

pub(super) fn check(context: &Context<'_>, tell: Tell<'_>) {
    let root = &context.root;
    tell(
        root.materials.iter().filter(|m| is_out_of_range(m)).count(),
        "materials have factors outside their range, which were brought into it",
    );
    let is_lost =
        |t: &&gltf::json::Texture| t.sampler.is_some_and(|s| root.samplers.get(s.value()).is_none());
    tell(root.textures.iter().filter(is_lost).count(), "textures have samplers that do not exist");
    // The parser's way to say that there is none.
    let none = u32::MAX as usize;
    let is_lost =
        |t: &&gltf::json::Texture| t.source.value() != none && t.source.value() >= root.images.len();
    tell(root.textures.iter().filter(is_lost).count(), "textures have images that do not exist");
    let is_lost = |i: &&Image| i.buffer_view.is_some_and(|view| context.view(view.value()).is_err());
    tell(root.images.iter().filter(is_lost).count(), "images lie in buffer views that cannot be read");
    let untold = |i: &&Image| i.uri.is_some() == i.buffer_view.is_some();
    tell(root.images.iter().filter(untold).count(), "images have not one place, but none or two");
    let kindless = |i: &&Image| i.buffer_view.is_some() && i.mime_type.is_none();
    tell(root.images.iter().filter(kindless).count(), "images in buffers do not say of what kind they are");
    let mistold = root.images.iter().filter(|i| is_mistold(context, i) == Some(true));
    tell(mistold.count(), "images are of another kind than they say");
    let is_plain = |t: &&gltf::json::Texture| {
        let kind = root.images.get(t.source.value()).and_then(|i| i.mime_type.as_ref());
        kind.is_some_and(|kind| !gltf::json::image::VALID_MIME_TYPES.contains(&kind.0.as_str()))
    };
    tell(
        root.textures.iter().filter(is_plain).count(),
        "textures show pictures that only an extension may, without it",
    );
}

fn is_out_of_range(material: &Material) -> bool {
    let pbr = &material.pbr_metallic_roughness;
    let shares = pbr.base_color_factor.0.into_iter().chain(material.emissive_factor.0);
    let mut shares = shares.chain([pbr.metallic_factor.0, pbr.roughness_factor.0]);
    let is_share = |f: f32| (0.0..=1.0).contains(&f);
    let occlusion = material.occlusion_texture.as_ref().map(|t| t.strength.0);
    !shares.all(is_share)
        || occlusion.is_some_and(|f| !is_share(f))
        || material.alpha_cutoff.is_some_and(|cutoff| cutoff.0 < 0.0)
}

fn is_mistold(context: &Context<'_>, image: &Image) -> Option<bool> {
    let told = image.mime_type.as_ref()?.0.as_str();
    let Some(bytes) = image.buffer_view.and_then(|view| context.view(view.value()).ok()) else {
        return Some(KINDS.iter().all(|(name, ..)| *name != told));
    };
    let begins = |first: &[u8], second: &[u8]| {
        bytes.0.starts_with(first) && bytes.0.get(SECOND..).is_some_and(|rest| rest.starts_with(second))
    };
    let held = KINDS.iter().find(|(_, first, second)| begins(first, second));
    Some(held.is_none_or(|(name, ..)| *name != told))
}
