//! Worn loose: swept back from the forehead, tucked behind the ears, falling in waves to the shoulders.

use std::f32::consts::PI;

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::noise;
use super::super::part::Part;
use super::super::skeleton::Skin;
use super::cap::cap;
use super::scalp::{Scalp, slerp, sphere};
use super::sheet::{Comb, Sheet};
use super::sway::Sway;
use super::torso::Torso;
use super::wisps::young_all_around;

/// At which azimuth above the ears the borders begin, radians from the front, and where they hang behind them.
const ABOVE: f32 = 1.10;
const BEHIND: f32 = 1.30;
/// Where the mass begins inside the hairline, and how far it is off the skin there, metres.
const INSIDE: f32 = 0.003;
const OFF: f32 = 0.0016;
/// How thick hair lies over the forehead, on top, at the sides and at the back, metres, and over which length it rises to that.
const THICK: [f32; 4] = [0.024, 0.024, 0.019, 0.020];
const RISES: f32 = 0.046;
/// How far the paths swing to the right on their way over the head.
const SWING: f32 = 0.22;
/// From where on paths go back at their own height, not over the top: 0 the middle of the forehead, 1 the borders.
const LEVEL: [f32; 2] = [0.25, 0.62];
/// At which elevation hair begins to hang, radians.
const HANGS: f32 = -0.36;
/// How far below the eyes it ends behind the ears and at the back, metres.
const ENDS: [f32; 2] = [0.215, 0.160];
/// How much it widens below the ears, metres.
const FLARE: f32 = 0.004;
/// How much it turns inwards at its ends, and over which length, metres.
const INWARDS: (f32, f32) = (0.020, 0.050);
/// It ends where the shoulders are this far in its way, but hangs at least so far, metres.
const LEDGE: f32 = 0.006;
const SHORTEST: f32 = 0.07;
/// How far it swings to its sides and in and out, metres, and how often, per metre.
const WAVE: ([f32; 2], f32) = ([0.007, 0.0095], 8.2);
/// How far below the eyes it is widest, metres.
const WIDEST: f32 = 0.020;
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.42;
const ROWS: usize = 34;
/// Steps over the head, and down from there, metres.
const STEPS: u32 = 30;
const STEP: f32 = 0.008;
/// Below the eyes hair stays this much farther off the skin, metres.
const HUNG: f32 = 0.004;
/// The roll of the borders where they hang, metres.
const HEM: f32 = 0.005;
/// Short hairs along the hairline.
const YOUNG: u32 = 150;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 26,
    relief: 0.0042,
    rises: [0.0, 0.40],
    sinks: [2.0, 3.0],
    begin: 0.05,
    ragged: [0.034, 0.020],
};

/// The mass, and the single hairs about it.
pub(super) fn loose(scalp: &Scalp, torso: &Torso, sway: &Sway) -> [Part; 2] {
    let mut sheet = Sheet::of(&COMB, ROWS, |share| path(scalp, torso, share));
    let keep_out = |place: Vec3| torso.outside(outside(scalp, place));
    sheet.relax(4, keep_out);
    sheet.relax(2, |place| place);
    sheet.shift(|point, share, _| {
        let below = scalp.eyes().y - WIDEST - point.place.y;
        let phase = 1.6 * noise(Vec3::new(share * 11.0, 0.5, 2.0));
        let (sin, cos) = libm::sincosf(below * WAVE.1 * 2.0 * PI + phase);
        let out = point.place - scalp.centre;
        let out = Vec3::new(out.x, 0.0, out.z).normalize_or(Vec3::Z);
        let swing = out.cross(Vec3::Y) * (WAVE.0[0] * sin) + out * (WAVE.0[1] * (cos - 0.4));
        swing * smoothstep(-0.03, 0.05, below)
    });
    sheet.comb(&COMB);
    let skin = |place| sway.at(place);
    let mut part = sheet.part(WHOLE, skin);
    part.append(&sheet.hem(WHOLE, rolled, skin));
    let mut single = cap(scalp, 0.018, |_| 0.0009);
    single.append(&young_all_around(&sheet, YOUNG));
    [part, single]
}

