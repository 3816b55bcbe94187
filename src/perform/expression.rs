//! Named expressions as channel sets, faded in and out by marks.

use super::acting::Room;
use super::curve::{progress, smootherstep};
use super::emotions::{EMOTIONS, Emotion, SLOWEST};
use crate::avatar::{Avatar, OwnExpression};
use crate::rig::{How, Rig};
use crate::script::timeline::Mark;
use crate::time::Time;
use crate::vocabulary::{Channel, Expression, ExpressionKind};

/// The mark that asks for any expression by name, the avatar's own ones too.
pub(super) const OWN_MARK: &str = "expression";

/// How fast expressions of an avatar's own come and go.
const OWN_COMES: Time = Time::from_millis(350);
const OWN_GOES: Time = Time::from_millis(500);

/// The names of all expressions.
pub fn expression_names() -> impl Iterator<Item = &'static str> {
    EMOTIONS.iter().map(|emotion| emotion.name)
}

/// The channels of the expression called `name`, at full strength.
pub fn expression_channels(name: &str) -> Option<&'static [(Channel, f32)]> {
    find(name).map(|emotion| emotion.channels)
}

fn find(name: &str) -> Option<&'static Emotion> {
    EMOTIONS.iter().find(|emotion| emotion.name == name)
}

/// How an expression is worn by one avatar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Worn {
    /// By channels, at full strength.
    Channels(&'static [(Channel, f32)]),
    /// By an expression of the avatar's own.
    Own {
        /// Index into the avatar's expressions.
        expression: usize,
        /// Its weight at full strength.
        weight: f32,
    },
}

/// Expressions that an avatar's own stand in for: the name, theirs, and how much of theirs.
const STAND_INS: &[(&str, &str, f32)] = &[("smile", "happy", 0.6)];

/// Of an expression's channels, how much must be there under their own names to be finer than the avatar's expression.
const FINER: f32 = 0.5;

/// How `avatar` wears the expression called `name`: by channels where it has most of them, else by its own
/// expression of that name, else by what channels there are. `None` where neither knows the name.
pub fn worn(name: &str, avatar: &Avatar, rig: &Rig) -> Option<Worn> {
    let channels = expression_channels(name);
    let own = |name: &str| {
        let named = |e: &OwnExpression| e.name.eq_ignore_ascii_case(name) && e.moves_something();
        avatar.expressions.iter().position(named)
    };
    let is_finer = |set: &[(Channel, f32)]| {
        let all: f32 = set.iter().map(|(_, weight)| weight).sum();
        let direct = set.iter().filter(|(c, _)| rig.channel(*c).how == How::Direct);
        direct.map(|(_, weight)| weight).sum::<f32>() >= all * FINER
    };
    if let Some(set) = channels.filter(|set| is_finer(set)) {
        return Some(Worn::Channels(set));
    }
    let stand_in = STAND_INS.iter().find(|(n, ..)| *n == name);
    let own = own(name).map(|e| (e, 1.0)).or_else(|| {
        let (_, theirs, weight) = stand_in?;
        Some((own(theirs)?, *weight))
    });
    match (own, channels) {
        (Some((expression, weight)), _) => Some(Worn::Own { expression, weight }),
        (None, Some(set)) => Some(Worn::Channels(set)),
        (None, None) => None,
    }
}

/// How `avatar` wears each expression that marks can name: those that are known by name, then others of its own. The
/// name, and by what; empty where nothing moves.
pub fn worn_expressions(avatar: &Avatar, rig: &Rig) -> Vec<(String, String)> {
    let known = expression_names().filter(|name| *name != "neutral").map(str::to_owned);
    let own = avatar.expressions.iter().filter(|e| e.moves_something()).map(|e| e.name.clone());
    let own = own.filter(|name| find(&name.to_lowercase()).is_none());
    let by = |name: String| {
        let by = match worn(&name, avatar, rig) {
            Some(Worn::Channels(set)) => {
                let there = set.iter().filter(|(c, _)| rig.channel(*c).how != How::Missing).count();
                if there > 0 { format!("{there} of {} channels", set.len()) } else { String::new() }
            }
            Some(Worn::Own { expression, weight }) => {
                let own = avatar.expressions.get(expression).map_or("", |e| e.name.as_str());
                let share = if weight < 1.0 { format!(" {weight:.2}") } else { String::new() };
                format!("expression {own}{share}")
            }
            None => String::new(),
        };
        (name, by)
    };
    known.chain(own).map(by).collect()
}

