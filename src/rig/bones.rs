//! Finding the humanoid bones among an avatar's nodes, by name and by what hangs on what.

use super::bone_names::{BELOW, FINGERS, MIDDLE, NOISE, NUMBERED_NOISE, SIDED};
use super::words::{Side, is_number, side, words};
use crate::avatar::Avatar;
use crate::vocabulary::Bone;

/// A node's name as bones are compared.
struct Label {
    side: Option<Side>,
    /// Words joined; numbers without leading zeros, with `-` between two of them.
    text: String,
    /// `text` without the last number, where a separator stood before it, as in `Head_1`.
    bare: Option<String>,
    is_joint: bool,
}

impl Label {
    fn new(name: &str, is_joint: bool) -> Self {
        let mut kept: Vec<String> = Vec::new();
        let mut found_side = None;
        let mut after_numbered_noise = false;
        for word in words(name) {
            let is_noise_number = after_numbered_noise && is_number(&word);
            after_numbered_noise = NUMBERED_NOISE.contains(&word.as_str());
            if let Some(side) = side(&word).filter(|_| found_side.is_none()) {
                found_side = Some(side);
            } else if !NOISE.contains(&word.as_str()) && !is_noise_number {
                kept.push(word);
            }
        }
        // All lower case, as in `leftarm`.
        if let Some(first) = kept.first_mut().filter(|_| found_side.is_none()) {
            for (prefix, side) in [("left", Side::Left), ("right", Side::Right)] {
                if let Some(rest) = first.strip_prefix(prefix).filter(|rest| !rest.is_empty()) {
                    let rest = rest.to_owned();
                    *first = rest;
                    found_side = Some(side);
                    break;
                }
            }
        }
        let ends_apart = name.trim_end_matches(|c: char| c.is_ascii_digit()).ends_with(['_', '.', ' ', '-']);
        let bare = match kept.split_last() {
            Some((last, rest)) if is_number(last) && ends_apart && !rest.is_empty() => Some(join(rest)),
            _ => None,
        };
        Self { side: found_side, text: join(&kept), bare, is_joint }
    }
}

fn join(words: &[String]) -> String {
    let mut text = String::new();
    for word in words {
        if is_number(word) {
            if text.ends_with(|c: char| c.is_ascii_digit()) {
                text.push('-');
            }
            let short = word.trim_start_matches('0');
            text.push_str(if short.is_empty() { "0" } else { short });
        } else {
            text.push_str(word);
        }
    }
    text
}

/// The humanoid bones of one avatar.
pub(super) struct Bones<'a> {
    avatar: &'a Avatar,
    labels: Vec<Label>,
    found: Vec<Option<usize>>,
}

impl<'a> Bones<'a> {
    /// Looks for all of [`Bone::ALL`].
    pub(super) fn find(avatar: &'a Avatar) -> Self {
        let mut is_joint = vec![false; avatar.nodes.len()];
        for joint in avatar.skins.iter().flat_map(|s| &s.joints) {
            if let Some(slot) = is_joint.get_mut(*joint) {
                *slot = true;
            }
        }
        let labels =
            avatar.nodes.iter().zip(is_joint).map(|(node, joint)| Label::new(&node.name, joint)).collect();
        let mut bones = Self { avatar, labels, found: vec![None; Bone::COUNT] };
        if let Some(humanoid) = &avatar.humanoid {
            // The author's word; what it leaves out is not there.
            humanoid.iter().for_each(|(bone, node)| bones.set(bone, Some(node)));
            return bones;
        }
        for (bone, names) in MIDDLE {
            let node = bones.by_name(*bone, None, names);
            bones.set(*bone, node);
        }
        for (left, right, names) in SIDED {
            for (bone, side) in [(*left, Side::Left), (*right, Side::Right)] {
                let node = bones.by_name(bone, Some(side), names);
                bones.set(bone, node);
            }
        }
        bones.spine();
        for (left, right, beginnings) in FINGERS {
            bones.finger(Bone::LeftHand, left, beginnings);
            bones.finger(Bone::RightHand, right, beginnings);
        }
        bones
    }

    /// The node of a bone.
    pub(super) fn get(&self, bone: Bone) -> Option<usize> {
        self.found.get(bone.index()).copied().flatten()
    }

    /// A node's own name.
    pub(super) fn name(&self, node: usize) -> &str {
        self.avatar.nodes.get(node).map_or("", |n| n.name.as_str())
    }

    /// The node of each of [`Bone::ALL`].
    pub(super) fn into_nodes(self) -> Vec<Option<usize>> {
        self.found
    }

