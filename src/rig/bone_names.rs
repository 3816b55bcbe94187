//! What conventions call the humanoid bones: Mixamo, Ready Player Me, VRM, Unity, Unreal, `MakeHuman`, Rigify, Character
//! Creator, Biped, Daz, Rocketbox, `VRoid`, MMD.
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
    "jt",
    "joint",
    "rig",
    "j",
    "b",
    "c",
    "m",
    "adj",
    "skel",
    "skeleton",
    "sk",
    "bn",
    "character",
    "avatar",
    "metarig",
    "grp",
    "facial",
];

/// Noise that brings its own number, as in `Bip001`, `mixamorig1` and `Character1_Hips`.
pub(super) const NUMBERED_NOISE: &[&str] = &["mixamorig", "bip", "character"];

/// Last words of joints that only mark where a chain ends.
pub(super) const ENDS: &[&str] = &["end", "nub", "tip", "top", "先"];

/// A bone of the middle and its names, best first.
pub(super) const MIDDLE: &[(Bone, &[&str])] = &[
    (
        Bone::Hips,
        &[
            "hips",
            "hip",
            "pelvis",
            "腰",
            "root",
            "cog",
            "center",
            "センター",
            "グルーブ",
            "下半身",
            "lowerbody",
        ],
    ),
    (
        Bone::Spine,
        &[
            "spine",
            "spine1",
            "abdomen",
            "waist",
            "tummy",
            "abdomenlower",
            "spinelower",
            "上半身",
            "torso1",
            "torso",
        ],
    ),
    (Bone::Chest, &["chest", "spine2", "torso", "torso2", "chestlower", "ribs", "spinemiddle", "上半身2"]),
    (Bone::UpperChest, &["upperchest", "spine3", "chestupper", "spineupper", "上半身3"]),
    (Bone::Neck, &["neck", "neck1", "necktwist1", "necklower", "首"]),
    (Bone::Head, &["head", "skull", "頭", "spine6"]),
    (Bone::Jaw, &["jaw", "jawroot", "lowerjaw", "mandible", "jawlower", "jawmaster", "jaw1", "あご", "顎"]),
];

/// A bone of each side and its names, best first.
pub(super) const SIDED: &[(Bone, Bone, &[&str])] = &[
    (Bone::LeftEye, Bone::RightEye, &["eye", "eyeball", "faceeye", "eyejnt", "eye1", "目"]),
    (
        Bone::LeftUpperLeg,
        Bone::RightUpperLeg,
        &["upperleg", "upleg", "thigh", "upperleg1", "thighbend", "legupper", "足", "hip", "leg1"],
    ),
    (
        Bone::LeftLowerLeg,
        Bone::RightLowerLeg,
        &["lowerleg", "calf", "shin", "lowerleg1", "lowleg", "leglower", "knee", "ひざ", "膝", "leg2", "leg"],
    ),
    (Bone::LeftFoot, Bone::RightFoot, &["foot", "ankle", "足首", "foot1", "leg3"]),
    (
        Bone::LeftToes,
        Bone::RightToes,
        &["toes", "toe", "toebase", "ball", "toe1-1", "toe0", "toe1", "foot2", "つま先", "足先ex"],
    ),
    (Bone::LeftShoulder, Bone::RightShoulder, &["clavicle", "collar", "shoulder", "肩"]),
    (
        Bone::LeftUpperArm,
        Bone::RightUpperArm,
        &["upperarm", "arm", "upperarm1", "uparm", "armupper", "shldrbend", "shldr", "腕", "shoulder"],
    ),
    (
        Bone::LeftLowerArm,
        Bone::RightLowerArm,
        &[
            "lowerarm",
            "forearm",
            "lowerarm1",
            "loarm",
            "lowarm",
            "armlower",
            "forearmbend",
            "elbow",
            "ひじ",
            "肘",
        ],
    ),
    (Bone::LeftHand, Bone::RightHand, &["hand", "wrist", "手首", "palm"]),
];

/// Bones that must hang, near or far, below another to be moved with it.
pub(super) const BELOW: &[(Bone, Bone)] = &[
    (Bone::Jaw, Bone::Head),
    (Bone::LeftEye, Bone::Head),
    (Bone::RightEye, Bone::Head),
    (Bone::LeftLowerLeg, Bone::LeftUpperLeg),
    (Bone::RightLowerLeg, Bone::RightUpperLeg),
    (Bone::LeftToes, Bone::LeftFoot),
    (Bone::RightToes, Bone::RightFoot),
    (Bone::LeftUpperArm, Bone::LeftShoulder),
    (Bone::RightUpperArm, Bone::RightShoulder),
    (Bone::LeftLowerArm, Bone::LeftUpperArm),
    (Bone::RightLowerArm, Bone::RightUpperArm),
    (Bone::LeftHand, Bone::LeftLowerArm),
    (Bone::RightHand, Bone::RightLowerArm),
];

