//! The humanoid bones by the shape of the tree alone, where names say too little: hips where two legs and a spine meet,
//! limbs as mirrored chains of two long segments.
//!
//! It names nothing that is not plain: every limb must have its mirror image, and two segments that make up most of it.

use super::bones::Bones;
use super::words::Side;
use crate::vocabulary::Bone;
use glam::Vec3;

/// What a body is made of; the shape is only asked for where one of these is missing.
const CORE: &[Bone] = &[
    Bone::Hips,
    Bone::Head,
    Bone::LeftUpperLeg,
    Bone::LeftLowerLeg,
    Bone::LeftFoot,
    Bone::RightUpperLeg,
    Bone::RightLowerLeg,
    Bone::RightFoot,
    Bone::LeftUpperArm,
    Bone::LeftLowerArm,
    Bone::RightUpperArm,
    Bone::RightLowerArm,
];

/// Fewer joints than this make no body.
const FEWEST_JOINTS: usize = 10;
/// More nodes than this are no body either, and would take long to compare.
const MOST_NODES: usize = 2000;
const MOST_ENDS: usize = 400;
/// Limbs hang at most this deep in the tree.
const DEEPEST: usize = 64;
/// Mirrored ends may differ by this much of the height, along and across the mirror.
const UNEVEN: f32 = 0.06;
/// Feet end at most this high above the lowest joint, of the height.
const FEET: f32 = 0.15;
/// What thigh and shin, or upper and lower arm, make up of their limb at least.
const LONG: f32 = 0.55;
/// The shorter of the two has at least this much of the longer.
const EVEN: f32 = 0.45;

/// Bones that names did not give and the shape does; none where the two contradict each other.
pub(super) fn missing(bones: &Bones<'_>, place: &[Vec3]) -> Vec<(Bone, usize)> {
    if CORE.iter().all(|bone| bones.get(*bone).is_some()) {
        return Vec::new();
    }
    let Some(found) = Tree::new(bones, place).and_then(|tree| tree.body()) else { return Vec::new() };
    let named = |(bone, node): &&(Bone, usize)| bones.get(*bone).is_some_and(|n| n != *node);
    let agreed = found.iter().filter(|(bone, node)| bones.get(*bone) == Some(*node)).count();
    if found.iter().filter(named).count() > agreed {
        return Vec::new();
    }
    let is_taken = |node: usize| Bone::ALL.iter().any(|bone| bones.get(*bone) == Some(node));
    found.into_iter().filter(|(bone, node)| bones.get(*bone).is_none() && !is_taken(*node)).collect()
}

struct Tree<'a> {
    bones: &'a Bones<'a>,
    place: &'a [Vec3],
    /// Nodes that move something, or carry what does.
    is_body: Vec<bool>,
    /// Body nodes without any below them.
    ends: Vec<usize>,
    lowest: f32,
    height: f32,
}

/// A limb and its mirror image, from what carries both outwards.
struct Pair {
    root: usize,
    limbs: [Vec<usize>; 2],
    length: f32,
    low: f32,
}

impl<'a> Tree<'a> {
    fn new(bones: &'a Bones<'a>, place: &'a [Vec3]) -> Option<Self> {
        let is_body = moving(bones);
        let body: Vec<usize> = (0..is_body.len()).filter(|n| is_body.get(*n) == Some(&true)).collect();
        let joints = body.iter().filter(|n| bones.labels.get(**n).is_some_and(|l| l.is_joint)).count();
        let heights = || body.iter().filter_map(|n| place.get(*n)).map(|p| p.y).filter(|y| y.is_finite());
        let lowest = heights().reduce(f32::min)?;
        let height = heights().reduce(f32::max)? - lowest;
        let mut is_end = is_body.clone();
        for node in &body {
            if let Some(slot) = bones.parent(*node).and_then(|p| is_end.get_mut(p)) {
                *slot = false;
            }
        }
        let ends: Vec<usize> = body.into_iter().filter(|n| is_end.get(*n) == Some(&true)).collect();
        let is_plain = is_body.len() <= MOST_NODES && ends.len() <= MOST_ENDS;
        (is_plain && joints >= FEWEST_JOINTS && height > 1e-4).then_some(Self {
            bones,
            place,
            is_body,
            ends,
            lowest,
            height,
        })
    }

