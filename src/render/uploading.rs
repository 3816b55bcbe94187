//! Another cast for a renderer that goes on drawing the one it has: uploaded on any thread, then taken.
//!
//! The renderer's pipelines, which cost more than most avatars, stay.

use super::material::MaterialLayouts;
use super::model::Model;
use super::quality::Settings;
use super::{Gpu, Renderer};
use crate::avatar::Avatar;

/// Uploads avatars for one renderer.
#[derive(Debug)]
pub struct Uploader {
    gpu: Gpu,
    settings: Settings,
    layouts: MaterialLayouts,
}

/// A cast on the adapter, for the renderer whose [`Uploader`] made it.
#[derive(Debug)]
pub struct Uploaded {
    models: Vec<Model>,
    settings: Settings,
    device: wgpu::Device,
}

impl Uploader {
    /// Uploads all avatars that will stand on the stage, in order, as [`Renderer::upload_cast`] does.
    pub fn upload_cast<'a>(&self, cast: impl ExactSizeIterator<Item = &'a Avatar>) -> Uploaded {
        let settings = self.settings.shared_by(cast.len());
        let models = cast.map(|avatar| Model::upload(&self.gpu, &settings, &self.layouts, avatar)).collect();
        Uploaded { models, settings, device: self.gpu.device().clone() }
    }
}

impl Renderer {
    /// What uploads another cast while this draws.
    pub fn uploader(&self) -> Uploader {
        let settings = Settings { texture_size: self.quality.settings().texture_size, ..self.settings };
        Uploader { gpu: self.gpu.clone(), settings, layouts: self.layouts.clone() }
    }

    /// Draws this cast from now on, in place of the one before.
    ///
    /// # Errors
    /// Gives it back where it is for another device or another tier.
    pub fn take_cast(&mut self, uploaded: Uploaded) -> Result<(), Uploaded> {
        let own = Settings { texture_size: uploaded.settings.texture_size, ..self.settings };
        if own != uploaded.settings || *self.gpu.device() != uploaded.device {
            return Err(uploaded);
        }
        (self.settings, self.models) = (own, uploaded.models);
        // They hold buffers of the cast before.
        self.slots.clear();
        (self.lines, self.scene) = (None, None);
        Ok(())
    }
}
