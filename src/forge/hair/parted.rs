//! Parted hair: swept over the temples on both sides of the parting, falling in waves beside the face.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::noise;
use super::super::part::Part;
use super::bands::{Bands, Worn};
use super::fall::Fall;
use super::scalp::{Scalp, slerp, sphere};
use super::sheet::{Comb, Sheet};
use super::sway::Sway;
use super::torso::Torso;
use super::wisps::young;

/// A way of parting and cutting it. Pairs are right and left, lengths in metres.
pub(super) struct Parted {
    /// At which azimuth the parting begins at the hairline, radians.
    parting: f32,
    /// Where it ends, seen from the skull's middle.
    crown: Vec3,
    /// How thick hair lies.
    thick: f32,
    /// Where the front edge hangs, radians from the front.
    edge: [f32; 2],
    /// At which azimuth it passes the temples.
    temple: [f32; 2],
    /// How far the front edge lies over the forehead's hairline.
    over: [f32; 2],
    /// How far below the eyes it ends in front, at the side, and behind.
    ends: [f32; 3],
    /// How it falls.
    fall: Fall,
    /// What lies over the mass.
    bands: Bands,
}

/// Parted at the side, to the shoulders.
pub(super) const LOOSE: Parted = Parted {
    parting: 0.24,
    crown: Vec3::new(0.022, 0.10, -0.040),
    thick: 0.015,
    edge: [0.74, 0.76],
    temple: [0.86, 0.89],
    over: [0.013, 0.005],
    ends: [0.128, 0.104, 0.088],
    fall: Fall { inwards: (0.030, 0.065), wave: ([0.0075, 0.0100], 8.2), widest: 0.012 },
    bands: Bands {
        count: 24,
        across: [0.03, 0.97],
        begin: [0.01, 0.26],
        end: [0.86, 0.98],
        width: [0.016, 0.030],
        thick: [0.0022, 0.0036],
        astray: 0.02,
        lifted: 0.002,
    },
};

/// Parted near the middle, to the chin in front and a little longer behind.
pub(super) const CURTAIN: Parted = Parted {
    parting: 0.07,
    crown: Vec3::new(0.008, 0.10, -0.040),
    thick: 0.018,
    edge: [0.78, 0.80],
    temple: [0.88, 0.92],
    over: [0.021, 0.017],
    ends: [0.105, 0.125, 0.140],
    fall: Fall { inwards: (0.020, 0.060), wave: ([0.0050, 0.0075], 8.2), widest: 0.012 },
    bands: Bands {
        count: 28,
        across: [0.08, 0.92],
        begin: [0.01, 0.26],
        end: [0.80, 1.04],
        width: [0.014, 0.028],
        thick: [0.0024, 0.0040],
        astray: 0.025,
        lifted: 0.003,
    },
};

/// How far around the crown's point hair begins, as a share of the skull's radius.
const WHORL: f32 = 0.03;
/// Up to which share of a half, from its front edge, hair comes from the parting; the rest from the crown.
const PARTED: f32 = 0.52;
/// Over which length from the root and from the front edge hair rises to its thickness, metres.
const RISES: [f32; 2] = [0.075, 0.030];
/// Which share of that hair rises right at the parting, and over which length, metres.
const LIFT: (f32, f32) = (0.12, 0.016);
/// At which elevation hair begins to hang, radians.
const HANGS: f32 = -0.36;
/// How much it widens below the ears, in front, where it lies on the cheek, and elsewhere, metres.
const FLARE: [f32; 2] = [-0.004, 0.002];
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.42;
const ROWS: usize = 32;
/// Between which distances from the roots normals turn from the skull's to the mass', metres.
const SOFT: [f32; 2] = [0.002, 0.045];
/// Steps over the head.
const STEPS: u32 = 24;
/// Hair stays this far off the skin, metres.
const OFF: f32 = 0.0026;
/// And below the eyes this much farther, metres.
const HUNG: f32 = 0.005;
/// Along the parting it begins this much lower than elsewhere, metres: a fine furrow.
const ROOTS: f32 = 0.0024;
/// The roll of the front edge where it lies on the forehead, and where it hangs, metres.
const HEM: [f32; 2] = [0.0014, 0.0040];
/// Short hairs at the front edge.
const YOUNG: u32 = 24;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 28,
    relief: 0.0044,
    rises: [0.04, 0.55],
    sinks: [2.0, 3.0],
    begin: 0.0,
    ragged: [0.014, 0.010],
};
/// What bands wear.
const WORN: Worn = Worn { clumps: COMB.clumps, whole: WHOLE };

