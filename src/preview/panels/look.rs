//! The Look panel: light, film, what is behind, how it is drawn.

use super::{lights, widgets};
use crate::preview::edits::LookEdits;
use crate::preview::files::file_name;
use crate::preview::words;
use crate::preview::workbench::Workbench;
use crate::render::{DebugView, Quality};
use crate::script::timeline::EXPOSURES;
use crate::stage::{Lighting, Tone};
use egui::Ui;

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let mut is_dropped = false;
    let environment = bench.request.environment.clone();
    let scale = &mut bench.settings.zoom;
    let look = &mut bench.edits.look;
    let production = bench.opened.as_ref().map(|opened| &opened.production);
    widgets::scroll(ui, "look", |ui| {
        is_dropped = light(look, environment.as_deref(), ui);
        if let Some(production) = production {
            let floor = production.cast.first().map_or(0.0, |first| first.rig.landmarks.floor);
            lights::show(look, production.performance.stage(), floor, ui);
        }
        film(look, ui);
        backdrop(look, ui);
        drawing(look, ui);
        widgets::heading(ui, "Panels", |_| {});
        let mut next = *scale;
        let response = widgets::slider(ui, "Size", &mut next, 0.75..=2.0, 1.0);
        // A slider that grows under the hand would run away from it.
        if !response.dragged() || response.drag_stopped() {
            *scale = next;
        }
    });
    if is_dropped {
        bench.drop_environment();
    }
}

/// Whether the picture `environment`, which was dropped, is to go.
fn light(look: &mut LookEdits, environment: Option<&str>, ui: &mut Ui) -> bool {
    let mut is_dropped = false;
    widgets::heading(ui, words::LIGHT, |ui| {
        let is_changed = (look.lighting, look.turn, look.surroundings) != (None, 0.0, None);
        if (is_changed || environment.is_some()) && ui.small_button(words::RESET).clicked() {
            (look.lighting, look.turn, look.surroundings) = (None, 0.0, None);
            is_dropped = environment.is_some();
        }
    });
    let before = look.lighting;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let is_staged = look.lighting.is_none() && environment.is_none();
        if widgets::toggle(ui, is_staged, words::AS_STAGED).clicked() {
            look.lighting = None;
            is_dropped = environment.is_some();
        }
        if let Some(file) = environment {
            widgets::choice(ui, &mut look.lighting, None, file_name(file)).on_hover_text(words::DROPPED_HINT);
        }
        for (name, value) in Lighting::ALL {
            widgets::choice(ui, &mut look.lighting, Some(*value), name);
        }
    });
    if look.lighting != before {
        look.lights = None;
    }
    widgets::slider(ui, "Turn", &mut look.turn, -180.0..=180.0, 0.0);
    let mut strength = look.surroundings.unwrap_or(1.0);
    widgets::slider(ui, "Surroundings", &mut strength, 0.0..=3.0, 1.0);
    look.surroundings = (strength != 1.0).then_some(strength);
    is_dropped
}

fn film(look: &mut LookEdits, ui: &mut Ui) {
    widgets::heading(ui, words::FILM, |ui| {
        if (look.exposure, look.tone) != (None, None) && ui.small_button(words::RESET).clicked() {
            (look.exposure, look.tone) = (None, None);
        }
    });
    options(ui, &mut look.tone, words::AS_STAGED, Tone::ALL);
    let mut stops = look.exposure.unwrap_or(0.0);
    let response = widgets::slider(ui, "Exposure", &mut stops, EXPOSURES, 0.0);
    if response.changed() {
        look.exposure = Some(stops);
    }
}

fn backdrop(look: &mut LookEdits, ui: &mut Ui) {
    widgets::heading(ui, words::BACKDROP, |_| {});
    ui.horizontal(|ui| {
        if widgets::toggle(ui, look.backdrop.is_none(), words::AS_STAGED).clicked() {
            look.backdrop = None;
        }
        let mut color = look.backdrop.unwrap_or([0.5, 0.5, 0.5]);
        if ui.color_edit_button_rgb(&mut color).changed() {
            look.backdrop = Some(color);
        }
        for (name, shade) in [("Black", 0.0), ("Grey", 0.5), ("White", 1.0), ("Green", -1.0)] {
            let color = if shade < 0.0 { [0.0, 0.694, 0.251] } else { [shade; 3] };
            if widgets::toggle(ui, look.backdrop == Some(color), name).clicked() {
                look.backdrop = Some(color);
            }
        }
    });
}

fn drawing(look: &mut LookEdits, ui: &mut Ui) {
    widgets::heading(ui, words::DRAWING, |_| {});
    options(ui, &mut look.quality, words::AUTOMATIC, Quality::ALL);
    ui.add_space(4.0);
    options(ui, &mut look.view, words::PICTURE, DebugView::ALL);
}

/// One of several, or none of them.
fn options<T: Copy + PartialEq>(ui: &mut Ui, current: &mut Option<T>, none: &str, all: &[(&'static str, T)]) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        widgets::choice(ui, current, None, none);
        for (name, value) in all {
            widgets::choice(ui, current, Some(*value), name);
        }
    });
}
