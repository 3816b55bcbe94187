//! When a frame that is begun now will be on screen.
//!
//! The system gives no feedback, so it is estimated: the time from the beginning of a frame to the moment the
//! device has finished drawing it, then up to the monitor's next refresh where its rate is known. A picture stays
//! until the next one, so the moment it stands for is the middle of its stay: shown for its beginning, lips
//! would come half a picture late on average, 20 ms at 25 pictures a second.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// Estimates how long a frame takes to the screen.
#[derive(Debug)]
pub(crate) struct Pacing {
    /// Median time from begin to drawn, in nanoseconds.
    latency_nanos: Arc<AtomicU64>,
    /// Median time from one begin to the next, in nanoseconds.
    interval_nanos: Arc<AtomicU64>,
    refresh: Option<Duration>,
    watch: Sender<(Instant, wgpu::SubmissionIndex)>,
}

/// Frames remembered for the median.
const MEMORY: usize = 31;
/// A longer pause between frames is none of their pace.
const LONGEST_INTERVAL: Duration = Duration::from_millis(500);
/// Before the first frame is measured.
const FIRST_GUESS: Duration = Duration::from_millis(16);

impl Pacing {
    /// For frames drawn by `device`, shown by a monitor that refreshes every `refresh`.
    pub(crate) fn new(device: &wgpu::Device, refresh: Option<Duration>) -> Self {
        let latency_nanos = Arc::new(AtomicU64::new(FIRST_GUESS.as_nanos() as u64));
        let interval_nanos = Arc::new(AtomicU64::new(FIRST_GUESS.as_nanos() as u64));
        let (watch, frames) = channel::<(Instant, wgpu::SubmissionIndex)>();
        let (device, latency, interval) =
            (device.clone(), Arc::clone(&latency_nanos), Arc::clone(&interval_nanos));
        // Waiting for the device would stop the window, so a thread does it; it ends with the sender.
        std::thread::spawn(move || {
            let mut latencies = VecDeque::with_capacity(MEMORY);
            let mut intervals = VecDeque::with_capacity(MEMORY);
            let mut last = None;
            while let Ok((begun, submission)) = frames.recv() {
                let since = last.replace(begun).map(|last| begun.saturating_duration_since(last));
                if let Some(since) = since.filter(|&since| since < LONGEST_INTERVAL) {
                    remember(&mut intervals, since, &interval);
                }
                let wait = wgpu::PollType::Wait {
                    submission_index: Some(submission),
                    timeout: Some(Duration::from_secs(1)),
                };
                if device.poll(wait).is_ok() {
                    let drawn = crate::clock::now().saturating_duration_since(begun);
                    remember(&mut latencies, drawn, &latency);
                }
            }
        });
        Self { latency_nanos, interval_nanos, refresh, watch }
    }

    /// How long a picture takes from its beginning until it is drawn, at present.
    pub(crate) fn drawn(&self) -> Duration {
        Duration::from_nanos(self.latency_nanos.load(Ordering::Relaxed))
    }

    /// The moment that a frame begun at `begun` stands for: the middle of the time in which it is seen.
    pub(crate) fn on_screen(&self, begun: Instant) -> Instant {
        let drawn = Duration::from_nanos(self.latency_nanos.load(Ordering::Relaxed));
        let shown = match self.refresh {
            // Frames begin right after a refresh, when a picture of the chain comes free.
            Some(refresh) if !refresh.is_zero() => {
                refresh * u32::try_from(drawn.as_nanos().div_ceil(refresh.as_nanos())).unwrap_or(1)
            }
            _ => drawn,
        };
        begun + shown + Duration::from_nanos(self.interval_nanos.load(Ordering::Relaxed) / 2)
    }

    /// Measures the frame begun at `begun` whose last submission this is.
    pub(crate) fn watch(&self, begun: Instant, submission: wgpu::SubmissionIndex) {
        // The thread lives as long as this; a failure would only leave the estimate as it is.
        let _ = self.watch.send((begun, submission));
    }
}

/// Keeps the last values, and shares their median.
fn remember(memory: &mut VecDeque<Duration>, value: Duration, shared: &AtomicU64) {
    if memory.len() == MEMORY {
        memory.pop_front();
    }
    memory.push_back(value);
    shared.store(median(memory).as_nanos() as u64, Ordering::Relaxed);
}

fn median(values: &VecDeque<Duration>) -> Duration {
    let mut sorted: Vec<Duration> = values.iter().copied().collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(FIRST_GUESS)
}
