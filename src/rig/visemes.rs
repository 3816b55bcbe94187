//! The 15 visemes: by their own names, else as recipes of channels, else of vowels, else by the jaw alone.

use super::morphs::{Found, MorphIndex};
use super::recipes::{SUBSTITUTES, VOWEL_CONVENTIONS, jaw_share, recipe, vowel_recipe};
use super::{Binding, How, Move};
use crate::vocabulary::{Channel, Viseme};

/// What stands before the visemes' names; the empty one means bare names, which must be whole.
const PREFIXES: &[&str] = &["viseme", "vrc.v", "vis", "vi", "v", ""];

/// Another spelling of some visemes.
const SPELLINGS: &[(Viseme, &str)] =
    &[(Viseme::Ih, "I"), (Viseme::Oh, "O"), (Viseme::Ou, "U"), (Viseme::E, "eh"), (Viseme::Nn, "NN")];

/// Of a recipe's weight, how much must be there for it to be used.
const ENOUGH: f32 = 0.5;

/// How far a speaking mouth opens a true jawOpen.
const SPEAKING_JAW: f32 = 0.6;

/// One binding for each viseme; `channels` are the avatar's own.
pub(super) fn resolve(morphs: &MorphIndex, channels: &[Binding]) -> Vec<Binding> {
    let named = by_name(morphs);
    let vowels = vowels(morphs);
    let binding = |&viseme: &Viseme| {
        if viseme == Viseme::Sil {
            return Binding { how: How::Direct, source: "the face at rest".to_owned(), moves: Vec::new() };
        }
        let direct = named.iter().find(|(v, _)| *v == viseme).map(|(_, found)| found.clone());
        direct
            .map(|found| Binding { how: How::Direct, source: found.name, moves: found.moves })
            .or_else(|| by_recipe(viseme, channels))
            .or_else(|| vowels.as_ref().map(|vowels| by_vowels(viseme, vowels)))
            .or_else(|| by_jaw(viseme, channels))
            .unwrap_or_else(Binding::missing)
    };
    Viseme::ALL.iter().map(binding).collect()
}

/// The visemes of the naming convention that finds most.
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

/// The first convention with all five vowels.
fn vowels(morphs: &MorphIndex) -> Option<Vec<Found>> {
    VOWEL_CONVENTIONS.iter().find_map(|names| names.iter().map(|name| morphs.find_whole(name)).collect())
}

fn by_vowels(viseme: Viseme, vowels: &[Found]) -> Binding {
    let mut moves = Vec::new();
    let mut source = Vec::new();
    for &(vowel, weight) in vowel_recipe(viseme) {
        let Some(found) = vowels.get(vowel) else { continue };
        source.push(format!("{} {weight:.2}", found.name));
        found.moves.iter().for_each(|m| add(&mut moves, m.scaled(weight)));
    }
    // A closed mouth is what these faces rest with.
    let source = if source.is_empty() { "the face at rest".to_owned() } else { source.join(", ") };
    Binding { how: How::Recipe, source, moves }
}

/// The jaw alone, by a morph target or a joint.
fn by_jaw(viseme: Viseme, channels: &[Binding]) -> Option<Binding> {
    let jaw = channels.get(Channel::JawOpen.index()).filter(|b| b.how != How::Missing)?;
    // A whole jawOpen is a shout; joints and the stand-ins of poorer faces open less.
    let share = jaw_share(viseme) * if jaw.how == How::Direct { SPEAKING_JAW } else { 1.0 };
    let how = if jaw.how == How::Bone { How::Bone } else { How::Recipe };
    let moves = jaw.moves.iter().filter(|_| share > 0.0).map(|m| m.scaled(share)).collect();
    Some(Binding { how, source: format!("{} {share:.2}", jaw.source), moves })
}

/// Adds a move, joined with one of the same target or joint and axis.
pub(super) fn add(moves: &mut Vec<Move>, new: Move) {
    for old in moves.iter_mut() {
        match (old, new) {
            (Move::Morph { node, target, weight }, Move::Morph { node: n, target: t, weight: w })
                if *node == n && *target == t =>
            {
                *weight += w;
                return;
            }
            (Move::Rotate { node, axis, angle }, Move::Rotate { node: n, axis: x, angle: a })
                if *node == n && *axis == x =>
            {
                *angle += a;
                return;
            }
            (Move::Express { expression, weight }, Move::Express { expression: e, weight: w })
                if *expression == e =>
            {
                *weight += w;
                return;
            }
            _ => {}
        }
    }
    moves.push(new);
}
