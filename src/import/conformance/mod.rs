//! What the specification forbids and this import reads nevertheless: said, so that the author can mend it.
//!
//! Each kind of fault is told once, with how many there are. Faults that leave nothing to read are errors elsewhere.

mod bounds;
mod looks;
mod meshes;
mod numbers;
mod scene;
mod text;

pub(super) use text::faults_of_text;

use super::context::{Context, Notes};

/// What a person can do about faults that cost nothing here.
pub(super) const HELP: &str =
    "other programs may refuse the file; a newer version of the tool that wrote it may do better";

/// Takes how many there are of a fault, and what it is.
type Tell<'a> = &'a mut dyn FnMut(usize, &str);

/// Notes the faults of a document.
pub(super) fn check(context: &Context<'_>, notes: &mut Notes) {
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.advise(format!("{count} {what}"), HELP);
        }
    };
    numbers::check(context, &mut tell);
    meshes::check(context, &mut tell);
    scene::check(context, &mut tell);
    looks::check(context, &mut tell);
}
