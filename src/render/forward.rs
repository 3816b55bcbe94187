//! The pipelines that draw actors, made when first needed and kept: metallic-roughness and toon.

use super::finish::Finish;
use super::layers::LayerFeatures;
use super::layout::{DeformedVertex, SurfaceVertex};
use super::material::{Features, MaterialLayouts};
use super::modules::module;
use super::pipeline::{DEFORMED, Recipe, SURFACE, build_for, depth, flag, vertex_buffer};
use super::quality::{Settings, takes_light};
use super::sky::SkyUse;
use super::{DebugView, Gpu, weighted};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// What a forward draw does with alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stroke {
    /// Ignores it.
    Opaque = 0,
    /// Drops texels below the cutoff.
    Mask = 1,
    /// Turns it into coverage of samples.
    Coverage = 2,
    /// Lays it over what is there.
    Blend = 3,
    /// The texels of a blended material that hide all behind them; they write depth.
    BlendSolid = 4,
    /// Of what is blended in any order: where the first and the last of a pixel are.
    Range = 5,
    /// How opaque those are from node to node.
    Nodes = 6,
    /// Their sums.
    Weighted = 7,
}

impl Stroke {
    /// The shader's `alpha_mode`.
    fn alpha_mode(self) -> f64 {
        let mode =
            if matches!(self, Self::Range | Self::Nodes | Self::Weighted) { Self::Blend } else { self };
        f64::from(mode as u32)
    }
}

/// What tells the forward pipelines of one frame apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    /// The material's.
    pub(super) features: Features,
    /// What alpha does.
    pub(super) stroke: Stroke,
    /// Which sides are drawn.
    pub(super) faces: Faces,
    /// The line around a toon, not its surface.
    pub(super) is_outline: bool,
}

/// Which sides of a part a forward draw shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Faces {
    /// Those towards the camera.
    Front,
    /// Those away from it.
    Back,
    /// Both, in the order of the mesh.
    Both,
}

/// What of a whole frame pipelines are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Variant {
    /// A term instead of the picture.
    pub(super) debug: Option<DebugView>,
    /// Direct lights.
    pub(super) light_count: u32,
    /// Bit n: light n has a place.
    pub(super) placed: u32,
    /// Light from everywhere else.
    pub(super) sky: SkyUse,
    /// How codes are made of light.
    pub(super) finish: Finish,
}

/// What is drawn is added to what is there.
pub(super) const ADDED: wgpu::BlendState = {
    let component = wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::One,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    };
    wgpu::BlendState { color: component, alpha: component }
};

/// Laid over what is there, whose alpha stays: it says how bright that looks.
const OVER_BRIGHTNESS: wgpu::BlendState = wgpu::BlendState {
    alpha: wgpu::BlendComponent {
        src_factor: wgpu::BlendFactor::Zero,
        dst_factor: wgpu::BlendFactor::One,
        operation: wgpu::BlendOperation::Add,
    },
    ..wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING
};

/// A shader's file, the entry point of its fragments, and their layout.
struct Program<'a> {
    layout: &'a wgpu::PipelineLayout,
    file: &'static str,
    entry: &'static str,
}

/// The shaders' layouts and what was made of them.
#[derive(Debug)]
pub(super) struct Forward {
    plain_layout: wgpu::PipelineLayout,
    toon_layout: wgpu::PipelineLayout,
    layers_layout: wgpu::PipelineLayout,
    weighted_layouts: [wgpu::PipelineLayout; 2],
    /// By their files, made when first needed: few avatars need them all.
    modules: BTreeMap<&'static str, wgpu::ShaderModule>,
    pipelines: BTreeMap<(Look, Variant), wgpu::RenderPipeline>,
    settings: Settings,
    color_format: wgpu::TextureFormat,
}

