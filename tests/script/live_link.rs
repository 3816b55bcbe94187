//! Faces recorded by Live Link Face: what rows say, what is missing, and what real recordings hold.

use rhetor::script::foreign::{self, Options};
use rhetor::time::{FrameRate, Time};
use rhetor::vocabulary::Channel;

use super::foreign::{convert, fixture};
use crate::common::folder;

/// The sample with `change` applied to its text.
fn changed(change: impl Fn(String) -> String) -> Result<String, String> {
    let text = change(String::from_utf8(fixture("face.csv")).unwrap());
    match foreign::to_timeline(text.as_bytes(), "face.csv") {
        Ok((_, told)) => Ok(told.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")),
        Err(error) => Err(error.to_string()),
    }
}

#[test]
fn a_recording_is_a_track_of_channels() {
    let (timeline, told) = convert("face.csv");
    let [track] = timeline.speakers[0].channels.as_slice() else { panic!("one track") };
    assert_eq!((track.rate, track.start), (FrameRate::new(30, 1).unwrap(), Time::ZERO));
    let at = |frame: u64, channel: Channel| track.weights(track.rate.time_of(frame))[channel.index()];
    // The lost row is passed over, what is beyond 1 is 1, and left is not right.
    let open: Vec<f32> = (0..5).map(|frame| at(frame, Channel::JawOpen)).collect();
    assert_eq!(open, [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!((at(2, Channel::MouthLeft), at(2, Channel::MouthRight)), (0.125, 0.0));
    assert!(told.contains("1 rows have no face"), "{told}");
    assert!(told.contains("turns of the head"), "{told}");
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_column() {
    let without = changed(|text| text.replacen(",JawOpen,", ",JawOpens,", 1)).unwrap();
    assert!(
        without.contains("face.csv:1:1: the head lacks the column JawOpen; the face rests there"),
        "{without}"
    );
    let foreign =
        changed(|text| text.replacen("Timecode,BlendShapeCount", "a,b", 1).replacen(",JawOpen,", ",J,", 1));
    let foreign = foreign.unwrap_err();
    assert!(
        foreign.starts_with("face.csv:1:1: the head lacks the columns Timecode, BlendShapeCount, JawOpen"),
        "{foreign}"
    );
    let cut = changed(|text| text.split(",0.2500000000").next().unwrap().to_owned()).unwrap_err();
    assert!(cut.starts_with("face.csv:3:1: the row has 19 fields of 63: JawOpen is missing"), "{cut}");
    let word = changed(|text| text.replacen(",0.2500000000", ",open", 1)).unwrap_err();
    assert!(word.starts_with("face.csv:3:1: 'open' is no number for JawOpen"), "{word}");
    let nan = changed(|text| text.replacen(",0.2500000000", ",NaN", 1)).unwrap_err();
    assert!(nan.contains("'NaN' is no number"), "{nan}");
    let time = changed(|text| text.replacen("10:59:59:29", "soon", 1)).unwrap_err();
    assert!(time.starts_with("face.csv:3:1: 'soon.000' is no timecode"), "{time}");
    let long = changed(|text| text.replacen("11:00:00:02", "21:00:00:02", 1)).unwrap_err();
    assert!(long.contains("longer than two hours"), "{long}");
    let head = changed(|text| text.lines().next().unwrap().to_owned()).unwrap_err();
    assert!(head.contains("no row has a face"), "{head}");
}

#[test]
fn recordings_of_other_tools_are_read() {
    // Old ones have no tongue; others have semicolons, seconds in place of timecodes, or no time at all.
    assert!(changed(|text| text.replacen(",TongueOut,", ",x,", 1)).is_ok());
    assert!(changed(|text| text.replace(',', ";")).unwrap().contains("1 rows have no face"));
    assert!(changed(|text| text.replacen("Timecode", "take", 1)).is_ok());
    let midnight = changed(|text| text.replace("10:59", "23:59").replace("11:00", "00:00")).unwrap();
    assert!(midnight.contains("1 rows have no face"), "{midnight}");
    let back = changed(|text| text.replace("11:00:00:02", "10:00:00:02")).unwrap();
    assert!(back.contains("2 rows have no face or do not follow"), "{back}");
    let short = changed(|text| text.lines().take(3).collect::<Vec<_>>().join("\n")).unwrap();
    assert!(short.contains("too short to tell its frame rate; 60"), "{short}");
}

/// The face of a recorded line moves the avatar, and its words are heard in the sound.
#[test]
fn a_line_takes_a_recorded_face() {
    use rhetor::production::{Production, Request};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let sounds = crate::common::repository().join("tests/fixtures/audio");
    std::fs::copy(sounds.join("tone.wav"), at("tone.wav")).unwrap();
    std::fs::write(at("face.csv"), fixture("face.csv")).unwrap();
    let script = "version = \"1.0\"\n[[lines]]\ntext = \"Ah\"\naudio = \"tone.wav\"\ntiming = \"face.csv\"\n";
    std::fs::write(at("x.speech.toml"), script).unwrap();
    let play = |file: &str| {
        let input = at(file).display().to_string();
        Production::load(&Request { input, ..Request::default() }, &rhetor::job::Job::silent()).unwrap()
    };
    let of_line = play("x.speech.toml");
    assert_eq!((of_line.timeline.audio.len(), of_line.timeline.captions[0].text.as_str()), (1, "Ah"));
    for production in [of_line, play("face.csv")] {
        let track = &production.timeline.speakers[0].channels[0];
        let peak = track.start + track.rate.time_of(3) + Time::from_millis(1);
        let acting = production.performance.acting(0, peak).unwrap();
        assert!(acting.channels[Channel::JawOpen.index()] > 0.05, "{:?}", acting.channels);
        let mouth = acting.visemes[rhetor::vocabulary::Viseme::Sil.index()];
        assert!(mouth > 0.0, "{mouth}");
    }
}

#[test]
fn a_real_recording_is_read() {
    let Some(folder) = folder("AVATARS") else { return };
    let bytes = std::fs::read(folder.join("csv_neurosync_default.csv")).unwrap();
    assert_eq!(foreign::detect(&bytes, "x").unwrap().id, "live-link");
    let (timeline, told) = foreign::to_timeline(&bytes, "x.csv").unwrap();
    let track = &timeline.speakers[0].channels[0];
    assert_eq!((track.rate, track.channels.len()), (FrameRate::SCREEN, 52));
    // 14:58:02:44.643 to 14:58:53:34.503.
    assert!((track.end() - Time::from_millis(50_848)).abs() < Time::from_millis(17), "{}", track.end());
    assert!(track.frames.iter().flatten().all(|weight| (0.0..=1.0).contains(weight)));
    assert_eq!(told.len(), 1, "{told:?}");
    let open = |secs: f64| track.weights(Time::from_secs_f64(secs))[Channel::JawOpen.index()];
    assert!((open(0.0) - 0.006_626_7).abs() < 1e-6);
    let options = Options { rate: FrameRate::new(30, 1), ..Options::default() };
    let text = foreign::write(&timeline, foreign::of_id("live-link").unwrap(), &options).unwrap().0;
    let (again, _) = foreign::to_timeline(text.as_bytes(), "y.csv").unwrap();
    let again = &again.speakers[0].channels[0];
    assert_eq!(again.rate, FrameRate::new(30, 1).unwrap());
    for frame in 0..again.frames.len() as u64 {
        let t = again.rate.time_of(frame);
        let pairs = again.weights(t).into_iter().zip(track.weights(t));
        assert!(pairs.into_iter().all(|(a, b)| (a - b).abs() < 2e-6), "frame {frame}");
    }
}

/// `[capture FILE]` plays a recording over the acting, its head included; what is wrong with it is told and the rest is played.
#[test]
fn a_mark_plays_a_recording() {
    use rhetor::production::{Production, Request};
    use rhetor::script::timeline::{Mark, Speaker};
    use rhetor::vocabulary::{Bone, Viseme};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let names: Vec<String> = Channel::ALL.iter().map(ToString::to_string).collect();
    let head = format!("Timecode,BlendShapeCount,{},HeadYaw,HeadPitch", names.join(","));
    let rows: String = (0..120)
        .map(|i| format!("00:00:{:02}:{:02}.0,61,{}0.3,0.1\n", i / 30, i % 30, "0.5,".repeat(52)))
        .collect();
    std::fs::write(at("face.csv"), format!("{head}\n{rows}")).unwrap();
    std::fs::write(at("few.csv"), "Timecode,BlendShapeCount,JawOpen\n00:00:00:00,1,0.5\n").unwrap();
    std::fs::write(at("none.csv"), "a,b\n1,2\n").unwrap();
    let load = |file: &str| {
        let args = vec![file.to_owned()];
        let mark = Mark { time: Time::from_millis(1000), end: None, name: "capture".to_owned(), args };
        let speakers = vec![Speaker { id: "a".to_owned(), marks: vec![mark], ..Speaker::default() }];
        let timeline =
            rhetor::script::Timeline { duration: Time::from_millis(9000), speakers, ..Default::default() };
        std::fs::write(at("x.timeline.json"), timeline.to_json()).unwrap();
        let input = at("x.timeline.json").display().to_string();
        let loaded =
            Production::load(&Request { input, ..Request::default() }, &rhetor::job::Job::silent()).unwrap();
        let told: Vec<String> = loaded.warnings.iter().map(ToString::to_string).collect();
        (loaded, told.join("\n"))
    };
    let (played, told) = load("face");
    assert!(
        told.contains("face.csv:1:1: the head lacks the column HeadRoll; the face rests there"),
        "{told}"
    );
    let acting = |millis: i64| played.performance.acting(0, Time::from_millis(millis)).unwrap();
    let during = acting(3000);
    assert_eq!(during.channels[Channel::JawOpen.index()], 0.5);
    assert!(during.visemes[Viseme::Sil.index()] > 0.99);
    // Towards the avatar's right and down.
    let head = during.bones.of(Bone::Head) + during.bones.of(Bone::Neck);
    assert!((head.y + 0.3).abs() < 0.05 && (head.x - 0.1).abs() < 0.05, "{head}");
    assert_eq!(acting(5100).channels[Channel::JawOpen.index()], 0.0);
    let (few, told) = load("few.csv");
    assert!(told.contains("few.csv:1:1: the head lacks the columns EyeBlinkLeft"), "{told}");
    assert!(few.performance.acting(0, Time::from_millis(1010)).is_some());
    assert!(
        load("none.csv").1.contains(
            "none.csv:1:1: [capture none.csv] at 00:01.000 is not acted: the head lacks the columns"
        ),
        "{}",
        load("none.csv").1
    );
    assert!(load("gone").1.contains("there is no such recording"));
}
