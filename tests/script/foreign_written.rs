//! Every format that is written is read back: the same where the format holds it, and the same file again.

use proptest::prelude::*;
use rhetor::script::Timeline;
use rhetor::script::foreign::{self, FORMATS, Format, Options, Part};
use rhetor::script::timeline::{
    AudioClip, Caption, ChannelTrack, Mark, Speaker, TimedPhone, TimedViseme, Word,
};
use rhetor::time::{FrameRate, Time};
use rhetor::vocabulary::{Channel, Viseme};

use super::foreign::{FIXTURES, convert, format, words, written};

/// Phones that every alphabet has.
const PHONES: &[&str] =
    &["p", "m", "f", "θ", "t", "k", "ʃ", "s", "n", "ɹ", "a", "ɛ", "i", "o", "u", "ə", "æ", "aɪ"];
const WORDS: &[&str] =
    &["hello", "there", "Straße", "don't", "o'clock", "zwölf", "people", "\"quoted\"", "R&D", "<b>"];

/// Consecutive or parted spans in steps of 10 ms, all of which every format can write.
fn spans() -> impl Strategy<Value = Vec<(Time, Time)>> {
    proptest::collection::vec((0..40i64, 5..60i64), 1..12).prop_map(|steps| {
        let mut at = 0;
        let mut step = |(gap, length): (i64, i64)| {
            // Every third begins where the one before it ends.
            let start = at + if gap % 3 == 0 { 0 } else { gap };
            at = start + length;
            (Time::from_millis(start * 10), Time::from_millis(at * 10))
        };
        steps.into_iter().map(&mut step).collect()
    })
}

/// What a speaker of a foreign file can have: words of phones, captions, marks.
fn timeline() -> impl Strategy<Value = Timeline> {
    let picks = proptest::collection::vec((0..PHONES.len(), 0..PHONES.len(), 0..WORDS.len() - 3), 12);
    (spans(), picks).prop_map(|(spans, picks)| {
        let mut speaker = Speaker { id: "speaker".to_owned(), ..Speaker::default() };
        for ((start, end), (first, second, word)) in spans.iter().copied().zip(picks) {
            // Two phones a word, parted on the grid.
            let middle = start + Time::from_millis(((end - start).as_millis_f64() / 20.0) as i64 * 10);
            for (start, end, place) in [(start, middle, first), (middle, end, second)] {
                let ipa = PHONES[place].to_owned();
                speaker.phones.push(TimedPhone { start, end, ipa, stress: 0, tone: 0, confidence: 1.0 });
            }
            let text = WORDS[word].to_owned();
            speaker.words.push(Word { start, end, text, language: String::new() });
        }
        let (start, end) = (spans[0].0, spans[spans.len() - 1].1);
        let said: Vec<&str> = speaker.words.iter().map(|word| word.text.as_str()).collect();
        let caption = Caption { language: String::new(), start, end, text: said.join(" ") };
        Timeline { duration: end, captions: vec![caption], speakers: vec![speaker], ..Timeline::default() }
    })
}

fn back(text: &str, id: &str) -> Timeline {
    let options = Options { from: Some(format(id)), ..Options::default() };
    let read = foreign::read_as(text.as_bytes(), "back", &options);
    read.unwrap_or_else(|error| panic!("{id}: {error}\n{text}")).0
}

/// With phones as a format has them: those of the row's alphabet.
fn ipa(speaker: &Speaker) -> Vec<(Time, Time, String)> {
    speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.clone())).collect()
}

/// Formats that hold either words or phones.
const EITHER: &[&str] = &["ctm", "audacity"];
/// Formats that are written of a timeline that says words and phones, and no face frame by frame.
fn of_speech() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.is_written() && format.holds != [Part::Channels])
}

