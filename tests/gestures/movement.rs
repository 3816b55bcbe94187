//! How bodies move in each gesture.

use super::{MARK_MILLIS, Scene, cast, mark};
use crate::common::folder;
use glam::Vec3;
use rhetor::perform::gesture_names;
use rhetor::time::Time;
use rhetor::vocabulary::Bone;

const HANDS: [Bone; 2] = [Bone::LeftHand, Bone::RightHand];

/// What moves: the left hand, the right hand, the head.
const MOVES: &[(&str, [bool; 3])] = &[
    ("welcome", [true, true, false]),
    ("explain", [true, true, false]),
    ("point-left", [true, false, false]),
    ("point-right", [false, true, false]),
    ("count-1", [false, true, false]),
    ("count-2", [false, true, false]),
    ("count-3", [false, true, false]),
    ("count-4", [false, true, false]),
    ("count-5", [false, true, false]),
    ("open-arms", [true, true, false]),
    ("hand-on-heart", [false, true, false]),
    ("bow", [false, false, true]),
    ("nod", [false, false, true]),
    ("shake", [false, false, true]),
    ("shrug", [true, true, false]),
    ("wave", [false, true, false]),
    ("applaud", [true, true, false]),
    ("think", [true, true, false]),
];

/// The last joints of index, middle, ring and little finger of the right hand.
const TIPS: [Bone; 4] =
    [Bone::RightIndexDistal, Bone::RightMiddleDistal, Bone::RightRingDistal, Bone::RightLittleDistal];

