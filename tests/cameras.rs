//! Cameras in an avatar's file, which are named where shots are.

use crate::common::gltf::Builder;
use glam::Vec3;
use rhetor::job::Job;
use rhetor::production::{Production, Request};

/// An upright triangle, a camera two metres before it and one that looks down on it; a third has no perspective.
fn file() -> Vec<u8> {
    let mut b = Builder::default();
    let p = b.floats("VEC3", 3, &[-0.3, 0.0, 0.0, 0.3, 0.0, 0.0, 0.0, 1.7, 0.0]);
    b.glb(&format!(
        r#""scene":0,"scenes":[{{"nodes":[0,1,2,3]}}],"meshes":[{{"primitives":[{{"attributes":{{"POSITION":{p}}}}}]}}],
        "nodes":[{{"mesh":0}},{{"camera":0,"translation":[0,1.5,2]}},
        {{"name":"crane","camera":1,"translation":[0,4,0],"rotation":[-0.70710678,0,0,0.70710678]}},{{"camera":2}}],
        "cameras":[{{"type":"perspective","name":"front","perspective":{{"yfov":0.4,"znear":0.1}}}},
        {{"type":"perspective","perspective":{{"yfov":0.9,"znear":0.5,"zfar":50}}}},
        {{"type":"orthographic","orthographic":{{"xmag":1,"ymag":1,"znear":0.1,"zfar":9}}}}]"#
    ))
}

fn load(folder: &std::path::Path, camera: &str) -> Result<Production, String> {
    let path = folder.join("figure.glb");
    std::fs::write(&path, file()).unwrap();
    let input = path.display().to_string();
    let request = Request { input, camera: Some(camera.to_owned()), ..Request::default() };
    Production::load(&request, &Job::silent()).map_err(|error| error.to_string())
}

#[test]
fn a_camera_of_the_file_is_chosen_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let camera = |name: &str| load(folder.path(), name).unwrap().performance.first_frame(1.5).camera;
    let front = camera("front");
    assert!(front.eye.abs_diff_eq(Vec3::new(0.0, 1.5, 2.0), 1e-5), "{front:?}");
    let along = |camera: rhetor::stage::Camera| (camera.target - camera.eye).normalize();
    assert!(along(front).abs_diff_eq(Vec3::NEG_Z, 1e-5), "{front:?}");
    assert!((front.target.z).abs() < 0.3, "as far as the figure: {front:?}");
    assert_eq!((front.fov_y, front.near), (0.4, 0.1));
    let crane = camera("crane");
    assert!(along(crane).abs_diff_eq(Vec3::NEG_Y, 1e-5), "{crane:?}");
    assert_eq!((crane.fov_y, crane.near, crane.far), (0.9, 0.5, 50.0));
}

#[test]
fn a_camera_that_nobody_has_is_told_with_those_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let error = load(folder.path(), "frnt").unwrap_err();
    assert!(error.contains("there is no camera 'frnt'") && error.contains("front"), "{error}");
    let script = "version = \"1.0\"\n[stage]\ncamera = \"dolly\"\n[speakers.a]\navatar = \"figure.glb\"\n[[lines]]\nspeaker = \"a\"\nsay = \"[camera crane] Hello.\"\n";
    let path = folder.path().join("a.speech.toml");
    std::fs::write(&path, script).unwrap();
    let request = Request { input: path.display().to_string(), ..Request::default() };
    let loaded = Production::load(&request, &Job::silent()).unwrap();
    let told: Vec<&str> = loaded.warnings.iter().map(|w| w.message.as_str()).collect();
    assert!(told.contains(&"there is no camera 'dolly'"), "{told:?}");
    assert!(!told.iter().any(|w| w.contains("crane")), "{told:?}");
}
