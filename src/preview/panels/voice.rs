//! The Voice panel: what is typed is said; what is said now.

use super::widgets;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use crate::vocabulary::Viseme;
use egui::{Key, Modifiers, RichText, Ui};

/// Voices that come with programs, for who does not want to type a name.
const VOICES: &[&str] =
    &["flite:slt", "flite:rms", "flite:awb", "flite:kal", "espeak-ng", "espeak-ng:en-gb", "espeak-ng:cmn"];
/// Rows of the text that are seen at once.
const MOST_ROWS: f32 = 9.0;
const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "ja", "zh"];

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let edit = egui::TextEdit::multiline(&mut bench.settings.text)
        .desired_rows(6)
        .desired_width(f32::INFINITY)
        .margin(egui::Margin::same(8))
        .hint_text(words::TEXT_HINT);
    // A long text scrolls within its field: what stands below must stay in the window.
    let most = ui.text_style_height(&egui::TextStyle::Body) * MOST_ROWS + 16.0;
    let area = egui::ScrollArea::vertical().id_salt("text").max_height(most).min_scrolled_height(most);
    let field = area.show(ui, |ui| ui.add(edit)).inner;
    let has_asked =
        field.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    ui.horizontal(|ui| {
        ui.label(RichText::new(words::VOICE).color(style::DIM));
        named(ui, &mut bench.settings.voice, VOICES, 112.0).on_hover_text(words::VOICE_HINT);
        ui.add_space(style::GAP);
        ui.label(RichText::new(words::LANGUAGE).color(style::DIM));
        named(ui, &mut bench.settings.language, LANGUAGES, 42.0);
    });
    let is_busy = bench.loader.doing().is_some();
    let button = egui::Button::new(RichText::new(words::SPEAK).color(style::STRONG)).fill(style::ACCENT_DEEP);
    let pressed = ui
        .add_enabled_ui(!is_busy, |ui| ui.add_sized([ui.available_width(), 30.0], button))
        .inner
        .on_hover_text(words::SPEAK_KEY)
        .clicked();
    if (pressed || has_asked) && !is_busy {
        bench.speak();
    }
    widgets::scroll(ui, "voice", |ui| now(bench, ui));
}

/// A field with a list of usual values.
fn named(ui: &mut Ui, value: &mut String, usual: &[&str], width: f32) -> egui::Response {
    let field = ui.add_sized([width, style::ROW], egui::TextEdit::singleline(value));
    ui.spacing_mut().item_spacing.x = 2.0;
    let more = widgets::icon_button(ui, false, widgets::Icon::More);
    egui::Popup::menu(&more).show(|ui| {
        for text in usual {
            if ui.selectable_label(value == text, *text).clicked() {
                (*text).clone_into(value);
                ui.close();
            }
        }
    });
    ui.spacing_mut().item_spacing.x = style::GAP;
    field
}

/// What is said at the position.
fn now(bench: &Workbench, ui: &mut Ui) {
    let (Some(opened), Some(strip)) = (&bench.opened, bench.strip()) else { return };
    if strip.words.is_empty() && strip.phones.is_empty() && strip.visemes.is_empty() {
        ui.add_space(style::GAP);
        widgets::dim(ui, words::NO_SPEECH);
        return;
    }
    let t = bench.transport.position();
    widgets::heading(ui, words::NOW, |_| {});
    let at = |pieces: &[crate::preview::strip::Piece]| {
        pieces.iter().find(|piece| piece.range.contains(&t)).map_or("–", |piece| &piece.text).to_owned()
    };
    egui::Grid::new("now").num_columns(2).spacing([18.0, 4.0]).show(ui, |ui| {
        for (name, text) in [("word", at(&strip.words)), ("phone", at(&strip.phones))] {
            ui.label(RichText::new(name).color(style::DIM));
            ui.label(RichText::new(text).color(style::STRONG));
            ui.end_row();
        }
    });
    ui.add_space(style::GAP);
    let Some(acting) = opened.production.performance.acting(bench.edits.chosen, t) else { return };
    for (viseme, weight) in Viseme::ALL.iter().zip(acting.visemes) {
        meter(ui, viseme.name(), weight);
    }
}

/// A weight as a bar.
fn meter(ui: &mut Ui, name: &str, weight: f32) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 15.0), egui::Sense::hover());
    let painter = ui.painter();
    let font = egui::FontId::proportional(12.0);
    painter.text(rect.left_center(), egui::Align2::LEFT_CENTER, name, font, style::DIM);
    let rail = egui::Rect::from_min_max(
        egui::pos2(rect.left() + 44.0, rect.center().y - 3.0),
        egui::pos2(rect.right(), rect.center().y + 3.0),
    );
    painter.rect_filled(rail, 3.0, style::RAISED);
    let mut full = rail;
    full.set_width(rail.width() * weight.clamp(0.0, 1.0));
    painter.rect_filled(full, 3.0, style::ACCENT);
}
