//! The timeline's own file: no input panics, and what is taken is written as a file that is read as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::script::Timeline;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok((timeline, _)) = Timeline::from_json(text, "fuzz") else { return };
    assert!(timeline.validate().is_ok());
    let json = timeline.to_json();
    let (again, _) = Timeline::from_json(&json, "fuzz").expect("own output is read");
    assert_eq!(again, timeline);
    assert_eq!(again.to_json(), json);
});
