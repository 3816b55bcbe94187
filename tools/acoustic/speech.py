"""A spoken sentence with the times of its phones, as every synthesiser here gives it."""

from dataclasses import dataclass

import numpy as np

from phones import PHONES, SILENCE, STOPS, UNKNOWN

RATE = 16000
# Pauses shorter than this are part of a stop's closure, or nobody's.
SHORT_PAUSE = 0.08


@dataclass
class Spoken:
    """16 kHz samples as 16-bit integers, and rows of (start, end, phone number) that fill them without a gap; seconds."""

    samples: np.ndarray
    segments: list


def resampled(samples, rate):
    """Float samples at 16 kHz, by cutting or filling the spectrum of the whole."""
    if rate == RATE:
        return samples
    divisor = np.gcd(rate, RATE)
    blocks = -(-len(samples) // (rate // divisor)) + 2
    length, target = blocks * rate // divisor, blocks * RATE // divisor
    spectrum = np.fft.rfft(np.pad(samples, (0, length - len(samples))))
    count = target // 2 + 1
    spectrum = spectrum[:count] if count <= len(spectrum) else np.pad(spectrum, (0, count - len(spectrum)))
    return np.fft.irfft(spectrum, target)[: round(len(samples) * RATE / rate)] * (target / length)


def whole(segments, duration):
    """Segments in order without gaps: silence fills them, and a short pause before a stop is its closure."""
    filled, time = [], 0.0
    for start, end, phone in segments:
        start, end = max(start, time), min(end, duration)
        if start - time > 0.003:
            filled.append([time, start, SILENCE])
        if end - start < 0.001:
            continue
        if filled and phone == SILENCE == filled[-1][2]:
            filled[-1][1] = end
        else:
            filled.append([filled[-1][1] if filled else 0.0, end, phone])
        time = end
    if duration - time > 0.003:
        filled.append([time, duration, SILENCE])
    result = []
    for index, (start, end, phone) in enumerate(filled):
        if phone == SILENCE and 0 < index < len(filled) - 1 and end - start < SHORT_PAUSE:
            if filled[index + 1][2] in STOPS:
                filled[index + 1][0] = start
                continue
            phone = UNKNOWN
        result.append((start, end, phone))
    return result


def spoken(samples, rate, segments):
    """From float samples at any rate and rows of (start, end, phone number)."""
    samples = resampled(np.asarray(samples, np.float64), rate)
    level = np.abs(samples).max()
    scaled = samples * (0.7 / level) if level > 0 else samples
    segments = whole(segments, len(samples) / RATE)
    return Spoken(np.round(scaled * 32767).astype(np.int16), segments)


def described(segments):
    """For a person to read."""
    return " ".join(f"{PHONES[phone] if phone >= 0 else '?'}:{end:.2f}" for _, end, phone in segments)
