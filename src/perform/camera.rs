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

/// From where the actors are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// Framed by where they are.
    Shot(Shot),
    /// By one of the cameras in the cast's files, by its number in the cast's order.
    Own(usize),
}

impl Framing {
    /// By a shot's name, or a camera's in the files of the cast, whose names are `own`.
    pub fn from_name<'a>(name: &str, own: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let camera = || own.into_iter().position(|own| own == name).map(Self::Own);
        Shot::from_name(name).map(Self::Shot).or_else(camera)
    }

    /// 1 / the f-number of its lens; 0 where everything is sharp.
    fn openness(self) -> f32 {
        match self {
            Self::Shot(shot) => shot.aperture().map_or(0.0, f32::recip),
            Self::Own(_) => 0.0,
        }
    }
}

/// The names of all cameras in the files of `cast`, in order.
pub fn camera_names(cast: &[Cast]) -> impl Iterator<Item = &str> {
    cast.iter().flat_map(|member| &member.avatar.cameras).map(|camera| camera.name.as_str())
}

/// The shots of a performance in order of time; the first lies at the start.
#[derive(Debug)]
pub(super) struct CameraTrack {
    group: Landmarks,
    own: Vec<Camera>,
    shots: Vec<(Time, Framing)>,
}

impl CameraTrack {
    pub(super) fn new(timeline: &Timeline, cast: &[Cast], framing: Option<Framing>) -> Self {
        let of = |name: &str| Framing::from_name(name, camera_names(cast));
        let named = timeline.stage.camera.as_deref().and_then(of);
        let first = framing.or(named).unwrap_or(Framing::Shot(Shot::default()));
        let mut shots = vec![(Time::ZERO, first)];
        if framing.is_none() {
            let cues = timeline.cues.iter().filter(|c| c.name == "camera");
            shots.extend(cues.filter_map(|c| Some((c.time, of(c.args.first()?)?))));
        }
        let group = group(cast);
        Self { own: own_cameras(cast, group.eyes), group, shots }
    }

    /// For a picture of `aspect` = width / height.
    fn of(&self, framing: Framing, aspect: f32) -> Camera {
        let own = |index: usize| self.own.get(index).copied();
        match framing {
            Framing::Shot(shot) => frame_shot(&self.group, shot, aspect),
            Framing::Own(index) => {
                own(index).unwrap_or_else(|| frame_shot(&self.group, Shot::default(), aspect))
            }
        }
    }

    /// Of a shot, for a picture of `aspect` = width / height.
    pub(super) fn of_shot(&self, shot: Shot, aspect: f32) -> Camera {
        self.of(Framing::Shot(shot), aspect)
    }

    /// Where the eyes of who acts are seen, in the mean.
    pub(super) fn eyes(&self) -> Vec3 {
        self.group.eyes + self.group.facing * self.group.eyes_depth
    }

    /// 1 / the f-number of the lens at `t`; 0 where everything is sharp. It changes as the camera moves.
    pub(super) fn openness(&self, t: Time) -> f32 {
        let after = self.shots.partition_point(|(time, _)| *time <= t).max(1);
        let (since, shot) = self.shots[after - 1];
        if after < 2 {
            return shot.openness();
        }
        let arrived = smootherstep(progress(t, since, since + MOVE_TAKES));
        let from = self.shots[after - 2].1.openness();
        from + (shot.openness() - from) * arrived
    }

    pub(super) fn at(&self, t: Time, aspect: f32) -> Camera {
        let after = self.shots.partition_point(|(time, _)| *time <= t).max(1);
        let (since, shot) = self.shots[after - 1];
        let camera = self.of(shot, aspect);
        let arrived = smootherstep(progress(t, since, since + MOVE_TAKES));
        if after < 2 || arrived >= 1.0 {
            return camera;
        }
        let from = self.of(self.shots[after - 2].1, aspect);
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

/// The cameras of all files, where they are while their avatars stand at rest.
fn own_cameras(cast: &[Cast], eyes: Vec3) -> Vec<Camera> {
    let mut out = Vec::new();
    for (index, Cast { avatar, rig }) in cast.iter().enumerate() {
        let world = placement(rig, place(index, cast));
        let rest = avatar.rest_world();
        out.extend(avatar.cameras.iter().map(|camera| {
            let stands = rest.get(camera.node).copied().unwrap_or_default();
            let eye = world.transform_point3(stands.w_axis.truncate());
            let along = world.transform_vector3(stands.transform_vector3(Vec3::NEG_Z));
            let along = along.try_normalize().unwrap_or(Vec3::NEG_Z);
            // As far away as who is looked at.
            let target = eye + along * (eyes - eye).dot(along).max(camera.near);
            Camera { eye, target, fov_y: camera.fov_y, near: camera.near, far: camera.far }
        }));
    }
    out
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
    placed(index, cast).map_or(Vec3::ZERO, |landmarks| landmarks.eyes)
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

/// The landmarks of cast member `index` where they stand, stage space; `None` past the last.
pub fn placed(index: usize, cast: &[Cast]) -> Option<Landmarks> {
    cast.get(index).map(|member| on_stage(member, place(index, cast)))
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
