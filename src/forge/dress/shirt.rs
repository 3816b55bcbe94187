//! The shirt: a plain top whose neck opens in a V above the jacket.

use super::super::part::{Part, Vertex};
use super::cloth::{drape, rim};
use super::{Measures, smoothstep};
use crate::vocabulary::Bone;

const OFFSET: f32 = 0.003;

/// What of the shirt the jacket leaves to be seen, and a margin.
pub(in crate::forge) fn shirt(suit: &Part, measures: &Measures) -> Part {
    let mut part =
        drape(suit, |_| OFFSET, 4, OFFSET * 0.6).clip(|v| front(v, measures)).clip(|v| neckline(v, measures));
    rim(&mut part, 0.003);
    part
}

fn front(vertex: &Vertex, measures: &Measures) -> f32 {
    let p = vertex.position;
    let side = 0.115 - p.x.abs();
    let back = p.z - measures.at(Bone::Neck).z + 0.045;
    let hem = p.y - measures.height(-0.05);
    side.min(back).min(hem)
}

/// Below and beside the neck opening.
fn neckline(vertex: &Vertex, measures: &Measures) -> f32 {
    let p = vertex.position;
    let neck = measures.at(Bone::Neck);
    let collar = neck.y + 0.022 - p.y;
    let open = p.x.abs() - measures.neckline(p.y);
    let front = smoothstep(neck.z, neck.z + 0.02, p.z);
    collar.min(open + (1.0 - front) * 0.1)
}
