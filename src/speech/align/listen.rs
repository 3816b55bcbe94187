//! Phones from sound alone: in every frame the mouth shape that is most probably right, in segments that a mouth can follow.
//!
//! It chooses by the probabilities of whole shapes, since a mouth that is right with the wrong phone is right.

use super::costs::{COUNT, SILENCE};
use super::phone_loop::Heard;
use super::posterior::Row;
use crate::speech::acoustic;
use crate::vocabulary::{Phone, Viseme};

/// What a change of phone must gain, in frames that become right.
const CHANGE: f32 = 0.9;
/// How much more a right closure of the lips counts than another right frame: a mouth that stays open is seen at once.
const CLOSURE: f32 = 1.8;
/// What the very phone counts beside its shape.
const PHONE: f32 = 0.2;

/// The phones that get the most frames right, silences too, without gaps.
pub(super) fn decide(posteriors: &[Row]) -> Vec<Heard> {
    let shapes: Vec<usize> = (0..COUNT).map(|phone| shape_of(phone).index()).collect();
    let mut gains = [0.0_f32; COUNT];
    let mut choices: Vec<[u8; COUNT]> = Vec::with_capacity(posteriors.len());
    for row in posteriors {
        let mut by_shape = [0.0_f32; Viseme::COUNT];
        for (shape, probability) in shapes.iter().zip(row) {
            if let Some(sum) = by_shape.get_mut(*shape) {
                *sum += f32::from(*probability) / 255.0;
            }
        }
        let (mut best, mut most) = (0_u8, f32::NEG_INFINITY);
        for (phone, gain) in (0_u8..).zip(&gains) {
            if *gain > most {
                (best, most) = (phone, *gain);
            }
        }
        let mut choice = [0_u8; COUNT];
        let cells = gains.iter_mut().zip(&mut choice).zip(shapes.iter().zip(row));
        for (phone, ((gain, chosen), (shape, probability))) in (0_u8..).zip(cells) {
            let stays = *gain >= most - CHANGE;
            *chosen = if stays { phone } else { best };
            let right = by_shape.get(*shape).copied().unwrap_or_default();
            let weight = if *shape == Viseme::PP.index() { CLOSURE } else { 1.0 };
            let own = f32::from(*probability) / 255.0;
            *gain = gain.max(most - CHANGE) - most + weight * right + PHONE * own;
        }
        choices.push(choice);
    }
    let best = (0_u8..).zip(&gains).fold((0_u8, f32::NEG_INFINITY), |best, (phone, gain)| {
        if *gain > best.1 { (phone, *gain) } else { best }
    });
    follow(best.0, &choices)
}

/// The phones along the best path, found from its end.
fn follow(last: u8, choices: &[[u8; COUNT]]) -> Vec<Heard> {
    let mut phones: Vec<Heard> = Vec::new();
    let mut phone = last;
    for (frame, choice) in choices.iter().enumerate().rev() {
        let frame = frame as u32;
        match phones.last_mut() {
            Some(segment) if segment.phone == phone => segment.start = frame,
            _ => phones.push(Heard { phone, start: frame, end: frame + 1 }),
        }
        phone = choice.get(usize::from(phone)).copied().unwrap_or(SILENCE);
    }
    phones.reverse();
    phones
}

fn shape_of(phone: usize) -> Viseme {
    Phone::from_ipa(acoustic::ipa_of(phone)).map_or(Viseme::Sil, |phone| phone.viseme)
}

/// The mean probability of a heard phone's shape over its frames, 0..=1.
pub(super) fn confidence(heard: &Heard, posteriors: &[Row]) -> f32 {
    let frames = posteriors.get(heard.start as usize..heard.end as usize).unwrap_or_default();
    let shape = shape_of(usize::from(heard.phone));
    let of_frame = |row: &Row| -> u32 {
        (0..).zip(row).filter(|(phone, _)| shape_of(*phone) == shape).map(|(_, p)| u32::from(*p)).sum()
    };
    let sum: u32 = frames.iter().map(of_frame).sum();
    (sum as f32 / 255.0 / frames.len().max(1) as f32).min(1.0)
}
