//! The gestures that are built in: a table of what arms, trunk and head do around the stroke.
//!
//! Seconds are counted from the stroke. Arms are written as if each were the left one: +X is outwards.

use super::arm::{NO_REACH, Pointing, Reach};
use super::hands::{
    CHIN, COUNT_1, COUNT_2, COUNT_3, COUNT_4, COUNT_5, FIST, FLAT, HALF_OPEN, HandShape, OPEN, POINT, RELAXED,
};
use glam::Vec3;

/// An arm's movement that arrives `at` and takes some time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) at: f32,
    pub(super) takes: f32,
    pub(super) to: Pointing,
}

/// The same of trunk and head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bend {
    pub(super) at: f32,
    pub(super) takes: f32,
    /// For [`Gesture::trunk`] [`TRUNK`], for [`Gesture::head`] [`HEAD`].
    pub(super) to: [f32; 6],
}

/// What a bend of the trunk holds: lean ahead, turn and tilt to the left (radians), shoulders up (radians), brows up (0..=1),
/// bow from the hips (radians).
pub(super) const TRUNK: usize = 6;
/// What a bend of the head holds: nod down, turn and tilt to the left, radians.
pub(super) const HEAD: usize = 3;

/// What happens again and again while a gesture is held: from this step of each part, this many seconds long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cycle {
    pub(super) from: usize,
    pub(super) secs: f32,
}

/// A gesture. Where a part has no steps it goes on with what it did.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gesture {
    pub(super) name: &'static str,
    pub(super) left: &'static [Step],
    pub(super) right: &'static [Step],
    pub(super) trunk: &'static [Bend],
    pub(super) head: &'static [Bend],
    /// How long it is held after the stroke unless its mark says so, and how long the way back takes, seconds.
    pub(super) hold: f32,
    pub(super) back: f32,
    pub(super) cycle: Option<Cycle>,
}

const PLAIN: Gesture =
    Gesture { name: "", left: &[], right: &[], trunk: &[], head: &[], hold: 0.7, back: 0.85, cycle: None };

const fn step(at: f32, takes: f32, to: Pointing) -> Step {
    Step { at, takes, to }
}

const fn bend(at: f32, takes: f32, to: [f32; 6]) -> Bend {
    Bend { at, takes, to }
}

const fn head(at: f32, takes: f32, [x, y, z]: [f32; 3]) -> Bend {
    Bend { at, takes, to: [x, y, z, 0.0, 0.0, 0.0] }
}

/// An arm that points so, the fingers where the forearm points.
pub(super) const fn arm(upper: [f32; 3], lower: [f32; 3], palm: [f32; 3], shape: HandShape) -> Pointing {
    Pointing { upper, lower, palm, fingers: [0.0; 3], shape, reach: NO_REACH }
}

/// An arm whose fingers point elsewhere than the forearm.
const fn bent(to: Pointing, fingers: [f32; 3]) -> Pointing {
    Pointing { fingers, ..to }
}

const fn reaching(to: Pointing, at: [f32; 3], chin: f32) -> Pointing {
    let [x, y, z] = at;
    Pointing { reach: Reach { at: Vec3::new(x, y, z), chin, weight: 1.0 }, ..to }
}

/// Hands before the waist, on the way to anything.
const READY: Pointing = arm([0.24, -1.0, 0.2], [0.02, 0.28, 1.0], [-0.9, 0.15, -0.1], RELAXED);
/// A hand before the shoulder, on the way up.
const RAISED: Pointing = arm([0.35, -0.9, 0.35], [0.05, 0.75, 0.75], [-0.6, 0.0, 0.4], RELAXED);
/// A hand beside the breast, on the way out.
const AIMING: Pointing = arm([0.62, -0.72, 0.3], [0.3, 0.42, 0.8], [-0.5, -0.5, 0.4], POINT);

const WELCOME: Pointing =
    bent(arm([0.36, -0.95, 0.2], [0.46, 0.12, 0.9], [-0.12, 0.9, 0.42], OPEN), [0.66, -0.16, 0.75]);
