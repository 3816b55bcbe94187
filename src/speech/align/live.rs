//! Phones from a microphone: each frame of 10 ms is decided as soon as the network knows it, and for good.
//!
//! The probabilities go forwards through the loop of all phones; nothing is heard backwards, since the future is not there.
//! Of a diphthong, whose end cannot be foreseen, both halves are phones of their own. Memory does not grow with time.

use super::costs::{COUNT, Costs, SILENCE};
use super::gate::{Gate, Loudness};
use super::posterior::{Chain, States, start};
use super::trigram::Trigram;
use crate::script::LivePhones;
use crate::speech::acoustic::{self, Blend, Evidence, FRAME, Mode, Stream};
use crate::time::Time;
use crate::vocabulary::{Phone, PhoneKind, Viseme};
use std::sync::LazyLock;

/// What was heard so long before the last sample is decided, and never changes.
pub const LOOK_AHEAD: Time = Time::from_millis(60);

/// What another shape must be more probable than the one the mouth has, so that it changes.
const CHANGE: f32 = 0.15;
/// How much more a closure of the lips counts: a mouth that stays open in it is seen at once.
const CLOSURE: f32 = 1.3;
/// Nothing after a frame corrects it, so it counts for more than in a recording. Whether it is silent is mostly the gate's to say.
const BLEND: Blend = Blend { weight: 2.0, silence: 2.0, ..Blend::LISTEN };

/// Read once, by all who listen.
static ENGLISH: LazyLock<Trigram> = LazyLock::new(Trigram::english);

/// Somebody who is being listened to.
pub struct LiveListener {
    stream: Stream,
    evidence: Evidence,
    chain: Chain<'static>,
    state: States,
    /// Room for the next one.
    next: States,
    sounds: [Sound; COUNT],
    /// What is said now.
    current: usize,
    gate: Gate,
    rate: u32,
    /// When the first sample was heard, as if all had come without a gap; how many came, and the frames decided.
    origin: Time,
    taken: u64,
    frames: i64,
}

/// What a phone sounds like, of those that are heard live.
#[derive(Debug, Clone, Copy)]
struct Sound {
    /// The phone itself, of a diphthong the nearest to its beginning; and what it ends as.
    begins: usize,
    ends: usize,
    shape: Viseme,
}

impl LiveListener {
    /// For mono sound of `rate` samples a second, the first of which is heard at `origin`.
    pub fn new(rate: u32, origin: Time) -> Self {
        Self {
            stream: Stream::new(Mode::Live, rate),
            evidence: Evidence::default(),
            chain: Chain::new(&ENGLISH),
            state: start(),
            next: start(),
            sounds: std::array::from_fn(Sound::of),
            current: usize::from(SILENCE),
            gate: Gate::new(rate),
            rate,
            origin,
            taken: 0,
            frames: 0,
        }
    }

    /// Samples a second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// The next sample is heard at `to`: something was not heard. What is known of the voice is kept.
    pub fn jump(&mut self, to: Time) {
        self.origin = to - Time::from_samples(self.taken, self.rate);
    }

    /// Takes the next samples (−1..=1) and appends to `phones` what is decided by them: all that lies [`LOOK_AHEAD`] before
    /// the last of them.
    pub fn push(&mut self, samples: &[f32], phones: &mut LivePhones) {
        self.stream.push(samples, &mut self.evidence);
        self.gate.push(samples);
        self.taken += samples.len() as u64;
        for row in Costs::of(&self.evidence.scores(BLEND)).rows() {
            self.chain.forward(&self.state, &self.chain.emission(row), &mut self.next);
            std::mem::swap(&mut self.state, &mut self.next);
            let confidence = self.decide();
            self.frames += 1;
            let until = self.origin + Time::from_nanos(FRAME.as_nanos() * self.frames);
            phones.append(acoustic::ipa_of(self.current), until, confidence);
        }
        self.evidence.forget(self.evidence.frames());
    }

    /// Chooses what is said in this frame; gives the probability of its shape.
    fn decide(&mut self) -> f32 {
        let mut by_sound = [0.0_f32; COUNT];
        for [first, second, third] in &self.state {
            for (sound, ((a, b), c)) in self.sounds.iter().zip(first.iter().zip(second).zip(third)) {
                for (index, probability) in [(sound.begins, a + b), (sound.ends, *c)] {
                    if let Some(sum) = by_sound.get_mut(index) {
                        *sum += probability;
                    }
                }
            }
        }
        let mut by_shape = [0.0_f32; Viseme::COUNT];
        for (sound, probability) in self.sounds.iter().zip(by_sound) {
            by_shape[sound.shape.index()] += probability;
        }
        let loudness = self.gate.next();
        let may_be = |shape: Viseme| match loudness {
            Loudness::Speech => true,
            // The silence of a stop.
            Loudness::Quiet => {
                matches!(shape, Viseme::Sil | Viseme::PP | Viseme::DD | Viseme::Kk | Viseme::CH)
            }
            Loudness::Silence => shape == Viseme::Sil,
        };
        let weight = |shape: Viseme| {
            let weight = if shape == Viseme::PP { CLOSURE } else { 1.0 };
            weight * by_shape[shape.index()]
        };
        let shape_of = |index: usize| self.sounds.get(index).map_or(Viseme::Sil, |sound| sound.shape);
        let now = shape_of(self.current);
        let best =
            Viseme::ALL.iter().copied().max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(now);
        let best = if may_be(best) { best } else { Viseme::Sil };
        if best != now && (!may_be(now) || weight(best) > weight(now) + CHANGE) {
            let of_shape = by_sound.iter().enumerate().filter(|(index, _)| shape_of(*index) == best);
            let likeliest = of_shape.max_by(|a, b| a.1.total_cmp(b.1));
            self.current = likeliest.map_or(usize::from(SILENCE), |(index, _)| index);
        }
        by_shape[shape_of(self.current).index()].min(1.0)
    }
}

impl Sound {
    fn of(phone: usize) -> Self {
        let ipa = acoustic::ipa_of(phone);
        let known = Phone::from_ipa(ipa);
        let nearest = |letter: Option<char>| {
            let found = letter.map(|letter| acoustic::nearest(letter.encode_utf8(&mut [0; 4])));
            found.and_then(|found| found.first().copied()).unwrap_or(phone)
        };
        let shape = known.map_or(Viseme::Sil, |known| known.viseme);
        match known {
            Some(Phone { kind: PhoneKind::Diphthong, .. }) => {
                let mut letters = ipa.chars();
                let (begins, ends) = (nearest(letters.next()), nearest(letters.next_back()));
                Self { begins, ends, shape }
            }
            _ => Self { begins: phone, ends: phone, shape },
        }
    }
}
