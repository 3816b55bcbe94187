//! Packs dictionaries and trains the letter-to-sound model; see README.md beside it.

mod align;
mod bits;
mod cmudict;
mod english;
mod mandarin;
mod ngram;

use std::error::Error;
use std::fs;

/// One word in twenty is kept out of training: FNV-1a of its letters.
fn is_held_out(word: &str) -> bool {
    let hash = |h: u32, b: u8| (h ^ u32::from(b)).wrapping_mul(0x0100_0193);
    word.bytes().fold(0x811C_9DC5, hash) % 20 == 0
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["english", dictionary, out] => {
            let words = cmudict::read(&fs::read_to_string(dictionary)?);
            fs::write(out, english::pack(&words)?)?;
        }
        ["letters", dictionary, out] => {
            let words = cmudict::read(&fs::read_to_string(dictionary)?);
            let is_plain = |word: &str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
            let training: std::collections::BTreeMap<_, _> =
                words.into_iter().filter(|(word, _)| is_plain(word) && !is_held_out(word)).collect();
            let sequences = align::graphones(&training);
            fs::write(out, ngram::train(&sequences)?)?;
        }
        ["mandarin", readings, words, out] => {
            let packed = mandarin::pack(&fs::read_to_string(readings)?, &fs::read_to_string(words)?)?;
            fs::write(out, packed)?;
        }
        _ => return Err("english CMUDICT OUT | letters CMUDICT OUT | mandarin READINGS WORDS OUT".into()),
    }
    Ok(())
}
