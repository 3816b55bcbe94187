//! Performances for other programs, read back by this one.

use crate::common::folder;
use rhetor::avatar::{Avatar, Clip, Values};
use rhetor::exchange::{Window, clip_of, live_link, vrm_animation, with_clip};
use rhetor::import::{Options, import};
use rhetor::job::Job;
use rhetor::perform::Pose;
use rhetor::production::{Production, Request};
use rhetor::rig::{Part, Retarget, Rig, channel_mix, motion_of, name_faces};
use rhetor::script::foreign;
use rhetor::source::NoSource;
use rhetor::time::{FrameRate, Time};
use rhetor::vocabulary::{Bone, Channel, Viseme};

/// Somebody who speaks, smiles, looks around and nods.
const SPEECH: &str = r#"{"version":"1.0","duration":4,"speakers":[{"id":"a","visemes":[
    {"start":0.2,"end":0.5,"viseme":"aa","weight":1},{"start":0.5,"end":0.7,"viseme":"PP","weight":1},
    {"start":0.7,"end":1.1,"viseme":"ou","weight":1},{"start":1.4,"end":1.9,"viseme":"E","weight":1}],
    "marks":[{"time":0.3,"name":"smile","args":[]},{"time":0.8,"name":"look","args":["left"]},
    {"time":1.5,"name":"nod","args":[]},{"time":2.2,"name":"blink","args":[]},{"time":3,"name":"angry","args":[]}]}]}"#;

struct Loaded {
    production: Production,
    bytes: Vec<u8>,
    name: String,
    _folder: tempfile::TempDir,
}

fn load(avatar: &str) -> Loaded {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.timeline.json");
    std::fs::write(&path, SPEECH).unwrap();
    let input = path.display().to_string();
    let request = Request { input, avatar: Some(avatar.to_owned()), ..Request::default() };
    let production = Production::load(&request, &Job::silent()).unwrap();
    let (name, bytes) = production.avatar_file(0, &request).unwrap();
    Loaded { production, bytes: bytes.into_owned(), name, _folder: folder }
}

/// Frames at which no other rate of the program falls.
fn window() -> Window {
    Window { from: Time::from_millis(100), to: Time::from_millis(3900), rate: FrameRate::new(30, 1).unwrap() }
}

fn clip(loaded: &Loaded) -> Clip {
    let avatar = &loaded.production.cast[0].avatar;
    clip_of(&loaded.production.performance, (0, avatar), &window(), "performance", &Job::silent()).unwrap()
}

fn imported(bytes: &[u8]) -> Avatar {
    import(bytes, "out.glb", &NoSource, Options { decode_textures: false }).unwrap().avatar
}

/// What `clip` makes of `avatar` at its key `frame`.
fn played(avatar: &Avatar, clip: &Clip, frame: usize) -> Pose {
    let mut locals = avatar.rest_locals();
    clip.sample_into(window().rate.time_of(frame as u64).as_secs_f32(), &mut locals);
    let mut morph_weights: Vec<Vec<f32>> = Vec::new();
    for (index, node) in avatar.nodes.iter().enumerate() {
        let mesh = node.mesh.map(|mesh| &avatar.meshes[mesh]);
        let count = mesh.map_or(0, |mesh| mesh.morph_names.len());
        let mut weights = if node.morph_weights.is_empty() {
            mesh.map(|mesh| mesh.morph_weights.clone()).unwrap_or_default()
        } else {
            node.morph_weights.clone()
        };
        weights.resize(count, 0.0);
        for channel in clip.channels.iter().filter(|channel| channel.node == index) {
            if let Values::MorphWeights(values) = &channel.values {
                weights = values[frame * count..(frame + 1) * count].to_vec();
            }
        }
        morph_weights.push(weights);
    }
    Pose { locals, morph_weights }
}