const EXPLAIN_NEAR: Pointing = arm([0.24, -1.0, 0.2], [0.0, 0.34, 1.0], [-0.85, 0.5, 0.0], HALF_OPEN);
const EXPLAIN_FAR: Pointing =
    bent(arm([0.32, -0.98, 0.26], [0.26, 0.1, 1.0], [-0.55, 0.85, 0.0], HALF_OPEN), [0.36, -0.1, 1.0]);
const POINTED: Pointing =
    bent(arm([0.92, -0.3, 0.16], [0.93, -0.02, 0.4], [-0.1, -0.85, 0.5], POINT), [0.94, 0.02, 0.36]);
const ARMS_OPEN: Pointing =
    bent(arm([0.6, -0.78, 0.2], [0.76, 0.26, 0.6], [-0.3, 0.6, 0.74], OPEN), [0.86, 0.16, 0.48]);
const ON_HEART: Pointing = reaching(
    bent(arm([0.42, -0.9, 0.3], [-0.72, 0.5, 0.5], [0.0, 0.0, -1.0], FLAT), [-0.93, 0.36, 0.1]),
    [-0.14, -0.21, 0.015],
    0.0,
);
const SHRUGGED: Pointing =
    bent(arm([0.26, -0.97, 0.05], [0.6, 0.32, 0.74], [-0.05, 0.9, 0.4], OPEN), [0.84, -0.02, 0.54]);
const WAVE_OUT: Pointing =
    bent(arm([0.72, -0.62, 0.32], [0.38, 0.92, 0.18], [0.0, 0.0, 1.0], COUNT_5), [0.5, 0.88, 0.12]);
const WAVE_IN: Pointing =
    bent(arm([0.7, -0.62, 0.34], [-0.16, 0.98, 0.22], [0.0, 0.0, 1.0], COUNT_5), [-0.3, 0.95, 0.15]);
const CLAP_APART: Pointing = reaching(
    bent(arm([0.34, -0.9, 0.3], [-0.35, 0.45, 0.85], [-1.0, 0.1, 0.0], FLAT), [0.08, 0.7, 0.72]),
    [0.2, -0.26, 0.34],
    0.0,
);
const CLAP: Pointing = reaching(
    bent(arm([0.34, -0.9, 0.3], [-0.45, 0.45, 0.8], [-1.0, 0.0, 0.0], FLAT), [-0.02, 0.72, 0.7]),
    [0.0, -0.27, 0.36],
    0.0,
);
const AT_CHIN: Pointing = reaching(
    bent(arm([0.02, -0.9, 0.5], [-0.2, 0.95, 0.1], [-0.35, 0.1, -1.0], CHIN), [-0.4, 0.9, -0.15]),
    [0.0, -0.14, 0.04],
    1.0,
);
const UNDER_ELBOW: Pointing = reaching(
    bent(arm([0.26, -0.98, 0.16], [-0.78, 0.1, 0.68], [-0.1, 0.25, -1.0], RELAXED), [-0.95, 0.04, 0.25]),
    [-0.2, -0.52, 0.06],
    0.0,
);
const AT_SIDES: Pointing = arm([0.17, -1.0, 0.12], [0.08, -1.0, 0.2], [-1.0, 0.0, 0.0], FLAT);

const fn counted(shape: HandShape) -> Pointing {
    bent(arm([0.5, -0.78, 0.34], [0.16, 0.97, 0.2], [-0.1, 0.0, 1.0], shape), [0.05, 1.0, 0.06])
}

const fn counting(shape: HandShape) -> [Step; 2] {
    [step(-0.2, 0.55, Pointing { shape: FIST, ..RAISED }), step(0.0, 0.34, counted(shape))]
}

const COUNTED: Gesture = Gesture { hold: 0.9, ..PLAIN };
const NOD: &[Bend] = &[
    head(0.0, 0.26, [0.17, 0.0, 0.0]),
    head(0.22, 0.26, [-0.035, 0.0, 0.0]),
    head(0.46, 0.28, [0.11, 0.0, 0.0]),
    head(0.8, 0.4, [0.0; 3]),
];
const SHAKE: &[Bend] = &[
    head(0.0, 0.28, [0.0, 0.2, 0.0]),
    head(0.25, 0.32, [0.0, -0.21, 0.0]),
    head(0.5, 0.32, [0.0, 0.15, 0.0]),
    head(0.74, 0.32, [0.0, -0.08, 0.0]),
    head(1.02, 0.36, [0.0; 3]),
];

