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
    let without = changed(|text| text.replacen(",JawOpen,", ",JawOpens,", 1)).unwrap_err();
    assert!(without.starts_with("face.csv:1:1: the head lacks the column JawOpen"), "{without}");
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
