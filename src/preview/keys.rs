//! Keys to commands, as one table that is also the help.

use super::panels::Panel;
use crate::stage::Shot;
use egui::{Key, KeyboardShortcut, Modifiers};

/// What a key does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Goes on or stands still.
    TogglePlay,
    /// So many pictures further.
    Step(i64),
    /// To the beginning.
    Start,
    /// Repeats the word at the position, or no more.
    Repeat,
    /// Slower or faster by so many rates.
    Rate(i32),
    /// Silences or restores the sound.
    ToggleMute,
    /// A portrait.
    Frame(Shot),
    /// Turns slowly around, or stands.
    ToggleTurntable,
    /// Opens a panel.
    Open(Panel),
    /// Shows or hides all panels.
    TogglePanels,
    /// The next debug view.
    NextView,
    /// One step back.
    Undo,
    /// One step forth.
    Redo,
    /// All sliders to 0.
    ResetPose,
    /// The pose as text.
    CopyPose,
    /// A snapshot case of what is seen.
    SaveCase,
    /// Changed recipes into the rig file.
    SaveRecipes,
    /// Fills the monitor, or no more.
    ToggleFullscreen,
    /// The keys.
    ToggleHelp,
    /// Gives up what is being opened, or closes the help.
    Escape,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// What is pressed.
    pub shortcut: KeyboardShortcut,
    /// What happens.
    pub command: Command,
    /// How the help says it.
    pub help: &'static str,
    /// Works also while a text is being typed.
    pub is_global: bool,
}

const fn plain(key: Key, command: Command, help: &'static str) -> Row {
    Row { shortcut: KeyboardShortcut::new(Modifiers::NONE, key), command, help, is_global: false }
}

const fn always(modifiers: Modifiers, key: Key, command: Command, help: &'static str) -> Row {
    Row { shortcut: KeyboardShortcut::new(modifiers, key), command, help, is_global: true }
}

/// Text fields have an undo of their own.
const fn outside(modifiers: Modifiers, key: Key, command: Command, help: &'static str) -> Row {
    Row { shortcut: KeyboardShortcut::new(modifiers, key), command, help, is_global: false }
}

/// All keys by what they are about. Of several that fit a press the first counts.
pub const KEYS: &[(&str, &[Row])] = &[
    (
        "View",
        &[
            plain(Key::Num1, Command::Frame(Shot::Face), "the face"),
            plain(Key::Num2, Command::Frame(Shot::Bust), "head and shoulders"),
            plain(Key::Num3, Command::Frame(Shot::Half), "down to the hips"),
            plain(Key::Num4, Command::Frame(Shot::Full), "all of it"),
            plain(Key::T, Command::ToggleTurntable, "turntable"),
            plain(Key::D, Command::NextView, "next debug view"),
            plain(Key::H, Command::TogglePanels, "panels on and off"),
            always(Modifiers::NONE, Key::F11, Command::ToggleFullscreen, "fill the monitor"),
        ],
    ),
    (
        "Time",
        &[
            plain(Key::Space, Command::TogglePlay, "play, pause"),
            plain(Key::ArrowLeft, Command::Step(-1), "one picture back"),
            plain(Key::ArrowRight, Command::Step(1), "one picture further"),
            plain(Key::Home, Command::Start, "to the beginning"),
            plain(Key::L, Command::Repeat, "repeat this word"),
            plain(Key::Comma, Command::Rate(-1), "slower"),
            plain(Key::Period, Command::Rate(1), "faster"),
            plain(Key::M, Command::ToggleMute, "sound on and off"),
        ],
    ),
    (
        "Panels",
        &[
            plain(Key::R, Command::Open(Panel::Rig), "rig"),
            plain(Key::V, Command::Open(Panel::Voice), "voice"),
            plain(Key::B, Command::Open(Panel::Body), "body"),
            plain(Key::K, Command::Open(Panel::Look), "look"),
            plain(Key::I, Command::Open(Panel::Report), "report"),
            plain(Key::P, Command::Open(Panel::Performance), "performance"),
        ],
    ),
    (
        "Edit",
        &[
            outside(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z, Command::Redo, "redo"),
            outside(Modifiers::COMMAND, Key::Z, Command::Undo, "undo"),
            always(
                Modifiers::COMMAND.plus(Modifiers::SHIFT),
                Key::S,
                Command::SaveRecipes,
                "save recipes to the rig file",
            ),
            always(Modifiers::COMMAND, Key::S, Command::SaveCase, "save a snapshot case"),
            plain(Key::C, Command::CopyPose, "copy the pose as TOML"),
            plain(Key::Num0, Command::ResetPose, "all sliders to zero"),
            plain(Key::Questionmark, Command::ToggleHelp, "this help"),
            always(Modifiers::NONE, Key::Escape, Command::Escape, "give up, close"),
        ],
    ),
];

/// The commands of the keys that were pressed.
pub(super) fn pressed(ctx: &egui::Context) -> Vec<Command> {
    let is_typing = ctx.text_edit_focused();
    let rows = KEYS.iter().flat_map(|(_, rows)| rows.iter()).filter(|row| row.is_global || !is_typing);
    rows.filter(|row| {
        ctx.input_mut(|input| {
            // What asks with a question mark may need Shift for it, which depends on the keyboard.
            if row.shortcut.logical_key == Key::Questionmark {
                return input.key_pressed(Key::Questionmark);
            }
            input.consume_shortcut(&row.shortcut)
        })
    })
    .map(|row| row.command)
    .collect()
}
