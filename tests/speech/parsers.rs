//! What synthesisers print, and spellings, as phones.

use rhetor::speech::{RawPhone, espeak, flite, pinyin, place_words, sentences, word_of_phones};
use rhetor::time::Time;
use rhetor::vocabulary::Phone;

fn ipa(phones: &[RawPhone]) -> Vec<&str> {
    phones.iter().map(|phone| phone.ipa.as_str()).collect()
}

#[test]
fn flite_end_times_become_spans() {
    let printed = "pau:0.218 g:0.280 uh:0.359 d:0.389 pau:0.500 \npau:0.159 sh:0.297 iy:0.395 pau:0.700 \n";
    let phones = flite::parse_timed(printed).unwrap();
    let spans: Vec<_> = phones.iter().map(|p| (p.ipa.as_str(), p.start, p.end)).collect();
    let at = |millis| Time::from_millis(millis);
    assert_eq!(
        spans,
        [
            ("ɡ", at(218), at(280)),
            ("ʊ", at(280), at(359)),
            ("d", at(359), at(389)),
            ("ʃ", at(659), at(797)),
            ("i", at(797), at(895)),
        ]
    );
    for bad in ["g", "g:x", "g:nan", "pau:0.5 g:0.2", "usage: flite TEXT"] {
        assert!(flite::parse_timed(bad).is_err(), "{bad} was taken");
    }
    assert_eq!(flite::parse_plain("pau g uh d pau \n\npau iy pau\n").len(), 2);
}

#[test]
fn every_phone_of_flite_is_in_the_inventory() {
    for name in "aa ae ah ao aw ax ay b ch d dh eh er ey f g hh ih iy jh k l m n ng ow oy p r s sh t th uh uw v w y z zh"
        .split(' ')
    {
        assert!(flite::to_ipa(name).and_then(Phone::from_ipa).is_some(), "{name}");
    }
    assert_eq!(flite::to_ipa("pau"), None);
}

#[test]
fn espeak_clauses_and_stress() {
    let printed = "h_ə_l_ˈoʊ\nw_ˈɜː_l_d (fr)b_ɔ̃(en) p_ˈiː_p_əl\n";
    let clauses = espeak::parse(printed, "");
    assert_eq!(clauses.len(), 2);
    assert_eq!(ipa(&clauses[0]), ["h", "ə", "l", "oʊ"]);
    assert_eq!(ipa(&clauses[1]), ["w", "ɜ", "l", "d", "b", "ɔ", "p", "i", "p", "ə", "l"]);
    assert_eq!(clauses[0][3].stress, 1);
    assert_eq!(clauses[0][1].stress, 0);
}

#[test]
fn espeak_tones_come_from_the_mnemonics() {
    let clauses = espeak::parse(
        "n_ˈiɜ_ χ_ˈɑu2_ s._ˈu5_ tɕh_ˈyæɜ_n_",
        "n_'i35__| X_'Au214__| s._'u51_| tS;h_'yE35_n__|",
    );
    let tones: Vec<(&str, u8)> = clauses[0].iter().map(|p| (p.ipa.as_str(), p.tone)).collect();
    let expected =
        [("n", 0), ("i", 2), ("χ", 0), ("ɑu", 3), ("ʂ", 0), ("u", 4), ("tɕʰ", 0), ("yæ", 2), ("n", 0)];
    assert_eq!(tones, expected);
}

#[test]
fn pinyin_is_read_by_its_rules() {
    for (word, expected, tone) in [
        ("zhuang1", "tʂ w ɑ ŋ", 1),
        ("xue2", "ɕ ɥ ɛ", 2),
        ("lü4", "l y", 4),
        ("lv4", "l y", 4),
        ("shi4", "ʂ ʅ", 4),
        ("zi", "ts ɿ", 5),
        ("yuan2", "ɥ ɛ n", 2),
        ("hǎo", "x ɑu", 3),
        ("er4", "ɚ", 4),
        ("bo1", "p w o", 1),
        ("dui4", "t w ei", 4),
        ("huar1", "x w a ɻ", 1),
    ] {
        let phones = pinyin::read(word).unwrap_or_else(|| panic!("{word} was not read"));
        assert_eq!(ipa(&phones).join(" "), expected, "{word}");
        assert!(phones.iter().any(|p| p.tone == tone), "{word}");
        assert!(phones.iter().all(|p| Phone::from_ipa(&p.ipa).is_some()), "{word}");
    }
    assert_eq!(pinyin::read("shu4zi4").unwrap().len(), 4);
    assert_eq!(pinyin::with_digits("Nǐ").unwrap(), "ni3");
    for other in ["welcome", "你", "x9", "", "3"] {
        assert_eq!(pinyin::read(other), None, "{other} was read");
    }
}

#[test]
fn sentences_end_at_full_stops_only() {
    let parts = |text: &'static str| sentences(text).into_iter().map(|r| &text[r]).collect::<Vec<_>>();
    let text = "Dr. Li paid 3.50 dollars. \"Really?\" she asked. It is 5 p.m. now! Good";
    assert_eq!(
        parts(text),
        ["Dr. Li paid 3.50 dollars.", "\"Really?\" she asked.", "It is 5 p.m. now!", "Good"]
    );
    assert_eq!(parts("你好。欢迎！再见"), ["你好。", "欢迎！", "再见"]);
    assert!(parts(" … !").is_empty());
}

#[test]
fn words_take_the_phones_that_are_theirs() {
    let raw = |list: &str| {
        list.split(' ').map(|ipa| RawPhone { ipa: ipa.to_owned(), ..RawPhone::default() }).collect::<Vec<_>>()
    };
    // "and a warm": reduced vowels, a phone lost, one inserted.
    let expected = [raw("æ n d"), raw("eɪ"), raw("w ɔ ɹ m")];
    assert_eq!(
        word_of_phones(&expected, &["ə", "n", "ə", "w", "ɔ", "ɹ", "ə", "m"]),
        [0, 0, 1, 2, 2, 2, 2, 2]
    );
    assert_eq!(word_of_phones(&[], &["a"]), [0; 0]);
    assert_eq!(word_of_phones(&[raw("a"), raw("b")], &[]), [0; 0]);
}

#[test]
fn every_word_has_a_time_even_without_phones() {
    let range = Time::ZERO..Time::from_millis(300);
    let words = place_words(&["one", "two", "three"], "en", &[], &[], range.clone());
    assert_eq!(words.len(), 3);
    assert_eq!(words[2].end, range.end);
    assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start && pair[0].start < pair[0].end));
}
