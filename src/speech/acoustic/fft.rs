//! The power spectrum of 512 real samples, by a complex transform of half the size.
//!
//! Scalar arithmetic in a fixed order and twiddles from `libm`, so that its bits do not depend on the machine.

use std::f64::consts::PI;

/// Samples of a transform.
pub(super) const SIZE: usize = 512;
/// Values of a power spectrum: from 0 Hz to half the sampling rate.
pub(super) const BINS: usize = HALF + 1;
const HALF: usize = SIZE / 2;

/// Tables of a transform.
pub(super) struct Fft {
    /// Where each sample goes before the first stage.
    swap: [u8; HALF],
    /// Twiddles of all stages one after another: the stage of half length `h` starts at `h - 1`.
    cos: Vec<f32>,
    sin: Vec<f32>,
    /// Twiddles that part the spectra of even and odd samples.
    part_cos: Vec<f32>,
    part_sin: Vec<f32>,
    re: [f32; HALF],
    im: [f32; HALF],
}

impl Fft {
    pub(super) fn new() -> Self {
        let mut swap = [0; HALF];
        for (index, place) in swap.iter_mut().enumerate() {
            *place = (index as u8).reverse_bits();
        }
        let (mut cos, mut sin) = (Vec::with_capacity(HALF), Vec::with_capacity(HALF));
        let mut half = 1;
        while half < HALF {
            for index in 0..half {
                let angle = -PI * index as f64 / half as f64;
                cos.push(libm::cos(angle) as f32);
                sin.push(libm::sin(angle) as f32);
            }
            half *= 2;
        }
        let angle = |index: usize| 2.0 * PI * index as f64 / SIZE as f64;
        Self {
            swap,
            cos,
            sin,
            part_cos: (0..BINS).map(|i| libm::cos(angle(i)) as f32).collect(),
            part_sin: (0..BINS).map(|i| libm::sin(angle(i)) as f32).collect(),
            re: [0.0; HALF],
            im: [0.0; HALF],
        }
    }

    /// The squared magnitudes of the transform of `samples`.
    pub(super) fn power(&mut self, samples: &[f32; SIZE], power: &mut [f32; BINS]) {
        let (pairs, _) = samples.as_chunks::<2>();
        for ((re, im), &place) in self.re.iter_mut().zip(&mut self.im).zip(&self.swap) {
            [*re, *im] = pairs[usize::from(place)];
        }
        let mut half = 1;
        while half < HALF {
            let twiddles = half - 1..2 * half - 1;
            stage(&mut self.re, &mut self.im, &self.cos[twiddles.clone()], &self.sin[twiddles]);
            half *= 2;
        }
        let parts = self.part_cos.iter().zip(&self.part_sin);
        for (index, (value, (cos, sin))) in power.iter_mut().zip(parts).enumerate() {
            let (near, far) = (index % HALF, (HALF - index) % HALF);
            let (a_re, a_im, b_re, b_im) = (self.re[near], self.im[near], self.re[far], self.im[far]);
            let (even_re, even_im) = (0.5 * (a_re + b_re), 0.5 * (a_im - b_im));
            let (odd_re, odd_im) = (0.5 * (a_im + b_im), 0.5 * (b_re - a_re));
            let re = even_re + (cos * odd_re + sin * odd_im);
            let im = even_im + (cos * odd_im - sin * odd_re);
            *value = re * re + im * im;
        }
    }
}

/// One stage of butterflies; the number of twiddles is half its length.
fn stage(re: &mut [f32], im: &mut [f32], cos: &[f32], sin: &[f32]) {
    let half = cos.len();
    for (re, im) in re.chunks_exact_mut(2 * half).zip(im.chunks_exact_mut(2 * half)) {
        let (a_re, b_re) = re.split_at_mut(half);
        let (a_im, b_im) = im.split_at_mut(half);
        let twiddles = cos.iter().zip(sin);
        let rows = a_re.iter_mut().zip(a_im).zip(b_re.iter_mut().zip(b_im)).zip(twiddles);
        for (((a_re, a_im), (b_re, b_im)), (cos, sin)) in rows {
            let turned_re = *b_re * cos - *b_im * sin;
            let turned_im = *b_re * sin + *b_im * cos;
            *b_re = *a_re - turned_re;
            *b_im = *a_im - turned_im;
            *a_re += turned_re;
            *a_im += turned_im;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_definition() {
        let mut seed = 1_u32;
        let mut samples = [0.0; SIZE];
        for sample in &mut samples {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *sample = (seed >> 8) as f32 / 8_388_608.0 - 1.0;
        }
        let mut power = [0.0; BINS];
        Fft::new().power(&samples, &mut power);
        for (bin, &power) in power.iter().enumerate() {
            let (mut re, mut im) = (0.0, 0.0);
            for (index, &sample) in samples.iter().enumerate() {
                let angle = 2.0 * PI * (bin * index % SIZE) as f64 / SIZE as f64;
                re += f64::from(sample) * libm::cos(angle);
                im -= f64::from(sample) * libm::sin(angle);
            }
            let right = re * re + im * im;
            assert!(
                (f64::from(power) - right).abs() < 1e-3 * right.max(1.0),
                "bin {bin}: {power}, not {right}"
            );
        }
    }
}
