//! What makes the document a VRM avatar (`VRMC_vrm` 1.0): who made it, its bones, expressions and eyes.

use serde_json::{Map, Value, json};

use super::expressions::expressions;
use super::model::{Model, Piece};
use super::rest::Rest;
use crate::vocabulary::Bone;

/// The extension's name.
pub(super) const EXTENSION: &str = "VRMC_vrm";

/// How far the eyes follow, degrees: sideways, and up and down.
const GLANCES: (u32, u32) = (40, 35);

/// Pieces that hang on the head alone, which its own wearer must not see from within.
const OF_HEAD: [&str; 7] = ["Eyes", "Teeth", "Tongue", "Lashes", "Brows", "Hair", "Wisps"];

/// The extension; the mesh of `pieces[i]` hangs on node `first_node + i`.
pub(super) fn extension(model: &Model, pieces: &[Piece], rests: &[Rest], first_node: usize) -> Value {
    json!({
        "specVersion": "1.0",
        "meta": meta(&model.name),
        "humanoid": { "humanBones": bones() },
        "firstPerson": { "meshAnnotations": annotations(pieces, first_node) },
        "lookAt": look_at(rests),
        "expressions": expressions(pieces, first_node),
    })
}

/// All is allowed, as CC0 says.
fn meta(name: &str) -> Value {
    json!({
        "name": name,
        "version": "2.0",
        "authors": ["Rhetor contributors"],
        "copyrightInformation": "CC0 1.0 Universal",
        "thirdPartyLicenses": "Shape: MakeHuman base mesh and targets, CC0 1.0; Face Units by Mika Suominen, CC0 1.0",
        "licenseUrl": "https://vrm.dev/licenses/1.0/",
        "otherLicenseUrl": "https://creativecommons.org/publicdomain/zero/1.0/",
        "avatarPermission": "everyone",
        "allowExcessivelyViolentUsage": true,
        "allowExcessivelySexualUsage": true,
        "commercialUsage": "corporation",
        "allowPoliticalOrReligiousUsage": true,
        "allowAntisocialOrHateUsage": true,
        "creditNotation": "unnecessary",
        "allowRedistribution": true,
        "modification": "allowModificationRedistribution",
    })
}

fn bones() -> Map<String, Value> {
    Bone::ALL.iter().map(|bone| (bone.name().to_owned(), json!({ "node": bone.index() }))).collect()
}

fn annotations(pieces: &[Piece], first_node: usize) -> Vec<Value> {
    let kind = |piece: &Piece| if OF_HEAD.contains(&piece.name) { "thirdPersonOnly" } else { "auto" };
    let one = |(place, piece): (usize, &Piece)| json!({ "node": first_node + place, "type": kind(piece) });
    pieces.iter().enumerate().map(one).collect()
}

/// The eyes turn as far as what they look at asks, within their range.
fn look_at(rests: &[Rest]) -> Value {
    let map = |most: u32| json!({ "inputMaxValue": most, "outputScale": most });
    let place = |bone: Bone| rests.get(bone.index()).map(|rest| rest.place).unwrap_or_default();
    let between = (place(Bone::LeftEye) + place(Bone::RightEye)) * 0.5;
    let (aside, upright) = GLANCES;
    json!({
        "type": "bone",
        "offsetFromHeadBone": (between - place(Bone::Head)).to_array(),
        "rangeMapHorizontalInner": map(aside),
        "rangeMapHorizontalOuter": map(aside),
        "rangeMapVerticalDown": map(upright),
        "rangeMapVerticalUp": map(upright),
    })
}
