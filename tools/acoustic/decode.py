"""Searches small enough to judge models with: the phones of a known text in their places, and any phones at all."""

import numpy as np

import blob
import frontend
import gaussians
from phones import CLOSURES, MOUTH, MOUTH_OF, PARTS, PHONES, SILENCE

STAY, NEXT, SKIP = -0.35, -1.2, -1.0
# Weights of prior, mixtures and all, and how much worse silence is, as the program has them.
ALIGN, LISTEN, PLAIN = (0.6, 0.3, 0.6, 1.5), (0.3, 0, 0.6, 0.3), (0, 0, 1, 0)
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
    result *= blend[2]
    result[:, SILENCE * PARTS : (SILENCE + 1) * PARTS] -= blend[3]
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


def listen(frame_scores, trigram):
    """The phones whose mouths are most probably right, as the program's `posterior` and `listen` find them."""
    path = _decided(_chances(frame_scores, np.exp(trigram)))
    edges = np.flatnonzero(np.diff(path)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(path)]])
    return [[start / 100, end / 100, int(path[start])] for start, end in zip(starts, ends)]


def _chances(frame_scores, trigram):
    """Frames × phones probabilities: forwards and backwards through a loop of phones that know the two before them."""
    stay, follow, hurry = 0.65, 0.30, 0.05
    count = len(PHONES)
    heard = np.exp(frame_scores - frame_scores.max(1, keepdims=True)).reshape(-1, count, PARTS)
    follows = trigram / trigram.sum(2, keepdims=True) * follow
    state = np.zeros((count, count, PARTS), np.float32)
    state[0, :, 2] = 0.2 / count
    state[0, 0, 2] += 0.8
    ahead = []
    for row in heard:
        entries = np.einsum("ab,abc->bc", state[..., 2], follows)
        state = np.stack([stay * state[..., 0] + entries, stay * state[..., 1] + follow * state[..., 0],
                          stay * state[..., 2] + follow * state[..., 1] + hurry * state[..., 0]], -1) * row
        state /= state.sum()
        ahead.append(state.astype(np.float32))
    behind, found = np.ones_like(state), []
    for state, row in zip(ahead[::-1], heard[::-1]):
        chances = (state * behind).sum((0, 2))
        found.append(chances / chances.sum())
        behind = behind * row
        exits = np.einsum("bc,abc->ab", behind[..., 0], follows)
        behind = np.stack([stay * behind[..., 0] + follow * behind[..., 1] + hurry * behind[..., 2],
                           stay * behind[..., 1] + follow * behind[..., 2], stay * behind[..., 2] + exits], -1)
        behind /= behind.sum()
    return np.array(found[::-1])


def _decided(chances, change=0.9, closure=1.8, own=0.2):
    """The phones that get the most frames right, where a change must gain something."""
    count = len(PHONES)
    mouth = np.array([MOUTH_OF[name] for name in PHONES])
    mouths = np.stack([chances[:, mouth == number].sum(1) for number in range(len(MOUTH))], 1)
    weights = np.where(np.isin(np.arange(count), list(CLOSURES)), closure, 1.0)
    gain, pointers = np.zeros(count), []
    for row, phones in zip(mouths, chances):
        best, most = int(gain.argmax()), gain.max()
        pointers.append(np.where(gain >= most - change, np.arange(count), best))
        gain = np.maximum(gain, most - change) - most + weights * row[mouth] + own * phones
    path = [int(gain.argmax())]
    for row in pointers[:0:-1]:
        path.append(row[path[-1]])
    return np.array(path[::-1])
