//! The keys, as the table has them.

use crate::preview::keys::KEYS;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{Align2, RichText, Ui};

pub(super) fn show(bench: &mut Workbench, ctx: &egui::Context) {
    let mut is_open = true;
    let window = egui::Window::new(words::HELP)
        .open(&mut is_open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .resizable(false)
        .collapsible(false)
        .frame(style::card().inner_margin(18.0).stroke(egui::Stroke::new(1.0, style::LINE)));
    window.show(ctx, |ui| {
        egui::ScrollArea::vertical().show(ui, |ui| {
            ui.horizontal_top(|ui| {
                for groups in KEYS.chunks(2) {
                    ui.vertical(|ui| {
                        groups.iter().for_each(|(title, rows)| {
                            let keys = rows.iter().map(|row| (shortcut(&row.shortcut), row.help));
                            group(ui, title, keys);
                        })
                    });
                    ui.add_space(24.0);
                }
                ui.vertical(|ui| {
                    let own = |(key, help): &(&str, &'static str)| ((*key).to_owned(), *help);
                    group(ui, "Mouse", words::MOUSE.iter().map(own));
                    group(ui, "Timeline", words::MOUSE_STRIP.iter().map(own));
                });
            });
        });
    });
    bench.has_help = is_open && bench.has_help;
}

fn shortcut(shortcut: &egui::KeyboardShortcut) -> String {
    shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos"))
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
