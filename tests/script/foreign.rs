//! Foreign timing files: expected values of each format, detection by content, and the ways back.

use std::path::PathBuf;

use rhetor::script::Timeline;
use rhetor::script::foreign::{self, FORMATS, Format, Options};
use rhetor::script::timeline::{Caption, Speaker, TimedPhone};
use rhetor::time::Time;

/// The fixtures and what they are.
pub(super) const FIXTURES: &[(&str, &str)] = &[
    ("arpabet.TextGrid", "textgrid"),
    ("azure-lines.json", "azure"),
    ("azure-shapes-alone.json", "azure"),
    ("azure-shapes.json", "azure"),
    ("azure.json", "azure"),
    ("cartesia.json", "cartesia"),
    ("duet.txt", "ultrastar"),
    ("elevenlabs-stream.json", "elevenlabs"),
    ("elevenlabs.json", "elevenlabs"),
    ("enhanced.lrc", "lrc"),
    ("face.csv", "live-link"),
    ("full-context.lab", "htk"),
    ("gentle.json", "gentle"),
    ("german.pho", "mbrola"),
    ("google-proto.json", "google"),
    ("google-timepoints.json", "google"),
    ("google.json", "google"),
    ("ipa-short.TextGrid", "textgrid"),
    ("lines.txt", "audacity"),
    ("mfa-speakers.json", "mfa"),
    ("mfa.json", "mfa"),
    ("papagayo.dat", "moho"),
    ("papagayo.pgo", "papagayo"),
    ("phones.ctm", "ctm"),
    ("phones.txt", "audacity"),
    ("plain.lrc", "lrc"),
    ("plain.srt", "srt"),
    ("polly.marks", "polly"),
    ("rhubarb.dat", "moho"),
    ("rhubarb.json", "rhubarb-json"),
    ("rhubarb.tsv", "rhubarb-tsv"),
    ("rhubarb.xml", "rhubarb-xml"),
    ("rolling.vtt", "vtt"),
    ("seconds.lab", "htk"),
    ("song.txt", "ultrastar"),
    ("speakers.eaf", "elan"),
    ("synfig.dat", "moho"),
    ("tiers.eaf", "elan"),
    ("two-files.mlf", "htk"),
    ("two-sides.ctm", "ctm"),
    ("two-voices.pgo", "papagayo"),
    ("v1.0.timeline.json", "timeline"),
    ("v1.1.timeline.json", "timeline"),
    ("voices.vtt", "vtt"),
    ("voicevox.json", "voicevox"),
    ("whisper-api.json", "whisper"),
    ("whisper-cpp.json", "whisper"),
    ("whisper.json", "whisper"),
    ("whisperx.json", "whisper"),
    ("wide.srt", "srt"),
    ("words-beside.lab", "htk"),
    ("words.ctm", "ctm"),
    ("words.txt", "audacity"),
];

/// The text of a timeline in a format.
pub(super) fn written(timeline: &Timeline, id: &str) -> String {
    foreign::write(timeline, format(id), &Options::default())
        .unwrap_or_else(|error| panic!("{id}: {error}"))
        .0
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/timing")
}

pub(super) fn fixture(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A converted fixture and the warnings as text.
pub(super) fn convert(name: &str) -> (Timeline, String) {
    let (timeline, warnings) = foreign::to_timeline(&fixture(name), name).unwrap();
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    (timeline, told.join("\n"))
}

pub(super) fn millis(time: Time) -> f64 {
    time.as_millis_f64()
}

/// `start-end name` in milliseconds.
pub(super) fn visemes(speaker: &Speaker) -> String {
    let each = speaker.visemes.iter().map(|v| format!("{}-{} {}", millis(v.start), millis(v.end), v.viseme));
    each.collect::<Vec<_>>().join(", ")
}

pub(super) fn words(speaker: &Speaker) -> String {
    let each = speaker.words.iter().map(|w| format!("{}-{} {}", millis(w.start), millis(w.end), w.text));
    each.collect::<Vec<_>>().join(", ")
}

pub(super) fn phones(speaker: &Speaker) -> String {
    let each =
        |p: &TimedPhone| format!("{}-{} {}{}{}", millis(p.start), millis(p.end), p.ipa, p.stress, p.tone);
    speaker.phones.iter().map(each).collect::<Vec<_>>().join(", ")
}

/// The id of what bytes are.
fn id_of(bytes: &[u8], name: &str) -> Option<&'static str> {
    foreign::detect(bytes, name).map(|format| format.id)
}

