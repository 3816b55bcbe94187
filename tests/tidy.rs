//! The rules of the tree, as tests: who may import whom, how long a file may be, where serde and wgpu end.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What everybody may import.
const COMMON: &[&str] = &["time", "vocabulary", "diagnostic", "job", "source"];

/// The layers: a module and what it may import beside [`COMMON`].
const LAYERS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("vocabulary", &[]),
    ("diagnostic", &[]),
    ("job", &[]),
    ("source", &[]),
    ("script", &[]),
    ("avatar", &[]),
    ("audio", &[]),
    ("forge", &[]),
    ("speech", &["script"]),
    ("clock", &["audio"]),
    ("import", &["avatar"]),
    ("rig", &["avatar"]),
    ("stage", &["avatar"]),
    ("frame", &["avatar", "stage"]),
    ("perform", &["script", "avatar", "rig", "stage", "frame"]),
    ("render", &["avatar", "stage", "frame"]),
    ("host", &["script", "speech", "avatar", "import", "rig", "audio"]),
    ("production", &["script", "rig", "stage", "perform", "render", "host", "import", "audio"]),
    ("inspection", &["avatar", "rig", "perform"]),
    ("exchange", &["script", "avatar", "import", "rig", "perform", "host"]),
    ("bench", &["perform", "render", "clock"]),
    ("snapshot", &["avatar", "rig", "perform", "render", "stage", "frame", "host", "production", "clock"]),
    ("film", &["frame", "perform", "render", "audio", "host", "snapshot"]),
    ("app", &["script", "speech", "frame", "perform", "render", "stage", "audio", "clock"]),
    (
        "preview",
        &[
            "script",
            "avatar",
            "rig",
            "stage",
            "frame",
            "perform",
            "render",
            "audio",
            "clock",
            "host",
            "inspection",
            "production",
            "bench",
            "snapshot",
            "app",
        ],
    ),
    ("cli", &["*"]),
];

/// Modules in which serde may be derived, and in which wgpu may be named.
const SERDE: &[&str] = &["script", "host", "cli", "forge", "import", "snapshot", "exchange", "preview"];
const WGPU: &[&str] = &["render", "app", "preview"];

const LONGEST_FILE: usize = 500;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            files(&path, ending, out);
        } else if path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
}

fn sources() -> Vec<(String, PathBuf, String)> {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    assert!(paths.len() > 50, "the source tree was not found");
    let one = |path: PathBuf| {
        let relative = path.strip_prefix(root().join("src")).unwrap();
        let first = relative.components().next().unwrap().as_os_str().to_string_lossy();
        let module = first.trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&path).unwrap();
        (module, path, text)
    };
    paths.into_iter().map(one).collect()
}

/// Code without comments and without what only tests see at the end of a file.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().map(|l| l.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

#[test]
fn imports_follow_the_layers() {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some(allowed) = layers.get(module.as_str()) else {
            panic!("{}: the module '{module}' stands in no layer", path.display());
        };
        for used in code(&text).split("crate::").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let is_module = layers.contains_key(name.as_str());
            let is_allowed =
                name == module || COMMON.contains(&name.as_str()) || allowed.contains(&name.as_str());
            if is_module && !is_allowed && !allowed.contains(&"*") {
                wrong.push(format!("{}: {module} imports {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_file_is_too_long() {
    let mut paths = Vec::new();
    for (folder, ending) in
        [("src", "rs"), ("tests", "rs"), ("shaders", "wgsl"), ("benches", "rs"), ("examples", "rs")]
    {
        files(&root().join(folder), ending, &mut paths);
    }
    let long: Vec<String> = paths
        .iter()
        .map(|p| (p, fs::read_to_string(p).unwrap().lines().count()))
        .filter(|(_, lines)| *lines > LONGEST_FILE)
        .map(|(p, lines)| format!("{} has {lines} lines", p.display()))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn serde_and_wgpu_end_at_their_borders() {
    let mut wrong = Vec::new();
    for (module, path, text) in sources() {
        let code = code(&text);
        for (name, borders) in [("serde", SERDE), ("schemars", SERDE), ("wgpu", WGPU)] {
            let is_used = code.contains(&format!("{name}::")) || code.contains(&format!("use {name}"));
            if is_used && !borders.contains(&module.as_str()) {
                wrong.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|(_, _, text)| !text.starts_with("//!"))
        .map(|(_, path, _)| path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "no module header: {}", silent.join(", "));
}

#[test]
fn shared_code_of_shaders_holds_no_entry_points() {
    let mut paths = Vec::new();
    for folder in ["shaders/common", "shaders/lighting"] {
        files(&root().join(folder), "wgsl", &mut paths);
    }
    assert!(!paths.is_empty());
    for path in paths {
        let text = fs::read_to_string(&path).unwrap();
        assert!(
            !["@vertex", "@fragment", "@compute"].iter().any(|stage| text.contains(stage)),
            "{} holds an entry point",
            path.display()
        );
    }
}
