//! What surfaces of each roughness reflect of an environment, worked out on the CPU: the first half of the split sum (Karis, "Real
//! Shading in Unreal Engine 4", 2013), as octahedral pictures that shrink as roughness grows.

use crate::stage::{Environment, Harmonics, Projection, Radiance};
use glam::Vec3;
use half::f16;
use rayon::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// Columns and rows of each picture.
pub(super) const SIDES: [u32; 5] = [128, 64, 32, 16, 8];
/// Directions asked for a texel.
const SAMPLES: u32 = 32;
/// Columns and rows of the picture that rough surfaces are worked out from: the mirror's.
const SOURCE: usize = SIDES[0] as usize;
/// How many environments are kept.
const KEPT: usize = 4;
/// The most a half float holds.
const BRIGHTEST: f32 = 65_000.0;

/// An environment as the shaders read it.
#[derive(Debug)]
pub(super) struct Reflection {
    /// For matt surfaces.
    pub(super) harmonics: Harmonics,
    /// RGBA texels for each of [`SIDES`], rows in order.
    pub(super) levels: Vec<Vec<[f16; 4]>>,
}

/// The perceptual roughness of level `n`; the shader's twin is `environment_specular`.
fn roughness(n: usize) -> f32 {
    let t = n as f32 / (SIDES.len() - 1) as f32;
    t * t
}

/// The reflection of `environment`, kept from an earlier time where there was one.
pub(super) fn reflection(environment: &Environment) -> Arc<Reflection> {
    static ALL: Mutex<Vec<(Environment, Arc<Reflection>)>> = Mutex::new(Vec::new());
    let lock = || ALL.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, known)) = lock().iter().find(|(of, _)| of == environment) {
        return Arc::clone(known);
    }
    let made = Arc::new(Reflection::new(&environment.radiance()));
    let mut all = lock();
    if all.len() >= KEPT {
        all.remove(0);
    }
    all.push((environment.clone(), Arc::clone(&made)));
    made
}

/// The unit vector at a point of the octahedral square −1..=1, the middle of which is up (Engelhardt and Dachsbacher 2008).
fn unfold(x: f32, z: f32) -> Vec3 {
    let y = 1.0 - x.abs() - z.abs();
    let below = (-y).max(0.0);
    Vec3::new(x - below.copysign(x), y, z - below.copysign(z)).normalize_or(Vec3::Y)
}

/// The inverse of [`unfold`].
fn fold(d: Vec3) -> (f32, f32) {
    let scale = (d.x.abs() + d.y.abs() + d.z.abs()).recip();
    let (x, z) = (d.x * scale, d.z * scale);
    if d.y >= 0.0 { (x, z) } else { ((1.0 - z.abs()).copysign(x), (1.0 - x.abs()).copysign(z)) }
}

impl Reflection {
    fn new(radiance: &Radiance<'_>) -> Self {
        let source = Source::new(radiance);
        let packed = |seen: Vec3| [seen.x, seen.y, seen.z, 1.0].map(|c| f16::from_f32(c.min(BRIGHTEST)));
        let mirror = source.pictures.first().into_iter().flatten().map(|&seen| packed(seen)).collect();
        let rough = SIDES.iter().enumerate().skip(1).map(|(n, &side)| {
            let lobe = Lobe::new(roughness(n));
            let texel = |index: u32| packed(lobe.gather(&source, texel_direction(index, side).0));
            (0..side * side).into_par_iter().map(texel).collect()
        });
        let levels = std::iter::once(mirror).chain(rough).collect();
        Self { levels, harmonics: source.harmonics }
    }
}

/// Where texel `index` of a picture of `side` texels a side looks, and its share of the sphere, up to a factor. The outermost texels
/// lie on the fold, so that their neighbours beyond it are themselves.
fn texel_direction(index: u32, side: u32) -> (Vec3, f32) {
    let (column, row) = (index % side, index / side);
    let at = |n: u32| n as f32 / (side - 1) as f32 * 2.0 - 1.0;
    let (x, z) = (at(column), at(row));
    let y = 1.0 - x.abs() - z.abs();
    let below = (-y).max(0.0);
    // A face of the octahedron is seen from the middle under a slant, from afar; texels on the fold are there twice.
    let far = Vec3::new(x - below.copysign(x), y, z - below.copysign(z)).length();
    let inside = |n: u32| if n == 0 || n == side - 1 { 0.5 } else { 1.0 };
    (unfold(x, z), inside(column) * inside(row) / (far * far * far))
}

