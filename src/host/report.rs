//! One page that shows an aligned recording: waveform, spectrogram, words, phones, and how sure they are.
//!
//! It holds everything itself and asks nothing of a network. It judges nothing.

use std::fmt::Write;
use std::path::Path;

use super::align::Aligned;
use super::{HostError, base64};
use crate::diagnostic::Diagnostic;
use crate::job::Job;
use crate::script::timeline::TimedPhone;
use crate::speech::acoustic::{BANDS, Levels};
use crate::time::Time;

/// A row of the page is so many frames of 10 ms, and so many pixels wide.
const FRAMES: usize = 500;
const WIDTH: usize = 1200;
const PX_A_SEC: f64 = WIDTH as f64 / (FRAMES as f64 / 100.0);
/// Longer recordings are shown only where something differs, and then no more rows than these.
const MOST_ROWS: usize = 360;
/// The loudest so many decibels are drawn.
const RANGE_DB: u8 = 70;
/// Where the parts of a row stand, pixels from its top.
const WAVE: f64 = 30.0;
const SPECTRUM: f64 = 62.0;
const SPECTRUM_HEIGHT: f64 = 128.0;
const WORDS: f64 = 194.0;
const PHONES: f64 = 216.0;
const HEIGHT: f64 = 238.0;

const STYLE: &str = "body{font:14px/1.4 system-ui,sans-serif;margin:2em auto;max-width:1240px;color:#222}\
h1{font-size:1.4em}svg{display:block;width:100%;height:auto;background:#fafafa;border:1px solid #ddd}\
section{margin:1em 0}h2{font-size:1em;margin:.2em 0}text{font:11px system-ui,sans-serif;text-anchor:middle}\
.w{stroke:#fff}.f{fill:#d33;fill-opacity:.12}li{margin:.2em 0}.key span{padding:.1em .6em;margin-right:.5em}";

/// What a recording looks like, 10 ms a column.
#[derive(Default)]
struct Picture {
    /// The least and the greatest sample.
    peaks: Vec<(f32, f32)>,
    bands: Vec<Levels>,
}

/// The page as HTML.
///
/// # Errors
/// When the recording cannot be read again; a cancelled job.
pub fn report_of(aligned: &Aligned, audio: &Path, job: &Job<'_>) -> Result<String, HostError> {
    let picture = look_at(audio, job)?;
    let name = audio.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let rows = picture.peaks.len().div_ceil(FRAMES);
    let mut page = String::new();
    let put = &mut page;
    let _ = write!(
        put,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>{STYLE}</style>\n<h1>{0}</h1>\n",
        escaped(&name)
    );
    summary(put, aligned);
    let shown: Vec<usize> =
        (0..rows).filter(|row| rows <= MOST_ROWS || has_difference(aligned, *row)).take(MOST_ROWS).collect();
    if shown.len() < rows {
        let _ = writeln!(
            put,
            "<p>{} of {rows} stretches of {} s are shown: those where text and recording differ.</p>",
            shown.len(),
            FRAMES / 100
        );
    }
    for (done, row) in shown.iter().enumerate() {
        job.report("drawing", done as u64, shown.len() as u64)?;
        draw_row(put, aligned, &picture, *row)?;
    }
    put.push_str("</html>\n");
    Ok(page)
}

fn look_at(audio: &Path, job: &Job<'_>) -> Result<Picture, HostError> {
    let mut picture = Picture::default();
    super::recording::read_pieces(
        audio,
        job,
        |rate, samples| {
            let rate = u64::from(rate.max(1));
            let sample = |column: u64| (column * rate / 100) as usize;
            picture.peaks.extend((0..(samples.len() as u64 * 100).div_ceil(rate)).map(|column| {
                let end = sample(column + 1).min(samples.len());
                let column = samples.get(sample(column).min(end)..end).unwrap_or_default();
                column.iter().fold((0.0_f32, 0.0_f32), |(least, most), s| (least.min(*s), most.max(*s)))
            }));
        },
        |levels| picture.bands.push(levels),
    )?;
    Ok(picture)
}

fn summary(page: &mut String, aligned: &Aligned) {
    let duration = aligned.timeline.duration;
    let _ = write!(page, "<p>{duration}");
    if !aligned.words.is_empty() {
        let heard = aligned.words.iter().filter(|(_, word)| word.is_heard).count();
        let sum: f32 = aligned.words.iter().map(|(_, word)| word.confidence).sum();
        let mean = sum / aligned.words.len() as f32 * 100.0;
        let _ = write!(page, ", {heard} of {} words heard, mean confidence {mean:.0} %", aligned.words.len());
    }
    page.push_str("</p>\n<p class=\"key\">sure: ");
    for step in 0..5_u8 {
        let share = f32::from(step) / 4.0;
        let _ = write!(page, "<span style=\"background:{}\">{:.0} %</span>", colour(share), share * 100.0);
    }
    page.push_str("</p>\n");
    for Diagnostic { message, .. } in &aligned.warnings {
        let _ = writeln!(page, "<p><b>{}</b></p>", escaped(message));
    }
    if !aligned.differences.is_empty() {
        page.push_str("<ol>\n");
        for (start, _, told) in &aligned.differences {
            let row = frame_of(*start) / FRAMES;
            let _ = writeln!(page, "<li><a href=\"#r{row}\">{}</a></li>", escaped(&told.message));
        }
        page.push_str("</ol>\n");
    }
}

