//! `NAME.speech.toml` and plain text: what a script says, every rule with its line and column, captions.

use rhetor::diagnostic::{Position, Severity};
use rhetor::script::mark::Scope;
use rhetor::script::timeline::{AudioRole, Word};
use rhetor::script::{Script, caption, words};
use rhetor::speech::{SpokenLine, assemble};
use rhetor::time::Time;

const WHOLE: &str = r#"version = "1.0"
title = "Opening"
language = "en-GB"
seed = 7
x-owner = { any = "thing" }

[stage]
camera = "half"
backdrop = [0.1, 0.2, 0.3]

[dials]
blink = 0.5

[speakers.zoe]
avatar = "people/zoe.glb"
voice = "flite:slt"

[speakers.bo]
language = "zh"
voice = "espeak-ng"

[[lines]]
speaker = "zoe"
text = "Hello [smile 0.5] everybody. [pause 0.4] Welcome! [slide 2]"

[[lines]]
speaker = "bo"
say = "huan1 ying2 [look zoe] ge4 wei4"
display = "欢迎各位"
gap_after = 1.25

[[lines]]
speaker = "zoe"
audio = "take/one.flac"
timing = "take/one.TextGrid"

[[audio]]
file = "music.ogg"
start = 2
out = 30.5
gain = -12
"#;

fn position(text: &str, what: &str) -> Position {
    Position::of(text, text.find(what).unwrap())
}

#[test]
fn a_script_is_read_whole() {
    let (script, warnings) = Script::from_toml(WHOLE, "s").unwrap();
    assert_eq!(warnings, []);
    assert_eq!((script.title.as_deref(), script.seed), (Some("Opening"), 7));
    assert_eq!(script.stage.camera.as_deref(), Some("half"));
    assert_eq!((script.dials.lips, script.dials.blink), (1.0, 0.5));
    let ids: Vec<&str> = script.speakers.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(ids, ["zoe", "bo"], "in the file's order");
    let avatar = script.speakers[0].avatar.as_ref().unwrap();
    assert_eq!((avatar.value.as_str(), avatar.position), ("people/zoe.glb", position(WHOLE, "\"people")));
    let [hello, ying, take] = script.lines.as_slice() else { panic!("{:?}", script.lines) };
    assert_eq!(hello.position, position(WHOLE, "[[lines]]"));
    assert_eq!((hello.spoken.as_str(), &hello.displayed), ("Hello everybody. Welcome!", &hello.spoken));
    assert_eq!(
        (hello.language.as_str(), hello.voice.as_ref().unwrap().value.as_str()),
        ("en-GB", "flite:slt")
    );
    let marks: Vec<_> = hello.marks.iter().map(|m| (m.at, m.word, m.name.as_str(), m.scope)).collect();
    assert_eq!(
        marks,
        [(6, 1, "smile", Scope::Speaker), (17, 2, "pause", Scope::Timing), (25, 3, "slide", Scope::Stage)]
    );
    assert_eq!(hello.marks[2].position, position(WHOLE, "[slide 2]"));
    let pieces: Vec<_> = hello.pieces().into_iter().map(|p| (p.text, p.pause_after)).collect();
    assert_eq!(pieces, [(0..17, Time::from_millis(400)), (17..25, Time::ZERO)]);
    assert_eq!((ying.spoken.as_str(), ying.displayed.as_str()), ("huan1 ying2 ge4 wei4", "欢迎各位"));
    assert_eq!((ying.speaker, ying.language.as_str(), ying.gap_after), (1, "zh", Time::from_millis(1250)));
    assert_eq!(ying.marks[0].word, 2);
    assert_eq!((take.spoken.as_str(), take.displayed.as_str()), ("", ""));
    assert_eq!(take.timing.as_ref().unwrap().position, position(WHOLE, "\"take/one.TextGrid"));
    let timeline = script.begin_timeline();
    assert_eq!((timeline.audio[0].role, timeline.audio[0].gain_db), (AudioRole::Music, -12.0));
    assert_eq!(timeline.speakers[1].id, "bo");
}