pub(super) fn format(id: &str) -> &'static Format {
    foreign::of_id(id).unwrap()
}

#[test]
fn the_format_is_told_from_the_content() {
    for (name, id) in FIXTURES {
        assert_eq!(id_of(&fixture(name), name), Some(*id), "{name}");
    }
    for other in
        ["", "{}", "[]", "hello", "<html/>", "1\t2", "\u{0}", "version = \"1.0\"", "Chapter 1", "[smile] Hi"]
    {
        assert_eq!(id_of(other.as_bytes(), "x.txt"), None, "{other}");
        assert!(foreign::to_timeline(other.as_bytes(), "x").is_err());
    }
}

#[test]
fn every_sample_stands_in_the_list_and_every_format_has_one() {
    let entries = std::fs::read_dir(folder()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let listed: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, listed);
    for format in FORMATS {
        assert!(FIXTURES.iter().any(|(_, id)| *id == format.id), "{}", format.id);
    }
}

#[test]
fn an_ending_decides_where_the_content_cannot() {
    let labels = "0\t5\tyes\n7\t9\tno\n";
    assert_eq!(id_of(labels.as_bytes(), "a.txt"), Some("audacity"));
    assert_eq!(id_of(labels.as_bytes(), "a.LAB"), Some("htk"));
    assert_eq!(id_of(labels.as_bytes(), "a"), None);
    let from = Options { from: Some(format("audacity")), ..Options::default() };
    let (timeline, _) = foreign::read_as(labels.as_bytes(), "a", &from).unwrap();
    assert_eq!(words(&timeline.speakers[0]), "0-5000 yes, 7000-9000 no");
    assert_eq!(id_of(b"1 MBP\n5 rest\n", "a.dat"), Some("moho"));
    assert!(foreign::of_id("whispr").unwrap_err().contains("'whisper'"));
}

/// Every format's samples in the other encodings and with other row ends say the same.
#[test]
fn encodings_and_row_ends_do_not_matter() {
    for (name, id) in FIXTURES.iter().filter(|(name, _)| *name != "wide.srt") {
        let text = String::from_utf8(fixture(name)).unwrap();
        let expected = foreign::to_timeline(text.as_bytes(), name).unwrap().0;
        let wide = |unit: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            mark.encode_utf16().chain(text.encode_utf16()).flat_map(unit).collect()
        };
        let mut variants = vec![
            ("a byte order mark", format!("\u{FEFF}{text}").into_bytes()),
            ("UTF-16 BE", wide(u16::to_be_bytes, "\u{FEFF}")),
            ("UTF-16 LE", wide(u16::to_le_bytes, "\u{FEFF}")),
            ("CR LF", text.replace("\r\n", "\n").replace('\n', "\r\n").into_bytes()),
        ];
        if text.is_ascii() {
            variants.push(("UTF-16 BE without a mark", wide(u16::to_be_bytes, "")));
            variants.push(("UTF-16 LE without a mark", wide(u16::to_le_bytes, "")));
            variants.push(("CR", text.replace("\r\n", "\n").replace('\n', "\r").into_bytes()));
        }
        for (what, bytes) in variants {
            let (found, _) =
                foreign::to_timeline(&bytes, name).unwrap_or_else(|error| panic!("{name}, {what}: {error}"));
            assert_eq!(found, expected, "{name} ({id}), {what}");
        }
    }
}

#[test]
fn rhubarb_says_the_same_in_all_three() {
    let expected = "100-200 PP, 200-450 aa, 450-600 SS, 600-850 ou";
    for name in ["rhubarb.tsv", "rhubarb.xml", "rhubarb.json"] {
        let (timeline, _) = convert(name);
        assert_eq!(visemes(&timeline.speakers[0]), expected, "{name}");
        assert_eq!(timeline.duration, Time::from_millis(1200), "{name}");
    }
    let (json, told) = convert("rhubarb.json");
    assert_eq!((json.audio[0].file.as_str(), told.as_str()), ("hello.wav", ""));
    let (xml, told) = convert("rhubarb.xml");
    assert!(xml.audio.is_empty() && told.contains("'C:\\talks\\hello.wav' does not lie beside"), "{told}");
}

