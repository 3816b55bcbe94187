"""One sentence as many other throats, tempos, rooms, microphones and lines would give it: arrays in JAX, an accelerator's work."""

from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

import frontend
from phones import PARTS, SILENCE, UNKNOWN
from speech import RATE

# Frames of an example, and samples behind them at the fastest.
FRAMES = 640
SAMPLES = int(FRAMES * frontend.HOP * 1.6) + frontend.WINDOW
# Room for an echo in a transform.
TRANSFORM = 184320
ECHO = int(0.4 * RATE)
NOISE_SECONDS = 20
# Points between which tempo, loudness and voice change: two a second, five a second and three a second.
KNOTS, GAIN_KNOTS, VOICE_KNOTS = 13, 52, 31
_BIN_HZ = np.arange(frontend.BINS) * RATE / frontend.SIZE
_FAR = 1e9


@dataclass
class Sentence:
    """16-bit samples, and rows of (start, second part, third part, end, phone number); seconds."""

    samples: np.ndarray
    rows: np.ndarray
    voice: str = ""
    sound: np.ndarray = field(init=False)

    def __post_init__(self):
        self.sound = self.samples.astype(np.float32) / 32768


def marks(rows):
    """When states change, and the states: one more, for before and after all."""
    phones = rows[:, 4].astype(int)
    states = phones[:, None] * PARTS + np.arange(PARTS)
    states[phones == UNKNOWN] = UNKNOWN
    times = np.append(rows[:, :3].ravel(), rows[-1, 3])
    return times, np.concatenate([[SILENCE], states.ravel(), [SILENCE]])


def labels(rows, count):
    """The state of each of `count` frames; UNKNOWN where nobody knows."""
    times, states = marks(rows)
    return states[np.searchsorted(times, (np.arange(count) + 0.5) / 100, "right")]


def thirds(segments):
    """Rows of a sentence whose phones have parts of equal length."""
    start, end, phone = np.array(segments, float).T
    return np.stack([start, start + (end - start) / 3, start + (end - start) * 2 / 3, end, phone], 1)


class Corpus(NamedTuple):
    """All sentences, where the accelerator reaches them."""

    samples: jax.Array
    starts: jax.Array
    lengths: jax.Array
    loudness: jax.Array
    times: jax.Array
    states: jax.Array
    noises: jax.Array


def corpus(sentences, rng):
    """Sentences one after another, and noises made of them."""
    known = [marks(one.rows) for one in sentences]
    width = max(len(times) for times, _ in known)
    lengths = np.array([len(one.samples) for one in sentences])
    return Corpus(
        jnp.asarray(np.concatenate([one.samples for one in sentences])),
        jnp.asarray(np.concatenate([[0], np.cumsum(lengths)[:-1]])),
        jnp.asarray(lengths),
        jnp.asarray([np.sqrt(np.mean(one.sound**2)) + 1e-6 for one in sentences], jnp.float32),
        jnp.asarray([np.pad(times, (0, width - len(times)), constant_values=_FAR) for times, _ in known], jnp.float32),
        jnp.asarray([np.pad(states, (0, width + 1 - len(states)), constant_values=SILENCE) for _, states in known]),
        jnp.asarray(noises(sentences, rng)),
    )


def noises(sentences, rng):
    """White, pink and brown noise, and three to eight people talking; the mean square of each is one."""
    length = NOISE_SECONDS * RATE
    white = rng.standard_normal(length).astype(np.float32)
    spectrum = np.fft.rfft(white)
    hz = np.maximum(np.fft.rfftfreq(length, 1 / RATE), 20)
    made = [white] + [np.fft.irfft(spectrum / hz**slope).astype(np.float32) for slope in (0.5, 1.0)]
    made += [_babble(sentences, rng, count, length) for count in (3, 5, 5, 8)]
    return np.stack([noise / (np.sqrt(np.mean(noise**2)) + 1e-9) for noise in made])


def _babble(sentences, rng, count, length):
    sound = np.zeros(length, np.float32)
    for _ in range(count):
        place = int(rng.integers(0, 2 * RATE))
        while place < length:
            other = sentences[rng.integers(len(sentences))].sound
            part = other[: length - place] / (np.sqrt(np.mean(other**2)) + 1e-6)
            sound[place : place + len(part)] += part * rng.uniform(0.5, 1.2)
            place += len(other) + int(rng.integers(0, RATE))
    return sound


class Strength(NamedTuple):
    """How often and how far examples differ from what was spoken: 1 for a network, less for mixtures."""

    change: float = 1.0
    tempo: float = 1.0


