//! VRM 1.0: humanoid, first person, look-at and meta (`VRMC_vrm-1.0`).

use super::json::{flag, numbers, text, texts, within};
use super::vrm::annotations;
use crate::avatar::{FirstPerson, LookAt, LookAtKind, Meta, Performer, RangeMap};
use crate::vocabulary::Bone;
use glam::Vec3;
use serde_json::Value;

/// The declared bones: which it is, the document's node, and its name there.
pub(super) fn bones(vrm: &Value) -> Vec<(Option<Bone>, Option<usize>, String)> {
    let bones = vrm.get("humanoid").and_then(|h| h.get("humanBones")).and_then(Value::as_object);
    let one = |(name, bone): (&String, &Value)| {
        (Bone::from_name(name), super::json::index(bone, "node"), super::json::clean(name))
    };
    bones.into_iter().flatten().take(1000).map(one).collect()
}

/// Who sees which node's mesh.
pub(super) fn first_person(vrm: &Value, count: usize, place: &[Option<usize>]) -> Vec<(usize, FirstPerson)> {
    let here = |(node, flag): (usize, FirstPerson)| Some((place.get(node).copied().flatten()?, flag));
    annotations(vrm, "node", "type").into_iter().take(count).filter_map(here).collect()
}

/// How the eyes follow.
pub(super) fn look_at(vrm: &Value) -> Option<LookAt> {
    let json = vrm.get("lookAt").filter(|v| v.is_object())?;
    let kind = match text(json, "type").as_str() {
        "expression" => LookAtKind::Expression,
        _ => LookAtKind::Bone,
    };
    let map = |member: &str| range_map(json.get(member).unwrap_or(&Value::Null), kind);
    Some(LookAt {
        kind,
        offset_from_head: numbers(json, "offsetFromHeadBone").map_or(Vec3::ZERO, Vec3::from),
        inner: map("rangeMapHorizontalInner"),
        outer: map("rangeMapHorizontalOuter"),
        down: map("rangeMapVerticalDown"),
        up: map("rangeMapVerticalUp"),
    })
}

fn range_map(json: &Value, kind: LookAtKind) -> RangeMap {
    let output = match kind {
        LookAtKind::Bone => within(json, "outputScale", 10.0, 0.0, 90.0).to_radians(),
        LookAtKind::Expression => within(json, "outputScale", 1.0, 0.0, 1.0),
    };
    RangeMap {
        input_max: within(json, "inputMaxValue", 90.0, 0.0, 180.0).to_radians(),
        output,
        curve: Vec::new(),
    }
}

/// Clauses of `meta` and what holds where the file does not say it (`VRMC_vrm-1.0/meta.md`, Properties).
const CLAUSES: &[(&str, &str)] = &[
    ("avatarPermission", "onlyAuthor"),
    ("commercialUsage", "personalNonProfit"),
    ("creditNotation", "required"),
    ("modification", "prohibited"),
    ("allowRedistribution", "false"),
    ("allowExcessivelyViolentUsage", "false"),
    ("allowExcessivelySexualUsage", "false"),
    ("allowPoliticalOrReligiousUsage", "false"),
    ("allowAntisocialOrHateUsage", "false"),
];

/// Who made it and what is allowed.
pub(super) fn meta(vrm: &Value) -> Option<Meta> {
    let json = vrm.get("meta").filter(|v| v.is_object())?;
    let term = |(clause, default): &(&'static str, &str)| {
        let given = flag(json, clause).map_or_else(|| text(json, clause), |truth| truth.to_string());
        (*clause, if given.is_empty() { format!("{default} (by default)") } else { given })
    };
    let terms: Vec<(&'static str, String)> = CLAUSES.iter().map(term).collect();
    let performer = match text(json, "avatarPermission").as_str() {
        "everyone" => Performer::Everyone,
        "onlySeparatelyLicensedPerson" => Performer::OnlyLicensed,
        // Also what holds where nothing is said.
        _ => Performer::OnlyAuthor,
    };
    let addresses = [text(json, "licenseUrl"), text(json, "otherLicenseUrl")];
    Some(Meta {
        format: "VRM 1.0",
        title: text(json, "name"),
        version: text(json, "version"),
        authors: texts(json, "authors"),
        copyright: text(json, "copyrightInformation"),
        contact: text(json, "contactInformation"),
        references: texts(json, "references"),
        third_party_licenses: text(json, "thirdPartyLicenses"),
        license: addresses.into_iter().filter(|a| !a.is_empty()).collect(),
        performer: Some(performer),
        terms,
    })
}
