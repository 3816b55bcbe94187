//! Somebody who speaks live, as far as it can be tried without a microphone: pieces, look-ahead, closures, purity.

use crate::common::repository;
use assert_cmd::Command;
use rhetor::frame::Frame;
use rhetor::job::Job;
use rhetor::perform::Performance;
use rhetor::production::{Production, Request};
use rhetor::script::timeline::TimedPhone;
use rhetor::script::{LivePhones, Timeline};
use rhetor::speech::Sound;
use rhetor::speech::align::{LOOK_AHEAD, LiveListener};
use rhetor::time::Time;
use rhetor::vocabulary::{Phone, PhoneKind, Viseme};
use std::fs;

/// The first seconds of the bundled speech, and when its phones are truly said.
fn speech(secs: f64) -> (Sound, Vec<TimedPhone>) {
    let folder = repository().join("assets/speeches");
    let pcm = rhetor::audio::decode(&fs::read(folder.join("forum.ogg")).unwrap(), "forum.ogg").unwrap();
    let count = (secs * f64::from(pcm.rate)) as usize * usize::from(pcm.channels);
    assert_eq!(pcm.channels, 1);
    let json = fs::read_to_string(folder.join("forum.timeline.json")).unwrap();
    let (timeline, _) = Timeline::from_json(&json, "forum").unwrap();
    let end = Time::from_secs_f64(secs - 0.3);
    let phones = timeline.speakers[0].phones.iter().filter(|phone| phone.end < end).cloned().collect();
    (Sound { samples: pcm.samples[..count].to_vec(), rate: pcm.rate }, phones)
}

/// Everything that was ever known while the sound came in pieces, and that it was known in time.
fn heard(sound: &Sound, pieces: &mut dyn Iterator<Item = usize>) -> Vec<TimedPhone> {
    let mut listener = LiveListener::new(sound.rate, Time::ZERO);
    let (mut live, mut all) = (LivePhones::default(), Vec::<TimedPhone>::new());
    let mut at = 0;
    while at < sound.samples.len() {
        let end = (at + pieces.next().unwrap()).min(sound.samples.len());
        let before = live.known_until();
        listener.push(&sound.samples[at..end], &mut live);
        at = end;
        assert!(live.known_until() >= Time::from_samples(at as u64, sound.rate) - LOOK_AHEAD);
        for phone in live.phones() {
            match all.iter_mut().find(|known| known.start == phone.start) {
                // A phone that had ended stays; one under way may go on.
                Some(known) => {
                    assert!(known.end == phone.end || known.end == before, "{known:?} became {phone:?}");
                    assert_eq!(known.ipa, phone.ipa);
                    known.end = phone.end;
                }
                None => {
                    assert!(phone.start >= before, "{phone:?} was not there at {before:?}");
                    all.push(phone.clone());
                }
            }
        }
    }
    all
}

#[test]
fn pieces_make_no_difference_and_what_is_known_stays() {
    let (sound, _) = speech(3.0);
    let whole = heard(&sound, &mut std::iter::repeat(160));
    assert!(whole.len() > 20, "{whole:?}");
    let mut seed = 9_usize;
    let mut random = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        1 + (seed >> 33) % 3000
    });
    assert_eq!(heard(&sound, &mut random), whole);
    // Less than the two seconds that are kept at once.
    assert_eq!(heard(&sound, &mut std::iter::repeat(sound.rate as usize)), whole);
    assert_eq!(heard(&sound, &mut std::iter::repeat(37)), whole);
}

#[test]
fn lips_close_and_open_where_they_should() {
    let (sound, truth) = speech(20.0);
    let found = heard(&sound, &mut std::iter::repeat(441));
    let kind = |ipa: &str| Phone::from_ipa(ipa).map(|phone| phone.kind);
    let near = |phone: &TimedPhone, is_right: &dyn Fn(&TimedPhone) -> bool| {
        let room = Time::from_millis(40);
        found.iter().any(|f| f.start < phone.end + room && f.end > phone.start - room && is_right(f))
    };
    let (mut closures, mut closed, mut vowels, mut opened) = (0, 0, 0, 0);
    for phone in &truth {
        match kind(&phone.ipa) {
            Some(PhoneKind::Bilabial) => {
                closures += 1;
                closed += u32::from(near(phone, &|f| kind(&f.ipa) == Some(PhoneKind::Bilabial)));
            }
            Some(PhoneKind::Vowel | PhoneKind::Diphthong) => {
                vowels += 1;
                opened += u32::from(near(phone, &|f| Phone::from_ipa(&f.ipa).is_some_and(Phone::is_vowel)));
            }
            _ => {}
        }
    }
    assert!(closures >= 15 && closed * 10 >= closures * 6, "{closed} of {closures} closures");
    assert!(vowels >= 60 && opened * 10 >= vowels * 9, "{opened} of {vowels} vowels");
    let wrong = |f: &&TimedPhone| {
        let overlaps = |p: &TimedPhone| p.start < f.end + LOOK_AHEAD && p.end > f.start - LOOK_AHEAD;
        kind(&f.ipa) == Some(PhoneKind::Bilabial)
            && !truth.iter().any(|p| kind(&p.ipa) == Some(PhoneKind::Bilabial) && overlaps(p))
    };
    let invented = found.iter().filter(wrong).count();
    assert!(invented <= closures as usize / 4, "{invented} closures that nobody makes");
}

