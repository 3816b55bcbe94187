//! The skin's picture: complexion, lips, brows, lids and the shade of the scalp, each placed by the shape underneath.

use glam::{Vec2, Vec3};

use super::super::ForgeError;
use super::super::dress::smoothstep;
use super::super::eyes::Ball;
use super::super::hair::Hairline;
use super::super::model::Picture;
use super::super::part::Part;
use super::super::person::{Person, Srgb};
use super::noise::noise;
use super::{Canvas, lerp, mouth, scale};

const SIDE: u32 = 1024;

/// What the painter knows of the face.
pub(in crate::forge) struct Face {
    /// The avatar's left eye.
    pub(in crate::forge) eye: Ball,
    /// The middle of the closed lips.
    pub(in crate::forge) mouth: Vec3,
    /// How much each source vertex is lip, 0..=1.
    pub(in crate::forge) lips: Vec<f32>,
    /// Where hair grows.
    pub(in crate::forge) hairline: Hairline,
    /// Who it is.
    pub(in crate::forge) person: Person,
}

/// Paints the skin of `part` into its texture space; `lining` says whether a texture coordinate belongs to the inside of the mouth.
pub(in crate::forge) fn skin(
    part: &Part,
    face: &Face,
    lining: impl Fn(Vec2) -> bool,
) -> Result<Picture, ForgeError> {
    let mut canvas = Canvas::new(SIDE, face.person.skin.colour);
    for bleed in [true, false] {
        for triangle in &part.triangles {
            let corners = triangle.map(|i| part.vertices[i as usize]);
            let inside = lining(corners[0].coordinate);
            let lips =
                corners.map(|v| v.source.and_then(|s| face.lips.get(s as usize)).copied().unwrap_or(0.0));
            canvas.triangle(corners.map(|v| v.coordinate), bleed, |shares| {
                let mix = |values: [f32; 3]| values.iter().zip(shares).map(|(v, s)| v * s).sum::<f32>();
                let place: Vec3 = corners.iter().zip(shares).map(|(v, s)| v.position * s).sum();
                if inside { mouth::lining(face, place) } else { face.colour(place, mix(lips)) }
            });
        }
    }
    canvas.jpeg("Skin", 86)
}

impl Face {
    fn colour(&self, p: Vec3, lip: f32) -> Srgb {
        let (c, hair) = (&self.person.skin, self.person.hair.colour);
        let mut colour = scale(
            c.colour,
            1.0 + 0.025 * noise(p * 90.0) + 0.02 * noise(p * 400.0) + 0.012 * noise(p * 1300.0),
        );
        let warm = [c.colour[0] * 1.02, c.colour[1] * 0.83, c.colour[2] * 0.80];
        colour = lerp(colour, warm, self.flush(p));
        colour = lerp(colour, scale(warm, 0.80), self.lid(p));
        let lips = scale(c.lips, 1.0 + 0.06 * noise(Vec3::new(p.x * 1400.0, p.y * 200.0, p.z * 200.0)));
        colour = lerp(colour, lips, smoothstep(0.25, 0.6, lip));
        colour = lerp(colour, scale(hair, 0.9), self.brow(p) * 0.95);
        let scalp = smoothstep(-0.005, 0.007, self.hairline.depth(p) + 0.002 * noise(p * 700.0));
        lerp(colour, scale(hair, 0.85), scalp)
    }

    /// Cheeks, tip of the nose and ears.
    fn flush(&self, p: Vec3) -> f32 {
        let side = Vec3::new(p.x.abs(), p.y, p.z);
        let cheek = Vec3::new(
            self.eye.centre.x + 0.016,
            (self.eye.centre.y * 0.45) + self.mouth.y * 0.55,
            self.mouth.z - 0.02,
        );
        let spot = |at: Vec3, size: f32| libm::expf(-side.distance_squared(at) / (size * size));
        let nose = Vec3::new(0.0, self.mouth.y + 0.034, self.mouth.z + 0.012);
        let ear =
            smoothstep(0.066, 0.078, side.x) * smoothstep(0.05, 0.02, (p.y - self.eye.centre.y + 0.02).abs());
        (spot(cheek, 0.026) * 0.36 + spot(nose, 0.012) * 0.35 + ear * 0.4).min(0.8)
    }

    /// The skin around the eye, darkest where the lid touches the ball.
    fn lid(&self, p: Vec3) -> f32 {
        let side = Vec3::new(p.x.abs(), p.y, p.z);
        let gap = side.distance(self.eye.centre) - self.eye.radius;
        let front = smoothstep(-0.002, 0.006, p.z - self.eye.centre.z);
        let above = if p.y > self.eye.centre.y { 1.0 } else { 0.6 };
        front * above * (0.35 * smoothstep(0.010, 0.002, gap) + 0.65 * smoothstep(0.0032, 0.0008, gap))
    }

    /// How dense the brow is.
    fn brow(&self, p: Vec3) -> f32 {
        let eye = self.eye.centre;
        let share = (p.x.abs() - (eye.x - 0.019)) / 0.046;
        if !(0.0..=1.0).contains(&share) || p.z < eye.z - 0.012 {
            return 0.0;
        }
        let arch = 0.0195 + 0.0065 * libm::sinf(share * 2.6) - 0.0045 * share * share;
        let thickness = 0.0042 * smoothstep(-0.15, 0.25, share) * smoothstep(1.05, 0.35, share) + 0.0006;
        let off = (p.y - eye.y - arch) / thickness;
        // Hairs lean outwards and upwards.
        let hairs = noise(Vec3::new((p.x.abs() - p.y * (0.9 - 0.7 * share)) * 1500.0, p.y * 260.0, 3.0));
        let ends = smoothstep(0.0, 0.1, share) * smoothstep(1.0, 0.86, share);
        smoothstep(1.05, 0.35, off.abs() - 0.25 * hairs) * ends * (0.82 + 0.18 * hairs)
    }
}
