//! Features less what the microphone, the room and the voice have in common: means and spreads over loud frames nearby.
//!
//! Recordings are measured fifteen seconds around; live sound by the eight seconds before. It knows nothing of phones.

/// Where statistics are taken, in frames. They are taken anew for every block of `step` frames, from `past` frames before its start
/// to `ahead` frames after its start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) step: usize,
    pub(super) past: usize,
    pub(super) ahead: usize,
}

/// Fifteen seconds on both sides of each second.
pub(super) const RECORDING: Reach = Reach { step: 100, past: 1500, ahead: 1600 };
/// Only what was heard; anew every 100 ms.
pub(super) const LIVE: Reach = Reach { step: 10, past: 800, ahead: 0 };

/// Frames quieter than the loudest by more (natural logarithm of power: 26 dB) are not measured.
const QUIETER: f32 = 6.0;
/// Fewer frames than this are filled up with what training saw.
const ENOUGH: f32 = 20.0;

/// Rows of features on their way.
pub(super) struct Normaliser {
    reach: Reach,
    width: usize,
    /// What training saw: means, and variances of as many of the last columns as are brought to unit variance.
    usual_means: Vec<f32>,
    usual_variances: Vec<f32>,
    /// Of the other columns.
    scale: f32,
    rows: Vec<f32>,
    levels: Vec<f32>,
    /// The number of the first row kept, and of the next to give.
    first: usize,
    next: usize,
    means: Vec<f32>,
    scales: Vec<f32>,
    row: Vec<f32>,
}

impl Normaliser {
    /// For rows as wide as `means`, the last columns of which have `variances`; the columns before are multiplied by `scale`.
    pub(super) fn new(reach: Reach, means: Vec<f32>, variances: Vec<f32>, scale: f32) -> Self {
        let width = means.len();
        Self {
            reach,
            width,
            usual_means: means,
            usual_variances: variances,
            scale,
            rows: Vec::new(),
            levels: Vec::new(),
            first: 0,
            next: 0,
            means: vec![0.0; width],
            scales: vec![scale; width],
            row: vec![0.0; width],
        }
    }

    /// Takes a row and its loudness, gives all rows that are ready.
    pub(super) fn push(&mut self, row: &[f32], level: f32, each: &mut impl FnMut(&[f32])) {
        // Kept less the usual means: small numbers, exact sums.
        self.rows.extend(row.iter().zip(&self.usual_means).map(|(value, mean)| value - mean));
        self.levels.push(level);
        self.give(false, each);
    }

    /// Gives the remaining rows.
    pub(super) fn finish(&mut self, each: &mut impl FnMut(&[f32])) {
        self.give(true, each);
    }

    fn give(&mut self, has_ended: bool, each: &mut impl FnMut(&[f32])) {
        let known = self.first + self.levels.len();
        while self.next < known {
            let block = self.next / self.reach.step * self.reach.step;
            if !has_ended && known < block + self.reach.ahead {
                break;
            }
            if self.next == block {
                self.measure(block);
            }
            let start = (self.next - self.first) * self.width;
            let row = self.rows.get(start..start + self.width).unwrap_or_default();
            let parts = row.iter().zip(&self.means).zip(&self.scales);
            for (value, ((kept, mean), scale)) in self.row.iter_mut().zip(parts) {
                *value = (kept - mean) * scale;
            }
            each(&self.row);
            self.next += 1;
        }
        self.forget();
    }

    /// Drops rows that no later block looks back to, many at a time.
    fn forget(&mut self) {
        let needed = (self.next / self.reach.step * self.reach.step).saturating_sub(self.reach.past);
        let old = needed.saturating_sub(self.first);
        if old >= 512 {
            self.rows.drain(..old * self.width);
            self.levels.drain(..old);
            self.first += old;
        }
    }

    fn measure(&mut self, block: usize) {
        let from = block.saturating_sub(self.reach.past).max(self.first) - self.first;
        let to = (block + self.reach.ahead - self.first).min(self.levels.len());
        let levels = self.levels.get(from..to).unwrap_or_default();
        let rows = self.rows.get(from * self.width..to * self.width).unwrap_or_default();
        let loudest = levels.iter().copied().fold(f32::MIN, f32::max);
        let mut count = 0.0;
        let (mut sums, mut squares) = (vec![0.0; self.width], vec![0.0; self.width]);
        for (row, level) in rows.chunks_exact(self.width.max(1)).zip(levels) {
            if *level < loudest - QUIETER {
                continue;
            }
            count += 1.0;
            for ((sum, square), value) in sums.iter_mut().zip(&mut squares).zip(row) {
                *sum += value;
                *square += value * value;
            }
        }
        let filled = (ENOUGH - count).max(0.0);
        for (mean, sum) in self.means.iter_mut().zip(&sums) {
            *mean = sum / (count + filled);
        }
        let plain = self.width - self.usual_variances.len().min(self.width);
        let spreads = self.means.iter().zip(&squares).skip(plain).zip(&self.usual_variances);
        for (scale, ((mean, square), usual)) in self.scales.iter_mut().skip(plain).zip(spreads) {
            let variance = (square + filled * usual) / (count + filled) - mean * mean;
            *scale = 1.0 / variance.max(1e-3 * usual).max(1e-6).sqrt();
        }
        for scale in self.scales.iter_mut().take(plain) {
            *scale = self.scale;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(reach: Reach, rows: &[[f32; 2]]) -> Vec<[f32; 2]> {
        let mut normaliser = Normaliser::new(reach, vec![1.0, 2.0], vec![4.0], 0.5);
        let mut found = Vec::new();
        let mut each = |row: &[f32]| found.push([row[0], row[1]]);
        for row in rows {
            normaliser.push(row, row[0], &mut each);
        }
        normaliser.finish(&mut each);
        found
    }

    fn rows(count: usize) -> Vec<[f32; 2]> {
        (0..count).map(|i| [5.0 + (i % 2) as f32, if i % 4 < 2 { -3.0 } else { 7.0 }]).collect()
    }

    #[test]
    fn recordings_have_no_mean_and_unit_variance() {
        let found = run(RECORDING, &rows(4000));
        assert_eq!(found.len(), 4000);
        assert!((found[2000][0] + 0.25).abs() < 1e-3, "{:?}", found[2000]);
        assert!((found[2000][1] + 1.0).abs() < 1e-3);
        assert!((found[2002][1] - 1.0).abs() < 1e-3);
    }

    #[test]
    fn live_sound_is_given_at_once() {
        let mut normaliser = Normaliser::new(LIVE, vec![1.0, 2.0], vec![4.0], 0.5);
        let mut given = 0;
        for (index, row) in rows(3000).iter().enumerate() {
            normaliser.push(row, row[0], &mut |_| given += 1);
            assert_eq!(given, index + 1);
        }
        assert!(normaliser.levels.len() < 1500);
    }

    #[test]
    fn what_is_quiet_is_not_measured() {
        let mut rows = rows(300);
        rows.extend(vec![[-9.0, 100.0]; 300]);
        let found = run(RECORDING, &rows);
        assert!((found[100][0] + 0.25).abs() < 1e-3, "{:?}", found[100]);
    }
}
