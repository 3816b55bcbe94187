//! The program as its users meet it: messages, exit statuses, files.

use crate::common::repository;
use assert_cmd::Command;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn rhetor() -> Command {
    let mut command = Command::cargo_bin("rhetor").unwrap();
    command.env_remove("RHETOR_ASSETS").current_dir(repository());
    command
}

/// Runs, checks the exit status, and gives back what was said on stderr.
fn fails(arguments: &[&str], status: i32) -> String {
    let output = rhetor().args(arguments).assert().code(status).get_output().clone();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    assert!(!said.trim().is_empty(), "{arguments:?} failed without a word");
    said
}

fn write(folder: &TempDir, name: &str, bytes: impl AsRef<[u8]>) -> String {
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path.display().to_string()
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).unwrap().next().is_none()
}

#[test]
fn every_command_explains_itself() {
    let help = rhetor().arg("--help").assert().success().get_output().stdout.clone();
    let help = String::from_utf8_lossy(&help).into_owned();
    for command in [
        "play", "preview", "render", "snapshot", "trace", "prepare", "align", "convert", "export", "inspect",
        "bench", "check", "doctor",
    ] {
        assert!(help.contains(command), "{command} is not in the help");
        rhetor().args([command, "--help"]).assert().success();
    }
}

#[test]
fn an_unknown_command_is_wrong_usage() {
    fails(&["juggle"], 2);
    fails(&["snapshot", "thalia", "-o", "x.png", "--size", "0x4"], 2);
    fails(&["snapshot", "thalia", "-o", "x.png", "--viseme", "zz"], 2);
    fails(&["render", "x", "-o", "x.mp4", "--fps", "0"], 2);
}

#[test]
fn exports_are_written_whole_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    for name in ["a.glb", "a.csv", "a.vrma"] {
        let out = at(name);
        let arguments = ["export", "thalia", "-o", &out, "--to", "0.5", "--fps", "30000/1001"];
        rhetor().args(arguments).assert().success();
        assert!(fs::metadata(&out).unwrap().len() > 1000, "{name}");
    }
    assert!(fs::read_to_string(at("a.csv")).unwrap().lines().count() == 16);
    rhetor().args(["inspect", &at("a.glb")]).assert().success();
    rhetor().args(["convert", &at("a.csv"), "-o", &at("a.timeline.json")]).assert().success();
    rhetor().args(["export", "thalia", "--clip", &at("a.vrma"), "-o", &at("b.glb")]).assert().success();
    assert!(fails(&["export", "thalia", "-o", &at("c.fbx")], 2).contains(".glb, .vrma or .csv"));
    assert!(fails(&["export", "thalia", "-o", &at("c.glb")], 2).contains("--clip"));
    assert!(
        fails(&["export", "thalia", "-o", &at("c.glb"), "--from", "3", "--to", "2"], 2).contains("between")
    );
    let two = r#"{"version":"1.0","duration":1,"speakers":[{"id":"ann"},{"id":"bo"}]}"#;
    let two = write(&folder, "two.timeline.json", two);
    assert!(fails(&["export", &two, "-o", &at("c.csv")], 2).contains("--speaker: ann, bo"));
    assert!(fails(&["export", &two, "-o", &at("c.csv"), "--speaker", "cy"], 2).contains("'cy'"));
    rhetor().args(["export", &two, "-o", &at("bo.csv"), "--speaker", "bo"]).assert().success();
    assert!(!folder.path().join("c.glb").exists() && !folder.path().join("c.csv").exists());
}

#[test]
fn unknown_files_are_named() {
    assert!(fails(&["snapshot", "no-such.glb", "-o", "x.png"], 1).contains("no-such.glb"));
    assert!(fails(&["play", "no-such.speech.toml", "--check"], 1).contains("no-such.speech.toml"));
    assert!(fails(&["convert", "no-such.tsv", "-o", "x.timeline.json"], 1).contains("no-such.tsv"));
}

#[test]
fn broken_avatars_are_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let whole = fs::read(repository().join("assets/avatars/thalia.glb")).unwrap();
    for (name, bytes) in [
        ("empty.glb", &[][..]),
        ("cut.glb", &whole[..whole.len() / 2]),
        ("noise.glb", b"not an avatar at all"),
    ] {
        let path = write(&folder, name, bytes);
        assert!(fails(&["inspect", &path], 1).contains(name), "{name}");
    }
}

