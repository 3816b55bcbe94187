//! An avatar's own file with one more animation; everything else in it stays as it was.
//!
//! Of the file it changes the length of its buffer, and nodes that state their place as a matrix, which no animation may move.

use super::appended::Document;
use super::binary::{Parts, glb};
use crate::avatar::{Avatar, Clip};
use crate::diagnostic::Diagnostic;
use crate::host::base64;
use crate::import::parts;
use serde_json::{Value, json};

/// The file `bytes` (a `.glb` or `.vrm`, or a `.gltf` that holds all its data), which `avatar` was imported from, as a binary
/// glTF with `clip` as its last animation; `name` is for messages. `disclosure` stands in the animation's extras.
///
/// # Errors
/// The file refers to other files, is broken, or would be too large; the clip moves nothing.
pub fn with_clip(
    bytes: &[u8],
    name: &str,
    avatar: &Avatar,
    clip: &Clip,
    disclosure: &str,
) -> Result<Vec<u8>, Diagnostic> {
    let (json, binary) = parts(bytes, name)?;
    let mut document = Document::read(json, name)?;
    for key in ["buffers", "images"] {
        if let Some(file) = document.other_file(key)? {
            let message = format!("it refers to another file, '{file}', which would not go with it");
            return Err(Diagnostic::error(name, message)
                .help("save the avatar as one .glb, and name that with --avatar"));
        }
    }
    if clip.channels.is_empty() {
        return Err(Diagnostic::error(name, "the performance moves nothing of it")
            .help("`rhetor inspect` says what the avatar lacks"));
    }
    let mut buffers = document.list("buffers")?;
    let has_own = |entry: &serde_json::value::RawValue| !entry.get().contains("\"uri\"");
    let binary = binary.filter(|_| buffers.first().is_some_and(|entry| has_own(entry)));
    let mut data = binary.unwrap_or_default().to_vec();
    data.resize(data.len().next_multiple_of(4), 0);
    // A chunk stands for the first buffer: data of a file without one goes into a text.
    let is_text = binary.is_none() && !buffers.is_empty();
    let mut new = Parts {
        buffer: if is_text { buffers.len() } else { 0 },
        start: data.len(),
        first_view: document.list("bufferViews")?.len(),
        first_accessor: document.list("accessors")?.len(),
        ..Parts::default()
    };
    let place = |node: usize| avatar.file_nodes.get(node).copied();
    let animation = new.animation((&clip.name, disclosure), &clip.channels, place);
    if is_text {
        let uri = format!("data:application/octet-stream;base64,{}", base64(&new.bytes));
        document.append("buffers", &[json!({ "byteLength": new.bytes.len(), "uri": uri })])?;
    } else {
        data.extend_from_slice(&new.bytes);
        match buffers.first_mut() {
            Some(first) => {
                document.change(first, |members| {
                    members.insert("byteLength".to_owned(), data.len().into());
                    true
                })?;
                document.put("buffers", &buffers)?;
            }
            None => document.append("buffers", &[json!({ "byteLength": data.len() })])?,
        }
    }
    document.append("bufferViews", &new.views)?;
    document.append("accessors", &new.accessors)?;
    document.append("animations", &[animation])?;
    free_of_matrices(&mut document, avatar, clip)?;
    glb(&document.into_json()?, &data)
}

/// Nodes that are moved say their place as translation, rotation and scale.
fn free_of_matrices(document: &mut Document<'_>, avatar: &Avatar, clip: &Clip) -> Result<(), Diagnostic> {
    let mut nodes = document.list("nodes")?;
    for curve in &clip.channels {
        let Some((node, number)) = avatar.nodes.get(curve.node).zip(avatar.file_nodes.get(curve.node)) else {
            continue;
        };
        let Some(entry) = nodes.get_mut(*number).filter(|entry| entry.get().contains("\"matrix\"")) else {
            continue;
        };
        document.change(entry, |members| {
            let had = members.remove("matrix").is_some();
            let own = [
                ("translation", json!(node.local.translation.to_array())),
                ("rotation", json!(node.local.rotation.normalize().to_array())),
                ("scale", json!(node.local.scale.to_array())),
            ];
            members.extend(
                own.into_iter().filter(|_| had).map(|(key, value): (&str, Value)| (key.to_owned(), value)),
            );
            had
        })?;
    }
    document.put("nodes", &nodes)
}
