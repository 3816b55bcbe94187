//! Plays a click track on the default sound device and writes `1` to standard output while a click's flash
//! should be on screen, `0` otherwise, by the audible position: `audible [CLICKS]`.
//!
//! Events of the device, and the position each second, go to standard error.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use rhetor::audio::{Clip, OutputOptions, Pcm, Program};
use rhetor::clock::{AudibleClock, Clock, now};
use rhetor::time::Time;

fn main() -> std::io::Result<()> {
    let clicks: u32 = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(60);
    let rate = 48_000_u32;
    // Five milliseconds of 1 kHz that begin at once at full strength.
    let samples =
        (0..rate / 200).map(|i| if (i * 2000 / rate).is_multiple_of(2) { 0.6 } else { -0.6 }).collect();
    let pcm = Arc::new(Pcm { rate, channels: 1, samples });
    let times: Vec<Time> =
        (0..clicks).map(|i| Time::from_millis(500 + i64::from(i) * 500 + i64::from(i * 37 % 100))).collect();
    let clip = |&start: &Time| Clip {
        start,
        file_in: Time::ZERO,
        file_out: None,
        gain_db: 0.0,
        pcm: Arc::clone(&pcm),
    };
    let program = Arc::new(Program::new(times.iter().map(clip).collect()));
    let end = program.duration() + Time::from_millis(500);
    let mut clock = AudibleClock::open(program, OutputOptions::default(), Time::ZERO, Time::ZERO);
    clock.play();
    let (mut out, mut white, mut second) = (std::io::stdout(), false, -1);
    loop {
        let position = clock.position(now());
        while let Some(event) = clock.event() {
            writeln!(std::io::stderr(), "{position} {event:?}")?;
        }
        if position.as_secs_f64() as i64 > second {
            second = position.as_secs_f64() as i64;
            writeln!(std::io::stderr(), "{position}")?;
        }
        let flash = times.iter().any(|&time| time <= position && position < time + Time::from_millis(120));
        if flash != white {
            white = flash;
            out.write_all(if white { b"1" } else { b"0" })?;
            out.flush()?;
        }
        if position >= end {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}