/// The environment at several sizes, each half the one before, and its harmonics.
struct Source {
    pictures: Vec<Vec<Vec3>>,
    harmonics: Harmonics,
}

impl Source {
    fn new(radiance: &Radiance<'_>) -> Self {
        let side = SOURCE as u32;
        let texel = |index: u32| {
            let (direction, weight) = texel_direction(index, side);
            (direction, radiance.at(direction), weight)
        };
        let texels: Vec<(Vec3, Vec3, f32)> = (0..side * side).into_par_iter().map(texel).collect();
        let mut projection = Projection::default();
        texels.iter().for_each(|&(direction, seen, weight)| projection.add(direction, seen, weight));
        let mut pictures = vec![texels.into_iter().map(|(_, seen, _)| seen).collect::<Vec<_>>()];
        let mut side = SOURCE;
        while side > 4 {
            let half = side / 2;
            let larger = pictures.last().map_or(&[][..], Vec::as_slice);
            let texel = |x: usize, y: usize| larger.get(y * side + x).copied().unwrap_or_default();
            let mean = |n: usize| {
                let (x, y) = (n % half * 2, n / half * 2);
                (texel(x, y) + texel(x + 1, y) + texel(x, y + 1) + texel(x + 1, y + 1)) * 0.25
            };
            let smaller = (0..half * half).map(mean).collect();
            pictures.push(smaller);
            side = half;
        }
        Self { pictures, harmonics: projection.harmonics() }
    }

    /// Picture `n` in `direction`, interpolated.
    fn at(&self, n: usize, direction: Vec3) -> Vec3 {
        let side = SOURCE >> n;
        let picture = self.pictures.get(n).map_or(&[][..], Vec::as_slice);
        let (x, z) = fold(direction);
        let last = (side - 1) as f32;
        let place = |v: f32| ((v * 0.5 + 0.5) * side as f32 - 0.5).clamp(0.0, last);
        let (x, y) = (place(x), place(z));
        let (column, row) = (x as usize, y as usize);
        let (right, below) = (x - column as f32, y - row as f32);
        let texel = |x: usize, y: usize| picture.get(y.min(side - 1) * side + x.min(side - 1)).copied();
        let pair = |y: usize| {
            texel(column, y).unwrap_or_default().lerp(texel(column + 1, y).unwrap_or_default(), right)
        };
        pair(row).lerp(pair(row + 1), below)
    }
}

/// The directions that a surface seen from straight above reflects, about +Z: GGX, importance sampled, each from a picture whose
/// texels are as wide as the sample stands for (Křivánek and Colbert, "Real-time Shading with Filtered Importance Sampling", 2008).
struct Lobe(Vec<(Vec3, f32, usize)>);

impl Lobe {
    fn new(roughness: f32) -> Self {
        let alpha2 = roughness * roughness * roughness * roughness;
        let sample = |i: u32| {
            let share = (i as f32 + 0.5) / SAMPLES as f32;
            let around = i.reverse_bits() as f32 / 4_294_967_296.0 * std::f32::consts::TAU;
            let cos2 = (1.0 - share) / (1.0 + (alpha2 - 1.0) * share);
            let (cos, sin) = (libm::sqrtf(cos2), libm::sqrtf((1.0 - cos2).max(0.0)));
            let half_way = Vec3::new(sin * libm::cosf(around), sin * libm::sinf(around), cos);
            let light = half_way * (2.0 * cos) - Vec3::Z;
            let f = cos2 * (alpha2 - 1.0) + 1.0;
            let density = alpha2 / (std::f32::consts::PI * f * f) * 0.25;
            let solid = (SAMPLES as f32 * density).recip();
            let texel = 4.0 * std::f32::consts::PI / (SOURCE * SOURCE) as f32;
            let level = 0.5 * libm::log2f((solid / texel).max(1.0)) + 1.0;
            (light, light.z, (level + 0.5) as usize)
        };
        let most = SOURCE.ilog2() as usize - 2;
        Self(
            (0..SAMPLES)
                .map(sample)
                .filter(|(_, weight, _)| *weight > 0.0)
                .map(|(light, weight, level)| (light, weight, level.min(most)))
                .collect(),
        )
    }

