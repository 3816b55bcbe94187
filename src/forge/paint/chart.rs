//! The map between a picture and the surface it lies on: which triangle each pixel belongs to.

use glam::{Vec2, Vec3};
use rayon::prelude::*;

use super::super::part::Part;
use super::super::person::Srgb;
use super::Canvas;

/// How far beyond the islands' edges paint runs, in pixels, so that filtering never reaches bare canvas.
const BLEED: u32 = 4;
/// No triangle.
const BARE: u32 = u32::MAX;

/// A point of the surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Index of the triangle.
    pub(super) triangle: usize,
    /// Shares of its corners; they sum to 1.
    pub(super) shares: [f32; 3],
    /// Metres.
    pub(super) position: Vec3,
    /// Unit length.
    pub(super) normal: Vec3,
    /// Where the picture's right is, unit length.
    pub(super) right: Vec3,
    /// Where the picture's upper side is, unit length.
    pub(super) up: Vec3,
}

/// Square, over the texture space of one part.
pub(super) struct Chart<'a> {
    part: &'a Part,
    side: u32,
    triangles: Vec<u32>,
    /// Where u grows, by vertex.
    rights: Vec<Vec3>,
}

impl<'a> Chart<'a> {
    /// Lays `part` out over `side` pixels each way.
    pub(super) fn new(part: &'a Part, side: u32) -> Self {
        let mut triangles = vec![BARE; (side * side) as usize];
        for (index, triangle) in part.triangles.iter().enumerate() {
            let corners = triangle.map(|i| part.vertices[i as usize].coordinate * side as f32);
            fill(&mut triangles, side, corners, index as u32);
        }
        for _ in 0..BLEED {
            triangles = spread(&triangles, side);
        }
        Self { part, side, triangles, rights: rights(part) }
    }

    /// Paints several pictures at once, every pixel of the surface; the others keep `bare`.
    pub(super) fn paint<const N: usize>(
        &self,
        bare: [Srgb; N],
        paint: impl Fn(&Spot) -> [Srgb; N] + Sync,
    ) -> [Canvas; N] {
        let pixels: Vec<[Srgb; N]> = (0..self.side * self.side)
            .into_par_iter()
            .map(|index| self.spot(index).map_or(bare, |spot| paint(&spot)))
            .collect();
        std::array::from_fn(|n| Canvas::of(self.side, pixels.iter().map(|p| p[n]).collect()))
    }

    fn spot(&self, index: u32) -> Option<Spot> {
        let triangle = *self.triangles.get(index as usize)? as usize;
        let corners = self.part.triangles.get(triangle)?;
        let vertices = corners.map(|i| &self.part.vertices[i as usize]);
        let pixel = Vec2::new((index % self.side) as f32 + 0.5, (index / self.side) as f32 + 0.5);
        let shares = shares(vertices.map(|v| v.coordinate), pixel / self.side as f32)?;
        let mix = |values: [Vec3; 3]| values.iter().zip(shares).map(|(v, s)| *v * s).sum::<Vec3>();
        let normal = mix(vertices.map(|v| v.normal)).normalize_or(Vec3::Z);
        let right = mix(corners.map(|i| self.rights[i as usize]));
        let right = (right - normal * normal.dot(right)).normalize_or(normal.any_orthonormal_vector());
        let [a, b, c] = vertices.map(|v| v.coordinate);
        // A mirrored island has its upper side on the other hand.
        let hand = if (b - a).perp_dot(c - a) > 0.0 { -1.0 } else { 1.0 };
        let up = normal.cross(right) * hand;
        Some(Spot { triangle, shares, position: mix(vertices.map(|v| v.position)), normal, right, up })
    }
}

fn shares([a, b, c]: [Vec2; 3], p: Vec2) -> Option<[f32; 3]> {
    let area = (b - a).perp_dot(c - a);
    let shares = [(b - p).perp_dot(c - p), (c - p).perp_dot(a - p), (a - p).perp_dot(b - p)];
    (area.abs() > 1e-12).then(|| shares.map(|s| s / area))
}

fn fill(triangles: &mut [u32], side: u32, corners: [Vec2; 3], index: u32) {
    let [a, b, c] = corners;
    let end = (side - 1) as f32;
    let low = a.min(b).min(c).floor().clamp(Vec2::ZERO, Vec2::splat(end));
    let high = a.max(b).max(c).ceil().clamp(Vec2::ZERO, Vec2::splat(end));
    for y in low.y as u32..=high.y as u32 {
        for x in low.x as u32..=high.x as u32 {
            let within = shares(corners, Vec2::new(x as f32 + 0.5, y as f32 + 0.5));
            if within.is_some_and(|shares| shares.iter().all(|share| *share >= -1e-4))
                && let Some(pixel) = triangles.get_mut((y * side + x) as usize)
            {
                *pixel = index;
            }
        }
    }
}

/// Gives bare pixels the triangle of a neighbour.
fn spread(triangles: &[u32], side: u32) -> Vec<u32> {
    let at = |x: u32, y: u32| {
        if x < side && y < side { triangles[(y * side + x) as usize] } else { BARE }
    };
    (0..side * side)
        .into_par_iter()
        .map(|index| {
            let (x, y) = (index % side, index / side);
            let near =
                [at(x, y), at(x.wrapping_sub(1), y), at(x + 1, y), at(x, y.wrapping_sub(1)), at(x, y + 1)];
            near.into_iter().find(|&triangle| triangle != BARE).unwrap_or(BARE)
        })
        .collect()
}

fn rights(part: &Part) -> Vec<Vec3> {
    let mut sums = vec![Vec3::ZERO; part.vertices.len()];
    for triangle in &part.triangles {
        let [a, b, c] = triangle.map(|i| &part.vertices[i as usize]);
        let (e, f) = (b.position - a.position, c.position - a.position);
        let (s, t) = (b.coordinate - a.coordinate, c.coordinate - a.coordinate);
        let area = s.perp_dot(t);
        let right = (e * t.y - f * s.y) * if area < 0.0 { -1.0 } else { 1.0 };
        for &i in triangle {
            sums[i as usize] += right;
        }
    }
    sums
}
