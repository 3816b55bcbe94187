//! The performance anew after each change of recipes, dials, gaze or gestures, on a thread of its own.
//!
//! Of several changes in a row only the last is acted.

use super::edits::{Recipe, Shape};
use super::loading::{Done, Wake};
use super::recipes::with_recipes;
use crate::perform::{Cast, Motions, Performance};
use crate::production::Production;
use crate::rig::motion_of;
use crate::script::Timeline;
use crate::script::timeline::{Dials, Mark, Speaker};
use crate::time::Time;
use glam::Vec3;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// A gesture or an expression that was asked for at a moment.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Called {
    pub(super) at: Time,
    pub(super) gesture: String,
}

/// What changes the acting.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Direction {
    pub(super) recipes: BTreeMap<Shape, Recipe>,
    /// `None` leaves the script's.
    pub(super) dials: Option<Dials>,
    pub(super) gaze: Option<Vec3>,
    pub(super) clip: Option<String>,
    pub(super) called: Vec<Called>,
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
    if let Some(first) = cast.first_mut() {
        if !direction.recipes.is_empty() {
            first.rig = Arc::new(with_recipes(&first.avatar, &first.rig, &direction.recipes));
        }
        if let Some(clip) = &direction.clip {
            insert_clip(clip, first, &mut motions);
        }
    }
    direct(&mut timeline, direction);
    production.acted(&timeline, &cast, &motions)
}

fn insert_clip(name: &str, member: &Cast, motions: &mut Motions) {
    let Cast { avatar, rig } = member;
    let clip = avatar.clips.iter().find(|clip| clip.name == name);
    if let Some(motion) = clip.and_then(|clip| motion_of(avatar, rig, clip)) {
        motions.insert(name, motion);
    }
}

/// Writes the direction into the first speaker's marks.
fn direct(timeline: &mut Timeline, direction: &Direction) {
    if let Some(dials) = direction.dials {
        timeline.dials = dials;
    }
    if timeline.speakers.is_empty() {
        timeline.speakers.push(Speaker { id: "speaker".to_owned(), ..Speaker::default() });
    }
    let Some(speaker) = timeline.speakers.first_mut() else { return };
    let mark =
        |time: Time, name: &str, args: Vec<String>| Mark { time, end: None, name: name.to_owned(), args };
    if let Some(point) = direction.gaze {
        speaker.marks.retain(|mark| mark.name != "look");
        speaker.marks.push(mark(Time::ZERO, "look", point.to_array().map(|v| format!("{v:.4}")).to_vec()));
    }
    if let Some(clip) = &direction.clip {
        speaker.marks.retain(|mark| mark.name != "clip");
        speaker.marks.push(mark(Time::ZERO, "clip", vec![clip.clone(), "loop".to_owned()]));
    }
    for called in &direction.called {
        speaker.marks.push(mark(called.at, "gesture", vec![called.gesture.clone()]));
    }
    speaker.marks.sort_by_key(|mark| mark.time);
    // Somebody who stands there without a speech goes on gesturing.
    let last = direction.called.last().map_or(Time::ZERO, |called| called.at + GESTURE);
    timeline.duration = timeline.duration.max(last);
}

/// No gesture takes longer.
const GESTURE: Time = Time::from_millis(6000);
