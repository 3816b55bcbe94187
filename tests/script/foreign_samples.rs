//! What the samples of each format say, in numbers.

use rhetor::script::Timeline;
use rhetor::script::foreign::{self, Options};
use rhetor::time::{FrameRate, Time};
use rhetor::vocabulary::Channel;

use super::foreign::{convert, fixture, millis, phones, visemes, words};

fn captions(timeline: &Timeline) -> String {
    let each = timeline.captions.iter().map(|c| format!("{}-{} {}", millis(c.start), millis(c.end), c.text));
    each.collect::<Vec<_>>().join(", ")
}

fn ids(timeline: &Timeline) -> Vec<&str> {
    timeline.speakers.iter().map(|speaker| speaker.id.as_str()).collect()
}

#[test]
fn moho_counts_frames_from_one() {
    let (timeline, told) = convert("papagayo.dat");
    assert_eq!(
        visemes(&timeline.speakers[0]),
        "250-333.333333 PP, 333.333333-500 aa, 500-583.333333 SS, 750-1000 E"
    );
    assert_eq!(timeline.duration, Time::from_millis(1000));
    assert!(told.contains("24 frames a second are assumed (say it by --fps)"), "{told}");
    let (letters, _) = convert("rhubarb.dat");
    assert_eq!(visemes(&letters.speakers[0]), "500-1000 PP, 1000-1500 aa");
    let (synfig, told) = convert("synfig.dat");
    assert_eq!((visemes(&synfig.speakers[0]).as_str(), told.as_str()), ("500-1000 oh", ""));
    let options = Options { rate: FrameRate::new(12, 1), ..Options::default() };
    let (slow, told) = foreign::read_as(&fixture("rhubarb.dat"), "f.dat", &options).unwrap();
    assert_eq!((visemes(&slow.speakers[0]).as_str(), told.len()), ("1000-2000 PP, 2000-3000 aa", 0));
}

#[test]
fn papagayo_projects_have_voices_words_and_mouths() {
    let (timeline, told) = convert("papagayo.pgo");
    let speaker = &timeline.speakers[0];
    assert_eq!((ids(&timeline), told.as_str()), (vec!["speaker"], ""));
    assert_eq!(words(speaker), "250-750 Hello, 1000-1500 there");
    assert_eq!(
        visemes(speaker),
        "250-375 SS, 375-458.333333 E, 458.333333-583.333333 nn, 583.333333-750 oh, 1000-1125 SS, 1125-1500 E"
    );
    assert_eq!(
        (captions(&timeline).as_str(), timeline.audio[0].file.as_str()),
        ("250-1500 Hello there", "hello.wav")
    );
    assert_eq!(timeline.duration, Time::from_millis(2000));
    let (two, told) = convert("two-voices.pgo");
    assert_eq!(ids(&two), ["Ann", "Bo"]);
    assert_eq!((words(&two.speakers[1]).as_str(), two.audio.len()), ("1000-1500 No", 0));
    assert!(told.contains("'/home/ann/talk.wav' does not lie beside the file"), "{told}");
}

#[test]
fn mfa_and_gentle_say_what_a_textgrid_says() {
    let (mfa, _) = convert("mfa.json");
    assert_eq!(phones(&mfa.speakers[0]), "250-400 m00, 400-750 aɪ10, 750-875 s00, 875-1250 eɪ20");
    assert_eq!(words(&mfa.speakers[0]), "250-750 my, 750-1250 say");
    assert_eq!(mfa.duration, Time::from_millis(1500));
    let (two, _) = convert("mfa-speakers.json");
    assert_eq!((ids(&two), words(&two.speakers[1]).as_str()), (vec!["anna", "bo"], "500-1000 oi"));
    let (gentle, told) = convert("gentle.json");
    assert_eq!(words(&gentle.speakers[0]), "250-750 My, 750-1000 new, 1000-1500 say");
    assert_eq!(phones(&gentle.speakers[0]), "250-400 m00, 400-750 aɪ00, 1000-1125 s00, 1125-1500 eɪ00");
    assert!(told.contains("1 words that were not found"), "{told}");
}

