//! ELAN's annotations (`.eaf`), both ways: tiers of phones, words or utterances of each participant.
//!
//! Source: the ELAN Annotation Format, schema 3.0. Slots without a time share that between their neighbours.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use roxmltree::Node;

use super::label::Kind;
use super::sound::{add_sound, sound_of};
use super::tiers::{self, Interval, Tier};
use super::xml::{self, escaped};
use super::{Input, Options, Read, Written, seconds, warning};
use crate::diagnostic::Diagnostic;
use crate::script::document::Fault;
use crate::script::timeline::{Speaker, Timeline};
use crate::time::Time;

pub(super) fn read(input: &Input<'_>) -> Read {
    let document = xml::parse(input.text)?;
    let root = document.root_element();
    let header = root.children().find(|node| node.has_tag_name("HEADER"));
    let units = header.and_then(|header| header.attribute("TIME_UNITS")).unwrap_or("milliseconds");
    let mut warnings = Vec::new();
    if units != "milliseconds" {
        warnings.push(warning(format!("the time units '{units}' are read as milliseconds")));
    }
    let slots = slots(root)?;
    let mut spans: BTreeMap<&str, (Time, Time)> = BTreeMap::new();
    let mut tiers = Vec::new();
    for node in root.children().filter(|node| node.has_tag_name("TIER")) {
        let intervals = intervals(node, &slots, &mut spans)?;
        let name = node.attribute("TIER_ID").unwrap_or_default();
        let kind = node.attribute("LINGUISTIC_TYPE_REF").unwrap_or_default();
        tiers.push((name, kind, node.attribute("PARTICIPANT"), intervals));
    }
    let tiers = tiers.into_iter().map(|(name, kind, speaker, intervals)| Tier {
        speaker: speaker.map(str::to_owned),
        name: tier_name(name, kind),
        intervals,
    });
    let tiers = named(tiers.collect());
    let (mut timeline, warnings) = tiers::read(tiers, Time::ZERO, warnings, "ELAN file")?;
    let media = header.into_iter().flat_map(|header| header.children());
    let media = media.filter(|node| node.has_tag_name("MEDIA_DESCRIPTOR"));
    let mut file = media.filter_map(|node| node.attribute("RELATIVE_MEDIA_URL"));
    let left_out = file.next().and_then(|file| add_sound(&mut timeline, file));
    Ok((timeline, warnings.into_iter().chain(left_out).collect()))
}

/// The tier's name, or its type's where that says more: people name tiers after speakers.
fn tier_name(name: &str, kind: &str) -> String {
    let plain = name.split_once('@').map_or(name, |(plain, _)| plain);
    if tiers::says_kind(plain) || !tiers::says_kind(kind) { plain.to_owned() } else { kind.to_owned() }
}

/// Where no tier says what it holds, they are called after those who speak in them, and their content says it.
fn named(mut tiers: Vec<Tier>) -> Vec<Tier> {
    if tiers.iter().any(|tier| tiers::says_kind(&tier.name)) {
        return tiers;
    }
    let several = tiers.len() > 1;
    for tier in &mut tiers {
        let kind = match Kind::of(tier.intervals.iter().map(|(_, _, label)| label.as_str())) {
            Kind::Phones => "phones",
            Kind::Words => "words",
            Kind::Lines => "utterances",
        };
        let name = std::mem::replace(&mut tier.name, kind.to_owned());
        if several && tier.speaker.is_none() {
            tier.speaker = Some(name);
        }
    }
    tiers
}

/// The times of the slots.
fn slots<'a>(root: Node<'a, '_>) -> Result<BTreeMap<&'a str, Time>, Fault> {
    let order = root.children().find(|node| node.has_tag_name("TIME_ORDER"));
    let mut all: Vec<(&str, Option<Time>)> = Vec::new();
    for slot in order.into_iter().flat_map(|order| order.children()).filter(|n| n.has_tag_name("TIME_SLOT")) {
        let at = slot.range().start;
        let id = slot.attribute("TIME_SLOT_ID").unwrap_or_default();
        let time = slot.attribute("TIME_VALUE").map(|value| {
            let millis = value.trim().parse::<f64>();
            let millis = millis.map_err(|_| Fault::new("TIME_VALUE is no number").at(at))?;
            seconds(millis / 1000.0).map_err(|fault| fault.at(at))
        });
        all.push((id, time.transpose()?));
    }
    let mut slots = BTreeMap::new();
    let mut before = Time::ZERO;
    let mut index = 0;
    while let Some((id, time)) = all.get(index) {
        if let Some(time) = time {
            slots.insert(*id, *time);
            before = *time;
            index += 1;
            continue;
        }
        let run = all.iter().skip(index).take_while(|(_, time)| time.is_none()).count();
        let after = all.get(index + run).and_then(|(_, time)| *time).unwrap_or(before).max(before);
        for (nth, (id, _)) in all.iter().skip(index).take(run).enumerate() {
            let share = (after - before).as_nanos() / (run as i64 + 1) * (nth as i64 + 1);
            slots.insert(*id, before + Time::from_nanos(share));
        }
        index += run;
    }
    Ok(slots)
}

