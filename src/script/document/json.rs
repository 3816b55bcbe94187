//! JSON (RFC 8259) → nodes.
//!
//! Strict: no comments, no trailing commas, no NaN; a key may stand once; nesting is bounded.

use std::borrow::Cow;

use super::node::{Entry, Kind, Node, repeated};
use super::{Fault, suggest};

const DEEPEST: usize = 64;

/// Parses a whole text.
///
/// # Errors
/// The first thing that is not JSON.
pub(crate) fn parse(text: &str) -> Result<Node<'_>, Fault> {
    parse_as(text, Numbers::Finite)
}

/// Parses a whole text that another program wrote: Python's `NaN` and infinities are null.
///
/// # Errors
/// The first thing that is not JSON.
pub(crate) fn parse_foreign(text: &str) -> Result<Node<'_>, Fault> {
    parse_as(text, Numbers::Any)
}

/// What may stand for a number.
#[derive(Clone, Copy, PartialEq)]
enum Numbers {
    Finite,
    Any,
}

fn parse_as(text: &str, numbers: Numbers) -> Result<Node<'_>, Fault> {
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut parser = Parser { text, at: start, numbers };
    let node = parser.value(0)?;
    parser.skip_space();
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err(Fault::new("more text after the end of the document").at(parser.at)),
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    numbers: Numbers,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn take(&mut self, c: char) -> bool {
        let found = self.rest().starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn expected(&self, what: &str) -> Fault {
        match self.peek() {
            None => Fault::new(format!("the text ends where {what} is expected"))
                .help("the file is cut off or empty")
                .at(self.at),
            Some(c) => Fault::new(format!("{what} is expected, not '{}'", c.escape_debug())).at(self.at),
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node<'a>, Fault> {
        self.skip_space();
        let at = self.at;
        let kind = match self.peek() {
            Some('{' | '[') if depth >= DEEPEST => {
                return Err(Fault::new(format!("nested more than {DEEPEST} deep")).at(at));
            }
            Some('{') => Kind::Table(self.table(depth)?),
            Some('[') => Kind::List(self.list(depth)?),
            Some('"') => Kind::Text(self.string()?),
            Some('-') if self.numbers == Numbers::Any && self.rest().starts_with("-Infinity") => {
                self.at += "-Infinity".len();
                Kind::Null
            }
            Some(c) if c == '-' || c.is_ascii_digit() => Kind::Number(Cow::Borrowed(self.number()?)),
            Some(c) if c.is_alphabetic() => self.word()?,
            _ => return Err(self.expected("a value")),
        };
        Ok(Node { at, kind })
    }

    fn table(&mut self, depth: usize) -> Result<Vec<Entry<'a>>, Fault> {
        self.take('{');
        let mut entries = Vec::new();
        self.skip_space();
        if self.take('}') {
            return Ok(entries);
        }
        loop {
            self.skip_space();
            let at = self.at;
            if self.peek() != Some('"') {
                return Err(self.expected("a key in quotes"));
            }
            let key = self.string()?;
            self.skip_space();
            if !self.take(':') {
                return Err(self.expected("':' after the key"));
            }
            let value = self.value(depth + 1)?;
            entries.push(Entry { key, at, value });
            self.skip_space();
            if self.take('}') {
                break;
            }
            if !self.take(',') {
                return Err(self.expected("',' or '}'"));
            }
        }
        match repeated(&entries) {
            Some(entry) => Err(Fault::new(format!("the key '{}' stands twice", entry.key)).at(entry.at)),
            None => Ok(entries),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node<'a>>, Fault> {
        self.take('[');
        let mut items = Vec::new();
        self.skip_space();
        if self.take(']') {
            return Ok(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.take(']') {
                return Ok(items);
            }
            if !self.take(',') {
                return Err(self.expected("',' or ']'"));
            }
        }
    }

    fn string(&mut self) -> Result<Cow<'a, str>, Fault> {
        let begin = self.at;
        let inside = self.rest().get(1..).unwrap_or_default();
        let mut escaped = false;
        let mut any_escape = false;
        for (offset, c) in inside.char_indices() {
            match c {
                '"' if !escaped => {
                    self.at = begin + 1 + offset + 1;
                    if !any_escape {
                        return Ok(Cow::Borrowed(&inside[..offset]));
                    }
                    let quoted = &self.text[begin..self.at];
                    return serde_json::from_str(quoted)
                        .map(Cow::Owned)
                        .map_err(|_| Fault::new("a text holds a wrong escape after '\\'").at(begin));
                }
                c if u32::from(c) < 0x20 => {
                    return Err(Fault::new("a text holds a line break or control character")
                        .help("close the quote, or write \\n")
                        .at(begin + 1 + offset));
                }
                _ => {
                    escaped = c == '\\' && !escaped;
                    any_escape |= escaped;
                }
            }
        }
        Err(Fault::new("a text is not closed with '\"'").at(begin))
    }

    fn number(&mut self) -> Result<&'a str, Fault> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | '.' | 'e' | 'E')))
            .unwrap_or(rest.len());
        let digits = &rest[..end];
        if !is_number(digits) {
            return Err(Fault::new(format!("'{digits}' is no number as JSON writes it")).at(self.at));
        }
        self.at += end;
        Ok(digits)
    }

    fn word(&mut self) -> Result<Kind<'a>, Fault> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let kind = match &rest[..end] {
            "null" => Kind::Null,
            "true" => Kind::Bool(true),
            "false" => Kind::Bool(false),
            "NaN" | "Infinity" if self.numbers == Numbers::Any => Kind::Null,
            word @ ("NaN" | "Infinity" | "nan" | "inf" | "Inf") => {
                return Err(Fault::new(format!("'{word}' is not a finite number")).at(self.at));
            }
            word => {
                let help = suggest(word, &["true", "false", "null"]);
                return Err(Fault::new(format!("'{word}' is no value")).help(help).at(self.at));
            }
        };
        self.at += end;
        Ok(kind)
    }
}

/// `-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.strip_prefix(['+', '-']).unwrap_or(exponent)),
        None => (text, "0"),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && digits(fraction) && digits(exponent)
}
