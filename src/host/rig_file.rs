//! `NAME.rig.toml` beside an avatar: a person's word on its bones, visemes, channels and surfaces.
//!
//! Strict and versioned; every name in it is checked against the avatar, and an unknown one is told with its place.

use std::collections::BTreeMap;

use glam::Vec3;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::avatar::{Avatar, Surface};
use crate::diagnostic::Diagnostic;
use crate::rig::{Axis, JointTurn, Mix, Overrides};
use crate::script::document::{Document, Fault, suggest};
use crate::vocabulary::{Bone, Channel, Viseme};

const VERSION: (u32, u32) = (1, 0);

/// Weights of morph targets and channels.
const MOST_WEIGHT: f32 = 2.0;

/// What an avatar's rig is, in place of what Rhetor finds by names and shape.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rhetor rig file", rename = "Rig")]
struct RigFile {
    /// Where this schema is, for editors.
    #[serde(rename = "$schema", default)]
    _schema: Option<String>,
    /// The version of the format, "1.0".
    #[serde(rename = "version")]
    _version: String,
    /// From a VRM 1.0 bone to the name of a node; an empty name says that the avatar has no such bone.
    #[serde(default)]
    bones: BTreeMap<String, String>,
    /// What makes a viseme, by its name: PP, FF, …, ou.
    #[serde(default)]
    visemes: BTreeMap<String, MixFile>,
    /// What makes a channel, by its ARKit name.
    #[serde(default)]
    channels: BTreeMap<String, MixFile>,
    /// From a material's name to what it is the surface of: plain, skin, hair, eye or mouth.
    #[serde(default)]
    surfaces: BTreeMap<String, String>,
    /// How skin is.
    #[serde(default)]
    skin: SkinFile,
}

/// How skin is shaded.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Skin")]
struct SkinFile {
    /// How far past the border of light and shade red, green and blue still come out, each 0 to 1; 0 is paint, and human skin
    /// has [0.36, 0.13, 0.08].
    #[serde(default)]
    scatter: Option<[f32; 3]>,
}

/// What moves at full strength; an empty table moves nothing.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Mix")]
struct MixFile {
    /// The file's own morph targets with weights within -2 and 2.
    #[serde(default)]
    morphs: BTreeMap<String, f32>,
    /// Channels with weights within -2 and 2.
    #[serde(default)]
    channels: BTreeMap<String, f32>,
    /// Joints that turn.
    #[serde(default)]
    joints: Vec<JointFile>,
}

/// A joint that turns.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Joint")]
struct JointFile {
    /// The name of its node.
    joint: String,
    /// About what: left, up or forward of the avatar, or [x, y, z] in the joint's own rest frame. Left where left out,
    /// which is how a jaw opens.
    #[serde(default)]
    axis: Option<AxisFile>,
    /// How far, in degrees within -180 and 180.
    degrees: f32,
}

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Axis")]
enum AxisFile {
    Named(String),
    Own([f32; 3]),
}

const AXES: &[(&str, Axis)] = &[("left", Axis::Left), ("up", Axis::Up), ("forward", Axis::Forward)];

/// Reads the text of a rig file called `name` for `avatar`; gives what it says, and warnings.
///
/// # Errors
/// All that is wrong in it, with line and column: text that is not TOML, another major version, unknown keys, and
/// names of bones, visemes, channels, nodes, morph targets and materials that do not exist.
pub fn read_rig_file(
    text: &str,
    name: &str,
    avatar: &Avatar,
) -> Result<(Overrides, Vec<Diagnostic>), Vec<Diagnostic>> {
    let mut document = Document::toml(text, name, VERSION).map_err(|fault| vec![fault])?;
    let file: RigFile = document.read()?;
    let mut reader = Reader { document, avatar };
    let mut overrides = Overrides::default();
    for (bone, node) in &file.bones {
        let place = format!("/bones/{bone}");
        let known: Vec<&str> = Bone::ALL.iter().map(|b| b.name()).collect();
        let bone = reader.named(&place, "bone", bone, Bone::from_name(bone), &known);
        let is_none = node.is_empty();
        let node = if is_none { None } else { reader.node(&place, node) };
        overrides.bones.extend(bone.filter(|_| is_none || node.is_some()).map(|bone| (bone, node)));
    }
    for (viseme, mix) in &file.visemes {
        let place = format!("/visemes/{viseme}");
        let known: Vec<&str> = Viseme::ALL.iter().map(|v| v.name()).collect();
        let found = reader.named(&place, "viseme", viseme, Viseme::from_name(viseme), &known);
        let mix = reader.mix(&place, mix);
        overrides.visemes.extend(found.map(|viseme| (viseme, mix)));
    }
    for (channel, mix) in &file.channels {
        let place = format!("/channels/{channel}");
        let found = reader.channel(&place, channel);
        let mix = reader.mix(&place, mix);
        overrides.channels.extend(found.map(|channel| (channel, mix)));
    }
    for (material, surface) in &file.surfaces {
        let place = format!("/surfaces/{material}");
        let names: Vec<&str> = avatar.materials.iter().map(|m| m.name.as_str()).collect();
        if !names.contains(&material.as_str()) {
            reader.missing(&place, "material", material, &names);
        }
        let known: Vec<&str> = Surface::ALL.iter().map(|(name, _)| *name).collect();
        let found = reader.named(&place, "surface", surface, Surface::from_name(surface), &known);
        overrides.surfaces.extend(found.map(|surface| (material.clone(), surface)));
    }
    if let Some(scatter) = file.skin.scatter {
        if scatter.iter().all(|c| (0.0..=1.0).contains(c)) {
            overrides.scatter = Some(scatter);
        } else {
            reader
                .document
                .report("/skin/scatter", Fault::new("each colour must lie within 0 and 1".to_owned()));
        }
    }
    let warnings = reader.document.close()?;
    Ok((overrides, warnings))
}