/// Formats whose times are frames or hundredths.
const COARSE: &[&str] = &["moho", "papagayo"];
/// Formats whose words are found in the text of lines, where punctuation is no part of a word.
const SPLIT: &[&str] = &["vtt", "srt", "lrc", "elevenlabs"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_a_format_holds_comes_back(timeline in timeline()) {
        for format in of_speech() {
            let id = format.id;
            let text = written(&timeline, id);
            let read = back(&text, id);
            let (before, after) = (&timeline.speakers[0], &read.speakers[0]);
            let holds = |part| format.holds.contains(&part);
            if holds(Part::Phones) && !EITHER.contains(&id) {
                prop_assert_eq!(ipa(before), ipa(after), "{}\n{}", id, text);
            }
            if holds(Part::Words) && !COARSE.contains(&id) && id != "srt" && id != "vtt" {
                prop_assert_eq!(words(before), words(after), "{}\n{}", id, text);
            }
            if holds(Part::Words) && SPLIT.contains(&id) {
                let said = |s: &Speaker| s.words.iter().map(|w| w.text.clone()).collect::<Vec<_>>();
                prop_assert_eq!(said(before), said(after), "{}\n{}", id, text);
            }
            if holds(Part::Captions) && !COARSE.contains(&id) && id != "polly" {
                prop_assert_eq!(&timeline.captions, &read.captions, "{}\n{}", id, text);
            }
            if holds(Part::Visemes) && !holds(Part::Phones) {
                prop_assert!(!after.visemes.is_empty(), "{}\n{}", id, text);
            }
        }
    }

    /// Even where a format is coarse, what was read from it is written as the very same file.
    #[test]
    fn a_file_that_was_read_is_written_the_same(timeline in timeline()) {
        for format in of_speech() {
            let first = written(&back(&written(&timeline, format.id), format.id), format.id);
            let second = written(&back(&first, format.id), format.id);
            prop_assert_eq!(first, second, "{}", format.id);
        }
    }
}

/// Every sample goes through every format that takes it, and through the timeline's own file unchanged.
#[test]
fn samples_go_through_every_format() {
    for (name, _) in FIXTURES {
        let (timeline, _) = convert(name);
        assert_eq!(back(&written(&timeline, "timeline"), "timeline"), timeline, "{name}");
        for format in FORMATS.iter().filter(|format| format.is_written()) {
            if let Ok((text, _)) = foreign::write(&timeline, format, &Options::default()) {
                assert!(back(&text, format.id).validate().is_ok(), "{name} as {}", format.id);
            }
        }
    }
}

#[test]
fn odd_words_come_back_from_every_format_of_words() {
    for word in WORDS {
        let span = (Time::from_millis(100), Time::from_millis(600));
        let words = vec![
            Word { start: span.0, end: span.1, text: (*word).to_owned(), language: String::new() },
            Word {
                start: span.1,
                end: Time::from_millis(900),
                text: "other".to_owned(),
                language: String::new(),
            },
        ];
        let speakers = vec![Speaker { id: "speaker".to_owned(), words, ..Speaker::default() }];
        let timeline = Timeline { duration: Time::from_millis(900), speakers, ..Timeline::default() };
        for id in [
            "timeline", "textgrid", "mfa", "gentle", "elan", "azure", "polly", "cartesia", "google",
            "whisper",
        ] {
            let read = back(&written(&timeline, id), id);
            // Aligners call noises `<noise>`.
            let kept: Vec<&str> = read.speakers[0].words.iter().map(|word| word.text.as_str()).collect();
            let is_noise = *word == "<b>" && ["textgrid", "mfa", "elan", "cartesia"].contains(&id);
            assert_eq!(kept, if is_noise { vec!["other"] } else { vec![*word, "other"] }, "{id}");
        }
    }
}