impl Forward {
    /// For targets of `color_format`.
    pub(super) fn new(
        device: &wgpu::Device,
        settings: Settings,
        color_format: wgpu::TextureFormat,
        frame: &wgpu::BindGroupLayout,
        materials: &MaterialLayouts,
    ) -> Self {
        let layout = |groups: &[Option<&wgpu::BindGroupLayout>]| {
            device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some("Forward::layout"),
                bind_group_layouts: groups,
                immediate_size: 0,
            })
        };
        let all = [Some(frame), Some(&materials.factors), Some(&materials.textures)];
        let [frame, factors, textures] = all;
        Self {
            plain_layout: layout(&all),
            toon_layout: layout(&[frame, factors, textures, Some(&materials.toon)]),
            layers_layout: layout(&[frame, factors, textures, Some(&materials.layers)]),
            weighted_layouts: [
                layout(&[frame, factors, textures, Some(&materials.weighted[0])]),
                layout(&[frame, factors, textures, Some(&materials.weighted[1])]),
            ],
            modules: BTreeMap::new(),
            pipelines: BTreeMap::new(),
            settings,
            color_format,
        }
    }

    /// Makes sure that pipelines exist; those that do not are made at once on all cores, because drivers compile them.
    pub(super) fn prepare(&mut self, gpu: &Gpu, looks: impl Iterator<Item = Look>, variant: Variant) {
        let missing: BTreeSet<Look> =
            looks.filter(|look| !self.pipelines.contains_key(&(*look, variant))).collect();
        for look in &missing {
            let Program { file, .. } = self.program(look, variant);
            self.modules.entry(file).or_insert_with(|| module(gpu.device(), file));
        }
        let made: Vec<_> = missing
            .into_par_iter()
            .filter_map(|look| Some(((look, variant), self.pipeline(gpu, look, variant)?)))
            .collect();
        self.pipelines.extend(made);
    }

    fn pipeline(&self, gpu: &Gpu, look: Look, variant: Variant) -> Option<wgpu::RenderPipeline> {
        let constants = self.constants(&look, variant);
        let Program { layout, file, entry } = self.program(&look, variant);
        let module = self.modules.get(file)?;
        let is_blended = look.stroke.alpha_mode() == Stroke::Blend.alpha_mode();
        let has_z_write = look.features.toon.is_some_and(|toon| toon.has_z_write);
        let compare = match look.features.toon {
            // A surface's own far side wins where the line has no width.
            Some(_) if look.is_outline => wgpu::CompareFunction::Less,
            // Painted layers of a face may lie in one plane.
            Some(_) => wgpu::CompareFunction::LessEqual,
            None if is_blended => wgpu::CompareFunction::Less,
            None => wgpu::CompareFunction::LessEqual,
        };
        let scene_format = self.settings.scene_format(self.color_format);
        let blended = match variant.debug {
            Some(DebugView::Overdraw) => Some(ADDED),
            _ if variant.finish.has_brightness => is_blended.then_some(OVER_BRIGHTNESS),
            _ => is_blended.then_some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
        };
        let target = [(scene_format, blended)];
        Some(build_for(
            gpu.device(),
            &Recipe {
                label: "forward",
                layout,
                module,
                vertex: if look.is_outline { "vertex_outline" } else { "vertex_main" },
                fragment: Some(entry),
                constants: &constants,
                buffers: &[
                    vertex_buffer::<DeformedVertex>(DEFORMED, wgpu::VertexStepMode::Vertex),
                    vertex_buffer::<SurfaceVertex>(SURFACE, wgpu::VertexStepMode::Vertex),
                ],
                topology: wgpu::PrimitiveTopology::TriangleList,
                cull: match look.faces {
                    Faces::Front => Some(wgpu::Face::Back),
                    Faces::Back => Some(wgpu::Face::Front),
                    Faces::Both => None,
                },
                depth: Some(depth(compare, !is_blended || has_z_write)),
                samples: self.settings.samples,
                is_coverage: look.stroke == Stroke::Coverage,
                target: None,
            },
            match look.stroke {
                Stroke::Range => &weighted::RANGE,
                Stroke::Nodes => &weighted::NODES,
                Stroke::Weighted => &weighted::SUMS,
                _ => &target,
            },
        ))
    }

    /// What draws a look.
    fn program(&self, look: &Look, variant: Variant) -> Program<'_> {
        let [nodes, sums] = &self.weighted_layouts;
        let is_term = variant.debug.is_some_and(|view| view.shaded() > 0);
        let (layout, file, entry) = match (look.features.toon, look.features.layers, look.stroke) {
            (Some(_), ..) => (&self.toon_layout, "forward_toon.wgsl", "fragment_main"),
            (_, Some(_), _) if is_term => {
                (&self.layers_layout, "forward_debug.wgsl", "fragment_layers_debug")
            }
            (_, Some(_), _) => (&self.layers_layout, "forward_layers.wgsl", "fragment_layers"),
            _ if is_term => (&self.plain_layout, "forward_debug.wgsl", "fragment_debug"),
            (.., Stroke::Range) => (&self.plain_layout, "forward_weighted.wgsl", "fragment_range"),
            (.., Stroke::Nodes) => (nodes, "forward_weighted.wgsl", "fragment_nodes"),
            (.., Stroke::Weighted) => (sums, "forward_weighted.wgsl", "fragment_weighted"),
            _ => (&self.plain_layout, "forward_pbr.wgsl", "fragment_main"),
        };
        Program { layout, file, entry }
    }

    /// What [`Forward::prepare`] made.
    pub(super) fn get(&self, look: Look, variant: Variant) -> Option<&wgpu::RenderPipeline> {
        self.pipelines.get(&(look, variant))
    }

    /// The overrides of the look's shader.
    fn constants(&self, look: &Look, variant: Variant) -> Vec<(&'static str, f64)> {
        let Features { maps, is_unlit, toon, .. } = look.features;
        let settings = &self.settings;
        let mut constants = vec![
            ("has_base_color_map", flag(maps[0])),
            ("has_normal_map", flag(maps[2])),
            ("has_emissive_map", flag(maps[4])),
            ("has_coded_maps", flag(!settings.is_hdr)),
            ("alpha_mode", look.stroke.alpha_mode()),
            ("is_final", flag(!settings.is_hdr)),
            ("is_encoded", flag(!takes_light(self.color_format))),
            ("shadow_taps", f64::from(settings.shadow_taps)),
            ("has_contact_shadow", flag(settings.has_contact_shadow())),
            ("light_count", f64::from(variant.light_count)),
            ("punctual_lights", f64::from(variant.placed)),
            ("has_harmonics", flag(variant.sky.has_harmonics)),
        ];
        constants.extend(variant.finish.constants());
        let view = variant.debug.map_or(0, DebugView::shaded);
        if toon.is_some() || view > 0 {
            constants.push(("debug_view", f64::from(view)));
        }
        match toon {
            None => constants.extend([
                ("has_metallic_roughness_map", flag(maps[1])),
                ("has_occlusion_map", flag(maps[3])),
                ("is_unlit", flag(is_unlit)),
                ("has_calm_highlights", flag(settings.is_hdr)),
                ("surface", f64::from(look.features.surface as u32)),
                ("has_relief", flag(look.features.has_relief)),
                ("has_occlusion", flag(settings.is_hdr)),
                (
                    "has_environment_map",
                    flag(variant.sky.has_map && (settings.is_hdr || look.features.is_mirror())),
                ),
            ]),
            Some(toon) => constants.extend([
                ("has_shade_map", flag(toon.maps[0])),
                ("has_shift_map", flag(toon.maps[1])),
                ("has_rim_map", flag(toon.maps[2])),
                ("has_outline_map", flag(toon.maps[3])),
                ("has_mask_map", flag(toon.maps[4])),
                ("has_matcap_map", flag(toon.maps[5])),
                ("is_animated", flag(toon.is_animated)),
                ("is_outline", flag(look.is_outline)),
            ]),
        }
        constants.extend(look.features.layers.iter().flat_map(LayerFeatures::constants));
        constants
    }
}
