//! What a person made, as text and as files: a pose, a rig file, a snapshot case.
//!
//! What stood in a file before stays, comments and all, but for the tables that are written anew.

use super::edits::{Recipe, Shape, Sliders};
use super::recipes::{key, number, recipe_text};
use crate::avatar::Avatar;
use crate::host;
use crate::render::Quality;
use crate::snapshot::Case;
use crate::stage::{Camera, Shot, Tone};
use crate::time::Time;
use glam::Vec3;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

/// Why something was not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is no file to put it beside.
    #[error("{0} is a bundled avatar, which has no rig file: save a copy of it as a file and open that")]
    Bundled(String),
    /// Nothing was changed.
    #[error("no recipe was changed: pull a number of one in the Rig panel first")]
    Nothing,
    /// A table in a form that cannot be replaced.
    #[error(
        "{file}: '{place}' is written within a line; write it as a table [{place}], or change it by hand"
    )]
    Inline {
        /// The rig file.
        file: String,
        /// The table.
        place: String,
    },
    /// A case may not name a file elsewhere.
    #[error("{0} does not lie below the current folder, where a case must find it; start the program there")]
    Elsewhere(String),
    /// What was written would not be read again.
    #[error("{0}")]
    Unreadable(String),
    /// The system's word.
    #[error("{file}: {error}")]
    Unwritable {
        /// Which.
        file: String,
        /// What the system says.
        error: std::io::Error,
    },
}

/// The pose as it stands in a case: `[visemes]`, `[channels]`, `[expressions]`.
pub fn pose_text(sliders: &Sliders) -> String {
    let pose = sliders.pose();
    let mut text = String::new();
    let tables: [(&str, Vec<(&str, f32)>); 3] = [
        ("visemes", pose.visemes.iter().map(|(v, weight)| (v.name(), *weight)).collect()),
        ("channels", pose.channels.iter().map(|(c, weight)| (c.name(), *weight)).collect()),
        ("expressions", pose.expressions.iter().map(|(name, weight)| (name.as_str(), *weight)).collect()),
    ];
    for (table, rows) in tables.iter().filter(|(_, rows)| !rows.is_empty()) {
        let _ = writeln!(text, "[{table}]");
        for (name, weight) in rows {
            let _ = writeln!(text, "{} = {}", key(name), number(*weight));
        }
    }
    text
}

/// What a snapshot case says.
#[derive(Debug, Clone)]
pub struct CaseWish<'a> {
    /// What is looked at: a file or a bundled avatar's name.
    pub input: &'a str,
    /// An avatar in place of the script's.
    pub avatar: Option<&'a str>,
    /// When.
    pub at: Time,
    /// One of the avatar's looks.
    pub variant: Option<&'a str>,
    /// Columns and rows.
    pub size: (u32, u32),
    /// The shot.
    pub shot: Shot,
    /// From where, in place of the shot.
    pub camera: Option<Camera>,
    /// All around: a lighting's name or a file, in place of the script's.
    pub environment: Option<&'a str>,
    /// In place of the script's.
    pub tone: Option<Tone>,
    /// Stops, in place of the script's.
    pub exposure: Option<f32>,
    /// The tier.
    pub quality: Quality,
    /// The pose.
    pub sliders: &'a Sliders,
}

/// The text of the case.
pub fn case_text(wish: &CaseWish<'_>) -> String {
    let value = |text: &str| toml::Value::from(text).to_string();
    let shot = Shot::ALL.iter().find(|(_, shot)| *shot == wish.shot).map_or("bust", |(name, _)| name);
    let mut text = format!("version = \"1.0\"\ninput = {}\n", value(wish.input));
    for (key, name) in [("avatar", wish.avatar), ("variant", wish.variant), ("environment", wish.environment)]
    {
        if let Some(name) = name {
            let _ = writeln!(text, "{key} = {}", value(name));
        }
    }
    let (width, height) = wish.size;
    let _ = writeln!(text, "size = [{width}, {height}]\ntimes = [{}]", number(wish.at.as_secs_f32()));
    let _ = write!(text, "camera = \"{shot}\"\nquality = \"{}\"\n", wish.quality.name());
    let tone = wish.tone.and_then(|tone| Tone::ALL.iter().find(|(_, known)| *known == tone));
    if let Some((tone, _)) = tone {
        let _ = writeln!(text, "tone = \"{tone}\"");
    }
    if let Some(stops) = wish.exposure {
        let _ = writeln!(text, "exposure = {}", number(stops));
    }
    if let Some(Camera { eye, target, fov_y, .. }) = wish.camera {
        let point = |point: Vec3| point.to_array().map(number).join(", ");
        let (eye, target, fov) = (point(eye), point(target), number(fov_y.to_degrees()));
        let _ = writeln!(text, "[view]\neye = [{eye}]\ntarget = [{target}]\nfov = {fov}");
    }
    text + &pose_text(wish.sliders)
}

/// The rows of a case, and the most columns.
const ROWS: u32 = 256;
const MOST_COLUMNS: u32 = 1024;

/// The size of a case that shows what is seen in so many columns and rows.
pub fn case_size((width, height): (u32, u32)) -> (u32, u32) {
    let columns = u64::from(width) * u64::from(ROWS) / u64::from(height.max(1));
    (columns.clamp(16, u64::from(MOST_COLUMNS)) as u32, ROWS)
}

