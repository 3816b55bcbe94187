//! Faces are drawn with few and even planes: cheeks are evened out, lower lids run out into them, chins are round. Eyes, nose
//! and lips stay as they are.

use glam::Vec3;

use super::base::{Base, range};
use super::dress::smoothstep;
use super::eyes::Ball;
use super::paint::{CHIN, WING};

/// How often each point goes halfway to the mean of its neighbours.
const TIMES: u32 = 30;
/// Half the width of an eye with its lids, its height above and below the middle, metres, and at which multiples of that
/// nothing changes, and all.
const EYE: [f32; 3] = [0.0185, 0.0108, 0.0085];
const BESIDE: [f32; 2] = [0.95, 1.3];
/// Half the width and height of the lips, metres, and at which multiples of that nothing changes, and all.
const LIPS: [f32; 2] = [0.029, 0.0155];
const AROUND: [f32; 2] = [0.92, 1.28];
/// How far from the middle the bridge of the nose is all nose, how far outside of that it ends, and how far below the mouth's
/// middle there is none, metres; the wings are found.
const BRIDGE: f32 = 0.007;
const ENDS: f32 = 0.004;
const BELOW: [f32; 2] = [0.012, 0.024];
/// Around the chin's point less changes, so that it keeps its form: how much of the whole, and up to where, metres.
const CHIN_KEPT: (f32, [f32; 2]) = (0.45, [0.010, 0.030]);
/// How far behind the eyes cheeks end at the ears, metres.
const EARS: [f32; 2] = [0.085, 0.055];
/// How much the jaw rises for a metre towards the ears, and how far above it all is cheek, metres.
const JAW: (f32, [f32; 2]) = (0.42, [0.002, 0.016]);

/// Evens out the face of `base`.
pub(super) fn smooth(base: &mut Base) {
    let shares = shares(base);
    even(base, &shares, TIMES);
}

/// Lets the lower lids of large eyes run out into the cheeks, without a groove where bags would be.
pub(super) fn fill_under_eyes(base: &mut Base) {
    let eye = Ball::of(base, range::LEFT_EYE).centre;
    let share = |p: &Vec3| {
        let at = (*p - eye) * Vec3::new(0.0, 1.0, 1.0) + Vec3::X * (p.x.abs() - eye.x);
        // The rim of the lid is a bow; what lies below it by a few millimetres is filled.
        let rim = UNDER.rim - UNDER.bow * at.x * at.x;
        smoothstep(rim, rim - UNDER.begin, at.y)
            * smoothstep(UNDER.end[1], UNDER.end[0], at.y)
            * smoothstep(UNDER.wide[1], UNDER.wide[0], at.x.abs())
            * smoothstep(-0.03, -0.02, at.z)
    };
    let shares: Vec<f32> = base.positions[range::BODY].iter().map(share).collect();
    even(base, &shares, UNDER.times);
}

/// Rounds the chin and the edge under it.
pub(super) fn round_chin(base: &mut Base) {
    let Some(chin) = base.positions.get(CHIN).copied() else { return };
    let share = |p: &Vec3| {
        let from = *p - (chin + ROUNDED.from);
        smoothstep(ROUNDED.reach[1], ROUNDED.reach[0], (from * Vec3::new(0.7, 1.0, 1.0)).length())
    };
    let shares: Vec<f32> = base.positions[range::BODY].iter().map(share).collect();
    even(base, &shares, ROUNDED.times);
}

/// How the chin is rounded; metres.
struct Rounded {
    /// From its foremost point to the middle of what is rounded.
    from: Vec3,
    /// Up to where all is rounded, and where nothing is.
    reach: [f32; 2],
    times: u32,
}

const ROUNDED: Rounded = Rounded { from: Vec3::new(0.0, -0.008, -0.012), reach: [0.012, 0.028], times: 4 };

/// What is filled under an eye, from its middle, metres.
struct Under {
    /// The level of the lower lid's rim under the middle of the eye, how it rises towards the corners, and how far below it
    /// all is filled.
    rim: f32,
    bow: f32,
    begin: f32,
    /// Where cheeks begin, and where they stay as they are.
    end: [f32; 2],
    /// The same to both sides.
    wide: [f32; 2],
    times: u32,
}

const UNDER: Under =
    Under { rim: -0.0100, bow: -14.0, begin: 0.0045, end: [-0.022, -0.030], wide: [0.019, 0.026], times: 60 };

/// Moves each point `times` halfway to the mean of its neighbours, as much as `shares` says.
fn even(base: &mut Base, shares: &[f32], times: u32) {
    let mut near = vec![Vec::new(); shares.len()];
    for quad in base.quads_in(range::BODY) {
        for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 0)] {
            let (from, to) = (quad[from].vertex as usize, quad[to].vertex as usize);
            near[from].push(to);
            near[to].push(from);
        }
    }
    for _ in 0..times {
        let before = base.positions[range::BODY].to_vec();
        for (n, share) in shares.iter().enumerate().filter(|(_, share)| **share > 0.0) {
            let mean = near[n].iter().map(|i| before[*i]).sum::<Vec3>() / near[n].len().max(1) as f32;
            base.positions[n] = before[n].lerp(mean, 0.5 * share);
        }
    }
}

/// How much each point of the body changes, 0..=1.
fn shares(base: &Base) -> Vec<f32> {
    let eye = Ball::of(base, range::LEFT_EYE).centre;
    let wing = base.positions.get(WING).copied().unwrap_or(eye);
    let foremost = base.positions.get(CHIN).copied().unwrap_or(eye - Vec3::Y * 0.1);
    let (chin, front_of_chin) = (foremost.y, foremost.z);
    let teeth = &base.positions[range::TEETH];
    let mouth = teeth.iter().map(|p| p.y).sum::<f32>() / teeth.len().max(1) as f32;
    let share = |p: &Vec3| {
        let aside = p.x.abs();
        let high = if p.y > eye.y { EYE[1] } else { EYE[2] };
        let eyes = libm::hypotf((aside - eye.x) / EYE[0], (p.y - eye.y) / high);
        let eyes = smoothstep(BESIDE[0], BESIDE[1], eyes);
        let lips = libm::hypotf(aside / LIPS[0], (p.y - mouth) / LIPS[1]);
        let lips = smoothstep(AROUND[0], AROUND[1], lips);
        let down = ((eye.y - p.y) / (eye.y - wing.y).max(1e-3)).clamp(0.0, 1.0);
        let nose = BRIDGE + (wing.x - BRIDGE) * down;
        let nose = smoothstep(nose, nose + ENDS, aside);
        let nose = nose.max(smoothstep(mouth - BELOW[0], mouth - BELOW[1], p.y));
        let (kept, reach) = CHIN_KEPT;
        let chin = kept + (1.0 - kept) * smoothstep(reach[0], reach[1], libm::hypotf(aside, p.y - chin));
        // The jaw rises towards the ears; its line stays.
        let jaw = chin + JAW.0 * (front_of_chin - p.z).max(0.0);
        let level =
            smoothstep(eye.y + 0.004, eye.y - 0.012, p.y) * smoothstep(jaw + JAW.1[0], jaw + JAW.1[1], p.y);
        let front = smoothstep(eye.z - EARS[0], eye.z - EARS[1], p.z);
        eyes * lips * nose * chin * level * front
    };
    base.positions[range::BODY].iter().map(share).collect()
}
