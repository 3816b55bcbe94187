//! SSML in a line's text: what it becomes, what is refused, and that nothing in it hurts.

use proptest::prelude::*;
use rhetor::diagnostic::Severity;
use rhetor::script::Script;
use rhetor::script::markup::{Manner, Markup};
use rhetor::script::words;
use rhetor::script::written::Line;
use rhetor::speech::{Passage, passages};

fn line(ssml: &str) -> Line {
    let (script, warnings) = Script::from_ssml(ssml, "a.ssml").unwrap();
    assert_eq!(warnings, []);
    script.lines.into_iter().next().unwrap()
}

fn spoken(line: &Line) -> Vec<Passage> {
    line.pieces().into_iter().flat_map(|piece| passages(line, piece.text)).collect()
}

fn manner(line: &Line, of: &str) -> Manner {
    let found = spoken(line).into_iter().flat_map(|p| p.parts).find(|part| part.said.contains(of));
    found.unwrap_or_else(|| panic!("'{of}' is not said")).manner
}

#[test]
fn the_whole_subset_becomes_marks_and_markup() {
    let line = line(
        r#"<?xml version="1.0"?>
        <speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="en-GB">
          <p><s>Hello [smile] <emphasis level="strong">everybody</emphasis></s><s>Fish &amp; chips</s></p>
          <p>The <sub alias="World Wide Web Consortium">W3C</sub><break time="250ms"/> says
          <phoneme alphabet="ipa" ph="təˈmɑːtoʊ">tomato</phoneme>,<mark name="here"/>
          <prosody rate="slow" pitch="+2st" volume="-6dB">calmly</prosody> and
          <say-as interpret-as="characters">abc</say-as>. <!-- no --></p>
        </speak>"#,
    );
    assert_eq!(line.spoken, "Hello everybody Fish & chips The W3C says tomato, calmly and abc.");
    assert_eq!(line.displayed, line.spoken);
    assert_eq!(line.language, "en-GB");
    let marks: Vec<String> = line
        .marks
        .iter()
        .map(|m| format!("{}{:?}{}", m.name, m.args, &line.spoken[m.at..m.until.unwrap_or(m.at)]))
        .collect();
    let expected = [
        "smile[]",
        "emphasis[\"strong\"]everybody",
        "pause[\"0\"]",
        "pause[\"0.4\"]",
        "pause[\"0.25\"]",
        "x-here[]",
    ];
    assert_eq!(marks, expected);
    let markup: Vec<&str> = line.markup.iter().map(|m| &line.spoken[m.text.clone()]).collect();
    assert_eq!(markup, ["W3C", "tomato", "calmly", "abc"]);
    assert_eq!(line.markup[0].markup, Markup::Alias("World Wide Web Consortium".to_owned()));
    assert_eq!(line.markup[3].markup, Markup::Alias("A B C".to_owned()));
    let Markup::Phones(phones) = &line.markup[1].markup else { panic!("no phones") };
    let ipa: Vec<(&str, u8)> = phones[0].iter().map(|(ipa, stress)| (ipa.as_str(), *stress)).collect();
    assert_eq!(ipa, [("t", 0), ("ə", 0), ("m", 0), ("ɑ", 1), ("t", 0), ("oʊ", 0)]);
    let calm = manner(&line, "calmly");
    assert!((calm.rate - 0.75).abs() < 1e-3 && (calm.pitch - 1.1225).abs() < 1e-3 && calm.volume_db == -6.0);
    assert!(manner(&line, "everybody").rate < 0.9 && manner(&line, "Hello").is_even());
    let said: Vec<String> = spoken(&line).iter().map(|p| p.said().trim().to_owned()).collect();
    let expected = [
        "Hello everybody",
        "Fish & chips",
        "The World Wide Web Consortium",
        "says tomato, calmly and A B C.",
    ];
    assert_eq!(said, expected);
}