/// All of them.
pub(super) const GESTURES: &[Gesture] = &[
    Gesture {
        name: "welcome",
        left: &[step(-0.3, 0.62, READY), step(0.0, 0.5, WELCOME)],
        right: &[step(-0.3, 0.62, READY), step(0.0, 0.5, WELCOME)],
        trunk: &[bend(0.0, 0.7, [0.03, 0.0, 0.0, 0.0, 0.15, 0.0])],
        head: &[head(0.05, 0.5, [0.03, 0.0, 0.02])],
        hold: 0.9,
        ..PLAIN
    },
    Gesture {
        name: "explain",
        left: &[
            step(-0.22, 0.58, EXPLAIN_NEAR),
            step(0.0, 0.34, EXPLAIN_FAR),
            step(0.42, 0.4, EXPLAIN_NEAR),
            step(0.66, 0.3, EXPLAIN_FAR),
        ],
        right: &[
            step(-0.22, 0.58, EXPLAIN_NEAR),
            step(0.0, 0.34, EXPLAIN_FAR),
            step(0.42, 0.4, EXPLAIN_NEAR),
            step(0.66, 0.3, EXPLAIN_FAR),
        ],
        trunk: &[bend(0.0, 0.5, [0.02, 0.0, 0.0, 0.0, 0.0, 0.0])],
        hold: 1.1,
        ..PLAIN
    },
    Gesture {
        name: "point-left",
        left: &[step(-0.3, 0.6, AIMING), step(0.0, 0.52, POINTED)],
        trunk: &[bend(0.0, 0.6, [0.0, 0.1, 0.02, 0.0, 0.0, 0.0])],
        ..PLAIN
    },
    Gesture {
        name: "point-right",
        right: &[step(-0.3, 0.6, AIMING), step(0.0, 0.52, POINTED)],
        trunk: &[bend(0.0, 0.6, [0.0, -0.1, -0.02, 0.0, 0.0, 0.0])],
        ..PLAIN
    },
    Gesture { name: "count-1", right: &counting(COUNT_1), ..COUNTED },
    Gesture { name: "count-2", right: &counting(COUNT_2), ..COUNTED },
    Gesture { name: "count-3", right: &counting(COUNT_3), ..COUNTED },
    Gesture { name: "count-4", right: &counting(COUNT_4), ..COUNTED },
    Gesture { name: "count-5", right: &counting(COUNT_5), ..COUNTED },
    Gesture {
        name: "open-arms",
        left: &[step(-0.34, 0.62, READY), step(0.0, 0.62, ARMS_OPEN)],
        right: &[step(-0.34, 0.62, READY), step(0.0, 0.62, ARMS_OPEN)],
        trunk: &[bend(0.02, 0.7, [-0.05, 0.0, 0.0, 0.0, 0.25, 0.0])],
        head: &[head(0.05, 0.6, [-0.04, 0.0, 0.0])],
        hold: 1.0,
        back: 1.0,
        ..PLAIN
    },
    Gesture {
        name: "hand-on-heart",
        right: &[step(-0.3, 0.6, RAISED), step(0.0, 0.5, ON_HEART)],
        trunk: &[bend(0.1, 0.7, [0.03, 0.0, 0.0, 0.0, 0.1, 0.0])],
        head: &[head(0.1, 0.6, [0.06, 0.0, -0.03])],
        hold: 1.2,
        back: 0.95,
        ..PLAIN
    },
    Gesture {
        name: "bow",
        left: &[step(0.0, 0.8, AT_SIDES)],
        right: &[step(0.0, 0.8, AT_SIDES)],
        trunk: &[bend(0.0, 0.9, [0.24, 0.0, 0.0, 0.0, 0.0, 0.3])],
        head: &[head(0.04, 0.8, [0.22, 0.0, 0.0])],
        hold: 0.6,
        back: 1.1,
        ..PLAIN
    },
    Gesture { name: "nod", head: NOD, hold: 0.8, back: 0.1, ..PLAIN },
    Gesture { name: "shake", head: SHAKE, hold: 1.02, back: 0.1, ..PLAIN },
    Gesture {
        name: "shrug",
        left: &[step(-0.22, 0.5, READY), step(0.0, 0.42, SHRUGGED)],
        right: &[step(-0.22, 0.5, READY), step(0.0, 0.42, SHRUGGED)],
        trunk: &[
            bend(0.0, 0.38, [-0.02, 0.0, 0.0, 0.38, 0.8, 0.0]),
            bend(0.55, 0.4, [-0.01, 0.0, 0.0, 0.16, 0.5, 0.0]),
        ],
        head: &[head(0.02, 0.4, [0.02, 0.03, 0.09])],
        hold: 0.55,
        back: 0.75,
        ..PLAIN
    },
    Gesture {
        name: "wave",
        right: &[
            step(0.0, 0.75, WAVE_OUT),
            step(0.26, 0.3, WAVE_IN),
            step(0.52, 0.3, WAVE_OUT),
            step(0.78, 0.3, WAVE_IN),
            step(1.04, 0.3, WAVE_OUT),
        ],
        head: &[head(0.1, 0.6, [0.0, 0.0, -0.04])],
        hold: 1.2,
        cycle: Some(Cycle { from: 1, secs: 0.52 }),
        ..PLAIN
    },
    Gesture {
        name: "applaud",
        left: APPLAUD,
        right: APPLAUD,
        head: &[head(0.1, 0.6, [0.03, 0.0, 0.0])],
        hold: 1.2,
        cycle: Some(Cycle { from: 2, secs: 0.3 }),
        ..PLAIN
    },
    Gesture {
        name: "think",
        left: &[step(-0.25, 0.62, READY), step(0.12, 0.62, UNDER_ELBOW)],
        right: &[step(-0.3, 0.6, RAISED), step(0.0, 0.6, AT_CHIN)],
        head: &[head(0.05, 0.7, [0.05, -0.05, -0.06])],
        hold: 1.6,
        back: 1.0,
        ..PLAIN
    },
];

