//! XML with the places of its mistakes, and text made fit for it.

use crate::script::document::Fault;

/// Parses a whole text.
///
/// # Errors
/// It is no XML, and where.
pub(super) fn parse(text: &str) -> Result<roxmltree::Document<'_>, Fault> {
    roxmltree::Document::parse(text).map_err(|error| {
        let roxmltree::TextPos { row, col } = error.pos();
        Fault::new(format!("it is no XML: {error}")).at(offset_of(text, row, col))
    })
}

/// The byte offset of a 1-based row and column.
fn offset_of(text: &str, row: u32, column: u32) -> usize {
    let line = text.split_inclusive('\n').take((row as usize).saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text.get(line..).unwrap_or_default();
    line + rest.chars().take((column as usize).saturating_sub(1)).map(char::len_utf8).sum::<usize>()
}

/// A text as the content of an element or of an attribute in double quotes; characters that XML has no way to write are
/// left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if u32::from(c) < 0x20 || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => out.push(c),
        }
    }
    out
}
