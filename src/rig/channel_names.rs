//! What other conventions have in the place of channels, set by set: the first row that an avatar has makes the channel.
//!
//! A shape for both sides counts half for each, so that both channels together make it whole.

use crate::vocabulary::Channel::{self, *};

/// One channel: the targets that make it together, all of which must be there.
pub(super) type Row = (Channel, &'static [(&'static str, f32)]);

/// One convention's names.
pub(super) struct Set {
    /// What people call it.
    pub(super) title: &'static str,
    /// Names must be whole; else they may end longer ones.
    pub(super) is_whole: bool,
    /// The best row of a channel first.
    pub(super) rows: &'static [Row],
}

/// All sets, the closest to the channels first.
pub(super) const SETS: &[Set] = &[
    Set { title: "Character Creator", is_whole: false, rows: CHARACTER_CREATOR },
    Set { title: "Daz", is_whole: false, rows: DAZ },
    Set { title: "VRoid", is_whole: false, rows: VROID },
    Set { title: "Ready Player Me and others", is_whole: true, rows: SIMPLE },
    Set { title: "MMD", is_whole: true, rows: MMD },
];

const CHARACTER_CREATOR: &[Row] = &[
    (EyeLookUpLeft, &[("Eye_L_Look_Up", 1.0)]),
    (EyeLookUpRight, &[("Eye_R_Look_Up", 1.0)]),
    (EyeLookDownLeft, &[("Eye_L_Look_Down", 1.0)]),
    (EyeLookDownRight, &[("Eye_R_Look_Down", 1.0)]),
    (EyeLookInLeft, &[("Eye_L_Look_R", 1.0)]),
    (EyeLookOutLeft, &[("Eye_L_Look_L", 1.0)]),
    (EyeLookInRight, &[("Eye_R_Look_L", 1.0)]),
    (EyeLookOutRight, &[("Eye_R_Look_R", 1.0)]),
    (EyeBlinkLeft, &[("Eye_Blink", 0.5)]),
    (EyeBlinkRight, &[("Eye_Blink", 0.5)]),
    (BrowInnerUp, &[("Brow_Raise_Inner_L", 1.0), ("Brow_Raise_Inner_R", 1.0)]),
    (BrowOuterUpLeft, &[("Brow_Raise_Outer_L", 1.0)]),
    (BrowOuterUpLeft, &[("Brow_Raise_L", 1.0)]),
    (BrowOuterUpRight, &[("Brow_Raise_Outer_R", 1.0)]),
    (BrowOuterUpRight, &[("Brow_Raise_R", 1.0)]),
    (BrowDownLeft, &[("Brow_Drop_L", 1.0)]),
    (BrowDownRight, &[("Brow_Drop_R", 1.0)]),
    (CheekSquintLeft, &[("Cheek_Raise_L", 1.0)]),
    (CheekSquintRight, &[("Cheek_Raise_R", 1.0)]),
    (CheekPuff, &[("Cheek_Puff_L", 1.0), ("Cheek_Puff_R", 1.0)]),
    (CheekPuff, &[("Cheek_Blow_L", 1.0), ("Cheek_Blow_R", 1.0)]),
    (NoseSneerLeft, &[("Nose_Flank_Raise_L", 1.0)]),
    (NoseSneerRight, &[("Nose_Flank_Raise_R", 1.0)]),
    (JawOpen, &[("Mouth_Open", 1.0)]),
    (
        MouthFunnel,
        &[
            ("Mouth_Funnel_Up_L", 1.0),
            ("Mouth_Funnel_Up_R", 1.0),
            ("Mouth_Funnel_Down_L", 1.0),
            ("Mouth_Funnel_Down_R", 1.0),
        ],
    ),
    (MouthFunnel, &[("Mouth_Pucker_Open", 1.0)]),
    (
        MouthPucker,
        &[
            ("Mouth_Pucker_Up_L", 1.0),
            ("Mouth_Pucker_Up_R", 1.0),
            ("Mouth_Pucker_Down_L", 1.0),
            ("Mouth_Pucker_Down_R", 1.0),
        ],
    ),
    (MouthRollUpper, &[("Mouth_Roll_In_Upper_L", 1.0), ("Mouth_Roll_In_Upper_R", 1.0)]),
    (MouthRollUpper, &[("Mouth_Top_Lip_Under", 1.0)]),
    (MouthRollLower, &[("Mouth_Roll_In_Lower_L", 1.0), ("Mouth_Roll_In_Lower_R", 1.0)]),
    (MouthRollLower, &[("Mouth_Bottom_Lip_Under", 1.0)]),
    (MouthUpperUpLeft, &[("Mouth_Up_Upper_L", 1.0)]),
    (MouthUpperUpLeft, &[("Mouth_Snarl_Upper_L", 1.0)]),
    (MouthUpperUpLeft, &[("Mouth_Top_Lip_Up", 0.5)]),
    (MouthUpperUpRight, &[("Mouth_Up_Upper_R", 1.0)]),
    (MouthUpperUpRight, &[("Mouth_Snarl_Upper_R", 1.0)]),
    (MouthUpperUpRight, &[("Mouth_Top_Lip_Up", 0.5)]),
    (MouthLowerDownLeft, &[("Mouth_Down_Lower_L", 1.0)]),
    (MouthLowerDownLeft, &[("Mouth_Snarl_Lower_L", 1.0)]),
    (MouthLowerDownLeft, &[("Mouth_Bottom_Lip_Down", 0.5)]),
    (MouthLowerDownRight, &[("Mouth_Down_Lower_R", 1.0)]),
    (MouthLowerDownRight, &[("Mouth_Snarl_Lower_R", 1.0)]),
    (MouthLowerDownRight, &[("Mouth_Bottom_Lip_Down", 0.5)]),
    (MouthStretchLeft, &[("Mouth_Widen", 0.5)]),
    (MouthStretchRight, &[("Mouth_Widen", 0.5)]),
    (MouthPressLeft, &[("Mouth_Lips_Tight", 0.5)]),
    (MouthPressRight, &[("Mouth_Lips_Tight", 0.5)]),
    (MouthFrownLeft, &[("Mouth_Frown", 0.5)]),
    (MouthFrownRight, &[("Mouth_Frown", 0.5)]),
    (MouthShrugLower, &[("Mouth_Chin_Up", 1.0)]),
];

