//! Times for phones of which only the order is known: mean durations of their kinds, fitted to the sound.
//!
//! Clauses are matched with the pauses of the sound, then each boundary is moved to where the sound changes.

use std::ops::Range;

use super::refine::refined;
use super::sound::Sound;
use super::utterance::RawPhone;
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind};

/// Silences shorter than this may be the closure of a stop, not a pause.
const SHORTEST_PAUSE: Time = Time::from_millis(120);
/// How sure the times are: right to about the length of a phone.
const CONFIDENCE: f32 = 0.5;
/// Phones of the last syllable of a clause last longer (Klatt 1976, pre-pausal lengthening).
const FINAL_LENGTHENING: f32 = 1.4;
/// What a clause boundary without a silence costs, in seconds of displacement.
const SKIP_COST: f64 = 0.8;

/// The mean length of a phone in milliseconds, by kind (rounded from Klatt, *J. Acoust. Soc. Am.* 59, 1976, table III).
pub fn mean_millis(phone: &RawPhone) -> f32 {
    let ipa = phone.ipa.as_str();
    let first = ipa.chars().next().unwrap_or_default();
    let aspirated = if ipa.contains('ʰ') { 35.0 } else { 0.0 };
    let base = match Phone::from_ipa(ipa).map(|p| p.kind) {
        Some(PhoneKind::Silence) | None => 50.0,
        Some(PhoneKind::Diphthong) => 140.0,
        Some(PhoneKind::Vowel) if matches!(first, 'ə' | 'ɐ' | 'ɪ' | 'ᵻ') => 60.0,
        Some(PhoneKind::Vowel) => 105.0,
        Some(PhoneKind::Bilabial) if first != 'm' => 80.0,
        Some(PhoneKind::Labiodental) => 80.0,
        Some(_) => match first {
            't' | 'd' if ipa.chars().nth(1).is_some_and(|c| c != 'ʰ') => 110.0,
            's' | 'ʃ' | 'ʂ' | 'ɕ' | 'ʐ' | 'z' | 'ʒ' => 95.0,
            'w' | 'j' | 'ɥ' | 'ɹ' | 'ɾ' | 'h' | 'ð' => 55.0,
            'k' | 't' => 75.0,
            _ => 65.0,
        },
    };
    let stress = if phone.stress == 1 && base > 70.0 { 1.2 } else { 1.0 };
    (base + aspirated) * stress
}

/// Times for the phones of consecutive clauses in a sound: every clause lies between pauses where the sound has
/// them, and its phones fill it exactly. Clauses without phones are passed over.
pub fn time_clauses(clauses: &[Vec<RawPhone>], sound: &Sound) -> Vec<TimedPhone> {
    let clauses: Vec<&Vec<RawPhone>> = clauses.iter().filter(|clause| !clause.is_empty()).collect();
    let audible = sound.audible_range();
    let whole = if audible.end > audible.start { audible } else { Time::ZERO..sound.duration() };
    let lengths: Vec<Vec<f32>> = clauses.iter().map(|clause| lengths_of(clause)).collect();
    let ranges = clause_ranges(&lengths, whole, &sound.inner_silences(SHORTEST_PAUSE));
    let mut phones = Vec::new();
    for ((clause, lengths), range) in clauses.iter().zip(&lengths).zip(ranges) {
        let ipa: Vec<&str> = clause.iter().map(|phone| phone.ipa.as_str()).collect();
        for (phone, span) in clause.iter().zip(refined(&ipa, share(lengths, range), sound)) {
            phones.push(TimedPhone {
                start: span.start,
                end: span.end,
                ipa: phone.ipa.clone(),
                stress: phone.stress,
                tone: phone.tone,
                confidence: CONFIDENCE,
            });
        }
    }
    phones.retain(|phone| phone.end > phone.start);
    phones
}

/// The range shared out in proportion to `lengths`, without gaps, its end hit exactly.
pub fn share(lengths: &[f32], range: Range<Time>) -> Vec<Range<Time>> {
    let total: f64 = lengths.iter().copied().map(f64::from).sum();
    let nanos = (range.end - range.start).as_nanos() as f64;
    let mut sum = 0.0;
    let mut start = range.start;
    let last = lengths.len().saturating_sub(1);
    let mut spans = Vec::with_capacity(lengths.len());
    for (index, length) in lengths.iter().enumerate() {
        sum += f64::from(*length);
        let share = if total > 0.0 { sum / total } else { 1.0 };
        let end =
            if index == last { range.end } else { range.start + Time::from_nanos((nanos * share) as i64) };
        spans.push(start..end);
        start = end;
    }
    spans
}

