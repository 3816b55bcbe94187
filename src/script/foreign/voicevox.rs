//! VOICEVOX's audio query: moras with the lengths of their consonants and vowels. Read only: the accents and the voice's
//! settings that a query needs are not in a timeline.

use super::records::number_of;
use super::{Input, Read, document, of_one, seconds, warning};
use crate::script::document::{Fault, Kind, Node};
use crate::script::timeline::{Speaker, TimedPhone, Word};
use crate::script::words::split;
use crate::time::Time;

/// VOICEVOX's phones, as OpenJTalk names them, and IPA. Vowels in capitals are unvoiced.
const PHONES: &[(&str, &str)] = &[
    ("a", "a"),
    ("i", "i"),
    ("u", "ɯ"),
    ("e", "e"),
    ("o", "o"),
    ("A", "a"),
    ("I", "i"),
    ("U", "ɯ"),
    ("E", "e"),
    ("O", "o"),
    ("N", "ɴ"),
    ("b", "b"),
    ("by", "b"),
    ("ch", "tɕ"),
    // The closure of a doubled consonant.
    ("cl", "ʔ"),
    ("d", "d"),
    ("dy", "d"),
    ("f", "ɸ"),
    ("g", "ɡ"),
    ("gw", "ɡ"),
    ("gy", "ɡ"),
    ("h", "h"),
    ("hy", "ç"),
    ("j", "dʑ"),
    ("k", "k"),
    ("kw", "k"),
    ("ky", "k"),
    ("m", "m"),
    ("my", "m"),
    ("n", "n"),
    ("ny", "ɲ"),
    ("p", "p"),
    ("py", "p"),
    ("r", "ɾ"),
    ("ry", "ɾ"),
    ("s", "s"),
    ("sh", "ɕ"),
    ("t", "t"),
    ("ts", "ts"),
    ("ty", "t"),
    ("v", "v"),
    ("w", "w"),
    ("y", "j"),
    ("z", "z"),
];

/// Phones in which nothing is said.
const SILENT: &[&str] = &["pau", "sil", ""];

/// Keys of which a file has one.
pub(super) const KEYS: &[&str] = &["accent_phrases", "accentPhrases"];

pub(super) fn read(input: &Input<'_>) -> Read {
    let root = document(input.text)?;
    let number = |key: &str| root.get(key).and_then(number_of);
    let speed = number("speedScale").filter(|speed| (0.1..=10.0).contains(speed)).unwrap_or(1.0);
    let mut clock = Clock { secs: 0.0, speed, speaker: Speaker::default(), unknown: Vec::new() };
    clock.pass(number("prePhonemeLength").unwrap_or_default(), root.at)?;
    let phrases = KEYS.iter().find_map(|key| root.get(key)).map_or(&[][..], Node::items);
    for phrase in phrases {
        for mora in phrase.find("/moras").items() {
            clock.mora(mora)?;
        }
        let pause = phrase.get("pause_mora").or_else(|| phrase.get("pauseMora"));
        if let Some(pause) = pause.filter(|pause| pause.kind != Kind::Null) {
            let own = length(pause, "vowel");
            let fixed = number("pauseLength");
            let scale = number("pauseLengthScale").unwrap_or(1.0);
            clock.pass(fixed.unwrap_or(own) * scale.clamp(0.0, 100.0), pause.at)?;
        }
    }
    clock.pass(number("postPhonemeLength").unwrap_or_default(), root.at)?;
    let duration = clock.now(root.at)?;
    Ok((of_one(clock.speaker, duration), clock.unknown))
}

/// The length of a mora's consonant or vowel.
fn length(mora: &Node<'_>, part: &str) -> f64 {
    let keys = [format!("{part}_length"), format!("{part}Length")];
    keys.iter().find_map(|key| mora.get(key)).and_then(number_of).unwrap_or_default().max(0.0)
}

struct Clock {
    secs: f64,
    speed: f64,
    speaker: Speaker,
    unknown: Vec<Fault>,
}

impl Clock {
    fn now(&self, at: usize) -> Result<Time, Fault> {
        seconds(self.secs).map_err(|fault| fault.at(at))
    }

    fn pass(&mut self, secs: f64, at: usize) -> Result<Time, Fault> {
        self.secs += secs.max(0.0) / self.speed;
        self.now(at)
    }

    fn mora(&mut self, mora: &Node<'_>) -> Result<(), Fault> {
        let begin = self.now(mora.at)?;
        for part in ["consonant", "vowel"] {
            let Some(name) = mora.get(part).and_then(Node::text) else { continue };
            let start = self.now(mora.at)?;
            let end = self.pass(length(mora, part), mora.at)?;
            if SILENT.contains(&name) {
                continue;
            }
            let known = PHONES.iter().find(|(phone, _)| *phone == name);
            if known.is_none() && self.unknown.is_empty() {
                self.unknown.push(warning(format!("the phone '{name}' is not known")).at(mora.at));
            }
            let ipa = known.map_or(name, |(_, ipa)| ipa).to_owned();
            let phone = TimedPhone { start, end, ipa, stress: 0, tone: 0, confidence: 1.0 };
            self.speaker.phones.push(phone);
        }
        let end = self.now(mora.at)?;
        // Each kana is a word of its own, as everywhere.
        let text = mora.get("text").and_then(Node::text).unwrap_or_default();
        let kana = split(text);
        let count = kana.len().max(1) as i64;
        for (nth, range) in kana.into_iter().enumerate() {
            let at = |nth: i64| begin + Time::from_nanos((end - begin).as_nanos() / count * nth);
            let (start, end) =
                (at(nth as i64), if nth as i64 + 1 == count { end } else { at(nth as i64 + 1) });
            let text = text.get(range).unwrap_or_default().to_owned();
            self.speaker.words.push(Word { start, end, text, language: "ja".to_owned() });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Phone;

    #[test]
    fn every_phone_is_known() {
        for (name, ipa) in PHONES {
            assert!(Phone::from_ipa(ipa).is_some(), "{name} {ipa}");
        }
    }
}
