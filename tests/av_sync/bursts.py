#!/usr/bin/env python3
"""Sounds for a microphone: bursts.py COUNT OUT.wav OUT.txt

Short bursts of "ah" at irregular times, over the faint noise of a quiet room; they begin within a few milliseconds, so
that a recording tells when. Bursts of "ee", "oo" and "sss" come between them, since who listens measures a voice by all that it
says. OUT.txt has a line for each burst, in order. A source of pulses goes through the resonances of a vocal tract
(Klatt, J. Acoust. Soc. Am. 67, 1980): no voice's recording is needed.
"""
import array
import math
import random
import sys
import wave

RATE = 48000
# Frequencies of the formants in Hz, and their bandwidths.
FORMANTS = {"ah": (780, 1320, 2550, 3500), "ee": (280, 2250, 2950, 3600), "oo": (310, 850, 2250, 3300)}
WIDTHS = (80, 100, 150, 220)


def resonator(samples, frequency, bandwidth):
    b = 2 * math.exp(-math.pi * bandwidth / RATE) * math.cos(2 * math.pi * frequency / RATE)
    c = -math.exp(-2 * math.pi * bandwidth / RATE)
    a, last, before = 1 - b - c, 0.0, 0.0
    for sample in samples:
        value = a * sample + b * last + c * before
        last, before = value, last
        yield value


def burst(kind, pitch, secs, rng):
    count, phase, source = int(secs * RATE), 0.999, []
    if kind == "sss":
        last = 0.0
        for _ in range(count):
            value = rng.gauss(0, 1)
            source.append(value - last)
            last = value
        samples = resonator(source, 6500, 2500)
    else:
        for i in range(count):
            phase += pitch * (1.08 - 0.16 * i / count) / RATE
            source.append(1.0 if phase >= 1 else 0.0)
            phase %= 1
        samples = resonator(source, 0, 600)  # the slope of a glottal pulse's spectrum
        for frequency, width in zip(FORMANTS[kind], WIDTHS):
            samples = resonator(samples, frequency, width)
    samples = list(samples)
    loudest = max(map(abs, samples))
    fade = RATE // 50
    return [0.5 * s / loudest * min(1.0, (count - i) / fade) for i, s in enumerate(samples)]


def main(count, path, list_path):
    rng = random.Random(3)
    pitches = [(105, 0.2), (125, 0.24), (150, 0.18)]
    voices = {kind: [burst(kind, *voice, rng) for voice in pitches] for kind in [*FORMANTS, "sss"]}
    sound, kinds = [0.0] * RATE, []
    for _ in range(count):
        for kind in ("ah", rng.choice(("ee", "oo", "sss"))):
            sound += rng.choice(voices[kind]) + [0.0] * int(RATE * rng.uniform(0.3, 0.5))
            kinds.append(kind)
    sound += [0.0] * (RATE // 2)
    noise = 10 ** (-62 / 20)
    words = array.array("h", (int(32767 * (s + noise * rng.gauss(0, 1))) for s in sound))
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(words.tobytes())
    with open(list_path, "w") as file:
        file.writelines(kind + "\n" for kind in kinds)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(int(sys.argv[1]), *sys.argv[2:])