/// A lock that frames the face at one side.
struct Frame {
    /// Between which azimuths it grows, radians.
    from: [f32; 2],
    /// How far it rises from the forehead, metres.
    rises: f32,
    /// How far below the eyes it ends, metres.
    ends: f32,
}

/// At the right and at the left.
const FRAMES: [Frame; 2] = [
    Frame { from: [0.26, -0.80], rises: 0.030, ends: 0.095 },
    Frame { from: [0.24, 0.86], rises: 0.026, ends: 0.110 },
];
const FRAMING: Comb = Comb {
    clumps: 6,
    relief: 0.0034,
    rises: [0.02, 0.4],
    sinks: [2.0, 3.0],
    begin: 0.05,
    ragged: [0.030, 0.022],
};

/// The locks that frame the face.
fn framing(scalp: &Scalp, skin: impl Fn(Vec3) -> Skin + Copy) -> Part {
    let mut part = Part::default();
    for (frame, side) in FRAMES.iter().zip([-1.0, 1.0]) {
        let mut sheet = Sheet::of(&FRAMING, ROWS, |share| {
            // Columns go from right to left.
            let share = if side < 0.0 { 1.0 - share } else { share };
            frame_path(scalp, frame, side, share)
        });
        sheet.comb(&FRAMING);
        part.append(&sheet.part(WHOLE, skin));
        part.append(&sheet.hem(WHOLE, |_| 0.003, skin));
    }
    part
}

/// From the hairline up, aside, and down along the cheek; `share` goes from the middle to the temple.
fn frame_path(scalp: &Scalp, frame: &Frame, side: f32, share: f32) -> Vec<Vec3> {
    let eyes = scalp.eyes();
    let root = scalp.root(frame.from[0] + (frame.from[1] - frame.from[0]) * share, INSIDE);
    let start = scalp.skin(root) - root * 0.001;
    let end = eyes + Vec3::new(side * (0.082 + 0.008 * share), -frame.ends, -0.026 - 0.022 * share);
    let points = [
        start,
        start + (root + Vec3::Y * 0.5) * frame.rises,
        Vec3::new(eyes.x + side * 0.060, start.y + 0.012, start.z + 0.004 - 0.03 * share),
        eyes + Vec3::new(side * (0.090 + 0.006 * share), 0.030, -0.022 - 0.022 * share),
        eyes + Vec3::new(side * (0.088 + 0.006 * share), -0.045, -0.022 - 0.022 * share),
        end,
    ];
    (0..=STEPS)
        .map(|n| outside(scalp, along(&points, n as f32 / STEPS as f32)))
        .collect()
}

/// The curve that the points draw towards themselves (Bernstein's polynomials).
fn along(points: &[Vec3], t: f32) -> Vec3 {
    let mut points = points.to_vec();
    while points.len() > 1 {
        points = points.windows(2).map(|pair| pair[0].lerp(pair[1], t)).collect();
    }
    points.first().copied().unwrap_or_default()
}

/// How thick the border's roll is at a share of the way, metres.
fn rolled(way: f32) -> f32 {
    HEM * smoothstep(0.35, 0.6, way) * smoothstep(1.0, 0.8, way)
}

/// Outside of the skull and the ears.
fn outside(scalp: &Scalp, place: Vec3) -> Vec3 {
    let from = place - scalp.centre;
    let direction = from.normalize_or(Vec3::Y);
    let hung = smoothstep(0.0, 0.04, scalp.eyes().y - place.y);
    let least = scalp.hull(direction) + OFF + HUNG * hung;
    if from.length() < least { scalp.centre + direction * least } else { place }
}

