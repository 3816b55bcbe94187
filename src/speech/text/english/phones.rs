//! The phones of the English dictionary by number, and as IPA.
//!
//! The numbers are those of the packed files beside the dictionary: their order never changes.

use crate::script::foreign::arpabet;
use crate::speech::utterance::RawPhone;

/// ARPAbet with stress digits, as CMUdict writes it.
pub(super) const SYMBOLS: [&str; 69] = [
    "AA0", "AA1", "AA2", "AE0", "AE1", "AE2", "AH0", "AH1", "AH2", "AO0", "AO1", "AO2", "AW0", "AW1", "AW2",
    "AY0", "AY1", "AY2", "B", "CH", "D", "DH", "EH0", "EH1", "EH2", "ER0", "ER1", "ER2", "EY0", "EY1", "EY2",
    "F", "G", "HH", "IH0", "IH1", "IH2", "IY0", "IY1", "IY2", "JH", "K", "L", "M", "N", "NG", "OW0", "OW1",
    "OW2", "OY0", "OY1", "OY2", "P", "R", "S", "SH", "T", "TH", "UH0", "UH1", "UH2", "UW0", "UW1", "UW2",
    "V", "W", "Y", "Z", "ZH",
];

/// The number of a symbol such as `AH0`.
pub(super) fn number(symbol: &str) -> Option<u8> {
    SYMBOLS.iter().zip(0_u8..).find(|(name, _)| **name == symbol).map(|(_, index)| index)
}

/// The symbol's stress digit; `None` for a consonant.
pub(super) fn stress(phone: u8) -> Option<u8> {
    let digit = SYMBOLS.get(usize::from(phone))?.as_bytes().last()?;
    digit.is_ascii_digit().then(|| digit - b'0')
}

/// The same vowel with another stress digit; a consonant stays as it is.
pub(super) fn with_stress(phone: u8, digit: u8) -> u8 {
    stress(phone).map_or(phone, |old| phone - old + digit.min(2))
}

/// A pronunciation in IPA.
pub(super) fn to_ipa(phones: &[u8]) -> Vec<RawPhone> {
    let symbols = phones.iter().filter_map(|phone| SYMBOLS.get(usize::from(*phone)));
    symbols
        .filter_map(|symbol| arpabet::to_ipa(symbol))
        .map(|(ipa, stress)| RawPhone { ipa: ipa.to_owned(), stress, tone: 0 })
        .collect()
}

/// A pronunciation written in ARPAbet, as numbers; what is no symbol is left out.
pub(super) fn from_arpabet(text: &str) -> Vec<u8> {
    text.split_whitespace().filter_map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_is_a_phone() {
        for (index, symbol) in SYMBOLS.iter().enumerate() {
            assert_eq!(number(symbol), Some(index as u8));
            assert_eq!(to_ipa(&[index as u8]).len(), 1, "{symbol}");
        }
        assert_eq!(stress(0), Some(0));
        assert_eq!(stress(18), None);
        assert_eq!(with_stress(7, 0), 6);
        assert_eq!(with_stress(18, 2), 18);
    }
}
