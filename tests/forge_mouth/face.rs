//! A bundled avatar's face as meshes that can be posed.

use glam::Vec3;
use rhetor::avatar::Avatar;
use rhetor::import::{Options, import};
use rhetor::perform::expression_channels;
use rhetor::rig::{Binding, Move, Rig};
use rhetor::source::NoSource;
use rhetor::vocabulary::{Channel, Viseme};
use std::path::{Path, PathBuf};

/// All avatars that come with the program.
pub(super) fn bundled() -> Vec<PathBuf> {
    let folder = crate::common::repository().join("assets/avatars");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "glb"))
        .collect();
    files.sort();
    files
}

/// One of them, ready to be posed.
pub(super) struct Person {
    pub(super) name: String,
    pub(super) avatar: Avatar,
    pub(super) rig: Rig,
}

/// Weights of every node's morph targets.
pub(super) type Weights = Vec<Vec<f32>>;

impl Person {
    pub(super) fn load(path: &Path) -> Self {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let bytes = std::fs::read(path).unwrap();
        let avatar = import(&bytes, &name, &NoSource, Options { decode_textures: false }).unwrap().avatar;
        let rig = Rig::resolve(&avatar);
        Self { name, avatar, rig }
    }

    /// The face with these visemes, channels and one expression.
    pub(super) fn weights(
        &self,
        visemes: &[(Viseme, f32)],
        channels: &[(Channel, f32)],
        expression: &str,
    ) -> Weights {
        let mut weights: Weights = (self.avatar.nodes.iter())
            .map(|node| node.mesh.map_or(0, |mesh| self.avatar.meshes[mesh].morph_names.len()))
            .map(|count| vec![0.0; count])
            .collect();
        let mut add = |binding: &Binding, by: f32| {
            for step in &binding.moves {
                // What turns is the eyeballs.
                let Move::Morph { node, target, weight } = *step else { continue };
                weights[node][target] += weight * by;
            }
        };
        visemes.iter().for_each(|(viseme, by)| add(self.rig.viseme(*viseme), *by));
        channels.iter().for_each(|(channel, by)| add(self.rig.channel(*channel), *by));
        let worn = expression_channels(expression).unwrap();
        worn.iter().for_each(|(channel, by)| add(self.rig.channel(*channel), *by));
        for combination in &self.rig.combinations {
            let strength = combination.strength(&weights[combination.node]);
            weights[combination.node][combination.target] = strength;
        }
        weights
    }

    /// The mesh called `name` in the avatar's space, and its triangles.
    pub(super) fn mesh(&self, name: &str, weights: &Weights) -> (Vec<Vec3>, Vec<[usize; 3]>) {
        let (node, mesh) = (self.avatar.nodes.iter().enumerate())
            .find_map(|(i, n)| Some((i, &self.avatar.meshes[n.mesh?])).filter(|(_, m)| m.name == name))
            .unwrap();
        let (mut points, mut triangles) = (Vec::new(), Vec::new());
        for primitive in &mesh.primitives {
            let first = points.len();
            points.extend(primitive.positions.iter().map(|p| Vec3::from(*p)));
            for (morph, weight) in primitive.morphs.iter().zip(&weights[node]).filter(|(_, w)| **w != 0.0) {
                for (vertex, delta) in morph.vertices.iter().zip(&morph.positions) {
                    points[first + *vertex as usize] += Vec3::from(*delta) * *weight;
                }
            }
            let corners = primitive.indices.chunks_exact(3);
            triangles.extend(corners.map(|t| [t[0], t[1], t[2]].map(|i| first + i as usize)));
        }
        (points, triangles)
    }
}
