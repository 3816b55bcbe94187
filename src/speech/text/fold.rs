//! Latin letters without their marks, as a reader of another language takes them.

/// Letters and what stands for them.
const ROWS: &[(&str, &str)] = &[
    ("àáâãåāăąǎ", "a"),
    ("çćĉċč", "c"),
    ("ðďđ", "d"),
    ("èéêëēĕėęěẽ", "e"),
    ("ĝğġģ", "g"),
    ("ĥħ", "h"),
    ("ìíîïĩīĭįǐı", "i"),
    ("ĵ", "j"),
    ("ķ", "k"),
    ("ĺļľŀł", "l"),
    ("ñńņňŋ", "n"),
    ("òóôõøōŏőǒ", "o"),
    ("ŕŗř", "r"),
    ("śŝşš", "s"),
    ("ţťŧț", "t"),
    ("ùúûũūŭůűųǔ", "u"),
    ("ŵ", "w"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("ä", "ae"),
    ("ö", "oe"),
    ("ü", "ue"),
    ("æ", "ae"),
    ("œ", "oe"),
    ("ß", "ss"),
    ("þ", "th"),
];

/// The text in small letters of ASCII where they have any; German umlauts as two letters, combining marks left out.
pub(super) fn latin(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match ROWS.iter().find(|(letters, _)| letters.contains(c)) {
            _ if c.is_ascii() => folded.push(c),
            Some((_, plain)) => folded.push_str(plain),
            None if ('\u{300}'..='\u{36f}').contains(&c) => {}
            None => folded.push(c),
        }
    }
    folded
}
