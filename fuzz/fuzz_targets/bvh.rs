//! A BVH recording: no bytes panic, hang or take unbounded memory, and what is read can be made a motion of.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rhetor::import::import_bvh;
use rhetor::rig::{Rig, motion_of};

fuzz_target!(|bytes: &[u8]| {
    let Ok(avatar) = import_bvh(bytes, "fuzz.bvh") else { return };
    let rig = Rig::resolve(&avatar);
    for clip in &avatar.clips {
        if let Some(motion) = motion_of(&avatar, &rig, clip) {
            assert!(motion.bones.iter().all(|(_, track)| track.len() == motion.hips.len()));
        }
    }
});
