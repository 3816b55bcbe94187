//! Tailored shoulders: a straight line from the neck to the shoulder's point, and sleeves that fall straight from there.
//!
//! Nothing of the body shows below, so cloth may lie lower than muscles would.

use glam::{Vec2, Vec3};

use super::super::part::{Part, Vertex};
use super::super::skeleton::{self, Skin};
use super::cloth::{even, refine};
use super::jacket::JacketCut;
use super::measures::{ARMS, arm_share};
use super::probe::Probe;
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

/// In how many steps the ridge of the shoulder is measured.
const STEPS: usize = 24;
/// How far before and behind its ridge the shoulder is shaped, metres.
const ROOF: f32 = 0.095;
/// How steeply the head of the sleeve falls from the shoulder's point.
const FALL: f32 = 3.0;
/// How round the head of the sleeve is: up to so far from the corner heights are blended, metres.
const ROUND: f32 = 0.028;
/// The same where the head runs into the sleeve.
const BLEND: f32 = 0.022;
/// From the joints of arms and neck up to here, metres, the cloth is made finer to be shaped and cut.
const FINE: f32 = 0.11;

/// The left shoulder's outline, seen from the front.
struct Outline {
    joint: Vec3,
    /// Down the upper arm, and away from it upwards.
    way: Vec3,
    up: Vec3,
    /// Where the straight line begins beside the neck, and where it ends.
    neck: Vec2,
    point: Vec2,
    /// Half the width of the sleeve below it.
    wide: f32,
}

impl Outline {
    fn new(measures: &Measures, cut: &JacketCut, ridge: &Ridge) -> Self {
        let joint = measures.at(Bone::LeftUpperArm);
        let way = (measures.at(Bone::LeftLowerArm) - joint).normalize_or(Vec3::X);
        let size = measures.scale();
        // Nearer to the neck the cloth rises with it, under the collar.
        let x = measures.neck_side() + 0.024;
        Self {
            joint,
            way,
            up: Vec3::Z.cross(way).normalize_or(Vec3::Y),
            neck: Vec2::new(x, ridge.top(x)),
            point: joint.truncate() + Vec2::from(cut.point) * size,
            wide: cut.sleeve[0] * size,
        }
    }

    /// The height of the outline at `x`.
    fn top(&self, x: f32) -> f32 {
        let share = (x - self.neck.x) / (self.point.x - self.neck.x).max(0.01);
        let line = self.neck.y + (self.point.y - self.neck.y) * share;
        let fall = self.point.y - FALL * (x - self.point.x);
        let foot = self.joint + self.up * self.wide;
        let sleeve = foot.y + (x - foot.x) * self.way.y / self.way.x.max(0.1);
        -blended(-blended(line, fall, ROUND), -sleeve, BLEND)
    }

    /// How far down the arm `p` lies, metres.
    fn along(&self, p: Vec3) -> f32 {
        (p - self.joint).dot(self.way)
    }
}

/// The lesser of two heights, rounded where they are nearer to each other than `reach`.
fn blended(a: f32, b: f32, reach: f32) -> f32 {
    let near = ((reach - (a - b).abs()) / reach).max(0.0);
    a.min(b) - near * near * reach * 0.25
}

/// The highest places of a shell along the shoulder.
struct Ridge {
    from: f32,
    to: f32,
    tops: Vec<Vec2>,
}

impl Ridge {
    /// Of the left shoulder; each place is its height and how far ahead it lies.
    fn of(shell: &Part, measures: &Measures) -> Self {
        let probe = Probe::new(shell);
        let joint = measures.at(Bone::LeftUpperArm);
        let (from, to) = (measures.neck_side() - 0.01, joint.x + 0.09);
        let place = |i: usize| {
            let x = from + (to - from) * i as f32 / STEPS as f32;
            (-4..=4)
                .filter_map(|k| probe.last(Vec3::new(x, joint.y - 0.1, joint.z + k as f32 * 0.01), Vec3::Y))
                .map(|hit| Vec2::new(hit.point.y, hit.point.z))
                .max_by(|a, b| a.x.total_cmp(&b.x))
                .unwrap_or(Vec2::new(joint.y, joint.z))
        };
        Self { from, to, tops: (0..=STEPS).map(place).collect() }
    }

