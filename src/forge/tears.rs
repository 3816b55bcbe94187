//! The line of tears between the lower lids and the eyeballs, which catches light.

use std::ops::Range;

use glam::{Vec2, Vec3};

use super::base::{Base, range};
use super::eyes::Ball;
use super::part::{Part, Vertex};
use super::skeleton::rigid;
use crate::vocabulary::Bone;

/// The ring of edges around the lid that is the middle of its rim.
const RIM: f32 = 2.0;
/// How far the tears stand on the rim and on the ball, metres.
const ON_RIM: f32 = 0.000_12;
const ON_BALL: f32 = 0.000_25;
/// How high they climb on the ball, metres, and how far the bow of their surface sinks.
const CLIMB: f32 = 0.000_5;
const SAG: f32 = 0.000_15;
/// How far below the line between the corners of the eye tears begin, metres.
const BELOW: f32 = 0.002;

/// Both lines; `lids` are the rings around the lids by source vertex, `normals` those of the source mesh.
pub(super) fn lines(base: &Base, normals: &[Vec3], lids: &[f32]) -> Part {
    let mut part = Part::default();
    for (vertices, side) in [(range::LEFT_EYE, 1.0), (range::RIGHT_EYE, -1.0)] {
        part.append(&line(base, normals, lids, vertices, side));
    }
    part.smooth_normals();
    part
}

/// The line of one eye; `side` is 1 on the avatar's left.
fn line(base: &Base, normals: &[Vec3], lids: &[f32], ball: Range<usize>, side: f32) -> Part {
    let ball = Ball::of(base, ball);
    let rim: Vec<u32> = range::BODY
        .filter(|&v| lids.get(v) == Some(&RIM) && base.positions[v].x * side > 0.0)
        .map(|v| v as u32)
        .collect();
    let at = |v: u32| base.positions[v as usize];
    let across = |a: &u32, b: &u32| at(*a).x.total_cmp(&at(*b).x);
    let mut part = Part::default();
    let (Some(&first), Some(&last)) =
        (rim.iter().min_by(|a, b| across(a, b)), rim.iter().max_by(|a, b| across(a, b)))
    else {
        return part;
    };
    let slope = (at(last).y - at(first).y) / (at(last).x - at(first).x).max(1e-4);
    let mut lower: Vec<u32> = rim
        .into_iter()
        .filter(|&v| at(v).y < at(first).y + slope * (at(v).x - at(first).x) - BELOW)
        .collect();
    lower.sort_by(across);
    for (index, &vertex) in lower.iter().enumerate() {
        let on_rim = at(vertex) + normals[vertex as usize] * ON_RIM;
        let out = (on_rim + Vec3::Y * CLIMB - ball.centre).normalize_or(Vec3::Z);
        let on_ball = ball.centre + out * (ball.radius + ON_BALL);
        let bow = (on_rim + on_ball) * 0.5 - (out + Vec3::Y).normalize_or(Vec3::Y) * SAG;
        for (row, position) in [on_rim, bow, on_ball].into_iter().enumerate() {
            part.vertex(Vertex {
                position,
                normal: out,
                coordinate: Vec2::new(index as f32 / lower.len() as f32, row as f32 * 0.5),
                skin: rigid(Bone::Head),
                source: Some(vertex),
            });
        }
    }
    for index in 1..lower.len() as u32 {
        for row in 0..2 {
            let (a, b) = ((index - 1) * 3 + row, index * 3 + row);
            part.quad([a, b, b + 1, a + 1]);
        }
    }
    part
}
