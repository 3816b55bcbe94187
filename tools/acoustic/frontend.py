"""Features, the same as the program's `speech/acoustic`: its modules spectrum, filterbank, slopes and normaliser say what and why."""

import numpy as np

HOP, WINDOW, SIZE = 160, 400, 512
MARGIN = (WINDOW - HOP) // 2
BINS = SIZE // 2 + 1
MELS, CEPSTRA, CEPSTRAL_BANDS = 40, 13, 26
SLOPES = 3 * CEPSTRA
FLOOR = 1e-7
MEL_SCALE = 0.4
QUIETER, ENOUGH = 6.0, 20.0
# Step, past and ahead, in frames.
RECORDING, LIVE = (100, 1500, 1600), (10, 800, 0)

HAMMING = (0.54 - 0.46 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))).astype(np.float32)


def transform(samples):
    """Frames × bins complex spectra of float samples at 16 kHz."""
    padded = np.pad(samples.astype(np.float32), (MARGIN, MARGIN))
    padded[1:] -= np.float32(0.97) * padded[:-1].copy()
    count = len(samples) // HOP
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP][:count]
    return np.fft.rfft(frames * HAMMING, SIZE)


def edges(count, low, high):
    """Hertz of the corners of `count` triangles."""
    mel = lambda hz: 1127 * np.log(1 + hz / 700)
    return 700 * (np.exp(np.linspace(mel(low), mel(high), count + 2) / 1127) - 1)


def triangles(hertz, xp=np):
    """Bins × bands; `xp` is numpy or what counts like it."""
    places = hertz * SIZE / 16000
    bins = np.arange(BINS)[:, None]
    left, top, right = places[:-2], places[1:-1], places[2:]
    weights = xp.maximum(0, xp.minimum((bins - left) / (top - left), (right - bins) / (right - top)))
    return (weights / xp.maximum(weights.sum(0), 1e-3)).astype(np.float32)


MEL_EDGES, CEPSTRAL_EDGES = edges(MELS, 60, 7600), edges(CEPSTRAL_BANDS, 100, 7000)
_MEL_BANK, _CEPSTRAL_BANK = triangles(MEL_EDGES), triangles(CEPSTRAL_EDGES)
_COSINES = np.sqrt(2 / CEPSTRAL_BANDS) * np.cos(
    np.pi * np.outer(2 * np.arange(CEPSTRAL_BANDS) + 1, np.arange(CEPSTRA)) / (2 * CEPSTRAL_BANDS))
_COSINES[:, 0] /= np.sqrt(2)
_COSINES = _COSINES.astype(np.float32)


def mels(power):
    """Frames × 40 logarithms."""
    return np.log(power @ _MEL_BANK + np.float32(FLOOR))


def slopes(power):
    """Frames × 39 cepstra, slopes, slopes of slopes."""
    return slopes_of(np.log(power @ _CEPSTRAL_BANK + np.float32(FLOOR)))


def slopes_of(bands, xp=np):
    """The same from the logarithms of bands."""
    cepstra = bands @ _COSINES
    padded = xp.pad(cepstra, ((4, 4), (0, 0)), "edge")
    slope = lambda x: ((x[3:-1] - x[1:-3]) + 2 * (x[4:] - x[:-4])) / 10
    first = slope(padded)
    return xp.hstack([cepstra, first[2:-2], slope(first)]).astype(np.float32)


def normalised(rows, levels, reach, usual_means, usual_variances, scale):
    """Rows less their mean over loud frames nearby; the last columns, for which there are usual variances, with unit variance."""
    step, past, ahead = reach
    rows = rows - usual_means
    plain = rows.shape[1] - len(usual_variances)
    result = np.empty_like(rows)
    scales = np.full(rows.shape[1], scale, np.float32)
    for block in range(0, len(rows), step):
        start, end = max(block - past, 0), min(block + ahead, len(rows))
        near, loud = rows[start:end], levels[start:end]
        near = near[loud >= loud.max() - QUIETER] if len(loud) else near
        count = len(near)
        filled = max(ENOUGH - count, 0.0)
        mean = near.sum(0) / (count + filled)
        if len(usual_variances):
            square = (near[:, plain:] ** 2).sum(0)
            variance = (square + filled * usual_variances) / (count + filled) - mean[plain:] ** 2
            scales[plain:] = 1 / np.sqrt(np.maximum(variance, np.maximum(1e-3 * usual_variances, 1e-6)))
        result[block : block + step] = (rows[block : block + step] - mean) * scales
    return result.astype(np.float32)


def levels(mel_rows):
    """How loud each frame is."""
    return mel_rows.mean(1)
