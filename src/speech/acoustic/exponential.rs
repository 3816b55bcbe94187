//! An exponential that the compiler can run in parallel lanes, for sums of probabilities.

/// e to the power `x`, within 10⁻⁵ of it for −87 ≤ `x` ≤ 0; outside, that of the nearer end.
pub(super) fn exp(x: f32) -> f32 {
    // Adding and taking away 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits of the sum.
    const ROUND: f32 = 12_582_912.0;
    let scaled = x.clamp(-87.0, 0.0) * std::f32::consts::LOG2_E;
    let shifted = scaled + ROUND;
    let whole = shifted - ROUND;
    let rest = (scaled - whole) * std::f32::consts::LN_2;
    // Taylor's series up to the sixth power; |rest| ≤ ln 2 / 2.
    let series = 1.0
        + rest
            * (1.0
                + rest
                    * (0.5
                        + rest
                            * (1.0 / 6.0
                                + rest * (1.0 / 24.0 + rest * (1.0 / 120.0 + rest * (1.0 / 720.0))))));
    let exponent = shifted.to_bits().wrapping_sub(ROUND.to_bits()).wrapping_add(127) << 23;
    series * f32::from_bits(exponent)
}

/// The logarithm of the sum of exponentials of `values`, and their greatest.
pub(super) fn log_sum_exp(values: &[f32]) -> f32 {
    let most = values.iter().copied().fold(f32::MIN, f32::max);
    let sum: f32 = values.iter().map(|value| exp(value - most)).sum();
    most + libm::logf(sum.max(f32::MIN_POSITIVE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_near_the_exact_one() {
        for step in 0..=8700 {
            let x = -0.01 * step as f32;
            let right = libm::exp(f64::from(x));
            assert!((f64::from(exp(x)) - right).abs() <= 1e-5 * right, "{x}");
        }
        assert_eq!(exp(5.0), 1.0);
        assert!(exp(-1e9) > 0.0);
    }

    #[test]
    fn sums_of_probabilities() {
        assert!((log_sum_exp(&[0.0, 0.0]) - std::f32::consts::LN_2).abs() < 1e-6);
        assert!((log_sum_exp(&[-1000.0, -3.0]) + 3.0).abs() < 1e-6);
    }
}
