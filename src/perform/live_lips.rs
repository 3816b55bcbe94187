//! Lips that follow phones as they are heard: the envelopes of [`super::lips`] without their anticipation.
//!
//! What is shown at a moment depends on what was known by then alone, so that it never changes afterwards; a phone still
//! under way is taken to go on for a moment. A mouth that hears nothing any more closes.

use super::articulation::shown;
use super::curve::{smootherstep, soft_max};
use super::lips::blend;
use crate::script::LivePhones;
use crate::time::Time;
use crate::vocabulary::{PhoneKind, Viseme};

/// A phone that is still heard is held so long after all that is known.
const HELD: Time = Time::from_millis(120);

/// How a mouth moves for a kind of phone.
struct Movement {
    /// From rest to the whole shape. The sound has already begun, so it is faster than lips that know what comes.
    rises: Time,
    /// The shape is there at least so long from the beginning, so that a short closure is seen, too.
    lasts: Time,
    /// Back to rest.
    falls: Time,
}

const CLOSURE: Movement =
    Movement { rises: Time::from_millis(30), lasts: Time::from_millis(50), falls: Time::from_millis(40) };
const VOWEL: Movement =
    Movement { rises: Time::from_millis(40), lasts: Time::from_millis(20), falls: Time::from_millis(90) };
const CONSONANT: Movement =
    Movement { rises: Time::from_millis(40), lasts: Time::from_millis(20), falls: Time::from_millis(60) };

/// The latest that a phone is seen after its end.
const LONGEST: Time = Time::from_millis(260);

/// The weight of every viseme at `t`, as [`super::LipTrack::weights`] gives them.
pub(super) fn weights(live: &LivePhones, strength: f32, t: Time) -> [f32; Viseme::COUNT] {
    let mut weights = [0.0_f32; Viseme::COUNT];
    for timed in live.phones().rev().take_while(|timed| timed.end + LONGEST > t) {
        let Some((phone, level)) = shown(&timed.ipa, strength) else { continue };
        let is_under_way = timed.end >= live.known_until();
        let end = if is_under_way { timed.end + HELD } else { timed.end };
        let slot = &mut weights[phone.viseme.index()];
        *slot = soft_max(*slot, level * Movement::of(phone.kind).at(t, timed.start, end)).min(1.0);
    }
    blend(&mut weights);
    weights
}

impl Movement {
    fn of(kind: PhoneKind) -> &'static Self {
        match kind {
            PhoneKind::Bilabial | PhoneKind::Labiodental => &CLOSURE,
            PhoneKind::Vowel | PhoneKind::Diphthong => &VOWEL,
            PhoneKind::Silence | PhoneKind::Consonant => &CONSONANT,
        }
    }

    /// How much of the shape is there at `t`, 0..=1.
    fn at(&self, t: Time, start: Time, end: Time) -> f32 {
        let end = end.max(start + self.lasts);
        let share = |since: Time, takes: Time| smootherstep(since.as_secs_f32() / takes.as_secs_f32());
        share(t.min(end) - start, self.rises) * (1.0 - share(t - end, self.falls))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Time {
        Time::from_millis(millis)
    }

    /// Said in frames of 10 ms, each letter one; a space is silence.
    fn say(text: &str) -> impl Iterator<Item = (String, Time)> {
        (1..).zip(text.chars()).map(|(frame, letter)| (letter.to_string().replace(' ', ""), at(10 * frame)))
    }

    const TEXT: &str =
        "     aaaaaaaaaammmmmaaaaaaaattttiii  ffff   pp aaaaaaaauuuuusssssss             a          ";

    #[test]
    fn what_is_known_never_changes() {
        let mut live = LivePhones::default();
        let mut shown: Vec<[f32; Viseme::COUNT]> = Vec::new();
        for (ipa, until) in say(TEXT) {
            live.append(&ipa, until, 1.0);
            let moments = (0..).map(at).take_while(|t| *t <= until);
            let now: Vec<_> = moments.map(|t| weights(&live, 1.0, t)).collect();
            assert_eq!(now[..shown.len()], shown[..], "at {until:?}");
            shown = now;
        }
        assert!(shown.len() > 800);
    }

    #[test]
    fn closures_close_vowels_open_and_silence_rests() {
        let mut live = LivePhones::default();
        say(TEXT).for_each(|(ipa, until)| live.append(&ipa, until, 1.0));
        let most = |shape: Viseme, from: i64, to: i64| {
            (from..to).map(|t| weights(&live, 1.0, at(t))[shape.index()]).fold(0.0, f32::max)
        };
        assert!(most(Viseme::Aa, 50, 110) > 0.6);
        assert!(
            most(Viseme::PP, 150, 200) >= 0.99 && weights(&live, 1.0, at(190))[Viseme::Aa.index()] < 0.01
        );
        assert!(weights(&live, 1.0, at(245))[Viseme::PP.index()] < 0.01, "open again in the vowel");
        assert!(most(Viseme::FF, 360, 400) > 0.9);
        let pp = TEXT.find("pp").unwrap() as i64 * 10;
        assert!(most(Viseme::PP, pp, pp + 60) >= 0.99, "a short closure is whole");
        assert!(weights(&live, 1.0, at(750))[Viseme::Sil.index()] > 0.99);
        for t in -50..1500 {
            let weights = weights(&live, 1.0, at(t));
            let others: f32 = weights.iter().sum::<f32>() - weights[Viseme::PP.index()];
            assert!(weights.iter().all(|w| (0.0..=1.0).contains(w)) && others < 1.0001, "{weights:?}");
        }
    }

    #[test]
    fn a_mouth_that_hears_nothing_more_closes() {
        let mut live = LivePhones::default();
        live.append("a", at(300), 1.0);
        assert!(weights(&live, 1.0, at(350))[Viseme::Aa.index()] > 0.6);
        assert!(weights(&live, 1.0, at(550))[Viseme::Sil.index()] > 0.99);
        assert!(LONGEST > HELD + VOWEL.falls && LivePhones::KEPT > LONGEST + LONGEST);
    }
}