#[test]
fn ctm_holds_words_or_phones() {
    assert_eq!(words(&convert("words.ctm").0.speakers[0]), "250-750 my, 750-1250 say");
    let (kaldi, told) = convert("phones.ctm");
    assert_eq!(phones(&kaldi.speakers[0]), "250-400 m00, 400-750 aɪ10, 750-875 s00, 875-1250 eɪ20");
    assert_eq!(told, "");
    let (two, told) = convert("two-sides.ctm");
    assert_eq!(ids(&two), ["A", "B"]);
    assert_eq!(words(&two.speakers[0]), "100-500 hello, 500-700 there");
    assert!(told.contains("only the rows of 'call' are read"), "{told}");
}

#[test]
fn htk_labels_have_contexts_words_and_seconds() {
    let (beside, told) = convert("words-beside.lab");
    let expected = "250-400 m00, 400-750 aɪ00, 750-875 s00, 875-1250 eɪ00";
    assert_eq!((phones(&beside.speakers[0]).as_str(), told.as_str()), (expected, ""));
    assert_eq!(words(&beside.speakers[0]), "250-750 my, 750-1250 say");
    assert_eq!(phones(&convert("full-context.lab").0.speakers[0]), expected);
    assert_eq!(phones(&convert("seconds.lab").0.speakers[0]), "250-400 m00, 400-750 aɪ00");
    let (master, told) = convert("two-files.mlf");
    assert_eq!(phones(&master.speakers[0]), "100-300 h00, 300-500 aɪ10");
    assert!(told.contains("only the first of 2 label files"), "{told}");
    let timit = "0 3050 h#\n3050 4559 sh\n4559 5723 ix\n5723 6642 hv\n";
    let (_, told) = foreign::to_timeline(timit.as_bytes(), "SA1.lab").unwrap();
    assert!(told[0].message.contains("shorter than speech is"), "{told:?}");
}

#[test]
fn audacity_labels_are_words_phones_or_lines() {
    assert_eq!(words(&convert("words.txt").0.speakers[0]), "250-750 my, 750-1250 say");
    assert_eq!(phones(&convert("phones.txt").0.speakers[0]), "250-400 m00, 400-750 aɪ00, 750-900 s00");
    let (lines, told) = convert("lines.txt");
    assert_eq!(captions(&lines), "500-2500 Hello to all of you, 3000-3300 and good evening");
    assert_eq!(lines.speakers[0].words.len(), 8);
    assert_eq!(lines.speakers[0].words[0].start, Time::from_millis(500));
    assert!(told.contains("1 labels have no time of their own"), "{told}");
}

#[test]
fn mbrola_phones_follow_on_one_another() {
    let (timeline, told) = convert("german.pho");
    assert_eq!(phones(&timeline.speakers[0]), "100-160 h00, 160-230 a00, 230-285 l00, 285-435 o00");
    assert_eq!((timeline.duration, told.as_str()), (Time::from_millis(635), ""));
}

#[test]
fn elan_shares_out_what_has_no_time() {
    let (timeline, told) = convert("tiers.eaf");
    let speaker = &timeline.speakers[0];
    assert_eq!(words(speaker), "250-750 my, 750-1250 say");
    assert_eq!(phones(speaker), "250-500 m00, 500-750 aɪ00, 750-1000 s00, 1000-1250 eɪ00");
    assert_eq!(captions(&timeline), "250-1250 My say & so., 1500-2000 Yes!");
    assert_eq!(
        (ids(&timeline), timeline.audio[0].file.as_str(), told.as_str()),
        (vec!["anna"], "hello.wav", "")
    );
    let (two, _) = convert("speakers.eaf");
    assert_eq!(ids(&two), ["Anna", "Bo"]);
    assert_eq!(two.speakers[1].words[0].text, "Fine");
    assert_eq!(two.speakers[1].words[0].start, Time::from_millis(2500));
    assert_eq!(two.captions[1].text, "Fine, thank you.");
}

#[test]
fn azure_blend_shapes_are_channels() {
    let (timeline, told) = convert("azure-shapes.json");
    let speaker = &timeline.speakers[0];
    assert_eq!(visemes(speaker), "100-200 aa");
    let [track] = speaker.channels.as_slice() else { panic!("{:?}", speaker.channels) };
    assert_eq!(
        (track.rate, track.frames.len(), track.channels.len()),
        (FrameRate::SCREEN, 6, Channel::COUNT)
    );
    let open = |nanos: i64| track.weights(Time::from_nanos(nanos))[Channel::JawOpen.index()];
    assert!((open(33_333_333) - 0.5).abs() < 1e-5, "the third frame");
    assert!((open(25_000_000) - 0.375).abs() < 1e-5, "between the second and the third");
    assert!(told.contains("the rolls of the head and of the eyes are left out"), "{told}");
    let (alone, _) = convert("azure-shapes-alone.json");
    assert_eq!(alone.speakers[0].channels[0].frames.len(), 3);
    assert_eq!(alone.duration, Time::from_millis(50));
    let holes = "{\"FrameIndex\": 100000, \"BlendShapes\": [[]]}";
    assert!(foreign::to_timeline(holes.as_bytes(), "f").unwrap_err().message.contains("0 weights"));
    let late = format!("{{\"FrameIndex\": 100000, \"BlendShapes\": [[{}]]}}", ["0"; 55].join(","));
    assert!(foreign::to_timeline(late.as_bytes(), "f").unwrap_err().message.contains("are missing"));
}

