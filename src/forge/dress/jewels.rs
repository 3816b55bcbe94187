//! Small things of metal that are worn: necklaces, earrings.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::Measures;
use super::cord::{both, cord};
use super::hull::direction;
use super::probe::Probe;
use crate::vocabulary::Bone;

/// How a necklace hangs; metres.
pub(super) struct Necklace {
    /// Half as thick as the chain.
    pub(super) chain: f32,
    /// How far below the neck's joint it hangs in front.
    pub(super) depth: f32,
    /// Half as wide as the pendant; 0 for none.
    pub(super) pendant: f32,
}

/// A chain around the neck, lying on the skin, and its pendant.
pub(super) fn necklace(body: &Probe<'_>, measures: &Measures, worn: &Necklace) -> Part {
    /// On one half.
    const LINKS: usize = 30;
    /// Above the neck's joint behind.
    const NAPE: f32 = 0.012;
    let neck = measures.at(Bone::Neck);
    let place = |turn: f32| {
        let flat = direction(turn);
        let out = Vec3::new(flat.x, 0.0, flat.y);
        // It hangs nearly straight from the sides of the neck.
        let ahead = (1.0 + libm::cosf(turn * std::f32::consts::TAU)) * 0.5;
        let fall = libm::powf(ahead, 2.2) * (worn.depth + NAPE);
        let from = neck + Vec3::Y * (NAPE - fall) + Vec3::Z * 0.008;
        let reach = body.last(from, out).map_or(0.06, |hit| (hit.point - from).dot(out)).min(0.11);
        body.lay(from + out * reach, worn.chain * 0.6, worn.chain * 0.6)
    };
    let path: Vec<Vec3> =
        (0..=LINKS * 2).map(|i| place(0.45 - 0.9 * i as f32 / (LINKS * 2) as f32)).collect();
    let mut part = cord(&even(&path), worn.chain, body);
    if worn.pendant > 0.0 {
        let low = place(0.0);
        let drop = Vec3::new(low.x, low.y - worn.pendant * 1.3, low.z);
        part.append(&bead(body.lay(drop, 0.001, 0.002), Vec3::new(1.0, 1.35, 0.55) * worn.pendant, body));
    }
    part
}

/// The points of `path` evened with their neighbours, ends kept.
fn even(path: &[Vec3]) -> Vec<Vec3> {
    let mut out = path.to_vec();
    for _ in 0..3 {
        let before = out.clone();
        for i in 1..before.len().saturating_sub(1) {
            out[i] = before[i] * 0.5 + (before[i - 1] + before[i + 1]) * 0.25;
        }
    }
    out
}

/// A stud in each ear's lobe and a bead hanging from it; nothing where `body` has no ears.
pub(super) fn earrings(body: &Part, measures: &Measures, radius: f32) -> Part {
    let head = measures.at(Bone::Head);
    let ears =
        |v: &&Vertex| v.skin[0].0 == Bone::Head as u8 && v.position.x > 0.0 && v.position.y > head.y - 0.03;
    let widest = body.vertices.iter().filter(ears).map(|v| v.position.x).fold(0.0, f32::max);
    let lobe = body
        .vertices
        .iter()
        .filter(ears)
        .filter(|v| v.position.x > widest - 0.016 && v.position.z < head.z + 0.03)
        .map(|v| v.position)
        .min_by(|a, b| a.y.total_cmp(&b.y));
    let Some(lobe) = lobe else { return Part::default() };
    let skin = &Probe::new(body);
    let stud = lobe + Vec3::new(0.001, 0.004, 0.002);
    let mut left = bead(stud, Vec3::splat(radius * 0.55), skin);
    left.append(&bead(stud - Vec3::Y * radius * 1.9, Vec3::new(1.0, 1.25, 1.0) * radius, skin));
    both(&left, skin)
}

/// A ball stretched to the given half lengths, moved as `ground` is.
fn bead(centre: Vec3, half: Vec3, ground: &Probe<'_>) -> Part {
    const RINGS: u32 = 6;
    const SECTORS: u32 = 10;
    let skin = ground.skin(centre);
    let mut part = Part::default();
    for ring in 0..=RINGS {
        let (high, wide) = {
            let (sin, cos) = libm::sincosf(ring as f32 / RINGS as f32 * std::f32::consts::PI);
            (cos, sin)
        };
        for sector in 0..SECTORS {
            let flat = direction(sector as f32 / SECTORS as f32) * wide;
            let round = Vec3::new(flat.x, high, flat.y);
            part.vertex(Vertex {
                position: centre + round * half,
                normal: (round / half).normalize_or(Vec3::Z),
                coordinate: Vec2::ZERO,
                skin,
                source: None,
            });
        }
    }
    for ring in 0..RINGS {
        for sector in 0..SECTORS {
            let next = (sector + 1) % SECTORS;
            let (a, b) = (ring * SECTORS, (ring + 1) * SECTORS);
            part.quad([a + sector, b + sector, b + next, a + next]);
        }
    }
    part
}
