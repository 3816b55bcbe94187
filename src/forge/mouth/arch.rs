//! The curve on which a jaw's teeth stand, seen from above.

use glam::Vec3;

/// Points taken between two guides of the source.
const STEPS: u32 = 8;

/// A place on an arch: the point, and outwards from the mouth, level and of unit length.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub(super) point: Vec3,
    pub(super) outward: Vec3,
}

/// From the avatar's right to its left, through the edges of the teeth.
#[derive(Debug, Clone)]
pub(super) struct Arch {
    points: Vec<Vec3>,
    /// Distance of each point from the middle of the arch, negative on the right, metres.
    places: Vec<f32>,
}

impl Arch {
    /// A smooth curve through `half`, guides from the front to the back of the left side, and its mirror image.
    pub(super) fn through(half: &[Vec3]) -> Self {
        let mirror = |p: &Vec3| Vec3::new(-p.x, p.y, p.z);
        let guides: Vec<Vec3> = half.iter().skip(1).rev().map(mirror).chain(half.iter().copied()).collect();
        let guide =
            |i: i32| guides.get(i.clamp(0, guides.len() as i32 - 1) as usize).copied().unwrap_or_default();
        let mut points = Vec::new();
        for i in 0..guides.len() as i32 - 1 {
            let [a, b, c, d] = [guide(i - 1), guide(i), guide(i + 1), guide(i + 2)];
            for step in 0..STEPS {
                let t = step as f32 / STEPS as f32;
                // Catmull and Rom's spline.
                let bend =
                    (a * 2.0 - b * 5.0 + c * 4.0 - d) * (t * t) + (b * 3.0 - a - c * 3.0 + d) * (t * t * t);
                points.push(b + ((c - a) * t + bend) * 0.5);
            }
        }
        points.push(guide(guides.len() as i32 - 1));
        Self::measured(points)
    }

    fn measured(points: Vec<Vec3>) -> Self {
        let mut places = Vec::with_capacity(points.len());
        let mut sum = 0.0;
        for (i, point) in points.iter().enumerate() {
            sum += i.checked_sub(1).and_then(|i| points.get(i)).map_or(0.0, |before| before.distance(*point));
            places.push(sum);
        }
        places.iter_mut().for_each(|place| *place -= sum * 0.5);
        Self { points, places }
    }

    /// The whole arch moved by `by`, and outwards by `outwards`.
    pub(super) fn moved(&self, by: Vec3, outwards: f32) -> Self {
        let shifted = |place: &f32| {
            let stand = self.at(*place);
            stand.point + stand.outward * outwards + by
        };
        Self::measured(self.places.iter().map(shifted).collect())
    }

    /// Half its length, metres.
    pub(super) fn reach(&self) -> f32 {
        self.places.last().copied().unwrap_or_default()
    }

    /// The place at the given distance from the middle, metres.
    pub(super) fn at(&self, place: f32) -> Stand {
        let next = self.places.partition_point(|p| *p < place).clamp(1, self.points.len().max(2) - 1);
        let point = |i: usize| self.points.get(i).copied().unwrap_or_default();
        let length = |i: usize| self.places.get(i).copied().unwrap_or_default();
        let (from, to) = (length(next - 1), length(next));
        let t = (place - from) / (to - from).max(1e-6);
        // Directions are blended over neighbouring stretches, so that teeth do not turn by steps.
        let course = |i: usize| {
            let step = point((i + 1).min(self.points.len() - 1)) - point(i.saturating_sub(1));
            Vec3::new(step.x, 0.0, step.z).normalize_or(Vec3::X)
        };
        let along = course(next - 1).lerp(course(next), t.clamp(0.0, 1.0)).normalize_or(Vec3::X);
        let outward = Vec3::new(-along.z, 0.0, along.x);
        Stand { point: point(next - 1).lerp(point(next), t), outward }
    }
}