class Example(NamedTuple):
    """Frames × features as measured, their loudness, their states, and which of them there are."""

    mels: jax.Array
    slopes: jax.Array | None
    levels: jax.Array
    states: jax.Array
    is_there: jax.Array


class _Dice:
    """Random numbers, each from a key of its own."""

    def __init__(self, key):
        self.key = key

    def _next(self):
        self.key, key = jax.random.split(self.key)
        return key

    def uniform(self, low=0.0, high=1.0, shape=()):
        return jax.random.uniform(self._next(), shape, minval=low, maxval=high)

    def normal(self, shape=()):
        return jax.random.normal(self._next(), shape)

    def chance(self, share):
        return self.uniform() < share


def _sound(dice, corpus, index, strength):
    """Samples at another speed, in another room, at another level, in noise; and the sentence's time at each sample's place."""
    speed = jnp.where(dice.chance(0.5 * strength.change), dice.uniform(0.86, 1.18), 1.0)
    # Before and after a sentence there may be much silence, or none.
    most = jnp.where(dice.chance(0.7), 0.4, 2.5) * RATE
    before, after = dice.uniform(0, most), dice.uniform(0, most)
    whole = corpus.lengths[index] / speed + before + after
    # Of a long one a part is heard.
    first = dice.uniform() * jnp.maximum(whole - FRAMES * frontend.HOP, 0)
    places = (jnp.arange(SAMPLES) + first - before) * speed
    whole_places = jnp.floor(places).astype(int)
    inside = (places >= 0) & (whole_places < corpus.lengths[index] - 1)
    near = corpus.starts[index] + jnp.where(inside, whole_places, 0)
    left, right = corpus.samples[near].astype(jnp.float32), corpus.samples[near + 1].astype(jnp.float32)
    samples = jnp.where(inside, left + (right - left) * (places - whole_places), 0) / 32768
    samples *= _loudness(dice, strength)
    samples *= _creak(dice, strength)
    samples = jnp.where(dice.chance(0.25 * strength.change), _in_room(dice, samples), samples)
    samples = samples * 10 ** (dice.uniform(-38, -12) / 20) / corpus.loudness[index]
    level = jnp.sqrt(jnp.sum(samples**2) / jnp.clip(whole - first, frontend.HOP, SAMPLES)) + 1e-7
    kind, start = (dice.uniform() * len(corpus.noises)).astype(int), (dice.uniform() * NOISE_SECONDS * RATE).astype(int)
    noise = corpus.noises[kind][(start + jnp.arange(SAMPLES)) % (NOISE_SECONDS * RATE)]
    ratio = jnp.where(dice.chance(0.85 * strength.change), dice.uniform(0, 32), 200)
    swell = _between(jnp.where(dice.chance(0.4), 3.0, 0.0) * dice.normal((GAIN_KNOTS,)))
    samples += noise * level * 10 ** ((swell - ratio) / 20)
    # No microphone is silent.
    samples += dice.normal((SAMPLES,)) * 10 ** dice.uniform(-5.2, -3.8)
    return samples, (first, before, speed, whole - first)


def _between(knots):
    """Values at every sample from some at equal distances."""
    return jnp.interp(jnp.linspace(0, len(knots) - 1, SAMPLES), jnp.arange(len(knots)), knots)


def _loudness(dice, strength):
    """Synthesisers speak evenly; people fade and stress."""
    decibels = jnp.where(dice.chance(0.7 * strength.change), dice.uniform(2, 6), 0.0) * dice.normal((GAIN_KNOTS,))
    return 10 ** (_between(decibels) / 20)


def _creak(dice, strength):
    """Where a voice falls apart into single pulses, as at the ends of phrases."""
    pulses = jnp.cumsum(_between(dice.uniform(22, 50, (VOICE_KNOTS,)))) / RATE
    since = (pulses - jnp.floor(pulses)) / 35
    is_creaky = _between(dice.normal((VOICE_KNOTS,))) > jnp.where(dice.chance(0.3 * strength.change), 0.7, _FAR)
    return jnp.where(is_creaky, 2 * jnp.exp(-since / dice.uniform(0.004, 0.012)), 1.0)


