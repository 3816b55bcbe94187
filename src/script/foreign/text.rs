//! Bytes → text: UTF-8, or UTF-16 of either byte order, with a byte order mark or without.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;

/// Bytes that are looked at for the byte order of a text without a mark.
const HEAD: usize = 256;

/// The text of a file's bytes, without a byte order mark.
///
/// # Errors
/// The bytes are neither UTF-8 nor UTF-16.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Diagnostic> {
    let wide = |unit: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
        let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(Cow::Owned(text.collect::<String>()))
    };
    match bytes {
        [0xFE, 0xFF, rest @ ..] => return wide(u16::from_be_bytes, rest),
        [0xFF, 0xFE, rest @ ..] => return wide(u16::from_le_bytes, rest),
        _ => {}
    }
    match unmarked(bytes) {
        Some(Order::Big) => return wide(u16::from_be_bytes, bytes),
        Some(Order::Little) => return wide(u16::from_le_bytes, bytes),
        None => {}
    }
    let bytes = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes);
    std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|error| {
        let message = format!("byte {} is no UTF-8 text", error.valid_up_to());
        Diagnostic::error("", message).help("save the file as UTF-8 text")
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Big,
    Little,
}

/// UTF-16 shows by its zeros: half of the bytes of any format's syntax are zero, all on the same side.
fn unmarked(bytes: &[u8]) -> Option<Order> {
    let pairs = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default().as_chunks::<2>().0;
    let zeros = |side: usize| pairs.iter().filter(|pair| pair[side] == 0).count();
    let (first, second) = (zeros(0), zeros(1));
    let most = pairs.len() / 3;
    if pairs.len() < 2 {
        None
    } else if first > most && second == 0 {
        Some(Order::Big)
    } else if second > most && first == 0 {
        Some(Order::Little)
    } else {
        None
    }
}
