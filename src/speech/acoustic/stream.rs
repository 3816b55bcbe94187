//! The whole way from samples to what they say, for sound that arrives in pieces; memory does not grow with its length.

use super::evidence::Evidence;
use super::exponential::log_sum_exp;
use super::filterbank::{Filterbank, MELS};
use super::layer::Convolution;
use super::model::{Model, model};
use super::normaliser::{LIVE, Normaliser, RECORDING};
use super::resampler::Resampler;
use super::slopes::{Slopes, WIDTH};
use super::spectrum::Spectra;
use super::{HOP, RATE, STATES, slopes};
use crate::time::Time;

/// Whether the sound's future can be waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// A recording: features are measured against fifteen seconds around, and a wide network is asked.
    Recording,
    /// A microphone: see [`Mode::look_ahead`]. There are no cepstra, so mixtures say nothing.
    Live,
}

impl Mode {
    /// How long after the middle of a frame the sound must be known that decides it. For recordings this counts the
    /// network and not the fifteen seconds over which the voice is measured.
    pub fn look_ahead(self) -> Time {
        let frames: usize = model().layers(self).map(super::layer::Layer::ahead).sum();
        // Half the window, and a millisecond of the resampler.
        Time::from_nanos((frames as i64 * 10_000 + 12_500 + 1_000) * 1000)
    }
}

/// Multiplies log mels without their mean before the network sees them, so that they spread about as far as one.
const MEL_SCALE: f32 = 0.4;
/// Rows handed to the network at once, of recordings.
const BATCH: usize = 64;

/// Sound being heard.
pub struct Stream {
    resampler: Option<Resampler>,
    resampled: Vec<f32>,
    spectra: Spectra,
    features: Features,
    network: Network,
}

impl Stream {
    /// For mono sound of `rate` samples a second.
    pub fn new(mode: Mode, rate: u32) -> Self {
        Self {
            resampler: Resampler::new(rate),
            resampled: Vec::new(),
            spectra: Spectra::new(),
            features: Features::new(mode, model()),
            network: Network::new(mode, model()),
        }
    }

    /// Takes samples (−1..=1) and appends what they and those before decide. Frames come in order, each once.
    pub fn push(&mut self, samples: &[f32], evidence: &mut Evidence) {
        // A long piece goes in short ones, so that nothing between here and the end grows with it.
        for samples in samples.chunks(RATE as usize * 4) {
            let samples = if let Some(resampler) = &mut self.resampler {
                self.resampled.clear();
                resampler.push(samples, &mut self.resampled);
                self.resampled.as_slice()
            } else {
                samples
            };
            let (features, network) = (&mut self.features, &mut self.network);
            self.spectra.push(samples, &mut |power| features.push(power, network));
            self.network.run(false, evidence);
        }
    }

    /// Appends the frames still undecided: the sound has ended. There are then as many as 10 ms in it.
    pub fn finish(mut self, evidence: &mut Evidence) {
        if let Some(resampler) = &mut self.resampler {
            self.resampled.clear();
            resampler.finish(&mut self.resampled);
        }
        let (features, network) = (&mut self.features, &mut self.network);
        let mut each = |power: &_| features.push(power, network);
        self.spectra.push(&self.resampled, &mut each);
        self.spectra.finish(&mut each);
        features.finish(network);
        self.network.run(true, evidence);
    }
}

/// Spectra into normalised rows.
struct Features {
    mode: Mode,
    filterbank: Filterbank,
    slopes: Slopes,
    /// Mels of frames whose slopes are not yet known.
    mels: std::collections::VecDeque<[f32; MELS]>,
    normaliser: Normaliser,
}

impl Features {
    fn new(mode: Mode, model: &Model) -> Self {
        let mut means = model.mel_means.clone();
        let (reach, variances) = match mode {
            Mode::Live => (LIVE, Vec::new()),
            Mode::Recording => {
                means.extend(&model.slope_means);
                (RECORDING, model.slope_variances.clone())
            }
        };
        Self {
            mode,
            filterbank: Filterbank::new(),
            slopes: Slopes::default(),
            mels: std::collections::VecDeque::with_capacity(slopes::AHEAD + 1),
            normaliser: Normaliser::new(reach, means, variances, MEL_SCALE),
        }
    }

