//! Questions about a surface: where it is nearest, where it lies ahead of a point, and which bones move it there.

use glam::Vec3;

use super::super::part::{Part, Vertex};
use super::super::skeleton::{self, Skin};

/// A surface that can be asked.
pub(super) struct Probe<'a> {
    part: &'a Part,
    /// Middle and radius of each triangle.
    bounds: Vec<(Vec3, f32)>,
}

/// A place on the surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hit {
    pub(super) point: Vec3,
    /// Unit length, outwards.
    pub(super) normal: Vec3,
    triangle: usize,
    shares: [f32; 3],
}

impl<'a> Probe<'a> {
    /// Of `part`, which must have triangles for anything to be found.
    pub(super) fn new(part: &'a Part) -> Self {
        let bounds = part
            .triangles
            .iter()
            .map(|t| {
                let corners = t.map(|i| part.vertices[i as usize].position);
                let middle = corners.iter().copied().sum::<Vec3>() / 3.0;
                (middle, corners.iter().map(|c| c.distance(middle)).fold(0.0, f32::max))
            })
            .collect();
        Self { part, bounds }
    }

    fn corners(&self, triangle: usize) -> [&Vertex; 3] {
        self.part.triangles[triangle].map(|i| &self.part.vertices[i as usize])
    }

    fn hit(&self, triangle: usize, shares: [f32; 3]) -> Hit {
        let corners = self.corners(triangle);
        let sum =
            |f: fn(&Vertex) -> Vec3| -> Vec3 { corners.iter().zip(shares).map(|(v, s)| f(v) * s).sum() };
        Hit { point: sum(|v| v.position), normal: sum(|v| v.normal).normalize_or(Vec3::Z), triangle, shares }
    }

    /// The place nearest to `p`.
    pub(super) fn nearest(&self, p: Vec3) -> Option<Hit> {
        let mut best: Option<(f32, usize, [f32; 3])> = None;
        let mut nearest = f32::INFINITY;
        for (triangle, (middle, radius)) in self.bounds.iter().enumerate() {
            let reach = nearest + radius;
            if middle.distance_squared(p) > reach * reach {
                continue;
            }
            let corners = self.corners(triangle).map(|v| v.position);
            let shares = nearest_shares(p, corners);
            let point: Vec3 = corners.iter().zip(shares).map(|(c, s)| *c * s).sum();
            let distance = point.distance_squared(p);
            if best.is_none_or(|(d, ..)| distance < d) {
                best = Some((distance, triangle, shares));
                nearest = libm::sqrtf(distance);
            }
        }
        best.map(|(_, triangle, shares)| self.hit(triangle, shares))
    }

    /// The farthest place that a ray from `origin` meets.
    pub(super) fn last(&self, origin: Vec3, direction: Vec3) -> Option<Hit> {
        let direction = direction.normalize_or(Vec3::Z);
        let mut best: Option<(f32, usize, [f32; 3])> = None;
        for (triangle, (middle, radius)) in self.bounds.iter().enumerate() {
            let to = *middle - origin;
            if (to - direction * to.dot(direction)).length_squared() > radius * radius {
                continue;
            }
            let [a, b, c] = self.corners(triangle).map(|v| v.position);
            let Some((distance, shares)) = meet(origin, direction, [a, b, c]) else { continue };
            if best.is_none_or(|(d, ..)| distance > d) {
                best = Some((distance, triangle, shares));
            }
        }
        best.map(|(_, triangle, shares)| self.hit(triangle, shares))
    }

    /// The foremost place at `x` and `y`.
    pub(super) fn front(&self, x: f32, y: f32) -> Option<Hit> {
        self.last(Vec3::new(x, y, 0.0), Vec3::Z)
    }

    /// `p`, moved outwards until it is at least `gap` metres above the surface.
    pub(super) fn lift(&self, p: Vec3, gap: f32) -> Vec3 {
        let Some(hit) = self.nearest(p) else { return p };
        let height = (p - hit.point).dot(hit.normal);
        if height < gap { p + hit.normal * (gap - height) } else { p }
    }

    /// `p`, moved to between `low` and `high` metres above the surface.
    pub(super) fn lay(&self, p: Vec3, low: f32, high: f32) -> Vec3 {
        let Some(hit) = self.nearest(p) else { return p };
        let height = (p - hit.point).dot(hit.normal);
        p + hit.normal * (height.clamp(low, high) - height)
    }

    /// Which bones move the surface where it is nearest to `p`.
    pub(super) fn skin(&self, p: Vec3) -> Skin {
        self.nearest(p).map_or(skeleton::rigid(crate::vocabulary::Bone::Spine), |hit| self.skin_of(&hit))
    }

    /// Which bones move the place.
    pub(super) fn skin_of(&self, hit: &Hit) -> Skin {
        let [a, b, c] = self.corners(hit.triangle).map(|v| v.skin);
        skeleton::mix(&[(a, hit.shares[0]), (b, hit.shares[1]), (c, hit.shares[2])])
    }
}

