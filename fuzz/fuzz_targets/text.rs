//! Text to phones in every built-in language, and the user's lexicon: no input panics, every word has its entry.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::script::words;
use rhetor::speech::text::{Lexicon, pronounce};

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let language = ["en", "zh", "es", "de", "fr", "ja", "cs"][usize::from(*first) % 7];
    let lexicon = Lexicon::parse(text, "fuzz").unwrap_or_default();
    let read = pronounce(text, language, &lexicon);
    assert_eq!(read.len(), words::split(text).len());
});
