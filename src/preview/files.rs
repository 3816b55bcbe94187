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

/// The last part of a path.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A request and what stays of what is there.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub(super) request: Request,
    /// What was changed by hand still fits.
    pub(super) keeps_edits: bool,
    /// The same is said: one stays where one is in it.
    pub(super) keeps_time: bool,
}

/// What to open when `file` is dropped while `before` is open with `avatar` in it; `None` for files of no use here.
pub(super) fn dropped(file: &str, before: &Request, avatar: &str) -> Option<Opening> {
    let file = file.to_owned();
    let plain = Request { avatar: None, clip: None, variant: None, camera: None, ..before.clone() };
    let kind = kind(&file)?;
    let (request, keeps_edits) = match kind {
        Kind::Avatar => (Request { input: file, ..plain }, false),
        Kind::Script => (Request { input: file, ..plain }, false),
        Kind::Speech => (Request { input: file, avatar: Some(avatar.to_owned()), ..plain }, true),
        Kind::Motion => (Request { clip: Some(file), ..before.clone() }, true),
        Kind::Environment => (Request { environment: Some(file), ..before.clone() }, true),
    };
    let keeps_time = kind == Kind::Environment;
    Some(Opening { request, keeps_edits, keeps_time })
}
