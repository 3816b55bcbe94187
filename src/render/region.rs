//! Which pixels of a picture something may touch.

use super::bounds::Bounds;
use glam::{Mat4, Vec3};

/// Regions begin and end at multiples of this many pixels, or at the picture's edge: attachments change size seldom.
const GRAIN: u32 = 64;

/// A rectangle of pixels inside a picture; never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region {
    /// Leftmost column and top row.
    pub(super) origin: (u32, u32),
    /// Columns and rows.
    pub(super) size: (u32, u32),
}

impl Region {
    /// The whole picture.
    pub(super) fn whole(size: (u32, u32)) -> Self {
        Self { origin: (0, 0), size }
    }

    /// Around all `boxes` as `clip_from_world` shows them in a picture of `size` pixels; `None` where none is in view.
    /// What reaches behind the camera may be anywhere.
    pub(super) fn around(
        boxes: impl Iterator<Item = Bounds>,
        clip_from_world: &Mat4,
        size: (u32, u32),
    ) -> Option<Self> {
        let mut all: Option<Self> = None;
        for bounds in boxes.filter(|b| !b.is_outside(clip_from_world)) {
            let Some(one) = Self::of_points(&bounds.corners(), clip_from_world, size) else { continue };
            all = Some(all.map_or(one, |all| all.merged(&one)));
        }
        all
    }

    fn of_points(points: &[Vec3], clip_from_world: &Mat4, size: (u32, u32)) -> Option<Self> {
        let (mut low, mut high) = (glam::Vec2::INFINITY, glam::Vec2::NEG_INFINITY);
        for point in points {
            let clip = *clip_from_world * point.extend(1.0);
            if clip.w <= 1e-3 {
                return Some(Self::whole(size));
            }
            let at = glam::Vec2::new(0.5 + clip.x / clip.w * 0.5, 0.5 - clip.y / clip.w * 0.5);
            low = low.min(at);
            high = high.max(at);
        }
        let (left, right) = span(low.x, high.x, size.0)?;
        let (top, bottom) = span(low.y, high.y, size.1)?;
        Some(Self { origin: (left, top), size: (right - left, bottom - top) })
    }

    /// What of it lies outside `other`: up to four regions that do not overlap.
    pub(super) fn without(&self, other: &Self) -> impl Iterator<Item = Self> + use<> {
        let end = |r: &Self| (r.origin.0 + r.size.0, r.origin.1 + r.size.1);
        let (low, high) = (self.origin, end(self));
        let inside = |at: (u32, u32)| (at.0.clamp(low.0, high.0), at.1.clamp(low.1, high.1));
        let (hole_low, hole_high) = (inside(other.origin), inside(end(other)));
        let around = [
            (low, (high.0, hole_low.1)),
            ((low.0, hole_low.1), (hole_low.0, hole_high.1)),
            ((hole_high.0, hole_low.1), (high.0, hole_high.1)),
            ((low.0, hole_high.1), high),
        ];
        around
            .into_iter()
            .filter(|(from, to)| from.0 < to.0 && from.1 < to.1)
            .map(|(from, to)| Self { origin: from, size: (to.0 - from.0, to.1 - from.1) })
    }

    /// Around the pixels of a picture of `size` that become this one's, `scale` times as many.
    pub(super) fn unscaled(&self, scale: [f32; 2], size: (u32, u32)) -> Self {
        let span = |first: u32, count: u32, scale: f32, size: u32| {
            let low = ((first as f32 / scale) as u32).min(size.saturating_sub(1));
            let high = (((first + count) as f32 / scale).ceil() as u32).clamp(low + 1, size.max(1));
            (low, high - low)
        };
        let (left, width) = span(self.origin.0, self.size.0, scale[0], size.0);
        let (top, height) = span(self.origin.1, self.size.1, scale[1], size.1);
        Self { origin: (left, top), size: (width, height) }
    }

    /// Around both.
    pub(super) fn merged(&self, other: &Self) -> Self {
        let left = self.origin.0.min(other.origin.0);
        let top = self.origin.1.min(other.origin.1);
        let right = (self.origin.0 + self.size.0).max(other.origin.0 + other.size.0);
        let bottom = (self.origin.1 + self.size.1).max(other.origin.1 + other.size.1);
        Self { origin: (left, top), size: (right - left, bottom - top) }
    }
}

