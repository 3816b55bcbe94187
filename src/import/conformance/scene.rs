//! Scenes, nodes, skins and animations, and the nodes they name.

use super::Tell;
use crate::import::context::Context;
use glam::Mat4;
use gltf::json::{Node, Root, Skin};
use std::collections::BTreeSet;

/// Rotations may be this far from unit length: what quaternions of 8 bits are off by.
const UNIT: f32 = 0.008;
/// Of its largest number, how far a matrix may be from what its translation, rotation and scale give.
const SHEARED: f32 = 1e-3;

pub(super) fn check(context: &Context<'_>, tell: Tell<'_>) {
    let root = &context.root;
    let is_unit = |q: &[f32; 4]| (q.iter().map(|c| c * c).sum::<f32>().sqrt() - 1.0).abs() <= UNIT;
    let bent = root.nodes.iter().filter_map(|n| n.rotation.as_ref()).filter(|q| !is_unit(&q.0));
    tell(bent.count(), "nodes have rotations that are not of unit length");
    let sheared = root.nodes.iter().filter_map(|n| n.matrix).filter(is_sheared);
    tell(sheared.count(), "nodes have matrices that are no translation, rotation and scale");
    let tree = Ancestry::new(root);
    let is_repeated = |all: &[usize]| all.iter().collect::<BTreeSet<_>>().len() < all.len();
    let shown: Vec<Vec<usize>> =
        root.scenes.iter().map(|s| s.nodes.iter().map(|n| n.value()).collect()).collect();
    let lost = |n: &usize| *n >= root.nodes.len();
    tell(shown.iter().flatten().filter(|n| lost(n)).count(), "nodes of scenes do not exist");
    tell(shown.iter().filter(|nodes| is_repeated(nodes)).count(), "scenes show a node twice");
    let inner = shown.iter().flatten().filter(|n| tree.parent(**n).is_some());
    tell(inner.count(), "nodes of scenes hang on others");
    skins(root, &tree, &shown, tell);
    let curves = || root.animations.iter().flat_map(|a| &a.channels);
    tell(
        curves().filter(|c| lost(&c.target.node.value())).count(),
        "animation curves move nodes that do not exist and were left out",
    );
    let times = root.animations.iter().flat_map(|a| &a.samplers).map(|s| s.input.value());
    let unbounded =
        times.filter_map(|a| root.accessors.get(a)).filter(|a| a.min.is_none() || a.max.is_none());
    tell(unbounded.count(), "animation curves have times without bounds (min and max)");
}

fn skins(root: &Root, tree: &Ancestry, shown: &[Vec<usize>], tell: Tell<'_>) {
    let joints = |skin: &Skin| -> Vec<usize> { skin.joints.iter().map(|j| j.value()).collect() };
    let mut count = |is_faulty: &dyn Fn(&Skin, &[usize]) -> bool, what: &str| {
        let faulty = root.skins.iter().filter(|skin| is_faulty(skin, &joints(skin)));
        tell(faulty.count(), what);
    };
    count(&|_, all| all.iter().collect::<BTreeSet<_>>().len() < all.len(), "skins name a joint twice");
    let tops = |all: &[usize]| all.iter().map(|j| tree.top(*j)).collect::<BTreeSet<_>>();
    count(&|_, all| tops(all).len() > 1, "skins have joints that do not hang on one node");
    let is_off = |skin: &Skin, all: &[usize]| {
        skin.skeleton.is_some_and(|s| !all.iter().all(|j| tree.line(*j).any(|above| above == s.value())))
    };
    count(&is_off, "skins have a root that not all of their joints hang on");
    let lost = |skin: &Skin| skin.inverse_bind_matrices.is_some_and(|a| a.value() >= root.accessors.len());
    count(&|skin, _| lost(skin), "skins have matrices that do not exist");
    let is_absent = |(index, node): &(usize, &Node)| {
        let Some(skin) = node.skin.and_then(|s| root.skins.get(s.value())) else { return false };
        let has = |nodes: &[usize], node: usize| nodes.contains(&tree.top(node));
        shown.iter().any(|nodes| has(nodes, *index) && joints(skin).into_iter().any(|j| !has(nodes, j)))
    };
    tell(
        root.nodes.iter().enumerate().filter(is_absent).count(),
        "nodes are bent by joints that are not in their scene",
    );
}

fn is_sheared(matrix: &[f32; 16]) -> bool {
    let given = Mat4::from_cols_array(matrix);
    let (scale, rotation, translation) = given.to_scale_rotation_translation();
    let made = Mat4::from_scale_rotation_translation(scale, rotation, translation).to_cols_array();
    let most = matrix.iter().fold(0.0f32, |most, c| most.max(c.abs()));
    !matrix.iter().zip(made).all(|(given, made)| (given - made).abs() <= most * SHEARED)
}

/// What each node hangs on.
struct Ancestry {
    parents: Vec<Option<usize>>,
}

impl Ancestry {
    fn new(root: &Root) -> Self {
        let mut parents = vec![None; root.nodes.len()];
        for (parent, node) in root.nodes.iter().enumerate() {
            for child in node.children.iter().flatten() {
                if let Some(slot) = parents.get_mut(child.value()) {
                    *slot = Some(parent);
                }
            }
        }
        Self { parents }
    }

    fn parent(&self, node: usize) -> Option<usize> {
        self.parents.get(node).copied().flatten()
    }

    /// The node and all that it hangs on. A circle, which is refused later, ends after as many steps as there are nodes.
    fn line(&self, node: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(node), |at| self.parent(*at)).take(self.parents.len())
    }

    fn top(&self, node: usize) -> usize {
        self.line(node).last().unwrap_or(node)
    }
}
