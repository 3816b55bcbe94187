//! How rough the skin is, and how much of the surroundings its folds see.

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::person::Srgb;
use super::complexion::darkness;
use super::face::{Face, Site, spot};
use super::noise::{cloud, noise};

/// Where no zone is.
const PLAIN: f32 = 0.56;
/// Dark skin sends so little light back from within that the same gloss looks like lacquer.
const DARK: f32 = 0.24;

/// Occlusion, roughness and no metal, as glTF packs them.
pub(super) fn pack(face: &Face, site: &Site) -> Srgb {
    [open(site), roughness(face, site).clamp(0.2, 0.9), 0.0]
}

fn roughness(face: &Face, site: &Site) -> f32 {
    let m = &face.marks;
    let eye = face.eye.centre;
    let nose = spot(site.side, m.nose + Vec3::Z * 0.002, Vec3::new(0.012, 0.020, 0.025));
    let forehead = spot(site.p, Vec3::new(0.0, eye.y + 0.045, eye.z + 0.02), Vec3::new(0.036, 0.022, 0.04));
    let chin = spot(site.p, m.chin, Vec3::new(0.014, 0.012, 0.02));
    let bone = spot(site.side, Vec3::new(eye.x + 0.016, eye.y - 0.022, eye.z), Vec3::new(0.016, 0.010, 0.03));
    let lid = smoothstep(9.0, 5.0, site.lids);
    let rim = smoothstep(3.3, 2.2, site.lids);
    // What is mottled on fair skin is blotches of light on dark skin.
    let even = 1.0 - 0.75 * darkness(face.person.skin.colour);
    let mut rough = PLAIN + DARK * darkness(face.person.skin.colour)
        - 0.12 * even * nose
        - 0.08 * even * forehead
        - 0.05 * chin
        - 0.05 * bone
        - 0.06 * lid;
    rough += 0.03 * even * cloud(site.p * 120.0, 3, 0.6) + 0.04 * even * noise(site.p * 900.0);
    rough += 0.12 * face.beard(site) * face.person.skin.stubble;
    let lips = 0.68 - 0.04 * face.person.skin.makeup
        + 0.05 * noise(Vec3::new(site.p.x * 900.0, site.p.y * 150.0, 0.0));
    rough += (lips - rough) * face.red(site);
    rough += (0.34 - rough) * site.hand.nail;
    rough + (0.44 - rough) * rim.max(smoothstep(0.8, 0.0, site.lips))
}

fn open(site: &Site) -> f32 {
    1.0 - 0.28 * site.hollow
}
