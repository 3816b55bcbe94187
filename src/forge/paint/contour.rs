//! Stage make-up: where a face is shaded, lit and rouged so that its bones read from afar.

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::super::person::Srgb;
use super::complexion::darkness;
use super::face::{Face, Site, spot};
use super::lerp;

/// What full shade, on fair and on dark skin, and full rouge leave of the light, and what full light makes of it.
const SHADE: [Srgb; 2] = [[0.91, 0.73, 0.66], [0.76, 0.64, 0.58]];
const ROUGE: Srgb = [1.0, 0.80, 0.78];
const LIGHT: Srgb = [1.17, 1.14, 1.11];
/// What shade leaves of the light on the throat, of fair and of dark skin.
const THROAT: [Srgb; 2] = [[0.89, 0.81, 0.76], [0.79, 0.75, 0.74]];
/// How much planes that turn aside are shaded, so that forms read in any light.
const FORM: f32 = 0.36;
/// How much more of that there is below the cheekbones.
const LOWER: f32 = 1.1;
/// How much the eye's socket is shaded: beside the nose, and along the lid's fold.
const DEEP: [f32; 2] = [0.62, 0.42];
/// How strong all is on a face without make-up, and how much make-up adds.
const NATURAL: f32 = 0.52;
const PAINTED: f32 = 0.18;

/// `colour` with shade, rouge and light at `site`.
pub(super) fn apply(colour: Srgb, face: &Face, site: &Site) -> Srgb {
    let makeup = face.person.skin.makeup;
    let strength = NATURAL + PAINTED * makeup;
    let dark = darkness(face.person.skin.colour);
    let bare = 1.0 - face.red(site);
    let shade = (shade(face, site) * strength * bare).min(1.0);
    let throat = throat(face, site);
    let rouge = rouge(face, site) * makeup * bare;
    let light = (light(face, site) + under_eye(face, site) * makeup) * strength * (1.0 - 0.3 * dark) * bare;
    let [shaded, under] = [SHADE, THROAT].map(|[fair, deep]| lerp(fair, deep, dark));
    [0, 1, 2].map(|i| {
        let by = |full: Srgb, share: f32| 1.0 + (full[i] - 1.0) * share;
        (colour[i] * by(shaded, shade) * by(under, throat) * by(ROUGE, rouge) * by(LIGHT, light)).min(1.0)
    })
}

/// Under the cheekbones, along the jaw and under it, at the temples, beside the bridge of the nose, under the lower lip.
fn shade(face: &Face, site: &Site) -> f32 {
    let (m, eye, s) = (&face.marks, face.eye.centre, site.side);
    let level = m.nose.y * 0.55 + m.mouth.y * 0.45;
    let hollow = [Vec2::new(eye.x * 2.05, m.nose.y + 0.010), Vec2::new(m.corner.x + 0.016, level)];
    let jaw = [Vec2::new(eye.x * 1.85, m.mouth.y), Vec2::new(eye.x * 0.75, m.chin.y - 0.001)];
    let bridge =
        [Vec2::new(m.canthus_inner.x * 0.72, eye.y + 0.004), Vec2::new(m.wing.x * 0.74, m.wing.y + 0.007)];
    let temple = spot(s, Vec3::new(eye.x * 2.1, eye.y + 0.032, s.z), Vec3::new(0.014, 0.026, 1.0));
    let lip = spot(s, m.mouth - Vec3::Y * 0.0145, Vec3::new(0.012, 0.0045, 0.02));
    let under = smoothstep(-0.45, -0.85, site.normal.y) * smoothstep(m.mouth.y, m.chin.y, s.y);
    let before = smoothstep(eye.z - 0.085, eye.z - 0.055, s.z);
    let bones = 0.30 * stroke(s, hollow, 0.0095) + 0.36 * stroke(s, jaw, 0.0095) + 0.30 * temple;
    let fine = 0.15 * stroke(s, bridge, 0.0034) + 0.32 * lip;
    // The sides of the jaw most of all.
    let sides = 1.0 + LOWER * smoothstep(eye.y - 0.030, eye.y - 0.055, s.y);
    let form = FORM
        * sides
        * smoothstep(0.85, 0.25, site.normal.z)
        * smoothstep(m.chin.y - 0.005, m.chin.y + 0.012, s.y);
    let fine = (fine + socket(face, site)) * smoothstep(eye.z - 0.01, eye.z, s.z);
    before * (bones + form + fine + 0.55 * under)
}

