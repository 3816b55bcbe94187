//! The evaluated acting of a timeline: lips, blinks, breath, expressions, camera.
//!
//! Everything here is a pure function of the time asked for: no clock, no state, no random generator, so
//! seeking equals playing. It knows nothing of files, clocks or pixels.

mod acting;
mod articulation;
mod attention;
mod beat;
mod blink;
mod body;
mod breath;
mod camera;
mod capture;
mod captured;
mod constraints;
mod curve;
mod delivery;
mod emotions;
mod expression;
mod eyes;
mod face;
mod gaze;
mod gestures;
mod glances;
mod jaw;
mod lips;
mod live_lips;
mod loops;
mod motions;
mod mouth;
mod noise;
mod pose;
mod presence;
mod punctuation;
mod role;
mod singing;
mod skeleton;
mod springs;
mod stance;
mod statistics;
mod trace;

pub use acting::{Acting, Bones, acted_marks};
pub use camera::{Framing, camera_names, placed};
pub use captured::Captures;
pub use expression::{Worn, expression_channels, expression_names, is_unworn, worn, worn_expressions};
pub use face::weigh_expressions;
pub use gestures::{Arms, gesture_names, shown_gestures};
pub use lips::LipTrack;
pub use loops::paced_oddly;
pub use motions::{Motions, Played, names_motion};
pub use pose::Pose;
pub use statistics::Statistics;
pub use trace::Column;

use crate::avatar::Avatar;
use crate::frame::{Actor, Frame};
use crate::rig::Rig;
use crate::script::timeline::Speaker;
use crate::script::{LivePhones, Timeline};
use crate::stage::{Backdrop, Focus, Look, Shot, Stage};
use crate::time::Time;
use beat::BeatTrack;
use camera::CameraTrack;
use captured::CapturedTrack;
use delivery::Delivery;
use gaze::Surroundings;
use glam::Vec3;
use pose::Scratch;
use role::{Role, Setting};
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    /// Room for an evaluation on each thread that makes some; what it holds between two means nothing.
    static SCRATCH: RefCell<(Acting, Scratch)> = RefCell::default();
}

/// One grain of film stands for so long.
const GRAIN_LASTS: Time = Time::from_nanos(1_000_000_000 / 24);

fn grain_seed(t: Time) -> u32 {
    (t.as_nanos().max(0) / GRAIN_LASTS.as_nanos()) as u32
}

/// The picture for which actors take the camera to stand where it does.
const USUAL_ASPECT: f32 = 16.0 / 9.0;

/// An avatar with its rig, ready to act.
#[derive(Debug, Clone)]
pub struct Cast {
    /// Who.
    pub avatar: Arc<Avatar>,
    /// How they move.
    pub rig: Arc<Rig>,
}

/// A timeline given to a cast.
#[derive(Debug)]
pub struct Performance {
    duration: Time,
    roles: Vec<Role>,
    camera: CameraTrack,
    stage: Stage,
}

impl Performance {
    /// Hands the timeline's speakers to the cast, in order; a timeline without speakers gives everyone a
    /// silent role. Cast members beyond the speakers are silent, speakers beyond the cast are only heard.
    /// `framing` overrides the timeline's cameras.
    pub fn new(timeline: &Timeline, cast: &[Cast], stage: Stage, framing: Option<Framing>) -> Self {
        Self::with_motions(timeline, cast, &Motions::default(), stage, framing)
    }

    /// Like [`Self::new`], with the motions that the marks `clip` and `gesture` name.
    pub fn with_motions(
        timeline: &Timeline,
        cast: &[Cast],
        motions: &Motions,
        stage: Stage,
        framing: Option<Framing>,
    ) -> Self {
        let camera = CameraTrack::new(timeline, cast, framing);
        let beat = BeatTrack::new(timeline);
        let silent = Speaker::default();
        let speaker = |index: usize| timeline.speakers.get(index).unwrap_or(&silent);
        let said: Vec<Delivery> =
            (0..cast.len()).map(|index| Delivery::of(speaker(index), &timeline.captions)).collect();
        let everybody: Vec<(String, Vec3)> =
            (0..cast.len()).map(|index| (speaker(index).id.clone(), camera::eyes(index, cast))).collect();
        let role = |(index, member): (usize, &Cast)| {
            let speaker = speaker(index);
            let mut others = everybody.clone();
            let own = others.remove(index);
            let around =
                Surroundings { eyes: own.1, camera: camera.at(Time::ZERO, USUAL_ASPECT).eye, others };
            let delivery = said.get(index).cloned().unwrap_or_default();
            Role::new(
                timeline,
                (index, speaker),
                member,
                &delivery,
                &Setting { around, said: &said, motions, beat: &beat, cast },
            )
        };
        let roles: Vec<Role> = cast.iter().enumerate().map(role).collect();
        let stage = match timeline.stage.backdrop {
            Some(color) => Stage {
                backdrop: Backdrop::Color(Vec3::from(color).map(crate::stage::linear_from_srgb)),
                ..stage
            },
            None => stage,
        };
        Self { duration: timeline.duration, roles, camera, stage }
    }

    /// With the recorded faces that the marks `capture` name.
    #[must_use]
    pub fn with_captures(mut self, captures: &Captures) -> Self {
        for role in &mut self.roles {
            role.captured = CapturedTrack::new(&role.marks, captures);
        }
        self
    }

