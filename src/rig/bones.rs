//! Finding the humanoid bones among an avatar's nodes: the file's own word, else names, else the tree's shape.
//!
//! What names and shape say is checked against where the joints are; a bone that fails is left out.

use super::bone_names::{BELOW, CONVENTIONS, FINGERS, MIDDLE, SIDED};
use super::label::Label;
use super::words::Side;
use super::{anatomy, shape};
use crate::avatar::Avatar;
use crate::vocabulary::Bone;
use glam::{Mat4, Vec3};

/// A joint sought by name may lie this many others below the one it continues.
const FINGER_JOINTS: usize = 3;

/// Where the knowledge of bones came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BoneSource {
    /// The file says which node is which bone.
    File,
    /// From names.
    Names,
    /// From names, and what they lack from the tree's shape.
    Shape,
    /// There are none.
    Nothing,
}

/// The humanoid bones of one avatar.
pub(super) struct Bones<'a> {
    avatar: &'a Avatar,
    pub(super) labels: Vec<Label>,
    found: Vec<Option<usize>>,
    source: BoneSource,
}

impl<'a> Bones<'a> {
    /// Looks for all of [`Bone::ALL`]; `rest_world` is where the nodes are, `said` what a person says of some.
    pub(super) fn find(avatar: &'a Avatar, rest_world: &[Mat4], said: &[(Bone, Option<usize>)]) -> Self {
        let labels = Label::all(avatar);
        let found = vec![None; Bone::COUNT];
        let mut bones = Self { avatar, labels, found, source: BoneSource::Names };
        if let Some(humanoid) = &avatar.humanoid {
            // The author's word; what it leaves out is not there.
            humanoid.iter().for_each(|(bone, node)| bones.set(bone, Some(node)));
            bones.source = BoneSource::File;
        } else {
            bones.guess(rest_world);
        }
        for (bone, node) in said {
            bones.set(*bone, *node);
        }
        if bones.found.iter().all(Option::is_none) {
            bones.source = BoneSource::Nothing;
        }
        bones
    }

    fn guess(&mut self, rest_world: &[Mat4]) {
        let place: Vec<Vec3> = rest_world.iter().map(|m| m.w_axis.truncate()).collect();
        self.by_names();
        anatomy::correct(self, &place);
        for (bone, node) in shape::missing(self, &place) {
            self.set(bone, Some(node));
            self.source = BoneSource::Shape;
        }
        self.neck();
        self.spine();
        self.fingers();
    }

    /// The node of a bone.
    pub(super) fn get(&self, bone: Bone) -> Option<usize> {
        self.found.get(bone.index()).copied().flatten()
    }

    /// Says which node is `bone`.
    pub(super) fn set(&mut self, bone: Bone, node: Option<usize>) {
        if let Some(slot) = self.found.get_mut(bone.index()) {
            *slot = node;
        }
    }

