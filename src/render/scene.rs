//! What is drawn in which order, and the recording of the shadow, forward and tone-mapping passes.

use super::Renderer;
use super::actor::Slot;
use super::bounds::Bounds;
use super::layout::MOST_LIGHTS;
use super::layout::OverlayInstance;
use super::material::{Alpha, Features};
use super::model::{Model, Part};
use super::pipeline::{Stroke, Variant};
use super::readback::{decode_srgb, encode_srgb};
use super::shadow::ShadowView;
use super::target::Attachments;
use super::timing::Timing;
use super::uniform::clip_from_world;
use crate::frame::Frame;
use crate::stage::{Backdrop, Overlay};
use glam::{Mat4, Vec3};
use wgpu::util::DeviceExt;

/// One part of one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draw {
    slot: usize,
    part: usize,
    features: Features,
    stroke: Stroke,
    distance: f32,
}

/// What one frame draws.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// Nearest first, then those with holes.
    solid: Vec<Draw>,
    /// Farthest first.
    blended: Vec<Draw>,
    /// All parts' boxes.
    pub(super) casters: Vec<Bounds>,
}

impl Scene {
    /// Sorts the parts of the slots `shown`; makes missing pipelines.
    pub(super) fn gather(renderer: &mut Renderer, frame: &Frame, shown: &[usize], size: (u32, u32)) -> Self {
        let mut scene = Self::default();
        let clip = clip_from_world(frame, size);
        let forward = (frame.camera.target - frame.camera.eye).normalize_or(Vec3::NEG_Z);
        let has_coverage = renderer.settings.samples > 1 && frame.backdrop != Backdrop::Transparent;
        for &slot_index in shown {
            let Some((slot, model)) = held(renderer, slot_index) else { continue };
            for (n, (part, bounds)) in model.parts.iter().zip(&slot.pose.bounds).enumerate() {
                if part.indices.is_empty() {
                    continue;
                }
                scene.casters.push(*bounds);
                let Some(&features) = model.materials.features.get(part.material) else { continue };
                if bounds.is_outside(&clip) {
                    continue;
                }
                let distance = (bounds.center() - frame.camera.eye).dot(forward);
                let stroke = match features.alpha {
                    Alpha::Opaque => Stroke::Opaque,
                    Alpha::Mask if has_coverage => Stroke::Coverage,
                    Alpha::Mask => Stroke::Mask,
                    Alpha::Blend => Stroke::BlendSolid,
                };
                let draw = Draw { slot: slot_index, part: n, features, stroke, distance };
                scene.solid.push(draw);
                if features.alpha == Alpha::Blend {
                    scene.blended.push(Draw { stroke: Stroke::Blend, ..draw });
                }
            }
        }
        let has_holes = |d: &Draw| d.stroke != Stroke::Opaque;
        scene.solid.sort_by(|a, b| has_holes(a).cmp(&has_holes(b)).then(a.distance.total_cmp(&b.distance)));
        scene.blended.sort_by(|a, b| b.distance.total_cmp(&a.distance));
        let variant = renderer.variant(frame);
        for draw in scene.solid.iter().chain(&scene.blended) {
            renderer.pipelines.prepare(&renderer.gpu, draw.features, draw.stroke, variant);
        }
        scene
    }

    /// The floor around the actors, as far as shadows on it show, is in view.
    fn shows_floor(&self, floor: f32, clip_from_world: &Mat4) -> bool {
        let mut all = Bounds::EMPTY;
        self.casters.iter().for_each(|b| all.merge(b));
        if all.is_empty() {
            return false;
        }
        let reach = (all.max.y - floor).abs() * 2.5;
        let middle = all.center();
        let low = Vec3::new(middle.x - reach, floor, middle.z - reach);
        let high = Vec3::new(middle.x + reach, floor, middle.z + reach);
        !Bounds { min: low, max: high }.is_outside(clip_from_world)
    }
}

fn held(renderer: &Renderer, slot: usize) -> Option<(&Slot, &Model)> {
    let slot = renderer.slots.get(slot)?;
    Some((slot, renderer.models.get(slot.avatar)?))
}