#[test]
fn one_speaker_need_not_be_named() {
    let text = "version = \"1.0\"\n[[lines]]\ntext = \"\"\"\nOne\n[nod] two.\"\"\"\n";
    let (script, _) = Script::from_toml(text, "s").unwrap();
    assert_eq!(script.speakers.len(), 1);
    assert_eq!(script.lines[0].spoken, "One two.");
    assert_eq!(script.lines[0].marks[0].position, Position { line: 5, column: 1 });
    assert_eq!(script.lines[0].language, "en");
}

/// The first error of a script's text in which `»` shows where it must be found.
fn refused(marked: &str) -> String {
    let marked = format!("version = \"1.0\"\n{marked}");
    let offset = marked.find('»').expect("no place is shown");
    let text = marked.replace('»', "");
    let diagnostics = Script::from_toml(&text, "s").expect_err("it was taken");
    let first = diagnostics.iter().find(|d| d.severity == Severity::Error).expect("no error");
    assert_eq!(first.position, Some(Position::of(&text, offset)), "{first}");
    let help = first.help.as_ref().map_or(String::new(), |help| format!(" ({help})"));
    format!("{}{help}", first.message)
}

fn line(keys: &str) -> String {
    refused(&format!("[speakers.anna]\n[speakers.bo]\n[[lines]]\nspeaker = \"bo\"\n{keys}\n"))
}

#[test]
fn mistakes_are_located() {
    assert_eq!(line("»txt = \"a\""), "unknown key 'txt' (did you mean 'text'?)");
    assert_eq!(
        line("text = \"Hi »[simle]\""),
        "no mark is called 'simle' (did you mean 'smile'?; write [[ for a bracket in the text)"
    );
    assert!(line("say = 'x'\ndisplay = »'[smile]'").starts_with("marks belong in what is said"));
    assert!(line("text = 'x'\nvoice = »'sh -c ls'").starts_with("'sh -c ls' is no name for a voice"));
    assert!(line("text = 'x'\nvoice = »'-o'").starts_with("'-o' is no name for a voice"));
    assert!(
        line("text = 'x'\nlanguage = »'english please'").starts_with("'english please' is no language tag")
    );
    assert!(line("audio = »'../a.wav'").starts_with("a path leads out of its folder"));
    assert!(line("audio = 'x.wav'\nvoice = »'flite'").starts_with("a line has a voice or"));
    assert_eq!(line("text = 'x'\ngap_after = »-1"), "the time -1 is negative");
    assert_eq!(line("text = 'x'\ngap_after = »nan"), "'nan' is not a finite number");
    assert_eq!(line("text = »3"), "expected a text, found 3");
    assert!(refused("»[[lines]]\ntext = ' [nod] '").starts_with("the line says nothing"));
    assert!(
        refused("[speakers.anna]\n[[lines]]\ntext = 'a'\nspeaker = »'ana'").contains("did you mean 'anna'?")
    );
    assert!(
        refused("[speakers.a]\n[speakers.b]\n»[[lines]]\ntext = 'a'")
            .starts_with("the line does not say who")
    );
    assert!(refused("[dials]\nlips = »2.5\n[[lines]]\ntext = 'a'").starts_with("2.5 is not in 0..=2"));
    let stage = |key: &str| refused(&format!("[stage]\n{key}\n[[lines]]\ntext = 'a'"));
    assert_eq!(stage("tone = »'agz'"), "no tone mapper is called 'agz' (did you mean 'agx'?)");
    assert_eq!(stage("exposure = »9"), "9 is not in -8..=8");
    assert_eq!(stage("aperture = »0"), "0 is not in 0.7..=64");
    assert_eq!(stage("bloom = »1.5"), "1.5 is not in 0..=1");
    assert!(
        refused("[[lines]]\ntext = 'a'\n[[audio]]\nfile = »'https://a/b.ogg'")
            .starts_with("a network address")
    );
    refused("[[lines]]\ntext = »");
    refused("[[lines]]\ntext = 'a'\n»text = 'b'");
    let none = Script::from_toml("version = \"1.0\"", "s").unwrap_err();
    assert!(none[0].message.contains("no lines"), "{none:?}");
    let old = Script::from_toml("version = 1.0", "s").unwrap_err();
    assert_eq!(old[0].to_string(), "s:1:11: the version is no text such as \"1.0\" (write it as \"1.1\")");
}

