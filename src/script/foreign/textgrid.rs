//! Praat TextGrid: long and short text. Word and phone tiers by their names, of one or several speakers.
//!
//! Source: Praat manual, "TextGrid file formats": only quoted texts, free-standing numbers and `<flags>` count.

use super::tiers::{self, Tier};
use super::{Input, Read, seconds, warning};
use crate::script::document::Fault;
use crate::time::Time;

#[derive(Debug, PartialEq)]
enum Token {
    Text(String),
    Number(f64),
    Flag,
}

pub(super) fn read(input: &Input<'_>) -> Read {
    let (tiers, duration, warnings) = parse(input.text)?;
    tiers::read(tiers, duration, warnings, "TextGrid")
}

fn parse(text: &str) -> Result<(Vec<Tier>, Time, Vec<Fault>), Fault> {
    let mut tokens = Tokens { text, at: 0 };
    for expected in ["ooTextFile", "TextGrid"] {
        let found = tokens.text()?;
        if !found.starts_with(expected) {
            return Err(Fault::new(format!("expected \"{expected}\", found \"{found}\"")).at(tokens.at));
        }
    }
    let begin = tokens.number()?;
    let duration = tokens.time()?;
    if begin < 0.0 {
        return Err(Fault::new("the TextGrid begins before zero").help("shift it in Praat").at(tokens.at));
    }
    if !matches!(tokens.next()?, Some(Token::Flag)) {
        return Err(Fault::new("expected <exists>").at(tokens.at));
    }
    let mut tiers = Vec::new();
    let mut warnings = Vec::new();
    for _ in 0..tokens.count()? {
        let class = tokens.text()?;
        let name = tokens.text()?;
        let (_, _) = (tokens.number()?, tokens.number()?);
        let count = tokens.count()?;
        match class.as_str() {
            "IntervalTier" => {
                let mut intervals = Vec::new();
                for _ in 0..count {
                    let (start, at) = (tokens.time()?, tokens.at);
                    let end = tokens.time()?;
                    if end < start {
                        return Err(Fault::new("an interval ends before it begins").at(at));
                    }
                    intervals.push((start, end, tokens.text()?));
                }
                tiers.push(Tier { speaker: None, name, intervals });
            }
            "TextTier" => {
                for _ in 0..count {
                    tokens.time()?;
                    tokens.text()?;
                }
                warnings.push(warning(format!("the point tier '{name}' is left out")));
            }
            _ => return Err(Fault::new(format!("\"{class}\" is no class of tiers")).at(tokens.at)),
        }
    }
    Ok((tiers, duration, warnings))
}

struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    fn next(&mut self) -> Result<Option<Token>, Fault> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let blank =
                rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').len();
            self.at += blank;
            let rest = &rest[blank..];
            if rest.is_empty() {
                return Ok(None);
            }
            if rest.starts_with('"') {
                return self.quoted().map(Some);
            }
            if rest.starts_with('!') {
                self.at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
            let word = &rest[..end];
            self.at += end;
            if word.starts_with('<') && word.ends_with('>') {
                return Ok(Some(Token::Flag));
            }
            let is_number = word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
            if let Some(number) = word.parse().ok().filter(|number: &f64| is_number && number.is_finite()) {
                return Ok(Some(Token::Number(number)));
            }
        }
    }

    /// A text in quotes; two quotes in it are one.
    fn quoted(&mut self) -> Result<Token, Fault> {
        let begin = self.at;
        let mut text = String::new();
        let mut chars = self.text.get(begin + 1..).unwrap_or_default().char_indices().peekable();
        while let Some((offset, c)) = chars.next() {
            if c != '"' {
                text.push(c);
            } else if chars.next_if(|(_, next)| *next == '"').is_some() {
                text.push('"');
            } else {
                self.at = begin + 1 + offset + 1;
                return Ok(Token::Text(text));
            }
        }
        Err(Fault::new("a text is not closed with '\"'").at(begin))
    }

    fn text(&mut self) -> Result<String, Fault> {
        match self.next()? {
            Some(Token::Text(text)) => Ok(text),
            found => Err(self.unexpected("a text in quotes", found.as_ref())),
        }
    }

    fn number(&mut self) -> Result<f64, Fault> {
        match self.next()? {
            Some(Token::Number(number)) => Ok(number),
            found => Err(self.unexpected("a number", found.as_ref())),
        }
    }

    fn time(&mut self) -> Result<Time, Fault> {
        let number = self.number()?;
        seconds(number).map_err(|fault| fault.at(self.at))
    }

    /// How many entries follow; no memory is set aside for them.
    fn count(&mut self) -> Result<u32, Fault> {
        let number = self.number()?;
        if (0.0..=1e8).contains(&number) && number.fract() == 0.0 {
            return Ok(number as u32);
        }
        Err(Fault::new(format!("{number} is no number of entries")).at(self.at))
    }

    fn unexpected(&self, expected: &str, found: Option<&Token>) -> Fault {
        let found = match found {
            None => "the end of the file".to_owned(),
            Some(Token::Text(text)) => format!("\"{text}\""),
            Some(Token::Number(number)) => number.to_string(),
            Some(Token::Flag) => "a flag".to_owned(),
        };
        Fault::new(format!("expected {expected}, found {found}")).at(self.at)
    }
}
