//! Timeline → Praat TextGrid, long text: tiers of words, phones and visemes for each speaker, and of captions.

use std::fmt::Write as _;

use super::{Options, Written};
use crate::diagnostic::Diagnostic;
use crate::script::timeline::Timeline;
use crate::time::Time;

type Interval<'a> = (Time, Time, &'a str);

pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut tiers: Vec<(String, Vec<Interval<'_>>)> = Vec::new();
    let language = timeline.captions.first().map_or("", |caption| caption.language.as_str());
    for (index, speaker) in timeline.speakers.iter().enumerate() {
        // Nothing says who says a caption.
        let captions = timeline.captions.iter().filter(|c| index == 0 && c.language == language);
        let captions = captions.map(|c| (c.start, c.end, c.text.as_str())).collect();
        let words = speaker.words.iter().map(|w| (w.start, w.end, w.text.as_str())).collect();
        let phones = speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.as_str())).collect();
        let visemes = speaker.visemes.iter().map(|v| (v.start, v.end, v.viseme.name())).collect();
        for (kind, intervals) in
            [("captions", captions), ("words", words), ("phones", phones), ("visemes", visemes)]
        {
            let intervals: Vec<Interval<'_>> = intervals;
            let name = if timeline.speakers.len() > 1 {
                format!("{} - {kind}", speaker.id)
            } else {
                kind.to_owned()
            };
            if !intervals.is_empty() {
                tiers.push((name, filled(&intervals, timeline.duration)));
            }
        }
    }
    if tiers.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words, phones or visemes"));
    }
    Ok(text(&tiers, timeline.duration).into())
}

/// An interval tier has no gaps and no overlaps: gaps are empty intervals, an overlapped one ends early.
fn filled<'a>(intervals: &[Interval<'a>], duration: Time) -> Vec<Interval<'a>> {
    let mut filled = Vec::new();
    let mut last = Time::ZERO;
    for (index, &(start, end, label)) in intervals.iter().enumerate() {
        let end = intervals.get(index + 1).map_or(end, |(next, ..)| end.min(*next));
        if start > last {
            filled.push((last, start, ""));
        }
        if end > start {
            filled.push((start, end, label));
            last = end;
        }
    }
    if duration > last {
        filled.push((last, duration, ""));
    }
    filled
}

fn text(tiers: &[(String, Vec<Interval<'_>>)], duration: Time) -> String {
    let end = duration.as_secs_f64();
    let mut text = format!(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = {end}\ntiers? <exists>\n\
         size = {}\nitem []:\n",
        tiers.len()
    );
    // Writing to a String never fails.
    for (index, (name, intervals)) in tiers.iter().enumerate() {
        _ = write!(
            text,
            "    item [{}]:\n        class = \"IntervalTier\"\n        name = \"{}\"\n        xmin = 0\n        \
             xmax = {end}\n        intervals: size = {}\n",
            index + 1,
            name.replace('"', "\"\""),
            intervals.len()
        );
        for (index, (start, end, label)) in intervals.iter().enumerate() {
            _ = write!(
                text,
                "        intervals [{}]:\n            xmin = {}\n            xmax = {}\n            text = \"{}\"\n",
                index + 1,
                start.as_secs_f64(),
                end.as_secs_f64(),
                label.replace('"', "\"\"")
            );
        }
    }
    text
}
