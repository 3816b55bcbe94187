//! The rows of a text, however they end, and the fields of a row, each with its place.

/// A row without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Row<'a> {
    /// Byte offset in the text.
    pub(super) at: usize,
    pub(super) text: &'a str,
}

impl<'a> Row<'a> {
    /// What stands between white space.
    pub(super) fn fields(self) -> Vec<&'a str> {
        self.text.split_whitespace().collect()
    }

    /// Whether nothing stands in it.
    pub(super) fn is_blank(self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The rows of `text`, which end in LF, CR LF or a lone CR.
pub(super) fn rows(text: &str) -> impl Iterator<Item = Row<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let row = Row { at, text: &rest[..end] };
        let after = &rest[end..];
        let skip = if after.starts_with("\r\n") { 2 } else { usize::from(!after.is_empty()) };
        at += end + skip;
        Some(row)
    })
}

/// A finite number as tools write it, with a point or, between digits, a comma; `None` for names such as `inf`.
pub(super) fn number(field: &str) -> Option<f64> {
    let begins = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
    if !field.starts_with(begins) {
        return None;
    }
    let parsed = if field.contains(',') { field.replacen(',', ".", 1).parse() } else { field.parse() };
    parsed.ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_in_any_way() {
        let found: Vec<(usize, &str)> = rows("a\nb\r\n\rc\n").map(|row| (row.at, row.text)).collect();
        assert_eq!(found, [(0, "a"), (2, "b"), (5, ""), (6, "c")]);
        assert_eq!(rows("").count(), 0);
        assert_eq!(number("1,5"), Some(1.5));
        assert_eq!(
            (number("-0.5"), number("inf"), number("nan"), number("e5")),
            (Some(-0.5), None, None, None)
        );
    }
}
