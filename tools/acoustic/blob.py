"""The file of trained numbers, as the program's `speech/acoustic` reads it: little-endian, 32-bit whole numbers, half precision."""

import struct
from dataclasses import dataclass

import numpy as np

import frontend
from augment import Usual
from network import LIVE, RECORDING, TRUNK, inputs_of, layer
from phones import PHONES, STATES

MAGIC, VERSION = b"RHAC", 2


@dataclass
class Trained:
    """All that is trained. `layers` are three lists of (inputs, spec, weights, bias): trunk, live head, recording's head."""

    priors: np.ndarray
    bigram: np.ndarray
    trigram: np.ndarray
    lengths: np.ndarray
    usual: Usual
    mixtures: list
    layers: list


def layers_of(weights):
    """What a network has learnt."""
    return [[(inputs, spec, *learnt) for inputs, spec, learnt in zip(inputs_of(part), part, own)]
            for part, own in zip((TRUNK, LIVE, RECORDING), weights)]


def write(path, trained):
    """One file, some 700 kB."""
    halves = lambda numbers: np.ascontiguousarray(numbers, "<f2").tobytes()
    wholes = lambda *numbers: struct.pack(f"<{len(numbers)}i", *numbers)
    prices = np.clip(np.round(-10 * trained.trigram), 0, 255).astype(np.uint8).tobytes()
    parts = [MAGIC, wholes(VERSION), halves(trained.priors), halves(trained.bigram), prices, halves(trained.lengths)]
    parts += [halves(trained.usual.mels), halves(trained.usual.slopes), halves(trained.usual.variances)]
    parts.append(wholes(*[len(mixture[0]) for mixture in trained.mixtures]))
    parts += [halves(np.concatenate([mixture[i] for mixture in trained.mixtures])) for i in range(3)]
    for part in trained.layers:
        parts.append(wholes(len(part)))
        for inputs, (offsets, outputs, kind), weights, bias in part:
            parts += [wholes(inputs, outputs, kind, len(offsets), *offsets), halves(weights), halves(bias)]
    with open(path, "wb") as file:
        file.write(b"".join(parts))


def read(path):
    """The same file as it will be used, rounded."""
    data, place = open(path, "rb").read(), 0

    def wholes(count):
        nonlocal place
        place += 4 * count
        return struct.unpack_from(f"<{count}i", data, place - 4 * count)

    def halves(*shape):
        nonlocal place
        count = int(np.prod(shape))
        place += 2 * count
        return np.frombuffer(data, "<f2", count, place - 2 * count).astype(np.float32).reshape(shape)

    magic = data[:4]
    place = 4
    assert magic == MAGIC and wholes(1) == (VERSION,), path
    count = len(PHONES)
    priors, bigram = halves(STATES), halves(count, count)
    trigram = np.frombuffer(data, np.uint8, count**3, place).reshape(count, count, count) / np.float32(-10)
    place += count**3
    lengths = halves(count, 2)
    usual = Usual(halves(frontend.MELS), halves(frontend.SLOPES), halves(frontend.SLOPES))
    sizes = wholes(STATES)
    total = sum(sizes)
    stacked = halves(total), halves(total, frontend.SLOPES), halves(total, frontend.SLOPES)
    ends = np.cumsum(sizes)
    mixtures = [tuple(part[end - size : end] for part in stacked) for size, end in zip(sizes, ends)]
    layers = []
    for _ in range(3):
        part = []
        for _ in range(wholes(1)[0]):
            inputs, outputs, kind, taps = wholes(4)
            offsets = wholes(taps)
            part.append((inputs, (offsets, outputs, kind), halves(taps * inputs, outputs), halves(outputs)))
        layers.append(part)
    assert place == len(data), path
    return Trained(priors, bigram, trigram, lengths, usual, mixtures, layers)


def run(layers, rows):
    """Rows of a whole recording through layers as read."""
    for _, spec, weights, bias in layers:
        rows = layer(spec, weights, bias, rows, np)
    return rows
