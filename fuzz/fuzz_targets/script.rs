//! Everything that reads text: no input panics, and a timeline that is taken is written and read again as it is.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::script::foreign::{self, Output};
use rhetor::script::{Script, Timeline};

fuzz_target!(|bytes: &[u8]| {
    if let Ok((timeline, _)) = foreign::to_timeline(bytes, "fuzz") {
        let (again, _) = Timeline::from_json(&timeline.to_json(), "fuzz").expect("own output is read");
        assert_eq!(again, timeline);
        for output in [Output::RhubarbTsv, Output::TextGrid, Output::Srt, Output::Vtt] {
            _ = foreign::write(&timeline, output);
        }
    }
    let Ok(text) = foreign::decode(bytes) else { return };
    _ = Timeline::from_json(&text, "fuzz");
    for script in
        [Script::from_toml(&text, "fuzz").ok().map(|(s, _)| s), Script::from_plain_text(&text, "fuzz").ok()]
    {
        for line in script.iter().flat_map(|script| &script.lines) {
            assert!(line.pieces().iter().all(|piece| line.spoken.get(piece.text.clone()).is_some()));
        }
    }
});
