//! A stream that is kept open: watched, and opened again when its device is lost, on a thread of its own.
//!
//! Opening can block for seconds, and a device that vanished reports errors hundreds of thousands of times a
//! second; neither reaches another thread. It knows neither what is played nor what is heard.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// Errors and no callback for so long: the device is lost.
const LOST: Duration = Duration::from_millis(300);
/// No callback for so long, without an error: lost too.
const SILENT: Duration = Duration::from_millis(1500);
/// The same for a stream that has not called back so often yet: a sleeping sink holds it for two seconds, and some
/// devices report errors while a healthy stream starts.
const STARTING: (u64, Duration) = (16, Duration::from_secs(4));
/// Between two tries to open a device.
const RETRY: Duration = Duration::from_secs(1);

/// What the thread tells of a stream whose shared side is `L`.
#[derive(Debug)]
pub(super) enum News<L> {
    /// A stream runs.
    Opened(Arc<L>),
    /// There is none; the reason and what to do.
    Lost(String),
}

/// Signs of life that a stream's callbacks leave.
pub(super) trait Vital {
    /// How often the device has called back.
    fn callbacks(&self) -> u64;
    /// Errors that the device reported.
    fn errors(&self) -> u64;
}

/// Keeps what `open` opens open until `stop` is dropped. `name` stands in messages, `now` reads the machine's clock.
pub(super) fn keep_open<S: Send + 'static, L: Vital>(
    name: &str,
    now: fn() -> Instant,
    open: impl Fn() -> Result<(S, Arc<L>), String>,
    news: &Sender<News<L>>,
    stop: &Receiver<()>,
) {
    let mut lost = false;
    loop {
        let reason = match open() {
            Ok((stream, line)) => {
                let is_told = news.send(News::Opened(Arc::clone(&line))).is_ok();
                if !is_told || watch(now, line.as_ref(), stop) {
                    return;
                }
                // A stream whose server died in the midst of it may never be dropped (libpulse 16 waits for a lock that
                // nobody gives back), so nobody waits for that.
                std::thread::Builder::new().spawn(move || drop(stream)).ok();
                lost = false;
                format!("the {name} does not answer any more")
            }
            Err(reason) => reason,
        };
        if !lost && news.send(News::Lost(reason)).is_err() {
            return;
        }
        lost = true;
        if stop.recv_timeout(RETRY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
}

/// Waits until the stream is lost (`false`) or no longer wanted (`true`).
fn watch(now: fn() -> Instant, line: &impl Vital, stop: &Receiver<()>) -> bool {
    let (mut callbacks, mut errors, mut alive) = (0, 0, now());
    loop {
        if stop.recv_timeout(Duration::from_millis(50)) != Err(RecvTimeoutError::Timeout) {
            return true;
        }
        let now = now();
        if line.callbacks() != callbacks {
            (callbacks, errors, alive) = (line.callbacks(), line.errors(), now);
        }
        let patience = match line.errors() > errors {
            _ if callbacks < STARTING.0 => STARTING.1,
            true => LOST,
            false => SILENT,
        };
        if now.saturating_duration_since(alive) > patience {
            return false;
        }
    }
}
