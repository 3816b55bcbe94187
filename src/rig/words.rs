//! Names taken apart into words, so that spelling, case and separators do not matter.

/// The lower-case words of a name: parted by anything but letters and digits, by a change of case, and
/// between letters and digits.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().map(narrow).collect();
    for (i, &c) in letters.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| letters.get(j)).copied().unwrap_or(' ');
        let after = letters.get(i + 1).copied().unwrap_or(' ');
        let rises = before.is_lowercase() && c.is_uppercase();
        // In `ABCDef` the last capital begins the next word.
        let begins = before.is_uppercase() && c.is_uppercase() && after.is_lowercase();
        let counts = before.is_ascii_digit() != c.is_ascii_digit();
        if !word.is_empty() && (rises || begins || counts || !c.is_alphanumeric()) {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

/// Letters and digits of full width, as Japanese names have them, as plain ones (Unicode's block of full-width forms
/// repeats ASCII at a fixed distance).
fn narrow(c: char) -> char {
    match u32::from(c) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a word is a number.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
}

/// The avatar's left or right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Its own left.
    Left,
    /// Its own right.
    Right,
}

/// Words that name a side.
pub(super) const SIDES: &[(&str, Side)] = &[
    ("l", Side::Left),
    ("left", Side::Left),
    ("lf", Side::Left),
    ("左", Side::Left),
    ("r", Side::Right),
    ("right", Side::Right),
    ("rt", Side::Right),
    ("右", Side::Right),
];

/// What may stand before a word without any separator, as in `leftarm` and `左腕`.
pub(super) const SIDE_BEGINNINGS: &[(&str, Side)] =
    &[("left", Side::Left), ("right", Side::Right), ("左", Side::Left), ("右", Side::Right)];

/// The side that a word names.
pub(super) fn side(word: &str) -> Option<Side> {
    SIDES.iter().find(|(name, _)| *name == word).map(|(_, side)| *side)
}

/// The side that a word begins with, and the rest of it, where there is one.
pub(super) fn side_at_start(word: &str) -> Option<(Side, &str)> {
    let split = |(beginning, side): &(&str, Side)| Some((*side, word.strip_prefix(beginning)?));
    SIDE_BEGINNINGS.iter().find_map(split).filter(|(_, rest)| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_names() {
        let parted = |name| words(name).join(" ");
        assert_eq!(parted("browInnerUp_L"), "brow inner up l");
        assert_eq!(parted("CC_Base_JawRoot"), "cc base jaw root");
        assert_eq!(parted("mixamorig:LeftHandIndex1"), "mixamorig left hand index 1");
        assert_eq!(parted("finger1-1.L"), "finger 1 1 l");
        assert_eq!(parted("viseme_PP"), "viseme pp");
        assert_eq!(parted("LShldrBend"), "l shldr bend");
        assert_eq!(parted("口あ"), "口あ");
        assert_eq!(parted("左人指１"), "左人指 1");
        assert_eq!(side_at_start("左足"), Some((Side::Left, "足")));
        assert_eq!(side_at_start("left"), None);
    }
}
