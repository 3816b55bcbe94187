//! `rhetor trace`: the acting as numbers.

use super::args::Casting;
use super::error::CliError;
use super::output;
use crate::host::write_whole;
use crate::job::Job;
use crate::perform::{Column, Statistics};
use crate::production::{Production, Request};
use crate::time::FrameRate;
use std::fmt::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A script, a timeline, another tool's timing file, a text or a sound file.
    input: String,
    /// The table to write, .csv or .json.
    #[arg(short, value_name = "OUT.csv|.json", required_unless_present = "stats")]
    output: Option<PathBuf>,
    /// Rows a second.
    #[arg(long, value_name = "N", default_value = "100")]
    fps: FrameRate,
    /// Print how often and where the eyes blink and look and how the head moves, and the least, mean and greatest of every column
    /// that moves.
    #[arg(long)]
    stats: bool,
    #[command(flatten)]
    casting: Casting,
}

/// A speaker's rows: time in seconds, then a number for each column.
struct Table {
    speaker: String,
    rows: Vec<(f64, Vec<f32>)>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let request = arguments.casting.request(&arguments.input, Request::default());
    let production = Production::load(&request, &Job::silent())?;
    output::warnings(&production.warnings);
    let rig = arguments.casting.avatar.as_ref().and(production.cast.first()).map(|m| m.rig.as_ref());
    let columns = Column::all(rig, &production.cast);
    let tables = tables(&production, arguments.fps, &columns);
    if let Some(path) = &arguments.output {
        let text = match path.extension().and_then(|e| e.to_str()) {
            Some("csv") => csv(&tables, &columns),
            Some("json") => json(&tables, &columns),
            _ => return Err(CliError::usage(format!("{}: a trace ends with .csv or .json", path.display()))),
        };
        write_whole(path, text.as_bytes())
            .map_err(|e| CliError::failure(format!("{} cannot be written: {e}", path.display())))?;
    }
    if arguments.stats {
        for (role, table) in tables.iter().enumerate() {
            if tables.len() > 1 {
                output::result(format!("# {}", table.speaker));
            }
            if let Some(found) =
                Statistics::of(&production.performance, role, production.performance.duration())
            {
                liveliness(&found);
            }
            stats(table, &columns);
        }
    }
    Ok(())
}

fn tables(production: &Production, rate: FrameRate, columns: &[Column]) -> Vec<Table> {
    let performance = &production.performance;
    let count = rate.frames_before(performance.duration());
    let rows = |role: usize| {
        let Some(member) = production.cast.get(role) else { return Vec::new() };
        (0..count)
            .filter_map(|index| {
                let t = rate.time_of(index);
                let acting = performance.acting(role, t)?;
                Some((t.as_secs_f64(), columns.iter().map(|c| c.of(&acting, &member.avatar)).collect()))
            })
            .collect()
    };
    performance
        .speakers()
        .enumerate()
        .map(|(role, id)| Table { speaker: id.to_owned(), rows: rows(role) })
        .collect()
}

fn csv(tables: &[Table], columns: &[Column]) -> String {
    let several = tables.len() > 1;
    let mut text = String::from(if several { "speaker,time" } else { "time" });
    for column in columns {
        text.push(',');
        text.push_str(&column.name());
    }
    text.push('\n');
    for table in tables {
        for (time, values) in &table.rows {
            if several {
                text.push_str(&quoted(&table.speaker));
                text.push(',');
            }
            // Writing to a string cannot fail.
            let _ = write!(text, "{time:.6}");
            for value in values {
                let _ = write!(text, ",{value:.5}");
            }
            text.push('\n');
        }
    }
    text
}

/// As RFC 4180 has it.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

fn json(tables: &[Table], columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|c| c.name()).collect();
    let speakers: Vec<serde_json::Value> = tables
        .iter()
        .map(|t| {
            let rows: Vec<Vec<f64>> = t
                .rows
                .iter()
                .map(|(time, values)| {
                    std::iter::once(*time).chain(values.iter().map(|v| rounded(*v))).collect()
                })
                .collect();
            serde_json::json!({ "speaker": t.speaker, "rows": rows })
        })
        .collect();
    let columns: Vec<String> = std::iter::once("time".to_owned()).chain(names).collect();
    serde_json::json!({ "version": "1.0", "columns": columns, "speakers": speakers }).to_string() + "\n"
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e5).round() / 1e5
}

fn liveliness(found: &Statistics) {
    for (name, value, unit) in [
        ("blinks", found.blinks, "a minute"),
        ("of them after phrases", found.blinks_at_ends * 100.0, "%"),
        ("gaze at the audience", found.at_audience * 100.0, "%"),
        ("saccades", found.saccades, "a minute"),
        ("their size", found.saccade_size.to_degrees(), "degrees"),
        ("their duration", found.saccade_secs * 1000.0, "ms"),
        ("the same of people's", found.saccade_curve_secs * 1000.0, "ms"),
        ("speed of the head", found.head_speed.to_degrees(), "degrees a second"),
        ("its strongest rhythm", found.head_rhythm, "times what is around it"),
    ] {
        output::result(format!("{name:32} {value:9.1} {unit}"));
    }
}

fn stats(table: &Table, columns: &[Column]) {
    output::result(format!("{:32} {:>9} {:>9} {:>9}", "column", "least", "mean", "greatest"));
    for (index, column) in columns.iter().enumerate() {
        let values = || table.rows.iter().filter_map(|(_, row)| row.get(index).copied());
        let least = values().fold(f32::INFINITY, f32::min);
        let greatest = values().fold(f32::NEG_INFINITY, f32::max);
        if greatest > least {
            let mean = values().map(f64::from).sum::<f64>() / table.rows.len() as f64;
            output::result(format!("{:32} {least:9.4} {mean:9.4} {greatest:9.4}", column.name()));
        }
    }
}
