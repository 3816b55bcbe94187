//! The jacket: a blazer with one button, lapels and collar.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::cloth::{drape, rim};
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How far the cloth stands off the suit.
const OFFSET: f32 = 0.009;
/// How far lapels and collar stand off the cloth.
const FOLD: f32 = 0.005;

/// The jacket, lapels and collar included.
pub(in crate::forge) fn jacket(suit: &Part, measures: &Measures) -> Part {
    let cloth = drape(suit, |v| OFFSET + flare(v, measures), 8, OFFSET * 0.7);
    let mut shell = cloth.clip(|v| edge(v, measures)).clip(|v| limits(v, measures));
    let mut folds = cloth
        .clip(|v| edge(v, measures))
        .clip(|v| limits(v, measures))
        .clip(|v| width(v, measures) - edge(v, measures));
    for vertex in &mut folds.vertices {
        let lift = FOLD * smoothstep(0.0, 0.03, vertex.position.y - measures.height(0.42));
        vertex.position += vertex.normal * lift;
    }
    rim(&mut folds, FOLD + 0.001);
    rim(&mut shell, 0.007);
    shell.append(&folds);
    shell
}

/// The hem hangs away from the hips.
fn flare(vertex: &Vertex, measures: &Measures) -> f32 {
    if measures.is_arm(vertex) {
        0.004
    } else {
        0.008 * smoothstep(0.45, 0.0, (vertex.position.y - measures.height(0.0)) / 0.5)
    }
}

/// Distance from the front opening and from the neck; negative where there is no cloth.
fn edge(vertex: &Vertex, measures: &Measures) -> f32 {
    let p = vertex.position;
    let neck = measures.at(Bone::Neck);
    let round_neck = Vec2::new(p.x, p.z - neck.z - 0.01).length() - 0.052;
    let stand = (neck.y + 0.035 - p.y).max(round_neck - 0.03);
    if p.z > neck.z { (p.x.abs() - measures.opening(p.y)).min(stand) } else { stand }
}

/// Inside the hem and the cuffs.
fn limits(vertex: &Vertex, measures: &Measures) -> f32 {
    if measures.is_arm(vertex) {
        measures.before_wrist(vertex.position) - 0.012
    } else {
        vertex.position.y - measures.height(-0.06)
    }
}

/// How wide lapel or collar is at the vertex's height.
fn width(vertex: &Vertex, measures: &Measures) -> f32 {
    let p = vertex.position;
    let (button, notch, neck) = (measures.height(0.42), measures.height(0.84), measures.height(1.0));
    if p.z < measures.at(Bone::Neck).z + 0.02 {
        return 0.045;
    }
    if p.y < button {
        return -1.0;
    }
    if p.y < notch {
        0.008 + 0.062 * (p.y - button) / (notch - button)
    } else {
        let rise = (p.y - notch) / (neck - notch);
        // Behind the notch the collar begins narrower than the lapel.
        0.038 + 0.03 * smoothstep(0.12, 0.0, rise) + 0.01 * rise
    }
}

/// The button, a small disc on the jacket's front.
pub(in crate::forge) fn button(jacket: &Part, measures: &Measures) -> Part {
    let y = measures.height(0.42) - 0.004;
    let near = |v: &&Vertex| v.position.x.abs() < 0.02 && (v.position.y - y).abs() < 0.03;
    let front = jacket.vertices.iter().filter(near).map(|v| v.position.z).fold(f32::MIN, f32::max);
    let centre = Vec3::new(0.0, y, front + 0.002);
    let mut part = Part::default();
    const SECTORS: u32 = 16;
    let skin = jacket
        .vertices
        .iter()
        .min_by(|a, b| a.position.distance(centre).total_cmp(&b.position.distance(centre)))
        .map_or(rigid(Bone::Spine), |v| v.skin);
    let mut add = |radius: f32, turn: f32, depth: f32, normal: Vec3| {
        let (sin, cos) = libm::sincosf(turn);
        let position = centre + Vec3::new(cos * radius, sin * radius, depth);
        part.vertex(Vertex { position, normal, coordinate: Vec2::ZERO, skin, source: None })
    };
    let middle = add(0.0, 0.0, 0.001, Vec3::Z);
    let mut rings = Vec::new();
    for sector in 0..SECTORS {
        let turn = sector as f32 / SECTORS as f32 * std::f32::consts::TAU;
        let (sin, cos) = libm::sincosf(turn);
        let out = Vec3::new(cos, sin, 0.6).normalize_or(Vec3::Z);
        rings.push((add(0.0085, turn, 0.001, Vec3::Z), add(0.0105, turn, -0.004, out)));
    }
    for (i, &(top, side)) in rings.iter().enumerate() {
        let (next_top, next_side) = rings[(i + 1) % rings.len()];
        part.triangles.push([middle, top, next_top]);
        part.quad([top, side, next_side, next_top]);
    }
    part
}
