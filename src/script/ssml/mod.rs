//! SSML in a line's text: a subset of the W3C's Speech Synthesis Markup Language 1.1, and inline marks within it.
//!
//! Elements become marks and markup over plain text. No entity but XML's own five is known, nothing is fetched, depth
//! and size are bounded, and what is unknown is refused with its place.

mod elements;
mod phonemes;
mod values;

use roxmltree::{Attribute, Document, Node, ParsingOptions};

use self::elements::{Kind, Row};
use super::document::{Fault, suggest};
use super::inline::{self, Unknown};
use super::mark::{self, Argument, EMPHASIS, Encloses, PAUSE, Scope};
use super::markup::{DEFAULT_EMPHASIS, Manner, Markup, emphasis_levels};
use super::plain::{Builder, Plain};
use crate::diagnostic::Severity;

/// Bytes of one text.
const LONGEST: usize = 1 << 20;
/// Elements, texts and comments of one text.
const MOST_NODES: u32 = 10_000;
const MOST_WARNINGS: usize = 20;
/// Elements within one another.
const DEEPEST: usize = 32;
/// Seconds between two paragraphs, beside the silence between sentences.
const PARAGRAPH: f64 = 0.4;
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Whether a text is SSML: its first element is `<speak>`.
pub fn is_ssml(text: &str) -> bool {
    let text = text.trim_start_matches('\u{FEFF}').trim_start();
    let ends = |rest: &str| rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    text.starts_with("<?xml") || text.strip_prefix("<speak").is_some_and(ends)
}

/// Reads a text in SSML. The offset of a fault is a byte offset in `text`.
pub(super) fn parse(text: &str, speakers: &[&str], unknown: Unknown) -> Result<Plain, Fault> {
    let body = text.trim_start_matches('\u{FEFF}').trim_start();
    let skipped = text.len() - body.len();
    if body.len() > LONGEST {
        let fault = Fault::new(format!("more than {} KiB of SSML in one line", LONGEST >> 10));
        return Err(fault.help("cut it into several lines").at(skipped));
    }
    let options = ParsingOptions { nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(body, options).map_err(|error| {
        let told = error.to_string();
        let told = told.rsplit_once(" at ").map_or(told.as_str(), |(told, _)| told);
        let help = "close every element, and write &lt; and &amp; for < and &";
        let at = skipped + offset_of(body, error.pos());
        Fault::new(format!("broken SSML: {told}")).help(help).at(at)
    })?;
    let builder = Builder::default();
    let (language, warnings) = (None, Vec::new());
    let mut reader = Reader { body, skipped, speakers, unknown, builder, boundary: None, language, warnings };
    reader.element(document.root_element(), 0)?;
    let Reader { builder, language, warnings, .. } = reader;
    Ok(Plain { language, warnings, ..builder.finish() })
}

/// The byte offset of a line and a column in characters, both from 1.
fn offset_of(text: &str, place: roxmltree::TextPos) -> usize {
    let mut begin = 0;
    for line in text.split_inclusive('\n').take(place.row.saturating_sub(1) as usize) {
        begin += line.len();
    }
    let rest = text.get(begin..).unwrap_or_default();
    let column = place.col.saturating_sub(1) as usize;
    begin + rest.char_indices().nth(column).map_or(rest.len(), |(at, _)| at)
}

struct Reader<'a> {
    body: &'a str,
    /// Bytes before the body.
    skipped: usize,
    speakers: &'a [&'a str],
    unknown: Unknown,
    builder: Builder,
    /// A sentence or paragraph ended here: seconds of silence beside those between sentences.
    boundary: Option<f64>,
    language: Option<String>,
    warnings: Vec<Fault>,
}

