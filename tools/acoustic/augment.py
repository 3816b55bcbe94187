"""One sentence as many other throats, rooms, microphones and lines would give it."""

from dataclasses import dataclass

import numpy as np

import frontend
from phones import PARTS, SILENCE, UNKNOWN
from speech import RATE

WARPS = np.linspace(0.84, 1.2, 13)
_MEL_BANKS = [frontend.bank(frontend.MELS, 60, 7600, warp) for warp in WARPS]
_CEPSTRAL_BANKS = [frontend.bank(frontend.CEPSTRAL_BANDS, 100, 7000, warp) for warp in WARPS]
_BIN_HZ = np.arange(frontend.BINS) * RATE / frontend.SIZE


@dataclass
class Sentence:
    """Float samples, and rows of (start, second part, third part, end, phone number); seconds."""

    samples: np.ndarray
    rows: np.ndarray
    voice: str = ""


def labels(rows, count):
    """The state of each of `count` frames; UNKNOWN where nobody knows."""
    phones = rows[:, 4].astype(int)
    states = phones[:, None] * PARTS + np.arange(PARTS)
    states[phones == UNKNOWN] = UNKNOWN
    times = np.append(rows[:, :3].ravel(), rows[-1, 3])
    states = np.concatenate([[SILENCE], states.ravel(), [SILENCE]])
    middles = (np.arange(count) + 0.5) / 100
    return states[np.searchsorted(times, middles, "right")]


def thirds(segments):
    """Rows of a sentence whose phones have parts of equal length."""
    start, end, phone = np.array(segments, float).T
    return np.stack([start, start + (end - start) / 3, start + (end - start) * 2 / 3, end, phone], 1)


class Augmenter:
    """Noises, made once, and a pool of other people to babble."""

    def __init__(self, sentences, rng):
        self._pool = sentences
        length = 20 * RATE
        white = rng.standard_normal(length).astype(np.float32)
        spectrum = np.fft.rfft(white)
        hz = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 20)
        self.noises = [white] + [np.fft.irfft(spectrum / hz**slope).astype(np.float32) for slope in (0.5, 1.0)]
        self.noises += [self._babble(rng, count, length) for count in (3, 5, 5, 8)]

    def _babble(self, rng, count, length):
        """So many people at once, without end."""
        sound = np.zeros(length, np.float32)
        for _ in range(count):
            place = int(rng.integers(0, 2 * RATE))
            while place < length:
                other = self._pool[rng.integers(len(self._pool))].samples
                part = other[: length - place] / (np.sqrt(np.mean(other**2)) + 1e-6)
                sound[place : place + len(part)] += part * rng.uniform(0.5, 1.2)
                place += len(other) + int(rng.integers(0, RATE))
        return sound

    def _noise(self, rng, count):
        noise = self.noises[rng.integers(len(self.noises))]
        start = rng.integers(len(noise))
        noise = np.take(noise, np.arange(start, start + count), mode="wrap")
        return noise / (np.sqrt(np.mean(noise**2)) + 1e-9)

    def sound(self, rng, sentence, strength=1.0):
        """Samples and rows: another speed, room, level and noise."""
        samples, rows = sentence.samples, sentence.rows
        if rng.random() < 0.5 * strength:
            speed = rng.uniform(0.86, 1.18)
            places = np.arange(0, len(samples) - 1, speed)
            samples = np.interp(places, np.arange(len(samples)), samples).astype(np.float32)
            rows = rows / [speed, speed, speed, speed, 1]
        if rng.random() < 0.25 * strength:
            samples = reverberated(rng, samples)
        # Before and after a sentence there may be much silence, or none.
        before, after = rng.uniform(0, 0.4, 2) if rng.random() < 0.7 else rng.uniform(0, 2.5, 2)
        samples = np.pad(samples, (int(before * RATE), int(after * RATE)))
        rows = rows + [before, before, before, before, 0]
        if rows[0, 4] == SILENCE:
            rows[0, 0] = 0.0
        if rows[-1, 4] == SILENCE:
            rows[-1, 3] = len(samples) / RATE
        loud = np.sqrt(np.mean(sentence.samples**2)) + 1e-6
        samples = samples * np.float32(10 ** (rng.uniform(-38, -12) / 20) / loud)
        level = np.sqrt(np.mean(samples**2)) + 1e-7
        if rng.random() < 0.75 * strength:
            ratio = rng.uniform(3, 40)
            samples = samples + self._noise(rng, len(samples)) * np.float32(level * 10 ** (-ratio / 20))
        # No microphone is silent.
        samples = samples + rng.standard_normal(len(samples), np.float32) * np.float32(10 ** rng.uniform(-5.2, -3.8))
        return samples, rows

    def power(self, rng, samples, strength=1.0):
        """The power spectra of samples through some microphone and line."""
        power = np.abs(frontend.transform(samples)) ** 2
        place = np.log(1 + _BIN_HZ / 700) / np.log(1 + 8000 / 700) * np.pi
        tilt = sum(rng.normal(0, 0.7 * strength) * np.cos(order * place) for order in (1, 2, 3))
        power *= np.exp(tilt).astype(np.float32)
        band = rng.random()
        if band < 0.3 * strength:
            # A telephone, or a codec that leaves the highest out.
            is_line = band < 0.2 * strength
            low = rng.uniform(150, 400) if is_line else 0
            high = rng.uniform(2900, 4300) if is_line else rng.uniform(4300, 7500)
            steep = rng.uniform(0.01, 0.05)
            lost = np.maximum(np.maximum(low - _BIN_HZ, _BIN_HZ - high), 0) * steep
            power *= np.exp(-np.minimum(lost, rng.uniform(7, 14))).astype(np.float32)
            power += np.float32(power.mean() * 10 ** rng.uniform(-6.5, -4))
        return power

    def features(self, rng, sentence, with_slopes, usual, strength=1.0):
        """Normalised mels, normalised slopes or None, and labels."""
        samples, rows = self.sound(rng, sentence, strength)
        power = self.power(rng, samples, strength)
        warp = rng.integers(len(WARPS)) if rng.random() < 0.85 * strength else len(WARPS) // 2 - 1
        mels = frontend.mels(power, _MEL_BANKS[warp])
        if rng.random() < 0.5 * strength:
            mels = sharpened(mels, rng.uniform(-0.35, 0.6))
        level = frontend.levels(mels)
        reach = frontend.LIVE if rng.random() < 0.3 * strength and not with_slopes else frontend.RECORDING
        none = np.zeros(0, np.float32)
        normal = frontend.normalised(mels, level, reach, usual.mels, none, frontend.MEL_SCALE)
        slopes = None
        if with_slopes:
            slopes = frontend.slopes(power, _CEPSTRAL_BANKS[warp])
            slopes = frontend.normalised(slopes, level, reach, usual.slopes, usual.variances, 1.0)
        elif rng.random() < 0.4 * strength:
            width = rng.integers(1, 7)
            start = rng.integers(0, frontend.MELS - width)
            normal[:, start : start + width] = 0
        if not with_slopes:
            normal += rng.standard_normal(normal.shape, np.float32) * np.float32(rng.uniform(0, 0.15) * strength)
        return normal, slopes, labels(rows, len(mels))


