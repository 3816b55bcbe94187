//! Lips that meet: measured on the mesh, and the visemes PP and FF corrected until they do.
//!
//! Names say which shapes a face has, not what they do to it: pressed lips may stay apart or pass through each other. Here
//! the line between the lips is found by what parts when the jaw opens, the gap along it is measured, and a few shapes
//! are mixed into PP until the lips touch, into FF until the lower lip meets the upper teeth. A viseme that is
//! good as it is stays as it is.

mod gauge;
mod levers;
mod mouth;
mod posing;
mod seam;
mod welded;

use super::{Binding, Facing};
use crate::avatar::{Avatar, Landmarks, deform_cpu};
use crate::vocabulary::{Channel, Viseme};
pub use gauge::LipGauge;
use levers::{FOR_LIPS, FOR_TEETH, Goal, Row, levers, mixed, search};
use mouth::{Face, Head, Mouth, Patch};
use posing::{Posing, all_rest_weights, pose};
use seam::{COLUMNS, Gaps, Grid};

/// How far two surfaces are apart along their seam, in millimetres of a head that measures 120 mm from chin to brow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gap {
    /// The widest place; negative where they overlap everywhere.
    pub widest: f32,
    /// How deep they pass through each other at most; zero where they do not.
    pub overlap: f32,
}

/// What was measured on a mouth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Closure {
    /// How large the head is, 1 where it measures 0.12 m from chin to brow.
    pub scale: f32,
    /// Between the lips at rest.
    pub rest: Gap,
    /// Between the lips in `aa`.
    pub open: Gap,
    /// Between the lips in `PP`, by its names alone and as corrected.
    pub lips: (Gap, Gap),
    /// Between the lower lip and the upper teeth in `FF`, by its names alone and as corrected; `None` without teeth.
    pub teeth: Option<(Gap, Gap)>,
}

/// Surfaces that are this near touch, and this much of one may be in the other, millimetres: of two lips, where a tenth more may
/// lie between the rows, and of a lip and teeth, whose edge is no even line.
const LIPS_MEET: Tolerance = Tolerance { touch: 0.3, overlap: 0.4 };
const TEETH_MEET: Tolerance = Tolerance { touch: 1.0, overlap: 1.2 };
/// What the search aims for: gaps and overlaps in millimetres that cost nothing.
const AIM: (f32, f32) = (0.0, 0.2);
/// The lips keep this far apart while the lower one meets the teeth, millimetres.
const PARTED: f32 = 1.5;
/// Eyes lie this far above the chin of a head that measures 0.12 m from chin to brow, metres.
const EYES_ABOVE_CHIN: f32 = 0.105;
/// Of the columns, those in the middle where the lip must meet the teeth.
const TEETH_COLUMNS: std::ops::Range<usize> = COLUMNS / 4..COLUMNS - COLUMNS / 4;

/// Whose mouth is measured.
pub(super) struct Subject<'a> {
    pub(super) avatar: &'a Avatar,
    pub(super) facing: Facing,
    pub(super) landmarks: &'a Landmarks,
    /// Visemes that a person described: they are measured, not corrected.
    pub(super) said: &'a [Viseme],
}

/// Measures a mouth and corrects its visemes; `None` where no mouth is found in the mesh.
pub(super) fn correct(
    subject: &Subject<'_>,
    visemes: &mut [Binding],
    channels: &[Binding],
) -> Option<Closure> {
    let Subject { avatar, facing, landmarks, said } = *subject;
    let (mouth, scale) = find(avatar, facing, landmarks, (visemes, channels))?;
    let rest = Posing::new(&mouth);
    let measured = Measured { mouth: &mouth, rest: &rest, scale, said };
    let pressed = Contact::lips(&mouth);
    let lips = (pressed.above, pressed.below);
    let opened = Contact { grid: &mouth.mouth, ..pressed.clone() };
    let resting = Contact { grid: &mouth.middle, ..pressed.clone() };
    let at_rest = measured.gap(&resting, None)?;
    let open = measured.gap(&opened, visemes.get(Viseme::Aa.index()))?;

    let cost = |gaps: &Gaps, _: &[Vec<glam::Vec3>]| pressed.cost(gaps, scale);
    let lips_corrected = measured.correct(Viseme::PP, &pressed, FOR_LIPS, visemes, channels, &cost)?;

    let bitten = Contact {
        above: &mouth.upper_teeth,
        below: lips.1,
        grid: &mouth.teeth,
        columns: TEETH_COLUMNS,
        tolerance: TEETH_MEET,
        takes_half: false,
    };
    let parted = |posed: &[Vec<glam::Vec3>]| {
        let narrow = mouth.lips.gaps(lips.0, lips.1, posed).into_iter().flatten().map(|g| g / scale * 1e3);
        narrow.map(|g| (PARTED - g).max(0.0)).fold(0.0, f32::max)
    };
    let cost = |gaps: &Gaps, posed: &[Vec<glam::Vec3>]| {
        let parted = parted(posed);
        bitten.cost(gaps, scale) + parted * parted * 0.5
    };
    let teeth = (!mouth.upper_teeth.is_empty())
        .then(|| measured.correct(Viseme::FF, &bitten, FOR_TEETH, visemes, channels, &cost))
        .flatten();
    Some(Closure { scale, rest: at_rest, open, lips: lips_corrected, teeth })
}

