//! Collars: of the jacket, which falls on the shoulders, and of a shirt, which stands around the neck.

use glam::{Vec2, Vec3};

use super::super::part::Part;
use super::curve::through;
use super::front::{GORGE, tip};
use super::hull::direction;
use super::jacket::{EDGE, JacketCut};
use super::probe::Probe;
use super::sheet::Sheet;
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// Around the neck: where a place at `turn` (0 ahead, 0.5 behind) lies `gap` metres off it and `up` metres above its joint.
pub(super) fn around(skin: &Probe<'_>, measures: &Measures, turn: f32, gap: f32, up: f32) -> Vec3 {
    let neck = measures.at(Bone::Neck);
    let lean = measures.at(Bone::Head) - neck;
    let flat = direction(turn);
    let out = Vec3::new(flat.x, 0.0, flat.y);
    // Where the neck begins; above it the axis leans with the neck.
    let high = up.max(0.0);
    let axis = neck + Vec3::new(0.0, 0.004 + high, high * lean.z / lean.y.max(0.01));
    let reach =
        skin.last(axis, out).map_or(0.06, |hit| (hit.point - axis).dot(out)).min(0.085 * measures.scale());
    axis + out * (reach + gap) + Vec3::Y * up.min(0.0)
}

/// The jacket's collar: a stand around the neck and a leaf that falls outwards, down to the notches.
pub(super) fn jacket_collar(
    neck: &Probe<'_>,
    shell: &Probe<'_>,
    measures: &Measures,
    cut: &JacketCut,
) -> Part {
    let size = measures.scale();
    let front = |p: Vec2, gap: f32| {
        let z = shell.front(p.x, p.y).map_or(0.0, |hit| hit.point.z);
        Vec3::new(p.x, p.y, z + gap)
    };
    let gorge = cut.roll(measures, GORGE - 0.02);
    let end = gorge.lerp(tip(measures, cut), 0.50) + Vec2::new(0.003, 0.001);
    let high = cut.roll(measures, 0.93);
    let roll = [
        around(neck, measures, 0.5, cut.stand + 0.002, 0.027),
        around(neck, measures, 0.38, cut.stand + 0.001, 0.025),
        around(neck, measures, 0.25, cut.stand, 0.016),
        front(high, 0.007),
        front(gorge, 0.0045),
    ];
    let leaf = cut.leaf * size;
    let fall = [
        roll[0] + Vec3::new(0.0, -leaf, -0.010),
        roll[1] + Vec3::new(leaf * 0.44, -leaf, -0.014),
        roll[2] + Vec3::new(leaf, leaf * -0.4, -0.006),
        front(high + Vec2::new(leaf, 0.006), 0.005),
        front(end, 0.0035),
    ];
    let half = |along: f32, across: f32| {
        let (top, edge) = (through(&roll, along), through(&fall, along));
        // Inside the stand first, then over the roll, then the leaf.
        let inside = [Vec3::new(0.0, -0.030, 0.0), Vec3::new(0.0, -0.012, 0.0), Vec3::ZERO];
        let row = libm::roundf(across * 8.0) as usize;
        let inwards =
            Vec3::new(top.x, 0.0, top.z - measures.at(Bone::Neck).z).normalize_or(Vec3::Z) * -0.0025;
        match row {
            0..=2 => {
                top + inside[row] * (1.0 - 0.6 * smoothstep(0.7, 1.0, along))
                    + inwards * (2 - row) as f32 * 0.5
            }
            _ => {
                let share = [0.05, 0.2, 0.45, 0.72, 0.985, 1.0][row - 3];
                let arch = libm::sinf(share * std::f32::consts::PI) * 0.005 * smoothstep(1.0, 0.8, along);
                let p = top.lerp(edge, share)
                    + Vec3::Y * arch
                    + if row == 3 { inwards * -0.8 } else { Vec3::ZERO };
                let low =
                    if along > 0.97 { 0.0022 } else { [0.006, 0.006, 0.006, 0.006, 0.005, 0.0042][row - 3] };
                shell.lay(p, low, low + 0.05 * (1.0 - share) + 0.002)
            }
        }
    };
    let whole = Sheet::new(9, 33, |v, u| {
        let along = (u - 0.5).abs() * 2.0;
        let p = half(along, v);
        if u < 0.5 { Vec3::new(-p.x, p.y, p.z) } else { p }
    });
    let centre = measures.at(Bone::Neck) - Vec3::Y * 0.1;
    whole.part(shell, EDGE, |p| p - centre)
}

