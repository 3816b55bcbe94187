//! What is on the bench: who was opened, what was changed, where one is in the speech, from where it is seen.
//!
//! It sees no window; `app` gives it input and draws what it says.

use super::acting::{Called, Direction, Order};
use super::camera::Orbit;
use super::edits::{Edits, Shape};
use super::files::Opening;
use super::history::History;
use super::loading::{Loader, Opened, Report, Wake};
use super::notices::Notices;
use super::panels::Panel;
use super::redraw::Shown;
use super::settings::Settings;
use super::strip::Strip;
use super::transport::Transport;
use super::watch::Watch;
use super::{Options, shaders};
use crate::avatar::{Avatar, Landmarks};
use crate::frame::Frame;
use crate::perform::{Cast, Performance, placed};
use crate::production::{DEFAULT_AVATAR, Request};
use crate::render::{Antialias, Gpu, Quality, RenderError, Renderer, Tier};
use crate::snapshot::Pose;
use crate::stage::{Shot, frame_shot};
use crate::time::Time;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Pictures whose times are remembered.
const REMEMBERED: usize = 240;

/// From the beginning of a picture to that of the next while something is opened; where the same cores draw and open, this is
/// also the least.
const PATIENT: Duration = Duration::from_millis(200);
/// So many times as long for who moves: a picture of them costs most of a short opening.
const MOVING: u32 = 3;
/// What may be opened within this has such cores for itself.
const SOON: Duration = Duration::from_millis(500);

/// So late a picture is told to who reads the log.
const LONG: Duration = Duration::from_millis(200);

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
    /// What it was before a hand turned it.
    pub(super) framed: Option<Orbit>,
    pub(super) shot: Shot,
    /// The shot is of all of the cast.
    pub(super) sees_all: bool,
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
    /// It draws on the cores that do all else, too.
    is_software: bool,
    /// Milliseconds from picture to picture, the last ones.
    pub(super) intervals: VecDeque<f32>,
    /// Columns and rows of the avatar's picture.
    pub(super) seen_px: (u32, u32),
    pub(super) wishes: Vec<Wish>,
    pub(super) now: Instant,
    /// The performance as directed here, in place of the production's.
    pub(super) acted: Option<Performance>,
    pub(super) directed: Direction,
    pub(super) frame: Option<Frame>,
    /// Holds the cast.
    pub(super) renderer: Option<Renderer>,
    pub(super) shown: Shown,
    /// The last picture was to be followed by another at once.
    pub(super) was_moving: bool,
    /// Whether the renderer measures its passes.
    pub(super) is_timed: bool,
    pub(super) drawn_quality: Option<Quality>,
    pub(super) antialias: Option<Antialias>,
    /// Where they are, in place of the program's own.
    pub(super) shaders: Option<PathBuf>,
    pub(super) watch: Watch,
    pub(super) keeps_edits: bool,
    pub(super) keeps_time: bool,
    pub(super) is_reload: bool,
}

