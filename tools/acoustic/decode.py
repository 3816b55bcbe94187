"""Searches small enough to judge models with: the phones of a known text in their places, and any phones at all."""

import numpy as np

import blob
import frontend
import gaussians
from phones import PARTS, PHONES

STAY, NEXT, SKIP = -0.35, -1.2, -1.0
# Weights of prior and mixtures, as the program has them.
ALIGN, LISTEN = (0.6, 0.3), (0.3, 0.15)
WORST = -40.0


def scores(trained, samples, blend, is_live=False):
    """Frames × states, as the program gives them."""
    power = np.abs(frontend.transform(samples)) ** 2
    mels = frontend.mels(power)
    level = frontend.levels(mels)
    none = np.zeros(0, np.float32)
    reach = frontend.LIVE if is_live else frontend.RECORDING
    rows = frontend.normalised(mels, level, reach, trained.usual.mels, none, frontend.MEL_SCALE)
    head = trained.layers[1] if is_live else trained.layers[2]
    logits = blob.run(head, blob.run(trained.layers[0], rows))
    result = logits - gaussians.log_sum(logits)[:, None] - blend[0] * trained.priors
    if not is_live and blend[1]:
        rows = frontend.slopes(power)
        rows = frontend.normalised(rows, level, frontend.RECORDING, trained.usual.slopes, trained.usual.variances, 1.0)
        logs = gaussians.scores(trained.mixtures, rows)
        result += blend[1] * np.maximum(logs - logs.max(1, keepdims=True), WORST)
    return result


def traced(pointers, last, phone_of):
    """From back pointers to rows of (start, end, phone)."""
    path = [last]
    for row in pointers[:0:-1]:
        path.append(row[path[-1]])
    path = path[::-1]
    found = []
    for frame, place in enumerate(path):
        phone, key = phone_of(place, path[frame - 1] if frame else None)
        if frame and not key:
            found[-1][1] = (frame + 1) / 100
        else:
            found.append([frame / 100, (frame + 1) / 100, phone])
    return found


def align(frame_scores, phones):
    """The best times of phones that follow one another."""
    states = np.array([phone * PARTS + part for phone in phones for part in range(PARTS)])
    emitted = frame_scores[:, states]
    count = len(states)
    is_last_part = np.arange(count) % PARTS == PARTS - 1
    best = np.full(count, -1e9)
    best[0] = emitted[0, 0]
    pointers = np.zeros((len(emitted), count), np.int32)
    places = np.arange(count)
    for frame in range(1, len(emitted)):
        stay = best + STAY
        step = np.append(-1e9, best[:-1]) + NEXT
        jump = np.where(is_last_part, np.concatenate([[-1e9, -1e9], best[:-2]]) + NEXT + SKIP, -1e9)
        choice = np.argmax([stay, step, jump], 0)
        best = np.choose(choice, [stay, step, jump]) + emitted[frame]
        pointers[frame] = places - choice
    return traced(pointers, count - 1, lambda place, before: (
        phones[place // PARTS], before is None or before // PARTS != place // PARTS))


def listen(frame_scores, bigram, weight=1.0, entry=0.0, bonus=None):
    """The best phones of all, each of three parts of which the middle may be left out."""
    count = len(PHONES)
    starts = np.arange(count) * PARTS
    best = np.full(count * PARTS, -1e9)
    best[starts] = frame_scores[0, starts] + bigram[0]
    best[0] = frame_scores[0, 0]
    follows = bigram * weight + entry + NEXT
    if bonus is not None:
        follows = follows + bonus
    pointers = np.zeros((len(frame_scores), count * PARTS), np.int32)
    for frame in range(1, len(frame_scores)):
        new, pointer = best + STAY, np.arange(count * PARTS)
        for part in (1, 2):
            step = best[starts + part - 1] + NEXT
            better = step > new[starts + part]
            new[starts + part] = np.where(better, step, new[starts + part])
            pointer[starts + part] = np.where(better, starts + part - 1, pointer[starts + part])
        jump = best[starts] + NEXT + SKIP
        better = jump > new[starts + 2]
        new[starts + 2] = np.where(better, jump, new[starts + 2])
        pointer[starts + 2] = np.where(better, starts, pointer[starts + 2])
        entered = best[starts + 2][:, None] + follows
        source = entered.argmax(0)
        value = entered[source, np.arange(count)]
        better = value > new[starts]
        new[starts] = np.where(better, value, new[starts])
        pointer[starts] = np.where(better, starts[source] + 2, pointer[starts])
        best = new + frame_scores[frame]
        pointers[frame] = pointer
    return traced(pointers, int(best.argmax()), lambda place, before: (
        place // PARTS, before is None or (place % PARTS == 0 and before % PARTS == 2) or before // PARTS != place // PARTS))
