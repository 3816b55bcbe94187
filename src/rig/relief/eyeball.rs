//! The ball that the vertices of an eye lie on.

use glam::{DMat4, DVec3, DVec4, Vec3};

/// Vertices may lie so far off the ball on average, of its radius: corneas and irises are no sphere.
const ROUNDNESS: f32 = 0.08;
/// Those farther off than so many means are left out of the next round.
const FAR_OFF: f32 = 2.0;
const ROUNDS: usize = 4;
/// The determinant of points in one plane is below this.
const FLATTEST: f64 = 1e-9;
/// Fewer vertices are no ball.
const FEWEST: usize = 12;

/// An eye at rest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Eyeball {
    /// Metres, rest pose.
    pub(super) center: Vec3,
    /// Metres.
    pub(super) radius: f32,
    /// Where it looks, to its left, and up: unit vectors.
    axes: [Vec3; 3],
}

impl Eyeball {
    /// The ball that most of `points` lie on: those far off it, such as the back of a half ball, are left out.
    pub(super) fn fit(points: &[Vec3], forward: Vec3) -> Option<Self> {
        let left = Vec3::Y.cross(forward).try_normalize()?;
        let axes = [forward, left, forward.cross(left)];
        let mut kept = points.to_vec();
        for _ in 0..ROUNDS {
            let (center, radius) = sphere(&kept)?;
            let off = |place: &Vec3| ((*place - center).length() - radius).abs();
            let mean = kept.iter().map(off).sum::<f32>() / kept.len() as f32;
            if mean < radius * ROUNDNESS {
                return Some(Self { center, radius, axes });
            }
            kept.retain(|place| off(place) < mean * FAR_OFF);
        }
        None
    }

    /// How far before the middle a place is, in radii.
    pub(super) fn depth(&self, place: Vec3) -> f32 {
        (place - self.center).dot(self.axes[0]) / self.radius
    }

    /// How far from the middle a place is, in radii.
    pub(super) fn height(&self, place: Vec3) -> f32 {
        (place - self.center).length() / self.radius
    }

    /// A place as it is seen from before the eye: to its left and up, in radii; what is behind the widest lies farther out the
    /// farther behind it is.
    pub(super) fn on_disc(&self, place: Vec3) -> [f32; 2] {
        let from = (place - self.center) / self.radius;
        let [ahead, left, up] = self.axes.map(|axis| from.dot(axis));
        let out = if ahead < 0.0 { 1.0 - ahead } else { 1.0 };
        [left * out, up * out]
    }
}

/// Centre and radius of the sphere with the least squares of `|p|² − 2 c·p + |c|² − r²`, a linear problem.
fn sphere(points: &[Vec3]) -> Option<(Vec3, f32)> {
    if points.len() < FEWEST {
        return None;
    }
    let middle = points.iter().sum::<Vec3>() / points.len() as f32;
    let size = points.iter().map(|p| (*p - middle).length()).fold(0.0, f32::max);
    if !(size.is_finite() && size > 0.0) {
        return None;
    }
    let (mut matrix, mut right) = (DMat4::ZERO, DVec4::ZERO);
    for point in points {
        let p = ((*point - middle) / size).as_dvec3();
        let row = p.extend(1.0);
        matrix += DMat4::from_cols(row * row.x, row * row.y, row * row.z, row);
        right += row * p.length_squared();
    }
    if matrix.determinant().abs() < FLATTEST {
        return None;
    }
    let solved = matrix.inverse() * right;
    let off = DVec3::new(solved.x, solved.y, solved.z) * 0.5;
    let square = solved.w + off.length_squared();
    let radius = libm::sqrt(square.max(0.0)) as f32 * size;
    (radius.is_finite() && radius > 0.0).then(|| (middle + off.as_vec3() * size, radius))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on the front of a ball, as faces show it.
    fn cap(center: Vec3, radius: f32) -> Vec<Vec3> {
        let step = |n: i32| n as f32 / 6.0;
        let all = (-5..=5).flat_map(|x| (-5..=5).map(move |y| (step(x), step(y))));
        let up = all.filter_map(|(x, y)| {
            Some(Vec3::new(x, y, libm::sqrtf(Some(1.0 - x * x - y * y).filter(|s| *s >= 0.0)?)))
        });
        up.map(|p| center + p * radius).collect()
    }

    #[test]
    fn the_front_of_a_ball_tells_the_ball() {
        let center = Vec3::new(0.031, 1.62, 0.08);
        let ball = Eyeball::fit(&cap(center, 0.012), Vec3::Z).unwrap();
        assert!(ball.center.abs_diff_eq(center, 1e-5), "{ball:?}");
        assert!((ball.radius - 0.012).abs() < 1e-5);
        let [left, up] = ball.on_disc(center + Vec3::new(0.006, 0.003, 0.0098));
        assert!((left - 0.5).abs() < 1e-3 && (up - 0.25).abs() < 1e-3);
    }

    #[test]
    fn the_back_of_half_a_ball_is_left_out() {
        let mut points = cap(Vec3::ZERO, 0.02);
        points.extend(std::iter::repeat_n(Vec3::ZERO, points.len() / 5));
        let ball = Eyeball::fit(&points, Vec3::Z).unwrap();
        assert!((ball.radius - 0.02).abs() < 1e-4 && ball.center.length() < 1e-4, "{ball:?}");
    }

    #[test]
    fn a_flat_eye_is_no_ball() {
        let flat: Vec<Vec3> = cap(Vec3::ZERO, 1.0).into_iter().map(|p| Vec3::new(p.x, p.y, 0.0)).collect();
        assert!(Eyeball::fit(&flat, Vec3::Z).is_none());
        assert!(Eyeball::fit(&[Vec3::X; 40], Vec3::Z).is_none());
        assert!(Eyeball::fit(&[], Vec3::Z).is_none());
    }
}
