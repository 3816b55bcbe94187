//! How fast frames are evaluated and drawn on this machine.
//!
//! It measures and never judges; drawing is pipelined exactly as for a film.

use crate::clock::now;
use crate::perform::Performance;
use crate::render::{RenderError, Renderer};
use crate::time::{FrameRate, Time};
use std::collections::BTreeMap;
use std::time::Instant;

/// What was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// Finished frames a second, read-back included.
    pub fps: f64,
    /// From one finished frame to the next, median, milliseconds.
    pub frame_median_ms: f64,
    /// 95 of 100 are quicker.
    pub frame_p95_ms: f64,
    /// Median cost of each pass.
    pub passes: Vec<Pass>,
    /// Median cost of one evaluation, microseconds.
    pub evaluate_us: f64,
    /// The most memory this process has held, megabytes; zero where the system does not tell.
    pub rss_mb: f64,
}

/// One pass of the renderer.
#[derive(Debug, Clone, PartialEq)]
pub struct Pass {
    /// Its name.
    pub name: String,
    /// Milliseconds of the calling thread.
    pub cpu_ms: f64,
    /// Milliseconds of the adapter, where it can tell.
    pub gpu_ms: Option<f64>,
}

/// Draws `frames` frames, spread over the performance at 30 a second and starting over at its end, after a
/// tenth as many to warm up.
///
/// # Errors
/// When the device cannot draw.
pub fn measure(
    performance: &Performance,
    renderer: &mut Renderer,
    (width, height): (u32, u32),
    frames: u32,
) -> Result<Measured, RenderError> {
    let aspect = width as f32 / height as f32;
    let moment = moments(performance);
    let mut frame = performance.first_frame(aspect);
    let mut evaluations = evaluations(performance, frames, aspect);
    let mut passes: BTreeMap<&'static str, (Vec<f64>, Vec<f64>)> = BTreeMap::new();
    renderer.set_timing(true);
    let warm = frames / 10 + 3;
    let mut pace = Pace { warm, finished: 0, begun: now(), last: now(), gaps: Vec::new() };
    for index in 0..frames + warm {
        performance.evaluate_into(&mut frame, moment(index), aspect);
        if renderer.in_flight() >= Renderer::MOST_IN_FLIGHT {
            pace.receive(renderer)?;
        }
        renderer.submit(&frame, width, height)?;
        if index >= warm {
            for timing in renderer.timings() {
                let (cpu, gpu) = passes.entry(timing.name).or_default();
                cpu.push(f64::from(timing.cpu_ms));
                gpu.extend(timing.gpu_ms.map(f64::from));
            }
        }
    }
    while renderer.in_flight() > 0 {
        pace.receive(renderer)?;
    }
    let elapsed = (pace.last - pace.begun).as_secs_f64().max(1e-9);
    Ok(Measured {
        fps: f64::from(frames) / elapsed,
        frame_median_ms: quantile(&mut pace.gaps, 0.5),
        frame_p95_ms: quantile(&mut pace.gaps, 0.95),
        passes: passes
            .into_iter()
            .map(|(name, (mut cpu, mut gpu))| Pass {
                name: name.to_owned(),
                cpu_ms: quantile(&mut cpu, 0.5),
                gpu_ms: (!gpu.is_empty()).then(|| quantile(&mut gpu, 0.5)),
            })
            .collect(),
        evaluate_us: quantile(&mut evaluations, 0.5),
        rss_mb: peak_memory_mb(),
    })
}

/// How long each of `frames` takes to evaluate, microseconds, while nothing is drawn: a rasteriser in software would take the
/// processor meanwhile.
fn evaluations(performance: &Performance, frames: u32, aspect: f32) -> Vec<f64> {
    let mut frame = performance.first_frame(aspect);
    let moment = moments(performance);
    let one = |index: u32| {
        let before = now();
        performance.evaluate_into(&mut frame, moment(index), aspect);
        before.elapsed().as_secs_f64() * 1e6
    };
    (0..frames.max(1)).map(one).collect()
}

/// When finished frames came back.
struct Pace {
    warm: u32,
    finished: u32,
    begun: Instant,
    last: Instant,
    gaps: Vec<f64>,
}

impl Pace {
    fn receive(&mut self, renderer: &mut Renderer) -> Result<(), RenderError> {
        renderer.receive()?;
        let at = now();
        self.finished += 1;
        if self.finished > self.warm {
            self.gaps.push((at - self.last).as_secs_f64() * 1e3);
        } else {
            self.begun = at;
        }
        self.last = at;
        Ok(())
    }
}

fn moments(performance: &Performance) -> impl Fn(u32) -> Time {
    let rate = FrameRate::new(30, 1);
    let whole = rate.map_or(1, |r| r.frames_before(performance.duration())).max(1);
    move |index| rate.map_or(Time::ZERO, |r| r.time_of(u64::from(index) % whole))
}

fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    let index = (values.len() as f64 * share) as usize;
    values.get(index.min(values.len().saturating_sub(1))).copied().unwrap_or(0.0)
}

/// The most memory that this process has had, MB; 0 where the system does not tell.
fn peak_memory_mb() -> f64 {
    process_memory_mb("VmHWM:")
}

/// The memory that this process has now, MB; 0 where the system does not tell.
pub fn memory_mb() -> f64 {
    process_memory_mb("VmRSS:")
}

fn process_memory_mb(row: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix(row));
    let kib = line.and_then(|l| l.split_whitespace().next()?.parse::<f64>().ok());
    kib.map_or(0.0, |kib| kib / 1024.0)
}
