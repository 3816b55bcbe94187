//! What keys and buttons do to the bench.

use super::edits::{Edits, Sliders};
use super::keys::{Command, KEYS};
use super::saving::{self, CaseWish};
use super::transport::RATES;
use super::words;
use super::workbench::{Wish, Workbench};
use crate::render::DebugView;
use crate::time::Time;
use std::path::Path;

/// How the help names a command, with its key.
pub(super) fn help(command: Command) -> String {
    let mut rows = KEYS.iter().flat_map(|(_, rows)| rows.iter());
    rows.find(|row| row.command == command).map_or_else(String::new, |row| {
        let key = row.shortcut.format(&egui::ModifierNames::NAMES, cfg!(target_os = "macos"));
        format!("{} ({key})", row.help)
    })
}

pub(super) fn obey(bench: &mut Workbench, ctx: &egui::Context, command: Command) {
    match command {
        Command::TogglePlay => bench.transport.toggle(),
        Command::Step(steps) => bench.transport.step(steps),
        Command::Start => bench.transport.seek(Time::ZERO),
        Command::Repeat => repeat_word(bench),
        Command::Rate(by) => change_rate(bench, by),
        Command::ToggleMute => {
            bench.settings.is_muted = !bench.settings.is_muted;
            bench.transport.set_muted(bench.settings.is_muted);
        }
        Command::Frame(shot) => (bench.shot, bench.orbit) = (shot, None),
        Command::ToggleTurntable => bench.is_turning = !bench.is_turning,
        Command::Open(panel) => (bench.settings.panel, bench.settings.has_panels) = (panel, true),
        Command::TogglePanels => bench.settings.has_panels = !bench.settings.has_panels,
        Command::NextView => bench.edits.look.view = DebugView::after(bench.edits.look.view),
        Command::Undo => step_back(bench, false),
        Command::Redo => step_back(bench, true),
        Command::ResetPose => bench.edits.own.sliders = Sliders::default(),
        Command::CopyPose => copy_pose(bench, ctx),
        Command::SaveCase => save_case(bench),
        Command::SaveRecipes => save_recipes(bench),
        Command::ToggleFullscreen => bench.wishes.push(Wish::ToggleFullscreen),
        Command::ToggleHelp => bench.has_help = !bench.has_help,
        Command::Escape => escape(bench, ctx),
    }
}

fn repeat_word(bench: &mut Workbench) {
    let at = bench.transport.position();
    let word = bench.strip().and_then(|strip| strip.word_at(at));
    let range = word.map(|word| word.range.clone()).filter(|_| bench.transport.repeat().is_none());
    bench.transport.set_repeat(range);
}

fn change_rate(bench: &mut Workbench, by: i32) {
    let here = RATES.iter().position(|rate| *rate >= bench.transport.rate()).unwrap_or(0);
    let there = here.saturating_add_signed(by as isize).min(RATES.len() - 1);
    if let Some(rate) = RATES.get(there) {
        bench.transport.set_rate(*rate);
    }
}

fn step_back(bench: &mut Workbench, is_redo: bool) {
    // What was changed in this very picture is a step, too.
    bench.history.commit(&bench.edits);
    let found = if is_redo { bench.history.redo() } else { bench.history.undo() };
    if let Some(edits) = found {
        bench.edits = edits.clone();
    }
}

fn copy_pose(bench: &mut Workbench, ctx: &egui::Context) {
    if bench.edits.own.sliders.count() == 0 {
        bench.notices.tell(words::NOTHING_POSED);
        return;
    }
    ctx.copy_text(saving::pose_text(&bench.edits.own.sliders));
    bench.notices.tell(words::COPIED);
}

fn save_case(bench: &mut Workbench) {
    let Some(opened) = &bench.opened else { return };
    let avatar = bench.avatar_name();
    // Nobody else could find the script of a typed text: its avatar is what stays.
    let input = if opened.typed.is_some() { &avatar } else { &opened.request.input };
    let request = &opened.request;
    let look = &bench.edits.look;
    let unposed = Sliders::default();
    let wish = CaseWish {
        input,
        avatar: request.avatar.as_deref().filter(|_| opened.typed.is_none()),
        at: bench.transport.position(),
        variant: request.variant.as_deref(),
        size: saving::case_size(bench.seen_px),
        shot: bench.shot,
        camera: bench.orbit.filter(|_| bench.is_turned()).map(|orbit| orbit.camera()),
        environment: request.environment.as_deref(),
        tone: look.tone.or(request.tone),
        exposure: look.exposure.or(request.exposure),
        quality: bench.tier().quality,
        sliders: bench.edits.of(0).map_or(&unposed, |first| &first.sliders),
    };
    let saved = saving::save_case(Path::new("."), &wish);
    let lost = lost(&bench.edits);
    match saved {
        Ok(file) if lost.is_empty() => bench.notices.tell(format!("{} {}", words::SAVED, file.display())),
        Ok(file) => {
            let lost = lost.join(", ");
            bench.notices.tell(format!("{} {}; {} {lost}", words::SAVED, file.display(), words::NOT_SAVED));
        }
        Err(error) => bench.notices.error(error.to_string()),
    }
}

/// What a case has no words for.
fn lost(edits: &Edits) -> Vec<&'static str> {
    let Edits { own, others, dials, look, .. } = edits;
    let people = || others.values().chain([own]);
    let posed = |index: &usize| edits.of(*index).is_some_and(|person| person.sliders.count() > 0);
    let is_lit = look.lighting.is_some()
        || look.lights.is_some()
        || look.backdrop.is_some()
        || (look.turn, look.surroundings) != (0.0, None);
    let parts = [
        (others.keys().chain([&edits.chosen]).any(|index| *index > 0 && posed(index)), words::OTHERS_POSES),
        (people().any(|person| !person.recipes.is_empty()), words::RECIPES),
        (people().any(|person| person.gaze.is_some()), words::GAZE),
        (people().any(|person| person.clip.is_some()), words::CLIPS),
        (dials.is_some(), words::DIALS),
        (is_lit, words::LIGHT),
        (look.view.is_some(), words::DEBUG_VIEW),
    ];
    parts.into_iter().filter(|(is_lost, _)| *is_lost).map(|(_, name)| name).collect()
}

fn save_recipes(bench: &mut Workbench) {
    let Some(avatar) = bench.avatar().cloned() else { return };
    let file = bench.avatar_name();
    match saving::save_recipes(Path::new(&file), &avatar, &bench.edits.own.recipes) {
        Ok(file) => {
            bench.edits.own.recipes.clear();
            bench.notices.tell(format!("{} {}", words::SAVED, file.display()));
        }
        Err(error) => bench.notices.error(error.to_string()),
    }
}

fn escape(bench: &mut Workbench, ctx: &egui::Context) {
    if bench.has_help {
        bench.has_help = false;
    } else if bench.loader.doing().is_some() {
        bench.loader.cancel();
        bench.notices.tell(words::CANCELLED);
    } else {
        ctx.memory_mut(|memory| memory.stop_text_input());
    }
}
