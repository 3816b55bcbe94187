//! English: every word of a text as it is said, and its phones.
//!
//! First what is written becomes words (numbers, dates, abbreviations: rules in a fixed order, facts in tables), then
//! each word its pronunciations.

mod clock;
mod code;
mod dictionary;
mod heteronyms;
mod letters;
mod numbers;
mod phones;
mod quantity;
mod scene;
mod short;
mod tables;
mod web;
mod word;

use self::scene::{Said, Scene};
use self::word::Sounds;
use super::token::Token;
use crate::speech::utterance::RawPhone;

/// One word as written gets at most this many pronunciations.
const MOST_VARIANTS: usize = 8;
/// At most this many ways to say it are taken further.
const MOST_WAYS: usize = 3;
/// The rules, in order: the first that knows the word says it.
const RULES: &[fn(&Scene<'_>) -> Option<Said>] = &[
    fixed,
    web::address,
    clock::time,
    quantity::money,
    quantity::amount,
    clock::date,
    code::telephone,
    code::code,
    quantity::ordinal_range,
    quantity::shaped,
    quantity::unit,
    quantity::plain,
    short::roman_numeral,
    short::abbreviation,
];

fn fixed(scene: &Scene<'_>) -> Option<Said> {
    let row = tables::FIXED.iter().find(|(written, _)| *written == scene.text())?;
    Some(scene::only(row.1))
}

/// All ways to say the word at `at`, the likeliest first: words in lower case, names of letters as capitals.
pub(super) fn say(tokens: &[Token<'_>], at: usize) -> Vec<String> {
    let scene = Scene::new(tokens, at);
    let said = RULES.iter().find_map(|rule| rule(&scene)).unwrap_or_else(|| short::word(&scene));
    let symbols = short::lone_symbols(&scene.token(), at == 0);
    if symbols.is_empty() {
        return said;
    }
    said.into_iter().map(|way| format!("{} {way}", symbols.join(" "))).collect()
}

/// The pronunciations of what [`say`] gave for the word at `at`, the likeliest first.
pub(super) fn pronunciations(ways: &[String], tokens: &[Token<'_>], at: usize) -> Vec<Vec<RawPhone>> {
    let mut found: Vec<Sounds> = Vec::new();
    for way in ways.iter().take(MOST_WAYS) {
        for sounds in of_way(way, tokens, at) {
            if found.len() < MOST_VARIANTS && !sounds.is_empty() && !found.contains(&sounds) {
                found.push(sounds);
            }
        }
    }
    found.iter().map(|sounds| phones::to_ipa(sounds)).collect()
}

/// The pronunciations of words as [`say`] gives them, without any text around them.
pub(super) fn of_words(words: &str) -> Vec<Vec<RawPhone>> {
    pronunciations(&[words.to_owned()], &[], 0)
}

/// Words one after the other: all combinations of their variants, as far as they may be.
fn of_way(way: &str, tokens: &[Token<'_>], at: usize) -> Vec<Sounds> {
    let mut all: Vec<Sounds> = vec![Vec::new()];
    let several = way.contains(' ');
    for name in way.split(' ').filter(|name| !name.is_empty()) {
        let mut variants = word::variants(name);
        if !several {
            heteronyms::order(name, &mut variants, tokens, at);
        }
        if variants.is_empty() {
            continue;
        }
        let room = (MOST_VARIANTS / all.len()).max(1);
        variants.truncate(room);
        all = all
            .iter()
            .flat_map(|head| variants.iter().map(move |tail| [head.as_slice(), tail.as_slice()].concat()))
            .collect();
    }
    all.retain(|sounds| !sounds.is_empty());
    all
}
