//! Papagayo's project (`.pgo`, "lipsync version 1"), both ways: voices, phrases, words and their mouths, by frames.
//!
//! One value a line; how many voices, phrases, words and mouths follow is said ahead of them.

use std::fmt::Write as _;

use super::rows::{Row, rows};
use super::shapes::{Shape, has_shapes, shapes};
use super::sound::{add_sound, sound_of};
use super::{Input, Options, Read, Written, frames, has_room, table, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Caption, Speaker, TimedViseme, Timeline, Word};
use crate::script::written::DEFAULT_SPEAKER;
use crate::time::{FrameRate, Time};
use crate::vocabulary::Viseme;

/// The first line.
pub(super) const HEAD: &str = "lipsync version 1";
/// What Papagayo calls a voice that nobody named.
const UNNAMED: &str = "Voice 1";
/// Stands for mouths that belong to no word.
const NO_WORD: &str = "-";

pub(super) fn read(input: &Input<'_>) -> Read {
    let mut lines = Lines { rows: rows(input.text), last: 0, rate: FrameRate::FILM };
    lines.next("its version")?;
    let sound = lines.next("the sound")?.text.trim().to_owned();
    let row = lines.next("the frame rate")?;
    lines.rate =
        frames::read_rate(row.text).ok_or_else(|| Fault::new("expected frames a second").at(row.at))?;
    let frames = lines.number("the number of frames")?;
    let mut timeline = Timeline { duration: lines.time(frames), ..Timeline::default() };
    let mut unknown = Vec::new();
    let voices = lines.number("the number of voices")?;
    for _ in 0..voices {
        has_room(timeline.speakers.len())?;
        let speaker = voice(&mut lines, &mut timeline.captions, &mut unknown)?;
        let name = if voices == 1 && speaker.id == UNNAMED { DEFAULT_SPEAKER } else { speaker.id.as_str() };
        let id = free_name(name, &timeline.speakers);
        timeline.speakers.push(Speaker { id, ..speaker });
    }
    unknown.extend(add_sound(&mut timeline, &sound));
    Ok((timeline, unknown))
}

/// The name, numbered where it stands already.
fn free_name(name: &str, taken: &[Speaker]) -> String {
    let name = if name.trim().is_empty() { DEFAULT_SPEAKER } else { name.trim() };
    let is_taken = |id: &str| taken.iter().any(|speaker| speaker.id == id);
    let mut id = name.to_owned();
    let mut number = 2u32;
    while is_taken(&id) {
        id = format!("{name} {number}");
        number = number.saturating_add(1);
    }
    id
}

fn voice<'a>(
    lines: &mut Lines<impl Iterator<Item = Row<'a>>>,
    captions: &mut Vec<Caption>,
    unknown: &mut Vec<Fault>,
) -> Result<Speaker, Fault> {
    let mut speaker = Speaker { id: lines.next("a voice")?.text.trim().to_owned(), ..Speaker::default() };
    lines.next("the text")?;
    for _ in 0..lines.number("the number of phrases")? {
        let text = lines.next("a phrase")?.text.trim().to_owned();
        let (start, end) = (lines.number("its first frame")?, lines.number("its last frame")?);
        let (start, end) = (lines.time(start), lines.time(end + 1));
        captions.push(Caption { language: String::new(), start, end, text });
        for _ in 0..lines.number("the number of words")? {
            word(lines, &mut speaker, unknown)?;
        }
    }
    Ok(speaker)
}

/// `text first-frame last-frame number-of-mouths`, and its mouths, each until the next.
fn word<'a>(
    lines: &mut Lines<impl Iterator<Item = Row<'a>>>,
    speaker: &mut Speaker,
    unknown: &mut Vec<Fault>,
) -> Result<(), Fault> {
    let row = lines.next("a word")?;
    let fault =
        || Fault::new("expected a word, its first and last frame, and its number of mouths").at(row.at);
    let mut fields = row.text.trim().rsplitn(4, char::is_whitespace);
    let mut number = || fields.next().and_then(|field| field.parse().ok()).filter(is_frame).ok_or_else(fault);
    let (count, last, first) = (number()?, number()?, number()?);
    let text = fields.next().unwrap_or_default().trim().to_owned();
    let (start, end) = (lines.time(first), lines.time(last + 1));
    if !text.is_empty() && text != NO_WORD {
        speaker.words.push(Word { start, end, text, language: String::new() });
    }
    let mut mouths: Vec<(Time, Viseme)> = Vec::new();
    for _ in 0..count {
        let row = lines.next("a mouth")?;
        let (frame, name) = row.text.trim().split_once(char::is_whitespace).unwrap_or_default();
        let frame = frame.parse().ok().filter(is_frame);
        let frame = frame.ok_or_else(|| Fault::new("expected a frame and a mouth").at(row.at))?;
        let viseme = table::moho(name.trim()).unwrap_or_else(|| {
            if unknown.is_empty() {
                let message = format!("the mouth '{name}' is not known; the lips rest in it");
                unknown.push(warning(message).at(row.at));
            }
            Viseme::Sil
        });
        mouths.push((lines.time(frame), viseme));
    }
    for (index, (start, viseme)) in mouths.iter().enumerate() {
        let end = mouths.get(index + 1).map_or(end, |(next, _)| *next);
        if *viseme != Viseme::Sil && end > *start {
            speaker.visemes.push(TimedViseme { start: *start, end, viseme: *viseme, weight: 1.0 });
        }
    }
    Ok(())
}

