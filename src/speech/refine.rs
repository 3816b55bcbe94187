//! Phone boundaries moved to where the sound changes: between loud and quiet, hissing and voiced.
//!
//! Five broad kinds of phones told apart by level and brightness, and their mean lengths; it recognises no words.

use std::ops::Range;

use super::sound::Sound;
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind};

const STEP: Time = Time::from_millis(5);
/// A phone lasts this share of its expected length at least and at most.
const SHORTEST: f64 = 0.35;
const LONGEST: f64 = 2.5;
/// The spread of the logarithm of a phone's length.
const LENGTH_SPREAD: f64 = 0.35;
/// Neighbouring steps say much the same, so each counts for less than one observation.
const STEP_WEIGHT: f64 = 0.15;
/// No single step may outweigh all others.
const WORST: f64 = 5.0;
/// Longer clauses keep their expected times: the search grows with phones times steps.
const MOST_STEPS: usize = 6000;

/// Level (decibels below the loudest) and brightness (log10 of the energy ratio of differences to samples) of a kind
/// of phone: mean and spread of each, rounded from synthetic voices of both sexes.
struct Look {
    level: (f64, f64),
    brightness: (f64, f64),
}

const VOWEL: Look = Look { level: (6.0, 5.0), brightness: (-1.0, 0.4) };
const SONORANT: Look = Look { level: (10.0, 7.0), brightness: (-1.3, 0.45) };
const STOP: Look = Look { level: (27.0, 12.0), brightness: (-0.7, 0.8) };
const HISS: Look = Look { level: (20.0, 8.0), brightness: (0.1, 0.4) };
const BREATH: Look = Look { level: (22.0, 10.0), brightness: (-0.4, 0.6) };

fn look_of(ipa: &str) -> &'static Look {
    let kind = Phone::from_ipa(ipa).map_or(PhoneKind::Silence, |phone| phone.kind);
    match (kind, ipa.chars().next().unwrap_or_default()) {
        (PhoneKind::Vowel | PhoneKind::Diphthong, _) => &VOWEL,
        (_, 'm' | 'n' | 'ŋ' | 'ɲ' | 'l' | 'ɫ' | 'ɹ' | 'r' | 'ɻ' | 'j' | 'w' | 'ɥ' | 'ɾ') => &SONORANT,
        (_, 's' | 'z' | 'ʃ' | 'ʒ' | 'ʂ' | 'ʐ' | 'ɕ' | 'ʑ') => &HISS,
        (_, 't' | 'd') if ipa.chars().nth(1).is_some_and(|second| second != 'ʰ') => &HISS,
        (_, 'p' | 'b' | 't' | 'd' | 'k' | 'ɡ' | 'g' | 'q' | 'c') => &STOP,
        _ => &BREATH,
    }
}

/// Level and brightness every 5 ms of a range.
fn features(sound: &Sound, range: &Range<Time>) -> Vec<(f64, f64)> {
    let lag = (sound.rate as usize / 16_000).max(1);
    let half = Time::from_millis(8).to_samples(sound.rate) as usize;
    let steps = ((range.end - range.start).as_nanos() / STEP.as_nanos()).max(0) as usize;
    let mut found = Vec::with_capacity(steps);
    for step in 0..steps {
        let centre = range.start + Time::from_nanos(STEP.as_nanos() * step as i64 + STEP.as_nanos() / 2);
        let centre = centre.to_samples(sound.rate) as usize;
        let end = (centre + half).min(sound.samples.len());
        let frame = sound.samples.get(centre.saturating_sub(half)..end).unwrap_or_default();
        let energy: f64 = frame.iter().map(|s| f64::from(*s) * f64::from(*s)).sum();
        let shifted = frame.iter().skip(lag);
        let change: f64 = frame.iter().zip(shifted).map(|(a, b)| f64::from(a - b) * f64::from(a - b)).sum();
        let power = energy / frame.len().max(1) as f64;
        let level = 10.0 * libm::log10(power.max(1e-9));
        found.push((level, libm::log10((change + 1e-7) / (energy + 1e-7))));
    }
    let loudest = found.iter().map(|(level, _)| *level).fold(f64::MIN, f64::max);
    found.into_iter().map(|(level, brightness)| (loudest - level, brightness)).collect()
}

