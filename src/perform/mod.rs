//! The evaluated acting of a timeline: lips, blinks, breath, expressions, camera.
//!
//! Everything here is a pure function of the time asked for: no clock, no state, no random generator, so
//! seeking equals playing. It knows nothing of files, clocks or pixels.

mod acting;
mod articulation;
mod attention;
mod blink;
mod body;
mod breath;
mod camera;
mod capture;
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
mod motions;
mod mouth;
mod noise;
mod pose;
mod presence;
mod punctuation;
mod skeleton;
mod springs;
mod stance;
mod statistics;
mod trace;

pub use acting::{Acting, Bones, acted_marks};
pub use expression::{Worn, expression_channels, expression_names, is_unworn, worn, worn_expressions};
pub use face::weigh_expressions;
pub use gestures::{Arms, gesture_names, shown_gestures};
pub use lips::LipTrack;
pub use motions::{Motions, Played, names_motion};
pub use pose::Pose;
pub use statistics::Statistics;
pub use trace::Column;

use crate::avatar::Avatar;
use crate::frame::{Actor, Frame};
use crate::rig::Rig;
use crate::script::timeline::{ChannelTrack, Mark, Speaker};
use crate::script::{LivePhones, Timeline};
use crate::stage::{Backdrop, Shot, Stage};
use crate::time::Time;
use attention::Heard;
use blink::BlinkTrack;
use breath::BreathTrack;
use camera::CameraTrack;
use delivery::Delivery;
use expression::ExpressionTrack;
use gaze::{GazeTrack, Surroundings};
use gestures::Gestures;
use glam::Vec3;
use motions::MotionTrack;
use pose::{Poser, Scratch};
use std::cell::RefCell;
use std::sync::Arc;

thread_local! {
    /// Room for an evaluation on each thread that makes some; what it holds between two means nothing.
    static SCRATCH: RefCell<(Acting, Scratch)> = RefCell::default();
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

#[derive(Debug)]
struct Role {
    id: String,
    lips: LipTrack,
    live: Option<LivePhones>,
    capture: Vec<ChannelTrack>,
    faces: ExpressionTrack,
    delivery: Delivery,
    blinks: BlinkTrack,
    breath: BreathTrack,
    gaze: GazeTrack,
    nods: Vec<Time>,
    marks: Vec<Mark>,
    motions: MotionTrack,
    gestures: Gestures,
    seed: u64,
    dials: crate::script::timeline::Dials,
    poser: Poser,
}

/// What is around a role.
struct Setting<'a> {
    around: Surroundings,
    said: &'a [Delivery],
    motions: &'a Motions,
    cast: &'a [Cast],
}

impl Role {
    /// Number `index` of the cast, as `member` plays what `speaker` says.
    fn new(
        timeline: &Timeline,
        (index, speaker): (usize, &Speaker),
        member: &Cast,
        delivery: &Delivery,
        setting: &Setting<'_>,
    ) -> Self {
        let Setting { around, said, motions, cast } = setting;
        let (seed, dials) = (noise::mix(timeline.seed, index as u64), timeline.dials);
        let (marks, phrases) = (&speaker.marks, &delivery.phrases);
        let heard: Vec<Heard<'_>> = (timeline.speakers.iter().zip(*said).enumerate())
            .filter(|(other, _)| *other != index)
            .map(|(_, (speaker, said))| Heard { name: &speaker.id, phrases: &said.phrases })
            .collect();
        let attention = attention::looks(around, &heard, phrases, seed);
        let built_in: Vec<&Mark> = marks.iter().filter(|mark| !motions.plays(mark)).collect();
        let motions = MotionTrack::new(marks, motions, timeline.duration, member);
        let gestures = Gestures::new(&built_in, &motions.times(), delivery, seed, dials.gestures);
        let follows = gestures.moves_arms() || !motions.is_empty();
        Self {
            id: speaker.id.clone(),
            lips: LipTrack::new(speaker, dials.lips),
            live: None,
            capture: speaker.channels.clone(),
            blinks: BlinkTrack::new(seed, dials.blink, phrases),
            breath: BreathTrack::new(phrases, marks, dials.breath, seed),
            gaze: GazeTrack::new(marks, &attention, around, seed),
            nods: attention::nods(&heard, phrases, seed),
            faces: ExpressionTrack::new(marks, dials.expression, &member.avatar, &member.rig),
            delivery: delivery.clone(),
            marks: marks.clone(),
            seed,
            dials,
            poser: Poser::new(member, camera::place(index, cast), follows),
            motions,
            gestures,
        }
    }

