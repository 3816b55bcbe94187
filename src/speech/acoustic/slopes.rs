//! Cepstra with their first and second slopes over time: regressions over five frames, the second over the first.

use super::filterbank::CEPSTRA;

/// Coefficients, slopes, slopes of slopes.
pub(super) const WIDTH: usize = 3 * CEPSTRA;
/// Frames that must follow before a row is complete.
pub(super) const AHEAD: usize = 4;
const SPAN: usize = 2 * AHEAD + 1;

type Row = [f32; CEPSTRA];

/// Rows that arrive one by one; before the first and after the last they are repeated.
#[derive(Default)]
pub(super) struct Slopes {
    rows: Vec<Row>,
}

impl Slopes {
    /// The complete row of [`AHEAD`] frames before, once there is one.
    pub(super) fn push(&mut self, row: Row) -> Option<[f32; WIDTH]> {
        if self.rows.is_empty() {
            self.rows = vec![row; AHEAD];
        }
        self.rows.push(row);
        if self.rows.len() < SPAN {
            return None;
        }
        let full = full(&self.rows);
        self.rows.remove(0);
        Some(full)
    }

    /// The rows not yet given.
    pub(super) fn finish(&mut self, mut each: impl FnMut([f32; WIDTH])) {
        let Some(&last) = self.rows.last() else { return };
        for _ in 0..AHEAD {
            if let Some(row) = self.push(last) {
                each(row);
            }
        }
    }
}

fn slope(around: [&Row; 5]) -> Row {
    let [a, b, _, d, e] = around;
    std::array::from_fn(|i| ((d[i] - b[i]) + 2.0 * (e[i] - a[i])) / 10.0)
}

fn full(rows: &[Row]) -> [f32; WIDTH] {
    let at = |i: usize| &rows[i.min(rows.len() - 1)];
    let slopes: [Row; 5] = std::array::from_fn(|i| slope(std::array::from_fn(|k| at(i + k))));
    let second = slope(std::array::from_fn(|k| &slopes[k]));
    let mut full = [0.0; WIDTH];
    let parts = at(AHEAD).iter().chain(&slopes[2]).chain(&second);
    for (value, part) in full.iter_mut().zip(parts) {
        *value = *part;
    }
    full
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ramp_has_its_slope() {
        let mut slopes = Slopes::default();
        let mut found = Vec::new();
        for index in 0..30 {
            found.extend(slopes.push([index as f32 * 0.5; CEPSTRA]));
        }
        slopes.finish(|row| found.push(row));
        assert_eq!(found.len(), 30);
        let middle = &found[15];
        assert!((middle[0] - 7.5).abs() < 1e-5);
        assert!((middle[CEPSTRA] - 0.5).abs() < 1e-5);
        assert!(middle[2 * CEPSTRA].abs() < 1e-5);
    }

    #[test]
    fn a_few_rows_are_enough() {
        for count in 1..8 {
            let mut slopes = Slopes::default();
            let mut found = 0;
            for _ in 0..count {
                found += usize::from(slopes.push([1.0; CEPSTRA]).is_some());
            }
            slopes.finish(|_| found += 1);
            assert_eq!(found, count);
        }
    }
}