/// Fractions of `size` pixels as first pixel and end, in whole grains.
fn span(low: f32, high: f32, size: u32) -> Option<(u32, u32)> {
    let pixels = size as f32;
    // Two pixels more, for rounding.
    let first = (low * pixels - 2.0).clamp(0.0, pixels) as u32 / GRAIN * GRAIN;
    let end = ((high * pixels + 2.0).clamp(0.0, pixels) as u32 + 1).next_multiple_of(GRAIN).min(size);
    (first < end).then_some((first, end))
}

/// `bounds` as a light from `towards` throws its shadow on the floor, grown by `margin` metres; `None` for a light that
/// throws none there.
pub(super) fn on_floor(bounds: &Bounds, floor: f32, towards: Vec3, margin: f32) -> Option<Bounds> {
    if bounds.is_empty() || towards.y < 0.02 {
        return None;
    }
    let mut out = Bounds::EMPTY;
    for corner in bounds.corners() {
        let height = (corner.y - floor).max(0.0);
        let at = corner - towards * (height / towards.y);
        out.include(Vec3::new(at.x, floor, at.z));
    }
    let margin = Vec3::new(margin, 0.0, margin) / towards.y;
    Some(Bounds { min: out.min - margin, max: out.max + margin })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZE: (u32, u32) = (1280, 720);

    fn clip() -> Mat4 {
        let (eye, target) = (Vec3::ZERO, Vec3::NEG_Z);
        let camera = crate::stage::Camera { eye, target, fov_y: 0.5, near: 0.1, far: 100.0 };
        camera.clip_from_view(1280.0 / 720.0) * camera.view_from_world()
    }

    #[test]
    fn a_region_holds_every_projected_corner() {
        let bounds = Bounds { min: Vec3::new(-0.3, -0.4, -5.2), max: Vec3::new(0.5, 0.2, -4.0) };
        let region = Region::around([bounds].into_iter(), &clip(), SIZE).unwrap();
        assert!(region.size.0 < SIZE.0, "{region:?}");
        for corner in bounds.corners() {
            let at = clip().project_point3(corner);
            let (x, y) = ((0.5 + at.x * 0.5) * 1280.0, (0.5 - at.y * 0.5) * 720.0);
            assert!(x >= region.origin.0 as f32 && x <= (region.origin.0 + region.size.0) as f32);
            assert!(y >= region.origin.1 as f32 && y <= (region.origin.1 + region.size.1) as f32);
        }
    }

    #[test]
    fn what_surrounds_the_camera_may_be_anywhere_and_what_is_aside_is_nowhere() {
        let around = Bounds { min: Vec3::splat(-1.0), max: Vec3::splat(1.0) };
        assert_eq!(Region::around([around].into_iter(), &clip(), SIZE), Some(Region::whole(SIZE)));
        let aside = Bounds { min: Vec3::new(50.0, 0.0, -5.0), max: Vec3::new(51.0, 1.0, -4.0) };
        assert_eq!(Region::around([aside].into_iter(), &clip(), SIZE), None);
    }

    #[test]
    fn a_hole_and_what_is_around_it_fill_the_region() {
        let region = Region { origin: (10, 20), size: (100, 50) };
        for hole in [((30, 30), (20, 20)), ((0, 0), (50, 90)), ((10, 20), (100, 50)), ((200, 0), (9, 9))] {
            let hole = Region { origin: hole.0, size: hole.1 };
            let holds = |r: &Region, x: u32, y: u32| {
                x.wrapping_sub(r.origin.0) < r.size.0 && y.wrapping_sub(r.origin.1) < r.size.1
            };
            for (x, y) in (0..200).flat_map(|x| (0..100).map(move |y| (x, y))) {
                let times = region.without(&hole).filter(|r| holds(r, x, y)).count();
                assert_eq!(times, usize::from(holds(&region, x, y) && !holds(&hole, x, y)), "{hole:?}");
            }
        }
    }

    #[test]
    fn a_shadow_falls_away_from_the_light() {
        let body = Bounds { min: Vec3::new(-0.5, 0.0, -0.5), max: Vec3::new(0.5, 2.0, 0.5) };
        let shadow = on_floor(&body, 0.0, Vec3::new(0.6, 0.8, 0.0), 0.0).unwrap();
        assert!((shadow.min.x - -2.0).abs() < 1e-5 && (shadow.max.x - 0.5).abs() < 1e-5, "{shadow:?}");
        assert_eq!(on_floor(&body, 0.0, Vec3::X, 0.0), None);
    }
}