#[test]
fn channels_go_where_there_is_room_and_back() {
    let frames: Vec<Vec<f32>> = (0..30).map(|index| vec![index as f32 / 64.0, 0.5]).collect();
    let channels = vec![Channel::JawOpen, Channel::MouthPucker];
    let track = ChannelTrack { start: Time::from_millis(500), rate: FrameRate::SCREEN, channels, frames };
    let speaker = Speaker { id: "speaker".to_owned(), channels: vec![track.clone()], ..Speaker::default() };
    let duration = Time::from_millis(1000);
    let timeline = Timeline { duration, speakers: vec![speaker], ..Timeline::default() };
    for id in ["azure", "live-link"] {
        let text = written(&timeline, id);
        let options = Options { from: Some(format(id)), rate: Some(FrameRate::SCREEN) };
        let (read, told) = foreign::read_as(text.as_bytes(), "back", &options).unwrap();
        assert_eq!(told, [], "{id}");
        let again = &read.speakers[0].channels[0];
        assert_eq!((again.frames.len(), again.start), (60, Time::ZERO), "{id}");
        for index in 30..60 {
            let t = FrameRate::SCREEN.time_of(index);
            let (before, after) = (track.weights(t), again.weights(t));
            assert!(before.iter().zip(after).all(|(a, b)| (a - b).abs() < 1e-4), "{id}: frame {index}");
        }
    }
    let visemes = foreign::write(&timeline, format("rhubarb-tsv"), &Options::default());
    assert!(visemes.unwrap_err().message.contains("no phones or visemes"));
}

#[test]
fn what_is_left_out_is_told() {
    let (grid, _) = convert("arpabet.TextGrid");
    let told = |timeline: &Timeline, id: &str| {
        let (_, warnings) = foreign::write(timeline, format(id), &Options::default()).unwrap();
        warnings.into_iter().map(|warning| warning.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told(&grid, "timeline"), "");
    assert_eq!(told(&grid, "textgrid"), "");
    assert_eq!(told(&grid, "rhubarb-tsv"), "left out, as the format does not hold them: words");
    assert_eq!(told(&grid, "ctm"), "left out, as the file holds words or phones: phones");
    let (polly, _) = convert("polly.marks");
    assert_eq!(
        told(&polly, "gentle"),
        "left out, as the format does not hold them: visemes, captions, marks"
    );
    let (two, _) = convert("two-voices.pgo");
    let error = foreign::write(&two, format("polly"), &Options::default()).unwrap_err();
    assert!(error.to_string().contains("here speak 'Ann' and 'Bo' (write a .TextGrid"), "{error}");
}

#[test]
fn several_speakers_stay_apart_where_the_format_has_them() {
    let speaker = |id: &str, at: i64| Speaker {
        id: id.to_owned(),
        words: vec![Word {
            start: Time::from_millis(at),
            end: Time::from_millis(at + 400),
            text: format!("said by {id}").replace(' ', ""),
            language: String::new(),
        }],
        visemes: vec![TimedViseme {
            start: Time::from_millis(at),
            end: Time::from_millis(at + 400),
            viseme: Viseme::Aa,
            weight: 1.0,
        }],
        ..Speaker::default()
    };
    let timeline = Timeline {
        duration: Time::from_millis(2000),
        speakers: vec![speaker("Ann", 0), speaker("Bo", 1000)],
        ..Timeline::default()
    };
    for id in ["timeline", "textgrid", "mfa", "elan", "papagayo", "whisper"] {
        let read = back(&written(&timeline, id), id);
        let names: Vec<&str> = read.speakers.iter().map(|speaker| speaker.id.as_str()).collect();
        assert_eq!(names, ["Ann", "Bo"], "{id}");
        assert_eq!(read.speakers[1].words[0].text, "saidbyBo", "{id}");
    }
    assert_eq!(back(&written(&timeline, "ctm"), "ctm").speakers.len(), 2);
}

#[test]
fn marks_and_sounds_stay_where_they_can() {
    let (timeline, _) = convert("polly.marks");
    let clip = AudioClip { file: "a b.wav".to_owned(), ..AudioClip::default() };
    let timeline = Timeline { audio: vec![clip], ..timeline };
    let marks: Vec<Mark> = timeline.speakers[0].marks.clone();
    assert_eq!(back(&written(&timeline, "polly"), "polly").speakers[0].marks, marks);
    for format in FORMATS.iter().filter(|format| format.is_written() && format.holds.contains(&Part::Sound)) {
        let read = back(&written(&timeline, format.id), format.id);
        assert_eq!(read.audio[0].file, "a b.wav", "{}", format.id);
    }
}
