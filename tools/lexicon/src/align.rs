//! Which phones each letter stands for, by expectation maximisation: a letter gives none, one or two phones.

use std::collections::{BTreeMap, HashMap};

/// A letter and its phones.
pub type Graphone = (u8, Vec<u8>);

const ROUNDS: usize = 12;
/// Where training begins: a letter rarely gives two phones, at times none.
const START: [f64; 3] = [0.25, 1.0, 0.05];

/// Every word as a sequence of graphones; words that cannot be aligned so (acronyms, mostly) are left out.
pub fn graphones(words: &BTreeMap<String, Vec<Vec<u8>>>) -> Vec<Vec<Graphone>> {
    let pairs: Vec<(&[u8], &[u8])> =
        words.iter().flat_map(|(w, v)| v.iter().map(|p| (w.as_bytes(), p.as_slice()))).collect();
    let pairs: Vec<_> = pairs.into_iter().filter(|(w, p)| p.len() <= 2 * w.len()).collect();
    let mut weights: HashMap<u32, f64> = HashMap::new();
    for round in 0..ROUNDS {
        let weight = |letter: u8, phones: &[u8]| match round {
            0 => START[phones.len()],
            _ => weights.get(&key(letter, phones)).copied().unwrap_or(0.0),
        };
        let mut counts: HashMap<u32, f64> = HashMap::new();
        for (letters, phones) in &pairs {
            expect(letters, phones, &weight, &mut counts);
        }
        // Sorted, because the order of a sum changes its last digits.
        let counts: BTreeMap<u32, f64> = counts.into_iter().collect();
        let mut sums = [0.0; 256];
        counts.iter().for_each(|(key, count)| sums[(key >> 16) as usize] += count);
        let share = |(key, count): (u32, f64)| (key, count / sums[(key >> 16) as usize]);
        weights = counts.into_iter().map(share).filter(|(_, p)| *p > 1e-6).collect();
    }
    pairs.iter().filter_map(|(letters, phones)| best(letters, phones, &weights)).collect()
}

/// A graphone as one number.
fn key(letter: u8, phones: &[u8]) -> u32 {
    let place = |index: usize| phones.get(index).map_or(0, |p| u32::from(*p) + 1);
    u32::from(letter) << 16 | place(0) << 8 | place(1)
}

/// Adds the expected counts of one word. `forward[i][j]`: all ways to give the first `j` phones to the first `i` letters.
fn expect(
    letters: &[u8],
    phones: &[u8],
    weight: &dyn Fn(u8, &[u8]) -> f64,
    counts: &mut HashMap<u32, f64>,
) {
    let (n, m) = (letters.len(), phones.len());
    let mut forward = vec![vec![0.0; m + 1]; n + 1];
    let mut backward = forward.clone();
    forward[0][0] = 1.0;
    backward[n][m] = 1.0;
    for i in 0..n {
        for j in 0..=m {
            for k in 0..=2.min(m - j) {
                forward[i + 1][j + k] += forward[i][j] * weight(letters[i], &phones[j..j + k]);
            }
        }
    }
    let total = forward[n][m];
    if total <= 0.0 {
        return;
    }
    for i in (0..n).rev() {
        for j in 0..=m {
            for k in 0..=2.min(m - j) {
                let w = weight(letters[i], &phones[j..j + k]);
                let through = w * backward[i + 1][j + k];
                backward[i][j] += through;
                let share = forward[i][j] * through / total;
                if share > 0.0 {
                    *counts.entry(key(letters[i], &phones[j..j + k])).or_default() += share;
                }
            }
        }
    }
}

fn best(letters: &[u8], phones: &[u8], weights: &HashMap<u32, f64>) -> Option<Vec<Graphone>> {
    let (n, m) = (letters.len(), phones.len());
    let mut score = vec![vec![f64::NEG_INFINITY; m + 1]; n + 1];
    let mut taken = vec![vec![0; m + 1]; n + 1];
    score[0][0] = 0.0;
    for i in 0..n {
        for j in 0..=m {
            for k in 0..=2.min(m - j) {
                let Some(weight) = weights.get(&key(letters[i], &phones[j..j + k])) else { continue };
                let reached = score[i][j] + weight.ln();
                if reached > score[i + 1][j + k] {
                    score[i + 1][j + k] = reached;
                    taken[i + 1][j + k] = k;
                }
            }
        }
    }
    if score[n][m] == f64::NEG_INFINITY {
        return None;
    }
    let mut sequence = Vec::new();
    let mut j = m;
    for i in (1..=n).rev() {
        let k = taken[i][j];
        sequence.push((letters[i - 1], phones[j - k..j].to_vec()));
        j -= k;
    }
    sequence.reverse();
    Some(sequence)
}
