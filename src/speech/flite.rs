//! What `flite` prints: phones of the US English set, with their end times (`-psdur`) or without (`-ps`); and what it
//! reads: ASCII, and its own few elements of SSML (`-ssml`).
//!
//! It does not start the program.

use super::passage::{Part, Passage};
use super::utterance::RawPhone;
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use crate::vocabulary::Phone;

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

/// Phones that the set lacks, with those that come nearest.
const NEAR: &[(&str, &str)] = &[
    ("a", "aa"),
    ("ɐ", "ah"),
    ("ɒ", "aa"),
    ("e", "eh"),
    ("ɜ", "er"),
    ("ø", "er"),
    ("œ", "er"),
    ("o", "ow"),
    ("əʊ", "ow"),
    ("y", "uw"),
    ("ʉ", "uw"),
    ("ɨ", "ih"),
    ("r", "r"),
    ("x", "hh"),
    ("ç", "hh"),
    ("ɫ", "l"),
    ("ɲ", "n"),
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

/// The phone of flite that is nearest to one in IPA: the same, else one with the same shape of the mouth.
pub fn from_ipa(ipa: &str) -> Option<&'static str> {
    let bare = ipa.replace('ʰ', "");
    let same = PHONES.iter().find(|(_, known)| *known == bare).map(|(name, _)| *name);
    let near = NEAR.iter().find(|(known, _)| *known == bare).map(|(_, name)| *name);
    if let Some(name) = same.or(near) {
        return Some(name);
    }
    let wanted = Phone::from_ipa(&bare)?;
    let alike = |known: &str| {
        Phone::from_ipa(known).is_some_and(|known| {
            known.viseme == wanted.viseme
                && known.glide == wanted.glide
                && known.is_vowel() == wanted.is_vowel()
        })
    };
    PHONES.iter().find(|(_, known)| alike(known)).map(|(name, _)| *name)
}

/// Typographic characters as flite, which reads ASCII, knows them.
pub fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '’' | '‘' | 'ʼ' => out.push('\''),
            '“' | '”' | '«' | '»' => out.push('"'),
            '–' | '—' => out.push_str(", "),
            '…' => out.push('.'),
            'à' | 'á' | 'â' | 'ä' | 'å' | 'ã' => out.push('a'),
            'è' | 'é' | 'ê' | 'ë' => out.push('e'),
            'ì' | 'í' | 'î' | 'ï' => out.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' | 'ø' => out.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => out.push('u'),
            'ç' => out.push('c'),
            'ñ' => out.push('n'),
            _ if c.is_ascii() => out.push(c),
            _ => out.push(' '),
        }
    }
    out
}

/// A sentence as flite reads it with `-ssml`: ASCII without its own signs, speed and phones word by word. It takes no
/// pitch there.
pub fn ssml(passage: &Passage) -> String {
    let word = |letters: &str, phones: &[RawPhone], after: &str| {
        let names: Vec<&str> = phones.iter().filter_map(|phone| from_ipa(&phone.ipa)).collect();
        let text = unsigned(letters) + &unsigned(after);
        if names.is_empty() { text } else { format!("<phoneme ph=\"{}\">{text}</phoneme>", names.join(" ")) }
    };
    let part = |part: &Part| {
        let said = part.respelt(word, unsigned);
        let rate = part.manner.rate;
        if (rate - 1.0).abs() < 1e-3 { said } else { format!("<prosody rate=\"{rate:.3}\">{said}</prosody>") }
    };
    // Punctuation after an element makes no pause.
    let mut parts: Vec<Part> = Vec::with_capacity(passage.parts.len());
    for part in &passage.parts {
        let mut part = part.clone();
        if let Some(before) = parts.last_mut() {
            let rest = part.said.trim_start_matches(|c: char| !c.is_alphanumeric() && !c.is_whitespace());
            let moved = part.said.len() - rest.len();
            before.said.extend(part.said.drain(..moved));
        }
        parts.push(part);
    }
    parts.iter().map(part).collect()
}

/// Text in which flite sees no element.
fn unsigned(text: &str) -> String {
    ascii(text).replace('&', " and ").replace(['<', '>', '"', ';'], " ")
}