    fn gather(&self, source: &Source, direction: Vec3) -> Vec3 {
        let helper = if direction.y.abs() < 0.9 { Vec3::Y } else { Vec3::X };
        let aside = helper.cross(direction).normalize_or(Vec3::X);
        let up = direction.cross(aside);
        let (mut sum, mut share) = (Vec3::ZERO, 0.0);
        for &(light, weight, level) in &self.0 {
            let towards = aside * light.x + up * light.y + direction * light.z;
            sum += source.at(level, towards) * weight;
            share += weight;
        }
        sum / share.max(1e-6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::{Lighting, Panorama, Sky, diffuse};

    fn seen(reflection: &Reflection, level: usize, direction: Vec3) -> Vec3 {
        let side = SIDES[level];
        let (x, z) = fold(direction);
        let at = |v: f32| ((v * 0.5 + 0.5) * (side - 1) as f32 + 0.5) as u32;
        let [r, g, b, _] = reflection.levels[level][(at(z) * side + at(x)) as usize].map(f16::to_f32);
        Vec3::new(r, g, b)
    }

    fn directions() -> Vec<Vec3> {
        let signs = [-1.0f32, 0.0, 1.0];
        let all = signs.into_iter().flat_map(|x| signs.map(|y| (x, y)));
        let all = all.flat_map(|(x, y)| signs.map(|z| Vec3::new(x + 0.1, y, z * 0.9 - 0.03)));
        all.map(|d| d.normalize_or(Vec3::Y)).collect()
    }

    #[test]
    fn folding_and_unfolding_cancel() {
        for d in directions() {
            let (x, z) = fold(d);
            assert!(unfold(x, z).abs_diff_eq(d, 1e-5), "{d} {}", unfold(x, z));
        }
    }

    #[test]
    fn even_light_stays_even_at_every_roughness() {
        let even = Environment::gradient(Vec3::ONE, Vec3::ONE, Vec3::ONE, 0.6);
        let made = Reflection::new(&even.radiance());
        for (level, texels) in made.levels.iter().enumerate() {
            for texel in texels {
                assert!((texel[1].to_f32() / 0.6 - 1.0).abs() < 0.001, "level {level}: {texel:?}");
            }
        }
        assert!((made.harmonics[0].x - 0.6).abs() < 1e-4, "{:?}", made.harmonics);
        assert!(made.harmonics[1..].iter().all(|h| h.length() < 1e-3), "{:?}", made.harmonics);
    }

    #[test]
    fn a_mirror_shows_left_on_the_left() {
        let mut texels = vec![Vec3::ZERO; 32 * 16];
        // To the left of the middle, which is behind: towards −X and −Z, a little above the horizon.
        for row in 4..7 {
            for column in 10..13 {
                texels[row * 32 + column] = Vec3::splat(5.0);
            }
        }
        let panorama = Panorama::new(32, 16, &texels).unwrap();
        let gradient = Environment::gradient(Vec3::ONE, Vec3::ONE, Vec3::ONE, 1.0);
        let environment = Environment { sky: Sky::Panorama(Arc::new(panorama)), ..gradient };
        let made = Reflection::new(&environment.radiance());
        let lit = Vec3::new(-0.75, 0.43, -0.55).normalize_or_zero();
        assert!(seen(&made, 0, lit).x > 4.5, "{}", seen(&made, 0, lit));
        for other in
            [Vec3::new(0.75, 0.43, -0.55), Vec3::new(-0.75, 0.43, 0.6), Vec3::new(-0.75, -0.43, -0.55)]
        {
            assert!(seen(&made, 0, other.normalize_or_zero()).x < 0.1, "{other}");
        }
        // The rougher, the wider; never brighter than the light itself.
        let beside = Vec3::new(-0.2, 0.6, -0.75).normalize_or_zero();
        let rough: Vec<f32> = (0..SIDES.len()).map(|level| seen(&made, level, beside).x).collect();
        assert!(rough[0] < 0.1 && rough[3] > 0.1 && rough.iter().all(|&v| v < 5.0), "{rough:?}");
    }

    #[test]
    fn built_in_environments_light_matt_surfaces_as_their_gradient_does() {
        for &(name, lighting) in Lighting::ALL {
            let environment = lighting.environment(Vec3::Z);
            let zonal = environment.zonal();
            let made = Reflection::new(&environment.radiance());
            let mut worst = 0.0f32;
            for normal in directions() {
                let (y, found) = (normal.y, diffuse(&made.harmonics, normal));
                let wanted = zonal[0] + zonal[1] * (y * 2.0 / 3.0) + zonal[2] * ((1.5 * y * y - 0.5) * 0.25);
                worst = worst.max(((found - wanted) / wanted).abs().max_element());
            }
            let mean = ((made.harmonics[0] - zonal[0]) / zonal[0]).abs().max_element();
            println!("{name}: off by {worst} at most, {mean} in the mean");
            assert!(mean < 0.03, "{name}: {mean}");
            assert!(worst < 0.1, "{name}: {worst}");
        }
    }
}
