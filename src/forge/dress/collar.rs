//! Collars: of the jacket, which falls on the shoulders, and of a shirt.

use glam::{Vec2, Vec3};

use super::super::part::Part;
use super::curve::through;
use super::front::{GORGE, tip};
use super::jacket::JacketCut;
use super::neckline::NeckLine;
use super::probe::Probe;
use super::sheet::Sheet;
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// The left half for `along` 0 (behind) to 1 (in front), completed by its mirror image.
fn mirrored(rows: usize, columns: usize, half: impl Fn(f32, usize) -> Vec3) -> Sheet {
    Sheet::new(rows, columns, |v, u| {
        let p = half((u - 0.5).abs() * 2.0, libm::roundf(v * (rows - 1) as f32) as usize);
        if u < 0.5 { Vec3::new(-p.x, p.y, p.z) } else { p }
    })
}

/// How thick the jacket's collar is at its edge, metres.
const THICK: f32 = 0.003;

/// The jacket's collar: a stand around the neck and a leaf that falls outwards, down to the notches.
pub(super) fn jacket_collar(
    line: &NeckLine,
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
        line.at(0.5, cut.stand + 0.002, cut.below),
        line.at(0.38, cut.stand + 0.001, cut.below),
        line.at(0.25, cut.stand, cut.below),
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
    let whole = mirrored(9, 33, |along, row| {
        let (top, edge) = (through(&roll, along), through(&fall, along));
        // Inside the stand first, then over the roll, then the leaf.
        let inside = [Vec3::new(0.0, -0.030, 0.0), Vec3::new(0.0, -0.012, 0.0), Vec3::ZERO];
        let inwards = line.away(top) * -0.0025;
        if row < 3 {
            return top
                + inside[row] * (1.0 - 0.6 * smoothstep(0.7, 1.0, along))
                + inwards * (2 - row) as f32 * 0.5;
        }
        let share = [0.05, 0.2, 0.45, 0.72, 0.985, 1.0][row - 3];
        let arch = libm::sinf(share * std::f32::consts::PI) * 0.003 * smoothstep(1.0, 0.8, along);
        let p = top.lerp(edge, share) + Vec3::Y * arch + if row == 3 { inwards * -0.8 } else { Vec3::ZERO };
        // On the shoulders its edge lies flat, so that their line has no step; ahead it shows that it is thick.
        let flat = smoothstep(0.78, 0.62, along);
        let low = [0.004, 0.004, 0.004, 0.004, 0.0034 - 0.0024 * flat, 0.0026 - 0.0026 * flat][row - 3];
        let low = if along > 0.97 { 0.0022 } else { low };
        // The roll hugs the neck; the cloth that would push it away ends below.
        if share < 0.3 && along < 0.7 {
            return p;
        }
        shell.lay(p, low, low + 0.05 * (1.0 - share) + 0.002 * (1.0 - flat))
    });
    let centre = measures.at(Bone::Neck) - Vec3::Y * 0.1;
    whole.part(shell, THICK, |p| p - centre)
}

/// How high a shirt's collar stands, and how far its leaf falls ahead; metres.
const BAND: f32 = 0.034;
const LEAF: f32 = 0.043;
/// How far it falls behind and at the sides, where the jacket hides it.
const HIDDEN: f32 = 0.037;
/// How far it stands off the neck.
const SHIRT_GAP: f32 = 0.0035;
/// Where the leaves part in front: half the turn between them.
const PARTING: f32 = 0.008;

/// The collar of a buttoned shirt: a band around the neck and a leaf folded over it, with points on the chest.
pub(super) fn shirt_collar(line: &NeckLine, suit: &Probe<'_>, measures: &Measures) -> Part {
    /// Above the suit the leaf's edge lies at least so far.
    const LIE: f32 = 0.0085;
    let size = measures.scale();
    let turn = |along: f32| 0.5 + (PARTING - 0.5) * along;
    let throat = line.at(0.0, SHIRT_GAP, 0.0);
    let point = Vec2::new(0.047 * size, throat.y - 0.062 * size);
    let chest = suit.front(point.x, point.y).map_or(throat.z, |hit| hit.point.z);
    let below = |turn: f32, out: f32, drop: f32| line.at(turn, SHIRT_GAP + out, drop * size);
    let edge = [
        below(0.5, 0.006, HIDDEN),
        below(0.375, 0.006, HIDDEN),
        below(0.25, 0.006, HIDDEN),
        below(0.14, 0.010, LEAF),
        Vec3::new(point.x, point.y, chest + 0.010),
    ];
    let band = mirrored(4, 41, |along, row| {
        let turn = turn(along) * smoothstep(1.0, 0.97, along);
        line.at(
            turn,
            [-0.0002, 0.0, 0.0, 0.001][row] + SHIRT_GAP - 0.001,
            [BAND, 0.018, 0.004, 0.0012][row] * size,
        )
    });
    let leaf = mirrored(7, 41, |along, row| {
        let share = [0.0, 0.04, 0.16, 0.4, 0.7, 0.97, 1.0][row];
        let (top, low) = (line.at(turn(along), SHIRT_GAP, 0.0), through(&edge, along));
        let p = top.lerp(low, share)
            + line.away(top) * (0.0035 * libm::sinf(libm::sqrtf(share) * std::f32::consts::PI));
        let low = LIE * share * smoothstep(0.45, 0.7, along);
        if row < 3 { p } else { suit.lay(p, low, LIE + 0.004 + 0.06 * (1.0 - share)) }
    });
    let centre = measures.at(Bone::Neck) - Vec3::Y * 0.05 * size;
    let mut part = band.part(suit, 0.0, |p| line.away(p) * -1.0);
    part.append(&leaf.part(suit, 0.0022, |p| p - centre));
    part
}