/// The annotations of a tier; such as hang on another share its time in order.
fn intervals<'a>(
    tier: Node<'a, '_>,
    slots: &BTreeMap<&str, Time>,
    spans: &mut BTreeMap<&'a str, (Time, Time)>,
) -> Result<Vec<Interval>, Fault> {
    let mut intervals = Vec::new();
    let mut hanging: Vec<(&str, Vec<(&str, String)>)> = Vec::new();
    for node in tier.descendants() {
        let at = node.range().start;
        let id = node.attribute("ANNOTATION_ID").unwrap_or_default();
        let value = || {
            let value = node.children().find(|child| child.has_tag_name("ANNOTATION_VALUE"));
            value.and_then(|value| value.text()).unwrap_or_default().to_owned()
        };
        if node.has_tag_name("ALIGNABLE_ANNOTATION") {
            let slot = |key: &str| {
                let slot = node.attribute(key).unwrap_or_default();
                let fault = || Fault::new(format!("there is no time slot '{slot}'")).at(at);
                slots.get(slot).copied().ok_or_else(fault)
            };
            let (start, end) = (slot("TIME_SLOT_REF1")?, slot("TIME_SLOT_REF2")?);
            spans.insert(id, (start, end));
            intervals.push((start, end, value()));
        } else if node.has_tag_name("REF_ANNOTATION") {
            let parent = node.attribute("ANNOTATION_REF").unwrap_or_default();
            match hanging.last_mut() {
                Some((last, children)) if *last == parent => children.push((id, value())),
                _ => hanging.push((parent, vec![(id, value())])),
            }
        }
    }
    for (parent, children) in hanging {
        // A parent that stands later in the file, or nowhere, gives no time.
        let Some((start, end)) = spans.get(parent).copied() else { continue };
        let count = children.len() as i64;
        let at = |nth: i64| start + Time::from_nanos((end - start).as_nanos() / count * nth);
        for (nth, (id, value)) in children.into_iter().enumerate() {
            let nth = nth as i64;
            let until = if nth + 1 == count { end } else { at(nth + 1) };
            spans.insert(id, (at(nth), until));
            intervals.push((at(nth), until, value));
        }
    }
    Ok(intervals)
}

/// One tier of words, phones, visemes and captions for each speaker; captions go to the first.
pub(super) fn write(timeline: &Timeline, _: &Options) -> Result<Written, Diagnostic> {
    let mut tiers: Vec<(String, &str, &Speaker, Vec<Interval>)> = Vec::new();
    for (index, speaker) in timeline.speakers.iter().enumerate() {
        let captions = timeline.captions.iter().filter(|_| index == 0);
        let captions = captions.map(|c| (c.start, c.end, c.text.clone())).collect();
        let words = speaker.words.iter().map(|w| (w.start, w.end, w.text.clone())).collect();
        let phones = speaker.phones.iter().map(|p| (p.start, p.end, p.ipa.clone())).collect();
        let visemes = speaker.visemes.iter().map(|v| (v.start, v.end, v.viseme.name().to_owned())).collect();
        for (kind, intervals) in
            [("captions", captions), ("words", words), ("phones", phones), ("visemes", visemes)]
        {
            let intervals: Vec<Interval> = intervals;
            if !intervals.is_empty() {
                tiers.push((format!("{kind}@{}", speaker.id), kind, speaker, intervals));
            }
        }
    }
    if tiers.is_empty() {
        return Err(Diagnostic::error("", "the timeline has no words, phones, visemes or captions"));
    }
    let mut slots = String::new();
    let mut body = String::new();
    let mut count = 0;
    for (name, _, speaker, intervals) in &tiers {
        _ = writeln!(
            body,
            "    <TIER LINGUISTIC_TYPE_REF=\"default-lt\" PARTICIPANT=\"{}\" TIER_ID=\"{}\">",
            escaped(&speaker.id),
            escaped(name)
        );
        for (start, end, label) in intervals {
            count += 1;
            for (slot, time) in [(count * 2 - 1, start), (count * 2, end)] {
                let millis = (time.as_nanos() + 500_000) / 1_000_000;
                _ = writeln!(slots, "        <TIME_SLOT TIME_SLOT_ID=\"ts{slot}\" TIME_VALUE=\"{millis}\"/>");
            }
            _ = write!(
                body,
                "        <ANNOTATION>\n            <ALIGNABLE_ANNOTATION ANNOTATION_ID=\"a{count}\" \
                 TIME_SLOT_REF1=\"ts{}\" TIME_SLOT_REF2=\"ts{}\">\n                \
                 <ANNOTATION_VALUE>{}</ANNOTATION_VALUE>\n            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n",
                count * 2 - 1,
                count * 2,
                escaped(label)
            );
        }
        body.push_str("    </TIER>\n");
    }
    Ok(document(sound_of(timeline), &slots, &body).into())
}

fn document(sound: &str, slots: &str, tiers: &str) -> String {
    let media = if sound.is_empty() {
        String::new()
    } else {
        let file = escaped(sound);
        format!(
            "        <MEDIA_DESCRIPTOR MEDIA_URL=\"{file}\" MIME_TYPE=\"audio/x-wav\" RELATIVE_MEDIA_URL=\"./{file}\"/>\n"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <ANNOTATION_DOCUMENT AUTHOR=\"\" DATE=\"1970-01-01T00:00:00+00:00\" FORMAT=\"3.0\" VERSION=\"3.0\">\n    \
         <HEADER MEDIA_FILE=\"\" TIME_UNITS=\"milliseconds\">\n{media}    </HEADER>\n    <TIME_ORDER>\n{slots}    \
         </TIME_ORDER>\n{tiers}    <LINGUISTIC_TYPE GRAPHIC_REFERENCES=\"false\" LINGUISTIC_TYPE_ID=\"default-lt\" \
         TIME_ALIGNABLE=\"true\"/>\n</ANNOTATION_DOCUMENT>\n"
    )
}