impl Workbench {
    pub(super) fn new(
        Options { request, quality, antialias, shaders, .. }: Options,
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
            framed: None,
            shot: Shot::Bust,
            sees_all: false,
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
            is_software: gpu.adapter().get_info().device_type == wgpu::DeviceType::Cpu,
            gpu,
            intervals: VecDeque::with_capacity(REMEMBERED),
            seen_px: (16, 9),
            wishes: Vec::new(),
            now: crate::clock::now(),
            acted: None,
            directed: Direction::default(),
            frame: None,
            renderer: None,
            shown: Shown::default(),
            was_moving: false,
            is_timed: false,
            drawn_quality: quality,
            antialias,
            shaders,
            watch: Watch::new(move || wake()),
            keeps_edits: false,
            keeps_time: false,
            is_reload: false,
        };
        if let Some(Err(error)) = bench.shaders.as_deref().map(|folder| shaders::take(&bench.gpu, folder)) {
            bench.notices.error(error);
        }
        let first = bench.request.clone();
        bench.open(Opening { request: first, keeps_edits: true, keeps_time: false });
        bench
    }

    /// Whom the panels are about.
    pub(super) fn member(&self) -> Option<&Cast> {
        self.opened.as_ref()?.production.cast.get(self.edits.chosen)
    }

    /// What they say.
    pub(super) fn strip(&self) -> Option<&Strip> {
        self.opened.as_ref()?.strips.get(self.edits.chosen)
    }

    /// What `inspect` says of them.
    pub(super) fn report(&self) -> Option<&Report> {
        self.opened.as_ref()?.reports.get(self.edits.chosen)
    }

    /// Where they stand.
    pub(super) fn landmarks(&self) -> Option<Landmarks> {
        placed(self.edits.chosen, &self.opened.as_ref()?.production.cast)
    }

    /// A shot's name does not say from where one looks.
    pub(super) fn is_turned(&self) -> bool {
        let is_group = self.opened.as_ref().is_some_and(|opened| opened.production.cast.len() > 1);
        self.orbit != self.framed || is_group && !self.sees_all
    }

    /// The panels are about another of the cast, who comes into the picture.
    pub(super) fn choose(&mut self, index: usize) {
        self.edits.choose(index);
        (self.sees_all, self.orbit, self.open_shape) = (false, None, None);
    }

    /// Their avatar.
    pub(super) fn avatar(&self) -> Option<&Arc<Avatar>> {
        self.member().map(|member| &member.avatar)
    }

    /// By which name their avatar can be opened again.
    pub(super) fn avatar_name(&self) -> String {
        let Some(Opened { production, request, .. }) = &self.opened else {
            return DEFAULT_AVATAR.to_owned();
        };
        let path = production.avatar_path(self.edits.chosen, request);
        let named = || production.avatar_name(self.edits.chosen, request).to_owned();
        path.map_or_else(named, |path| path.display().to_string())
    }

    /// The tier that pictures are drawn in.
    pub(super) fn tier(&self) -> Tier {
        let fitting = || Quality::for_adapter(self.gpu.adapter().get_info().device_type);
        Tier { quality: self.edits.look.quality.unwrap_or_else(fitting), antialias: self.antialias }
    }

    /// Before the panels: what has come from threads and disks, and where one is now.
    pub(super) fn begin(&mut self, now: Instant, seen: Instant) {
        let since = now.saturating_duration_since(self.now);
        self.now = now;
        if self.was_moving {
            self.remember(since);
        }
        // What is put off on purpose is not late.
        self.was_moving = self.moves() && self.loader.doing().is_none();
        for done in self.loader.results() {
            self.take(done);
        }
        if let Err(RenderError::Driver(message)) = self.gpu.check() {
            self.notices.error(message);
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
    pub(super) fn direct(&mut self) {
        let direction = Direction::new(&self.edits, &self.called);
        let Some(opened) = self.opened.as_ref().filter(|_| direction != self.directed) else { return };
        self.directed = direction.clone();
        self.loader.act(Order { production: Arc::clone(&opened.production), direction });
    }

    /// From picture to picture of who moves, where the cores that draw are opening something, or are about to.
    fn rests(&self) -> Duration {
        match self.loader.works_since() {
            _ if !self.is_software => Duration::ZERO,
            Some(since) if self.now.saturating_duration_since(since) >= SOON => PATIENT * MOVING,
            None if self.watch.due().is_none() => Duration::ZERO,
            _ => SOON + PATIENT,
        }
    }

    /// What was to be drawn, is.
    pub(super) fn drawn(&mut self) {
        if let Some(frame) = &self.frame {
            self.shown.keep(frame, self.seen_px, self.edits.look.view, self.now);
        }
    }

    /// What belongs into the avatar's place now; `None` where that is there already.
    pub(super) fn scene(&mut self) -> Option<(&mut Renderer, &Frame)> {
        let aspect = self.seen_px.0 as f32 / self.seen_px.1.max(1) as f32;
        let rests = self.rests();
        let (opened, renderer) = (self.opened.as_ref()?, self.renderer.as_mut()?);
        let cast = &opened.production.cast;
        let landmarks = placed(self.edits.chosen, cast)?;
        let performance = self.acted.as_ref().unwrap_or(&opened.production.performance);
        let frame = self.frame.get_or_insert_with(|| performance.first_frame(aspect));
        let poses: Vec<Pose> = (0..cast.len())
            .map(|role| self.edits.of(role).map_or_else(Pose::default, |person| person.sliders.pose()))
            .collect();
        performance.evaluate_with(frame, self.transport.position(), aspect, |role, acting| {
            if let (Some(pose), Some(member)) = (poses.get(role), cast.get(role)) {
                pose.apply(acting, &member.avatar, &member.rig);
            }
        });
        if self.orbit.is_none() {
            if self.sees_all {
                performance.aim(frame, self.shot, aspect);
            } else {
                frame.camera = frame_shot(&landmarks, self.shot, aspect);
            }
            let orbit = Orbit::of_camera(&frame.camera, landmarks.crown - landmarks.floor);
            (self.orbit, self.framed) = (Some(orbit), Some(orbit));
        }
        frame.camera = self.orbit?.camera();
        // Whoever looks closely wants all of it sharp.
        frame.look.focus = None;
        let floor = cast.first().map_or(0.0, |first| first.rig.landmarks.floor);
        super::look::apply(&self.edits.look, performance.stage(), floor, frame);
        renderer.set_debug(self.edits.look.view);
        let is_timed = self.settings.has_panels && self.settings.panel == Panel::Performance;
        if is_timed != self.is_timed {
            renderer.set_timing(is_timed);
            self.is_timed = is_timed;
        }
        let is_due = self.shown.is_due(self.now, rests);
        let is_stale = self.shown.is_stale(frame, self.seen_px, self.edits.look.view, is_due);
        (is_timed || is_stale).then_some((renderer, frame))
    }

    /// When to draw again by itself, where the panels want to be drawn after `panels`.
    pub(super) fn due(&self, panels: Option<Duration>) -> Option<Duration> {
        let now = crate::clock::now();
        let since = |then: Instant| now.saturating_duration_since(then);
        let patient = self.loader.doing().map(|_| PATIENT.saturating_sub(since(self.now)));
        let moving = self.moves().then_some(Duration::ZERO);
        let changed = self.watch.due().filter(|_| patient.is_none());
        let all = [panels, moving, patient, changed, self.notices.due(self.now)];
        let soonest = all.into_iter().flatten().min()?;
        let works = self.loader.works_since().filter(|_| self.is_software);
        let least =
            works.map(|begun| PATIENT.saturating_sub(since(self.now)).max(SOON.saturating_sub(since(begun))));
        Some(soonest.max(least.unwrap_or_default()))
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
