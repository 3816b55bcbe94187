"""The convolutional network in numpy: forward, backward, Adam. Sentences lie one after another with rows of zeros between."""

import numpy as np

from phones import MOUTH, MOUTH_OF, PARTS, PHONES, STATES

# (offsets of the taps in frames, outputs, what follows: 0 nothing, 1 rectified, 2 rectified and the input added).
# The trunk and the live head look four frames ahead.
TRUNK = [((-3, -2, -1, 0, 1), 128, 1), ((-1, 0, 1), 128, 2), ((-2, 0, 2), 128, 2), ((-8, -4, 0), 128, 2)]
LIVE = [((0,), STATES, 0)]
RECORDING = [((-3, 0, 3), 128, 2), ((-6, 0, 6), 128, 2), ((0,), STATES, 0)]
# Rows of zeros between sentences: as far as any tap reaches.
GAP = 8

_MOUTHS = np.zeros((STATES, len(MOUTH)), np.float32)
for _state in range(STATES):
    _MOUTHS[_state, MOUTH_OF[PHONES[_state // PARTS]]] = 1
_MOUTH_OF_STATE = _MOUTHS.argmax(1)


class Layer:
    """A convolution whose weights are views of one long vector."""

    def __init__(self, inputs, spec):
        self.offsets, self.outputs, self.kind = spec
        self.inputs = inputs
        self.size = len(self.offsets) * inputs * self.outputs + self.outputs

    def bind(self, vector, gradient):
        split = self.size - self.outputs
        self.weights = vector[:split].reshape(-1, self.outputs)
        self.bias = vector[split:]
        self.weights_gradient = gradient[:split].reshape(-1, self.outputs)
        self.bias_gradient = gradient[split:]

    def start(self, rng):
        # What is added to its input starts small, and so does what ends in logarithms.
        spread = np.sqrt(2 / len(self.weights)) * (0.3, 1.0, 0.5)[self.kind]
        self.weights[:] = rng.standard_normal(self.weights.shape) * spread
        self.bias[:] = 0

    def forward(self, rows, mask, drop=None):
        padded = np.pad(rows, ((GAP, GAP), (0, 0)))
        count = len(rows)
        self.columns = np.concatenate([padded[GAP + o : GAP + o + count] for o in self.offsets], 1)
        result = self.columns @ self.weights
        result += self.bias
        if self.kind:
            np.maximum(result, 0, out=result)
            self.scale = mask if drop is None else mask * drop
            self.active = result > 0
            result *= self.scale
        if self.kind == 2:
            result += rows
        return result

    def backward(self, gradient, needs_input=True):
        inner = gradient * self.scale * self.active if self.kind else gradient
        np.matmul(self.columns.T, inner, out=self.weights_gradient)
        np.sum(inner, 0, out=self.bias_gradient)
        if not needs_input:
            return None
        columns = inner @ self.weights.T
        count = len(gradient)
        padded = np.zeros((count + 2 * GAP, self.inputs), np.float32)
        for tap, offset in enumerate(self.offsets):
            padded[GAP + offset : GAP + offset + count] += columns[:, tap * self.inputs : (tap + 1) * self.inputs]
        result = padded[GAP : GAP + count]
        return result + gradient if self.kind == 2 else result


class Network:
    """The trunk with both heads."""

    def __init__(self, inputs, seed):
        width = TRUNK[-1][1]
        self.trunk = [Layer(inputs if i == 0 else width, spec) for i, spec in enumerate(TRUNK)]
        self.live = [Layer(width, spec) for spec in LIVE]
        self.recording = [Layer(width, spec) for spec in RECORDING]
        self.layers = self.trunk + self.live + self.recording
        size = sum(layer.size for layer in self.layers)
        self.vector, self.gradient = np.zeros(size, np.float32), np.zeros(size, np.float32)
        self.bind(self.vector)
        rng = np.random.default_rng(seed)
        for layer in self.layers:
            layer.start(rng)

    def bind(self, vector):
        """Makes all layers look into `vector`."""
        place = 0
        for layer in self.layers:
            layer.bind(vector[place : place + layer.size], self.gradient[place : place + layer.size])
            place += layer.size

    def forward(self, rows, mask, rng=None, share=0.1):
        """Logits of the live head and of the recording's; with a generator, some channels of whole sentences are dropped."""
        sentence = np.cumsum(mask[:, 0] == 0)

        def run(layers, rows):
            for layer in layers:
                drop = None
                if rng is not None and layer.kind:
                    kept = rng.random((sentence[-1] + 1, layer.outputs), np.float32) >= share
                    drop = (kept / np.float32(1 - share))[sentence]
                rows = layer.forward(rows, mask, drop)
            return rows

        trunk = run(self.trunk, rows)
        return run(self.live, trunk), run(self.recording, trunk)

    def backward(self, live, recording):
        """From the gradients of both logits."""
        for layer in reversed(self.recording):
            recording = layer.backward(recording)
        for layer in reversed(self.live):
            live = layer.backward(live)
        rows = live + recording
        for number, layer in reversed(list(enumerate(self.trunk))):
            rows = layer.backward(rows, number > 0)


def loss(logits, states, weight, smoothing=0.06, mouths=0.5):
    """The mean loss, its gradient and the share of right frames. States below zero count for nothing.

    Beside the state, the class of its mouth must be right: `mouths` is the weight of that.
    """
    known = states >= 0
    target = np.where(known, states, 0)
    logits = logits - logits.max(1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(1, keepdims=True)
    rows = np.arange(len(logits))
    gradient = chances * (1 + mouths) - smoothing / STATES
    gradient[rows, target] -= 1 - smoothing
    mouth = _MOUTH_OF_STATE[target]
    in_mouth = _MOUTHS.T[mouth]
    share = (chances * in_mouth).sum(1, keepdims=True) + 1e-9
    gradient -= mouths * chances * in_mouth / share
    total = known.sum()
    gradient *= known[:, None] * np.float32(weight / total)
    value = -(np.log(chances[rows, target] + 1e-9) * known).sum() / total
    right = ((chances @ _MOUTHS).argmax(1) == mouth)[known].mean()
    return value, gradient.astype(np.float32), right


class Adam:
    """AdamW with a mean of the weights over the last steps, which is what is kept."""

    def __init__(self, network, decay=1e-3, memory=0.998):
        self.network, self.decay, self.memory = network, decay, memory
        self.first, self.second = np.zeros_like(network.vector), np.zeros_like(network.vector)
        self.mean = network.vector.copy()
        self.step_number = 0

    def step(self, rate):
        vector, gradient = self.network.vector, self.network.gradient
        norm = np.sqrt(np.dot(gradient, gradient))
        if norm > 2.0:
            gradient *= np.float32(2.0 / norm)
        self.step_number += 1
        self.first += np.float32(0.1) * (gradient - self.first)
        self.second += np.float32(0.005) * (gradient * gradient - self.second)
        first = 1 - 0.9**self.step_number
        second = 1 - 0.995**self.step_number
        vector -= np.float32(rate / first) * self.first / (np.sqrt(self.second / np.float32(second)) + np.float32(1e-7))
        vector *= np.float32(1 - rate * self.decay)
        memory = min(self.memory, 1 - 1 / (1 + self.step_number))
        self.mean += np.float32(1 - memory) * (vector - self.mean)


def packed(items, rng, most):
    """Sentences in a random order, one after another: (rows, mask, states) of about `most` frames each."""
    order = rng.permutation(len(items))
    batch, size = [], 0
    for number in order:
        batch.append(items[number])
        size += len(items[number][0]) + GAP
        if size >= most:
            yield joined(batch)
            batch, size = [], 0
    if size > most // 2:
        yield joined(batch)


def joined(items):
    """One after another, with gaps."""
    gap_rows = np.zeros((GAP, items[0][0].shape[1]), np.float32)
    gap_states = np.full(GAP, -1)
    rows = np.concatenate([part for item in items for part in (item[0].astype(np.float32), gap_rows)])
    states = np.concatenate([part for item in items for part in (item[1], gap_states)])
    mask = np.concatenate([part for item in items for part in (np.ones(len(item[0]), np.float32), np.zeros(GAP, np.float32))])
    return rows, mask[:, None], states
