//! Programs that speak. Tests that need flite or espeak-ng say so where they are absent; with
//! `REQUIRE_VOICES=1` they fail then.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use rhetor::host::{Config, FolderSource, HostError, Kind, Prepared, prepare, program};
use rhetor::job::Job;
use rhetor::script::Script;
use std::path::Path;
use std::time::Duration;

pub(super) fn has(name: &str) -> bool {
    let there = program::find(name).is_some();
    if !there {
        crate::common::skip(&format!("{name} is not installed"), "REQUIRE_VOICES");
    }
    there
}

pub(super) fn prepared(lines: &str, config: &Config) -> Result<Prepared, HostError> {
    let text = format!("version = \"1.0\"\n{lines}");
    let (script, _) = Script::from_toml(&text, "test.speech.toml").unwrap();
    let source = FolderSource::new(Path::new("."), &[]).unwrap();
    prepare(&script, &source, config, None, "voice.wav", &Job::silent())
}

#[test]
fn flite_speaks_and_marks_find_their_words() {
    if !has("flite") {
        return;
    }
    let made = prepared(
        "[[lines]]\ntext = \"Good morning. [smile] We paid 25 dollars, [pause 0.5] [camera half] Dr. Smith!\"\n",
        &Config::default(),
    )
    .unwrap();
    let timeline = made.timeline;
    timeline.validate().unwrap();
    let speaker = &timeline.speakers[0];
    let words: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words, ["Good", "morning", "We", "paid", "25", "dollars", "Dr", "Smith"]);
    let word = |text: &str| speaker.words.iter().find(|word| word.text == text).unwrap();
    assert_eq!(speaker.marks[0].time, word("We").start);
    assert_eq!(timeline.cues[0].time, word("Dr").start);
    let pause = word("Dr").start - word("dollars").end;
    assert!((0.45..0.75).contains(&pause.as_secs_f64()), "{pause:?}");
    let phones_in = |text: &str| {
        let word = word(text);
        let inside = speaker.phones.iter().filter(|p| p.start >= word.start && p.end <= word.end);
        inside.map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(phones_in("Good"), "ɡ ʊ d");
    assert_eq!(phones_in("25"), "t w ɛ n t i f aɪ v");
    let off = (made.voices.duration() - timeline.duration).abs();
    assert!(off.as_millis_f64() < 1.0, "sound and timeline differ by {off:?}");
}

