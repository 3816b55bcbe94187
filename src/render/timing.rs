//! What each pass costs: on this thread by its clock, on the adapter by timestamp queries. Measures never reach pixels.

use super::Gpu;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// What one pass of the last measured frame cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassTiming {
    /// One of [`PASSES`].
    pub name: &'static str,
    /// Milliseconds of the calling thread.
    pub cpu_ms: f32,
    /// Milliseconds on the adapter, where it can tell.
    pub gpu_ms: Option<f32>,
}

/// The passes, in order. What is drawn again through glass, with the copy of what is behind it, is `glass`; a lens' depth of field
/// and glow are `focus` and `bloom`.
pub const PASSES: [&str; 8] =
    ["deform", "shadow", "occlusion", "forward", "glass", "focus", "bloom", "compose"];

/// Places in [`PASSES`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    Deform,
    Shadow,
    Occlusion,
    Forward,
    Glass,
    Focus,
    Bloom,
    Compose,
}

const QUERIES: u32 = PASSES.len() as u32 * 2;

/// A running measure of this thread's time.
#[derive(Debug)]
pub(super) struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "measures cost, which never reaches a picture")]
    pub(super) fn start() -> Self {
        Self(Instant::now())
    }

    pub(super) fn millis(&self) -> f32 {
        self.0.elapsed().as_secs_f32() * 1e3
    }
}

/// What the `n`th of `count` passes writes so that all are measured as one, from the beginning of the first to the end of the last.
pub(super) fn part_of<'a>(
    writes: &Option<wgpu::RenderPassTimestampWrites<'a>>,
    n: usize,
    count: usize,
) -> Option<wgpu::RenderPassTimestampWrites<'a>> {
    let writes = writes.clone()?;
    let begin = writes.beginning_of_pass_write_index.filter(|_| n == 0);
    let end = writes.end_of_pass_write_index.filter(|_| n + 1 == count);
    (begin.is_some() || end.is_some()).then_some(wgpu::RenderPassTimestampWrites {
        query_set: writes.query_set,
        beginning_of_pass_write_index: begin,
        end_of_pass_write_index: end,
    })
}

/// Gathers the measures of a renderer's frames.
#[derive(Debug)]
pub(super) struct Timing {
    last: Vec<PassTiming>,
    cpu: [f32; PASSES.len()],
    was_used: [bool; PASSES.len()],
    queries: Option<Queries>,
}

#[derive(Debug)]
struct Queries {
    set: wgpu::QuerySet,
    resolved: wgpu::Buffer,
    readable: wgpu::Buffer,
    period_ns: f32,
    /// The readable buffer waits to be mapped; frames meanwhile are not measured.
    is_pending: bool,
    is_mapped: Arc<AtomicBool>,
    used: [bool; PASSES.len()],
}

impl Timing {
    pub(super) fn new(gpu: &Gpu) -> Self {
        let queries = gpu.has_timestamps().then(|| {
            let buffer = |usage| {
                gpu.device().create_buffer(&wgpu::BufferDescriptor {
                    label: Some("Timing::buffer"),
                    size: u64::from(QUERIES) * 8,
                    usage: usage | wgpu::BufferUsages::COPY_DST,
                    mapped_at_creation: false,
                })
            };
            Queries {
                set: gpu.device().create_query_set(&wgpu::QuerySetDescriptor {
                    label: Some("Timing::set"),
                    ty: wgpu::QueryType::Timestamp,
                    count: QUERIES,
                }),
                resolved: buffer(wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC),
                readable: buffer(wgpu::BufferUsages::MAP_READ),
                period_ns: gpu.queue().get_timestamp_period(),
                is_pending: false,
                is_mapped: Arc::default(),
                used: [false; PASSES.len()],
            }
        });
        Self { last: Vec::new(), cpu: [0.0; PASSES.len()], was_used: [false; PASSES.len()], queries }
    }

    /// What the passes of the last measured frame cost.
    pub(super) fn last(&self) -> &[PassTiming] {
        &self.last
    }

