//! How a speech is delivered: its phrases, and the syllables in them that stand out by stress, loudness and pitch.
//!
//! Found once when a performance is made. It moves nothing.

use super::curve::recent;
use super::punctuation::{Remark, remarks};
use crate::script::timeline::{BoundaryTone, Caption, Mark, Prosody, Speaker, TimedPhone};
use crate::time::Time;
use crate::vocabulary::Phone;

/// A syllable that stands out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Accent {
    /// The middle of its vowel.
    pub(super) at: Time,
    /// How much, 0..=1.
    pub(super) strength: f32,
}

/// What is said in one go.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stretch {
    pub(super) start: Time,
    pub(super) end: Time,
    /// How its melody ends, where that is heard.
    pub(super) boundary: Option<BoundaryTone>,
}

/// Everything about a speaker's delivery, in order of time.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Delivery {
    pub(super) accents: Vec<Accent>,
    pub(super) phrases: Vec<Stretch>,
    /// What the text's punctuation says.
    pub(super) remarks: Vec<Remark>,
}

/// Between two accents there is at least this; the stronger one stays.
const APART: Time = Time::from_millis(420);
/// What is weaker is no accent.
const LEAST: f32 = 0.35;
/// Of phones without phrases, a silence this long ends one.
const PAUSE: Time = Time::from_millis(250);
/// Decibels over the usual vowel, and semitones over the usual pitch, that make a vowel stand out wholly.
const LOUD_DB: f32 = 6.0;
const HIGH_SEMITONES: f32 = 5.0;
/// A vowel so long stands out by its length alone.
const LONG_SECS: f32 = 0.22;
/// How much wider a vowel is that stands out wholly by its sound, and how much narrower one that does not, twice over.
const WIDER: f32 = 0.4;
/// A step of prosody.
const STEP_SECS: f64 = 0.01;
/// No emphasis lasts longer.
const LONGEST_EMPHASIS: Time = Time::from_millis(60_000);
/// The mark whose words stand out whatever their sound is.
const EMPHASIS: &str = crate::script::mark::EMPHASIS;

impl Delivery {
    /// Of what a speaker says, which `captions` may write.
    pub(super) fn of(speaker: &Speaker, captions: &[Caption]) -> Self {
        let phrases = if speaker.phrases.is_empty() { runs(&speaker.phones) } else { written(speaker) };
        Self { accents: accents(speaker), phrases, remarks: remarks(&speaker.words, captions) }
    }

    /// The remarks that begin at `t` or later.
    pub(super) fn remarks_from(&self, t: Time) -> &[Remark] {
        let first = self.remarks.partition_point(|remark| remark.start < t);
        self.remarks.get(first..).unwrap_or_default()
    }
}

fn written(speaker: &Speaker) -> Vec<Stretch> {
    let one =
        |p: &crate::script::timeline::Phrase| Stretch { start: p.start, end: p.end, boundary: p.boundary };
    speaker.phrases.iter().map(one).collect()
}

/// Phones without a pause between them.
fn runs(phones: &[TimedPhone]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for phone in phones.iter().filter(|p| Phone::from_ipa(&p.ipa).is_some()) {
        match found.last_mut() {
            Some(last) if phone.start - last.end < PAUSE => last.end = last.end.max(phone.end),
            _ => found.push(Stretch { start: phone.start, end: phone.end, boundary: None }),
        }
    }
    found
}

fn accents(speaker: &Speaker) -> Vec<Accent> {
    let knows_stress = speaker.phones.iter().any(|p| p.stress > 0);
    let vowels = speaker.phones.iter().filter(|p| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel));
    let stressed: Vec<&TimedPhone> = vowels.filter(|p| !knows_stress || p.stress == 1).collect();
    let heard = speaker.prosody.as_ref().map(|prosody| Heard::new(prosody, &stressed));
    let mut found: Vec<Accent> = Vec::new();
    for vowel in stressed {
        let secs = (vowel.end - vowel.start).as_secs_f32();
        let by_sound = heard.as_ref().map_or(0.15, |heard| heard.prominence(vowel));
        let mut strength = 0.35 + by_sound + 0.15 * (secs / LONG_SECS).min(1.0);
        if is_emphasised(&speaker.marks, vowel.start) {
            strength += 0.4;
        }
        let at = vowel.start + Time::from_nanos((vowel.end - vowel.start).as_nanos() / 2);
        let accent = Accent { at, strength: strength.clamp(0.0, 1.0) };
        match found.last_mut() {
            _ if accent.strength < LEAST => {}
            Some(last) if at - last.at < APART => {
                if accent.strength > last.strength {
                    *last = accent;
                }
            }
            _ => found.push(accent),
        }
    }
    found
}

/// How much wider than usual the mouth opens for each phone: loud and high vowels open it more, soft ones less (louder speech has a
/// lower jaw: Schulman 1989). One for what is no vowel, and where nothing is known of the voice.
pub(super) fn openings(speaker: &Speaker) -> Vec<f32> {
    let is_vowel = |p: &&TimedPhone| Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel);
    let vowels: Vec<&TimedPhone> = speaker.phones.iter().filter(is_vowel).collect();
    let heard = speaker.prosody.as_ref().map(|prosody| Heard::new(prosody, &vowels));
    let one = |phone: &TimedPhone| match &heard {
        Some(heard) if is_vowel(&phone) => 1.0 + WIDER * heard.prominence(phone),
        _ => 1.0,
    };
    speaker.phones.iter().map(one).collect()
}

