//! The bundled speech as it is acted: closures, vowels, lips that meet, purity in time.

use crate::common::lips::mouth_gap;
use crate::common::repository;
use rhetor::frame::Frame;
use rhetor::job::Job;
use rhetor::perform::{Acting, Performance};
use rhetor::production::{Production, Request};
use rhetor::time::Time;
use rhetor::vocabulary::{Channel, Phone, PhoneKind, Viseme};

const SPEECHES: &[&str] = &["assets/speeches/forum.timeline.json", "assets/speeches/forum.zh.timeline.json"];

fn load(speech: &str) -> Production {
    let input = repository().join(speech).display().to_string();
    Production::load(&Request { input, ..Request::default() }, &Job::silent()).unwrap()
}

fn weight(performance: &Performance, t: Time, viseme: Viseme) -> f32 {
    performance.acting(0, t).unwrap().visemes[viseme.index()]
}

fn middle(start: Time, end: Time) -> Time {
    Time::from_nanos((start.as_nanos() + end.as_nanos()) / 2)
}

#[test]
fn closures_close_and_long_vowels_are_free_of_them() {
    for speech in SPEECHES {
        let production = load(speech);
        let performance = &production.performance;
        let (mut closures, mut vowels) = (0, 0);
        for timed in &production.timeline.speakers[0].phones {
            let phone =
                Phone::from_ipa(&timed.ipa).unwrap_or_else(|| panic!("'{}' is no known phone", timed.ipa));
            if phone.kind == PhoneKind::Bilabial {
                closures += 1;
                let best = (-60..=60)
                    .map(|millis| {
                        weight(
                            performance,
                            middle(timed.start, timed.end) + Time::from_millis(millis),
                            Viseme::PP,
                        )
                    })
                    .fold(0.0, f32::max);
                assert!(best >= 0.9, "{speech}: {} at {:?}: PP reaches {best}", timed.ipa, timed.start);
            }
            if phone.is_vowel() && timed.end - timed.start >= Time::from_millis(80) {
                vowels += 1;
                let closed = weight(performance, middle(timed.start, timed.end), Viseme::PP);
                assert!(closed <= 0.1, "{speech}: {} at {:?}: PP is {closed}", timed.ipa, timed.start);
            }
        }
        assert!(
            closures >= 10 && vowels >= 60,
            "{speech}: {closures} closures and {vowels} long vowels only"
        );
    }
}

#[test]
fn lips_of_the_mesh_meet_in_closures_and_part_in_open_vowels() {
    let production = load(SPEECHES[0]);
    let member = &production.cast[0];
    let mut frame = production.performance.first_frame(1.0);
    let mut gap_at = |t: Time| {
        production.performance.evaluate_into(&mut frame, t, 1.0);
        mouth_gap(&member.avatar, &frame.actors[0])
    };
    let (mut worst_closure, mut least_opening) = (0.0f32, f32::INFINITY);
    for timed in &production.timeline.speakers[0].phones {
        let Some(phone) = Phone::from_ipa(&timed.ipa) else { continue };
        if phone.kind == PhoneKind::Bilabial {
            worst_closure = worst_closure.max(gap_at(middle(timed.start, timed.end)));
        } else if phone.viseme == Viseme::Aa && timed.end - timed.start >= Time::from_millis(110) {
            let best = (0..8).map(|i| {
                let share = Time::from_nanos((timed.end - timed.start).as_nanos() * i / 8);
                gap_at(timed.start + share)
            });
            least_opening = least_opening.min(best.fold(0.0, f32::max));
        }
    }
    println!(
        "widest gap in a closure {:.2} mm, narrowest open vowel {:.2} mm",
        worst_closure * 1e3,
        least_opening * 1e3
    );
    assert!(worst_closure < 0.001, "a closure leaves {:.2} mm", worst_closure * 1e3);
    assert!(least_opening > 0.004, "an open vowel opens {:.2} mm only", least_opening * 1e3);
}

#[test]
fn seeking_equals_playing() {
    let production = load(SPEECHES[0]);
    let performance = &production.performance;
    let mut played = performance.first_frame(1.5);
    for index in 0..1200u64 {
        let t = Time::from_nanos((index * 33_366_667) as i64);
        performance.evaluate_into(&mut played, t, 1.5);
        if index % 97 == 0 {
            let mut sought = performance.first_frame(0.7);
            performance.evaluate_into(&mut sought, t, 1.5);
            assert!(played == sought, "the frame at {t} depends on what came before");
        }
    }
}

/// FNV-1a over the bits of everything that is evaluated.
struct Hash(u64);

impl Hash {
    fn add(&mut self, value: f32) {
        for byte in value.to_bits().to_le_bytes() {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn add_acting(&mut self, acting: &Acting) {
        acting.visemes.iter().chain(&acting.channels).for_each(|w| self.add(*w));
        self.add(acting.jaw);
        acting.bones.iter().for_each(|(_, r)| r.to_array().iter().for_each(|x| self.add(*x)));
    }

    fn add_frame(&mut self, frame: &Frame) {
        for actor in &frame.actors {
            actor.world_from_node.iter().flat_map(|m| m.to_cols_array()).for_each(|x| self.add(x));
            actor.morph_weights.iter().flatten().for_each(|x| self.add(*x));
        }
    }
}

/// The same bits on every platform: this number is the same on all of them, or evaluation is not pure arithmetic.
#[test]
fn evaluation_has_the_committed_hash() {
    const EXPECTED: u64 = 0xe87e_0124_b28a_dd2a;
    let production = load(SPEECHES[0]);
    let mut hash = Hash(0xcbf2_9ce4_8422_2325);
    let mut frame = production.performance.first_frame(1.0);
    for index in 0..400 {
        let t = Time::from_millis(index * 97);
        hash.add_acting(&production.performance.acting(0, t).unwrap());
        production.performance.evaluate_into(&mut frame, t, 1.0);
        hash.add_frame(&frame);
    }
    assert_eq!(format!("{:#018x}", hash.0), format!("{EXPECTED:#018x}"));
}

#[test]
fn blinks_close_the_eyes_now_and_then() {
    let production = load(SPEECHES[0]);
    let closed = |millis| {
        let acting = production.performance.acting(0, Time::from_millis(millis)).unwrap();
        acting.channels[Channel::EyeBlinkLeft.index()]
    };
    let shut = (0..30_000).filter(|m| closed(*m) >= 1.0).count();
    // About 8 blinks of 45 ms fully closed in 30 seconds.
    assert!((90..1500).contains(&shut), "shut for {shut} of 30000 ms");
}

#[test]
fn the_same_seed_acts_the_same_and_another_differently() {
    let mut production = load(SPEECHES[0]);
    let act = |p: &Production| {
        let performance =
            Performance::new(&p.timeline, &p.cast, rhetor::stage::Stage::studio(glam::Vec3::Z, 0.0), None);
        performance.acting(0, Time::from_millis(7300)).unwrap()
    };
    let first = act(&production);
    assert_eq!(first, act(&production));
    production.timeline.seed += 1;
    assert_ne!(first.bones, act(&production).bones);
}