    fn set(&mut self, bone: Bone, node: Option<usize>) {
        if let Some(slot) = self.found.get_mut(bone.index()) {
            *slot = node;
        }
    }

    /// The best node: a skin's joint before others, then the better name, then the higher in the tree.
    fn by_name(&self, bone: Bone, side: Option<Side>, names: &[&str]) -> Option<usize> {
        let above = BELOW.iter().find(|(b, _)| *b == bone).and_then(|(_, above)| self.get(*above));
        let below = above.map(|above| self.below(above));
        let rank = |label: &Label| {
            let whole = names.iter().position(|n| *n == label.text).map(|rank| (rank, false));
            let bare = || {
                let bare = label.bare.as_deref()?;
                names.iter().position(|n| *n == bare).map(|rank| (rank, true))
            };
            whole.or_else(bare)
        };
        let candidates = self.labels.iter().enumerate().filter(|(_, label)| label.side == side);
        candidates
            .filter(|(node, _)| below.as_ref().is_none_or(|below| below.get(*node) == Some(&true)))
            .filter_map(|(node, label)| Some(((!label.is_joint, rank(label)?, node), node)))
            .min_by_key(|(score, _)| *score)
            .map(|(_, node)| node)
    }

    fn parent(&self, node: usize) -> Option<usize> {
        self.avatar.nodes.get(node)?.parent
    }

    /// For every node, whether it hangs below `above`.
    fn below(&self, above: usize) -> Vec<bool> {
        let mut below = Vec::with_capacity(self.avatar.nodes.len());
        for node in &self.avatar.nodes {
            let hangs = node.parent.is_some_and(|p| p == above || below.get(p) == Some(&true));
            below.push(hangs);
        }
        below
    }

    /// What lies between hips and neck is the spine, whatever it is called and however it is counted.
    fn spine(&mut self) {
        let (Some(hips), Some(top)) = (self.get(Bone::Hips), self.get(Bone::Neck).or(self.get(Bone::Head)))
        else {
            return;
        };
        let mut chain = Vec::new();
        let mut at = self.parent(top);
        while let Some(node) = at.filter(|n| *n != hips) {
            chain.push(node);
            at = self.parent(node);
        }
        if at != Some(hips) || chain.is_empty() {
            return;
        }
        chain.reverse();
        let count = chain.len();
        let pick = |i: usize| chain.get(i).copied();
        self.set(Bone::Spine, pick(0));
        self.set(Bone::Chest, if count > 1 { pick(count / 2) } else { None });
        self.set(Bone::UpperChest, if count > 2 { pick(count - 1) } else { None });
    }

    /// The first three joints of a finger below the hand.
    fn finger(&mut self, hand: Bone, bones: &[Bone; 3], beginnings: &[&str]) {
        let Some(hand) = self.get(hand) else { return };
        let is_of_finger = |node: &usize| {
            let text = self.labels.get(*node).map_or("", |l| l.text.as_str());
            beginnings.iter().any(|b| text.starts_with(b)) && !text.contains("meta")
        };
        let below = self.below(hand);
        // Parents stand before their children, so the first are the nearest to the hand.
        let segments: Vec<usize> = (hand + 1..self.labels.len())
            .filter(is_of_finger)
            .filter(|n| below.get(*n) == Some(&true))
            .take(3)
            .collect();
        for (bone, node) in bones.iter().zip(segments) {
            self.set(*bone, Some(node));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str) -> (String, Option<Side>) {
        let label = Label::new(name, true);
        (label.text, label.side)
    }

    #[test]
    fn conventions_come_to_the_same_words() {
        for name in ["mixamorig:LeftUpLeg", "mixamorig1:LeftUpLeg", "LeftUpLeg", "leftupleg"] {
            assert_eq!(label(name), ("upleg".to_owned(), Some(Side::Left)), "{name}");
        }
        for name in
            ["upper_arm.R", "J_Bip_R_UpperArm", "CC_Base_R_Upperarm", "upperarm_r", "RightUpperArmBone"]
        {
            assert_eq!(label(name), ("upperarm".to_owned(), Some(Side::Right)), "{name}");
        }
        assert_eq!(label("finger2-1.L").0, "finger2-1");
        assert_eq!(label("Bip001 Pelvis").0, "pelvis");
        assert_eq!(label("index_01_l").0, "index1");
        assert_eq!(Label::new("Head_1", true).bare.as_deref(), Some("head"));
        assert_eq!(Label::new("Spine1", true).bare, None);
    }
}
