//! The timeline: waveform, words, phones, visemes and marks around the position.

use crate::preview::strip::{COLUMN, Piece, Strip};
use crate::preview::style;
use crate::preview::workbench::Workbench;
use crate::time::Time;
use crate::vocabulary::Viseme;
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use std::ops::Range;

/// Heights of the rows, in points.
const WAVE: f32 = 46.0;
const LANE: f32 = 19.0;
/// What is quieter than this is not drawn larger.
const QUIETEST: f32 = 0.05;
/// The shortest stretch that is shown.
const SHORTEST: f64 = 0.5;

/// Where times lie.
#[derive(Clone, Copy)]
struct Scale {
    rect: Rect,
    from: Time,
    span: Time,
}

impl Scale {
    fn x(&self, t: Time) -> f32 {
        let share = (t - self.from).as_secs_f64() / self.span.as_secs_f64().max(1e-9);
        self.rect.left() + self.rect.width() * share as f32
    }

    fn time(&self, x: f32) -> Time {
        let share = f64::from((x - self.rect.left()) / self.rect.width().max(1.0));
        self.from + Time::from_secs_f64(share * self.span.as_secs_f64())
    }

    fn shows(&self, range: &Range<Time>) -> bool {
        range.end > self.from && range.start < self.from + self.span
    }
}

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    let Some(strip) = bench.strip() else { return };
    let duration = strip.duration;
    let size = vec2(ui.available_width(), WAVE + LANE * 4.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    let position = bench.transport.position();
    let scale = scale(rect, bench.strip_span.min(strip.duration), strip.duration, position);
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 4.0, style::BACK);
    wave(strip, &scale, &painter);
    let lane = |n: usize| rect.top() + WAVE + LANE * n as f32;
    pieces(&strip.words, &scale, lane(0), style::OVER, &painter, position);
    pieces(&strip.phones, &scale, lane(1), style::RAISED, &painter, position);
    visemes(strip, &scale, lane(2), &painter, position);
    marks(strip, &scale, lane(3), &painter);
    if let Some(repeat) = bench.transport.repeat() {
        let shown = Rect::from_x_y_ranges(scale.x(repeat.start)..=scale.x(repeat.end), rect.y_range());
        painter.rect_stroke(shown, 2.0, Stroke::new(1.0, style::WARN), StrokeKind::Inside);
    }
    painter.vline(scale.x(position), rect.y_range(), Stroke::new(1.5, style::STRONG));
    let word = response.interact_pointer_pos().and_then(|at| {
        let t = scale.time(at.x);
        strip.words.iter().find(|piece| piece.range.contains(&t)).map(|piece| piece.range.clone())
    });
    if response.double_clicked() {
        bench.transport.set_repeat(word);
        return;
    }
    if let Some(at) = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on()) {
        bench.transport.seek(scale.time(at.x));
    }
    if response.hovered() {
        let scroll = ui.input(|input| input.smooth_scroll_delta.y);
        let secs = bench.strip_span.as_secs_f64() * f64::from((-scroll / 200.0).clamp(-1.0, 1.0)).exp2();
        bench.strip_span = Time::from_secs_f64(secs.clamp(SHORTEST, duration.as_secs_f64().max(SHORTEST)));
    }
}

/// Page by page, so that what is read stands still while the position runs through it.
fn scale(rect: Rect, span: Time, duration: Time, position: Time) -> Scale {
    let span = span.max(Time::from_secs_f64(SHORTEST));
    let page = position.as_nanos() / span.as_nanos().max(1);
    let last = (duration - span).max(Time::ZERO);
    let from = Time::from_nanos(page * span.as_nanos()).min(last);
    Scale { rect, from, span }
}

fn wave(strip: &Strip, scale: &Scale, painter: &Painter) {
    let middle = scale.rect.top() + WAVE * 0.5;
    let tall = WAVE * 0.47 / strip.loudest.max(QUIETEST);
    let columns = scale.rect.width().max(1.0) as usize;
    let index = |x: f32| (scale.time(x).as_nanos().max(0) / COLUMN.as_nanos()) as usize;
    for column in 0..columns {
        let x = scale.rect.left() + column as f32;
        let (first, last) = (index(x), index(x + 1.0).max(index(x) + 1));
        let heard = strip.peaks.get(first..last.min(strip.peaks.len())).unwrap_or_default();
        let (least, most) =
            heard.iter().fold((0.0_f32, 0.0_f32), |(least, most), (l, m)| (least.min(*l), most.max(*m)));
        painter.vline(
            x,
            middle - most * tall..=middle - least * tall + 1.0,
            Stroke::new(1.0, style::ACCENT_DEEP),
        );
    }
}

fn pieces(pieces: &[Piece], scale: &Scale, top: f32, fill: Color32, painter: &Painter, position: Time) {
    for piece in pieces.iter().filter(|piece| scale.shows(&piece.range)) {
        block(&piece.range, &piece.text, scale, top, fill, painter, position);
    }
}

fn visemes(strip: &Strip, scale: &Scale, top: f32, painter: &Painter, position: Time) {
    for (range, viseme) in strip.visemes.iter().filter(|(range, _)| scale.shows(range)) {
        block(range, viseme.name(), scale, top, tint(*viseme), painter, position);
    }
}

/// Closed lips stand out, vowels are warm.
fn tint(viseme: Viseme) -> Color32 {
    match viseme {
        Viseme::PP | Viseme::FF => Color32::from_rgb(0x5a, 0x3f, 0x74),
        Viseme::Aa | Viseme::E | Viseme::Ih | Viseme::Oh | Viseme::Ou => Color32::from_rgb(0x6a, 0x4b, 0x2e),
        _ => Color32::from_rgb(0x2c, 0x4a, 0x46),
    }
}

fn block(
    range: &Range<Time>,
    text: &str,
    scale: &Scale,
    top: f32,
    fill: Color32,
    painter: &Painter,
    position: Time,
) {
    let (left, right) = (scale.x(range.start), scale.x(range.end));
    let rect = Rect::from_min_max(
        pos2(left + 0.5, top + 1.0),
        pos2((right - 0.5).max(left + 1.0), top + LANE - 1.0),
    );
    let is_now = range.contains(&position);
    painter.rect_filled(rect, 2.0, if is_now { style::ACCENT_DEEP } else { fill });
    let ink = if is_now { style::STRONG } else { style::TEXT };
    let laid = painter.layout_no_wrap(text.to_owned(), FontId::proportional(11.5), ink);
    if laid.size().x + 2.0 <= rect.width() {
        let at: Pos2 = rect.center() - laid.size() * 0.5;
        painter.galley(at, laid, ink);
    }
}

fn marks(strip: &Strip, scale: &Scale, top: f32, painter: &Painter) {
    for (time, text) in
        strip.marks.iter().filter(|(time, _)| scale.shows(&(*time..*time + Time::from_millis(1))))
    {
        let x = scale.x(*time);
        painter.vline(x, top + 2.0..=top + LANE - 2.0, Stroke::new(1.5, style::WARN));
        let at = pos2(x + 4.0, top + LANE * 0.5);
        painter.text(at, Align2::LEFT_CENTER, text, FontId::proportional(11.0), style::WARN);
    }
}
