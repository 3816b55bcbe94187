//! From the source's average look to a drawn one: large eyes, a face that tapers to the chin, a head that is big beside
//! slim shoulders and arms.
//!
//! Everything the source has moves along, so that eyes, teeth, joints and clothes fit as before.

use glam::Vec3;

use super::base::{Base, range};
use super::dress::smoothstep;
use super::eyes::Ball;
use super::paint::CHIN;
use super::smooth::{fill_under_eyes, round_chin, smooth};

/// By how much a woman's and a man's eyes grow.
const EYES: [f32; 2] = [0.20, 0.21];
/// How far from the middle of an eye all grows, and where nothing does, beside the temple and beside the nose, metres.
const WHOLLY: f32 = 0.0165;
const REACH: [f32; 2] = [0.042, 0.029];
/// How far before its middle an eye grows from, so that it does not bulge, metres.
const BEFORE: f32 = 0.007;
/// How much narrower a woman's and a man's jaw becomes.
const TAPER: [f32; 2] = [0.0, -0.005];
/// How far from the middle the jaw begins and is all jaw, metres.
const JAW: [f32; 2] = [0.022, 0.050];
/// How far a woman's and a man's eyes come down towards the mouth, metres: the middle of the face is short in drawn faces.
const DOWN: [f32; 2] = [0.0055, 0.0045];
/// How far above the mouth and below the eyes that begins and is complete, metres.
const MIDDLE: [f32; 2] = [0.007, 0.013];
/// How far apart the eyes move, each, metres.
const APART: [f32; 2] = [0.0008, 0.0004];
/// How much shorter a woman's neck becomes, and a man's, which gets longer instead, metres.
const NECK: [f32; 2] = [0.004, -0.010];
/// How far above the neck's joint that begins, and how far under the chin it is complete, metres: where collars lie nothing moves.
const SHORTENED: [f32; 2] = [0.010, 0.003];
/// Size of a woman's and a man's body under the neck, as a share of what the source makes.
///
/// The source's figures are eight heads high, as fashion draws them, and clothes make the head look smaller still. The
/// body shrinks rather than the head grows: the displacements of a talking face fit a head of the source's size.
const BODY: [f32; 2] = [0.840, 0.820];
/// Breadth of a woman's and a man's trunk beside that.
const BREADTH: [f32; 2] = [0.83, 0.85];
/// How much thinner a woman's and a man's arms become, and how far from their axis that may be, metres.
const ARMS: [f32; 2] = [0.12, 0.16];
const SLEEVE: [f32; 2] = [0.070, 0.095];

/// Changes `base`, whose proportions are those of a body with this `gender`: 0 female, 1 male.
pub(super) fn stylise(base: &mut Base, gender: f32) {
    let mix = |[woman, man]: [f32; 2]| woman + (man - woman) * gender;
    taper(base, mix(TAPER));
    shorten_middle(base, mix(DOWN));
    smooth(base);
    round_chin(base);
    spread_eyes(base, mix(APART));
    open_eyes(base, mix(EYES));
    fill_under_eyes(base);
    lighten(base, mix(BODY), mix(BREADTH));
    shorten_neck(base, mix(NECK));
    thin_arms(base, mix(ARMS));
}

/// Narrows the face from the eyes down to the jaw, and less and less of the neck.
fn taper(base: &mut Base, by: f32) {
    let eye = Ball::of(base, range::LEFT_EYE).centre;
    let chin = base.positions.get(CHIN).map_or(eye.y - 0.1, |p| p.y);
    for position in &mut base.positions {
        // 0 level with the eyes, 1 with the chin.
        let down = (eye.y - position.y) / (eye.y - chin).max(1e-3);
        let share = smoothstep(0.25, 1.0, down) * smoothstep(1.8, 1.05, down);
        position.x *= 1.0 - by * share * smoothstep(JAW[0], JAW[1], position.x.abs());
    }
}

/// Lowers all that lies above the mouth; what lies between it and the eyes is pressed together.
fn shorten_middle(base: &mut Base, by: f32) {
    let eye = Ball::of(base, range::LEFT_EYE).centre;
    let teeth = &base.positions[range::TEETH];
    let mouth = teeth.iter().map(|p| p.y).sum::<f32>() / teeth.len() as f32;
    for position in &mut base.positions {
        position.y -= by * smoothstep(mouth + MIDDLE[0], eye.y - MIDDLE[1], position.y);
    }
}

