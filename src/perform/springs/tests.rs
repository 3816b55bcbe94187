//! Chains built here, and what the specification says they do.

use super::super::skeleton::Skeleton;
use super::schedule::Springs;
use crate::avatar::{Avatar, Collider, ColliderShape, Node, Spring, SpringJoint, Transform};
use crate::time::Time;
use glam::{Affine3A, Vec3};

fn joint(node: usize, tail: Vec3) -> SpringJoint {
    SpringJoint {
        node,
        tail,
        hit_radius: 0.01,
        stiffness: 0.0,
        gravity_power: 1.0,
        gravity_dir: Vec3::NEG_Y,
        drag_force: 0.4,
    }
}

/// A root, and a chain of three joints of 10 cm each that lies along +X.
fn chain(change: impl Fn(&mut Avatar)) -> Avatar {
    let node = |parent: Option<usize>, translation: Vec3| Node {
        name: String::new(),
        parent,
        local: Transform { translation, ..Transform::IDENTITY },
        mesh: None,
        skin: None,
        morph_weights: Vec::new(),
    };
    let along = Vec3::new(0.1, 0.0, 0.0);
    let mut avatar = Avatar {
        nodes: vec![
            node(None, Vec3::Y),
            node(Some(0), Vec3::ZERO),
            node(Some(1), along),
            node(Some(2), along),
            node(Some(3), along),
        ],
        springs: vec![Spring { joints: (1..4).map(|n| joint(n, along)).collect(), ..Spring::default() }],
        ..Avatar::default()
    };
    change(&mut avatar);
    avatar
}

/// The avatar's skeleton with its root moved by `path(seconds)`.
fn posed(avatar: &Avatar, t: Time, path: impl Fn(f32) -> Vec3) -> Skeleton {
    let mut skeleton = Skeleton { locals: avatar.rest_locals(), world: Vec::new() };
    skeleton.locals[0].translation += path(t.as_secs_f32());
    skeleton.place(avatar, &Affine3A::IDENTITY);
    skeleton
}

/// Where the nodes are at `t`.
fn places(avatar: &Avatar, springs: &Springs, t: Time, path: impl Fn(f32) -> Vec3 + Copy) -> Vec<Vec3> {
    let mut skeleton = posed(avatar, t, path);
    springs.sway(&mut skeleton, t, |other, skeleton| *skeleton = posed(avatar, other, path));
    skeleton.world.iter().map(|m| m.translation.into()).collect()
}

fn still(_: f32) -> Vec3 {
    Vec3::ZERO
}

/// Back and forth at half a metre a second at most.
fn pushed(secs: f32) -> Vec3 {
    Vec3::new(0.1 * libm::sinf(secs * 5.0), 0.0, 0.05 * libm::cosf(secs * 3.0))
}

#[test]
fn a_pendulum_settles_along_gravity_and_a_stiff_one_returns() {
    let limp = chain(|_| {});
    let springs = Springs::new(&limp, Affine3A::IDENTITY).unwrap();
    let at = places(&limp, &springs, Time::from_millis(3500), still);
    for (index, place) in at.iter().enumerate().skip(1) {
        let expected = Vec3::new(0.0, 1.0 - 0.1 * (index - 1) as f32, 0.0);
        assert!(place.distance(expected) < 1e-3, "node {index} hangs at {place}, not {expected}");
    }
    let stiff = chain(|avatar| {
        avatar.springs[0].joints.iter_mut().for_each(|j| (j.stiffness, j.gravity_power) = (1.0, 0.0));
    });
    let springs = Springs::new(&stiff, Affine3A::IDENTITY).unwrap();
    let at = places(&stiff, &springs, Time::from_millis(3500), still);
    assert!(at[4].distance(Vec3::new(0.3, 1.0, 0.0)) < 1e-4, "{}", at[4]);
}

/// The first step after rest: no inertia, so the tail goes by stiffness and gravity alone.
#[test]
fn a_step_is_the_specifications() {
    let avatar = chain(|avatar| {
        avatar.springs[0].joints.truncate(1);
        avatar.springs[0].joints[0].stiffness = 3.0;
    });
    let joints = super::joints::Joints::new(&avatar, Affine3A::IDENTITY).unwrap();
    let mut tails = super::joints::Tails::default();
    joints.rest(&posed(&avatar, Time::ZERO, still), &mut tails);
    let dt = 1.0 / 60.0;
    let step = |tails: &mut super::joints::Tails| {
        joints.step(&mut posed(&avatar, Time::ZERO, still), tails, dt, &mut super::joints::Walk::default());
        tails.now[0] - Vec3::Y
    };
    let first = step(&mut tails);
    let expected = Vec3::new(0.1 + 3.0 * dt, -dt, 0.0).normalize() * 0.1;
    assert!(first.distance(expected) < 1e-6, "{first} {expected}");
    let second = step(&mut tails);
    let inertia = (first - Vec3::new(0.1, 0.0, 0.0)) * 0.6;
    let expected = (first + inertia + Vec3::new(3.0 * dt, -dt, 0.0)).normalize() * 0.1;
    assert!(second.distance(expected) < 1e-6, "{second} {expected}");
}

