//! The 15 visemes: by their own names, else as recipes of channels, else by other conventions' names, else of vowels,
//! else by the jaw alone.

use super::channels::expression;
use super::joints::Joints;
use super::morphs::{Found, MorphIndex};
use super::recipes::{SUBSTITUTES, jaw_share, recipe, vowel_recipe};
use super::viseme_names::{PREFIXES, SETS, SPELLINGS, Set, VOWELS};
use super::{Binding, How, Move, add, part};
use crate::avatar::Avatar;
use crate::vocabulary::{Channel, Expression, Viseme};

/// Of a recipe's weight, how much must be there for it to be used.
const ENOUGH: f32 = 0.5;

/// Of all channels that recipes use, how many must be there by name for them to come before other conventions' shapes.
const FULL_FACE: f32 = 0.8;

/// Of another convention's visemes, how many must be there for it to be that convention.
const IS_SET: usize = 8;

/// How far a speaking mouth opens a true jawOpen.
const SPEAKING_JAW: f32 = 0.6;

/// One binding for each viseme, and which of them have shapes of their own.
pub(super) struct Visemes {
    pub(super) bindings: Vec<Binding>,
    has_shapes: Vec<bool>,
}

impl Visemes {
    /// A viseme that is not itself made of channels.
    pub(super) fn own(&self, viseme: Viseme) -> Option<&Binding> {
        let is_own = self.has_shapes.get(viseme.index()) == Some(&true);
        self.bindings.get(viseme.index()).filter(|_| is_own)
    }
}

/// What an avatar has to speak with.
struct Means<'a> {
    named: Vec<(Viseme, Found)>,
    sets: Vec<Vec<(Viseme, Binding)>>,
    vowels: Option<VowelShapes>,
    channels: &'a [Binding],
    has_full_face: bool,
}

/// The vowels aa, ih, ou, ee, oh, and a mouth that is shut tight.
struct VowelShapes {
    vowels: [Option<Found>; 5],
    closed: Option<Found>,
}

/// One binding for each viseme; `channels` are the avatar's own.
pub(super) fn resolve(morphs: &MorphIndex, channels: &[Binding], joints: &Joints<'_>) -> Visemes {
    let means = Means {
        named: by_name(morphs),
        sets: sets(morphs, joints),
        vowels: expression_vowels(joints.avatar).or_else(|| vowels(morphs)),
        channels,
        has_full_face: has_full_face(channels),
    };
    let (bindings, has_shapes) = Viseme::ALL.iter().map(|&viseme| means.binding(viseme)).unzip();
    Visemes { bindings, has_shapes }
}

impl Means<'_> {
    /// The best there is, and whether it has shapes of its own.
    fn binding(&self, viseme: Viseme) -> (Binding, bool) {
        if viseme == Viseme::Sil {
            return (Binding { how: How::Direct, source: AT_REST.to_owned(), moves: Vec::new() }, false);
        }
        let named = self.named.iter().find(|(v, _)| *v == viseme);
        if let Some((_, Found { name, moves })) = named {
            return (Binding { how: How::Direct, source: name.clone(), moves: moves.clone() }, true);
        }
        let recipe = || by_recipe(viseme, self.channels);
        if let Some(binding) = self.has_full_face.then(recipe).flatten() {
            return (binding, false);
        }
        let of_set =
            |set: &Vec<(Viseme, Binding)>| set.iter().find(|(v, _)| *v == viseme).map(|(_, b)| b.clone());
        if let Some(binding) = self.sets.iter().find_map(of_set) {
            return (binding, true);
        }
        if let Some(binding) = recipe() {
            return (binding, false);
        }
        if let Some(binding) = self.vowels.as_ref().and_then(|vowels| vowels.binding(viseme)) {
            return (binding, true);
        }
        (by_jaw(viseme, self.channels).unwrap_or_else(Binding::missing), false)
    }
}

/// What makes a mouth that only has to be shut.
const AT_REST: &str = "the face at rest";

/// The visemes of the prefix that finds most.
fn by_name(morphs: &MorphIndex) -> Vec<(Viseme, Found)> {
    let mut best = Vec::new();
    for prefix in PREFIXES {
        let found: Vec<(Viseme, Found)> = Viseme::ALL
            .iter()
            .filter(|v| **v != Viseme::Sil)
            .filter_map(|&v| Some((v, one_by_name(morphs, prefix, v)?)))
            .collect();
        // Bare vowels alone are a set of vowels, not of visemes.
        let is_set = found.iter().any(|(v, _)| *v == Viseme::PP);
        if is_set && found.len() > best.len() {
            best = found;
        }
    }
    best
}

fn one_by_name(morphs: &MorphIndex, prefix: &str, viseme: Viseme) -> Option<Found> {
    let others = SPELLINGS.iter().filter(|(v, _)| *v == viseme).map(|(_, name)| *name);
    std::iter::once(viseme.name()).chain(others).find_map(|name| match prefix {
        "" => morphs.find_whole(name),
        _ => morphs.find(&format!("{prefix}_{name}")),
    })
}

/// The other conventions whose visemes the avatar has, the one with most first.
fn sets(morphs: &MorphIndex, joints: &Joints<'_>) -> Vec<Vec<(Viseme, Binding)>> {
    let best_prefix = |set: &Set| {
        let of_prefix = |prefix: &&str| of_set(set, prefix, morphs, joints);
        set.prefixes.iter().map(of_prefix).max_by_key(Vec::len).unwrap_or_default()
    };
    let mut found: Vec<_> = SETS.iter().map(best_prefix).filter(|rows| rows.len() >= IS_SET).collect();
    found.retain(|rows| rows.iter().any(|(v, _)| *v == Viseme::PP));
    found.sort_by_key(|rows| std::cmp::Reverse(rows.len()));
    found
}

