//! Springs and constraints of real files, played through a performance.

use crate::common::folder;
use crate::common::gltf::Builder;
use glam::{Quat, Vec3};
use rhetor::avatar::{Avatar, ColliderShape};
use rhetor::frame::Frame;
use rhetor::import::{Options, import};
use rhetor::perform::{Cast, Performance};
use rhetor::rig::Rig;
use rhetor::script::Timeline;
use rhetor::source::NoSource;
use rhetor::stage::Stage;
use rhetor::time::Time;
use std::sync::Arc;

fn load(file: &str) -> Option<Avatar> {
    let bytes = std::fs::read(folder("AVATARS")?.join(file)).unwrap();
    Some(import(&bytes, file, &NoSource, Options::default()).unwrap().avatar)
}

fn performance(avatar: Avatar, change: impl Fn(&mut Rig)) -> Performance {
    let mut rig = Rig::resolve(&avatar);
    change(&mut rig);
    let cast = [Cast { avatar: Arc::new(avatar), rig: Arc::new(rig) }];
    Performance::new(&Timeline::default(), &cast, Stage::studio(Vec3::Z, 0.0), None)
}

fn at(performance: &Performance, millis: i64) -> Frame {
    let mut frame = performance.first_frame(1.0);
    performance.evaluate_into(&mut frame, Time::from_millis(millis), 1.0);
    frame
}

#[test]
fn the_chains_of_the_conformance_files_hang_and_stay_out_of_their_colliders() {
    for file in ["vrm1_springbone_capsule.vrm", "vrm1_springbone_plane.vrm"] {
        let Some(avatar) = load(file) else { return };
        assert_eq!((avatar.springs.len(), avatar.colliders.len()), (1, 1), "{file}");
        let joints = avatar.springs[0].joints.clone();
        assert_eq!(
            joints.iter().map(|j| j.node).collect::<Vec<_>>(),
            avatar_nodes(&avatar, "spring_joint_", 3)
        );
        assert!(joints.iter().all(|j| (j.tail - Vec3::new(0.0, -0.05, 0.0)).length() < 1e-6));
        assert!(joints.iter().all(|j| (j.stiffness, j.gravity_power, j.drag_force) == (0.5, 0.5, 0.5)));
        let collider = avatar.colliders[0];
        let last = avatar_nodes(&avatar, "spring_joint_", 4)[3];
        let tails: Vec<usize> = joints.iter().skip(1).map(|j| j.node).chain([last]).collect();
        let performance = performance(avatar, |_| {});
        let mut deepest = f32::NEG_INFINITY;
        // The capsule holds the chain's root: its tails get as far out as the chain is long.
        let inevitable = |index: usize| match collider.shape {
            ColliderShape::Capsule { .. } => (0.12 - 0.05 * (index + 1) as f32).max(0.0),
            _ => 0.0,
        };
        for millis in (0..9000).step_by(150) {
            let world = &at(&performance, millis).actors[0].world_from_node;
            let place = |p: Vec3| world[collider.node].transform_point3(p);
            for (index, tail) in tails.iter().enumerate() {
                let tail = world[*tail].w_axis.truncate();
                let gap = match collider.shape {
                    ColliderShape::Plane { offset, normal } => {
                        world[collider.node].transform_vector3(normal).dot(tail - place(offset))
                    }
                    ColliderShape::Capsule { offset, tail: end, radius, .. } => {
                        let (from, along) = (place(offset), place(end) - place(offset));
                        let share = (along.dot(tail - from) / along.length_squared()).clamp(0.0, 1.0);
                        tail.distance(from + along * share) - radius
                    }
                    ColliderShape::Sphere { .. } => panic!("{file}: a sphere"),
                };
                deepest = deepest.max(0.02 - gap - inevitable(index));
            }
        }
        println!("{file}: {:.2} mm deep at most", deepest * 1e3);
        assert!(deepest < 0.003, "{file}: {deepest}");
    }
}

fn avatar_nodes(avatar: &Avatar, prefix: &str, count: usize) -> Vec<usize> {
    let named = |i| avatar.nodes.iter().position(|n| n.name == format!("{prefix}{i}")).unwrap();
    (0..count).map(named).collect()
}

#[test]
fn a_performance_with_springs_is_the_same_sought_and_played() {
    let Some(avatar) = load("vrm1_springbone_capsule.vrm") else { return };
    let played = performance(avatar.clone(), |_| {});
    let mut frame = played.first_frame(1.0);
    for index in 0..300i64 {
        let t = Time::from_nanos(index * 33_366_667);
        played.evaluate_into(&mut frame, t, 1.0);
        if index % 61 == 0 {
            let sought = performance(avatar.clone(), |_| {});
            let mut other = sought.first_frame(1.0);
            sought.evaluate_into(&mut other, t, 1.0);
            assert!(frame == other, "the frame at {t} depends on what came before");
        }
    }
}

