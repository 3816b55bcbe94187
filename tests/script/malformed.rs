//! No input makes a parser panic: random bytes, and fixtures with pieces cut, changed and repeated.

use proptest::prelude::*;
use rhetor::script::{Script, Timeline, foreign};

use super::foreign::{FIXTURES, fixture};

const SCRIPT: &str = "version = \"1.0\"\n[stage]\nbackdrop = [0, 1, 0.5]\n[speakers.a]\nvoice = \"flite:slt\"\n[[lines]]\n\
                      text = \"Hi [smile 0.5] [[you]] 你好。[pause 1]\"\ngap_after = 2\n[[lines]]\nsay = '''\nb[nod]'''\n";

/// All that reads text, on these bytes; what is taken must be right and readable again.
fn read_all(bytes: &[u8]) {
    if let Ok((timeline, _)) = foreign::to_timeline(bytes, "f") {
        assert!(timeline.validate().is_ok());
        let json = timeline.to_json();
        assert_eq!(Timeline::from_json(&json, "f").expect("own output").0, timeline);
    }
    let Ok(text) = foreign::decode(bytes) else { return };
    _ = Timeline::from_json(&text, "f");
    for script in
        [Script::from_toml(&text, "f").ok().map(|(s, _)| s), Script::from_plain_text(&text, "f").ok()]
    {
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_are_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200), head in 0..8usize) {
        let heads: [&[u8]; 8] =
            [b"", b"{\"mouthCues\":", b"<rhubarbResult>", b"File type = \"ooTextFile\" \"TextGrid\" 0 1 ", b"\xFF\xFE",
             b"[{\"visemeId\":1,", b"{\"version\":\"1.0\",\"duration\":1,", b"{\"type\":\"word\",\"time\":1,\"value\":"];
        read_all(&[heads[head], bytes.as_slice()].concat());
    }

    #[test]
    fn changed_files_are_survived(which in 0..=FIXTURES.len(), changes in proptest::collection::vec(change(), 1..4)) {
        let mut bytes = FIXTURES.get(which).map_or_else(|| SCRIPT.as_bytes().to_vec(), |(name, _)| fixture(name));
        for change in &changes {
            apply(&mut bytes, change);
        }
        read_all(&bytes);
    }
}
