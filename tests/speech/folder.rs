//! What documents may read, and what the user may configure.

use rhetor::host::{Config, FolderSource, Kind};
use rhetor::source::{Source, SourceError};
use std::fs;

fn is_outside(source: &FolderSource, name: &str) -> bool {
    matches!(source.read(name), Err(SourceError::Outside(_)))
}

#[test]
fn a_document_reads_beside_and_below_itself_only() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("speech");
    fs::create_dir_all(inside.join("sound")).unwrap();
    fs::write(inside.join("sound/a.wav"), b"a").unwrap();
    fs::write(folder.path().join("secret"), b"s").unwrap();
    let source = FolderSource::new(&inside, &[]).unwrap();
    assert_eq!(source.read("sound/a.wav").unwrap(), b"a");
    assert_eq!(source.read("./sound/a.wav").unwrap(), b"a");
    let absolute = folder.path().join("secret");
    let names = ["../secret", "sound/../../secret", "sound/../sound/a.wav", "..", absolute.to_str().unwrap()];
    for name in names.iter().chain(&[
        "https://example.org/a.wav",
        "file:///etc/passwd",
        "//host/share/a",
        "C:\\a",
        "data:,x",
    ]) {
        assert!(is_outside(&source, name), "{name} was read");
    }
    assert!(matches!(source.read("sound/b.wav"), Err(SourceError::Missing(_))));
    assert!(matches!(source.read("sound"), Err(SourceError::Unreadable { .. })), "a folder was read");
    assert!(matches!(source.read(""), Err(SourceError::Unreadable { .. } | SourceError::Missing(_))));
}

#[cfg(unix)]
#[test]
fn links_and_devices_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let (inside, outside) = (folder.path().join("speech"), folder.path().join("other"));
    fs::create_dir(&inside).unwrap();
    fs::create_dir(&outside).unwrap();
    fs::write(outside.join("secret"), b"s").unwrap();
    fs::write(inside.join("a"), b"a").unwrap();
    symlink(outside.join("secret"), inside.join("link")).unwrap();
    symlink(&outside, inside.join("folder")).unwrap();
    symlink("/dev/zero", inside.join("zero")).unwrap();
    symlink(inside.join("a"), inside.join("same")).unwrap();
    let source = FolderSource::new(&inside, &[]).unwrap();
    for name in ["link", "folder/secret", "zero"] {
        assert!(is_outside(&source, name), "{name} was read");
    }
    assert_eq!(source.read("same").unwrap(), b"a", "a link within the folder is fine");
    let devices = FolderSource::new(std::path::Path::new("/dev"), &[]).unwrap();
    assert!(matches!(devices.read("zero"), Err(SourceError::Unreadable { .. })), "a device was read");

    let widened = FolderSource::new(&inside, std::slice::from_ref(&outside)).unwrap();
    assert_eq!(widened.read("link").unwrap(), b"s");
    assert_eq!(widened.read("../other/secret").unwrap(), b"s");
    assert!(is_outside(&widened, "/etc/hostname"), "only the allowed folder was allowed");
}

#[test]
fn a_missing_folder_is_the_users_mistake() {
    let error = FolderSource::new(std::path::Path::new("/no/such/folder"), &[]).unwrap_err();
    assert_eq!(error.kind, Kind::Input);
    assert!(error.to_string().contains("/no/such/folder"));
}

const VOICE: &str =
    "command = [\"speak\", \"--in={text_file}\", \"{out_wav}\", \"{voice}\"]\nlanguage = \"en\"\n";

#[test]
fn a_configuration_names_voices() {
    let text = format!("version = \"1.0\"\nx-note = 1\n[voices.anna]\n{VOICE}time_limit_secs = 5\n");
    let config = Config::parse(&text, "config.toml").unwrap();
    let anna = config.voices.get("anna").unwrap();
    assert_eq!(anna.command.len(), 4);
    assert_eq!(anna.time_limit.as_secs(), 5);
}

#[test]
fn a_configuration_is_read_strictly() {
    let head = "version = \"1.0\"\n";
    let voice = |body: &str| format!("{head}[voices.anna]\n{body}");
    let cases = [
        ("voice = 1\n".to_owned(), "version"),
        (format!("{head}voice = 1\n"), "unknown key 'voice'"),
        ("version = \"2.0\"\n".to_owned(), "version \"2.0\""),
        (voice(&format!("{VOICE}shell = true\n")), "unknown key 'shell'"),
        (voice("command = \"speak {text_file} {out_wav}\"\nlanguage = \"en\"\n"), "sequence"),
        (voice("command = []\nlanguage = \"en\"\n"), "needs a command"),
        (voice("command = [\"speak\", \"{out_wav}\"]\nlanguage = \"en\"\n"), "no {text_file}"),
        (voice("command = [\"speak\", \"{text_file}\"]\nlanguage = \"en\"\n"), "no {out_wav}"),
        (voice(&VOICE.replace("{voice}", "{text}")), "unknown placeholder"),
        (voice(&format!("{VOICE}time_limit_secs = 0\n")), "1 to 3600"),
        (voice(VOICE).replace("anna", "flite"), "built-in"),
    ];
    for (text, expected) in cases {
        let message = Config::parse(&text, "config.toml").unwrap_err().to_string();
        assert!(message.contains(expected), "'{message}' does not say '{expected}'");
        assert!(message.starts_with("config.toml:"), "{message}");
    }
    let wrong = Config::parse(&voice(&format!("{VOICE}shell = true\n")), "c").unwrap_err();
    assert_eq!(wrong.position.unwrap().line, 5);
}
