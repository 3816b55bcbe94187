//! `NAME.timeline.json`: round trips, and every rule with its line and column.

use proptest::prelude::*;
use rhetor::diagnostic::{Diagnostic, Position, Severity};
use rhetor::script::Timeline;
use rhetor::script::timeline::{
    AudioClip, AudioRole, BoundaryTone, Caption, ChannelTrack, Dials, LookChoice, Mark, Phrase, Prosody,
    Speaker, StageChoice, TimedPhone, TimedViseme, Word,
};
use rhetor::time::{FrameRate, Time};
use rhetor::vocabulary::{Channel, Viseme};

/// The first error of a text in which `»` shows where it must be found.
fn refused(marked: &str) -> String {
    let offset = marked.find('»').expect("no place is shown");
    let text = marked.replace('»', "");
    let diagnostics = Timeline::from_json(&text, "t").expect_err("it was taken");
    let first = diagnostics.iter().find(|d| d.severity == Severity::Error).expect("no error");
    assert_eq!(first.position, Some(Position::of(&text, offset)), "{first}");
    let help = first.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
    format!("{}{help}", first.message)
}

/// A timeline whose second line is `line`.
fn with(line: &str) -> String {
    format!("{{\"version\": \"1.0\", \"duration\": 9,\n{line}}}")
}

/// A speaker's list in the second line.
fn speaker(list: &str) -> String {
    with(&format!("\"speakers\": [{{\"id\": \"a\", {list}}}]"))
}

#[test]
fn the_smallest_timeline_is_whole() {
    let (timeline, warnings) = Timeline::from_json("{\"version\":\"1.0\",\"duration\":1.5}", "t").unwrap();
    assert_eq!(timeline, Timeline { duration: Time::from_millis(1500), ..Timeline::default() });
    assert_eq!(warnings, []);
}

#[test]
fn keys_and_types_are_strict_and_located() {
    assert_eq!(refused(&with("»\"durration\": 3")), "unknown key 'durration' (did you mean 'duration'?)");
    assert_eq!(
        refused(&speaker("\"phones\": [{\"start\": 0, \"end\": 1, \"ipa\": \"a\", »\"tones\": 1}]")),
        "unknown key 'tones' (did you mean 'tone'?)"
    );
    assert_eq!(refused(&speaker("\"phones\": [»{\"start\": 0, \"ipa\": \"a\"}]")), "'end' is missing");
    assert_eq!(refused(&with("\"seed\": »\"x\"")), "expected a whole number from 0, found the text 'x'");
    assert_eq!(refused(&with("\"speakers\": »{}")), "expected a list, found a table of keys");
    assert_eq!(refused(&with("\"seed\": 1, »\"seed\": 1")), "the key 'seed' stands twice");
    assert_eq!(
        refused(&speaker("\"visemes\": [{\"start\": 0, \"end\": 1, \"viseme\": »\"Ihh\"}]")),
        "unknown name 'Ihh' (did you mean 'ih'?)"
    );
    let both = Timeline::from_json(&with("\"sed\": 1, \"cue\": []"), "t").unwrap_err();
    assert_eq!(both.len(), 2, "both unknown keys are told");
    Timeline::from_json(&with("\"x-tool\": {\"any\": [1, {}]}, \"cues\": []"), "t").unwrap();
}

#[test]
fn channels_are_whole_frames_of_known_names() {
    let track = |rest: &str| {
        speaker(&format!(
            "\"channels\": [{{\"rate\": \"60\", \"names\": [\"jawOpen\", \"tongueOut\"], {rest}}}]"
        ))
    };
    let text = track("\"frames\": [[0, 1], [0.5, 0.25]]");
    let (timeline, _) = Timeline::from_json(&text, "t").unwrap();
    assert_eq!(timeline.speakers[0].channels[0].end(), Time::from_nanos(33_333_333));
    assert!(timeline.to_json().contains("\"version\": \"1.1\""));
    assert_eq!(refused(&track("\"frames\": [[0, 1], »[0.5]]")), "1 weights for 2 channels");
    assert_eq!(refused(&track("\"frames\": [[0, »1.5]]")), "1.5 is not in 0..=1");
    assert_eq!(
        refused(&speaker("\"channels\": [{\"rate\": \"60\", \"names\": [»\"jawOpn\"], \"frames\": [[0]]}]")),
        "unknown name 'jawOpn' (did you mean 'jawOpen'?)"
    );
    assert_eq!(
        refused(&speaker(
            "\"channels\": [{\"rate\": \"60\", \"names\": [\"jawOpen\", »\"jawOpen\"], \"frames\": [[0, 0]]}]"
        )),
        "the channel 'jawOpen' stands twice"
    );
    let rate = refused(&speaker("\"channels\": [{\"rate\": »\"fast\", \"names\": [], \"frames\": [[]]}]"));
    assert!(rate.contains("'fast' is not a frame rate"), "{rate}");
}

