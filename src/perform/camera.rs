//! Which shot when, and who stands where.

use super::Cast;
use super::curve::{progress, smootherstep};
use super::pose::placement;
use crate::avatar::Landmarks;
use crate::script::Timeline;
use crate::stage::{Camera, Shot, frame_shot};
use crate::time::Time;
use glam::Vec3;

/// A camera move takes this long.
const MOVE_TAKES: Time = Time::from_millis(1200);

/// The shots of a performance in order of time; the first lies at the start.
#[derive(Debug)]
pub(super) struct CameraTrack {
    group: Landmarks,
    shots: Vec<(Time, Shot)>,
}

impl CameraTrack {
    pub(super) fn new(timeline: &Timeline, cast: &[Cast], shot: Option<Shot>) -> Self {
        let named = timeline.stage.camera.as_deref().and_then(Shot::from_name);
        let mut shots = vec![(Time::ZERO, shot.or(named).unwrap_or_default())];
        if shot.is_none() {
            let cues = timeline.cues.iter().filter(|c| c.name == "camera");
            shots.extend(cues.filter_map(|c| Some((c.time, Shot::from_name(c.args.first()?)?))));
        }
        Self { group: group(cast), shots }
    }

    pub(super) fn of(&self, shot: Shot, aspect: f32) -> Camera {
        frame_shot(&self.group, shot, aspect)
    }

    /// Where the eyes of who acts are seen, in the mean.
    pub(super) fn eyes(&self) -> Vec3 {
        self.group.eyes + self.group.facing * self.group.eyes_depth
    }

    /// 1 / the f-number of the lens at `t`; 0 where everything is sharp. It changes as the camera moves.
    pub(super) fn openness(&self, t: Time) -> f32 {
        let openness = |shot: Shot| shot.aperture().map_or(0.0, f32::recip);
        let after = self.shots.partition_point(|(time, _)| *time <= t).max(1);
        let (since, shot) = self.shots[after - 1];
        if after < 2 {
            return openness(shot);
        }
        let arrived = smootherstep(progress(t, since, since + MOVE_TAKES));
        let from = openness(self.shots[after - 2].1);
        from + (openness(shot) - from) * arrived
    }

    pub(super) fn at(&self, t: Time, aspect: f32) -> Camera {
        let after = self.shots.partition_point(|(time, _)| *time <= t).max(1);
        let (since, shot) = self.shots[after - 1];
        let camera = frame_shot(&self.group, shot, aspect);
        let arrived = smootherstep(progress(t, since, since + MOVE_TAKES));
        if after < 2 || arrived >= 1.0 {
            return camera;
        }
        let from = frame_shot(&self.group, self.shots[after - 2].1, aspect);
        let mix = |a: f32, b: f32| a + (b - a) * arrived;
        Camera {
            eye: from.eye.lerp(camera.eye, arrived),
            target: from.target.lerp(camera.target, arrived),
            fov_y: mix(from.fov_y, camera.fov_y),
            near: from.near.min(camera.near),
            far: from.far.max(camera.far),
        }
    }
}

/// Where cast member `index` stands: side by side, the group centred.
pub(super) fn place(index: usize, cast: &[Cast]) -> Vec3 {
    let width = |member: &Cast| member.rig.landmarks.half_width * 2.3;
    let total: f32 = cast.iter().map(width).sum();
    let before: f32 = cast.iter().take(index).map(width).sum();
    let own = cast.get(index).map_or(0.0, width);
    // The first speaker stands house-left, which is the stage's −X as the camera sees it.
    Vec3::new(before + own * 0.5 - total * 0.5, 0.0, 0.0)
}

/// Where the eyes of cast member `index` are, stage space.
pub(super) fn eyes(index: usize, cast: &[Cast]) -> Vec3 {
    cast.get(index).map_or(Vec3::ZERO, |member| on_stage(member, place(index, cast)).eyes)
}

/// The landmarks of all as if they were one, in stage space.
fn group(cast: &[Cast]) -> Landmarks {
    let placed: Vec<Landmarks> = cast.iter().enumerate().map(|(i, m)| on_stage(m, place(i, cast))).collect();
    let Some(first) = placed.first().copied() else {
        return Landmarks {
            eyes: Vec3::new(0.0, 1.6, 0.0),
            eyes_depth: 0.0,
            neck: Vec3::new(0.0, 1.5, 0.0),
            crown: 1.75,
            floor: 0.0,
            portrait_half_width: 0.1,
            half_width: 0.5,
            facing: Vec3::Z,
        };
    };
    if placed.len() == 1 {
        return first;
    }
    let count = placed.len() as f32;
    let mean = |part: fn(&Landmarks) -> Vec3| placed.iter().map(part).sum::<Vec3>() / count;
    let left = placed.iter().map(|l| l.neck.x - l.half_width).fold(f32::INFINITY, f32::min);
    let right = placed.iter().map(|l| l.neck.x + l.half_width).fold(f32::NEG_INFINITY, f32::max);
    Landmarks {
        eyes: mean(|l| l.eyes),
        eyes_depth: placed.iter().map(|l| l.eyes_depth).sum::<f32>() / count,
        neck: Vec3::new((left + right) * 0.5, mean(|l| l.neck).y, mean(|l| l.neck).z),
        crown: placed.iter().map(|l| l.crown).fold(f32::NEG_INFINITY, f32::max),
        floor: placed.iter().map(|l| l.floor).fold(f32::INFINITY, f32::min),
        portrait_half_width: placed.iter().map(|l| l.portrait_half_width).fold(0.0, f32::max),
        half_width: (right - left) * 0.5,
        facing: Vec3::Z,
    }
}

fn on_stage(member: &Cast, offset: Vec3) -> Landmarks {
    let landmarks = member.rig.landmarks;
    let world = placement(&member.rig, offset);
    Landmarks {
        eyes: world.transform_point3(landmarks.eyes),
        neck: world.transform_point3(landmarks.neck),
        facing: Vec3::Z,
        ..landmarks
    }
}
