//! `rhetor check` as its users meet it: cases made, blessed, kept, broken, and told.

use crate::common::{has_gpu, repository};
use assert_cmd::Command;
use rhetor::snapshot::{read_png, write_png};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const BLOCKS: &str = "tests/golden/lamps/blocks.glb";

/// A folder with cases.
struct Suite(TempDir);

impl Suite {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A small case; `more` stands before the size.
    fn case(&self, name: &str, more: &str) -> PathBuf {
        let folder = self.0.path().join(name);
        fs::create_dir_all(&folder).unwrap();
        let text =
            format!("version = \"1.0\"\ninput = \"{BLOCKS}\"\n{more}size = [48, 48]\ncamera = \"full\"\n");
        fs::write(folder.join("case.toml"), text).unwrap();
        folder
    }

    /// Status, and all that was said.
    fn check(&self, arguments: &[&str], is_ci: bool) -> (i32, String) {
        let mut command = Command::cargo_bin("rhetor").unwrap();
        command.env_remove("CI").current_dir(repository()).arg("check").arg(self.0.path()).args(arguments);
        if is_ci {
            command.env("CI", "1");
        }
        let output = command.output().unwrap();
        let said =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        assert!(!said.contains("panicked"), "{said}");
        (output.status.code().unwrap(), said)
    }

    fn passes(&self, arguments: &[&str]) -> String {
        let (status, said) = self.check(arguments, false);
        assert_eq!(status, 0, "{said}");
        said
    }

    fn fails(&self, arguments: &[&str], status: i32, complaint: &str) -> String {
        let (found, said) = self.check(arguments, false);
        assert_eq!(found, status, "{said}");
        assert!(said.contains(complaint), "{said}");
        said
    }
}

/// Moves the red of a square of the reference by `step`.
fn spoil(reference: &Path, step: u8) {
    let mut picture = read_png(reference).unwrap();
    let width = picture.width as usize;
    for y in 20..28 {
        for x in 20..28 {
            let red = &mut picture.rgba[(y * width + x) * 4];
            *red = if *red > 127 { *red - step } else { *red + step };
        }
    }
    write_png(reference, &picture, &rhetor::snapshot::Metadata::default()).unwrap();
}

#[test]
fn what_changed_is_told_on_the_page_and_to_ci() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    let (kept, changed) = (suite.case("kept", ""), suite.case("deep/changed", ""));
    suite.fails(&[], 1, "is missing: look at the picture, then run with --bless");
    suite.passes(&["--bless"]);
    assert!(suite.passes(&[]).contains("2 cases pass"));
    spoil(&changed.join("0.png"), 40);
    let (page, xml) = (suite.0.path().join("report.html"), suite.0.path().join("junit.xml"));
    let (page_name, xml_name) = (page.display().to_string(), xml.display().to_string());
    let said =
        suite.fails(&["--report", &page_name, "--junit", &xml_name, "-j", "1"], 1, "1 of 2 cases fail");
    assert!(
        said.contains("ok   kept") && said.contains("FAIL deep/changed") && said.contains("worst 40"),
        "{said}"
    );
    let page = fs::read_to_string(page).unwrap();
    assert!(page.find("deep/changed").unwrap() < page.find("<h2>kept").unwrap(), "what differs comes first");
    assert!(
        page.contains("by turns") && page.matches("data:image/png;base64,").count() >= 7,
        "its pictures are in it"
    );
    let xml = fs::read_to_string(xml).unwrap();
    let failures =
        roxmltree::Document::parse(&xml).unwrap().descendants().filter(|n| n.has_tag_name("failure")).count();
    assert_eq!(failures, 1);
    assert!(suite.passes(&["--filter", "kept"]).contains("1 cases pass"));
    assert!(kept.join("0.png").is_file());
}

