//! VRM 0.x and 1.0: what is read from their files, and that expressions follow the specification's rules.

mod expressions;
mod read;
mod real;
mod terms;

use crate::common::gltf::Builder;
use rhetor::import::{Imported, Options, import};
use rhetor::source::NoSource;

/// A humanoid of a few bones with a face of one morph target, shown by two nodes, and a mesh that only it sees itself.
///
/// Nodes 0 hips, 1 spine, 2 head, 3 and 4 faces, 5 the inner view, 6 to 11 the arms; materials 0 and 1.
pub(crate) fn file(root: &str, material: &str) -> Vec<u8> {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &[0.0, 1.5, 0.0, 0.1, 1.5, 0.0, 0.0, 1.6, 0.0]);
    let m = b.floats("VEC3", 3, &[0.0, 0.01, 0.0, 0.0, 0.01, 0.0, 0.0, 0.01, 0.0]);
    let c = b.floats("VEC3", 3, &[0.0; 9]);
    let face = format!(
        r#"{{"attributes":{{"POSITION":{p},"COLOR_0":{c}}},"material":0,"targets":[{{"POSITION":{m}}},{{"POSITION":{m}}}]}}"#
    );
    b.glb(&format!(
        r#""scene":0,"scenes":[{{"nodes":[0]}}],
        "nodes":[{{"name":"a","children":[1],"translation":[0,1,0]}},{{"name":"b","children":[2,6,9],"translation":[0,0.3,0]}},
        {{"name":"c","children":[3,4,5],"translation":[0,0.2,0]}},{{"name":"d","mesh":0}},{{"name":"e","mesh":0}},{{"name":"f","mesh":1}},
        {{"name":"g","children":[7],"translation":[0.15,0.1,0]}},{{"name":"h","children":[8],"translation":[0.25,0,0]}},{{"name":"i","translation":[0.25,0,0]}},
        {{"name":"j","children":[10],"translation":[-0.15,0.1,0]}},{{"name":"k","children":[11],"translation":[-0.25,0,0]}},{{"name":"l","translation":[-0.25,0,0]}}],
        "meshes":[{{"extras":{{"targetNames":["one","two"]}},"primitives":[{face}]}},{{"primitives":[{{"attributes":{{"POSITION":{p}}},"material":1}}]}}],
        "materials":[{material},{{"name":"plain","pbrMetallicRoughness":{{"baseColorFactor":[0.5,0.5,0.5,1]}}}}],{root}"#
    ))
}

pub(crate) fn load(bytes: &[u8]) -> Imported {
    import(bytes, "a/test.vrm", &NoSource, Options::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// The humanoid of [`file`] in VRM 1.0.
pub(crate) const HUMANOID: &str = r#""humanoid":{"humanBones":{"hips":{"node":0},"spine":{"node":1},"head":{"node":2},
    "leftUpperArm":{"node":6},"leftLowerArm":{"node":7},"leftHand":{"node":8},
    "rightUpperArm":{"node":9},"rightLowerArm":{"node":10},"rightHand":{"node":11}}}"#;

/// A VRM 1.0 file; `rest` are further members of `VRMC_vrm`, with a leading comma.
pub(crate) fn vrm1(rest: &str, material: &str) -> Imported {
    let root = format!(
        r#""extensionsUsed":["VRMC_vrm","VRMC_materials_mtoon"],"extensionsRequired":["VRMC_vrm"],"extensions":{{"VRMC_vrm":{{"specVersion":"1.0",{HUMANOID}{rest}}}}}"#
    );
    load(&file(&root, material))
}
