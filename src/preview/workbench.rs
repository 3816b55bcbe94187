//! What is on the bench: who was opened, what was changed, where one is in the speech, from where it is seen.
//!
//! It sees no window; `app` gives it input and draws what it says.

use super::acting::{Called, Direction, Order};
use super::camera::Orbit;
use super::edits::{Edits, Shape};
use super::files::{self, Opening};
use super::history::History;
use super::loading::{Done, Drawn, Known, Loader, Opened, Typed, Wake};
use super::notices::Notices;
use super::panels::Panel;
use super::settings::Settings;
use super::transport::Transport;
use super::watch::Watch;
use super::{Options, words};
use crate::audio::OutputOptions;
use crate::avatar::Avatar;
use crate::clock::AudibleClock;
use crate::frame::Frame;
use crate::perform::{Cast, Performance};
use crate::production::{DEFAULT_AVATAR, Request, is_avatar};
use crate::render::{Antialias, Gpu, Quality, Renderer, Tier, Uploader};
use crate::stage::Shot;
use crate::time::Time;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Pictures whose times are remembered.
const REMEMBERED: usize = 240;

/// So late a picture is told to who reads the log.
const LONG: Duration = Duration::from_millis(100);

/// What only the window can do.
pub(super) enum Wish {
    Title(String),
    ToggleFullscreen,
}

/// Everything on the bench.
pub(super) struct Workbench {
    pub(super) request: Request,
    pub(super) opened: Option<Opened>,
    pub(super) edits: Edits,
    pub(super) history: History<Edits>,
    pub(super) transport: Transport,
    pub(super) orbit: Option<Orbit>,
    pub(super) shot: Shot,
    pub(super) is_turning: bool,
    pub(super) settings: Settings,
    pub(super) notices: Notices,
    pub(super) called: Vec<Called>,
    pub(super) follows_mouse: bool,
    pub(super) has_help: bool,
    /// The slider whose recipe is open.
    pub(super) open_shape: Option<Shape>,
    pub(super) search: String,
    /// How much of the speech the strip shows.
    pub(super) strip_span: Time,
    pub(super) loader: Loader,
    pub(super) gpu: Gpu,
    /// Milliseconds from picture to picture, the last ones.
    pub(super) intervals: VecDeque<f32>,
    /// Columns and rows of the avatar's picture.
    pub(super) seen_px: (u32, u32),
    pub(super) wishes: Vec<Wish>,
    pub(super) now: Instant,
    /// The performance as directed here, in place of the production's.
    acted: Option<Performance>,
    directed: Direction,
    frame: Option<Frame>,
    /// Holds the cast.
    pub(super) renderer: Option<Renderer>,
    /// The last picture was to be followed by another at once.
    was_moving: bool,
    /// Whether the renderer measures its passes.
    is_timed: bool,
    drawn_quality: Option<Quality>,
    antialias: Option<Antialias>,
    watch: Watch,
    keeps_edits: bool,
    is_reload: bool,
}

impl Workbench {
    pub(super) fn new(
        Options { request, quality, antialias, .. }: Options,
        settings: Settings,
        gpu: Gpu,
        loader: Loader,
        wake: Wake,
    ) -> Self {
        let mut edits = Edits::default();
        edits.look.quality = quality;
        let mut bench = Self {
            request,
            opened: None,
            history: History::new(edits.clone()),
            edits,
            transport: Transport::new(None, None),
            orbit: None,
            shot: Shot::Bust,
            is_turning: false,
            settings,
            notices: Notices::default(),
            called: Vec::new(),
            follows_mouse: false,
            has_help: false,
            open_shape: None,
            search: String::new(),
            strip_span: Time::from_millis(6000),
            loader,
            gpu,
            intervals: VecDeque::with_capacity(REMEMBERED),
            seen_px: (16, 9),
            wishes: Vec::new(),
            now: crate::clock::now(),
            acted: None,
            directed: Direction::default(),
            frame: None,
            renderer: None,
            was_moving: false,
            is_timed: false,
            drawn_quality: quality,
            antialias,
            watch: Watch::new(move || wake()),
            keeps_edits: false,
            is_reload: false,
        };
        let first = bench.request.clone();
        bench.open(Opening { request: first, keeps_edits: true });
        bench
    }

    /// The first of the cast.
    pub(super) fn member(&self) -> Option<&Cast> {
        self.opened.as_ref()?.production.cast.first()
    }

    /// The first's avatar.
    pub(super) fn avatar(&self) -> Option<&Arc<Avatar>> {
        self.member().map(|member| &member.avatar)
    }

