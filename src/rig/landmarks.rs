//! Where eyes, neck, crown and floor are, measured on the deformed avatar; the bounding box where there is no head.

use super::{Binding, Bones, Facing, Move};
use crate::avatar::{Avatar, Deformed, Landmarks, Transform, deform_cpu};
use crate::vocabulary::Bone;
use glam::{Mat4, Vec3};

/// Where the eyes are between chin and crown, where no joint says.
const EYES_IN_HEAD: f32 = 0.45;
/// Where a head would begin and its eyes be, of the whole height, in a figure without a joint for a head, ...
const NECK_OF_HEIGHT: f32 = 0.82;
const EYES_OF_HEIGHT: f32 = 0.92;
/// ... which is so many times as tall as half its width.
const TALL: f32 = 4.0;
/// The half width of a face, of the height from chin to crown, ...
const FACE_HALF_WIDTH: f32 = 0.475;
/// ... and the most of a head whose face is not known: a head of beast or machine is wide, and its chin may be this far below
/// its joint, of the height from joint to crown.
const WIDEST_HEAD: f32 = 0.9;
const LONGEST_CHIN: f32 = 0.7;

/// Eyes lie at least this far before the joint of the head, metres.
const EYES_BEFORE_HEAD: f32 = 0.01;

/// The chin below the eyes, of what the crown is above them, where nothing shows it.
const CHIN_BELOW_EYES: f32 = 0.9;
/// What an opening jaw moves at least this much of the most belongs to the chin.
const CHIN_MOVES: f32 = 0.5;

/// What is measured: an avatar with the pose it stands in, and what opens its jaw.
pub(super) struct Subject<'a> {
    pub(super) avatar: &'a Avatar,
    pub(super) bones: &'a Bones<'a>,
    pub(super) stance: &'a [(usize, Transform)],
    pub(super) facing: Facing,
    pub(super) jaw: &'a Binding,
}

/// Measures a standing avatar.
pub(super) fn measure(subject: &Subject<'_>) -> Landmarks {
    let Subject { avatar, bones, stance, facing, jaw } = *subject;
    let mut locals = avatar.rest_locals();
    for (node, stands) in stance {
        if let Some(local) = locals.get_mut(*node) {
            *local = *stands;
        }
    }
    let mut world = Vec::new();
    avatar.world_transforms(&locals, &mut world);
    let weights: Vec<Vec<f32>> = avatar.nodes.iter().map(|node| rest_weights(avatar, node)).collect();
    let deformed = deform_cpu(avatar, &world, &weights);
    let body = Bounds::of(deformed.iter().flat_map(|d| d.positions.iter().copied()));
    let Some(body) = body else { return empty(facing) };
    let chin = chin(avatar, &deformed, jaw);
    let head = bones.get(Bone::Head).and_then(|head| {
        let place = world.get(head)?.w_axis.truncate();
        let points: Vec<Vec3> = on_head(avatar, &deformed, head).collect();
        let vertices = Bounds::of(points.iter().copied())?;
        (place.is_finite() && vertices.high.y > place.y).then_some((place, vertices, points))
    });
    match head {
        Some((joint, head, points)) => with_head(subject, &world, body, joint, (head, &points), chin),
        None => without_head(facing, body, chin),
    }
}

/// The weights of a node's mesh at rest.
pub(super) fn rest_weights(avatar: &Avatar, node: &crate::avatar::Node) -> Vec<f32> {
    if !node.morph_weights.is_empty() {
        return node.morph_weights.clone();
    }
    node.mesh.and_then(|m| avatar.meshes.get(m)).map_or(Vec::new(), |m| m.morph_weights.clone())
}

