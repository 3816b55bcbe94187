//! From phones to gestures of the mouth: which shape, how far, and when it comes and goes.
//!
//! Each shape reaches into its neighbours as far as the articulator that makes it does: rounded lips are prepared long before
//! their vowel and through the consonants ahead of it, the tip of the tongue comes and goes quickly. It blends nothing.

use super::curve::Envelope;
use super::delivery::openings;
use crate::script::timeline::{Speaker, TimedPhone};
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind, Viseme};

/// One movement of the mouth into a shape and out of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gesture {
    pub(super) viseme: Viseme,
    /// 0..=1.
    pub(super) level: f32,
    pub(super) envelope: Envelope,
}

/// How far an unstressed vowel gets, of a stressed one (vowel reduction).
const UNSTRESSED: f32 = 0.82;
/// No movement takes less than this, whatever room there is: lips have mass.
const FASTEST: Time = Time::from_millis(45);

/// Silences longer than this are pauses, in which the mouth rests until so long before the next sound.
const PAUSE: Time = Time::from_millis(150);
const AFTER_SILENCE: Time = Time::from_millis(90);

/// How long before and after its sound a shape is on its way. Lips lead the sound by 60–120 ms and lag it a little less
/// (Löfqvist & Gracco 1999; the JALI curves use 120 ms, and 150 more for lip-heavy phones); rounding is prepared earliest (Perkell &
/// Matthies 1992), the tip of the tongue is the quickest.
const fn reach(viseme: Viseme) -> (Time, Time) {
    let (lead, lag) = match viseme {
        Viseme::Ou | Viseme::Oh => (150, 105),
        Viseme::CH | Viseme::RR => (100, 75),
        Viseme::Sil | Viseme::Aa | Viseme::E | Viseme::Ih => (90, 90),
        Viseme::PP | Viseme::FF | Viseme::SS | Viseme::Kk => (70, 60),
        Viseme::TH | Viseme::DD | Viseme::Nn => (60, 55),
    };
    (Time::from_millis(lead), Time::from_millis(lag))
}

/// A phone with what is known of it.
struct Said<'a> {
    timed: &'a TimedPhone,
    phone: Phone,
    /// Scales how far it gets, beside its own level.
    strength: f32,
    /// How much of what lies before and after it a movement may take.
    room: [Option<Time>; 2],
}

/// The gestures of visemes that a tool gave. `strength` scales all but closures.
pub(super) fn of_visemes(speaker: &Speaker, strength: f32) -> Vec<Gesture> {
    let shown = speaker.visemes.iter().filter(|v| v.viseme != Viseme::Sil);
    let gesture = |v: &crate::script::timeline::TimedViseme| {
        let half = half(v.end - v.start);
        let closes = v.viseme == Viseme::PP;
        let level = if closes { v.weight } else { (v.weight * strength).clamp(0.0, 1.0) };
        let (lead, lag) = reach(Viseme::PP);
        Gesture { viseme: v.viseme, level, envelope: around(v.start, v.end, lead.min(half), lag.min(half)) }
    };
    shown.map(gesture).collect()
}

/// The gestures of a speaker's phones.
pub(super) fn of_phones(speaker: &Speaker, strength: f32) -> Vec<Gesture> {
    let (phones, openings) = (&speaker.phones, openings(speaker));
    // A voice that marks no stress at all says nothing about any vowel.
    let knows_stress = phones.iter().any(|p| p.stress > 0);
    let known: Vec<Option<Phone>> = phones.iter().map(|p| Phone::from_ipa(&p.ipa)).collect();
    let mut gestures = Vec::with_capacity(phones.len() + 8);
    for (index, timed) in phones.iter().enumerate() {
        let Some(phone) = known.get(index).copied().flatten() else { continue };
        let strength = if knows_stress || !phone.is_vowel() { strength } else { strength / UNSTRESSED };
        let strength = strength * openings.get(index).copied().unwrap_or(1.0);
        let room = if is_closure(phone.kind) {
            beside(phones, &known, index)
        } else {
            [anticipation(phones, &known, index), None]
        };
        add(&mut gestures, &Said { timed, phone, strength, room });
    }
    gestures
}

fn is_closure(kind: PhoneKind) -> bool {
    matches!(kind, PhoneKind::Bilabial | PhoneKind::Labiodental)
}

/// How much of the span of a neighbouring vowel, or of another closure, a closure may take: less than half, so that its middle is
/// free of it. Only neighbours that touch count.
fn beside(phones: &[TimedPhone], known: &[Option<Phone>], index: usize) -> [Option<Time>; 2] {
    let own = known.get(index).copied().flatten().map(|phone| phone.viseme);
    let of = |other: Option<usize>, gap: &dyn Fn(&TimedPhone) -> Time| {
        let (timed, phone) = (phones.get(other?)?, known.get(other?).copied().flatten()?);
        let limit = Time::from_nanos((timed.end - timed.start).as_nanos() * 2 / 5) + gap(timed);
        let is_other = is_closure(phone.kind) && Some(phone.viseme) != own;
        (phone.is_vowel() || is_other).then_some(limit)
    };
    let Some(timed) = phones.get(index) else { return [None; 2] };
    [of(index.checked_sub(1), &|p| timed.start - p.end), of(Some(index + 1), &|p| p.start - timed.end)]
}

