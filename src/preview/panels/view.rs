//! The avatar's place: the picture, the mouse on it, and what lies over it.

use super::widgets;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{Color32, PointerButton, Pos2, Rect, RichText, Sense, Ui, Vec2, pos2, vec2};

/// What the mouse points at lies before the eyes, by this share of the camera's distance.
const BEFORE_EYES: f32 = 0.4;

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui, image: &mut dyn FnMut((u32, u32)) -> egui::TextureId) {
    let frame = egui::Frame::new().fill(style::BACK);
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        let rect = ui.available_rect_before_wrap();
        let scale = ui.ctx().pixels_per_point();
        let pixels = |points: f32| (points * scale).round().clamp(1.0, 16_384.0) as u32;
        bench.seen_px = (pixels(rect.width()), pixels(rect.height()));
        let response = ui.allocate_rect(rect, Sense::click_and_drag());
        if bench.opened.is_some() {
            let id = image(bench.seen_px);
            // Exactly as many points as there are pixels.
            let size = vec2(bench.seen_px.0 as f32, bench.seen_px.1 as f32) / scale;
            let whole = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
            ui.painter().image(id, Rect::from_min_size(rect.min, size), whole, Color32::WHITE);
            mouse(bench, ui, &response);
        }
        over(bench, ui, rect);
    });
}

fn mouse(bench: &mut Workbench, ui: &Ui, response: &egui::Response) {
    let height = response.rect.height().max(1.0);
    let share = |by: Vec2| glam::Vec2::new(by.x, by.y) / height;
    if response.clicked() {
        // A press beside a text field ends typing.
        ui.memory_mut(|memory| memory.stop_text_input());
    }
    let Some(eyes) = bench.landmarks().map(|landmarks| landmarks.eyes) else { return };
    let Some(orbit) = &mut bench.orbit else { return };
    if response.dragged_by(PointerButton::Primary) {
        let by = share(response.drag_delta());
        if ui.input(|input| input.modifiers.shift) { orbit.pan(by) } else { orbit.turn(by) }
    } else if response.dragged_by(PointerButton::Secondary) || response.dragged_by(PointerButton::Middle) {
        orbit.pan(share(response.drag_delta()));
    }
    if response.hovered() {
        let (scroll, pinch) = ui.input(|input| (input.smooth_scroll_delta.y, input.zoom_delta()));
        // A notch of most wheels is 40 points.
        let notches = scroll / 40.0 + libm::logf(pinch.max(1e-3)) * 8.0;
        if notches != 0.0 {
            orbit.zoom(notches);
        }
        let at = ui.input(|input| input.pointer.hover_pos());
        if let Some(at) = at.filter(|_| bench.follows_mouse && !response.dragged()) {
            let ahead = orbit.distance * BEFORE_EYES;
            let point = orbit.point_at(share(at - response.rect.center()), eyes, ahead);
            bench.edits.own.gaze = Some(point);
        }
    }
}

fn over(bench: &mut Workbench, ui: &mut Ui, rect: Rect) {
    let place = rect.shrink(16.0);
    let width = place.width().min(460.0);
    let corner = Rect::from_min_size(place.min, vec2(width, place.height()));
    let mut inner = ui.new_child(egui::UiBuilder::new().max_rect(corner));
    opening(bench, &mut inner);
    notices(bench, &mut inner);
    if bench.opened.is_none() && bench.loader.doing().is_none() {
        let text = RichText::new(words::DROP).heading().color(style::DIM);
        ui.put(rect, egui::Label::new(text));
    }
    if ui.input(|input| !input.raw.hovered_files.is_empty()) {
        ui.painter().rect_stroke(
            rect.shrink(6.0),
            8.0,
            egui::Stroke::new(2.0, style::ACCENT),
            egui::StrokeKind::Inside,
        );
    }
}

fn opening(bench: &mut Workbench, ui: &mut Ui) {
    let Some(doing) = bench.loader.doing() else { return };
    style::card().show(ui, |ui| {
        ui.set_width(ui.available_width().min(300.0));
        ui.horizontal(|ui| {
            widgets::turning(ui);
            let label = RichText::new(format!("{} {}", words::OPENING, doing.what)).color(style::STRONG);
            ui.add(egui::Label::new(label).truncate());
        });
        ui.horizontal(|ui| {
            let share = if doing.total > 1 { doing.done as f32 / doing.total as f32 } else { 0.0 };
            let bar =
                egui::ProgressBar::new(share).desired_height(4.0).desired_width(130.0).fill(style::ACCENT);
            ui.add(bar);
            ui.label(RichText::new(&doing.stage).color(style::DIM));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(words::CANCEL).clicked() {
                    bench.loader.cancel();
                    bench.notices.tell(words::CANCELLED);
                }
            });
        });
    });
}

fn notices(bench: &mut Workbench, ui: &mut Ui) {
    let mut gone = None;
    for (index, notice) in bench.notices.all().iter().enumerate() {
        let color = if notice.is_error { style::BAD } else { style::TEXT };
        let shown = style::card().show(ui, |ui| {
            ui.add(egui::Label::new(RichText::new(&notice.text).color(color)).wrap());
        });
        if shown.response.interact(Sense::click()).clicked() {
            gone = Some(index);
        }
    }
    if let Some(index) = gone {
        bench.notices.dismiss(index);
    }
}
