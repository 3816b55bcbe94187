//! What is opened on the bench: by its files, by what is dropped, by a typed text, and again when it changes on disk.

use super::acting::Direction;
use super::edits::Edits;
use super::files::{self, Opening};
use super::history::History;
use super::loading::{Done, Drawn, Known, Opened, Typed};
use super::settings::Settings;
use super::transport::Transport;
use super::workbench::{Wish, Workbench};
use super::{shaders, words};
use crate::audio::OutputOptions;
use crate::clock::AudibleClock;
use crate::perform::Cast;
use crate::production::Request;
use crate::render::{Gpu, Renderer, Uploader};
use crate::rig::Rig;
use crate::stage::Shot;
use crate::time::Time;
use crate::vocabulary::Bone;
use std::path::PathBuf;
use std::sync::Arc;

/// Whether a motion has anything to move.
fn has_body(rig: &Rig) -> bool {
    rig.bone(Bone::Hips).is_some()
}

impl Workbench {
    pub(super) fn open(&mut self, opening: Opening) {
        self.is_reload = false;
        (self.keeps_edits, self.keeps_time) = (opening.keeps_edits, opening.keeps_time);
        let tier = self.tier();
        // The script of a typed text is there as long as somebody holds its folder.
        let same = self.opened.as_ref().filter(|opened| opened.request.input == opening.request.input);
        let typed = same.and_then(|opened| opened.typed.clone());
        // Whoever is there alone and says something else stays as they are.
        let member = opening.request.avatar.as_ref().and_then(|avatar| self.known(avatar));
        let known = Known { member, uploader: self.uploader() };
        self.loader.open(opening.request, typed, known, tier);
    }

    /// Who is there alone, if that is `avatar` as its file has it.
    fn known(&self, avatar: &str) -> Option<Cast> {
        let cast = &self.opened.as_ref()?.production.cast;
        let is_plain = avatar == self.avatar_name() && self.request.variant.is_none();
        cast.first().filter(|_| cast.len() == 1 && is_plain && self.renderer.is_some()).cloned()
    }

    fn uploader(&self) -> Option<Uploader> {
        let is_right = |renderer: &&Renderer| renderer.quality() == self.tier().quality;
        self.renderer.as_ref().filter(is_right).map(Renderer::uploader)
    }

    /// Opens a file that was dropped.
    pub(super) fn open_dropped(&mut self, file: &str) {
        match files::dropped(file, &self.request, &self.avatar_name()) {
            Some(opening) => {
                if opening.request.environment != self.request.environment {
                    // What is dropped is to be seen.
                    self.edits.look.lighting = None;
                }
                self.open(opening);
            }
            None => self.notices.error(format!("{} {file}", words::UNKNOWN_FILE)),
        }
    }

    /// Back to what the stage has all around, in place of a picture that was dropped.
    pub(super) fn drop_environment(&mut self) {
        let request = Request { environment: None, ..self.request.clone() };
        self.open(Opening { request, keeps_edits: true, keeps_time: true });
    }

    /// Has the avatar say what was typed.
    pub(super) fn speak(&mut self) {
        let Settings { text, voice, language, .. } = self.settings.clone();
        if text.trim().is_empty() {
            return;
        }
        (self.is_reload, self.keeps_edits, self.keeps_time) = (false, true, false);
        let avatar = self.avatar_name();
        let known = Known { member: self.known(&avatar), uploader: self.uploader() };
        let tier = self.tier();
        let request = Request { avatar: Some(avatar), ..self.request.clone() };
        self.loader.speak(Typed { text, voice, language }, request, known, tier);
    }

    /// Another device has taken the place of one that was lost.
    pub(super) fn change_device(&mut self, gpu: &Gpu, format: wgpu::TextureFormat) {
        self.gpu = gpu.clone();
        self.loader.change_device(gpu, format);
        self.shown.forget();
        if let Some(opened) = &self.opened {
            self.loader.draw_anew(&opened.production, self.tier());
        }
    }

    /// Opens again what was changed on disk, once nothing else is being opened.
    pub(super) fn reload_changed(&mut self) {
        if self.loader.doing().is_some() {
            return;
        }
        let mut changed = self.watch.changed();
        let Some(opened) = &self.opened else { return };
        if let Some(folder) = &self.shaders {
            let of_shaders: Vec<PathBuf> = self.shader_files().collect();
            let before = changed.len();
            changed.retain(|file| !of_shaders.contains(file));
            if changed.len() < before {
                self.loader.take_shaders(folder.clone(), &opened.production, self.tier());
            }
        }
        if changed.is_empty() {
            return;
        }
        let (request, typed) = (opened.request.clone(), opened.typed.clone());
        (self.is_reload, self.keeps_edits, self.keeps_time) = (true, true, true);
        let known = Known { member: None, uploader: self.uploader() };
        self.loader.open(request, typed, known, self.tier());
    }

