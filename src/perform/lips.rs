//! Phones to viseme weights: smooth overlapping envelopes, in which closures win.
//!
//! Each phone raises its viseme before its sound and lets it fall after it. A closure (p b m) is complete
//! while its phone sounds and gone by the middle of a neighbouring vowel, whatever the neighbours want.

use super::curve::Envelope;
use super::delivery::openings;
use crate::script::timeline::{Speaker, TimedPhone};
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind, Viseme};

/// A speaker's mouth over time.
#[derive(Debug, Clone, Default)]
pub struct LipTrack {
    gestures: Vec<Gesture>,
    /// The latest end of this and all earlier gestures, so a look-up knows how far back to go.
    latest_end: Vec<Time>,
}

#[derive(Debug, Clone, Copy)]
struct Gesture {
    viseme: Viseme,
    level: f32,
    envelope: Envelope,
}

/// How far an unstressed vowel gets, of a stressed one (vowel reduction).
const UNSTRESSED: f32 = 0.82;
/// Anticipation and carry-over. Lips lead the sound by 60–120 ms and lag it a little less
/// (Löfqvist & Gracco 1999; the JALI curves use 120 ms).
const VOWEL_LEAD: Time = Time::from_millis(90);
const VOWEL_LAG: Time = Time::from_millis(90);
const CONSONANT_LEAD: Time = Time::from_millis(70);
const CONSONANT_LAG: Time = Time::from_millis(60);

impl LipTrack {
    /// From a speaker's phones, or from the visemes where a tool gave no phones. `strength` scales all but
    /// closures (1 is natural).
    pub fn new(speaker: &Speaker, strength: f32) -> Self {
        let mut gestures = if speaker.phones.is_empty() {
            from_visemes(speaker, strength)
        } else {
            from_phones(&speaker.phones, &openings(speaker), strength)
        };
        gestures.sort_by_key(|g| g.envelope.begin);
        let mut latest = Time::from_nanos(i64::MIN);
        let latest_end = gestures
            .iter()
            .map(|g| {
                latest = latest.max(g.envelope.end);
                latest
            })
            .collect();
        Self { gestures, latest_end }
    }

    /// The weight of every viseme at `t`, each 0..=1. All but `sil` sum to at most 1 beside a closure's own
    /// weight; `sil` is what is left.
    pub fn weights(&self, t: Time) -> [f32; Viseme::COUNT] {
        let mut weights = [0.0f32; Viseme::COUNT];
        let after = self.gestures.partition_point(|g| g.envelope.begin <= t);
        for index in (0..after).rev() {
            if self.latest_end[index] <= t {
                break;
            }
            let gesture = &self.gestures[index];
            let weight = gesture.level * gesture.envelope.at(t);
            let slot = &mut weights[gesture.viseme.index()];
            *slot = slot.max(weight);
        }
        blend(&mut weights);
        weights
    }
}

/// The lips' own closures attenuate what would open them; the rest shares what is left.
pub(super) fn blend(weights: &mut [f32; Viseme::COUNT]) {
    let closure = weights[Viseme::PP.index()];
    let teeth = weights[Viseme::FF.index()] * (1.0 - closure);
    let room = (1.0 - closure) * (1.0 - teeth);
    let fixed = [Viseme::Sil.index(), Viseme::PP.index(), Viseme::FF.index()];
    let mut others = 0.0;
    for (index, weight) in weights.iter().enumerate() {
        if !fixed.contains(&index) {
            others += weight;
        }
    }
    let scale = room / f32::max(1.0, others);
    for (index, weight) in weights.iter_mut().enumerate() {
        if !fixed.contains(&index) {
            *weight *= scale;
        }
    }
    weights[Viseme::FF.index()] = teeth;
    weights[Viseme::Sil.index()] = (room * (1.0 - f32::min(1.0, others))).max(0.0);
}

fn from_visemes(speaker: &Speaker, strength: f32) -> Vec<Gesture> {
    speaker
        .visemes
        .iter()
        .filter(|v| v.viseme != Viseme::Sil)
        .map(|v| {
            let span = v.end - v.start;
            let closes = v.viseme == Viseme::PP;
            let level = if closes { v.weight } else { (v.weight * strength).clamp(0.0, 1.0) };
            let (lead, lag) = (limit(CONSONANT_LEAD, span, 0.5), limit(CONSONANT_LAG, span, 0.5));
            Gesture { viseme: v.viseme, level, envelope: around(v.start, v.end, lead, lag) }
        })
        .collect()
}