/// The greatest difference of two poses: translations, rotations (up to the sign), scales, weights.
fn difference(a: &Pose, b: &Pose) -> f32 {
    let mut most = 0.0f32;
    for (a, b) in a.locals.iter().zip(&b.locals) {
        let turn = if a.rotation.dot(b.rotation) < 0.0 { -b.rotation } else { b.rotation };
        most = most.max((a.rotation - turn).length());
        most = most.max(a.translation.distance(b.translation)).max(a.scale.distance(b.scale));
    }
    for (a, b) in a.morph_weights.iter().flatten().zip(b.morph_weights.iter().flatten()) {
        most = most.max((a - b).abs());
    }
    let counts = |pose: &Pose| pose.morph_weights.iter().map(Vec::len).collect::<Vec<_>>();
    assert_eq!(counts(a), counts(b));
    most
}

fn avatars() -> Vec<String> {
    let mut all = vec!["thalia".to_owned()];
    if let Some(folder) = folder("AVATARS") {
        let files = [
            "rpm_brunette-t.glb",
            "mixamo_Michelle.glb",
            "vrm0_Godette.vrm",
            "vrm_catbot.vrm",
            "talkinghead_vroid.glb",
            "arkit_facecap_ktx2_meshopt.glb",
            "RobotExpressive.glb",
            "vrm1_node_constraint.glb",
        ];
        all.extend(files.iter().map(|file| folder.join(file).display().to_string()));
    }
    all
}

#[test]
fn an_exported_avatar_plays_what_was_performed() {
    for avatar in avatars() {
        let loaded = load(&avatar);
        let performance = &loaded.production.performance;
        let original = &loaded.production.cast[0].avatar;
        let bytes = with_clip(&loaded.bytes, &loaded.name, original, &clip(&loaded), "made").unwrap();
        let mut again = imported(&bytes);
        name_faces(&mut again);
        assert_eq!(again.clips.len(), original.clips.len() + 1, "{avatar}");
        assert_eq!(
            again.nodes.iter().map(|n| n.mesh).collect::<Vec<_>>(),
            original.nodes.iter().map(|n| n.mesh).collect::<Vec<_>>()
        );
        assert_eq!(
            (&again.springs, &again.expressions, &again.humanoid),
            (&original.springs, &original.expressions, &original.humanoid)
        );
        assert_eq!(again.triangle_count(), original.triangle_count(), "{avatar}");
        let clip = again.clips.last().unwrap();
        assert_eq!(clip.name, "performance");
        let mut worst = 0.0f32;
        for frame in 0..=window().frames() {
            let pose = performance.pose(0, window().time_of(frame)).unwrap();
            worst = worst.max(difference(&pose, &played(&again, clip, frame as usize)));
        }
        println!(
            "{avatar}: {worst:.2e} at most, {} curves, {} bytes more",
            clip.channels.len(),
            bytes.len() - loaded.bytes.len()
        );
        assert!(worst < 1e-4, "{avatar}: {worst}");
    }
}

#[test]
fn a_pose_is_what_a_frame_shows() {
    let loaded = load("thalia");
    let performance = &loaded.production.performance;
    let avatar = &loaded.production.cast[0].avatar;
    let mut frame = performance.first_frame(1.0);
    for millis in [0, 430, 1700, 3900] {
        let t = Time::from_millis(millis);
        performance.evaluate_into(&mut frame, t, 1.0);
        let (actor, pose) = (&frame.actors[0], performance.pose(0, t).unwrap());
        assert_eq!(actor.morph_weights, pose.morph_weights);
        for (index, node) in avatar.nodes.iter().enumerate() {
            let Some(parent) = node.parent else { continue };
            let own = actor.world_from_node[parent] * glam::Mat4::from(pose.locals[index].to_affine());
            assert!(own.abs_diff_eq(actor.world_from_node[index], 1e-4), "{} at {t}", node.name);
        }
    }
}