def sharpened(mels, amount):
    """Narrower formants, or wider ones where `amount` is negative: statistical voices smooth them, people do not."""
    padded = np.pad(mels, ((0, 0), (2, 2)), "edge")
    count = mels.shape[1]
    smooth = sum(weight * padded[:, i : i + count] for i, weight in enumerate((1, 2, 3, 2, 1))) / np.float32(9)
    return mels + np.float32(amount) * (mels - smooth)


def reverberated(rng, samples):
    """In a small or middling room."""
    length = rng.uniform(0.08, 0.4)
    count = int(length * RATE)
    tail = rng.standard_normal(count) * np.exp(-6.9 * np.arange(count) / count)
    tail *= 10 ** (rng.uniform(-18, -4) / 20) / np.sqrt(np.sum(tail**2))
    tail[0] += 1.0
    size = 1 << int(np.ceil(np.log2(len(samples) + count)))
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail.astype(np.float32), size), size)
    return wet[: len(samples)].astype(np.float32)


@dataclass
class Usual:
    """What features are where nothing was measured."""

    mels: np.ndarray
    slopes: np.ndarray
    variances: np.ndarray


def measured(augmenter, sentences, rng):
    """The usual means and variances, over loud frames, as half precision holds them."""
    mels, slopes = [], []
    for sentence in sentences:
        samples, _ = augmenter.sound(rng, sentence)
        power = augmenter.power(rng, samples)
        rows = frontend.mels(power)
        level = frontend.levels(rows)
        loud = level >= level.max() - frontend.QUIETER
        mels.append(rows[loud])
        slopes.append(frontend.slopes(power)[loud])
    mels, slopes = np.concatenate(mels), np.concatenate(slopes)
    half = lambda x: x.astype(np.float16).astype(np.float32)
    return Usual(half(mels.mean(0)), half(slopes.mean(0)), half(slopes.var(0)))
