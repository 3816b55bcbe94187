//! Beats: small strokes of the hands on syllables that stand out, with a way of holding the hands for each phrase.

use super::arm::ArmPose;
use super::library::HOMES;
use super::plan::Plan;
use super::track::{Key, Unit};
use crate::perform::delivery::{Accent, Delivery};
use crate::perform::noise;
use crate::time::Time;
use glam::{Quat, Vec3};

/// Accents as weak as this are beaten by nobody, and how much stronger those are that nearly always are.
const WEAK: f32 = 0.3;
const STRONGER: f32 = 0.35;
const BEATEN: f32 = 0.95;
/// The shares of phrases said with no hand, the right, the left; the rest with both.
const NEITHER: f32 = 0.27;
const RIGHT: f32 = 0.28;
const LEFT: f32 = 0.15;
/// The way up of a hand at rest, and of one that is up; the stroke.
const RAISES: Time = Time::from_millis(620);
const LIFTS: Time = Time::from_millis(330);
const STROKE: Time = Time::from_millis(240);
/// How long before a stroke's end the hand is up.
const UP_BEFORE: Time = Time::from_millis(170);
/// A hand stays after its last stroke until the phrase is over, but at least and at most so long; and so long is its way back.
const STAYS: Time = Time::from_millis(450);
const STAYS_NO_LONGER: Time = Time::from_millis(1000);
const BACK: Time = Time::from_millis(950);
/// Beats closer to a marked gesture than this are left out.
const CLEAR: Time = Time::from_millis(120);
/// Between down and up, where hands of no liveliness stay.
const HOME_HEIGHT: f32 = 0.35;
/// How far a phrase's home pose may be from the table's, radians.
const VARIES: f32 = 0.08;

const HANDS: u64 = 51;
const HOME: u64 = 52;
const CHANCE: u64 = 53;
const SIZE: u64 = 54;
const VARIED: u64 = 55;

/// Adds beats to what is planned.
pub(super) fn add(plan: &mut Plan, busy: &[(Time, Time)], delivery: &Delivery, seed: u64, liveliness: f32) {
    if liveliness <= 0.0 {
        return;
    }
    let taken = joined(plan.taken.iter().chain(busy).copied().collect());
    let mut accents = delivery.accents.as_slice();
    for (index, stretch) in delivery.phrases.iter().enumerate() {
        let from = accents.partition_point(|a| a.at < stretch.start);
        let until = accents.partition_point(|a| a.at <= stretch.end);
        let own = accents.get(from..until.max(from)).unwrap_or_default();
        accents = accents.get(until.max(from)..).unwrap_or_default();
        let phrase = index as i64;
        let chance = noise::unit(seed, HANDS, phrase);
        // Who is livelier leaves their hands down more rarely.
        let neither = NEITHER / liveliness;
        let hands = match chance {
            c if c < neither => [false, false],
            c if c < neither + RIGHT => [false, true],
            c if c < neither + RIGHT + LEFT => [true, false],
            _ => [true, true],
        };
        let is_free = |t: Time| {
            let next = taken.partition_point(|(_, end)| *end + CLEAR < t - RAISES);
            taken.get(next).is_none_or(|(start, _)| t + CLEAR < *start)
        };
        let beaten: Vec<&Accent> = own
            .iter()
            .filter(|a| {
                let likely = ((a.strength - WEAK) / STRONGER).min(BEATEN) * liveliness;
                noise::unit(seed, CHANCE, a.at.as_nanos()) < likely && is_free(a.at)
            })
            .collect();
        for side in [0, 1].into_iter().filter(|side| hands[*side]) {
            let units = units(&beaten, stretch.end, side, (seed, phrase), liveliness);
            plan.arms[side].extend(units);
        }
    }
}

/// Times in order, those that overlap as one.
fn joined(mut times: Vec<(Time, Time)>) -> Vec<(Time, Time)> {
    times.sort_unstable();
    let mut out: Vec<(Time, Time)> = Vec::with_capacity(times.len());
    for (start, end) in times {
        match out.last_mut() {
            Some(last) if start <= last.1 => last.1 = last.1.max(end),
            _ => out.push((start, end)),
        }
    }
    out
}

/// One arm's beats in one phrase, each ready to be the last.
fn units(accents: &[&Accent], end: Time, side: usize, chance: (u64, i64), liveliness: f32) -> Vec<Unit> {
    let (seed, phrase) = chance;
    let home = (noise::unit(seed, HOME, phrase) * HOMES.len() as f32) as usize;
    let Some((up, down)) = HOMES.get(home.min(HOMES.len() - 1)) else { return Vec::new() };
    let signed = |channel: u64| noise::unit(seed, VARIED + channel * 7, phrase * 2 + side as i64) * 2.0 - 1.0;
    let varied = Quat::from_scaled_axis(Vec3::new(0.0, signed(0) - 0.5, signed(1)) * VARIES);
    let pose = |of| {
        let mut pose = ArmPose::of(of);
        pose.upper = varied * pose.upper;
        pose.bend += 0.12 * signed(2);
        pose
    };
    let (up, down) = (pose(up), pose(down));
    // The two hands are never quite together.
    let late = Time::from_millis(if side == 0 { 30 } else { 0 });
    let unit = |(index, accent): (usize, &&Accent)| {
        let size = noise::unit(seed, SIZE + side as u64, accent.at.as_nanos());
        let size = (liveliness * (0.4 + 0.6 * accent.strength) * (0.75 + 0.4 * size)).min(1.0);
        let (mut high, mut low) = (down, down);
        high.go(&down, &up, [HOME_HEIGHT + (1.0 - HOME_HEIGHT) * size; 4]);
        low.go(&down, &up, [HOME_HEIGHT * (1.0 - size); 4]);
        let at = accent.at + late;
        let lift = if index == 0 { RAISES } else { LIFTS };
        let keys = vec![
            Key { start: at - UP_BEFORE - lift, end: at - UP_BEFORE, to: high },
            Key { start: at - STROKE, end: at, to: low },
        ];
        let release = end.min(at + STAYS_NO_LONGER).max(at + STAYS);
        Unit { keys, stroke: 1, release, back: BACK }
    };
    accents.iter().enumerate().map(unit).collect()
}
