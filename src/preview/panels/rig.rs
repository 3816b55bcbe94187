//! The Rig panel: every viseme, channel and expression as a slider, and how each is made.

use super::{recipe, widgets};
use crate::perform::worn_expressions;
use crate::preview::edits::Shape;
use crate::preview::keys::Command;
use crate::preview::workbench::Workbench;
use crate::preview::{commands, recipes, style, words};
use crate::rig::{Binding, How};
use crate::vocabulary::{Channel, Viseme};
use egui::{Color32, Ui};

/// Channels by what their names begin with.
const GROUPS: &[(&str, &[&str])] = &[
    ("Eyes", &["eye"]),
    ("Brows", &["brow"]),
    ("Jaw", &["jaw"]),
    ("Mouth", &["mouth"]),
    ("Cheeks, nose, tongue", &["cheek", "nose", "tongue"]),
];

/// Ways in which something is made: its colour and its name.
const WAYS: &[(How, Color32, &str)] = &[
    (How::Direct, style::GOOD, "a morph target of its name"),
    (How::Recipe, style::ACCENT, "a mix of others"),
    (How::Bone, style::VIOLET, "a joint that turns"),
    (How::Missing, style::BAD, "missing"),
];

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    let mut wanted = None;
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            for (text, command) in [(words::COPY, Command::CopyPose), (words::RESET, Command::ResetPose)] {
                if ui.button(text).on_hover_text(commands::help(command)).clicked() {
                    wanted = Some(command);
                }
            }
            let field = egui::TextEdit::singleline(&mut bench.search).hint_text(words::SEARCH);
            ui.add_sized([ui.available_width(), style::ROW], field);
        });
    });
    if let Some(command) = wanted {
        commands::obey(bench, &ctx, command);
    }
    legend(ui);
    if !bench.edits.own.recipes.is_empty() {
        unsaved(bench, ui);
    }
    widgets::scroll(ui, "rig", |ui| {
        let visemes = Viseme::ALL.iter().map(|viseme| Shape::Viseme(*viseme)).collect::<Vec<_>>();
        group(bench, ui, words::VISEMES, &visemes);
        for (title, starts) in GROUPS {
            let fits = |c: &&Channel| starts.iter().any(|start| c.name().starts_with(start));
            let channels: Vec<Shape> = Channel::ALL.iter().filter(fits).map(|c| Shape::Channel(*c)).collect();
            group(bench, ui, title, &channels);
        }
        expressions(bench, ui);
    });
}

fn legend(ui: &mut Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (how, color, _) in WAYS {
            let short = match how {
                How::Direct => "direct",
                How::Recipe => "mix",
                How::Bone => "joint",
                How::Missing => "missing",
            };
            widgets::dot(ui, *color);
            ui.label(egui::RichText::new(short).small().color(style::DIM));
            ui.add_space(8.0);
        }
    });
}

fn unsaved(bench: &mut Workbench, ui: &mut Ui) {
    let ctx = ui.ctx().clone();
    style::card().show(ui, |ui| {
        ui.horizontal(|ui| {
            let count = bench.edits.own.recipes.len();
            let text =
                if count == 1 { "1 recipe changed".to_owned() } else { format!("{count} recipes changed") };
            ui.label(egui::RichText::new(text).color(style::WARN));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let save = ui.button(words::SAVE_RIG).on_hover_text(commands::help(Command::SaveRecipes));
                if save.clicked() {
                    commands::obey(bench, &ctx, Command::SaveRecipes);
                }
            });
        });
    });
}

fn group(bench: &mut Workbench, ui: &mut Ui, title: &str, shapes: &[Shape]) {
    let Some(member) = bench.member().cloned() else { return };
    let search = bench.search.to_lowercase();
    let is_found = |text: &str| search.is_empty() || text.to_lowercase().contains(&search);
    let found: Vec<Shape> = shapes
        .iter()
        .copied()
        .filter(|shape| is_found(shape.name()) || is_found(&recipes::binding(&member.rig, *shape).source))
        .collect();
    if found.is_empty() {
        return;
    }
    widgets::heading(ui, title, |_| {});
    for shape in found {
        let made = recipes::binding(&member.rig, shape);
        row(bench, ui, shape, made);
        if bench.open_shape == Some(shape) {
            recipe::show(bench, ui, shape, &member);
        }
    }
}

fn row(bench: &mut Workbench, ui: &mut Ui, shape: Shape, made: &Binding) {
    // Silence needs no morph target.
    let is_rest = shape == Shape::Viseme(Viseme::Sil);
    let (how, color, way) = WAYS.iter().find(|(how, ..)| *how == made.how).unwrap_or(&WAYS[0]);
    let is_missing = *how == How::Missing && !is_rest && !bench.edits.own.recipes.contains_key(&shape);
    ui.horizontal(|ui| {
        let source = if made.source.is_empty() { words::NO_PART } else { &made.source };
        let dot = if bench.edits.own.recipes.contains_key(&shape) { style::WARN } else { *color };
        widgets::dot(ui, dot).on_hover_text(*way);
        let ink = if is_missing { style::DIM } else { style::TEXT };
        let name = widgets::label(ui, shape.name(), widgets::NAME, ink).on_hover_text(source);
        if name.clicked() {
            bench.open_shape = if bench.open_shape == Some(shape) { None } else { Some(shape) };
        }
        let value = match shape {
            Shape::Viseme(viseme) => bench.edits.own.sliders.visemes.get_mut(viseme.index()),
            Shape::Channel(channel) => bench.edits.own.sliders.channels.get_mut(channel.index()),
        };
        if let Some(value) = value {
            ui.add_enabled_ui(!is_missing, |ui| widgets::bare_slider(ui, value, 0.0..=1.0));
        }
    });
}

fn expressions(bench: &mut Workbench, ui: &mut Ui) {
    let Some(member) = bench.member().cloned() else { return };
    let search = bench.search.to_lowercase();
    let worn: Vec<(String, String)> = worn_expressions(&member.avatar, &member.rig)
        .into_iter()
        .filter(|(name, by)| !by.is_empty() && name.to_lowercase().contains(&search))
        .collect();
    if worn.is_empty() {
        return;
    }
    widgets::heading(ui, words::EXPRESSIONS, |_| {});
    for (name, by) in worn {
        let mut value = bench.edits.own.sliders.expressions.get(&name).copied().unwrap_or(0.0);
        ui.horizontal(|ui| {
            widgets::dot(ui, style::ACCENT).on_hover_text(by);
            widgets::label(ui, &name, widgets::NAME, style::TEXT);
            widgets::bare_slider(ui, &mut value, 0.0..=1.0);
        });
        if value > 0.0 {
            bench.edits.own.sliders.expressions.insert(name, value);
        } else {
            bench.edits.own.sliders.expressions.remove(&name);
        }
    }
}
