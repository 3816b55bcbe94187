//! Motions by file name: VRM animations, BVH recordings, and the clips of any humanoid's file.

use super::avatars::{Rigged, load_rigged, read_avatar};
use super::{FolderSource, HostError};
use crate::avatar::{Avatar, Motion};
use crate::diagnostic::{Diagnostic, Position};
use crate::import::{Options, import_bvh, is_bvh};
use crate::rig::{Rig, motion_of};
use crate::source::SourceError;
use std::path::{Path, PathBuf};

/// What is tried behind a name without an ending, in this order.
const ENDINGS: &[&str] = &["vrma", "bvh", "glb", "gltf", "vrm"];

/// Loads the motion that a user or a document calls `name`: a file, with or without its ending, and after `#` the name of
/// one of its clips (without one, the first that moves a body). A document's files lie in its folder (`beside`);
/// without one, `name` is a path that the user gave.
///
/// # Errors
/// When there is no such file or clip, or it moves no humanoid.
pub fn load_motion(
    name: &str,
    beside: Option<&FolderSource>,
    allow: &[PathBuf],
) -> Result<Motion, HostError> {
    let (file, clip) = name.split_once('#').map_or((name, None), |(file, clip)| (file, Some(clip)));
    let file = resolve(name, file, beside)?;
    let bytes = read_avatar(&file, beside, allow)?;
    if is_bvh(&bytes) || file.to_ascii_lowercase().ends_with(".bvh") {
        return of_bvh(&bytes, name);
    }
    let options = Options { decode_textures: false };
    let Rigged { imported, rig, .. } = load_rigged(&file, beside, allow, options)?;
    let avatar = imported.avatar;
    let wanted = |own: &str| clip.is_none_or(|clip| own.eq_ignore_ascii_case(clip));
    let mut clips = avatar.clips.iter().filter(|c| wanted(&c.name));
    let found = clips.find_map(|clip| motion_of(&avatar, &rig, clip));
    found.ok_or_else(|| nothing(name, &avatar, clip))
}

/// Whether a file of a document's folder is called `name`, with or without its ending.
pub fn has_motion(name: &str, beside: &FolderSource) -> bool {
    let file = name.split_once('#').map_or(name, |(file, _)| file);
    resolve(name, file, Some(beside)).is_ok()
}

/// The motion of a BVH recording.
fn of_bvh(bytes: &[u8], name: &str) -> Result<Motion, HostError> {
    let avatar = import_bvh(bytes, name)?;
    let rig = Rig::resolve(&avatar);
    let found = avatar.clips.first().and_then(|clip| motion_of(&avatar, &rig, clip));
    found.ok_or_else(|| {
        let line = bytes
            .split(|byte| *byte == b'\n')
            .take_while(|line| !line.trim_ascii().starts_with(b"ROOT"))
            .count();
        let joints: Vec<&str> =
            avatar.nodes.iter().map(|node| node.name.as_str()).filter(|n| !n.is_empty()).collect();
        let some = joints.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        Diagnostic::error(name, format!("its joints are no body that is known: {some}"))
            .at_position(Position { line: line as u32 + 1, column: 1 })
            .help("name the joints as Mixamo, CMU or VRM do: Hips, Spine, LeftArm, LeftUpLeg, …")
            .into()
    })
}

/// The file's name with its ending.
fn resolve(name: &str, file: &str, beside: Option<&FolderSource>) -> Result<String, HostError> {
    let Some(folder) = beside else {
        let help = "name a .vrma or .bvh file, or a .glb with a clip";
        let is_there = Path::new(file).exists();
        return is_there
            .then(|| file.to_owned())
            .ok_or_else(|| HostError::input(name, "no such file").help(help));
    };
    match folder.resolve(file) {
        Ok(_) => Ok(file.to_owned()),
        Err(SourceError::Missing(_)) => {
            let bare = Path::new(file).extension().is_none();
            let mut tried = ENDINGS.iter().filter(|_| bare).map(|ending| format!("{file}.{ending}"));
            let help = "put a .vrma or .bvh file, or a .glb with a clip, beside the speech";
            let missing = || HostError::input(name, "there is no such motion").help(help);
            tried.find(|file| folder.resolve(file).is_ok()).ok_or_else(missing)
        }
        Err(error) => Err(HostError::source(name, &error)),
    }
}

fn nothing(name: &str, avatar: &Avatar, clip: Option<&str>) -> HostError {
    let names: Vec<&str> = avatar.clips.iter().map(|c| c.name.as_str()).filter(|n| !n.is_empty()).collect();
    let list = names.iter().take(20).copied().collect::<Vec<_>>().join(", ");
    let known = clip.is_none_or(|clip| names.iter().any(|n| n.eq_ignore_ascii_case(clip)));
    if avatar.clips.is_empty() {
        return HostError::input(name, "the file has no animation")
            .help("name a .vrma, or a .glb with a clip");
    }
    if !known {
        let error = HostError::input(name, "the file has no clip of that name");
        return if names.is_empty() { error } else { error.help(format!("it has: {list}")) };
    }
    HostError::input(name, "its animation moves no humanoid body, or is longer than can be read")
        .help("name an animation of a rig whose bones have the usual names, or a .vrma")
}
