//! What the window remembers from one day to the next: its size, the open panel, how it is drawn.
//!
//! A setting that cannot be read is a default one: nobody should be kept from looking at an avatar by it.

use super::panels::Panel;
use crate::host::{self, HostError};
use serde::{Deserialize, Serialize};

const VERSION: &str = "1.0";
/// The file in the user's configuration folder.
const FILE: &str = "preview.toml";

/// What is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    version: String,
    /// The window's columns and rows, in pixels.
    pub window: [u32; 2],
    /// Which panel is open.
    pub panel: Panel,
    /// Whether panels are shown at all.
    pub has_panels: bool,
    /// How large everything in the panels is drawn, beside what the screen asks for.
    pub zoom: f32,
    /// Without sound.
    pub is_muted: bool,
    /// The turntable's seconds for a whole turn.
    pub turn_secs: f32,
    /// The voice of typed text.
    pub voice: String,
    /// The language of typed text.
    pub language: String,
    /// The last typed text.
    pub text: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: VERSION.to_owned(),
            window: [1440, 900],
            panel: Panel::Rig,
            has_panels: true,
            zoom: 1.0,
            is_muted: false,
            turn_secs: 12.0,
            voice: "flite:slt".to_owned(),
            language: "en".to_owned(),
            text: "[smile] Good morning. My name is on the tip of your tongue.".to_owned(),
        }
    }
}

impl Settings {
    /// From the text of its file; of what is unknown or out of range the default is taken.
    pub fn parse(text: &str) -> Self {
        let read: Self = toml::from_str(text).unwrap_or_default();
        let fallback = Self::default();
        let side = |given: u32| given.clamp(320, 8192);
        let within = |value: f32, least: f32, most: f32, other: f32| {
            if value.is_finite() { value.clamp(least, most) } else { other }
        };
        Self {
            version: VERSION.to_owned(),
            window: read.window.map(side),
            zoom: within(read.zoom, 0.5, 3.0, fallback.zoom),
            turn_secs: within(read.turn_secs, 2.0, 120.0, fallback.turn_secs),
            ..read
        }
    }

    /// As the text of its file.
    ///
    /// # Errors
    /// Never for what [`Self::parse`] gives.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// What was remembered last; the default where nothing was.
    pub fn of_user() -> Self {
        let text = host::setting_file(FILE).ok().and_then(|path| std::fs::read_to_string(path).ok());
        text.map_or_else(Self::default, |text| Self::parse(&text))
    }

    /// Remembers them.
    ///
    /// # Errors
    /// Where there is no configuration folder, or it cannot be written.
    pub fn keep(&self) -> Result<(), HostError> {
        let path = host::setting_file(FILE)?;
        let shown = path.display().to_string();
        let unkept = |error: &dyn std::fmt::Display| HostError::input(&shown, error.to_string());
        let text = self.text().map_err(|error| unkept(&error))?;
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| unkept(&error))?;
        }
        host::write_whole(&path, text.as_bytes()).map_err(|error| unkept(&error))
    }
}
