//! Gates of the acting: at every emotion at full strength lips close, teeth meet lips, vowels open and silence is silent.

use crate::common::{folder, repository};
use rhetor::job::Job;
use rhetor::perform::{Performance, Statistics, expression_names};
use rhetor::production::{Production, Request};
use rhetor::rig::LipGauge;
use rhetor::script::timeline::{Mark, Phrase, Speaker, TimedPhone};
use rhetor::time::Time;
use rhetor::vocabulary::{Channel, Phone, PhoneKind, Viseme};

const SPEECHES: &[&str] = &["assets/speeches/forum.timeline.json", "assets/speeches/forum.zh.timeline.json"];

/// All of `assets/avatars`; a test holds this list to that folder.
const BUNDLED: &[&str] = &["arion", "clio", "pindar", "thalia"];

/// What opens lips beside the visemes.
const OPENING: &[Channel] = &[
    Channel::JawOpen,
    Channel::MouthFunnel,
    Channel::MouthUpperUpLeft,
    Channel::MouthUpperUpRight,
    Channel::MouthLowerDownLeft,
    Channel::MouthLowerDownRight,
];

fn load(speech: &str, avatar: Option<&str>) -> Production {
    let input = repository().join(speech).display().to_string();
    let request = Request { input, avatar: avatar.map(str::to_owned), ..Request::default() };
    Production::load(&request, &Job::silent()).unwrap()
}

/// From now on all of it is said with an emotion at full strength.
fn feel(production: &mut Production, emotion: &str) {
    for speaker in &mut production.timeline.speakers {
        speaker.marks.retain(|mark| expression_names().all(|name| name != mark.name));
        let worn = Mark { time: Time::ZERO, end: None, name: emotion.to_owned(), args: vec!["1".to_owned()] };
        speaker.marks.insert(0, worn);
    }
    let stage = rhetor::stage::Stage::studio(glam::Vec3::Z, 0.0);
    production.performance = Performance::new(&production.timeline, &production.cast, stage, None);
}

/// Hands every speech with every emotion, on every bundled avatar, to `check`.
fn with_all(mut check: impl FnMut(&str, &Production)) {
    for avatar in BUNDLED {
        for speech in SPEECHES {
            let mut production = load(speech, Some(avatar));
            for emotion in expression_names() {
                feel(&mut production, emotion);
                check(&format!("{speech}, {avatar}, {emotion}"), &production);
            }
        }
    }
}

fn phones(production: &Production) -> Vec<(TimedPhone, Phone)> {
    let known = |timed: &TimedPhone| Some((timed.clone(), Phone::from_ipa(&timed.ipa)?));
    production.timeline.speakers[0].phones.iter().filter_map(known).collect()
}

fn middle(timed: &TimedPhone) -> Time {
    Time::from_nanos((timed.start.as_nanos() + timed.end.as_nanos()) / 2)
}

/// The moment within 60 ms of the middle of a phone in which its viseme is strongest, and how strong.
fn strongest(performance: &Performance, timed: &TimedPhone, viseme: Viseme) -> (Time, f32) {
    let at = |millis: i64| {
        let t = middle(timed) + Time::from_millis(millis);
        (t, performance.acting(0, t).unwrap().visemes[viseme.index()])
    };
    let mut moments = (-60..=60).step_by(4).map(at);
    let first = moments.next().unwrap();
    moments.fold(first, |best, other| if other.1 > best.1 { other } else { best })
}

#[test]
fn lips_close_and_meet_the_teeth_at_every_emotion() {
    with_all(|name, production| {
        for (timed, phone) in phones(production) {
            let least = match phone.kind {
                PhoneKind::Bilabial => 0.9,
                PhoneKind::Labiodental => 0.8,
                _ => continue,
            };
            let (t, weight) = strongest(&production.performance, &timed, phone.viseme);
            assert!(weight >= least, "{name}: {} at {} reaches {weight}", timed.ipa, timed.start);
            if phone.kind == PhoneKind::Bilabial {
                let acting = production.performance.acting(0, t).unwrap();
                for channel in OPENING {
                    let opens = acting.channels[channel.index()];
                    assert!(opens <= 0.15, "{name}: {channel} is {opens} in {} at {t}", timed.ipa);
                }
                let aa = acting.visemes[Viseme::Aa.index()];
                assert!(aa <= 0.15, "{name}: aa is {aa} in {} at {t}", timed.ipa);
                assert!(
                    acting.jaw <= 0.15,
                    "{name}: the jaw opens by {} in {} at {t}",
                    acting.jaw,
                    timed.ipa
                );
            }
        }
    });
}