def _in_room(dice, samples):
    """In a small or middling room."""
    place = jnp.arange(ECHO) / (dice.uniform(0.08, 0.4) * RATE)
    tail = jnp.where(place < 1, dice.normal((ECHO,)) * jnp.exp(-6.9 * place), 0)
    tail *= 10 ** (dice.uniform(-18, -4) / 20) / jnp.sqrt(jnp.sum(tail**2))
    tail = tail.at[0].add(1.0)
    wet = jnp.fft.irfft(jnp.fft.rfft(samples, TRANSFORM) * jnp.fft.rfft(tail, TRANSFORM), TRANSFORM)
    return wet[:SAMPLES]


def _centres(dice, strength):
    """Where each frame's middle lies, in samples: nobody keeps one tempo, and who hesitates holds a
    sound. Pitch and throat stay as they are."""
    drift = 0.13 * dice.normal() + 0.2 * dice.normal((KNOTS,))
    rate = jnp.clip(jnp.exp(jnp.where(dice.chance(0.7 * strength.tempo), drift, 0.0)), 0.6, 1.6)
    is_held = dice.chance(0.3 * strength.tempo) & (dice.uniform(shape=(KNOTS,)) < 0.15)
    rate *= jnp.where(is_held, dice.uniform(0.2, 0.5), 1.0)
    steps = jnp.interp(jnp.linspace(0, KNOTS - 1, FRAMES), jnp.arange(KNOTS), rate) * frontend.HOP
    return jnp.cumsum(steps) - steps / 2


def _power(dice, samples, centres, strength):
    """The power spectra around some places, through some microphone and line."""
    samples = samples - 0.97 * jnp.pad(samples, (1, 0))[:-1]
    padded = jnp.pad(samples, (frontend.WINDOW, frontend.WINDOW))
    starts = jnp.round(centres).astype(int) + frontend.WINDOW // 2
    frames = padded[starts[:, None] + jnp.arange(frontend.WINDOW)]
    power = jnp.abs(jnp.fft.rfft(frames * frontend.HAMMING, frontend.SIZE)) ** 2
    # Breath in place of a voice.
    breath = jnp.where(dice.chance(0.3 * strength.change), dice.uniform(), 0.0)
    power *= 1 - breath + breath * jax.random.exponential(dice.key, power.shape)
    power = _slurred(dice, power, strength)
    place = np.log(1 + _BIN_HZ / 700) / np.log(1 + 8000 / 700) * np.pi
    orders = jnp.arange(1, 4)[:, None]
    tilt = 0.9 * strength.change * dice.normal((3,)) @ jnp.cos(orders * place)
    power *= jnp.exp(tilt)
    band = dice.uniform()
    # A telephone, or a codec that leaves the highest out.
    is_line = band < 0.25 * strength.change
    low = jnp.where(is_line, dice.uniform(150, 400), 0)
    high = jnp.where(is_line, dice.uniform(2900, 4300), dice.uniform(4300, 7500))
    lost = jnp.maximum(jnp.maximum(low - _BIN_HZ, _BIN_HZ - high), 0) * dice.uniform(0.01, 0.05)
    lined = power * jnp.exp(-jnp.minimum(lost, dice.uniform(7, 14)))
    lined += power.mean() * 10 ** dice.uniform(-6.5, -4)
    return jnp.where(band < 0.33 * strength.change, lined, power)


def _slurred(dice, power, strength):
    """Targets that are not reached: each frame a little like those around it."""
    width = jnp.where(dice.chance(0.25 * strength.change), dice.uniform(0.3, 1.4), 0.05)
    weights = jnp.exp(-0.5 * (jnp.arange(-3, 4) / width) ** 2)
    padded = jnp.pad(power, ((3, 3), (0, 0)), "edge")
    return sum(weights[i] * padded[i : i + FRAMES] for i in range(7)) / weights.sum()


def _throat(dice, strength):
    """From hertz to where another throat would have them: longer or shorter, and each formant a little elsewhere."""
    warp = jnp.where(dice.chance(0.85 * strength.change), dice.uniform(0.84, 1.2), 1.0)
    shifts = jnp.where(dice.chance(0.7 * strength.change), 0.035, 0.0) * dice.normal((4,))

    def moved(edges):
        place = np.log(1 + edges / 700) / np.log(1 + 8000 / 700) * np.pi
        own = warp * jnp.exp(shifts @ jnp.sin(jnp.arange(1, 5)[:, None] * place))
        # Straight up to 4.8 kHz, then bent so that the ends stay.
        bend, end = 4800.0, 8000.0
        above = end - (end - bend * own) / (end - bend) * (end - edges)
        return jnp.clip(jnp.where(edges <= bend, edges * own, above), 0, 7990)

    return moved


def _banded(power, edges):
    """Frames × logarithms of bands."""
    weights = frontend.triangles(edges, jnp)
    return jnp.log(power @ weights + frontend.FLOOR)


