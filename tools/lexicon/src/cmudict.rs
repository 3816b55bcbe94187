//! `cmudict.dict`: `word phones # comment`, further pronunciations as `word(2)`.

use std::collections::BTreeMap;

/// The phones by number: the order of `src/speech/text/english/phones.rs`.
pub const SYMBOLS: [&str; 69] = [
    "AA0", "AA1", "AA2", "AE0", "AE1", "AE2", "AH0", "AH1", "AH2", "AO0", "AO1", "AO2", "AW0", "AW1", "AW2", "AY0",
    "AY1", "AY2", "B", "CH", "D", "DH", "EH0", "EH1", "EH2", "ER0", "ER1", "ER2", "EY0", "EY1", "EY2", "F", "G", "HH",
    "IH0", "IH1", "IH2", "IY0", "IY1", "IY2", "JH", "K", "L", "M", "N", "NG", "OW0", "OW1", "OW2", "OY0", "OY1",
    "OY2", "P", "R", "S", "SH", "T", "TH", "UH0", "UH1", "UH2", "UW0", "UW1", "UW2", "V", "W", "Y", "Z", "ZH",
];

/// Words (lower case, ASCII) with their pronunciations, in order.
pub fn read(text: &str) -> BTreeMap<String, Vec<Vec<u8>>> {
    let mut words: BTreeMap<String, Vec<Vec<u8>>> = BTreeMap::new();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut fields = line.split_whitespace();
        let Some(name) = fields.next() else { continue };
        let word = name.split('(').next().unwrap_or_default().to_lowercase();
        let phones: Option<Vec<u8>> =
            fields.map(|f| SYMBOLS.iter().position(|s| *s == f).map(|p| p as u8)).collect();
        let Some(phones) = phones.filter(|p| !p.is_empty()) else {
            eprintln!("left out: {line}");
            continue;
        };
        let is_known = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'\'' | b'.' | b'-');
        if word.is_empty() || !word.bytes().all(is_known) || word.len() > 60 {
            eprintln!("left out: {line}");
            continue;
        }
        let variants = words.entry(word).or_default();
        if !variants.contains(&phones) && variants.len() < 16 {
            variants.push(phones);
        }
    }
    words
}