/// Stress comes from the words, speed and phones from SSML.
#[test]
fn what_is_asked_of_flite_is_heard() {
    if !has("flite") {
        return;
    }
    let made =
        |text: &str| prepared(&format!("[[lines]]\ntext = '''{text}'''\n"), &Config::default()).unwrap();
    let plain = made("We really mean the tomato.");
    let marked = made(
        "<speak>We <prosody rate=\"50%\">really</prosody> mean the <phoneme ph=\"təˈmɑtoʊ\">tomato</phoneme>.</speak>",
    );
    let length = |made: &Prepared, word: usize| {
        let word = &made.timeline.speakers[0].words[word];
        (word.end - word.start).as_secs_f64()
    };
    assert!(length(&marked, 1) > 1.6 * length(&plain, 1), "{} {}", length(&marked, 1), length(&plain, 1));
    assert!((length(&marked, 2) / length(&plain, 2) - 1.0).abs() < 0.3);
    let last = |made: &Prepared| {
        let phones = &made.timeline.speakers[0].phones;
        let of = phones[phones.len() - 6..].iter().map(|phone| format!("{}{}", phone.ipa, phone.stress));
        of.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(last(&plain), "t0 ə0 m0 eɪ1 t0 oʊ2");
    assert_eq!(last(&marked), "t0 ə0 m0 ɑ1 t0 oʊ2");
    let emphasised = made("We [emphasis strong]really[/] mean it.");
    let mark = &emphasised.timeline.speakers[0].marks[0];
    let word = &emphasised.timeline.speakers[0].words[1];
    assert_eq!((mark.time, mark.end), (word.start, Some(word.end)));
    assert!(length(&emphasised, 1) > 1.1 * length(&plain, 1));
    let median = |made: &Prepared| {
        let pitch = &made.timeline.speakers[0].prosody.as_ref().unwrap().pitch_hz;
        let mut voiced: Vec<f32> = pitch.iter().copied().filter(|hz| *hz > 0.0).collect();
        voiced.sort_by(f32::total_cmp);
        voiced[voiced.len() / 2]
    };
    let high = made("<speak><prosody pitch=\"+30%\">We really mean the tomato.</prosody></speak>");
    assert!((median(&high) / median(&plain) - 1.3).abs() < 0.05, "{} {}", median(&high), median(&plain));
    let phrases = &made("Yes, we do. It is here.").timeline.speakers[0].phrases;
    assert!(
        (2..=3).contains(&phrases.len()) && phrases.iter().all(|phrase| phrase.boundary.is_some()),
        "{phrases:?}"
    );
}

#[test]
fn what_is_asked_of_espeak_is_heard() {
    if !has("espeak-ng") {
        return;
    }
    let made = |text: &str| {
        let line = format!("[[lines]]\nvoice = \"espeak-ng\"\ntext = '''{text}'''\n");
        prepared(&line, &Config::default()).unwrap()
    };
    let phones_in = |made: &Prepared, word: usize| {
        let speaker = &made.timeline.speakers[0];
        let word = &speaker.words[word];
        let inside = speaker.phones.iter().filter(|p| p.start >= word.start && p.end <= word.end);
        inside.map(|p| p.ipa.as_str()).collect::<Vec<_>>().join(" ")
    };
    let marked = made(
        "<speak>A <phoneme ph=\"ˈpaɪpə\">tomato</phoneme> & <sub alias=\"two more\">2+</sub> [[ here.</speak>"
            .replace('&', "&amp;")
            .as_str(),
    );
    assert_eq!(phones_in(&marked, 1), "p aɪ p ə");
    assert_eq!(phones_in(&marked, 2), "t u m o ɹ");
    let median = |made: &Prepared| {
        let pitch = &made.timeline.speakers[0].prosody.as_ref().unwrap().pitch_hz;
        let mut voiced: Vec<f32> = pitch.iter().copied().filter(|hz| *hz > 0.0).collect();
        voiced.sort_by(f32::total_cmp);
        voiced[voiced.len() / 2]
    };
    let plain = made("We really mean the tomato.");
    let high =
        made("<speak><prosody rate=\"150%\" pitch=\"+30%\">We really mean the tomato.</prosody></speak>");
    assert!((median(&high) / median(&plain) - 1.3).abs() < 0.1, "{} {}", median(&high), median(&plain));
    let ratio = plain.voices.duration().as_secs_f64() / high.voices.duration().as_secs_f64();
    assert!((1.15..1.7).contains(&ratio), "{ratio}");
}

#[test]
fn espeak_speaks_any_language() {
    if !has("espeak-ng") {
        return;
    }
    for (language, say, count, phone) in [
        ("zh", "huan1 ying2, da4 jia1. xie4 xie5!", 6, "x"),
        ("zh", "你好，世界。", 4, "ʂ"),
        ("de", "Guten Tag, liebe Gäste.", 4, "ɡ"),
        ("en", "Peter Piper picked a peck.", 5, "p"),
    ] {
        let line = format!("language = \"{language}\"\n[[lines]]\nsay = \"{say}\"\nvoice = \"espeak-ng\"\n");
        let timeline = prepared(&line, &Config::default()).unwrap().timeline;
        timeline.validate().unwrap();
        let speaker = &timeline.speakers[0];
        assert_eq!(speaker.words.len(), count, "{say}");
        assert!(speaker.phones.iter().any(|p| p.ipa == phone), "{say}: {:?}", speaker.phones);
        let first = &speaker.phones[0];
        assert!((0.3..0.4).contains(&first.start.as_secs_f64()), "{say}: {first:?}");
        assert_eq!(speaker.phones.iter().any(|p| p.tone > 0), language == "zh", "{say}");
    }
}

/// The times found in a sound against those of the program that made it.
#[test]
fn found_times_are_near_the_synthesisers_own() {
    use rhetor::speech::{RawPhone, duration, flite};
    if !has("flite") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (text, wav) = (folder.path().join("t.txt"), folder.path().join("t.wav"));
    std::fs::write(
        &text,
        "The people of both cities asked for a bridge, and the mayor promised one by March.\n",
    )
    .unwrap();
    let args = ["-voice", "slt", "-psdur", "-f", text.to_str().unwrap(), "-o", wav.to_str().unwrap()];
    let args: Vec<_> = args.iter().map(Into::into).collect();
    let flite_path = program::require("flite").unwrap();
    let printed = program::run(&flite_path, &args, Duration::from_secs(60), &Job::silent()).unwrap();
    let truth = flite::parse_timed(&String::from_utf8(printed.stdout).unwrap()).unwrap();
    let mut clauses: Vec<Vec<RawPhone>> = vec![Vec::new()];
    for (index, phone) in truth.iter().enumerate() {
        if index > 0 && phone.start > truth[index - 1].end {
            clauses.push(Vec::new());
        }
        clauses.last_mut().unwrap().push(RawPhone { ipa: phone.ipa.clone(), ..RawPhone::default() });
    }
    let sound = rhetor::host::read_wav(&std::fs::read(&wav).unwrap(), "t.wav").unwrap();
    let found = duration::time_clauses(&clauses, &sound);
    assert_eq!(found.len(), truth.len());
    let mut off: Vec<f64> =
        found.iter().zip(&truth).map(|(a, b)| (a.start - b.start).abs().as_millis_f64()).collect();
    off.sort_by(f64::total_cmp);
    let (median, ninth) = (off[off.len() / 2], off[off.len() * 9 / 10]);
    println!("boundaries: median {median:.1} ms, 90 % within {ninth:.1} ms");
    assert!(median <= 20.0 && ninth <= 80.0, "median {median} ms, 90 % within {ninth} ms");
}

#[test]
fn an_unknown_or_unfit_voice_is_the_scripts_mistake() {
    for (voice, expected) in [("nobody", "no voice 'nobody'"), ("flite:a.b", "letters, digits")] {
        let error =
            prepared(&format!("[[lines]]\ntext = \"Hi.\"\nvoice = \"{voice}\"\n"), &Config::default());
        let error = error.unwrap_err();
        assert_eq!(error.kind, Kind::Input);
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.to_string().starts_with("test.speech.toml:"), "{error}");
    }
    let error =
        prepared("language = \"de\"\n[[lines]]\ntext = \"Tag.\"\nvoice = \"flite\"\n", &Config::default());
    assert!(error.unwrap_err().to_string().contains("English only"));
}

