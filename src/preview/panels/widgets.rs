//! What several panels are made of.

use crate::preview::style;
use egui::{Color32, Response, RichText, Ui};

/// A button that stays down while `current` is `value`.
pub(super) fn choice<T: PartialEq>(ui: &mut Ui, current: &mut T, value: T, text: &str) -> Response {
    let is_chosen = *current == value;
    let response = toggle(ui, is_chosen, text);
    if response.clicked() {
        *current = value;
    }
    response
}

/// A button that is down or up.
pub(super) fn toggle(ui: &mut Ui, is_down: bool, text: &str) -> Response {
    let (fill, color) =
        if is_down { (style::ACCENT_DEEP, style::STRONG) } else { (Color32::TRANSPARENT, style::DIM) };
    ui.add(egui::Button::new(RichText::new(text).color(color)).fill(fill))
}

/// The head of a section, with room for more at its right end.
pub(super) fn heading(ui: &mut Ui, text: &str, more: impl FnOnce(&mut Ui)) {
    ui.add_space(style::GAP);
    ui.horizontal(|ui| {
        ui.label(RichText::new(text).color(style::STRONG).strong());
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), more);
    });
    ui.add_space(-2.0);
}

/// A text that says less.
pub(super) fn dim(ui: &mut Ui, text: impl Into<String>) -> Response {
    ui.add(egui::Label::new(RichText::new(text.into()).color(style::DIM)).wrap())
}

/// Of names before sliders.
pub(super) const NAME: f32 = 118.0;
/// Of numbers after sliders.
pub(super) const NUMBER: f32 = 46.0;

/// A name, a slider and its number in one row; a double click on the name brings `zero` back.
pub(super) fn slider(
    ui: &mut Ui,
    name: &str,
    value: &mut f32,
    range: std::ops::RangeInclusive<f32>,
    zero: f32,
) -> Response {
    ui.horizontal(|ui| {
        let named = label(ui, name, NAME, style::TEXT);
        let response = bare_slider(ui, value, range);
        if named.double_clicked() {
            *value = zero;
        }
        response
    })
    .inner
}

/// A slider and its number up to the row's right end.
pub(super) fn bare_slider(ui: &mut Ui, value: &mut f32, range: std::ops::RangeInclusive<f32>) -> Response {
    let wide = range.end() - range.start();
    // Angles are whole degrees, and as wide as other numbers.
    let (speed, decimals) = (f64::from(wide) / 200.0, if wide > 100.0 { 0 } else { 2 });
    ui.spacing_mut().slider_width = (ui.available_width() - NUMBER - style::GAP).max(40.0);
    let rail = ui
        .scope(|ui| {
            // The handle is as large as half of this.
            ui.spacing_mut().interact_size.y = 15.0;
            ui.add(egui::Slider::new(value, range.clone()).show_value(false))
        })
        .inner;
    let number = egui::DragValue::new(value).range(range).speed(speed).fixed_decimals(decimals);
    rail | ui.add_sized([NUMBER, style::ROW - 2.0], number)
}

/// A label of a fixed width, cut where it is too long and then told in full.
pub(super) fn label(ui: &mut Ui, text: &str, width: f32, color: Color32) -> Response {
    let label = egui::Label::new(RichText::new(text).color(color)).truncate().sense(egui::Sense::click());
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(egui::vec2(width, style::ROW), layout, |ui| {
        ui.set_min_width(width);
        ui.set_max_width(width);
        ui.add(label)
    })
    .inner
}

/// Pictures on buttons that no letter of the font shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Start,
    Back,
    Play,
    Pause,
    Further,
    Close,
    More,
}

impl Icon {
    /// Polygons within a square of side 1: lists of corners.
    const fn shapes(self) -> &'static [&'static [(f32, f32)]] {
        match self {
            Self::Start => {
                &[&[(0.1, 0.1), (0.25, 0.1), (0.25, 0.9), (0.1, 0.9)], &[(0.9, 0.1), (0.9, 0.9), (0.3, 0.5)]]
            }
            Self::Back => &[&[(0.75, 0.15), (0.75, 0.85), (0.2, 0.5)]],
            Self::Play => &[&[(0.15, 0.05), (0.95, 0.5), (0.15, 0.95)]],
            Self::Pause => &[
                &[(0.15, 0.1), (0.4, 0.1), (0.4, 0.9), (0.15, 0.9)],
                &[(0.6, 0.1), (0.85, 0.1), (0.85, 0.9), (0.6, 0.9)],
            ],
            Self::More => &[&[(0.1, 0.3), (0.9, 0.3), (0.5, 0.75)]],
            Self::Further => &[&[(0.25, 0.15), (0.8, 0.5), (0.25, 0.85)]],
            Self::Close => &[
                &[(0.15, 0.25), (0.25, 0.15), (0.85, 0.75), (0.75, 0.85)],
                &[(0.75, 0.15), (0.85, 0.25), (0.25, 0.85), (0.15, 0.75)],
            ],
        }
    }
}

/// A button with a picture.
pub(super) fn icon_button(ui: &mut Ui, is_down: bool, icon: Icon) -> Response {
    const SIDE: f32 = 11.0;
    let (rect, response) = ui.allocate_exact_size(egui::vec2(28.0, style::ROW), egui::Sense::click());
    let fill = if is_down { style::ACCENT_DEEP } else { Color32::TRANSPARENT };
    let fill = if response.hovered() && !is_down { style::OVER } else { fill };
    let ink = if is_down || response.hovered() { style::STRONG } else { style::DIM };
    ui.painter().rect_filled(rect, 4.0, fill);
    let place = egui::Rect::from_center_size(rect.center(), egui::Vec2::splat(SIDE));
    for corners in icon.shapes() {
        let corners = corners.iter().map(|(x, y)| place.lerp_inside(egui::vec2(*x, *y))).collect();
        ui.painter().add(egui::Shape::convex_polygon(corners, ink, egui::Stroke::NONE));
    }
    response
}

/// A small filled circle.
pub(super) fn dot(ui: &mut Ui, color: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(10.0, style::ROW), egui::Sense::hover());
    ui.painter().circle_filled(rect.center(), 3.5, color);
    response
}

/// An arc that turns as often as pictures are drawn anyway: it asks for none.
pub(super) fn turning(ui: &mut Ui) {
    const CORNERS: u32 = 16;
    let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(14.0), egui::Sense::hover());
    let begin = ui.input(|input| (input.time * 5.0).rem_euclid(std::f64::consts::TAU)) as f32;
    let corner = |n: u32| rect.center() + egui::Vec2::angled(begin + n as f32 * 0.3) * 6.0;
    let stroke = egui::Stroke::new(2.0, style::ACCENT);
    ui.painter().line((0..CORNERS).map(corner).collect(), stroke);
}

/// Scrolls what does not fit; the bar lies in the panel's margin, so that all of a panel ends at the same edge.
pub(super) fn scroll(ui: &mut Ui, id: &str, contents: impl FnOnce(&mut Ui)) {
    let within = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(within);
    let place = egui::Rect::from_min_max(within.min, within.max + egui::vec2(f32::from(style::PAD), 0.0));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place));
    egui::ScrollArea::vertical().id_salt(id).auto_shrink(false).show(&mut child, |ui| {
        ui.set_width(within.width());
        contents(ui);
    });
}
