//! Who may perform with an avatar: what its file says, what `inspect` shows, what `play` and `render` refuse.

use super::{file, vrm1};
use crate::common::repository;
use assert_cmd::Command;
use rhetor::avatar::Performer;

const PLAIN: &str = r#"{"name":"skin"}"#;

#[test]
fn what_is_not_said_is_what_the_specification_says() {
    let meta = vrm1(
        r#","meta":{"name":"Ida","authors":["A","B"],"licenseUrl":"https://vrm.dev/licenses/1.0/"}"#,
        PLAIN,
    );
    let meta = meta.avatar.meta.unwrap();
    assert_eq!(
        (meta.title.as_str(), meta.authors.len(), meta.performer),
        ("Ida", 2, Some(Performer::OnlyAuthor))
    );
    let (clause, _) = meta.forbids_performing().unwrap();
    assert_eq!(clause, "avatarPermission: onlyAuthor (by default)");
    assert!(meta.terms.contains(&("creditNotation", "required (by default)".to_owned())));
    let everyone = vrm1(r#","meta":{"avatarPermission":"everyone","allowRedistribution":true}"#, PLAIN);
    let everyone = everyone.avatar.meta.unwrap();
    assert_eq!(everyone.forbids_performing(), None);
    assert!(everyone.terms.contains(&("allowRedistribution", "true".to_owned())));
    assert!(vrm1("", PLAIN).avatar.meta.is_none());
}

/// A VRM 0.x file with this `allowedUserName`.
fn vrm0(allowed: &str) -> Vec<u8> {
    let root = format!(
        r#""extensionsUsed":["VRM"],"extensions":{{"VRM":{{"meta":{{"title":"Ida","author":"Bo","allowedUserName":"{allowed}","licenseName":"CC_BY"}},
        "humanoid":{{"humanBones":[{{"bone":"hips","node":0}},{{"bone":"head","node":2}}]}}}}}}"#
    );
    file(&root, PLAIN)
}

fn rhetor(arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("rhetor").unwrap();
    let output = command.current_dir(repository()).args(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn play_and_render_name_the_clause_and_ask() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = |name: &str, allowed: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, vrm0(allowed)).unwrap();
        path.display().to_string()
    };
    let (own, all) = (path("own.vrm", "OnlyAuthor"), path("all.vrm", "Everyone"));
    let licensed = path("licensed.vrm", "ExplicitlyLicensedPerson");
    let film = folder.path().join("film.mp4").display().to_string();
    let motion = folder.path().join("motion.glb").display().to_string();
    let speech = "assets/speeches/forum.timeline.json";
    for avatar in [&own, &licensed] {
        for arguments in [
            vec!["play", speech, "--check", "--avatar", avatar],
            vec!["render", speech, "-o", &film, "--avatar", avatar],
            vec!["export", speech, "-o", &motion, "--avatar", avatar],
        ] {
            let (code, _, said) = rhetor(&arguments);
            assert_eq!(code, Some(1), "{said}");
            assert!(said.contains("allowedUserName: ") && said.contains("--accept-terms"), "{said}");
            assert!(said.contains("Ida by Bo"), "{said}");
        }
    }
    let accepted = rhetor(&["play", speech, "--check", "--accept-terms", "--avatar", &own]);
    let free = rhetor(&["play", speech, "--check", "--avatar", &all]);
    for (code, _, said) in [accepted, free] {
        // A machine without graphics says so, and nothing of terms.
        assert!(code != Some(1) && !said.contains("terms"), "{code:?} {said}");
    }
    let (code, shown, _) = rhetor(&["inspect", &own]);
    assert_eq!(code, Some(0));
    for said in [
        "allowedUserName: OnlyAuthor",
        "Bo",
        "only its author may perform with it: play, render and export ask",
    ] {
        assert!(shown.contains(said), "{shown}");
    }
}
