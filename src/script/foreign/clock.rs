//! Times as subtitles write them: `hh:mm:ss,mmm`, `mm:ss.mmm`.

use crate::time::Time;

/// A time with at least minutes and seconds; its fraction may follow a point or a comma.
pub(super) fn read(text: &str) -> Option<Time> {
    let text = text.trim();
    text.contains(':').then(|| text.replacen(',', ".", 1).parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_follow_a_point_or_a_comma() {
        assert_eq!(read("00:01:02,5"), Some(Time::from_millis(62_500)));
        assert_eq!(read("01:02.050"), Some(Time::from_millis(62_050)));
        for bad in ["", "5.0", "1:60", "a:b", "-1:00", "1:2:3:4"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
