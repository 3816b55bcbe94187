//! The humanoid map: which node an avatar's author declared to be which bone.

use crate::vocabulary::Bone;

/// Bones by the author's own word. What is not in it is not a bone of the humanoid, whatever it is called.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Humanoid {
    /// The node of each of [`Bone::ALL`]; shorter lists end in `None`.
    nodes: Vec<Option<usize>>,
}

impl Humanoid {
    /// The node of `bone`.
    pub fn node(&self, bone: Bone) -> Option<usize> {
        self.nodes.get(bone.index()).copied().flatten()
    }

    /// The bone that `node` is.
    pub fn bone(&self, node: usize) -> Option<Bone> {
        Bone::ALL.iter().copied().find(|bone| self.node(*bone) == Some(node))
    }

    /// Declares that `node` is `bone`.
    pub fn set(&mut self, bone: Bone, node: usize) {
        self.nodes.resize(Bone::COUNT, None);
        if let Some(slot) = self.nodes.get_mut(bone.index()) {
            *slot = Some(node);
        }
    }

    /// The declared bones in index order, with their nodes.
    pub fn iter(&self) -> impl Iterator<Item = (Bone, usize)> + '_ {
        Bone::ALL.iter().zip(&self.nodes).filter_map(|(bone, node)| Some((*bone, (*node)?)))
    }
}
