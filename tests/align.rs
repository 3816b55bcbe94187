//! Recordings laid beside their texts, as users meet it: files in, timelines, messages and a page out.

use assert_cmd::Command;
use rhetor::host::{AlignRequest, Aligned, align_file, load_speech, read_wav, write_wav};
use rhetor::job::Job;
use rhetor::script::Timeline;
use rhetor::script::timeline::TimedPhone;
use rhetor::speech::Sound;
use rhetor::time::Time;
use rhetor::vocabulary::Phone;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

use crate::common::repository;

/// What the first seconds of the bundled speech say.
const WORDS: &str = "Good morning, and a warm welcome to all of you. My name is Thalia.";
const SECONDS: f64 = 4.6;

fn bundled(name: &str) -> PathBuf {
    repository().join("assets/speeches").join(name)
}

fn true_phones() -> Vec<TimedPhone> {
    let json = fs::read_to_string(bundled("forum.timeline.json")).unwrap();
    let (timeline, _) = Timeline::from_json(&json, "forum").unwrap();
    timeline.speakers[0].phones.clone()
}

/// The beginning of the bundled speech.
fn beginning() -> Sound {
    let bytes = fs::read(bundled("forum.ogg")).unwrap();
    let pcm = rhetor::audio::decode(&bytes, "forum.ogg").unwrap();
    let count = (SECONDS * f64::from(pcm.rate)) as usize;
    Sound { samples: pcm.samples[..count].to_vec(), rate: pcm.rate }
}

struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn sound(&self, name: &str, sound: &Sound) -> PathBuf {
        self.bytes(name, &write_wav(sound).unwrap())
    }

    fn bytes(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn align(&self, audio: &Path, text: Option<&str>) -> Aligned {
        let text = text.map(|text| self.bytes("text.txt", text.as_bytes()));
        let request = AlignRequest { audio: audio.to_owned(), text, language: None };
        let aligned = align_file(&request, &Job::silent()).unwrap();
        aligned.timeline.validate().unwrap();
        aligned
    }
}

