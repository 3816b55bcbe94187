//! Faces written as Live Link Face records them; see `live_link` for how they are read.

use std::fmt::Write as _;

use super::live_link::{ANGLES, TURNED, column, nominal};
use super::shapes::only_speaker;
use super::{Options, Written};
use crate::diagnostic::Diagnostic;
use crate::script::timeline::{ChannelTrack, Timeline};
use crate::time::{FrameRate, Time};
use crate::vocabulary::Channel;

/// A face at a moment, for [`face_table`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FaceFrame {
    /// In [`Channel::ALL`]'s order, 0..=1.
    pub channels: [f32; Channel::COUNT],
    /// Yaw towards the right, pitch downwards and roll towards the right shoulder, of the head, the left eye and the right
    /// eye, radians.
    pub turns: [[f32; 3]; 3],
}

/// A recording as Live Link Face exports it: frame 0 has the timecode 00:00:00:00.
pub fn face_table(rate: FrameRate, frames: impl IntoIterator<Item = FaceFrame>) -> String {
    let mut text = "Timecode,BlendShapeCount".to_owned();
    for channel in order() {
        _ = write!(text, ",{}", column(channel));
    }
    for part in TURNED {
        ANGLES.iter().for_each(|angle| _ = write!(text, ",{part}{angle}"));
    }
    text.push('\n');
    let count = Channel::COUNT + TURNED.len() * ANGLES.len();
    let nominal = nominal(rate);
    for (index, frame) in frames.into_iter().enumerate() {
        let (secs, of_second) = (index as u64 / nominal, index as u64 % nominal);
        let (hours, minutes) = (secs / 3600, secs / 60 % 60);
        _ = write!(text, "{hours:02}:{minutes:02}:{:02}:{of_second:02}.000,{count}", secs % 60);
        let weights = order().map(|channel| frame.channels[channel.index()]);
        for value in weights.chain(frame.turns.into_iter().flatten()) {
            // No minus before a zero.
            _ = write!(text, ",{:.6}", if value.abs() < 5e-7 { 0.0 } else { value });
        }
        text.push('\n');
    }
    text
}

/// The channels as the columns stand: right before left where ARKit's own list has the jaw and the mouth.
fn order() -> impl Iterator<Item = Channel> {
    Channel::ALL.iter().map(|channel| match channel {
        Channel::JawLeft => Channel::JawRight,
        Channel::JawRight => Channel::JawLeft,
        Channel::MouthLeft => Channel::MouthRight,
        Channel::MouthRight => Channel::MouthLeft,
        other => *other,
    })
}

/// The tracks as one recording from the speech's start, 60 frames a second or as `--fps` says; between them the face rests.
pub(super) fn write(timeline: &Timeline, options: &Options) -> Result<Written, Diagnostic> {
    let speaker = only_speaker(timeline, "channels", |speaker| !speaker.channels.is_empty())?;
    let rate = options.rate.unwrap_or(FrameRate::SCREEN);
    let end = speaker.channels.iter().map(ChannelTrack::end).fold(Time::ZERO, Time::max);
    let face = |index: u64| {
        let t = rate.time_of(index);
        let inside = speaker.channels.iter().find(|track| track.start <= t && t < track.end());
        let channels = inside.map_or([0.0; Channel::COUNT], |track| track.weights(t));
        FaceFrame { channels, turns: [[0.0; 3]; 3] }
    };
    Ok(face_table(rate, (0..rate.frames_before(end)).map(face)).into())
}