fn of_set(set: &Set, prefix: &str, morphs: &MorphIndex, joints: &Joints<'_>) -> Vec<(Viseme, Binding)> {
    let find = |name: &str| match prefix {
        "" => morphs.find_whole(name),
        _ => morphs.find(&format!("{prefix}{name}")),
    };
    let row = |(viseme, parts): &(Viseme, &'static [(&'static str, f32)])| {
        let mut moves = Vec::new();
        let mut source = Vec::new();
        let (mut there, mut all) = (0.0, 0.0);
        for (name, weight) in *parts {
            all += weight;
            let Some(found) = find(name) else { continue };
            there += weight;
            source.push(part(&found.name, *weight));
            found.moves.iter().for_each(|m| add(&mut moves, m.scaled(*weight)));
        }
        let how = if parts.len() == 1 && all >= 1.0 { How::Direct } else { How::Recipe };
        let share = jaw_share(*viseme);
        if let Some((joint, turns)) = joints.jaw(set.jaw_joints).filter(|_| share > 0.0) {
            source.push(format!("{joint} {share:.2}"));
            moves.extend(turns.into_iter().map(|m| m.scaled(share)));
        }
        let source = format!("{} ({})", source.join(", "), set.title);
        // Names that ask for nothing but what is missing make no viseme.
        (there > 0.0 && there >= all * ENOUGH).then_some((*viseme, Binding { how, source, moves }))
    };
    set.rows.iter().filter_map(row).collect()
}

/// Whether nearly all channels that speaking uses are there under their own names.
fn has_full_face(channels: &[Binding]) -> bool {
    let mut used: Vec<Channel> = Viseme::ALL.iter().flat_map(|v| recipe(*v)).map(|(c, _)| *c).collect();
    used.sort_unstable();
    used.dedup();
    let is_direct = |c: &&Channel| channels.get(c.index()).is_some_and(|b| b.how == How::Direct);
    used.iter().filter(is_direct).count() as f32 >= used.len() as f32 * FULL_FACE
}

/// A mix of channels, where the avatar has enough of them.
fn by_recipe(viseme: Viseme, channels: &[Binding]) -> Option<Binding> {
    let binding = |c: Channel| channels.get(c.index()).filter(|b| b.how != How::Missing);
    let parts = recipe(viseme);
    let mut moves: Vec<Move> = Vec::new();
    let mut source = Vec::new();
    let (mut there, mut all, mut takes_shape) = (0.0, 0.0, false);
    for &(channel, weight) in parts {
        all += weight;
        let substitute = SUBSTITUTES.iter().find(|(c, _, _)| *c == channel && binding(channel).is_none());
        let (used, amount) =
            substitute.map_or((channel, weight), |(_, other, share)| (*other, weight * share));
        let Some(found) = binding(used) else { continue };
        there += weight;
        // A jaw alone has shares of its own, which differ more from each other.
        takes_shape |= used != Channel::JawOpen && found.how != How::Bone;
        source.push(format!("{used} {amount:.2}"));
        found.moves.iter().for_each(|m| add(&mut moves, m.scaled(amount)));
    }
    let is_enough = takes_shape && there >= all * ENOUGH;
    is_enough.then(|| Binding { how: How::Recipe, source: source.join(", "), moves })
}

/// The vowels by their author's word.
fn expression_vowels(avatar: &Avatar) -> Option<VowelShapes> {
    let presets = [Expression::Aa, Expression::Ih, Expression::Ou, Expression::Ee, Expression::Oh];
    let vowels = presets.map(|preset| expression(avatar, preset));
    let opens = vowels.first().is_some_and(Option::is_some);
    opens.then_some(VowelShapes { vowels, closed: None })
}

/// The first convention with all five vowels.
fn vowels(morphs: &MorphIndex) -> Option<VowelShapes> {
    VOWELS.iter().find_map(|set| {
        let vowels = set.names.map(|name| morphs.find_whole(name));
        let closed = morphs.find_whole(set.closed);
        vowels.iter().all(Option::is_some).then_some(VowelShapes { vowels, closed })
    })
}

impl VowelShapes {
    fn binding(&self, viseme: Viseme) -> Option<Binding> {
        let parts = vowel_recipe(viseme);
        if parts.is_empty() {
            // A closed mouth is what most of these faces rest with.
            let closed = self.closed.clone().unwrap_or(Found { name: AT_REST.to_owned(), moves: Vec::new() });
            return Some(Binding { how: How::Recipe, source: closed.name, moves: closed.moves });
        }
        let mut moves = Vec::new();
        let mut source = Vec::new();
        for &(vowel, weight) in parts {
            let Some(found) = self.vowels.get(vowel).and_then(Option::as_ref) else { continue };
            source.push(part(&found.name, weight));
            found.moves.iter().for_each(|m| add(&mut moves, m.scaled(weight)));
        }
        (!moves.is_empty()).then(|| Binding { how: How::Recipe, source: source.join(", "), moves })
    }
}

/// The jaw alone, by a morph target or a joint.
fn by_jaw(viseme: Viseme, channels: &[Binding]) -> Option<Binding> {
    let jaw = channels.get(Channel::JawOpen.index()).filter(|b| b.how != How::Missing)?;
    // A whole jawOpen is a shout; joints and the stand-ins of poorer faces open less.
    let share = jaw_share(viseme) * if jaw.how == How::Direct { SPEAKING_JAW } else { 1.0 };
    let how = if jaw.how == How::Bone { How::Bone } else { How::Recipe };
    let moves = jaw.moves.iter().filter(|_| share > 0.0).map(|m| m.scaled(share)).collect();
    Some(Binding { how, source: part(&jaw.source, share), moves })
}
