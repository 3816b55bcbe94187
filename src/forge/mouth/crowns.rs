//! The crowns of the teeth: each lofted from the gum to its edge.

use glam::{Vec2, Vec3};

use super::arch::Arch;
use super::mesh::Mesh;
use crate::forge::paint::noise;

/// Corners of a crown's cross-section.
const ROUND: u32 = 10;
/// How much of its column in the picture a crown leaves free on each side.
const MARGIN: f32 = 0.06;

/// How a kind of tooth is built; millimetres of an average grown-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tooth {
    /// Along the arch.
    pub(super) width: f32,
    /// From the gum to the edge.
    pub(super) length: f32,
    /// From lip to tongue.
    pub(super) depth: f32,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Form {
    /// Cuts with an edge.
    Incisor,
    /// Ends in a point.
    Canine,
    /// Grinds with a broad top.
    Molar,
}

use Form::{Canine, Incisor, Molar};

const fn tooth(form: Form, width: f32, length: f32, depth: f32) -> Tooth {
    Tooth { width, length, depth, form }
}

/// From the middle to the second molar (after Wheeler's Dental Anatomy).
pub(super) const UPPER: [Tooth; 7] = [
    tooth(Incisor, 8.6, 10.4, 7.0),
    tooth(Incisor, 6.6, 9.2, 6.0),
    tooth(Canine, 7.6, 10.0, 8.0),
    tooth(Molar, 7.1, 8.6, 9.0),
    tooth(Molar, 6.8, 7.8, 9.0),
    tooth(Molar, 10.0, 7.0, 11.0),
    tooth(Molar, 9.4, 6.6, 11.0),
];
/// See [`UPPER`].
pub(super) const LOWER: [Tooth; 7] = [
    tooth(Incisor, 5.4, 8.8, 6.0),
    tooth(Incisor, 5.9, 9.0, 6.2),
    tooth(Canine, 6.9, 9.8, 7.6),
    tooth(Molar, 7.0, 8.4, 7.8),
    tooth(Molar, 7.1, 7.8, 8.2),
    tooth(Molar, 11.0, 7.2, 10.4),
    tooth(Molar, 10.4, 6.8, 10.0),
];

/// A ring of a crown: height (0 gum, 1 edge), then shares of width and depth, and how far its lip side stands out, millimetres.
type Ring = [f32; 4];

impl Form {
    const fn rings(self) -> [Ring; 4] {
        match self {
            Incisor => [
                [-0.22, 0.76, 0.80, -0.5],
                [0.22, 0.91, 0.86, 0.1],
                [0.66, 1.0, 0.50, 0.1],
                [0.965, 0.93, 0.20, -0.3],
            ],
            Canine => [
                [-0.22, 0.74, 0.84, -0.4],
                [0.22, 0.91, 0.90, 0.3],
                [0.62, 1.0, 0.58, 0.35],
                [0.95, 0.52, 0.22, -0.5],
            ],
            Molar => [
                [-0.22, 0.74, 0.84, -0.4],
                [0.25, 0.92, 0.96, 0.25],
                [0.66, 1.0, 0.98, 0.1],
                [0.97, 0.84, 0.70, -1.0],
            ],
        }
    }

    /// Height of the middle of the top.
    const fn top(self) -> f32 {
        match self {
            Incisor => 0.985,
            Canine => 1.0,
            Molar => 0.84,
        }
    }

    /// How far the edge falls off to the sides, of the length.
    const fn fall(self) -> f32 {
        match self {
            Incisor => 0.02,
            Canine => 0.10,
            Molar => 0.05,
        }
    }
}

/// Adds the crowns of a jaw that stand on `arch`, `scale` metres to the millimetre; `grows` is +1 where edges point up.
pub(super) fn grow(mesh: &mut Mesh, arch: &Arch, teeth: &[Tooth; 7], scale: f32, grows: f32) {
    for (number, side, middle) in stands(teeth) {
        let Some(tooth) = teeth.get(number) else { continue };
        let seed = Vec3::new(number as f32 * 3.7, side * 5.3, grows * 2.9);
        // No two teeth stand alike.
        let chance = |k: f32| noise(seed + Vec3::splat(k));
        let stand = arch.at(middle * side * scale);
        let turn = chance(0.4) * 0.05;
        let along = stand.along + stand.outward * turn;
        let outward = stand.outward - stand.along * turn;
        let point = stand.point + stand.outward * (chance(1.6) * 0.18 * scale);
        let length = tooth.length * (1.0 + 0.025 * chance(2.8));
        let edge_down = if number == 1 { 0.5 } else { 0.0 };
        let column = (number as f32 + if side > 0.0 { 7.0 } else { 0.0 }) / 14.0;
        let place = |across: f32, out: f32, height: f32| {
            let rise = (height - 1.0) * length - edge_down;
            // Roots lean back into the jaw.
            let lean = 0.10 * rise;
            point + (along * across + outward * (out + lean) + Vec3::Y * (grows * rise)) * scale
        };
        let look = |across: f32, height: f32| {
            let across = (across / tooth.width + 0.5).clamp(0.0, 1.0);
            Vec2::new(column + (MARGIN + across * (1.0 - 2.0 * MARGIN)) / 14.0, height.clamp(0.0, 1.0) * 0.5)
        };
        let mut rings = Vec::new();
        for [height, wide, deep, out] in tooth.form.rings() {
            let ring: Vec<u32> = (0..ROUND)
                .map(|corner| {
                    let (sin, cos) = libm::sincosf(corner as f32 / ROUND as f32 * std::f32::consts::TAU);
                    let blunt = |c: f32| c.signum() * libm::powf(c.abs(), 0.7);
                    let across = blunt(cos) * 0.497 * wide * tooth.width;
                    let depth = deep * tooth.depth;
                    let out = out + (blunt(sin) - 1.0) * 0.5 * depth;
                    let reach = across.abs() / tooth.width * 2.0;
                    let height = height - tooth.form.fall() * reach * reach * height.max(0.0);
                    mesh.vertex(place(across, out, height), look(across, height))
                })
                .collect();
            rings.push(ring);
        }
        let inward = tooth.form.rings()[3];
        let top = mesh.vertex(
            place(0.0, inward[3] - 0.5 * inward[2] * tooth.depth, tooth.form.top()),
            look(0.0, tooth.form.top()),
        );
        mesh.skirt(&rings, grows > 0.0);
        if let Some(last) = rings.last() {
            mesh.lid(last, top, grows > 0.0);
        }
    }
}

/// Number of each tooth of a jaw, its side (+1 left) and how far its middle is from the middle of the arch, millimetres.
pub(super) fn stands(teeth: &[Tooth; 7]) -> impl Iterator<Item = (usize, f32, f32)> {
    [1.0_f32, -1.0].into_iter().flat_map(move |side| {
        teeth.iter().enumerate().scan(0.0, move |begun, (number, tooth)| {
            let middle = *begun + tooth.width * 0.5;
            *begun += tooth.width;
            Some((number, side, middle))
        })
    })
}
