//! What an evaluation costs: no memory once it is warm, and no more at the tenth hour than at the first second.

use crate::common::{folder, repository};
use rhetor::job::Job;
use rhetor::perform::Performance;
use rhetor::production::{Production, Request};
use rhetor::script::Timeline;
use rhetor::script::timeline::{Phrase, Speaker, TimedPhone};
use rhetor::stage::Stage;
use rhetor::time::Time;

fn forum(avatar: Option<&str>) -> Production {
    let input = repository().join("assets/speeches/forum.timeline.json").display().to_string();
    let request = Request { input, avatar: avatar.map(str::to_owned), ..Request::default() };
    Production::load(&request, &Job::silent()).unwrap()
}

/// A timeline said again and again until it lasts `duration`.
fn repeated(once: &Timeline, duration: Time) -> Timeline {
    let mut whole =
        Timeline { speakers: Vec::new(), captions: Vec::new(), cues: Vec::new(), duration, ..once.clone() };
    for speaker in &once.speakers {
        let mut long = Speaker { id: speaker.id.clone(), ..Speaker::default() };
        let mut later = Time::ZERO;
        while later < duration {
            let phones = speaker.phones.iter();
            long.phones.extend(phones.map(|p| TimedPhone {
                start: p.start + later,
                end: p.end + later,
                ..p.clone()
            }));
            let phrases = speaker.phrases.iter();
            long.phrases.extend(phrases.map(|p| Phrase {
                start: p.start + later,
                end: p.end + later,
                ..p.clone()
            }));
            for mark in &speaker.marks {
                let mut mark = mark.clone();
                mark.time += later;
                mark.end = mark.end.map(|end| end + later);
                long.marks.push(mark);
            }
            later += once.duration;
        }
        whole.speakers.push(long);
    }
    whole
}

#[test]
fn a_warm_evaluation_asks_for_no_memory() {
    let production = forum(None);
    let performance = &production.performance;
    let mut frame = performance.first_frame(1.0);
    let mut act = || {
        for millis in (0..40_000).step_by(33) {
            performance.evaluate_into(&mut frame, Time::from_millis(millis), 1.0);
        }
    };
    act();
    let counted = allocation_counter::measure(act);
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

#[test]
fn ten_hours_are_evaluated_as_ten_seconds_are() {
    let production = forum(None);
    let stage = Stage::studio(glam::Vec3::Z, 0.0);
    let long = repeated(&production.timeline, Time::from_secs_f64(36_000.0));
    let long = Performance::new(&long, &production.cast, stage, None);
    let short = &production.performance;
    let mut frame = short.first_frame(1.0);
    let mut median = |performance: &Performance, from: f64| {
        let mut micros: Vec<f64> = (0..900)
            .map(|i| {
                let before = rhetor::clock::now();
                performance.evaluate_into(&mut frame, Time::from_secs_f64(from + f64::from(i) * 0.033), 1.0);
                before.elapsed().as_secs_f64() * 1e6
            })
            .collect();
        micros.sort_by(f64::total_cmp);
        micros[micros.len() / 2]
    };
    let (of_short, of_long) = (median(short, 2.0), median(&long, 35_000.0));
    println!("{of_short:.1} µs in a short speech, {of_long:.1} µs in the tenth hour");
    // What looks through all that was said before takes hundreds of times as long.
    assert!(of_long < of_short * 3.0, "{of_long} against {of_short} µs");
}

#[test]
fn a_first_seek_with_springs_costs_a_bounded_simulation() {
    let Some(folder) = folder("AVATARS") else { return };
    for name in ["vrm0_Godette.vrm", "talkinghead_vroid.glb"] {
        let production = forum(Some(&folder.join(name).display().to_string()));
        let mut millis: Vec<f64> = (0..15)
            .map(|i| {
                let stage = Stage::studio(glam::Vec3::Z, 0.0);
                let fresh = Performance::new(&production.timeline, &production.cast, stage, None);
                let mut frame =
                    rhetor::frame::Frame { actors: Vec::new(), ..production.performance.first_frame(1.0) };
                let before = rhetor::clock::now();
                fresh.evaluate_into(&mut frame, Time::from_secs_f64(5.3 + f64::from(i) * 2.1), 1.0);
                before.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        millis.sort_by(f64::total_cmp);
        println!("{name}: a first seek takes {:.2} ms, at most {:.2}", millis[7], millis[14]);
        // Simulated from the beginning it would take seconds without optimisation.
        assert!(millis[7] < 400.0, "{name}: {millis:?}");
    }
}
