//! The bundled speeches: whole, made from their scripts, and in step with their sound.

use rhetor::host;
use rhetor::job::Job;
use rhetor::script::{Script, words};
use std::path::{Path, PathBuf};

const NAMES: [&str; 2] = ["forum", "forum.zh"];

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/speeches").join(format!("{name}.speech.toml"))
}

/// Loading would start no synthesiser: the timeline beside the script was made from this very script.
#[test]
fn they_need_no_synthesiser() {
    for name in NAMES {
        let speech = host::load_speech(path(name).to_str().unwrap(), &[], &Job::silent()).unwrap();
        assert!(
            speech.timeline.audio.iter().all(|clip| clip.file == format!("{name}.ogg")),
            "{name}: made anew"
        );
        assert!(speech.warnings.is_empty(), "{name}: {:?}", speech.warnings);
        let warnings = speech.timeline.validate().unwrap();
        assert!(warnings.is_empty(), "{name}: {warnings:?}");
        let speaker = &speech.timeline.speakers[0];
        assert_eq!(speaker.avatar.as_deref(), Some("thalia"));
        let text = std::fs::read_to_string(path(name)).unwrap();
        let (script, _) = Script::from_toml(&text, name).unwrap();
        let spoken: usize = script.lines.iter().map(|line| words::split(&line.spoken).len()).sum();
        assert_eq!(speaker.words.len(), spoken);
        assert!(speaker.marks.iter().any(|mark| mark.name == "smile"));
        assert!((35.0..55.0).contains(&speech.timeline.duration.as_secs_f64()));
        let size = std::fs::metadata(path(name).with_file_name(format!("{name}.ogg"))).unwrap().len();
        assert!(size < 600_000, "{name}.ogg has {size} bytes");
    }
}

/// The loudness in the timeline was measured before encoding; a shift of one step would show.
#[cfg(feature = "audio")]
#[test]
fn their_sound_is_in_step_with_their_timeline() {
    use rhetor::source::Source;
    use rhetor::speech::{Sound, prosody_of};
    for name in NAMES {
        let speech = host::load_speech(path(name).to_str().unwrap(), &[], &Job::silent()).unwrap();
        let bytes = speech.source.read(&format!("{name}.ogg")).unwrap();
        let pcm = rhetor::audio::decode(&bytes, name).unwrap();
        assert_eq!(pcm.channels, 1);
        let off = (pcm.duration() - speech.timeline.duration).abs();
        assert!(off.as_millis_f64() < 1.0, "{name}: the sound differs from the timeline by {off:?}");
        let sound = Sound { samples: pcm.samples, rate: pcm.rate };
        let heard = prosody_of(&sound).loudness_db;
        let written = &speech.timeline.speakers[0].prosody.as_ref().unwrap().loudness_db;
        let distance = |shift: usize| {
            let pairs = heard.iter().skip(shift).zip(written.iter()).filter(|(_, db)| **db > -40.0);
            let differences: Vec<f32> = pairs.map(|(a, b)| (a - b).abs()).collect();
            differences.iter().sum::<f32>() / differences.len() as f32
        };
        assert!(
            distance(0) < 0.6 && distance(1) > 2.0 * distance(0),
            "{name}: {} {}",
            distance(0),
            distance(1)
        );
        // A stop's closure is quieter than a vowel, or the times are wrong.
        let mean = |wanted: fn(&str) -> bool| {
            let phones = speech.timeline.speakers[0].phones.iter().filter(|phone| wanted(&phone.ipa));
            let levels: Vec<f32> = phones
                .map(|phone| heard[((phone.start + phone.end).as_millis_f64() / 20.0) as usize])
                .collect();
            levels.iter().sum::<f32>() / levels.len() as f32
        };
        let (vowels, stops) = (mean(|ipa| "aɑæɛɔou".contains(ipa)), mean(|ipa| "ptk".contains(ipa)));
        assert!(stops < vowels - 10.0, "{name}: stops {stops:.1} dB, vowels {vowels:.1} dB");
    }
}