#[test]
fn an_absent_program_is_the_machines_lack() {
    let config = Config::parse(
        "version = \"1.0\"\n[voices.x]\ncommand = [\"no-such-speaker\", \"{text_file}\", \"{out_wav}\"]\nlanguage = \"en\"\n",
        "c",
    )
    .unwrap();
    let error = prepared("[[lines]]\ntext = \"Hi.\"\nvoice = \"x\"\n", &config).unwrap_err();
    assert_eq!(error.kind, Kind::Environment);
    assert!(error.to_string().contains("'no-such-speaker' is not installed"), "{error}");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;

    fn program_of(folder: &Path, body: &str) -> PathBuf {
        let path = folder.join("speak");
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn a_voice_of_the_users_own_gets_its_text_in_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let tone = (0..16_000).map(|i| 0.3 * libm::sinf(i as f32 * 0.1)).collect();
        let sound = rhetor::speech::Sound { samples: tone, rate: 16_000 };
        std::fs::write(folder.path().join("tone.wav"), rhetor::host::write_wav(&sound).unwrap()).unwrap();
        let here = folder.path().display();
        let body =
            format!("echo \"$#:$3\" > {here}/args\ncat \"$1\" > {here}/text\ncp {here}/tone.wav \"$2\"");
        let speak = program_of(folder.path(), &body);
        let config = format!(
            "version = \"1.0\"\n[voices.own]\ncommand = [\"{}\", \"{{text_file}}\", \"{{out_wav}}\", \"v={{voice}}\"]\nlanguage = \"en\"\n",
            speak.display()
        );
        let config = Config::parse(&config, "c").unwrap();
        let text = "Hello $(touch pwned); `id` | world.";
        let line = format!("[[lines]]\ntext = '{text}'\nvoice = \"own:amy\"\n");
        let made = prepared(&line, &config).unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("text")).unwrap().trim(), text);
        assert_eq!(std::fs::read_to_string(folder.path().join("args")).unwrap().trim(), "3:v=amy");
        assert!(made.timeline.speakers[0].words.len() == 5, "{:?}", made.timeline.speakers[0].words);
        assert!(!Path::new("pwned").exists());
    }

    #[test]
    fn a_program_that_hangs_or_fails_is_ended_and_quoted() {
        let folder = tempfile::tempdir().unwrap();
        let slow = program_of(folder.path(), "sleep 20");
        let error = program::run(&slow, &[], Duration::from_millis(200), &Job::silent()).unwrap_err();
        assert!(error.to_string().contains("still running"), "{error}");
        let broken = program_of(folder.path(), "echo no such voice >&2\nexit 7");
        let error = program::run(&broken, &[], Duration::from_secs(10), &Job::silent()).unwrap_err();
        assert_eq!(error.kind, Kind::Environment);
        assert!(error.to_string().contains("no such voice"), "{error}");
        let job = Job::silent();
        job.cancel_switch().store(true, std::sync::atomic::Ordering::Relaxed);
        let slow = program_of(folder.path(), "sleep 20");
        let error = program::run(&slow, &[], Duration::from_secs(60), &job).unwrap_err();
        assert_eq!(error.kind, Kind::Cancelled);
    }
}