#[test]
fn a_vrm_animation_moves_the_avatar_it_came_from_alike() {
    for avatar in avatars() {
        let loaded = load(&avatar);
        let member = &loaded.production.cast[0];
        let performance = &loaded.production.performance;
        let written = vrm_animation(
            performance,
            (0, member, &loaded.name),
            &window(),
            &clip(&loaded),
            ("test", "made"),
        );
        let bytes = match written {
            Ok(bytes) => bytes,
            Err(error) => {
                assert!(
                    member.rig.bone(Bone::Spine).is_none() || member.rig.bone(Bone::Hips).is_none(),
                    "{avatar}: {error}"
                );
                assert!(error.to_string().contains("no humanoid body"), "{error}");
                continue;
            }
        };
        let file = imported(&bytes);
        let mut motion = motion_of(&file, &Rig::resolve(&file), &file.clips[0]).unwrap();
        // Hands that rest on wide clothes would be turned out of them.
        motion.touch.fill([1.0; 2]);
        let retarget = Retarget::new(&member.avatar, &member.rig).unwrap();
        let mut worst = (0.0f32, Bone::Hips, 0.0f32);
        for frame in (0..=window().frames()).step_by(5) {
            let pose = performance.pose(0, window().time_of(frame)).unwrap();
            let mut locals = pose.locals.clone();
            retarget.pose(
                &member.avatar,
                &motion,
                window().rate.time_of(frame).as_secs_f32(),
                Part::Whole,
                1.0,
                &mut locals,
            );
            for (bone, _) in &motion.bones {
                let node = member.rig.bone(*bone).unwrap();
                let off = (pose.locals[node].rotation.inverse() * locals[node].rotation).normalize();
                let off = 2.0 * libm::asinf(off.xyz().length().min(1.0));
                worst = if off > worst.0 { (off, *bone, worst.2) } else { worst };
            }
            let hips = member.rig.bone(Bone::Hips).unwrap();
            worst.2 = worst.2.max(pose.locals[hips].translation.distance(locals[hips].translation));
        }
        let names: Vec<&str> = motion.expressions.iter().map(|(name, _)| name.as_str()).collect();
        println!("{avatar}: {:.2e} rad at most ({}), hips {:.2e} m; {names:?}", worst.0, worst.1, worst.2);
        // The feet of one hang on no leg, so that where its legs point is told in two ways.
        let bound = if avatar.ends_with("RobotExpressive.glb") { 0.2 } else { 1e-4 };
        assert!(worst.0 < bound && worst.2 < 1e-4, "{avatar}: {} is {} rad off", worst.1, worst.0);
        for name in ["aa", "ou", "ee", "blinkLeft", "blinkRight", "happy", "angry"] {
            assert!(names.contains(&name), "{avatar}: {names:?}");
        }
        // A smile is part of happiness, whoever wears it by what.
        let (_, happy) = motion.expressions.iter().find(|(name, _)| name == "happy").unwrap();
        let most = happy.iter().copied().fold(0.0, f32::max);
        assert!((0.59..=1.0).contains(&most), "{avatar}: {most}");
    }
}

#[test]
fn a_face_is_written_as_live_link_writes_it() {
    let loaded = load("thalia");
    let (performance, member) = (&loaded.production.performance, &loaded.production.cast[0]);
    let text = live_link(performance, 0, member, &window());
    let (head, first) = text.split_once('\n').unwrap();
    if let Some(folder) = folder("AVATARS") {
        let real = std::fs::read_to_string(folder.join("csv_neurosync_default.csv")).unwrap();
        assert!(head.eq_ignore_ascii_case(real.lines().next().unwrap()), "{head}");
    }
    assert!(first.starts_with("00:00:00:00.000,61,"), "{first}");
    let (timeline, _) = foreign::to_timeline(text.as_bytes(), "x.csv").unwrap();
    let track = &timeline.speakers[0].channels[0];
    assert_eq!((track.rate, track.frames.len() as u64), (window().rate, window().frames()));
    for frame in 0..window().frames() {
        let acting = performance.acting(0, window().time_of(frame)).unwrap();
        let mixed = channel_mix(&acting.visemes);
        let read = track.weights(window().rate.time_of(frame));
        for channel in Channel::ALL {
            let wanted = (mixed[channel.index()] + acting.channels[channel.index()]).min(1.0);
            assert!((wanted - read[channel.index()]).abs() < 1e-6, "{channel} in frame {frame}");
        }
    }
    let row = |secs: f64| -> Vec<f64> {
        let row = text.lines().nth(1 + (secs * 30.0) as usize).unwrap();
        row.split(',').skip(2 + Channel::COUNT).map(|field| field.parse().unwrap()).collect()
    };
    // To the left is less than nothing; a nod goes down.
    let (ahead, left) = (row(0.2), row(1.3));
    assert!(left[0] < ahead[0] - 0.1 && left[3] < -0.05 && left[6] < -0.05, "{ahead:?} {left:?}");
    let lowest = (45..70).map(|frame| row(f64::from(frame) / 30.0)[1]).fold(f64::MIN, f64::max);
    assert!(lowest > ahead[1] + 0.05, "{lowest}");
    assert!(Viseme::COUNT == 15 && row(0.0).len() == 9);
}

