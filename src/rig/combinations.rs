//! Morph targets for movements that only go wrong together: `jawOpen+mouthSmileLeft` mends what the two make of each other.

use crate::avatar::{Avatar, Mesh};

/// What joins the names of the targets that drive another.
const JOINT: char = '+';

/// A target that is as strong as the product of others of the same mesh.
#[derive(Debug, Clone, PartialEq)]
pub struct Combination {
    /// The node that shows the mesh.
    pub node: usize,
    /// Index into the mesh's targets.
    pub target: usize,
    /// The targets whose weights are multiplied.
    pub factors: Vec<usize>,
}

impl Combination {
    /// How strong the target is where its mesh's targets have these weights.
    pub fn strength(&self, weights: &[f32]) -> f32 {
        self.factors.iter().map(|factor| weights.get(*factor).map_or(0.0, |w| w.clamp(0.0, 1.0))).product()
    }
}

/// All of the avatar's targets that others drive.
pub(super) fn find(avatar: &Avatar) -> Vec<Combination> {
    let mut found = Vec::new();
    for (node, shown) in avatar.nodes.iter().enumerate() {
        let Some(mesh) = shown.mesh.and_then(|m| avatar.meshes.get(m)) else { continue };
        found.extend((0..mesh.morph_names.len()).filter_map(|target| {
            let factors = factors(mesh, target)?;
            Some(Combination { node, target, factors })
        }));
    }
    found
}

/// The targets that drive `target`; none where its name is not made of two or more names of other targets.
pub(super) fn factors(mesh: &Mesh, target: usize) -> Option<Vec<usize>> {
    let name = mesh.morph_names.get(target).filter(|name| name.contains(JOINT))?;
    let place = |part: &str| mesh.morph_names.iter().position(|n| n == part.trim()).filter(|p| *p != target);
    name.split(JOINT).map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mesh(names: &[&str]) -> Mesh {
        Mesh { morph_names: names.iter().map(|n| (*n).to_owned()).collect(), ..Mesh::default() }
    }

    #[test]
    fn a_name_of_names_is_driven_by_all_of_them() {
        let mesh = mesh(&["a", "b", "a+b", "b + c", "c", "a+b+c", "a+d", "+"]);
        let found: Vec<_> = (0..8).map(|target| factors(&mesh, target)).collect();
        let some = |list: &[usize]| Some(list.to_vec());
        let expected = [None, None, some(&[0, 1]), some(&[1, 4]), None, some(&[0, 1, 4]), None, None];
        assert_eq!(found, expected);
    }

    #[test]
    fn strengths_multiply_and_never_turn_round() {
        let combination = Combination { node: 0, target: 2, factors: vec![0, 1] };
        assert_eq!(combination.strength(&[0.5, 0.5, 0.0]), 0.25);
        assert_eq!(combination.strength(&[-0.5, -0.5, 0.0]), 0.0);
        assert_eq!(combination.strength(&[0.5]), 0.0);
    }
}
