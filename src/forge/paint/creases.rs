//! Lines that age and expression leave in a face, as curves seen from the front.

use glam::{Vec2, Vec3};

use super::super::dress::smoothstep;
use super::landmarks::Landmarks;
use super::noise::noise;

/// How far a line strays from its course, metres.
const WANDER: f32 = 0.000_9;

/// A line; both halves of the face have it.
struct Crease {
    /// Its course, metres to the avatar's left and up.
    path: Vec<Vec2>,
    /// Metres.
    width: f32,
    /// 1 is a deep one.
    depth: f32,
    /// The corners of the box that it fills, its paint included.
    bounds: [Vec2; 2],
    /// How much of it even a face without lines has, 0..=1.
    innate: f32,
}

/// All lines of a face.
pub(super) struct Creases {
    all: Vec<Crease>,
    /// How lined the face is, 0..=1.
    lines: f32,
}

impl Creases {
    /// Of a face with these features.
    pub(super) fn of(m: &Landmarks, eye: Vec3, lines: f32) -> Self {
        let mut all = Vec::new();
        let mut add = |width: f32, depth: f32, innate: f32, from: Vec3, steps: &[(f32, f32)]| {
            let path: Vec<Vec2> = steps.iter().map(|&(x, y)| from.truncate() + Vec2::new(x, y)).collect();
            let margin = Vec2::splat(3.0 * width + WANDER);
            let low = path.iter().copied().fold(Vec2::MAX, Vec2::min) - margin;
            let high = path.iter().copied().fold(Vec2::MIN, Vec2::max) + margin;
            all.push(Crease { path, width, depth, bounds: [low, high], innate });
        };
        let brow = Vec3::new(0.0, eye.y, 0.0);
        for (level, depth) in [(0.041, 0.5), (0.049, 0.7), (0.057, 0.45)] {
            let steps =
                [(0.0, level - 0.0015), (0.014, level), (0.028, level + 0.0022), (0.040, level + 0.0005)];
            add(0.0013, depth, 0.0, brow, &steps);
        }
        add(0.0012, 0.55, 0.0, brow, &[(0.0055, 0.012), (0.0062, 0.019), (0.0075, 0.027)]);
        for (x, y) in [(0.017, 0.008), (0.021, 0.0005), (0.018, -0.008)] {
            let bend = (x * 0.5, y * 0.35);
            add(0.0010, 0.5, 0.0, m.canthus_outer, &[(0.0045, y * 0.15), bend, (x, y)]);
        }
        let under = [(0.003, -0.005), (0.010, -0.0115), (0.019, -0.0125), (0.028, -0.0085)];
        add(0.0014, 0.5, 0.0, m.canthus_inner, &under);
        let low = [(0.002, -0.008), (0.009, -0.0165), (0.016, -0.0205)];
        add(0.0022, 0.5, 0.0, m.canthus_inner, &low);
        let fold = m.corner - m.wing;
        let steps = [
            (0.001, 0.005),
            (0.005, -0.002),
            (fold.x * 0.55 + 0.006, fold.y * 0.5),
            (fold.x + 0.010, fold.y * 0.92),
            (fold.x + 0.012, fold.y - 0.008),
        ];
        add(0.0030, 0.6, 0.0, m.wing, &steps);
        add(0.0016, 0.45, 0.0, m.corner, &[(0.003, -0.003), (0.0055, -0.010), (0.0065, -0.019)]);
        let throat = Vec3::new(0.0, m.chin.y, 0.0);
        for (level, depth) in [(-0.052, 0.45), (-0.074, 0.6)] {
            let steps = [(0.0, level - 0.003), (0.02, level), (0.045, level + 0.008)];
            add(0.0016, depth, 0.03, throat, &steps);
        }
        Self { all, lines }
    }

    /// How deep the lines are at `p`, in what a deep one measures; `normal` is the skin's.
    pub(super) fn depth(&self, p: Vec3, normal: Vec3) -> f32 {
        let seen = smoothstep(0.05, 0.35, normal.z);
        if seen <= 0.0 {
            return 0.0;
        }
        let flat = Vec2::new(p.x.abs(), p.y);
        let near =
            |crease: &&Crease| flat.cmpge(crease.bounds[0]).all() && flat.cmple(crease.bounds[1]).all();
        if !self.all.iter().any(|crease| near(&crease)) {
            return 0.0;
        }
        // No line is drawn with a ruler, nor as the one opposite.
        let wander = Vec2::new(noise(p * 160.0), noise(p * 160.0 + 40.0)) * WANDER;
        let at = flat + wander;
        let of = |crease: &Crease| {
            let share = crease.innate + (1.0 - crease.innate) * self.lines;
            share * crease.depth * crease.presence(at)
        };
        self.all.iter().filter(near).map(of).fold(0.0, f32::max) * seen * (0.7 + 0.3 * noise(p * 110.0 + 5.0))
    }
}

impl Crease {
    /// 1 in the middle of the line, running out to its sides and ends.
    fn presence(&self, at: Vec2) -> f32 {
        let count = self.path.len().saturating_sub(1).max(1) as f32;
        let mut most = 0.0_f32;
        for (index, ends) in self.path.windows(2).enumerate() {
            let (a, b) = (ends[0], ends[1]);
            let along = ((at - a).dot(b - a) / (b - a).length_squared().max(1e-12)).clamp(0.0, 1.0);
            let off = (at - a.lerp(b, along)).length() / self.width;
            if off < 3.0 {
                let way = (index as f32 + along) / count;
                // A line that begins in the middle of the face has its other end on the other half.
                let begun = if self.path[0].x <= 0.0 { 1.0 } else { smoothstep(0.0, 0.2, way) };
                most = most.max(libm::expf(-off * off) * begun * smoothstep(1.0, 0.7, way));
            }
        }
        most
    }
}