    fn at(&self, node: usize) -> Vec3 {
        self.place.get(node).copied().unwrap_or_default()
    }

    fn body(&self) -> Option<Vec<(Bone, usize)>> {
        [Vec3::X, Vec3::Z].into_iter().find_map(|axis| self.body_across(axis))
    }

    /// The body whose left and right lie along `axis`.
    fn body_across(&self, axis: Vec3) -> Option<Vec<(Bone, usize)>> {
        let pairs = self.pairs(axis);
        let feet = self.lowest + self.height * FEET;
        let legs = pairs.iter().filter(|p| p.low < feet).max_by(|a, b| a.length.total_cmp(&b.length))?;
        let shoulders = |pair: &&Pair| self.at(pair.root).y > self.at(legs.root).y + self.height * 0.1;
        let arms = pairs.iter().filter(shoulders).max_by(|a, b| a.length.total_cmp(&b.length))?;
        let hips = self.bones.junction(legs.root, arms.root)?;
        let sides = self.left_first(legs, arms, axis);
        let mut out = vec![(Bone::Hips, hips)];
        let leg = [
            [Bone::LeftUpperLeg, Bone::LeftLowerLeg, Bone::LeftFoot, Bone::LeftToes],
            [Bone::RightUpperLeg, Bone::RightLowerLeg, Bone::RightFoot, Bone::RightToes],
        ];
        let arm = [
            [Bone::LeftUpperArm, Bone::LeftLowerArm, Bone::LeftHand],
            [Bone::RightUpperArm, Bone::RightLowerArm, Bone::RightHand],
        ];
        for (side, limb) in sides.iter().enumerate() {
            let (legs, arms) = (legs.limbs.get(*limb)?, arms.limbs.get(*limb)?);
            out.extend(leg.get(side)?.iter().copied().zip(self.segments(legs)?));
            out.extend(arm.get(side)?.iter().copied().zip(self.segments(arms)?));
        }
        out.extend(self.head(arms.root, axis));
        Some(out)
    }

    /// All mirrored pairs of chains across `axis`.
    fn pairs(&self, axis: Vec3) -> Vec<Pair> {
        let depth = |node: usize| self.bones.upwards(node).take(DEEPEST + 1).count();
        let ends: Vec<(usize, usize)> = self.ends.iter().map(|n| (*n, depth(*n))).collect();
        let mut out = Vec::new();
        for (i, &(a, deep)) in ends.iter().enumerate().filter(|(_, (_, deep))| *deep <= DEEPEST) {
            for &(b, _) in ends.iter().skip(i + 1).filter(|(_, d)| *d == deep) {
                out.extend(self.pair(a, b, axis));
            }
        }
        out
    }

    fn pair(&self, a: usize, b: usize, axis: Vec3) -> Option<Pair> {
        let root = self.bones.junction(a, b).filter(|r| *r != a && *r != b)?;
        let (ends, middle) = ([self.at(a), self.at(b)], self.at(root).dot(axis));
        let [one, other] = ends.map(|end| end - axis * middle);
        let mirrored = other - axis * (2.0 * other.dot(axis));
        let is_mirror = one.distance(mirrored) < self.height * UNEVEN * 2.0
            && (one.y - other.y).abs() < self.height * UNEVEN
            && one.dot(axis).abs() > self.height * 0.02;
        if !is_mirror {
            return None;
        }
        let limb = |end: usize| -> Vec<usize> {
            let mut chain: Vec<usize> = self.bones.upwards(end).take_while(|n| *n != root).collect();
            chain.reverse();
            chain
        };
        let limbs = [limb(a), limb(b)];
        let [left, right] = &limbs;
        let is_even = left.len() == right.len() && left.len() >= 3;
        let length = self.length(left);
        is_even.then_some(Pair { root, length, low: one.y.min(other.y), limbs })
    }

    fn length(&self, chain: &[usize]) -> f32 {
        chain.windows(2).map(|w| self.step(w)).sum()
    }

    fn step(&self, pair: &[usize]) -> f32 {
        match pair {
            [a, b] => self.at(*a).distance(self.at(*b)),
            _ => 0.0,
        }
    }

