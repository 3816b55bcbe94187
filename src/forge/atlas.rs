//! How the visible skin's texture islands are laid out: the face large, what clothes hide not at all.

use std::collections::BTreeMap;

use glam::Vec2;

use super::part::Part;

/// An island: its rectangle in the source's texture space and where it goes, both as low and high corner, v down.
struct Island {
    from: [Vec2; 2],
    to: [Vec2; 2],
}

const fn island(from: [f32; 4], to: [f32; 4]) -> Island {
    Island {
        from: [Vec2::new(from[0], from[1]), Vec2::new(from[2], from[3])],
        to: [Vec2::new(to[0], to[1]), Vec2::new(to[2], to[3])],
    }
}

/// Inside of the mouth, eye sockets, hands, face and scalp, trunk; the first that holds an island's middle takes it.
const ISLANDS: [Island; 5] = [
    island([0.750, 0.860, 0.935, 0.998], [0.760, 0.600, 0.900, 0.704]),
    island([0.000, 0.360, 0.160, 0.460], [0.760, 0.720, 0.900, 0.808]),
    island([0.355, 0.790, 0.768, 0.998], [0.736, 0.300, 0.996, 0.431]),
    FACE,
    island([0.000, 0.000, 0.800, 0.480], [0.736, 0.005, 0.996, 0.161]),
];

/// Face and scalp, from the crown (left) to the throat, the right ear above.
const FACE: Island = island([0.634, 0.176, 1.000, 0.859], [0.003, 0.003, 0.728, 0.997]);
/// What of that island, across and down, is the face, and how much of its place the face gets.
const FEATURES: [[f32; 2]; 2] = [[0.36, 0.94], [0.32, 0.68]];
const ENLARGED: [[f32; 2]; 2] = [[0.18, 0.96], [0.22, 0.78]];

/// Moves the texture coordinates of `skin` from the source's layout to this one.
pub(super) fn lay_out(skin: &mut Part) {
    let groups = skin.groups();
    let mut boxes: BTreeMap<u32, [Vec2; 2]> = BTreeMap::new();
    for (vertex, group) in skin.vertices.iter().zip(&groups) {
        let [low, high] = boxes.entry(*group).or_insert([Vec2::MAX, Vec2::MIN]);
        (*low, *high) = (low.min(vertex.coordinate), high.max(vertex.coordinate));
    }
    for (vertex, group) in skin.vertices.iter_mut().zip(&groups) {
        let Some([low, high]) = boxes.get(group) else { continue };
        let middle = (*low + *high) * 0.5;
        if let Some(island) = ISLANDS.iter().find(|island| holds(island.from, middle)) {
            let share = (vertex.coordinate - island.from[0]) / (island.from[1] - island.from[0]);
            let share = if island.from == FACE.from { enlarge(share) } else { share };
            vertex.coordinate = island.to[0] + share * (island.to[1] - island.to[0]);
        }
    }
}

/// Gives the features more of the island's place, and the scalp and the neck less.
fn enlarge(share: Vec2) -> Vec2 {
    let stretch = |x: f32, [a, b]: [f32; 2], [c, d]: [f32; 2]| {
        if x < a {
            x / a * c
        } else if x < b {
            c + (x - a) / (b - a) * (d - c)
        } else {
            d + (x - b) / (1.0 - b) * (1.0 - d)
        }
    };
    Vec2::new(stretch(share.x, FEATURES[0], ENLARGED[0]), stretch(share.y, FEATURES[1], ENLARGED[1]))
}

/// Whether the coordinate, in the new layout, belongs to the inside of the mouth.
pub(super) fn is_lining(coordinate: Vec2) -> bool {
    holds(ISLANDS[0].to, coordinate)
}

/// Whether the coordinate, in the new layout, belongs to the sockets behind the lids.
pub(super) fn is_socket(coordinate: Vec2) -> bool {
    holds(ISLANDS[1].to, coordinate)
}

fn holds([low, high]: [Vec2; 2], p: Vec2) -> bool {
    p.cmpge(low).all() && p.cmple(high).all()
}
