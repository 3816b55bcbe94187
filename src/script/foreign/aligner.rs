//! The Montreal Forced Aligner's JSON, both ways: tiers of `[start, end, label]` entries by name.

use super::tiers::{self, Interval, Tier};
use super::{Input, Options, Read, Written, document, quoted, seconds, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::{Fault, Node};
use crate::script::timeline::Timeline;
use crate::time::Time;

pub(super) fn read(input: &Input<'_>) -> Read {
    let root = document(input.text)?;
    let mut all = Vec::new();
    let mut warnings = Vec::new();
    for entry in root.find("/tiers").entries() {
        let name = entry.key.to_string();
        if entry.value.get("type").and_then(Node::text) == Some("point") {
            warnings.push(warning(format!("the point tier '{name}' is left out")));
            continue;
        }
        let mut intervals: Vec<Interval> = Vec::new();
        for item in entry.value.find("/entries").items() {
            let [start, end, label, ..] = item.items() else {
                return Err(Fault::new("expected an entry of start, end and label").at(item.at));
            };
            let time = |node: &Node<'_>| {
                let secs =
                    node.number().ok_or_else(|| Fault::new("expected a number of seconds").at(node.at))?;
                seconds(secs).map_err(|fault| fault.at(node.at))
            };
            let (start, end) = (time(start)?, time(end)?);
            if end < start {
                return Err(Fault::new("an interval ends before it begins").at(item.at));
            }
            intervals.push((start, end, label.text().unwrap_or_default().to_owned()));
        }
        all.push(Tier { speaker: None, name, intervals });
    }
    let duration = root.get("end").and_then(Node::number).map(seconds).transpose()?;
    tiers::read(all, duration.unwrap_or_default(), warnings, "file")
}

/// A tier of words and of phones for each speaker.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut rows = Vec::new();
    for speaker in &timeline.speakers {
        let words = speaker.words.iter().map(|w| (w.start, w.end, w.text.as_str())).collect();
        let phones = speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.as_str())).collect();
        for (kind, intervals) in [("words", words), ("phones", phones)] {
            let intervals: Vec<(Time, Time, &str)> = intervals;
            let several = timeline.speakers.len() > 1;
            let name = if several { format!("{} - {kind}", speaker.id) } else { kind.to_owned() };
            if !intervals.is_empty() {
                rows.push(tier(&name, &intervals));
            }
        }
    }
    if rows.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words or phones"));
    }
    let end = timeline.duration.as_secs_f64();
    Ok(format!("{{\n  \"start\": 0,\n  \"end\": {end},\n  \"tiers\": {{\n{}\n  }}\n}}\n", rows.join(",\n"))
        .into())
}

fn tier(name: &str, intervals: &[(Time, Time, &str)]) -> String {
    let entry = |(start, end, label): &(Time, Time, &str)| {
        format!("        [{}, {}, {}]", start.as_secs_f64(), end.as_secs_f64(), quoted(label))
    };
    let entries: Vec<String> = intervals.iter().map(entry).collect();
    format!(
        "    {}: {{\n      \"type\": \"interval\",\n      \"entries\": [\n{}\n      ]\n    }}",
        quoted(name),
        entries.join(",\n")
    )
}
