//! How large the iris is, where, from the middle of an eye outwards, its picture turns from dark to light; and how the picture is
//! laid on it.

use super::{Balls, Piece, nearest};
use crate::avatar::{Avatar, Image, Primitive};
use glam::{Mat2, Vec2};

/// Rings between the middle of the eye and its widest.
const RINGS: usize = 32;
/// Irises end between these, in radii of the ball.
const SMALLEST: f32 = 0.25;
const LARGEST: f32 = 0.8;
/// The step from iris to white, of full white, sRGB codes.
const STEP: f32 = 0.10;
/// Rings over which that step is taken.
const ACROSS: usize = 3;

/// The linear map to texture coordinates may miss them by this, of how far they are spread: else they are laid otherwise.
const MISFIT: f32 = 0.12;

/// The iris as its picture shows it.
pub(super) struct Iris {
    /// In radii of the ball.
    pub(super) radius: f32,
    /// For each eye: u and v for a step of one radius to the left, and for one up.
    pub(super) uv_steps: [Option<[f32; 4]>; 2],
}

/// A place on an eye's front.
struct Sample {
    eye: usize,
    /// In radii of the ball.
    disc: [f32; 2],
    uv: [f32; 2],
}

/// The iris of both eyes, where one is seen.
pub(super) fn find(avatar: &Avatar, piece: &Piece, balls: &Balls) -> Option<Iris> {
    let material = avatar.materials.get(piece.material)?;
    let reference = material.base_color_texture?;
    let image = avatar.images.get(reference.image)?;
    let primitive = avatar.meshes.get(piece.mesh)?.primitives.get(piece.primitive)?;
    let samples = samples(piece, primitive, primitive.uvs.get(usize::from(reference.uv_set))?, balls);
    let mut rings = [(0.0f32, 0.0f32); RINGS];
    let texels = image.texels.get();
    for Sample { disc: [left, up], uv, .. } in &samples {
        let ring = (libm::hypotf(*left, *up) * RINGS as f32) as usize;
        if let Some((sum, count)) = rings.get_mut(ring) {
            *sum += brightness(image, &texels, *uv);
            *count += 1.0;
        }
    }
    let radius = edge(&rings.map(|(sum, count)| if count > 0.0 { Some(sum / count) } else { None }))?;
    Some(Iris { radius, uv_steps: [0, 1].map(|eye| steps(&samples, eye, radius)) })
}

fn samples(piece: &Piece, primitive: &Primitive, uvs: &[[f32; 2]], balls: &Balls) -> Vec<Sample> {
    let corner = |n: u32| Some((*piece.places.get(n as usize)?, *uvs.get(n as usize)?));
    let mut out = Vec::new();
    for triangle in primitive.indices.chunks_exact(3) {
        let [Some(a), Some(b), Some(c)] = [corner(triangle[0]), corner(triangle[1]), corner(triangle[2])]
        else {
            continue;
        };
        for [u, v, w] in SAMPLES {
            let place = a.0 * *u + b.0 * *v + c.0 * *w;
            let Some((eye, ball, _)) = nearest(balls, place).filter(|(_, ball, _)| ball.depth(place) > 0.0)
            else {
                continue;
            };
            let uv = [0, 1].map(|k| a.1[k] * u + b.1[k] * v + c.1[k] * w);
            out.push(Sample { eye, disc: ball.on_disc(place), uv });
        }
    }
    out
}

/// The linear map with the least squares from the disc of one eye's iris to texture coordinates, where they are laid so.
fn steps(samples: &[Sample], eye: usize, radius: f32) -> Option<[f32; 4]> {
    let on = |s: &&Sample| s.eye == eye && libm::hypotf(s.disc[0], s.disc[1]) < radius;
    let disc = |s: &Sample| Vec2::from(s.disc) / radius;
    let inside: Vec<&Sample> = samples.iter().filter(on).collect();
    let count = inside.len().max(1) as f32;
    let middle = inside.iter().map(|s| disc(s)).sum::<Vec2>() / count;
    let uv_middle = inside.iter().map(|s| Vec2::from(s.uv)).sum::<Vec2>() / count;
    let (mut to, mut spread) = (Mat2::ZERO, Mat2::ZERO);
    for sample in &inside {
        let (from, uv) = (disc(sample) - middle, Vec2::from(sample.uv) - uv_middle);
        to += Mat2::from_cols(uv * from.x, uv * from.y);
        spread += Mat2::from_cols(from * from.x, from * from.y);
    }
    if spread.determinant() < 1e-9 {
        return None;
    }
    let map = to * spread.inverse();
    let off = |s: &&Sample| (uv_middle + map * (disc(s) - middle) - Vec2::from(s.uv)).length_squared();
    let wide = |s: &&Sample| (Vec2::from(s.uv) - uv_middle).length_squared();
    let (off, wide) = (inside.iter().map(off).sum::<f32>(), inside.iter().map(wide).sum::<f32>());
    (off <= wide * MISFIT * MISFIT).then(|| map.to_cols_array())
}

/// Places within a triangle.
const SAMPLES: &[[f32; 3]] = &[
    [0.34, 0.33, 0.33],
    [0.6, 0.2, 0.2],
    [0.2, 0.6, 0.2],
    [0.2, 0.2, 0.6],
    [0.45, 0.45, 0.1],
    [0.45, 0.1, 0.45],
    [0.1, 0.45, 0.45],
    [0.8, 0.1, 0.1],
    [0.1, 0.8, 0.1],
    [0.1, 0.1, 0.8],
];

/// Where brightness rises most.
fn edge(rings: &[Option<f32>; RINGS]) -> Option<f32> {
    let filled: Vec<(usize, f32)> =
        rings.iter().enumerate().filter_map(|(n, ring)| Some((n, (*ring)?))).collect();
    let steps = filled.windows(ACROSS).filter_map(|window| {
        let (first, last) = (window.first()?, window.last()?);
        let at = (first.0 + last.0 + 1) as f32 / (2 * RINGS) as f32;
        (SMALLEST..LARGEST).contains(&at).then_some((at, last.1 - first.1))
    });
    steps.max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, step)| *step > STEP).map(|(at, _)| at)
}

/// The nearest texel's mean, 0..=1, of a picture that repeats.
fn brightness(image: &Image, texels: &[u8], uv: [f32; 2]) -> f32 {
    let wrapped = |at: f32| if at.is_finite() { at - libm::floorf(at) } else { 0.0 };
    let place = |at: f32, count: u32| ((wrapped(at) * count as f32) as usize).min(count.max(1) as usize - 1);
    let at = (place(uv[1], image.height) * image.width as usize + place(uv[0], image.width)) * 4;
    texels.get(at..at + 3).map_or(0.0, |rgb| rgb.iter().map(|c| f32::from(*c)).sum::<f32>() / (3.0 * 255.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edge_is_where_dark_turns_light() {
        let mut rings = [None; RINGS];
        for (n, ring) in rings.iter_mut().enumerate() {
            *ring = Some(if n < 3 {
                0.05
            } else if n < 15 {
                0.3
            } else {
                0.9
            });
        }
        let found = edge(&rings).unwrap();
        assert!((found - 15.0 / 32.0).abs() < 0.03, "{found}");
        assert_eq!(edge(&[Some(0.9); RINGS]), None);
        assert_eq!(edge(&[None; RINGS]), None);
    }
}