#[test]
fn no_bundled_avatar_is_left_out() {
    let files = std::fs::read_dir(repository().join("assets/avatars")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter_map(|n| n.strip_suffix(".glb").map(str::to_owned)).collect();
    names.sort();
    assert_eq!(names, BUNDLED);
}

/// The bundled speech over and over for ten minutes, its phrases never so far apart as the last time.
fn ten_minutes(seed: u64) -> Production {
    let mut production = load(SPEECHES[0], None);
    let once = production.timeline.speakers[0].clone();
    let mut whole = Speaker::default();
    let mut later = Time::ZERO;
    for number in 0_u64.. {
        let phrase = &once.phrases[number as usize % once.phrases.len()];
        let moved = |t: Time| t + later;
        for phone in once.phones.iter().filter(|p| phrase.start <= p.start && p.start < phrase.end) {
            whole.phones.push(TimedPhone {
                start: moved(phone.start),
                end: moved(phone.end),
                ..phone.clone()
            });
        }
        whole.phrases.push(Phrase { start: moved(phrase.start), end: moved(phrase.end), ..phrase.clone() });
        if moved(phrase.end) > Time::from_secs_f64(600.0) {
            break;
        }
        later += Time::from_millis((number * number * 37 % 700) as i64);
        if (number as usize + 1).is_multiple_of(once.phrases.len()) {
            later += production.timeline.duration;
        }
    }
    production.timeline.seed = seed;
    production.timeline.speakers = vec![whole];
    let stage = rhetor::stage::Stage::studio(glam::Vec3::Z, 0.0);
    production.performance = Performance::new(&production.timeline, &production.cast, stage, None);
    production
}

#[test]
fn ten_minutes_of_speech_are_acted_as_people_act() {
    for seed in [7, 8, 9, 99] {
        let production = ten_minutes(seed);
        let found = Statistics::of(&production.performance, 0, Time::from_secs_f64(600.0)).unwrap();
        println!("{found:?}");
        assert!((15.0..=30.0).contains(&found.blinks), "{found:?}");
        assert!(found.blinks_at_ends > 0.35, "{found:?}");
        assert!((0.6..=0.8).contains(&found.at_audience), "{found:?}");
        let of_curve = found.saccade_secs / found.saccade_curve_secs;
        assert!((0.8..1.2).contains(&of_curve), "{found:?}");
        assert!(found.head_rhythm <= 6.0, "{found:?}");
    }
}

#[test]
fn stressed_vowels_are_seen_at_every_emotion() {
    with_all(|name, production| {
        for (timed, phone) in phones(production) {
            let is_long = timed.end - timed.start >= Time::from_millis(80);
            if !phone.is_vowel() || timed.stress != 1 || !is_long {
                continue;
            }
            let (_, weight) = strongest(&production.performance, &timed, phone.viseme);
            assert!(weight >= 0.35, "{name}: {} at {} reaches {weight}", timed.ipa, timed.start);
        }
    });
}

#[test]
fn mouths_rest_in_pauses_at_every_emotion() {
    with_all(|name, production| {
        let phones = phones(production);
        let sounds: Vec<&TimedPhone> = phones
            .iter()
            .filter(|(_, phone)| phone.kind != PhoneKind::Silence)
            .map(|(timed, _)| timed)
            .collect();
        let mut pauses = 0;
        for pair in sounds.windows(2) {
            let (from, to) = (pair[0].end, pair[1].start);
            if to - from < Time::from_millis(350) {
                continue;
            }
            pauses += 1;
            // Settled after a quarter of a second, until the next sound is prepared.
            let mut t = from + Time::from_millis(250);
            while t < to - Time::from_millis(95) {
                let acting = production.performance.acting(0, t).unwrap();
                let speech = 1.0 - acting.visemes[Viseme::Sil.index()];
                assert!(speech < 0.1, "{name}: the mouth speaks by {speech} in a pause at {t}");
                assert!(
                    acting.jaw.abs() < 0.05,
                    "{name}: the jaw speaks by {} in a pause at {t}",
                    acting.jaw
                );
                t += Time::from_millis(10);
            }
        }
        assert!(pauses >= 3, "{name}: {pauses} pauses only");
    });
}

/// The widest that lips are apart at the closures of the bundled speech, at each emotion, millimetres of a head of 0.12 m.
fn widest_gaps(production: &mut Production) -> Vec<(&'static str, f32)> {
    let cast = production.cast[0].clone();
    let gauge = LipGauge::new(&cast.avatar, &cast.rig).expect("a mouth");
    let mut found = Vec::new();
    for emotion in expression_names() {
        feel(production, emotion);
        let closures = phones(production).into_iter().filter(|(_, phone)| phone.kind == PhoneKind::Bilabial);
        let gap = |(timed, phone): (TimedPhone, Phone)| {
            let (t, _) = strongest(&production.performance, &timed, phone.viseme);
            let pose = production.performance.pose(0, t).unwrap();
            gauge.gap(&pose.locals, &pose.morph_weights).expect("lips").widest
        };
        found.push((emotion, closures.map(gap).fold(f32::MIN, f32::max)));
    }
    found
}

#[test]
fn emotions_do_not_part_the_lips_of_the_mesh() {
    for avatar in BUNDLED {
        let gaps = widest_gaps(&mut load(SPEECHES[0], Some(avatar)));
        println!("{avatar}: {gaps:?}");
        for (emotion, gap) in gaps {
            assert!(gap <= 0.3, "{avatar}, {emotion}: a closure leaves {gap:.2} mm");
        }
    }
}

#[test]
fn emotions_do_not_part_the_lips_of_real_avatars() {
    let Some(folder) = folder("AVATARS") else { return };
    for name in [
        "rpm_brunette-t.glb",
        "arkit_facecap_ktx2_meshopt.glb",
        "anny_female_arkit52.glb",
        "talkinghead_vroid.glb",
    ] {
        let gaps = widest_gaps(&mut load(SPEECHES[0], Some(&folder.join(name).display().to_string())));
        println!("{name}: {gaps:?}");
        for (emotion, gap) in gaps {
            assert!(gap <= 0.3, "{name}, {emotion}: a closure leaves {gap:.2} mm");
        }
    }
}

/// The greatest acceleration of what `value` gives over a speech, a second per second.
fn sharpest<const N: usize>(performance: &Performance, value: impl Fn(Time) -> [f32; N]) -> (f64, Time) {
    let step = Time::from_millis(2);
    let count = performance.duration().as_nanos() / step.as_nanos();
    let at = |index: i64| value(Time::from_nanos(index * step.as_nanos()));
    let (mut before, mut now) = (at(-2), at(-1));
    let mut most = (0.0, Time::ZERO);
    for index in 0..count {
        let next = at(index);
        for ((a, b), c) in before.iter().zip(now).zip(next) {
            let bend = f64::from(a - 2.0 * b + c).abs() / step.as_secs_f64().powi(2);
            if bend > most.0 {
                most = (bend, Time::from_nanos(index * step.as_nanos()));
            }
        }
        (before, now) = (now, next);
    }
    most
}

#[test]
fn mouths_never_jerk() {
    for speech in SPEECHES {
        let production = load(speech, None);
        let performance = &production.performance;
        let lips = sharpest(performance, |t| performance.acting(0, t).unwrap().visemes);
        let jaw = sharpest(performance, |t| [performance.acting(0, t).unwrap().jaw]);
        println!("{speech}: lips {lips:?}, jaw {jaw:?}");
        // From rest to a whole shape and still again within 45 ms is 2850 (a minimum-jerk movement: Flash & Hogan 1985).
        assert!(lips.0 < 6000.0, "{speech}: lips jerk by {lips:?}");
        assert!(jaw.0 < 1500.0, "{speech}: the jaw jerks by {jaw:?}");
    }
}
