//! The front of a stage jacket: a panel of satin between two piped curves, with two rows of buttons.

use glam::{Vec2, Vec3};

use super::super::part::Part;
use super::Measures;
use super::cord::{both, cord};
use super::curve::through;
use super::front::{button, on};
use super::probe::Probe;
use super::sheet::Sheet;
use crate::vocabulary::Bone;

/// Half the width of the panel from the throat to the hem: heights as shares of the trunk, widths in metres.
const OUTLINE: [(f32, f32); 7] = [
    (0.888, 0.058),
    (0.845, 0.076),
    (0.77, 0.085),
    (0.66, 0.084),
    (0.45, 0.062),
    (0.20, 0.044),
    (-0.02, 0.040),
];
/// How far it lies above the jacket.
const LIE: f32 = 0.0030;

/// The left edge at `share` of the way down.
fn edge(measures: &Measures, hem: f32, share: f32) -> Vec2 {
    let size = measures.scale();
    let points = OUTLINE.map(|(height, half)| {
        let height = if height < 0.0 { hem } else { height };
        Vec3::new(half * size, measures.height(height), 0.0)
    });
    through(&points, share).truncate()
}

/// The panel.
pub(super) fn panel(shell: &Probe<'_>, measures: &Measures, throat: f32, hem: f32) -> Part {
    const ROWS: usize = 44;
    Sheet::new(ROWS, 21, |v, u| {
        let side = edge(measures, hem, v);
        let across = (u - 0.5) * 2.0;
        // Its upper edge lies under the collar.
        let y = side.y + (throat - side.y) * (1.0 - across * across) * (1.0 - v * 4.0).max(0.0);
        on(shell, Vec2::new(side.x * across, y), LIE)
    })
    .part(shell, 0.003, |_| Vec3::Z)
}

/// Piping along both edges of the panel.
pub(super) fn piping(shell: &Probe<'_>, measures: &Measures, hem: f32, radius: f32) -> Part {
    both(&cord(&outline(shell, measures, hem), radius, shell), shell)
}

/// The left edge of the panel as it lies.
pub(super) fn outline(shell: &Probe<'_>, measures: &Measures, hem: f32) -> Vec<Vec3> {
    const STEPS: usize = 40;
    (0..=STEPS).map(|i| on(shell, edge(measures, hem, i as f32 / STEPS as f32), LIE * 0.8)).collect()
}

/// The seam down the middle, where the panel closes: a flat cord of its own cloth.
pub(super) fn closing(shell: &Probe<'_>, measures: &Measures, throat: f32, hem: f32) -> Part {
    const STEPS: usize = 40;
    const RADIUS: f32 = 0.0022;
    let (top, bottom) = (throat, measures.height(hem));
    let path: Vec<Vec3> = (0..=STEPS)
        .map(|i| on(shell, Vec2::new(0.0, top + (bottom - top) * i as f32 / STEPS as f32), LIE - 0.0006))
        .collect();
    cord(&path, RADIUS, shell)
}

/// Two rows of buttons that follow the edges.
pub(super) fn studs(shell: &Probe<'_>, measures: &Measures, hem: f32) -> Part {
    const COUNT: usize = 6;
    const INSET: f32 = 0.024;
    const RADIUS: f32 = 0.0078;
    let mut left = Part::default();
    for i in 0..COUNT {
        let share = share_at(measures, hem, i as f32 / (COUNT - 1) as f32);
        let place = edge(measures, hem, share) - Vec2::X * INSET * measures.scale() * (1.0 - 0.35 * share);
        left.append(&button(shell, on(shell, place, LIE + 0.0035), RADIUS * measures.scale()));
    }
    both(&left, shell)
}

/// Where on the edge a stud is: they are as far from each other everywhere. `way` goes from the first, 0, to the last, 1.
fn share_at(measures: &Measures, hem: f32, way: f32) -> f32 {
    const ENDS: [f32; 2] = [0.24, 0.88];
    let [first, last] = ENDS.map(|share| edge(measures, hem, share).y);
    let height = first + (last - first) * way;
    let (mut above, mut below) = (ENDS[0], ENDS[1]);
    for _ in 0..16 {
        let middle = 0.5 * (above + below);
        if edge(measures, hem, middle).y > height { above = middle } else { below = middle }
    }
    0.5 * (above + below)
}

/// Cords around the sleeves above the cuffs, so many metres before the wrist each.
pub(super) fn cuff_cords(shell: &Part, measures: &Measures, before: &[f32], radius: f32) -> Part {
    const AROUND: usize = 24;
    let sleeve = shell.clip(|v| if measures.is_arm(v) && v.position.x > 0.0 { 1.0 } else { -1.0 });
    let probe = Probe::new(&sleeve);
    let (elbow, hand) = (measures.at(Bone::LeftLowerArm), measures.at(Bone::LeftHand));
    let way = (hand - elbow).normalize_or(Vec3::Y);
    let side = way.cross(Vec3::Z).normalize_or(Vec3::X);
    let up = side.cross(way);
    let mut left = Part::default();
    for &distance in before {
        let axis = hand - way * distance;
        let path: Vec<Vec3> = (0..=AROUND)
            .map(|i| {
                let (sin, cos) = libm::sincosf(i as f32 / AROUND as f32 * std::f32::consts::TAU);
                let out = side * cos + up * sin;
                probe.last(axis, out).map_or(axis + out * 0.04, |hit| hit.point + out * radius * 0.4)
            })
            .collect();
        left.append(&cord(&path, radius, &probe));
    }
    both(&left, &Probe::new(shell))
}
