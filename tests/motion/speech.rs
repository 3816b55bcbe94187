//! Motions that a speech names.

use super::figure::{Figure, figure};
use crate::common::gltf::Builder;
use rhetor::job::Job;
use rhetor::production::{Production, Request};
use rhetor::time::Time;
use rhetor::vocabulary::Bone;
use std::path::Path;

/// A file of the figure that raises its left arm within a second, and then holds it for two.
fn raised_arm() -> Vec<u8> {
    let avatar = figure(Figure::default());
    let mut builder = Builder::default();
    let times = builder.floats("SCALAR", 1, &[0.0, 1.0, 3.0]);
    let up = [0.0, 0.0, libm::sinf(0.6), libm::cosf(0.6)];
    let turns = builder.floats("VEC4", 4, &[[0.0, 0.0, 0.0, 1.0], up, up].concat());
    let node = |index: usize| {
        let own = &avatar.nodes[index];
        let below: Vec<String> = (0..avatar.nodes.len())
            .filter(|i| avatar.nodes[*i].parent == Some(index))
            .map(|i| i.to_string())
            .collect();
        let children =
            if below.is_empty() { String::new() } else { format!(r#","children":[{}]"#, below.join(",")) };
        let [x, y, z] = own.local.translation.to_array();
        format!(r#"{{"name":"{}","translation":[{x},{y},{z}]{children}}}"#, own.name)
    };
    let nodes: Vec<String> = (0..avatar.nodes.len()).map(node).collect();
    let arm = avatar.nodes.iter().position(|n| n.name == "LeftArm").unwrap();
    builder.glb(&format!(
        r#""scene":0,"scenes":[{{"nodes":[0]}}],"nodes":[{}],"animations":[{{"name":"Up","channels":
        [{{"sampler":0,"target":{{"node":{arm},"path":"rotation"}}}}],"samplers":[{{"input":{times},"output":{turns}}}]}}]"#,
        nodes.join(",")
    ))
}

fn load(folder: &Path, marks: &str) -> Production {
    load_with(folder, marks, "")
}

