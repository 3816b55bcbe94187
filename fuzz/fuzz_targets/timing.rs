//! Every timing format's reader, whatever the bytes look like: no input panics, and a timeline that is taken is right, is
//! written and read again as it is, and goes through every writer into a file that its reader takes.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::script::Timeline;
use rhetor::script::foreign::{self, FORMATS, Options};

fuzz_target!(|bytes: &[u8]| {
    // The first byte names the reader; one that names none leaves it to the content.
    let Some((first, bytes)) = bytes.split_first() else { return };
    let options = Options { from: FORMATS.get(usize::from(*first)), ..Options::default() };
    let Ok((timeline, _)) = foreign::read_as(bytes, "fuzz", &options) else { return };
    assert!(timeline.validate().is_ok());
    let (again, _) = Timeline::from_json(&timeline.to_json(), "fuzz").expect("own output is read");
    assert_eq!(again, timeline);
    for format in FORMATS {
        let options = Options { from: Some(format), ..Options::default() };
        if let Ok((text, _)) = foreign::write(&timeline, format, &options) {
            _ = foreign::read_as(text.as_bytes(), "fuzz", &options);
        }
    }
});
