//! Sentences are kept: what was said once is not said again.
#![cfg(unix)]

use rhetor::host::{Cache, Config, FolderSource, Prepared, prepare, write_wav};
use rhetor::job::Job;
use rhetor::script::Script;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// A voice that notes every start.
struct Voice {
    folder: tempfile::TempDir,
    config: Config,
    cache: Cache,
}

impl Voice {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path().display();
        let tone = (0..8000).map(|i| 0.3 * libm::sinf(i as f32 * 0.1)).collect();
        let sound = rhetor::speech::Sound { samples: tone, rate: 16_000 };
        std::fs::write(folder.path().join("tone.wav"), write_wav(&sound).unwrap()).unwrap();
        let speak = folder.path().join("speak");
        let body = format!("#!/bin/sh\necho x >> {here}/starts\ncp {here}/tone.wav \"$2\"\n");
        std::fs::write(&speak, body).unwrap();
        std::fs::set_permissions(&speak, std::fs::Permissions::from_mode(0o755)).unwrap();
        let config = format!(
            "version = \"1.0\"\n[voices.own]\ncommand = [\"{}\", \"{{text_file}}\", \"{{out_wav}}\", \"{{stretch}}\"]\nlanguage = \"en\"\n",
            speak.display()
        );
        let cache = Cache::at(&folder.path().join("cache")).unwrap();
        Self { config: Config::parse(&config, "c").unwrap(), cache, folder }
    }

    fn starts(&self) -> usize {
        std::fs::read_to_string(self.folder.path().join("starts")).map_or(0, |text| text.lines().count())
    }

    fn prepare(&self, sentences: &[String]) -> Prepared {
        let lines = sentences.chunks(5).map(|line| format!("[[lines]]\ntext = '''{}'''\n", line.join(" ")));
        let text = format!("version = \"1.0\"\n[speakers.a]\nvoice = \"own\"\n{}", lines.collect::<String>());
        let (script, _) = Script::from_toml(&text, "test.speech.toml").unwrap();
        let source = FolderSource::new(Path::new("."), &[]).unwrap();
        prepare(&script, &source, &self.config, Some(&self.cache), "voice.wav", &Job::silent()).unwrap()
    }
}

#[test]
fn a_changed_sentence_of_a_long_script_is_spoken_alone() {
    let voice = Voice::new();
    let mut sentences: Vec<String> = (0..30).map(|n| format!("Sentence number {n}.")).collect();
    let first = voice.prepare(&sentences);
    assert_eq!(voice.starts(), 30);
    let again = voice.prepare(&sentences);
    assert_eq!(voice.starts(), 30, "nothing has changed");
    assert_eq!((again.timeline, again.voices), (first.timeline, first.voices));
    sentences[17] = "Something else.".to_owned();
    let changed = voice.prepare(&sentences);
    assert_eq!(voice.starts(), 31);
    assert!(changed.timeline.speakers[0].words.iter().any(|word| word.text == "else"));
    sentences.swap(2, 25);
    sentences.remove(9);
    voice.prepare(&sentences);
    assert_eq!(voice.starts(), 31, "a sentence is the same wherever it stands");
}

#[test]
fn the_manner_of_a_sentence_is_part_of_it_and_its_loudness_is_ours() {
    let voice = Voice::new();
    let of = |text: &str| voice.prepare(&[text.to_owned()]);
    let plain = of("One two three.");
    let slow = of("<speak><prosody rate=\"50%\">One two three.</prosody></speak>");
    assert_eq!(voice.starts(), 2);
    assert!(slow.warnings.iter().all(|w| !w.message.contains("speed")), "{:?}", slow.warnings);
    let high = of("<speak>One <prosody pitch=\"+10%\">two</prosody> three.</speak>");
    assert!(
        high.warnings.iter().any(|w| w.message.contains("cannot be told a pitch")),
        "{:?}",
        high.warnings
    );
    let soft = of("<speak>One <prosody volume=\"-12dB\">two</prosody> three.</speak>");
    let level = |made: &Prepared, word: usize| {
        let word = &made.timeline.speakers[0].words[word];
        let range = (word.start + rhetor::time::Time::from_millis(30)).to_samples(made.voices.rate) as usize
            ..(word.end - rhetor::time::Time::from_millis(30)).to_samples(made.voices.rate) as usize;
        let part = &made.voices.samples[range];
        10.0 * libm::log10f(part.iter().map(|s| s * s).sum::<f32>() / part.len() as f32)
    };
    assert!((level(&soft, 0) - level(&plain, 0)).abs() < 0.5);
    assert!(
        (level(&plain, 1) - level(&soft, 1) - 12.0).abs() < 1.0,
        "{} {}",
        level(&plain, 1),
        level(&soft, 1)
    );
}

#[test]
fn a_broken_entry_is_made_anew() {
    let voice = Voice::new();
    let sentences = vec!["One two three.".to_owned()];
    voice.prepare(&sentences);
    for entry in std::fs::read_dir(voice.folder.path().join("cache")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        voice.prepare(&sentences);
        assert_eq!(std::fs::read(&path).unwrap().len(), bytes.len(), "{}", path.display());
    }
    assert_eq!(voice.starts(), 3, "the sound and its timeline were each cut once");
}
