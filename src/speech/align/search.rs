//! The best path of a sound through a text: token passing with a beam over the graph's nodes.
//!
//! Every node that is alive holds the best path into each of its three states. What it costs in time and memory depends
//! on the beam and the sound, hardly on the length of the text. It makes no phones or words of the path.

use super::accent::forgiving;
use super::costs::{Costs, NAT};
use super::graph::{Graph, Kind};
use super::history::{History, NONE};
use super::junctions::{Arrival, Junctions};
use super::lengths::Lengths;
use crate::job::{Cancelled, Job};
use crate::speech::acoustic::STATES;

/// Prices of staying in a state, of the next one, and of passing over the middle one, in tenths of a nat.
const STAY: i32 = 7;
const NEXT: i32 = 7;
const HURRY: i32 = 40;
/// Paths that cost more than the best by this are given up.
const BEAM: i32 = 160 * NAT;
/// No more nodes than these are kept alive.
const MOST_NODES: usize = 8000;
/// Worse than any path that lives.
pub(super) const DEAD: i32 = 1 << 28;
/// Frames between two looks at whether to stop.
const WATCH: usize = 2000;

/// A stretch of the best path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    /// The node of the graph.
    pub(super) node: u32,
    /// Its first frame.
    pub(super) start: u32,
    /// The frame after its last.
    pub(super) end: u32,
}

/// The best paths into the states of a node: their costs and their histories.
#[derive(Debug, Clone, Copy)]
struct Token {
    costs: [i32; 3],
    records: [u32; 3],
}

const NO_TOKEN: Token = Token { costs: [DEAD; 3], records: [NONE; 3] };

impl Token {
    fn best(&self) -> i32 {
        self.costs.iter().copied().fold(DEAD, i32::min)
    }
}

/// The best path through `graph`. `filler` is what each frame costs in a filler, in tenths of a nat. Empty where there are
/// no frames.
///
/// # Errors
/// [`Cancelled`] when the job is.
pub(super) fn best_path(
    graph: &Graph,
    costs: &Costs,
    filler: &[u16],
    job: &Job<'_>,
) -> Result<Vec<Step>, Cancelled> {
    let mut search = Search::new(graph);
    let total = costs.frames();
    for (frame, (row, filler)) in costs.rows().iter().zip(filler).enumerate() {
        if frame % WATCH == 0 {
            job.report("aligning", frame as u64, total as u64)?;
        }
        search.advance(frame as u32, row, i32::from(*filler));
    }
    Ok(search.finish(total as u32))
}

struct Search<'a> {
    graph: &'a Graph,
    tokens: Vec<Token>,
    /// The nodes with a living token.
    alive: Vec<u32>,
    /// The best arrival at the first state of each node, and the nodes that have one.
    arrivals: Vec<Arrival>,
    arrived: Vec<u32>,
    junctions: Junctions,
    lengths: Lengths,
    history: History,
    /// The cost of the best token, taken off all tokens before the next frame.
    best: i32,
}

impl<'a> Search<'a> {
    fn new(graph: &'a Graph) -> Self {
        let mut junctions = Junctions::new(graph.junctions.len());
        junctions.arrive(0, Arrival { cost: 0, record: NONE });
        Self {
            graph,
            tokens: vec![NO_TOKEN; graph.nodes.len()],
            alive: Vec::new(),
            arrivals: vec![Arrival::NEVER; graph.nodes.len()],
            arrived: Vec::new(),
            junctions,
            lengths: Lengths::english(),
            history: History::default(),
            best: 0,
        }
    }

    fn advance(&mut self, frame: u32, row: &[u8; STATES], filler: i32) {
        let nearest = self.leave(frame);
        let limit = nearest.saturating_add(BEAM);
        let Self { graph, junctions, arrivals, arrived, .. } = self;
        junctions.pass(graph, limit, |node, arrival| arrive(arrivals, arrived, node, arrival));
        self.enter(frame, limit);
        self.hear(row, filler);
        self.prune();
        if self.history.is_full() {
            let Self { tokens, alive, history, .. } = self;
            // Nodes are kept in order so that each token can be borrowed once.
            alive.sort_unstable();
            let mut wanted = alive.iter().peekable();
            let living = tokens.iter_mut().enumerate().filter_map(|(node, token)| {
                wanted.next_if(|wanted| **wanted as usize == node).map(|_| token)
            });
            history.clean(living.flat_map(|token| token.records.iter_mut()));
        }
    }

