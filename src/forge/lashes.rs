//! Eyelashes: the source's strips along the lids, bent anew, with coordinates for a picture of single lashes.

use std::collections::{BTreeMap, BTreeSet};

use glam::{Vec2, Vec3};

use super::base::{Base, range};
use super::dress::smoothstep;
use super::eyes::Ball;
use super::model::Piece;
use super::part::{Part, Vertex};
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// Rows of a strip in the source: the first lies inside the lid, the second on its edge, the last holds the tips.
const ROWS: usize = 5;
const EDGE: usize = 1;
/// How long lashes are above and below, women's and men's, metres.
const LONG: [[f32; 2]; 2] = [[0.0082, 0.0062], [0.0030, 0.0024]];
/// How far tips curl up above, and out below, as shares of the length.
const CURL: [f32; 2] = [0.62, 0.35];

/// How much farther than the lid the tips of upper lashes go up and down with it: closing, the lid turns them.
const SWING: f32 = 0.85;

/// All four strips of a face; `gender` is 0 for a woman's, 1 for a man's.
pub(super) fn strips(base: &Base, gender: f32) -> Part {
    let mut part = Part::default();
    let quads: Vec<[u32; 4]> =
        base.quads_in(range::LASHES).map(|quad| quad.map(|corner| corner.vertex)).collect();
    for eye in [range::LEFT_EYE, range::RIGHT_EYE] {
        let ball = Ball::of(base, eye);
        for grid in grids(base, &quads, ball) {
            part.append(&strip(base, &grid, ball, gender));
        }
    }
    part
}

/// Turns the upper lashes with the lid in all shapes of `piece`, which move them by their roots.
pub(super) fn swing(piece: &mut Piece) {
    let vertices = &piece.part.vertices;
    for (index, delta) in piece.morphs.iter_mut().flat_map(|morph| &mut morph.moved) {
        let v = vertices.get(*index as usize).map_or(1.0, |vertex| vertex.coordinate.y);
        if v < 0.5 {
            delta.y *= 1.0 + SWING * 2.0 * v;
        }
    }
}

/// The vertices of a strip by row and column, columns from the nose outwards.
type Grid = Vec<Vec<u32>>;

/// The strips around an eyeball.
fn grids(base: &Base, quads: &[[u32; 4]], ball: Ball) -> Vec<Grid> {
    let mut near: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    let mut edges: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for quad in quads {
        for i in 0..4 {
            let (a, b) = (quad[i], quad[(i + 1) % 4]);
            near.entry(a).or_default().insert(b);
            near.entry(b).or_default().insert(a);
            *edges.entry((a.min(b), a.max(b))).or_default() += 1;
        }
    }
    let is_border = |a: u32, b: u32| edges.get(&(a.min(b), a.max(b))) == Some(&1);
    let mut left: BTreeSet<u32> =
        near.keys().copied().filter(|v| base.positions[*v as usize].x * ball.centre.x > 0.0).collect();
    let mut grids = Vec::new();
    while let Some(first) = left.first().copied() {
        let strip: BTreeSet<u32> = steps(&near, &BTreeSet::from([first])).into_keys().collect();
        left.retain(|v| !strip.contains(v));
        // Corners have two neighbours; between them run the short sides and the long ones.
        let corners: BTreeSet<u32> = strip.iter().copied().filter(|v| near[v].len() == 2).collect();
        let border: BTreeMap<u32, BTreeSet<u32>> = strip
            .iter()
            .map(|v| (*v, near[v].iter().copied().filter(|n| is_border(*v, *n)).collect()))
            .collect();
        let sides = sides(&border, &corners);
        let far = |side: &Vec<u32>| {
            side.iter().map(|v| base.positions[*v as usize].distance(ball.centre)).sum::<f32>()
                / side.len() as f32
        };
        let aside = |side: &Vec<u32>| side.iter().map(|v| base.positions[*v as usize].x.abs()).sum::<f32>();
        let root = sides.iter().filter(|s| s.len() > ROWS).min_by(|a, b| far(a).total_cmp(&far(b)));
        let inner = sides.iter().filter(|s| s.len() == ROWS).min_by(|a, b| aside(a).total_cmp(&aside(b)));
        let (Some(root), Some(inner)) = (root, inner) else { continue };
        let rows = steps(&near, &root.iter().copied().collect());
        let columns = steps(&near, &inner.iter().copied().collect());
        let mut grid = vec![vec![first; root.len()]; ROWS];
        for v in &strip {
            let slot = grid.get_mut(rows[v]).and_then(|row| row.get_mut(columns[v]));
            if let Some(slot) = slot {
                *slot = *v;
            }
        }
        grids.push(grid);
    }
    grids
}

