"""Sentences spoken by espeak-ng's library, which tells when each phone starts.

The library (GPL-3) is loaded by this training script alone; nothing of it is in the program or in its weights' file.
"""

import ctypes as c
import shutil
from pathlib import Path

import numpy as np

from phones import SILENCE, UNKNOWN, from_ipa
from speech import spoken

DATA = Path("/usr/lib/x86_64-linux-gnu/espeak-ng-data")

_SYNCHRONOUS, _PHONE_EVENTS, _AS_IPA = 2, 1, 2
_PHONE = 7
_RATE, _PITCH, _RANGE = 1, 3, 4


class _Id(c.Union):
    _fields_ = [("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8)]


class _Event(c.Structure):
    _fields_ = [("type", c.c_int), ("unique", c.c_uint), ("text_position", c.c_int), ("length", c.c_int),
                ("audio_position", c.c_int), ("sample", c.c_int), ("user_data", c.c_void_p), ("id", _Id)]


_CALLBACK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))


class Espeak:
    """The library with a data folder of its own, to which made-up variants are added."""

    def __init__(self, folder, variants):
        """`variants`: name to the text of a variant's file."""
        folder = Path(folder)
        data = folder / "espeak-ng-data"
        if not data.exists():
            shutil.copytree(DATA, data)
        for name, text in variants.items():
            (data / "voices/!v" / name).write_text(text)
        self._library = c.CDLL("libespeak-ng.so.1")
        self.rate = self._library.espeak_Initialize(_SYNCHRONOUS, 500, str(folder).encode(), _PHONE_EVENTS | _AS_IPA)
        self._sound, self._events = [], []
        self._callback = _CALLBACK(self._hear)
        self._library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples, count, events):
        if samples and count > 0:
            self._sound.append(c.string_at(samples, 2 * count))
        index = 0
        while events[index].type != 0:
            event = events[index]
            if event.type == _PHONE:
                self._events.append((event.audio_position / 1000, event.id.string.decode("utf8", "ignore")))
            index += 1
        return 0

    def say(self, text, voice, rate, pitch, spread):
        """Words a minute; pitch and its spread from 0 to 100. None where the voice or the sentence fails."""
        self._sound.clear()
        self._events.clear()
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise SystemExit(f"espeak-ng has no voice {voice}")
        for parameter, value in ((_RATE, rate), (_PITCH, pitch), (_RANGE, spread)):
            self._library.espeak_SetParameter(parameter, int(value), 0)
        data = text.encode()
        self._library.espeak_Synth(data, len(data) + 1, 0, 0, 0, 1, None, None)
        self._library.espeak_Synchronize()
        samples = np.frombuffer(b"".join(self._sound), "<i2") / 32768
        if len(samples) < self.rate // 2 or not self._events:
            return None
        ends = [start for start, _ in self._events[1:]] + [len(samples) / self.rate]
        segments = []
        for (start, name), end in zip(self._events, ends):
            segments += _parted(start, end, name)
        return spoken(samples, self.rate, segments)


def _parted(start, end, name):
    """One event is up to three phones of the models, of equal length."""
    if name.strip("_:|; ") == "" or name.startswith("("):
        return [(start, end, SILENCE)]
    phones = from_ipa(name) or [UNKNOWN]
    step = (end - start) / len(phones)
    return [(start + i * step, start + (i + 1) * step, phone) for i, phone in enumerate(phones)]


def made_up(rng, name):
    """The text of a variant with random formants, pitch and breath. Half are women or children."""
    is_high = rng.random() < 0.5
    base = rng.uniform(135, 235) if is_high else rng.uniform(70, 135)
    throat = rng.uniform(102, 122) if is_high else rng.uniform(86, 106)
    lines = ["language variant", f"name {name}", f"pitch {base:.0f} {base * rng.uniform(1.15, 1.6):.0f}"]
    for formant in range(9):
        place = throat * rng.uniform(0.95, 1.05) if 0 < formant else 100
        lines.append(f"formant {formant} {place:.0f} {rng.uniform(75, 125):.0f} {rng.uniform(75, 150):.0f}")
    lines.append(f"flutter {rng.integers(0, 8)}")
    lines.append(f"roughness {rng.integers(0, 4)}")
    lines.append(f"voicing {rng.uniform(75, 125):.0f}")
    lines.append(f"consonants {rng.uniform(60, 140):.0f} {rng.uniform(60, 140):.0f}")
    if rng.random() < 0.4:
        breath = " ".join(str(rng.integers(0, 6)) for _ in range(8))
        lines.append(f"breath {breath}")
    if rng.random() < 0.5:
        lines.append(f"tone 120 {rng.integers(120, 255)} 800 {rng.integers(60, 160)} 2200 {rng.integers(40, 140)} 4000 "
                     f"{rng.integers(20, 120)}")
    if rng.random() < 0.3:
        lines.append(f"klatt {rng.integers(1, 5)}")
    return "\n".join(lines) + "\n"