#[test]
fn textgrids_are_read_long_and_short_in_either_encoding() {
    let (long, told) = convert("arpabet.TextGrid");
    assert_eq!(
        phones(&long.speakers[0]),
        "250-400 m00, 400-750 aɪ10, 750-875 s00, 875-1000 eɪ20, 1000-1250 ə00"
    );
    assert_eq!(words(&long.speakers[0]), "250-750 my, 750-1250 say \"ah\"");
    assert_eq!(long.duration, Time::from_millis(1500));
    assert_eq!(told, "arpabet.TextGrid: the point tier 'notes' is left out");
    let (short, _) = convert("ipa-short.TextGrid");
    let [anna, bo] = short.speakers.as_slice() else { panic!("{:?}", short.speakers) };
    assert_eq!((anna.id.as_str(), bo.id.as_str()), ("anna", "bo"));
    assert_eq!(phones(anna), "0-125 m00, 125-250 a01, 250-375 tʃ00, 375-500 a10");
    assert_eq!((words(anna).as_str(), phones(bo).as_str()), ("0-500 妈妈", "500-1000 ɔʏ00"));
    let text = String::from_utf8(fixture("ipa-short.TextGrid")).unwrap();
    let big: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let little: Vec<u8> =
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for wide in [big, little] {
        assert_eq!(foreign::to_timeline(&wide, "x").unwrap().0, short);
    }
}

#[test]
fn polly_marks_end_where_the_next_begin() {
    let (timeline, told) = convert("polly.marks");
    let speaker = &timeline.speakers[0];
    assert_eq!(visemes(speaker), "6-80 PP, 80-250 aa, 250-375 SS, 375-600 oh, 750-850 DD, 850-1100 ou");
    assert_eq!(words(speaker), "6-250 Pa, 250-600 saw, 750-1100 too");
    let marks: Vec<(f64, &str)> = speaker.marks.iter().map(|m| (millis(m.time), m.name.as_str())).collect();
    assert_eq!(marks, [(650.0, "smile"), (700.0, "x-bow")]);
    assert_eq!(timeline.captions[0].text, "Pa saw, too.");
    assert_eq!((timeline.duration, told.as_str()), (Time::from_millis(1100), ""));
}

#[test]
fn azure_events_are_read_in_ticks_and_milliseconds() {
    for name in ["azure.json", "azure-lines.json"] {
        let (timeline, _) = convert(name);
        assert_eq!(visemes(&timeline.speakers[0]), "100-162.5 PP, 162.5-275 aa, 275-400 CH", "{name}");
        assert_eq!(timeline.duration, Time::from_millis(400));
    }
    assert_eq!(words(&convert("azure.json").0.speakers[0]), "100-400 mush");
    assert!(convert("azure-lines.json").1.contains("read as milliseconds"));
}

#[test]
fn broken_files_say_where() {
    let told = |text: &str| foreign::to_timeline(text.as_bytes(), "f").expect_err(text).to_string();
    assert!(told("0.0\tX\n0.1\tZ\n").starts_with("f:2:1: expected seconds, a tab"));
    assert!(told("0.5\tX\n0.1\tA\n").starts_with("f:2:1: this row begins before"));
    assert!(told("0.5\tX\n-1\tA\n").starts_with("f:2:1: -1 is no time"));
    assert!(told("<rhubarbResult>\n <x></y>").starts_with("f:2:5: it is no XML"));
    let cue = "{\"mouthCues\": [\n{\"start\": 0, \"end\": 1, \"value\": \"Q\"}]}";
    assert!(told(cue).starts_with("f:2:1: 'Q' is no mouth shape"));
    let grid = "File type = \"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"phones\"\n0\n1\n1\n0.5\n0.25\n\"a\"";
    assert!(told(grid).starts_with("f:12:4: an interval ends before it begins"));
    assert!(told(&grid[..50]).contains("found the end of the file"));
    assert!(
        told(&grid.replace("phones", "pitch").replace("0.25", "0.75")).contains("no tier of phones or words")
    );
    let azure = "{\"viseme_id\": 3, \"audio_offset\": 1}\n{\"viseme_id\": 22, \"audio_offset\": 2}";
    assert!(told(azure).starts_with("f:2:15: 22 is no viseme id"));
    let polly = "{\"time\": 1, \"type\": \"viseme\", \"value\": \"p\"}\n{\"time\": 1,";
    assert!(told(polly).starts_with("f:2:12: "), "{}", told(polly));
}

