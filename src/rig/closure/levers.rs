//! What may be mixed into a viseme to make it close, and the search for how much of each.

use super::mouth::{Mouth, Patch};
use super::posing::Posing;
use super::seam::{Gaps, Grid};
use crate::rig::{Binding, How, Move};
use crate::vocabulary::Channel;
use glam::Vec3;

/// Channels that are moved together.
pub(super) struct Row {
    channels: &'static [Channel],
    /// The least and the most of it.
    limits: (f32, f32),
}

const fn row(channels: &'static [Channel], low: f32, high: f32) -> Row {
    Row { channels, limits: (low, high) }
}

/// What helps lips to meet, tried one list after the other: shapes that close, and a little of those that open, against lips that pass through each other.
/// A jaw lifted a little closes a mouth that rests ajar.
pub(super) const FOR_LIPS: &[&[&[Row]]] = &[&[CLOSING], &[CLOSING, BENDING]];

const CLOSING: &[Row] = &[
    row(&[Channel::MouthPressLeft, Channel::MouthPressRight], 0.0, 0.8),
    row(&[Channel::MouthRollLower], 0.0, 0.5),
    row(&[Channel::MouthRollUpper], 0.0, 0.5),
    row(&[Channel::MouthClose], 0.0, 0.6),
    row(&[Channel::MouthShrugLower], 0.0, 0.5),
    row(&[Channel::MouthShrugUpper], 0.0, 0.5),
    row(&[Channel::MouthPucker], 0.0, 0.3),
    row(&[Channel::MouthUpperUpLeft, Channel::MouthUpperUpRight], 0.0, 0.15),
    row(&[Channel::MouthLowerDownLeft, Channel::MouthLowerDownRight], 0.0, 0.15),
    row(&[Channel::JawOpen], -0.25, 0.15),
];

/// What bends the line between the lips, for those that meet in the middle and not at the corners, or the other way around.
const BENDING: &[Row] = &[
    row(&[Channel::MouthStretchLeft, Channel::MouthStretchRight], 0.0, 0.3),
    row(&[Channel::MouthDimpleLeft, Channel::MouthDimpleRight], 0.0, 0.3),
    row(&[Channel::MouthFrownLeft, Channel::MouthFrownRight], 0.0, 0.3),
    row(&[Channel::MouthSmileLeft, Channel::MouthSmileRight], 0.0, 0.2),
    row(&[Channel::MouthFunnel], 0.0, 0.15),
];

/// What brings the lower lip under the upper teeth.
pub(super) const FOR_TEETH: &[&[&[Row]]] = &[&[BITING]];

const BITING: &[Row] = &[
    row(&[Channel::MouthRollLower], 0.0, 0.6),
    row(&[Channel::MouthShrugLower], 0.0, 0.4),
    row(&[Channel::MouthUpperUpLeft, Channel::MouthUpperUpRight], 0.0, 0.15),
    row(&[Channel::MouthLowerDownLeft, Channel::MouthLowerDownRight], 0.0, 0.15),
    row(&[Channel::JawOpen], -0.15, 0.15),
];

/// Of the viseme that is corrected.
const OWN_LIMITS: (f32, f32) = (0.3, 1.0);
/// The steps of the search.
const STEPS: &[f32] = &[0.2, 0.1, 0.05, 0.025, 0.0125, 0.006];
/// Rounds at one step.
const MOST_ROUNDS: usize = 12;
/// What the sum of all changes to the weights costs, beside square millimetres of gap.
const LOYALTY: f32 = 0.02;
/// A weight below this is none.
const LEAST: f32 = 0.005;

/// One lever: what it moves, within which limits.
pub(super) struct Lever {
    name: String,
    moves: Vec<Move>,
    limits: (f32, f32),
    start: f32,
    /// For each part of the mouth how far its vertices go at weight one.
    shifts: Vec<Vec<Vec3>>,
}

