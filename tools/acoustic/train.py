"""Trains the models: python3 train.py CORPUS OUT.bin [--steps N] [--seed N] [--without VOICE...].

CORPUS is a folder made by corpus.py. The mixtures take a few minutes of one core and are kept in CORPUS, so that the network can be
trained alone: on an accelerator that JAX knows in minutes, on processors in many hours. The same corpus, seed and machine
give the same file.
"""

import argparse
import subprocess
import time
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np

import augment
import blob
import frontend
import gaussians
import network
from augment import Sentence, Strength, Usual, labels, thirds
from phones import PHONES, SILENCE, UNKNOWN
from speech import RATE

# Examples of a step, and the highest step size.
EXAMPLES, RATE_OF_LEARNING = 256, 2.5e-3
WARMING = 200
# Steps between two lines that are printed.
STRETCH = 100
COMPONENTS = 8
# Who says what English says, and how many times a pair counts where a third phone is asked for.
ENGLISH = ("flite", "espeak", "festival_cmu", "festival_ked")
PAIRS = 6


def load(folder, without=()):
    """All sentences of all voices below a folder, in the order of their names."""
    sentences = []
    for path in sorted(Path(folder).glob("*.npz")):
        if any(name in path.stem for name in without):
            continue
        with np.load(path) as file:
            lengths, rows = file["lengths"], file["rows"]
            samples = file["samples"] if "samples" in file else unpacked(path.with_suffix(".opus"), lengths.sum())
        starts = np.concatenate([[0], np.cumsum(lengths)])
        for number, length in enumerate(lengths):
            own = thirds(rows[rows[:, 0] == number][:, 1:])
            sentences.append(Sentence(samples[starts[number] : starts[number] + length], own, path.stem))
    return sentences