    fn drive(&self) -> acting::Drive<'_> {
        let Self { lips, live, capture, faces, delivery, blinks, breath, gaze, nods, .. } = self;
        let Self { marks, motions, gestures, seed, dials, .. } = self;
        let (live, seed) = (live.as_ref(), *seed);
        acting::Drive {
            lips,
            live,
            capture,
            faces,
            delivery,
            blinks,
            breath,
            gaze,
            nods,
            marks,
            motions,
            gestures,
            seed,
            dials,
        }
    }

    fn acting(&self, t: Time) -> Acting {
        let mut acting = Acting::default();
        acting::act_into(&self.drive(), t, &mut acting);
        acting
    }

    /// What moves what sways. Of live lips neither the future nor all of the past is known, so nothing sways with them, and
    /// what does is the same whenever it is asked for.
    fn swaying(&self, t: Time) -> Acting {
        let mut acting = Acting::default();
        acting::act_into(&acting::Drive { live: None, ..self.drive() }, t, &mut acting);
        acting
    }
}

impl Performance {
    /// Hands the timeline's speakers to the cast, in order; a timeline without speakers gives everyone a
    /// silent role. Cast members beyond the speakers are silent, speakers beyond the cast are only heard.
    /// `shot` overrides the timeline's first camera.
    pub fn new(timeline: &Timeline, cast: &[Cast], stage: Stage, shot: Option<Shot>) -> Self {
        Self::with_motions(timeline, cast, &Motions::default(), stage, shot)
    }

    /// Like [`Self::new`], with the motions that the marks `clip` and `gesture` name.
    pub fn with_motions(
        timeline: &Timeline,
        cast: &[Cast],
        motions: &Motions,
        stage: Stage,
        shot: Option<Shot>,
    ) -> Self {
        let camera = CameraTrack::new(timeline, cast, shot);
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
                &Setting { around, said: &said, motions, cast },
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

    /// From now on the lips of role `index` follow `phones` in place of the timeline's; past the last role nothing happens.
    /// Given more phones of the same speaker later, what is evaluated before [`LivePhones::known_until`] stays the same, as
    /// far back as they are kept.
    pub fn hear(&mut self, index: usize, phones: &LivePhones) {
        if let Some(role) = self.roles.get_mut(index) {
            role.live = Some(phones.clone());
        }
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
        Some(role.poser.pose(&role.acting(t), t, |other| role.swaying(other)))
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

    /// The camera of `shot` on all who act, for a picture of `aspect` = width / height.
    pub fn camera(&self, shot: Shot, aspect: f32) -> crate::stage::Camera {
        self.camera.of(shot, aspect)
    }

    /// A frame with room for this performance, as at the start, for a picture of `aspect` = width / height.
    pub fn first_frame(&self, aspect: f32) -> Frame {
        let mut frame = Frame {
            actors: Vec::new(),
            camera: self.camera.at(Time::ZERO, aspect),
            lights: self.stage.lights.clone(),
            environment: self.stage.environment,
            backdrop: self.stage.backdrop,
            overlays: Vec::new(),
            exposure: 1.0,
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
            acting::act_into(&role.drive(), t, &mut acting);
            adjust(index, &mut acting);
            actor.avatar = index;
            actor.material_overrides.clear();
            role.poser.pose_into(&acting, t, |other| role.swaying(other), &mut scratch, actor);
        }
        // Motions are not held on to.
        acting.motions.clear();
        SCRATCH.set((acting, scratch));
        frame.camera = self.camera.at(t, aspect);
        frame.lights.clone_from(&self.stage.lights);
        frame.environment = self.stage.environment;
        frame.backdrop = self.stage.backdrop;
        frame.overlays.clear();
        frame.exposure = 1.0;
    }
}
