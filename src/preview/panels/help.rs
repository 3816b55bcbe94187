//! The keys, as the table has them.

use crate::preview::keys::KEYS;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{RichText, Ui};

/// Left free around the keys.
const ROOM: f32 = 100.0;

pub(super) fn show(bench: &mut Workbench, ctx: &egui::Context) {
    let frame = style::card().inner_margin(20.0).stroke(egui::Stroke::new(1.0, style::LINE));
    let shown = egui::Modal::new(egui::Id::unique("keys")).frame(frame).show(ctx, |ui| {
        ui.label(RichText::new(words::HELP).heading().color(style::STRONG));
        ui.add_space(style::GAP);
        let most = ctx.content_rect().size() - egui::Vec2::splat(ROOM);
        let scroll = egui::ScrollArea::both().max_width(most.x).max_height(most.y);
        scroll.min_scrolled_width(most.x).min_scrolled_height(most.y).show(ui, |ui| {
            ui.horizontal_top(columns);
        });
    });
    if shown.should_close() {
        bench.has_help = false;
    }
}

fn columns(ui: &mut Ui) {
    for groups in KEYS.chunks(2) {
        ui.vertical(|ui| {
            for (title, rows) in groups {
                group(ui, title, rows.iter().map(|row| (shortcut(&row.shortcut), row.help)));
            }
        });
        ui.add_space(24.0);
    }
    ui.vertical(|ui| {
        let own = |(key, help): &(&str, &'static str)| ((*key).to_owned(), *help);
        group(ui, "Mouse", words::MOUSE.iter().map(own));
        group(ui, "Timeline", words::MOUSE_STRIP.iter().map(own));
    });
}

fn shortcut(shortcut: &egui::KeyboardShortcut) -> String {
    let modifiers = egui::ModifierNames::NAMES.format(&shortcut.modifiers, cfg!(target_os = "macos"));
    let key = match shortcut.logical_key {
        // Signs that the font lacks.
        arrow @ (egui::Key::ArrowLeft | egui::Key::ArrowRight) => arrow.name(),
        key => key.symbol_or_name(),
    };
    if modifiers.is_empty() { key.to_owned() } else { format!("{modifiers}+{key}") }
}

fn group(ui: &mut Ui, title: &str, rows: impl Iterator<Item = (String, &'static str)>) {
    ui.label(RichText::new(title).color(style::STRONG).strong());
    egui::Grid::new(title).num_columns(2).spacing([14.0, 3.0]).show(ui, |ui| {
        for (key, help) in rows {
            ui.label(RichText::new(key).monospace().color(style::ACCENT));
            ui.label(RichText::new(help).color(style::TEXT));
            ui.end_row();
        }
    });
    ui.add_space(10.0);
}
