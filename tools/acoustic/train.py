"""Trains the models: python3 train.py CORPUS OUT.bin [--epochs N] [--seed N].

CORPUS is a folder made by corpus.py. One core is used; the same corpus, seed and number of epochs give the same file up to
the last bits of the machine's own arithmetic.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import time
from pathlib import Path

import numpy as np

import blob
import frontend
import gaussians
from augment import Augmenter, Sentence, labels, measured, thirds
from network import Adam, Network, loss, packed
from phones import PHONES, STATES, UNKNOWN
from speech import RATE

# Frames of a training step, and the highest step size.
BATCH, RATE_OF_LEARNING = 4096, 2.2e-3
# How much the live head's loss counts; the other has the rest.
LIVE_SHARE = 0.4
COMPONENTS = 8


def load(folder):
    """All sentences of all voices below a folder, in the order of their names."""
    sentences = []
    for path in sorted(Path(folder).glob("*.npz")):
        with np.load(path) as file:
            samples, lengths, rows = file["samples"], file["lengths"], file["rows"]
        starts = np.concatenate([[0], np.cumsum(lengths)])
        for number, length in enumerate(lengths):
            own = rows[rows[:, 0] == number][:, 1:]
            part = samples[starts[number] : starts[number] + length].astype(np.float32) / 32768
            sentences.append(Sentence(part, thirds(own), path.stem))
    return sentences


def plain(sentence, usual):
    """Normalised slopes of a sentence as it is."""
    power = np.abs(frontend.transform(sentence.samples)) ** 2
    level = frontend.levels(frontend.mels(power))
    rows = frontend.slopes(power)
    return frontend.normalised(rows, level, frontend.RECORDING, usual.slopes, usual.variances, 1.0)


def mixtures(sentences, augmenter, usual, rng):
    """Finds the parts of all phones, then trains mixtures on sentences as they are and as others would sound."""
    features = [plain(sentence, usual) for sentence in sentences]
    for _ in range(2):
        states = [labels(sentence.rows, len(rows)) for sentence, rows in zip(sentences, features)]
        models = gaussians.train(np.concatenate(features), np.concatenate(states), 2, rng, 3000)
        for sentence, rows in zip(sentences, features):
            sentence.rows = gaussians.parted(sentence.rows, gaussians.scores(models, rows))
    states = [labels(sentence.rows, len(rows)) for sentence, rows in zip(sentences, features)]
    for sentence in sentences:
        _, rows, known = augmenter.features(rng, sentence, True, usual, 0.6)
        features.append(rows)
        states.append(known)
    return gaussians.train(np.concatenate(features), np.concatenate(states), COMPONENTS, rng)


def habits(sentences):
    """What follows what, and how long phones last, in voices that speak English."""
    count = len(PHONES)
    pairs = np.full((count, count), 0.3)
    lengths = [[] for _ in PHONES]
    for sentence in sentences:
        if not sentence.voice.startswith(("flite", "espeak")):
            continue
        numbers = sentence.rows[:, 4].astype(int)
        for before, after in zip(numbers, numbers[1:]):
            if before != UNKNOWN and after != UNKNOWN:
                pairs[before, after] += 1
        for row in sentence.rows[1:-1]:
            if row[4] != UNKNOWN:
                lengths[int(row[4])].append(np.log(max(row[3] - row[0], 0.01) * 100))
    typical = [(np.mean(one), np.std(one)) if len(one) > 5 else (2.0, 0.5) for one in lengths]
    return np.log(pairs / pairs.sum(1, keepdims=True)), np.array(typical)


def train_network(sentences, augmenter, usual, options, save):
    """Epoch after epoch; `save` is called with the priors after each."""
    rng = np.random.default_rng(options.seed + 1)
    network = Network(frontend.MELS, options.seed)
    adam = Adam(network)
    frames = sum(len(sentence.samples) for sentence in sentences) * 1.15 / frontend.HOP
    steps = options.epochs * frames / BATCH
    counts = np.ones(STATES)
    print(f"{len(network.vector)} weights, {frames / 360000:.1f} h, about {steps:.0f} steps", flush=True)
    for epoch in range(options.stop or options.epochs):
        start = time.time()
        items = []
        for sentence in sentences:
            rows, _, states = augmenter.features(rng, sentence, False, usual)
            items.append((rows.astype(np.float16), states))
            counts += np.bincount(states[states >= 0], minlength=STATES)
        made = time.time()
        figures = []
        for rows, mask, states in packed(items, rng, BATCH):
            rate = RATE_OF_LEARNING * min(1, (adam.step_number + 1) / 200)
            rate *= 0.5 + 0.5 * np.cos(np.pi * min(1, adam.step_number / steps))
            live, recording = network.forward(rows, mask, rng)
            live_loss, live_gradient, live_right = loss(live, states, LIVE_SHARE)
            wide_loss, wide_gradient, wide_right = loss(recording, states, 1 - LIVE_SHARE)
            network.backward(live_gradient, wide_gradient)
            adam.step(max(rate, 1e-5))
            figures.append((live_loss, live_right, wide_loss, wide_right))
        means = np.mean(figures, 0)
        print(f"epoch {epoch + 1}: live {means[0]:.3f} {100 * means[1]:.1f} %, recording {means[2]:.3f} {100 * means[3]:.1f} %; "
              f"features {made - start:.0f} s, network {time.time() - made:.0f} s", flush=True)
        network.bind(adam.mean)
        save(network, np.log(counts / counts.sum()))
        network.bind(network.vector)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("out")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--stop", type=int, default=0, help="after so many epochs, on the way to the others")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of the sentences, for a trial")
    options = parser.parse_args()
    start = time.time()
    rng = np.random.default_rng(options.seed)
    sentences = load(Path(options.corpus) / "train")
    if options.share < 1:
        sentences = [sentences[i] for i in rng.permutation(len(sentences))[: round(len(sentences) * options.share)]]
    print(f"{len(sentences)} sentences, {sum(len(s.samples) for s in sentences) / RATE / 3600:.2f} h", flush=True)
    augmenter = Augmenter(sentences, rng)
    some = [sentences[i] for i in rng.integers(len(sentences), size=min(400, len(sentences)))]
    usual = measured(augmenter, some, rng)
    models = mixtures(sentences, augmenter, usual, rng)
    print(f"mixtures after {time.time() - start:.0f} s", flush=True)
    bigram, lengths = habits(sentences)

    def save(network, priors):
        trained = blob.Trained(priors, bigram, lengths, usual, models, blob.layers_of(network))
        blob.write(options.out, trained)

    train_network(sentences, augmenter, usual, options, save)
    print(f"all after {time.time() - start:.0f} s")


if __name__ == "__main__":
    main()