    /// A new frame begins.
    pub(super) fn begin(&mut self) {
        self.collect();
        self.cpu = [0.0; PASSES.len()];
        self.was_used = [false; PASSES.len()];
    }

    /// A pass took this thread so long.
    pub(super) fn add_cpu(&mut self, pass: Pass, millis: f32) {
        if let Some(sum) = self.cpu.get_mut(pass as usize) {
            *sum += millis;
        }
    }

    /// The timestamps of a compute pass.
    pub(super) fn compute(&mut self, pass: Pass) -> Option<wgpu::ComputePassTimestampWrites<'_>> {
        let (query_set, begin) = self.mark(pass)?;
        Some(wgpu::ComputePassTimestampWrites {
            query_set,
            beginning_of_pass_write_index: Some(begin),
            end_of_pass_write_index: Some(begin + 1),
        })
    }

    /// The timestamps of a render pass.
    pub(super) fn render(&mut self, pass: Pass) -> Option<wgpu::RenderPassTimestampWrites<'_>> {
        let (query_set, begin) = self.mark(pass)?;
        Some(wgpu::RenderPassTimestampWrites {
            query_set,
            beginning_of_pass_write_index: Some(begin),
            end_of_pass_write_index: Some(begin + 1),
        })
    }

    fn mark(&mut self, pass: Pass) -> Option<(&wgpu::QuerySet, u32)> {
        let n = pass as usize;
        let queries = self.queries.as_ref().filter(|q| !q.is_pending)?;
        *self.was_used.get_mut(n)? = true;
        Some((&queries.set, n as u32 * 2))
    }

    /// All passes are recorded: asks for their timestamps.
    pub(super) fn resolve(&mut self, encoder: &mut wgpu::CommandEncoder) {
        if let Some(queries) = self.queries.as_mut().filter(|q| !q.is_pending) {
            for (n, _) in self.was_used.iter().enumerate().filter(|(_, used)| **used) {
                let first = n as u32 * 2;
                encoder.resolve_query_set(&queries.set, first..first + 2, &queries.resolved, 0);
                encoder.copy_buffer_to_buffer(
                    &queries.resolved,
                    0,
                    &queries.readable,
                    u64::from(first) * 8,
                    16,
                );
            }
        }
    }

    /// After the submission: the frame's measures, timestamps of an earlier one until its own arrive.
    pub(super) fn submitted(&mut self) {
        let old: Vec<Option<f32>> = self.last.iter().map(|p| p.gpu_ms).collect();
        self.last = PASSES
            .iter()
            .enumerate()
            .map(|(n, name)| PassTiming { name, cpu_ms: self.cpu[n], gpu_ms: old.get(n).copied().flatten() })
            .collect();
        if let Some(queries) = self.queries.as_mut().filter(|q| !q.is_pending) {
            queries.is_pending = true;
            queries.used = self.was_used;
            let is_mapped = Arc::clone(&queries.is_mapped);
            queries.readable.map_async(wgpu::MapMode::Read, .., move |result| {
                is_mapped.store(result.is_ok(), Ordering::Release);
            });
        }
    }

    /// Takes timestamps that have arrived.
    pub(super) fn collect(&mut self) {
        let Some(queries) = self.queries.as_mut().filter(|q| q.is_mapped.load(Ordering::Acquire)) else {
            return;
        };
        if let Ok(view) = queries.readable.get_mapped_range(..) {
            let ticks: Vec<u64> = view
                .chunks_exact(8)
                .map(|bytes| u64::from_le_bytes(bytes.try_into().unwrap_or_default()))
                .collect();
            for (n, timing) in self.last.iter_mut().enumerate() {
                let spent = match (ticks.get(n * 2), ticks.get(n * 2 + 1), queries.used[n]) {
                    (Some(begin), Some(end), true) => end.saturating_sub(*begin),
                    _ => 0,
                };
                timing.gpu_ms = Some(spent as f32 * queries.period_ns * 1e-6);
            }
        }
        queries.readable.unmap();
        queries.is_mapped.store(false, Ordering::Release);
        queries.is_pending = false;
    }
}
