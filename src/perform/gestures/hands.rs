//! The shapes of hands.

/// How a hand is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HandShape {
    /// From the index finger to the little one: how far its first joint and each of the others curl, radians.
    pub(super) curl: [[f32; 2]; 4],
    /// How far the fingers are apart, radians between neighbours.
    pub(super) spread: f32,
    /// The thumb: 0 beside the index finger, 1 stretched away from it; and 1 folded over the palm.
    pub(super) thumb: [f32; 2],
}

const fn hand(curl: [[f32; 2]; 4], spread: f32, thumb: [f32; 2]) -> HandShape {
    HandShape { curl, spread, thumb }
}

const STRAIGHT: [f32; 2] = [0.03, 0.06];
const FOLDED: [f32; 2] = [1.35, 1.45];

pub(super) const RELAXED: HandShape =
    hand([[0.22, 0.3], [0.3, 0.38], [0.38, 0.44], [0.42, 0.46]], 0.03, [0.25, 0.15]);
pub(super) const HALF_OPEN: HandShape =
    hand([[0.12, 0.2], [0.2, 0.27], [0.26, 0.32], [0.28, 0.33]], 0.06, [0.45, 0.05]);
pub(super) const OPEN: HandShape =
    hand([[0.0, 0.08], [0.06, 0.13], [0.1, 0.16], [0.1, 0.16]], 0.1, [0.75, 0.0]);
pub(super) const FLAT: HandShape =
    hand([[0.05, 0.05], [0.06, 0.06], [0.07, 0.07], [0.08, 0.08]], 0.015, [0.15, 0.1]);
pub(super) const POINT: HandShape = hand([[0.0, 0.04], FOLDED, FOLDED, [1.3, 1.4]], 0.0, [0.0, 0.75]);
pub(super) const FIST: HandShape = hand([FOLDED, FOLDED, FOLDED, FOLDED], 0.0, [0.0, 0.9]);
pub(super) const COUNT_1: HandShape = hand([STRAIGHT, FOLDED, FOLDED, FOLDED], 0.0, [0.0, 0.95]);
pub(super) const COUNT_2: HandShape = hand([STRAIGHT, STRAIGHT, FOLDED, FOLDED], 0.16, [0.0, 0.95]);
pub(super) const COUNT_3: HandShape = hand([STRAIGHT, STRAIGHT, STRAIGHT, FOLDED], 0.13, [0.0, 0.95]);
pub(super) const COUNT_4: HandShape = hand([STRAIGHT; 4], 0.14, [0.0, 0.95]);
pub(super) const COUNT_5: HandShape = hand([STRAIGHT; 4], 0.16, [0.9, 0.0]);
/// The index finger along the cheek, the others under the chin.
pub(super) const CHIN: HandShape =
    hand([[0.5, 0.45], [1.1, 1.2], [1.2, 1.25], [1.2, 1.25]], 0.0, [0.45, 0.2]);

impl HandShape {
    /// All numbers, each of which goes its own way from shape to shape.
    pub(super) fn numbers(&self) -> [f32; 11] {
        let [a, b, c, d] = self.curl;
        [a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1], self.spread, self.thumb[0], self.thumb[1]]
    }

    pub(super) fn of_numbers(n: &[f32; 11]) -> Self {
        let curl = [[n[0], n[1]], [n[2], n[3]], [n[4], n[5]], [n[6], n[7]]];
        Self { curl, spread: n[8], thumb: [n[9], n[10]] }
    }
}