/// The viseme itself, then the rows that the avatar has.
pub(super) fn levers(
    viseme: &Binding,
    rows: &[&[Row]],
    channels: &[Binding],
    mouth: &Mouth,
    rest: &Posing,
) -> Vec<Lever> {
    let mut found = vec![(viseme.source.clone(), viseme.moves.clone(), OWN_LIMITS, 1.0)];
    for row in rows.iter().copied().flatten() {
        let there: Vec<(&Channel, &Binding)> = (row.channels.iter())
            .filter_map(|c| Some((c, channels.get(c.index())?)))
            .filter(|(_, binding)| binding.how != How::Missing)
            .collect();
        if there.is_empty() {
            continue;
        }
        let name = there.iter().map(|(c, _)| c.name()).collect::<Vec<_>>().join(" + ");
        let moves = there.iter().flat_map(|(_, binding)| binding.moves.iter().copied()).collect();
        found.push((name, moves, row.limits, 0.0));
    }
    let lever = |(name, moves, limits, start): (String, Vec<Move>, (f32, f32), f32)| {
        let posed = rest.posed(mouth, &moves);
        let shifts = posed
            .iter()
            .zip(&rest.positions)
            .map(|(to, from)| to.iter().zip(from).map(|(t, f)| *t - *f).collect());
        Lever { name, limits, start, shifts: shifts.collect(), moves }
    };
    found.into_iter().map(lever).collect()
}

/// What a search wants: surfaces to bring together and a judgement of the gaps.
pub(super) struct Goal<'a> {
    pub(super) above: &'a [Patch],
    pub(super) below: &'a [Patch],
    pub(super) grid: &'a Grid,
    /// The cost of a pose, millimetres squared.
    pub(super) cost: &'a dyn Fn(&Gaps, &[Vec<Vec3>]) -> f32,
}

/// The weights, one a lever, that cost least: a search along one lever at a time with ever smaller steps.
pub(super) fn search(levers: &[Lever], rest: &Posing, goal: &Goal<'_>) -> Vec<f32> {
    let mut weights: Vec<f32> = levers.iter().map(|l| l.start).collect();
    let mut posed = rest.positions.clone();
    let mut cost_of = |weights: &[f32]| {
        mix(&rest.positions, levers, weights, &mut posed);
        let loyalty: f32 = weights.iter().zip(levers).map(|(w, l)| (w - l.start).abs()).sum();
        (goal.cost)(&goal.grid.gaps(goal.above, goal.below, &posed), &posed) + loyalty * LOYALTY
    };
    let mut least = cost_of(&weights);
    for step in STEPS {
        for _ in 0..MOST_ROUNDS {
            let before = least;
            for (n, lever) in levers.iter().enumerate() {
                for direction in [*step, -*step] {
                    let held = weights[n];
                    weights[n] = (held + direction).clamp(lever.limits.0, lever.limits.1);
                    let cost = cost_of(&weights);
                    if cost < least {
                        least = cost;
                        break;
                    }
                    weights[n] = held;
                }
            }
            if least >= before {
                break;
            }
        }
    }
    weights
}

/// Rest plus the weighted shifts: exact for morphs, and near enough for the small turns of a jaw.
fn mix(rest: &[Vec<Vec3>], levers: &[Lever], weights: &[f32], out: &mut [Vec<Vec3>]) {
    for (part, (out, rest)) in out.iter_mut().zip(rest).enumerate() {
        out.clone_from(rest);
        for (lever, weight) in levers.iter().zip(weights).filter(|(_, w)| **w != 0.0) {
            let Some(shifts) = lever.shifts.get(part) else { continue };
            out.iter_mut().zip(shifts).for_each(|(p, shift)| *p += *shift * *weight);
        }
    }
}

/// The viseme as that mix.
pub(super) fn mixed(viseme: &Binding, levers: &[Lever], weights: &[f32]) -> Binding {
    let mut moves = Vec::new();
    let mut names = Vec::new();
    for (n, (lever, &weight)) in levers.iter().zip(weights).enumerate() {
        if weight.abs() < LEAST || lever.moves.is_empty() {
            continue;
        }
        names.push(match (n, weight) {
            (0, 1.0) => lever.name.clone(),
            _ if lever.name.contains(", ") => format!("({}) {weight:.2}", lever.name),
            _ => format!("{} {weight:.2}", lever.name),
        });
        lever.moves.iter().for_each(|m| crate::rig::add(&mut moves, m.scaled(weight)));
    }
    let how = if viseme.how == How::Missing { How::Recipe } else { viseme.how };
    Binding { how, source: names.join(", "), moves }
}