fn draw_row(page: &mut String, aligned: &Aligned, picture: &Picture, row: usize) -> Result<(), HostError> {
    let first = row * FRAMES;
    let start = Time::from_millis(first as i64 * 10);
    let end = start + Time::from_millis(FRAMES as i64 * 10);
    let _ = write!(
        page,
        "<section id=\"r{row}\"><h2>{start}</h2>\n<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{start} to {end}\">\n"
    );
    let x = |time: Time| ((time - start).as_secs_f64() * PX_A_SEC).clamp(0.0, WIDTH as f64);
    page.push_str("<path fill=\"#579\" d=\"");
    let column_px = WIDTH as f64 / FRAMES as f64;
    for (column, (least, most)) in picture.peaks.iter().skip(first).take(FRAMES).enumerate() {
        let (top, bottom) =
            (WAVE * (1.0 - f64::from(most.min(1.0))), WAVE * (1.0 - f64::from(least.max(-1.0))));
        let _ = write!(
            page,
            "M{:.1} {top:.1}h{column_px:.1}V{:.1}h-{column_px:.1}z",
            column as f64 * column_px,
            bottom + 0.5
        );
    }
    page.push_str("\"/>\n");
    let bands = picture.bands.get(first..(first + FRAMES).min(picture.bands.len())).unwrap_or_default();
    let loudest = picture.bands.iter().flatten().copied().max().unwrap_or_default();
    if !bands.is_empty() {
        let png = spectrogram(bands, loudest)?;
        let _ = writeln!(
            page,
            "<image x=\"0\" y=\"{SPECTRUM}\" width=\"{:.1}\" height=\"{SPECTRUM_HEIGHT}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{}\"/>",
            bands.len() as f64 * column_px,
            base64::encode(&png)
        );
    }
    for (from, to, told) in aligned.differences.iter().filter(|(from, to, _)| *from < end && *to >= start) {
        let width = (x(*to) - x(*from)).max(3.0);
        let _ = writeln!(
            page,
            "<rect class=\"f\" x=\"{:.1}\" y=\"0\" width=\"{width:.1}\" height=\"{HEIGHT}\"><title>{}</title></rect>",
            x(*from),
            escaped(&told.message)
        );
    }
    for (text, word) in aligned.words.iter().filter(|(_, w)| w.is_heard && w.start < end && w.end > start) {
        boxed(page, (x(word.start), x(word.end)), WORDS, text, word.confidence);
    }
    for TimedPhone { start: from, end: to, ipa, confidence, .. } in aligned
        .timeline
        .speakers
        .iter()
        .flat_map(|speaker| &speaker.phones)
        .filter(|p| p.start < end && p.end > start)
    {
        boxed(page, (x(*from), x(*to)), PHONES, ipa, *confidence);
    }
    page.push_str("</svg></section>\n");
    Ok(())
}

/// A label in its time, coloured by how sure it is.
fn boxed(page: &mut String, (left, right): (f64, f64), top: f64, text: &str, confidence: f32) {
    let text = escaped(text);
    let width = (right - left).max(0.5);
    let _ = write!(
        page,
        "<rect class=\"w\" x=\"{left:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"20\" fill=\"{}\"><title>{text} {:.0} %</title></rect>",
        colour(confidence),
        confidence * 100.0
    );
    let _ = writeln!(page, "<text x=\"{:.1}\" y=\"{}\">{text}</text>", (left + right) / 2.0, top + 14.0);
}

/// From red through yellow to green.
fn colour(confidence: f32) -> String {
    format!("hsl({:.0} 65% 78%)", confidence.clamp(0.0, 1.0) * 120.0)
}

fn has_difference(aligned: &Aligned, row: usize) -> bool {
    aligned
        .differences
        .iter()
        .any(|(start, end, _)| (frame_of(*start) / FRAMES..=frame_of(*end) / FRAMES).contains(&row))
}

fn frame_of(time: Time) -> usize {
    (time.as_nanos().max(0) / 10_000_000) as usize
}

/// A grey picture of 16 shades, low frequencies at the bottom, loud sound dark.
fn spectrogram(bands: &[Levels], loudest: u8) -> Result<Vec<u8>, HostError> {
    let shade = |level: u8| {
        15 - u32::from(RANGE_DB.saturating_sub(loudest - level.min(loudest))) * 15 / u32::from(RANGE_DB)
    };
    let mut rows = Vec::with_capacity(BANDS * bands.len().div_ceil(2));
    for band in (0..BANDS).rev() {
        rows.extend(bands.chunks(2).map(|pair| {
            let of = |index: usize| {
                pair.get(index).and_then(|levels| levels.get(band)).map_or(15, |level| shade(*level)) as u8
            };
            of(0) << 4 | of(1)
        }));
    }
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, bands.len() as u32, BANDS as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    let wrong =
        |error: png::EncodingError| HostError::input("", format!("a picture cannot be made: {error}"));
    let mut writer = encoder.write_header().map_err(wrong)?;
    writer.write_image_data(&rows).map_err(wrong)?;
    writer.finish().map_err(wrong)?;
    Ok(bytes)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