/// Where the eye lies deep: beside the bridge of the nose, and along the fold of the upper lid to beyond its outer corner.
fn socket(face: &Face, site: &Site) -> f32 {
    let (m, eye, s) = (&face.marks, face.eye.centre, site.side);
    let inner = Vec2::new(m.canthus_inner.x * 0.84, eye.y + 0.0070);
    let over = Vec2::new(eye.x, eye.y + 0.0112);
    let outer = Vec2::new(m.canthus_outer.x + 0.001, m.canthus_outer.y + 0.0050);
    let deep = spot(s, inner.extend(s.z), Vec3::new(0.0052, 0.0085, 1.0));
    let fold = stroke(s, [inner, over], 0.0036).max(stroke(s, [over, outer], 0.0036));
    DEEP[0] * deep + DEEP[1] * fold
}

/// The throat under the jaw, so that the jaw has a line also where light comes from its side.
fn throat(face: &Face, site: &Site) -> f32 {
    let (chin, s) = (face.marks.chin, site.side);
    // The jaw rises towards the ears.
    let jaw = chin.y + 0.42 * (chin.z - 0.010 - s.z).max(0.0);
    smoothstep(jaw - 0.004, jaw - 0.020, s.y)
        * smoothstep(chin.y - 0.115, chin.y - 0.035, s.y)
        * smoothstep(chin.z - 0.012, chin.z - 0.034, s.z)
}

/// On the cheekbones, the bridge of the nose, under the brows' arches, over the bow of the lips, on the chin.
fn light(face: &Face, site: &Site) -> f32 {
    let (m, eye, s) = (&face.marks, face.eye.centre, site.side);
    let bone = [Vec2::new(eye.x + 0.006, eye.y - 0.0225), Vec2::new(eye.x + 0.026, eye.y - 0.0135)];
    let brow = [Vec2::new(eye.x + 0.006, eye.y + 0.0155), Vec2::new(eye.x + 0.018, eye.y + 0.0145)];
    let bridge = [Vec2::new(0.0, eye.y + 0.002), Vec2::new(0.0, m.nose.y + 0.003)];
    let bow = spot(s, m.mouth + Vec3::new(0.0, 0.0115, 0.0), Vec3::new(0.006, 0.0025, 0.02));
    let chin = spot(s, m.chin, Vec3::new(0.010, 0.007, 0.02));
    let forehead = spot(s, Vec3::new(0.0, eye.y + 0.040, s.z), Vec3::new(0.024, 0.016, 1.0));
    let before = smoothstep(eye.z - 0.03, eye.z - 0.012, s.z);
    let wide = 0.5 * stroke(s, bone, 0.0085) + 0.12 * forehead + 0.35 * chin;
    before * (wide + 0.55 * stroke(s, brow, 0.0034) + 0.65 * stroke(s, bridge, 0.0032) + 0.4 * bow)
}

/// What hides the shade between the lower lid and the cheek.
fn under_eye(face: &Face, site: &Site) -> f32 {
    let (m, eye) = (&face.marks, face.eye.centre);
    let inner = Vec2::new(m.canthus_inner.x + 0.001, eye.y - 0.0125);
    let outer = Vec2::new(eye.x + 0.006, eye.y - 0.0185);
    let before = smoothstep(eye.z - 0.03, eye.z - 0.012, site.p.z);
    1.2 * before * stroke(site.side, [inner, outer], 0.0055)
}

/// From the apple of the cheek up towards the temple.
fn rouge(face: &Face, site: &Site) -> f32 {
    let (m, eye) = (&face.marks, face.eye.centre);
    let apple = Vec2::new(eye.x + 0.008, m.nose.y + 0.010);
    let end = Vec2::new(eye.x * 1.95, eye.y - 0.020);
    let before = smoothstep(eye.z - 0.07, eye.z - 0.03, site.p.z);
    0.24 * before * stroke(site.side, [apple, end], 0.0125)
}

/// 1 on the line between two points seen from the front, running out softly over `width` metres.
fn stroke(p: Vec3, [a, b]: [Vec2; 2], width: f32) -> f32 {
    let from = p.truncate() - a;
    let along = (from.dot(b - a) / (b - a).length_squared().max(1e-9)).clamp(0.0, 1.0);
    let off = ((from - (b - a) * along) / width).length_squared();
    if off > 12.0 { 0.0 } else { libm::expf(-off) }
}