#[test]
fn every_gesture_moves_what_it_should() {
    let cast = cast("thalia");
    let names: Vec<&str> = gesture_names().collect();
    assert_eq!(names, MOVES.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let still = Scene::with(&cast, Vec::new());
    for (name, moves) in MOVES {
        let scene = Scene::of(&cast, name);
        let at = MARK_MILLIS + 40;
        let (now, rest) = (scene.places(HANDS, at), still.places(HANDS, at));
        let heads = |scene: &Scene| scene.turns([Bone::Head], Time::from_millis(MARK_MILLIS))[0];
        let hands = [0, 1].map(|side| (now[side] - rest[side]).length());
        for side in [0, 1].into_iter().filter(|_| *name != "bow") {
            let fits = if moves[side] { hands[side] > 0.15 } else { hands[side] < 0.06 };
            assert!(fits, "{name}: hand {side} moves {} m", hands[side]);
        }
        if moves[2] {
            assert!(heads(&scene).angle_between(heads(&still)) > 0.09, "{name}: the head is still");
        }
    }
}

#[test]
fn hands_show_what_they_say() {
    let cast = cast("thalia");
    let at = MARK_MILLIS + 200;
    let scale = Scene::with(&cast, Vec::new()).scale();
    // Who counts to n stretches n fingers; the thumb comes last.
    for count in 1..=4 {
        let scene = Scene::of(&cast, &format!("count-{count}"));
        let [hand, tips @ ..] = scene.places([Bone::RightHand, TIPS[0], TIPS[1], TIPS[2], TIPS[3]], at);
        let far = 0.11 * scale;
        let stretched = tips.iter().filter(|tip| (**tip - hand).length() > far).count();
        assert_eq!(stretched, count, "count-{count}");
        assert!(tips[0].y > hand.y + 0.1, "fingers point up");
    }
    for (name, side, hand) in [("point-left", 1.0, Bone::LeftHand), ("point-right", -1.0, Bone::RightHand)] {
        let [hand, chest] = Scene::of(&cast, name).places([hand, Bone::Chest], at);
        assert!((hand.x - chest.x) * side > 0.5 * scale, "{name}: {hand}");
    }
    let [left, right] = Scene::of(&cast, "applaud").places(HANDS, MARK_MILLIS);
    assert!((left - right).length() < 0.11, "hands meet: {}", (left - right).length());
    let [hand, head] = Scene::of(&cast, "think").places([TIPS[1], Bone::Head], at);
    assert!((hand - head).length() < 0.2, "at the chin: {}", (hand - head).length());
    let [hand, neck] = Scene::of(&cast, "hand-on-heart").places([Bone::RightMiddleProximal, Bone::Neck], at);
    assert!(hand.x - neck.x > 0.0 && (0.08..0.3).contains(&(neck.y - hand.y)), "on the left: {hand} {neck}");
}

#[test]
fn the_stroke_falls_on_the_mark() {
    let cast = cast("thalia");
    for (name, moves) in MOVES.iter().filter(|(_, moves)| moves[0] || moves[1]) {
        let scene = Scene::of(&cast, name);
        let side = usize::from(moves[1]);
        let speed = |millis: i64| {
            let (a, b) = (scene.places(HANDS, millis - 5)[side], scene.places(HANDS, millis + 5)[side]);
            (a - b).length() / 0.01
        };
        let before = (-300..=-100).step_by(20).map(|m| speed(MARK_MILLIS + m)).fold(0.0, f32::max);
        let at = (-80..=80).step_by(10).map(|m| speed(MARK_MILLIS + m)).fold(f32::INFINITY, f32::min);
        println!("{name}: {before:.2} m/s before, {at:.3} m/s at the mark");
        assert!(at < 0.25 * before, "{name}: {at} m/s at the mark, {before} m/s before it");
    }
    for (name, axis) in [("nod", Vec3::X), ("shake", Vec3::Y)] {
        let (scene, still) = (Scene::of(&cast, name), Scene::with(&cast, Vec::new()));
        let bend = |millis: i64| {
            let t = Time::from_millis(millis);
            scene.performance.acting(0, t).unwrap().bones.of(Bone::Head).dot(axis)
                - still.performance.acting(0, t).unwrap().bones.of(Bone::Head).dot(axis)
        };
        let most =
            (-400..200).step_by(10).max_by(|a, b| bend(MARK_MILLIS + a).total_cmp(&bend(MARK_MILLIS + b)));
        assert!(most.unwrap().abs() <= 80, "{name}: {most:?}");
    }
}

#[test]
fn all_rest_before_and_after() {
    let cast = cast("thalia");
    let still = Scene::with(&cast, Vec::new());
    for (name, _) in MOVES {
        let scene = Scene::of(&cast, name);
        for millis in [0, 900, 9000, 11_000] {
            let (is, was) = (scene.places(HANDS, millis), still.places(HANDS, millis));
            assert!((is[0] - was[0]).length() + (is[1] - was[1]).length() < 1e-4, "{name} at {millis} ms");
        }
    }
}

const JOINTS: [Bone; 8] = [
    Bone::LeftUpperArm,
    Bone::LeftLowerArm,
    Bone::LeftHand,
    Bone::RightUpperArm,
    Bone::RightLowerArm,
    Bone::RightHand,
    Bone::Spine,
    Bone::Head,
];

/// The greatest angular acceleration of any joint, radians per second squared, and when.
fn jerkiest(scene: &Scene, range: std::ops::Range<i64>) -> (f32, Bone, i64) {
    let step = 4;
    let turns = |millis: i64| scene.turns(JOINTS, Time::from_millis(millis));
    let (mut worst, mut before) = ((0.0, Bone::Hips, 0), None);
    let mut last = turns(range.start);
    for millis in range.step_by(step).skip(1) {
        let now = turns(millis);
        let speeds: [Vec3; 8] = std::array::from_fn(|i| {
            let turn = last[i].inverse() * now[i];
            // The shorter way.
            let turn = if turn.w < 0.0 { -turn } else { turn };
            turn.to_scaled_axis() / (step as f32 * 1e-3)
        });
        if let Some(before) = before {
            let before: [Vec3; 8] = before;
            for i in 0..8 {
                let acceleration = (speeds[i] - before[i]).length() / (step as f32 * 1e-3);
                if acceleration > worst.0 {
                    worst = (acceleration, JOINTS[i], millis);
                }
            }
        }
        (before, last) = (Some(speeds), now);
    }
    worst
}

/// A velocity that changes at once by half a radian a second makes 125 rad/s² of it in steps of 4 ms.
const SMOOTH: f32 = 120.0;

#[test]
fn joints_never_jerk() {
    let cast = cast("thalia");
    for (name, _) in MOVES {
        let (worst, bone, at) = jerkiest(&Scene::of(&cast, name), 1500..7500);
        println!("{name}: {worst:.0} rad/s² of {bone} at {at} ms");
        assert!(worst < SMOOTH, "{name}: {worst} rad/s² of {bone} at {at} ms");
    }
    // Gestures in quick succession, and one at the very beginning.
    let names = ["wave", "count-1", "count-2", "welcome", "think", "applaud", "point-left"];
    let marks = names.iter().enumerate().map(|(i, name)| mark(i as i64 * 800, "gesture", &[name]));
    let (worst, bone, at) = jerkiest(&Scene::with(&cast, marks.collect()), 0..9500);
    println!("in succession: {worst:.0} rad/s² of {bone} at {at} ms");
    assert!(worst < 2.0 * SMOOTH, "in succession: {worst} rad/s² of {bone} at {at} ms");
}

#[test]
fn hands_stay_out_of_the_body_and_of_each_other() {
    let cast = cast("thalia");
    let still = Scene::with(&cast, Vec::new());
    let rest = still.depths(MARK_MILLIS);
    for (name, _) in MOVES {
        let scene = Scene::of(&cast, name);
        let may_touch = ["hand-on-heart", "think"].contains(name);
        for millis in (1800..7000).step_by(40) {
            let depths = scene.depths(millis);
            for (depth, rest) in depths.into_iter().zip(rest) {
                let allowed = if may_touch { 0.06 } else { 0.015 };
                assert!(depth <= rest + allowed, "{name}: {depth} m deep at {millis} ms");
            }
            let [left, right] = scene.places(HANDS, millis);
            let apart = (left - right).length();
            let least = scene.scale() * if *name == "applaud" { 0.03 } else { 0.1 };
            assert!(apart > least, "{name}: wrists {apart} m apart at {millis} ms");
        }
    }
}

#[test]
fn weight_shifts_and_feet_stay() {
    let cast = cast("thalia");
    let scene = Scene::with(&cast, Vec::new());
    let feet = [Bone::LeftFoot, Bone::RightFoot, Bone::Hips, Bone::Head];
    let begin = scene.places(feet, 0);
    let mut furthest = 0.0f32;
    for millis in (0..60_000).step_by(250) {
        let now = scene.places(feet, millis);
        for foot in [0, 1] {
            assert!((now[foot] - begin[foot]).length() < 1.5e-3, "a foot slides at {millis} ms");
        }
        furthest = furthest.max((now[2].x - begin[2].x).abs());
    }
    assert!((0.005..0.02).contains(&furthest), "hips go {furthest} m");
}

#[test]
fn hands_of_real_avatars_stay_out_of_their_bodies() {
    let Some(folder) = folder("AVATARS") else { return };
    for file in
        ["rpm_brunette-t.glb", "talkinghead_vroid.glb", "mixamo_Michelle.glb", "anny_female_arkit52.glb"]
    {
        let cast = cast(&folder.join(file).display().to_string());
        let rest = Scene::with(&cast, Vec::new()).depths(MARK_MILLIS);
        for name in ["welcome", "explain", "count-3", "hand-on-heart", "applaud", "think", "shrug"] {
            let scene = Scene::of(&cast, name);
            let allowed = match name {
                "hand-on-heart" => 0.06,
                // The oval of a head with much hair is around the chin, too.
                "think" => 0.09,
                _ => 0.025,
            };
            for millis in (1800..7000).step_by(100) {
                for (depth, rest) in scene.depths(millis).into_iter().zip(rest) {
                    assert!(depth <= rest + allowed, "{file}, {name}: {depth} m deep at {millis} ms");
                }
            }
        }
    }
}

#[test]
fn seeking_equals_playing() {
    let cast = cast("thalia");
    let names: Vec<&str> = gesture_names().collect();
    let marks = names.iter().enumerate().map(|(i, name)| mark(500 + i as i64 * 600, "gesture", &[name]));
    let scene = Scene::with(&cast, marks.collect());
    let mut played = scene.performance.first_frame(1.0);
    for millis in (0..12_000).step_by(37) {
        let t = Time::from_millis(millis);
        scene.performance.evaluate_into(&mut played, t, 1.0);
        if millis % 5 == 0 {
            let mut sought = scene.performance.first_frame(1.0);
            scene.performance.evaluate_into(&mut sought, t, 1.0);
            assert!(played == sought, "the frame at {t} depends on what came before");
        }
    }
}