/// The collar of a buttoned shirt, with points.
pub(super) fn shirt_collar(neck: &Probe<'_>, suit: &Probe<'_>, measures: &Measures) -> Part {
    const LIE: f32 = 0.0085;
    let size = measures.scale();
    let top = [
        (0.5, 0.004, 0.040),
        (0.375, 0.004, 0.037),
        (0.25, 0.004, 0.027),
        (0.125, 0.006, 0.0),
        (0.016, 0.009, -0.020),
    ]
    .map(|(turn, gap, up)| around(neck, measures, turn, gap, up));
    let away = [(0.0, -0.042), (0.010, -0.044), (0.010, -0.046), (0.026, -0.046), (0.032, -0.052)];
    let mut edge = top;
    for (p, (sideways, down)) in edge.iter_mut().zip(away) {
        let out = Vec3::new(p.x, 0.0, p.z - measures.at(Bone::Neck).z).normalize_or(Vec3::Z);
        *p += (Vec3::new(sideways, down, 0.0) + out * 0.014) * size;
    }
    let half = |along: f32, row: usize| {
        let (high, low) = (through(&top, along), through(&edge, along));
        let out = Vec3::new(high.x, 0.0, high.z - measures.at(Bone::Neck).z).normalize_or(Vec3::Z);
        match row {
            0 => high - Vec3::Y * 0.032 - out * 0.001,
            1 => high - out * 0.0012 - Vec3::Y * 0.002,
            2 => high,
            _ => {
                let share = [0.07, 0.3, 0.6, 0.97, 1.0][row.min(7) - 3];
                let p =
                    high.lerp(low, share) + out * (0.0015 + 0.003 * libm::sinf(share * std::f32::consts::PI));
                suit.lay(p, LIE, LIE + 0.002 + 0.05 * (1.0 - share))
            }
        }
    };
    let whole = Sheet::new(8, 33, |v, u| {
        let p = half((u - 0.5).abs() * 2.0, libm::roundf(v * 7.0) as usize);
        if u < 0.5 { Vec3::new(-p.x, p.y, p.z) } else { p }
    });
    let centre = measures.at(Bone::Neck) - Vec3::Y * 0.05 * size;
    whole.part(suit, 0.0022, |p| p - centre)
}

/// A band that stands around the neck and closes nothing.
pub(super) fn stand_collar(
    neck: &Probe<'_>,
    shell: &Probe<'_>,
    measures: &Measures,
    cut: &JacketCut,
    height: f32,
) -> Part {
    let throat = cut.roll(measures, 0.93);
    let z = shell.front(throat.x, throat.y).map_or(0.0, |hit| hit.point.z);
    let front = Vec3::new(throat.x, throat.y, z + 0.002);
    let ring = [(0.5, 0.0), (0.38, 0.002), (0.25, 0.008)];
    let [a, b, c] = ring.map(|(turn, up)| around(neck, measures, turn, cut.stand + 0.002, up));
    let foot = [a, b, c, front];
    let [a, b, c] = ring.map(|(turn, up)| around(neck, measures, turn, cut.stand, up + height));
    let top = [a, b, c, front + Vec3::new(-0.004, height * 0.65, -0.002)];
    let whole = Sheet::new(6, 25, |v, u| {
        let along = (u - 0.5).abs() * 2.0;
        let base = through(&foot, along);
        let up = [-0.35, 0.0, 0.4, 0.75, 0.97, 1.0][libm::roundf(v * 5.0) as usize];
        let up = if up < 0.0 { up * smoothstep(1.0, 0.8, along) } else { up };
        let p = base + (through(&top, along) - base) * up;
        if u < 0.5 { Vec3::new(-p.x, p.y, p.z) } else { p }
    });
    let centre = measures.at(Bone::Neck);
    whole.part(shell, EDGE, |p| Vec3::new(p.x, 0.0, p.z - centre.z))
}
