//! One role of a performance: all that moves one avatar, found once.

use super::acting::{self, Acting};
use super::attention::{self, Heard};
use super::beat::BeatTrack;
use super::blink::BlinkTrack;
use super::breath::BreathTrack;
use super::captured::CapturedTrack;
use super::delivery::Delivery;
use super::expression::ExpressionTrack;
use super::gaze::{GazeTrack, Surroundings};
use super::gestures::Gestures;
use super::lips::LipTrack;
use super::motions::{MotionTrack, Motions};
use super::pose::Poser;
use super::singing::Sustained;
use super::{Cast, camera, noise};
use crate::script::timeline::{ChannelTrack, Dials, Mark, Speaker};
use crate::script::{LivePhones, Timeline};
use crate::time::Time;

#[derive(Debug)]
pub(super) struct Role {
    pub(super) id: String,
    pub(super) lips: LipTrack,
    /// Moves the lips in their place, where somebody speaks live.
    pub(super) live: Option<LivePhones>,
    pub(super) singing: Sustained,
    /// The face of recorded lines.
    pub(super) capture: Vec<ChannelTrack>,
    /// Recorded faces that marks call for.
    pub(super) captured: CapturedTrack,
    pub(super) beat: BeatTrack,
    pub(super) faces: ExpressionTrack,
    pub(super) delivery: Delivery,
    pub(super) blinks: BlinkTrack,
    pub(super) breath: BreathTrack,
    pub(super) gaze: GazeTrack,
    /// When they nod at what others say.
    pub(super) nods: Vec<Time>,
    pub(super) marks: Vec<Mark>,
    pub(super) motions: MotionTrack,
    pub(super) gestures: Gestures,
    pub(super) seed: u64,
    pub(super) dials: Dials,
    pub(super) poser: Poser,
}

/// What is around a role.
pub(super) struct Setting<'a> {
    pub(super) around: Surroundings,
    pub(super) said: &'a [Delivery],
    pub(super) motions: &'a Motions,
    pub(super) beat: &'a BeatTrack,
    pub(super) cast: &'a [Cast],
}

impl Role {
    /// Number `index` of the cast, as `member` plays what `speaker` says.
    pub(super) fn new(
        timeline: &Timeline,
        (index, speaker): (usize, &Speaker),
        member: &Cast,
        delivery: &Delivery,
        setting: &Setting<'_>,
    ) -> Self {
        let Setting { around, said, motions, beat, cast } = setting;
        let (seed, dials) = (noise::mix(timeline.seed, index as u64), timeline.dials);
        let (marks, phrases) = (&speaker.marks, &delivery.phrases);
        let heard: Vec<Heard<'_>> = (timeline.speakers.iter().zip(*said).enumerate())
            .filter(|(other, _)| *other != index)
            .map(|(_, (speaker, said))| Heard { name: &speaker.id, phrases: &said.phrases })
            .collect();
        let attention = attention::looks(around, &heard, phrases, seed);
        let built_in: Vec<&Mark> = marks.iter().filter(|mark| !motions.plays(mark)).collect();
        let motions = MotionTrack::new(marks, motions, timeline.duration, member, beat);
        let gestures = Gestures::new(&built_in, &motions.times(), delivery, seed, dials.gestures);
        let follows = gestures.moves_arms() || !motions.is_empty();
        Self {
            id: speaker.id.clone(),
            lips: LipTrack::new(speaker, dials.lips),
            live: None,
            singing: Sustained::new(&speaker.phones),
            capture: speaker.channels.clone(),
            captured: CapturedTrack::default(),
            beat: (*beat).clone(),
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

    /// What it does at `t`.
    pub(super) fn acting(&self, t: Time) -> Acting {
        let mut acting = Acting::default();
        acting::act_into(self, self.live.as_ref(), t, &mut acting);
        acting
    }

    /// What moves what sways. Of live lips neither the future nor all of the past is known, so nothing sways with them, and
    /// what does is the same whenever it is asked for.
    pub(super) fn swaying(&self, t: Time, acting: &mut Acting) {
        acting::act_into(self, None, t, acting);
    }
}
