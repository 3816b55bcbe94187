//! All tests that link the library once.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails")]

#[cfg(feature = "audio")]
mod acting;
mod align;
mod audio;
mod blending;
mod cameras;
mod check;
mod check_broken;
mod cli;
mod closure;
mod common;
mod coverage;
mod deep;
mod deform;
mod evaluate;
mod exchange;
mod eyes;
mod forge;
mod forge_mouth;
mod gestures;
mod import;
mod import_conformance;
mod import_extensions;
mod import_numbers;
mod import_packed;
mod layers;
mod light;
#[cfg(feature = "audio")]
mod live;
mod look;
mod motion;
mod names;
#[cfg(feature = "workbench")]
mod preview;
mod render;
mod rig;
mod script;
mod shaders;
mod shimmer;
mod speech;
mod spheres;
mod springs;
mod tidy;
mod timeline;
mod toon;
mod transmission;
mod vrm;
