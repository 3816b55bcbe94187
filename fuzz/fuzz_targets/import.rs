//! An avatar file: no bytes panic, hang or take unbounded memory, and what loads can be rigged and posed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::avatar::deform_cpu;
use rhetor::import::{Options, import};
use rhetor::rig::{Rig, name_faces};
use rhetor::source::NoSource;
use std::sync::Once;

/// Decoders of others may panic, and the import catches it; what gets past it still ends the run.
static QUIET: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
    let Ok(imported) = import(bytes, "fuzz.glb", &NoSource, Options::default()) else { return };
    let mut avatar = imported.avatar;
    name_faces(&mut avatar);
    let rig = Rig::resolve(&avatar);
    _ = rig.report(&avatar);
    let deformed = deform_cpu(&avatar, &avatar.rest_world(), &[]);
    assert!(deformed.iter().all(|part| part.positions.len() == part.normals.len()));
});
