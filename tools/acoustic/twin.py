"""Writes what the trainer computes of a sound that needs no file, for a test that the program computes the same:
python3 twin.py MODEL.bin > tests/speech/acoustic_twin.txt."""

import sys

import numpy as np

import blob
import decode
import frontend


def sound(seconds):
    """Gliding tones over the noise of a linear congruential generator."""
    count = seconds * 16000
    seed, noise = 7, np.empty(count)
    for index in range(count):
        seed = (seed * 1664525 + 1013904223) % 2**32
        noise[index] = (seed >> 8) / 2**24 - 0.5
    i = np.arange(count)
    tone = lambda hz: np.sin(i / 16000 * hz * (1 + 0.1 * np.sin(i * 4e-4)))
    return (0.2 * tone(900) + 0.1 * tone(4400) * np.sin(i * 1e-3) + 0.02 * noise).astype(np.float32)


def main():
    trained = blob.read(sys.argv[1])
    samples = sound(3)
    for name, blend, is_live in (("network", decode.PLAIN, False), ("live", decode.PLAIN, True), ("align", decode.ALIGN, False)):
        scores = decode.scores(trained, samples, blend, is_live)
        for frame in (0, 7, 150, 299):
            print(name, frame, " ".join(f"{value:.3f}" for value in scores[frame]))


if __name__ == "__main__":
    main()
