//! The bar at the top: who is open, from where they are seen, what can be done with all of it.

use super::widgets;
use crate::preview::keys::Command;
use crate::preview::workbench::Workbench;
use crate::preview::{commands, style, words};
use crate::stage::Shot;
use egui::{Margin, RichText, Ui};

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let frame = egui::Frame::new().fill(style::PANEL).inner_margin(Margin::symmetric(style::PAD, 7));
    egui::Panel::top("top").resizable(false).frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            title(bench, ui);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| right(bench, ui));
        });
    });
}

fn title(bench: &Workbench, ui: &mut Ui) {
    let name = bench.avatar().map_or("", |avatar| avatar.name.as_str());
    let name = if name.is_empty() { words::TITLE } else { name };
    ui.label(RichText::new(name).heading().color(style::STRONG));
    let is_typed = bench.opened.as_ref().is_some_and(|opened| opened.typed.is_some());
    if ui.available_width() > 620.0 && !is_typed {
        let label = egui::Label::new(RichText::new(&bench.request.input).color(style::DIM)).truncate();
        ui.add_sized([(ui.available_width() - 560.0).clamp(60.0, 420.0), style::ROW], label);
    }
}

/// From the right end.
fn right(bench: &mut Workbench, ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    let mut wanted = None;
    let mut button = |ui: &mut Ui, is_down: bool, text: &str, command: Command| {
        let response = widgets::toggle(ui, is_down, text);
        if response.on_hover_text(commands::help(command)).clicked() {
            wanted = Some(command);
        }
    };
    button(ui, bench.has_help, "?", Command::ToggleHelp);
    button(ui, bench.settings.has_panels, "Panels", Command::TogglePanels);
    ui.separator();
    let (can_undo, can_redo) = bench.history.steps();
    ui.add_enabled_ui(can_redo, |ui| button(ui, false, "Redo", Command::Redo));
    ui.add_enabled_ui(can_undo, |ui| button(ui, false, "Undo", Command::Undo));
    button(ui, false, words::SAVE_CASE, Command::SaveCase);
    ui.separator();
    button(ui, bench.is_turning, "Turntable", Command::ToggleTurntable);
    for &(name, shot) in Shot::ALL.iter().rev() {
        let mut title = name.to_owned();
        title[..1].make_ascii_uppercase();
        button(ui, bench.shot == shot, &title, Command::Frame(shot));
    }
    if let Some(command) = wanted {
        commands::obey(bench, &ctx, command);
    }
}