const DAZ: &[Row] = &[
    (JawOpen, &[("eCTRLMouthOpen", 1.0)]),
    (MouthSmileLeft, &[("eCTRLMouthSmileSimpleL", 1.0)]),
    (MouthSmileRight, &[("eCTRLMouthSmileSimpleR", 1.0)]),
    (MouthSmileLeft, &[("eCTRLMouthSmile", 0.5)]),
    (MouthSmileRight, &[("eCTRLMouthSmile", 0.5)]),
    (MouthFrownLeft, &[("eCTRLMouthFrown", 0.5)]),
    (MouthFrownRight, &[("eCTRLMouthFrown", 0.5)]),
    (MouthPucker, &[("eCTRLLipsPucker", 1.0)]),
    (EyeBlinkLeft, &[("eCTRLEyesClosedL", 1.0)]),
    (EyeBlinkRight, &[("eCTRLEyesClosedR", 1.0)]),
    (EyeBlinkLeft, &[("eCTRLEyesClosed", 0.5)]),
    (EyeBlinkRight, &[("eCTRLEyesClosed", 0.5)]),
    (EyeSquintLeft, &[("eCTRLEyesSquintL", 1.0)]),
    (EyeSquintRight, &[("eCTRLEyesSquintR", 1.0)]),
    (BrowDownLeft, &[("eCTRLBrowDownL", 1.0)]),
    (BrowDownRight, &[("eCTRLBrowDownR", 1.0)]),
    (BrowInnerUp, &[("eCTRLBrowInnerUpL", 1.0), ("eCTRLBrowInnerUpR", 1.0)]),
    (BrowInnerUp, &[("eCTRLBrowInnerUp-DownL", 1.0), ("eCTRLBrowInnerUp-DownR", 1.0)]),
    (BrowOuterUpLeft, &[("eCTRLBrowOuterUpL", 1.0)]),
    (BrowOuterUpRight, &[("eCTRLBrowOuterUpR", 1.0)]),
    (BrowOuterUpLeft, &[("eCTRLBrowUp-DownL", 1.0)]),
    (BrowOuterUpRight, &[("eCTRLBrowUp-DownR", 1.0)]),
    (CheekPuff, &[("eCTRLCheeksBalloon", 1.0)]),
    (TongueOut, &[("eCTRLTongueIn-Out", 1.0)]),
];