    /// The avatar that the bones are of.
    pub(super) fn avatar(&self) -> &'a Avatar {
        self.avatar
    }

    /// A node's own name.
    pub(super) fn name(&self, node: usize) -> &str {
        self.avatar.nodes.get(node).map_or("", |n| n.name.as_str())
    }

    /// Where the knowledge came from.
    pub(super) fn source(&self) -> BoneSource {
        self.source
    }

    /// Whose names most of the bones have.
    pub(super) fn convention(&self) -> Option<&'static str> {
        let names: Vec<&str> = self.found.iter().flatten().map(|node| self.name(*node)).collect();
        let fits = |parts: &[&str]| names.iter().filter(|n| parts.iter().any(|p| n.contains(p))).count();
        let rows = CONVENTIONS.iter().rev().map(|(title, parts)| (fits(parts), *title));
        rows.max_by_key(|(count, _)| *count).filter(|(count, _)| *count >= 4).map(|(_, title)| title)
    }

    /// The node of each of [`Bone::ALL`].
    pub(super) fn into_nodes(self) -> Vec<Option<usize>> {
        self.found
    }

    fn by_names(&mut self) {
        for (bone, names) in MIDDLE {
            let node = self.by_name(*bone, None, names);
            self.set(*bone, node);
        }
        for (left, right, names) in SIDED {
            for (bone, side) in [(*left, Side::Left), (*right, Side::Right)] {
                let node = self.by_name(bone, Some(side), names);
                self.set(bone, node);
            }
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
        let is_taken = |node: usize| self.found.contains(&Some(node));
        let candidates = self.labels.iter().enumerate().filter(|(_, label)| label.side == side);
        candidates
            .filter(|(node, _)| !is_taken(*node))
            .filter(|(node, _)| below.as_ref().is_none_or(|below| below.get(*node) == Some(&true)))
            .filter_map(|(node, label)| Some(((!label.is_joint, rank(label)?, node), node)))
            .min_by_key(|(score, _)| *score)
            .map(|(_, node)| node)
    }

    /// The node that `node` hangs on.
    pub(super) fn parent(&self, node: usize) -> Option<usize> {
        self.avatar.nodes.get(node)?.parent
    }

    /// For every node, whether it hangs below `above`.
    pub(super) fn below(&self, above: usize) -> Vec<bool> {
        let mut below = Vec::with_capacity(self.avatar.nodes.len());
        for node in &self.avatar.nodes {
            let hangs = node.parent.is_some_and(|p| p == above || below.get(p) == Some(&true));
            below.push(hangs);
        }
        below
    }

    /// `node` and all that it hangs on, from it upwards.
    pub(super) fn upwards(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(node), |at| self.parent(*at))
    }

    /// The nearest node that both hang on, or one of them.
    pub(super) fn junction(&self, mut a: usize, mut b: usize) -> Option<usize> {
        // Parents stand before their children, so the later of two nodes is not above the other.
        while a != b {
            if a > b {
                a = self.parent(a)?;
            } else {
                b = self.parent(b)?;
            }
        }
        Some(a)
    }

    /// What lies between the arms and the head is the neck, whatever it is called; and what alone it carries the head.
    fn neck(&mut self) {
        if let (None, Some(neck)) = (self.get(Bone::Head), self.get(Bone::Neck)) {
            let carried = |node: &usize| {
                let label = self.labels.get(*node);
                self.parent(*node) == Some(neck) && label.is_some_and(|l| l.is_joint && !l.is_end)
            };
            let mut carried = (neck + 1..self.labels.len()).filter(carried);
            let head = carried.next().filter(|_| carried.next().is_none());
            self.set(Bone::Head, head);
        }
        let pairs = [(Bone::LeftShoulder, Bone::RightShoulder), (Bone::LeftUpperArm, Bone::RightUpperArm)];
        let found = pairs.into_iter().find_map(|(left, right)| self.get(left).zip(self.get(right)));
        let Some((head, (left, right))) = self.get(Bone::Head).zip(found) else { return };
        let Some(chest) = self.junction(left, right) else { return };
        let mut between: Vec<usize> = self.upwards(head).skip(1).take_while(|node| *node != chest).collect();
        let neck = between.pop().filter(|first| self.parent(*first) == Some(chest));
        if self.get(Bone::Neck).is_none() {
            self.set(Bone::Neck, neck);
        }
    }

    /// What lies between hips and neck is the spine, whatever it is called and however it is counted.
    fn spine(&mut self) {
        let (Some(hips), Some(top)) = (self.get(Bone::Hips), self.get(Bone::Neck).or(self.get(Bone::Head)))
        else {
            return;
        };
        let mut chain: Vec<usize> = self.upwards(top).skip(1).take_while(|node| *node != hips).collect();
        let is_reached = chain.last().map_or(self.parent(top), |last| self.parent(*last)) == Some(hips);
        if !is_reached || chain.is_empty() {
            return;
        }
        chain.reverse();
        let count = chain.len();
        let pick = |i: usize| chain.get(i).copied();
        self.set(Bone::Spine, pick(0));
        self.set(Bone::Chest, if count > 1 { pick(count / 2) } else { None });
        self.set(Bone::UpperChest, if count > 2 { pick(count - 1) } else { None });
    }

    fn fingers(&mut self) {
        let hands = [
            (Bone::LeftHand, Bone::LeftLowerArm, Side::Left),
            (Bone::RightHand, Bone::RightLowerArm, Side::Right),
        ];
        for (hand, arm, side) in hands {
            // Simple hands have no joint of their own between forearm and fingers.
            let Some(palm) = self.get(hand).or(self.get(arm)) else { continue };
            let below = self.below(palm);
            for finger in FINGERS {
                let bones = if side == Side::Left { &finger.left } else { &finger.right };
                self.finger(&below, bones, finger.first);
            }
        }
    }

    /// The joints of one finger: the first by its name, the others by what hangs on it.
    fn finger(&mut self, below: &[bool], bones: &[Bone; FINGER_JOINTS], names: &[&str]) {
        let is_free = |node: &usize| !self.found.contains(&Some(*node));
        let named = |node: &usize| {
            let label = self.labels.get(*node)?;
            let rank = names.iter().position(|n| *n == label.text)?;
            Some((rank, *node))
        };
        let hanging = (0..self.labels.len()).filter(|n| below.get(*n) == Some(&true)).filter(is_free);
        let Some((_, first)) = hanging.filter_map(|n| named(&n)).min() else { return };
        let is_end = |node: &usize| self.labels.get(*node).is_some_and(|l| l.is_end);
        let next = |at: &usize| {
            let after = (at + 1..self.labels.len()).filter(|n| self.parent(*n) == Some(*at));
            after.filter(|n| !is_end(n)).find(is_free)
        };
        let chain: Vec<usize> = std::iter::successors(Some(first), next).take(FINGER_JOINTS).collect();
        for (bone, node) in bones.iter().zip(chain) {
            self.set(*bone, Some(node));
        }
    }
}