/// The sources of the example turned away from their rest, and what its targets do then.
#[test]
fn the_constraints_of_the_specifications_example() {
    let Some(avatar) = load("vrm1_node_constraint.glb") else { return };
    assert_eq!(avatar.constraints.len(), 11);
    let node = |name: &str| avatar.nodes.iter().position(|n| n.name == name).unwrap();
    let turn = Quat::from_rotation_z(0.7) * Quat::from_rotation_x(0.4);
    let sources = ["SourceNNRL", "SourceNNRLFS", "SourceRTNNSS", "SourceRTNNDS", "SourceRTNNP"].map(node);
    let performance = performance(avatar.clone(), |rig| {
        rig.stance.clear();
        for source in sources {
            let mut local = avatar.nodes[source].local;
            local.rotation *= turn;
            rig.stance.push((source, local));
        }
        let mut local = avatar.nodes[node("SourceNNA")].local;
        local.translation += Vec3::new(0.3, 1.0, 0.5);
        rig.stance.push((node("SourceNNA"), local));
    });
    let world = &at(&performance, 0).actors[0].world_from_node;
    let local = |name: &str| {
        let index = node(name);
        let parent = world[avatar.nodes[index].parent.unwrap()].to_scale_rotation_translation().1;
        parent.inverse() * world[index].to_scale_rotation_translation().1
    };
    let near = |name: &str, expected: Quat| {
        let angle = local(name).angle_between(expected);
        assert!(angle < 1e-3, "{name} is {angle} off");
    };
    // Only the turn about the axis is taken; the swing that moves the axis is left out.
    near("TargetX_NNRL", Quat::from_rotation_x(0.4));
    let about = |axis: Vec3| Quat::from_rotation_arc(axis, turn * axis).inverse() * turn;
    near("TargetY_NNRL", about(Vec3::Y));
    near("TargetZ_NNRL", about(Vec3::Z));
    near("TargetYNNRLFS", about(Vec3::Y));
    for name in ["TargetRTNNSS", "TargetRTNNDS", "TargetRTNNP"] {
        near(name, avatar.nodes[node(name)].local.rotation * turn);
    }
    let source = world[node("SourceNNA")].w_axis.truncate();
    for (name, axis) in [
        ("TargetPosXNNA", Vec3::X),
        ("TargetNegYNNA", Vec3::NEG_Y),
        ("TargetPosZNNA", Vec3::Z),
        ("TargetNegZNNA", Vec3::NEG_Z),
    ] {
        let own = world[node(name)];
        let aimed = own.transform_vector3(axis).normalize();
        let towards = (source - own.w_axis.truncate()).normalize();
        assert!(aimed.distance(towards) < 1e-3, "{name} aims at {aimed}, not {towards}");
    }
}

#[test]
fn half_a_weight_is_half_the_turn_and_circles_are_refused() {
    let nodes = |second: &str| {
        format!(
            r#""scenes":[{{"nodes":[0,1,2]}}],"extensionsUsed":["VRMC_node_constraint"],"nodes":[{{"name":"a"}},
            {{"name":"b","extensions":{{"VRMC_node_constraint":{{"specVersion":"1.0","constraint":
            {{"rotation":{{"source":0,"weight":0.5}}}}}}}}}},
            {{"name":"c"{second}}}]"#
        )
    };
    let rotation = |source| {
        format!(
            r#""extensions":{{"VRMC_node_constraint":{{"constraint":{{"rotation":{{"source":{source}}}}}}}}}"#
        )
    };
    let load =
        |json: String| import(&Builder::default().glb(&json), "test", &NoSource, Options::default()).unwrap();
    let avatar = load(nodes("")).avatar;
    let turn = Quat::from_rotation_y(1.2);
    let performance = performance(avatar, |rig| {
        let local = rhetor::avatar::Transform { rotation: turn, ..Default::default() };
        rig.stance = vec![(0, local)];
    });
    let world = &at(&performance, 0).actors[0].world_from_node;
    let turned = world[1].to_scale_rotation_translation().1;
    assert!(turned.angle_between(Quat::from_rotation_y(0.6)) < 1e-3);

    let itself = load(nodes(&format!(",{}", rotation(2))));
    assert_eq!(itself.avatar.constraints.len(), 1);
    assert!(itself.report.iter().any(|d| d.message.contains("follows its own node")), "{:?}", itself.report);
    let circle = nodes("").replace(r#"{"name":"a"}"#, &format!(r#"{{"name":"a",{}}}"#, rotation(1)));
    let circle = load(circle);
    assert!(circle.avatar.constraints.is_empty());
    assert!(circle.report.iter().any(|d| d.message.contains("in a circle")), "{:?}", circle.report);
}

