//! What those do who do not speak: they look at who does, and nod now and then.

use super::delivery::Stretch;
use super::gaze::{Look, Surroundings};
use super::noise;
use crate::time::Time;

/// Silences shorter than this belong to a turn.
const TURN_ENDS: Time = Time::from_millis(900);
/// Listeners turn to who speaks after this, at least and at most.
const NOTICES: Time = Time::from_millis(280);
const NOTICES_LATEST: Time = Time::from_millis(900);
/// After this share of what is said somebody nods, if it was longer than that.
const AGREES: f32 = 0.3;
const WORTH_IT: Time = Time::from_millis(1400);

/// Channels of hash values.
const NOTICE: u64 = 64;
const AGREE: u64 = 65;

/// Somebody's phrases, and where they stand.
pub(super) struct Heard<'a> {
    pub(super) name: &'a str,
    pub(super) phrases: &'a [Stretch],
}

/// What somebody around whom are `around` looks at while `others` speak; `own` phrases are said to the audience.
pub(super) fn looks(around: &Surroundings, others: &[Heard<'_>], own: &[Stretch], seed: u64) -> Vec<Look> {
    let mut found: Vec<Look> = Vec::new();
    for heard in others {
        let Some((_, place)) = around.others.iter().find(|(name, _)| name == heard.name) else { continue };
        for (number, turn) in (0..).zip(turns(heard.phrases)) {
            let late =
                (NOTICES_LATEST - NOTICES).as_secs_f64() * f64::from(noise::unit(seed, NOTICE, number));
            let begin = turn.start + NOTICES + Time::from_secs_f64(late);
            // Who is to speak next looks at the audience in time.
            let next = own.get(own.partition_point(|phrase| phrase.end <= begin)).map(|phrase| phrase.start);
            let end = next.map_or(turn.end + NOTICES, |next| (turn.end + NOTICES).min(next - NOTICES));
            if end > begin {
                found.push(Look { begin, end: Some(end), target: around.towards(*place) });
            }
        }
    }
    found.sort_by_key(|look| look.begin);
    for index in 1..found.len() {
        // Who speaks later is looked at now.
        let begin = found[index].begin;
        let before = &mut found[index - 1];
        before.end = before.end.map(|end| end.min(begin));
    }
    found
}

/// When a listener nods: a little after phrases of others, while silent.
pub(super) fn nods(others: &[Heard<'_>], own: &[Stretch], seed: u64) -> Vec<Time> {
    let mut found = Vec::new();
    for (who, heard) in (0..).zip(others) {
        for (number, phrase) in (0..).zip(heard.phrases) {
            let chance = noise::unit(seed, AGREE, number * 16 + who);
            let at = phrase.end + Time::from_millis(150);
            let speaks = own.get(own.partition_point(|own| own.end <= phrase.start));
            let is_silent = speaks.is_none_or(|own| own.start > at + Time::from_millis(500));
            if chance < AGREES && phrase.end - phrase.start >= WORTH_IT && is_silent {
                found.push(at);
            }
        }
    }
    found.sort_unstable();
    found
}

/// Phrases with no more than short silences between them.
fn turns(phrases: &[Stretch]) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for phrase in phrases {
        match found.last_mut() {
            Some(last) if phrase.start - last.end < TURN_ENDS => last.end = phrase.end,
            _ => found.push(*phrase),
        }
    }
    found
}
