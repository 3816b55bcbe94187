//! The blend shapes of Azure's `FacialExpression` events → a track of channels, and back.
//!
//! Each event holds a number of frames, 60 a second, from a frame on; each frame has 55 weights: the 52 channels in ARKit's
//! order, then the rolls of the head and of both eyes, which are no channels.

use std::fmt::Write as _;

use super::warning;
use crate::script::document::{Fault, Node, parse_foreign_json};
use crate::script::timeline::ChannelTrack;
use crate::time::{FrameRate, Time};
use crate::vocabulary::Channel;

/// Weights in a frame.
const WEIGHTS: usize = 55;
/// Two hours of frames: an event that lies later is a mistake.
const MOST_FRAMES: usize = 2 * 3600 * 60;
/// Ten seconds of frames: more are not lost between events.
const LONGEST_GAP: usize = 600;
/// The rolls that a face at rest has.
const LEVEL: f64 = 1e-3;

/// Frames by their place, as events bring them.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    frames: Vec<(usize, Vec<f32>)>,
    rolls: bool,
}

impl Gathered {
    /// Adds the frames of an event's animation: an object, or the text of one. Whether it holds blend shapes: the
    /// animation of other events is a drawing in SVG.
    pub(super) fn add(&mut self, node: &Node<'_>) -> Result<bool, Fault> {
        let Some(text) = node.text() else { return self.add_object(node) };
        if !text.trim_start().starts_with('{') {
            return Ok(false);
        }
        // A place within the text of a text is none in the file.
        let root = parse_foreign_json(text).map_err(|fault| Fault { at: None, ..fault })?;
        self.add_object(&root).map_err(|fault| Fault { at: None, ..fault })
    }

    fn add_object(&mut self, node: &Node<'_>) -> Result<bool, Fault> {
        let Some(frames) = node.get("BlendShapes") else { return Ok(false) };
        let first = node.get("FrameIndex").and_then(Node::number).unwrap_or_default();
        if !(0.0..=MOST_FRAMES as f64).contains(&first) {
            return Err(Fault::new(format!("{first} is no index of a frame")).at(node.at));
        }
        for (index, frame) in frames.items().iter().enumerate() {
            let weights: Vec<f64> = frame.items().iter().filter_map(Node::number).collect();
            if weights.len() != WEIGHTS && weights.len() != Channel::COUNT {
                let message = format!("a frame has {} weights", weights.len());
                return Err(Fault::new(message).help("expected 55").at(frame.at));
            }
            self.rolls |= weights.iter().skip(Channel::COUNT).any(|roll| roll.abs() > LEVEL);
            let channels = weights.iter().take(Channel::COUNT).map(|weight| weight.clamp(0.0, 1.0) as f32);
            self.frames.push((first as usize + index, channels.collect()));
        }
        Ok(true)
    }

    /// All frames in a row; such as are missing hold the one before them.
    pub(super) fn into_track(mut self) -> Result<(Option<ChannelTrack>, Option<Fault>), Fault> {
        self.frames.sort_by_key(|(index, _)| *index);
        let Some(last) = self.frames.last().map(|(index, _)| *index) else { return Ok((None, None)) };
        if last > MOST_FRAMES {
            return Err(Fault::new("the blend shapes last longer than two hours").at(0));
        }
        let rate = FrameRate::SCREEN;
        let mut frames: Vec<Vec<f32>> = Vec::with_capacity(self.frames.len());
        for (index, frame) in self.frames {
            if index > frames.len() + LONGEST_GAP {
                let message = format!("blend shapes are missing from frame {} to {index}", frames.len());
                return Err(Fault::new(message).help("store the events of the whole speech").at(0));
            }
            let held = frames.last().cloned().unwrap_or_else(|| vec![0.0; Channel::COUNT]);
            // A frame that comes again says the same.
            if index >= frames.len() {
                frames.resize(index, held);
                frames.push(frame);
            }
        }
        let told = self.rolls.then(|| warning("the rolls of the head and of the eyes are left out"));
        let track = ChannelTrack { start: Time::ZERO, rate, channels: Channel::ALL.to_vec(), frames };
        Ok((Some(track), told))
    }
}

/// The JSON of tracks, 60 frames a second from the speech's start; between them the face rests.
pub(super) fn written(tracks: &[ChannelTrack]) -> String {
    let rate = FrameRate::SCREEN;
    let end = tracks.iter().map(ChannelTrack::end).fold(Time::ZERO, Time::max);
    let mut text = "{\"FrameIndex\":0,\"BlendShapes\":[".to_owned();
    let mut rest = tracks.iter().peekable();
    for index in 0..rate.frames_before(end) {
        let t = rate.time_of(index);
        while rest.next_if(|track| track.end() <= t).is_some() {}
        let weights = rest.peek().map_or([0.0; Channel::COUNT], |track| track.weights(t));
        text.push_str(if index == 0 { "[" } else { ",[" });
        for weight in weights {
            _ = write!(text, "{},", (f64::from(weight) * 1e4).round() / 1e4);
        }
        text.push_str("0,0,0]");
    }
    text.push_str("]}");
    text
}
