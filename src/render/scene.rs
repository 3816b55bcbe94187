//! What is drawn in which order, and the recording of the forward and composing passes.

use super::actor::Slot;
use super::bloom::draw_screen;
use super::bounds::Bounds;
use super::finish::Finish;
use super::forward::{Faces, Look, Stroke, Variant};
use super::lights::{placed, strongest};
use super::material::Alpha;
use super::model::{Model, Part};
use super::post::Effects;
use super::quality::takes_light;
use super::readback::encode_srgb;
use super::region::{Region, on_floor};
use super::shadow::ShadowView;
use super::target::{Attachments, Keep};
use super::timing::{Pass, Timing};
use super::toon::GpuToon;
use super::uniform::clip_from_world;
use super::{DebugView, Renderer, weighted};
use crate::frame::Frame;
use crate::stage::{Backdrop, Light};
use glam::{Mat4, Vec3};

/// One part of one actor.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draw {
    pub(super) slot: usize,
    pub(super) part: usize,
    pub(super) look: Look,
    /// Of its box's middle, along the view, metres.
    pub(super) distance: f32,
    /// Among blended ones, before the distance counts.
    pub(super) order: (bool, i32),
    /// Some of it may be in the picture.
    pub(super) is_seen: bool,
}

/// What one frame draws.
#[derive(Debug, Default)]
pub(super) struct Scene {
    /// Near sides first, then far sides, then those with holes, then outlines; each nearest first.
    pub(super) solid: Vec<Draw>,
    /// What light comes through, farthest first.
    pub(super) transmissive: Vec<Draw>,
    /// By the toons' order, then farthest first.
    pub(super) blended: Vec<Draw>,
    /// The direct lights that are used.
    pub(super) lights: Vec<Light>,
    /// So many of them lie behind what light comes through.
    blended_behind: usize,
    /// See [`Renderer::weighted_range`].
    pub(super) weighted_range: [f32; 2],
    /// All parts' boxes.
    pub(super) casters: Vec<Bounds>,
    /// The same with room for their morphs.
    roomy: Vec<Bounds>,
}

/// Which pixels need more than the kept wall.
#[derive(Debug, Clone, Copy)]
pub(super) struct Regions {
    /// Where the floor's shadow may show.
    floor: Option<Region>,
    /// That and the actors.
    part: Option<Region>,
}

impl Regions {
    /// What is drawn anew of a picture of `size` pixels; all of it where nothing is, for there it does not matter.
    pub(super) fn part_of(&self, size: (u32, u32)) -> Region {
        self.part.unwrap_or(Region::whole(size))
    }

    /// Draws all of a picture of `size` pixels anew that holds anybody.
    pub(super) fn widen(&mut self, size: (u32, u32)) {
        self.part = self.part.map(|_| Region::whole(size));
    }
}

