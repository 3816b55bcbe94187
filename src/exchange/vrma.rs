//! A performance as a VRM animation, for any humanoid (`VRMC_vrm_animation` 1.0).
//!
//! It holds the body, the vowels, the lids and the expressions that marks call for. Where the eyes look is not in it, nor what
//! a recorded face does beside the lids.

use super::binary::{Parts, glb};
use super::sampled::Window;
use crate::avatar::{Avatar, Clip, ClipChannel, Interpolation, Motion, Values};
use crate::diagnostic::Diagnostic;
use crate::perform::{Cast, Performance};
use crate::rig::{Stature, motion_of, stature, vowel_mix};
use crate::vocabulary::{Bone, Channel, Expression};
use glam::{Quat, Vec3};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Motions are not read for longer.
const LONGEST_SECS: f32 = 1200.0;
/// An expression that never weighs more is not worn.
const UNWORN: f32 = 1e-4;
const VOWELS: [Expression; 5] =
    [Expression::Aa, Expression::Ih, Expression::Ou, Expression::Ee, Expression::Oh];
/// What of the specification's presets a performance does not decide, or states otherwise.
const LOOKS: [Expression; 4] =
    [Expression::LookUp, Expression::LookDown, Expression::LookLeft, Expression::LookRight];

/// Role `index` of `performance`, played by `member`, in `window`, as a `.vrma`. `clip` is the same as a clip of the
/// avatar's ([`super::clip_of`]). `name` is the avatar's, for messages; `generator` and `disclosure` go into
/// the file.
///
/// # Errors
/// The avatar has no humanoid that moves, or the window is longer than twenty minutes.
pub fn vrm_animation(
    performance: &Performance,
    (index, member, name): (usize, &Cast, &str),
    window: &Window,
    clip: &Clip,
    (generator, disclosure): (&str, &str),
) -> Result<Vec<u8>, Diagnostic> {
    let Cast { avatar, rig } = member;
    if clip.duration_secs > LONGEST_SECS {
        return Err(Diagnostic::error(name, "a VRM animation is not written for longer than twenty minutes")
            .help("export a part with --from and --to"));
    }
    let body = motion_of(avatar, rig, clip).zip(stature(avatar, rig));
    let (motion, stature) = body.ok_or_else(|| {
        Diagnostic::error(name, "it has no humanoid body that the performance moves")
            .help("`rhetor inspect` says which bones are found; export a .glb for any other avatar")
    })?;
    let times: Vec<f32> = (0..=window.frames()).map(|i| window.rate.time_of(i).as_secs_f32()).collect();
    let mut scene = Scene { times, ..Scene::default() };
    scene.add_body(avatar, &|bone| rig.bone(bone), &motion, &stature);
    scene.add_face(performance, index, avatar, window);
    scene.into_file((&clip.name, disclosure), generator)
}

/// The nodes of the file and their curves.
#[derive(Default)]
struct Scene {
    times: Vec<f32>,
    nodes: Vec<Value>,
    roots: Vec<usize>,
    curves: Vec<ClipChannel>,
    bones: Map<String, Value>,
    presets: Map<String, Value>,
    customs: Map<String, Value>,
}

impl Scene {
    /// A node; its children are added by the caller.
    fn node(&mut self, name: &str, place: Vec3) -> usize {
        self.nodes.push(json!({ "name": name, "translation": place.to_array() }));
        self.nodes.len() - 1
    }

    fn curve(&mut self, node: usize, values: Values) {
        let times_secs = self.times.clone();
        self.curves.push(ClipChannel { node, times_secs, interpolation: Interpolation::Linear, values });
    }

    /// The bones in a T-pose without turns, and what the motion does to each.
    fn add_body(
        &mut self,
        avatar: &Avatar,
        node_of: &dyn Fn(Bone) -> Option<usize>,
        motion: &Motion,
        stature: &Stature,
    ) {
        let places: Vec<(Bone, Vec3)> =
            stature.bones.iter().copied().filter(|(bone, _)| !is_of_face(*bone)).collect();
        let mut numbers: Vec<usize> = Vec::with_capacity(places.len());
        let above: Vec<Option<usize>> =
            places.iter().map(|(bone, _)| above(avatar, node_of, &places, *bone)).collect();
        for ((bone, place), above) in places.iter().zip(&above) {
            let from = above.and_then(|above| places.get(above)).map_or(Vec3::ZERO, |(_, place)| *place);
            let number = self.node(bone.name(), *place - from);
            self.bones.insert(bone.name().to_owned(), json!({ "node": number }));
            numbers.push(number);
        }
        for (index, above) in above.iter().enumerate() {
            let Some(number) = numbers.get(index).copied() else { continue };
            match above
                .and_then(|above| self.nodes.get_mut(*numbers.get(above)?))
                .and_then(Value::as_object_mut)
            {
                Some(parent) => {
                    let children = parent.entry("children").or_insert_with(|| Value::Array(Vec::new()));
                    children.as_array_mut().into_iter().for_each(|list| list.push(number.into()));
                }
                None => self.roots.push(number),
            }
        }
        let mut turns: Vec<Vec<[f32; 4]>> = vec![Vec::new(); places.len()];
        let mut hips = Vec::new();
        for secs in self.times.clone() {
            let moment = motion.moment(secs);
            let known: BTreeMap<Bone, Quat> = motion.turns(moment).collect();
            let turn_of = |at: usize| -> Option<Quat> {
                // A bone that is not moved goes with what it hangs on.
                let mut chain = std::iter::successors(Some(at), |at| above.get(*at).copied().flatten());
                chain.find_map(|at| known.get(&places.get(at)?.0).copied())
            };
            for (at, track) in turns.iter_mut().enumerate() {
                let own = turn_of(at).unwrap_or_default();
                let under = above.get(at).copied().flatten().and_then(turn_of).unwrap_or_default();
                let local = (under.inverse() * own).normalize();
                let before = track.last().map_or(Quat::IDENTITY, |q| Quat::from_array(*q));
                track.push(if local.dot(before) < 0.0 { -local } else { local }.to_array());
            }
            let (shift, _) = motion.stand(moment);
            hips.push(shift * stature.hip_height);
        }
        for ((bone, place), (number, track)) in places.iter().zip(numbers.iter().zip(turns)) {
            if track.iter().any(|q| Quat::from_array(*q).xyz().length() > 1e-6) {
                self.curve(*number, Values::Rotation(track));
            }
            if *bone == Bone::Hips {
                let way = hips.iter().map(|shift| (*place + *shift).to_array()).collect();
                self.curve(*number, Values::Translation(way));
            }
        }
    }

