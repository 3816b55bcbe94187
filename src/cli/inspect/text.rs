//! The report as text: what the file is, what is wrong with it, and what it can do.

use super::how;
use crate::inspection::{Inspection, Row, Section, counted};
use crate::rig::{Count, Entry, How};
use std::fmt::Write;

/// Long rows are broken at this column.
const WIDE: usize = 100;
/// Where what a line says begins.
const INDENT: usize = 13;

pub(super) fn write(inspection: &Inspection<'_>) -> String {
    let mut text = String::new();
    rows(&mut text, &inspection.file());
    warnings(&mut text, inspection);
    text.push('\n');
    rows(&mut text, &inspection.skeleton());
    section(&mut text, "visemes", &inspection.report.visemes, inspection.report.viseme_count, false);
    let lips = inspection.lips();
    if !lips.rows.is_empty() {
        text.push('\n');
        rows(&mut text, &lips);
    }
    section(&mut text, "channels", &inspection.report.channels, inspection.report.channel_count, true);
    expressions(&mut text, inspection);
    text.push('\n');
    rows(&mut text, &inspection.gestures());
    text.trim_end().to_owned()
}

fn rows(text: &mut String, section: &Section) {
    for Row { name, parts, between } in &section.rows {
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        listed(text, name, &parts, between);
    }
}

/// Parts in as many lines as they need.
fn listed(text: &mut String, title: &str, parts: &[&str], between: &str) {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(last) if last.chars().count() + part.chars().count() + between.len() < WIDE - INDENT => {
                last.push_str(between);
                last.push_str(part);
            }
            _ => lines.push((*part).to_owned()),
        }
    }
    for (i, words) in lines.iter().enumerate() {
        let _ = writeln!(text, "{:INDENT$}{words}", if i == 0 { title } else { "" });
    }
}

fn warnings(text: &mut String, Inspection { warnings, .. }: &Inspection<'_>) {
    let _ = writeln!(text);
    if warnings.is_empty() {
        let _ = writeln!(text, "nothing to warn of");
    }
    for warning in warnings {
        let _ = writeln!(text, "warning: {}", warning.message);
        if let Some(help) = &warning.help {
            let _ = writeln!(text, "         {help}");
        }
    }
}

/// By what each expression is worn: channels where there are most of them, else the avatar's own.
fn expressions(text: &mut String, inspection: &Inspection<'_>) {
    let (there, missing) = inspection.expressions();
    let _ = writeln!(text, "\n{:INDENT$} {} worn, {} missing", "expressions", there.len(), missing.len());
    for (name, by) in there {
        let _ = writeln!(text, "  {name:22} {by}");
    }
    let missing: Vec<&str> = missing.iter().map(String::as_str).collect();
    listed(text, "  missing", &missing, " ");
}

/// One line an entry; those with names of their own in one list where `is_brief`.
fn section(text: &mut String, title: &str, entries: &[Entry], count: Count, is_brief: bool) {
    let _ = writeln!(text, "\n{title:INDENT$}{}", counted(count));
    let is_listed =
        |e: &&Entry| is_brief && (e.how == How::Missing || (e.how == How::Direct && !e.source.contains('+')));
    for entry in entries.iter().filter(|e| !is_listed(e)) {
        let _ = writeln!(text, "  {:22} {:8} {}", entry.name, how(entry), entry.source);
    }
    for (kind, label) in [(How::Direct, "direct"), (How::Missing, "missing")] {
        let listed_names: Vec<&str> =
            entries.iter().filter(is_listed).filter(|e| e.how == kind).map(|e| e.name).collect();
        listed(text, &format!("  {label}"), &listed_names, " ");
    }
}