#[test]
fn bad_cases_fail_alone() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    suite.case("good", "");
    let other_size = suite.case("other_size", "");
    suite.passes(&["--bless"]);
    let picture = rhetor::render::Picture { width: 8, height: 8, rgba: vec![9; 256] };
    write_png(&other_size.join("0.png"), &picture, &rhetor::snapshot::Metadata::default()).unwrap();
    suite.case("unknown_key", "colour = 3\n");
    let gone = suite.case("no_input", "");
    fs::write(gone.join("case.toml"), "version = \"1.0\"\ninput = \"gone.glb\"\nsize = [8, 8]\n").unwrap();
    let no_png = suite.case("no_png", "");
    fs::write(no_png.join("0.png"), b"not a picture").unwrap();
    let said = suite.fails(&[], 1, "4 of 5 cases fail");
    for told in [
        "it is 48x48, its reference 8x8",
        "unknown field `colour`",
        "gone.glb",
        "0.png is not an 8-bit",
        "ok   good",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn what_cannot_be_written_or_read_fails_alone() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    suite.case("good", "");
    // A folder in the reference's place cannot be written over, whoever tries.
    let taken = suite.case("taken", "");
    fs::create_dir_all(taken.join("0.png")).unwrap();
    let said = suite.fails(&["--bless"], 1, "1 of 2 cases fail");
    assert!(said.contains("taken/0.png cannot be written") && said.contains("ok   good"), "{said}");
    let said = suite.fails(&[], 1, "1 of 2 cases fail");
    assert!(said.contains("taken/0.png") && said.contains("ok   good"), "{said}");
    let page = taken.display().to_string();
    suite.fails(&["--filter", "good", "--report", &page], 1, "taken: ");
    let mut command = Command::cargo_bin("rhetor").unwrap();
    let output = command.arg("check").arg(taken.join("case.toml")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("it is a file; give the folder"));
}

#[test]
fn a_known_failure_is_told_once_it_is_none() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    let folder = suite.case("hair", "");
    suite.passes(&["--bless"]);
    suite.case("hair", "known_failure = \"it is being mended\"\n");
    suite.fails(&[], 1, "no longer does: remove known_failure");
    spoil(&folder.join("0.png"), 60);
    suite.passes(&[]);
}

#[test]
fn only_a_person_blesses_and_only_where_it_is_wanted() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    let folder = suite.case("a", "");
    let (status, said) = suite.check(&["--bless"], true);
    assert_eq!(status, 1, "{said}");
    assert!(said.contains("never written where CI is set") && !folder.join("0.png").exists(), "{said}");
    suite.fails(&["--require-adapter", "no such adapter"], 3, "not 'no such adapter'");
    suite.fails(&["--filter", "zebra"], 1, "no case with 'zebra'");
    suite.fails(&["--bless", "--init", BLOCKS], 2, "cannot be used with");
}

#[test]
fn references_may_be_those_of_an_adapters_family() {
    if !has_gpu() {
        return;
    }
    let suite = Suite::new();
    let folder = suite.case("a", "per_adapter = true\nreason = \"drivers differ in glass\"\n");
    suite.passes(&["--bless"]);
    let name =
        fs::read_dir(folder).unwrap().map(|e| e.unwrap().file_name()).find(|n| n != "case.toml").unwrap();
    let name = name.to_string_lossy();
    assert!(name.starts_with("0.") && name.ends_with(".png") && name.len() > "0.png".len(), "{name}");
    suite.passes(&[]);
}

#[test]
fn first_cases_are_written_and_nothing_is_written_over() {
    let suite = Suite::new();
    let own = suite.case("face", "");
    let before = fs::read_to_string(own.join("case.toml")).unwrap();
    suite.passes(&["--init", BLOCKS]);
    assert_eq!(fs::read_to_string(own.join("case.toml")).unwrap(), before);
    let made = rhetor::snapshot::cases(suite.0.path()).unwrap();
    assert!(made.len() >= 10 && made.iter().all(|entry| entry.case.is_ok()), "{made:?}");
    suite.fails(&["--init", "/a.glb"], 2, "below the current folder");
}