impl Scene {
    /// Sorts the parts of the slots `shown`; makes missing pipelines.
    pub(super) fn gather(renderer: &mut Renderer, frame: &Frame, shown: &[usize], size: (u32, u32)) -> Self {
        let mut scene = renderer.scene.take().unwrap_or_default().cleared();
        let clip = clip_from_world(frame, size);
        let forward = (frame.camera.target - frame.camera.eye).normalize_or(Vec3::NEG_Z);
        let has_coverage = renderer.settings.samples > 1 && frame.backdrop != Backdrop::Transparent;
        for &slot_index in shown {
            let Some((slot, model)) = held(renderer, slot_index) else { continue };
            for (n, (part, bounds)) in model.parts.iter().zip(&slot.pose.bounds).enumerate() {
                if part.indices.is_empty() {
                    continue;
                }
                let toon = model.materials.toons.get(part.material).and_then(Option::as_ref);
                let distance = (bounds.center() - frame.camera.eye).dot(forward);
                let outline = toon.map_or(0.0, |toon| {
                    toon.reach(distance + (bounds.max - bounds.min).length() * 0.5, frame.camera.fov_y)
                });
                let reach = slot.pose.reaches.get(n).copied().unwrap_or_default() + outline;
                scene.casters.push(*bounds);
                scene.roomy.push(Bounds { min: bounds.min - reach, max: bounds.max + reach });
                let Some(&features) = model.materials.features.get(part.material) else { continue };
                let stroke = match features.alpha {
                    Alpha::Opaque => Stroke::Opaque,
                    Alpha::Mask if has_coverage => Stroke::Coverage,
                    Alpha::Mask => Stroke::Mask,
                    Alpha::Blend if toon.is_some() => Stroke::Blend,
                    Alpha::Blend => Stroke::BlendSolid,
                };
                scene.add(Draw {
                    slot: slot_index,
                    part: n,
                    look: Look { features, stroke, faces: Faces::Front, is_outline: false },
                    distance,
                    order: toon.map_or((true, 0), GpuToon::order),
                    is_seen: !bounds.is_outside(&clip),
                });
            }
        }
        scene.lights = strongest(&frame.lights, &scene.all());
        let variant = renderer.variant(frame, &scene.lights);
        renderer.weigh(&mut scene.blended);
        // What is outside of the picture has its pipelines too, for it may come in at any time.
        let looks = scene.solid.iter().chain(&scene.transmissive).chain(&scene.blended);
        let looks = looks.flat_map(|draw| weighted::looks(draw.look));
        renderer.pipelines.forward.prepare(&renderer.gpu, looks, variant);
        for draws in [&mut scene.solid, &mut scene.transmissive, &mut scene.blended] {
            draws.retain(|draw| draw.is_seen);
        }
        let rank = |d: &Draw| (d.look.is_outline, d.look.stroke != Stroke::Opaque, d.look.faces);
        scene.solid.sort_by(|a, b| rank(a).cmp(&rank(b)).then(a.distance.total_cmp(&b.distance)));
        scene.blended.sort_by(|a, b| a.order.cmp(&b.order).then(b.distance.total_cmp(&a.distance)));
        scene.split_blended();
        scene.weighted_range = renderer.weighted_range(frame, &scene.blended);
        scene
    }

    /// Nothing, with room for as much as it held.
    fn cleared(mut self) -> Self {
        [&mut self.solid, &mut self.transmissive, &mut self.blended].into_iter().for_each(Vec::clear);
        [&mut self.casters, &mut self.roomy].into_iter().for_each(Vec::clear);
        self.blended_behind = 0;
        self
    }

    /// Slot, part and alpha of what hides the surroundings from what is near.
    pub(super) fn surfaces(&self) -> impl Iterator<Item = (usize, usize, Alpha)> {
        let is_surface = |draw: &&Draw| !draw.look.is_outline && draw.look.faces == Faces::Front;
        self.solid.iter().filter(is_surface).map(|d| (d.slot, d.part, d.look.features.alpha))
    }

    /// Around all actors.
    fn all(&self) -> Bounds {
        let mut all = Bounds::EMPTY;
        self.casters.iter().for_each(|b| all.merge(b));
        all
    }

    /// Adds the sides and strokes that `draw`'s material has.
    fn add(&mut self, draw: Draw) {
        let Look { features, stroke, .. } = draw.look;
        let side = |stroke, faces| Draw { look: Look { stroke, faces, ..draw.look }, ..draw };
        let line = features.toon.filter(|toon| toon.has_outline).map(|_| {
            let side = side(stroke, Faces::Back);
            Draw { look: Look { is_outline: true, ..side.look }, ..side }
        });
        if features.layers.is_some_and(|layers| layers.has_transmission) {
            let stroke = if features.alpha == Alpha::Blend { Stroke::Blend } else { stroke };
            if features.is_double_sided {
                self.transmissive.push(side(stroke, Faces::Back));
            }
            self.transmissive.push(side(stroke, Faces::Front));
            return;
        }
        if stroke != Stroke::Blend {
            // What is behind hides nothing: the far sides come last, and most of them are never shaded.
            self.solid.push(side(stroke, Faces::Front));
            if features.is_double_sided {
                self.solid.push(side(stroke, Faces::Back));
            }
            self.solid.extend(line);
        }
        if features.alpha == Alpha::Blend {
            let faces = if features.is_double_sided { Faces::Both } else { Faces::Front };
            let surface = side(Stroke::Blend, faces);
            // Only a surface that writes depth keeps a later line off itself.
            let is_kept_off = features.toon.is_some_and(|toon| toon.has_z_write);
            let line = line.filter(|line| line.look.stroke == Stroke::Blend);
            let (before, after) = if is_kept_off { (None, line) } else { (line, None) };
            self.blended.extend(before.into_iter().chain([surface]).chain(after));
        }
    }