fn load_with(folder: &Path, marks: &str, cues: &str) -> Production {
    let speakers = format!(r#""speakers":[{{"id":"a","avatar":"thalia","marks":[{marks}]}}]"#);
    let timeline = format!(r#"{{"version":"1.0","duration":20,{speakers},"cues":[{cues}]}}"#);
    std::fs::write(folder.join("x.timeline.json"), timeline).unwrap();
    std::fs::write(folder.join("wave.glb"), raised_arm()).unwrap();
    let input = folder.join("x.timeline.json").display().to_string();
    Production::load(&Request { input, ..Request::default() }, &Job::silent()).unwrap()
}

/// How high the left hand is above the left upper arm.
fn hand(production: &Production, millis: i64) -> f32 {
    let mut frame = production.performance.first_frame(1.0);
    production.performance.evaluate_into(&mut frame, Time::from_millis(millis), 1.0);
    let rig = &production.cast[0].rig;
    let height = |bone| frame.actors[0].world_from_node[rig.bone(bone).unwrap()].w_axis.y;
    height(Bone::LeftHand) - height(Bone::LeftUpperArm)
}

#[test]
fn a_mark_plays_a_file_beside_the_speech_and_fades() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["clip", "gesture"] {
        for file in ["wave", "wave.glb", "wave.glb#Up"] {
            let mark = format!(r#"{{"time":2,"name":"{name}","args":["{file}"]}}"#);
            let production = load(folder.path(), &mark);
            assert_eq!(production.warnings, [], "{name} {file}");
            let (before, up, after) =
                (hand(&production, 1900), hand(&production, 4000), hand(&production, 5200));
            assert!(before < -0.3 && up > 0.3 && after < -0.3, "{name} {file}: {before} {up} {after}");
            // It comes and goes without a jump.
            let mut last = hand(&production, 1900);
            for millis in (1900..5200).step_by(20) {
                let now = hand(&production, millis);
                assert!((now - last).abs() < 0.1, "{name}: a jump of {} at {millis} ms", now - last);
                last = now;
            }
        }
    }
}

#[test]
fn the_lips_go_on_and_seeking_equals_playing() {
    let folder = tempfile::tempdir().unwrap();
    let production = load(folder.path(), r#"{"time":1,"name":"clip","args":["wave"]}"#);
    let still = load(folder.path(), "");
    let performance = &production.performance;
    let mut played = performance.first_frame(1.0);
    for millis in (0..6000).step_by(40) {
        let t = Time::from_millis(millis);
        performance.evaluate_into(&mut played, t, 1.0);
        let mut other = still.performance.first_frame(1.0);
        still.performance.evaluate_into(&mut other, t, 1.0);
        assert_eq!(played.actors[0].morph_weights, other.actors[0].morph_weights, "the face at {t}");
        let mut sought = performance.first_frame(1.0);
        performance.evaluate_into(&mut sought, t, 1.0);
        assert!(played == sought, "the frame at {t} depends on what came before");
    }
}

#[test]
fn what_cannot_be_had_is_warned_of_and_the_speech_plays() {
    let folder = tempfile::tempdir().unwrap();
    for (file, complaint) in [
        ("nowhere", "there is no such motion"),
        ("../wave.glb", "leads out of its folder"),
        ("/etc/wave.glb", "leads out of its folder"),
        ("wave.glb#Down", "no clip of that name"),
        ("x.timeline.json", "not a glTF file"),
    ] {
        let production = load(folder.path(), &format!(r#"{{"time":2,"name":"clip","args":["{file}"]}}"#));
        let told: Vec<String> = production.warnings.iter().map(ToString::to_string).collect();
        let told = told.join("\n");
        let known = complaint == "not a glTF file" && told.contains("glTF");
        assert!(told.contains(complaint) || known, "{file}: {told}");
        assert!(told.contains(&format!("[clip {file}]")), "{told}");
        assert!(hand(&production, 4000) < -0.3);
    }
}

#[test]
fn a_motion_lasts_so_many_beats_and_comes_again() {
    let folder = tempfile::tempdir().unwrap();
    let beat = r#"{"time":0.25,"name":"beat","args":["120"]}"#;
    let mark = |args: &str| format!(r#"{{"time":2,"end":17,"name":"clip","args":["wave"{args}]}}"#);
    let once = load_with(folder.path(), &mark(r#","beats=12""#), beat);
    assert_eq!(once.warnings, []);
    // From the beat at 2.25 s on, half as fast: up at 4.25 s, over at 8.25 s.
    let at = |millis: i64| hand(&once, millis);
    assert!(at(2200) < -0.3 && at(3250) < at(4250) - 0.1 && at(4250) > 0.3, "{} {}", at(3250), at(4250));
    assert!(at(7500) > 0.3 && at(8300) < -0.3);
    let again = load_with(folder.path(), &mark(r#","beats=12","loop""#), beat);
    let at = |millis: i64| hand(&again, millis);
    // Down at the beginning of each round, up in it, and down when the mark ends.
    assert!(at(8250) < 0.0 && at(10_250) > 0.3 && at(14_250) < 0.0 && at(16_250) > 0.3 && at(17_050) < -0.3);
    let mut last = at(1900);
    for millis in (1900..17_100).step_by(20) {
        let now = at(millis);
        assert!((now - last).abs() < 0.12, "a jump of {} at {millis} ms", now - last);
        last = now;
    }
    let told = |args: &str, cues: &str| {
        let production = load_with(folder.path(), &mark(args), cues);
        production.warnings.iter().map(ToString::to_string).collect::<String>()
    };
    assert!(told(r#","beats=12""#, "").contains("[clip wave beats=12] at 00:02.000: there is no [beat]"));
    let fast = told(r#","beats=1""#, beat);
    assert!(
        fast.contains("beats=1 makes the motion 6.00 times as fast as it is; it is 6.0 beats long"),
        "{fast}"
    );
}