fn with_head(
    subject: &Subject<'_>,
    world: &[Mat4],
    body: Bounds,
    joint: Vec3,
    (head, on_head): (Bounds, &[Vec3]),
    chin: Option<f32>,
) -> Landmarks {
    let Subject { bones, facing, .. } = *subject;
    let crown = head.high.y;
    let place = |bone| bones.get(bone).and_then(|n| world.get(n)).map(|m| m.w_axis.truncate());
    let joints = place(Bone::LeftEye).zip(place(Bone::RightEye)).map(|(l, r)| (l + r) * 0.5);
    let joints = joints.or_else(|| said(subject, world, joint));
    // Joints of eyes that are not where a head has eyes say nothing.
    let joints = joints.filter(|eyes| eyes.y > joint.y && eyes.y < crown);
    let known = chin
        .or(joints.map(|eyes| eyes.y - (crown - eyes.y) * CHIN_BELOW_EYES))
        // Of a head without a body the chin is the lowest point.
        .filter(|chin| *chin >= body.low.y);
    let lowest = || head.low.y.max(joint.y - (crown - joint.y) * LONGEST_CHIN);
    let chin = known.unwrap_or_else(lowest).min(joint.y);
    let face = (crown - chin) * FACE_HALF_WIDTH;
    let widest = (crown - chin) * WIDEST_HEAD;
    let portrait =
        if known.is_some() { face } else { head.half_width(joint, facing.left).clamp(face, widest) };
    let neck = Vec3::new(joint.x, chin, joint.z);
    let eyes = joints.unwrap_or_else(|| {
        let height = neck.y + (crown - neck.y) * EYES_IN_HEAD;
        let reach = head.reach(facing.forward) - neck.dot(facing.forward);
        Vec3::new(neck.x, height, neck.z) + facing.forward * reach.max(0.0) * 0.8
    });
    Landmarks {
        eyes,
        eyes_depth: eyes_depth(on_head, (eyes, face), facing),
        neck,
        crown,
        floor: body.low.y,
        portrait_half_width: portrait,
        half_width: body.half_width(neck, facing.left),
        facing: facing.forward,
    }
}

/// Beside the nose and within the face, and so far above and below the eyes, of the face's half width.
const BESIDE: std::ops::Range<f32> = 0.15..0.6;
const LEVEL: f32 = 0.12;

/// How far before `eyes` most of what is at their height and before them is, on the head of a face of this half width: eyeballs, lids
/// and what is painted in their place, whatever hair or glasses hang before them.
fn eyes_depth(on_head: &[Vec3], (eyes, half_width): (Vec3, f32), facing: Facing) -> f32 {
    let mut ahead: Vec<f32> = on_head
        .iter()
        .map(|point| *point - eyes)
        .filter(|at| at.y.abs() < half_width * LEVEL)
        .filter(|at| BESIDE.contains(&(at.dot(facing.left).abs() / half_width.max(1e-6))))
        .map(|at| at.dot(facing.forward))
        .filter(|ahead| *ahead > 0.0)
        .collect();
    ahead.sort_unstable_by(f32::total_cmp);
    ahead.get(ahead.len() / 2).copied().unwrap_or_default()
}

/// Where the avatar's look-at says that the eyes are, if that is in front of the head's joint: what many tools write
/// without being told lies above it.
fn said(subject: &Subject<'_>, world: &[Mat4], joint: Vec3) -> Option<Vec3> {
    let Subject { avatar, bones, facing, .. } = *subject;
    let offset = avatar.look_at.as_ref()?.offset_from_head;
    let eyes = world.get(bones.get(Bone::Head)?)?.transform_point3(offset);
    (eyes.is_finite() && (eyes - joint).dot(facing.forward) > EYES_BEFORE_HEAD).then_some(eyes)
}

/// The lowest vertex that an opening jaw clearly moves.
fn chin(avatar: &Avatar, deformed: &[Deformed], jaw: &Binding) -> Option<f32> {
    let mut moved: Vec<(f32, f32)> = Vec::new();
    for part in deformed {
        let of_node = |m: &Move| match *m {
            Move::Morph { node, target, .. } if node == part.node => Some(target),
            _ => None,
        };
        let Some(target) = jaw.moves.iter().find_map(of_node) else { continue };
        let mesh = avatar.nodes.get(part.node).and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
        let primitive = mesh.and_then(|m| m.primitives.get(part.primitive));
        let Some(morph) = primitive.and_then(|p| p.morphs.get(target)) else { continue };
        let far = morph.positions.iter().map(|d| Vec3::from(*d).length());
        let height = |v: &u32| part.positions.get(*v as usize).map(|p| p.y);
        moved.extend(morph.vertices.iter().filter_map(height).zip(far));
    }
    let most = moved.iter().map(|(_, far)| *far).fold(0.0, f32::max);
    moved.iter().filter(|(_, far)| *far >= most * CHIN_MOVES).map(|(y, _)| *y).reduce(f32::min)
}

