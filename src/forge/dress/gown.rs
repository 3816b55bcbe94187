//! Bands laid on a shell: the crossing edges of a wrap dress, belts with their buckles, trimmings.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::Measures;
use super::collar::around;
use super::curve::through;
use super::hull::direction;
use super::jacket::{EDGE, JacketCut};
use super::probe::Probe;
use super::sheet::Sheet;
use crate::vocabulary::Bone;

/// The bands along the neckline; the one from the wearer's left shoulder crosses over to the right side of the waist.
pub(super) fn wrap(
    neck: &Probe<'_>,
    shell: &Probe<'_>,
    measures: &Measures,
    cut: &JacketCut,
    waist: f32,
) -> Part {
    let mut part = Part::default();
    let centre = measures.at(Bone::Neck) - Vec3::new(0.0, 0.2, 0.02);
    // The band below ends where the other one crosses it.
    let (cross, top) = (cut.roll(measures, 0.0), cut.roll(measures, 1.0));
    let way = (top - cross).normalize_or(Vec2::Y);
    let under = |v: &Vertex| 0.014 - (v.position.truncate() - cross).dot(Vec2::new(way.y, -way.x));
    for (side, gap) in [(-1.0_f32, 0.0022), (1.0, 0.0040)] {
        let front = |p: Vec2| {
            let z = shell.front(p.x, p.y).map_or(0.0, |hit| hit.point.z);
            Vec3::new(p.x, p.y, z + gap)
        };
        let sided = |p: Vec3| Vec3::new(p.x * side, p.y, p.z);
        let flat = |share: f32| {
            let p = cut.roll(measures, share);
            front(Vec2::new(p.x * side, p.y))
        };
        let far = Vec2::new(-0.112 * side, measures.height(waist));
        let line = [
            around(neck, measures, 0.5, 0.004, -0.004),
            sided(around(neck, measures, 0.38, 0.004, -0.006)),
            sided(around(neck, measures, 0.26, 0.005, -0.012)),
            flat(0.82),
            flat(0.55),
            flat(0.28),
            flat(0.0),
            front(Vec2::new(-0.052 * side, measures.height((cut.button + waist) * 0.5))),
            front(far),
        ];
        let band = Sheet::new(44, 6, |v, u| {
            let p = through(&line, v);
            let ahead = (through(&line, (v + 0.01).min(1.0)) - through(&line, (v - 0.01).max(0.0)))
                .normalize_or(Vec3::Y);
            let facing = shell.nearest(p).map_or(Vec3::Z, |hit| hit.normal);
            let across = ahead.cross(facing) * -side;
            let wide = [-0.0012, 0.0, 0.05, 0.5, 0.95, 1.0][libm::roundf(u * 5.0) as usize] * 0.026;
            let low = [-0.006, 0.001, 0.0016, 0.001, 0.0, -0.001][libm::roundf(u * 5.0) as usize];
            shell.lay(p + across * wide, gap, gap + 0.003) + facing * low
        });
        let band = band.part(shell, EDGE * 0.7, |p| p - centre);
        part.append(&if side < 0.0 { band.clip(under) } else { band });
    }
    // The ends lie under the belt.
    part.clip(|v| v.position.y - measures.height(waist))
}

/// A belt around the waist.
pub(super) fn belt(shell: &Part, measures: &Measures, height: f32, wide: f32) -> Part {
    let trunk = shell.clip(|v| if measures.is_arm(v) { -1.0 } else { 1.0 });
    let shell = &Probe::new(&trunk);
    let axis = measures.at(Bone::Spine);
    let middle = measures.height(height);
    Sheet::ring(6, 36, |v, u| {
        let up = [-0.5, -0.48, -0.2, 0.2, 0.48, 0.5][libm::roundf(v * 5.0) as usize] * wide;
        let raise = [0.0, 0.0062, 0.0072, 0.0072, 0.0062, 0.0][libm::roundf(v * 5.0) as usize];
        let flat = direction(u);
        let out = Vec3::new(flat.x, 0.0, flat.y);
        let from = Vec3::new(axis.x, middle + up, axis.z);
        let reach = shell.last(from, out).map_or(0.12, |hit| (hit.point - from).dot(out)).min(0.21);
        from + out * (reach + raise)
    })
    .part(shell, 0.007, |p| Vec3::new(p.x - axis.x, 0.0, p.z - axis.z))
}

/// A buckle in front of the belt: a rounded frame.
pub(super) fn buckle(shell: &Probe<'_>, measures: &Measures, height: f32, half: Vec2) -> Part {
    let y = measures.height(height);
    let z = shell.front(0.0, y).map_or(0.1, |hit| hit.point.z) + 0.0105;
    Sheet::ring(6, 32, |v, u| {
        let d = direction(u);
        // A superellipse is nearly a rectangle with round corners.
        let stretch = libm::powf(libm::powf(d.x.abs(), 4.0) + libm::powf(d.y.abs(), 4.0), -0.25);
        let inset = [0.0048, 0.0042, 0.003, 0.0012, 0.0, 0.0][libm::roundf(v * 5.0) as usize];
        let depth = [-0.002, 0.0008, 0.0015, 0.0012, -0.0003, -0.004][libm::roundf(v * 5.0) as usize];
        Vec3::new(d.x * stretch * (half.x - inset), y + d.y * stretch * (half.y - inset), z + depth)
    })
    .part(shell, 0.0, |_| Vec3::Z)
}

/// A narrow band along both fronts, from the button up to `top` of the roll line.
pub(super) fn trim(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut, wide: f32, top: f32) -> Part {
    let left = Sheet::new(18, 6, |v, u| {
        let column = libm::roundf(u * 5.0) as usize;
        let across = [-0.001, -0.0015, 0.1, 0.5, 0.96, 1.0][column] * wide;
        let gap = [-0.008, 0.001, 0.0036, 0.0038, 0.003, 0.0015][column];
        let p = cut.roll(measures, v * top) + Vec2::new(across, 0.0);
        let z = shell.front(p.x, p.y).map_or(0.0, |hit| hit.point.z);
        Vec3::new(p.x, p.y, z + gap)
    });
    let mut part = left.part(shell, 0.003, |_| Vec3::Z);
    part.append(&left.mirrored().part(shell, 0.003, |_| Vec3::Z));
    part
}