    /// Orders what light comes through, and puts first what is blended behind the nearest of it.
    fn split_blended(&mut self) {
        self.transmissive.sort_by(|a, b| b.distance.total_cmp(&a.distance));
        let Some(nearest) = self.transmissive.last().map(|draw| draw.distance) else { return };
        let (behind, before): (Vec<Draw>, Vec<Draw>) =
            self.blended.iter().partition(|draw| draw.distance >= nearest);
        self.blended_behind = behind.len();
        self.blended = behind.into_iter().chain(before).collect();
    }

    /// What is touched in a picture of `size` pixels under the shadow-throwing light and its map.
    pub(super) fn regions(
        &self,
        frame: &Frame,
        key: Option<(&Light, &ShadowView)>,
        is_contact: bool,
        size: (u32, u32),
    ) -> Regions {
        let clip = clip_from_world(frame, size);
        let floor = match (frame.backdrop, key) {
            (Backdrop::Studio { floor, .. }, Some((light, view))) if self.shows_floor(floor, &clip) => {
                let towards = light.towards.normalize_or_zero();
                let boxes: Option<Vec<Bounds>> =
                    self.roomy.iter().map(|b| on_floor(b, floor, towards, view.reach(is_contact))).collect();
                boxes
                    .map_or(Some(Region::whole(size)), |boxes| Region::around(boxes.into_iter(), &clip, size))
            }
            _ => None,
        };
        let actors = Region::around(self.roomy.iter().copied(), &clip, size);
        let part = actors.into_iter().chain(floor).reduce(|a, b| a.merged(&b));
        Regions { floor, part }
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

/// The actor's buffers and its avatar's.
pub(super) fn held(renderer: &Renderer, slot: usize) -> Option<(&Slot, &Model)> {
    let slot = renderer.slots.get(slot)?;
    Some((slot, renderer.models.get(slot.avatar)?))
}

/// Binds what a part needs and draws it.
pub(super) fn draw_part(pass: &mut wgpu::RenderPass<'_>, slot: &Slot, model: &Model, part: &Part) {
    let Some(textures) = model.materials.textures.get(part.material) else { return };
    pass.set_bind_group(1, &slot.factors, &[slot.stride * part.material as u32]);
    pass.set_bind_group(2, textures, &[]);
    pass.set_vertex_buffer(0, slot.vertices.slice(..));
    pass.set_vertex_buffer(1, model.surfaces.slice(..));
    pass.set_index_buffer(model.indices.slice(..), wgpu::IndexFormat::Uint32);
    pass.draw_indexed(part.indices.clone(), part.vertices.start as i32, 0..1);
}

/// One triangle over all, of which `region` is drawn.
pub(super) fn draw_region(pass: &mut wgpu::RenderPass<'_>, region: &Region) {
    pass.set_scissor_rect(region.origin.0, region.origin.1, region.size.0, region.size.1);
    pass.draw(0..3, 0..1);
}

impl Renderer {
    /// Draws the actors and what is behind them, which is then put in its place in `target` of `size` pixels, and the
    /// overlays.
    pub(super) fn encode_scene(
        &mut self,
        encoder: &mut wgpu::CommandEncoder,
        frame: &Frame,
        (scene, regions, effects): (&Scene, &Regions, &Effects),
        (target, size): (&wgpu::TextureView, (u32, u32)),
        mut timing: Option<&mut Timing>,
    ) {
        self.write_overlays(&frame.overlays);
        let Some(region) = regions.part else {
            self.encode_compose(encoder, frame, None, target, timing);
            return;
        };
        let is_smoothed = self.pipelines.composing.smooth_part.is_some();
        let fits = |a: &Attachments| {
            let fits = if effects.any() { a.size == region.size } else { a.fits(region.size) };
            fits && a.smoothed.is_some() == is_smoothed
        };
        if !self.attachments.as_ref().is_some_and(fits) {
            self.post.forget();
            self.attachments =
                Some(Attachments::new(&self.gpu, &self.settings, &self.pipelines, region.size));
        }
        let is_split = !scene.transmissive.is_empty();
        if is_split {
            self.prepare_behind(region.size);
        }
        let (behind, before) = scene.blended.split_at(scene.blended_behind.min(scene.blended.len()));
        let (blended, late) = weighted::split(if is_split { behind } else { &scene.blended });
        let (before, last) = weighted::split(before);
        if !(late.is_empty() && last.is_empty())
            && let Some(size) = self.attachments.as_ref().map(|a| a.size)
        {
            self.prepare_weighted(size);
        }
        let Some(attachments) = &self.attachments else { return };
        let variant = self.variant(frame, &scene.lights);
        let at = (region, size);
        let more = |is_more: bool| Keep { has_samples: is_more, has_depth: is_more || effects.any() };
        {
            let clear =
                if self.settings.is_hdr { wgpu::Color::TRANSPARENT } else { self.part_background(frame) };
            let writes = timing.as_mut().and_then(|t| t.render(Pass::Forward));
            let mut pass =
                attachments.begin(encoder, Some(clear), more(is_split || !late.is_empty()), at, writes);
            pass.set_bind_group(0, &self.frame_group, &[]);
            self.draw_all(&mut pass, scene.solid.iter().copied(), variant);
            self.draw_backdrop(&mut pass, frame, region, regions.floor);
            self.draw_all(&mut pass, blended.iter().copied(), variant);
            if !is_split {
                self.draw_wires(&mut pass, scene);
            }
        }
        self.encode_weighted(encoder, attachments, (late, variant), more(is_split), at);
        if is_split {
            let glass = timing.as_mut().and_then(|t| t.render(Pass::Glass));
            let keep = more(!last.is_empty());
            if let Some(mut pass) = self.begin_glass(encoder, frame, attachments, (keep, region, size), glass)
            {
                self.draw_all(&mut pass, scene.transmissive.iter().chain(before).copied(), variant);
                self.draw_wires(&mut pass, scene);
            }
            self.encode_weighted(encoder, attachments, (last, variant), more(false), at);
        }
        let composing = &self.pipelines.composing;
        if let (Some(pipeline), Some(smoothed)) = (&composing.smooth_part, &attachments.smoothed) {
            let clear = wgpu::LoadOp::Clear(wgpu::Color::TRANSPARENT);
            draw_screen(encoder, "smooth", (&[&smoothed.view], clear), None, |pass| {
                pass.set_pipeline(pipeline);
                pass.set_bind_group(0, &self.frame_group, &[]);
                pass.set_bind_group(1, &attachments.part.group, &[]);
                pass.set_scissor_rect(0, 0, region.size.0, region.size.1);
            });
        }
        let mut part = (&composing.compose_part, &attachments.shown().group);
        if effects.any() {
            self.post.encode(
                &self.gpu,
                encoder,
                (attachments, composing),
                (effects, self.settings.samples),
                timing.as_deref_mut(),
            );
            part = self.post.composed(composing).unwrap_or(part);
        }
        self.encode_compose(encoder, frame, Some((region, part)), target, timing);
    }

    /// Puts wall and part together, tone maps, draws the overlays.
    fn encode_compose(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        frame: &Frame,
        part: Option<(Region, (&wgpu::RenderPipeline, &wgpu::BindGroup))>,
        target: &wgpu::TextureView,
        timing: Option<&mut Timing>,
    ) {
        let size = target.texture().size();
        let (width, height) = self.scaled((size.width, size.height));
        let scale = [width as f32 / size.width as f32, height as f32 / size.height as f32];
        let part = part.map(|(region, drawn)| (region.unscaled(scale, (size.width, size.height)), drawn));
        let hole = part.map_or(Region { origin: (0, 0), size: (0, 0) }, |(region, _)| region);
        let around: Vec<Region> = Region::whole((size.width, size.height)).without(&hole).collect();
        let is_grained = self.pipelines.composing.finish != self.pipelines.composing.finish.ungrained();
        let is_copied = !is_grained
            && self.wall_of(frame).is_some_and(|wall| wall.copied(encoder, target.texture(), &around));
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("compose"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: target,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: match is_copied {
                        true => wgpu::LoadOp::Load,
                        // One colour is exact: it never goes through tone mapping.
                        false => wgpu::LoadOp::Clear(self.background(frame)),
                    },
                    store: wgpu::StoreOp::Store,
                },
            })],
            timestamp_writes: timing.and_then(|t| t.render(Pass::Compose)),
            ..Default::default()
        });
        pass.set_bind_group(0, &self.frame_group, &[]);
        if let Some(wall) = self.wall_of(frame).filter(|_| !is_copied) {
            pass.set_pipeline(&self.pipelines.composing.compose_wall);
            pass.set_bind_group(1, &wall.group, &[]);
            around.iter().for_each(|region| draw_region(&mut pass, region));
        }
        if let Some((region, (pipeline, group))) = part {
            pass.set_pipeline(pipeline);
            pass.set_bind_group(1, group, &[]);
            draw_region(&mut pass, &region);
        }
        pass.set_scissor_rect(0, 0, size.width, size.height);
        if let Some(lines) = self.lines.as_ref().filter(|_| self.debug == Some(DebugView::Joints)) {
            lines.draw_bones(&mut pass);
        }
        self.draw_overlays(&mut pass, frame.overlays.len());
    }

    fn variant(&self, frame: &Frame, lights: &[Light]) -> Variant {
        Variant {
            debug: self.debug,
            light_count: lights.len() as u32,
            placed: placed(lights),
            sky: self.sky_use(frame),
            // Where a later pass makes codes of light, all looks are drawn alike.
            finish: if self.settings.is_hdr {
                Finish::default()
            } else {
                self.finish(frame).scaled(false).ungrained()
            },
        }
    }

    /// Draws them in this order.
    pub(super) fn draw_all(
        &self,
        pass: &mut wgpu::RenderPass<'_>,
        draws: impl Iterator<Item = Draw>,
        variant: Variant,
    ) {
        for draw in draws {
            let Some((slot, model)) = held(self, draw.slot) else { continue };
            let Some(part) = model.parts.get(draw.part) else { continue };
            if let Some(pipeline) = self.pipelines.forward.get(draw.look, variant) {
                pass.set_pipeline(pipeline);
                if draw.look.features.toon.is_some() {
                    pass.set_bind_group(3, slot.toons.group(part.material), &[]);
                } else if draw.look.features.layers.is_some() {
                    pass.set_bind_group(3, slot.layers.group(part.material), &[]);
                }
                draw_part(pass, slot, model, part);
            }
        }
    }

    /// What the actors' part is cleared to.
    fn part_background(&self, frame: &Frame) -> wgpu::Color {
        let color = self.background(frame);
        let brightness = color.r * 0.299 + color.g * 0.587 + color.b * 0.114;
        if self.pipelines.composing.finish.has_brightness {
            wgpu::Color { a: brightness, ..color }
        } else {
            color
        }
    }

    /// What the target is cleared to.
    fn background(&self, frame: &Frame) -> wgpu::Color {
        let Backdrop::Color(color) = frame.backdrop else { return wgpu::Color::TRANSPARENT };
        let is_srgb = takes_light(self.color_format);
        let channel = |c: f32| f64::from(if is_srgb { c } else { encode_srgb(c.clamp(0.0, 1.0)) });
        wgpu::Color { r: channel(color.x), g: channel(color.y), b: channel(color.z), a: 1.0 }
    }
}
