//! Shader modules on the device: the program's own files, or those of somebody who works on them.
//!
//! What is worked on holds for the whole process, as the files it replaces do; only a tool for developers sets it.

use super::Gpu;
use super::shader::{FILES, LinkError, link_with, own};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Texts by path.
pub type Texts = BTreeMap<&'static str, String>;

/// What somebody who works on shaders has in place of [`FILES`].
static WORKED_ON: RwLock<Texts> = RwLock::new(Texts::new());

/// Renderers that are made from now on have `texts` in place of [`FILES`] of the same paths.
///
/// # Errors
/// What is wrong in them; then all stays as it was.
pub fn work_on(gpu: &Gpu, texts: Texts) -> Result<(), String> {
    // Those in folders hold no entry points: they are read where they are imported.
    for (path, _) in FILES.iter().filter(|(path, _)| !path.contains('/')) {
        let text = link_among(path, &texts).map_err(|error| error.to_string())?;
        let scope = gpu.device().push_error_scope(wgpu::ErrorFilter::Validation);
        let made = create(gpu.device(), path, text.into());
        let error = pollster::block_on(scope.pop());
        drop(made);
        if let Some(error) = error {
            return Err(format!("{path}: {error}"));
        }
    }
    *WORKED_ON.write().unwrap_or_else(PoisonError::into_inner) = texts;
    Ok(())
}

/// With `texts` in place of the program's own of the same paths.
fn link_among(path: &str, texts: &Texts) -> Result<String, LinkError> {
    link_with(path, &|name| texts.get(name).map(String::as_str).or_else(|| own(name)))
}

/// A module of one of [`FILES`]; a file that does not link gives an empty module, whose pipelines the device reports.
pub(super) fn module(device: &wgpu::Device, path: &str) -> wgpu::ShaderModule {
    let texts = WORKED_ON.read().unwrap_or_else(PoisonError::into_inner);
    create(device, path, link_among(path, &texts).unwrap_or_default().into())
}

fn create(device: &wgpu::Device, path: &str, text: Cow<'_, str>) -> wgpu::ShaderModule {
    device.create_shader_module(wgpu::ShaderModuleDescriptor {
        label: Some(path),
        source: wgpu::ShaderSource::Wgsl(text),
    })
}
