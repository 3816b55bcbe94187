//! How the window looks: one dark palette, one spacing.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2, Visuals};

pub(super) const BACK: Color32 = Color32::from_rgb(0x12, 0x15, 0x1a);
pub(super) const PANEL: Color32 = Color32::from_rgb(0x1a, 0x1e, 0x25);
pub(super) const RAISED: Color32 = Color32::from_rgb(0x26, 0x2c, 0x36);
pub(super) const OVER: Color32 = Color32::from_rgb(0x31, 0x39, 0x46);
pub(super) const LINE: Color32 = Color32::from_rgb(0x2c, 0x32, 0x3c);
pub(super) const TEXT: Color32 = Color32::from_rgb(0xd5, 0xdb, 0xe4);
pub(super) const STRONG: Color32 = Color32::from_rgb(0xf4, 0xf6, 0xf9);
pub(super) const DIM: Color32 = Color32::from_rgb(0x8d, 0x97, 0xa6);
pub(super) const ACCENT: Color32 = Color32::from_rgb(0x5b, 0x9d, 0xe8);
pub(super) const ACCENT_DEEP: Color32 = Color32::from_rgb(0x2b, 0x55, 0x85);
pub(super) const GOOD: Color32 = Color32::from_rgb(0x7a, 0xc0, 0x8e);
pub(super) const WARN: Color32 = Color32::from_rgb(0xe3, 0xb3, 0x5a);
pub(super) const BAD: Color32 = Color32::from_rgb(0xe0, 0x78, 0x74);
pub(super) const VIOLET: Color32 = Color32::from_rgb(0xb0, 0x93, 0xe0);

/// Between things that belong together, and around what stands alone.
pub(super) const GAP: f32 = 6.0;
pub(super) const PAD: i8 = 12;
/// All rows of panels.
pub(super) const ROW: f32 = 22.0;

/// Dresses everything; the cursor in a text `blinks` where pictures cost little.
pub(super) fn apply(ctx: &egui::Context, blinks: bool) {
    ctx.set_fonts(super::fonts::definitions());
    ctx.set_theme(egui::Theme::Dark);
    ctx.all_styles_mut(|style| {
        style.visuals = visuals();
        let font = |size| FontId::new(size, FontFamily::Proportional);
        style.text_styles = [
            (TextStyle::Small, font(11.0)),
            (TextStyle::Body, font(13.0)),
            (TextStyle::Button, font(13.0)),
            (TextStyle::Heading, font(15.0)),
            (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
        ]
        .into();
        style.spacing.item_spacing = Vec2::new(GAP, GAP);
        style.spacing.button_padding = Vec2::new(9.0, 3.0);
        style.spacing.interact_size = Vec2::new(28.0, ROW);
        style.spacing.slider_rail_height = 4.0;
        style.spacing.scroll = egui::style::ScrollStyle::thin();
        style.interaction.selectable_labels = false;
        style.visuals.text_cursor.blink = blinks;
    });
}

fn visuals() -> Visuals {
    let mut visuals = Visuals::dark();
    visuals.panel_fill = PANEL;
    visuals.window_fill = PANEL;
    visuals.window_stroke = Stroke::new(1.0, LINE);
    visuals.extreme_bg_color = BACK;
    visuals.faint_bg_color = RAISED;
    visuals.selection.bg_fill = ACCENT_DEEP;
    visuals.selection.stroke = Stroke::new(1.0, STRONG);
    visuals.hyperlink_color = ACCENT;
    visuals.slider_trailing_fill = true;
    visuals.handle_shape = egui::style::HandleShape::Circle;
    let corner = CornerRadius::same(4);
    let widgets = &mut visuals.widgets;
    for (state, fill, text) in [
        (&mut widgets.noninteractive, PANEL, TEXT),
        (&mut widgets.inactive, RAISED, TEXT),
        (&mut widgets.hovered, OVER, STRONG),
        (&mut widgets.active, ACCENT_DEEP, STRONG),
        (&mut widgets.open, OVER, STRONG),
    ] {
        state.bg_fill = fill;
        state.weak_bg_fill = fill;
        state.bg_stroke = Stroke::NONE;
        state.fg_stroke = Stroke::new(1.0, text);
        state.corner_radius = corner;
        state.expansion = 0.0;
    }
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, LINE);
    visuals
}

/// Around the contents of a panel.
pub(super) fn panel_frame() -> egui::Frame {
    egui::Frame::new().fill(PANEL).inner_margin(Margin::same(PAD))
}

/// What lies over the picture or stands out in a panel.
pub(super) fn card() -> egui::Frame {
    egui::Frame::new()
        .fill(RAISED)
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::symmetric(PAD, PAD - 3))
}
