//! The Performance panel: milliseconds of pictures and passes, megabytes.

use super::widgets;
use crate::bench;
use crate::preview::workbench::Workbench;
use crate::preview::{style, words};
use egui::{RichText, Ui};

/// The least that the graph is high, milliseconds: two pictures of a film.
const TALL: f32 = 66.0;

pub(super) fn show(bench: &mut Workbench, ui: &mut Ui) {
    widgets::scroll(ui, "performance", |ui| {
        widgets::heading(ui, words::PICTURES, |_| {});
        graph(bench, ui);
        passes(bench, ui);
        memory(bench, ui);
    });
}

fn graph(bench: &Workbench, ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 72.0), egui::Sense::hover());
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 4.0, style::BACK);
    let tall = bench.intervals.iter().fold(TALL, |tall, ms| tall.max(ms * 1.1));
    let height = |ms: f32| rect.bottom() - rect.height() * (ms / tall).clamp(0.0, 1.0);
    for ms in [16.7, 33.3] {
        painter.hline(rect.x_range(), height(ms), egui::Stroke::new(1.0, style::LINE));
    }
    let step = rect.width() / bench.intervals.len().max(2) as f32;
    let points = bench.intervals.iter().enumerate();
    let points = points.map(|(n, ms)| egui::pos2(rect.left() + step * n as f32, height(*ms))).collect();
    painter.line(points, egui::Stroke::new(1.2, style::ACCENT));
    let mut sorted: Vec<f32> = bench.intervals.iter().copied().collect();
    sorted.sort_by(f32::total_cmp);
    let at = |share: usize| sorted.get(sorted.len() * share / 100).copied().unwrap_or(0.0);
    let (median, late, last) = (at(50), at(95), sorted.last().copied().unwrap_or(0.0));
    widgets::dim(
        ui,
        format!(
            "{:.0} a second, median {median:.1} ms, 95 % within {late:.1} ms, longest {last:.0} ms",
            1e3 / median.max(0.1)
        ),
    );
}

fn passes(bench: &mut Workbench, ui: &mut Ui) {
    let adapter = bench.gpu.adapter_name();
    let quality = bench.tier().quality.name();
    let (width, height) = bench.seen_px;
    let Some(renderer) = &mut bench.renderer else { return };
    widgets::heading(ui, words::PASSES, |_| {});
    widgets::dim(ui, format!("{adapter}, {width} × {height}, {quality}"));
    let passes = renderer.timings().to_vec();
    egui::Grid::new("passes").num_columns(3).min_col_width(80.0).spacing([12.0, 3.0]).show(ui, |ui| {
        for head in ["", "this thread", "adapter"] {
            ui.label(RichText::new(head).small().color(style::DIM));
        }
        ui.end_row();
        for pass in passes {
            ui.label(pass.name);
            ui.monospace(format!("{:>7.2} ms", pass.cpu_ms));
            ui.monospace(pass.gpu_ms.map_or_else(|| "–".to_owned(), |ms| format!("{ms:>7.2} ms")));
            ui.end_row();
        }
    });
}

fn memory(bench: &Workbench, ui: &mut Ui) {
    widgets::heading(ui, words::MEMORY, |_| {});
    let opened = bench.opened.as_ref();
    let cast = opened.map_or(&[][..], |opened| &opened.production.cast);
    let textures: usize = cast.iter().map(|member| member.avatar.texture_bytes()).sum();
    let geometry: usize = cast.iter().map(|member| member.avatar.geometry_bytes()).sum();
    let megabytes = |bytes: usize| format!("{:>7.1} MB", bytes as f64 / 1e6);
    let rows = [
        ("this program", format!("{:>7.1} MB", bench::memory_mb())),
        ("textures, about", megabytes(textures)),
        ("geometry, about", megabytes(geometry)),
        ("opened in", opened.map_or_else(|| "–".to_owned(), |opened| format!("{:>7.0} ms", opened.millis))),
    ];
    egui::Grid::new("memory").num_columns(2).min_col_width(120.0).spacing([12.0, 3.0]).show(ui, |ui| {
        for (name, value) in rows {
            ui.label(name);
            ui.monospace(value);
            ui.end_row();
        }
    });
}
