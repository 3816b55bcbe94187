//! The n-gram model of graphones, version `RLG1`: Witten–Bell smoothing, pruned by what each n-gram adds.
//!
//! ```text
//! "RLG1"  order u8  graphones u16, each: letter u8, phones u8, their numbers (0 is the boundary of a word)
//! each order from 1: nodes u32, then the nodes, sorted by sequence:
//!   graphone (9 bits) and −ln p in eighths (7 bits) u16; below the highest order also ln back-off in sixteenths i8, and
//!   the first successor one order up u24
//! ```

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use crate::align::Graphone;

/// The longest sequence.
const ORDER: usize = 5;
/// Graphones that occur less often are mistakes; words with them are left out.
const RAREST: usize = 4;
/// An n-gram stays when count · |ln p − ln p backed off| is more.
const LEAST_GAIN: f64 = 6.0;

type Counts = BTreeMap<Vec<u16>, u32>;

pub fn train(words: &[Vec<Graphone>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut seen: HashMap<&Graphone, usize> = HashMap::new();
    words.iter().flatten().for_each(|graphone| *seen.entry(graphone).or_default() += 1);
    let mut graphones: Vec<&Graphone> = seen.iter().filter(|(_, n)| **n >= RAREST).map(|(g, _)| *g).collect();
    graphones.sort();
    if graphones.len() > 511 {
        return Err(format!("{} graphones do not fit nine bits", graphones.len()).into());
    }
    let number: HashMap<&Graphone, u16> = graphones.iter().zip(1..).map(|(g, i)| (*g, i)).collect();
    let sequences: Vec<Vec<u16>> =
        words.iter().filter_map(|word| word.iter().map(|g| number.get(g).copied()).collect()).collect();
    println!("{} words of {} aligned, {} graphones", sequences.len(), words.len(), graphones.len());
    let counts = count(&sequences);
    let mut model = Model::estimate(&counts, graphones.len() + 1);
    model.prune(&counts);
    let mut packed = b"RLG1".to_vec();
    packed.push(ORDER as u8);
    packed.extend((graphones.len() as u16 + 1).to_le_bytes());
    packed.extend([0, 0]);
    for (letter, phones) in graphones {
        packed.extend([*letter, phones.len() as u8]);
        packed.extend(phones);
    }
    model.write(&mut packed);
    println!("{} bytes", packed.len());
    Ok(packed)
}

/// How often each sequence of each order occurs; a word begins and ends with the boundary.
fn count(sequences: &[Vec<u16>]) -> Vec<Counts> {
    let mut counts = vec![Counts::new(); ORDER];
    for word in sequences {
        let word = [&[0], word.as_slice(), &[0]].concat();
        for end in 1..word.len() {
            for order in 1..=ORDER.min(end + 1) {
                *counts[order - 1].entry(word[end + 1 - order..=end].to_vec()).or_default() += 1;
            }
        }
    }
    counts
}

struct Model {
    /// By order: sequences with their probability.
    probabilities: Vec<BTreeMap<Vec<u16>, f64>>,
}

impl Model {
    fn estimate(counts: &[Counts], symbols: usize) -> Self {
        let total: f64 = counts[0].values().map(|c| f64::from(*c)).sum();
        let unigram = |s: u16| {
            let count = counts[0].get(&vec![s]).copied().unwrap_or(0);
            (f64::from(count) + 0.01) / (total + 0.01 * symbols as f64)
        };
        let mut probabilities = vec![(0..symbols as u16).map(|s| (vec![s], unigram(s))).collect::<BTreeMap<_, _>>()];
        for order in 2..=ORDER {
            // Of each context: how often it occurs, and by how many it is followed.
            let mut contexts: HashMap<&[u16], (f64, f64)> = HashMap::new();
            for (sequence, count) in &counts[order - 1] {
                let context = contexts.entry(&sequence[..order - 1]).or_default();
                context.0 += f64::from(*count);
                context.1 += 1.0;
            }
            let lower = &probabilities[order - 2];
            let smoothed = counts[order - 1]
                .iter()
                .map(|(sequence, count)| {
                    let (all, kinds) = contexts[&sequence[..order - 1]];
                    let p = (f64::from(*count) + kinds * lower[&sequence[1..]]) / (all + kinds);
                    (sequence.clone(), p)
                })
                .collect();
            probabilities.push(smoothed);
        }
        Self { probabilities }
    }

    /// From the highest order down, leaves out what adds little and is no beginning of what stays.
    fn prune(&mut self, counts: &[Counts]) {
        for order in (2..=ORDER).rev() {
            // All shorter sequences are still there.
            let back_offs = self.back_offs(order - 1, &[]);
            let keeps: Vec<Vec<u16>> = self.probabilities[order - 1]
                .iter()
                .filter(|(sequence, p)| {
                    let lower = self.probabilities[order - 2][&sequence[1..]];
                    let backed_off = back_offs[&sequence[..order - 1]] * lower;
                    let count = f64::from(counts[order - 1][*sequence]);
                    let is_beginning = self.probabilities.get(order).is_some_and(|longer| {
                        longer.range((*sequence).clone()..).next().is_some_and(|(s, _)| s.starts_with(sequence))
                    });
                    is_beginning || count * (*p / backed_off).ln().abs() > LEAST_GAIN
                })
                .map(|(sequence, _)| sequence.clone())
                .collect();
            let before = self.probabilities[order - 1].len();
            let old = std::mem::take(&mut self.probabilities[order - 1]);
            let kept: BTreeMap<Vec<u16>, f64> = keeps.into_iter().map(|s| (s.clone(), old[&s])).collect();
            println!("order {order}: {} of {before} kept", kept.len());
            self.probabilities[order - 1] = kept;
        }
    }

    /// The probability of a sequence's last graphone as the program will find it.
    fn probability(&self, sequence: &[u16], back_offs: &[HashMap<Vec<u16>, f64>]) -> f64 {
        let order = sequence.len();
        if let Some(p) = self.probabilities[order - 1].get(sequence) {
            return *p;
        }
        let factor = back_offs[order - 2].get(&sequence[..order - 1]).copied().unwrap_or(1.0);
        factor * self.probability(&sequence[1..], back_offs)
    }

    /// For each sequence of `order` that has successors: the share left to shorter contexts, as a factor. `lower`: those
    /// of all lower orders.
    fn back_offs(&self, order: usize, lower: &[HashMap<Vec<u16>, f64>]) -> HashMap<Vec<u16>, f64> {
        let mut sums: HashMap<Vec<u16>, (f64, f64)> = HashMap::new();
        if let Some(longer) = self.probabilities.get(order) {
            for (sequence, p) in longer {
                let sum = sums.entry(sequence[..order].to_vec()).or_default();
                sum.0 += p;
                sum.1 += self.probability(&sequence[1..], lower);
            }
        }
        sums.into_iter().map(|(s, (p, q))| (s, ((1.0 - p).max(1e-4) / (1.0 - q).max(1e-4)).min(20.0))).collect()
    }

    fn write(&self, packed: &mut Vec<u8>) {
        let mut all: Vec<HashMap<Vec<u16>, f64>> = Vec::new();
        for order in 1..=ORDER {
            let level = &self.probabilities[order - 1];
            packed.extend((level.len() as u32).to_le_bytes());
            all.push(self.back_offs(order, &all));
            let back_offs = &all[order - 1];
            let mut first = 0_u32;
            let mut longer = self.probabilities.get(order).map(|l| l.keys().peekable());
            for (sequence, p) in level {
                let cost = (-p.ln() * 8.0).round().clamp(0.0, 127.0) as u16;
                packed.extend((sequence[order - 1] | cost << 9).to_le_bytes());
                if let Some(longer) = &mut longer {
                    let back_off = back_offs.get(sequence).map_or(0.0, |b| b.ln() * 16.0);
                    packed.push(back_off.round().clamp(-127.0, 127.0) as i8 as u8);
                    packed.extend(&first.to_le_bytes()[..3]);
                    while longer.next_if(|s| s.starts_with(sequence)).is_some() {
                        first += 1;
                    }
                }
            }
        }
    }
}