    fn shader_files(&self) -> impl Iterator<Item = PathBuf> {
        let folder = self.shaders.as_ref().and_then(|folder| folder.canonicalize().ok());
        folder.into_iter().flat_map(|folder| shaders::files(&folder).collect::<Vec<_>>())
    }

    pub(super) fn take(&mut self, done: Done) {
        match done {
            Done::Opened(opened) => self.take_opened(*opened),
            Done::Failed(message) => self.notices.error(message),
            Done::Drawn(of, renderer) => {
                let is_wanted = renderer.quality() == self.tier().quality;
                if is_wanted && self.opened.as_ref().is_some_and(|o| Arc::ptr_eq(&o.production, &of)) {
                    self.take_renderer(Some(*renderer));
                }
            }
            Done::Acted(of, performance) => {
                if self.opened.as_ref().is_some_and(|o| Arc::ptr_eq(&o.production, &of)) {
                    self.acted = Some(*performance);
                }
            }
        }
    }

    fn take_renderer(&mut self, renderer: Option<Renderer>) {
        (self.renderer, self.is_timed) = (renderer, false);
        self.shown.forget();
    }

    fn take_opened(&mut self, mut opened: Opened) {
        match std::mem::replace(&mut opened.drawn, Drawn::Same) {
            Drawn::Anew(renderer) => self.take_renderer(Some(*renderer)),
            Drawn::Recast(cast) => {
                let is_taken =
                    self.renderer.as_mut().is_some_and(|renderer| renderer.take_cast(cast).is_ok());
                self.shown.forget();
                if !is_taken {
                    self.take_renderer(None);
                    self.loader.draw_anew(&opened.production, self.tier());
                }
            }
            Drawn::Same => {
                // The same cast has the same report; what is new concerns what is said.
                for warning in &opened.production.warnings {
                    self.notices.tell(warning.to_string());
                }
                if let Some(before) = self.opened.take() {
                    opened.reports = before.reports;
                }
            }
        }
        let files: Vec<PathBuf> = opened.files.iter().cloned().chain(self.shader_files()).collect();
        self.watch.set(files);
        let speaks = opened.production.performance.duration() > Time::ZERO;
        let program = Arc::clone(&opened.program);
        let options = OutputOptions { device: None, muted: self.settings.is_muted };
        let is_heard = program.duration() > Time::ZERO;
        let sound = is_heard.then(|| AudibleClock::open(program, options, Time::ZERO, Time::ZERO));
        let end = speaks.then(|| opened.production.performance.duration());
        let before = std::mem::replace(&mut self.transport, Transport::new(end, sound));
        if self.keeps_time {
            self.transport.carry_on(&before);
        } else {
            self.called.clear();
            self.transport.play();
        }
        self.notices.forget_errors();
        if self.is_reload {
            self.notices.tell(format!("{} {:.0} ms", words::RELOADED, opened.millis));
        }
        let is_moved = opened.request.clip.is_some() && opened.request.clip != self.request.clip;
        let first = opened.production.cast.first();
        if is_moved && first.is_some_and(|first| !has_body(&first.rig)) {
            self.notices.error(words::NO_BODY);
        }
        if !self.keeps_edits {
            self.edits = Edits::default();
            self.edits.look.quality = self.drawn_quality;
            self.history = History::new(self.edits.clone());
        }
        let count = opened.production.cast.len();
        if self.edits.chosen >= count || count == 1 {
            self.edits.be_alone();
        }
        if !self.keeps_edits || self.orbit.is_none() {
            (self.orbit, self.sees_all) = (None, count > 1);
            let named = opened.request.camera.as_ref().or(opened.production.timeline.stage.camera.as_ref());
            self.shot = named.and_then(|name| Shot::from_name(name)).unwrap_or_default();
        }
        self.acted = None;
        self.directed = Direction::default();
        self.request = opened.request.clone();
        let names: Vec<&str> =
            opened.production.cast.iter().map(|member| member.avatar.name.as_str()).collect();
        self.wishes.push(Wish::Title(format!("{} – {}", names.join(", "), words::TITLE)));
        self.frame = None;
        self.opened = Some(opened);
        self.direct();
    }
}
