//! Gestures: each one does what it says, its stroke falls on its mark, bodies move smoothly and hands stay out of them.

mod beats;
mod marks;
mod movement;

use crate::common::repository;
use glam::{Affine3A, Quat, Vec3};
use rhetor::job::Job;
use rhetor::perform::{Cast, Performance};
use rhetor::production::{Production, Request};
use rhetor::rig::Retarget;
use rhetor::script::Timeline;
use rhetor::script::timeline::{Mark, Speaker};
use rhetor::time::Time;
use rhetor::vocabulary::Bone;

/// When the mark of [`Scene::of`] stands.
pub(crate) const MARK_MILLIS: i64 = 3000;
const DURATION: Time = Time::from_millis(12_000);

/// One avatar that does something.
pub(crate) struct Scene {
    cast: Vec<Cast>,
    pub(crate) performance: Performance,
    retarget: Retarget,
}

pub(crate) fn cast(avatar: &str) -> Vec<Cast> {
    Production::load(&Request { input: avatar.to_owned(), ..Request::default() }, &Job::silent())
        .unwrap()
        .cast
}

pub(crate) fn mark(millis: i64, name: &str, args: &[&str]) -> Mark {
    let args = args.iter().map(|a| (*a).to_owned()).collect();
    Mark { time: Time::from_millis(millis), end: None, name: name.to_owned(), args }
}

impl Scene {
    pub(crate) fn new(cast: &[Cast], timeline: &Timeline) -> Self {
        let stage = rhetor::stage::Stage::studio(Vec3::Z, 0.0);
        let performance = Performance::new(timeline, cast, stage, None);
        let retarget = Retarget::new(&cast[0].avatar, &cast[0].rig).unwrap();
        Self { cast: cast.to_vec(), performance, retarget }
    }

    pub(crate) fn with(cast: &[Cast], marks: Vec<Mark>) -> Self {
        let speaker = Speaker { id: "a".to_owned(), marks, ..Speaker::default() };
        Self::new(
            cast,
            &Timeline { duration: DURATION, seed: 5, speakers: vec![speaker], ..Timeline::default() },
        )
    }

    /// A gesture alone.
    pub(crate) fn of(cast: &[Cast], gesture: &str) -> Self {
        Self::with(cast, vec![mark(MARK_MILLIS, "gesture", &[gesture])])
    }

    fn node(&self, bone: Bone) -> usize {
        self.cast[0].rig.bone(bone).unwrap_or_else(|| panic!("no {bone}"))
    }

    /// Where bones are, metres, seen from the avatar.
    pub(crate) fn places<const N: usize>(&self, bones: [Bone; N], millis: i64) -> [Vec3; N] {
        let pose = self.performance.pose(0, Time::from_millis(millis)).unwrap();
        let mut world: Vec<Affine3A> = Vec::new();
        for (node, local) in self.cast[0].avatar.nodes.iter().zip(&pose.locals) {
            let own = local.to_affine();
            world.push(node.parent.map_or(own, |p| world[p] * own));
        }
        bones.map(|bone| world[self.node(bone)].translation.into())
    }

    /// How bones are turned against what they hang on.
    pub(crate) fn turns<const N: usize>(&self, bones: [Bone; N], t: Time) -> [Quat; N] {
        let pose = self.performance.pose(0, t).unwrap();
        bones.map(|bone| pose.locals[self.node(bone)].rotation)
    }

    /// Metres on this body for a metre on one whose head joint is 1.44 m above its ankles.
    pub(crate) fn scale(&self) -> f32 {
        let still = self.places([Bone::Head, Bone::LeftFoot], 0);
        (still[0].y - still[1].y) / 1.44
    }

    /// How deep the hands are in the body, metres.
    pub(crate) fn depths(&self, millis: i64) -> [f32; 2] {
        self.retarget.hand_depths(&self.performance.pose(0, Time::from_millis(millis)).unwrap().locals)
    }
}

pub(crate) fn forum() -> Production {
    let input = repository().join("assets/speeches/forum.timeline.json").display().to_string();
    Production::load(&Request { input, ..Request::default() }, &Job::silent()).unwrap()
}
