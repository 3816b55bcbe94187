//! The jacket's shell: trunk and sleeves in one, cut open in front, lengthened over the hips.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::cloth::{drape, even, lengthen, rim, soften_skins};
use super::hull::{Hull, turn};
use super::measures::arm_share;
use super::neckline::NeckLine;
use super::probe::Probe;
use super::shoulder::{pad_skins, tailor};
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// How a jacket is cut; lengths in metres, heights in shares of the trunk.
pub(super) struct JacketCut {
    /// How far the cloth stands off the body, at least.
    pub(super) ease: f32,
    /// Where the shoulder's straight line ends, from the arm's joint: outwards and up.
    pub(super) point: [f32; 2],
    /// Half the width of the sleeve, at the shoulder and at the cuff.
    pub(super) sleeve: [f32; 2],
    /// Where the sleeves end before the wrist.
    pub(super) cuff: f32,
    /// Where the roll lines of the lapels meet.
    pub(super) button: f32,
    /// How wide the lapels are.
    pub(super) lapel: f32,
    /// Where the front begins to swing open.
    pub(super) swing: f32,
    /// How wide the swing is at the hem, each side.
    pub(super) spread: f32,
    /// The hem.
    pub(super) hem: f32,
    /// Half the gap between fronts that are worn open.
    pub(super) gap: f32,
    /// How much wider the hem hangs than the hips.
    pub(super) flare: f32,
    /// By which share it narrows to the hem, down to what the body takes.
    pub(super) taper: f32,
    /// How far the collar stands off the neck.
    pub(super) stand: f32,
    /// How far the collar falls behind.
    pub(super) leaf: f32,
    /// How far below the line around the neck the cloth ends under the collar.
    pub(super) covered: f32,
    /// How far from the collar the hole for the neck ends.
    pub(super) beside: f32,
    /// How far below the line around the neck the collar folds over.
    pub(super) below: f32,
}

/// How far the left front reaches over the right one.
pub(super) const OVERLAP: f32 = 0.012;
/// Into how many strips the part below the hips is divided.
const STEPS: usize = 8;
/// Below this share of the trunk cloth no longer follows the body.
const FREE: f32 = 0.0;
/// How far behind the lapel's roll the cloth under it ends, metres.
const HIDDEN: f32 = 0.020;
/// Where the roll lines end beside the neck, metres above its joint.
const TOP: f32 = 0.008;
/// How deep edges are.
pub(super) const EDGE: f32 = 0.004;

impl JacketCut {
    /// How far below the line around the neck the cloth ends at least, so that it never looks over the collar's fold.
    pub(super) fn edge(&self) -> f32 {
        const UNDER: f32 = 0.006;
        self.below + UNDER
    }

    /// The left roll line at `share` of the way from the button (0) to the side of the neck (1), seen from the front.
    pub(super) fn roll(&self, measures: &Measures, share: f32) -> Vec2 {
        let neck = measures.at(Bone::Neck);
        let top = Vec2::new(measures.neck_side(), neck.y + TOP);
        // The line bends a little around the chest.
        let bend = 0.006 * share * (1.0 - share) * 4.0;
        Vec2::new(self.gap - OVERLAP * 0.2, measures.height(self.button)).lerp(top, share)
            + Vec2::new(bend, 0.0)
    }

    /// How far the front edge lies left of the middle at height `y`, on the wearer's left.
    pub(super) fn front(&self, measures: &Measures, y: f32) -> f32 {
        let button = measures.height(self.button);
        if y > button {
            let top = measures.at(Bone::Neck).y + TOP;
            return self.roll(measures, ((y - button) / (top - button)).clamp(0.0, 1.3)).x;
        }
        let (swing, hem) = (measures.height(self.swing), measures.height(self.hem));
        let fall = ((swing - y) / (swing - hem).max(0.01)).clamp(0.0, 1.2);
        self.spread * fall * fall - OVERLAP * (1.0 - smoothstep(0.0, 0.6, fall))
    }
}

/// The shell before it is cut, for everything that must lie on it.
pub(super) fn uncut(suit: &Part, measures: &Measures, cut: &JacketCut) -> Part {
    let trunk = measures.height(FREE);
    let body = suit
        .clip(|v| if measures.is_arm(v) { 1.0 } else { v.position.y - trunk })
        .clip(|v| if measures.is_arm(v) { measures.before_wrist(v.position) - cut.cuff } else { 1.0 });
    let mut part = drape(&body, |_| cut.ease, 10, cut.ease * 0.75);
    tailor(&mut part, measures, cut);
    hang(&mut part, suit, measures, cut);
    soften_skins(&mut part, 4);
    pad_skins(&mut part, measures);
    part
}