#[test]
fn a_script_may_name_only_what_lies_beside_it() {
    let folder = TempDir::new().unwrap();
    let speech = |avatar: &str| {
        format!(
            "version = \"1.0\"\n[speakers.a]\navatar = \"{avatar}\"\n[[lines]]\ntext = \"hello\"\naudio = \"a.wav\"\n"
        )
    };
    let path = write(&folder, "up.speech.toml", speech("../thalia.glb"));
    let said = fails(&["play", &path, "--check"], 1);
    assert!(said.contains("up.speech.toml:3:"), "{said}");
    let timeline = r#"{"version": "1.0", "duration": 1, "speakers": [{"id": "a", "avatar": "gone.glb"}]}"#;
    let path = write(&folder, "gone.timeline.json", timeline);
    let said = fails(&["play", &path, "--check"], 1);
    assert!(said.contains("gone.glb"), "{said}");
    write(&folder, "a.wav", fs::read(repository().join("tests/fixtures/audio/tone.wav")).unwrap());
    let path = write(&folder, "gone.speech.toml", speech("gone.glb"));
    let said = fails(&["play", &path, "--check"], 1);
    assert!(said.contains("gone.speech.toml:3:") && said.contains("gone.glb"), "{said}");
    write(&folder, "gone.glb", b"not an avatar at all");
    let said = fails(&["play", &path, "--check"], 1);
    assert!(said.contains("gone.speech.toml:3:") && said.contains("gone.glb"), "{said}");
}

#[test]
fn an_empty_sound_is_refused_by_name() {
    let folder = TempDir::new().unwrap();
    let path = write(&folder, "silent.wav", b"");
    assert!(fails(&["play", &path, "--check"], 1).contains("silent.wav"));
}

#[test]
fn a_trace_has_the_columns_that_scripts_rely_on() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("a.csv");
    rhetor()
        .args(["trace", "assets/speeches/forum.timeline.json", "--fps", "10", "-o"])
        .arg(&out)
        .assert()
        .success();
    let table = fs::read_to_string(&out).unwrap();
    let header = table.lines().next().unwrap();
    assert!(header.starts_with("time,viseme."), "{header}");
    for column in ["viseme.PP", "channel.jawOpen", "bone.head.x"] {
        assert!(header.split(',').any(|c| c == column), "{column} is missing");
    }
    assert_eq!(table.lines().count(), 1 + 407, "ten rows a second over 40.68 seconds");
}

#[test]
fn a_converted_timeline_comes_back_the_same() {
    let folder = TempDir::new().unwrap();
    let (first, second) = (folder.path().join("a.timeline.json"), folder.path().join("b.timeline.json"));
    rhetor().args(["convert", "assets/speeches/forum.timeline.json", "-o"]).arg(&first).assert().success();
    rhetor().arg("convert").arg(&first).arg("-o").arg(&second).assert().success();
    assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap());
}

#[test]
fn words_of_other_tools_are_given_phones() {
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("talk.timeline.json");
    let output = rhetor()
        .args(["convert", "tests/fixtures/timing/whisper.json", "-o"])
        .arg(&out)
        .assert()
        .success()
        .get_output()
        .clone();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("the phones of 3 words are made from the text"), "{said}");
    let (timeline, _) =
        rhetor::script::Timeline::from_json(&fs::read_to_string(&out).unwrap(), "out").unwrap();
    let speaker = &timeline.speakers[0];
    let inside = |word: &rhetor::script::timeline::Word| {
        speaker.phones.iter().any(|phone| phone.start == word.start && phone.end <= word.end)
    };
    assert!(speaker.words.iter().all(inside), "{speaker:?}");
    let said = fails(&["convert", "tests/fixtures/timing/whisper.json", "-o", "x.json"], 2);
    assert!(said.contains(".whisper.json"), "{said}");
    let help = rhetor().args(["convert", "--help"]).assert().success().get_output().stdout.clone();
    let help = String::from_utf8_lossy(&help).into_owned();
    for format in rhetor::script::foreign::FORMATS {
        assert!(help.contains(format.id) && help.contains(format.name), "{}", format.id);
    }
}