impl Reader<'_> {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        let at = self.skipped + node.range().start;
        if depth > DEEPEST {
            return Err(Fault::new(format!("elements stand more than {DEEPEST} deep")).at(at));
        }
        let row = elements::find(node).map_err(|fault| fault.at(at))?;
        if (depth == 0) != (row.kind == Kind::Speak) {
            let fault = Fault::new(format!("<{}> does not stand here", row.name));
            return Err(fault.help("SSML is one <speak>, and all else stands in it").at(at));
        }
        self.attributes(node, row)?;
        let value = |name: &str| node.attribute_node(name);
        match row.kind {
            Kind::Skip => {}
            Kind::Speak | Kind::Word => self.children(node, depth)?,
            Kind::Sentence | Kind::Paragraph => {
                let secs = if row.kind == Kind::Paragraph { PARAGRAPH } else { 0.0 };
                self.bound(secs);
                self.children(node, depth)?;
                self.bound(secs);
            }
            Kind::Break => {
                if let Some(secs) = self.pause(value("time"), value("strength"))? {
                    self.silence(at, secs);
                }
            }
            Kind::Mark => self.mark(at, node)?,
            Kind::Emphasis => {
                let level = value("level").map_or(Ok(DEFAULT_EMPHASIS.to_owned()), |level| {
                    one_of(level.value(), &emphasis_levels()).map_err(|fault| self.at_value(level, fault))
                })?;
                self.settle(at);
                let number = self.builder.mark(at, EMPHASIS, vec![level], Scope::Speaker);
                self.children(node, depth)?;
                self.builder.close_mark(number);
            }
            Kind::Prosody => {
                let manner = self.manner(node)?;
                self.settle(at);
                let number = self.builder.open(Markup::Manner(manner));
                self.children(node, depth)?;
                self.builder.close(number);
            }
            Kind::Phoneme | Kind::Sub | Kind::SayAs => self.atomic(node, row, at)?,
        }
        Ok(())
    }

    fn children(&mut self, node: Node<'_, '_>, depth: usize) -> Result<(), Fault> {
        for child in node.children() {
            if child.is_element() {
                self.element(child, depth + 1)?;
            } else if child.is_text() {
                self.text(child)?;
            }
        }
        Ok(())
    }

    /// Text with inline marks.
    fn text(&mut self, node: Node<'_, '_>) -> Result<(), Fault> {
        let text = node.text().unwrap_or_default();
        let range = node.range();
        let start = self.skipped + range.start;
        // With an entity in it, its places are not those of what it stands for.
        let exact = self.body.get(range) == Some(text);
        if !text.trim().is_empty() {
            self.settle(start);
        }
        let place = |at: usize| if exact { start + at } else { start };
        inline::feed(&mut self.builder, text, self.speakers, self.unknown, &place)
    }

    /// A stretch that is said as one: no marks and no elements stand in it.
    fn atomic(&mut self, node: Node<'_, '_>, row: &Row, at: usize) -> Result<(), Fault> {
        if let Some(inner) = node.children().find(Node::is_element) {
            let fault = Fault::new(format!("<{}> holds text only", row.name));
            return Err(fault.at(self.skipped + inner.range().start));
        }
        let text: String = node.children().filter(Node::is_text).filter_map(|child| child.text()).collect();
        let lacks = match row.kind {
            Kind::Phoneme => !text.chars().any(char::is_alphanumeric),
            _ => text.trim().is_empty(),
        };
        if lacks {
            let fault = Fault::new(format!("<{}> holds no word", row.name));
            return Err(fault.help("write the word that is shown between its tags").at(at));
        }
        let markup = match row.kind {
            Kind::Phoneme => Some(Markup::Phones(self.phones(node, at)?)),
            Kind::Sub => Some(Markup::Alias(self.alias(node, at)?)),
            _ => self.say_as(node, &text, at)?.map(Markup::Alias),
        };
        self.settle(at);
        let number = markup.map(|markup| self.builder.open(markup));
        text.chars().for_each(|c| self.builder.push(c));
        if let Some(number) = number {
            self.builder.close(number);
        }
        Ok(())
    }

    fn phones(&self, node: Node<'_, '_>, at: usize) -> Result<Vec<Vec<(String, u8)>>, Fault> {
        let alphabet = match node.attribute_node("alphabet") {
            Some(named) => one_of(named.value(), phonemes::ALPHABETS).map_err(|f| self.at_value(named, f))?,
            None => "ipa".to_owned(),
        };
        let Some(written) = node.attribute_node("ph") else {
            return Err(Fault::new("<phoneme> has no 'ph'").help("write its phones: ph=\"…\"").at(at));
        };
        phonemes::read(written.value(), &alphabet).map_err(|fault| self.at_value(written, fault))
    }

    fn alias(&self, node: Node<'_, '_>, at: usize) -> Result<String, Fault> {
        let alias = node.attribute_node("alias");
        let said: Vec<&str> = alias.map_or("", |alias| alias.value()).split_whitespace().collect();
        let said = said.join(" ");
        if said.chars().any(char::is_alphanumeric) {
            return Ok(said);
        }
        Err(Fault::new("<sub> has no words to say").help("write them: alias=\"…\"").at(at))
    }

    /// What is said for a text of a kind; `None` where it is said as it stands.
    fn say_as(&mut self, node: Node<'_, '_>, text: &str, at: usize) -> Result<Option<String>, Fault> {
        let Some(kind) = node.attribute_node("interpret-as") else {
            let help = "write what it is: interpret-as=\"characters\"";
            return Err(Fault::new("<say-as> has no 'interpret-as'").help(help).at(at));
        };
        match values::said_as(text, kind.value()) {
            Ok(said) => Ok(said),
            Err(fault) => {
                self.warn(self.at_value(kind, fault));
                Ok(None)
            }
        }
    }

    /// A mark that is known and takes nothing is that mark; others are for other programs.
    fn mark(&mut self, at: usize, node: Node<'_, '_>) -> Result<(), Fault> {
        let name = node.attribute("name").unwrap_or_default().trim();
        if name.is_empty() {
            return Err(Fault::new("<mark> has no 'name'").at(at));
        }
        let known = mark::known(name).filter(|row| {
            row.encloses != Encloses::Must && matches!(row.argument, Argument::None | Argument::Weight)
        });
        let (name, scope) = match known {
            Some(row) => (name.to_owned(), row.scope),
            None if name.starts_with("x-") => (name.to_owned(), Scope::Speaker),
            None => (format!("x-{name}"), Scope::Speaker),
        };
        self.builder.mark(at, &name, Vec::new(), scope);
        Ok(())
    }

    fn pause(
        &self,
        time: Option<Attribute<'_, '_>>,
        strength: Option<Attribute<'_, '_>>,
    ) -> Result<Option<f64>, Fault> {
        if let Some(time) = time {
            return values::seconds(time.value()).map(Some).map_err(|fault| self.at_value(time, fault));
        }
        let strength = strength.map(|s| values::strength(s.value()).map_err(|f| self.at_value(s, f)));
        strength.unwrap_or_else(|| values::strength("medium"))
    }

    fn manner(&self, node: Node<'_, '_>) -> Result<Manner, Fault> {
        let mut manner = Manner::default();
        for attribute in node.attributes() {
            let read = match attribute.name() {
                "rate" => values::rate(attribute.value()).map(|rate| manner.rate = rate),
                "pitch" => values::pitch(attribute.value()).map(|pitch| manner.pitch = pitch),
                "volume" => values::volume(attribute.value()).map(|volume| manner.volume_db = volume),
                _ => Ok(()),
            };
            read.map_err(|fault| self.at_value(attribute, fault))?;
        }
        Ok(manner)
    }

    /// Unknown attributes are refused; those that change nothing here are told.
    fn attributes(&mut self, node: Node<'_, '_>, row: &Row) -> Result<(), Fault> {
        for attribute in node.attributes() {
            let (name, at) = (attribute.name(), self.skipped + attribute.range().start);
            match attribute.namespace() {
                Some(XML) if name == "lang" && row.kind == Kind::Speak => {
                    self.language = Some(attribute.value().trim().to_owned());
                }
                Some(XML) if name == "lang" => {
                    let fault = Fault::new("a line has one language; 'xml:lang' here is left out");
                    let fault = fault.help("write another line with its own 'language'");
                    self.warn(fault.at(at));
                }
                Some(_) => {}
                None if row.left_out.contains(&name) => {
                    let fault = Fault::new(format!("'{name}' of <{}> is left out", row.name));
                    self.warn(fault.at(at));
                }
                None if row.attributes.contains(&name) => {}
                None => {
                    let fault = Fault::new(format!("<{}> has no attribute '{name}'", row.name));
                    return Err(fault.help(suggest(name, row.attributes)).at(at));
                }
            }
        }
        Ok(())
    }

    fn at_value(&self, attribute: Attribute<'_, '_>, fault: Fault) -> Fault {
        fault.at(self.skipped + attribute.range_value().start)
    }

    fn warn(&mut self, fault: Fault) {
        if self.warnings.len() < MOST_WARNINGS {
            self.warnings.push(Fault { severity: Severity::Warning, ..fault });
        }
    }

    fn silence(&mut self, at: usize, secs: f64) {
        self.builder.mark(at, PAUSE, vec![secs.to_string()], Scope::Timing);
        self.builder.gap();
    }

    /// A sentence or paragraph begins or ends here.
    fn bound(&mut self, secs: f64) {
        let secs = self.boundary.map_or(secs, |earlier| earlier.max(secs));
        self.boundary = Some(secs);
    }

    /// What comes next belongs to another sentence, where a boundary stands before it.
    fn settle(&mut self, at: usize) {
        if let Some(secs) = self.boundary.take()
            && !self.builder.is_empty()
        {
            self.silence(at, secs);
        }
    }
}

/// A value that is one of some names.
fn one_of(value: &str, names: &[&str]) -> Result<String, Fault> {
    let value = value.trim();
    if names.contains(&value) {
        return Ok(value.to_owned());
    }
    Err(Fault::new(format!("'{value}' is not known here")).help(suggest(value, names)))
}
