//! No input makes a parser panic: random bytes, and fixtures with pieces cut, changed and repeated.

use proptest::prelude::*;
use rhetor::script::foreign::{self, FORMATS, Format, Options};
use rhetor::script::{Script, Timeline};

use super::foreign::FIXTURES;

const SCRIPT: &str = "version = \"1.0\"\n[stage]\nbackdrop = [0, 1, 0.5]\n[speakers.a]\nvoice = \"flite:slt\"\n[[lines]]\n\
                      text = \"Hi [smile 0.5] [[you]] 你好。[pause 1]\"\ngap_after = 2\n[[lines]]\nsay = '''\nb[nod]'''\n";

/// All that reads text, on these bytes, and one reader whatever they look like; what is taken must be right, readable again,
/// and survive every writer.
fn read_all(bytes: &[u8], forced: Option<&'static Format>) {
    for (name, from) in [("f", None), ("f.lab", None)].into_iter().chain(forced.map(|f| ("f", Some(f)))) {
        let options = Options { from, ..Options::default() };
        if let Ok((timeline, _)) = foreign::read_as(bytes, name, &options) {
            assert!(timeline.validate().is_ok());
            let json = timeline.to_json();
            assert_eq!(Timeline::from_json(&json, "f").expect("own output").0, timeline);
            for format in FORMATS {
                _ = foreign::write(&timeline, format, &options);
            }
        }
    }
    let Ok(text) = foreign::decode(bytes) else { return };
    _ = Timeline::from_json(&text, "f");
    let scripts = [
        Script::from_toml(&text, "f").ok().map(|(s, _)| s),
        Script::from_plain_text(&text, "f").ok(),
        Script::from_ssml(&text, "f").ok().map(|(s, _)| s),
    ];
    for script in scripts {
        for line in script.iter().flat_map(|script| &script.lines) {
            for piece in line.pieces() {
                assert!(line.spoken.get(piece.text).is_some());
            }
            assert!(line.marks.iter().all(|mark| line.spoken.is_char_boundary(mark.at)));
        }
    }
}

#[derive(Debug, Clone)]
enum Change {
    Cut(f64, usize),
    Put(f64, Vec<u8>),
    Repeat(f64, usize),
}

fn change() -> impl Strategy<Value = Change> {
    let piece = proptest::sample::select(vec![
        "\"",
        "{",
        "[",
        "]",
        "}",
        "-",
        "1e999",
        "NaN",
        "\t",
        "\n",
        "\\u",
        "null",
        "0",
        "字",
        "..",
        "9999999999",
        "-->",
        "<",
        "]",
        ":",
        "\r",
        "\u{0}",
    ]);
    prop_oneof![
        (0.0..1.0, 0..40usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (0.0..1.0, piece).prop_map(|(at, piece)| Change::Put(at, piece.as_bytes().to_vec())),
        (0.0..1.0, any::<u8>()).prop_map(|(at, byte)| Change::Put(at, vec![byte])),
        (0.0..1.0, 0..200usize).prop_map(|(at, length)| Change::Repeat(at, length)),
    ]
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    let place = |at: f64| (at * bytes.len() as f64) as usize;
    match change {
        Change::Cut(at, length) => {
            let at = place(*at);
            let end = (at + length).min(bytes.len());
            bytes.drain(at..end);
        }
        Change::Put(at, piece) => {
            let at = place(*at);
            bytes.splice(at..at, piece.iter().copied());
        }
        Change::Repeat(at, length) => {
            let at = place(*at);
            let copy = bytes[at..(at + length).min(bytes.len())].to_vec();
            bytes.splice(at..at, copy);
        }
    }
}

/// A row of a song; a note that is right has an x for its syllable.
fn song_row() -> impl Strategy<Value = String> {
    let space = prop_oneof![Just(""), Just(" ")];
    prop_oneof![
        4 => (0..400u32, 1..30u32, -20..30i32, space).prop_map(|(at, length, pitch, s)| format!(": {at} {length} {pitch} {s}x")),
        1 => (0..400u32, 1..30u32).prop_map(|(at, length)| format!("* {at} {length} 0 ~")),
        1 => (0..400u32).prop_map(|at| format!("- {at}")),
        1 => proptest::sample::select(vec!["P1", "P2", "P3", "P", "B 10 300", "B", "-", ":", ": 1", "F x y z", "- 1 2 3", "E1", "#BPM:60", ": 5 0 0 o"])
            .prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in 0..9usize, which in 0..FORMATS.len()) {
        let heads: [&[u8]; 9] =
            [b"", b"{\"mouthCues\":", b"<rhubarbResult>", b"File type = \"ooTextFile\" \"TextGrid\" 0 1 ", b"\xFF\xFE",
             b"[{\"visemeId\":1,", b"{\"version\":\"1.0\",\"duration\":1,", b"{\"type\":\"word\",\"time\":1,\"value\":", b"#BPM:120\n: 0 4 0 la\n"];
        read_all(&[heads[head], bytes.as_slice()].concat(), FORMATS.get(which));
    }

    #[test]
    fn changed_files_are_survived(which in 0..=FIXTURES.len(), changes in proptest::collection::vec(change(), 1..4)) {
        let fixture = FIXTURES.get(which);
        let mut bytes = fixture.map_or_else(|| SCRIPT.as_bytes().to_vec(), |(name, _)| super::foreign::fixture(name));
        for change in &changes {
            apply(&mut bytes, change);
        }
        read_all(&bytes, fixture.and_then(|(_, id)| foreign::of_id(id).ok()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// Songs of rows that are right, wrong, and out of order: no note that is right is lost. At 60 beats a minute no row can move one
    /// beyond the two hours of the longest song.
    #[test]
    fn songs_keep_what_is_right(rows in proptest::collection::vec(song_row(), 1..40), relative in any::<bool>()) {
        let mut text = format!("#BPM:240\n#GAP:500\n{}", if relative { "#RELATIVE:YES\n" } else { "" });
        rows.iter().for_each(|row| text.extend([row.as_str(), "\n"]));
        read_all(text.as_bytes(), foreign::of_id("ultrastar").ok());
        if let Ok((timeline, _)) = foreign::to_timeline(text.as_bytes(), "f") {
            let sung = timeline.speakers.iter().flat_map(|speaker| &speaker.words);
            let letters: usize = sung.map(|word| word.text.matches('x').count()).sum();
            // Notes of both voices are sung twice.
            let right = rows.iter().filter(|row| row.starts_with(": ") && row.ends_with('x')).count();
            prop_assert!(letters >= right, "{letters} of {right}\n{text}");
        }
    }
}

#[test]
fn a_note_beyond_the_longest_song_is_told_and_the_others_stay() {
    let text = "#BPM:1\n#GAP:0\n: 0 1 0 near\n: 478 4 0 far\n";
    let (timeline, told) = foreign::to_timeline(text.as_bytes(), "f").unwrap();
    let sung: Vec<&str> = timeline.speakers.iter().flat_map(|s| &s.words).map(|w| w.text.as_str()).collect();
    assert_eq!(sung, ["near"]);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|t| t.contains(":4:1") && t.contains("two hours")), "{told:?}");
}
