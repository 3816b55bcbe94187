//! What a file says about itself: the JSON of a glTF, VRM or VRMA file around a binary part of zeros. Nothing may panic,
//! hang, or take unbounded memory, and what loads can be rigged, retargeted and performed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::import::{Limits, Options, import_within};
use rhetor::perform::{Cast, Performance};
use rhetor::rig::{Rig, name_faces};
use rhetor::script::Timeline;
use rhetor::source::NoSource;
use rhetor::stage::Stage;
use rhetor::time::Time;
use std::sync::{Arc, Once};

/// Decoders of others may panic, and the import catches it; what gets past it still ends the run.
static QUIET: Once = Once::new();

/// The longest binary part that a document is given.
const LONGEST: u64 = 1 << 20;

/// A binary file of that JSON and as many zeros as its first buffer asks for.
fn wrapped(text: &[u8]) -> Option<Vec<u8>> {
    let json: serde_json::Value = serde_json::from_slice(text).ok()?;
    let asked = json.pointer("/buffers/0/byteLength").and_then(serde_json::Value::as_u64);
    let zeros = asked.unwrap_or(0).min(LONGEST).next_multiple_of(4) as usize;
    let padded = text.len().next_multiple_of(4);
    let mut out = b"glTF\x02\0\0\0".to_vec();
    out.extend(((12 + 8 + padded + 8 + zeros) as u32).to_le_bytes());
    out.extend((padded as u32).to_le_bytes());
    out.extend(b"JSON");
    out.extend(text);
    out.resize(20 + padded, b' ');
    out.extend((zeros as u32).to_le_bytes());
    out.extend(b"BIN\0");
    out.resize(out.len() + zeros, 0);
    Some(out)
}

fuzz_target!(|text: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let Some(file) = wrapped(text) else { return };
    let limits = Limits { geometry_bytes: 1 << 24, picture_bytes: 1 << 24, ..Limits::default() };
    let options = Options { decode_textures: false };
    let Ok(imported) = import_within(&file, "fuzz.vrm", &NoSource, options, limits) else { return };
    let mut avatar = imported.avatar;
    name_faces(&mut avatar);
    let rig = Rig::resolve(&avatar);
    _ = rig.report(&avatar);
    let cast = [Cast { avatar: Arc::new(avatar), rig: Arc::new(rig) }];
    let performance =
        Performance::new(&Timeline::default(), &cast, Stage::studio(glam::Vec3::Z, 0.0), None);
    let mut frame = performance.first_frame(1.0);
    for millis in [0, 700, 90_000] {
        performance.evaluate_into(&mut frame, Time::from_millis(millis), 1.0);
    }
});