#[test]
fn silence_and_noise_leave_the_mouth_shut() {
    let rate = 48_000;
    let mut seed = 5_u32;
    let mut noise = |level: f32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        level * ((seed >> 8) as f32 / 8_388_608.0 - 1.0)
    };
    for level in [0.0, 0.0005, 0.003] {
        let samples = (0..rate * 15).map(|_| noise(level)).collect();
        let found = heard(&Sound { samples, rate }, &mut std::iter::repeat(480));
        let spoken: f64 = found.iter().map(|phone| (phone.end - phone.start).as_secs_f64()).sum();
        assert!(spoken < 0.5, "{spoken} s of speech in noise of {level}: {found:?}");
    }
}

fn stage(input: &str) -> Production {
    let input = input.to_owned();
    Production::load_live(&Request { input, ..Request::default() }, &Job::silent()).unwrap()
}

fn picture(performance: &Performance, t: Time) -> Frame {
    let mut frame = performance.first_frame(1.5);
    performance.evaluate_into(&mut frame, t, 1.5);
    frame
}

#[test]
fn a_picture_of_what_is_known_is_always_the_same() {
    let mut production = stage("");
    let performance = &mut production.performance;
    let (sound, _) = speech(2.0);
    let mut listener = LiveListener::new(sound.rate, Time::ZERO);
    let mut live = LivePhones::default();
    let mut seen: Vec<(Time, Frame)> = Vec::new();
    for samples in sound.samples.chunks(sound.rate as usize / 20) {
        listener.push(samples, &mut live);
        performance.hear(0, &live);
        if live.known_until() > Time::ZERO {
            seen.push((live.known_until(), picture(performance, live.known_until())));
        }
    }
    assert!(seen.len() > 30);
    assert!(seen.iter().any(|(t, _)| performance.acting(0, *t).unwrap().visemes[Viseme::PP.index()] > 0.9));
    for (t, frame) in seen.iter().rev() {
        assert_eq!(picture(performance, *t), *frame, "at {t:?}");
    }
}

#[test]
fn a_script_gives_the_stage_and_nobody_reads_it() {
    let script = repository().join("assets/speeches/forum.speech.toml").display().to_string();
    let production = stage(&script);
    assert_eq!(production.cast.len(), 1);
    assert!(production.timeline.speakers[0].phones.is_empty() && production.timeline.audio.is_empty());
    let at_rest = picture(&production.performance, Time::from_millis(3000));
    let avatar = stage("thalia");
    assert_eq!(
        at_rest.actors[0].morph_weights.len(),
        picture(&avatar.performance, Time::ZERO).actors[0].morph_weights.len()
    );
}

fn play(arguments: &[&str], status: i32) -> String {
    let mut command = Command::cargo_bin("rhetor").unwrap();
    // No sound system at all.
    command.env("ALSA_CONFIG_PATH", "/dev/null").env("PULSE_SERVER", "none").current_dir(repository());
    let output = command.arg("play").args(arguments).assert().code(status).get_output().clone();
    let said =
        [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).join("");
    assert!(!said.contains("panicked"), "{said}");
    said
}

#[test]
#[cfg(feature = "window")]
fn the_command_says_what_it_lacks() {
    if cfg!(target_os = "linux") {
        assert!(play(&["--live", "--check"], 3).contains("microphone"));
        assert!(play(&["--live", "--microphone", "nobody", "--check"], 3).contains("'nobody'"));
    }
    play(&[], 2);
    play(&["x.speech.toml", "--microphone", "a"], 2);
    assert!(play(&["--live", "--mute"], 2).contains("--mute"));
    assert!(play(&["--live", "assets/speeches/forum.ogg", "--check"], 1).contains("forum.ogg"));
    let help = play(&["--help"], 0).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains(&format!("{} ms behind it", LOOK_AHEAD.as_millis_f64())), "{help}");
}
