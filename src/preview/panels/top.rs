//! The bar at the top: who is open, from where they are seen, what can be done with all of it.

use super::widgets;
use crate::preview::keys::Command;
use crate::preview::workbench::Workbench;
use crate::preview::{commands, style, words};
use crate::stage::Shot;
use egui::{Margin, RichText, Ui};

/// Narrower bars have no room for all buttons and a title, and narrower places none for a file's name.
const NARROW: f32 = 760.0;
const FILE: f32 = 60.0;

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let frame = egui::Frame::new().fill(style::PANEL).inner_margin(Margin::symmetric(style::PAD, 7));
    egui::Panel::top("top").resizable(false).frame(frame).show(ui, |ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            right(bench, ui);
            // What is left is the title's, however little that is.
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| title(bench, ui));
        });
    });
}

fn title(bench: &Workbench, ui: &mut Ui) {
    let name = bench.avatar().map_or("", |avatar| avatar.name.as_str());
    let name = if name.is_empty() { words::TITLE } else { name };
    ui.add(egui::Label::new(RichText::new(name).heading().color(style::STRONG)).truncate());
    let is_typed = bench.opened.as_ref().is_some_and(|opened| opened.typed.is_some());
    if ui.available_width() > FILE && !is_typed {
        ui.add(egui::Label::new(RichText::new(&bench.request.input).color(style::DIM)).truncate());
    }
}

/// From the right end; where the window is narrow, what is needed seldom waits behind a button.
fn right(bench: &mut Workbench, ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    let is_narrow = ui.available_width() < NARROW;
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
    let seldom = [
        ("Turntable", bench.is_turning, true, Command::ToggleTurntable),
        (words::SAVE_CASE, false, true, Command::SaveCase),
        ("Undo", false, can_undo, Command::Undo),
        ("Redo", false, can_redo, Command::Redo),
    ];
    let mut one = |ui: &mut Ui, (text, is_down, can, command): (&str, bool, bool, Command)| {
        ui.add_enabled_ui(can, |ui| button(ui, is_down, text, command));
    };
    if is_narrow {
        let more = widgets::icon_button(ui, false, widgets::Icon::More);
        egui::Popup::menu(&more).show(|ui| seldom.into_iter().for_each(|entry| one(ui, entry)));
    } else {
        let [turntable, rest @ ..] = seldom;
        rest.into_iter().rev().for_each(|entry| one(ui, entry));
        ui.separator();
        one(ui, turntable);
    }
    for &(name, shot) in Shot::ALL.iter().rev() {
        let mut title = name.to_owned();
        title[..1].make_ascii_uppercase();
        button(ui, bench.shot == shot, &title, Command::Frame(shot));
    }
    if let Some(command) = wanted {
        commands::obey(bench, &ctx, command);
    }
}