def example(key, corpus, index, strength, with_slopes):
    """A sentence, changed by chance."""
    dice = _Dice(key)
    samples, (first, before, speed, length) = _sound(dice, corpus, index, strength)
    centres = _centres(dice, strength)
    power = _power(dice, samples, centres, strength)
    moved = _throat(dice, strength)
    mels = _banded(power, moved(frontend.MEL_EDGES))
    amount = jnp.where(dice.chance(0.5 * strength.change), dice.uniform(-0.35, 0.6), 0.0)
    mels = _sharpened(mels, amount)
    slopes = None
    if with_slopes:
        slopes = frontend.slopes_of(_banded(power, moved(frontend.CEPSTRAL_EDGES)), jnp)
    is_there = centres < length
    times = (centres + first - before) * speed / RATE
    states = corpus.states[index][jnp.searchsorted(corpus.times[index], times, side="right")]
    return Example(mels, slopes, mels.mean(1), jnp.where(is_there, states, UNKNOWN), is_there)


def _sharpened(mels, amount):
    """Narrower formants, or wider ones where `amount` is negative: statistical voices smooth them, people do not."""
    padded = jnp.pad(mels, ((0, 0), (2, 2)), "edge")
    count = mels.shape[1]
    smooth = sum(weight * padded[:, i : i + count] for i, weight in enumerate((1, 2, 3, 2, 1))) / 9
    return mels + amount * (mels - smooth)


def loud(example, block=None):
    """Which frames say how a voice is: for all frames, or (with a block length) for each block those before it."""
    levels = jnp.where(example.is_there, example.levels, -_FAR)
    if block is None:
        return levels >= levels.max() - frontend.QUIETER
    step, past, _ = frontend.LIVE
    frames, starts = jnp.arange(FRAMES), jnp.arange(0, FRAMES, step)[:, None]
    levels = jnp.where((frames >= starts - past) & (frames < starts), levels, -_FAR)
    return (levels >= levels.max(1, keepdims=True) - frontend.QUIETER) & (levels > -_FAR)


def for_network(key, example, usual):
    """Normalised mels as of a recording, or as of live sound, with a little left out."""
    dice = _Dice(key)
    rows = example.mels - usual.mels
    all_loud, before = loud(example), loud(example, True)
    mean = _mean(all_loud @ rows, all_loud.sum())
    means = _mean(before @ rows, before.sum(1, keepdims=True))
    live = jnp.repeat(means, frontend.LIVE[0], 0)[:FRAMES]
    rows = (rows - jnp.where(dice.chance(0.3), live, mean)) * frontend.MEL_SCALE
    width, start = dice.uniform(1, 7), dice.uniform(0, frontend.MELS - 6)
    bands = jnp.arange(frontend.MELS)
    rows = jnp.where(dice.chance(0.4) & (bands >= start) & (bands < start + width), 0, rows)
    rows += dice.normal(rows.shape) * dice.uniform(0, 0.15)
    return rows * example.is_there[:, None]


def _mean(total, count):
    return total / jnp.maximum(count, frontend.ENOUGH)


@partial(jax.jit, static_argnames=("with_slopes", "strength"))
def examples(keys, corpus, indices, strength, with_slopes):
    """Several at once."""
    return jax.vmap(lambda key, index: example(key, corpus, index, Strength(*strength), with_slopes))(keys, indices)


@dataclass
class Usual:
    """What features are where nothing was measured."""

    mels: np.ndarray
    slopes: np.ndarray
    variances: np.ndarray


jax.tree_util.register_dataclass(Usual, ["mels", "slopes", "variances"], [])


def measured(corpus, seed, batches=8, size=32):
    """The usual means and variances, over loud frames, as half precision holds them."""
    mels, slopes = [], []
    for number in range(batches):
        keys = jax.random.split(jax.random.key(seed + number), size)
        indices = jax.random.randint(keys[0], (size,), 0, len(corpus.lengths))
        found = examples(keys, corpus, indices, tuple(Strength(tempo=0.0)), True)
        chosen = np.asarray(jax.vmap(loud)(found))
        mels.append(np.asarray(found.mels)[chosen])
        slopes.append(np.asarray(found.slopes)[chosen])
    mels, slopes = np.concatenate(mels), np.concatenate(slopes)
    half = lambda x: x.astype(np.float16).astype(np.float32)
    return Usual(half(mels.mean(0)), half(slopes.mean(0)), half(slopes.var(0)))
