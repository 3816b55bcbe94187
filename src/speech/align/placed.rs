//! From the best path to phones, words and differences, with confidences and boundaries finer than a frame.
//!
//! It searches for nothing.

use std::ops::Range;

use super::costs::{Costs, NAT};
use super::graph::{Graph, Kind};
use super::phone_loop::Path;
use super::search::Step;
use crate::speech::acoustic::STATES;
use crate::time::Time;

/// Half a nat a frame behind the best phones that could be is still as good as certain; a nat more, and it is doubtful.
const DOUBT: f32 = 0.6;

/// A phone of the text where it sounds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedPhone {
    /// Its word.
    pub(super) word: usize,
    /// Which pronunciation of the word, and the place in that.
    pub(super) variant: usize,
    pub(super) place: usize,
    pub(super) span: Range<Time>,
    /// Frames on which its confidence rests.
    pub(super) frames: u32,
    /// How far it is behind the best phones over the same frames, nats a frame, never negative.
    pub(super) behind: f32,
}

/// What the path holds.
#[derive(Debug, Clone, Default)]
pub(super) struct Placed {
    /// In order.
    pub(super) phones: Vec<PlacedPhone>,
    /// Where something sounds that the text does not have.
    pub(super) foreign: Vec<Range<u32>>,
}

/// The time at which a frame begins.
pub(super) fn time_of(frame: u32) -> Time {
    Time::from_millis(i64::from(frame) * 10)
}

/// How sure a phone or word is that lies so many nats a frame behind the best phones, 0..=1.
pub(super) fn confidence(behind: f32) -> f32 {
    libm::expf(-DOUBT * behind.max(0.0)).clamp(0.0, 1.0)
}

/// Who judges how sure phones are: what models that know no text make of the same frames.
#[derive(Debug, Clone, Copy)]
pub(super) struct Witness<'a> {
    pub(super) costs: &'a Costs,
    /// The best path of the phone loop through them.
    pub(super) heard: &'a Path,
}

/// What the path says: boundaries by `costs`, confidences by the witness.
pub(super) fn place(path: &[Step], graph: &Graph, costs: &Costs, witness: &Witness<'_>) -> Placed {
    let mut placed = Placed::default();
    let mut boundary: Option<Time> = None;
    for (index, step) in path.iter().enumerate() {
        let Some(node) = graph.nodes.get(step.node as usize) else { continue };
        let following = path.get(index + 1);
        let next = following.and_then(|next| graph.nodes.get(next.node as usize));
        let is_sound = |kind: Kind| kind != Kind::Filler;
        let end = match next {
            Some(next) if is_sound(next.kind) && is_sound(node.kind) => {
                crossing(costs, node.phone, next.phone, step.end)
            }
            _ => time_of(step.end),
        };
        let start = boundary.replace(end).unwrap_or_else(|| time_of(step.start));
        match node.kind {
            Kind::Pause => {}
            Kind::Filler => placed.foreign.push(step.start..step.end),
            Kind::Word { word, variant, place } => {
                let frames = (step.end - step.start).max(1);
                let best =
                    witness.heard.costs.get(step.start as usize..step.end as usize).unwrap_or_default();
                let best: i32 = best.iter().map(|cost| i32::from(*cost)).sum();
                let own = cost_of(witness.costs, node.phone, step);
                let behind = (own - best) as f32 / NAT as f32 / frames as f32;
                placed.phones.push(PlacedPhone {
                    word: word as usize,
                    variant: usize::from(variant),
                    place: usize::from(place),
                    span: start..end,
                    frames,
                    behind: behind.max(0.0),
                });
            }
        }
    }
    placed
}

/// The state of each frame along the path; [`STATES`] in fillers.
pub(super) fn states(path: &[Step], graph: &Graph, costs: &Costs) -> Vec<usize> {
    let mut found = Vec::with_capacity(costs.frames());
    for step in path {
        let node = graph.nodes.get(step.node as usize).filter(|node| node.kind != Kind::Filler);
        match node {
            Some(node) => {
                let parts = parts_of(costs, node.phone, step);
                found.extend(parts.into_iter().map(|part| usize::from(node.phone) * 3 + part));
            }
            None => found.extend((step.start..step.end).map(|_| STATES)),
        }
    }
    found
}

/// Which part of the phone each frame of a step is, by the cheapest way from the first to the last part.
fn parts_of(costs: &Costs, phone: u8, step: &Step) -> Vec<usize> {
    let rows: Vec<[i32; 3]> = costs.of_phone(phone, step.start, step.end).collect();
    let count = rows.len();
    // Sums of each part's costs before a frame; the parts change at `first` and `second`.
    let mut sums = vec![[0_i32; 3]];
    for row in &rows {
        let last = sums.last().copied().unwrap_or_default();
        sums.push([last[0] + row[0], last[1] + row[1], last[2] + row[2]]);
    }
    let at = |frame: usize, part: usize| {
        sums.get(frame).and_then(|sum| sum.get(part)).copied().unwrap_or_default()
    };
    let end = at(count, 2);
    let (mut best, mut cut) = (i32::MAX, (0, 0));
    // The first change that is best for each second one, found on the way.
    let mut first = 0;
    for second in 0..=count {
        if at(second, 0) - at(second, 1) < at(first, 0) - at(first, 1) {
            first = second;
        }
        let cost = at(first, 0) + at(second, 1) - at(first, 1) + end - at(second, 2);
        if cost < best {
            (best, cut) = (cost, (first, second));
        }
    }
    (0..count).map(|frame| usize::from(frame >= cut.0) + usize::from(frame >= cut.1)).collect()
}

/// The least cost of a phone's frames, its states in order; the last state is reached.
fn cost_of(costs: &Costs, phone: u8, step: &Step) -> i32 {
    const FAR: i32 = 1 << 24;
    let (mut a, mut b, mut c) = (0, FAR, FAR);
    for (index, [x, y, z]) in costs.of_phone(phone, step.start, step.end).enumerate() {
        if index == 0 {
            (a, b, c) = (x, y, z);
        } else {
            (a, b, c) = (a + x, a.min(b) + y, b.min(c).min(a) + z);
        }
    }
    a.min(b).min(c)
}

/// Where between the frames around `frame` the second phone becomes the likelier one: the costs of the last state of the
/// one and the first of the other are taken to run straight between the middles of the two frames.
fn crossing(costs: &Costs, first: u8, second: u8, frame: u32) -> Time {
    let difference = |frame: u32| {
        let of = |phone: u8, part: usize| costs.cost(frame as usize, usize::from(phone) * 3 + part);
        (of(first, 2) - of(second, 0)) as f32
    };
    let whole = time_of(frame);
    let Some(before) = frame.checked_sub(1) else { return whole };
    let (early, late) = (difference(before), difference(frame));
    if early >= 0.0 || late <= 0.0 {
        return whole;
    }
    let share = f64::from(early / (early - late));
    whole + Time::from_secs_f64((share - 0.5) * 0.01)
}
