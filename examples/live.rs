//! What a microphone would have heard of a recording: `live IN.wav OUT.timeline.json [PIECE]`.
//!
//! The sound goes in pieces of PIECE samples (160 where none is given) through what listens in `rhetor play --live`.

use rhetor::host::{read_wav, write_whole};
use rhetor::script::LivePhones;
use rhetor::script::timeline::{Speaker, TimedPhone, Timeline};
use rhetor::speech::align::{LOOK_AHEAD, LiveListener};
use rhetor::time::Time;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (input, output, piece) = match arguments.as_slice() {
        [input, output] => (input, output, 160),
        [input, output, piece] => (input, output, piece.parse::<usize>()?.max(1)),
        _ => return Err("live IN.wav OUT.timeline.json [PIECE]".into()),
    };
    let mut sound = read_wav(&std::fs::read(input)?, input)?;
    let duration = Time::from_samples(sound.samples.len() as u64, sound.rate);
    // The last phones are known a while after the last sample.
    let silence = LOOK_AHEAD.to_samples(sound.rate) as usize;
    sound.samples.resize(sound.samples.len() + silence, 0.0);
    let mut listener = LiveListener::new(sound.rate, Time::ZERO);
    let mut live = LivePhones::default();
    let mut phones: Vec<TimedPhone> = Vec::new();
    for samples in sound.samples.chunks(piece) {
        listener.push(samples, &mut live);
        let known = phones.last().map_or(Time::ZERO, |last| last.end);
        let done = live.phones().filter(|phone| phone.start >= known && phone.end < live.known_until());
        phones.extend(done.cloned());
    }
    phones.retain(|phone| phone.end <= duration);
    let speaker = Speaker { id: "live".to_owned(), phones, ..Speaker::default() };
    let timeline = Timeline { duration, speakers: vec![speaker], ..Timeline::default() };
    write_whole(Path::new(output), timeline.to_json().as_bytes())?;
    Ok(())
}