const VROID: &[Row] = &[
    (EyeBlinkLeft, &[("Fcl_EYE_Close_L", 1.0)]),
    (EyeBlinkRight, &[("Fcl_EYE_Close_R", 1.0)]),
    (EyeBlinkLeft, &[("Fcl_EYE_Close", 0.5)]),
    (EyeBlinkRight, &[("Fcl_EYE_Close", 0.5)]),
    (EyeWideLeft, &[("Fcl_EYE_Spread", 0.5)]),
    (EyeWideRight, &[("Fcl_EYE_Spread", 0.5)]),
    (EyeSquintLeft, &[("Fcl_EYE_Fun", 0.5)]),
    (EyeSquintRight, &[("Fcl_EYE_Fun", 0.5)]),
    (BrowDownLeft, &[("Fcl_BRW_Angry", 0.5)]),
    (BrowDownRight, &[("Fcl_BRW_Angry", 0.5)]),
    (BrowInnerUp, &[("Fcl_BRW_Sorrow", 0.7)]),
    (BrowOuterUpLeft, &[("Fcl_BRW_Surprised", 0.5)]),
    (BrowOuterUpRight, &[("Fcl_BRW_Surprised", 0.5)]),
    (MouthSmileLeft, &[("Fcl_MTH_Fun", 0.5)]),
    (MouthSmileRight, &[("Fcl_MTH_Fun", 0.5)]),
    (MouthFrownLeft, &[("Fcl_MTH_Angry", 0.5)]),
    (MouthFrownRight, &[("Fcl_MTH_Angry", 0.5)]),
];

/// Ready Player Me's few, VRM 0.x and `VRChat` names on the mesh itself, and what small rigs call a blink.
const SIMPLE: &[Row] = &[
    (JawOpen, &[("mouthOpen", 1.0)]),
    (JawOpen, &[("jaw_drop", 1.0)]),
    (EyeBlinkLeft, &[("blink_left", 1.0)]),
    (EyeBlinkRight, &[("blink_right", 1.0)]),
    (EyeBlinkLeft, &[("wink_left", 1.0)]),
    (EyeBlinkRight, &[("wink_right", 1.0)]),
    (EyeBlinkLeft, &[("eyeClose_left", 1.0)]),
    (EyeBlinkRight, &[("eyeClose_right", 1.0)]),
    (EyeBlinkLeft, &[("eyesClosed", 0.5)]),
    (EyeBlinkRight, &[("eyesClosed", 0.5)]),
    (EyeBlinkLeft, &[("eyeClose", 0.5)]),
    (EyeBlinkRight, &[("eyeClose", 0.5)]),
    (EyeBlinkLeft, &[("blink", 0.5)]),
    (EyeBlinkRight, &[("blink", 0.5)]),
    (EyeBlinkLeft, &[("vrc.blink", 0.5)]),
    (EyeBlinkRight, &[("vrc.blink", 0.5)]),
    (MouthSmileLeft, &[("mouthSmile", 0.5)]),
    (MouthSmileRight, &[("mouthSmile", 0.5)]),
    (MouthSmileLeft, &[("smile_left", 1.0)]),
    (MouthSmileRight, &[("smile_right", 1.0)]),
    (MouthSmileLeft, &[("smile", 0.5)]),
    (MouthSmileRight, &[("smile", 0.5)]),
    (MouthFrownLeft, &[("mouthFrown", 0.5)]),
    (MouthFrownRight, &[("mouthFrown", 0.5)]),
    (EyeLookUpLeft, &[("eyesLookUp", 0.5)]),
    (EyeLookUpRight, &[("eyesLookUp", 0.5)]),
    (EyeLookDownLeft, &[("eyesLookDown", 0.5)]),
    (EyeLookDownRight, &[("eyesLookDown", 0.5)]),
    (EyeLookUpLeft, &[("look_up", 0.5)]),
    (EyeLookUpRight, &[("look_up", 0.5)]),
    (EyeLookDownLeft, &[("look_down", 0.5)]),
    (EyeLookDownRight, &[("look_down", 0.5)]),
    (EyeLookOutLeft, &[("look_left", 0.5)]),
    (EyeLookInRight, &[("look_left", 0.5)]),
    (EyeLookInLeft, &[("look_right", 0.5)]),
    (EyeLookOutRight, &[("look_right", 0.5)]),
    (MouthPucker, &[("mouthKiss", 1.0)]),
    (BrowInnerUp, &[("browsUp", 1.0)]),
    (BrowDownLeft, &[("browsDown", 0.5)]),
    (BrowDownRight, &[("browsDown", 0.5)]),
    (TongueOut, &[("tongue", 1.0)]),
];

