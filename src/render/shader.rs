//! The shader linker: joins WGSL files by `#import path`, each at most once. Text in, text out.

/// Every shader file of the program, by its path under `shaders/`.
pub const FILES: &[(&str, &str)] = &[
    ("common/color.wgsl", include_str!("../../shaders/common/color.wgsl")),
    ("common/edge.wgsl", include_str!("../../shaders/common/edge.wgsl")),
    ("common/film.wgsl", include_str!("../../shaders/common/film.wgsl")),
    ("common/frame.wgsl", include_str!("../../shaders/common/frame.wgsl")),
    ("common/layers.wgsl", include_str!("../../shaders/common/layers.wgsl")),
    ("common/material.wgsl", include_str!("../../shaders/common/material.wgsl")),
    ("common/surface.wgsl", include_str!("../../shaders/common/surface.wgsl")),
    ("common/tone.wgsl", include_str!("../../shaders/common/tone.wgsl")),
    ("common/toon.wgsl", include_str!("../../shaders/common/toon.wgsl")),
    ("lighting/anisotropy.wgsl", include_str!("../../shaders/lighting/anisotropy.wgsl")),
    ("lighting/antialias.wgsl", include_str!("../../shaders/lighting/antialias.wgsl")),
    ("common/wall.wgsl", include_str!("../../shaders/common/wall.wgsl")),
    ("lighting/brdf.wgsl", include_str!("../../shaders/lighting/brdf.wgsl")),
    ("lighting/clearcoat.wgsl", include_str!("../../shaders/lighting/clearcoat.wgsl")),
    ("lighting/environment.wgsl", include_str!("../../shaders/lighting/environment.wgsl")),
    ("lighting/eye.wgsl", include_str!("../../shaders/lighting/eye.wgsl")),
    ("lighting/hair.wgsl", include_str!("../../shaders/lighting/hair.wgsl")),
    ("lighting/mouth.wgsl", include_str!("../../shaders/lighting/mouth.wgsl")),
    ("lighting/occlusion.wgsl", include_str!("../../shaders/lighting/occlusion.wgsl")),
    ("lighting/punctual.wgsl", include_str!("../../shaders/lighting/punctual.wgsl")),
    ("lighting/iridescence.wgsl", include_str!("../../shaders/lighting/iridescence.wgsl")),
    ("lighting/shadow.wgsl", include_str!("../../shaders/lighting/shadow.wgsl")),
    ("lighting/sheen.wgsl", include_str!("../../shaders/lighting/sheen.wgsl")),
    ("lighting/skin.wgsl", include_str!("../../shaders/lighting/skin.wgsl")),
    ("lighting/wrap.wgsl", include_str!("../../shaders/lighting/wrap.wgsl")),
    ("ambient_occlusion.wgsl", include_str!("../../shaders/ambient_occlusion.wgsl")),
    ("lighting/transmission.wgsl", include_str!("../../shaders/lighting/transmission.wgsl")),
    ("backdrop.wgsl", include_str!("../../shaders/backdrop.wgsl")),
    ("behind.wgsl", include_str!("../../shaders/behind.wgsl")),
    ("bloom.wgsl", include_str!("../../shaders/bloom.wgsl")),
    ("compose.wgsl", include_str!("../../shaders/compose.wgsl")),
    ("defocus.wgsl", include_str!("../../shaders/defocus.wgsl")),
    ("deform.wgsl", include_str!("../../shaders/deform.wgsl")),
    ("forward_debug.wgsl", include_str!("../../shaders/forward_debug.wgsl")),
    ("forward_layers.wgsl", include_str!("../../shaders/forward_layers.wgsl")),
    ("forward_pbr.wgsl", include_str!("../../shaders/forward_pbr.wgsl")),
    ("forward_toon.wgsl", include_str!("../../shaders/forward_toon.wgsl")),
    ("forward_weighted.wgsl", include_str!("../../shaders/forward_weighted.wgsl")),
    ("lines.wgsl", include_str!("../../shaders/lines.wgsl")),
    ("overlay.wgsl", include_str!("../../shaders/overlay.wgsl")),
    ("shadow_depth.wgsl", include_str!("../../shaders/shadow_depth.wgsl")),
    ("weighted.wgsl", include_str!("../../shaders/weighted.wgsl")),
];

/// Why files do not join.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nobody has this file.
    #[error("no shader file '{path}', imported by '{by}'")]
    Missing {
        /// The path asked for.
        path: String,
        /// Who asks; empty for the first.
        by: String,
    },
}

/// The program's own text of `path`.
pub(super) fn own(path: &str) -> Option<&'static str> {
    FILES.iter().find(|(name, _)| *name == path).map(|&(_, text)| text)
}

/// The text of `path` with everything it imports before it; `read` gives a file's text.
///
/// A line `#import common/frame.wgsl` stands for that file, the first time it is met.
///
/// # Errors
/// An imported file that `read` does not know.
pub fn link_with<'a>(path: &str, read: &dyn Fn(&str) -> Option<&'a str>) -> Result<String, LinkError> {
    let mut out = String::new();
    let mut seen = Vec::new();
    append(path, "", read, &mut seen, &mut out)?;
    Ok(out)
}

/// The text of one of [`FILES`] with everything it imports.
///
/// # Errors
/// As [`link_with`].
pub fn link(path: &str) -> Result<String, LinkError> {
    link_with(path, &own)
}

fn append<'a>(
    path: &str,
    by: &str,
    read: &dyn Fn(&str) -> Option<&'a str>,
    seen: &mut Vec<String>,
    out: &mut String,
) -> Result<(), LinkError> {
    if seen.iter().any(|s| s == path) {
        return Ok(());
    }
    seen.push(path.to_owned());
    let text = read(path).ok_or_else(|| LinkError::Missing { path: path.to_owned(), by: by.to_owned() })?;
    let mut own = String::with_capacity(text.len());
    for line in text.lines() {
        match line.strip_prefix("#import ") {
            Some(import) => append(import.trim(), path, read, seen, out)?,
            None => {
                own.push_str(line);
                own.push('\n');
            }
        }
    }
    out.push_str(&own);
    Ok(())
}
