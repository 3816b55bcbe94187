//! Are two pictures the same, within a tolerance?

use super::similarity::similarity;
use crate::render::Picture;

/// How much two pictures may differ.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// A channel may differ by this many of 255 steps.
    pub channel: u8,
    /// This share of the pixels may differ by more.
    pub outliers: f64,
}

impl Default for Tolerance {
    fn default() -> Self {
        Self { channel: 2, outliers: 0.0004 }
    }
}

/// How two pictures differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The largest difference of any channel; 255 where the sizes differ.
    pub worst: u8,
    /// The share of the pixels beyond the tolerance, 0..=1.
    pub outliers: f64,
    /// Structural similarity, 1 for the same picture; for people to judge by, not part of the tolerance.
    pub similarity: f64,
    /// Whether the tolerance holds.
    pub passes: bool,
    /// Where they differ: the first picture in pale grey, differences in red by their size.
    pub difference: Picture,
}

/// Compares `actual` with `reference`. Pictures of different size never pass.
pub fn compare(actual: &Picture, reference: &Picture, tolerance: Tolerance) -> Comparison {
    if (actual.width, actual.height) != (reference.width, reference.height)
        || actual.rgba.len() != reference.rgba.len()
    {
        return Comparison {
            worst: 255,
            outliers: 1.0,
            similarity: 0.0,
            passes: false,
            difference: actual.clone(),
        };
    }
    let (a, _) = actual.rgba.as_chunks::<4>();
    let (b, _) = reference.rgba.as_chunks::<4>();
    let mut worst = 0;
    let mut beyond = 0usize;
    let mut rgba = Vec::with_capacity(actual.rgba.len());
    for (a, b) in a.iter().zip(b) {
        let difference = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        worst = worst.max(difference);
        if difference > tolerance.channel {
            beyond += 1;
            rgba.extend([255, 255u8.saturating_sub(difference.saturating_mul(8)), 0, 255]);
        } else {
            let grey = 190 + (u16::from(a[0]) + u16::from(a[1]) + u16::from(a[2])) as u8 / 12;
            rgba.extend([grey, grey, grey, 255]);
        }
    }
    let outliers = beyond as f64 / a.len().max(1) as f64;
    Comparison {
        worst,
        outliers,
        similarity: similarity(actual, reference),
        passes: outliers <= tolerance.outliers,
        difference: Picture { width: actual.width, height: actual.height, rgba },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(rgba: Vec<u8>) -> Picture {
        Picture { width: rgba.len() as u32 / 4, height: 1, rgba }
    }

    #[test]
    fn tolerance_counts_pixels_not_channels() {
        let reference = picture([10, 20, 30, 255].repeat(10));
        let mut actual = reference.clone();
        actual.rgba[0] += 3;
        actual.rgba[1] += 3;
        let strict = compare(&actual, &reference, Tolerance::default());
        assert!(!strict.passes);
        assert_eq!(strict.worst, 3);
        assert!((strict.outliers - 0.1).abs() < 1e-9);
        assert!(compare(&actual, &reference, Tolerance { channel: 2, outliers: 0.1 }).passes);
        assert!(compare(&actual, &reference, Tolerance { channel: 3, outliers: 0.0 }).passes);
    }

    #[test]
    fn another_size_never_passes() {
        let comparison =
            compare(&picture(vec![0; 4]), &picture(vec![0; 8]), Tolerance { channel: 255, outliers: 1.0 });
        assert!(!comparison.passes);
    }
}
