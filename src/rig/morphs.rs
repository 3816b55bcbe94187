//! Finding an avatar's morph targets by name, whatever mesh they are on and however they are spelled.

use super::Move;
use super::combinations;
use super::words::{Side, is_number, side, words};
use crate::avatar::Avatar;

/// One target of one node's mesh.
struct Target {
    node: usize,
    target: usize,
    name: String,
    /// The words without separators, the side last and in full, numbers left out.
    text: String,
    /// Where in `text` words begin.
    starts: Vec<usize>,
    /// Like `text`, with the numbers.
    counted: String,
}

/// The targets that move something.
pub(super) struct MorphIndex {
    targets: Vec<Target>,
}

/// What was found under a name.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Found {
    /// The avatar's own spelling.
    pub(super) name: String,
    /// At weight 1.
    pub(super) moves: Vec<Move>,
}

impl MorphIndex {
    /// All targets with deltas that no others drive, of every node.
    pub(super) fn new(avatar: &Avatar) -> Self {
        let mut targets = Vec::new();
        for (node, shown) in avatar.nodes.iter().enumerate() {
            let Some(mesh) = shown.mesh.and_then(|m| avatar.meshes.get(m)) else { continue };
            for (target, name) in mesh.morph_names.iter().enumerate() {
                let moves = |p: &crate::avatar::Primitive| {
                    p.morphs
                        .get(target)
                        .is_some_and(|m| m.positions.iter().any(|d| d.iter().any(|c| c.abs() > 1e-6)))
                };
                let is_driven = combinations::factors(mesh, target).is_some();
                if !is_driven && mesh.primitives.iter().any(moves) {
                    let (text, starts) = canonical(name, false);
                    let (counted, _) = canonical(name, true);
                    targets.push(Target { node, target, name: name.clone(), text, starts, counted });
                }
            }
        }
        Self { targets }
    }

    /// Finds `wanted` (any spelling) as a whole name, or as the end of a longer one, on every node that has it.
    pub(super) fn find(&self, wanted: &str) -> Option<Found> {
        self.search(wanted, false)
    }

    /// Finds `wanted` as a whole name only.
    pub(super) fn find_whole(&self, wanted: &str) -> Option<Found> {
        self.search(wanted, true)
    }

    /// On each node the best: the same numbers before others, then what has least before it, then the first.
    fn search(&self, wanted: &str, is_whole: bool) -> Option<Found> {
        let (text, _) = canonical(wanted, false);
        let (counted, _) = canonical(wanted, true);
        if text.is_empty() {
            return None;
        }
        let mut best: Vec<(&Target, (bool, usize))> = Vec::new();
        for target in self.targets.iter().filter(|t| t.text.ends_with(&text)) {
            let start = target.text.len() - text.len();
            if !target.starts.contains(&start) || (is_whole && start > 0) {
                continue;
            }
            let rank = (!target.counted.ends_with(&counted), start);
            // Targets of one node stand together.
            match best.last_mut().filter(|(t, _)| t.node == target.node) {
                Some(other) if rank < other.1 => *other = (target, rank),
                Some(_) => {}
                None => best.push((target, rank)),
            }
        }
        let name = best.iter().min_by_key(|(_, rank)| *rank)?.0.name.clone();
        let one =
            |(t, _): &(&Target, (bool, usize))| Move::Morph { node: t.node, target: t.target, weight: 1.0 };
        Some(Found { name, moves: best.iter().map(one).collect() })
    }

    /// Finds the target whose name is exactly `name`, on every node that has it.
    pub(super) fn find_exact(&self, name: &str) -> Option<Found> {
        let named = self.targets.iter().filter(|t| t.name == name);
        let moves: Vec<Move> =
            named.map(|t| Move::Morph { node: t.node, target: t.target, weight: 1.0 }).collect();
        (!moves.is_empty()).then(|| Found { name: name.to_owned(), moves })
    }
}

/// What may end a word and names a side.
const SIDE_ENDINGS: &[(&str, &str)] = &[("左", "left"), ("右", "right")];

/// Last words that say how a target was made, not what it does.
const TRAILING_NOISE: &[&str] = &["div"];

/// Words joined, the side last, with the places where they begin; numbers only where they count.
fn canonical(name: &str, with_numbers: bool) -> (String, Vec<usize>) {
    let mut all: Vec<String> = words(name).into_iter().filter(|w| with_numbers || !is_number(w)).collect();
    while all.len() > 1 && all.last().is_some_and(|w| TRAILING_NOISE.contains(&w.as_str())) {
        all.pop();
    }
    // As in `ウィンク右`.
    if let Some(last) = all.last_mut().filter(|w| w.chars().count() > 1) {
        let split =
            SIDE_ENDINGS.iter().find_map(|(end, side)| Some((last.strip_suffix(end)?.to_owned(), *side)));
        if let Some((rest, side)) = split {
            *last = rest;
            all.push(side.to_owned());
        }
    }
    let at_end = all.last().and_then(|w| side(w)).map(|s| (all.len() - 1, s));
    let at_start = all.first().and_then(|w| side(w)).filter(|_| all.len() > 1).map(|s| (0, s));
    if let Some((place, side)) = at_end.filter(|_| all.len() > 1).or(at_start) {
        all.remove(place);
        all.push(if side == Side::Left { "left" } else { "right" }.to_owned());
    }
    let mut text = String::new();
    let mut starts = Vec::with_capacity(all.len());
    for word in all {
        starts.push(text.len());
        text.push_str(&word);
    }
    (text, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_agree() {
        for name in
            ["eyeBlinkLeft", "eyeBlink_L", "EYE_BLINK_LEFT", "eye blink l", "leftEyeBlink", "EyeBlinkL.001"]
        {
            assert_eq!(canonical(name, false).0, "eyeblinkleft", "{name}");
        }
        assert_eq!(canonical("ウィンク２右", false).0, "ウィンクright");
        assert_eq!(canonical("Genesis9__facs_bs_EyeBlinkLeft_div2", false).0, "genesisfacsbseyeblinkleft");
        assert_eq!(canonical("AA_VI_01_PP", false).0, "aavipp");
    }
}