/// The path at a share of the way from the right ear along the hairline to the left one.
fn path(scalp: &Scalp, torso: &Torso, share: f32) -> Vec<Vec3> {
    let mut path = over_head(scalp, 2.0 * share - 1.0);
    hang(scalp, torso, (2.0 * share - 1.0).abs(), &mut path);
    path
}

/// From the hairline back over the head to where hair hangs; `side` is -1 above the right ear, 1 above the left one.
fn over_head(scalp: &Scalp, side: f32) -> Vec<Vec3> {
    let root = scalp.root(ABOVE * side, INSIDE);
    let far = side.abs();
    let end = sphere((PI - (PI - BEHIND) * far).copysign(side), HANGS);
    let (from, to) = (Hood::of(root), Hood::of(end));
    // What grows at the temples goes back straight, the rest over the top.
    let level = smoothstep(LEVEL[0], LEVEL[1], far);
    (0..=STEPS)
        .map(|n| {
            let way = n as f32 / STEPS as f32;
            let bow = libm::sinf(PI * way);
            let aside = SWING * bow * smoothstep(0.8, 0.1, far);
            let direction = Hood {
                aside: from.aside + (to.aside - from.aside) * way * way * (3.0 - 2.0 * way) - aside,
                back: from.back + (to.back - from.back) * way,
            }
            .direction();
            let direction = direction.lerp(slerp(root, end, way), level).normalize_or(direction);
            let reach = scalp.reach(direction);
            let from_root = libm::acosf(root.dot(direction).clamp(-1.0, 1.0)) * reach;
            let risen = (from_root / RISES).min(1.0);
            let lift = thickness(direction) * risen * (2.0 - risen);
            scalp.centre + direction * (reach + OFF + lift)
        })
        .collect()
}

/// A direction from the skull's middle as a hood is worn: how far aside, and how far back over the head, radians.
struct Hood {
    aside: f32,
    back: f32,
}

impl Hood {
    fn of(direction: Vec3) -> Self {
        let back = libm::atan2f(direction.y, direction.z);
        // Behind, below the skull's middle, it goes on.
        let back = if back < 0.0 { back + 2.0 * PI } else { back };
        Self { aside: libm::asinf(direction.x.clamp(-1.0, 1.0)), back }
    }

    fn direction(&self) -> Vec3 {
        let ((sin, cos), (up, level)) = (libm::sincosf(self.aside), libm::sincosf(self.back));
        Vec3::new(sin, cos * up, cos * level)
    }
}

/// How thick hair lies in a direction from the skull's middle, metres.
fn thickness(d: Vec3) -> f32 {
    let [front, top, side, back] = THICK;
    let level = side + (back - side) * smoothstep(-0.2, -0.9, d.z);
    let high = top + (front - top) * smoothstep(0.1, 0.6, d.z);
    level + (high - level) * smoothstep(0.25, 0.8, d.y)
}

/// Continues a path straight down, to where it would lie on the shoulders.
fn hang(scalp: &Scalp, torso: &Torso, far: f32, path: &mut Vec<Vec3>) {
    let Some(begin) = path.last().copied() else { return };
    let ends = ENDS[1] + (ENDS[0] - ENDS[1]) * smoothstep(0.2, 0.9, far);
    let depth = begin.y - (scalp.eyes().y - ends);
    let out = Vec3::new(begin.x - scalp.centre.x, 0.0, begin.z - scalp.centre.z).normalize_or(Vec3::Z);
    let steps = (depth / STEP).max(1.0) as u32;
    for n in 1..=steps {
        let below = depth * n as f32 / steps as f32;
        let left = 1.0 - ((depth - below) / INWARDS.1).min(1.0);
        let away = FLARE * smoothstep(0.0, 0.07, below) - INWARDS.0 * left * left;
        let place = begin - Vec3::Y * below + out * away;
        if below > SHORTEST && torso.depth(place + out * INWARDS.0 * left * left) > LEDGE {
            break;
        }
        path.push(place);
    }
}
