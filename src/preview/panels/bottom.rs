//! The bar at the bottom: play, pause, where one is, how fast; and the timeline where something is said.

use super::widgets::Icon;
use super::{strip, widgets};
use crate::preview::keys::Command;
use crate::preview::transport::RATES;
use crate::preview::workbench::Workbench;
use crate::preview::{commands, style};
use crate::time::Time;
use egui::{Margin, RichText, Ui};

/// Rates that are no whole numbers.
const RATE_NAMES: &[(f32, &str)] = &[(0.25, "¼×"), (0.5, "½×")];

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let frame = egui::Frame::new().fill(style::PANEL).inner_margin(Margin::symmetric(style::PAD, 7));
    egui::Panel::bottom("bottom").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| transport(bench, ui));
        if bench.transport.end().is_some() {
            strip::show(bench, ui);
        }
    });
}

fn transport(bench: &mut Workbench, ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    let mut wanted = None;
    let is_playing = bench.transport.is_playing();
    for (icon, is_down, command) in [
        (Icon::Start, false, Command::Start),
        (Icon::Back, false, Command::Step(-1)),
        (if is_playing { Icon::Pause } else { Icon::Play }, is_playing, Command::TogglePlay),
        (Icon::Further, false, Command::Step(1)),
    ] {
        if widgets::icon_button(ui, is_down, icon).on_hover_text(commands::help(command)).clicked() {
            wanted = Some(command);
        }
    }
    let text = match bench.transport.end() {
        Some(end) => format!("{} / {}", clock(bench.transport.position()), clock(end)),
        None => clock(bench.transport.position()),
    };
    ui.label(RichText::new(text).monospace().color(style::STRONG));
    ui.separator();
    for rate in RATES {
        let text = RATE_NAMES.iter().find(|(named, _)| named == rate);
        let text = text.map_or_else(|| format!("{rate:.0}×"), |(_, name)| (*name).to_owned());
        if widgets::toggle(ui, bench.transport.rate() == *rate, &text).clicked() {
            bench.transport.set_rate(*rate);
        }
    }
    if bench.transport.end().is_some() {
        ui.separator();
        for (text, is_down, command) in [
            ("Repeat word", bench.transport.repeat().is_some(), Command::Repeat),
            ("Mute", bench.settings.is_muted, Command::ToggleMute),
        ] {
            if widgets::toggle(ui, is_down, text).on_hover_text(commands::help(command)).clicked() {
                wanted = Some(command);
            }
        }
    }
    if let Some(command) = wanted {
        commands::obey(bench, &ctx, command);
    }
}

/// Minutes, seconds, hundredths.
fn clock(t: Time) -> String {
    let hundredths = t.as_nanos().max(0) / 10_000_000;
    let (minutes, rest) = (hundredths / 6000, hundredths % 6000);
    format!("{minutes:02}:{:02}.{:02}", rest / 100, rest % 100)
}
