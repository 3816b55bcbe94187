//! The letter model against dictionary entries that it was not trained on.

use super::super::dictionary::Dictionary;
use super::*;

/// One word in twenty is kept out of training: FNV-1a of its letters, as in `tools/lexicon`.
fn is_held_out(word: &str) -> bool {
    let hash = |h: u32, b: u8| (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    word.bytes().fold(0x811C_9DC5, hash) % 20 == 0
}

fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            row.push((above[j] + usize::from(x != y)).min(above[j + 1] + 1).min(row[j] + 1));
        }
        above = row;
    }
    above[b.len()]
}

#[test]
fn held_out_words_are_read_nearly_right() {
    let model = Model::embedded().unwrap();
    let plain = |phones: &[u8]| phones.iter().map(|p| phones::with_stress(*p, 0)).collect::<Vec<_>>();
    let (mut phones, mut wrong, mut words, mut wrong_words) = (0, 0, 0, 0);
    let entries = Dictionary::embedded().entries();
    let held_out =
        entries.iter().filter(|(w, _)| is_held_out(w) && w.bytes().all(|b| b.is_ascii_lowercase()));
    for (word, variants) in held_out.step_by(if cfg!(debug_assertions) { 8 } else { 1 }) {
        let read = model.read(word).into_iter().next().map_or(Vec::new(), |(_, phones)| plain(&phones));
        let nearest = variants.iter().map(|v| plain(v)).min_by_key(|v| distance(&read, v)).unwrap();
        let distance = distance(&read, &nearest);
        phones += nearest.len();
        wrong += distance;
        words += 1;
        wrong_words += usize::from(distance > 0);
    }
    let (of_phones, of_words) = (wrong as f32 / phones as f32, wrong_words as f32 / words as f32);
    println!(
        "{words} held-out words: {:.1} % of phones, {:.1} % of words wrong",
        of_phones * 100.0,
        of_words * 100.0
    );
    assert!(words > 500 && of_phones < 0.10, "{of_phones}");
}

#[test]
fn any_letters_are_read_and_stressed_once() {
    let model = Model::embedded().unwrap();
    for word in ["rhetor", "zzzz", "a", "bcdfg", &"supercali".repeat(30), "o'brian"] {
        let (_, phones) = model.read(word).into_iter().next().unwrap();
        let stressed = with_one_stress(phones);
        let vowels = stressed.iter().filter(|p| phones::stress(**p).is_some()).count();
        let main = stressed.iter().filter(|p| phones::stress(**p) == Some(1)).count();
        assert_eq!(main, vowels.min(1), "{word}");
    }
    assert!(model.read("").is_empty() && model.read("字12").is_empty());
}
