//! Named expressions as channel sets, faded in and out by marks.

use super::curve::{progress, smootherstep};
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::Channel;

/// One expression: its mark's name and the channels of the whole face at full strength.
type Row = (&'static str, &'static [(Channel, f32)]);

/// Sources of the channel sets: the action units of each emotion in EMFACS (Friesen & Ekman 1983), as far as
/// the channels have them, at strengths that suit a speaker rather than a portrait.
const EXPRESSIONS: &[Row] = {
    use Channel::*;
    &[
        ("neutral", &[]),
        (
            "smile",
            &[
                (MouthSmileLeft, 0.5),
                (MouthSmileRight, 0.5),
                (CheekSquintLeft, 0.25),
                (CheekSquintRight, 0.25),
                (EyeSquintLeft, 0.12),
                (EyeSquintRight, 0.12),
            ],
        ),
        (
            "happy",
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
        (
            "sad",
            &[
                (MouthFrownLeft, 0.5),
                (MouthFrownRight, 0.5),
                (BrowInnerUp, 0.65),
                (MouthShrugLower, 0.2),
                (EyeLookDownLeft, 0.15),
                (EyeLookDownRight, 0.15),
            ],
        ),
        (
            "angry",
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
        (
            "surprised",
            &[
                (BrowInnerUp, 0.6),
                (BrowOuterUpLeft, 0.6),
                (BrowOuterUpRight, 0.6),
                (EyeWideLeft, 0.5),
                (EyeWideRight, 0.5),
                (JawOpen, 0.1),
            ],
        ),
        (
            "relaxed",
            &[(MouthSmileLeft, 0.2), (MouthSmileRight, 0.2), (EyeSquintLeft, 0.1), (EyeSquintRight, 0.1)],
        ),
    ]
};

/// An expression comes within this time and, when its mark has an end, goes within it.
const FADE: Time = Time::from_millis(350);

/// The names of all expressions.
pub fn expression_names() -> impl Iterator<Item = &'static str> {
    EXPRESSIONS.iter().map(|(name, _)| *name)
}

/// The channels of the expression called `name`, at full strength.
pub fn expression_channels(name: &str) -> Option<&'static [(Channel, f32)]> {
    find(name)
}

fn find(name: &str) -> Option<&'static [(Channel, f32)]> {
    EXPRESSIONS.iter().find(|(n, _)| *n == name).map(|&(_, channels)| channels)
}

/// Adds what the expression marks want at `t`; `mouth` (0..=1) scales the channels of mouth and jaw, so that
/// speech keeps them.
pub(super) fn add(marks: &[Mark], t: Time, mouth: f32, channels: &mut [f32; Channel::COUNT]) {
    let mut own = marks.iter().filter_map(|m| find(&m.name).map(|set| (m, set))).peekable();
    while let Some((mark, set)) = own.next() {
        if mark.time > t {
            break;
        }
        // The next expression replaces this one by cross-fade.
        let next = own.peek().map(|(m, _)| m.time);
        let end = match (mark.end, next) {
            (Some(end), Some(next)) => Some(end.min(next)),
            (end, next) => end.or(next),
        };
        let fall = end.map_or(0.0, |end| smootherstep(progress(t, end, end + FADE)));
        let weight = smootherstep(progress(t, mark.time, mark.time + FADE)) * (1.0 - fall);
        let weight =
            weight * mark.args.first().and_then(|a| a.parse::<f32>().ok()).unwrap_or(1.0).clamp(0.0, 1.0);
        for &(channel, strength) in set {
            let scale = if is_mouth(channel) { mouth } else { 1.0 };
            channels[channel.index()] += strength * weight * scale;
        }
    }
}

fn is_mouth(channel: Channel) -> bool {
    (Channel::JawForward.index()..=Channel::MouthUpperUpRight.index()).contains(&channel.index())
}
