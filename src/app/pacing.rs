//! When a frame that is begun now will be on screen.
//!
//! The system gives no feedback, so it is estimated: the time from the beginning of a frame to the moment the
//! device has finished drawing it, then up to the monitor's next refresh where its rate is known.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::{Duration, Instant};

/// Estimates how long a frame takes to the screen.
#[derive(Debug)]
pub(super) struct Pacing {
    /// Median time from begin to drawn, in nanoseconds.
    latency_nanos: Arc<AtomicU64>,
    refresh: Option<Duration>,
    watch: Sender<(Instant, wgpu::SubmissionIndex)>,
}

/// Frames remembered for the median.
const MEMORY: usize = 31;
/// Before the first frame is measured.
const FIRST_GUESS: Duration = Duration::from_millis(16);

impl Pacing {
    /// For frames drawn by `device`, shown by a monitor that refreshes every `refresh`.
    pub(super) fn new(device: &wgpu::Device, refresh: Option<Duration>) -> Self {
        let latency_nanos = Arc::new(AtomicU64::new(FIRST_GUESS.as_nanos() as u64));
        let (watch, frames) = channel::<(Instant, wgpu::SubmissionIndex)>();
        let (device, shared) = (device.clone(), Arc::clone(&latency_nanos));
        // Waiting for the device would stop the window, so a thread does it; it ends with the sender.
        std::thread::spawn(move || {
            let mut memory = VecDeque::with_capacity(MEMORY);
            while let Ok((begun, submission)) = frames.recv() {
                let wait = wgpu::PollType::Wait {
                    submission_index: Some(submission),
                    timeout: Some(Duration::from_secs(1)),
                };
                if device.poll(wait).is_err() {
                    continue;
                }
                if memory.len() == MEMORY {
                    memory.pop_front();
                }
                memory.push_back(crate::clock::now().saturating_duration_since(begun));
                shared.store(median(&memory).as_nanos() as u64, Ordering::Relaxed);
            }
        });
        Self { latency_nanos, refresh, watch }
    }

    /// When a frame begun at `begun` will be seen.
    pub(super) fn on_screen(&self, begun: Instant) -> Instant {
        let drawn = Duration::from_nanos(self.latency_nanos.load(Ordering::Relaxed));
        let shown = match self.refresh {
            // Frames begin right after a refresh, when a picture of the chain comes free.
            Some(refresh) if !refresh.is_zero() => {
                refresh * u32::try_from(drawn.as_nanos().div_ceil(refresh.as_nanos())).unwrap_or(1)
            }
            _ => drawn,
        };
        begun + shown
    }

    /// Measures the frame begun at `begun` whose last submission this is.
    pub(super) fn watch(&self, begun: Instant, submission: wgpu::SubmissionIndex) {
        // The thread lives as long as this; a failure would only leave the estimate as it is.
        let _ = self.watch.send((begun, submission));
    }
}

fn median(values: &VecDeque<Duration>) -> Duration {
    let mut sorted: Vec<Duration> = values.iter().copied().collect();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or(FIRST_GUESS)
}
