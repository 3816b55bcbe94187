//! Short hair with a parting at the left: one mass combed up from the forehead, back and to the right; sides and back lie close.

use std::f32::consts::{PI, TAU};

use glam::Vec3;

use super::super::dress::smoothstep;
use super::super::paint::FINE;
use super::super::part::{Part, Vertex};
use super::super::skeleton::rigid;
use super::cap::cap;
use super::chance;
use super::close::close;
use super::lock::{Look, ribbon};
use super::scalp::{Scalp, slerp, sphere};
use super::sheet::{Comb, Sheet};
use super::wisps::young_all_around;
use crate::vocabulary::Bone;

/// Between which azimuths the mass grows from the forehead, from the right temple to the parting, radians.
const FRONT: [f32; 2] = [-1.06, 0.36];
/// How far inside the hairline it begins, metres.
const INSIDE: f32 = -0.0020;
/// Where it ends behind: at the right, as azimuth and elevation, and at the parting's end, seen from the skull's middle.
const BEHIND: (f32, f32) = (-2.15, 0.22);
const CROWN: Vec3 = Vec3::new(0.030, 0.10, -0.078);
/// How far it swings to the right on its way.
const SWING: f32 = 0.16;
/// How high it stands over the forehead, on its way back, and at the right temple, metres.
const HIGH: [f32; 3] = [0.019, 0.011, 0.0022];
/// Over which lengths it rises from the forehead and from the parting, metres.
const RISES: [f32; 2] = [0.030, 0.021];
/// How deep its borders lie in the ground, metres.
const SUNK: f32 = 0.0022;
/// Of the hair that is as long as the picture is high, metres.
const WHOLE: f32 = 0.30;
const ROWS: usize = 30;
const STEPS: u32 = 40;

/// How it is combed.
pub(super) const COMB: Comb = Comb {
    clumps: 13,
    relief: 0.0018,
    rises: [0.04, 0.45],
    sinks: [0.86, 1.0],
    begin: 0.08,
    ragged: [0.004, 0.012],
};

/// How far inside the hairline the ground is whole, metres.
const FADE: f32 = 0.014;
/// How far its soft border lies over it, metres.
const OVER: f32 = 0.0003;
/// How far the ground lies off the skin at the hairline, and how much more inside it, metres, and where it reaches that.
const LEAST: f32 = 0.0010;
const THICK: f32 = 0.0042;
const FILLS: f32 = 0.045;
/// Short hairs that rise from the forehead, and those along the hairline elsewhere if they grew all around.
const RISING: u32 = 100;
const ALONG: u32 = 180;

/// The mass, and what lies close and softens the hairline.
pub(super) fn parted(scalp: &Scalp) -> [Part; 2] {
    let mut sheet = Sheet::of(&COMB, ROWS, |share| path(scalp, share));
    sheet.relax(2, |place| place);
    sheet.comb(&COMB);
    let mut mass = sheet.part(WHOLE, |_| rigid(Bone::Head));
    mass.append(&close(scalp, 0.7 * FADE, |d| ground(scalp, d)));
    let border = |v: &Vertex| 1.5 * FADE - scalp.inside((v.position - scalp.centre).normalize_or(Vec3::Y));
    let mut single = cap(scalp, FADE, |d| ground(scalp, d) + OVER).clip(border);
    for n in 0..ALONG {
        single.append(&young(scalp, n));
    }
    single.append(&young_all_around(&sheet, RISING));
    [mass, single]
}

/// How far the ground is from the skin in a direction, metres.
fn ground(scalp: &Scalp, d: Vec3) -> f32 {
    let t = (scalp.inside(d) / FILLS).clamp(0.0, 1.0);
    LEAST + THICK * t * (2.0 - t) * (0.6 + 0.4 * smoothstep(-0.3, 0.4, d.y))
}

/// From the forehead back over the head; `share` goes from the right temple to the parting.
fn path(scalp: &Scalp, share: f32) -> Vec<Vec3> {
    let root = scalp.root(FRONT[0] + (FRONT[1] - FRONT[0]) * share, INSIDE);
    let aside = sphere(BEHIND.0, BEHIND.1);
    let end = slerp(aside, CROWN.normalize_or(Vec3::Y), share);
    let straight = |way: f32| slerp(root, end, way);
    (0..=STEPS)
        .map(|n| {
            let way = n as f32 / STEPS as f32;
            // The temple's hair cannot go lower: the ear is there.
            let swing = SWING * libm::sinf(PI * way) * share * smoothstep(1.0, 0.75, share);
            let direction = (straight(way) - Vec3::X * swing).normalize_or(Vec3::Y);
            scalp.centre + direction * (scalp.reach(direction) + height(scalp, root, direction, share, way))
        })
        .collect()
}

/// How far the mass stands off the skull, metres.
fn height(scalp: &Scalp, root: Vec3, d: Vec3, share: f32, way: f32) -> f32 {
    let far = libm::acosf(root.dot(d).clamp(-1.0, 1.0)) * scalp.reach(d);
    let rise = |far: f32, whole: f32| {
        let t = (far / whole).clamp(0.0, 1.0);
        t * (2.0 - t)
    };
    let full = HIGH[0] + (HIGH[1] - HIGH[0]) * smoothstep(0.12, 0.55, way);
    let full = HIGH[2] + (full - HIGH[2]) * smoothstep(0.05, 0.62, share);
    let open = rise(far, RISES[0]) * smoothstep(1.0, 0.55, way) * rise((1.0 - share) * 0.13, RISES[1]);
    let border = smoothstep(0.0, 0.05, share) * smoothstep(1.0, 0.93, way) * smoothstep(1.0, 0.97, share);
    let under = ground(scalp, d) * smoothstep(0.0, 0.012, far);
    under + full * open - SUNK * (1.0 - border)
}

/// A few short hairs that grow at the hairline, over the ground's border.
fn young(scalp: &Scalp, n: u32) -> Part {
    let random = |purpose: u32| chance(n + 8000, purpose);
    let azimuth = (n as f32 + random(1)) / ALONG as f32 * (TAU + FRONT[0] - FRONT[1]) + FRONT[1];
    let root = scalp.root(azimuth, -0.0015 + 0.005 * random(2));
    let astray = sphere(random(3) * TAU, 2.0 * random(4) - 1.0) * 0.12;
    let flow = |place: Vec3, out: Vec3, _: f32| {
        let from = place - scalp.centre;
        // Above the ear it goes back as well, but not into it; beside the parting back and aside.
        let down = Vec3::new(0.0, -1.0, -0.8 * smoothstep(-0.06, 0.03, from.z));
        let aside = Vec3::new(0.3, -0.4, -1.0);
        let along = down.lerp(aside, smoothstep(0.45, 0.65, out.y + 0.3 * out.z.max(0.0))) + astray;
        (along - out * along.dot(out)).normalize_or(out)
    };
    let height = |d: Vec3, share: f32| (0.8 * ground(scalp, d) + 0.0012 * share, 1.0);
    // At the nape it is shorn.
    let length = (0.010 + 0.008 * random(5)) * (0.4 + 0.6 * smoothstep(-0.45, 0.0, root.y));
    let path = scalp.grow(root, 4, length, height, flow);
    ribbon(
        &path,
        &Look {
            width: 0.008 + 0.003 * random(6),
            ends: [0.9, 0.8],
            tuft: FINE,
            begin: 0.0,
            mirrored: random(7) < 0.5,
            bend: 0.0,
            roll: 0.0,
        },
    )
}
