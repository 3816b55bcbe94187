//! Paths between words: in every frame from where words end to where others begin, some words perhaps left out.
//!
//! It keeps what arrives at the junctions in one frame only.

use super::costs::NAT;
use super::graph::Graph;
use super::history::NONE;
use super::search::DEAD;

/// What it costs to make a pause, and to hear something that the text does not have.
const PAUSE: i32 = 2 * NAT;
const FILLER: i32 = 30 * NAT;

/// A path that comes to a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) cost: i32,
    /// Its history.
    pub(super) record: u32,
}

impl Arrival {
    /// None.
    pub(super) const NEVER: Self = Self { cost: DEAD, record: NONE };

    /// The cheaper of two, the first where they cost the same.
    pub(super) fn or(self, other: Self) -> Self {
        if other.cost < self.cost { other } else { self }
    }

    fn plus(self, price: i32) -> Self {
        Self { cost: self.cost.saturating_add(price).min(DEAD), ..self }
    }
}

/// What arrives at the junctions.
#[derive(Debug)]
pub(super) struct Junctions {
    arrivals: Vec<Arrival>,
    /// Where something has arrived.
    reached: Vec<u32>,
}

impl Junctions {
    pub(super) fn new(count: usize) -> Self {
        Self { arrivals: vec![Arrival::NEVER; count], reached: Vec::new() }
    }

    /// A path comes to a junction.
    pub(super) fn arrive(&mut self, junction: u32, arrival: Arrival) {
        let Some(slot) = self.arrivals.get_mut(junction as usize) else { return };
        if arrival.cost >= DEAD / 2 {
            return;
        }
        if slot.cost == DEAD {
            self.reached.push(junction);
        }
        *slot = slot.or(arrival);
    }

    /// The least cost of all that has arrived.
    pub(super) fn nearest(&self) -> i32 {
        let costs = self.reached.iter().filter_map(|junction| self.arrivals.get(*junction as usize));
        costs.map(|arrival| arrival.cost).fold(DEAD, i32::min)
    }

    /// Sends all that has arrived on to `enter` with the nodes that can follow, as far as it costs no more than `limit`.
    pub(super) fn pass(&mut self, graph: &Graph, limit: i32, mut enter: impl FnMut(u32, Arrival)) {
        self.reached.sort_unstable();
        let mut waiting = self.reached.drain(..).peekable();
        // Paths that come from the junction before: past a word without sound, and past a word left out.
        let (mut straight, mut skipping) = (Arrival::NEVER, Arrival::NEVER);
        let mut next = 0_u32;
        loop {
            let is_carried = straight.cost <= limit || skipping.cost <= limit;
            let Some(index) = (if is_carried { Some(next) } else { waiting.peek().copied() }) else { return };
            let arrived = waiting
                .next_if_eq(&index)
                .and_then(|_| self.arrivals.get_mut(index as usize))
                .map(|slot| std::mem::replace(slot, Arrival::NEVER));
            let Some(junction) = graph.junctions.get(index as usize) else { return };
            let fresh = arrived.unwrap_or(Arrival::NEVER).or(straight);
            let here = fresh.or(skipping);
            if here.cost <= limit && !junction.is_closed {
                enter(junction.pause, here.plus(PAUSE));
                enter(junction.pause + 1, here.plus(FILLER));
                for first in graph.firsts.get(junction.firsts.clone()).unwrap_or_default() {
                    enter(*first, here);
                }
            }
            straight = if junction.is_mute { fresh } else { Arrival::NEVER };
            skipping = skipping.or(fresh.plus(graph.open)).plus(junction.skip);
            if index as usize + 1 >= graph.junctions.len() {
                (straight, skipping) = (Arrival::NEVER, Arrival::NEVER);
            }
            next = index + 1;
        }
    }
}