const MMD: &[Row] = &[
    (EyeBlinkLeft, &[("ウィンク２", 1.0)]),
    (EyeBlinkRight, &[("ウィンク２右", 1.0)]),
    (EyeBlinkRight, &[("ｳｨﾝｸ２右", 1.0)]),
    (EyeBlinkLeft, &[("まばたき", 0.5)]),
    (EyeBlinkRight, &[("まばたき", 0.5)]),
    (EyeWideLeft, &[("びっくり", 0.5)]),
    (EyeWideRight, &[("びっくり", 0.5)]),
    (EyeSquintLeft, &[("じと目", 0.5)]),
    (EyeSquintRight, &[("じと目", 0.5)]),
    (BrowDownLeft, &[("怒り", 0.5)]),
    (BrowDownRight, &[("怒り", 0.5)]),
    (BrowInnerUp, &[("困る", 1.0)]),
    (BrowOuterUpLeft, &[("上", 0.5)]),
    (BrowOuterUpRight, &[("上", 0.5)]),
    (MouthSmileLeft, &[("口角上げ", 0.5)]),
    (MouthSmileRight, &[("口角上げ", 0.5)]),
    (MouthSmileLeft, &[("にやり", 0.5)]),
    (MouthSmileRight, &[("にやり", 0.5)]),
    (MouthSmileLeft, &[("にっこり", 0.5)]),
    (MouthSmileRight, &[("にっこり", 0.5)]),
    (MouthFrownLeft, &[("口角下げ", 0.5)]),
    (MouthFrownRight, &[("口角下げ", 0.5)]),
    (MouthFrownLeft, &[("∧", 0.5)]),
    (MouthFrownRight, &[("∧", 0.5)]),
    (MouthStretchLeft, &[("口横広げ", 0.5)]),
    (MouthStretchRight, &[("口横広げ", 0.5)]),
    (CheekPuff, &[("ぷくー", 1.0)]),
    (TongueOut, &[("てへぺろ", 1.0)]),
    (TongueOut, &[("ぺろっ", 1.0)]),
];

/// Expressions of VRM that make channels.
pub(super) const FROM_EXPRESSIONS: &[(Channel, crate::vocabulary::Expression, f32)] = {
    use crate::vocabulary::Expression as Own;
    &[
        (EyeBlinkLeft, Own::BlinkLeft, 1.0),
        (EyeBlinkRight, Own::BlinkRight, 1.0),
        (EyeBlinkLeft, Own::Blink, 0.5),
        (EyeBlinkRight, Own::Blink, 0.5),
        (EyeLookUpLeft, Own::LookUp, 0.5),
        (EyeLookUpRight, Own::LookUp, 0.5),
        (EyeLookDownLeft, Own::LookDown, 0.5),
        (EyeLookDownRight, Own::LookDown, 0.5),
        (EyeLookOutLeft, Own::LookLeft, 0.5),
        (EyeLookInRight, Own::LookLeft, 0.5),
        (EyeLookInLeft, Own::LookRight, 0.5),
        (EyeLookOutRight, Own::LookRight, 0.5),
    ]
};

/// Lids go with eyes that look up or down: what follows a glance that nothing but a joint makes, and how much of it.
pub(super) const FOLLOW_GLANCES: &[(Channel, Channel, f32)] = &[
    (EyeLookDownLeft, EyeBlinkLeft, 0.38),
    (EyeLookDownRight, EyeBlinkRight, 0.38),
    (EyeLookUpLeft, EyeWideLeft, 0.35),
    (EyeLookUpRight, EyeWideRight, 0.35),
];

/// Channels that a face with visemes alone can still make.
pub(super) const FROM_VISEMES: &[(Channel, crate::vocabulary::Viseme, f32)] = {
    use crate::vocabulary::Viseme;
    &[
        (JawOpen, Viseme::Aa, 1.0),
        (MouthFunnel, Viseme::Oh, 0.7),
        (MouthPucker, Viseme::Ou, 0.8),
        (MouthStretchLeft, Viseme::Ih, 0.3),
        (MouthStretchRight, Viseme::Ih, 0.3),
        (MouthRollLower, Viseme::FF, 0.7),
        (TongueOut, Viseme::TH, 0.6),
    ]
};
