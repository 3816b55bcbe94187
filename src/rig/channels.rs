//! The 52 channels: by their own names, else by what some rigs have in their place, else by turning eyes and jaw, else
//! from visemes.

use super::channel_names::{FOLLOW_GLANCES, FROM_EXPRESSIONS, FROM_VISEMES, Row, SETS};
use super::joints::Joints;
use super::morphs::{Found, MorphIndex};
use super::visemes::Visemes;
use super::{Binding, How, Move, add, mirror, own};
use crate::avatar::{Avatar, LookAtKind, OwnExpression};
use crate::vocabulary::{Channel, Expression};

/// One binding for each channel.
pub(super) fn resolve(morphs: &MorphIndex, joints: &Joints<'_>) -> Vec<Binding> {
    let is_mirrored = mirror::is_mirrored(joints.avatar, joints.rest_world, joints.facing, morphs);
    let binding = |&channel: &Channel| {
        let named = if is_mirrored { mirror::other_side(channel) } else { channel };
        by_name(channel, named, morphs, joints)
            .or_else(|| by_expression(channel, joints))
            .or_else(|| by_other_name(channel, morphs, joints))
            .or_else(|| by_joint(channel, joints))
            .unwrap_or_else(Binding::missing)
    };
    Channel::ALL.iter().map(binding).collect()
}

/// `named` is the channel whose name the shape has.
fn by_name(channel: Channel, named: Channel, morphs: &MorphIndex, joints: &Joints<'_>) -> Option<Binding> {
    let found = morphs.find(named.name())?;
    Some(with_joint(channel, Binding { how: How::Direct, source: found.name, moves: found.moves }, joints))
}

/// With the joint that has to turn too.
fn with_joint(channel: Channel, mut binding: Binding, joints: &Joints<'_>) -> Binding {
    if let Some((joint, turn)) = joints.beside(channel, &binding.moves) {
        binding.source = format!("{} + {joint}", binding.source);
        binding.moves.extend(turn);
    }
    binding
}

/// An expression of the avatar's own, by its author's word; glances only where its look-at asks for expressions, or has
/// no joints.
fn by_expression(channel: Channel, joints: &Joints<'_>) -> Option<Binding> {
    let avatar = joints.avatar;
    let look_at = avatar.look_at.as_ref();
    let is_by_joints =
        look_at.is_none_or(|l| l.kind == LookAtKind::Bone) && joints.channel(channel).is_some();
    if own::is_look(channel) && is_by_joints {
        return None;
    }
    let rows = FROM_EXPRESSIONS.iter().filter(|(c, _, _)| *c == channel);
    let (found, share) =
        rows.filter_map(|(_, own, share)| Some((expression(avatar, *own)?, *share))).next()?;
    let most = look_at.and_then(|l| own::most(l, LookAtKind::Expression, channel)).unwrap_or(1.0);
    let share = share * most;
    if share <= 0.0 {
        return None;
    }
    let moves = found.moves.into_iter().map(|m| m.scaled(share)).collect();
    Some(Binding { how: How::Recipe, source: super::part(&found.name, share), moves })
}

/// One of the avatar's own expressions; none where it changes nothing.
pub(super) fn expression(avatar: &Avatar, preset: Expression) -> Option<Found> {
    let is_wanted = |e: &OwnExpression| e.preset == Some(preset) && e.moves_something();
    let expression = avatar.expressions.iter().position(is_wanted)?;
    let moves = vec![Move::Express { expression, weight: 1.0 }];
    Some(Found { name: format!("expression {}", preset.name()), moves })
}

fn by_other_name(channel: Channel, morphs: &MorphIndex, joints: &Joints<'_>) -> Option<Binding> {
    let rows = |rows: &'static [Row]| rows.iter().filter(move |(c, _)| *c == channel);
    SETS.iter().find_map(|set| {
        let mut found = rows(set.rows).filter_map(|(_, parts)| together(parts, morphs, set.is_whole));
        let (source, moves) = found.next()?;
        Some(with_joint(channel, Binding { how: How::Recipe, source, moves }, joints))
    })
}

/// All parts of a row, or nothing.
fn together(parts: &[(&str, f32)], morphs: &MorphIndex, is_whole: bool) -> Option<(String, Vec<Move>)> {
    let mut moves = Vec::new();
    let mut source = Vec::new();
    for (name, weight) in parts {
        let found = if is_whole { morphs.find_whole(name) } else { morphs.find(name) }?;
        source.push(super::part(&found.name, *weight));
        found.moves.iter().for_each(|m| add(&mut moves, m.scaled(*weight)));
    }
    Some((source.join(", "), moves))
}

fn by_joint(channel: Channel, joints: &Joints<'_>) -> Option<Binding> {
    let (source, moves) = joints.channel(channel)?;
    Some(Binding { how: How::Bone, source, moves })
}

/// Lets lids follow glances that turn the eyeballs alone.
pub(super) fn move_lids(channels: &mut [Binding]) {
    for &(glance, lid, share) in FOLLOW_GLANCES {
        let is_shape = |m: &&Move| matches!(m, Move::Morph { .. });
        let moves = channels.get(lid.index()).map_or(&[][..], |binding| binding.moves.as_slice());
        let lids: Vec<Move> = moves.iter().filter(is_shape).map(|m| m.scaled(share)).collect();
        let glance = channels.get_mut(glance.index()).filter(|b| b.how == How::Bone && !lids.is_empty());
        if let Some(binding) = glance {
            binding.source = format!("{} + {}", binding.source, super::part(lid.name(), share));
            binding.moves.extend(lids);
        }
    }
}

/// Fills channels that are missing from visemes that have shapes of their own.
pub(super) fn complete(channels: &mut [Binding], visemes: &Visemes) {
    let jaw = channels.get(Channel::JawOpen.index()).map_or(Vec::new(), |b| b.moves.clone());
    let moves_jaw = |m: &Move| jaw.iter().any(|j| j.moves_same(m));
    for &(channel, viseme, share) in FROM_VISEMES {
        let Some(slot) = channels.get_mut(channel.index()).filter(|b| b.how == How::Missing) else {
            continue;
        };
        let Some(from) = visemes.own(viseme) else { continue };
        let is_jaw_only = from.moves.iter().all(moves_jaw);
        if !from.moves.is_empty() && (!is_jaw_only || channel == Channel::JawOpen) {
            let moves = from.moves.iter().map(|m| m.scaled(share)).collect();
            *slot = Binding { how: How::Recipe, source: format!("{viseme} {share:.2}"), moves };
        }
    }
}
