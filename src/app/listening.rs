//! Listening to a microphone on a thread of its own: sound in, phones and their clock out, for the window's thread.
//!
//! It draws nothing, and knows nothing of who moves the lips.

use crate::audio::{Event, Microphone};
use crate::clock::{self, LiveClock};
use crate::perform::Performance;
use crate::script::LivePhones;
use crate::speech::align::{LOOK_AHEAD, LiveListener};
use crate::time::Time;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a microphone's buffers take, before it is measured.
const CAPTURE: Time = Time::from_millis(10);
/// Without sound, the device's news are looked at so often.
const IDLE: Duration = Duration::from_millis(50);

/// A microphone that is listened to until this is dropped.
pub(super) struct Listening {
    shared: Arc<Shared>,
    events: Receiver<Event>,
}

struct Shared {
    heard: Mutex<Heard>,
    /// Whether what is heard counts.
    is_listening: AtomicBool,
    is_over: AtomicBool,
}

struct Heard {
    phones: LivePhones,
    clock: LiveClock,
}

impl Listening {
    /// Takes the microphone, and waits to be told to listen.
    pub(super) fn new(microphone: Microphone) -> Self {
        let heard = Heard { phones: LivePhones::default(), clock: LiveClock::new(LOOK_AHEAD + CAPTURE) };
        let shared = Arc::new(Shared {
            heard: Mutex::new(heard),
            is_listening: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
        });
        let (sender, events) = channel();
        let theirs = Arc::clone(&shared);
        std::thread::spawn(move || listen(microphone, &theirs, &sender));
        Self { shared, events }
    }

    /// Listens, or turns a deaf ear: the lips then rest.
    pub(super) fn listen(&self, is_listening: bool) {
        self.shared.is_listening.store(is_listening, Ordering::Relaxed);
    }

    pub(super) fn is_listening(&self) -> bool {
        self.shared.is_listening.load(Ordering::Relaxed)
    }

    /// What happened to the microphone since the last call, one event at a time.
    pub(super) fn event(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Tells the performance what was said of late, and gives the instant to draw in the picture that is expected on screen
    /// at `when`.
    pub(super) fn position(&self, when: Instant, performance: &mut Performance) -> Time {
        let mut heard = self.shared.lock();
        performance.hear(0, &heard.phones);
        heard.clock.position(when)
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
    }
}

impl Shared {
    fn lock(&self) -> std::sync::MutexGuard<'_, Heard> {
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn listen(mut microphone: Microphone, shared: &Shared, events: &Sender<Event>) {
    let (mut samples, mut phones) = (Vec::new(), LivePhones::default());
    let (mut listener, mut is_new) = (None, true);
    while !shared.is_over.load(Ordering::Relaxed) {
        microphone.wait(IDLE);
        while let Some(event) = microphone.event() {
            // The window outlives this thread by nothing that matters.
            let _ = events.send(event);
        }
        let Some(captured) = microphone.read(&mut samples) else { continue };
        is_new |= captured.is_new;
        if !shared.is_listening.load(Ordering::Relaxed) {
            is_new = true;
            continue;
        }
        if std::mem::take(&mut is_new) {
            let begun = shared.lock().clock.sounds(clock::now())
                - Time::from_samples(samples.len() as u64, captured.rate);
            // In between nothing was heard.
            phones.append("", begun, 1.0);
            match listener.as_mut().filter(|known: &&mut LiveListener| known.rate() == captured.rate) {
                Some(known) => known.jump(begun),
                None => listener = Some(LiveListener::new(captured.rate, begun)),
            }
        }
        let Some(listener) = &mut listener else { continue };
        let known = phones.known_until();
        listener.push(&samples, &mut phones);
        if phones.known_until() > known {
            let mut heard = shared.lock();
            heard.phones.clone_from(&phones);
            heard.clock.know(phones.known_until(), clock::now());
        }
    }
}