#[test]
fn services_of_words_are_read() {
    let (eleven, _) = convert("elevenlabs.json");
    assert_eq!(words(&eleven.speakers[0]), "0-200 Hi, 300-700 you");
    let (stream, told) = convert("elevenlabs-stream.json");
    assert_eq!(words(&stream.speakers[0]), "0-200 Hi, 250-650 you");
    assert!(told.contains("1 answers begin anew"), "{told}");
    let (cartesia, _) = convert("cartesia.json");
    assert_eq!(words(&cartesia.speakers[0]), "20-400 Hello, 500-900 world!");
    assert_eq!(phones(&cartesia.speakers[0]), "20-100 h00, 100-200 ə00, 200-300 l00, 300-400 oʊ00");
    let (google, _) = convert("google.json");
    assert_eq!(words(&google.speakers[0]), "0-400 okay, 400-900 so, 1500-2000 well");
    assert_eq!(captions(&google), "0-900 okay so, 1500-2000 well");
    assert_eq!(google.speakers[0].words[0].language, "en-us");
    let (proto, _) = convert("google-proto.json");
    assert_eq!(ids(&proto), ["speaker 1", "speaker 2"]);
    assert_eq!(words(&proto.speakers[1]), "400-1100 so");
    let (points, _) = convert("google-timepoints.json");
    let marks: Vec<(f64, &str)> =
        points.speakers[0].marks.iter().map(|m| (millis(m.time), m.name.as_str())).collect();
    assert_eq!(marks, [(250.0, "smile"), (1500.0, "x-bow")]);
}

#[test]
fn voicevox_moras_are_phones_and_kana() {
    let (timeline, told) = convert("voicevox.json");
    let speaker = &timeline.speakers[0];
    assert_eq!(
        phones(speaker),
        "100-150 h00, 150-250 a00, 250-350 ʔ00, 350-400 k00, 400-500 a00, 800-900 ɴ00, 900-1000 s00, 1000-1100 ɯ00"
    );
    assert_eq!(words(speaker), "100-250 ハ, 250-350 ッ, 350-425 キ, 425-500 ャ, 800-900 ン, 900-1100 ス");
    assert_eq!((timeline.duration, told.as_str()), (Time::from_millis(1200), ""));
}

#[test]
fn whisper_and_its_kin_are_read() {
    let (whisper, told) = convert("whisper.json");
    assert_eq!(words(&whisper.speakers[0]), "0-500 Hello, 500-1100 there., 1500-1900 Yes.");
    assert_eq!((captions(&whisper).as_str(), told.as_str()), ("0-1200 Hello there., 1500-1900 Yes.", ""));
    let (x, told) = convert("whisperx.json");
    assert_eq!(ids(&x), ["SPEAKER_00", "SPEAKER_01"]);
    assert_eq!(words(&x.speakers[0]), "500-700 In, 700-1500 2026, 1500-2000 we");
    assert!(told.contains("1 words have no time of their own"), "{told}");
    let (cpp, _) = convert("whisper-cpp.json");
    assert_eq!(captions(&cpp), "0-1000 Hello there., 1500-2000 Yes.");
    assert_eq!(cpp.speakers[0].words.len(), 3);
    assert_eq!(
        (cpp.speakers[0].words[2].text.as_str(), millis(cpp.speakers[0].words[2].start)),
        ("Yes", 1500.0)
    );
    let (api, _) = convert("whisper-api.json");
    assert_eq!(
        (words(&api.speakers[0]).as_str(), api.duration),
        ("0-500 Hello, 500-1100 there", Time::from_millis(2500))
    );
    assert_eq!(api.speakers[0].words[0].language, "en");
}