#[test]
fn text_that_is_no_json_is_refused() {
    assert_eq!(refused("»"), "the text ends where a value is expected (the file is cut off or empty)");
    assert_eq!(refused("{\"version\": \"1.0\",\n \"duration\": »NaN}"), "'NaN' is not a finite number");
    assert_eq!(refused("{\"version\": \"1.0\",\n»}"), "a key in quotes is expected, not '}'");
    assert_eq!(refused("{\"duration\": »01}"), "'01' is no number as JSON writes it");
    assert_eq!(refused("{\"duration\": »\"字"), "a text is not closed with '\"'");
    assert_eq!(refused("{\"字\": 1} »x"), "more text after the end of the document");
    let deep = format!("{}»{}", "[".repeat(64), "[".repeat(100_000));
    assert_eq!(refused(&deep), "nested more than 64 deep");
}

#[test]
fn the_look_makes_a_file_of_version_1_2() {
    let text = "{\"version\": \"1.2\", \"duration\": 1, \"stage\": {\"tone\": \"aces\", \"aperture\": 1.8, \"grain\": 0.25}}";
    let (timeline, warnings) = Timeline::from_json(text, "t").unwrap();
    let look = &timeline.stage.look;
    assert_eq!((look.tone.as_deref(), look.aperture, look.grain), (Some("aces"), Some(1.8), Some(0.25)));
    assert_eq!((look.exposure, look.bloom, look.vignette), (None, None, None));
    assert!(warnings.is_empty());
    assert!(timeline.to_json().contains("\"version\": \"1.2\""));
}

#[test]
fn versions_are_kept_apart() {
    assert_eq!(
        refused("{\"version\": »\"2.0\", \"duration\": 1}"),
        "version 2.0 cannot be read, only version 1 (update the program)"
    );
    assert!(refused("{\"version\": »1, \"duration\": 1}").starts_with("the version is no text"));
    assert!(refused(" »{\"duration\": 1}").starts_with("the version is missing"));
    let newer = "{\"version\": \"1.7\", \"duration\": 1, \"weather\": []}";
    let (_, warnings) = Timeline::from_json(newer, "t").unwrap();
    let told: Vec<String> = warnings.iter().map(Diagnostic::to_string).collect();
    assert!(told[0].starts_with("t:1:13: version 1.7 is newer than 1.2"), "{told:?}");
    assert!(told[1].starts_with("t:1:35: unknown key 'weather'"), "{told:?}");
    assert!(warnings.iter().all(|w| w.severity == Severity::Warning));
}

#[test]
fn times_are_strict_and_located() {
    let phone = |start: &str, end: &str| format!("{{\"start\": {start}, \"end\": {end}, \"ipa\": \"a\"}}");
    let phones = |list: &[String]| refused(&speaker(&format!("\"phones\": [\n{}]", list.join(",\n"))));
    assert_eq!(phones(&[phone("1", "»1")]), "it ends no later than it begins");
    assert_eq!(phones(&[phone("»-1", "1")]), "the time -1 is negative");
    assert_eq!(phones(&[phone("»1e999", "1")]), "'1e999' is not a finite number");
    assert_eq!(phones(&[phone("0", "»864001")]), "the time 864001 is later than ten days (864000 seconds)");
    assert_eq!(
        phones(&[phone("0", "»9.5")]),
        "it lies after the end of the speech at 9 s (raise 'duration')"
    );
    assert_eq!(
        phones(&[phone("0", "2"), phone("»1", "3")]),
        "this phone overlaps the one before it, which ends at 2.000000s"
    );
    assert_eq!(
        phones(&[phone("2", "3"), phone("»1", "2")]),
        "this phone begins before the one ahead of it (sort by start)"
    );
    let words = "\"words\": [{\"start\": 0, \"end\": 2, \"text\": \"a\"}, {\"start\": »1, \"end\": 3, \"text\": \"b\"}]";
    assert!(refused(&speaker(words)).starts_with("this word overlaps"));
    let marks = "\"marks\": [{\"time\": 2, \"name\": \"smile\"}, {\"time\": »1, \"name\": \"smile\"}]";
    assert!(refused(&speaker(marks)).starts_with("this mark stands before the one ahead of it"));
    let cue = "\"cues\": [{\"time\": »10, \"name\": \"slide\", \"args\": [\"2\"]}]";
    assert!(refused(&with(cue)).starts_with("it lies after the end"));
}