impl Parted {
    /// The mass, and the single hairs about it.
    pub(super) fn cut(&self, scalp: &Scalp, torso: &Torso, sway: &Sway) -> [Part; 2] {
        let mut sheet = Sheet::of(&COMB, ROWS, |share| self.path(scalp, torso, share));
        let keep_out = |place: Vec3| torso.outside(scalp.outside(place, [OFF, HUNG]));
        sheet.relax(6, keep_out);
        sheet.relax(3, |place| place);
        sheet.shift(|point, share, _| {
            // The border swings less: it lies beside the face.
            let inner = 0.45 + 0.55 * smoothstep(0.0, 0.10, share.min(1.0 - share));
            self.fall.swing(scalp, point, 1.6 * noise(Vec3::new(share * 9.0, 0.5, 2.0)), inner)
        });
        sheet.comb(&COMB);
        let skin = |place| sway.at(place);
        let mut part = sheet.part(WHOLE, skin);
        part.append(&sheet.hem(WHOLE, rolled, skin));
        part.append(&self.bands.over(&sheet, WORN, skin));
        // Both sides meet at the parting without an edge.
        for vertex in &mut part.vertices {
            let share = smoothstep(SOFT[0], SOFT[1], vertex.coordinate.y * WHOLE);
            vertex.normal = scalp.out(vertex.position).lerp(vertex.normal, share).normalize_or(vertex.normal);
        }
        [part, young(&sheet, YOUNG, 0.55, skin)]
    }

    /// The path at a share of the way from the right front edge over the back to the left one.
    fn path(&self, scalp: &Scalp, torso: &Torso, share: f32) -> Vec<Vec3> {
        let side = usize::from(share > 0.5);
        let from_edge = 1.0 - (2.0 * share - 1.0).abs();
        let mut path: Vec<Vec3> =
            (0..=STEPS).map(|n| self.over_head(scalp, side, from_edge, n as f32 / STEPS as f32)).collect();
        let flare = FLARE[0] + (FLARE[1] - FLARE[0]) * smoothstep(0.0, 0.25, from_edge);
        self.fall.hang(scalp, torso, self.ends(from_edge), flare, &mut path);
        path
    }

    /// The azimuth at which hair hangs.
    fn azimuth(&self, side: usize, from_edge: f32) -> f32 {
        let azimuth = self.edge[side] + (PI - self.edge[side]) * from_edge;
        if side == 0 { -azimuth } else { azimuth }
    }

    fn over_head(&self, scalp: &Scalp, side: usize, from_edge: f32, way: f32) -> Vec3 {
        let front = scalp.root(self.parting, -0.001);
        let crown = self.crown.normalize_or(Vec3::Y);
        let end = sphere(self.azimuth(side, from_edge), HANGS);
        let around = Vec3::new(end.x, 0.0, end.z) * (WHORL * smoothstep(PARTED, PARTED + 0.1, from_edge));
        let root = front.lerp(crown + around, (from_edge / PARTED).min(1.0)).normalize_or(Vec3::Y);
        let swept = self.front(scalp, side, way);
        let direction = slerp(root, end, way);
        let free = smoothstep(0.0, 0.42, from_edge);
        let direction = swept.lerp(direction, free).normalize_or(direction);
        let rise = |far: f32, whole: f32| {
            let t = (far / whole).clamp(0.0, 1.0);
            t * (2.0 - t)
        };
        let reach = scalp.reach(direction);
        let from_root = libm::acosf(root.dot(direction).clamp(-1.0, 1.0)) * reach;
        let rooted = LIFT.0 * rise(from_root, LIFT.1) + (1.0 - LIFT.0) * smoothstep(0.0, RISES[0], from_root);
        let from_front = rise(from_edge * 0.22, RISES[1]).max(0.55 * smoothstep(0.62, 1.0, way));
        let furrow = smoothstep(0.0, 0.03, from_edge) * smoothstep(0.85 * PARTED, 0.35 * PARTED, from_edge);
        let off = OFF - ROOTS * smoothstep(0.006, 0.0, from_root) * furrow;
        scalp.centre + direction * (reach + off + self.thick * rooted * from_front)
    }

    /// The front edge: along the hairline to the temple, then down before the ear.
    fn front(&self, scalp: &Scalp, side: usize, way: f32) -> Vec3 {
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let turn = smoothstep(0.0, 0.85, way) * 0.5 + 0.5 * (way / 0.85).min(1.0);
        let at = self.parting + (sign * self.temple[side] - self.parting) * turn;
        let over = self.over[side] * libm::sinf(PI * (way / 0.8).min(1.0));
        let on_line = scalp.root(at, -0.001 - over);
        let low = sphere(sign * self.edge[side], HANGS);
        on_line.lerp(low, smoothstep(0.62, 1.0, way)).normalize_or(low)
    }

    /// How far below the eyes hair ends, metres.
    fn ends(&self, from_edge: f32) -> f32 {
        let [front, side, behind] = self.ends;
        if from_edge < 0.4 {
            front + (side - front) * smoothstep(0.0, 0.4, from_edge)
        } else {
            side + (behind - side) * smoothstep(0.4, 0.8, from_edge)
        }
    }
}

/// How thick the border's roll is at a share of the way, metres; at the parting both sides meet without.
fn rolled(way: f32) -> f32 {
    (HEM[0] + (HEM[1] - HEM[0]) * hanging(way)) * smoothstep(0.0, 0.10, way)
}

/// How much the border hangs free at a share of the way, 0..=1; it thins out at the tips.
fn hanging(way: f32) -> f32 {
    smoothstep(0.35, 0.6, way) * smoothstep(1.0, 0.8, way)
}
