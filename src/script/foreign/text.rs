//! Bytes → text: UTF-8, or UTF-16 with a byte order mark, as Praat writes it.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;

/// The text of a file's bytes.
///
/// # Errors
/// The bytes are neither UTF-8 nor marked UTF-16.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    let wide = |unit: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect::<String>()
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => Ok(Cow::Owned(wide(u16::from_be_bytes, rest))),
        [0xFF, 0xFE, rest @ ..] => Ok(Cow::Owned(wide(u16::from_le_bytes, rest))),
        _ => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
            let message = format!("byte {} is no UTF-8 text", error.valid_up_to());
            Diagnostic::error("", message).help("save the file as UTF-8 text")
        }),
    }
}
