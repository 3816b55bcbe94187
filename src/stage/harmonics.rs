//! Light from all around as spherical harmonics of bands 0 to 2 (Ramamoorthi and Hanrahan, "An Efficient Representation for Irradiance
//! Environment Maps", SIGGRAPH 2001).
//!
//! Nine factors of the polynomials 1, y, (3y² − 1) / 2, x, z, xy, yz, xz, x² − z²: the first three alone are a light that is the same
//! all around.

use glam::Vec3;

/// Factors of the polynomials, in their order.
pub type Harmonics = [Vec3; 9];

/// One over each polynomial's square, as a mean over all directions.
const NORM: [f32; 9] = [1.0, 3.0, 5.0, 3.0, 3.0, 15.0, 15.0, 15.0, 3.75];
/// What the cosine leaves of bands 0 to 2, over π.
const COSINE: [f32; 9] = [1.0, 2.0 / 3.0, 0.25, 2.0 / 3.0, 2.0 / 3.0, 0.25, 0.25, 0.25, 0.25];
/// Each factor's band.
const BAND: [i32; 9] = [0, 1, 2, 1, 1, 2, 2, 2, 2];

/// The polynomials in direction `d`.
fn polynomials(d: Vec3) -> [f32; 9] {
    [1.0, d.y, 1.5 * d.y * d.y - 0.5, d.x, d.z, d.x * d.y, d.y * d.z, d.x * d.z, d.x * d.x - d.z * d.z]
}

/// Gathers light, direction by direction.
#[derive(Debug, Clone, Default)]
pub struct Projection {
    sums: Harmonics,
    weight: f32,
}

impl Projection {
    /// Adds what comes from `direction`, whose surroundings take `weight` of the sphere.
    pub fn add(&mut self, direction: Vec3, radiance: Vec3, weight: f32) {
        for (sum, (polynomial, norm)) in
            self.sums.iter_mut().zip(polynomials(direction).into_iter().zip(NORM))
        {
            *sum += radiance * (polynomial * norm * weight);
        }
        self.weight += weight;
    }

    /// The factors as they are.
    pub(super) fn plain(&self) -> Harmonics {
        let scale = self.weight.max(1e-9).recip();
        self.sums.map(|sum| sum * scale)
    }

    /// The factors. Where a small bright light would make matt surfaces on the other side darker than black, the higher bands fade
    /// as far as they must (a window as in Sloan, "Stupid Spherical Harmonics Tricks", 2008).
    pub fn harmonics(&self) -> Harmonics {
        let plain = self.plain();
        let windowed = |keep: f32| {
            let mut out = plain;
            for (factor, band) in out.iter_mut().zip(BAND) {
                *factor *= (0..band).fold(1.0, |kept, _| kept * keep);
            }
            out
        };
        (0..=20)
            .map(|step| windowed(1.0 - step as f32 * 0.05))
            .find(|harmonics| least_diffuse(harmonics) >= 0.0)
            .unwrap_or_else(|| windowed(0.0))
    }
}

/// What a white matt surface with this normal sends back; the shader's twin is `environment_diffuse`.
pub fn diffuse(harmonics: &Harmonics, normal: Vec3) -> Vec3 {
    let terms = polynomials(normal).into_iter().zip(COSINE);
    harmonics.iter().zip(terms).map(|(factor, (polynomial, cosine))| *factor * (polynomial * cosine)).sum()
}

/// The light that the factors stand for in a direction.
pub(super) fn sum(harmonics: &Harmonics, direction: Vec3) -> Vec3 {
    harmonics.iter().zip(polynomials(direction)).map(|(factor, polynomial)| *factor * polynomial).sum()
}

/// The darkest that any matt surface is in any channel.
fn least_diffuse(harmonics: &Harmonics) -> f32 {
    const ROWS: u32 = 12;
    let mut least = f32::INFINITY;
    for row in 0..ROWS {
        let y = 1.0 - (row as f32 + 0.5) * 2.0 / ROWS as f32;
        let ring = libm::sqrtf(1.0 - y * y);
        for column in 0..ROWS * 2 {
            let around = column as f32 / (ROWS * 2) as f32 * std::f32::consts::TAU;
            let normal = Vec3::new(ring * libm::sinf(around), y, ring * libm::cosf(around));
            least = least.min(diffuse(harmonics, normal).min_element());
        }
    }
    least
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Directions that stand for equal shares of the sphere.
    fn directions(rows: u32) -> impl Iterator<Item = Vec3> {
        (0..rows).flat_map(move |row| {
            let y = 1.0 - (row as f32 + 0.5) * 2.0 / rows as f32;
            let ring = libm::sqrtf(1.0 - y * y);
            (0..rows * 2).map(move |column| {
                let around = (column as f32 + 0.5) / (rows * 2) as f32 * std::f32::consts::TAU;
                Vec3::new(ring * libm::sinf(around), y, ring * libm::cosf(around))
            })
        })
    }

    fn projected(light: impl Fn(Vec3) -> f32) -> Harmonics {
        let mut projection = Projection::default();
        directions(64).for_each(|d| projection.add(d, Vec3::splat(light(d)), 1.0));
        projection.harmonics()
    }

    /// The integral of light times cosine over π.
    fn integral(light: impl Fn(Vec3) -> f32, normal: Vec3) -> f32 {
        let (sum, count) = directions(160)
            .fold((0.0, 0), |(sum, count), d| (sum + light(d) * d.dot(normal).max(0.0), count + 1));
        sum * 4.0 / count as f32
    }

    #[test]
    fn irradiance_equals_the_integral() {
        let lights: [fn(Vec3) -> f32; 4] = [
            |_| 0.7,
            |d| 1.0 + 0.6 * d.x - 0.3 * d.y + 0.2 * d.z,
            |d| 0.5 + 0.4 * d.x * d.z + 0.3 * (d.x * d.x - d.y * d.y),
            // A wide glow from one side, which has bands beyond the second.
            |d| 0.3 + libm::expf(1.2 * (d.dot(Vec3::new(0.6, 0.48, 0.64)) - 1.0)),
        ];
        for (n, light) in lights.into_iter().enumerate() {
            let harmonics = projected(light);
            for normal in directions(6) {
                let (found, wanted) = (diffuse(&harmonics, normal).x, integral(light, normal));
                assert!((found / wanted - 1.0).abs() < 0.01, "light {n}, {normal}: {found} for {wanted}");
            }
        }
    }

    #[test]
    fn a_small_light_makes_nothing_darker_than_black() {
        let harmonics = projected(|d| if d.x > 0.98 { 100.0 } else { 0.0 });
        let all: Vec<f32> = directions(20).map(|normal| diffuse(&harmonics, normal).x).collect();
        assert!(all.iter().all(|&light| light >= -1e-3), "{:?}", all.iter().copied().fold(9.0, f32::min));
        let towards = diffuse(&harmonics, Vec3::X).x;
        assert!(towards > 1.4 * harmonics[0].x, "still from one side: {towards}");
    }
}
