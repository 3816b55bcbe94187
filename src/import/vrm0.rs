//! VRM 0.x: humanoid, first person, look-at and meta (`extensions.VRM`, specification 0.0).

use super::json::{as_number, clean, index, list, text, within, xyz};
use super::vrm::annotations;
use crate::avatar::{FirstPerson, LookAt, LookAtKind, Meta, Node, Performer, RangeMap};
use crate::vocabulary::Bone;
use glam::Vec3;
use serde_json::Value;
use std::collections::BTreeMap;

/// Keys of a look-at curve that are kept.
const KEYS_LIMIT: usize = 64;

/// What 0.x calls the thumbs' bones, which moved by one in 1.0.
const THUMBS: &[(&str, Bone)] = &[
    ("leftThumbProximal", Bone::LeftThumbMetacarpal),
    ("leftThumbIntermediate", Bone::LeftThumbProximal),
    ("leftThumbDistal", Bone::LeftThumbDistal),
    ("rightThumbProximal", Bone::RightThumbMetacarpal),
    ("rightThumbIntermediate", Bone::RightThumbProximal),
    ("rightThumbDistal", Bone::RightThumbDistal),
];

/// The declared bones: which it is, the document's node, and its name there.
pub(super) fn bones(vrm: &Value) -> Vec<(Option<Bone>, Option<usize>, String)> {
    let humanoid = vrm.get("humanoid").unwrap_or(&Value::Null);
    let one = |json: &Value| {
        let name = text(json, "bone");
        let thumb = THUMBS.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name));
        (thumb.map(|(_, bone)| *bone).or_else(|| Bone::from_name(&name)), index(json, "node"), name)
    };
    // Some writers list every bone and give those that are not there the node −1.
    let there = |json: &&Value| json.get("node").and_then(Value::as_i64) != Some(-1);
    list(humanoid, "humanBones").iter().filter(there).take(1000).map(one).collect()
}

/// Who sees which node's mesh; annotations are about meshes.
pub(super) fn first_person(vrm: &Value, nodes: &[Node]) -> Vec<(usize, FirstPerson)> {
    let flags: BTreeMap<usize, FirstPerson> =
        annotations(vrm, "mesh", "firstPersonFlag").into_iter().collect();
    let of = |(i, node): (usize, &Node)| Some((i, *flags.get(&node.mesh?)?));
    nodes.iter().enumerate().filter_map(of).collect()
}

/// How the eyes follow.
pub(super) fn look_at(vrm: &Value) -> Option<LookAt> {
    let json = vrm.get("firstPerson").filter(|v| v.get("lookAtTypeName").is_some())?;
    let kind = if text(json, "lookAtTypeName").eq_ignore_ascii_case("BlendShape") {
        LookAtKind::Expression
    } else {
        LookAtKind::Bone
    };
    let map = |member: &str| range_map(json.get(member).unwrap_or(&Value::Null), kind);
    Some(LookAt {
        kind,
        // Written with the axes of its tools, where forward is +Z; the avatar itself faces −Z.
        offset_from_head: xyz(json, "firstPersonBoneOffset")
            .map_or(Vec3::ZERO, |[x, y, z]| Vec3::new(x, y, -z)),
        inner: map("lookAtHorizontalInner"),
        outer: map("lookAtHorizontalOuter"),
        down: map("lookAtVerticalDown"),
        up: map("lookAtVerticalUp"),
    })
}

fn range_map(json: &Value, kind: LookAtKind) -> RangeMap {
    let output = match kind {
        LookAtKind::Bone => within(json, "yRange", 10.0, 0.0, 90.0).to_radians(),
        LookAtKind::Expression => within(json, "yRange", 1.0, 0.0, 100.0),
    };
    RangeMap { input_max: within(json, "xRange", 90.0, 0.0, 180.0).to_radians(), output, curve: curve(json) }
}

/// Groups of four numbers; empty where they say nothing or are the straight line that they are by default.
fn curve(json: &Value) -> Vec<[f32; 4]> {
    let numbers: Option<Vec<f32>> = list(json, "curve").iter().take(KEYS_LIMIT * 4).map(as_number).collect();
    let numbers = numbers.unwrap_or_default();
    let (keys, rest) = numbers.as_chunks::<4>();
    let ascends = keys.windows(2).all(|pair| matches!(pair, [a, b] if a[0] <= b[0]));
    let is_straight = keys == [[0.0, 0.0, 0.0, 1.0], [1.0, 1.0, 1.0, 0.0]];
    if rest.is_empty() && ascends && !is_straight { keys.to_vec() } else { Vec::new() }
}

/// Clauses of `meta`.
const CLAUSES: &[&str] =
    &["allowedUserName", "commercialUssageName", "violentUssageName", "sexualUssageName", "licenseName"];

/// Who made it and what is allowed.
pub(super) fn meta(vrm: &Value) -> Option<Meta> {
    let json = vrm.get("meta").filter(|v| v.is_object())?;
    let one = |member: &str| Some(text(json, member)).filter(|t| !t.is_empty());
    let terms: Vec<(&'static str, String)> =
        CLAUSES.iter().filter_map(|clause| Some((*clause, one(clause)?))).collect();
    let performer = match text(json, "allowedUserName").to_ascii_lowercase().as_str() {
        "onlyauthor" => Some(Performer::OnlyAuthor),
        "explicitlylicensedperson" => Some(Performer::OnlyLicensed),
        "everyone" => Some(Performer::Everyone),
        _ => None,
    };
    let addresses = ["otherPermissionUrl", "otherLicenseUrl"].into_iter().filter_map(one);
    let mut license: Vec<String> = one("licenseName").into_iter().chain(addresses).collect();
    license.dedup();
    Some(Meta {
        format: "VRM 0.x",
        title: text(json, "title"),
        version: text(json, "version"),
        authors: one("author").into_iter().collect(),
        copyright: String::new(),
        contact: text(json, "contactInformation"),
        references: one("reference").map(|r| clean(&r)).into_iter().collect(),
        third_party_licenses: String::new(),
        license,
        performer,
        terms,
    })
}
