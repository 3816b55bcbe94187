"""Sentences spoken by the flite program, which prints when each phone ends."""

import subprocess
import tempfile
import wave
from pathlib import Path

import numpy as np

from phones import from_name
from speech import spoken


def read_wave(path):
    """Float samples and their rate, of a mono file of 16 bits."""
    with wave.open(str(path)) as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2") / 32768
        return samples, sound.getframerate()


def say(text, voice, table, stretch):
    """None where nothing was said."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        command = ["flite", "-voice", voice, "--setf", f"duration_stretch={stretch:.3f}", "-psdur", "-t", text, "-o", str(path)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        samples, rate = read_wave(path)
    segments, time = [], 0.0
    for item in printed.split():
        name, _, end = item.rpartition(":")
        if not name:
            continue
        segments.append((time, float(end), from_name(name, table)))
        time = float(end)
    return spoken(samples, rate, segments) if segments else None
