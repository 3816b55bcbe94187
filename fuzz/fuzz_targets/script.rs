//! Scripts and plain texts: no input panics, and the pieces of every line lie in its text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::script::Script;
use rhetor::script::foreign;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = foreign::decode(bytes) else { return };
    for script in
        [Script::from_toml(&text, "fuzz").ok().map(|(s, _)| s), Script::from_plain_text(&text, "fuzz").ok()]
    {
        for line in script.iter().flat_map(|script| &script.lines) {
            assert!(line.pieces().iter().all(|piece| line.spoken.get(piece.text.clone()).is_some()));
        }
    }
});