fn is_frame(frame: &i64) -> bool {
    (0..=frames::LATEST).contains(frame)
}

/// The lines, one after the other.
struct Lines<R> {
    rows: R,
    last: usize,
    rate: FrameRate,
}

impl<'a, R: Iterator<Item = Row<'a>>> Lines<R> {
    fn next(&mut self, what: &str) -> Result<Row<'a>, Fault> {
        let row = self.rows.next();
        let row = row.ok_or_else(|| {
            Fault::new(format!("the file ends where {what} is expected"))
                .help("the file is cut off")
                .at(self.last)
        })?;
        self.last = row.at;
        Ok(row)
    }

    fn number(&mut self, what: &str) -> Result<i64, Fault> {
        let row = self.next(what)?;
        let number = row.text.trim().parse().ok().filter(is_frame);
        number.ok_or_else(|| Fault::new(format!("expected {what}")).at(row.at))
    }

    fn time(&self, frame: i64) -> Time {
        self.rate.time_of(u64::try_from(frame).unwrap_or_default())
    }
}

/// Papagayo writes whole frames a second only.
pub(super) fn write(timeline: &Timeline, options: &Options) -> Result<Written, Diagnostic> {
    let rate = FrameRate::new(frames::rate(options).as_f64().round() as u32, 1).unwrap_or(FrameRate::FILM);
    let voices: Vec<&Speaker> =
        timeline.speakers.iter().filter(|s| has_shapes(s) || !s.words.is_empty()).collect();
    if voices.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words, phones or visemes"));
    }
    let mut text = format!(
        "{HEAD}\n{}\n{rate}\n{}\n{}\n",
        one_line(sound_of(timeline)),
        frames::nearest(timeline.duration, rate),
        voices.len()
    );
    for speaker in voices {
        write_voice(&mut text, speaker, timeline, rate);
    }
    Ok(text.into())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One phrase with all words; sounds that belong to no word are one without a text of its own.
fn write_voice(text: &mut String, speaker: &Speaker, timeline: &Timeline, rate: FrameRate) {
    let last = frames::nearest(timeline.duration, rate).saturating_sub(1);
    let frame = |time: Time| frames::nearest(time, rate);
    let mut shapes = shapes(speaker).into_iter().peekable();
    let mut alone: Vec<Shape> = Vec::new();
    let mut words: Vec<(u64, u64, String, Vec<Shape>)> = Vec::new();
    for word in &speaker.words {
        while let Some(shape) = shapes.next_if(|shape| shape.start < word.start) {
            alone.push(shape);
        }
        let own: Vec<Shape> = std::iter::from_fn(|| shapes.next_if(|shape| shape.start < word.end)).collect();
        let (first, end) = (frame(word.start), frame(word.end));
        words.push((first, end.saturating_sub(1).max(first), one_line(&word.text).replace(' ', "-"), own));
    }
    for shape in alone.into_iter().chain(shapes) {
        let (first, end) = (frame(shape.start), frame(shape.end));
        words.push((first, end.saturating_sub(1).max(first), NO_WORD.to_owned(), vec![shape]));
    }
    words.sort_by_key(|(first, ..)| *first);
    let spoken: Vec<&str> =
        words.iter().map(|(.., word, _)| word.as_str()).filter(|word| *word != NO_WORD).collect();
    let spoken = spoken.join(" ");
    _ = write!(text, "\t{}\n\t{spoken}|\n\t1\n", one_line(&speaker.id));
    _ = write!(text, "\t\t{spoken}\n\t\t0\n\t\t{last}\n\t\t{}\n", words.len());
    for (first, end, word, own) in &words {
        let mut mouths: Vec<(u64, &str)> = Vec::new();
        for shape in own {
            let mouth = (frame(shape.start).max(*first), table::moho_of(shape.viseme, shape.sound));
            // Of mouths within one frame the last counts.
            match mouths.last_mut() {
                Some(before) if before.0 == mouth.0 => *before = mouth,
                Some(before) if before.1 == mouth.1 => {}
                _ => mouths.push(mouth),
            }
        }
        _ = writeln!(text, "\t\t\t{word} {first} {end} {}", mouths.len());
        for (frame, mouth) in mouths {
            _ = writeln!(text, "\t\t\t\t{frame} {mouth}");
        }
    }
}
