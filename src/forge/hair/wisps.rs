//! Single hairs about a mass of hair: they soften its border, its tips and its outline.

use glam::Vec3;

use super::super::paint::{FINE, THIN, WISP};
use super::super::part::Part;
use super::super::skeleton::Skin;
use super::chance;
use super::lock::{Look, Spot, ribbon_moved_by};
use super::sheet::Sheet;

const ROWS: u32 = 6;

/// Ribbons along a sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wisps {
    pub(super) count: u32,
    /// Where on the sheet, across.
    pub(super) shares: [f32; 2],
    /// Where they begin, at random, and where they end.
    pub(super) begins: [f32; 2],
    pub(super) ends: [f32; 2],
    /// Metres.
    pub(super) width: f32,
    /// How far over the sheet they end up, metres.
    pub(super) lift: f32,
    pub(super) tuft: usize,
}

/// Hairs that the brush did not catch.
pub(super) const ASTRAY: Wisps = Wisps {
    count: 16,
    shares: [0.05, 0.95],
    begins: [0.10, 0.35],
    ends: [0.75, 0.98],
    width: 0.012,
    lift: 0.006,
    tuft: WISP,
};
/// The last of the tips.
pub(super) const TIPS: Wisps = Wisps {
    count: 44,
    shares: [0.01, 0.99],
    begins: [0.82, 0.88],
    ends: [1.03, 1.08],
    width: 0.017,
    lift: -0.001,
    tuft: THIN[0],
};

/// Ribbons along `sheet`.
pub(super) fn wisps(sheet: &Sheet, wisps: &Wisps, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    let between = |[a, b]: [f32; 2], t: f32| a + (b - a) * t;
    for n in 0..wisps.count {
        let random = |purpose: u32| chance(n + 100 * wisps.tuft as u32, 90 + purpose);
        let share = between(wisps.shares, (n as f32 + random(0)) / wisps.count as f32);
        let (begin, end) = (between(wisps.begins, random(1)), between(wisps.ends, random(2)));
        let drift = 0.03 * (random(3) - 0.5);
        let path: Vec<Spot> = (0..ROWS)
            .map(|row| {
                let t = row as f32 / (ROWS - 1) as f32;
                let point = sheet.point((share + drift * t).clamp(0.0, 1.0), begin + (end - begin) * t);
                let lift = wisps.lift * libm::sinf(std::f32::consts::PI * (0.15 + 0.6 * t)) + 0.0005;
                Spot { place: point.place + point.out * lift, out: point.out }
            })
            .collect();
        part.append(&ribbon_moved_by(&path, &look(wisps.width, wisps.tuft, random(4)), skin));
    }
    part
}

/// Short fine hairs along the sheet's border, from its root on.
pub(super) fn young(sheet: &Sheet, count: u32, until: f32, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    for n in 0..count {
        let random = |purpose: u32| chance(n, 110 + purpose);
        let (border, inner) = if n % 2 == 0 { (0.0, 0.012) } else { (1.0, 0.988) };
        let way = until * ((n / 2) as f32 + random(0)) / (count / 2) as f32;
        let begin = sheet.point(border, way);
        let along = (sheet.point(border, way + 0.04).place - begin.place).normalize_or(Vec3::X);
        let into = (sheet.point(inner, way + 0.02).place - begin.place).normalize_or(Vec3::Y);
        let length = 0.012 + 0.016 * random(1);
        let start = begin.place - into * (0.001 + 0.003 * random(2)) - begin.out * 0.0016;
        let ahead = (along + into * (0.2 + 0.9 * random(3))).normalize_or(along);
        let path: Vec<Spot> = (0..4)
            .map(|row| {
                let t = row as f32 / 3.0;
                let up = begin.out * (0.0045 * t * (1.2 - 0.4 * t));
                Spot { place: start + ahead * (length * t) + up, out: begin.out }
            })
            .collect();
        part.append(&ribbon_moved_by(&path, &look(0.007, FINE, random(4)), skin));
    }
    part
}

fn look(width: f32, tuft: usize, random: f32) -> Look {
    Look { width, ends: [0.8, 0.7], tuft, begin: 0.0, mirrored: random < 0.5, bend: 0.2, roll: 0.0 }
}
