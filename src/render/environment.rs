//! Light from all around as zonal harmonics.

use crate::stage::Environment;
use glam::Vec3;

/// Bands 0 to 2, as factors of the Legendre polynomials of the height `y` of a direction.
///
/// The radiance runs linearly in `y` from the horizon's colour to the zenith's and the nadir's; its projections
/// `(2l + 1) / 2 · ∫ L(y) P_l(y) dy` over −1..=1 are closed forms.
pub(super) fn zonal(environment: &Environment) -> [Vec3; 3] {
    let Environment { zenith, horizon, nadir, intensity } = *environment;
    [
        (horizon * 0.5 + (zenith + nadir) * 0.25) * intensity,
        (zenith - nadir) * 0.5 * intensity,
        (zenith + nadir - horizon * 2.0) * (5.0 / 16.0) * intensity,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projections_equal_their_integrals() {
        let environment = Environment {
            zenith: Vec3::new(1.0, 2.0, 3.0),
            horizon: Vec3::new(0.5, 0.7, 0.1),
            nadir: Vec3::new(0.2, 0.0, 1.0),
            intensity: 0.5,
        };
        let steps = 20_000;
        let mut sums = [Vec3::ZERO; 3];
        for i in 0..steps {
            let y = (i as f32 + 0.5) / steps as f32 * 2.0 - 1.0;
            let pole = if y > 0.0 { environment.zenith } else { environment.nadir };
            let radiance = environment.horizon.lerp(pole, y.abs()) * environment.intensity;
            for (l, p) in [1.0, y, 1.5 * y * y - 0.5].into_iter().enumerate() {
                sums[l] += radiance * p * (2.0 / steps as f32) * (2 * l + 1) as f32 * 0.5;
            }
        }
        for (closed, sum) in zonal(&environment).iter().zip(sums) {
            assert!(closed.abs_diff_eq(sum, 1e-3), "{closed} {sum}");
        }
    }
}