/// VRM 0 names the roots: all that hangs on them sways, and a last joint as if it were seven centimetres long.
#[test]
fn vrm_0_chains_are_whole_trees_and_its_vectors_are_turned() {
    let json = r#""scenes":[{"nodes":[0]}],"extensionsUsed":["VRM"],"nodes":[{"name":"head","children":[1]},
        {"name":"root","translation":[0,0.1,0],"children":[2,3]},{"name":"a","translation":[0,-0.2,0]},
        {"name":"b","translation":[0.3,0,0]}],"extensions":{"VRM":{"secondaryAnimation":{"boneGroups":[{"comment":"hair",
        "stiffiness":0.7,"gravityPower":0.2,"gravityDir":{"x":0,"y":-1,"z":0.5},"dragForce":0.3,"center":-1,
        "hitRadius":0.02,"bones":[1],"colliderGroups":[0,7]}],"colliderGroups":[{"node":0,"colliders":
        [{"offset":{"x":0.1,"y":0.2,"z":0.3},"radius":0.05}]}]}}}"#;
    let avatar = import(&Builder::default().glb(json), "test", &NoSource, Options::default()).unwrap().avatar;
    let [spring] = &avatar.springs[..] else { panic!("{:?}", avatar.springs) };
    assert_eq!((spring.name.as_str(), spring.center, &spring.colliders[..]), ("hair", None, &[0][..]));
    let named = |name: &str| avatar.nodes.iter().position(|n| n.name == name).unwrap();
    let tail = |name: &str| spring.joints.iter().find(|j| j.node == named(name)).unwrap().tail;
    assert_eq!(spring.joints.len(), 3);
    assert!(tail("root").distance(Vec3::new(0.0, -0.2, 0.0)) < 1e-6);
    assert!(tail("a").distance(Vec3::new(0.0, -0.07, 0.0)) < 1e-6);
    assert!(tail("b").distance(Vec3::new(0.07, 0.0, 0.0)) < 1e-6);
    assert!(spring.joints.iter().all(|j| (j.stiffness, j.drag_force, j.hit_radius) == (0.7, 0.3, 0.02)));
    assert_eq!(spring.joints[0].gravity_dir, Vec3::new(0.0, -1.0, -0.5));
    let shape = ColliderShape::Sphere { offset: Vec3::new(0.1, 0.2, -0.3), radius: 0.05, is_inside: false };
    assert_eq!(avatar.colliders[0].shape, shape);
}

#[test]
fn broken_springs_are_left_out_with_a_warning() {
    let load = |springs: &str| {
        let json = format!(
            r#""scenes":[{{"nodes":[0]}}],"extensionsUsed":["VRMC_springBone"],"nodes":[{{"children":[1]}},
            {{"translation":[0,-0.1,0],"children":[2]}},{{"translation":[0,-0.1,0]}}],
            "extensions":{{"VRMC_springBone":{{"specVersion":"1.0",{springs}}}}}"#
        );
        import(&Builder::default().glb(&json), "test", &NoSource, Options::default()).unwrap()
    };
    for (springs, left, complaint) in [
        (r#""springs":[{"joints":[{"node":1},{"node":0}]}]"#, 0, "not below"),
        (r#""springs":[{"joints":[{"node":0},{"node":9}]}]"#, 0, "not below"),
        (
            r#""springs":[{"joints":[{"node":0},{"node":1}]},{"joints":[{"node":0},{"node":2}]}]"#,
            1,
            "another",
        ),
        (
            r#""colliders":[{"node":77,"shape":{}}],"springs":[{"joints":[{"node":0},{"node":1}]}]"#,
            1,
            "collider",
        ),
        (r#""springs":{"joints":3},"colliders":"none","colliderGroups":[5]"#, 0, ""),
    ] {
        let imported = load(springs);
        assert_eq!(imported.avatar.springs.len(), left, "{springs}");
        let told: Vec<&str> = imported.report.iter().map(|d| d.message.as_str()).collect();
        assert!(complaint.is_empty() || told.iter().any(|t| t.contains(complaint)), "{springs}: {told:?}");
    }
}