    /// The two long segments of a limb and what follows them.
    fn segments(&self, limb: &[usize]) -> Option<Vec<usize>> {
        let steps: Vec<f32> = limb.windows(2).map(|w| self.step(w)).collect();
        let sum = |i: usize| steps.get(i).copied().unwrap_or(0.0) + steps.get(i + 1).copied().unwrap_or(0.0);
        let start = (0..steps.len().saturating_sub(1)).max_by(|a, b| sum(*a).total_cmp(&sum(*b)))?;
        let (one, two) = (*steps.get(start)?, *steps.get(start + 1)?);
        let is_plain = sum(start) >= self.length(limb) * LONG && one.min(two) >= one.max(two) * EVEN;
        is_plain.then(|| limb.iter().skip(start).copied().collect())
    }

    /// Which of a pair's limbs is the left, then which the right: by a word in the names, else by where the toes point,
    /// else as seen from +Z.
    fn left_first(&self, legs: &Pair, arms: &Pair, axis: Vec3) -> [usize; 2] {
        let said = |limb: usize, side: Side| {
            let nodes = [legs, arms].into_iter().filter_map(|p| p.limbs.get(limb)).flatten();
            nodes.filter(|n| self.bones.labels.get(**n).is_some_and(|l| l.side == Some(side))).count()
        };
        let (first, second) =
            (said(0, Side::Left) + said(1, Side::Right), said(0, Side::Right) + said(1, Side::Left));
        if first != second {
            return if first > second { [0, 1] } else { [1, 0] };
        }
        let toes = |limb: &Vec<usize>| {
            let segments = self.segments(limb)?;
            let (foot, end) = (*segments.get(2)?, *segments.last()?);
            (foot != end).then(|| (self.at(end) - self.at(foot)) * Vec3::new(1.0, 0.0, 1.0))
        };
        let forward: Vec3 = legs.limbs.iter().filter_map(toes).sum();
        let forward = if forward.length() > self.height * 0.02 { forward } else { axis.cross(Vec3::Y) };
        let left = Vec3::Y.cross(forward);
        let place =
            |limb: usize| legs.limbs.get(limb).and_then(|l| l.last()).map_or(0.0, |n| self.at(*n).dot(left));
        if place(0) > place(1) { [0, 1] } else { [1, 0] }
    }

    /// Neck and head: what goes up in the middle from where the arms part.
    fn head(&self, chest: usize, axis: Vec3) -> Vec<(Bone, usize)> {
        let middle = self.at(chest).dot(axis);
        let is_middle = |node: usize| (self.at(node).dot(axis) - middle).abs() < self.height * 0.03;
        let above = self.at(chest).y;
        let next = |at: &usize| {
            let children = (at + 1..self.is_body.len())
                .filter(|n| self.is_body.get(*n) == Some(&true) && self.bones.parent(*n) == Some(*at));
            let upwards = children.filter(|n| is_middle(*n) && self.at(*n).y >= above);
            upwards.max_by(|a, b| self.at(*a).y.total_cmp(&self.at(*b).y))
        };
        let chain: Vec<usize> = std::iter::successors(next(&chest), next).collect();
        match chain.as_slice() {
            [head] => vec![(Bone::Head, *head)],
            [neck, head] => vec![(Bone::Neck, *neck), (Bone::Head, *head)],
            // Of more joints, which one is the head is not plain.
            _ => Vec::new(),
        }
    }
}

/// Nodes that a skin's vertices follow or that show a mesh, and what these hang on.
fn moving(bones: &Bones<'_>) -> Vec<bool> {
    let avatar = bones.avatar();
    let mut moves = vec![false; avatar.nodes.len()];
    for node in &avatar.nodes {
        let skin = node.skin.and_then(|s| avatar.skins.get(s));
        let mesh = node.mesh.and_then(|m| avatar.meshes.get(m));
        let (Some(skin), Some(mesh)) = (skin, mesh) else { continue };
        for influences in mesh.primitives.iter().flat_map(|p| &p.influences) {
            for (joint, weight) in influences.joints.iter().zip(influences.weights) {
                let slot = skin.joints.get(usize::from(*joint)).and_then(|n| moves.get_mut(*n));
                if let Some(slot) = slot.filter(|_| weight > 0.01) {
                    *slot = true;
                }
            }
        }
    }
    for node in (0..moves.len()).rev() {
        let is_moving = moves.get(node) == Some(&true);
        if let Some(slot) = bones.parent(node).filter(|_| is_moving).and_then(|p| moves.get_mut(p)) {
            *slot = true;
        }
    }
    moves
}
