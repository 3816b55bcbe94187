//! Where on an eye, in a mouth or at a lid each vertex lies, for surfaces that are shaded by it; measured on the avatar at rest.
//!
//! It changes nothing of the geometry.

mod curvature;
mod eyeball;
mod iris;

use super::Rig;
use super::landmarks::rest_weights;
use crate::avatar::{Avatar, EyeShape, Primitive, Surface, deform_primitive};
use eyeball::Eyeball;
use glam::{Mat3, Vec3};

/// How deep teeth and tongue lie where hardly any light reaches them, of the half width of a portrait.
const DARK_DEPTH: f32 = 0.5;
/// Skin this near to an eyeball is wet, and dry from there on; in radii of the ball.
const WET: [f32; 2] = [0.03, 0.10];
/// The curvature of the edge of an ear: 5 mm on a portrait of 70 mm half width.
const SHARPEST: f32 = 14.0;
/// The lids' height is measured within this of the middle, in radii of the ball.
const LID_MIDDLE: f32 = 0.35;
/// Where the lids are, if they cannot be found.
const LIDS: [f32; 2] = [0.42, 0.36];
/// A place that is on no iris.
const NOWHERE: [f32; 2] = [8.0, 8.0];

/// A primitive at rest that has one of the surfaces shaded by where a point lies.
struct Piece {
    mesh: usize,
    primitive: usize,
    material: usize,
    surface: Surface,
    places: Vec<Vec3>,
    normals: Vec<Vec3>,
}

/// Tells the renderer where on eyes, in mouths and at lids the vertices of `avatar` lie.
pub fn measure_surfaces(avatar: &mut Avatar, rig: &Rig) {
    let pieces = pieces(avatar);
    let (eyes, forward) = (rig.landmarks.eyes, rig.landmarks.facing);
    let of = |surface: Surface| pieces.iter().filter(move |piece| piece.surface == surface);
    let left = Vec3::Y.cross(forward);
    let balls: Balls = [left, -left].map(|side| {
        let on_side = |place: &&Vec3| (**place - eyes).dot(side) > 0.0;
        let points: Vec<Vec3> =
            of(Surface::Eye).flat_map(|p| p.places.iter().filter(on_side)).copied().collect();
        Eyeball::fit(&points, forward)
    });
    let skin: Vec<Vec3> = of(Surface::Skin).flat_map(|piece| piece.places.iter().copied()).collect();
    let front = of(Surface::Mouth).flat_map(|p| &p.places).map(|p| p.dot(forward)).fold(f32::MIN, f32::max);
    let deep = rig.landmarks.portrait_half_width.max(1e-3) * DARK_DEPTH;
    for piece in &pieces {
        let relief: Vec<[f32; 2]> = match piece.surface {
            Surface::Eye => {
                let Some(iris) = iris::find(avatar, piece, &balls) else { continue };
                if let Some(material) = avatar.materials.get_mut(piece.material) {
                    let lids = lids(&balls, &skin).map(|height| height / iris.radius);
                    let shape = material.eye.get_or_insert_with(|| EyeShape { lids, ..EyeShape::default() });
                    for (own, found) in shape.uv_steps.iter_mut().zip(iris.uv_steps) {
                        *own = found.unwrap_or(*own);
                    }
                }
                piece.places.iter().map(|place| on_eye(&balls, *place, iris.radius)).collect()
            }
            Surface::Mouth => piece
                .places
                .iter()
                .map(|p| [((front - p.dot(forward)) / deep).clamp(0.0, 4.0), 0.0])
                .collect(),
            _ => {
                let bends = bends(avatar, piece, rig.landmarks.portrait_half_width);
                piece.places.iter().zip(bends).map(|(place, bend)| [wet(&balls, *place), bend]).collect()
            }
        };
        let mesh = avatar.meshes.get_mut(piece.mesh);
        if let Some(primitive) = mesh.and_then(|m| m.primitives.get_mut(piece.primitive)) {
            if piece.surface == Surface::Eye {
                primitive.tangents = standing(primitive, &piece.places, left, eyes);
            }
            primitive.relief = relief;
        }
    }
}

/// How bent a piece is, 0 where it is flat and 1 where as bent as the edge of an ear of a portrait this wide.
fn bends(avatar: &Avatar, piece: &Piece, half_width: f32) -> Vec<f32> {
    let mesh = avatar.meshes.get(piece.mesh);
    let indices = mesh.and_then(|m| m.primitives.get(piece.primitive)).map_or(&[][..], |p| &p.indices);
    let bends = curvature::curvature(&piece.places, &piece.normals, indices);
    bends.into_iter().map(|bend| (bend * half_width / SHARPEST).clamp(0.0, 1.0)).collect()
}

