//! The user's configuration: which programs speak under which names.
//!
//! Documents name a voice; only this file, which the user owns, names a command.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};
use serde::Deserialize;

use super::HostError;
use super::folder::read_named;
use crate::diagnostic::Diagnostic;

/// A program that speaks: started without a shell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandVoice {
    /// The program and its arguments, with `{text_file}`, `{out_wav}` and perhaps `{voice}`, `{stretch}`,
    /// `{words_per_minute}` in them.
    pub command: Vec<String>,
    /// The language tag of what it speaks.
    pub language: String,
    /// How long it may take for one sentence.
    pub time_limit: Duration,
}

/// What the user has set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Config {
    /// Voices by name, beside the built-in `flite` and `espeak-ng`.
    pub voices: BTreeMap<String, CommandVoice>,
}

#[derive(Deserialize)]
struct FileFormat {
    version: String,
    #[serde(default)]
    voices: BTreeMap<String, VoiceFormat>,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
struct VoiceFormat {
    command: Vec<String>,
    language: String,
    #[serde(default = "default_limit")]
    time_limit_secs: u32,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

const fn default_limit() -> u32 {
    120
}

/// Names that stand for built-in engines.
const RESERVED: &[&str] = &["flite", "espeak-ng"];
const PLACEHOLDERS: &[&str] = &["{text_file}", "{out_wav}", "{voice}", "{stretch}", "{words_per_minute}"];

impl Config {
    /// The configuration in the file that `RHETOR_CONFIG` names, else in the user's configuration folder;
    /// the default where there is none.
    ///
    /// # Errors
    /// When the file is there and wrong, or `RHETOR_CONFIG` names none.
    pub fn of_user() -> Result<Self, HostError> {
        let path = match std::env::var_os("RHETOR_CONFIG") {
            Some(path) => PathBuf::from(path),
            None => match app_folders() {
                Ok(folders) if folders.in_config_dir("config.toml").is_file() => {
                    folders.in_config_dir("config.toml")
                }
                _ => return Ok(Self::default()),
            },
        };
        Self::load(&path)
    }

    fn load(path: &Path) -> Result<Self, HostError> {
        let name = path.display().to_string();
        let bytes = read_named(path)?;
        let text = String::from_utf8(bytes).map_err(|_| HostError::input(&name, "not UTF-8 text"))?;
        Ok(Self::parse(&text, &name)?)
    }

    /// Reads a configuration; `name` is for messages.
    ///
    /// # Errors
    /// Unknown keys, a version from the future, a command without `{text_file}` or `{out_wav}`.
    pub fn parse(text: &str, name: &str) -> Result<Self, Diagnostic> {
        let file: FileFormat = toml::from_str(text).map_err(|error| {
            let found = Diagnostic::error(name, error.message().trim().replace('\n', " "));
            match error.span() {
                Some(span) => found.at(text, span),
                None => found,
            }
        })?;
        if file.version.split('.').next() != Some("1") {
            let message = format!("version \"{}\" is not known here", file.version);
            return Err(at_key(text, name, "version", message).help("this program reads version \"1.0\""));
        }
        refuse_unknown(text, name, &file.rest, "version, voices")?;
        let mut voices = BTreeMap::new();
        for (key, voice) in file.voices {
            refuse_unknown(text, name, &voice.rest, "command, language, time_limit_secs")?;
            check_voice(&key, &voice).map_err(|message| at_key(text, name, &key, message))?;
            let time_limit = Duration::from_secs(voice.time_limit_secs.into());
            voices.insert(key, CommandVoice { command: voice.command, language: voice.language, time_limit });
        }
        Ok(Self { voices })
    }
}

fn check_voice(key: &str, voice: &VoiceFormat) -> Result<(), String> {
    if RESERVED.contains(&key) {
        return Err(format!("'{key}' is a built-in voice; give yours another name"));
    }
    if key.contains(':') {
        return Err(format!("voice '{key}' may not have a colon in its name"));
    }
    if voice.command.first().is_none_or(|program| program.is_empty() || program.contains('{')) {
        return Err(format!(
            "voice '{key}' needs a command such as [\"program\", \"{{text_file}}\", \"{{out_wav}}\"]"
        ));
    }
    for needed in ["{text_file}", "{out_wav}"] {
        if !voice.command.iter().any(|argument| argument.contains(needed)) {
            return Err(format!("the command of voice '{key}' has no {needed}"));
        }
    }
    for argument in &voice.command {
        let bare = PLACEHOLDERS.iter().fold(argument.clone(), |text, known| text.replace(known, ""));
        if bare.contains(['{', '}']) {
            return Err(format!("'{argument}' of voice '{key}' holds an unknown placeholder"));
        }
    }
    if !(1..=3600).contains(&voice.time_limit_secs) {
        return Err(format!("time_limit_secs of voice '{key}' must be 1 to 3600"));
    }
    Ok(())
}

fn refuse_unknown(
    text: &str,
    name: &str,
    rest: &BTreeMap<String, toml::Value>,
    known: &str,
) -> Result<(), Diagnostic> {
    match rest.keys().find(|key| !key.starts_with("x-")) {
        Some(key) => {
            Err(at_key(text, name, key, format!("unknown key '{key}'")).help(format!("known here: {known}")))
        }
        None => Ok(()),
    }
}

/// A diagnostic at the first place where `key` stands as a key or in a table's name.
fn at_key(text: &str, name: &str, key: &str, message: String) -> Diagnostic {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let head = line.split('=').next().unwrap_or_default();
        if let Some(column) = head.find(key) {
            let start = offset + column;
            return Diagnostic::error(name, message).at(text, start..start + key.len());
        }
        offset += line.len();
    }
    Diagnostic::error(name, message)
}

/// Where a file called `name` of the user's own settings lies, whether it is there or not.
///
/// # Errors
/// Where the user has no home folder.
pub fn setting_file(name: &str) -> Result<PathBuf, HostError> {
    Ok(app_folders()?.in_config_dir(name))
}

/// The user's folders for configuration and caches.
pub(super) fn app_folders() -> Result<impl AppStrategy, HostError> {
    let names = AppStrategyArgs {
        top_level_domain: String::new(),
        author: String::new(),
        app_name: "rhetor".to_owned(),
    };
    choose_app_strategy(names)
        .map_err(|error| HostError::environment(format!("no home folder: {error}"), "set HOME"))
}
