//! Expressions of `VRMC_vrm` 1.0: the presets, and each of the 52 channels under its own name.

use serde_json::{Map, Value, json};

use super::model::Piece;
use crate::vocabulary::Channel::{self, *};
use crate::vocabulary::Expression::{self, *};

/// Faces, as the action units of EMFACS (Friesen & Ekman 1983) that the channels have, at full strength.
const FACES: &[(Expression, &[(Channel, f32)])] = &[
    (
        Happy,
        &[
            (MouthSmileLeft, 0.8),
            (MouthSmileRight, 0.8),
            (CheekSquintLeft, 0.5),
            (CheekSquintRight, 0.5),
            (EyeSquintLeft, 0.18),
            (EyeSquintRight, 0.18),
            (BrowInnerUp, 0.12),
            (BrowOuterUpLeft, 0.2),
            (BrowOuterUpRight, 0.2),
        ],
    ),
    (
        Angry,
        &[
            (BrowDownLeft, 0.9),
            (BrowDownRight, 0.9),
            (NoseSneerLeft, 0.35),
            (NoseSneerRight, 0.35),
            (MouthPressLeft, 0.4),
            (MouthPressRight, 0.4),
            (EyeSquintLeft, 0.35),
            (EyeSquintRight, 0.35),
        ],
    ),
    (
        Sad,
        &[
            (MouthFrownLeft, 0.6),
            (MouthFrownRight, 0.6),
            (BrowInnerUp, 0.8),
            (MouthShrugLower, 0.25),
            (EyeSquintLeft, 0.15),
            (EyeSquintRight, 0.15),
        ],
    ),
    (
        Relaxed,
        &[
            (MouthSmileLeft, 0.35),
            (MouthSmileRight, 0.35),
            (EyeSquintLeft, 0.25),
            (EyeSquintRight, 0.25),
            (EyeBlinkLeft, 0.15),
            (EyeBlinkRight, 0.15),
        ],
    ),
    (
        Surprised,
        &[
            (BrowInnerUp, 0.8),
            (BrowOuterUpLeft, 0.7),
            (BrowOuterUpRight, 0.7),
            (EyeWideLeft, 0.7),
            (EyeWideRight, 0.7),
            (JawOpen, 0.2),
        ],
    ),
];

/// Presets that are one or two morph targets.
const SHAPES: &[(Expression, &[&str])] = &[
    (Aa, &["viseme_aa"]),
    (Ih, &["viseme_I"]),
    (Ou, &["viseme_U"]),
    (Ee, &["viseme_E"]),
    (Oh, &["viseme_O"]),
    (Blink, &["eyeBlinkLeft", "eyeBlinkRight"]),
    (BlinkLeft, &["eyeBlinkLeft"]),
    (BlinkRight, &["eyeBlinkRight"]),
    (LookUp, &["eyeLookUpLeft", "eyeLookUpRight"]),
    (LookDown, &["eyeLookDownLeft", "eyeLookDownRight"]),
    (LookLeft, &["eyeLookOutLeft", "eyeLookInRight"]),
    (LookRight, &["eyeLookInLeft", "eyeLookOutRight"]),
    (Neutral, &[]),
];

/// The `expressions` of the extension; the mesh of `pieces[i]` hangs on node `first_node + i`.
pub(super) fn expressions(pieces: &[Piece], first_node: usize) -> Value {
    let binds = |name: &str, weight: f32| -> Vec<Value> {
        let of_piece = |(place, piece): (usize, &Piece)| {
            let target = piece.morphs.iter().position(|m| m.name == name)?;
            // The head has all targets, also those that move only other meshes.
            let moves = piece.morphs[target].moved.iter().any(|(_, d)| d.length_squared() > 0.0);
            moves
                .then(|| json!({ "node": first_node + place, "index": target, "weight": hundredths(weight) }))
        };
        pieces.iter().enumerate().filter_map(of_piece).collect()
    };
    let mut presets = Map::new();
    for (preset, channels) in FACES {
        let binds: Vec<Value> = channels.iter().flat_map(|(c, weight)| binds(c.name(), *weight)).collect();
        presets.insert(preset.name().into(), expression(binds));
    }
    for (preset, names) in SHAPES {
        let binds: Vec<Value> = names.iter().flat_map(|name| binds(name, 1.0)).collect();
        presets.insert(preset.name().into(), expression(binds));
    }
    let customs: Map<String, Value> = (Channel::ALL.iter())
        .map(|channel| (channel.name().to_owned(), expression(binds(channel.name(), 1.0))))
        .collect();
    json!({ "preset": presets, "custom": customs })
}

fn expression(binds: Vec<Value>) -> Value {
    if binds.is_empty() { json!({}) } else { json!({ "morphTargetBinds": binds }) }
}

/// Numbers that are short in the document.
fn hundredths(weight: f32) -> f64 {
    libm::round(f64::from(weight) * 100.0) / 100.0
}
