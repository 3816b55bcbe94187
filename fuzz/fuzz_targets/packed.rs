//! Packed parts on their own, so that mutations reach the decoders: the first byte says what the others are in a file
//! that is otherwise whole. Nothing may panic past the import, hang, or take unbounded memory.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::import::{Limits, Options, import_within};
use rhetor::source::NoSource;
use std::sync::Once;

/// Modes and filters of a packed view.
const VIEWS: [(&str, &str); 6] = [
    ("ATTRIBUTES", "NONE"),
    ("ATTRIBUTES", "OCTAHEDRAL"),
    ("ATTRIBUTES", "EXPONENTIAL"),
    ("ATTRIBUTES", "COLOR"),
    ("TRIANGLES", "NONE"),
    ("INDICES", "NONE"),
];

fn wrapped(kind: u8, payload: &[u8]) -> Vec<u8> {
    let length = payload.len();
    let head = format!(
        r#""asset":{{"version":"2.0"}},"nodes":[{{"mesh":0}}],"buffers":[{{"byteLength":{length}}},{{"byteLength":4096,"extensions":{{"EXT_meshopt_compression":{{"fallback":true}}}}}}]"#
    );
    let view = format!(r#""buffer":0,"byteLength":{length}"#);
    let json = match kind {
        0 => format!(
            r#"{{{head},"bufferViews":[{{{view}}}],"accessors":[{{"componentType":5126,"count":36,"type":"VEC3"}},{{"componentType":5123,"count":150,"type":"SCALAR"}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}},"indices":1,"extensions":{{"KHR_draco_mesh_compression":{{"bufferView":0,"attributes":{{"POSITION":0}}}}}}}}]}}]}}"#
        ),
        1 => format!(
            r#"{{{head},"bufferViews":[{{{view}}}],"accessors":[{{"componentType":5126,"count":3,"type":"VEC3"}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}},"material":0}}]}}],"materials":[{{"emissiveTexture":{{"index":0}}}}],"textures":[{{"source":0}}],"images":[{{"bufferView":0}}]}}"#
        ),
        other => {
            let (mode, filter) = VIEWS[usize::from(other) % VIEWS.len()];
            let (stride, count) = if mode == "ATTRIBUTES" { (8, 36) } else { (2, 150) };
            let bytes = stride * count;
            format!(
                r#"{{{head},"bufferViews":[{{"buffer":1,"byteLength":{bytes},"byteStride":{stride},"extensions":{{"EXT_meshopt_compression":{{{view},"byteStride":{stride},"count":{count},"mode":"{mode}","filter":"{filter}"}}}}}}],"accessors":[{{"bufferView":0,"componentType":5122,"count":36,"type":"VEC3"}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":0}}}}]}}]}}"#
            )
        }
    };
    let mut json = json.into_bytes();
    json.resize(json.len().next_multiple_of(4), b' ');
    let total = 12 + 8 + json.len() + 8 + length;
    let mut out = b"glTF\x02\0\0\0".to_vec();
    out.extend((total as u32).to_le_bytes());
    out.extend((json.len() as u32).to_le_bytes());
    out.extend(b"JSON");
    out.extend(json);
    out.extend((length as u32).to_le_bytes());
    out.extend(b"BIN\0");
    out.extend(payload);
    out
}

/// Decoders of others may panic, and the import catches it; what gets past it still ends the run.
static QUIET: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let Some((kind, payload)) = bytes.split_first() else { return };
    let limits = Limits { geometry_bytes: 1 << 26, picture_bytes: 1 << 26, ..Limits::default() };
    _ = import_within(&wrapped(*kind, payload), "fuzz.glb", &NoSource, Options::default(), limits);
});