#[test]
fn a_recorded_line_may_be_timed_by_subtitles() {
    let folder = TempDir::new().unwrap();
    fs::copy(repository().join("tests/fixtures/audio/tone.wav"), folder.path().join("tone.wav")).unwrap();
    write(&folder, "one.srt", "1\n00:00:00,020 --> 00:00:00,200\nMama\n");
    let script = "version = \"1.0\"\n[speakers.a]\navatar = \"thalia\"\n[[lines]]\ntext = \"Mama\"\naudio = \"tone.wav\"\ntiming = \"one.srt\"\n";
    let path = write(&folder, "talk.speech.toml", script);
    rhetor().args(["prepare", &path]).assert().success();
    let text = fs::read_to_string(folder.path().join("talk.timeline.json")).unwrap();
    let (timeline, _) = rhetor::script::Timeline::from_json(&text, "out").unwrap();
    let ipa: Vec<&str> = timeline.speakers[0].phones.iter().map(|phone| phone.ipa.as_str()).collect();
    assert_eq!((ipa.len(), ipa.first()), (4, Some(&"m")), "{ipa:?}");
}

#[test]
fn without_an_adapter_the_status_is_three_and_nothing_is_written() {
    let folder = TempDir::new().unwrap();
    let output = rhetor()
        .env("WGPU_ADAPTER_NAME", "no such adapter")
        .args(["snapshot", "thalia", "-o"])
        .arg(folder.path().join("a.png"))
        .assert()
        .code(3)
        .get_output()
        .clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("no graphics adapter"));
    assert!(is_empty(folder.path()));
}

#[test]
fn a_film_needs_an_ending_that_names_its_container() {
    let said = fails(&["render", "assets/speeches/forum.timeline.json", "-o", "film.xyz", "--to", "0.2"], 2);
    assert!(said.contains(".mp4"), "{said}");
}

#[test]
fn a_film_of_pictures_is_whole_and_labelled() {
    if !crate::common::has_gpu() {
        return;
    }
    let folder = TempDir::new().unwrap();
    let out = folder.path().join("film/");
    let speech = "assets/speeches/forum.timeline.json";
    let arguments = ["render", speech, "--size", "64x48", "--fps", "10", "--from", "1", "--to", "1.5", "-o"];
    rhetor().args(arguments).arg(&out).assert().success();
    let mut names: Vec<String> =
        fs::read_dir(&out).unwrap().map(|e| e.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    assert_eq!(names, ["000000.png", "000001.png", "000002.png", "000003.png", "000004.png", "sound.wav"]);
    let png = fs::read(out.join("000003.png")).unwrap();
    let label = b"This video was generated with a digital human";
    assert!(png.windows(label.len()).any(|w| w == label), "the disclosure is not in the picture");
    // The film's frame and the snapshot of its moment are the same picture.
    let still = folder.path().join("still.png");
    rhetor()
        .args(["snapshot", speech, "--size", "64x48", "--at", "1.3", "-o"])
        .arg(&still)
        .assert()
        .success();
    let film = rhetor::snapshot::read_png(&out.join("000003.png")).unwrap();
    assert!(film == rhetor::snapshot::read_png(&still).unwrap(), "film and snapshot differ");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_nothing_under_the_final_name() {
    if !crate::common::has_gpu() {
        return;
    }
    let full = Path::new("/dev/full");
    if !full.exists() {
        return crate::common::skip("this machine has no /dev/full", "REQUIRE_FULL_DISK");
    }
    let folder = TempDir::new().unwrap();
    // A limit on the size of files is a full disk to whoever writes.
    let program = assert_cmd::cargo::cargo_bin("rhetor");
    let out = folder.path().join("film.mkv");
    let command = format!(
        "ulimit -f 16; trap '' XFSZ; exec '{}' render assets/speeches/forum.timeline.json --size 320x240 --fps 25 --to 6 -o '{}'",
        program.display(),
        out.display()
    );
    let output =
        std::process::Command::new("bash").arg("-c").arg(command).current_dir(repository()).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(is_empty(folder.path()), "something was left behind");
}