fn mismatch(look: &Look, (level, brightness): (f64, f64)) -> f64 {
    let off = |value: f64, (mean, spread): (f64, f64)| {
        let z = (value - mean) / spread;
        0.5 * z * z + libm::log(spread)
    };
    (off(level, look.level) + off(brightness, look.brightness)).min(WORST)
}

/// Spans for phones that follow one another and fill `range`, given the lengths expected of them: the most likely ones
/// under independent steps and log-normal lengths (a segmental Viterbi search). The expected spans are
/// returned where the clause is too long or has no room for a step for every phone.
pub(super) fn refined(phones: &[&str], expected: Vec<Range<Time>>, sound: &Sound) -> Vec<Range<Time>> {
    let (Some(first), Some(last)) = (expected.first(), expected.last()) else { return expected };
    let range = first.start..last.end;
    let features = features(sound, &range);
    let steps = features.len();
    let lengths: Vec<f64> = expected
        .iter()
        .map(|span| (span.end - span.start).as_nanos() as f64 / STEP.as_nanos() as f64)
        .collect();
    if steps > MOST_STEPS || lengths.iter().any(|length| *length < 1.0) {
        return expected;
    }
    let mut cost = vec![f64::INFINITY; steps + 1];
    cost[..1].fill(0.0);
    let mut choices: Vec<Vec<u32>> = Vec::with_capacity(phones.len());
    for (ipa, length) in phones.iter().zip(&lengths) {
        let look = look_of(ipa);
        let mut sums = vec![0.0];
        for &feature in &features {
            sums.push(sums.last().copied().unwrap_or_default() + STEP_WEIGHT * mismatch(look, feature));
        }
        let (next, choice) = extend(&cost, &sums, *length);
        cost = next;
        choices.push(choice);
    }
    if !cost.last().is_some_and(|total| total.is_finite()) {
        return expected;
    }
    let mut end = steps;
    let mut ends = Vec::with_capacity(phones.len());
    for choice in choices.iter().rev() {
        ends.push(end);
        end -= choice.get(end).copied().unwrap_or_default() as usize;
    }
    let mut start = range.start;
    let mut spans = Vec::with_capacity(phones.len());
    for end in ends.into_iter().rev() {
        let whole = end == steps;
        let end =
            if whole { range.end } else { range.start + Time::from_nanos(STEP.as_nanos() * end as i64) };
        spans.push(start..end);
        start = end;
    }
    spans
}

/// One more phone of about `length` steps: the least cost to end it at each step, and how long it is then.
fn extend(cost: &[f64], sums: &[f64], length: f64) -> (Vec<f64>, Vec<u32>) {
    let shortest = ((length * SHORTEST) as usize).max(1);
    let longest = ((length * LONGEST).ceil() as usize).max(2);
    let penalties: Vec<f64> = (shortest..=longest)
        .map(|steps| {
            let z = libm::log(steps as f64 / length) / LENGTH_SPREAD;
            0.5 * z * z
        })
        .collect();
    let mut next = vec![f64::INFINITY; cost.len()];
    let mut choice = vec![0_u32; cost.len()];
    for (end, (slot, chosen)) in next.iter_mut().zip(&mut choice).enumerate() {
        let reached = sums.get(end).copied().unwrap_or_default();
        for (extra, penalty) in penalties.iter().enumerate() {
            let Some(start) = end.checked_sub(shortest + extra) else { break };
            let (Some(before), Some(passed)) = (cost.get(start), sums.get(start)) else { break };
            let total = before + reached - passed + penalty;
            if total < *slot {
                *slot = total;
                *chosen = (shortest + extra) as u32;
            }
        }
    }
    (next, choice)
}
