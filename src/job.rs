//! Progress and cancellation, taken by every library call that can be long.
//!
//! A job never draws a progress bar and never ends a process: the caller does both.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a long call has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress<'a> {
    /// What is being done, a short phrase.
    pub stage: &'a str,
    /// Steps done.
    pub done: u64,
    /// Steps in all; zero while unknown.
    pub total: u64,
}

type Listener<'a> = Box<dyn Fn(Progress<'_>) + Send + Sync + 'a>;

/// Handed to a long call: it reports to the listener and asks now and then whether to stop.
pub struct Job<'a> {
    listener: Option<Listener<'a>>,
    cancelled: Arc<AtomicBool>,
}

/// The job was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("stopped on request")]
pub struct Cancelled;

impl<'a> Job<'a> {
    /// A job that nobody watches.
    pub fn silent() -> Self {
        Self { listener: None, cancelled: Arc::default() }
    }

    /// A job whose progress goes to `listener`.
    pub fn watched(listener: impl Fn(Progress<'_>) + Send + Sync + 'a) -> Self {
        Self { listener: Some(Box::new(listener)), cancelled: Arc::default() }
    }

    /// A switch that cancels this job when set to true.
    pub fn cancel_switch(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancelled)
    }

    /// Tells the listener how far the call has come.
    ///
    /// # Errors
    /// [`Cancelled`] when the job was cancelled; the call returns it at once.
    pub fn report(&self, stage: &str, done: u64, total: u64) -> Result<(), Cancelled> {
        if let Some(listener) = &self.listener {
            listener(Progress { stage, done, total });
        }
        if self.cancelled.load(Ordering::Relaxed) { Err(Cancelled) } else { Ok(()) }
    }
}

impl std::fmt::Debug for Job<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Job").field("cancelled", &self.cancelled).finish_non_exhaustive()
    }
}
