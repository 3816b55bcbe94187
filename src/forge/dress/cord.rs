//! Round cords laid on cloth or skin: piping, bound edges, chains.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::probe::Probe;

/// Around a cord.
const SECTORS: u32 = 6;

/// A cord of `radius` metres along `path`, which moves with `ground`.
pub(super) fn cord(path: &[Vec3], radius: f32, ground: &Probe<'_>) -> Part {
    let mut part = Part::default();
    let last = path.len().saturating_sub(1);
    for (index, &p) in path.iter().enumerate() {
        let ahead = (path[(index + 1).min(last)] - path[index.saturating_sub(1)]).normalize_or(Vec3::Y);
        let facing = ground.nearest(p).map_or(Vec3::Z, |hit| hit.normal);
        let side = ahead.cross(facing).normalize_or(Vec3::X);
        let out = side.cross(ahead);
        let skin = ground.skin(p);
        // Ends are round.
        let size = radius * if index == 0 || index == last { 0.45 } else { 1.0 };
        for sector in 0..SECTORS {
            let (sin, cos) = libm::sincosf((sector as f32 + 0.5) / SECTORS as f32 * std::f32::consts::TAU);
            let normal = out * cos + side * sin;
            part.vertex(Vertex {
                position: p + normal * size,
                normal,
                coordinate: Vec2::new(sector as f32 / SECTORS as f32, index as f32 / last.max(1) as f32),
                skin,
                source: None,
            });
        }
    }
    for ring in 0..last as u32 {
        for sector in 0..SECTORS {
            let next = (sector + 1) % SECTORS;
            let (a, b) = (ring * SECTORS, (ring + 1) * SECTORS);
            part.quad([a + sector, b + sector, b + next, a + next]);
        }
    }
    facing_out(&mut part);
    part
}

/// Turns all triangles if they face inwards.
fn facing_out(part: &mut Part) {
    let sum: f32 = part
        .triangles
        .iter()
        .map(|t| {
            let [a, b, c] = t.map(|i| part.vertices[i as usize]);
            (b.position - a.position).cross(c.position - a.position).dot(a.normal)
        })
        .sum();
    if sum < 0.0 {
        for triangle in &mut part.triangles {
            triangle.reverse();
        }
    }
}

/// The part and its mirror image across the middle of the body; `ground` says which bones move the image.
pub(super) fn both(part: &Part, ground: &Probe<'_>) -> Part {
    let mut out = part.clone();
    let mut image = mirrored(part);
    for vertex in &mut image.vertices {
        vertex.skin = ground.skin(vertex.position);
    }
    out.append(&image);
    out
}

/// The mirror image of the part across the middle of the body, moved by the same bones.
pub(super) fn mirrored(part: &Part) -> Part {
    let mut image = part.clone();
    for vertex in &mut image.vertices {
        vertex.position.x = -vertex.position.x;
        vertex.normal.x = -vertex.normal.x;
    }
    for triangle in &mut image.triangles {
        triangle.reverse();
    }
    image
}