fn lengths_of(clause: &[RawPhone]) -> Vec<f32> {
    let vowel = |phone: &RawPhone| Phone::from_ipa(&phone.ipa).is_some_and(Phone::is_vowel);
    let last_vowel = clause.iter().rposition(vowel).unwrap_or(clause.len());
    let lengthened = |index: usize| if index >= last_vowel { FINAL_LENGTHENING } else { 1.0 };
    clause.iter().enumerate().map(|(index, phone)| mean_millis(phone) * lengthened(index)).collect()
}

/// Matches the boundaries between clauses with silences, in order, so that the least displacement is needed.
fn clause_ranges(lengths: &[Vec<f32>], whole: Range<Time>, silences: &[Range<Time>]) -> Vec<Range<Time>> {
    let sums: Vec<f32> = lengths.iter().map(|clause| clause.iter().sum()).collect();
    let Some(boundaries) = sums.len().checked_sub(1) else { return Vec::new() };
    let silent: i64 = silences.iter().map(|s| (s.end - s.start).as_nanos()).sum();
    let voiced = ((whole.end - whole.start).as_nanos() - silent).max(1) as f64 / 1e9;
    let total: f64 = sums.iter().copied().map(f64::from).sum::<f64>().max(1e-6);
    // Compared in seconds of speech without its silences, so that their lengths do not matter.
    let mut before = 0.0;
    let expected: Vec<f64> = sums
        .iter()
        .take(boundaries)
        .map(|sum| {
            before += f64::from(*sum) / total * voiced;
            before
        })
        .collect();
    let mut silence_before = Time::ZERO;
    let found: Vec<f64> = silences
        .iter()
        .map(|silence| {
            let at = silence.start - whole.start - silence_before;
            silence_before += silence.end - silence.start;
            at.as_secs_f64()
        })
        .collect();
    let matched = match_in_order(&expected, &found);
    let mut ranges = Vec::with_capacity(sums.len());
    let mut start = whole.start;
    let mut waiting: Vec<f32> = Vec::new();
    for (index, sum) in sums.iter().enumerate() {
        waiting.push(*sum);
        let silence = matched.get(index).copied().flatten().and_then(|s| silences.get(s));
        let last = index == boundaries;
        if silence.is_some() || last {
            let end = silence.map_or(whole.end, |s| s.start);
            ranges.append(&mut share(&waiting, start..end.max(start)));
            waiting.clear();
            start = silence.map_or(end, |s| s.end);
        }
    }
    ranges
}

/// For each expected position the index of a found one, increasing, or none; the sum of distances and skips is least.
fn match_in_order(expected: &[f64], found: &[f64]) -> Vec<Option<usize>> {
    // cost[f] = least cost with the first f found positions used up or passed over; came = choice per cell.
    let mut cost = vec![0.0; found.len() + 1];
    let mut choices: Vec<Vec<Option<usize>>> = Vec::new();
    for want in expected {
        let mut next: Vec<f64> = cost.iter().map(|c| c + SKIP_COST).collect();
        let mut choice: Vec<Option<usize>> = vec![None; found.len() + 1];
        for (index, have) in found.iter().enumerate() {
            let taken = cost.get(index).copied().unwrap_or_default() + (want - have).abs();
            let passed = next.get(index).copied().unwrap_or_default();
            let inherited = choice.get(index).copied().flatten();
            if let (Some(slot), Some(chosen)) = (next.get_mut(index + 1), choice.get_mut(index + 1)) {
                if passed < *slot {
                    *slot = passed;
                    *chosen = inherited;
                }
                if taken < *slot {
                    *slot = taken;
                    *chosen = Some(index);
                }
            }
        }
        cost = next;
        choices.push(choice);
    }
    let mut matched = vec![None; expected.len()];
    let mut limit = found.len();
    for (slot, choice) in matched.iter_mut().zip(&choices).rev() {
        *slot = choice.get(limit).copied().flatten();
        if let Some(index) = *slot {
            limit = index;
        }
    }
    matched
}
