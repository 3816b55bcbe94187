//! What `flite` prints: phones of the US English set, with their end times (`-psdur`) or without (`-ps`).
//!
//! It does not start the program.

use super::utterance::RawPhone;
use crate::script::timeline::TimedPhone;
use crate::time::Time;

/// The phones of flite's US voices (ARPAbet in lower case, plus `ax`) in IPA. `pau` is silence.
const PHONES: &[(&str, &str)] = &[
    ("aa", "ɑ"),
    ("ae", "æ"),
    ("ah", "ʌ"),
    ("ao", "ɔ"),
    ("aw", "aʊ"),
    ("ax", "ə"),
    ("axr", "ɚ"),
    ("ay", "aɪ"),
    ("b", "b"),
    ("ch", "tʃ"),
    ("d", "d"),
    ("dh", "ð"),
    ("dx", "ɾ"),
    ("eh", "ɛ"),
    ("el", "l"),
    ("em", "m"),
    ("en", "n"),
    ("er", "ɝ"),
    ("ey", "eɪ"),
    ("f", "f"),
    ("g", "ɡ"),
    ("hh", "h"),
    ("hv", "ɦ"),
    ("ih", "ɪ"),
    ("iy", "i"),
    ("jh", "dʒ"),
    ("k", "k"),
    ("l", "l"),
    ("m", "m"),
    ("n", "n"),
    ("ng", "ŋ"),
    ("nx", "n"),
    ("ow", "oʊ"),
    ("oy", "ɔɪ"),
    ("p", "p"),
    ("r", "ɹ"),
    ("s", "s"),
    ("sh", "ʃ"),
    ("t", "t"),
    ("th", "θ"),
    ("uh", "ʊ"),
    ("uw", "u"),
    ("v", "v"),
    ("w", "w"),
    ("y", "j"),
    ("z", "z"),
    ("zh", "ʒ"),
];

/// Why a line of output gave no phones.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("flite printed '{0}', which is no phone with its end time")]
pub struct OutputError(String);

/// IPA for a phone of flite; `None` for silence and what is not known.
pub fn to_ipa(phone: &str) -> Option<&'static str> {
    PHONES.iter().find(|(name, _)| *name == phone).map(|(_, ipa)| *ipa)
}

/// Reads `-psdur`: `pau:0.218 g:0.280 …`, one line an utterance, each from zero; they follow one another in the
/// sound. Silences are left out; repeated phones stay.
///
/// # Errors
/// A token that is no `phone:seconds`, or times that run backwards.
pub fn parse_timed(output: &str) -> Result<Vec<TimedPhone>, OutputError> {
    let mut phones = Vec::new();
    let mut offset = Time::ZERO;
    for line in output.lines() {
        let mut start = offset;
        for token in line.split_whitespace() {
            let wrong = || OutputError(token.chars().take(40).collect());
            let (name, secs) = token.rsplit_once(':').ok_or_else(wrong)?;
            let secs: f64 = secs.parse().map_err(|_| wrong())?;
            let end = offset + Time::from_secs_f64(secs);
            if !secs.is_finite() || end < start {
                return Err(wrong());
            }
            if let Some(ipa) = to_ipa(name).filter(|_| end > start) {
                let ipa = ipa.to_owned();
                phones.push(TimedPhone { start, end, ipa, stress: 0, tone: 0, confidence: 1.0 });
            }
            start = end;
        }
        offset = start;
    }
    Ok(phones)
}

/// Reads `-ps`: one utterance a line, phones without times and silences.
pub fn parse_plain(output: &str) -> Vec<Vec<RawPhone>> {
    let phone = |name: &str| to_ipa(name).map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() });
    output
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split_whitespace().filter_map(phone).collect())
        .collect()
}
