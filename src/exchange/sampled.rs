//! A performance at the frames of a rate, as a clip of one avatar: a curve for all that moves or rests elsewhere than in its
//! file.

use crate::avatar::{Avatar, Clip, ClipChannel, Interpolation, Transform, Values};
use crate::diagnostic::Diagnostic;
use crate::job::{Cancelled, Job};
use crate::perform::{Performance, Pose};
use crate::time::{FrameRate, Time};
use glam::Quat;

/// More numbers than this are not held: half a gigabyte.
const MOST_NUMBERS: usize = 1 << 27;
/// What moves less than this does not move: metres, quaternion components, factors, weights.
const STILL: f32 = 1e-6;

/// Which part of a performance, at which frames.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first frame.
    pub from: Time,
    /// The last frame is the first at or after it.
    pub to: Time,
    /// Frames a second.
    pub rate: FrameRate,
}

impl Window {
    /// How many frames begin before the end.
    pub fn frames(&self) -> u64 {
        self.rate.frames_before(self.to - self.from)
    }

    /// When frame `index` is in the performance.
    pub fn time_of(&self, index: u64) -> Time {
        self.from + self.rate.time_of(index)
    }

    /// Seconds from the first frame to frame `index`, as files have it.
    fn secs_of(&self, index: u64) -> f32 {
        self.rate.time_of(index).as_secs_f32()
    }
}

/// Why there is no clip.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ClipError {
    /// It would be too long.
    #[error(transparent)]
    Unfit(#[from] Diagnostic),
    /// The user stopped it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What role `index` of `performance`, played by `avatar`, does in `window`, called `name`; times count from the window's
/// beginning, and curves lie in lines between frames.
///
/// # Errors
/// The window holds more than can be held, or the user stops it.
pub fn clip_of(
    performance: &Performance,
    (index, avatar): (usize, &Avatar),
    window: &Window,
    name: &str,
    job: &Job<'_>,
) -> Result<Clip, ClipError> {
    let count = window.frames().saturating_add(1);
    let mut rest = Pose { locals: avatar.rest_locals(), morph_weights: Vec::new() };
    rest.morph_weights = rest_weights(avatar);
    let numbers = rest.locals.len() * 10 + rest.morph_weights.iter().map(Vec::len).sum::<usize>();
    if usize::try_from(count).unwrap_or(usize::MAX).saturating_mul(numbers) > MOST_NUMBERS {
        let message = format!("{count} frames of this avatar are more than an export holds");
        return Err(Diagnostic::error("", message)
            .help("export a part with --from and --to, or with fewer --fps")
            .into());
    }
    let mut poses = Vec::with_capacity(count as usize);
    for frame in 0..count {
        job.report("sampling", frame, count)?;
        poses.extend(performance.pose(index, window.time_of(frame)));
    }
    let times: Vec<f32> = (0..poses.len() as u64).map(|frame| window.secs_of(frame)).collect();
    let curves = Curves { poses: &poses, rest: &rest, times: &times };
    let channels: Vec<ClipChannel> = (0..rest.locals.len()).flat_map(|node| curves.of(node)).collect();
    Ok(Clip { name: name.to_owned(), duration_secs: times.last().copied().unwrap_or_default(), channels })
}

/// The morph weights of every node at rest.
fn rest_weights(avatar: &Avatar) -> Vec<Vec<f32>> {
    let one = |node: &crate::avatar::Node| {
        let Some(mesh) = node.mesh.and_then(|mesh| avatar.meshes.get(mesh)) else { return Vec::new() };
        let own = if node.morph_weights.is_empty() { &mesh.morph_weights } else { &node.morph_weights };
        let mut weights = own.clone();
        weights.resize(mesh.morph_names.len(), 0.0);
        weights
    };
    avatar.nodes.iter().map(one).collect()
}

struct Curves<'a> {
    poses: &'a [Pose],
    rest: &'a Pose,
    times: &'a [f32],
}

impl Curves<'_> {
    /// The curves of a node that is not at rest all the time.
    fn of(&self, node: usize) -> Vec<ClipChannel> {
        let at_rest = self.rest.locals.get(node).copied().unwrap_or_default();
        let locals = || self.poses.iter().map(|pose| pose.locals.get(node).copied().unwrap_or(at_rest));
        let moves =
            |differs: fn(&Transform, &Transform) -> bool| locals().any(|local| differs(&local, &at_rest));
        let mut curves = Vec::new();
        let mut add = |values: Values| {
            let times_secs = self.times.to_vec();
            curves.push(ClipChannel { node, times_secs, interpolation: Interpolation::Linear, values });
        };
        if moves(|a, b| !a.translation.abs_diff_eq(b.translation, STILL)) {
            add(Values::Translation(locals().map(|local| local.translation.to_array()).collect()));
        }
        if moves(|a, b| !same(a.rotation, b.rotation)) {
            add(Values::Rotation(continuous(locals().map(|local| local.rotation))));
        }
        if moves(|a, b| !a.scale.abs_diff_eq(b.scale, STILL)) {
            add(Values::Scale(locals().map(|local| local.scale.to_array()).collect()));
        }
        let rest = self.rest.morph_weights.get(node).map(Vec::as_slice).unwrap_or_default();
        let own = |pose: &'_ Pose| pose.morph_weights.get(node).cloned().unwrap_or_else(|| rest.to_vec());
        let is_moved = |pose: &Pose| own(pose).iter().zip(rest).any(|(a, b)| (a - b).abs() > STILL);
        if self.poses.iter().any(is_moved) {
            add(Values::MorphWeights(self.poses.iter().flat_map(own).collect()));
        }
        curves
    }
}

/// Whether two rotations are the same, whichever of its two quaternions each has.
fn same(a: Quat, b: Quat) -> bool {
    a.abs_diff_eq(b, STILL) || a.abs_diff_eq(-b, STILL)
}

/// Unit quaternions, each on the side of the one before it.
fn continuous(turns: impl Iterator<Item = Quat>) -> Vec<[f32; 4]> {
    let mut before = Quat::IDENTITY;
    turns
        .map(|turn| {
            let turn = turn.normalize();
            before = if turn.dot(before) < 0.0 { -turn } else { turn };
            before.to_array()
        })
        .collect()
}
