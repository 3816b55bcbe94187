//! Finding an avatar's morph targets by name, whatever mesh they are on and however they are spelled.

use super::Move;
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
    /// All targets with deltas, of every node.
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
                if mesh.primitives.iter().any(moves) {
                    let (text, starts) = canonical(name);
                    targets.push(Target { node, target, name: name.clone(), text, starts });
                }
            }
        }
        Self { targets }
    }

    /// Finds `wanted` (any spelling) as a whole name, or as the end of a longer one, on every node that has it.
    pub(super) fn find(&self, wanted: &str) -> Option<Found> {
        let (wanted, _) = canonical(wanted);
        let mut best: Vec<(&Target, usize)> = Vec::new();
        for target in self.targets.iter().filter(|t| t.text.ends_with(&wanted)) {
            let start = target.text.len() - wanted.len();
            if !target.starts.contains(&start) {
                continue;
            }
            // Targets of one node stand together.
            match best.last_mut().filter(|(t, _)| t.node == target.node) {
                Some(other) if start < other.1 => *other = (target, start),
                Some(_) => {}
                None => best.push((target, start)),
            }
        }
        let name = best.iter().min_by_key(|(_, start)| *start)?.0.name.clone();
        let one = |(t, _): &(&Target, usize)| Move::Morph { node: t.node, target: t.target, weight: 1.0 };
        Some(Found { name, moves: best.iter().map(one).collect() })
    }

    /// Finds `wanted` as a whole name only.
    pub(super) fn find_whole(&self, wanted: &str) -> Option<Found> {
        let (wanted, _) = canonical(wanted);
        let mut found = Found::default();
        for target in self.targets.iter().filter(|t| t.text == wanted) {
            let is_new =
                !found.moves.iter().any(|m| matches!(m, Move::Morph { node, .. } if *node == target.node));
            if is_new {
                found.name.clone_from(&target.name);
                found.moves.push(Move::Morph { node: target.node, target: target.target, weight: 1.0 });
            }
        }
        (!found.moves.is_empty()).then_some(found)
    }
}

/// Words joined, with the places where they begin.
fn canonical(name: &str) -> (String, Vec<usize>) {
    let mut all: Vec<String> = words(name).into_iter().filter(|w| !is_number(w)).collect();
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
            assert_eq!(canonical(name).0, "eyeblinkleft", "{name}");
        }
        assert_eq!(canonical("AA_VI_01_PP").0, "aavipp");
    }
}
