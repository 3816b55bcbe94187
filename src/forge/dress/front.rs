//! What lies on the jacket's front: lapels, the edge that buttons over, buttons, pockets.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::jacket::{EDGE, JacketCut};
use super::probe::Probe;
use super::sheet::Sheet;
use super::{Measures, smoothstep};

/// How far a lapel stands off the jacket.
const LIE: f32 = 0.0035;
/// Where on the roll line the lapel ends and the collar begins.
pub(super) const GORGE: f32 = 0.83;
/// The way the upper edge of the lapel runs, seen from the front on the left.
const GORGE_WAY: Vec2 = Vec2::new(0.985, -0.17);

/// How far in front of the body something at `x` and `y` on the jacket lies.
pub(super) fn on(shell: &Probe<'_>, p: Vec2, gap: f32) -> Vec3 {
    /// A ray may pass just between two triangles.
    const ASIDE: f32 = 0.0007;
    let hit = shell.front(p.x, p.y).or_else(|| shell.front(p.x + ASIDE, p.y + ASIDE));
    Vec3::new(p.x, p.y, hit.map_or(0.0, |hit| hit.point.z) + gap)
}

/// The tip of the left lapel.
pub(super) fn tip(measures: &Measures, cut: &JacketCut) -> Vec2 {
    cut.roll(measures, GORGE) + GORGE_WAY * cut.lapel * measures.scale()
}

/// From the roll line to the outer edge of the left lapel, at `share` of the way up from the button to the gorge.
fn lapel_width(measures: &Measures, cut: &JacketCut, share: f32) -> Vec2 {
    /// At the button.
    const LEAST: f32 = 0.004;
    let way = (cut.roll(measures, GORGE) - cut.roll(measures, 0.0)).normalize_or(Vec2::Y);
    let across = Vec2::new(way.y, -way.x);
    let width = cut.lapel * measures.scale();
    let belly = libm::powf(share, 0.8) * (1.0 + 0.10 * libm::sinf(share * std::f32::consts::PI));
    across.lerp(GORGE_WAY, share * share * share) * (LEAST + (width - LEAST) * belly)
}

