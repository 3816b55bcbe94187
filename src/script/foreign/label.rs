//! The labels of a phone tier → IPA, whichever alphabet the tier is written in.

use super::{arpabet, sampa};
use crate::script::timeline::TimedPhone;
use crate::time::Time;
use crate::vocabulary::Phone;

/// How a tier writes its phones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    Arpabet,
    Sampa,
    Ipa,
}

/// A phone of a label.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Labelled {
    pub(super) ipa: String,
    pub(super) stress: u8,
    pub(super) tone: u8,
}

impl Labelled {
    /// With its time, and how sure a tool was, 0..=1.
    pub(super) fn timed(self, start: Time, end: Time, confidence: f32) -> TimedPhone {
        let Self { ipa, stress, tone } = self;
        TimedPhone { start, end, ipa, stress, tone, confidence }
    }
}

/// What a row of labels is, where no tier's name says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Phones,
    Words,
    /// Several words in a label.
    Lines,
}

impl Kind {
    /// Phones where nine of ten labels name one (and words do not: few are a letter long); lines where every third
    /// label is of several words.
    pub(super) fn of<'a>(labels: impl Iterator<Item = &'a str>) -> Self {
        let labels: Vec<&str> = labels.filter(|label| is_word(label) && !is_silence(label)).collect();
        let several = labels.iter().filter(|label| label.trim().contains(char::is_whitespace)).count();
        if several * 3 > labels.len() {
            return Self::Lines;
        }
        let alphabet = Alphabet::of(labels.iter().copied());
        let is_phone = |label: &&&str| Phone::from_ipa(&alphabet.read(label).ipa).is_some();
        let phones = labels.iter().filter(is_phone).count();
        if !labels.is_empty() && phones * 10 >= labels.len() * 9 { Self::Phones } else { Self::Words }
    }
}

/// Whether a word's label is spoken: aligners write silence and noise as words too.
pub(super) fn is_word(label: &str) -> bool {
    let label = label.trim();
    let enclosed = [('<', '>'), ('[', ']'), ('{', '}')];
    let is_noise = enclosed.iter().any(|(open, close)| label.starts_with(*open) && label.ends_with(*close));
    let silences = ["", "sil", "sp", "spn", "pau", "_", "#", "!SIL", "SIL", "SENT-START", "SENT-END"];
    !is_noise && !silences.contains(&label)
}

/// Whether a label says that nothing is spoken.
pub(super) fn is_silence(label: &str) -> bool {
    // X-SAMPA's æ and ʉ.
    if matches!(label.trim(), "{" | "}") {
        return false;
    }
    let label = label.trim().trim_matches(['<', '>', '(', ')', '[', ']', '{', '}']).to_ascii_lowercase();
    matches!(
        label.as_str(),
        "" | "sil"
            | "sp"
            | "spn"
            | "eps"
            | "pau"
            | "p:"
            | "h#"
            | "epi"
            | "_"
            | "#"
            | "nsn"
            | "sl"
            | "unk"
            | "brth"
            | "noise"
            | "ns"
            | "usb"
            | "nib"
    )
}

impl Alphabet {
    /// The alphabet of a tier: ARPAbet where nine of ten labels are (its vowels have two letters, so one-letter vowels
    /// tell others apart), IPA where there is any letter beyond ASCII, else X-SAMPA.
    pub(super) fn of<'a>(labels: impl Iterator<Item = &'a str>) -> Self {
        let labels: Vec<&str> = labels.filter(|label| !is_silence(label)).collect();
        let arpabet = labels.iter().filter(|label| arpabet::to_ipa(label.trim()).is_some()).count();
        if !labels.is_empty() && arpabet * 10 >= labels.len() * 9 {
            Self::Arpabet
        } else if labels.iter().all(|label| label.is_ascii()) {
            Self::Sampa
        } else {
            Self::Ipa
        }
    }

    /// The phone of a label that is no silence.
    pub(super) fn read(self, label: &str) -> Labelled {
        let label = label.trim();
        match self {
            Self::Arpabet => match arpabet::to_ipa(label) {
                Some((ipa, stress)) => Labelled { ipa: ipa.to_owned(), stress, tone: 0 },
                None => ipa(label),
            },
            Self::Sampa => {
                let (ipa, stress) = sampa::to_ipa(label);
                Labelled { ipa, stress, tone: 0 }
            }
            Self::Ipa => ipa(label),
        }
    }
}

fn ipa(label: &str) -> Labelled {
    let stress = if label.contains('ˈ') { 1 } else { u8::from(label.contains('ˌ')) * 2 };
    let contour: String = label.chars().filter(|c| is_tone(*c)).collect();
    let is_left_out = |c: char| is_tone(c) || matches!(c, 'ː' | 'ˑ' | 'ˈ' | 'ˌ' | '\u{361}' | '\u{35C}');
    Labelled { ipa: label.chars().filter(|c| !is_left_out(*c)).collect(), stress, tone: tone(&contour) }
}

fn is_tone(c: char) -> bool {
    matches!(c, '˥' | '˦' | '˧' | '˨' | '˩' | '0'..='9')
}

/// A Mandarin tone, by number or by contour.
fn tone(contour: &str) -> u8 {
    match contour {
        "" => 0,
        "1" | "55" | "˥" | "˥˥" => 1,
        "2" | "35" | "˧˥" => 2,
        "3" | "214" | "21" | "˨˩˦" | "˨˩" | "˨˩˧" | "˧˩˧" => 3,
        "4" | "51" | "˥˩" => 4,
        _ => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alphabets_are_told_apart() {
        assert_eq!(Alphabet::of(["HH", "AH0", "sil", "L", "OW1"].into_iter()), Alphabet::Arpabet);
        assert_eq!(Alphabet::of(["s", "ih", "t"].into_iter()), Alphabet::Arpabet);
        assert_eq!(Alphabet::of(["h", "ə", "l", "oʊ"].into_iter()), Alphabet::Ipa);
        assert_eq!(Alphabet::of(["a:", "t_s", "P\\"].into_iter()), Alphabet::Sampa);
        assert_eq!(Alphabet::of(["s", "i", "t"].into_iter()), Alphabet::Sampa);
        let ma = Alphabet::Ipa.read("a˨˩˦");
        assert_eq!((ma.ipa.as_str(), ma.tone, ma.stress), ("a", 3, 0));
        assert_eq!(Alphabet::Ipa.read("ˈt͡ʃː"), Labelled { ipa: "tʃ".to_owned(), stress: 1, tone: 0 });
    }
}
