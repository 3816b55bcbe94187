//! Timeline → text, laid out for people and for `git diff`: one phone, word, mark, clip or caption a line.

use std::fmt::{self, Write as _};

use crate::script::timeline::{
    AudioClip, AudioRole, Caption, ChannelTrack, Mark, Phrase, Prosody, Speaker, TimedPhone, TimedViseme,
    Timeline, Word,
};
use crate::time::Time;

/// Numbers of a prosody row that stand in one line: a second.
const PROSODY_IN_LINE: usize = 100;

pub(super) fn write(timeline: &Timeline) -> String {
    let mut text = String::new();
    // Writing to a String never fails.
    _ = write_to(&mut text, timeline);
    text
}

fn write_to(out: &mut String, timeline: &Timeline) -> fmt::Result {
    let Timeline { duration, seed, stage, dials, disclosure, speakers, audio, captions, cues } = timeline;
    let newer = |speaker: &Speaker| !speaker.channels.is_empty() || !speaker.phrases.is_empty();
    let has_environment = stage.environment.is_some() || stage.environment_turn.is_some();
    let version = match speakers.iter().any(newer) {
        _ if has_environment || !stage.look.is_empty() => "1.2",
        true => "1.1",
        false => "1.0",
    };
    writeln!(out, "{{\n  \"version\": \"{version}\",")?;
    writeln!(out, "  \"duration\": {},", Secs(*duration))?;
    writeln!(out, "  \"seed\": {seed},")?;
    let mut keys = Vec::new();
    if let Some(camera) = &stage.camera {
        keys.push(format!("\"camera\": {}", Text(camera)));
    }
    if let Some(light) = &stage.light {
        keys.push(format!("\"light\": {}", Text(light)));
    }
    if let Some([red, green, blue]) = stage.backdrop {
        keys.push(format!("\"backdrop\": [{red}, {green}, {blue}]"));
    }
    if let Some(environment) = &stage.environment {
        keys.push(format!("\"environment\": {}", Text(environment)));
    }
    if let Some(turn) = stage.environment_turn {
        keys.push(format!("\"environment_turn\": {turn}"));
    }
    if let Some(tone) = &stage.look.tone {
        keys.push(format!("\"tone\": {}", Text(tone)));
    }
    let numbers = stage.look.numbers().into_iter();
    keys.extend(numbers.filter_map(|(name, value, _)| Some(format!("\"{name}\": {}", value?))));
    writeln!(out, "  \"stage\": {{{}}},", keys.join(", "))?;
    let dials = dials.named().map(|(name, value)| format!("\"{name}\": {value}"));
    writeln!(out, "  \"dials\": {{{}}},", dials.join(", "))?;
    if let Some(disclosure) = disclosure {
        writeln!(out, "  \"disclosure\": {},", Text(disclosure))?;
    }
    out.push_str("  \"speakers\": [");
    for (index, speaker) in speakers.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        write_speaker(out, speaker)?;
    }
    out.push_str(if speakers.is_empty() { "],\n" } else { "\n  ],\n" });
    list(out, "  ", "audio", audio, write_clip)?;
    out.push_str(",\n");
    list(out, "  ", "captions", captions, write_caption)?;
    out.push_str(",\n");
    list(out, "  ", "cues", cues, write_mark)?;
    out.push_str("\n}\n");
    Ok(())
}

fn write_speaker(out: &mut String, speaker: &Speaker) -> fmt::Result {
    let Speaker { id, avatar, phones, visemes, channels, words, marks, phrases, prosody } = speaker;
    write!(out, "    {{\n      \"id\": {}", Text(id))?;
    if let Some(avatar) = avatar {
        write!(out, ",\n      \"avatar\": {}", Text(avatar))?;
    }
    out.push_str(",\n");
    list(out, "      ", "phones", phones, write_phone)?;
    out.push_str(",\n");
    list(out, "      ", "visemes", visemes, write_viseme)?;
    out.push_str(",\n");
    if !channels.is_empty() {
        list(out, "      ", "channels", channels, write_channels)?;
        out.push_str(",\n");
    }
    list(out, "      ", "words", words, write_word)?;
    out.push_str(",\n");
    list(out, "      ", "marks", marks, write_mark)?;
    if !phrases.is_empty() {
        out.push_str(",\n");
        list(out, "      ", "phrases", phrases, write_phrase)?;
    }
    if let Some(Prosody { loudness_db, pitch_hz }) = prosody {
        out.push_str(",\n      \"prosody\": {\n");
        numbers(out, "loudness_db", loudness_db)?;
        out.push_str(",\n");
        numbers(out, "pitch_hz", pitch_hz)?;
        out.push_str("\n      }");
    }
    out.push_str("\n    }");
    Ok(())
}