    fn push(&mut self, power: &[f32; super::fft::BINS], network: &mut Network) {
        let mels = self.filterbank.mels(power);
        let mut each = |row: &[f32]| network.take(row);
        if self.mode == Mode::Live {
            self.normaliser.push(&mels, level(&mels), &mut each);
            return;
        }
        self.mels.push_back(mels);
        if let Some(slopes) = self.slopes.push(self.filterbank.cepstra(power))
            && let Some(mels) = self.mels.pop_front()
        {
            push_row(&mut self.normaliser, &mels, &slopes, &mut each);
        }
    }

    fn finish(&mut self, network: &mut Network) {
        let mut each = |row: &[f32]| network.take(row);
        let (mels, normaliser) = (&mut self.mels, &mut self.normaliser);
        self.slopes.finish(|slopes| {
            if let Some(mels) = mels.pop_front() {
                push_row(normaliser, &mels, &slopes, &mut each);
            }
        });
        self.normaliser.finish(&mut each);
    }
}

/// The loudness of a frame, as the normaliser compares it.
fn level(mels: &[f32; MELS]) -> f32 {
    mels.iter().sum::<f32>() / MELS as f32
}

fn push_row(
    normaliser: &mut Normaliser,
    mels: &[f32; MELS],
    slopes: &[f32; WIDTH],
    each: &mut impl FnMut(&[f32]),
) {
    let mut row = [0.0; MELS + WIDTH];
    for (place, value) in row.iter_mut().zip(mels.iter().chain(slopes)) {
        *place = *value;
    }
    normaliser.push(&row, level(mels), each);
}

/// Normalised rows into log probabilities.
struct Network {
    mode: Mode,
    layers: Vec<Convolution>,
    /// Rows not yet given to the first layer.
    input: Vec<f32>,
    /// Slopes of frames that the network has not yet decided.
    slopes: Vec<f32>,
    rows: Vec<f32>,
    results: Vec<f32>,
}

impl Network {
    fn new(mode: Mode, model: &Model) -> Self {
        Self {
            mode,
            layers: model.layers(mode).map(Convolution::new).collect(),
            input: Vec::new(),
            slopes: Vec::new(),
            rows: Vec::new(),
            results: Vec::new(),
        }
    }

    fn take(&mut self, row: &[f32]) {
        let (mels, slopes) = row.split_at(MELS.min(row.len()));
        self.input.extend_from_slice(mels);
        self.slopes.extend_from_slice(slopes);
    }

    fn run(&mut self, has_ended: bool, evidence: &mut Evidence) {
        let mut input = std::mem::take(&mut self.input);
        let mut batches = input.chunks(BATCH * MELS).peekable();
        // At the end there is a last run even without rows.
        let empty: &[f32] = &[];
        while let Some(batch) = batches.next().or(has_ended.then_some(empty)) {
            let is_last = has_ended && batches.peek().is_none();
            self.run_batch(batch, is_last, evidence);
            if is_last {
                break;
            }
        }
        input.clear();
        self.input = input;
    }

    fn run_batch(&mut self, batch: &[f32], is_last: bool, evidence: &mut Evidence) {
        self.rows.clear();
        self.rows.extend_from_slice(batch);
        for (layer, convolution) in model().layers(self.mode).zip(&mut self.layers) {
            self.results.clear();
            convolution.push(layer, &self.rows, &mut self.results);
            if is_last {
                convolution.finish(layer, &mut self.results);
            }
            std::mem::swap(&mut self.rows, &mut self.results);
        }
        let frames = self.rows.len() / STATES;
        for row in self.rows.chunks_exact_mut(STATES) {
            let sum = log_sum_exp(row);
            row.iter_mut().for_each(|value| *value -= sum);
        }
        evidence.posteriors.extend_from_slice(&self.rows);
        let decided = (frames * WIDTH).min(self.slopes.len());
        evidence.slopes.extend(self.slopes.drain(..decided));
    }
}

const _: () = assert!(HOP * 100 == RATE as usize);