#[test]
fn what_is_said_belongs_to_the_words_that_are_shown() {
    let words_of = |ssml: &str| {
        let line = line(ssml);
        let passage = spoken(&line).remove(0);
        let shown = passage.words().join(" ");
        let said: Vec<String> =
            passage.said_words().iter().map(|word| format!("{}{}", word.text, word.word)).collect();
        format!("{shown}: {}", said.join(" "))
    };
    let one = |alias: &str, shown: &str| {
        words_of(&format!("<speak>a <sub alias=\"{alias}\">{shown}</sub> b</speak>"))
    };
    assert_eq!(one("x y z", "W3C"), "a W3C b: a0 x1 y1 z1 b2");
    assert_eq!(one("x", "W 3 C"), "a W 3 C b: a0 x1 b4");
    assert_eq!(one("x y z u", "W C"), "a W C b: a0 x1 y1 z2 u2 b3");
    assert_eq!(one("per cent", "%"), "a b: a0 per0 cent0 b1");
    assert_eq!(words_of("<speak>你<sub alias=\"好 吗\">好</sub>！</speak>"), "你 好: 你0 好1 吗1");
    // A sentence that ends within what is said as one does not cut it; a full stop that is not said ends none.
    let line =
        line("<speak>See <sub alias=\"him. Really\">X</sub> now, <sub alias=\"et al\">al.</sub> Ok</speak>");
    assert_eq!(spoken(&line).len(), 1);
}

#[test]
fn our_own_emphasis_is_the_same_thing() {
    let (script, _) = Script::from_toml(
        "version = \"1.0\"\n[[lines]]\ntext = \"We [emphasis strong]really[/] mean it.\"\n",
        "s",
    )
    .unwrap();
    let ours = &script.lines[0];
    let theirs = line("<speak>We <emphasis level=\"strong\">really</emphasis> mean it.</speak>");
    assert_eq!(spoken(ours), spoken(&theirs));
    assert_eq!(ours.marks[0].until, theirs.marks[0].until);
}

