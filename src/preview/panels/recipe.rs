//! How one viseme or channel is made, with numbers that can be pulled.

use super::widgets;
use crate::perform::Cast;
use crate::preview::edits::{Recipe, Shape};
use crate::preview::recipes;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use crate::rig::Rig;
use egui::Ui;

/// What a rig file allows.
const MOST: f32 = 2.0;

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui, shape: Shape, member: &Cast) {
    let Cast { avatar, rig } = member;
    let found = bench.edits.own.recipes.get(&shape).cloned();
    let is_changed = found.is_some();
    let Some(before) = found.or_else(|| recipes::recipe_of(avatar, rig, shape)) else {
        style::card().show(ui, |ui| widgets::dim(ui, words::MISSING_RECIPE));
        return;
    };
    let mut recipe = before.clone();
    let mut is_reset = false;
    style::card().show(ui, |ui| {
        ui.set_width(ui.available_width());
        numbers(ui, &mut recipe);
        ui.horizontal(|ui| {
            add_morph(ui, &mut recipe, &avatar.morph_names());
            let is_posed = bench.edits.own.sliders.channels.iter().any(|weight| *weight > 0.0);
            let hint = words::FROM_SLIDERS_HINT;
            let button = egui::Button::new(words::FROM_SLIDERS);
            if matches!(shape, Shape::Viseme(_))
                && ui.add_enabled(is_posed, button).on_hover_text(hint).clicked()
            {
                recipe = of_sliders(bench, rig, member);
            }
            is_reset = is_changed && ui.button(words::BACK_TO_FILE).clicked();
        });
    });
    if is_reset {
        bench.edits.own.recipes.remove(&shape);
    } else if recipe != before {
        bench.edits.own.recipes.insert(shape, recipe);
    }
}

fn numbers(ui: &mut Ui, recipe: &mut Recipe) {
    let mut gone = None;
    for (index, (name, weight)) in recipe.morphs.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            let width = ui.available_width() - 96.0;
            widgets::label(ui, name, width, style::TEXT);
            ui.add(egui::DragValue::new(weight).range(-MOST..=MOST).speed(0.01).fixed_decimals(2));
            if widgets::icon_button(ui, false, widgets::Icon::Close).clicked() {
                gone = Some(index);
            }
        });
    }
    if let Some(index) = gone {
        recipe.morphs.remove(index);
    }
    for turn in &mut recipe.joints {
        ui.horizontal(|ui| {
            let width = ui.available_width() - 96.0;
            widgets::label(ui, &turn.joint, width, style::TEXT);
            let number = egui::DragValue::new(&mut turn.degrees);
            ui.add(number.range(-180.0..=180.0).speed(0.2).fixed_decimals(1).suffix("°"));
        });
    }
}

fn add_morph(ui: &mut Ui, recipe: &mut Recipe, names: &[&str]) {
    if names.is_empty() {
        return;
    }
    let combo =
        egui::ComboBox::from_id_salt("add a morph target").selected_text(words::ADD_MORPH).width(130.0);
    combo.show_ui(ui, |ui| {
        for name in names.iter().filter(|name| !recipe.morphs.iter().any(|(known, _)| known == *name)) {
            if ui.selectable_label(false, *name).clicked() {
                recipe.morphs.push(((*name).to_owned(), 1.0));
                return;
            }
        }
    });
}

/// What the channels that are pulled now move together.
fn of_sliders(bench: &Workbench, rig: &Rig, member: &Cast) -> Recipe {
    let mut out = Recipe::default();
    for (channel, weight) in bench.edits.own.sliders.pose().channels {
        let shape = Shape::Channel(channel);
        let made = bench.edits.own.recipes.get(&shape).cloned();
        let Some(made) = made.or_else(|| recipes::recipe_of(&member.avatar, rig, shape)) else { continue };
        for (name, share) in made.morphs {
            match out.morphs.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = (*known + share * weight).clamp(-MOST, MOST),
                None => out.morphs.push((name, share * weight)),
            }
        }
        out.joints.extend(made.joints.into_iter().map(|mut turn| {
            turn.degrees *= weight;
            turn
        }));
    }
    out
}