/// Writes the case into a new folder below `folder`; gives its file.
///
/// # Errors
/// Where the case could not find what it shows, or the folder cannot be written.
pub fn save_case(folder: &Path, wish: &CaseWish<'_>) -> Result<PathBuf, SaveError> {
    let input = below(folder, wish.input)?;
    let avatar = wish.avatar.map(|avatar| below(folder, avatar)).transpose()?;
    let environment = wish.environment.map(|file| below(folder, file)).transpose()?;
    let (avatar, environment) = (avatar.as_deref(), environment.as_deref());
    let wish = CaseWish { input: &input, avatar, environment, ..wish.clone() };
    let text = case_text(&wish);
    let stem = Path::new(&input).file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
    let stem = stem.split('.').next().unwrap_or("case").to_owned();
    let name = |n: u32| folder.join("snapshots").join(format!("{stem}-{n}"));
    let free = (1..).map(name).find(|folder| !folder.exists()).unwrap_or_else(|| name(0));
    let file = free.join("case.toml");
    let shown = file.display().to_string();
    Case::parse(&text, &shown).map_err(|error| SaveError::Unreadable(error.to_string()))?;
    let written = std::fs::create_dir_all(&free).and_then(|()| host::write_whole(&file, text.as_bytes()));
    written.map_err(|error| SaveError::Unwritable { file: shown, error })?;
    Ok(file)
}

/// The name of `file` as a case in the current folder `folder` may write it.
fn below(folder: &Path, file: &str) -> Result<String, SaveError> {
    let path = Path::new(file);
    if !path.exists() {
        // A bundled avatar's name.
        return Ok(file.to_owned());
    }
    let elsewhere = || SaveError::Elsewhere(file.to_owned());
    let (path, folder) = (path.canonicalize(), folder.canonicalize());
    let (path, folder) = (path.map_err(|_| elsewhere())?, folder.map_err(|_| elsewhere())?);
    let inner = path.strip_prefix(&folder).map_err(|_| elsewhere())?;
    let parts: Vec<String> = inner
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    Ok(parts.join("/"))
}

/// Writes recipes into the rig file of the avatar in `avatar_file`; gives the rig file.
///
/// # Errors
/// See [`SaveError`].
pub fn save_recipes(
    avatar_file: &Path,
    avatar: &Avatar,
    recipes: &BTreeMap<Shape, Recipe>,
) -> Result<PathBuf, SaveError> {
    if recipes.is_empty() {
        return Err(SaveError::Nothing);
    }
    let Some(file) = rig_file(avatar_file).filter(|_| avatar_file.is_file()) else {
        return Err(SaveError::Bundled(avatar_file.display().to_string()));
    };
    let shown = file.display().to_string();
    let unwritable = |error| SaveError::Unwritable { file: shown.clone(), error };
    let before = match std::fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "version = \"1.0\"\n".to_owned(),
        Err(error) => return Err(unwritable(error)),
    };
    let text = merged(&before, &shown, recipes)?;
    host::read_rig_file(&text, &shown, avatar).map_err(|errors| {
        SaveError::Unreadable(errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    })?;
    host::write_whole(&file, text.as_bytes()).map_err(unwritable)?;
    Ok(file)
}

/// The rig file beside an avatar's.
pub(super) fn rig_file(avatar_file: &Path) -> Option<PathBuf> {
    let stem = avatar_file.file_stem()?;
    Some(avatar_file.with_file_name(format!("{}.rig.toml", stem.to_string_lossy())))
}

/// The text of a rig file with the tables of `recipes` anew.
///
/// # Errors
/// [`SaveError::Inline`].
pub fn merged(text: &str, file: &str, recipes: &BTreeMap<Shape, Recipe>) -> Result<String, SaveError> {
    let mut out = text.to_owned();
    for (shape, recipe) in recipes {
        let place = format!("{}.{}", shape.table(), shape.name());
        out = without(&out, &place);
        let still: Option<toml::Table> = toml::from_str(&out).ok();
        let is_there = still
            .as_ref()
            .and_then(|table| table.get(shape.table())?.as_table())
            .is_some_and(|table| table.contains_key(shape.name()));
        if is_there {
            return Err(SaveError::Inline { file: file.to_owned(), place });
        }
        if !out.ends_with("\n\n") && !out.is_empty() {
            out.push('\n');
        }
        out += &recipe_text(*shape, recipe);
    }
    Ok(out)
}

/// The text without the tables `[place]` and below.
fn without(text: &str, place: &str) -> String {
    let mut is_inside = false;
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        if let Some(header) = header(line) {
            is_inside =
                header == place || header.strip_prefix(place).is_some_and(|rest| rest.starts_with('.'));
        }
        if !is_inside {
            out.push_str(line);
        }
    }
    out
}

/// What stands in the brackets of a table's head, without blanks and quotes.
fn header(line: &str) -> Option<String> {
    let line = line.trim_start().strip_prefix('[')?;
    let inner = line.trim_start_matches('[').split(']').next()?;
    Some(inner.chars().filter(|c| !matches!(c, ' ' | '\t' | '"' | '\'')).collect())
}