def unpacked(path, count):
    """The samples that pack.py has coded."""
    command = ["opusdec", "--quiet", "--rate", str(RATE), "--no-dither", str(path), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    samples = np.frombuffer(done.stdout, "<i2")
    assert abs(len(samples) - count) < RATE, path
    return np.pad(samples[:count], (0, max(0, count - len(samples))))


def plain(sentence, usual):
    """Normalised slopes of a sentence as it is."""
    power = np.abs(frontend.transform(sentence.sound)) ** 2
    level = frontend.levels(frontend.mels(power))
    rows = frontend.slopes(power)
    return frontend.normalised(rows, level, frontend.RECORDING, usual.slopes, usual.variances, 1.0)


def changed(corpus, sentences, usual, seed, size=32):
    """Normalised slopes, and states, of sentences as others would sound."""
    indices = np.resize(np.arange(sentences), -(-sentences // size) * size)
    for number, chosen in enumerate(indices.reshape(-1, size)):
        keys = jax.random.split(jax.random.key(seed + number), size)
        found = augment.examples(keys, corpus, jnp.asarray(chosen), tuple(Strength(0.6, 0.0)), True)
        slopes, levels, states, there = (np.asarray(part) for part in (found.slopes, found.levels, found.states, found.is_there))
        for index in range(size):
            count = int(there[index].sum())
            rows = slopes[index, :count], levels[index, :count]
            yield frontend.normalised(*rows, frontend.RECORDING, usual.slopes, usual.variances, 1.0), states[index, :count]


def mixtures(sentences, corpus, usual, rng, seed):
    """Finds the parts of all phones, then trains mixtures on sentences as they are and as others would sound."""
    features = [plain(sentence, usual) for sentence in sentences]
    for _ in range(2):
        states = [labels(sentence.rows, len(rows)) for sentence, rows in zip(sentences, features)]
        models = gaussians.train(np.concatenate(features), np.concatenate(states), 2, rng, 3000)
        for sentence, rows in zip(sentences, features):
            sentence.rows = gaussians.parted(sentence.rows, gaussians.scores(models, rows))
    states = [labels(sentence.rows, len(rows)) for sentence, rows in zip(sentences, features)]
    for rows, known in changed(corpus, len(sentences), usual, seed):
        features.append(rows)
        states.append(known)
    return gaussians.train(np.concatenate(features), np.concatenate(states), COMPONENTS, rng)


def habits(sentences):
    """What follows what, one phone and two, and how long phones last, in voices that speak English."""
    count = len(PHONES)
    pairs, triples = np.full((count, count), 0.3), np.zeros((count, count, count))
    lengths = [[] for _ in PHONES]
    for sentence in sentences:
        if not sentence.voice.startswith(ENGLISH):
            continue
        numbers = [SILENCE, *sentence.rows[:, 4].astype(int), SILENCE]
        for number, (before, after) in enumerate(zip(numbers[1:-1], numbers[2:])):
            if before != UNKNOWN and after != UNKNOWN:
                pairs[before, after] += 1
                triples[numbers[number], before, after] += numbers[number] != UNKNOWN
        for row in sentence.rows[1:-1]:
            if row[4] != UNKNOWN:
                lengths[int(row[4])].append(np.log(max(row[3] - row[0], 0.01) * 100))
    typical = [(np.mean(one), np.std(one)) if len(one) > 5 else (2.0, 0.5) for one in lengths]
    pairs /= pairs.sum(1, keepdims=True)
    triples = (triples + PAIRS * pairs) / (triples.sum(2, keepdims=True) + PAIRS)
    return np.log(pairs), np.log(triples), np.array(typical)


def begin(sentences, path, seed):
    """What comes before the network: the parts of phones, what is usual, mixtures; kept in a file."""
    rng = np.random.default_rng(seed)
    corpus = augment.corpus(sentences, rng)
    usual = augment.measured(corpus, seed)
    models = mixtures(sentences, corpus, usual, rng, seed + 1000)
    stacked = [np.concatenate([model[i] for model in models]) for i in range(3)]
    np.savez(path, rows=np.concatenate([one.rows for one in sentences]), mels=usual.mels, slopes=usual.slopes,
             variances=usual.variances, sizes=[len(model[0]) for model in models], log_weights=stacked[0],
             means=stacked[1], spreads=stacked[2])


def begun(sentences, path):
    """Puts the parts of phones into sentences; gives what is usual and the mixtures."""
    with np.load(path) as file:
        rows, ends = file["rows"], np.cumsum([len(one.rows) for one in sentences])
        assert ends[-1] == len(rows), f"{path} is of another corpus"
        for one, end in zip(sentences, ends):
            one.rows = rows[end - len(one.rows) : end]
        usual = Usual(file["mels"], file["slopes"], file["variances"])
        stacked, sizes = [file[name] for name in ("log_weights", "means", "spreads")], file["sizes"]
    ends = np.cumsum(sizes)
    return usual, [tuple(part[end - size : end] for part in stacked) for size, end in zip(sizes, ends)]


def train_network(sentences, usual, options, save):
    """Step after step; `save` is called with what is learnt now and then."""
    corpus = augment.corpus(sentences, np.random.default_rng(options.seed + 1))
    learnt = options.go_on and [[(jnp.asarray(w), jnp.asarray(b)) for _, _, w, b in part] for part in blob.read(options.go_on).layers]
    training = network.begun(options.seed, learnt)
    print(f"{sum(part.size for part in jax.tree.leaves(training.weights))} weights on {jax.devices()[0]}", flush=True)

    @jax.jit
    def stretch(training, key, corpus, begin, end):
        def one(training, chance):
            key, share = chance
            rate = options.rate * jnp.minimum(1, (training.step + 1) / WARMING)
            rate *= 0.5 + 0.5 * jnp.cos(jnp.pi * jnp.minimum(share, 1))
            return network.step(training, key, corpus, usual, options.examples, jnp.maximum(rate, 1e-5))

        shares = begin + (end - begin) * jnp.arange(options.stretch) / options.stretch
        training, figures = jax.lax.scan(one, training, (jax.random.split(key, options.stretch), shares))
        return training, figures.mean(0)

    start, number, took = time.time(), 0, 0.0
    share = 0.0
    while share < 1:
        before = time.time()
        # How much of the training this stretch is: of its steps, or of its time as far as the last one tells.
        part = took / (60 * options.minutes) if options.minutes else options.stretch / options.steps
        key = jax.random.key(options.seed * 100003 + number)
        training, figures = stretch(training, key, corpus, share, share + part)
        number, step = number + 1, int(training.step)
        live_loss, live_right, wide_loss, wide_right = np.asarray(figures)
        took = time.time() - before
        share = (time.time() - start) / (60 * options.minutes) if options.minutes else step / options.steps
        print(f"step {step}: live {live_loss:.3f} {100 * live_right:.1f} %, "
              f"recording {wide_loss:.3f} {100 * wide_right:.1f} %; {time.time() - start:.0f} s", flush=True)
        if number % 10 == 0 or share >= 1:
            counts = np.asarray(training.counts)
            save(jax.tree.map(np.asarray, training.mean), np.log(counts / counts.sum()))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--minutes", type=float, help="as many steps as fit instead")
    parser.add_argument("--rate", type=float, default=RATE_OF_LEARNING, help="the highest step size")
    parser.add_argument("--go-on", help="from what a file of models has learnt, instead of from nothing")
    parser.add_argument("--examples", type=int, default=EXAMPLES, help="of a step")
    parser.add_argument("--stretch", type=int, default=STRETCH, help="steps between two lines that are printed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], help="voices that do not train")
    parser.add_argument("--begin", action="store_true", help="only what comes before the network")
    options = parser.parse_args()
    sentences = load(Path(options.corpus) / "train", options.without)
    print(f"{len(sentences)} sentences, {sum(len(s.samples) for s in sentences) / RATE / 3600:.2f} h", flush=True)
    kept = Path(options.corpus) / f"begun{''.join('-' + name for name in options.without)}.npz"
    start = time.time()
    if not kept.exists():
        begin(sentences, kept, options.seed)
        print(f"mixtures after {time.time() - start:.0f} s", flush=True)
    if options.begin:
        return
    usual, models = begun(sentences, kept)
    bigram, trigram, lengths = habits(sentences)

    def save(weights, priors):
        blob.write(options.out, blob.Trained(priors, bigram, trigram, lengths, usual, models, blob.layers_of(weights)))

    train_network(sentences, usual, options, save)


if __name__ == "__main__":
    main()
