//! Motions of real files on real avatars, measured on their meshes.

use super::motion;
use crate::common::folder;
use glam::{Mat4, Quat, Vec3};
use rhetor::avatar::{Avatar, Motion, deform_cpu};
use rhetor::import::{Options, import};
use rhetor::rig::{Part, Retarget, Rig, motion_of};
use rhetor::source::NoSource;
use rhetor::vocabulary::Bone;

fn load(file: &str) -> Option<Avatar> {
    let bytes = std::fs::read(folder("AVATARS")?.join(file)).unwrap();
    Some(import(&bytes, file, &NoSource, Options { decode_textures: false }).unwrap().avatar)
}

fn first_motion(avatar: &Avatar) -> Motion {
    let rig = Rig::resolve(avatar);
    avatar.clips.iter().find_map(|clip| motion_of(avatar, &rig, clip)).unwrap()
}

#[test]
fn a_motion_comes_back_onto_the_avatar_it_came_from() {
    for (file, name) in [
        ("mixamo_Michelle.glb", "SambaDance"),
        ("avaturn_animation.glb", "Armature_3|mixamo.com|Layer0.002"),
        ("vrma_greeting.vrma", "animation"),
        ("vrma_idle_loop.vrma", "animation"),
        ("RobotExpressive.glb", "Dance"),
    ] {
        let Some(avatar) = load(file) else { return };
        let clip = avatar.clips.iter().find(|c| c.name == name).unwrap();
        let (rig, motion) = (Rig::resolve(&avatar), motion(&avatar, clip));
        let retarget = Retarget::new(&avatar, &rig).unwrap();
        let mut worst = (0.0f32, Bone::Hips);
        // At samples; between them both are interpolated.
        for sample in (0..(motion.duration_secs * motion.rate) as usize).step_by(7) {
            let secs = sample as f32 / motion.rate;
            let mut wanted = avatar.rest_locals();
            clip.sample_into(secs, &mut wanted);
            let mut found = wanted.clone();
            retarget.pose(&avatar, &motion, secs, Part::Whole, 1.0, &mut found);
            for (bone, _) in &motion.bones {
                let node = rig.bone(*bone).unwrap();
                let off = angle(wanted[node].rotation.inverse() * found[node].rotation);
                worst = if off > worst.0 { (off, *bone) } else { worst };
            }
        }
        println!("{file} {name}: {:.2e} rad at most ({})", worst.0, worst.1);
        assert!(worst.0 < 1e-3, "{file}: {} is {} rad off", worst.1, worst.0);
    }
}

/// How far a rotation turns, also for the smallest.
fn angle(turn: Quat) -> f32 {
    2.0 * libm::asinf(turn.xyz().length().min(1.0))
}

/// The mesh's vertices in a pose, with the humanoid bone each follows most.
struct Flesh {
    vertices: Vec<(Bone, Vec3, Vec3)>,
}

impl Flesh {
    fn new(avatar: &Avatar, rig: &Rig, world: &[Mat4]) -> Self {
        let mut owner: Vec<Option<Bone>> = Vec::new();
        for (index, node) in avatar.nodes.iter().enumerate() {
            let own = Bone::ALL.iter().copied().find(|b| rig.bone(*b) == Some(index));
            owner.push(own.or_else(|| node.parent.and_then(|p| owner[p])));
        }
        let mut vertices = Vec::new();
        for part in deform_cpu(avatar, world, &[]) {
            let node = &avatar.nodes[part.node];
            let primitive = &avatar.meshes[node.mesh.unwrap()].primitives[part.primitive];
            for (i, (position, normal)) in part.positions.iter().zip(&part.normals).enumerate() {
                let joint =
                    node.skin.filter(|_| !primitive.influences.is_empty()).map_or(part.node, |skin| {
                        let influences = &primitive.influences[i];
                        let most =
                            (0..8).max_by(|a, b| influences.weights[*a].total_cmp(&influences.weights[*b]));
                        avatar.skins[skin].joints[usize::from(influences.joints[most.unwrap()])]
                    });
                if let Some(bone) = owner[joint] {
                    vertices.push((bone, *position, *normal));
                }
            }
        }
        Self { vertices }
    }

    fn lowest(&self) -> f32 {
        self.vertices.iter().map(|(_, p, _)| p.y).fold(f32::INFINITY, f32::min)
    }

    /// How deep a point is under the skin of trunk and thighs: behind the nearest vertex, where there is skin all
    /// around it at its height.
    fn depth(&self, point: Vec3) -> f32 {
        const TRUNK: &[Bone] = &[
            Bone::Hips,
            Bone::Spine,
            Bone::Chest,
            Bone::UpperChest,
            Bone::LeftUpperLeg,
            Bone::RightUpperLeg,
        ];
        let own = || self.vertices.iter().filter(|(bone, ..)| TRUNK.contains(bone));
        let level = own().map(|(_, p, _)| *p - point).filter(|way| way.y.abs() < 0.03);
        let mut around: Vec<f32> = level.map(|way| libm::atan2f(way.x, way.z)).collect();
        around.sort_by(f32::total_cmp);
        let Some((first, last)) = around.first().zip(around.last()) else { return 0.0 };
        let gaps = around.windows(2).map(|pair| pair[1] - pair[0]);
        let widest = gaps.fold(first + std::f32::consts::TAU - last, f32::max);
        let nearest =
            own().min_by(|a, b| a.1.distance_squared(point).total_cmp(&b.1.distance_squared(point)));
        let behind = nearest.map_or(0.0, |(_, p, normal)| -normal.dot(point - *p));
        if widest < std::f32::consts::PI { behind } else { 0.0 }
    }
}

