//! Single hairs about a mass of hair: they soften its border.

use glam::Vec3;

use super::super::paint::{FINE, THIN};
use super::super::part::Part;
use super::super::skeleton::{Skin, rigid};
use super::chance;
use super::lock::{Look, Spot, ribbon_moved_by};
use super::sheet::{Point, Sheet};
use crate::vocabulary::Bone;

const ROWS: u32 = 4;
const WIDTH: f32 = 0.007;
/// How long hairs are that cross the border, metres.
const CROSSING: [f32; 2] = [0.022, 0.042];

/// Short fine hairs along the borders of both sides, from the root on until a share of the way.
pub(super) fn young(sheet: &Sheet, count: u32, until: f32, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    for n in 0..count {
        let (border, inner) = if n % 2 == 0 { (0.0, 0.012) } else { (1.0, 0.988) };
        let way = until * ((n / 2) as f32 + chance(n, 110)) / (count / 2).max(1) as f32;
        let begin = sheet.point(border, way);
        let along = (sheet.point(border, way + 0.04).place - begin.place).normalize_or(Vec3::X);
        let into = (sheet.point(inner, way + 0.02).place - begin.place).normalize_or(Vec3::Y);
        if n % 4 < 2 {
            let ahead = (along + into * (0.5 * chance(n, 113))).normalize_or(along);
            part.append(&hair(begin, into, ahead, n, skin));
        } else {
            part.append(&crossing(begin, along, into, n, skin));
        }
    }
    part
}

/// A hair that leaves the mass across its border: `along` is how the border goes, `into` the way into the mass.
fn crossing(begin: Point, along: Vec3, into: Vec3, n: u32, skin: impl Fn(Vec3) -> Skin) -> Part {
    let length = CROSSING[0] + (CROSSING[1] - CROSSING[0]) * chance(n, 115);
    let start = begin.place + into * (0.004 + 0.006 * chance(n, 116)) + begin.out * 0.0006;
    let path: Vec<Spot> = (0..ROWS)
        .map(|row| {
            let t = row as f32 / (ROWS - 1) as f32;
            let aside = into * (-0.020 - 0.008 * chance(n, 117)) - begin.out * 0.0022;
            Spot { place: start + along * (length * t) + aside * (t * t), out: begin.out }
        })
        .collect();
    let look = Look {
        width: WIDTH,
        ends: [0.9, 0.5],
        tuft: FINE,
        begin: 0.0,
        mirrored: chance(n, 118) < 0.5,
        bend: 0.1,
        roll: 0.0,
    };
    ribbon_moved_by(&path, &look, skin)
}

/// Tufts along the roots of what is combed back: they begin before the mass and lie on it, so that its edge is not seen.
pub(super) fn tufts(sheet: &Sheet, count: u32, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    for n in 0..count {
        let random = |purpose: u32| chance(n, purpose);
        let share = ((n as f32 + random(120)) / count as f32).clamp(0.002, 0.998);
        let begin = sheet.point(share, 0.0);
        let ahead = sheet.point(share, 0.02);
        let into = (ahead.place - begin.place).normalize_or(Vec3::Y);
        let before = TUFT.before[0] + (TUFT.before[1] - TUFT.before[0]) * random(121);
        let length = TUFT.length[0] + (TUFT.length[1] - TUFT.length[0]) * random(122);
        let astray = (random(123) - 0.5) * TUFT.astray;
        let whole = sheet.length(share).max(0.01);
        let path: Vec<Spot> = (0..TUFT.rows)
            .map(|row| {
                let far = length * row as f32 / (TUFT.rows - 1) as f32 - before;
                let point =
                    sheet.point((share + astray * far.max(0.0)).clamp(0.0, 1.0), far.max(0.0) / whole);
                let place = point.place + point.out * TUFT.above + into * far.min(0.0);
                Spot { place, out: point.out }
            })
            .collect();
        let look = Look {
            width: TUFT.width,
            ends: [0.55, 0.7],
            tuft: THIN[n as usize % THIN.len()],
            begin: 0.0,
            mirrored: random(124) < 0.5,
            bend: 0.1,
            roll: 0.0,
        };
        part.append(&ribbon_moved_by(&path, &look, skin));
    }
    part
}

/// How tufts at the roots lie; metres.
struct Tufts {
    rows: u32,
    width: f32,
    length: [f32; 2],
    /// How far before the mass they begin.
    before: [f32; 2],
    /// How far above it they lie.
    above: f32,
    /// How far aside they go, as a share of the mass for a metre.
    astray: f32,
}

const TUFT: Tufts = Tufts {
    rows: 6,
    width: 0.012,
    length: [0.030, 0.050],
    before: [0.003, 0.011],
    above: 0.0009,
    astray: 0.5,
};

/// Short fine hairs along the roots.
pub(super) fn young_all_around(sheet: &Sheet, count: u32) -> Part {
    let mut part = Part::default();
    for n in 0..count {
        let share = (n as f32 + chance(n, 110)) / count as f32;
        let begin = sheet.point(share, 0.0);
        let into = (sheet.point(share, 0.05).place - begin.place).normalize_or(Vec3::Y);
        let aside = begin.out.cross(into) * (1.2 * (chance(n, 113) - 0.5));
        part.append(&hair(begin, into, (into + aside).normalize_or(into), n, |_| rigid(Bone::Head)));
    }
    part
}

/// A hair that begins a little before `begin`, away from `into`, and goes `ahead`.
fn hair(begin: Point, into: Vec3, ahead: Vec3, n: u32, skin: impl Fn(Vec3) -> Skin) -> Part {
    let length = 0.012 + 0.016 * chance(n, 111);
    let start = begin.place - into * (0.003 + 0.009 * chance(n, 112)) - begin.out * 0.0020;
    let look = Look {
        width: WIDTH,
        ends: [0.8, 0.7],
        tuft: FINE,
        begin: 0.0,
        mirrored: chance(n, 114) < 0.5,
        bend: 0.2,
        roll: 0.0,
    };
    let path: Vec<Spot> = (0..ROWS)
        .map(|row| {
            let t = row as f32 / (ROWS - 1) as f32;
            let up = begin.out * (0.0045 * t * (1.2 - 0.4 * t));
            Spot { place: start + ahead * (length * t) + up, out: begin.out }
        })
        .collect();
    ribbon_moved_by(&path, &look, skin)
}
