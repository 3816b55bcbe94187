//! The Report panel: what `rhetor inspect` says, warnings first.

use super::widgets;
use crate::diagnostic::Diagnostic;
use crate::inspection::Section;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{RichText, Ui};

pub(super) fn show(bench: &Workbench, ui: &mut Ui) {
    let Some((told, sections)) = bench.report() else { return };
    widgets::scroll(ui, "report", |ui| {
        warnings(told, ui);
        for section in sections.iter().filter(|section| !section.rows.is_empty()) {
            shown(section, ui);
        }
    });
}

fn warnings(told: &[Diagnostic], ui: &mut Ui) {
    widgets::heading(ui, words::WARNINGS, |_| {});
    if told.is_empty() {
        ui.label(RichText::new(words::NO_WARNINGS).color(style::GOOD));
    }
    for warning in told {
        style::card().show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(egui::Label::new(RichText::new(&warning.message).color(style::WARN)).wrap());
            if let Some(help) = &warning.help {
                widgets::dim(ui, help);
            }
        });
    }
}

fn shown(section: &Section, ui: &mut Ui) {
    let mut title = section.title.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    widgets::heading(ui, &title, |_| {});
    for row in &section.rows {
        ui.horizontal_top(|ui| {
            let layout = egui::Layout::left_to_right(egui::Align::Min);
            ui.allocate_ui_with_layout(egui::vec2(74.0, 0.0), layout, |ui| {
                ui.set_min_width(74.0);
                ui.label(RichText::new(row.name).color(style::DIM));
            });
            ui.add(egui::Label::new(row.text()).wrap().selectable(true));
        });
    }
}
