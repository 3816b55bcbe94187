//! Single hairs about a mass of hair: they soften its border.

use glam::Vec3;

use super::super::paint::FINE;
use super::super::part::Part;
use super::super::skeleton::{Skin, rigid};
use super::chance;
use super::lock::{Look, Spot, ribbon_moved_by};
use super::sheet::{Point, Sheet};
use crate::vocabulary::Bone;

const ROWS: u32 = 4;
const WIDTH: f32 = 0.007;
/// How far both ends of a strewn hair lie in the mass, metres.
const SUNKEN: f32 = 0.0012;

/// Short fine hairs along the borders of both sides, from the root on until a share of the way.
pub(super) fn young(sheet: &Sheet, count: u32, until: f32, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    for n in 0..count {
        let (border, inner) = if n % 2 == 0 { (0.0, 0.012) } else { (1.0, 0.988) };
        let way = until * ((n / 2) as f32 + chance(n, 110)) / (count / 2).max(1) as f32;
        let begin = sheet.point(border, way);
        let along = (sheet.point(border, way + 0.04).place - begin.place).normalize_or(Vec3::X);
        let into = (sheet.point(inner, way + 0.02).place - begin.place).normalize_or(Vec3::Y);
        let ahead = (along + into * (0.5 * chance(n, 113))).normalize_or(along);
        part.append(&hair(begin, into, ahead, n, skin));
    }
    part
}

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
    let start = begin.place - into * (0.002 + 0.004 * chance(n, 112)) - begin.out * 0.0020;
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

/// Hairs strewn over a mass.
pub(super) struct Strewn {
    pub(super) count: u32,
    /// Between which places across the sheet, 0..=1.
    pub(super) shares: [f32; 2],
    /// Between which shares of the way they begin, and how much of it they are long.
    pub(super) begins: [f32; 2],
    /// See `begins`.
    pub(super) spans: [f32; 2],
    /// Metres.
    pub(super) width: f32,
    /// How far off the mass they lie at least and at most, metres.
    pub(super) off: [f32; 2],
    pub(super) tufts: &'static [usize],
}

/// Points of a strewn hair.
const POINTS: u32 = 7;
/// How far it goes astray across the sheet on its way.
const ASTRAY: f32 = 0.05;

/// The hairs that `what` says, lying on `sheet`.
pub(super) fn strewn(sheet: &Sheet, what: &Strewn, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let between = |[a, b]: [f32; 2], t: f32| a + (b - a) * t;
    let mut part = Part::default();
    for n in 0..what.count {
        let random = |purpose: u32| chance(n, 120 + purpose);
        let share = between(what.shares, (n as f32 + random(0)) / what.count as f32);
        let (begin, span) = (between(what.begins, random(1)), between(what.spans, random(2)));
        let (astray, off) = (ASTRAY * (random(3) - 0.5), between(what.off, random(4)));
        let path: Vec<Spot> = (0..POINTS)
            .map(|row| {
                let t = row as f32 / (POINTS - 1) as f32;
                let point = sheet.point((share + astray * t * t).clamp(0.0, 1.0), begin + span * t);
                let up = off * 4.0 * t * (1.0 - t) + (off - SUNKEN) * (2.0 * t - 1.0).abs();
                Spot { place: point.place + point.out * up, out: point.out }
            })
            .collect();
        let look = Look {
            width: what.width * (0.7 + 0.6 * random(5)),
            ends: [0.8, 0.5],
            tuft: what.tufts[n as usize % what.tufts.len().max(1)],
            begin: 0.1,
            mirrored: random(6) < 0.5,
            bend: 0.1,
            roll: 0.0,
        };
        part.append(&ribbon_moved_by(&path, &look, skin));
    }
    part
}
