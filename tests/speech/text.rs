//! Text → phones from outside: tables of what is said, mixed languages, any text at all.

use proptest::prelude::*;
use rhetor::script::words;
use rhetor::speech::text::{Lexicon, Pronounced, pronounce, spoken};
use rhetor::vocabulary::Phone;

/// Rows of a text and what is said for it; all wrong ones are shown at once.
fn check(table: &str, language: &str, least: usize) {
    let rows: Vec<(&str, &str)> =
        table.lines().filter(|l| !l.starts_with('#')).filter_map(|l| l.split_once('\t')).collect();
    assert!(rows.len() >= least, "{} rows", rows.len());
    let said = |text: &str| {
        let words = spoken(text, language);
        assert_eq!(words.len(), words::split(text).len(), "{text}");
        words.iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    };
    let wrong: Vec<String> = rows
        .iter()
        .filter(|(text, expected)| said(text) != *expected)
        .map(|(text, expected)| format!("{text}\n    said      {}\n    should be {expected}", said(text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows are wrong:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn english_is_said_as_the_table_tells() {
    check(include_str!("../fixtures/text/said.en.tsv"), "en", 200);
}

#[test]
fn chinese_is_said_as_the_table_tells() {
    check(include_str!("../fixtures/text/said.zh.tsv"), "zh", 100);
}

fn first(word: &Pronounced) -> String {
    word.variants
        .first()
        .map_or(String::new(), |v| v.iter().map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" "))
}

fn read(text: &str, language: &str) -> Vec<String> {
    pronounce(text, language, &Lexicon::default()).iter().map(first).collect()
}

#[test]
fn languages_mix_in_one_text() {
    assert_eq!(read("大家好，welcome", "zh"), ["t a", "tɕ j a", "x ɑu", "w ɛ l k ə m"]);
    assert_eq!(read("ni3 hao3", "zh"), ["n i", "x ɑu"]);
    assert_eq!(read("say 你好", "en"), ["s eɪ", "n i", "x ɑu"]);
    assert_eq!(read("さくら says hi", "en").last().unwrap(), "h aɪ");
    assert_eq!(read("hola", "es"), ["o l a"]);
    assert_eq!(read("25 % de", "fr")[1], read("de", "fr")[0]);
    assert_eq!(read("25 %", "de"), [read("fünfundzwanzig prozent", "de").join(" ")]);
}

#[test]
fn a_word_that_speaks_as_several_is_one_entry() {
    let words = pronounce("In 2026, $5", "en", &Lexicon::default());
    assert_eq!(words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["In", "2026", "5"]);
    assert_eq!(first(&words[1]), "t w ɛ n t i t w ɛ n t i s ɪ k s");
    assert_eq!(first(&words[2]), "f aɪ v d ɑ l ɚ z");
    assert!(words[1].variants.len() > 1, "a year has other readings");
}

#[test]
fn nothing_is_said_for_no_words() {
    for text in ["", "   ", "🙂", "🎉🎉 👩‍👩‍👧", "… — !", "🅰️", "っ"] {
        assert!(pronounce(text, "en", &Lexicon::default()).iter().all(|w| w.variants.is_empty()), "{text}");
    }
}

#[test]
fn a_lexicon_comes_before_all_else() {
    let lexicon = Lexicon::parse("hello\tˈɛ l o\n你好\tni1 hao1\n", "my.lexicon").unwrap();
    let words = pronounce("Hello 你好", "en", &lexicon);
    assert_eq!(first(&words[0]), "ɛ l o");
    assert_eq!(words[2].variants[0].iter().map(|p| p.tone).max(), Some(1));
}

fn holds(text: &str, language: &str) {
    let lexicon = Lexicon::default();
    let read = pronounce(text, language, &lexicon);
    let ranges = words::split(text);
    assert_eq!(read.len(), ranges.len());
    for (word, range) in read.iter().zip(ranges) {
        assert_eq!(word.text, &text[range]);
        for phone in word.variants.iter().flatten() {
            assert!(Phone::from_ipa(&phone.ipa).is_some(), "{} of {text:?}", phone.ipa);
            assert!(phone.stress <= 2 && phone.tone <= 5);
        }
        assert!(word.variants.iter().all(|v| !v.is_empty()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_has_an_entry_for_each_word(text in "\\PC{0,60}", which in 0_usize..8) {
        let languages = ["en", "zh", "es", "de", "fr", "ja", "cs", ""];
        holds(&text, languages[which]);
    }

    #[test]
    fn figures_and_signs_are_no_danger(text in "[0-9a-zA-Z$€%.,:/'°+# \\-一不年月点第]{0,30}", which in 0_usize..6) {
        let languages = ["en", "zh", "es", "de", "fr", "ja"];
        holds(&text, languages[which]);
    }
}

#[test]
fn long_words_and_texts_end() {
    let words = [
        "a".repeat(100_000),
        "9".repeat(100_000),
        "1-".repeat(50_000),
        "汉".repeat(20_000),
        "M".repeat(5_000),
        "ば".repeat(5_000),
    ];
    for text in &words {
        for language in ["en", "zh", "es", "de", "fr", "ja"] {
            assert_eq!(pronounce(text, language, &Lexicon::default()).len(), words::split(text).len());
        }
    }
}