fn warned(aligned: &Aligned) -> String {
    aligned.warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

/// The share of true phones of the first seconds that begin within 20 ms of a found one with the same viseme.
fn near_truth(found: &[TimedPhone]) -> f64 {
    near_truth_until(Time::from_secs_f64(SECONDS - 0.3), found)
}

fn near_truth_until(end: Time, found: &[TimedPhone]) -> f64 {
    let shape = |ipa: &str| Phone::from_ipa(ipa).map(|phone| phone.viseme);
    let truth = true_phones();
    let asked: Vec<&TimedPhone> = truth.iter().filter(|phone| phone.end < end).collect();
    let near = |phone: &&&TimedPhone| {
        found.iter().any(|other| {
            (other.start - phone.start).abs() <= Time::from_millis(20)
                && shape(&other.ipa) == shape(&phone.ipa)
        })
    };
    asked.iter().filter(near).count() as f64 / asked.len() as f64
}

#[test]
fn text_is_found_in_sound() {
    let desk = Desk::new();
    let aligned = desk.align(&desk.sound("a.wav", &beginning()), Some(WORDS));
    assert!(aligned.warnings.is_empty(), "{}", warned(&aligned));
    let speaker = &aligned.timeline.speakers[0];
    let words: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(words.join(" "), WORDS.replace([',', '.'], ""));
    let share = near_truth(&speaker.phones);
    assert!(share >= 0.85, "{share}");
    assert_eq!(aligned.timeline.captions.len(), 2);
    assert!(speaker.prosody.as_ref().unwrap().pitch_hz.iter().any(|pitch| *pitch > 100.0));
    assert!(speaker.phones.iter().all(|phone| (0.0..=1.0).contains(&phone.confidence)));
}

/// The synthesiser's own times of all forty seconds.
#[test]
fn the_bundled_speech_is_found_whole() {
    let request = AlignRequest {
        audio: bundled("forum.ogg"),
        text: Some(bundled("forum.speech.toml")),
        language: None,
    };
    let aligned = align_file(&request, &Job::silent()).unwrap();
    assert!(aligned.differences.is_empty(), "{:?}", aligned.differences);
    let share = near_truth_until(Time::from_secs_f64(60.0), &aligned.timeline.speakers[0].phones);
    assert!(share >= 0.85, "{share}");
}

#[test]
fn rates_and_channels_do_not_matter() {
    let desk = Desk::new();
    let sound = beginning();
    for rate in [8_000, 192_000] {
        let aligned = desk.align(&desk.sound("a.wav", &sound.resampled(rate)), Some(WORDS));
        let share = near_truth(&aligned.timeline.speakers[0].phones);
        assert!(share >= 0.7, "{rate} Hz: {share}");
    }
    let spec = hound::WavSpec {
        channels: 6,
        sample_rate: sound.rate,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut writer = hound::WavWriter::create(desk.path("six.wav"), spec).unwrap();
    for sample in &sound.samples {
        for channel in 0..6 {
            let level = if channel == 2 { 1.0 } else { 0.2 };
            writer.write_sample((sample * level * 32767.0) as i16).unwrap();
        }
    }
    writer.finalize().unwrap();
    let share = near_truth(&desk.align(&desk.path("six.wav"), Some(WORDS)).timeline.speakers[0].phones);
    assert!(share >= 0.8, "six channels: {share}");
}

#[test]
fn without_a_text_the_lips_follow_the_sound() {
    let desk = Desk::new();
    let path = desk.sound("alone.wav", &beginning());
    let aligned = desk.align(&path, None);
    let phones = &aligned.timeline.speakers[0].phones;
    assert!((30..90).contains(&phones.len()), "{}", phones.len());
    let share = near_truth(phones);
    assert!(share >= 0.4, "{share}");
    // The same through any command that plays a sound file, and from the cache the second time.
    for _ in 0..2 {
        let speech = load_speech(path.to_str().unwrap(), &[], &Job::silent()).unwrap();
        assert_eq!(speech.timeline.speakers[0].phones.len(), phones.len());
    }
}

#[test]
fn a_recorded_line_without_times_is_aligned() {
    let desk = Desk::new();
    desk.sound("line.wav", &beginning());
    let script = format!(
        "version = \"1.0\"\n[[lines]]\ntext = \"{}\"\naudio = \"line.wav\"\n",
        WORDS.replace("My", "[smile] My")
    );
    let path = desk.bytes("talk.speech.toml", script.as_bytes());
    let speech = load_speech(path.to_str().unwrap(), &[], &Job::silent()).unwrap();
    assert!(speech.warnings.is_empty(), "{:?}", speech.warnings);
    let speaker = &speech.timeline.speakers[0];
    let my = speaker.words.iter().find(|word| word.text == "My").unwrap();
    assert_eq!(speaker.marks[0].time, my.start);
    assert!(speaker.phones.len() > 40);
}

#[test]
fn what_is_no_speech_is_said() {
    let desk = Desk::new();
    let silence = desk.sound("silence.wav", &Sound::silence(Time::from_millis(3000), 16_000));
    for text in [None, Some(WORDS)] {
        let aligned = desk.align(&silence, text);
        assert!(aligned.timeline.speakers[0].phones.is_empty());
        assert!(warned(&aligned).contains("no speech is heard"), "{}", warned(&aligned));
    }
    // A chord that swells.
    let tone = |i: u32| {
        let t = i as f32 / 16_000.0;
        let chord: f32 =
            [220.0, 277.2, 329.6].iter().map(|hz| libm::sinf(t * hz * std::f32::consts::TAU)).sum();
        chord * 0.15 * (1.0 - libm::cosf(t * 3.0))
    };
    let music = Sound { samples: (0..64_000).map(tone).collect(), rate: 16_000 };
    // Models of speech know no music; what comes of it is whole all the same.
    for text in [None, Some(WORDS)] {
        desk.align(&desk.sound("music.wav", &music), text);
    }
}

#[test]
fn texts_that_are_not_what_is_said() {
    let desk = Desk::new();
    let audio = desk.sound("a.wav", &beginning());
    let other =
        desk.align(&audio, Some("Wir treffen uns nächste Woche wieder, gleiche Stelle, gleiche Zeit."));
    assert!(warned(&other).contains("the text is not what is said"), "{}", warned(&other));
    assert!(!other.timeline.speakers[0].phones.is_empty());
    for nothing in ["🎉🎉 🎉", "…", "— !"] {
        let aligned = desk.align(&audio, Some(nothing));
        assert!(warned(&aligned).contains("no word that can be said"), "{nothing}: {}", warned(&aligned));
        assert!(!aligned.timeline.speakers[0].phones.is_empty());
    }
    // A sentence too many.
    let longer = format!("{WORDS} Tomorrow the weather will be fine in all parts of the country.");
    let aligned = desk.align(&audio, Some(&longer));
    let told: Vec<String> = aligned.differences.iter().map(|(_, _, told)| told.message.clone()).collect();
    assert!(told.iter().any(|told| told.contains("is not heard")), "{told:?}");
    assert!(near_truth(&aligned.timeline.speakers[0].phones) >= 0.8);
}

#[test]
fn the_command_writes_checks_and_reports() {
    let desk = Desk::new();
    let audio = desk.sound("a.wav", &beginning());
    let text = desk.bytes("a.txt", WORDS.as_bytes());
    let run = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("rhetor").unwrap();
        let output = command.arg("align").arg(&audio).args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (out, page) = (desk.path("out/a.timeline.json"), desk.path("a.html"));
    fs::create_dir(desk.path("out")).unwrap();
    let (text, out, page) = (text.to_str().unwrap(), out.to_str().unwrap(), page.to_str().unwrap());
    let (code, said) = run(&["--text", text, "-o", out, "--report", page, "--check"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(desk.path("out/a.wav").is_file(), "the sound does not lie beside the timeline");
    let html = fs::read_to_string(page).unwrap();
    assert!(html.contains("data:image/png;base64,") && html.contains("Thalia"));
    assert!(!html.contains("http"), "the page asks a network for something");
    let wrong =
        desk.bytes("b.txt", b"Good morning. Nobody has ever said anything remotely like that in this place.");
    let (code, said) = run(&["--text", wrong.to_str().unwrap(), "--check"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("is not heard") || said.contains("not what is said"), "{said}");
    assert_eq!(run(&["--check"]).0, Some(2));
    assert_eq!(run(&[]).0, Some(2));
    let (code, said) = run(&["--text", "no-such.txt", "-o", out]);
    assert!(code == Some(1) && said.contains("no-such.txt"), "{said}");
}

#[test]
fn what_is_no_sound_is_refused_by_name() {
    let desk = Desk::new();
    for (name, bytes) in
        [("empty.wav", &b""[..]), ("noise.mp3", b"this is not sound"), ("cut.wav", b"RIFF\0\0\0\0WAVE")]
    {
        let request = AlignRequest { audio: desk.bytes(name, bytes), ..AlignRequest::default() };
        let error = align_file(&request, &Job::silent()).unwrap_err();
        assert!(error.to_string().contains(name), "{error}");
    }
    let whole = read_wav(&fs::read(desk.sound("a.wav", &beginning())).unwrap(), "a.wav").unwrap();
    assert_eq!(whole.duration(), Time::from_secs_f64(SECONDS));
}