#[test]
fn ranges_names_and_paths_are_strict_and_located() {
    let viseme = "\"visemes\": [{\"start\": 0, \"end\": 1, \"viseme\": \"aa\", \"weight\": »1.5}]";
    assert_eq!(refused(&speaker(viseme)), "1.5 is not in 0..=1");
    assert_eq!(
        refused(&with("\"speakers\": [{\"id\": \"a\"}, {\"id\": »\"a\"}]")),
        "two speakers are called 'a'"
    );
    let clip = |keys: &str| {
        refused(&with(&format!(
            "\"speakers\": [{{\"id\": \"anna\"}}], \"audio\": [{{\"start\": 0, {keys}}}]"
        )))
    };
    assert_eq!(
        clip("\"file\": \"a.wav\", \"speaker\": »\"ana\""),
        "there is no speaker 'ana' (did you mean 'anna'?)"
    );
    for path in
        ["../a.wav", "/a.wav", "https://a/b.wav", "a\\\\b.wav", "c:a.wav", "", "a/../../b", "a\\u0000"]
    {
        clip(&format!("\"file\": »\"{path}\""));
    }
    assert!(clip("\"file\": \"a.wav\", \"sha256\": »\"00\"").contains("64 digits"));
    assert!(clip("\"file\": \"a.wav\", \"in\": 2, \"out\": »1").contains("ends no later"));
    assert!(clip("\"file\": \"a.wav\", \"out\": »9.5").contains("lies after the end"));
    assert_eq!(refused(&with("\"dials\": {\"lips\": »3}")), "3 is not in 0..=2");
    let avatar = "\"avatar\": »\"../a.glb\"";
    assert!(refused(&speaker(avatar)).starts_with("a path leads out"));
}

#[test]
fn what_does_nothing_is_a_warning() {
    let list = "\"marks\": [{\"time\": 0, \"name\": \"smle\"}, {\"time\": 0, \"name\": \"x-any\"}], \
                \"phones\": [{\"start\": 0, \"end\": 1, \"ipa\": \"☃\"}, {\"start\": 1, \"end\": 2, \"ipa\": \"☃\"}]";
    let (_, warnings) = Timeline::from_json(&speaker(list), "t").unwrap();
    let told: Vec<String> = warnings.iter().map(Diagnostic::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("phone '☃' is not known"), "{told:?}");
    assert!(told[1].contains("did you mean 'smile'?"), "{told:?}");
}

#[test]
fn many_warnings_hide_no_error() {
    let mark = "{\"time\": 0, \"name\": \"unheard-of\"}";
    let marks = format!("\"marks\": [{}], \"phones\": []", vec![mark; 50].join(", "));
    let text = speaker(&marks).replace("]}]}", "]}], \"cues\": [{\"time\": 10, \"name\": \"x-late\"}]}");
    let told = Timeline::from_json(&text, "t").unwrap_err();
    assert_eq!(told.len(), 20);
    assert!(told.iter().any(|d| d.severity == Severity::Error));
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 1..6)
        .prop_map(|c| format!("n{}", c.into_iter().collect::<String>()))
}

/// Spans in order that do not overlap, to the nanosecond.
fn spans() -> impl Strategy<Value = Vec<(Time, Time)>> {
    proptest::collection::vec((0..2_000_000_000i64, 1..900_000_000i64), 0..8).prop_map(|steps| {
        let mut at = 0;
        let mut step = |(gap, length)| {
            let start = at + gap;
            at = start + length;
            (Time::from_nanos(start), Time::from_nanos(at))
        };
        steps.into_iter().map(&mut step).collect()
    })
}