    /// Moves every token on by a frame, as far as it stays in its node, and sends it to where its node leads. Gives the
    /// least cost among all.
    fn leave(&mut self, frame: u32) -> i32 {
        let Self { graph, tokens, alive, arrivals, arrived, junctions, lengths, history, best } = self;
        let mut nearest = junctions.nearest();
        for node in alive.iter() {
            let (Some(token), Some(place)) =
                (tokens.get_mut(*node as usize), graph.nodes.get(*node as usize))
            else {
                continue;
            };
            let [a, b, c] = token.costs.map(|cost| (cost - *best).min(DEAD));
            let [of_a, of_b, of_c] = token.records;
            let leaving = if place.kind == Kind::Filler {
                token.costs = [a, DEAD, DEAD];
                Arrival { cost: a, record: of_a }
            } else {
                let mut to_b = (b + STAY, of_b);
                if a + NEXT < to_b.0 {
                    to_b = (a + NEXT, of_a);
                }
                let mut to_c = (c + STAY, of_c);
                if b + NEXT < to_c.0 {
                    to_c = (b + NEXT, of_b);
                }
                if a + HURRY < to_c.0 {
                    to_c = (a + HURRY, of_a);
                }
                token.costs = [a + STAY, to_b.0, to_c.0];
                token.records = [of_a, to_b.1, to_c.1];
                let length = lengths.price(place.phone, frame - history.start(of_c).min(frame));
                Arrival { cost: c + NEXT + length, record: of_c }
            };
            nearest = nearest.min(token.best()).min(leaving.cost);
            match place.leads_to {
                Some(junction) => junctions.arrive(junction, leaving),
                None => arrive(arrivals, arrived, node + 1, leaving),
            }
        }
        nearest
    }

    /// Lets what arrived in, where it is better than what is there.
    fn enter(&mut self, frame: u32, limit: i32) {
        for node in self.arrived.drain(..) {
            let Some(slot) = self.arrivals.get_mut(node as usize) else { continue };
            let arrival = std::mem::replace(slot, Arrival::NEVER);
            let Some(token) = self.tokens.get_mut(node as usize) else { continue };
            let is_new = token.best() >= DEAD / 2;
            let ([cost, ..], [record, ..]) = (&mut token.costs, &mut token.records);
            if arrival.cost > limit || arrival.cost >= *cost {
                continue;
            }
            *cost = arrival.cost;
            *record = self.history.enter(arrival.record, node, frame);
            if is_new {
                self.alive.push(node);
            }
        }
    }

    /// Adds what the frame costs in each state.
    fn hear(&mut self, row: &[u8; STATES], filler: i32) {
        let row = forgiving(row);
        let (phones, _) = row.as_chunks::<3>();
        let mut least = DEAD;
        for node in &self.alive {
            let (Some(token), Some(place)) =
                (self.tokens.get_mut(*node as usize), self.graph.nodes.get(*node as usize))
            else {
                continue;
            };
            if place.kind == Kind::Filler {
                let [first, ..] = &mut token.costs;
                *first += filler;
            } else if let Some(emitted) = phones.get(usize::from(place.phone)) {
                for (cost, emitted) in token.costs.iter_mut().zip(emitted) {
                    *cost += i32::from(*emitted);
                }
            }
            least = least.min(token.best());
        }
        self.best = least;
    }

    /// Gives up what is too far behind the best.
    fn prune(&mut self) {
        let mut limit = self.best.saturating_add(BEAM);
        let Self { tokens, alive, .. } = self;
        if alive.len() > MOST_NODES {
            let mut costs: Vec<i32> =
                alive.iter().filter_map(|node| tokens.get(*node as usize)).map(Token::best).collect();
            if MOST_NODES < costs.len() {
                let (_, worst, _) = costs.select_nth_unstable(MOST_NODES);
                limit = limit.min(*worst);
            }
        }
        alive.retain(|node| {
            let Some(token) = tokens.get_mut(*node as usize) else { return false };
            let lives = token.best() <= limit;
            if !lives {
                *token = NO_TOKEN;
            }
            lives
        });
    }

    /// The path that has the end of the text, or the rest of it left out, for the least cost; where no path stands between
    /// two words, the best one wherever it is.
    fn finish(self, end: u32) -> Vec<Step> {
        let to_end = self.graph.skips_to_end();
        let last = self.graph.junctions.len().saturating_sub(1);
        let mut chosen = Arrival::NEVER;
        let mut anywhere = Arrival::NEVER;
        for node in &self.alive {
            let (Some(token), Some(place)) =
                (self.tokens.get(*node as usize), self.graph.nodes.get(*node as usize))
            else {
                continue;
            };
            for (cost, record) in token.costs.iter().zip(token.records) {
                anywhere = anywhere.or(Arrival { cost: *cost, record });
            }
            let (Some(junction), [first, .., third]) = (place.leads_to, token.costs) else { continue };
            let is_filler = place.kind == Kind::Filler;
            let ended = if is_filler { first } else { third };
            let [of_first, .., of_third] = token.records;
            let rest = match to_end.get(junction as usize) {
                Some(_) if junction as usize == last => 0,
                Some(skips) => self.graph.open.saturating_add(*skips),
                None => DEAD,
            };
            let record = if is_filler { of_first } else { of_third };
            if ended < DEAD / 2 {
                chosen = chosen.or(Arrival { cost: ended.saturating_add(rest), record });
            }
        }
        let record = if chosen.record == NONE { anywhere.record } else { chosen.record };
        let path = self.history.path(record);
        let ends = path.iter().skip(1).map(|record| record.start).chain([end]);
        path.iter()
            .zip(ends)
            .map(|(record, end)| Step { node: record.node, start: record.start, end })
            .collect()
    }
}

fn arrive(arrivals: &mut [Arrival], arrived: &mut Vec<u32>, node: u32, arrival: Arrival) {
    let Some(slot) = arrivals.get_mut(node as usize).filter(|_| arrival.cost < DEAD / 2) else { return };
    if slot.cost == DEAD {
        arrived.push(node);
    }
    *slot = slot.or(arrival);
}