    fn top(&self, x: f32) -> f32 {
        let place = ((x - self.from) / (self.to - self.from)).clamp(0.0, 1.0) * STEPS as f32;
        let low = (place as usize).min(STEPS - 1);
        self.tops[low].lerp(self.tops[low + 1], place - low as f32).x
    }
}

/// Shapes both shoulders and sleeves of the shell.
pub(super) fn tailor(part: &mut Part, measures: &Measures, cut: &JacketCut) {
    /// Rounds in which the shaped cloth is evened.
    const EVEN: usize = 3;
    tubes(part, measures, cut);
    let joint = measures.at(Bone::LeftUpperArm);
    let near = |v: &Vertex| {
        let p = Vec3::new(v.position.x.abs(), v.position.y, v.position.z);
        p.distance(joint) < FINE * measures.scale()
    };
    let neck = measures.at(Bone::Neck);
    refine(part, |v| near(v) || v.position.distance(neck) < FINE * measures.scale());
    refine(part, near);
    let ridge = Ridge::of(part, measures);
    let outline = Outline::new(measures, cut, &ridge);
    for vertex in &mut part.vertices {
        let p = vertex.position;
        let left = Vec3::new(p.x.abs(), p.y, p.z);
        let roof = smoothstep(ROOF, 0.02, (p.z - outline.joint.z + 0.01).abs());
        let facing = smoothstep(-0.1, 0.35, vertex.normal.y);
        let begin = outline.neck.x;
        let sideways =
            smoothstep(begin - 0.012, begin + 0.002, left.x) * smoothstep(0.09, 0.05, outline.along(left));
        let shift = (outline.top(left.x) - ridge.top(left.x)).clamp(-0.02, 0.03);
        vertex.position.y += shift * roof * facing * sideways;
    }
    even(part, EVEN, |v| if near(v) { 1.0 } else { 0.0 });
}

/// Makes the sleeves even tubes from below the shoulders to the cuffs.
fn tubes(part: &mut Part, measures: &Measures, cut: &JacketCut) {
    for vertex in &mut part.vertices {
        if !measures.is_arm(vertex) {
            continue;
        }
        let p = vertex.position;
        let side = Vec3::new(if p.x < 0.0 { -1.0 } else { 1.0 }, 1.0, 1.0);
        let (axis, share) = measures.arm(p * side);
        let axis = axis * side;
        let wide = cut.sleeve[0] + (cut.sleeve[1] - cut.sleeve[0]) * (share * 0.5).clamp(0.0, 1.0);
        let tube = smoothstep(0.0, 0.45, share)
            * smoothstep(0.45, 0.85, arm_share(vertex)).max(smoothstep(0.4, 0.6, share));
        let out = p - axis;
        let reach = out.length() + (wide * measures.scale() - out.length()) * tube;
        vertex.position = axis + out.normalize_or(Vec3::Z) * reach;
    }
    part.smooth_normals();
}

/// Lets the trunk carry the pads, so that the shoulder's line stays when arms hang.
pub(super) fn pad_skins(part: &mut Part, measures: &Measures) {
    /// How much of the arms' share the pads lose.
    const HELD: f32 = 0.8;
    let joint = measures.at(Bone::LeftUpperArm);
    let way = (measures.at(Bone::LeftLowerArm) - joint).normalize_or(Vec3::X);
    let up = Vec3::Z.cross(way).normalize_or(Vec3::Y);
    for vertex in &mut part.vertices {
        let p = vertex.position;
        let d = Vec3::new(p.x.abs(), p.y, p.z) - joint;
        let held = HELD * smoothstep(0.045, -0.02, d.dot(way)) * smoothstep(0.005, 0.045, d.dot(up));
        if held > 0.0 {
            vertex.skin = without_arm(vertex, held);
        }
    }
}

/// The vertex's skin with `share` of what the arm carries given to the shoulder.
fn without_arm(vertex: &Vertex, share: f32) -> Skin {
    let bone = if vertex.position.x < 0.0 { Bone::RightShoulder } else { Bone::LeftShoulder };
    let mut freed = 0.0;
    let mut skin = vertex.skin;
    for (carrier, weight) in &mut skin {
        if ARMS.iter().any(|b| *b as u8 == *carrier) {
            freed += *weight * share;
            *weight *= 1.0 - share;
        }
    }
    skeleton::mix(&[(skin, 1.0), (skeleton::rigid(bone), freed)])
}
