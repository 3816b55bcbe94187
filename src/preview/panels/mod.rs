//! The panels: what of the bench is shown where.

mod body;
mod bottom;
mod help;
mod lights;
mod look;
mod performance;
mod recipe;
mod report;
mod rig;
mod strip;
mod top;
mod view;
mod voice;
mod widgets;

use super::workbench::Workbench;
use super::{commands, keys, style, words};
use serde::{Deserialize, Serialize};

/// One of the panels at the side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Panel {
    /// Visemes, channels, expressions as sliders, and how each is made.
    #[default]
    Rig,
    /// What is said.
    Voice,
    /// Gestures, clips, gaze, dials.
    Body,
    /// Light, lens, film.
    Look,
    /// What the avatar lacks and has.
    Report,
    /// Milliseconds and megabytes.
    Performance,
}

impl Panel {
    /// All with their titles, in order.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("Rig", Self::Rig),
        ("Voice", Self::Voice),
        ("Body", Self::Body),
        ("Look", Self::Look),
        ("Report", Self::Report),
        ("Performance", Self::Performance),
    ];
}

/// Of the panel at the side.
const WIDTH: f32 = 372.0;

impl Workbench {
    /// Shows everything and takes what is done to it; `image` gives the avatar's picture for a size in pixels.
    pub(in crate::preview) fn show(
        &mut self,
        ui: &mut egui::Ui,
        image: &mut dyn FnMut((u32, u32)) -> egui::TextureId,
    ) {
        let ctx = ui.ctx().clone();
        ctx.set_zoom_factor(self.settings.zoom);
        for command in keys::pressed(&ctx) {
            commands::obey(self, &ctx, command);
        }
        for file in ctx.input(|input| input.raw.dropped_files.clone()) {
            self.open_dropped(&file.path().display().to_string());
        }
        top::show(self, ui);
        if self.settings.has_panels {
            bottom::show(self, ui);
            side(self, ui);
        }
        view::show(self, ui, image);
        if self.has_help {
            help::show(self, &ctx);
        }
        self.end_edit(ctx.input(|input| input.pointer.any_down()));
    }
}

fn side(bench: &mut Workbench, ui: &mut egui::Ui) {
    let frame = style::panel_frame();
    let panel = egui::Panel::right("side").resizable(false).exact_size(WIDTH).frame(frame);
    panel.show(ui, |ui| {
        tabs(bench, ui);
        cast(bench, ui);
        ui.add_space(style::GAP);
        match bench.settings.panel {
            Panel::Rig => rig::show(bench, ui),
            Panel::Voice => voice::show(bench, ui),
            Panel::Body => body::show(bench, ui),
            Panel::Look => look::show(bench, ui),
            Panel::Report => report::show(bench, ui),
            Panel::Performance => performance::show(bench, ui),
        }
    });
}

/// Whom the panels are about, where there are several.
fn cast(bench: &mut Workbench, ui: &mut egui::Ui) {
    let Some(opened) = bench.opened.as_ref().filter(|opened| opened.production.cast.len() > 1) else {
        return;
    };
    let names: Vec<String> = opened.production.performance.speakers().map(str::to_owned).collect();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.label(egui::RichText::new(words::CAST).color(style::DIM));
        ui.add_space(style::GAP);
        for (index, name) in names.iter().enumerate() {
            let is_chosen = bench.edits.chosen == index;
            if widgets::toggle(ui, is_chosen, name).on_hover_text(words::CAST_HINT).clicked() {
                bench.choose(index);
            }
        }
        if widgets::toggle(ui, bench.sees_all, words::EVERYBODY).clicked() {
            (bench.sees_all, bench.orbit) = (true, None);
        }
    });
}

fn tabs(bench: &mut Workbench, ui: &mut egui::Ui) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 7.0;
        for &(title, panel) in Panel::ALL {
            widgets::choice(ui, &mut bench.settings.panel, panel, title);
        }
    });
}
