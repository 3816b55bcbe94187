//! What conventions call the humanoid bones: Mixamo, Ready Player Me, VRM, Unity, Unreal, `MakeHuman`, Rigify, Character Creator.
//!
//! Names are compared as words without sides, noise and leading zeros; numbers are part of them.

use crate::vocabulary::Bone;

/// Words that say nothing about which bone it is.
pub(super) const NOISE: &[&str] = &[
    "mixamorig",
    "bip",
    "biped",
    "valvebiped",
    "cc",
    "base",
    "def",
    "org",
    "armature",
    "bone",
    "jnt",
    "joint",
    "rig",
    "j",
    "b",
    "c",
    "adj",
    "skel",
    "character",
    "avatar",
    "metarig",
];

/// Noise that brings its own number, as in `Bip001` and `mixamorig1`.
pub(super) const NUMBERED_NOISE: &[&str] = &["mixamorig", "bip"];

/// A bone of the middle and its names, best first.
pub(super) const MIDDLE: &[(Bone, &[&str])] = &[
    (Bone::Hips, &["hips", "hip", "pelvis", "root", "cog"]),
    (Bone::Spine, &["spine", "spine1", "abdomen", "waist", "tummy", "abdomenlower"]),
    (Bone::Chest, &["chest", "spine2", "torso", "chestlower", "ribs"]),
    (Bone::UpperChest, &["upperchest", "spine3", "chestupper"]),
    (Bone::Neck, &["neck", "neck1", "necktwist1", "necklower"]),
    (Bone::Head, &["head", "skull"]),
    (Bone::Jaw, &["jaw", "jawroot", "lowerjaw", "mandible", "jawlower"]),
];

/// A bone of each side and its names, best first.
pub(super) const SIDED: &[(Bone, Bone, &[&str])] = &[
    (Bone::LeftEye, Bone::RightEye, &["eye", "eyeball", "faceeye", "eyejnt", "eye1"]),
    (Bone::LeftUpperLeg, Bone::RightUpperLeg, &["upperleg", "upleg", "thigh", "upperleg1", "thighbend"]),
    (Bone::LeftLowerLeg, Bone::RightLowerLeg, &["lowerleg", "calf", "shin", "lowerleg1", "knee", "leg"]),
    (Bone::LeftFoot, Bone::RightFoot, &["foot", "ankle"]),
    (Bone::LeftToes, Bone::RightToes, &["toes", "toe", "toebase", "ball", "toe1-1"]),
    (Bone::LeftShoulder, Bone::RightShoulder, &["clavicle", "collar", "shoulder"]),
    (
        Bone::LeftUpperArm,
        Bone::RightUpperArm,
        &["upperarm", "arm", "upperarm1", "uparm", "shldrbend", "shldr"],
    ),
    (
        Bone::LeftLowerArm,
        Bone::RightLowerArm,
        &["lowerarm", "forearm", "lowerarm1", "loarm", "forearmbend", "elbow"],
    ),
    (Bone::LeftHand, Bone::RightHand, &["hand", "wrist"]),
];

/// Bones that must hang, near or far, below another to be moved with it.
pub(super) const BELOW: &[(Bone, Bone)] = &[
    (Bone::Jaw, Bone::Head),
    (Bone::LeftEye, Bone::Head),
    (Bone::RightEye, Bone::Head),
    (Bone::LeftLowerArm, Bone::LeftUpperArm),
    (Bone::RightLowerArm, Bone::RightUpperArm),
    (Bone::LeftHand, Bone::LeftLowerArm),
    (Bone::RightHand, Bone::RightLowerArm),
];

/// The three segments of a finger, left and right, and how the names of its joints begin below the hand.
pub(super) const FINGERS: &[([Bone; 3], [Bone; 3], &[&str])] = &[
    (
        [Bone::LeftThumbMetacarpal, Bone::LeftThumbProximal, Bone::LeftThumbDistal],
        [Bone::RightThumbMetacarpal, Bone::RightThumbProximal, Bone::RightThumbDistal],
        &["thumb", "handthumb", "finger1-"],
    ),
    (
        [Bone::LeftIndexProximal, Bone::LeftIndexIntermediate, Bone::LeftIndexDistal],
        [Bone::RightIndexProximal, Bone::RightIndexIntermediate, Bone::RightIndexDistal],
        &["index", "handindex", "findex", "pointer", "finger2-"],
    ),
    (
        [Bone::LeftMiddleProximal, Bone::LeftMiddleIntermediate, Bone::LeftMiddleDistal],
        [Bone::RightMiddleProximal, Bone::RightMiddleIntermediate, Bone::RightMiddleDistal],
        &["middle", "handmiddle", "fmiddle", "mid", "finger3-"],
    ),
    (
        [Bone::LeftRingProximal, Bone::LeftRingIntermediate, Bone::LeftRingDistal],
        [Bone::RightRingProximal, Bone::RightRingIntermediate, Bone::RightRingDistal],
        &["ring", "handring", "fring", "finger4-"],
    ),
    (
        [Bone::LeftLittleProximal, Bone::LeftLittleIntermediate, Bone::LeftLittleDistal],
        [Bone::RightLittleProximal, Bone::RightLittleIntermediate, Bone::RightLittleDistal],
        &["little", "pinky", "handpinky", "handlittle", "fpinky", "pinkie", "finger5-"],
    ),
];
