//! The Body panel: gestures, clips, where the avatar looks, how lively it acts.

use super::widgets;
use crate::perform::shown_gestures;
use crate::preview::acting::Called;
use crate::preview::words;
use crate::preview::workbench::Workbench;
use crate::script::timeline::Dials;
use crate::time::Time;
use egui::Ui;

/// The stroke of a gesture comes so long after it is called.
const AHEAD: Time = Time::from_millis(700);
/// Older calls are forgotten.
const MOST_CALLED: usize = 16;

/// Where to look: names and what they show the eyes, metres to the avatar's left, up and ahead of its eyes.
const TARGETS: &[(&str, [f32; 3])] = &[
    ("Ahead", [0.0, 0.0, 2.0]),
    ("Left", [1.0, 0.0, 2.0]),
    ("Right", [-1.0, 0.0, 2.0]),
    ("Up", [0.0, 0.7, 2.0]),
    ("Down", [0.0, -0.8, 1.6]),
];

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    widgets::scroll(ui, "body", |ui| {
        dials(bench, ui);
        gaze(bench, ui);
        gestures(bench, ui);
        clips(bench, ui);
    });
}

fn dials(bench: &mut Workbench, ui: &mut Ui) {
    let staged = bench.opened.as_ref().map_or_else(Dials::default, |opened| opened.production.timeline.dials);
    widgets::heading(ui, words::DIALS, |ui| {
        if bench.edits.dials.is_some() && ui.small_button(words::RESET).clicked() {
            bench.edits.dials = None;
        }
    });
    let before = bench.edits.dials.unwrap_or(staged);
    let mut dials = before;
    let Dials { lips, jaw, expression, blink, breath, gestures, composure } = &mut dials;
    for (name, dial, zero) in [
        ("Lips", lips, staged.lips),
        ("Jaw", jaw, staged.jaw),
        ("Expression", expression, staged.expression),
        ("Blink", blink, staged.blink),
        ("Breath", breath, staged.breath),
        ("Gestures", gestures, staged.gestures),
        ("Composure", composure, staged.composure),
    ] {
        widgets::slider(ui, name, dial, 0.0..=2.0, zero);
    }
    if dials != before {
        bench.edits.dials = Some(dials);
    }
}

fn gaze(bench: &mut Workbench, ui: &mut Ui) {
    let Some(landmarks) = bench.landmarks() else { return };
    widgets::heading(ui, words::GAZE, |_| {});
    ui.horizontal_wrapped(|ui| {
        let is_free = bench.edits.own.gaze.is_none() && !bench.follows_mouse;
        if widgets::toggle(ui, is_free, words::GAZE_FREE).clicked() {
            (bench.edits.own.gaze, bench.follows_mouse) = (None, false);
        }
        if widgets::toggle(ui, bench.follows_mouse, words::GAZE_MOUSE).clicked() {
            bench.follows_mouse = !bench.follows_mouse;
        }
        let (ahead, up) = (landmarks.facing, glam::Vec3::Y);
        let left = up.cross(ahead);
        for (name, [x, y, z]) in TARGETS {
            let point = landmarks.eyes + left * *x + up * *y + ahead * *z;
            let is_there = !bench.follows_mouse && bench.edits.own.gaze == Some(point);
            if widgets::toggle(ui, is_there, name).clicked() {
                (bench.edits.own.gaze, bench.follows_mouse) = (Some(point), false);
            }
        }
    });
}

fn gestures(bench: &mut Workbench, ui: &mut Ui) {
    let Some(member) = bench.member() else { return };
    let names: Vec<&str> = shown_gestures(&member.rig).collect();
    if names.is_empty() {
        return;
    }
    widgets::heading(ui, words::GESTURES, |_| {});
    ui.horizontal_wrapped(|ui| {
        for name in names {
            if ui.button(name).clicked() {
                if bench.called.len() == MOST_CALLED {
                    bench.called.remove(0);
                }
                let at = bench.transport.position() + AHEAD;
                bench.called.push(Called { at, gesture: name.to_owned(), by: bench.edits.chosen });
                bench.called.sort_by_key(|called| called.at);
                bench.transport.play();
            }
        }
    });
}

fn clips(bench: &mut Workbench, ui: &mut Ui) {
    let Some(avatar) = bench.avatar().cloned() else { return };
    widgets::heading(ui, words::CLIPS, |_| {});
    let named: Vec<&str> = avatar.clips.iter().map(|c| c.name.as_str()).filter(|n| !n.is_empty()).collect();
    if named.is_empty() {
        widgets::dim(ui, words::NO_CLIPS);
        return;
    }
    ui.horizontal_wrapped(|ui| {
        for name in named {
            let is_playing = bench.edits.own.clip.as_deref() == Some(name);
            if widgets::toggle(ui, is_playing, name).clicked() {
                bench.edits.own.clip = (!is_playing).then(|| name.to_owned());
                bench.transport.play();
            }
        }
    });
}
