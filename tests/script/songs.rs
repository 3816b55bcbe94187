//! Songs: notes of UltraStar files, lyrics whose times are out of order, and what is sung on both.

use rhetor::script::Timeline;
use rhetor::script::foreign::{self, Options};
use rhetor::time::Time;

use super::foreign::{convert, fixture, millis, words};

/// A text as a song, and all that is told, a line each.
fn song(text: &str) -> Result<(Timeline, String), String> {
    match foreign::to_timeline(text.as_bytes(), "song.txt") {
        Ok((timeline, told)) => {
            Ok((timeline, told.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
        }
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn notes_are_words_lines_melody_and_beat() {
    let (timeline, told) = convert("song.txt");
    let singer = &timeline.speakers[0];
    // A beat is 15 / 400 s = 37.5 ms.
    let expected =
        "1000-1300 Good, 1300-2500 morning, 2650-2875 sing, 2950-3175 it, 3400-3700 a, 3850-4000 now";
    assert_eq!(words(singer), expected);
    let captions: Vec<&str> = timeline.captions.iter().map(|caption| caption.text.as_str()).collect();
    assert_eq!(captions, ["Good morning,", "sing it", "a now."]);
    assert_eq!(singer.phrases.len(), 3);
    let pitch = |secs: f64| singer.prosody.as_ref().unwrap().pitch_hz[(secs * 100.0) as usize];
    assert!((pitch(1.1) - 261.63).abs() < 0.01, "{}", pitch(1.1));
    assert!((pitch(1.7) - 329.63).abs() < 0.01);
    assert_eq!((pitch(0.5), pitch(3.0)), (0.0, 0.0), "silence and freestyle have no pitch");
    let [beat] = timeline.cues.as_slice() else { panic!("{:?}", timeline.cues) };
    // 400, halved twice, is 100: 0.6 s, and one of the beats falls on 1 s.
    assert_eq!(
        (beat.name.as_str(), beat.args.as_slice(), millis(beat.time)),
        ("beat", &["100".to_owned()][..], 400.0)
    );
    assert_eq!(timeline.audio[0].file, "tone.mp3");
    assert!(told.contains("song.txt:16:1: ") && told.contains("this note is broken"), "{told}");
}

#[test]
fn both_voices_of_a_duet_are_speakers() {
    let (timeline, told) = convert("duet.txt");
    let shown: Vec<String> = timeline.speakers.iter().map(|s| format!("{}: {}", s.id, words(s))).collect();
    // A beat is 0.25 s; after a line, beats count from the second number of its end.
    assert_eq!(
        shown,
        ["Anna: 500-1500 One, 2500-3500 three, 5500-6500 all", "singer 2: 1500-2500 two, 5500-6500 all"]
    );
    assert_eq!(told, "");
}

#[test]
fn broken_songs_say_what_and_where() {
    let no_tempo = foreign::read_as(
        b": 0 4 0 la",
        "x.txt",
        &Options { from: foreign::of_id("ultrastar").ok(), rate: None },
    );
    assert!(no_tempo.unwrap_err().to_string().starts_with("x.txt:1:1: the song does not say its BPM"));
    assert!(
        song("#TITLE:x\n#BPM:fast\n: 0 4 0 la")
            .unwrap_err()
            .starts_with("song.txt:2:1: 'fast' is no number for BPM")
    );
    assert!(song("#BPM:0\n: 0 4 0 la").unwrap_err().starts_with("song.txt:1:1: the BPM must be above 0"));
    assert!(song("#BPM:120\n: 0 q 0 la").unwrap_err().starts_with("song.txt:2:1: the song has no note"));
    let rows =
        "#BPM:150\n: 0 4 0 a\nx 4 4\n: 10 4 0  c\n: 5 6 0  b\n- soon\nP7\n: 30 0 0 d\nB 40\n: 50 4 0 e";
    let (timeline, told) = song(rows).unwrap();
    // Nothing else is lost, and what is out of order is in its place.
    assert_eq!(words(&timeline.speakers[0]), "0-400 a, 500-1000 b, 1000-1400 c, 5000-5400 e");
    for (line, what) in [
        (3, "this row is no note"),
        (5, "this note begins before the one ahead of it"),
        (5, "this note lasts into the next"),
        (6, "the end of this line has no time"),
        (7, "this voice is not known"),
        (8, "this note has no length"),
        (9, "this change of tempo is broken"),
    ] {
        assert!(
            told.lines().any(|t| t.starts_with(&format!("song.txt:{line}:1: ")) && t.contains(what)),
            "{what}: {told}"
        );
    }
}

#[test]
fn lyrics_out_of_order_are_told_with_their_line_and_nothing_is_lost() {
    let text = "[00:01.00]one two\n[00:09.00]five\n[00:05.00]three <00:07.00>x <00:06.00>y\n[00:05.00]drei";
    let (timeline, told) = foreign::to_timeline(text.as_bytes(), "a.lrc").unwrap();
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    let said: Vec<&str> = timeline.speakers[0].words.iter().map(|w| w.text.as_str()).collect();
    assert_eq!(said, ["one", "two", "three", "x", "y", "five"]);
    assert_eq!(timeline.captions.len(), 4);
    assert!(
        told[0].starts_with("a.lrc:3:1: the line at 00:05.00 stands after one at 00:09.00; it was put"),
        "{told:?}"
    );
    assert!(told[1].starts_with("a.lrc:3:1: the time 00:06.00 within this line does not follow"), "{told:?}");
    assert!(told[2].starts_with("a.lrc:4:1: this line has the time of the one ahead"), "{told:?}");
    assert_eq!(told.len(), 3, "{told:?}");
    // A chorus that comes again is no disorder.
    let again = "[00:01.00][00:05.00]one two\n[00:03.00]three";
    assert_eq!(foreign::to_timeline(again.as_bytes(), "a.lrc").unwrap().1, []);
}

#[test]
fn what_is_sung_is_phones_with_long_vowels() {
    use rhetor::host;
    let (timeline, _) =
        host::convert(&fixture("song.txt"), "song.txt", &Options::default(), &rhetor::job::Job::silent())
            .unwrap();
    let phones = &timeline.speakers[0].phones;
    let at =
        |ms: i64| phones.iter().find(|p| p.start <= Time::from_millis(ms) && Time::from_millis(ms) < p.end);
    // "ning," is sung from 1.6 s on and held to 2.5 s; it closes at its end.
    assert!(at(1800).unwrap().ipa == "ɪ" && at(2400).unwrap().ipa == "ɪ", "{phones:?}");
    assert_eq!(at(2490).unwrap().ipa, "ŋ");
    assert!(at(1590).unwrap().ipa == "n", "the consonant comes a little before its note");
}

/// Lines may be songs: the sound is the song's own, and so are the words where the script says none.
#[test]
fn a_line_may_be_a_song() {
    use rhetor::job::Job;
    use rhetor::production::{Production, Request};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let text = String::from_utf8(fixture("song.txt")).unwrap();
    std::fs::write(at("silent.txt"), text.replace("#MP3:tone.mp3\n", "")).unwrap();
    std::fs::write(at("other.tsv"), fixture("rhubarb.tsv")).unwrap();
    let load = |line: &str| {
        // The folder's name keeps it from being found in a cache, where there are no warnings.
        let script = format!("version = \"1.0\"\n[[lines]]\n{line}\n# {}\n", folder.path().display());
        std::fs::write(at("x.speech.toml"), script).unwrap();
        let input = at("x.speech.toml").display().to_string();
        Production::load(&Request { input, ..Request::default() }, &Job::silent()).map_err(|e| e.to_string())
    };
    let song = load("timing = \"silent.txt\"").unwrap();
    let singer = &song.timeline.speakers[0];
    // All comes when the first line of a speech begins.
    assert_eq!(words(singer).split(", ").next(), Some("1300-1600 Good"));
    assert_eq!(song.timeline.captions[0].text, "Good morning,");
    // Its music is over with it, whatever is said later.
    assert_eq!(
        (millis(song.timeline.cues[0].time), song.timeline.cues[0].end.map(millis)),
        (700.0, Some(4300.0))
    );
    assert!(singer.phones.iter().any(|phone| phone.end - phone.start > Time::from_millis(700)));
    let shown = load("timing = \"silent.txt\"\ntext = \"Good morning sing it [smile] a now\"").unwrap();
    assert_eq!(millis(shown.timeline.speakers[0].marks[0].time), 3700.0);
    let wrong = load("timing = \"silent.txt\"\ntext = \"Other words\"").unwrap();
    let told: Vec<String> = wrong.warnings.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|t| t.contains("x.speech.toml:3:10: the line has 2 words and 'silent.txt' 6")),
        "{told:?}"
    );
    let lips = load("text = 'x'\ntiming = \"other.tsv\"").unwrap_err();
    assert!(lips.contains("x.speech.toml:4:10: a timing needs the sound that it times"), "{lips}");
}

/// Whoever sings moves with the beat and holds long vowels; whoever speaks does neither.
#[test]
fn who_sings_moves_with_the_beat() {
    use rhetor::production::{Production, Request};
    use rhetor::vocabulary::{Bone, Viseme};
    let folder = tempfile::tempdir().unwrap();
    // Ten seconds of one vowel at 120.
    let notes = "#BPM:120\n#GAP:0\n: 0 80 0 ah";
    let input = folder.path().join("ah.txt").display().to_string();
    std::fs::write(&input, notes).unwrap();
    let sung =
        Production::load(&Request { input, ..Request::default() }, &rhetor::job::Job::silent()).unwrap();
    let acting = |millis: i64| sung.performance.acting(0, Time::from_millis(millis)).unwrap();
    // Without the drift of a standing body, which is the same on both sides of a beat.
    let lean = |millis: i64| {
        let at = |ms: i64| acting(ms).bones.of(Bone::Chest).z;
        at(millis) - (at(millis - 500) + at(millis + 500)) / 2.0
    };
    for beat in 6..14 {
        let (here, next) = (lean(beat * 500), lean((beat + 1) * 500));
        assert!(here * next < 0.0 && here.abs() > 0.01, "beat {beat}: {here} {next}");
    }
    let open: Vec<f32> = (2500..7500).map(|ms| acting(ms).visemes[Viseme::Aa.index()]).collect();
    let (least, most) = open.iter().fold((1.0f32, 0.0f32), |(a, b), w| (a.min(*w), b.max(*w)));
    assert!(least > 0.5 && (0.02..0.12).contains(&(most - least)), "{least} {most}");
}

/// The bundled song: lips close at the ends of its notes, long vowels are open, and the music is in step with the notes.
#[cfg(feature = "audio")]
#[test]
fn the_bundled_song_is_sung() {
    use rhetor::production::{Production, Request};
    use rhetor::vocabulary::{Phone, PhoneKind, Viseme};
    let input = crate::common::repository().join("assets/speeches/song.speech.toml").display().to_string();
    let song =
        Production::load(&Request { input, ..Request::default() }, &rhetor::job::Job::silent()).unwrap();
    let singer = &song.timeline.speakers[0];
    assert_eq!((singer.words.len(), song.timeline.captions.len()), (43, 3));
    assert_eq!(song.timeline.cues[0].args, ["112"]);
    let weight = |t: Time, viseme: Viseme| song.performance.acting(0, t).unwrap().visemes[viseme.index()];
    let (mut closures, mut held) = (0, 0);
    for timed in &singer.phones {
        let phone = Phone::from_ipa(&timed.ipa).unwrap();
        let middle = Time::from_nanos((timed.start.as_nanos() + timed.end.as_nanos()) / 2);
        if phone.kind == PhoneKind::Bilabial {
            closures += 1;
            assert!(weight(middle, Viseme::PP) > 0.9, "{} at {}", timed.ipa, timed.start);
        } else if timed.end - timed.start > Time::from_millis(450) {
            held += 1;
            assert!(weight(middle, phone.viseme) > 0.5, "{} at {}", timed.ipa, timed.start);
        }
    }
    assert!(closures >= 12 && held >= 6, "{closures} {held}");
    // "light" is sung on the E above middle C, whatever the instruments play.
    let pitch = &singer.prosody.as_ref().unwrap().pitch_hz;
    assert!((pitch[590] - 329.6).abs() < 0.1, "{}", pitch[590]);
}