/// Barycentric shares of the point of the triangle nearest to `p` (Ericson, Real-Time Collision Detection, 5.1.5).
fn nearest_shares(p: Vec3, [a, b, c]: [Vec3; 3]) -> [f32; 3] {
    let (ab, ac, ap) = (b - a, c - a, p - a);
    let (d1, d2) = (ab.dot(ap), ac.dot(ap));
    if d1 <= 0.0 && d2 <= 0.0 {
        return [1.0, 0.0, 0.0];
    }
    let bp = p - b;
    let (d3, d4) = (ab.dot(bp), ac.dot(bp));
    if d3 >= 0.0 && d4 <= d3 {
        return [0.0, 1.0, 0.0];
    }
    let cp = p - c;
    let (d5, d6) = (ab.dot(cp), ac.dot(cp));
    if d6 >= 0.0 && d5 <= d6 {
        return [0.0, 0.0, 1.0];
    }
    let vc = d1 * d4 - d3 * d2;
    if vc <= 0.0 && d1 >= 0.0 && d3 <= 0.0 {
        let t = d1 / (d1 - d3);
        return [1.0 - t, t, 0.0];
    }
    let vb = d5 * d2 - d1 * d6;
    if vb <= 0.0 && d2 >= 0.0 && d6 <= 0.0 {
        let t = d2 / (d2 - d6);
        return [1.0 - t, 0.0, t];
    }
    let va = d3 * d6 - d5 * d4;
    if va <= 0.0 && d4 - d3 >= 0.0 && d5 - d6 >= 0.0 {
        let t = (d4 - d3) / ((d4 - d3) + (d5 - d6));
        return [0.0, 1.0 - t, t];
    }
    let sum = va + vb + vc;
    if sum.abs() < 1e-20 { [1.0, 0.0, 0.0] } else { [va / sum, vb / sum, vc / sum] }
}

/// Distance and barycentric shares where a ray meets a triangle (Möller and Trumbore 1997).
fn meet(origin: Vec3, direction: Vec3, [a, b, c]: [Vec3; 3]) -> Option<(f32, [f32; 3])> {
    let (ab, ac) = (b - a, c - a);
    let p = direction.cross(ac);
    let determinant = ab.dot(p);
    if determinant.abs() < 1e-12 {
        return None;
    }
    let t = origin - a;
    let q = t.cross(ab);
    let (u, v) = (t.dot(p) / determinant, direction.dot(q) / determinant);
    let distance = ac.dot(q) / determinant;
    let inside = u >= -1e-5 && v >= -1e-5 && u + v <= 1.0 + 1e-5 && distance > 0.0;
    inside.then_some((distance, [1.0 - u - v, u, v]))
}

#[cfg(test)]
mod tests {
    use glam::Vec2;

    use super::*;

    /// A triangle at z = 1 that faces ahead.
    fn triangle() -> Part {
        let mut part = Part::default();
        for (x, y) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)] {
            part.vertex(Vertex {
                position: Vec3::new(x, y, 1.0),
                normal: Vec3::Z,
                coordinate: Vec2::ZERO,
                skin: skeleton::rigid(crate::vocabulary::Bone::Chest),
                source: None,
            });
        }
        part.triangles.push([0, 1, 2]);
        part
    }

    #[test]
    fn the_nearest_place_lies_inside_on_edges_or_on_corners() {
        let part = triangle();
        let probe = Probe::new(&part);
        let nearest = |x: f32, y: f32| probe.nearest(Vec3::new(x, y, 3.0)).map(|hit| hit.point);
        assert_eq!(nearest(0.25, 0.25), Some(Vec3::new(0.25, 0.25, 1.0)));
        assert_eq!(nearest(0.5, -2.0), Some(Vec3::new(0.5, 0.0, 1.0)));
        assert_eq!(nearest(-1.0, -1.0), Some(Vec3::new(0.0, 0.0, 1.0)));
        assert_eq!(nearest(1.0, 1.0), Some(Vec3::new(0.5, 0.5, 1.0)));
    }

    #[test]
    fn rays_meet_the_surface_or_nothing() {
        let part = triangle();
        let probe = Probe::new(&part);
        assert!(probe.front(0.2, 0.2).is_some_and(|hit| (hit.point.z - 1.0).abs() < 1e-6));
        assert!(probe.front(0.8, 0.8).is_none());
    }

    #[test]
    fn what_is_laid_keeps_its_height_within_bounds() {
        let part = triangle();
        let probe = Probe::new(&part);
        let height = |z: f32| probe.lay(Vec3::new(0.2, 0.2, z), 0.1, 0.3).z - 1.0;
        for (z, expected) in [(0.5, 0.1), (1.2, 0.2), (2.0, 0.3)] {
            assert!((height(z) - expected).abs() < 1e-6);
        }
    }
}