fn pieces(avatar: &Avatar) -> Vec<Piece> {
    let rest = avatar.rest_world();
    let weights: Vec<Vec<f32>> = avatar.nodes.iter().map(|node| rest_weights(avatar, node)).collect();
    let mut out: Vec<Piece> = Vec::new();
    for (n, node) in avatar.nodes.iter().enumerate() {
        let Some((mesh, primitives)) = node.mesh.and_then(|m| Some((m, &avatar.meshes.get(m)?.primitives)))
        else {
            continue;
        };
        for (primitive, parts) in primitives.iter().enumerate() {
            let Some(material) = parts.material else { continue };
            let surface = avatar.materials.get(material).map_or(Surface::Plain, |m| m.surface);
            let is_known = out.iter().any(|p| p.mesh == mesh && p.primitive == primitive);
            if is_known || !matches!(surface, Surface::Eye | Surface::Mouth | Surface::Skin) {
                continue;
            }
            if let Some(deformed) = deform_primitive(avatar, n, primitive, &rest, &weights) {
                out.push(Piece {
                    mesh,
                    primitive,
                    material,
                    surface,
                    places: deformed.positions,
                    normals: deformed.normals,
                });
            }
        }
    }
    out
}

/// The left eye and the right one.
type Balls = [Option<Eyeball>; 2];

/// The ball that a place is nearest to the surface of, its index, and how far the place is from there, in the ball's radii.
fn nearest(balls: &Balls, place: Vec3) -> Option<(usize, &Eyeball, f32)> {
    let known = balls.iter().enumerate().filter_map(|(n, ball)| Some((n, ball.as_ref()?)));
    let off = known.map(|(n, ball)| (n, ball, (ball.height(place) - 1.0).abs()));
    off.min_by(|a, b| a.2.total_cmp(&b.2))
}

/// Where a place is on the disc of the iris, whose edge is at 1; behind the ball's widest it runs on outwards.
fn on_eye(balls: &Balls, place: Vec3, radius: f32) -> [f32; 2] {
    nearest(balls, place).map_or(NOWHERE, |(_, ball, _)| ball.on_disc(place).map(|along| along / radius))
}

/// The eye's left at each vertex, as the mesh has it, and which eye it is, 1 or −1 in w: eyes stand alike at rest, and turn as wholes.
fn standing(primitive: &Primitive, places: &[Vec3], left: Vec3, eyes: Vec3) -> Vec<[f32; 4]> {
    let own: Vec<Vec3> = primitive.positions.iter().map(|p| Vec3::from(*p)).collect();
    let middle = |all: &[Vec3]| all.iter().sum::<Vec3>() / all.len().max(1) as f32;
    let (own_middle, middle) = (middle(&own), middle(places));
    // The linear map from mesh to rest with the least squares; `left` goes back by its inverse.
    let (mut to, mut from) = (Mat3::ZERO, Mat3::ZERO);
    for (own, place) in own.iter().zip(places) {
        let (own, place) = (*own - own_middle, *place - middle);
        to += Mat3::from_cols(place * own.x, place * own.y, place * own.z);
        from += Mat3::from_cols(own * own.x, own * own.y, own * own.z);
    }
    let back = from * to.inverse();
    let tangent = (back * left).try_normalize().unwrap_or(Vec3::X);
    let side = |place: &Vec3| if (*place - eyes).dot(left) > 0.0 { 1.0 } else { -1.0 };
    places.iter().map(|place| tangent.extend(side(place)).to_array()).collect()
}

fn wet(balls: &Balls, place: Vec3) -> f32 {
    let Some((_, ball, off)) = nearest(balls, place) else { return 0.0 };
    if ball.depth(place) < 0.2 {
        return 0.0;
    }
    1.0 - ((off - WET[0]) / (WET[1] - WET[0])).clamp(0.0, 1.0)
}

/// How far above and below the middle of the eyes the lids end, in radii of the ball.
fn lids(balls: &Balls, skin: &[Vec3]) -> [f32; 2] {
    let mut found = [f32::MAX; 2];
    for place in skin {
        let Some((_, ball, _)) = nearest(balls, *place) else { continue };
        let [along, up] = ball.on_disc(*place);
        if wet(balls, *place) > 0.2 && ball.height(*place) > 0.98 && along.abs() < LID_MIDDLE {
            let side = usize::from(up < 0.0);
            found[side] = found[side].min(up.abs());
        }
    }
    let of = |side: usize| if (0.1..0.9).contains(&found[side]) { found[side] } else { LIDS[side] };
    [of(0), of(1)]
}
