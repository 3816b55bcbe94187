//! The keys, as the table has them, and what the mouse does.

use crate::preview::keys::KEYS;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{RichText, Ui, Vec2, vec2};

/// Left free around the keys, and for what is around and above them in their frame.
const ROOM: Vec2 = vec2(72.0, 110.0);
/// No column is wider.
const COLUMN: f32 = 270.0;

/// A title with its rows.
type Group = (&'static str, Vec<(String, &'static str)>);

pub(super) fn show(bench: &mut Workbench, ctx: &egui::Context) {
    let frame = style::card().inner_margin(20.0).stroke(egui::Stroke::new(1.0, style::LINE));
    let id = egui::Id::unique("keys");
    let most = ctx.content_rect().size() - ROOM;
    // With all its room from the beginning it stands in the middle from the beginning.
    let area = egui::Modal::default_area(id).default_size(ctx.content_rect().size());
    let shown = egui::Modal::new(id).area(area).frame(frame).show(ctx, |ui| {
        ui.label(RichText::new(words::HELP).heading().color(style::STRONG));
        ui.add_space(style::GAP);
        let scroll = egui::ScrollArea::vertical().max_width(most.x).max_height(most.y);
        scroll.min_scrolled_height(most.y).show(ui, |ui| {
            ui.horizontal_top(|ui| columns(ui, most.x));
        });
    });
    if shown.should_close() {
        bench.has_help = false;
    }
}

fn columns(ui: &mut Ui, width: f32) {
    let groups = groups();
    let sizes: &[usize] = match (width / COLUMN) as usize {
        0 | 1 => &[groups.len()],
        2 => &[3, 4],
        _ => &[2, 2, 3],
    };
    let mut rest = groups.as_slice();
    for size in sizes {
        let (now, later) = rest.split_at((*size).min(rest.len()));
        column(ui, now);
        ui.add_space(18.0);
        rest = later;
    }
}

fn groups() -> Vec<Group> {
    let keys = KEYS
        .iter()
        .map(|(title, rows)| (*title, rows.iter().map(|row| (shortcut(&row.shortcut), row.help)).collect()));
    let own = [("Mouse", words::MOUSE), ("Timeline", words::MOUSE_STRIP), ("In panels", words::IN_PANELS)];
    let own = own
        .into_iter()
        .map(|(title, rows)| (title, rows.iter().map(|(key, help)| ((*key).to_owned(), *help)).collect()));
    keys.chain(own).collect()
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

/// One grid, so that what keys do begins at the same place in all groups.
fn column(ui: &mut Ui, groups: &[Group]) {
    let Some((first, _)) = groups.first() else { return };
    egui::Grid::new(first).num_columns(2).spacing([14.0, 3.0]).show(ui, |ui| {
        for (index, (title, rows)) in groups.iter().enumerate() {
            if index > 0 {
                ui.allocate_space(vec2(0.0, 8.0));
                ui.end_row();
            }
            ui.label(RichText::new(*title).color(style::STRONG).strong());
            ui.end_row();
            for (key, help) in rows {
                ui.label(RichText::new(key).monospace().color(style::ACCENT));
                ui.label(RichText::new(*help).color(style::TEXT));
                ui.end_row();
            }
        }
    });
}
