//! Holes in textures that are as large from far away as from near. A mean of alpha closes thin strands or holes; here each mip
//! map's alpha is scaled until as many of its texels are above the cutoff as in the picture itself
//! (Castaño, "Computing Alpha Mipmaps", 2010).

/// How many texels have each alpha.
fn histogram(texels: &[u8]) -> [u32; 256] {
    let mut counts = [0; 256];
    for alpha in texels.iter().skip(3).step_by(4) {
        counts[usize::from(*alpha)] += 1;
    }
    counts
}

/// How many points have each alpha, four of each texel, as filtering between texels shows them; `width` in texels.
fn filtered_histogram(texels: &[u8], width: usize) -> [u32; 256] {
    let alphas: Vec<u32> = texels.iter().skip(3).step_by(4).map(|alpha| u32::from(*alpha)).collect();
    let mut counts = [0; 256];
    let mut above: Option<&[u32]> = None;
    for row in alphas.chunks_exact(width.max(1)) {
        if let Some(above) = above {
            for (high, low) in above.windows(2).zip(row.windows(2)) {
                let ([a, b], [c, d]) = (high, low) else { continue };
                // A quarter of a texel away from the nearest each way.
                let (left, right) = ((3 * a + b, 3 * c + d), (a + 3 * b, c + 3 * d));
                for (near, far) in [left, (left.1, left.0), right, (right.1, right.0)] {
                    counts[((3 * near + far + 8) >> 4) as usize & 255] += 1;
                }
            }
        }
        above = Some(row);
    }
    counts
}

/// The code of which as large a share as `wanted` of the texels have at least; of several the nearest to `cutoff`.
fn threshold(counts: &[u32; 256], wanted: f64, cutoff: u8) -> u8 {
    let total = f64::from(counts.iter().sum::<u32>().max(1));
    let mut above = 0;
    let mut best = (f64::INFINITY, u8::MAX, cutoff);
    for (code, count) in (1..=u8::MAX).zip(&counts[1..]).rev() {
        above += count;
        let rank = ((f64::from(above) / total - wanted).abs(), code.abs_diff(cutoff), code);
        if rank.0.total_cmp(&best.0).then(rank.1.cmp(&best.1)).is_lt() {
            best = rank;
        }
    }
    best.2
}

/// Scales the alpha of `smaller` RGBA pictures, with their columns, of what `first` shows, so that none has more or fewer texels of `cutoff` or more.
pub(super) fn keep_coverage<'a>(
    first: &[u8],
    smaller: impl Iterator<Item = (u32, &'a mut Vec<u8>)>,
    cutoff: u8,
) {
    let cutoff = cutoff.max(1);
    let share = |counts: &[u32; 256]| {
        let above: u32 = counts[usize::from(cutoff)..].iter().sum();
        f64::from(above) / f64::from(counts.iter().sum::<u32>().max(1))
    };
    let wanted = share(&histogram(first));
    if wanted <= 0.0 || wanted >= 1.0 {
        return;
    }
    for (width, texels) in smaller {
        let mut counts = filtered_histogram(texels, width as usize);
        if counts.iter().all(|count| *count == 0) {
            counts = histogram(texels);
        }
        let found = u32::from(threshold(&counts, wanted, cutoff));
        if found == u32::from(cutoff) {
            continue;
        }
        let scaled: [u8; 256] =
            std::array::from_fn(|code| (code as u32 * u32::from(cutoff) / found).min(255) as u8);
        for alpha in texels.iter_mut().skip(3).step_by(4) {
            *alpha = scaled[usize::from(*alpha)];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(texels: &[u8], cutoff: u8) -> f64 {
        let all = texels.iter().skip(3).step_by(4);
        all.clone().filter(|alpha| **alpha >= cutoff).count() as f64 / all.count().max(1) as f64
    }

    fn alphas(all: impl Iterator<Item = u8>) -> Vec<u8> {
        all.flat_map(|alpha| [10, 20, 30, alpha]).collect()
    }

    #[test]
    fn as_many_texels_stay_above_the_cutoff() {
        for (cutoff, strand) in [(64u8, 255u8), (128, 255), (128, 140), (230, 240)] {
            // A quarter of the columns is there, in one piece; between texels both fade, so that interpolated ones count alike.
            let first = alphas((0..4096u32).map(|n| if n % 64 < 16 { strand } else { 0 }));
            let mut half = alphas((0..1024u32).map(|n| (n * 120 / 1024) as u8));
            keep_coverage(&first, [(32, &mut half)].into_iter(), cutoff);
            let found = covered(&half, cutoff);
            assert!((found - 0.25).abs() < 0.03, "{found} of the texels above {cutoff}");
        }
    }

    #[test]
    fn colors_and_solid_pictures_are_left_alone() {
        let first = alphas((0..64).map(|_| 255));
        let mut half = alphas((0..16).map(|_| 255));
        keep_coverage(&first, [(4, &mut half)].into_iter(), 128);
        assert_eq!(half, alphas((0..16).map(|_| 255)));
        let first = alphas((0..64).map(|n| if n % 8 == 0 { 255 } else { 0 }));
        let mut half = alphas((0..16).map(|n| if n % 4 == 0 { 64 } else { 32 }));
        keep_coverage(&first, [(4, &mut half)].into_iter(), 128);
        assert!(half.chunks(4).all(|texel| texel[..3] == [10, 20, 30]));
    }
}
