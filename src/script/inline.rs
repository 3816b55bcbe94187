//! Inline marks: `Hello [smile] and welcome` → the plain text and what is marked where.
//!
//! `[[` and `]]` are brackets. White space becomes single spaces, and a mark stands before what follows it.

use super::document::{Fault, suggest};
use super::mark::{Argument, KNOWN, KnownMark, LOOK_TARGETS, Scope, known};

/// A text without its marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Plain {
    pub(super) text: String,
    pub(super) marks: Vec<InlineMark>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct InlineMark {
    /// Byte offset in the plain text.
    pub(super) at: usize,
    /// Byte offset in the marked text.
    pub(super) written_at: usize,
    pub(super) name: String,
    pub(super) args: Vec<String>,
    pub(super) scope: Scope,
}

/// What to do with brackets that hold no known mark.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unknown {
    /// They are a mistake.
    Refuse,
    /// They are text.
    Keep,
}

/// Separates marks from text. The offset of a fault is a byte offset in `marked`.
pub(super) fn parse(marked: &str, speakers: &[&str], unknown: Unknown) -> Result<Plain, Fault> {
    let mut builder = Builder::default();
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        let at = marked.len() - rest.len();
        if let Some(after) = rest.strip_prefix("[[").or_else(|| rest.strip_prefix("]]")) {
            builder.push(c);
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c != '[' {
            builder.push(c);
            continue;
        }
        let closed = rest.find(['[', ']']).filter(|end| rest[*end..].starts_with(']'));
        let mark = match closed {
            Some(end) => read_mark(&rest[..end], speakers),
            None => Err(Fault::new("a '[' is not closed").help("write [[ for a bracket in the text")),
        };
        match (mark, closed) {
            (Ok((row, args)), Some(end)) => {
                builder.marks.push(InlineMark {
                    at: usize::MAX,
                    written_at: at,
                    name: row.name.to_owned(),
                    args,
                    scope: row.scope,
                });
                rest = &rest[end + 1..];
            }
            (Err(fault), _) if unknown == Unknown::Refuse => return Err(fault.at(at)),
            _ => builder.push(c),
        }
    }
    Ok(builder.finish())
}

#[derive(Default)]
struct Builder {
    text: String,
    space: bool,
    marks: Vec<InlineMark>,
}

impl Builder {
    fn push(&mut self, c: char) {
        if c.is_whitespace() {
            self.space = !self.text.is_empty();
            return;
        }
        if std::mem::take(&mut self.space) {
            self.text.push(' ');
        }
        self.place_marks();
        self.text.push(c);
    }

    /// Marks not placed yet stand before what comes next.
    fn place_marks(&mut self) {
        let at = self.text.len();
        for mark in self.marks.iter_mut().rev().take_while(|mark| mark.at == usize::MAX) {
            mark.at = at;
        }
    }

    fn finish(mut self) -> Plain {
        self.place_marks();
        Plain { text: self.text, marks: self.marks }
    }
}

fn read_mark(inside: &str, speakers: &[&str]) -> Result<(&'static KnownMark, Vec<String>), Fault> {
    let mut parts = inside.split_whitespace();
    let name = parts.next().unwrap_or_default();
    let Some(row) = known(name) else {
        let names: Vec<&str> = KNOWN.iter().map(|row| row.name).collect();
        let help = format!("{}; write [[ for a bracket in the text", suggest(name, &names));
        return Err(Fault::new(format!("no mark is called '{name}'")).help(help));
    };
    let args: Vec<&str> = parts.collect();
    check(row, &args, speakers)?;
    Ok((row, args.into_iter().map(str::to_owned).collect()))
}

fn check(row: &KnownMark, args: &[&str], speakers: &[&str]) -> Result<(), Fault> {
    let KnownMark { name, argument, .. } = row;
    let number = |text: &str| text.parse().ok().filter(|n: &f64| n.is_finite());
    let (fits, wants) = match (argument, args) {
        (Argument::None, args) => (args.is_empty(), "nothing after its name"),
        (Argument::Weight, []) => (true, ""),
        (Argument::Weight, args) => (
            matches!(args, [one] if number(one).is_some_and(|n| (0.0..=1.0).contains(&n))),
            "nothing or a weight in 0..=1 after its name",
        ),
        (Argument::Seconds, args) => (
            matches!(args, [one] if number(one).is_some_and(|n| (0.0..=60.0).contains(&n))),
            "seconds in 0..=60 after its name, such as [pause 0.4]",
        ),
        (Argument::Name, args) => (args.len() == 1, "one name after its own"),
        (Argument::Slide, args) => (
            matches!(args, ["next" | "previous"])
                || matches!(args, [one] if one.parse().is_ok_and(|n: u32| n > 0)),
            "a number from 1, or next, or previous",
        ),
        (Argument::Target, [one]) if LOOK_TARGETS.contains(one) || speakers.contains(one) => (true, ""),
        (Argument::Target, args) => {
            let known: Vec<&str> = LOOK_TARGETS.iter().chain(speakers).copied().collect();
            let help = suggest(args.first().unwrap_or(&""), &known);
            return Err(Fault::new("[look] takes one direction or speaker").help(help));
        }
    };
    if fits { Ok(()) } else { Err(Fault::new(format!("[{name}] takes {wants}"))) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(marked: &str) -> String {
        let plain = parse(marked, &["Bo"], Unknown::Refuse).unwrap();
        let marks = plain.marks.iter().map(|m| format!(" {}{}{:?}", m.at, m.name, m.args));
        format!("{}|{}", plain.text, marks.collect::<String>())
    }

    #[test]
    fn marks_stand_before_what_follows() {
        assert_eq!(
            shown(" Hello [smile] and \n welcome. [look Bo]"),
            "Hello and welcome.| 6smile[] 18look[\"Bo\"]"
        );
        assert_eq!(shown("[smile 0.5][nod]大[pause 0.4]家"), "大家| 0smile[\"0.5\"] 0nod[] 3pause[\"0.4\"]");
        assert_eq!(shown("a [[note]] [slide 3]"), "a [note]| 8slide[\"3\"]");
        assert_eq!(shown(""), "|");
    }

    #[test]
    fn wrong_marks_say_what_is_wanted() {
        let told = |marked: &str| {
            let fault = parse(marked, &[], Unknown::Refuse).unwrap_err();
            format!("{} {} {}", fault.at.unwrap(), fault.message, fault.help.unwrap_or_default())
        };
        assert!(told("Hi [simle]").starts_with("3 no mark is called 'simle' did you mean 'smile'?"));
        assert!(told("字[smile").starts_with("3 a '[' is not closed"));
        assert!(told("[smile [nod]").starts_with("0 a '[' is not closed"));
        assert!(told("[pause]").starts_with("0 [pause] takes seconds"));
        assert!(told("[pause inf]").starts_with("0 [pause] takes seconds"));
        assert!(told("[look lift]").contains("did you mean 'left'?"));
        assert!(told("[slide 0]").contains("a number from 1"));
        assert!(told("[nod twice]").contains("nothing after"));
    }

    #[test]
    fn other_brackets_may_be_text() {
        let plain = parse("see [1] [nod] and [pause", &[], Unknown::Keep).unwrap();
        assert_eq!(plain.text, "see [1] and [pause");
        assert_eq!(plain.marks.len(), 1);
    }
}