#[test]
fn files_that_cannot_take_an_animation_are_told() {
    let loaded = load("thalia");
    let (avatar, clip) = (&loaded.production.cast[0].avatar, clip(&loaded));
    let other = br#"{"asset":{"version":"2.0"},"buffers":[{"uri":"body.bin","byteLength":4}]}"#;
    let error = with_clip(other, "x.gltf", avatar, &clip, "made").unwrap_err().to_string();
    assert!(
        error.contains("x.gltf: it refers to another file, 'body.bin'") && error.contains("--avatar"),
        "{error}"
    );
    for broken in [&b"{"[..], b"glTF", b"{\"buffers\":3}", b"[]", &loaded.bytes[..300]] {
        assert!(with_clip(broken, "x.glb", avatar, &clip, "made").is_err());
    }
    let still = Clip { channels: Vec::new(), ..clip.clone() };
    assert!(
        with_clip(&loaded.bytes, "x.glb", avatar, &still, "made")
            .unwrap_err()
            .message
            .contains("moves nothing")
    );
    let long = Window { to: Time::from_secs_f64(86_400.0), ..window() };
    let refused =
        clip_of(&loaded.production.performance, (0, avatar), &long, "x", &Job::silent()).unwrap_err();
    assert!(refused.to_string().contains("--from"), "{refused}");
}

/// Data in the text, and places said as matrices.
#[test]
fn a_text_that_holds_all_its_data_is_taken() {
    use crate::common::gltf::Builder;
    use rhetor::avatar::{ClipChannel, Interpolation};
    let mut builder = Builder::default();
    let points = builder.floats("VEC3", 3, &[0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0]);
    let rest = format!(
        r#""scene":0,"scenes":[{{"nodes":[1]}}],"nodes":[{{"name":"unseen"}},{{"mesh":0,"matrix":[1,0,0,0,0,1,0,0,0,0,1,0,2,3,4,1]}}],
        "meshes":[{{"primitives":[{{"attributes":{{"POSITION":{points}}}}}]}}],"extras":{{"kept":0.1}}"#
    );
    let (_, data) = builder.gltf("", &rest);
    let mut base64 = String::new();
    for group in data.chunks(3) {
        let bits =
            group.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            let letter = char::from(letters[(bits >> (18 - 6 * place) & 63) as usize]);
            base64.push(if place <= group.len() { letter } else { '=' });
        }
    }
    let (text, _) = builder.gltf(&format!("data:application/octet-stream;base64,{base64}"), &rest);
    let avatar = imported(&text);
    let values = Values::Translation(vec![[0.0, 1.0, 2.0], [5.0, 6.0, 7.0]]);
    let times_secs = vec![0.0, 1.0];
    let channel = ClipChannel { node: 0, times_secs, interpolation: Interpolation::Linear, values };
    let clip = Clip { name: "go".into(), duration_secs: 1.0, channels: vec![channel] };
    for source in [text, builder.glb(&rest)] {
        let bytes = with_clip(&source, "x.gltf", &avatar, &clip, "made").unwrap();
        let again = imported(&bytes);
        assert_eq!((again.clips.last(), &again.nodes), (Some(&clip), &avatar.nodes));
        let json = String::from_utf8_lossy(&bytes).into_owned();
        assert!(
            json.contains(r#""extras":{"kept":0.1}"#)
                && json.contains(r#""disclosure":"made""#)
                && !json.contains("matrix"),
            "{json}"
        );
    }
}