/// Lengthens the trunk to the hem, hanging from the hips' widest outline.
fn hang(part: &mut Part, suit: &Part, measures: &Measures, cut: &JacketCut) {
    let axis = measures.at(Bone::Hips);
    let (start, end) = (measures.height(FREE), measures.height(cut.hem));
    if end >= start {
        *part = part.clip(|v| if measures.is_arm(v) { 1.0 } else { v.position.y - end });
        return;
    }
    let hulls: Vec<Hull> = (0..=STEPS)
        .map(|step| {
            let y = start + (end - start) * step as f32 / STEPS as f32;
            Hull::at(suit, axis, y, |v| !measures.is_arm(v))
        })
        .collect();
    let is_hem = |v: &Vertex| !measures.is_arm(v) && (v.position.y - start).abs() < 0.02;
    lengthen(part, is_hem, STEPS, |v, share| {
        let out = Vec2::new(v.position.x - axis.x, v.position.z - axis.z);
        let (own, to) = (out.length(), turn(out));
        let step = libm::roundf(share * STEPS as f32) as usize;
        let widest = hulls.iter().take(step + 1).map(|h| h.reach(to)).fold(0.0, f32::max);
        let reach = own + (widest + cut.ease * 0.6 - own).max(0.0) * smoothstep(0.0, 0.7, share);
        let within = hulls.get(step).map_or(0.0, |h| h.reach(to)) + cut.ease * 0.6;
        let reach =
            (reach * (1.0 - cut.taper * smoothstep(0.25, 1.0, share))).max(within) + cut.flare * share;
        let flat = out.normalize_or(Vec2::Y) * reach;
        Vertex { position: Vec3::new(axis.x + flat.x, start + (end - start) * share, axis.z + flat.y), ..*v }
    });
    // No step is left where the hanging part begins.
    let reach = 0.09 * measures.scale();
    even(part, 8, |v| {
        if measures.is_arm(v) { 0.0 } else { smoothstep(reach, 0.0, (v.position.y - start + 0.02).abs()) }
    });
    let body = Probe::new(suit);
    for vertex in &mut part.vertices {
        if (vertex.position.y - start).abs() < reach && arm_share(vertex) < 0.1 {
            vertex.position = body.lift(vertex.position, cut.ease * 0.9);
        }
    }
    part.smooth_normals();
}

/// The shell cut open: both fronts, the neck, the hem.
pub(super) fn shell(uncut: &Part, measures: &Measures, cut: &JacketCut, line: &NeckLine) -> Part {
    let mut part = uncut.clip(|v| opening(v, measures, cut)).clip(|v| neck_hole(v, measures, cut, line));
    rim(&mut part, EDGE);
    part
}

/// Distance from the opening; negative in it.
fn opening(vertex: &Vertex, measures: &Measures, cut: &JacketCut) -> f32 {
    let p = vertex.position;
    if measures.is_arm(vertex) {
        return 1.0;
    }
    let behind = (measures.at(Bone::Neck).z - 0.01 - p.z) * 2.0;
    // The edge above the button hides well behind the lapel, so that nothing shows through it.
    // Beside the neck it ends under the collar, which is narrower.
    let top = measures.at(Bone::Neck).y + TOP;
    let hidden = HIDDEN
        * measures.scale()
        * smoothstep(0.0, 0.12, p.y - measures.height(cut.button))
        * smoothstep(top + 0.015, top - 0.025, p.y);
    (p.x.abs() - cut.front(measures, p.y) - hidden).max(behind)
}

/// Distance from the hole for the neck, whose edge the collar covers.
fn neck_hole(vertex: &Vertex, measures: &Measures, cut: &JacketCut, line: &NeckLine) -> f32 {
    /// How much farther it reaches in front, where collars part.
    const AHEAD: f32 = 0.022;
    let (p, neck) = (vertex.position, measures.at(Bone::Neck));
    if measures.is_arm(vertex) || p.y < neck.y - 0.12 {
        return 1.0;
    }
    let turn = line.turn(p);
    let below = line.height(turn) - p.y;
    let beside = cut.beside + AHEAD * smoothstep(0.16, 0.08, turn.abs());
    (below - cut.covered).max(line.outside(p, cut.stand + beside)).min(below - cut.edge())
}