/// The mouth of an avatar with these visemes and channels, and how large the head is, 1 where it measures 0.12 m from chin to brow.
fn find(
    avatar: &Avatar,
    facing: Facing,
    landmarks: &Landmarks,
    (visemes, channels): (&[Binding], &[Binding]),
) -> Option<(Mouth, f32)> {
    let jaw = channels.get(Channel::JawOpen.index()).filter(|b| !b.moves.is_empty());
    let opening = jaw.or_else(|| visemes.get(Viseme::Aa.index()))?;
    let faces = faces(avatar, opening);
    let scale = (landmarks.eyes.y - mouth::chin(&faces)?.min(landmarks.neck.y)) / EYES_ABOVE_CHIN;
    if !(scale > 1e-3 && scale.is_finite()) {
        return None;
    }
    let head = Head { left: facing.left, forward: facing.forward, scale };
    Some((mouth::find(avatar, &faces, &head)?, scale))
}

/// All primitives at rest and with the mouth open.
fn faces(avatar: &Avatar, opening: &Binding) -> Vec<Face> {
    let (locals, weights) = (avatar.rest_locals(), all_rest_weights(avatar));
    let deformed = |moves| {
        let (world, weights) = pose(avatar, &locals, &weights, moves);
        deform_cpu(avatar, &world, &weights)
    };
    let (rest, open) = (deformed(&[]), deformed(&opening.moves));
    let face = |(rest, open): (crate::avatar::Deformed, crate::avatar::Deformed)| Face {
        node: rest.node,
        primitive: rest.primitive,
        rest: rest.positions,
        open: open.positions,
    };
    rest.into_iter().zip(open).map(face).collect()
}

/// Two surfaces that should meet, and where.
#[derive(Clone)]
struct Contact<'a> {
    above: &'a [Patch],
    below: &'a [Patch],
    grid: &'a Grid,
    columns: std::ops::Range<usize>,
    tolerance: Tolerance,
    /// A correction that helps is taken though it does not close: half-shut lips are better than open ones, a mouth
    /// contorted towards teeth that it does not reach is not.
    takes_half: bool,
}

impl<'a> Contact<'a> {
    /// Both lips of `mouth`.
    fn lips(mouth: &'a Mouth) -> Self {
        Self {
            above: std::slice::from_ref(&mouth.upper_lip),
            below: std::slice::from_ref(&mouth.lower_lip),
            grid: &mouth.lips,
            columns: 0..COLUMNS,
            tolerance: LIPS_MEET,
            takes_half: true,
        }
    }

    fn millimetres<'g>(&self, gaps: &'g Gaps, scale: f32) -> impl Iterator<Item = f32> + use<'g> {
        let columns = self.columns.clone();
        gaps[columns].iter().flatten().map(move |gap| gap / scale * 1e3)
    }

    fn gap(&self, gaps: &Gaps, scale: f32) -> Option<Gap> {
        let widest = self.millimetres(gaps, scale).reduce(f32::max)?;
        let deepest = self.millimetres(gaps, scale).reduce(f32::min)?;
        Some(Gap { widest, overlap: (-deepest).max(0.0) })
    }

    /// Millimetres squared by which the surfaces miss each other: the mean over the columns, and a smooth stand-in for the
    /// worst of them, whose kinks would stop the search.
    fn cost(&self, gaps: &Gaps, scale: f32) -> f32 {
        let missed = || {
            self.millimetres(gaps, scale).map(|gap| {
                let by = (gap - AIM.0).max(0.0) + (-gap - AIM.1).max(0.0);
                by * by
            })
        };
        let count = missed().count().max(1) as f32;
        let mean = missed().sum::<f32>() / count;
        let worst = libm::cbrtf(missed().map(|m| m * m * m).sum());
        mean + worst
    }
}

/// A mouth ready to be posed and measured.
struct Measured<'a> {
    mouth: &'a Mouth,
    rest: &'a Posing,
    scale: f32,
    said: &'a [Viseme],
}

impl Measured<'_> {
    fn gap(&self, contact: &Contact<'_>, binding: Option<&Binding>) -> Option<Gap> {
        let posed = self.rest.posed(self.mouth, binding.map_or(&[][..], |b| &b.moves));
        contact.gap(&contact.grid.gaps(contact.above, contact.below, &posed), self.scale)
    }

    /// The gap before and after; the viseme becomes what closes best, if that is better.
    fn correct(
        &self,
        viseme: Viseme,
        contact: &Contact<'_>,
        rows: &[&[&[Row]]],
        visemes: &mut [Binding],
        channels: &[Binding],
        cost: &dyn Fn(&Gaps, &[Vec<glam::Vec3>]) -> f32,
    ) -> Option<(Gap, Gap)> {
        let binding = visemes.get_mut(viseme.index())?;
        let before = self.gap(contact, Some(binding))?;
        if contact.tolerance.missed(before) <= 0.0 || self.said.contains(&viseme) {
            return Some((before, before));
        }
        let goal = Goal { above: contact.above, below: contact.below, grid: contact.grid, cost };
        let (mut best, mut after) = (None, before);
        for rows in rows {
            let levers = levers(binding, rows, channels, self.mouth, self.rest);
            let found = mixed(binding, &levers, &search(&levers, self.rest, &goal));
            let gap = self.gap(contact, Some(&found))?;
            let missed = contact.tolerance.missed(gap);
            if missed <= 0.0 || contact.takes_half && missed < contact.tolerance.missed(after) {
                (best, after) = (Some(found), gap);
            }
            if missed <= 0.0 {
                break;
            }
        }
        if let Some(best) = best {
            *binding = best;
        }
        Some((before, after))
    }
}

/// What counts as closed.
#[derive(Clone, Copy)]
struct Tolerance {
    touch: f32,
    overlap: f32,
}

impl Tolerance {
    /// Millimetres by which a gap is not closed.
    fn missed(self, gap: Gap) -> f32 {
        (gap.widest - self.touch).max(0.0) + (gap.overlap - self.overlap).max(0.0)
    }
}