/// What anticipation may take: all from the middle of the vowel before to this phone, but little of a silence.
fn anticipation(phones: &[TimedPhone], known: &[Option<Phone>], index: usize) -> Option<Time> {
    let own = phones.get(index)?;
    let is_silent = |before: usize| {
        let silence = known.get(before).copied().flatten().is_none_or(|p| p.kind == PhoneKind::Silence);
        silence || phones.get(before).is_none_or(|p| own.start - p.end > PAUSE)
    };
    if index.checked_sub(1).is_none_or(is_silent) {
        return Some(AFTER_SILENCE);
    }
    let first = index.saturating_sub(5);
    let earlier = phones.get(first..index)?.iter().zip(known.get(first..index)?).rev();
    let vowel =
        earlier.filter(|(_, phone)| phone.is_some_and(Phone::is_vowel)).map(|(timed, _)| timed).next()?;
    Some(own.start - vowel.end + half(vowel.end - vowel.start))
}

fn half(span: Time) -> Time {
    Time::from_nanos(span.as_nanos() / 2)
}

fn add(gestures: &mut Vec<Gesture>, said: &Said<'_>) {
    let Said { timed, phone, strength, room } = said;
    let (start, end) = (timed.start, timed.end);
    let span = end - start;
    let mut push = |viseme: Viseme, level: f32, start: Time, end: Time, room: Option<Time>| {
        let (lead, lag) = reach(viseme);
        let lead = room.map_or(lead, |room| lead.min(room.max(FASTEST)));
        let envelope = around(start, end, lead, lag);
        gestures.push(Gesture { viseme, level: level.clamp(0.0, 1.0), envelope });
    };
    match phone.kind {
        PhoneKind::Silence => {}
        PhoneKind::Bilabial | PhoneKind::Labiodental => {
            let level = if phone.kind == PhoneKind::Bilabial { 1.0 } else { 0.95 };
            gestures.push(Gesture { viseme: phone.viseme, level, envelope: closed(start, end, room) });
        }
        PhoneKind::Vowel => {
            let level = vowel_level(timed, span) * strength * openness(phone.viseme);
            push(phone.viseme, level, start, end, room[0]);
        }
        PhoneKind::Diphthong => {
            // The first target takes about 60 % of the span (Rhubarb's rule of thumb).
            let turn = start + Time::from_nanos(span.as_nanos() * 3 / 5);
            let level = vowel_level(timed, span) * strength;
            push(phone.viseme, level * openness(phone.viseme), start, turn, room[0]);
            if let Some(glide) = phone.glide {
                push(glide, level * 0.85 * openness(glide), turn, end, Some(half(turn - start)));
            }
        }
        PhoneKind::Consonant => {
            push(phone.viseme, consonant_level(phone.viseme) * strength, start, end, room[0]);
        }
    }
}

/// A closure is complete while its phone sounds, as far as what is beside it leaves time to close and to open.
fn closed(start: Time, end: Time, room: &[Option<Time>; 2]) -> Envelope {
    let (lead, lag) = reach(Viseme::PP);
    let lead = room[0].map_or(lead, |room| room.min(lead));
    let lag = room[1].map_or(lag, |room| room.min(lag));
    let late = (FASTEST - lead).max(Time::ZERO).min(half(end - start));
    let early = (FASTEST - lag).max(Time::ZERO).min(half(end - start));
    let (full, release) = (start + late, end - early);
    Envelope { begin: full - lead.max(FASTEST), full, release, end: release + lag.max(FASTEST) }
}

/// An envelope that is full over the middle of `start..end`.
fn around(start: Time, end: Time, lead: Time, lag: Time) -> Envelope {
    let span = end - start;
    let part = Time::from_nanos(span.as_nanos() * 35 / 100).min(Time::from_millis(60));
    let full = start + part;
    let release = (end - part).max(full);
    Envelope {
        begin: (start - lead).min(full - FASTEST),
        full,
        release,
        end: (end + lag).max(release + FASTEST),
    }
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
    use super::super::lips::LipTrack;
    use super::*;

    fn said(phones: &[(&str, i64)]) -> LipTrack {
        let mut start = Time::ZERO;
        let phone = |(ipa, millis): &(&str, i64)| {
            let end = start + Time::from_millis(*millis);
            let timed = TimedPhone { start, end, ipa: (*ipa).into(), stress: 1, tone: 0, confidence: 1.0 };
            start = end;
            timed
        };
        LipTrack::new(&Speaker { phones: phones.iter().map(phone).collect(), ..Speaker::default() }, 1.0)
    }

    #[test]
    fn lips_round_through_the_consonant_ahead_of_a_rounded_vowel() {
        let at = |lips: &LipTrack, viseme: Viseme| lips.weights(Time::from_millis(240))[viseme.index()];
        // "Sue" and "see", 20 ms before the vowel.
        let (rounded, spread) =
            (said(&[("ə", 100), ("s", 160), ("u", 200)]), said(&[("ə", 100), ("s", 160), ("i", 200)]));
        assert!(at(&rounded, Viseme::Ou) > 0.3, "{}", at(&rounded, Viseme::Ou));
        assert!(at(&rounded, Viseme::Ou) > at(&spread, Viseme::Ih) + 0.05);
        assert!(at(&spread, Viseme::Ou) == 0.0);
    }

    #[test]
    fn closures_beside_each_other_are_both_seen() {
        let lips = said(&[("ʌ", 33), ("v", 64), ("m", 57), ("eɪ", 200)]);
        let most = |viseme: Viseme, from: i64, until: i64| {
            (from..until).map(|ms| lips.weights(Time::from_millis(ms))[viseme.index()]).fold(0.0, f32::max)
        };
        assert!(most(Viseme::FF, 33, 97) > 0.8 && most(Viseme::PP, 97, 154) > 0.9);
    }
}
