//! The trained numbers, embedded: read once, held for good.

use std::sync::LazyLock;

use super::STATES;
use super::filterbank::MELS;
use super::gaussians::Gaussians;
use super::layer::Layer;
use super::phones::PHONES;
use super::reader::Reader;
use super::slopes::WIDTH;
use super::stream::Mode;

/// Written by `tools/acoustic/train.py`.
static BYTES: &[u8] = include_bytes!("../../../assets/acoustic/phones.bin");

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::read(&mut Reader::new(BYTES)));

/// Everything trained.
pub(super) struct Model {
    /// Log probabilities of states, whatever is heard.
    pub(super) priors: Vec<f32>,
    /// Log probability that one phone follows another.
    bigram: Vec<f32>,
    /// What it costs that a phone follows two others, in tenths of a nat.
    trigram: Vec<u8>,
    /// Means and spreads of the logarithm of each phone's length in frames.
    lengths: Vec<f32>,
    /// Usual means of the features; variances of those the mixtures see.
    pub(super) mel_means: Vec<f32>,
    pub(super) slope_means: Vec<f32>,
    pub(super) slope_variances: Vec<f32>,
    pub(super) gaussians: Gaussians,
    /// Both networks share their first layers.
    trunk: Vec<Layer>,
    live: Vec<Layer>,
    recording: Vec<Layer>,
}

impl Model {
    fn read(reader: &mut Reader<'_>) -> Self {
        // Four letters and the version of the format, which a test looks at.
        let (_letters, _version) = (reader.whole(), reader.whole());
        let count = PHONES.len();
        let priors = reader.numbers(STATES);
        let bigram = reader.numbers(count * count);
        let trigram = reader.bytes(count * count * count);
        let lengths = reader.numbers(2 * count);
        let mel_means = reader.numbers(MELS);
        let slope_means = reader.numbers(WIDTH);
        let slope_variances = reader.numbers(WIDTH);
        let gaussians = Gaussians::read(reader);
        let mut layers = || {
            let count = reader.count().min(32);
            (0..count).map(|_| Layer::read(reader)).collect::<Vec<_>>()
        };
        let (trunk, live, recording) = (layers(), layers(), layers());
        Self {
            priors,
            bigram,
            trigram,
            lengths,
            mel_means,
            slope_means,
            slope_variances,
            gaussians,
            trunk,
            live,
            recording,
        }
    }

    /// The layers of a network, first to last.
    pub(super) fn layers(&self, mode: Mode) -> impl Iterator<Item = &Layer> {
        let rest = match mode {
            Mode::Recording => &self.recording,
            Mode::Live => &self.live,
        };
        self.trunk.iter().chain(rest)
    }
}

/// The one model.
pub(super) fn model() -> &'static Model {
    &MODEL
}

/// The log probability that phone `next` follows phone `phone` in English; that of a rare pair for what is no phone's number.
pub fn bigram(phone: usize, next: usize) -> f32 {
    let count = PHONES.len();
    let known = phone < count && next < count;
    known.then(|| model().bigram.get(phone * count + next).copied()).flatten().unwrap_or(-8.0)
}

/// The log probability that phone `next` follows phone `phone`, which follows phone `before`, in English.
pub fn trigram(before: usize, phone: usize, next: usize) -> f32 {
    let count = PHONES.len();
    let place =
        (before < count && phone < count && next < count).then_some((before * count + phone) * count + next);
    let cost = place.and_then(|place| model().trigram.get(place));
    cost.map_or(-8.0, |cost| f32::from(*cost) / -10.0)
}

/// How long a phone lasts in running speech: the mean of the natural logarithm of its frames, and its standard deviation.
pub fn typical_frames(phone: usize) -> (f32, f32) {
    let lengths = &model().lengths;
    let at = |column: usize| lengths.get(phone * 2 + column).copied();
    // Seven frames, where the number is no phone's.
    at(0).zip(at(1)).unwrap_or((2.0, 0.5))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_file_is_whole() {
        let mut header = Reader::new(BYTES);
        assert_eq!([header.whole(), header.whole()], [i32::from_le_bytes(*b"RHAC"), 2]);
        let mut reader = Reader::new(BYTES);
        let model = Model::read(&mut reader);
        assert_eq!(reader.remaining(), 0);
        assert_eq!(model.priors.len(), STATES);
        assert_eq!(model.slope_variances.len(), WIDTH);
        assert!(BYTES.len() < 1_500_000);
        let all = model.priors.iter().chain(&model.bigram).chain(&model.lengths);
        assert!(all.chain(&model.mel_means).all(|number| number.is_finite()));
    }

    #[test]
    fn a_cut_file_is_no_panic() {
        for length in (0..BYTES.len()).step_by(50_021) {
            Model::read(&mut Reader::new(&BYTES[..length]));
        }
    }

    #[test]
    fn what_follows_is_a_distribution() {
        for phone in 0..PHONES.len() {
            let sum: f64 = (0..PHONES.len()).map(|next| libm::exp(f64::from(bigram(phone, next)))).sum();
            assert!((sum - 1.0).abs() < 0.02, "{phone}: {sum}");
            let (mean, spread) = typical_frames(phone);
            assert!((0.5..5.0).contains(&mean) && (0.05..1.5).contains(&spread));
        }
        let number = |name| PHONES.iter().position(|phone| *phone == name).unwrap();
        // No English word starts with the sound at the end of "ring".
        assert!(bigram(0, number("DH")) > bigram(0, number("NG")) + 1.0);
    }
}
