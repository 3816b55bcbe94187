//! Text → phones: every word of a text with its likely pronunciations.
//!
//! Numbers, dates, abbreviations and symbols are read as a speaker would. English, Mandarin, Spanish, German, French and
//! Japanese kana are known here; words of other languages go to a [`Reader`] that the caller hands in. Dictionaries are
//! embedded and searched where they lie; nothing here starts a program or opens a file.

mod alphabet;
mod bits;
mod english;
mod fold;
mod french;
mod german;
mod japanese;
mod lexicon;
mod mandarin;
mod rules;
mod spanish;
mod token;
mod tongue;
mod width;

pub use self::lexicon::Lexicon;
use self::token::Token;
use self::tongue::Tongue;
use super::pinyin;
use super::utterance::RawPhone;

/// A word of a text with its pronunciations.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pronounced {
    /// The word as written.
    pub text: String,
    /// The likeliest first. What speaks as several words ("2026") has the phones of all of them in each. Empty where
    /// nothing is spoken, and for scripts and languages that nobody here can read.
    pub variants: Vec<Vec<RawPhone>>,
}

/// Reads words of languages that are not built in.
pub trait Reader {
    /// The phones of each of `words`, in order, one list for each; an empty list for a word it cannot read.
    fn read(&self, words: &[&str], language: &str) -> Vec<Vec<RawPhone>>;
}

/// The pronunciations of every word of `text`, as [`crate::script::words::split`] splits it. `language` is a tag such as `en-US`
/// or `zh`; entries of `lexicon` come before all else. Words of languages that are not built in are read letter by letter where
/// their letters have one usual sound, and have no variants else.
pub fn pronounce(text: &str, language: &str, lexicon: &Lexicon) -> Vec<Pronounced> {
    pronounce_with(text, language, lexicon, None)
}