/// The JSON Schema of the format, as text.
pub fn rig_file_schema() -> String {
    crate::script::schema::text(schemars::schema_for!(RigFile))
}

/// The document under examination and the avatar that its names must fit.
struct Reader<'a> {
    document: Document<'a>,
    avatar: &'a Avatar,
}

impl Reader<'_> {
    fn named<T>(
        &mut self,
        place: &str,
        kind: &str,
        name: &str,
        found: Option<T>,
        known: &[&str],
    ) -> Option<T> {
        if found.is_none() {
            let fault = Fault::new(format!("there is no {kind} '{name}'")).help(suggest(name, known));
            self.document.report(place, fault);
        }
        found
    }

    fn node(&mut self, place: &str, name: &str) -> Option<usize> {
        let avatar = self.avatar;
        let found = avatar.nodes.iter().position(|n| n.name == name);
        if found.is_none() {
            let known: Vec<&str> = avatar.nodes.iter().map(|n| n.name.as_str()).collect();
            self.missing(place, "node", name, &known);
        }
        found
    }

    /// The file's own names may be very many: only one that is near is told.
    fn missing(&mut self, place: &str, kind: &str, name: &str, known: &[&str]) {
        let fault = Fault::new(format!("the avatar has no {kind} '{name}'"));
        let help = match crate::diagnostic::nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => "rhetor inspect --json lists its names".to_owned(),
        };
        self.document.report(place, fault.help(help));
    }

    fn channel(&mut self, place: &str, name: &str) -> Option<Channel> {
        let known: Vec<&str> = Channel::ALL.iter().map(|c| c.name()).collect();
        self.named(place, "channel", name, Channel::from_name(name), &known)
    }

    fn within(&mut self, place: &str, what: &str, value: f32, most: f32) -> bool {
        let is_within = value.abs() <= most;
        if !is_within {
            self.document.report(place, Fault::new(format!("{what} must lie within -{most} and {most}")));
        }
        is_within
    }

    fn mix(&mut self, place: &str, file: &MixFile) -> Mix {
        let mut mix = Mix::default();
        for (name, weight) in &file.morphs {
            let place = format!("{place}/morphs/{name}");
            let avatar = self.avatar;
            let names = || avatar.meshes.iter().flat_map(|m| &m.morph_names).map(String::as_str);
            if !names().any(|n| n == name) {
                let known: Vec<&str> = names().collect();
                self.missing(&place, "morph target", name, &known);
            } else if self.within(&place, "a weight", *weight, MOST_WEIGHT) {
                mix.morphs.push((name.clone(), *weight));
            }
        }
        for (name, weight) in &file.channels {
            let place = format!("{place}/channels/{name}");
            let is_within = self.within(&place, "a weight", *weight, MOST_WEIGHT);
            let found = self.channel(&place, name);
            mix.channels.extend(found.filter(|_| is_within).map(|channel| (channel, *weight)));
        }
        for (index, joint) in file.joints.iter().enumerate() {
            let place = format!("{place}/joints/{index}");
            let node = self.node(&format!("{place}/joint"), &joint.joint);
            let axis = self.axis(&format!("{place}/axis"), joint.axis.as_ref());
            let is_within = self.within(&format!("{place}/degrees"), "an angle", joint.degrees, 180.0);
            if let Some((node, axis)) = node.zip(axis).filter(|_| is_within) {
                mix.joints.push(JointTurn { node, axis, angle: joint.degrees.to_radians() });
            }
        }
        mix
    }

    fn axis(&mut self, place: &str, axis: Option<&AxisFile>) -> Option<Axis> {
        match axis {
            None => Some(Axis::Left),
            Some(AxisFile::Named(name)) => {
                let known: Vec<&str> = AXES.iter().map(|(n, _)| *n).collect();
                let found = AXES.iter().find(|(n, _)| n == name).map(|(_, axis)| *axis);
                self.named(place, "axis", name, found, &known)
            }
            Some(AxisFile::Own(axis)) => {
                let axis = Vec3::from(*axis);
                if axis.length() < 1e-6 {
                    self.document.report(place, Fault::new("an axis of no length has no direction"));
                    return None;
                }
                Some(Axis::Own(axis))
            }
        }
    }
}
