//! Full-width forms and digits of other scripts as ASCII, so that rules see one form of each.

use super::token::Token;

/// The first of ten consecutive digits, for scripts whose digits are decimal.
const ZEROS: &[u32] = &[
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0E50,
    0x0ED0, 0x0F20, 0x1040, 0x17E0, 0x1810, 0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6,
];

/// A word that is longer, in characters, is read only to here: no speaker would go on.
const LONGEST: usize = 200;

/// The text of a token and what stands before and behind it.
pub(super) fn narrow(token: &Token<'_>) -> [String; 3] {
    let narrowed = |text: &str, most: usize| text.chars().take(most).map(narrow_char).collect();
    [narrowed(token.text, LONGEST), narrowed(token.before, usize::MAX), narrowed(token.after, usize::MAX)]
}

fn narrow_char(c: char) -> char {
    let code = u32::from(c);
    if c.is_ascii() {
        return c;
    }
    if let Some(zero) = ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)) {
        return char::from_digit(code - zero, 10).unwrap_or(c);
    }
    match c {
        // Only what numbers and words are made of: the pauses of Chinese stay as they are.
        '\u{FF21}'..='\u{FF3A}'
        | '\u{FF41}'..='\u{FF5A}'
        | '％'
        | '＄'
        | '＋'
        | '＝'
        | '＃'
        | '＠'
        | '＆' => char::from_u32(code - 0xFEE0).unwrap_or(c),
        '￥' => '¥',
        '￡' => '£',
        '～' => '~',
        '\u{2010}' | '\u{2011}' => '-',
        '\u{202f}' | '\u{2009}' => '\u{a0}',
        _ => c,
    }
}