    /// A node for each expression that is worn; its X translation is the weight.
    fn add_face(&mut self, performance: &Performance, index: usize, avatar: &Avatar, window: &Window) {
        let mut tracks: BTreeMap<(bool, String), Vec<f32>> = BTreeMap::new();
        let frames = self.times.len();
        for frame in 0..frames {
            let Some(acting) = performance.acting(index, window.time_of(frame as u64)) else { break };
            let vowels = VOWELS.iter().map(|e| e.name()).zip(vowel_mix(&acting.visemes));
            let lids = [
                (Expression::BlinkLeft, Channel::EyeBlinkLeft),
                (Expression::BlinkRight, Channel::EyeBlinkRight),
            ];
            let lids = lids.map(|(e, channel)| (e.name(), acting.channels[channel.index()]));
            let own = acting.expressions.iter().filter_map(|(own, weight)| {
                let own = avatar.expressions.get(*own)?;
                let name: &str = own.preset.map_or(own.name.as_str(), |preset| preset.name());
                Some((name, *weight))
            });
            let emotions = performance.presets(index, window.time_of(frame as u64));
            let emotions = emotions.map(|(preset, weight)| (preset.name(), weight));
            for (name, weight) in vowels.chain(lids).chain(own).chain(emotions) {
                let preset = Expression::from_name(name);
                if preset.is_some_and(|preset| LOOKS.contains(&preset)) {
                    continue;
                }
                let track =
                    tracks.entry((preset.is_none(), name.to_owned())).or_insert_with(|| vec![0.0; frames]);
                if let Some(slot) = track.get_mut(frame) {
                    *slot = (*slot + weight).clamp(0.0, 1.0);
                }
            }
        }
        for ((is_custom, name), track) in tracks {
            if track.iter().all(|weight| *weight <= UNWORN) {
                continue;
            }
            let node = self.node(&name, Vec3::ZERO);
            self.roots.push(node);
            self.curve(
                node,
                Values::Translation(track.into_iter().map(|weight| [weight, 0.0, 0.0]).collect()),
            );
            let list = if is_custom { &mut self.customs } else { &mut self.presets };
            list.insert(name, json!({ "node": node }));
        }
    }

    fn into_file(self, name: (&str, &str), generator: &str) -> Result<Vec<u8>, Diagnostic> {
        let mut parts = Parts::default();
        let animation = parts.animation(name, &self.curves, Some);
        let mut extension = json!({ "specVersion": "1.0", "humanoid": { "humanBones": self.bones } });
        let lists = [("preset", self.presets), ("custom", self.customs)];
        let worn: Map<String, Value> = (lists.into_iter().filter(|(_, list)| !list.is_empty()))
            .map(|(kind, list)| (kind.to_owned(), Value::Object(list)))
            .collect();
        if let Some(object) = extension.as_object_mut().filter(|_| !worn.is_empty()) {
            object.insert("expressions".to_owned(), Value::Object(worn));
        }
        let document = json!({
            "asset": { "version": "2.0", "generator": generator },
            "extensionsUsed": ["VRMC_vrm_animation"],
            "extensions": { "VRMC_vrm_animation": extension },
            "scene": 0,
            "scenes": [{ "nodes": self.roots }],
            "nodes": self.nodes,
            "animations": [animation],
            "buffers": [{ "byteLength": parts.bytes.len() }],
            "bufferViews": parts.views,
            "accessors": parts.accessors,
        });
        glb(document.to_string().as_bytes(), &parts.bytes)
    }
}

/// What no bone of an animation moves.
fn is_of_face(bone: Bone) -> bool {
    matches!(bone, Bone::LeftEye | Bone::RightEye | Bone::Jaw)
}

/// The place among `places` of the nearest bone that `bone` hangs on.
fn above(
    avatar: &Avatar,
    node_of: &dyn Fn(Bone) -> Option<usize>,
    places: &[(Bone, Vec3)],
    bone: Bone,
) -> Option<usize> {
    let parent = |node: usize| avatar.nodes.get(node).and_then(|n| n.parent);
    let upwards = std::iter::successors(parent(node_of(bone)?), |node| parent(*node));
    let mut found =
        upwards.filter_map(|node| places.iter().position(|(other, _)| node_of(*other) == Some(node)));
    found.next()
}
