//! The 52 channels: by their own names, else by what some rigs have in their place, else by turning eyes and jaw.

use super::joints::Joints;
use super::morphs::MorphIndex;
use super::{Binding, How, Move};
use crate::vocabulary::Channel;

/// Names that stand in for a channel, the first that is found wins; and how much of them makes the channel.
///
/// A shape for both sides counts half for each, so that both channels together make it whole.
const STAND_INS: &[(Channel, &str, f32)] = &[
    (Channel::JawOpen, "mouthOpen", 1.0),
    (Channel::EyeBlinkLeft, "blink_left", 1.0),
    (Channel::EyeBlinkRight, "blink_right", 1.0),
    (Channel::EyeBlinkLeft, "Fcl_EYE_Close_L", 1.0),
    (Channel::EyeBlinkRight, "Fcl_EYE_Close_R", 1.0),
    (Channel::EyeBlinkLeft, "eyesClosed", 0.5),
    (Channel::EyeBlinkRight, "eyesClosed", 0.5),
    (Channel::EyeBlinkLeft, "blink", 0.5),
    (Channel::EyeBlinkRight, "blink", 0.5),
    (Channel::EyeBlinkLeft, "Fcl_EYE_Close", 0.5),
    (Channel::EyeBlinkRight, "Fcl_EYE_Close", 0.5),
    (Channel::MouthSmileLeft, "mouthSmile", 0.5),
    (Channel::MouthSmileRight, "mouthSmile", 0.5),
    (Channel::EyeLookUpLeft, "eyesLookUp", 0.5),
    (Channel::EyeLookUpRight, "eyesLookUp", 0.5),
    (Channel::EyeLookDownLeft, "eyesLookDown", 0.5),
    (Channel::EyeLookDownRight, "eyesLookDown", 0.5),
    (Channel::MouthPucker, "mouthKiss", 1.0),
    (Channel::BrowInnerUp, "browsUp", 1.0),
];

/// One binding for each channel.
pub(super) fn resolve(morphs: &MorphIndex, joints: &Joints<'_>) -> Vec<Binding> {
    Channel::ALL.iter().map(|&channel| by_name(channel, morphs, joints)).collect()
}

fn by_name(channel: Channel, morphs: &MorphIndex, joints: &Joints<'_>) -> Binding {
    if let Some(found) = morphs.find(channel.name()) {
        let (mut source, mut moves) = (found.name, found.moves);
        if let Some((joint, turn)) = joints.beside(channel, &moves) {
            source = format!("{source} + {joint}");
            moves.extend(turn);
        }
        return Binding { how: How::Direct, source, moves };
    }
    let stand_ins = STAND_INS.iter().filter(|(c, _, _)| *c == channel);
    for (_, name, weight) in stand_ins {
        if let Some(found) = morphs.find_whole(name) {
            let moves = found.moves.into_iter().map(|m| m.scaled(*weight)).collect();
            return Binding { how: How::Recipe, source: found.name, moves };
        }
    }
    let (source, moves): (String, Vec<Move>) = joints.channel(channel).unwrap_or_default();
    Binding { how: if moves.is_empty() { How::Missing } else { How::Bone }, source, moves }
}
