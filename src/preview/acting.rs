//! The performance anew after each change of recipes, dials, gaze or gestures, on a thread of its own.
//!
//! Of several changes in a row only the last is acted.

use super::edits::{Edits, Person, Sliders};
use super::loading::{Done, Wake};
use super::recipes::with_recipes;
use crate::perform::{Cast, Motions, Performance};
use crate::production::Production;
use crate::rig::motion_of;
use crate::script::Timeline;
use crate::script::timeline::{Dials, Mark, Speaker};
use crate::time::Time;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A gesture or an expression that was asked for at a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Called {
    pub(super) at: Time,
    pub(super) gesture: String,
    /// Of whom, by their place in the cast.
    pub(super) by: usize,
}

/// What changes the acting.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Direction {
    /// By their places in the cast; sliders are left out.
    people: BTreeMap<usize, Person>,
    /// `None` leaves the script's.
    dials: Option<Dials>,
    called: Vec<Called>,
}

impl Direction {
    pub(super) fn new(edits: &Edits, called: &[Called]) -> Self {
        let all = edits.others.iter().map(|(index, person)| (*index, person));
        let directed = |person: &Person| Person { sliders: Sliders::default(), ..person.clone() };
        let people = all.chain([(edits.chosen, &edits.own)]).map(|(index, who)| (index, directed(who)));
        let people = people.filter(|(_, person)| *person != Person::default()).collect();
        Self { people, dials: edits.dials, called: called.to_vec() }
    }
}

/// Act this production so.
pub(super) struct Order {
    pub(super) production: Arc<Production>,
    pub(super) direction: Direction,
}

/// Starts the thread; it ends with the sender.
pub(super) fn start(results: Sender<(u64, Done)>, wake: Wake) -> Sender<Order> {
    let (sender, orders) = channel();
    std::thread::spawn(move || work(&orders, &results, &wake));
    sender
}

fn work(orders: &Receiver<Order>, results: &Sender<(u64, Done)>, wake: &Wake) {
    while let Ok(mut order) = orders.recv() {
        while let Ok(later) = orders.try_recv() {
            order = later;
        }
        let performance = Box::new(acted(&order));
        if results.send((0, Done::Acted(order.production, performance))).is_err() {
            return;
        }
        wake();
    }
}

/// The performance of an order.
fn acted(Order { production, direction }: &Order) -> Performance {
    let mut cast = production.cast.clone();
    let mut motions = Motions::default();
    let mut timeline = production.timeline.clone();
    for (index, person) in &direction.people {
        let Some(member) = cast.get_mut(*index) else { continue };
        if !person.recipes.is_empty() {
            member.rig = Arc::new(with_recipes(&member.avatar, &member.rig, &person.recipes));
        }
        if let Some(clip) = &person.clip {
            insert_clip((clip, *index), member, &mut motions);
        }
    }
    direct(&mut timeline, direction);
    production.acted(&timeline, &cast, &motions)
}

/// Two of the cast may have clips of one name.
fn clip_key(clip: &str, index: usize) -> String {
    format!("{index} {clip}")
}

fn insert_clip((name, index): (&str, usize), member: &Cast, motions: &mut Motions) {
    let Cast { avatar, rig } = member;
    let clip = avatar.clips.iter().find(|clip| clip.name == name);
    if let Some(motion) = clip.and_then(|clip| motion_of(avatar, rig, clip)) {
        motions.insert(clip_key(name, index), motion);
    }
}

/// Writes the direction into the speakers' marks.
fn direct(timeline: &mut Timeline, direction: &Direction) {
    if let Some(dials) = direction.dials {
        timeline.dials = dials;
    }
    if timeline.speakers.is_empty() {
        timeline.speakers.push(Speaker { id: "speaker".to_owned(), ..Speaker::default() });
    }
    let mark =
        |time: Time, name: &str, args: Vec<String>| Mark { time, end: None, name: name.to_owned(), args };
    for (index, person) in &direction.people {
        let Some(speaker) = timeline.speakers.get_mut(*index) else { continue };
        if let Some(point) = person.gaze {
            let args = point.to_array().map(|v| format!("{v:.4}")).to_vec();
            speaker.marks.retain(|mark| mark.name != "look");
            speaker.marks.push(mark(Time::ZERO, "look", args));
        }
        if let Some(clip) = &person.clip {
            let args = vec![clip_key(clip, *index), "loop".to_owned()];
            speaker.marks.retain(|mark| mark.name != "clip");
            speaker.marks.push(mark(Time::ZERO, "clip", args));
        }
    }
    for called in &direction.called {
        let Some(speaker) = timeline.speakers.get_mut(called.by) else { continue };
        speaker.marks.push(mark(called.at, "gesture", vec![called.gesture.clone()]));
    }
    for speaker in &mut timeline.speakers {
        speaker.marks.sort_by_key(|mark| mark.time);
    }
    // Somebody who stands there without a speech goes on gesturing.
    let last = direction.called.last().map_or(Time::ZERO, |called| called.at + GESTURE);
    timeline.duration = timeline.duration.max(last);
}

/// No gesture takes longer.
const GESTURE: Time = Time::from_millis(6000);
