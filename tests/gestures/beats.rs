//! Beats of unmarked speech.

use super::{Scene, forum, mark};
use rhetor::script::Timeline;
use rhetor::time::Time;
use rhetor::vocabulary::{Bone, Phone};

const HANDS: [Bone; 2] = [Bone::LeftHand, Bone::RightHand];
/// From its middle to its end, on the vowel, milliseconds.
const HALF_STROKE: i64 = 120;

/// The moments at which a hand falls fastest while it is up, milliseconds: the middle of strokes.
fn strokes(scene: &Scene, until: i64) -> Vec<i64> {
    let mut found = Vec::new();
    for side in [0, 1] {
        let heights: Vec<f32> =
            (0..until).step_by(10).map(|millis| scene.places(HANDS, millis)[side].y).collect();
        let fall = |index: usize| (heights[index - 1] - heights[index + 1]) / 0.02;
        for index in 3..heights.len() - 3 {
            let is_fastest = fall(index) > fall(index - 1) && fall(index) >= fall(index + 1);
            // What goes back to rest soon hangs low.
            let stays = heights[(index + 40).min(heights.len() - 1)] > heights[0] + 0.12;
            if is_fastest && stays && fall(index) > 0.15 {
                found.push(index as i64 * 10);
            }
        }
    }
    found
}

#[test]
fn hands_beat_on_accents() {
    let production = forum();
    let scene = Scene::new(&production.cast, &production.timeline);
    let strokes = strokes(&scene, 30_000);
    let vowels: Vec<i64> = (production.timeline.speakers[0].phones.iter())
        .filter(|p| p.stress == 1 && Phone::from_ipa(&p.ipa).is_some_and(Phone::is_vowel))
        .map(|p| ((p.start + p.end).as_millis_f64() / 2.0) as i64)
        .collect();
    let on = strokes.iter().filter(|s| vowels.iter().any(|v| (v - *s - HALF_STROKE).abs() <= 100)).count();
    println!("{} strokes in 30 s, {on} on stressed vowels", strokes.len());
    assert!(strokes.len() >= 8, "{strokes:?}");
    assert!(on * 10 >= strokes.len() * 8, "{on} of {} are on stressed vowels", strokes.len());
}

#[test]
fn seeds_differ_and_silence_is_at_rest() {
    let production = forum();
    let with = |change: &dyn Fn(&mut Timeline)| {
        let mut timeline = production.timeline.clone();
        timeline.duration += Time::from_millis(20_000);
        change(&mut timeline);
        Scene::new(&production.cast, &timeline)
    };
    let (one, other) = (with(&|_| {}), with(&|t| t.seed += 1));
    let far = |millis: &i64| {
        let (a, b) = (one.places(HANDS, *millis), other.places(HANDS, *millis));
        (a[0] - b[0]).length() + (a[1] - b[1]).length() > 0.1
    };
    let differing = (0..30_000).step_by(250).filter(far).count();
    assert!(differing > 12, "{differing} of 120 moments");
    let end = production.timeline.duration.as_millis_f64() as i64;
    for millis in (end + 1500..end + 15_000).step_by(500) {
        assert!(one.performance.acting(0, Time::from_millis(millis)).unwrap().arms == Default::default());
    }
}

#[test]
fn marked_gestures_are_left_alone() {
    let production = forum();
    let mut timeline = production.timeline.clone();
    timeline.speakers[0].marks.push(mark(11_000, "gesture", &["point-left"]));
    let scene = Scene::new(&production.cast, &timeline);
    let reach = |millis: i64| {
        let [hand, chest] = scene.places([Bone::LeftHand, Bone::Chest], millis);
        hand.x - chest.x
    };
    for millis in (11_050..11_600).step_by(50) {
        assert!(reach(millis) > 0.5 * scene.scale(), "{} at {millis} ms", reach(millis));
    }
}