fn mark() -> impl Strategy<Value = Mark> {
    (any::<bool>(), text(), proptest::collection::vec(text(), 0..3)).prop_map(|(span, name, args)| Mark {
        time: Time::from_millis(700),
        end: span.then_some(Time::from_nanos(700_000_001)),
        name,
        args,
    })
}

fn any_speaker() -> impl Strategy<Value = Speaker> {
    let values = (0.0..=1.0f32, 0..=2u8, 0..=5u8);
    (spans(), spans(), values, text(), proptest::collection::vec(mark(), 0..3), any::<bool>()).prop_map(
        |(phones, words, (unit, stress, tone), text, marks, more)| Speaker {
            id: text.clone(),
            avatar: more.then(|| "people/host.glb".to_owned()),
            phones: phones
                .iter()
                .map(|&(start, end)| TimedPhone {
                    start,
                    end,
                    ipa: text.clone(),
                    stress,
                    tone,
                    confidence: unit,
                })
                .collect(),
            visemes: words
                .iter()
                .map(|&(start, end)| TimedViseme { start, end, viseme: Viseme::Ou, weight: unit })
                .collect(),
            words: words
                .iter()
                .map(|&(start, end)| Word { start, end, text: text.clone(), language: "de".to_owned() })
                .collect(),
            channels: more
                .then(|| ChannelTrack {
                    start: Time::from_nanos(5),
                    rate: FrameRate::new(30_000, 1001).unwrap(),
                    channels: vec![Channel::JawOpen, Channel::TongueOut],
                    frames: vec![vec![unit, 0.0], vec![1.0, unit]],
                })
                .into_iter()
                .collect(),
            marks,
            phrases: words
                .iter()
                .map(|&(start, end)| Phrase { start, end, boundary: more.then_some(BoundaryTone::Rise) })
                .collect(),
            prosody: more
                .then(|| Prosody { loudness_db: vec![-unit * 60.0; 150], pitch_hz: vec![unit; 150] }),
        },
    )
}

fn any_timeline() -> impl Strategy<Value = Timeline> {
    (any_speaker(), mark(), any::<u64>(), text(), 0.0..2.0f32, proptest::option::of(0.0..=1.0f32)).prop_map(
        |(speaker, cue, seed, text, dial, blue)| Timeline {
            duration: Time::from_nanos(40_000_000_001),
            seed,
            stage: StageChoice {
                camera: blue.map(|_| text.clone()),
                light: blue.map(|_| "daylight".to_owned()),
                backdrop: blue.map(|b| [0.0, 1.0, b]),
                environment: blue.map(|_| "hall/foyer.hdr".to_owned()),
                environment_turn: blue.map(|b| b * 360.0 - 180.0),
                look: LookChoice {
                    tone: blue.map(|_| "agx".to_owned()),
                    exposure: blue.map(|b| b - 0.5),
                    aperture: blue.map(|b| b + 1.4),
                    bloom: blue,
                    ..LookChoice::default()
                },
            },
            dials: Dials { lips: dial, jaw: 0.5, breath: 0.25, composure: 2.0, ..Dials::default() },
            disclosure: blue.map(|_| text.clone()),
            audio: vec![AudioClip {
                role: AudioRole::Effect,
                speaker: Some(speaker.id.clone()),
                start: Time::from_nanos(1),
                file_in: Time::from_nanos(333_333_333),
                file_out: blue.map(|_| Time::from_millis(2000)),
                gain_db: -dial,
                file: "音/a b.wav".to_owned(),
                sha256: blue.map(|_| "0f".repeat(32)),
            }],
            captions: vec![Caption {
                language: "zh".to_owned(),
                start: Time::ZERO,
                end: Time::from_millis(1),
                text,
            }],
            speakers: vec![speaker],
            cues: vec![cue],
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn writing_and_reading_gives_the_same(timeline in any_timeline()) {
        let json = timeline.to_json();
        let (again, _) = Timeline::from_json(&json, "t").map_err(|d| TestCaseError::fail(format!("{d:?}\n{json}")))?;
        prop_assert_eq!(&again, &timeline);
        prop_assert_eq!(again.to_json(), json);
        prop_assert!(timeline.validate().is_ok());
    }
}
