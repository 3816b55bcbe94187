//! Where the shadow map looks: fitted to the actors and to what the camera sees of them. And its pass.

use super::Renderer;
use super::bounds::Bounds;
use super::scene::{draw_part, held};
use super::timing::{Pass, Timing};
use crate::stage::{Camera, Light};
use glam::{Mat4, Vec2, Vec3};

/// The shadow map's view for one frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ShadowView {
    /// Depth 0 nearest to the light.
    pub(super) clip_from_world: Mat4,
    /// Texture coordinates and depth.
    pub(super) texture_from_world: Mat4,
    /// Metres of one texel.
    pub(super) texel: f32,
    /// Radius of the soft edge in texture coordinates.
    pub(super) penumbra: f32,
    /// How much wider the soft edge is, texture coordinates, for a gap of 1 in the map's depth.
    pub(super) cone: f32,
}

impl ShadowView {
    /// How far beside its caster's outline the widest soft shadow on the floor may reach, metres across the light; `is_contact`
    /// where the edge is the softer the farther the caster.
    pub(super) fn reach(&self, is_contact: bool) -> f32 {
        let extent = self.clip_from_world.row(0).truncate().length().recip() * 2.0;
        let widest = if is_contact { self.cone } else { self.penumbra * 2.5 };
        widest * extent + self.texel * 4.0
    }
}

/// Fits a map of `size` texels a side to `casters`. The grid of texels stands still in the world, so that a swaying
/// body's shadow does not crawl.
pub(super) fn fit(
    casters: &[Bounds],
    light: &Light,
    camera: &Camera,
    aspect: f32,
    size: u32,
) -> Option<ShadowView> {
    let forward = (-light.towards).try_normalize()?;
    let helper = if forward.y.abs() > 0.99 { Vec3::Z } else { Vec3::Y };
    let right = forward.cross(helper).try_normalize()?;
    let up = right.cross(forward);
    let flat = |p: Vec3| Vec2::new(p.dot(right), p.dot(up));

    let mut low = Vec2::INFINITY;
    let mut high = Vec2::NEG_INFINITY;
    let (mut near, mut far) = (f32::INFINITY, f32::NEG_INFINITY);
    let mut height = 0.0f32;
    for bounds in casters.iter().filter(|b| !b.is_empty()) {
        height = height.max(bounds.max.y) - bounds.min.y.min(0.0);
        for corner in bounds.corners() {
            low = low.min(flat(corner));
            high = high.max(flat(corner));
            near = near.min(corner.dot(forward));
            far = far.max(corner.dot(forward));
        }
    }
    // What the camera sees at its target, with room for what leans towards it.
    let reach = camera.eye.distance(camera.target) * libm::tanf(camera.fov_y * 0.5) * 1.3;
    let reach = reach * libm::sqrtf(1.0 + aspect * aspect);
    let seen = flat(camera.target);
    let (low, high) = (low.max(seen - reach), high.min(seen + reach));
    let extent = (high - low).max_element();
    if !extent.is_finite() || extent <= 0.0 || !(far - near).is_finite() {
        return None;
    }
    // In coarse steps, so that the texel size changes seldom.
    let step = libm::exp2f(libm::floorf(libm::log2f(extent))) / 8.0;
    let extent = libm::ceilf(extent * 1.02 / step) * step;
    let texel = extent / size as f32;
    let corner = ((low + high) * 0.5 - extent * 0.5) / texel;
    let corner = corner.floor() * texel;
    let depth = (far - near).max(1e-3) * 1.02;

    let scale = Vec3::new(2.0 / extent, 2.0 / extent, 1.0 / depth);
    let rows = [right * scale.x, up * scale.y, forward * scale.z];
    let offset = Vec3::new(
        -1.0 - corner.x * scale.x,
        -1.0 - corner.y * scale.y,
        -(near - (far - near) * 0.01) * scale.z,
    );
    let clip_from_world = Mat4::from_cols(
        Vec3::new(rows[0].x, rows[1].x, rows[2].x).extend(0.0),
        Vec3::new(rows[0].y, rows[1].y, rows[2].y).extend(0.0),
        Vec3::new(rows[0].z, rows[1].z, rows[2].z).extend(0.0),
        offset.extend(1.0),
    );
    let texture_from_clip =
        Mat4::from_translation(Vec3::new(0.5, 0.5, 0.0)) * Mat4::from_scale(Vec3::new(0.5, -0.5, 1.0));
    // As if what throws the shadow stood a few hundredths of the body's height away.
    let softness = libm::tanf(light.angular_radius.clamp(0.0, 1.0)) * height.max(1e-3) * 0.05;
    Some(ShadowView {
        clip_from_world,
        texture_from_world: texture_from_clip * clip_from_world,
        texel,
        penumbra: (softness / extent).max(1.0 / size as f32),
        cone: libm::tanf(light.angular_radius.clamp(0.0, 0.5)) * depth / extent,
    })
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
            timestamp_writes: timing.and_then(|t| t.render(Pass::Shadow)),
            occlusion_query_set: None,
            multiview_mask: None,
        });
        pass.set_bind_group(0, &self.shadow_group, &[]);
        for (slot, model) in shown.iter().filter_map(|&n| held(self, n)) {
            for (part, bounds) in model.parts.iter().zip(&slot.pose.bounds) {
                let Some(features) = model.materials.features.get(part.material) else { continue };
                let is_clear = features.layers.is_some_and(|layers| layers.is_clear);
                if !is_clear && !part.indices.is_empty() && !bounds.is_outside(&view.clip_from_world) {
                    pass.set_pipeline(self.pipelines.shadow(features));
                    draw_part(&mut pass, slot, model, part);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::LightKind;

    #[test]
    fn every_caster_lies_inside_the_map() {
        let casters = [Bounds { min: Vec3::new(-0.5, 0.0, -0.2), max: Vec3::new(0.5, 1.8, 0.3) }];
        let light = Light {
            kind: LightKind::Directional,
            towards: Vec3::new(-0.5, 0.7, 0.6).normalize_or_zero(),
            radiance: Vec3::ONE,
            angular_radius: 0.1,
            casts_shadow: true,
        };
        let camera = Camera {
            eye: Vec3::new(0.0, 1.0, 5.0),
            target: Vec3::new(0.0, 0.9, 0.0),
            fov_y: 0.6,
            near: 0.1,
            far: 20.0,
        };
        let view = fit(&casters, &light, &camera, 1.6, 1024).unwrap();
        for corner in casters[0].corners() {
            let at = view.texture_from_world.project_point3(corner);
            assert!((0.0..=1.0).contains(&at.x) && (0.0..=1.0).contains(&at.y), "{at}");
            assert!((0.0..=1.0).contains(&at.z), "{at}");
        }
        let towards_light = view.texture_from_world.transform_vector3(light.towards);
        assert!(towards_light.z < 0.0, "nearer to the light is smaller depth");
    }
}
