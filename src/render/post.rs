//! What a lens does to the whole picture in linear light, between drawing it and making codes of it: focus, then glow. Tiers that keep no
//! linear light have neither.

use super::bloom::{Bloom, BloomPipelines};
use super::composing::Composing;
use super::defocus::{Defocus, DefocusPipelines};
use super::target::Attachments;
use super::timing::{Pass, Timing};
use super::{Gpu, Renderer};
use crate::frame::Frame;
use crate::stage::{Camera, Focus};

/// What a frame asks for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Effects {
    has_glow: bool,
    focus: Option<(Focus, Camera)>,
}

impl Effects {
    /// Those of `frame` that the renderer's tier has and that are seen in a picture of so many rows.
    pub(super) fn of(renderer: &Renderer, frame: &Frame, height: u32) -> Self {
        if !renderer.settings.is_hdr || renderer.debug.is_some() {
            return Self::default();
        }
        let focus = frame.look.focus.filter(|focus| Defocus::is_seen(focus, &frame.camera, height));
        Self { has_glow: frame.look.bloom > 0.0, focus: focus.map(|focus| (focus, frame.camera)) }
    }

    /// They reach from anywhere to anywhere in the picture, which then is one part.
    pub(super) fn any(&self) -> bool {
        self.has_glow || self.focus.is_some()
    }
}

/// Pipelines, made when first needed and kept, and the pictures between the passes.
#[derive(Debug, Default)]
pub(super) struct Post {
    bloom: Option<BloomPipelines>,
    defocus: Option<DefocusPipelines>,
    made: Option<Made>,
}

/// For one size and what is asked for.
#[derive(Debug)]
struct Made {
    has_glow: bool,
    bloom: Option<Bloom>,
    defocus: Option<Defocus>,
    /// Group 1 of the composing pipeline.
    group: wgpu::BindGroup,
}

impl Post {
    /// The attachments are new.
    pub(super) fn forget(&mut self) {
        self.made = None;
    }

    /// Records all passes for a picture in `attachments`.
    pub(super) fn encode(
        &mut self,
        gpu: &Gpu,
        encoder: &mut wgpu::CommandEncoder,
        (attachments, composing): (&Attachments, &Composing),
        (effects, samples): (&Effects, u32),
        mut timing: Option<&mut Timing>,
    ) {
        if effects.has_glow {
            self.bloom.get_or_insert_with(|| BloomPipelines::new(gpu));
        }
        if effects.focus.is_some() {
            self.defocus.get_or_insert_with(|| DefocusPipelines::new(gpu, samples));
        }
        let is_right = |made: &Made| {
            made.has_glow == effects.has_glow && made.defocus.is_some() == effects.focus.is_some()
        };
        if !self.made.as_ref().is_some_and(is_right) {
            self.made = Some(self.make(gpu, (attachments, composing), effects));
        }
        let Some(made) = &self.made else { return };
        if let (Some(defocus), Some(pipelines), Some((focus, camera))) =
            (&made.defocus, &self.defocus, &effects.focus)
        {
            let timestamps = timing.as_mut().and_then(|t| t.render(Pass::Focus));
            defocus.encode(gpu, encoder, pipelines, (focus, camera), &timestamps);
        }
        if let (Some(bloom), Some(pipelines)) = (&made.bloom, &self.bloom) {
            bloom.encode(encoder, pipelines, &timing.and_then(|t| t.render(Pass::Bloom)));
        }
    }

    fn make(
        &self,
        gpu: &Gpu,
        (attachments, composing): (&Attachments, &Composing),
        effects: &Effects,
    ) -> Made {
        let (sharp, size) = (&attachments.shown().view, attachments.size);
        let defocus = self
            .defocus
            .as_ref()
            .filter(|_| effects.focus.is_some())
            .map(|pipelines| Defocus::new(gpu, pipelines, sharp, &attachments.depth, size));
        let source = defocus.as_ref().map_or(sharp, Defocus::result);
        let pipelines = self.bloom.as_ref().filter(|_| effects.has_glow);
        let bloom = pipelines.map(|pipelines| (pipelines, Bloom::new(gpu, pipelines, source, size)));
        let glow = bloom.as_ref().and_then(|(pipelines, bloom)| Some((bloom.glow()?, &pipelines.sampler)));
        let group = match glow {
            Some((glow, sampler)) => composing.glow_group(gpu, source, glow, sampler),
            None => composing.source_group(gpu, source),
        };
        Made { has_glow: effects.has_glow, bloom: bloom.map(|(_, bloom)| bloom), defocus, group }
    }

    /// What composes the picture, and group 1 for it; `None` where nothing was recorded.
    pub(super) fn composed<'a>(
        &'a self,
        composing: &'a Composing,
    ) -> Option<(&'a wgpu::RenderPipeline, &'a wgpu::BindGroup)> {
        let made = self.made.as_ref()?;
        let pipeline = composing.compose_glow.as_ref().filter(|_| made.has_glow);
        Some((pipeline.unwrap_or(&composing.compose_part), &made.group))
    }
}