/// What has no head: a face whose chin the jaw's shape shows, a tall figure measured like a person, or a thing of which all is
/// the portrait.
fn without_head(facing: Facing, body: Bounds, chin: Option<f32>) -> Landmarks {
    let middle = (body.low + body.high) * 0.5;
    let ahead = body.reach(facing.forward) - middle.dot(facing.forward);
    let half_width = body.half_width(middle, facing.left);
    let height = body.high.y - body.low.y;
    let at = |share: f32| body.low.y + height * share;
    let (neck, eyes) = match chin {
        Some(chin) => (chin, chin + (body.high.y - chin) * EYES_IN_HEAD),
        None if height > half_width * TALL => (at(NECK_OF_HEIGHT), at(EYES_OF_HEIGHT)),
        None => (body.low.y, at(EYES_OF_HEIGHT)),
    };
    Landmarks {
        eyes: Vec3::new(middle.x, eyes, middle.z) + facing.forward * ahead,
        eyes_depth: 0.0,
        neck: Vec3::new(middle.x, neck, middle.z),
        crown: body.high.y,
        floor: body.low.y,
        portrait_half_width: if neck > body.low.y {
            (body.high.y - neck) * FACE_HALF_WIDTH
        } else {
            half_width
        },
        half_width,
        facing: facing.forward,
    }
}

/// Of nothing: a person's measures, so that a camera has something to look at.
fn empty(facing: Facing) -> Landmarks {
    Landmarks {
        eyes: Vec3::Y * 1.6 + facing.forward * 0.1,
        eyes_depth: 0.0,
        neck: Vec3::Y * 1.5,
        crown: 1.75,
        floor: 0.0,
        portrait_half_width: 0.12,
        half_width: 0.3,
        facing: facing.forward,
    }
}

/// The vertices that mostly follow the head or what hangs on it.
fn on_head<'a>(avatar: &'a Avatar, deformed: &'a [Deformed], head: usize) -> impl Iterator<Item = Vec3> + 'a {
    let mut hangs = vec![false; avatar.nodes.len()];
    for (i, node) in avatar.nodes.iter().enumerate() {
        let above = node.parent.and_then(|p| hangs.get(p)).copied().unwrap_or(false);
        if let Some(slot) = hangs.get_mut(i) {
            *slot = i == head || above;
        }
    }
    deformed.iter().flat_map(move |part| {
        let node = avatar.nodes.get(part.node);
        let mesh = node.and_then(|n| n.mesh).and_then(|m| avatar.meshes.get(m));
        let primitive = mesh.and_then(|m| m.primitives.get(part.primitive));
        let skin = node.and_then(|n| n.skin).and_then(|s| avatar.skins.get(s));
        let node_hangs = hangs.get(part.node).copied().unwrap_or(false);
        let follows: Vec<bool> = match (primitive.filter(|p| !p.influences.is_empty()), skin) {
            (Some(primitive), Some(skin)) => {
                let joint_hangs: Vec<bool> =
                    skin.joints.iter().map(|j| hangs.get(*j).copied().unwrap_or(false)).collect();
                let share = |i: &crate::avatar::Influences| -> f32 {
                    let pairs = i.joints.iter().zip(&i.weights);
                    pairs
                        .filter(|(j, _)| joint_hangs.get(usize::from(**j)) == Some(&true))
                        .map(|(_, w)| w)
                        .sum()
                };
                primitive.influences.iter().map(|i| share(i) > 0.5).collect()
            }
            _ => vec![node_hangs; part.positions.len()],
        };
        part.positions.iter().zip(follows).filter(|(_, follows)| *follows).map(|(p, _)| *p)
    })
}

/// An axis-aligned box around points.
#[derive(Clone, Copy)]
struct Bounds {
    low: Vec3,
    high: Vec3,
}

impl Bounds {
    fn of(points: impl Iterator<Item = Vec3>) -> Option<Self> {
        let grow = |all: Option<Self>, p: Vec3| {
            let Self { low, high } = all.unwrap_or(Self { low: p, high: p });
            Some(Self { low: low.min(p), high: high.max(p) })
        };
        points.filter(|p| p.is_finite()).fold(None, grow)
    }

    /// The farthest that the box reaches along an axis.
    fn reach(self, axis: Vec3) -> f32 {
        Vec3::select(axis.cmpgt(Vec3::ZERO), self.high, self.low).dot(axis)
    }

    fn half_width(self, middle: Vec3, left: Vec3) -> f32 {
        let at = middle.dot(left);
        (self.reach(left) - at).max(self.reach(-left) + at)
    }
}
