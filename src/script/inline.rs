//! Inline marks: `Hello [smile] and welcome` → the plain text and what is marked where.
//!
//! `[[` and `]]` are brackets; `[/]` ends a mark that encloses text. A text in SSML is read as such, marks included.

use super::document::{Fault, suggest};
use super::mark::{
    ADD, Argument, END, Encloses, KNOWN, KnownMark, LOOK_TARGETS, known, look_point, playing, tempo,
};
use super::markup::emphasis_levels;
use super::plain::{Builder, Plain};
use super::ssml;

/// What to do with brackets that hold no known mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Unknown {
    /// They are a mistake.
    Refuse,
    /// They are text.
    Keep,
}

/// Separates marks from text, in SSML or not. The offset of a fault is a byte offset in `marked`.
pub(super) fn parse(marked: &str, speakers: &[&str], unknown: Unknown) -> Result<Plain, Fault> {
    if ssml::is_ssml(marked) {
        return ssml::parse(marked, speakers, unknown);
    }
    parse_text(marked, speakers, unknown)
}

/// Separates inline marks from text.
pub(super) fn parse_text(marked: &str, speakers: &[&str], unknown: Unknown) -> Result<Plain, Fault> {
    let mut builder = Builder::default();
    feed(&mut builder, marked, speakers, unknown, &|at| at)?;
    Ok(builder.finish())
}

/// Adds a marked text to what there is; `place` makes its offsets those of the whole text.
pub(super) fn feed(
    builder: &mut Builder,
    marked: &str,
    speakers: &[&str],
    unknown: Unknown,
    place: &dyn Fn(usize) -> usize,
) -> Result<(), Fault> {
    let mut open: Vec<Open> = Vec::new();
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
            Some(end) if rest[..end].trim() == END => {
                close_last(&mut open, &rest[end..]).map(Bracket::End).ok_or_else(|| {
                    let help = "write [/] after a mark that encloses text, such as [emphasis]";
                    Fault::new("[/] ends nothing").help(help)
                })
            }
            Some(end) => read_mark(&rest[..end], speakers).map(|(row, args)| Bracket::Mark(row, args)),
            None => Err(Fault::new("a '[' is not closed").help("write [[ for a bracket in the text")),
        };
        match (mark, closed) {
            (Ok(bracket), Some(end)) => {
                match bracket {
                    Bracket::End(mark) => builder.close_mark(mark.number),
                    Bracket::Mark(row, args) => {
                        let number = builder.mark(place(at), row.name, args, row.scope);
                        if row.encloses != Encloses::Never {
                            open.push(Open { number, at, must_end: row.encloses == Encloses::Must });
                        }
                    }
                }
                rest = &rest[end + 1..];
            }
            (Err(fault), _) if unknown == Unknown::Refuse => return Err(fault.at(place(at))),
            _ => builder.push(c),
        }
    }
    for Open { number, at, .. } in open.into_iter().filter(|mark| mark.must_end).rev() {
        if unknown == Unknown::Refuse {
            let fault = Fault::new("this mark is not ended");
            return Err(fault.help("write [/] where it ends").at(place(at)));
        }
        builder.close_mark(number);
    }
    Ok(())
}