    /// From now on the lips of role `index` follow `phones` in place of the timeline's; past the last role nothing happens.
    /// Given more phones of the same speaker later, what is evaluated before [`LivePhones::known_until`] stays the same, as
    /// far back as they are kept.
    pub fn hear(&mut self, index: usize, phones: &LivePhones) {
        if let Some(role) = self.roles.get_mut(index) {
            role.live = Some(phones.clone());
        }
    }

    /// Where it takes place.
    pub fn stage(&self) -> &Stage {
        &self.stage
    }

    /// When the speech is over.
    pub fn duration(&self) -> Time {
        self.duration
    }

    /// The names of the roles, in the order of the cast.
    pub fn speakers(&self) -> impl Iterator<Item = &str> {
        self.roles.iter().map(|r| r.id.as_str())
    }

    /// What role `index` does at `t`, whatever avatar plays it; `None` past the last role.
    pub fn acting(&self, index: usize, t: Time) -> Option<Acting> {
        Some(self.roles.get(index)?.acting(t))
    }

    /// How the avatar of role `index` is posed at `t`; `None` past the last role. It is what [`Self::evaluate_into`] shows,
    /// without the place on the stage.
    pub fn pose(&self, index: usize, t: Time) -> Option<Pose> {
        let role = self.roles.get(index)?;
        Some(role.poser.pose(&role.acting(t), t, |other, acting| role.swaying(other, acting)))
    }

    /// The presets of VRM that marks call for at `t` of role `index`, with their weights 0..=1, where channels show them and not
    /// the avatar's own expressions, which are in [`Acting::expressions`].
    pub fn presets(
        &self,
        index: usize,
        t: Time,
    ) -> impl Iterator<Item = (crate::vocabulary::Expression, f32)> {
        self.roles.get(index).into_iter().flat_map(move |role| role.faces.by_channels(t))
    }

    /// Turns to `shot` of all who act, for a picture of `aspect` = width / height.
    pub fn aim(&self, frame: &mut Frame, shot: Shot, aspect: f32) {
        frame.camera = self.camera.of_shot(shot, aspect);
        self.focus(frame, shot.aperture().map_or(0.0, f32::recip));
    }

    /// Focuses on the eyes of who acts, through a lens of the stage's own f-number, or of 1 / `openness`.
    fn focus(&self, frame: &mut Frame, openness: f32) {
        let openness = self.stage.aperture.map_or(openness, f32::recip);
        let camera = &frame.camera;
        let forward = (camera.target - camera.eye).normalize_or(Vec3::NEG_Z);
        let distance = (self.camera.eyes() - camera.eye).dot(forward);
        frame.look.focus = (openness > 0.0 && distance > camera.near)
            .then(|| Focus { f_number: openness.recip(), distance });
    }

    /// A frame with room for this performance, as at the start, for a picture of `aspect` = width / height.
    pub fn first_frame(&self, aspect: f32) -> Frame {
        let mut frame = Frame {
            actors: Vec::new(),
            camera: self.camera.at(Time::ZERO, aspect),
            lights: self.stage.lights.clone(),
            environment: self.stage.environment.clone(),
            backdrop: self.stage.backdrop,
            overlays: Vec::new(),
            look: self.stage.look,
        };
        self.evaluate_into(&mut frame, Time::ZERO, aspect);
        frame
    }

    /// The picture at `t` for an `aspect` = width / height, written over `frame` whatever it held.
    pub fn evaluate_into(&self, frame: &mut Frame, t: Time, aspect: f32) {
        self.evaluate_with(frame, t, aspect, |_, _| {});
    }

    /// Like [`Self::evaluate_into`], with a last word on each role's acting for `adjust(role, acting)`.
    pub fn evaluate_with(
        &self,
        frame: &mut Frame,
        t: Time,
        aspect: f32,
        adjust: impl Fn(usize, &mut Acting),
    ) {
        frame.actors.resize_with(self.roles.len(), Actor::default);
        let (mut acting, mut scratch) = SCRATCH.take();
        for (index, (role, actor)) in self.roles.iter().zip(&mut frame.actors).enumerate() {
            acting::act_into(role, role.live.as_ref(), t, &mut acting);
            adjust(index, &mut acting);
            actor.avatar = index;
            actor.material_overrides.clear();
            actor.material_secs = t.as_secs_f64();
            actor.mouth_open = acting.mouth_open();
            role.poser.pose_into(
                &acting,
                t,
                |other, acting| role.swaying(other, acting),
                &mut scratch,
                actor,
            );
        }
        // Motions are not held on to.
        acting.motions.clear();
        SCRATCH.set((acting, scratch));
        frame.camera = self.camera.at(t, aspect);
        frame.lights.clone_from(&self.stage.lights);
        for (role, actor) in self.roles.iter().zip(&frame.actors) {
            role.poser.light(actor, &mut frame.lights);
        }
        frame.environment.clone_from(&self.stage.environment);
        frame.backdrop = self.stage.backdrop;
        frame.overlays.clear();
        frame.look = Look { grain_seed: grain_seed(t), ..self.stage.look };
        self.focus(frame, self.camera.openness(t));
    }
}