fn from_phones(phones: &[TimedPhone], openings: &[f32], strength: f32) -> Vec<Gesture> {
    // A voice that marks no stress at all says nothing about any vowel.
    let knows_stress = phones.iter().any(|p| p.stress > 0);
    let known: Vec<Option<Phone>> = phones.iter().map(|p| Phone::from_ipa(&p.ipa)).collect();
    let mut gestures = Vec::with_capacity(phones.len() + 8);
    for (index, timed) in phones.iter().enumerate() {
        let Some(phone) = known[index] else { continue };
        // How much of a neighbouring vowel's span a closure may take: less than half, so that the vowel's
        // middle is free of it. Only neighbours that touch count.
        let reach = |other: Option<usize>, gap: &dyn Fn(&TimedPhone) -> Time| {
            let (timed, phone) = (phones.get(other?)?, known.get(other?).copied().flatten()?);
            let limit = Time::from_nanos((timed.end - timed.start).as_nanos() * 2 / 5) + gap(timed);
            phone.is_vowel().then_some(limit)
        };
        let before = reach(index.checked_sub(1), &|p| timed.start - p.end);
        let after = reach(Some(index + 1), &|p| p.start - timed.end);
        let strength = if knows_stress || !phone.is_vowel() { strength } else { strength / UNSTRESSED };
        let strength = strength * openings.get(index).copied().unwrap_or(1.0);
        add_phone(&mut gestures, timed, phone, strength, before, after);
    }
    gestures
}

fn add_phone(
    gestures: &mut Vec<Gesture>,
    timed: &TimedPhone,
    phone: Phone,
    strength: f32,
    room_before: Option<Time>,
    room_after: Option<Time>,
) {
    let (start, end) = (timed.start, timed.end);
    let span = end - start;
    let mut push = |viseme, level: f32, envelope| gestures.push(Gesture { viseme, level, envelope });
    match phone.kind {
        PhoneKind::Silence => {}
        PhoneKind::Bilabial | PhoneKind::Labiodental => {
            let lead = room_before.map_or(CONSONANT_LEAD, |room| room.min(CONSONANT_LEAD));
            let lag = room_after.map_or(CONSONANT_LAG, |room| room.min(CONSONANT_LAG));
            let level = if phone.kind == PhoneKind::Bilabial { 1.0 } else { 0.95 };
            push(
                phone.viseme,
                level,
                Envelope { begin: start - lead, full: start, release: end, end: end + lag },
            );
        }
        PhoneKind::Vowel => {
            let level = vowel_level(timed, span) * strength * openness(phone.viseme);
            push(phone.viseme, level.clamp(0.0, 1.0), around(start, end, VOWEL_LEAD, VOWEL_LAG));
        }
        PhoneKind::Diphthong => {
            // The first target takes about 60 % of the span (Rhubarb's rule of thumb).
            let turn = start + Time::from_nanos(span.as_nanos() * 3 / 5);
            let level = vowel_level(timed, span) * strength;
            let first = level * openness(phone.viseme);
            push(phone.viseme, first.clamp(0.0, 1.0), around(start, turn, VOWEL_LEAD, VOWEL_LAG));
            if let Some(glide) = phone.glide {
                push(
                    glide,
                    (level * 0.85 * openness(glide)).clamp(0.0, 1.0),
                    around(turn, end, VOWEL_LEAD, VOWEL_LAG),
                );
            }
        }
        PhoneKind::Consonant => {
            let level = consonant_level(phone.viseme) * strength;
            push(phone.viseme, level.clamp(0.0, 1.0), around(start, end, CONSONANT_LEAD, CONSONANT_LAG));
        }
    }
}

/// An envelope that is full over the middle of `start..end`.
fn around(start: Time, end: Time, lead: Time, lag: Time) -> Envelope {
    let span = end - start;
    let part = |numerator: i64| Time::from_nanos(span.as_nanos() * numerator / 100);
    let full = start + part(35).min(Time::from_millis(60));
    let release = (end - part(35).min(Time::from_millis(60))).max(full);
    Envelope { begin: start - lead, full, release, end: end + lag }
}

fn limit(most: Time, span: Time, share: f64) -> Time {
    most.min(Time::from_nanos((span.as_nanos() as f64 * share) as i64))
}

/// A viseme at full weight is the widest that the sound is ever said; speech on a stage stays below it.
fn openness(vowel: Viseme) -> f32 {
    match vowel {
        Viseme::Aa => 0.68,
        Viseme::E | Viseme::Oh => 0.85,
        _ => 0.95,
    }
}