/// Feet on the floor and hands out of the body, in numbers, for bodies of different proportions.
#[test]
fn feet_stay_on_the_floor_and_hands_out_of_the_body() {
    const TARGETS: &[&str] = &[
        "rpm_brunette-t.glb",
        "anny_female_arkit52.glb",
        "mixamo_Michelle.glb",
        "talkinghead_vroid.glb",
        "vrm0_Godette.vrm",
    ];
    for source in ["vrma_greeting.vrma", "mixamo_Michelle.glb", "avaturn_animation.glb"] {
        let Some(from) = load(source) else { return };
        let motion = first_motion(&from);
        for target in TARGETS {
            let avatar = load(target).unwrap();
            let rig = Rig::resolve(&avatar);
            let retarget = Retarget::new(&avatar, &rig).unwrap();
            let floor = Flesh::new(&avatar, &rig, &avatar.rest_world()).lowest();
            let (mut under, mut over, mut deep) = (0.0f32, 0.0f32, 0.0f32);
            for step in 0..24 {
                let secs = motion.duration_secs * step as f32 / 24.0;
                let mut locals = avatar.rest_locals();
                retarget.pose(&avatar, &motion, secs, Part::Whole, 1.0, &mut locals);
                let mut world = Vec::new();
                avatar.world_transforms(&locals, &mut world);
                let flesh = Flesh::new(&avatar, &rig, &world);
                let (_, lift) = motion.stand(motion.moment(secs));
                let height = flesh.lowest() - floor;
                under = under.max(-height);
                over = over.max(height - lift * 1.0);
                for bone in [Bone::LeftHand, Bone::RightHand, Bone::LeftMiddleDistal, Bone::RightMiddleDistal]
                {
                    let Some(node) = rig.bone(bone) else { continue };
                    deep = deep.max(flesh.depth(world[node].w_axis.truncate()));
                }
            }
            println!(
                "{source} on {target}: soles {:.1} mm under and {:.1} mm over the floor, hands {:.1} mm under the skin",
                under * 1e3,
                over * 1e3,
                deep * 1e3
            );
            assert!(under < 0.005, "{source} on {target}: a foot is {under} m under the floor");
            assert!(over < 0.012, "{source} on {target}: both feet are {over} m over the floor");
            assert!(deep < 0.012, "{source} on {target}: a hand is {deep} m in the body");
        }
    }
}

#[test]
fn an_animation_file_says_what_the_face_does_too() {
    let Some(avatar) = load("vrma_test.vrma") else { return };
    assert!(avatar.humanoid.is_some());
    let motion = first_motion(&avatar);
    assert_eq!(motion.expressions.len(), 1);
    let (name, weights) = &motion.expressions[0];
    assert_eq!(name, "happy");
    assert!(weights.iter().all(|w| (0.0..=1.0).contains(w)));
    assert_eq!(motion.look.len(), motion.hips.len());
    let greeting = first_motion(&load("vrma_greeting.vrma").unwrap());
    assert_eq!(greeting.bones.len(), 52);
    assert!((greeting.duration_secs - 7.2668).abs() < 1e-3);
    let stands = greeting.lift.iter().filter(|l| **l < 0.01).count();
    assert!(stands * 10 > greeting.lift.len() * 9, "somebody who bows stands");
}

/// An arm that leads straight into the belly is turned out of it, unless the motion's own hand was as deep in its body.
#[test]
fn a_hand_that_would_be_in_the_body_is_turned_out_of_it() {
    let down = Quat::from_rotation_arc(Vec3::X, Vec3::NEG_Y);
    let across = Quat::from_rotation_arc(Vec3::X, Vec3::new(-0.7, -0.6, 0.1).normalize());
    let bones = [(Bone::LeftUpperArm, down), (Bone::LeftLowerArm, across), (Bone::LeftHand, across)];
    let still = Motion {
        rate: 60.0,
        bones: bones.map(|(bone, turn)| (bone, vec![turn])).to_vec(),
        hips: vec![Vec3::ZERO],
        lift: vec![0.0],
        ..Motion::default()
    };
    let touching = Motion { touch: vec![[1.0, 0.0]], ..still.clone() };
    for target in ["rpm_brunette-t.glb", "anny_female_arkit52.glb", "mixamo_Michelle.glb"] {
        let Some(avatar) = load(target) else { return };
        let rig = Rig::resolve(&avatar);
        let retarget = Retarget::new(&avatar, &rig).unwrap();
        let depth = |motion: &Motion| {
            let mut locals = avatar.rest_locals();
            retarget.pose(&avatar, motion, 0.0, Part::Whole, 1.0, &mut locals);
            let mut world = Vec::new();
            avatar.world_transforms(&locals, &mut world);
            let flesh = Flesh::new(&avatar, &rig, &world);
            let hand = world[rig.bone(Bone::LeftHand).unwrap()].w_axis.truncate();
            flesh.depth(hand)
        };
        let (free, inside) = (depth(&still), depth(&touching));
        println!("{target}: a hand {:.1} mm deep is left {:.1} mm deep", inside * 1e3, free * 1e3);
        assert!(inside > 0.02 && free < 0.012, "{target}: {inside} m became {free} m");
    }
}