#[test]
fn subtitles_are_captions_and_words() {
    let (srt, told) = convert("plain.srt");
    assert_eq!(captions(&srt), "500-2000 Good evening, all of you., 3000-3500 Hello < there");
    assert_eq!(srt.speakers[0].words.len(), 7);
    assert!(srt.speakers[0].words.iter().all(|word| word.end <= Time::from_millis(3500)));
    assert!(told.contains("1 subtitles end no later than they begin"), "{told}");
    let (wide, _) = convert("wide.srt");
    let texts: Vec<&str> = wide.speakers[0].words.iter().map(|word| word.text.as_str()).collect();
    assert_eq!(texts, ["你", "好", "世", "界"]);
    let (vtt, _) = convert("voices.vtt");
    assert_eq!(ids(&vtt), ["Anna", "Bo"]);
    assert_eq!(captions(&vtt), "500-1500 Good & well, 2000-3000 Yes, 3500-4500 Now then");
    assert_eq!(
        words(&vtt.speakers[0]).split(", ").skip(2).collect::<Vec<_>>(),
        ["3500-4000 Now", "4000-4500 then"]
    );
    let (rolling, _) = convert("rolling.vtt");
    assert_eq!(words(&rolling.speakers[0]), "0-400 hello, 400-1000 there, 1010-1500 my, 1500-2000 friend");
    assert_eq!(captions(&rolling), "0-1000 hello there, 1010-2000 my friend");
    assert_eq!(rolling.captions[0].language, "en");
}

#[test]
fn lyrics_begin_sooner_by_their_offset() {
    let (plain, told) = convert("plain.lrc");
    assert_eq!(
        captions(&plain),
        "1000-3500 Sing along, 3500-5000 once more, 6500-9000 and (again), 9000-12000 Sing along"
    );
    assert_eq!((plain.duration, told.as_str()), (Time::from_millis(12_000), ""));
    let (enhanced, _) = convert("enhanced.lrc");
    assert_eq!(words(&enhanced.speakers[0]), "500-1000 Sing, 1000-1500 a, 1500-2500 song, 3500-4000 la");
}

#[test]
fn what_is_broken_says_where() {
    let told =
        |text: &str, name: &str| foreign::to_timeline(text.as_bytes(), name).expect_err(text).to_string();
    let binary = foreign::to_timeline(b"ooBinaryFile\x08TextGrid\x00\xFF", "a.TextGrid").unwrap_err();
    assert!(
        binary.to_string().contains("a binary TextGrid cannot be read (in Praat, choose 'Save as text"),
        "{binary}"
    );
    assert!(
        told("MohoSwitch1\n1 rest\nx MBP\n", "f.dat").starts_with("f.dat:3:1: expected a frame's number")
    );
    assert!(
        told("lipsync version 1\na.wav\n24\n48\n1\n\tV\n", "f")
            .contains("the file ends where the text is expected")
    );
    assert!(told("a 1 0 1 x\na 1 zero 1 y\n", "f.ctm").starts_with("f.ctm:2:1: expected a file"));
    assert!(told("0 10000000 m\nx\n", "f.lab").starts_with("f.lab:2:1: expected a start"));
    assert!(told("0.5\t1.0\ta\n1.0\n", "f.txt").starts_with("f.txt:2:1: expected a start"));
    assert!(told("_ 10\na x\n", "f.pho").starts_with("f.pho:2:1: expected a phone"));
    assert!(told("1\n00:00:01,000 --> soon\nHi\n", "f.srt").starts_with("f.srt:2:1: expected a cue's time"));
    assert!(told("WEBVTT\n\n00:01.000 --> 99:99\nHi\n", "f").starts_with("f:3:1: expected a cue's time"));
    let slot = "<ANNOTATION_DOCUMENT><TIER TIER_ID=\"words\">\n<ANNOTATION><ALIGNABLE_ANNOTATION TIME_SLOT_REF1=\"a\"/></ANNOTATION></TIER></ANNOTATION_DOCUMENT>";
    assert!(told(slot, "f").starts_with("f:2:13: there is no time slot 'a'"), "{}", told(slot, "f"));
    let uneven = "{\"alignment\": {\"characters\": [\"a\"],\n\"character_start_times_seconds\": [], \"character_end_times_seconds\": []}}";
    assert!(told(uneven, "f").contains("not equally many"));
    let late = "{\"segments\": [{\"start\": 0, \"end\": 1e9, \"text\": \"x\"}]}";
    assert!(told(late, "f").contains("is no time"));
}
