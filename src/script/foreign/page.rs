//! What a user is told of the formats, made from their table.

use std::fmt::Write as _;

use super::{FORMATS, Format, Part};

/// The page `docs/timing-formats.md`.
pub fn page() -> String {
    let mut page = "# Timing formats\n\n\
        `rhetor convert IN -o OUT` reads a timing file of any of these formats and writes any that is marked so; scripts name them as a line's\n\
        `timing`, and `rhetor play` takes them in place of a speech. This page is made from the program's own table.\n\n\
        | format | `--from` | files end in | says | written |\n| --- | --- | --- | --- | --- |\n"
        .to_owned();
    for format in FORMATS {
        let endings: Vec<String> =
            format.endings.iter().map(|ending| format!("`{}`", shown(ending))).collect();
        let written = if format.is_written() { "yes" } else { "no" };
        // Writing to a String never fails.
        _ = writeln!(
            page,
            "| {} | `{}` | {} | {} | {written} |",
            format.name,
            format.id,
            endings.join(" "),
            parts(format)
        );
    }
    page.push_str(RULES);
    for format in FORMATS {
        _ = writeln!(page, "- **{}**: {}.", format.name, format.notes);
    }
    page
}

/// What `rhetor convert --help` ends with.
pub fn help() -> String {
    let width = FORMATS.iter().map(|format| format.id.len()).max().unwrap_or_default();
    let endings = FORMATS.iter().map(|format| shown(format.ending()).len()).max().unwrap_or_default();
    let mut help = "Formats (name for --from, ending for -o; those in brackets are only read):\n".to_owned();
    for format in FORMATS {
        let ending = shown(format.ending());
        let ending = if format.is_written() { ending.to_owned() } else { format!("({ending})") };
        _ = writeln!(
            help,
            "  {:width$}  {ending:endings$}  {}",
            format.id,
            format.name,
            endings = endings + 2
        );
    }
    help.push_str(
        "\nThe format of IN is told from its content; where that could be of several, from its ending.",
    );
    help
}

fn parts(format: &Format) -> String {
    format.holds.iter().map(|part| Part::name(*part)).collect::<Vec<_>>().join(", ")
}

/// An ending as its tool writes it.
fn shown(ending: &str) -> &str {
    if ending == ".textgrid" { ".TextGrid" } else { ending }
}

const RULES: &str = "
## How they are read

- The format is told from the content. Where that could be of several (labels of whole numbers may be HTK's or Audacity's), the
  file's ending decides, and `--from` overrides both.
- Files may be UTF-8 or UTF-16 of either byte order, with a byte order mark or without; rows may end in LF, CR LF or CR.
- Times that are missing are given: a start shares the time between its neighbours, an end is the next start.
  Overlaps are trimmed, and what has no length is left out. Warnings tell how often. What is out of order is put in order; of songs and lyrics, each such row is told.
- Visemes stay visemes. Of words without phones the phones are made from the text, through espeak-ng in languages that are not
  built in; within its word, each has its usual share of the time. Lines without words share their time out to their words by length, at a pace of speech at the slowest: a caption stays longer
  than its speech. Lines of lyrics are sung up to twice as slowly, with a breath before the next one.
- Of songs vowels are held, and consonants keep about the length that they have in speech ([singing.md](singing.md)).
- A sound file is taken over where it lies beside the file; any other is told and left out.
- What a format does not hold is left out of the file that is written, and told.

## What to know of each

";
