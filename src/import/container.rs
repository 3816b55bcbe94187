//! The file's outer shape: binary glTF (glTF 2.0 section 4.4) or plain JSON, split into JSON and binary chunk.
//!
//! It looks into neither.

use super::conformance;
use super::context::Notes;
use super::extensions::khr_animation_pointer;
use crate::diagnostic::{Diagnostic, Position};
use gltf::json::Root;
use serde_json::Value;

const HEADER: usize = 12;
const CHUNK_HEADER: usize = 8;
const JSON: u32 = 0x4E4F_534A;
const BIN: u32 = 0x004E_4942;

/// A parsed document and its binary chunk, if it has one.
pub(super) struct Container<'a> {
    pub(super) root: Root,
    pub(super) binary: Option<&'a [u8]>,
    /// What was left out to make a document of it.
    pub(super) notes: Notes,
}

/// The JSON of a `.glb`, `.vrm` or `.gltf` and its binary chunk, if it has one, neither looked into; `name` is for messages.
///
/// # Errors
/// The file is none of these, or is cut off.
pub fn parts<'a>(bytes: &'a [u8], name: &str) -> Result<(&'a [u8], Option<&'a [u8]>), Diagnostic> {
    if bytes.starts_with(b"glTF") { split(bytes, name) } else { Ok((plain_json(bytes, name)?, None)) }
}

/// Splits and parses `bytes`.
pub(super) fn open<'a>(bytes: &'a [u8], name: &str) -> Result<Container<'a>, Diagnostic> {
    if bytes.is_empty() {
        return Err(Diagnostic::error(name, "the file is empty").help("copy or export it again"));
    }
    let (json, binary) = parts(bytes, name)?;
    let mut notes = Notes::default();
    let (faults, root) = rayon::join(|| conformance::faults_of_text(json), || parse(json, &mut notes));
    let root = root.map_err(|e| {
        let error = Diagnostic::error(name, format!("not valid glTF: {e}"));
        // Lines and columns help only where a person can open the text.
        if binary.is_none() && e.line() > 0 && !bytes.starts_with(b"glTF") {
            error.at_position(Position { line: e.line() as u32, column: e.column() as u32 })
        } else {
            error
        }
    })?;
    let version = root.asset.min_version.as_deref().unwrap_or(&root.asset.version);
    if !version.starts_with("2.") {
        return Err(Diagnostic::error(name, format!("glTF version {version} cannot be read, only 2.x"))
            .help("export the avatar as glTF 2.0"));
    }
    faults.told(&root).into_iter().for_each(|fault| notes.advise(fault, conformance::HELP));
    Ok(Container { root, binary, notes })
}

/// The document. Curves without a node and scenes without any, which glTF allows, are what a valid one can fail by.
fn parse(json: &[u8], notes: &mut Notes) -> Result<Root, serde_json::Error> {
    let error = match Root::from_slice(json) {
        Ok(root) => return Ok(root),
        Err(error) => error,
    };
    let Ok(mut document) = serde_json::from_slice::<Value>(json) else { return Err(error) };
    let left_out = khr_animation_pointer::resolve_all(&mut document);
    let scenes = document.get_mut("scenes").and_then(Value::as_array_mut);
    for scene in scenes.into_iter().flatten().filter_map(Value::as_object_mut) {
        scene.entry("nodes").or_insert_with(|| Value::Array(Vec::new()));
    }
    let root: Root = serde_json::from_value(document).map_err(|_| error)?;
    if left_out > 0 {
        notes.add(format!("{left_out} animation curves move what is not animated here and were left out"));
    }
    Ok(root)
}

fn plain_json<'a>(bytes: &'a [u8], name: &str) -> Result<&'a [u8], Diagnostic> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match text.iter().find(|b| !b.is_ascii_whitespace()) {
        Some(b'{') => Ok(text),
        _ => Err(Diagnostic::error(name, "not a glTF file: it starts neither with 'glTF' nor with '{'")
            .help("export the avatar as .glb, .gltf or .vrm")),
    }
}

/// JSON chunk and binary chunk of a GLB.
fn split<'a>(bytes: &'a [u8], name: &str) -> Result<(&'a [u8], Option<&'a [u8]>), Diagnostic> {
    let cut_off = |needed: u64| {
        let message = format!("the file is cut off: {} of {needed} bytes are there", bytes.len());
        Diagnostic::error(name, message).help("copy or download it again")
    };
    let version = word(bytes, 4).ok_or_else(|| cut_off(HEADER as u64))?;
    let length = word(bytes, 8).ok_or_else(|| cut_off(HEADER as u64))?;
    if version != 2 {
        let message = format!("binary glTF version {version} cannot be read, only 2");
        return Err(Diagnostic::error(name, message).help("export the avatar as glTF 2.0"));
    }
    let whole = bytes.get(..length as usize).ok_or_else(|| cut_off(u64::from(length)))?;
    let mut json = None;
    let mut binary = None;
    let mut at = HEADER;
    while let (Some(size), Some(kind)) = (word(whole, at), word(whole, at + 4)) {
        let start = at + CHUNK_HEADER;
        let end = start.saturating_add(size as usize);
        let chunk = whole.get(start..end).ok_or_else(|| {
            let message = format!("a chunk of {size} bytes reaches past the end of the file");
            Diagnostic::error(name, message).help("copy or export it again")
        })?;
        match kind {
            JSON if json.is_none() => json = Some(chunk),
            BIN if binary.is_none() => binary = Some(chunk),
            _ => {}
        }
        at = end;
    }
    let json = json.ok_or_else(|| {
        Diagnostic::error(name, "a binary glTF file without a JSON chunk").help("copy or export it again")
    })?;
    Ok((json, binary))
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(word.try_into().ok()?))
}