/// A frame a line.
fn write_channels(out: &mut String, track: &ChannelTrack) -> fmt::Result {
    let ChannelTrack { start, rate, channels, frames } = track;
    let names: Vec<String> = channels.iter().map(|channel| format!("\"{channel}\"")).collect();
    write!(out, "\"start\": {}, \"rate\": \"{rate}\", \"names\": [{}], ", Secs(*start), names.join(", "))?;
    out.push_str("\"frames\": [");
    for (index, frame) in frames.iter().enumerate() {
        out.push_str(if index == 0 { "\n          [" } else { ",\n          [" });
        for (index, weight) in frame.iter().enumerate() {
            write!(out, "{}{weight}", if index == 0 { "" } else { ", " })?;
        }
        out.push(']');
    }
    out.push_str(if frames.is_empty() { "]" } else { "\n        ]" });
    Ok(())
}

fn list<T>(
    out: &mut String,
    indent: &str,
    key: &str,
    items: &[T],
    item: impl Fn(&mut String, &T) -> fmt::Result,
) -> fmt::Result {
    write!(out, "{indent}\"{key}\": [")?;
    for (index, value) in items.iter().enumerate() {
        write!(out, "{}\n{indent}  {{", if index == 0 { "" } else { "," })?;
        item(out, value)?;
        out.push('}');
    }
    if !items.is_empty() {
        write!(out, "\n{indent}")?;
    }
    out.push(']');
    Ok(())
}

fn numbers(out: &mut String, key: &str, values: &[f32]) -> fmt::Result {
    write!(out, "        \"{key}\": [")?;
    for (row, line) in values.chunks(PROSODY_IN_LINE).enumerate() {
        out.push_str(if row == 0 { "\n          " } else { ",\n          " });
        for (index, value) in line.iter().enumerate() {
            write!(out, "{}{value}", if index == 0 { "" } else { ", " })?;
        }
    }
    out.push_str(if values.is_empty() { "]" } else { "\n        ]" });
    Ok(())
}

fn write_span(out: &mut String, start: Time, end: Time) -> fmt::Result {
    write!(out, "\"start\": {}, \"end\": {}", Secs(start), Secs(end))
}

fn write_phone(out: &mut String, phone: &TimedPhone) -> fmt::Result {
    let TimedPhone { start, end, ipa, stress, tone, confidence } = phone;
    write_span(out, *start, *end)?;
    write!(out, ", \"ipa\": {}, \"stress\": {stress}, \"tone\": {tone}", Text(ipa))?;
    write!(out, ", \"confidence\": {confidence}")
}

fn write_viseme(out: &mut String, viseme: &TimedViseme) -> fmt::Result {
    write_span(out, viseme.start, viseme.end)?;
    write!(out, ", \"viseme\": \"{}\", \"weight\": {}", viseme.viseme, viseme.weight)
}

fn write_word(out: &mut String, word: &Word) -> fmt::Result {
    write_span(out, word.start, word.end)?;
    write!(out, ", \"text\": {}, \"language\": {}", Text(&word.text), Text(&word.language))
}

fn write_phrase(out: &mut String, phrase: &Phrase) -> fmt::Result {
    write_span(out, phrase.start, phrase.end)?;
    match phrase.boundary {
        Some(boundary) => write!(out, ", \"boundary\": \"{}\"", boundary.name()),
        None => Ok(()),
    }
}

fn write_mark(out: &mut String, mark: &Mark) -> fmt::Result {
    write!(out, "\"time\": {}", Secs(mark.time))?;
    if let Some(end) = mark.end {
        write!(out, ", \"end\": {}", Secs(end))?;
    }
    let args: Vec<String> = mark.args.iter().map(|arg| Text(arg).to_string()).collect();
    write!(out, ", \"name\": {}, \"args\": [{}]", Text(&mark.name), args.join(", "))
}

fn write_clip(out: &mut String, clip: &AudioClip) -> fmt::Result {
    let role = match clip.role {
        AudioRole::Speech => "speech",
        AudioRole::Music => "music",
        AudioRole::Effect => "effect",
    };
    write!(out, "\"role\": \"{role}\"")?;
    if let Some(speaker) = &clip.speaker {
        write!(out, ", \"speaker\": {}", Text(speaker))?;
    }
    write!(out, ", \"start\": {}, \"in\": {}", Secs(clip.start), Secs(clip.file_in))?;
    if let Some(file_out) = clip.file_out {
        write!(out, ", \"out\": {}", Secs(file_out))?;
    }
    write!(out, ", \"gain\": {}, \"file\": {}", clip.gain_db, Text(&clip.file))?;
    match &clip.sha256 {
        Some(hash) => write!(out, ", \"sha256\": {}", Text(hash)),
        None => Ok(()),
    }
}

fn write_caption(out: &mut String, caption: &Caption) -> fmt::Result {
    write!(out, "\"language\": {}, ", Text(&caption.language))?;
    write_span(out, caption.start, caption.end)?;
    write!(out, ", \"text\": {}", Text(&caption.text))
}

/// Seconds with as many decimals as the nanoseconds need.
struct Secs(Time);

impl fmt::Display for Secs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_secs_f64())
    }
}

/// A JSON text in quotes.
struct Text<'a>(&'a str);

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' | '\\' => write!(f, "\\{c}")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                c if u32::from(c) < 0x20 => write!(f, "\\u{:04x}", u32::from(c))?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}
