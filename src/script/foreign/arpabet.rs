//! ARPAbet → IPA: the 39 phones of CMUdict, their extensions, and TIMIT's closures.

/// Rows of ARPAbet (upper case, without stress digit) and IPA.
const TABLE: &[(&str, &str)] = &[
    ("AA", "ɑ"),
    ("AE", "æ"),
    ("AH", "ʌ"),
    ("AO", "ɔ"),
    ("AW", "aʊ"),
    ("AX", "ə"),
    ("AXR", "ɚ"),
    ("AY", "aɪ"),
    ("B", "b"),
    ("BCL", "b"),
    ("CH", "tʃ"),
    ("D", "d"),
    ("DCL", "d"),
    ("DH", "ð"),
    ("DX", "ɾ"),
    ("EH", "ɛ"),
    ("EL", "l"),
    ("EM", "m"),
    ("EN", "n"),
    ("ENG", "ŋ"),
    ("ER", "ɝ"),
    ("EY", "eɪ"),
    ("F", "f"),
    ("G", "ɡ"),
    ("GCL", "ɡ"),
    ("HH", "h"),
    ("HV", "ɦ"),
    ("IH", "ɪ"),
    ("IX", "ɨ"),
    ("IY", "i"),
    ("JH", "dʒ"),
    ("K", "k"),
    ("KCL", "k"),
    ("L", "l"),
    ("M", "m"),
    ("N", "n"),
    ("NG", "ŋ"),
    ("NX", "ɾ̃"),
    ("OW", "oʊ"),
    ("OY", "ɔɪ"),
    ("P", "p"),
    ("PCL", "p"),
    ("Q", "ʔ"),
    ("R", "ɹ"),
    ("S", "s"),
    ("SH", "ʃ"),
    ("T", "t"),
    ("TCL", "t"),
    ("TH", "θ"),
    ("UH", "ʊ"),
    ("UW", "u"),
    ("UX", "ʉ"),
    ("V", "v"),
    ("W", "w"),
    ("WH", "ʍ"),
    ("Y", "j"),
    ("Z", "z"),
    ("ZH", "ʒ"),
];

/// The IPA symbol and the stress (0 none, 1 primary, 2 secondary) of an ARPAbet symbol such as `AH0`, `ih`, `TH`, in
/// upper or lower case. An unstressed `AH0` is the schwa, an unstressed `ER0` the r-coloured one.
pub fn to_ipa(symbol: &str) -> Option<(&'static str, u8)> {
    let (letters, stress) = match symbol.char_indices().next_back() {
        Some((at, '0')) => (&symbol[..at], Some(0)),
        Some((at, '1')) => (&symbol[..at], Some(1)),
        Some((at, '2')) => (&symbol[..at], Some(2)),
        _ => (symbol, None),
    };
    let (name, ipa) = TABLE.iter().find(|(name, _)| name.eq_ignore_ascii_case(letters))?;
    match (*name, stress) {
        ("AH", Some(0)) => Some(("ə", 0)),
        ("ER", Some(0)) => Some(("ɚ", 0)),
        _ => Some((ipa, stress.unwrap_or(0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::Phone;

    #[test]
    fn every_symbol_is_a_phone() {
        for (name, ipa) in TABLE {
            assert!(Phone::from_ipa(ipa).is_some(), "{name} {ipa}");
        }
        assert_eq!(to_ipa("AH0"), Some(("ə", 0)));
        assert_eq!(to_ipa("ah1"), Some(("ʌ", 1)));
        assert_eq!(to_ipa("EY2"), Some(("eɪ", 2)));
        assert_eq!((to_ipa(""), to_ipa("1"), to_ipa("é"), to_ipa("AA3")), (None, None, None, None));
    }
}
