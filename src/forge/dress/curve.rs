//! Smooth curves through a few points.

use glam::Vec3;

/// The point at `share` (0..=1) of the curve through `points` (Catmull and Rom 1974), which meets the first at 0 and the last at 1.
pub(super) fn through(points: &[Vec3], share: f32) -> Vec3 {
    let Some(last) = points.len().checked_sub(1).filter(|n| *n > 0) else {
        return points.first().copied().unwrap_or_default();
    };
    let place = share.clamp(0.0, 1.0) * last as f32;
    let start = (place as usize).min(last - 1);
    let t = place - start as f32;
    let [b, c] = [points[start], points[start + 1]];
    let a = if start == 0 { b * 2.0 - c } else { points[start - 1] };
    let d = points.get(start + 2).copied().unwrap_or(c * 2.0 - b);
    let (t2, t3) = (t * t, t * t * t);
    (b * 2.0 + (c - a) * t + (a * 2.0 - b * 5.0 + c * 4.0 - d) * t2 + (b * 3.0 - a - c * 3.0 + d) * t3) * 0.5
}
