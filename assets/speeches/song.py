#!/usr/bin/env python3
"""Makes the music of the bundled song: chords, a bass, a soft beat, and a voice on the notes of song.txt.

Usage: assets/speeches/song.py OUT.wav
"""
import array
import math
import random
import sys
import wave
from pathlib import Path

RATE = 22050
HERE = Path(__file__).parent
# One chord a bar, semitones from middle C; the first bar is the prelude.
C, AM, F, G = (0, 4, 7), (-3, 0, 4), (-7, -3, 0), (-5, -1, 2)
BARS = [C, C, AM, F, G, C, AM, F, G, AM, F, G, C, C]
# Formants of vowels: hertz and strength (Peterson and Barney, 1952, rounded; female voices).
FORMANTS = {
    "a": ((850, 1.0), (1220, 0.5), (2810, 0.15)),
    "e": ((610, 1.0), (2330, 0.35), (2990, 0.2)),
    "i": ((350, 1.0), (2600, 0.3), (3200, 0.2)),
    "o": ((590, 1.0), (920, 0.5), (2710, 0.1)),
    "u": ((400, 1.0), (950, 0.3), (2670, 0.08)),
    "m": ((280, 0.5), (1000, 0.05), (2200, 0.02)),
}
VOWELS = {
    "good": "u", "mor": "o", "ning": "i", "lit": "i", "tle": "o", "room": "u", "of": "a", "light": "a",
    "my": "a", "voice": "o", "was": "a", "on": "o", "ly": "i", "code": "o", "last": "a", "night": "a",
    "now": "a", "lend": "e", "me": "i", "breath": "e", "and": "a", "keep": "i", "the": "e", "time": "a",
    "ev": "e", "ery": "i", "word": "e", "be": "i", "gins": "i", "to": "u", "rhyme": "a", "so": "o",
    "hum": "a", "with": "i", "i": "a", "will": "i", "come": "a", "a": "a", "song": "o", "is": "i",
    "how": "a", "feels": "i", "home": "o",
}


def song():
    """The tempo, the gap in seconds, and the notes: start, end, pitch, vowel, and how they end."""
    head, notes = {}, []
    for row in (HERE / "song.txt").read_text().splitlines():
        if row.startswith("#"):
            key, _, value = row[1:].partition(":")
            head[key] = value
        elif row.startswith((":", "*")):
            _, start, length, pitch, text = row.split(" ", 4)
            notes.append((int(start), int(length), int(pitch), text.strip().strip(",.:").lower()))
    beat, gap = 15 / float(head["BPM"]), float(head["GAP"]) / 1000
    out = []
    for start, length, pitch, text in notes:
        held = text == "~"
        vowel = out[-1][3] if held else VOWELS[text]
        hums = out[-1][4] if held else text.endswith(("m", "me", "n", "ng")) and text != "me"
        out.append((gap + start * beat, gap + (start + length) * beat, pitch, vowel, hums, held))
    return float(head["BPM"]) / 4, out


def hertz(semitones):
    return 440 * 2 ** ((semitones - 9) / 12)


def add_tone(samples, start, end, pitch, gain, harmonics, decay):
    step = 2 * math.pi * hertz(pitch) / RATE
    for index in range(int(start * RATE), min(int(end * RATE), len(samples))):
        t = index / RATE
        level = gain * min(1, (t - start) / 0.01) * min(1, (end - t) / 0.05) * math.exp(-(t - start) * decay)
        phase = step * (index - start * RATE)
        samples[index] += level * sum(w * math.sin(phase * n) for n, w in harmonics)


def add_voice(samples, notes):
    """Pulses through formants; the pitch glides, trembles on long notes, and hums where the lips are closed."""
    states, phase, pitch, level = {}, 0.0, None, 0.0
    weights = {vowel: 0.0 for vowel in FORMANTS}
    for number, (start, end, note, vowel, hums, held) in enumerate(notes):
        follows = number + 1 < len(notes) and notes[number + 1][0] - end < 0.02
        continues = follows and notes[number + 1][5]
        limit = notes[number + 1][0] if follows else end + 0.12
        for index in range(int(start * RATE), int(limit * RATE)):
            t = index / RATE
            pitch = note if pitch is None else pitch + (note - pitch) * 0.0012
            shake = min(1, max(0, (t - start - 0.3) / 0.6)) if end - start > 0.45 or held else 0
            phase += hertz(pitch + 0.25 * shake * math.sin(2 * math.pi * 5.2 * t)) / RATE
            # Consonants ahead of the note are quiet.
            goal = 0.0 if t > end or (t < start + 0.03 and not held) else 1.0
            level += (goal - level) * 0.004
            closed = hums and not continues and t > end - 0.12
            for name in weights:
                goal = 1.0 if name == ("m" if closed else vowel) else 0.0
                weights[name] += (goal - weights[name]) * 0.003
            fraction = phase - math.floor(phase)
            pulse = (1 - fraction) ** 3 - 0.25
            out = 0.0
            for place in range(3):
                f = sum(w * FORMANTS[n][place][0] for n, w in weights.items()) / max(sum(weights.values()), 1e-6)
                strength = sum(w * FORMANTS[n][place][1] for n, w in weights.items())
                r = math.exp(-math.pi * (70 + 40 * place) / RATE)
                a, b = states.get(place, (0.0, 0.0))
                now = (1 - r) * pulse + 2 * r * math.cos(2 * math.pi * f / RATE) * a - r * r * b
                states[place] = (now, a)
                out += strength * now * (1 + place)
            samples[index] += 0.55 * level * out


def main():
    bpm, notes = song()
    beat = 60 / bpm
    samples = [0.0] * int((len(BARS) * 4 * beat + 1.2) * RATE)
    noise = random.Random(1)
    for bar, chord in enumerate(BARS):
        at = bar * 4 * beat
        last = bar == len(BARS) - 1
        length = 4 * beat + (1.0 if last else 0)
        add_tone(samples, at, at + (length if last else 2 * beat), chord[0] - 12, 0.16, ((1, 1), (2, 0.3)), 1.2)
        if not last:
            add_tone(samples, at + 2 * beat, at + 4 * beat, chord[0] - 12, 0.13, ((1, 1), (2, 0.3)), 1.5)
        for pulse in range(1 if last else 8):
            for place, pitch in enumerate(chord):
                if last or pulse % 2 or place == pulse // 2 % 3:
                    start = at + pulse * beat / 2
                    add_tone(samples, start, start + (length if last else beat), pitch, 0.05, ((1, 1), (2, 0.4), (3, 0.1)), 2.5)
        for tick in range(0 if last else 4):
            start = int((at + tick * beat) * RATE)
            for index in range(start, start + RATE // 12):
                t = (index - start) / RATE
                if tick % 2 == 0:
                    samples[index] += 0.2 * math.sin(2 * math.pi * (50 * t + 4 * (1 - math.exp(-t * 40)))) * math.exp(-t * 25)
                else:
                    samples[index] += 0.035 * noise.uniform(-1, 1) * math.exp(-t * 50)
    add_voice(samples, notes)
    peak = max(abs(value) for value in samples)
    with wave.open(sys.argv[1], "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(array.array("h", (int(value / peak * 28000) for value in samples)).tobytes())


if __name__ == "__main__":
    main()