#[test]
fn overlaps_are_trimmed_and_told() {
    let grid = "File type = \"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"phones\"\n0\n1\n2\n\
                0\n0.5\n\"ɑ\"\n0.4\n0.9\n\"m\"";
    let (timeline, warnings) = foreign::to_timeline(grid.as_bytes(), "f").unwrap();
    assert_eq!(phones(&timeline.speakers[0]), "0-400 ɑ00, 400-900 m00");
    assert!(warnings[0].message.starts_with("1 entries overlap"), "{warnings:?}");
}

#[test]
fn what_is_written_is_read_back() {
    let (polly, _) = convert("polly.marks");
    let (grid, _) = convert("arpabet.TextGrid");
    let back = |timeline: &Timeline, id: &str| {
        let (text, _) = foreign::write(timeline, format(id), &Options::default()).unwrap();
        foreign::to_timeline(text.as_bytes(), "back").unwrap().0
    };
    let read = back(&grid, "textgrid");
    assert_eq!(words(&read.speakers[0]), words(&grid.speakers[0]));
    assert_eq!(
        phones(&read.speakers[0]),
        phones(&grid.speakers[0]).replace("aɪ10", "aɪ00").replace("eɪ20", "eɪ00")
    );
    assert_eq!(visemes(&back(&polly, "textgrid").speakers[0]), visemes(&polly.speakers[0]));
    assert_eq!(back(&polly, "timeline"), polly);
    let (rhubarb, _) = convert("rhubarb.tsv");
    assert_eq!(back(&rhubarb, "rhubarb-tsv"), rhubarb);
    let tsv = written(&grid, "rhubarb-tsv");
    assert_eq!(
        tsv,
        "0.000\tX\n0.250\tA\n0.400\tD\n0.610\tB\n0.875\tC\n0.950\tB\n1.000\tC\n1.250\tX\n1.500\tX\n"
    );
}

#[test]
fn subtitles_carry_the_captions() {
    let caption = |start, text: &str| Caption {
        language: "en".to_owned(),
        start: Time::from_millis(start),
        end: Time::from_millis(start + 1500),
        text: text.to_owned(),
    };
    let timeline = Timeline {
        duration: Time::from_millis(3_700_000),
        captions: vec![caption(0, "A & B"), caption(3_661_001, "Bye")],
        ..Timeline::default()
    };
    assert_eq!(
        written(&timeline, "srt"),
        "1\n00:00:00,000 --> 00:00:01,500\nA & B\n\n2\n01:01:01,001 --> 01:01:02,501\nBye\n\n"
    );
    let vtt = written(&timeline, "vtt");
    assert!(vtt.starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:01.500\nA &amp; B\n\n"), "{vtt}");
    assert_eq!(foreign::of_output("Talk.TEXTGRID").unwrap().id, "textgrid");
    assert!(foreign::of_output("talk.json").unwrap_err().to_string().contains(".gentle.json"));
    assert!(foreign::of_output("talk.voicevox.json").is_err(), "it is only read");
    assert!(foreign::write(&Timeline::default(), format("srt"), &Options::default()).is_err());
}

/// A hand-made TextGrid of real speech in X-SAMPA, if there is one.
#[test]
fn a_real_textgrid_is_read() {
    let Some(folder) = crate::common::folder("LIPSYNC_DATA") else { return };
    let path = folder.join("real-czech/czech_H.TextGrid");
    let (timeline, _) = foreign::to_timeline(&std::fs::read(path).unwrap(), "czech").unwrap();
    let speaker = &timeline.speakers[0];
    assert!(speaker.phones.len() > 30 && speaker.words.len() > 5, "{}", phones(speaker));
    let known =
        speaker.phones.iter().filter(|p| rhetor::vocabulary::Phone::from_ipa(&p.ipa).is_some()).count();
    assert_eq!(known, speaker.phones.len(), "{}", phones(speaker));
}