/// Binds what a part needs and draws it.
fn draw_part(pass: &mut wgpu::RenderPass<'_>, slot: &Slot, model: &Model, part: &Part) {
    let Some(textures) = model.materials.textures.get(part.material) else { return };
    pass.set_bind_group(1, &slot.factors, &[slot.stride * part.material as u32]);
    pass.set_bind_group(2, textures, &[]);
    pass.set_vertex_buffer(0, slot.vertices.slice(..));
    pass.set_vertex_buffer(1, model.surfaces.slice(..));
    pass.set_index_buffer(model.indices.slice(..), wgpu::IndexFormat::Uint32);
    pass.draw_indexed(part.indices.clone(), part.vertices.start as i32, 0..1);
}

impl Renderer {
    /// Draws depth as the key light sees it.
    pub(super) fn encode_shadow(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        shown: &[usize],
        view: &ShadowView,
        timing: Option<&mut Timing>,
    ) {
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("shadow"),
            color_attachments: &[],
            depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                view: &self.shadow_map,
                depth_ops: Some(wgpu::Operations {
                    load: wgpu::LoadOp::Clear(1.0),
                    store: wgpu::StoreOp::Store,
                }),
                stencil_ops: None,
            }),
            timestamp_writes: timing.and_then(|t| t.render(1)),
            occlusion_query_set: None,
            multiview_mask: None,
        });
        pass.set_bind_group(0, &self.shadow_group, &[]);
        for (slot, model) in shown.iter().filter_map(|&n| held(self, n)) {
            for (part, bounds) in model.parts.iter().zip(&slot.pose.bounds) {
                let Some(features) = model.materials.features.get(part.material) else { continue };
                if !part.indices.is_empty() && !bounds.is_outside(&view.clip_from_world) {
                    pass.set_pipeline(self.pipelines.shadow(features));
                    draw_part(&mut pass, slot, model, part);
                }
            }
        }
    }

    /// Draws the actors and what is behind them, tone maps, draws the overlays.
    pub(super) fn encode_scene(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        frame: &Frame,
        scene: &Scene,
        target: &wgpu::TextureView,
        size: (u32, u32),
        mut timing: Option<&mut Timing>,
    ) {
        if self.attachments.as_ref().is_none_or(|a| a.size != size) {
            self.attachments = Some(Attachments::new(&self.gpu, &self.settings, self.color_format, size));
        }
        self.write_overlays(&frame.overlays);
        let Some(attachments) = &self.attachments else { return };
        let scene_target = attachments.linear.as_ref().unwrap_or(target);
        let (view, resolve_target) = match &attachments.samples {
            Some(samples) => (samples, Some(scene_target)),
            None => (scene_target, None),
        };
        let is_hdr = attachments.linear.is_some();
        // One colour is exact: it never goes through tone mapping.
        let background = self.background(frame);
        let clear = if is_hdr { wgpu::Color::TRANSPARENT } else { background };
        {
            let store = if resolve_target.is_some() { wgpu::StoreOp::Discard } else { wgpu::StoreOp::Store };
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("forward"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view,
                    depth_slice: None,
                    resolve_target,
                    ops: wgpu::Operations { load: wgpu::LoadOp::Clear(clear), store },
                })],
                depth_stencil_attachment: Some(wgpu::RenderPassDepthStencilAttachment {
                    view: &attachments.depth,
                    depth_ops: Some(wgpu::Operations {
                        load: wgpu::LoadOp::Clear(1.0),
                        store: wgpu::StoreOp::Discard,
                    }),
                    stencil_ops: None,
                }),
                timestamp_writes: timing.as_mut().and_then(|t| t.render(2)),
                occlusion_query_set: None,
                multiview_mask: None,
            });
            pass.set_bind_group(0, &self.frame_group, &[]);
            let variant = self.variant(frame);
            self.draw_all(&mut pass, &scene.solid, variant);
            if let Backdrop::Studio { floor, .. } = frame.backdrop {
                let has_floor = scene.shows_floor(floor, &clip_from_world(frame, size));
                pass.set_pipeline(self.pipelines.backdrop(has_floor));
                pass.draw(0..3, 0..1);
            }
            self.draw_all(&mut pass, &scene.blended, variant);
            if !is_hdr {
                self.draw_overlays(&mut pass, frame.overlays.len());
            }
        }
        if let Some(linear) = &attachments.linear {
            let group = self.gpu.device().create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("tonemap"),
                layout: &self.pipelines.tonemap_layout,
                entries: &[wgpu::BindGroupEntry {
                    binding: 0,
                    resource: wgpu::BindingResource::TextureView(linear),
                }],
            });
            let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
                label: Some("tonemap"),
                color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                    view: target,
                    depth_slice: None,
                    resolve_target: None,
                    ops: wgpu::Operations {
                        load: wgpu::LoadOp::Clear(background),
                        store: wgpu::StoreOp::Store,
                    },
                })],
                depth_stencil_attachment: None,
                timestamp_writes: timing.as_mut().and_then(|t| t.render(3)),
                occlusion_query_set: None,
                multiview_mask: None,
            });
            pass.set_pipeline(&self.pipelines.tonemap);
            pass.set_bind_group(0, &group, &[]);
            pass.draw(0..3, 0..1);
            self.draw_overlays(&mut pass, frame.overlays.len());
        }
    }

    fn variant(&self, frame: &Frame) -> Variant {
        Variant { debug: self.debug, light_count: frame.lights.len().min(MOST_LIGHTS) as u32 }
    }

    fn draw_all(&self, pass: &mut wgpu::RenderPass<'_>, draws: &[Draw], variant: Variant) {
        for draw in draws {
            let Some((slot, model)) = held(self, draw.slot) else { continue };
            let Some(part) = model.parts.get(draw.part) else { continue };
            if let Some(pipeline) = self.pipelines.forward(draw.features, draw.stroke, variant) {
                pass.set_pipeline(pipeline);
                draw_part(pass, slot, model, part);
            }
        }
    }

    /// What the target is cleared to.
    fn background(&self, frame: &Frame) -> wgpu::Color {
        let Backdrop::Color(color) = frame.backdrop else { return wgpu::Color::TRANSPARENT };
        let is_srgb = self.color_format.is_srgb();
        let channel = |c: f32| f64::from(if is_srgb { c } else { encode_srgb(c.clamp(0.0, 1.0)) });
        wgpu::Color { r: channel(color.x), g: channel(color.y), b: channel(color.z), a: 1.0 }
    }

    fn write_overlays(&mut self, overlays: &[Overlay]) {
        if overlays.is_empty() {
            return;
        }
        let is_srgb = self.color_format.is_srgb();
        let instances: Vec<OverlayInstance> = overlays
            .iter()
            .map(|overlay| {
                let [r, g, b, a] = overlay.color;
                let channel = |c: f32| if is_srgb { decode_srgb(c.clamp(0.0, 1.0)) } else { c };
                OverlayInstance { rect: overlay.rect, color: [channel(r), channel(g), channel(b), a] }
            })
            .collect();
        let contents: &[u8] = bytemuck::cast_slice(&instances);
        match self.overlay_buffer.as_ref().filter(|b| b.size() >= contents.len() as u64) {
            Some(buffer) => self.gpu.queue().write_buffer(buffer, 0, contents),
            None => {
                let usage = wgpu::BufferUsages::VERTEX | wgpu::BufferUsages::COPY_DST;
                let label = Some("Renderer::overlay_buffer");
                let descriptor = wgpu::util::BufferInitDescriptor { label, contents, usage };
                self.overlay_buffer = Some(self.gpu.device().create_buffer_init(&descriptor));
            }
        }
    }

    fn draw_overlays(&self, pass: &mut wgpu::RenderPass<'_>, count: usize) {
        if let Some(buffer) = self.overlay_buffer.as_ref().filter(|_| count > 0) {
            pass.set_pipeline(&self.pipelines.overlay);
            pass.set_vertex_buffer(0, buffer.slice(..));
            pass.draw(0..4, 0..count as u32);
        }
    }
}