/// A phone of which nothing but its sound is known, and how far its shape gets; `None` where the lips rest.
pub(super) fn shown(ipa: &str, strength: f32) -> Option<(Phone, f32)> {
    let phone = Phone::from_ipa(ipa)?;
    let level = match phone.kind {
        PhoneKind::Silence => return None,
        // Closures are complete, however softly somebody is to speak.
        PhoneKind::Bilabial => return Some((phone, 1.0)),
        PhoneKind::Labiodental => return Some((phone, 0.95)),
        PhoneKind::Vowel | PhoneKind::Diphthong => openness(phone.viseme),
        PhoneKind::Consonant => consonant_level(phone.viseme),
    };
    Some((phone, (level * strength).clamp(0.0, 1.0)))
}

/// Stressed vowels open fully; unstressed and very short ones do not get there (vowel reduction).
fn vowel_level(timed: &TimedPhone, span: Time) -> f32 {
    let stress = match timed.stress {
        1 => 1.0,
        2 => 0.92,
        _ => UNSTRESSED,
    };
    let shortness = (span.as_secs_f32() / 0.09).clamp(0.6, 1.0);
    stress * shortness
}

/// Consonants made inside the mouth show less than those made by the lips.
fn consonant_level(viseme: Viseme) -> f32 {
    match viseme {
        Viseme::Kk => 0.5,
        Viseme::DD | Viseme::Nn => 0.7,
        Viseme::SS | Viseme::RR => 0.8,
        _ => 0.9,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(ipa: &str, start: i64, end: i64) -> TimedPhone {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        TimedPhone { start, end, ipa: ipa.into(), stress: 1, tone: 0, confidence: 1.0 }
    }

    fn track(phones: Vec<TimedPhone>) -> LipTrack {
        LipTrack::new(&Speaker { phones, ..Speaker::default() }, 1.0)
    }

    fn at(track: &LipTrack, millis: i64, viseme: Viseme) -> f32 {
        track.weights(Time::from_millis(millis))[viseme.index()]
    }

    #[test]
    fn closures_close_and_vowels_open() {
        let lips =
            track(vec![phone("ɑ", 0, 80), phone("p", 80, 120), phone("ɑ", 120, 200), phone("m", 200, 260)]);
        assert!(at(&lips, 100, Viseme::PP) >= 0.9);
        assert!(at(&lips, 100, Viseme::Aa) <= 0.05);
        assert!(at(&lips, 40, Viseme::PP) <= 0.1);
        assert!(at(&lips, 160, Viseme::PP) <= 0.1);
        assert!(at(&lips, 160, Viseme::Aa) >= 0.4);
    }

    #[test]
    fn weights_stay_in_range_and_share_one_mouth() {
        let lips =
            track(vec![phone("s", 0, 30), phone("t", 30, 50), phone("ɹ", 50, 80), phone("ɔɪ", 80, 300)]);
        for millis in -100..500 {
            let weights = lips.weights(Time::from_millis(millis));
            assert!(weights.iter().all(|w| (0.0..=1.0).contains(w)), "{weights:?}");
            assert!(weights.iter().sum::<f32>() <= 1.0001, "at {millis}: {weights:?}");
        }
    }

    #[test]
    fn loud_vowels_open_the_mouth_wider() {
        use crate::script::timeline::Prosody;
        let loudness_db = (0..100).map(|step| if step < 20 { -12.0 } else { -24.0 }).collect();
        let prosody = Some(Prosody { loudness_db, pitch_hz: vec![110.0; 100] });
        let phones = (0..5).map(|i| phone("ɑ", i * 200, i * 200 + 150)).collect();
        let lips = LipTrack::new(&Speaker { phones, prosody, ..Speaker::default() }, 1.0);
        assert!(at(&lips, 75, Viseme::Aa) > at(&lips, 475, Viseme::Aa) * 1.05);
    }

    #[test]
    fn silence_before_and_after() {
        let lips = track(vec![phone("a", 1000, 1100)]);
        assert!((at(&lips, 0, Viseme::Sil) - 1.0).abs() < 1e-6);
        assert!((at(&lips, 1500, Viseme::Sil) - 1.0).abs() < 1e-6);
        assert!(at(&lips, 1050, Viseme::Aa) > 0.6);
    }

    #[test]
    fn a_long_note_is_found_from_far_away() {
        let mut phones = vec![phone("a", 0, 20_000)];
        phones.extend((0..50).map(|i| phone("s", 20_000 + i * 50, 20_050 + i * 50)));
        assert!(at(&track(phones), 19_000, Viseme::Aa) > 0.6);
    }
}
