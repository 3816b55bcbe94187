"""Judges trained models on voices that never trained: python3 judge.py CORPUS MODEL.bin.

Printed for each condition: boundaries of a known text (mean error, share within 20 ms), mouths right in frames of speech, and
closures of p b m found and right, with the half width of their 95 % intervals.
"""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
from pathlib import Path

import numpy as np

import blob
import decode
import frontend
import augment
from phones import CLOSURES, MOUTH_OF, PHONES, SILENCE, UNKNOWN
from speech import RATE
from train import load

# How near the middle of a closure a found one must be.
NEAR = 0.04


class Sums:
    """Counts of one condition."""

    def __init__(self):
        self.errors, self.frames, self.right = [], 0, 0
        self.closures, self.found, self.claimed, self.true = 0, 0, 0, 0

    def add(self, gold, found, is_aligned):
        if is_aligned:
            self.errors += [abs(b[0] - a[0]) for a, b in zip(gold, found) if a[2] > SILENCE]
        count = int(gold[-1][1] * 100)
        right, guess = np.full(count, UNKNOWN), np.full(count, SILENCE)
        for target, rows in ((right, gold), (guess, found)):
            for start, end, phone in rows:
                target[int(np.ceil(start * 100 - 0.5)) : int(np.ceil(end * 100 - 0.5))] = phone
        mouth = np.array([MOUTH_OF[name] for name in PHONES])
        speech = right > SILENCE
        self.frames += speech.sum()
        self.right += (mouth[right] == mouth[guess])[speech].sum()
        lips = [(start, end) for start, end, phone in gold if phone in CLOSURES]
        is_closed = np.isin(guess, list(CLOSURES))
        for start, end in lips:
            # The lips part before a stop's phone has ended.
            middle = (start + start + 0.8 * (end - start)) / 2
            self.closures += 1
            self.found += is_closed[max(0, int((middle - NEAR) * 100)) : int((middle + NEAR) * 100) + 1].any()
        edges = np.flatnonzero(np.diff(np.concatenate([[0], is_closed, [0]])))
        for start, end in zip(edges[::2] / 100, edges[1::2] / 100):
            self.claimed += 1
            self.true += any(start <= b + NEAR and end >= a - NEAR for a, b in lips)

    def text(self):
        share = lambda part, whole: (100 * part / max(whole, 1), 196 * np.sqrt(part * (whole - part) / max(whole, 1) ** 3))
        parts = [f"mouths {100 * self.right / max(self.frames, 1):.1f} %"]
        if self.errors:
            errors = np.array(self.errors) * 1000
            parts.append(f"mean {errors.mean():.1f} ms, {100 * (errors <= 20.5).mean():.1f} % within 20 ms")
        recall, precision = share(self.found, self.closures), share(self.true, self.claimed)
        parts.append(f"closures {self.closures}: found {recall[0]:.1f} ± {recall[1]:.1f} %, right {precision[0]:.1f} ± {precision[1]:.1f} %")
        return "; ".join(parts)


def lined(samples, low, high):
    """Through a line that passes so many hertz."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    lost = np.maximum(np.maximum(low - hz, hz - high), 0)
    return np.fft.irfft(spectrum * 10 ** (-np.minimum(lost * 0.2, 60) / 20), len(samples)).astype(np.float32)


def conditions(noises, rng):
    """Names and what they do to samples."""
    def noisy(samples, noise):
        start = rng.integers(len(noise))
        part = np.take(noise, np.arange(start, start + len(samples)), mode="wrap")
        level = np.sqrt(np.mean(samples**2) / np.mean(part**2)) * 10 ** (-10 / 20)
        return samples + part * np.float32(level)

    return {
        "clean": lambda samples: samples,
        "babble 10 dB": lambda samples: noisy(samples, noises[4]),
        "pink 10 dB": lambda samples: noisy(samples, noises[1]),
        "telephone": lambda samples: lined(samples, 300, 3400),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus")
    parser.add_argument("model")
    parser.add_argument("--voices", action="store_true", help="each voice alone as well")
    options = parser.parse_args()
    trained = blob.read(options.model)
    sentences = load(Path(options.corpus) / "judge")
    rng = np.random.default_rng(5)
    noises = augment.noises(sentences, rng)
    for condition, change in conditions(noises, rng).items():
        sums = {}
        for sentence in sentences:
            gold = [(row[0], row[3], int(row[4])) for row in sentence.rows]
            if any(phone == UNKNOWN for _, _, phone in gold):
                continue
            samples = change(sentence.sound)
            wide = decode.scores(trained, samples, decode.ALIGN)
            found = {"aligned": decode.align(wide, [phone for _, _, phone in gold])}
            found["listened"] = decode.listen(decode.scores(trained, samples, decode.LISTEN), trained.trigram)
            found["live"] = decode.listen(decode.scores(trained, samples, decode.LISTEN, True), trained.trigram)
            names = ["all"] + ([sentence.voice] if options.voices and condition == "clean" else [])
            for kind, rows in found.items():
                for name in names:
                    sums.setdefault((name, kind), Sums()).add(gold, rows, kind == "aligned")
        for (name, kind), sum_ in sorted(sums.items()):
            print(f"{condition}, {name}, {kind}: {sum_.text()}", flush=True)


if __name__ == "__main__":
    main()
