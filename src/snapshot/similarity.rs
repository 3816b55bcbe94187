//! How alike two pictures look: the structural similarity of their brightness (Wang, Bovik, Sheikh and Simoncelli, "Image Quality
//! Assessment: From Error Visibility to Structural Similarity", 2004), in square windows.

use crate::render::Picture;

/// Columns and rows of a window, and from one to the next.
const WINDOW: u32 = 8;
const STEP: u32 = 4;
/// (0.01 L)² and (0.03 L)² of the paper, for brightness of 0..=255.
const C1: f64 = 6.5025;
const C2: f64 = 58.5225;

/// The mean over all windows of two pictures of one size: 1 for the same picture, less the less alike, at least -1.
pub(super) fn similarity(a: &Picture, b: &Picture) -> f64 {
    let (a_bright, b_bright) = (brightness(a), brightness(b));
    let starts = |side: u32| (0..=side.saturating_sub(WINDOW)).step_by(STEP as usize);
    let (mut sum, mut count) = (0.0, 0.0);
    for top in starts(a.height) {
        for left in starts(a.width) {
            sum += window(&a_bright, &b_bright, (a.width, a.height), (left, top));
            count += 1.0;
        }
    }
    sum / f64::max(count, 1.0)
}

/// Rec. 601 luma over black.
fn brightness(picture: &Picture) -> Vec<f64> {
    let (pixels, _) = picture.rgba.as_chunks::<4>();
    let luma = |[r, g, b, alpha]: &[u8; 4]| {
        (0.299 * f64::from(*r) + 0.587 * f64::from(*g) + 0.114 * f64::from(*b)) * f64::from(*alpha) / 255.0
    };
    pixels.iter().map(luma).collect()
}

fn window(a: &[f64], b: &[f64], (width, height): (u32, u32), (left, top): (u32, u32)) -> f64 {
    let (mut n, mut sums, mut squares, mut product) = (0.0, [0.0; 2], [0.0; 2], 0.0);
    for y in top..(top + WINDOW).min(height) {
        for x in left..(left + WINDOW).min(width) {
            let at = y as usize * width as usize + x as usize;
            let (Some(&a), Some(&b)) = (a.get(at), b.get(at)) else { continue };
            n += 1.0;
            sums = [sums[0] + a, sums[1] + b];
            squares = [squares[0] + a * a, squares[1] + b * b];
            product += a * b;
        }
    }
    let n = f64::max(n, 1.0);
    let [mean_a, mean_b] = sums.map(|sum| sum / n);
    let (var_a, var_b) = (squares[0] / n - mean_a * mean_a, squares[1] / n - mean_b * mean_b);
    let covariance = product / n - mean_a * mean_b;
    (2.0 * mean_a * mean_b + C1) * (2.0 * covariance + C2)
        / ((mean_a * mean_a + mean_b * mean_b + C1) * (var_a + var_b + C2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(of: impl Fn(u32, u32) -> u8) -> Picture {
        let pixels = (0..32).flat_map(|y| (0..32).map(move |x| (x, y)));
        let rgba = pixels.flat_map(|(x, y)| [of(x, y), of(x, y), of(x, y), 255]).collect();
        Picture { width: 32, height: 32, rgba }
    }

    #[test]
    fn brighter_is_more_alike_than_torn() {
        let stripes = picture(|x, _| if x % 4 < 2 { 60 } else { 180 });
        let brighter = picture(|x, _| if x % 4 < 2 { 70 } else { 190 });
        let turned = picture(|_, y| if y % 4 < 2 { 60 } else { 180 });
        assert!((similarity(&stripes, &stripes) - 1.0).abs() < 1e-9);
        let (light, torn) = (similarity(&stripes, &brighter), similarity(&stripes, &turned));
        assert!(light > 0.98 && torn < 0.3, "{light}, {torn}");
    }

    #[test]
    fn plain_pictures_have_the_formulas_value() {
        let (a, b) = (picture(|_, _| 100), picture(|_, _| 150));
        let expected = (2.0 * 100.0 * 150.0 + C1) / (100.0f64.powi(2) + 150.0f64.powi(2) + C1);
        assert!((similarity(&a, &b) - expected).abs() < 1e-9);
    }
}
