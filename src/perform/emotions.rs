//! The table of emotions: which channels show each, how fast it comes and how slowly it goes.

use crate::time::Time;
use crate::vocabulary::Channel;

/// One emotion.
#[derive(Debug, Clone, Copy)]
pub(super) struct Emotion {
    /// Its mark's name.
    pub(super) name: &'static str,
    /// From nothing to all of it.
    pub(super) comes: Time,
    /// Back to nothing. Faces fall more slowly than they rise (Schmidt, Cohn & Tian 2003).
    pub(super) goes: Time,
    /// The whole face at full strength.
    pub(super) channels: &'static [(Channel, f32)],
}

const fn emotion(
    name: &'static str,
    comes_millis: i64,
    goes_millis: i64,
    channels: &'static [(Channel, f32)],
) -> Emotion {
    let (comes, goes) = (Time::from_millis(comes_millis), Time::from_millis(goes_millis));
    Emotion { name, comes, goes, channels }
}

/// No emotion takes longer than this to go.
pub(super) const SLOWEST: Time = Time::from_millis(1200);

/// Sources of the channel sets: the action units of each emotion in EMFACS (Friesen & Ekman 1983), as far as
/// the channels have them, at strengths that suit a speaker rather than a portrait. Surprise is quick, sadness slow.
pub(super) const EMOTIONS: &[Emotion] = {
    use Channel::*;
    &[
        emotion("neutral", 350, 350, &[]),
        emotion(
            "smile",
            380,
            600,
            &[
                (MouthSmileLeft, 0.5),
                (MouthSmileRight, 0.5),
                (CheekSquintLeft, 0.25),
                (CheekSquintRight, 0.25),
                (EyeSquintLeft, 0.12),
                (EyeSquintRight, 0.12),
            ],
        ),
        emotion(
            "happy",
            320,
            700,
            &[
                (MouthSmileLeft, 0.75),
                (MouthSmileRight, 0.75),
                (CheekSquintLeft, 0.5),
                (CheekSquintRight, 0.5),
                (EyeSquintLeft, 0.22),
                (EyeSquintRight, 0.22),
                (BrowInnerUp, 0.12),
            ],
        ),
        emotion(
            "sad",
            900,
            1100,
            &[
                (MouthFrownLeft, 0.5),
                (MouthFrownRight, 0.5),
                (BrowInnerUp, 0.65),
                (MouthShrugLower, 0.2),
                (EyeLookDownLeft, 0.15),
                (EyeLookDownRight, 0.15),
            ],
        ),
        emotion(
            "angry",
            350,
            700,
            &[
                (BrowDownLeft, 0.8),
                (BrowDownRight, 0.8),
                (NoseSneerLeft, 0.3),
                (NoseSneerRight, 0.3),
                (MouthPressLeft, 0.3),
                (MouthPressRight, 0.3),
                (EyeSquintLeft, 0.3),
                (EyeSquintRight, 0.3),
            ],
        ),
        emotion(
            "surprised",
            180,
            500,
            &[
                (BrowInnerUp, 0.6),
                (BrowOuterUpLeft, 0.6),
                (BrowOuterUpRight, 0.6),
                (EyeWideLeft, 0.5),
                (EyeWideRight, 0.5),
                (JawOpen, 0.1),
            ],
        ),
        emotion(
            "fearful",
            220,
            650,
            &[
                (BrowInnerUp, 0.7),
                (BrowOuterUpLeft, 0.3),
                (BrowOuterUpRight, 0.3),
                (BrowDownLeft, 0.15),
                (BrowDownRight, 0.15),
                (EyeWideLeft, 0.55),
                (EyeWideRight, 0.55),
                (MouthStretchLeft, 0.35),
                (MouthStretchRight, 0.35),
                (JawOpen, 0.06),
            ],
        ),
        emotion(
            "disgusted",
            350,
            600,
            &[
                (NoseSneerLeft, 0.7),
                (NoseSneerRight, 0.7),
                (MouthUpperUpLeft, 0.3),
                (MouthUpperUpRight, 0.3),
                (MouthFrownLeft, 0.3),
                (MouthFrownRight, 0.3),
                (BrowDownLeft, 0.35),
                (BrowDownRight, 0.35),
                (CheekSquintLeft, 0.3),
                (CheekSquintRight, 0.3),
            ],
        ),
        emotion(
            "serious",
            500,
            700,
            &[
                (BrowDownLeft, 0.3),
                (BrowDownRight, 0.3),
                (EyeSquintLeft, 0.12),
                (EyeSquintRight, 0.12),
                (MouthPressLeft, 0.12),
                (MouthPressRight, 0.12),
            ],
        ),
        emotion(
            "relaxed",
            900,
            1000,
            &[(MouthSmileLeft, 0.2), (MouthSmileRight, 0.2), (EyeSquintLeft, 0.1), (EyeSquintRight, 0.1)],
        ),
    ]
};