/// What the expression marks of one role want, in order of time.
#[derive(Debug)]
pub(super) struct ExpressionTrack {
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    begin: Time,
    end: Option<Time>,
    comes: Time,
    goes: Time,
    weight: f32,
    worn: Worn,
    /// The preset that it is, and how much of it.
    preset: Option<(Expression, f32)>,
}

impl Span {
    /// How much of it is seen at `t`, 0..=1.
    fn at(&self, t: Time) -> f32 {
        let fall = self.end.map_or(0.0, |end| smootherstep(progress(t, end, end + self.goes)));
        let weight = smootherstep(progress(t, self.begin, self.begin + self.comes)) * (1.0 - fall);
        weight * self.weight
    }
}

/// The preset of VRM that the expression called `name` is, and how much of it.
fn preset(name: &str) -> Option<(Expression, f32)> {
    let (name, share) = STAND_INS
        .iter()
        .find(|(n, ..)| *n == name)
        .map_or((name, 1.0), |(_, theirs, share)| (*theirs, *share));
    let preset = Expression::from_name(name)?;
    (preset.kind() == ExpressionKind::Face && preset != Expression::Neutral).then_some((preset, share))
}

impl ExpressionTrack {
    /// Of `marks`, as `avatar` wears them; `strength` scales all (1 is natural).
    pub(super) fn new(marks: &[Mark], strength: f32, avatar: &Avatar, rig: &Rig) -> Self {
        let span = |mark: &Mark| {
            let (name, rest) = wanted(mark)?;
            let given = rest.first().and_then(|a| a.parse::<f32>().ok()).unwrap_or(1.0);
            let worn = worn(name, avatar, rig)?;
            let weight = (given * strength).clamp(0.0, 1.0);
            let (comes, goes) = find(name).map_or((OWN_COMES, OWN_GOES), |e| (e.comes, e.goes));
            Some(Span { begin: mark.time, end: mark.end, comes, goes, weight, worn, preset: preset(name) })
        };
        let mut spans: Vec<Span> = marks.iter().filter_map(span).collect();
        let begins: Vec<Time> = spans.iter().skip(1).map(|s| s.begin).collect();
        for (span, next) in spans.iter_mut().zip(begins) {
            // The next expression replaces this one by cross-fade.
            span.end = Some(span.end.map_or(next, |end| end.min(next)));
        }
        Self { spans }
    }

    /// What has begun at `t` and is not long over: each ends where the next begins.
    fn seen(&self, t: Time) -> impl Iterator<Item = &Span> {
        let begun = self.spans.partition_point(|span| span.begin <= t);
        let is_over = |span: &Span| span.end.is_some_and(|end| end + SLOWEST <= t);
        let over = self.spans.iter().take(begun).rev().position(is_over).unwrap_or(begun);
        self.spans.iter().take(begun).skip(begun - over)
    }

    /// The presets whose place channels take at `t`, and their weights.
    pub(super) fn by_channels(&self, t: Time) -> impl Iterator<Item = (Expression, f32)> {
        let by_channels = self.seen(t).filter(|span| matches!(span.worn, Worn::Channels(_)));
        by_channels.filter_map(move |span| span.preset.map(|(preset, share)| (preset, share * span.at(t))))
    }

    /// Adds what is worn at `t`: to `channels`, as far as speech leaves `room`, and to `own` the weights of the avatar's own
    /// expressions.
    pub(super) fn add(
        &self,
        t: Time,
        room: Room,
        channels: &mut [f32; Channel::COUNT],
        own: &mut Vec<(usize, f32)>,
    ) {
        for span in self.seen(t) {
            let weight = span.at(t);
            match span.worn {
                Worn::Channels(set) => {
                    for &(channel, strength) in set {
                        channels[channel.index()] += strength * weight * room.left(channel);
                    }
                }
                Worn::Own { expression, weight: most } if weight > 0.0 => {
                    own.push((expression, most * weight));
                }
                Worn::Own { .. } => {}
            }
        }
    }
}

/// The expression that a mark asks for, and what follows its name: `[smile 0.5]`, `[expression wink 0.5]`.
fn wanted(mark: &Mark) -> Option<(&str, &[String])> {
    if mark.name == OWN_MARK {
        return mark.args.split_first().map(|(name, rest)| (name.as_str(), rest));
    }
    find(&mark.name).map(|_| (mark.name.as_str(), mark.args.as_slice()))
}

/// Whether `mark` asks for an expression that `avatar` cannot wear.
pub fn is_unworn(mark: &Mark, avatar: &Avatar, rig: &Rig) -> bool {
    wanted(mark).is_some_and(|(name, _)| worn(name, avatar, rig).is_none())
}