#[test]
fn a_collider_is_never_entered() {
    let shapes = [
        ColliderShape::Sphere { offset: Vec3::new(0.0, -0.22, 0.0), radius: 0.08, is_inside: false },
        ColliderShape::Capsule {
            offset: Vec3::new(-0.3, -0.2, 0.0),
            tail: Vec3::new(0.3, -0.2, 0.0),
            radius: 0.05,
            is_inside: false,
        },
        ColliderShape::Plane { offset: Vec3::new(0.0, -0.15, 0.0), normal: Vec3::Y },
        ColliderShape::Sphere { offset: Vec3::ZERO, radius: 0.25, is_inside: true },
    ];
    for shape in shapes {
        let avatar = chain(|avatar| {
            avatar.colliders.push(Collider { node: 0, shape });
            avatar.springs[0].colliders = vec![0];
            avatar.springs[0].joints.iter_mut().for_each(|j| j.stiffness = 0.2);
        });
        let springs = Springs::new(&avatar, Affine3A::IDENTITY).unwrap();
        let mut deepest = 0.0f32;
        for frame in 0..300 {
            let t = Time::from_millis(frame * 33);
            let at = places(&avatar, &springs, t, pushed);
            let root = Vec3::Y + pushed(t.as_secs_f32());
            for tail in &at[2..] {
                let local = *tail - root;
                let gap = match shape {
                    ColliderShape::Sphere { offset, radius, is_inside: false } => {
                        local.distance(offset) - radius - 0.01
                    }
                    ColliderShape::Sphere { offset, radius, .. } => radius - 0.01 - local.distance(offset),
                    ColliderShape::Capsule { radius, .. } => {
                        let near = Vec3::new(local.x.clamp(-0.3, 0.3), -0.2, 0.0);
                        local.distance(near) - radius - 0.01
                    }
                    ColliderShape::Plane { offset, normal } => normal.dot(local - offset) - 0.01,
                };
                deepest = deepest.max(-gap);
            }
        }
        println!("{shape:?}: {:.2} mm deep at most", deepest * 1e3);
        assert!(deepest < 0.0005, "{shape:?} is entered by {:.2} mm", deepest * 1e3);
    }
}

#[test]
fn nothing_is_felt_in_the_centres_own_space() {
    let free = chain(|avatar| {
        avatar.springs[0].joints.iter_mut().for_each(|j| (j.stiffness, j.gravity_power) = (0.5, 0.0));
    });
    let mut held = free.clone();
    held.springs[0].center = Some(0);
    let sway = |avatar: &Avatar| {
        let springs = Springs::new(avatar, Affine3A::IDENTITY).unwrap();
        let t = Time::from_millis(2345);
        let root = Vec3::Y + pushed(t.as_secs_f32());
        places(avatar, &springs, t, pushed)[4].distance(root + Vec3::new(0.3, 0.0, 0.0))
    };
    assert!(sway(&held) < 1e-5, "held: {}", sway(&held));
    assert!(sway(&free) > 0.01, "free: {}", sway(&free));
}

#[test]
fn seeking_equals_playing_and_costs_a_bounded_number_of_steps() {
    let avatar = chain(|avatar| avatar.springs[0].joints.iter_mut().for_each(|j| j.stiffness = 0.3));
    let played = Springs::new(&avatar, Affine3A::IDENTITY).unwrap();
    let mut most = 0;
    for frame in 0..700i64 {
        let t = Time::from_nanos(frame * 16_683_333);
        let before = played.steps();
        let at = places(&avatar, &played, t, pushed);
        if frame > 0 {
            most = most.max(played.steps() - before);
        }
        if frame % 41 == 0 {
            let sought = Springs::new(&avatar, Affine3A::IDENTITY).unwrap();
            let there = places(&avatar, &sought, t, pushed);
            assert!(at == there, "the pose at {t} depends on what came before");
        }
    }
    assert!(most <= 12, "playing cost {most} steps for one picture");
    let late = Springs::new(&avatar, Affine3A::IDENTITY).unwrap();
    for millis in [36_000_123, 35_999_000, 36_001_900] {
        let before = late.steps();
        places(&avatar, &late, Time::from_millis(millis), pushed);
        let cost = late.steps() - before;
        assert!(cost <= 860, "a seek to {millis} ms cost {cost} steps");
    }
}

#[test]
fn one_simulation_fades_into_the_next_without_a_jump() {
    let avatar = chain(|avatar| avatar.springs[0].joints.iter_mut().for_each(|j| j.stiffness = 0.3));
    let springs = Springs::new(&avatar, Affine3A::IDENTITY).unwrap();
    let mut last: Option<Vec3> = None;
    for millis in (3900..5200).step_by(4) {
        let tip = places(&avatar, &springs, Time::from_millis(millis), pushed)[4];
        if let Some(last) = last {
            assert!(tip.distance(last) < 0.008, "a jump of {} at {millis} ms", tip.distance(last));
        }
        last = Some(tip);
    }
}
