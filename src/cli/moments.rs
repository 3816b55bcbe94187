//! Moments named on the command line: one, several, or every so often from one to another.

use crate::time::Time;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// So many pictures at once are a film.
const MOST: i64 = 10_000;

/// At least one moment, as written: `1`, `1,2.5,10` or `1..3/0.5` for 1, 1.5, 2, 2.5 and 3 s.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moments(Vec<Time>);

impl Moments {
    /// In the order in which they were given.
    pub(super) fn all(&self) -> &[Time] {
        &self.0
    }
}

impl FromStr for Moments {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut moments = Vec::new();
        for part in text.split(',') {
            match part.split_once("..") {
                None => moments.push(time(part)?),
                Some((from, rest)) => {
                    let (to, step) = rest.split_once('/').ok_or_else(|| format!("write {part}/STEP"))?;
                    moments.extend(series(time(from)?, time(to)?, time(step)?)?);
                }
            }
        }
        Ok(Self(moments))
    }
}

fn time(text: &str) -> Result<Time, String> {
    text.parse::<Time>().map_err(|error| error.to_string())
}

fn series(from: Time, to: Time, step: Time) -> Result<impl Iterator<Item = Time>, String> {
    let (from, to, step) = (from.as_nanos(), to.as_nanos(), step.as_nanos());
    if step <= 0 {
        return Err("the step must be more than 0".into());
    }
    if to < from {
        return Err("the end comes before the beginning".into());
    }
    let steps = (to - from) / step;
    if steps >= MOST {
        return Err(format!("more than {MOST} pictures are a film: `rhetor render` makes one"));
    }
    Ok((0..=steps).map(move |n| Time::from_nanos(from + n * step)))
}

/// `path` with the moment's milliseconds: `out.png` is `out-2500.png`.
pub(super) fn named(path: &Path, at: Time) -> PathBuf {
    let part = |part: Option<&std::ffi::OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let (stem, extension) = (part(path.file_stem()), part(path.extension()));
    path.with_file_name(format!("{stem}-{}.{extension}", at.as_nanos() / 1_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_as_written() {
        let millis = |text: &str| -> Vec<i64> {
            text.parse::<Moments>().unwrap().all().iter().map(|t| t.as_nanos() / 1_000_000).collect()
        };
        assert_eq!(millis("2.5"), [2500]);
        assert_eq!(millis("1,0:02.5,1:00"), [1000, 2500, 60_000]);
        assert_eq!(millis("1..3/0.5,9"), [1000, 1500, 2000, 2500, 3000, 9000]);
        assert_eq!(millis("0..1/0.3"), [0, 300, 600, 900]);
        for (bad, complaint) in [
            ("", "is not a time"),
            ("1..2", "write 1..2/STEP"),
            ("1..2/0", "more than 0"),
            ("2..1/1", "before the beginning"),
            ("0..100/0.001", "a film"),
            ("1;2", "is not a time"),
        ] {
            let error = bad.parse::<Moments>().unwrap_err();
            assert!(error.contains(complaint), "{bad}: {error}");
        }
        assert_eq!(named(Path::new("a/b.png"), Time::from_millis(2500)), Path::new("a/b-2500.png"));
    }
}
