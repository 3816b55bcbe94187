//! The elements of SSML: which are read, with which attributes, and which have another place.

use roxmltree::Node;

use crate::script::document::{Fault, suggest};

/// The namespace of SSML.
const SSML: &str = "http://www.w3.org/2001/10/synthesis";

/// What an element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of it.
    Speak,
    Paragraph,
    Sentence,
    /// Bounds a word, which changes nothing.
    Word,
    Break,
    Emphasis,
    Prosody,
    Phoneme,
    Sub,
    SayAs,
    Mark,
    /// For other programs.
    Skip,
}

/// One row of the table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) attributes: &'static [&'static str],
    /// Attributes that change nothing here.
    pub(super) left_out: &'static [&'static str],
}

/// Those that are read (SSML 1.1, sections 3.1 to 3.3).
const ELEMENTS: &[Row] = &[
    row("speak", Kind::Speak, &["version"], &["startmark", "endmark", "onlangfailure"]),
    row("p", Kind::Paragraph, &["id"], &["onlangfailure"]),
    row("s", Kind::Sentence, &["id"], &["onlangfailure"]),
    row("token", Kind::Word, &["id"], &["onlangfailure", "role"]),
    row("w", Kind::Word, &["id"], &["onlangfailure", "role"]),
    row("break", Kind::Break, &["time", "strength"], &[]),
    row("emphasis", Kind::Emphasis, &["level"], &[]),
    row("prosody", Kind::Prosody, &["rate", "pitch", "volume"], &["range", "contour", "duration"]),
    row("phoneme", Kind::Phoneme, &["alphabet", "ph"], &["type"]),
    row("sub", Kind::Sub, &["alias"], &[]),
    row("say-as", Kind::SayAs, &["interpret-as"], &["format", "detail"]),
    row("mark", Kind::Mark, &["name"], &[]),
    row("metadata", Kind::Skip, &[], &[]),
    row("meta", Kind::Skip, &["name", "content", "http-equiv"], &[]),
];

/// Those that have another place in a speech, with that place.
const ELSEWHERE: &[(&str, &str)] = &[
    ("voice", "name the voice beside the text: voice = \"…\" of a line or a speaker"),
    ("lang", "write another line with its own 'language'"),
    ("audio", "name sounds in [[audio]] of the script, recordings in 'audio' of a line"),
    ("lexicon", "write the phones of a word with <phoneme>"),
    ("lookup", "write the phones of a word with <phoneme>"),
    ("desc", "it belongs to <audio>, which is not read here"),
];

const fn row(
    name: &'static str,
    kind: Kind,
    attributes: &'static [&'static str],
    left_out: &'static [&'static str],
) -> Row {
    Row { name, kind, attributes, left_out }
}

/// The row of an element.
///
/// # Errors
/// It is not known, or has another place.
pub(super) fn find(node: Node<'_, '_>) -> Result<&'static Row, Fault> {
    let tag = node.tag_name();
    let name = tag.name();
    if tag.namespace().is_none_or(|namespace| namespace == SSML) {
        if let Some(row) = ELEMENTS.iter().find(|row| row.name == name) {
            return Ok(row);
        }
        if let Some((_, help)) = ELSEWHERE.iter().find(|(known, _)| *known == name) {
            return Err(Fault::new(format!("<{name}> is not read here")).help(*help));
        }
    }
    let names: Vec<&str> = ELEMENTS.iter().map(|row| row.name).collect();
    Err(Fault::new(format!("no element is called '{name}'")).help(suggest(name, &names)))
}
