//! Praat TextGrid: long and short text. Word and phone tiers by their names, of one or several speakers.
//!
//! Source: Praat manual, "TextGrid file formats": only quoted texts, free-standing numbers and `<flags>` count.

use super::label::{Alphabet, is_silence};
use super::{Read, seconds, warning};
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, TimedPhone, TimedViseme, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::Time;
use crate::vocabulary::Viseme;

#[derive(Debug, PartialEq)]
enum Token {
    Text(String),
    Number(f64),
    Flag,
}

/// An interval tier.
struct Tier {
    name: String,
    intervals: Vec<(Time, Time, String)>,
}

pub(super) fn read(text: &str) -> Read {
    let (tiers, duration, mut warnings) = parse(text)?;
    let mut timeline = Timeline { duration, ..Timeline::default() };
    for tier in tiers {
        let (speaker, kind) = match tier.name.rsplit_once(" - ") {
            Some((speaker, kind)) if !speaker.trim().is_empty() => (speaker.trim(), kind),
            _ => (DEFAULT_SPEAKER, tier.name.as_str()),
        };
        let kind = Kind::of(kind);
        let index = timeline.speakers.iter().position(|known| known.id == speaker);
        let free = index.and_then(|index| timeline.speakers.get(index)).is_none_or(|s| kind.is_free(s));
        if kind == Kind::Other || !free {
            warnings.push(warning(format!("the tier '{}' is left out", tier.name)));
            continue;
        }
        let index = index.unwrap_or_else(|| {
            timeline.speakers.push(Speaker { id: speaker.to_owned(), ..Speaker::default() });
            timeline.speakers.len() - 1
        });
        if let Some(speaker) = timeline.speakers.get_mut(index) {
            fill(speaker, kind, tier.intervals);
        }
    }
    if timeline.speakers.is_empty() {
        let help = "name an interval tier 'phones' or 'words'";
        return Err(Fault::new("the TextGrid has no tier of phones or words").help(help).at(0));
    }
    Ok((timeline, warnings))
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Phones,
    Words,
    Visemes,
    Other,
}

impl Kind {
    /// By a tier's name, as MFA, WebMAUS and people call them.
    fn of(name: &str) -> Self {
        let name = name.trim().to_lowercase();
        if name.contains("phon")
            || name.starts_with("segment")
            || matches!(name.as_str(), "mau" | "ipa" | "sampa")
        {
            Self::Phones
        } else if name.contains("word") || name.starts_with("ort") {
            Self::Words
        } else if name == "visemes" {
            Self::Visemes
        } else {
            Self::Other
        }
    }

    fn is_free(self, speaker: &Speaker) -> bool {
        match self {
            Self::Phones => speaker.phones.is_empty(),
            Self::Words => speaker.words.is_empty(),
            Self::Visemes => speaker.visemes.is_empty(),
            Self::Other => false,
        }
    }
}

fn fill(speaker: &mut Speaker, kind: Kind, intervals: Vec<(Time, Time, String)>) {
    let alphabet = Alphabet::of(intervals.iter().map(|(_, _, label)| label.as_str()));
    for (start, end, label) in intervals.into_iter().filter(|(_, _, label)| !is_silence(label)) {
        match kind {
            Kind::Phones => {
                let phone = alphabet.read(&label);
                speaker.phones.push(TimedPhone {
                    start,
                    end,
                    ipa: phone.ipa,
                    stress: phone.stress,
                    tone: phone.tone,
                    confidence: 1.0,
                });
            }
            Kind::Words => {
                let text = label.trim().to_owned();
                speaker.words.push(Word { start, end, text, language: String::new() });
            }
            Kind::Visemes => {
                let viseme = Viseme::from_name(label.trim());
                speaker.visemes.extend(viseme.map(|viseme| TimedViseme { start, end, viseme, weight: 1.0 }));
            }
            Kind::Other => {}
        }
    }
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
                tiers.push(Tier { name, intervals });
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