const APPLAUD: &[Step] = &[
    step(-0.14, 0.6, CLAP_APART),
    step(0.0, 0.18, CLAP),
    step(0.16, 0.17, CLAP_APART),
    step(0.3, 0.17, CLAP),
    step(0.46, 0.17, CLAP_APART),
    step(0.6, 0.17, CLAP),
    step(0.76, 0.17, CLAP_APART),
    step(0.9, 0.17, CLAP),
    step(1.06, 0.17, CLAP_APART),
    step(1.2, 0.17, CLAP),
];

/// Where hands are that accompany words: the way up, and the beat downwards and outwards.
pub(super) const HOMES: &[(Pointing, Pointing)] = &[
    (
        arm([0.22, -1.0, 0.14], [0.02, 0.42, 1.0], [-0.85, 0.3, 0.0], HALF_OPEN),
        bent(arm([0.27, -1.0, 0.24], [0.2, -0.02, 1.0], [-0.72, 0.52, 0.0], HALF_OPEN), [0.26, -0.16, 1.0]),
    ),
    (
        arm([0.26, -1.0, 0.1], [-0.16, 0.54, 1.0], [-0.8, -0.25, 0.1], RELAXED),
        bent(arm([0.3, -1.0, 0.2], [0.06, 0.06, 1.0], [-0.9, 0.1, 0.0], HALF_OPEN), [0.12, -0.1, 1.0]),
    ),
    (
        arm([0.24, -1.0, 0.15], [0.06, 0.36, 1.0], [-0.5, 0.75, 0.0], HALF_OPEN),
        bent(arm([0.27, -1.0, 0.24], [0.18, -0.04, 1.0], [-0.35, 0.9, 0.1], OPEN), [0.26, -0.16, 1.0]),
    ),
];