#[test]
fn a_plain_text_is_a_script() {
    let text = "\n  First [smile] paragraph\nhas two rows [1].\n\n \nSecond.\n";
    let script = Script::from_plain_text(text, "speech.txt").unwrap();
    let spoken: Vec<&str> = script.lines.iter().map(|line| line.spoken.as_str()).collect();
    assert_eq!(spoken, ["First paragraph has two rows [1].", "Second."]);
    assert_eq!(script.lines[0].position, Position { line: 2, column: 3 });
    assert_eq!(script.lines[0].marks[0].position, Position { line: 2, column: 9 });
    assert_eq!(script.lines[1].position, Position { line: 6, column: 1 });
    assert_eq!(Script::from_plain_text("大家好,欢迎。", "s").unwrap().lines[0].language, "zh");
    assert_eq!(Script::from_plain_text("こんにちは", "s").unwrap().lines[0].language, "ja");
    assert!(Script::from_plain_text(" \n ", "s").is_err());
}

/// Words of a text, each 300 ms and 100 ms apart.
fn timed(text: &str) -> Vec<Word> {
    let word = |(index, range): (usize, std::ops::Range<usize>)| Word {
        start: Time::from_millis(index as i64 * 400),
        end: Time::from_millis(index as i64 * 400 + 300),
        text: text[range].to_owned(),
        language: String::new(),
    };
    words::split(text).into_iter().enumerate().map(word).collect()
}

fn captions(displayed: &str, words: &[Word]) -> Vec<(String, i64, i64)> {
    let end = words.last().unwrap().end;
    let millis = |time: Time| time.as_nanos() / 1_000_000;
    caption::split(displayed, "en", words, Time::ZERO, end)
        .into_iter()
        .map(|c| (c.text, millis(c.start), millis(c.end)))
        .collect()
}

#[test]
fn captions_break_at_sentences_and_follow_the_words() {
    let text =
        "The forum on the digital economy opens today. Dr. J. Smith will be the first who speaks to us.";
    let expected = [
        ("The forum on the digital economy opens today.".to_owned(), 0, 3200),
        ("Dr. J. Smith will be the first who speaks to us.".to_owned(), 3200, 7500),
    ];
    assert_eq!(captions(text, &timed(text)), expected);
}

#[test]
fn long_sentences_are_folded_and_all_text_is_kept() {
    let english = "This sentence goes on, and it goes on well beyond what anybody would want to read in one row, \
                   because whoever wrote it, being fond of commas, did not know when to stop";
    let chinese = "今天我们相聚在这里共同探讨数字经济的未来发展方向,并且分享彼此在这一领域的经验和思考以及对明天的期待。";
    for (text, limit) in [(english, 80), (chinese, 24)] {
        let captions = captions(text, &timed(text));
        assert!(captions.len() > 1);
        let squeeze = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let joined: String = captions.iter().map(|(text, ..)| squeeze(text)).collect();
        assert_eq!(joined, squeeze(text));
        for (text, start, end) in &captions {
            assert!(text.chars().count() <= limit, "{text}");
            assert!(start < end);
        }
    }
    let spoken = timed("huan1 ying2 ge4 wei4");
    assert_eq!(captions("欢迎各位。", &spoken), [("欢迎各位。".to_owned(), 0, 1500)]);
    assert_eq!(captions("", &spoken), []);
}

#[test]
fn a_speech_lasts_as_long_as_its_music_is_told_to() {
    let (script, _) = Script::from_toml(WHOLE, "s").unwrap();
    let lines = vec![SpokenLine::default(); script.lines.len()];
    let (timeline, _) = assemble(&script, lines, "voice.wav");
    assert_eq!(timeline.validate(), Ok(Vec::new()));
    assert_eq!(timeline.duration, Time::from_millis(32_500));
}
