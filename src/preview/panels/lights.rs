//! The lights of the stage one by one: strength, colour, from where.

use super::widgets;
use crate::preview::edits::LookEdits;
use crate::preview::{look, style, words};
use crate::stage::{Light, Stage};
use egui::Ui;
use glam::Vec3;

/// The strongest light.
const MOST: f32 = 5.0;

/// Shows the lights of the stage `staged` whose floor is at `floor`, as `edits` have them.
pub(super) fn show(edits: &mut LookEdits, staged: &Stage, floor: f32, ui: &mut Ui) {
    let usual = look::lights(edits, staged, floor);
    widgets::heading(ui, words::LIGHTS, |ui| {
        if edits.lights.is_some() && ui.small_button(words::RESET).clicked() {
            edits.lights = None;
        }
    });
    let mut lights = edits.lights.clone().unwrap_or_else(|| usual.clone());
    for (index, light) in lights.iter_mut().enumerate() {
        let was = usual.get(index).copied().unwrap_or(*light);
        ui.push_id(index, |ui| one(index, light, &was, ui));
    }
    if lights != edits.lights.clone().unwrap_or(usual) {
        edits.lights = Some(lights);
    }
}

fn one(index: usize, light: &mut Light, was: &Light, ui: &mut Ui) {
    let (mut color, mut strength) = taken_apart(light.radiance);
    let before = strength;
    let is_tinted = ui.horizontal(|ui| {
        widgets::label(ui, &format!("{} {}", words::LIGHT, index + 1), widgets::NAME, style::TEXT);
        let button = ui.color_edit_button_rgb(&mut color);
        if light.casts_shadow {
            widgets::dim(ui, words::CASTS_SHADOW);
        }
        // The button gives back what it shows, which is rounded.
        button.changed()
    });
    widgets::slider(ui, words::STRENGTH, &mut strength, 0.0..=MOST, taken_apart(was.radiance).1);
    if is_tinted.inner || strength != before {
        light.radiance = Vec3::from(color) * strength;
    }
    let (mut side, mut height) = angles(light.towards);
    let (usual_side, usual_height) = angles(was.towards);
    let from = (side, height);
    widgets::slider(ui, words::LIGHT_SIDE, &mut side, -180.0..=180.0, usual_side);
    widgets::slider(ui, words::LIGHT_HEIGHT, &mut height, -89.0..=89.0, usual_height);
    if (side, height) != from {
        light.towards = towards(side, height);
    }
    ui.add_space(style::GAP);
}

/// A colour whose greatest part is 1, and how strong it is.
fn taken_apart(radiance: Vec3) -> ([f32; 3], f32) {
    let strength = radiance.max_element();
    // A light that is turned off is white when it is turned on again.
    if strength > 1e-3 { ((radiance / strength).to_array(), strength) } else { ([1.0; 3], 0.0) }
}

/// Degrees to the left of who faces +Z, and up.
fn angles(towards: Vec3) -> (f32, f32) {
    let up = libm::asinf(towards.y.clamp(-1.0, 1.0));
    (libm::atan2f(towards.x, towards.z).to_degrees(), up.to_degrees())
}

fn towards(side: f32, height: f32) -> Vec3 {
    let (sin_side, cos_side) = libm::sincosf(side.to_radians());
    let (sin_height, cos_height) = libm::sincosf(height.to_radians());
    Vec3::new(sin_side * cos_height, sin_height, cos_side * cos_height)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_lead_back_to_where_the_light_is() {
        for (side, height) in [(0.0, 0.0), (-38.0, 38.0), (148.0, 32.0), (90.0, -60.0)] {
            let (back_side, back_height) = angles(towards(side, height));
            assert!((back_side - side).abs() < 1e-3 && (back_height - height).abs() < 1e-3);
        }
    }

    #[test]
    fn a_light_is_its_colour_times_its_strength() {
        let radiance = Vec3::new(0.2, 0.8, 0.4);
        let (color, strength) = taken_apart(radiance);
        assert!((Vec3::from(color) * strength - radiance).length() < 1e-6);
        assert_eq!(taken_apart(Vec3::ZERO), ([1.0; 3], 0.0));
    }
}