/// From the bottom of a lapel to its top.
const ROWS: usize = 30;
/// The columns of a lapel: share of its width, metres above where it lies, and metres inwards. The first two turn back into the jacket.
const LATERAL: [f32; 10] = [0.0, 0.0, 0.0, 0.08, 0.22, 0.42, 0.64, 0.86, 0.985, 1.0];
const DEPTH: [f32; 10] = [-0.010, -0.001, 0.0035, 0.0045, 0.0036, 0.0026, 0.0018, 0.0010, 0.0006, -0.0006];
const INWARDS: [f32; 10] = [0.001, 0.0022, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// Both lapels: from the roll line, where the cloth turns over, to their outer edges.
pub(super) fn lapels(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut) -> Part {
    let left = Sheet::new(ROWS, LATERAL.len(), |v, u| {
        let column = libm::roundf(u * (LATERAL.len() - 1) as f32) as usize;
        let width = lapel_width(measures, cut, v);
        let p = cut.roll(measures, v * GORGE) + width * LATERAL[column]
            - width.normalize_or(Vec2::X) * INWARDS[column];
        let rise = smoothstep(0.0, 0.12, v);
        on(shell, p, LIE + DEPTH[column] * (0.3 + 0.7 * rise))
    });
    // On slopes the way ahead is longer than the way up.
    let above = |p: Vec3| shell.lay(p, LIE * 0.9, f32::INFINITY);
    both(&left.relax(3).moved(2, above), shell)
}

/// The outer edge of the left lapel.
pub(super) fn lapel_edge(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut) -> Vec<Vec3> {
    const STEPS: usize = 12;
    let share = |i: usize| i as f32 / STEPS as f32;
    let outer = |v: f32| cut.roll(measures, v * GORGE) + lapel_width(measures, cut, v);
    let mut path: Vec<Vec2> = (0..=STEPS).map(|i| outer(share(i))).collect();
    path.push(cut.roll(measures, GORGE).lerp(tip(measures, cut), 0.5));
    path.into_iter().map(|p| on(shell, p, 0.0)).collect()
}

/// The left sheet and its mirror image.
fn both(left: &Sheet, shell: &Probe<'_>) -> Part {
    let mut part = left.part(shell, EDGE, |_| Vec3::Z);
    part.append(&left.mirrored().part(shell, EDGE, |_| Vec3::Z));
    part
}

/// The wearer's left front edge, which buttons over the right one, from the lapel to the hem.
pub(super) fn edge(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut) -> Part {
    let (top, bottom) = (measures.height(cut.button) + 0.004, measures.height(cut.hem) + 0.0005);
    Sheet::new(14, 6, |v, u| {
        let across = [0.0, 0.02, 0.12, 0.4, 0.7, 1.0];
        let gap: [f32; 6] = [0.0028, 0.0038, 0.004, 0.003, 0.0012, -0.002];
        let column = libm::roundf(u * 5.0) as usize;
        let y = top + (bottom - top) * v;
        let p = Vec2::new(cut.front(measures, y) - 0.0015 + across[column] * 0.045, y);
        // Above the button it goes under the lapel.
        on(shell, p, gap[column].min(-0.001 + 0.2 * (top - y)))
    })
    .part(shell, EDGE, |_| Vec3::Z)
}

/// Buttons down the front.
pub(super) fn buttons(shell: &Probe<'_>, measures: &Measures, cut: &JacketCut, heights: &[f32]) -> Part {
    let mut part = Part::default();
    for &height in heights {
        let y = measures.height(height);
        let x = cut.front(measures, y.min(measures.height(cut.button) - 0.004)) + 0.014;
        part.append(&button(shell, on(shell, Vec2::new(x, y), 0.0055), 0.0098));
    }
    part
}

/// A button with a raised rim, facing as the cloth does.
pub(super) fn button(shell: &Probe<'_>, centre: Vec3, radius: f32) -> Part {
    const SECTORS: u32 = 10;
    /// Radius, height and slope of the normal of each ring, the middle first.
    const PROFILE: [(f32, f32, f32); 5] = [
        (0.0, 0.0008, 0.0),
        (0.55, 0.0008, -0.5),
        (0.72, 0.0016, 0.0),
        (0.92, 0.0012, 0.9),
        (1.0, -0.0035, 1.6),
    ];
    let facing = shell.nearest(centre).map_or(Vec3::Z, |hit| hit.normal);
    let side = Vec3::Y.cross(facing).normalize_or(Vec3::X);
    let up = facing.cross(side);
    let skin = shell.skin(centre);
    let mut part = Part::default();
    for (share, height, slope) in PROFILE {
        for sector in 0..SECTORS {
            let (sin, cos) = libm::sincosf(sector as f32 / SECTORS as f32 * std::f32::consts::TAU);
            let out = side * cos + up * sin;
            part.vertex(Vertex {
                position: centre + out * (radius * share) + facing * height,
                normal: (facing + out * slope).normalize_or(facing),
                coordinate: Vec2::ZERO,
                skin,
                source: None,
            });
        }
    }
    for ring in 0..PROFILE.len() as u32 - 1 {
        for sector in 0..SECTORS {
            let next = (sector + 1) % SECTORS;
            let (a, b) = (ring * SECTORS, (ring + 1) * SECTORS);
            part.quad([a + sector, b + sector, b + next, a + next]);
        }
    }
    part.triangles.retain(|t| t[0] != t[1] && t[1] != t[2] && t[0] != t[2]);
    part
}

/// Where the breast pocket is, on the wearer's left: `across` and `up` are metres from the middle of its lower edge.
fn in_pocket(measures: &Measures, across: f32, up: f32) -> Vec2 {
    /// How much the pocket rises towards the arm.
    const LEAN: f32 = 0.14;
    let size = measures.scale();
    Vec2::new(0.119 * size + across * size, measures.height(0.63) + (across * LEAN + up) * size)
}

/// The lower edge of the breast pocket.
pub(super) fn pocket_edge(shell: &Probe<'_>, measures: &Measures) -> Vec<Vec3> {
    [-0.046, 0.0, 0.046].map(|across| on(shell, in_pocket(measures, across, 0.0), 0.0)).to_vec()
}

/// The welt of the breast pocket.
pub(super) fn pocket(shell: &Probe<'_>, measures: &Measures) -> Part {
    Sheet::new(4, 8, |v, u| {
        let row = libm::roundf(v * 3.0) as usize;
        let up = [0.0, 0.12, 0.9, 1.0][row] * 0.021;
        on(shell, in_pocket(measures, (u - 0.5) * 0.092, up), [-0.001, 0.0026, 0.0036, 0.0028][row])
    })
    .part(shell, 0.003, |_| Vec3::Z)
}

/// On the flap of the left side pocket: `across` and `up` are shares of its width and height, from its middle.
fn in_flap(measures: &Measures, across: f32, up: f32) -> Vec2 {
    /// Width and height, and how much lower its outer end lies.
    const SIZE: Vec2 = Vec2::new(0.096, 0.042);
    const LEAN: f32 = -0.10;
    let size = measures.scale();
    let x = across * SIZE.x;
    Vec2::new(0.095 + x, measures.height(0.04) / size + up * SIZE.y + x * LEAN) * size
}

/// The flaps of both side pockets.
pub(super) fn flaps(shell: &Probe<'_>, measures: &Measures) -> Part {
    let left = Sheet::new(5, 9, |v, u| {
        let row = libm::roundf(v * 4.0) as usize;
        let up = [0.5, 0.48, 0.1, -0.46, -0.5][row];
        // Its lower corners are round.
        let across = (u - 0.5) * 2.0;
        let corner = smoothstep(0.75, 1.0, across.abs());
        let up = if row > 1 { up + 0.10 * corner * corner * (0.5 - up) } else { up };
        on(shell, in_flap(measures, across * 0.5, up), [-0.0005, 0.0022, 0.0030, 0.0034, 0.0026][row])
    });
    both(&left, shell)
}

/// The lower edge of the left flap.
pub(super) fn flap_edge(shell: &Probe<'_>, measures: &Measures) -> Vec<Vec3> {
    [-0.5, -0.25, 0.0, 0.25, 0.5].map(|across| on(shell, in_flap(measures, across, -0.5), 0.0)).to_vec()
}

/// A folded handkerchief that shows above the breast pocket.
pub(super) fn handkerchief(shell: &Probe<'_>, measures: &Measures) -> Part {
    Sheet::new(4, 8, |v, u| {
        let row = libm::roundf(v * 3.0) as usize;
        // Its lower edge is in the pocket.
        let up = [0.008, 0.020, 0.0315, 0.0325][row];
        on(shell, in_pocket(measures, (u - 0.5) * 0.062, up), [-0.001, 0.0026, 0.0034, 0.0026][row])
    })
    .part(shell, 0.0015, |_| Vec3::Z)
}
