//! The crowns of the teeth: each lofted from the gum to its edge.

use glam::{Vec2, Vec3};

use super::arch::{Arch, Stand};
use super::mesh::Mesh;
use crate::forge::paint::noise;

/// How much of its column in the picture a crown leaves free on each side.
const MARGIN: f32 = 0.06;

/// How square a cross-section is: 1 is an ellipse, 0 a rectangle.
const BLUNT: f32 = 0.7;
/// How far roots lean back into the jaw, of their depth.
pub(super) const LEAN: f32 = 0.10;
/// At most how teeth differ: turned, radians; astray, millimetres; longer or shorter, of the length.
const TURN: f32 = 0.02;
const ASTRAY: f32 = 0.08;
const UNEVEN: f32 = 0.005;
/// How far the second incisors stay behind the first, millimetres.
const LATERAL_SHORT: f32 = 0.2;

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
                [0.22, 0.93, 0.86, 0.1],
                [0.66, 1.01, 0.50, 0.1],
                [0.975, 0.985, 0.20, -0.3],
            ],
            Canine => [
                [-0.22, 0.74, 0.84, -0.4],
                [0.22, 0.91, 0.90, 0.3],
                [0.62, 1.01, 0.58, 0.35],
                [0.965, 0.88, 0.22, -0.4],
            ],
            Molar => [
                [-0.22, 0.74, 0.84, -0.4],
                [0.25, 0.92, 0.96, 0.25],
                [0.66, 1.03, 0.98, 0.1],
                [0.97, 0.90, 0.70, -1.0],
            ],
        }
    }

    /// Height of the middle of the top.
    const fn top(self) -> f32 {
        match self {
            Incisor => 0.985,
            Canine => 0.985,
            Molar => 0.84,
        }
    }

    /// Corners of a cross-section, an even number.
    const fn corners(self) -> u32 {
        match self {
            Incisor | Canine => 10,
            Molar => 8,
        }
    }

    /// How far the edge falls off to the sides, of the length.
    const fn fall(self) -> f32 {
        match self {
            Incisor => 0.02,
            Canine => 0.07,
            Molar => 0.03,
        }
    }
}

/// Adds the crowns of a jaw that stand on `arch`, `scale` metres to the millimetre; `grows` is +1 where edges point up.
pub(super) fn grow(mesh: &mut Mesh<'_>, arch: &Arch, teeth: &[Tooth; 7], scale: f32, grows: f32) {
    for (number, side, middle) in stands(teeth) {
        let Some(tooth) = teeth.get(number) else { continue };
        let seed = Vec3::new(number as f32 * 3.7, side * 5.3, grows * 2.9);
        // No two teeth stand alike.
        let chance = |k: f32| noise(seed + Vec3::splat(k));
        let stand = arch.at(middle * side * scale);
        let turn = chance(0.4) * TURN;
        let crown = Crown {
            tooth,
            stand: Stand {
                point: stand.point + stand.outward * (chance(1.6) * ASTRAY * scale),
                along: stand.along + stand.outward * turn,
                outward: stand.outward - stand.along * turn,
            },
            length: tooth.length * (1.0 + UNEVEN * chance(2.8)),
            short: if number == 1 { LATERAL_SHORT } else { 0.0 },
            column: number as f32 + if side > 0.0 { 7.0 } else { 0.0 },
            scale,
            grows,
        };
        crown.grow(mesh);
    }
}

/// One crown and where it stands.
struct Crown<'a> {
    tooth: &'a Tooth,
    stand: Stand,
    /// Millimetres.
    length: f32,
    /// How far it stays behind its neighbours' edges, millimetres.
    short: f32,
    /// Its column in the picture.
    column: f32,
    scale: f32,
    grows: f32,
}

impl Crown<'_> {
    fn grow(&self, mesh: &mut Mesh<'_>) {
        let form = self.tooth.form;
        let rings: Vec<Vec<u32>> = form.rings().iter().map(|ring| self.ring(mesh, *ring)).collect();
        let [_, _, deep, out] = form.rings()[3];
        let top = self.vertex(mesh, 0.0, out - 0.5 * deep * self.tooth.depth, form.top());
        mesh.skirt(&rings, self.grows > 0.0);
        if let Some(last) = rings.last() {
            mesh.lid(last, top, self.grows > 0.0);
        }
    }

    fn ring(&self, mesh: &mut Mesh<'_>, [height, wide, deep, out]: Ring) -> Vec<u32> {
        let corners = self.tooth.form.corners();
        let corner = |corner: u32| {
            let (sin, cos) = libm::sincosf(corner as f32 / corners as f32 * std::f32::consts::TAU);
            let blunt = |c: f32| c.signum() * libm::powf(c.abs(), BLUNT);
            let across = blunt(cos) * 0.5 * wide * self.tooth.width;
            let out = out + (blunt(sin) - 1.0) * 0.5 * deep * self.tooth.depth;
            let reach = across / self.tooth.width * 2.0;
            let fall = self.tooth.form.fall() * reach * reach * height.max(0.0);
            self.vertex(mesh, across, out, height - fall)
        };
        (0..corners).map(corner).collect()
    }

    /// At millimetres along the arch and outwards, and a share of the height.
    fn vertex(&self, mesh: &mut Mesh<'_>, across: f32, out: f32, height: f32) -> u32 {
        let rise = (height - 1.0) * self.length - self.short;
        let Stand { point, along, outward } = self.stand;
        let off = along * across + outward * (out + LEAN * rise) + Vec3::Y * (self.grows * rise);
        let share = (across / self.tooth.width + 0.5).clamp(0.0, 1.0);
        let column = self.column + MARGIN + share * (1.0 - 2.0 * MARGIN);
        mesh.vertex(point + off * self.scale, Vec2::new(column / 14.0, height.clamp(0.0, 1.0) * 0.5))
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