fn is_emphasised(marks: &[Mark], t: Time) -> bool {
    let is_weak = |m: &Mark| m.args.first().is_some_and(|level| level == "reduced" || level == "none");
    let emphasis = recent(marks, t, LONGEST_EMPHASIS).filter(|m| m.name == EMPHASIS && !is_weak(m));
    emphasis.filter_map(|m| m.end).any(|end| t < end)
}

/// What is usual in a voice.
struct Heard<'a> {
    prosody: &'a Prosody,
    loudness_db: f32,
    pitch_hz: f32,
}

impl<'a> Heard<'a> {
    fn new(prosody: &'a Prosody, vowels: &[&TimedPhone]) -> Self {
        let mut heard = Self { prosody, loudness_db: 0.0, pitch_hz: 0.0 };
        heard.loudness_db = median(vowels.iter().filter_map(|v| heard.loudest(v)).collect());
        heard.pitch_hz = median(vowels.iter().filter_map(|v| heard.highest(v)).collect());
        heard
    }

    /// How much a vowel stands out, −0.5..=0.5.
    fn prominence(&self, vowel: &TimedPhone) -> f32 {
        let loud = self.loudest(vowel).map_or(0.0, |db| (db - self.loudness_db) / LOUD_DB);
        let high = match self.highest(vowel) {
            Some(hz) if self.pitch_hz > 0.0 => 12.0 * libm::log2f(hz / self.pitch_hz) / HIGH_SEMITONES,
            _ => 0.0,
        };
        0.25 * loud.clamp(-1.0, 1.0) + 0.25 * high.clamp(-1.0, 1.0)
    }

    fn loudest(&self, vowel: &TimedPhone) -> Option<f32> {
        steps(&self.prosody.loudness_db, vowel).iter().copied().reduce(f32::max)
    }

    fn highest(&self, vowel: &TimedPhone) -> Option<f32> {
        steps(&self.prosody.pitch_hz, vowel).iter().copied().filter(|hz| *hz > 0.0).reduce(f32::max)
    }
}

fn steps<'a>(values: &'a [f32], phone: &TimedPhone) -> &'a [f32] {
    let step = |t: Time| (t.as_secs_f64() / STEP_SECS).max(0.0) as usize;
    let (start, end) = (step(phone.start), step(phone.end) + 1);
    values.get(start..end.min(values.len())).unwrap_or_default()
}

fn median(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phone(ipa: &str, start: i64, end: i64, stress: u8) -> TimedPhone {
        let (start, end) = (Time::from_millis(start), Time::from_millis(end));
        TimedPhone { start, end, ipa: ipa.into(), stress, tone: 0, confidence: 1.0 }
    }

    #[test]
    fn loud_high_and_emphasised_vowels_stand_out() {
        let phones: Vec<TimedPhone> =
            (0..6).map(|i| phone("ɑ", i * 1000, i * 1000 + 100, u8::from(i != 1))).collect();
        let level = |i: usize| if (200..=210).contains(&i) { -10.0 } else { -20.0 };
        let pitch = |i: usize| if (300..=310).contains(&i) { 180.0 } else { 120.0 };
        let prosody =
            Prosody { loudness_db: (0..600).map(level).collect(), pitch_hz: (0..600).map(pitch).collect() };
        let mark = Mark {
            time: Time::from_millis(4000),
            end: Some(Time::from_millis(4100)),
            name: "emphasis".into(),
            args: Vec::new(),
        };
        let speaker = Speaker { phones, prosody: Some(prosody), marks: vec![mark], ..Speaker::default() };
        let delivery = Delivery::of(&speaker, &[]);
        let strength = |millis: i64| {
            let at = Time::from_millis(millis + 50);
            delivery.accents.iter().find(|a| a.at == at).map(|a| a.strength)
        };
        assert_eq!(strength(1000), None, "it is not stressed");
        for higher in [2000, 3000, 4000] {
            assert!(strength(higher) > strength(0).map(|s| s + 0.2), "{:?}", delivery.accents);
        }
        assert_eq!(delivery.phrases.len(), 6);
    }

    #[test]
    fn of_accents_close_together_the_strongest_stays() {
        let phones = vec![phone("ɑ", 0, 60, 1), phone("ɑ", 200, 420, 1), phone("ɑ", 500, 560, 1)];
        let accents = Delivery::of(&Speaker { phones, ..Speaker::default() }, &[]).accents;
        assert_eq!(accents.iter().map(|a| a.at.as_millis_f64() as i64).collect::<Vec<_>>(), [310]);
    }

    #[test]
    fn who_says_nothing_delivers_nothing() {
        assert_eq!(Delivery::of(&Speaker::default(), &[]), Delivery::default());
    }
}