/// What stands in brackets.
enum Bracket {
    Mark(&'static KnownMark, Vec<String>),
    /// The end of an open mark.
    End(Open),
}

/// A mark that is not ended yet.
struct Open {
    number: usize,
    at: usize,
    must_end: bool,
}

/// Takes out the mark that a `[/]` ends, which `rest` follows: the last one, but not one that need not be ended where the
/// others need all that are left.
fn close_last(open: &mut Vec<Open>, rest: &str) -> Option<Open> {
    if open.last().is_some_and(|mark| !mark.must_end) {
        let brackets = || rest.split('[').filter_map(|after| after.split_once(']')).map(|(inside, _)| inside);
        let must = |inside: &&str| {
            let row = inside.split_whitespace().next().and_then(known);
            row.is_some_and(|row| row.encloses == Encloses::Must)
        };
        let needed = open.iter().filter(|mark| mark.must_end).count() + brackets().filter(must).count();
        if brackets().filter(|inside| inside.trim() == END).count() < needed {
            while open.pop_if(|mark| !mark.must_end).is_some() {}
        }
    }
    open.pop()
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
        (Argument::Motion, args) => (
            !args.is_empty() && playing(args.iter().skip(1).copied()).is_some(),
            "one name after its own, then nothing or beats=8 or loop or both",
        ),
        (Argument::Recording, args) => (
            matches!(args, [_] | [_, ADD]),
            "the file of a recorded face after its name, then nothing or add",
        ),
        (Argument::Tempo, args) => (
            matches!(args, [one] if tempo(one).is_some()),
            "beats a minute in 20..=400 after its name, or off, such as [beat 120]",
        ),
        (Argument::Slide, args) => (
            matches!(args, ["next" | "previous"])
                || matches!(args, [one] if one.parse().is_ok_and(|n: u32| n > 0)),
            "a number from 1, or next, or previous",
        ),
        (Argument::Level, []) => (true, ""),
        (Argument::Level, args) => {
            if matches!(args, [one] if emphasis_levels().contains(one)) {
                return Ok(());
            }
            let help = suggest(args.first().unwrap_or(&""), &emphasis_levels());
            return Err(Fault::new(format!("[{name}] takes nothing or a level after its name")).help(help));
        }
        (Argument::Target, args) if look_point(args).is_some() => (true, ""),
        (Argument::Target, [one]) if LOOK_TARGETS.contains(one) || speakers.contains(one) => (true, ""),
        (Argument::Target, args) => {
            let known: Vec<&str> = LOOK_TARGETS.iter().chain(speakers).copied().collect();
            let help = suggest(args.first().unwrap_or(&""), &known);
            return Err(Fault::new("[look] takes one direction or speaker, or three numbers").help(help));
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
        for bad in ["[beat]", "[beat fast]", "[beat 5]", "[beat 120 4]", "[beat inf]"] {
            assert!(told(bad).contains("beats a minute in 20..=400"), "{bad}");
        }
        for bad in
            ["[clip]", "[clip a beats=0]", "[clip a loop loop]", "[clip a slowly]", "[gesture a beats=x]"]
        {
            assert!(told(bad).contains("one name after its own, then nothing or beats=8"), "{bad}");
        }
        for bad in ["[capture]", "[capture a.csv minus]", "[capture a.csv add add]"] {
            assert!(told(bad).contains("the file of a recorded face"), "{bad}");
        }
    }

    #[test]
    fn a_mark_may_enclose_text() {
        let plain = parse("a [emphasis strong] b c [/] d[/", &[], Unknown::Keep).unwrap();
        assert_eq!(plain.text, "a b c d[/");
        assert_eq!((plain.marks[0].at, plain.marks[0].until), (2, Some(5)));
        let nothing = parse("[smile][emphasis][/]a", &[], Unknown::Refuse).unwrap();
        assert_eq!((nothing.marks.len(), nothing.marks[0].at), (1, 0));
        let told = |marked: &str| parse(marked, &[], Unknown::Refuse).unwrap_err();
        assert_eq!(told("a[/]").message, "[/] ends nothing");
        assert_eq!(
            (told("a [emphasis] b").at, told("a [emphasis] b").help.unwrap().contains("[/]")),
            (Some(2), true)
        );
        let optional = |marked: &str| {
            let plain = parse(marked, &[], Unknown::Refuse).unwrap();
            plain.marks.iter().map(|m| (m.at, m.until)).collect::<Vec<_>>()
        };
        assert_eq!(optional("a [gesture wave] b c"), [(2, None)]);
        assert_eq!(optional("a [gesture wave] b [/] c"), [(2, Some(3))]);
        let inside = "[emphasis]a [gesture wave] b[/] c";
        assert_eq!(optional(inside), [(0, Some(3)), (2, None)], "[/] is needed by what has to be ended");
        let both = "[emphasis]a [gesture wave] b[/] c[/]";
        assert_eq!(optional(both), [(0, Some(5)), (2, Some(3))]);
        let around = "[gesture wave]a [emphasis] b[/] c[/] d";
        assert_eq!(optional(around), [(0, Some(5)), (2, Some(3))]);
        assert_eq!(optional("[gesture wave]a [emphasis] b[/] c"), [(0, None), (2, Some(3))]);
        assert!(told("[emphasis stron]a[/]").help.unwrap().contains("did you mean 'strong'?"));
    }

    #[test]
    fn a_motion_that_comes_again_may_be_ended() {
        let marks = |text: &str| parse(text, &[], Unknown::Refuse).map(|plain| plain.marks);
        assert_eq!(marks("a [clip b loop beats=4] c [/] d").unwrap()[0].until, Some(3));
        assert_eq!(marks("a [clip b loop] c d").unwrap()[0].until, None);
        assert_eq!(marks("a [clip b beats=4] c [/] d").unwrap()[0].until, Some(3));
        assert_eq!(marks("[beat 96.5] a [beat off]").unwrap().len(), 2);
    }

    #[test]
    fn other_brackets_may_be_text() {
        let plain = parse("see [1] [nod] and [pause", &[], Unknown::Keep).unwrap();
        assert_eq!(plain.text, "see [1] and [pause");
        assert_eq!(plain.marks.len(), 1);
    }
}