/// Moves the eyes and what is around them away from the nose.
fn spread_eyes(base: &mut Base, by: f32) {
    let eyes = [range::LEFT_EYE, range::RIGHT_EYE].map(|eye| Ball::of(base, eye).centre);
    for position in &mut base.positions {
        for eye in eyes {
            let side = eye.x.signum();
            let from = (*position - eye) * Vec3::new(side, 1.0, 1.0);
            let reach = if from.x < 0.0 { eye.x.abs() } else { 0.048 };
            position.x += side * by * smoothstep(reach, WHOLLY, from.length());
        }
    }
}

fn open_eyes(base: &mut Base, by: f32) {
    let eyes = [range::LEFT_EYE, range::RIGHT_EYE].map(|eye| Ball::of(base, eye).centre);
    for position in &mut base.positions {
        let grown: Vec3 = eyes.iter().map(|eye| growth(*position, *eye)).sum();
        *position += grown * by;
    }
}

/// How far `p` moves when an eye grows to twice its size.
fn growth(p: Vec3, eye: Vec3) -> Vec3 {
    let from = p - eye;
    let far = from.length();
    let aside = from.x * eye.x.signum() / far.max(1e-4);
    let reach = REACH[1] + (REACH[0] - REACH[1]) * smoothstep(-0.7, 0.3, aside);
    (from - Vec3::Z * BEFORE) * smoothstep(reach, WHOLLY, far)
}

/// Shrinks the body towards the neck: not at all above it, wholly below the shoulders. The trunk shrinks more in breadth;
/// arms move along as they are.
fn lighten(base: &mut Base, size: f32, breadth: f32) {
    let (Some(neck), Some(shoulder)) = (base.cube("joint-neck"), base.cube("joint-l-shoulder")) else {
        return;
    };
    for position in &mut base.positions {
        let share = smoothstep(neck.y, shoulder.y, position.y);
        *position += (neck - *position) * (1.0 - size) * share;
        let trunk = position.x.clamp(-shoulder.x, shoulder.x);
        position.x -= trunk * (1.0 - breadth) * share;
    }
}

/// Lowers the head onto the shoulders by as much; less than nothing lifts it.
fn shorten_neck(base: &mut Base, by: f32) {
    let (Some(neck), Some(chin)) = (base.cube("joint-neck"), base.positions.get(CHIN).copied()) else {
        return;
    };
    for position in &mut base.positions {
        position.y -= by * smoothstep(neck.y + SHORTENED[0], chin.y - SHORTENED[1], position.y);
    }
}

/// Draws the skin of the arms towards the bones, from the shoulder to the wrist.
fn thin_arms(base: &mut Base, by: f32) {
    let joints = ["joint-l-shoulder", "joint-l-elbow", "joint-l-hand"].map(|joint| base.cube(joint));
    let [Some(shoulder), Some(elbow), Some(hand)] = joints else { return };
    let (upper, lower) = ((elbow - shoulder).length(), (hand - elbow).length());
    for position in &mut base.positions {
        let side = if position.x < 0.0 { Vec3::new(-1.0, 1.0, 1.0) } else { Vec3::ONE };
        let p = *position * side;
        let on = |from: Vec3, to: Vec3, long: f32| (p - from).dot(to - from) / long.max(1e-3);
        let (first, second) = (on(shoulder, elbow, upper).min(upper), on(elbow, hand, lower).max(0.0));
        let near = shoulder + (elbow - shoulder) * (first / upper.max(1e-3));
        let far = elbow + (hand - elbow) * (second / lower.max(1e-3));
        let is_upper = near.distance_squared(p) <= far.distance_squared(p);
        let (axis, along) = if is_upper { (near, first) } else { (far, upper + second) };
        let out = p - axis;
        let share = smoothstep(-0.01, 0.06, along)
            * smoothstep(upper + lower - 0.01, upper + lower - 0.08, along)
            * smoothstep(SLEEVE[1], SLEEVE[0], out.length());
        *position -= out * side * (by * share);
    }
}