#[test]
fn what_is_wrong_says_what_and_where() {
    let told = |ssml: &str| {
        let script = format!("version = \"1.0\"\n[[lines]]\ntext = '''{ssml}'''\n");
        Script::from_toml(&script, "s.speech.toml").unwrap_err()[0].to_string()
    };
    for (ssml, expected) in [
        (
            "<speak>Hi\n<brake/></speak>",
            "s.speech.toml:4:1: no element is called 'brake' (did you mean 'break'?",
        ),
        ("<speak>Hi\n <break time='1h'/></speak>", "4:15: '1h' is no time"),
        ("<speak>Hi <b</speak>", "broken SSML"),
        ("<speak>Hi <s>you</speak>", "broken SSML"),
        ("<speak>a & b</speak>", "3:"),
        (
            "<speak><voice name='x'>Hi</voice></speak>",
            "<voice> is not read here (name the voice beside the text",
        ),
        ("<speak><prosody rat='fast'>Hi</prosody></speak>", "has no attribute 'rat' (did you mean 'rate'?"),
        ("<speak><prosody rate='fats'>Hi</prosody></speak>", "did you mean 'fast'?"),
        ("<speak><prosody pitch='+20Hz'>Hi</prosody></speak>", "depends on the voice"),
        ("<speak><prosody rate='900%'>Hi</prosody></speak>", "'900%' is not known"),
        ("<speak><emphasis level='stron'>Hi</emphasis></speak>", "did you mean 'strong'?"),
        ("<speak><phoneme ph='☃'>Hi</phoneme></speak>", "the phone '☃'"),
        ("<speak><phoneme alphabet='ipa2' ph='a'>Hi</phoneme></speak>", "did you mean 'ipa'?"),
        ("<speak><phoneme ph='a'>?</phoneme></speak>", "<phoneme> holds no word"),
        ("<speak><sub alias=' '>Hi</sub></speak>", "<sub> has no words to say"),
        ("<speak><sub alias='a'>Hi <s>b</s></sub></speak>", "<sub> holds text only"),
        ("<speak>Hi [simle]</speak>", "no mark is called 'simle'"),
        ("<speak><speak>Hi</speak></speak>", "<speak> does not stand here"),
        ("<speak></speak>", "the line says nothing"),
    ] {
        let message = told(ssml);
        assert!(message.contains(expected), "{ssml}: {message}");
    }
    let warned = |ssml: &str| {
        let (_, warnings) = Script::from_ssml(ssml, "a.ssml").unwrap();
        assert!(warnings.iter().all(|w| w.severity == Severity::Warning));
        warnings.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let speed = warned("<speak>\n<prosody contour='(0%,+20Hz)'>Hi</prosody></speak>");
    assert!(speed.starts_with("a.ssml:2:10: 'contour' of <prosody> is left out"), "{speed}");
    assert!(warned("<speak><say-as interpret-as='fractoin'>1/2</say-as></speak>").contains("as it stands"));
    assert!(warned("<speak><s xml:lang='de'>Ja</s></speak>").contains("one language"));
}

#[test]
fn what_is_hostile_is_refused_soon() {
    let refused = |ssml: &str| Script::from_ssml(ssml, "a.ssml").unwrap_err().to_string();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE speak [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\
                <speak>&b;</speak>";
    assert!(refused(bomb).contains("broken SSML"));
    let file = "<?xml version=\"1.0\"?><!DOCTYPE speak [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><speak>&x;</speak>";
    assert!(refused(file).contains("broken SSML"));
    let deep = format!("<speak>{}a{}</speak>", "<s>".repeat(3000), "</s>".repeat(3000));
    assert!(refused(&deep).contains("32 deep"));
    assert!(refused(&format!("<speak>{}</speak>", "<s/>".repeat(20_000))).contains("broken SSML"));
    assert!(refused(&format!("<speak>{}</speak>", "a ".repeat(600_000))).contains("1024 KiB"));
    let many = "<sub alias=\"b\">a</sub> ".repeat(3000);
    assert_eq!(spoken(&line(&format!("<speak>{many}</speak>"))).len(), 1);
}

/// Pieces of SSML, right and wrong, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(vec![
        "<s>",
        "</s>",
        "<p>",
        "</p>",
        "<emphasis>",
        "</emphasis>",
        "<prosody rate='2' volume='soft'>",
        "</prosody>",
        "<sub alias='a. B'>",
        "</sub>",
        "<phoneme ph='ˈaɪ t͡s'>",
        "</phoneme>",
        "<break/>",
        "<break time='1s'/>",
        "<mark name='nod'/>",
        "<say-as interpret-as='digits'>",
        "</say-as>",
        "[smile]",
        "[emphasis]",
        "[/]",
        " [pause 1] ",
        "Dr. ",
        "Hello. ",
        "字",
        "！",
        " ",
        "don't",
        "12-3",
        "&lt;",
        "&#x41;",
        "<![CDATA[x]]>",
        "<!-- c -->",
        "]]",
        "<",
        "&",
    ]);
    proptest::collection::vec(piece, 0..30).prop_map(|pieces| format!("<speak>{}</speak>", pieces.concat()))
}

fn check(text: &str) {
    let Ok((script, _)) = Script::from_ssml(text, "f") else { return };
    for line in &script.lines {
        let spoken = spoken(line);
        let total: usize = spoken.iter().map(|passage| passage.words().len()).sum();
        assert_eq!(total, words::split(&line.spoken).len(), "{text}: {spoken:?}");
        for mark in &line.marks {
            assert!(line.spoken.get(mark.at..mark.until.unwrap_or(mark.at)).is_some());
        }
        for passage in spoken {
            let said = passage.said_words();
            assert!(said.windows(2).all(|pair| pair[0].word <= pair[1].word), "{text}");
            assert!(said.iter().all(|word| word.word < passage.words().len().max(1)), "{text}");
            assert_eq!(passage.parts.last().unwrap().text.end, passage.text.len(), "{text}");
            assert!(passage.parts.windows(2).all(|pair| pair[0].text.end == pair[1].text.start), "{text}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        check(&text);
        check(&format!("<speak>{text}</speak>"));
        check(&format!("<speak><phoneme ph=\"{text}\">a</phoneme></speak>"));
        check(&format!("<speak><phoneme alphabet='x-sampa' ph=\"{text}\">a</phoneme></speak>"));
        check(&format!("<speak><prosody rate=\"{text}\" pitch=\"{text}\">a</prosody></speak>"));
    }

    #[test]
    fn every_word_of_a_soup_is_said_once(text in soup()) {
        check(&text);
    }
}