    /// By which name the first's avatar can be opened again.
    pub(super) fn avatar_name(&self) -> String {
        let path = self.opened.as_ref().and_then(|o| o.production.avatar_path(0, &o.request));
        let named = || match &self.request {
            Request { avatar: Some(avatar), .. } => avatar.clone(),
            Request { input, .. } if is_avatar(input) => input.clone(),
            _ => DEFAULT_AVATAR.to_owned(),
        };
        path.map_or_else(named, |path| path.display().to_string())
    }

    /// The tier that pictures are drawn in.
    pub(super) fn tier(&self) -> Tier {
        let fitting = || Quality::for_adapter(self.gpu.adapter().get_info().device_type);
        Tier { quality: self.edits.look.quality.unwrap_or_else(fitting), antialias: self.antialias }
    }

    pub(super) fn open(&mut self, opening: Opening) {
        self.is_reload = false;
        self.keeps_edits = opening.keeps_edits;
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
            Some(opening) => self.open(opening),
            None => self.notices.error(format!("{} {file}", words::UNKNOWN_FILE)),
        }
    }

    /// Has the avatar say what was typed.
    pub(super) fn speak(&mut self) {
        let Settings { text, voice, language, .. } = self.settings.clone();
        if text.trim().is_empty() {
            return;
        }
        (self.is_reload, self.keeps_edits) = (false, true);
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
        if let Some(opened) = &self.opened {
            self.loader.draw_anew(&opened.production, self.tier());
        }
    }

    /// Before the panels: what has come from threads and disks, and where one is now.
    pub(super) fn begin(&mut self, now: Instant, seen: Instant) {
        let since = now.saturating_duration_since(self.now);
        self.now = now;
        if self.was_moving {
            self.remember(since);
        }
        self.was_moving = self.moves();
        for done in self.loader.results() {
            self.take(done);
        }
        self.reload_changed();
        self.transport.advance(now, seen);
        while let Some(event) = self.transport.event() {
            self.notices.of_sound(event);
        }
        if let Some(orbit) = self.orbit.as_mut().filter(|_| self.is_turning) {
            let secs = since.as_secs_f32().min(0.1);
            orbit.go_around(std::f32::consts::TAU * secs / self.settings.turn_secs);
        }
        self.notices.forget(now);
    }

    fn remember(&mut self, since: Duration) {
        if since > LONG {
            tracing::debug!("{:.0} ms between two pictures", since.as_secs_f32() * 1e3);
        }
        if self.intervals.len() == REMEMBERED {
            self.intervals.pop_front();
        }
        self.intervals.push_back(since.as_secs_f32() * 1e3);
    }

    /// Whether each picture is another one.
    fn moves(&self) -> bool {
        self.opened.is_some() && (self.transport.is_playing() || self.is_turning)
    }

    /// Opens again what was changed on disk, once nothing else is being opened.
    fn reload_changed(&mut self) {
        if self.loader.doing().is_some() || self.watch.changed().is_empty() {
            return;
        }
        let Some(opened) = &self.opened else { return };
        let (request, typed) = (opened.request.clone(), opened.typed.clone());
        (self.is_reload, self.keeps_edits) = (true, true);
        let known = Known { member: None, uploader: self.uploader() };
        self.loader.open(request, typed, known, self.tier());
    }

    fn take(&mut self, done: Done) {
        match done {
            Done::Opened(opened) => self.take_opened(*opened),
            Done::Failed(message) => self.notices.error(message),
            Done::Drawn(of, renderer) => {
                let is_wanted = renderer.quality() == self.tier().quality;
                if is_wanted && self.opened.as_ref().is_some_and(|o| Arc::ptr_eq(&o.production, &of)) {
                    (self.renderer, self.is_timed) = (Some(*renderer), false);
                }
            }
            Done::Acted(of, performance) => {
                if self.opened.as_ref().is_some_and(|o| Arc::ptr_eq(&o.production, &of)) {
                    self.acted = Some(*performance);
                }
            }
        }
    }

    fn take_opened(&mut self, mut opened: Opened) {
        match std::mem::replace(&mut opened.drawn, Drawn::Same) {
            Drawn::Anew(renderer) => (self.renderer, self.is_timed) = (Some(*renderer), false),
            Drawn::Recast(cast) => {
                let is_taken = self.renderer.as_mut().is_some_and(|renderer| renderer.take_cast(cast).is_ok());
                if !is_taken {
                    self.renderer = None;
                    self.loader.draw_anew(&opened.production, self.tier());
                }
            }
            Drawn::Same => {
                // The same cast has the same report; what is new concerns what is said.
                for warning in &opened.production.warnings {
                    self.notices.tell(warning.to_string());
                }
                if let Some(before) = self.opened.take() {
                    opened.report = before.report;
                }
            }
        }
        self.watch.set(opened.files.iter().cloned());
        let speaks = opened.production.performance.duration() > Time::ZERO;
        let program = Arc::clone(&opened.program);
        let options = OutputOptions { device: None, muted: self.settings.is_muted };
        let is_heard = program.duration() > Time::ZERO;
        let sound = is_heard.then(|| AudibleClock::open(program, options, Time::ZERO, Time::ZERO));
        let end = speaks.then(|| opened.production.performance.duration());
        let before = std::mem::replace(&mut self.transport, Transport::new(end, sound));
        if self.is_reload {
            self.transport.carry_on(&before);
            self.notices.tell(format!("{} {:.0} ms", words::RELOADED, opened.millis));
        } else {
            self.called.clear();
            self.transport.play();
        }
        if !self.keeps_edits {
            self.edits = Edits::default();
            self.edits.look.quality = self.drawn_quality;
            self.history = History::new(self.edits.clone());
        }
        if !self.keeps_edits || self.orbit.is_none() {
            self.orbit = None;
            let named = opened.request.camera.as_ref().or(opened.production.timeline.stage.camera.as_ref());
            self.shot = named.and_then(|name| Shot::from_name(name)).unwrap_or_default();
        }
        self.acted = None;
        self.directed = Direction::default();
        self.request = opened.request.clone();
        let name = opened.production.cast.first().map_or("", |member| member.avatar.name.as_str()).to_owned();
        self.wishes.push(Wish::Title(format!("{name} – {}", words::TITLE)));
        self.frame = None;
        self.opened = Some(opened);
        self.direct();
    }

    /// After the panels: what was changed becomes a step that can be undone, and is acted.
    pub(super) fn end_edit(&mut self, is_holding: bool) {
        // A gaze that follows the mouse is one step, when it has come to rest.
        if !is_holding && !self.follows_mouse {
            self.history.commit(&self.edits);
        }
        self.direct();
        if self.edits.look.quality != self.drawn_quality {
            self.drawn_quality = self.edits.look.quality;
            if let Some(opened) = &self.opened {
                self.loader.draw_anew(&opened.production, self.tier());
            }
        }
    }

    /// Has the acting follow what was changed.
    fn direct(&mut self) {
        let Edits { recipes, dials, gaze, clip, .. } = &self.edits;
        let direction = Direction {
            recipes: recipes.clone(),
            dials: *dials,
            gaze: *gaze,
            clip: clip.clone(),
            called: self.called.clone(),
        };
        let Some(opened) = self.opened.as_ref().filter(|_| direction != self.directed) else { return };
        self.directed = direction.clone();
        self.loader.act(Order { production: Arc::clone(&opened.production), direction });
    }

    /// What belongs into the avatar's place now.
    pub(super) fn scene(&mut self) -> Option<(&mut Renderer, &Frame)> {
        let aspect = self.seen_px.0 as f32 / self.seen_px.1.max(1) as f32;
        let (opened, renderer) = (self.opened.as_ref()?, self.renderer.as_mut()?);
        let member = opened.production.cast.first()?;
        let performance = self.acted.as_ref().unwrap_or(&opened.production.performance);
        let frame = self.frame.get_or_insert_with(|| performance.first_frame(aspect));
        let pose = self.edits.sliders.pose();
        performance.evaluate_with(frame, self.transport.position(), aspect, |role, acting| {
            if role == 0 {
                pose.apply(acting, &member.avatar, &member.rig);
            }
        });
        let landmarks = &member.rig.landmarks;
        let shot = self.shot;
        let orbit = self.orbit.get_or_insert_with(|| Orbit::of_shot(landmarks, shot, aspect));
        frame.camera = orbit.camera();
        // Whoever looks closely wants all of it sharp.
        frame.look.focus = None;
        let staged = opened.production.timeline.stage.light.as_deref();
        super::look::apply(&self.edits.look, staged, landmarks.floor, frame);
        renderer.set_debug(self.edits.look.view);
        let is_timed = self.settings.has_panels && self.settings.panel == Panel::Performance;
        if is_timed != self.is_timed {
            renderer.set_timing(is_timed);
            self.is_timed = is_timed;
        }
        Some((renderer, frame))
    }

    /// When to draw again by itself, whatever the panels want.
    pub(super) fn due(&self) -> Option<Duration> {
        let busy = self.loader.doing().map(|_| Duration::from_millis(80));
        let moving = self.moves().then_some(Duration::ZERO);
        let changed = self.watch.due().filter(|_| busy.is_none());
        [moving, busy, changed, self.notices.due(self.now)].into_iter().flatten().min()
    }

    pub(super) fn take_wishes(&mut self) -> Vec<Wish> {
        std::mem::take(&mut self.wishes)
    }

    /// Remembers the settings, with the window's size where it has one of its own.
    pub(super) fn keep_settings(&mut self, size: Option<[u32; 2]>) -> Result<(), crate::host::HostError> {
        self.settings.window = size.unwrap_or(self.settings.window);
        self.settings.keep()
    }
}