/// How many edges lie between each vertex and the nearest of `from`.
fn steps(near: &BTreeMap<u32, BTreeSet<u32>>, from: &BTreeSet<u32>) -> BTreeMap<u32, usize> {
    let mut known: BTreeMap<u32, usize> = from.iter().map(|v| (*v, 0)).collect();
    let mut front: Vec<u32> = from.iter().copied().collect();
    let mut step = 0;
    while !front.is_empty() {
        step += 1;
        let next: BTreeSet<u32> = front
            .iter()
            .filter_map(|v| near.get(v))
            .flatten()
            .copied()
            .filter(|v| !known.contains_key(v))
            .collect();
        known.extend(next.iter().map(|v| (*v, step)));
        front = next.into_iter().collect();
    }
    known
}

/// The four sides of a border, from corner to corner.
fn sides(border: &BTreeMap<u32, BTreeSet<u32>>, corners: &BTreeSet<u32>) -> Vec<Vec<u32>> {
    let mut sides = Vec::new();
    for &corner in corners {
        for &next in border.get(&corner).into_iter().flatten() {
            let (mut side, mut at) = (vec![corner], next);
            while !corners.contains(&at) && side.len() <= border.len() {
                let last = side.last().copied().unwrap_or(corner);
                side.push(at);
                let Some(on) = border.get(&at).and_then(|n| n.iter().find(|v| **v != last)) else { break };
                at = *on;
            }
            side.push(at);
            if corner < at {
                sides.push(side);
            }
        }
    }
    sides
}

fn strip(base: &Base, grid: &Grid, ball: Ball, gender: f32) -> Part {
    let at = |row: usize, column: usize| {
        grid.get(row).and_then(|r| r.get(column)).map_or(Vec3::ZERO, |v| base.positions[*v as usize])
    };
    let columns = grid.first().map_or(0, Vec::len);
    let middle = columns / 2;
    let is_lower = at(ROWS - 1, middle).y < at(EDGE, middle).y;
    let half = usize::from(is_lower);
    let long = LONG[half][0] + (LONG[half][1] - LONG[half][0]) * gender;
    let mut part = Part::default();
    for row in EDGE..ROWS {
        let along = (row - EDGE) as f32 / (ROWS - 1 - EDGE) as f32;
        for column in 0..columns {
            let u = column as f32 / (columns - 1).max(1) as f32;
            let root = at(EDGE, column);
            let ahead = (at(ROWS - 1, column) - root).normalize_or(Vec3::Z);
            // Longest beyond the middle, short at the nose.
            let length =
                long * (0.55 + 0.45 * smoothstep(0.0, 0.55, u)) * (1.0 - 0.2 * smoothstep(0.8, 1.0, u));
            let turn = if is_lower { Vec3::new(0.0, 0.25, 1.0) } else { Vec3::new(0.0, 1.0, -0.15) };
            let ahead = if is_lower {
                ahead
            } else {
                Vec3::new(ahead.x, ahead.y * 0.35, ahead.z).normalize_or(ahead)
            };
            let bent = ahead * (along * (1.0 - 0.22 * along)) + turn * (CURL[half] * along * along);
            let position = root + bent * length;
            part.vertex(Vertex {
                position,
                normal: (position - ball.centre).normalize_or(Vec3::Z),
                coordinate: Vec2::new(u, 0.5 * (half as f32 + 0.02 + 0.96 * along)),
                skin: rigid(Bone::Head),
                source: grid.get(EDGE).and_then(|r| r.get(column)).copied(),
            });
        }
    }
    for row in 1..(ROWS - EDGE) as u32 {
        for column in 1..columns as u32 {
            let at = |r: u32, c: u32| r * columns as u32 + c;
            part.quad([at(row - 1, column - 1), at(row - 1, column), at(row, column), at(row, column - 1)]);
        }
    }
    part
}
