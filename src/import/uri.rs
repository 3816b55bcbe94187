//! URIs in a document: inline data, or a file beside the document. Nothing else is followed.

use crate::source::{Source, SourceError};
use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Why a URI gave no bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum UriError {
    /// `http://` and its like.
    #[error("'{0}' is a network or system address; only files beside the document or below it may be named")]
    Address(String),
    /// Percent signs that spell no text, or control characters.
    #[error("'{0}' is not a file name")]
    NotAName(String),
    /// A `data:` URI that is not base64.
    #[error("an inline data URI is not valid base64")]
    NotBase64,
    /// The source refused or failed.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// The bytes that `uri` stands for.
pub(super) fn read(uri: &str, source: &dyn Source) -> Result<Vec<u8>, UriError> {
    if let Some(data) = strip_scheme(uri, "data") {
        let (head, body) = data.split_once(',').ok_or(UriError::NotBase64)?;
        return if head.ends_with(";base64") {
            base64(body.as_bytes()).ok_or(UriError::NotBase64)
        } else {
            Ok(percent_decoded(body))
        };
    }
    Ok(source.read(&relative_name(uri)?)?)
}

fn strip_scheme<'a>(uri: &'a str, scheme: &str) -> Option<&'a str> {
    let (head, rest) = uri.split_once(':')?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// A plain relative path, decoded, that cannot leave its folder.
fn relative_name(uri: &str) -> Result<String, UriError> {
    let shown = || uri.chars().take(80).collect::<String>();
    let name = String::from_utf8(percent_decoded(uri)).map_err(|_| UriError::NotAName(shown()))?;
    // A scheme, or a drive letter; neither can be part of a name that every system can hold.
    if name.contains(':') {
        return Err(UriError::Address(shown()));
    }
    let is_rooted = name.starts_with(['/', '\\']);
    if is_rooted || name.split(['/', '\\']).any(|part| part == "..") {
        return Err(SourceError::Outside(shown()).into());
    }
    if name.is_empty() || name.chars().any(char::is_control) {
        return Err(UriError::NotAName(shown()));
    }
    let plain: Vec<&str> = name.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    Ok(plain.join("/"))
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    out
}

/// Standard and URL-safe alphabets, padding and line breaks optional (RFC 4648).
fn base64(text: &[u8]) -> Option<Vec<u8>> {
    const LENIENT: GeneralPurpose = GeneralPurpose::new(
        &STANDARD,
        GeneralPurposeConfig::new()
            .with_decode_padding_mode(DecodePaddingMode::Indifferent)
            .with_decode_allow_trailing_bits(true),
    );
    let standard = |byte: &u8| match byte {
        b'-' => b'+',
        b'_' => b'/',
        other => *other,
    };
    let plain: Vec<u8> = text.iter().filter(|b| !b.is_ascii_whitespace()).map(standard).collect();
    LENIENT.decode(plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn reads_inline_and_relative() {
        let source = BTreeMap::from([("tex/a b.bin".to_owned(), vec![7])]);
        assert_eq!(read("data:application/octet-stream;base64,aGVsbG8=", &source), Ok(b"hello".to_vec()));
        assert_eq!(read("data:,a%20b", &source), Ok(b"a b".to_vec()));
        assert_eq!(read("./tex/a%20b.bin", &source), Ok(vec![7]));
        assert_eq!(read("data:;base64,a?b", &source), Err(UriError::NotBase64));
    }

    #[test]
    fn follows_nothing_out_of_the_folder() {
        let source = BTreeMap::<String, Vec<u8>>::new();
        for uri in
            ["../a", "a/../../b", "%2e%2e/a", "..\\a", "/etc/passwd", "\\\\host\\share", "%2Fetc/passwd"]
        {
            assert!(matches!(read(uri, &source), Err(UriError::Source(SourceError::Outside(_)))), "{uri}");
        }
        for uri in ["http://example.org/a.png", "file:///a", "C:/a.bin", "HTTPS://x", "file%3A///a"] {
            assert!(matches!(read(uri, &source), Err(UriError::Address(_))), "{uri}");
        }
        assert!(matches!(read("a%00b", &source), Err(UriError::NotAName(_))));
    }
}
