//! What a file that is dropped on the window is, by its ending.

use crate::production::{Request, is_avatar};
use std::path::Path;

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Somebody else is looked at.
    Avatar,
    /// A speech with a cast of its own.
    Script,
    /// Something that whoever is there says.
    Speech,
    /// The body moves so.
    Motion,
    /// It is all around.
    Environment,
}

const ENDINGS: &[(&[&str], Kind)] = &[
    (&["toml", "json"], Kind::Script),
    (
        &["wav", "flac", "ogg", "oga", "mp3", "txt", "md", "ssml", "srt", "vtt", "textgrid", "lab", "ctm"],
        Kind::Speech,
    ),
    (&["vrma", "bvh"], Kind::Motion),
    (&["hdr", "exr"], Kind::Environment),
];

fn kind(file: &str) -> Option<Kind> {
    if is_avatar(file) {
        return Some(Kind::Avatar);
    }
    let ending = Path::new(file).extension()?.to_string_lossy().to_ascii_lowercase();
    ENDINGS.iter().find(|(endings, _)| endings.contains(&ending.as_str())).map(|&(_, kind)| kind)
}

/// A request and whether what was changed by hand still fits what it opens.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub(super) request: Request,
    pub(super) keeps_edits: bool,
}

/// What to open when `file` is dropped while `before` is open with `avatar` in it; `None` for files of no use here.
pub(super) fn dropped(file: &str, before: &Request, avatar: &str) -> Option<Opening> {
    let file = file.to_owned();
    let plain = Request { avatar: None, clip: None, variant: None, camera: None, ..before.clone() };
    let (request, keeps_edits) = match kind(&file)? {
        Kind::Avatar => (Request { input: file, ..plain }, false),
        Kind::Script => (Request { input: file, ..plain }, false),
        Kind::Speech => (Request { input: file, avatar: Some(avatar.to_owned()), ..plain }, true),
        Kind::Motion => (Request { clip: Some(file), ..before.clone() }, true),
        Kind::Environment => (Request { environment: Some(file), ..before.clone() }, true),
    };
    Some(Opening { request, keeps_edits })
}
