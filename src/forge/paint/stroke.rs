//! Single hairs drawn on nothing.

use glam::Vec2;

use super::super::person::Srgb;
use super::lerp;

/// A transparent picture.
pub(super) struct Sheet {
    pub(super) wide: usize,
    high: usize,
    pixels: Vec<(Srgb, f32)>,
}

/// A hair: pixels, bent once on its way from root to tip.
pub(super) struct Stroke {
    pub(super) root: Vec2,
    pub(super) bend: Vec2,
    pub(super) tip: Vec2,
    /// At the root; it ends in nothing.
    pub(super) width: f32,
    pub(super) colour: Srgb,
    pub(super) alpha: f32,
}

impl Sheet {
    /// Nothing, which would have `colour`.
    pub(super) fn new(wide: usize, high: usize, colour: Srgb) -> Self {
        Self { wide, high, pixels: vec![(colour, 0.0); wide * high] }
    }

    /// Draws a hair; `rows` bounds where it may be.
    pub(super) fn draw(&mut self, stroke: &Stroke, rows: std::ops::Range<usize>) {
        let length = stroke.root.distance(stroke.tip).max(1.0);
        let steps = (length * 2.0) as usize + 1;
        let mut cover: std::collections::BTreeMap<usize, f32> = std::collections::BTreeMap::new();
        for step in 0..=steps {
            let t = step as f32 / steps as f32;
            let p = stroke.root.lerp(stroke.bend, t).lerp(stroke.bend.lerp(stroke.tip, t), t);
            let width = stroke.width * (1.0 - t * t).max(0.0) + 0.25;
            let (low, high) = (p - width - 1.0, p + width + 1.0);
            for y in low.y.max(rows.start as f32) as usize
                ..(high.y.max(0.0) as usize + 1).min(rows.end).min(self.high)
            {
                for x in low.x.max(0.0) as usize..(high.x.max(0.0) as usize + 1).min(self.wide) {
                    let far = (Vec2::new(x as f32 + 0.5, y as f32 + 0.5)).distance(p);
                    let share = (width * 0.5 + 0.5 - far).clamp(0.0, 1.0);
                    let slot = cover.entry(y * self.wide + x).or_default();
                    *slot = slot.max(share);
                }
            }
        }
        for (index, share) in cover {
            if let Some((colour, alpha)) = self.pixels.get_mut(index) {
                *colour = lerp(*colour, stroke.colour, share);
                *alpha += (1.0 - *alpha) * share * stroke.alpha;
            }
        }
    }

    /// As RGBA, the coarser the better it packs.
    pub(super) fn bytes(&self) -> Vec<u8> {
        const STEPS: f32 = 48.0;
        let byte = |c: f32| libm::roundf(libm::roundf(c.clamp(0.0, 1.0) * STEPS) * 255.0 / STEPS) as u8;
        self.pixels.iter().flat_map(|(c, alpha)| [byte(c[0]), byte(c[1]), byte(c[2]), byte(*alpha)]).collect()
    }
}
