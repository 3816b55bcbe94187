//! A face that a tool gave frame by frame, in place of the lips' own movement. Blinks and expressions stay.

use super::curve::smootherstep;
use crate::script::timeline::ChannelTrack;
use crate::time::Time;
use crate::vocabulary::{Channel, Viseme};

/// How long the face goes over into the track's, and back.
const FADE: Time = Time::from_millis(100);

/// Adds the face that one of `tracks`, which are in order, has at `t` to
/// `channels`, and takes from `visemes` what it moves instead.
pub(super) fn add(
    tracks: &[ChannelTrack],
    t: Time,
    visemes: &mut [f32; Viseme::COUNT],
    channels: &mut [f32; Channel::COUNT],
    jaw: &mut f32,
) {
    let next = tracks.partition_point(|track| track.start <= t);
    let Some(track) = next.checked_sub(1).and_then(|last| tracks.get(last)) else { return };
    let inside = (t - track.start).min(track.end() - t);
    if inside <= Time::ZERO {
        return;
    }
    let share = smootherstep((inside.as_secs_f32() / FADE.as_secs_f32()).min(1.0));
    for weight in visemes.iter_mut() {
        *weight *= 1.0 - share;
    }
    visemes[Viseme::Sil.index()] += share;
    *jaw *= 1.0 - share;
    for (slot, weight) in channels.iter_mut().zip(track.weights(t)) {
        *slot = slot.max(weight * share);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::FrameRate;

    #[test]
    fn the_track_moves_the_mouth_and_nothing_else_does() {
        let rate = FrameRate::new(10, 1).unwrap();
        let frames = [0.0, 0.2, 0.6, 0.6, 0.0].map(|open| vec![open]).to_vec();
        let start = Time::from_millis(1000);
        let track = ChannelTrack { start, rate, channels: vec![Channel::JawOpen], frames };
        let at = |millis: i64| {
            let mut visemes = [0.0; Viseme::COUNT];
            visemes[Viseme::Aa.index()] = 1.0;
            let mut channels = [0.0; Channel::COUNT];
            add(
                std::slice::from_ref(&track),
                Time::from_millis(millis),
                &mut visemes,
                &mut channels,
                &mut 0.0,
            );
            (channels[Channel::JawOpen.index()], visemes[Viseme::Aa.index()], visemes[Viseme::Sil.index()])
        };
        let near = |found: (f32, f32, f32), expected: (f32, f32, f32)| {
            let pairs = [(found.0, expected.0), (found.1, expected.1), (found.2, expected.2)];
            assert!(pairs.iter().all(|(a, b)| (a - b).abs() < 1e-5), "{found:?} {expected:?}");
        };
        near(at(900), (0.0, 1.0, 0.0));
        near(at(1150), (0.4, 0.0, 1.0));
        near(at(1200), (0.6, 0.0, 1.0));
        near(at(1500), (0.0, 1.0, 0.0));
    }
}
