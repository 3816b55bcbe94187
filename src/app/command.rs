//! Keys to commands.

use crate::time::Time;
use winit::keyboard::{Key, NamedKey};

/// What the presenter can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    TogglePause,
    Skip(Time),
    Restart,
    NextStop,
    PreviousStop,
    ToggleFullscreen,
    ToggleBlackout,
    NextView,
    Leave,
}

const STEP: Time = Time::from_millis(5000);

/// The command of a key; a presenter's clicker sends Page Up and Page Down.
pub(super) fn of_key(key: &Key) -> Option<Command> {
    match key {
        Key::Named(NamedKey::Space) => Some(Command::TogglePause),
        Key::Named(NamedKey::ArrowRight) => Some(Command::Skip(STEP)),
        Key::Named(NamedKey::ArrowLeft) => Some(Command::Skip(-STEP)),
        Key::Named(NamedKey::PageDown) => Some(Command::NextStop),
        Key::Named(NamedKey::PageUp) => Some(Command::PreviousStop),
        Key::Named(NamedKey::Escape) => Some(Command::Leave),
        Key::Character(text) => match text.to_lowercase().as_str() {
            "r" => Some(Command::Restart),
            "f" => Some(Command::ToggleFullscreen),
            // Many clickers black out with a full stop.
            "b" | "." => Some(Command::ToggleBlackout),
            "d" => Some(Command::NextView),
            _ => None,
        },
        _ => None,
    }
}

/// Where the clicker goes from `t`: the stop after it, or the one before it (a press within the first second
/// of a stop goes one further back, as music players do).
pub(super) fn stop_from(stops: &[Time], t: Time, forward: bool) -> Option<Time> {
    if forward {
        stops.iter().copied().find(|&s| s > t)
    } else {
        stops.iter().copied().rev().find(|&s| s < t - Time::from_millis(1000))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clicker_walks_both_ways() {
        let stops: Vec<Time> = [0, 4000, 9000].map(Time::from_millis).to_vec();
        let at = Time::from_millis;
        assert_eq!(stop_from(&stops, at(100), true), Some(at(4000)));
        assert_eq!(stop_from(&stops, at(9000), true), None);
        assert_eq!(stop_from(&stops, at(9200), false), Some(at(4000)));
        assert_eq!(stop_from(&stops, at(8000), false), Some(at(4000)));
        assert_eq!(stop_from(&stops, at(500), false), None);
    }
}