/// Like [`pronounce`], with a reader for all that is not built in.
pub fn pronounce_with(
    text: &str,
    language: &str,
    lexicon: &Lexicon,
    reader: Option<&dyn Reader>,
) -> Vec<Pronounced> {
    let written = token::tokens(text);
    let widths: Vec<[String; 3]> = written.iter().map(width::narrow).collect();
    let tokens: Vec<Token<'_>> =
        widths.iter().map(|[text, before, after]| Token { text, before, after }).collect();
    let tongues = tongue::of_words(&tokens, language);
    let mut variants = read_mandarin(&tokens, &tongues);
    variants.resize(tokens.len(), Vec::new());
    let mut unread: Vec<usize> = Vec::new();
    for (at, slot) in variants.iter_mut().enumerate() {
        let tongue = tongues.get(at).copied().unwrap_or(Tongue::Other);
        let word = tokens.get(at).map_or("", |token| token.text);
        let said = || say(&tokens, &tongues, at);
        *slot = match tongue {
            Tongue::Mandarin => std::mem::take(slot),
            Tongue::Pinyin => pinyin::read(word).into_iter().collect(),
            Tongue::English => english::pronunciations(&said(), &tokens, at),
            Tongue::Spanish => by_rules(&said(), spanish::read),
            Tongue::German => by_rules(&said(), german::read),
            Tongue::French => by_rules(&said(), french::read),
            Tongue::Japanese => japanese::pronunciations(&said(), &tokens, at),
            Tongue::Other => Vec::new(),
        };
        slot.retain(|phones| !phones.is_empty());
        if slot.is_empty() && word.chars().any(char::is_alphanumeric) {
            unread.push(at);
        }
    }
    read_rest(&unread, &tokens, language, reader, &mut variants);
    let mut at = 0;
    while at < tokens.len() {
        let own = if lexicon.is_empty() { None } else { lexicon.find(&tokens, at) };
        let own = own.unwrap_or_default();
        for (place, phones) in own.iter().enumerate() {
            if let Some(slot) = variants.get_mut(at + place) {
                slot.clone_from(phones);
            }
        }
        at += own.len().max(1);
    }
    let pronounced =
        |(token, variants): (&Token<'_>, Vec<_>)| Pronounced { text: token.text.to_owned(), variants };
    written.iter().zip(variants).map(pronounced).collect()
}

/// What is said for every word of `text`, in words: `$5` as "five dollars". Names of letters stand as capitals; Mandarin
/// stands in characters. One entry for each word; a word of a language that is not built in stands as it is.
pub fn spoken(text: &str, language: &str) -> Vec<String> {
    let written = token::tokens(text);
    let widths: Vec<[String; 3]> = written.iter().map(width::narrow).collect();
    let tokens: Vec<Token<'_>> =
        widths.iter().map(|[text, before, after]| Token { text, before, after }).collect();
    let tongues = tongue::of_words(&tokens, language);
    (0..tokens.len()).map(|at| say(&tokens, &tongues, at).into_iter().next().unwrap_or_default()).collect()
}

/// All ways to say a word, the likeliest first.
fn say(tokens: &[Token<'_>], tongues: &[Tongue], at: usize) -> Vec<String> {
    let as_written = || tokens.get(at).map(|token| vec![token.text.to_owned()]).unwrap_or_default();
    match tongues.get(at) {
        Some(Tongue::English) => english::say(tokens, at),
        Some(Tongue::Mandarin) => mandarin::say(tokens, at).unwrap_or_else(as_written),
        Some(Tongue::Spanish) => rules::say(tokens, at, &spanish::NUMBERS),
        Some(Tongue::German) => rules::say(tokens, at, &german::NUMBERS),
        Some(Tongue::French) => rules::say(tokens, at, &french::NUMBERS),
        Some(Tongue::Japanese) => japanese::say(tokens, at),
        _ => as_written(),
    }
}

/// The pronunciations of all ways to say a word, each read by `read`.
fn by_rules(ways: &[String], read: fn(&str) -> Vec<RawPhone>) -> Vec<Vec<RawPhone>> {
    let mut found: Vec<Vec<RawPhone>> = Vec::new();
    for way in ways {
        let phones: Vec<RawPhone> = way.split(' ').flat_map(read).collect();
        if !phones.is_empty() && !found.contains(&phones) {
            found.push(phones);
        }
    }
    found
}

/// Mandarin words between pauses are read together: tones and words reach over them.
fn read_mandarin(tokens: &[Token<'_>], tongues: &[Tongue]) -> Vec<Vec<Vec<RawPhone>>> {
    let mut variants: Vec<Vec<Vec<RawPhone>>> = Vec::with_capacity(tokens.len());
    let mut run: Vec<Vec<String>> = Vec::new();
    for (at, (token, tongue)) in tokens.iter().zip(tongues).enumerate() {
        let pauses = token
            .before
            .contains(['，', '。', '！', '？', '；', '：', ',', '.', '!', '?', ';', '\n', '—', '…', '、']);
        if *tongue != Tongue::Mandarin || pauses {
            close_run(&mut run, &mut variants);
        }
        if *tongue == Tongue::Mandarin {
            run.push(say(tokens, tongues, at));
        } else {
            variants.push(Vec::new());
        }
    }
    close_run(&mut run, &mut variants);
    variants
}

fn close_run(run: &mut Vec<Vec<String>>, variants: &mut Vec<Vec<Vec<RawPhone>>>) {
    let firsts: Vec<&str> = run.iter().map(|ways| ways.first().map_or("", String::as_str)).collect();
    for (ways, phones) in run.iter().zip(mandarin::read(&firsts)) {
        let first = ways.first().map_or("", String::as_str);
        let mut of_word = vec![if has_latin(first) { mixed(first) } else { phones }];
        for way in ways.iter().skip(1) {
            let other = if has_latin(way) { mixed(way) } else { mandarin::read(&[way.as_str()]).concat() };
            if !of_word.contains(&other) {
                of_word.push(other);
            }
        }
        of_word.retain(|phones| !phones.is_empty());
        variants.push(of_word);
    }
    run.clear();
}

fn has_latin(way: &str) -> bool {
    way.contains(|c: char| c.is_ascii_alphabetic())
}

/// Characters with names of Latin letters and English words among them.
fn mixed(way: &str) -> Vec<RawPhone> {
    let mut phones = Vec::new();
    let mut rest = way;
    while let Some(first) = rest.chars().next() {
        let is_latin = first.is_ascii_alphabetic();
        let end = rest.find(|c: char| c.is_ascii_alphabetic() != is_latin || c == ' ').unwrap_or(rest.len());
        let (part, tail) = rest.split_at_checked(end.max(first.len_utf8())).unwrap_or((rest, ""));
        rest = tail;
        if is_latin {
            phones.extend(english::of_words(part).into_iter().next().unwrap_or_default());
        } else {
            phones.append(&mut mandarin::read(&[part]).concat());
        }
    }
    phones
}

/// Words that nothing built in could read: by the caller's reader, else by the usual sounds of their letters.
fn read_rest(
    unread: &[usize],
    tokens: &[Token<'_>],
    language: &str,
    reader: Option<&dyn Reader>,
    variants: &mut [Vec<Vec<RawPhone>>],
) {
    let words: Vec<&str> = unread.iter().filter_map(|at| tokens.get(*at)).map(|token| token.text).collect();
    if words.is_empty() {
        return;
    }
    let mut read = reader.map(|reader| reader.read(&words, language)).unwrap_or_default();
    read.resize(words.len(), Vec::new());
    for ((at, word), mut phones) in unread.iter().zip(words).zip(read) {
        if phones.is_empty() {
            phones = alphabet::read(word);
        }
        if let Some(slot) = variants.get_mut(*at).filter(|_| !phones.is_empty()) {
            *slot = vec![phones];
        }
    }
}