/// One finger of both hands, and what its joint next to the palm is called; the others follow in the tree.
///
/// The order matters: in a Biped the second joint of the thumb is `Finger01`, and the first of the index `Finger1`.
pub(super) struct Finger {
    /// From the palm outwards.
    pub(super) left: [Bone; 3],
    /// From the palm outwards.
    pub(super) right: [Bone; 3],
    /// Best first.
    pub(super) first: &'static [&'static str],
}

/// The fingers, the thumb first.
pub(super) const FINGERS: &[Finger] = &[
    Finger {
        left: [Bone::LeftThumbMetacarpal, Bone::LeftThumbProximal, Bone::LeftThumbDistal],
        right: [Bone::RightThumbMetacarpal, Bone::RightThumbProximal, Bone::RightThumbDistal],
        first: &[
            "thumbmetacarpal",
            "thumbproximal",
            "handthumb1",
            "thumb1",
            "thumb",
            "finger1-1",
            "finger0",
            "親指0",
            "親指1",
        ],
    },
    Finger {
        left: [Bone::LeftIndexProximal, Bone::LeftIndexIntermediate, Bone::LeftIndexDistal],
        right: [Bone::RightIndexProximal, Bone::RightIndexIntermediate, Bone::RightIndexDistal],
        first: &[
            "indexproximal",
            "handindex1",
            "index1",
            "findex1",
            "index",
            "pointer1",
            "finger2-1",
            "finger",
            "finger1",
            "人指1",
            "人差指1",
        ],
    },
    Finger {
        left: [Bone::LeftMiddleProximal, Bone::LeftMiddleIntermediate, Bone::LeftMiddleDistal],
        right: [Bone::RightMiddleProximal, Bone::RightMiddleIntermediate, Bone::RightMiddleDistal],
        first: &[
            "middleproximal",
            "handmiddle1",
            "middle1",
            "fmiddle1",
            "mid1",
            "middle",
            "finger3-1",
            "finger2",
            "中指1",
        ],
    },
    Finger {
        left: [Bone::LeftRingProximal, Bone::LeftRingIntermediate, Bone::LeftRingDistal],
        right: [Bone::RightRingProximal, Bone::RightRingIntermediate, Bone::RightRingDistal],
        first: &["ringproximal", "handring1", "ring1", "fring1", "ring", "finger4-1", "finger3", "薬指1"],
    },
    Finger {
        left: [Bone::LeftLittleProximal, Bone::LeftLittleIntermediate, Bone::LeftLittleDistal],
        right: [Bone::RightLittleProximal, Bone::RightLittleIntermediate, Bone::RightLittleDistal],
        first: &[
            "littleproximal",
            "handpinky1",
            "handlittle1",
            "pinky1",
            "little1",
            "fpinky1",
            "pinkie1",
            "little",
            "pinky",
            "finger5-1",
            "finger4",
            "小指1",
        ],
    },
];

/// A convention, and what names of its joints hold in the file's own spelling; the first row that most joints fit wins.
pub(super) const CONVENTIONS: &[(&str, &[&str])] = &[
    ("Mixamo", &["mixamorig"]),
    ("Character Creator", &["CC_Base_"]),
    ("VRoid", &["J_Bip_"]),
    ("Rocketbox or 3ds Max Biped", &["Bip01", "Bip001", "Bip02"]),
    ("Source engine", &["ValveBiped"]),
    ("Rigify", &["DEF-", "ORG-"]),
    ("MMD", &["上半身", "下半身", "センター", "左", "右", "首", "頭"]),
    (
        "MakeHuman",
        &["upperleg0", "lowerleg0", "upperarm0", "lowerarm0", "metacarpal", "spine0", "finger", "levator"],
    ),
    ("Daz", &["ShldrBend", "ForearmBend", "ThighBend", "abdomenLower", "chestUpper", "lCollar", "rCollar"]),
    (
        "Unreal",
        &["spine_0", "clavicle_", "upperarm_", "lowerarm_", "thigh_", "calf_", "ball_", "index_0", "neck_0"],
    ),
    (
        "Ready Player Me or Mixamo",
        &["LeftUpLeg", "RightUpLeg", "LeftForeArm", "RightForeArm", "LeftHandIndex"],
    ),
    (
        "Unity or VRM",
        &["Upper_Leg", "UpperLeg", "upper_leg", "LowerArm", "Lower_Arm", "lower_arm", "Proximal", "proximal"],
    ),
    ("Blender", &["upper_arm", "forearm", "thigh", "shin"]),
];
