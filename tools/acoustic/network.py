"""The convolutional network in JAX: layers, loss, and a step of training."""

from typing import NamedTuple

import jax
import jax.numpy as jnp
import numpy as np

import augment
import frontend
from phones import MOUTH, MOUTH_OF, PARTS, PHONES, STATES

# (offsets of the taps in frames, outputs, what follows: 0 nothing, 1 rectified, 2 rectified and the input added).
# The trunk and the live head look four frames ahead.
WIDTH = 160
TRUNK = [((-3, -2, -1, 0, 1), WIDTH, 1), ((-1, 0, 1), WIDTH, 2), ((-2, 0, 2), WIDTH, 2), ((-8, -4, 0), WIDTH, 2)]
LIVE = [((0,), STATES, 0)]
RECORDING = [((-3, 0, 3), WIDTH, 2), ((-6, 0, 6), WIDTH, 2), ((-12, 0, 12), WIDTH, 2), ((0,), STATES, 0)]

# How much the live head's loss counts; the other has the rest. How much the mouth's class counts beside the state.
LIVE_SHARE, MOUTH_SHARE = 0.35, 0.5
SMOOTHING, DROPPED = 0.06, 0.1
DECAY, MEMORY = 1e-2, 0.999

_MOUTHS = np.zeros((STATES, len(MOUTH)), np.float32)
for _state in range(STATES):
    _MOUTHS[_state, MOUTH_OF[PHONES[_state // PARTS]]] = 1
_MOUTH_OF_STATE = jnp.asarray(_MOUTHS.argmax(1))


def inputs_of(part):
    """How many values each layer of a part takes."""
    first = frontend.MELS if part is TRUNK else WIDTH
    return [first] + [WIDTH] * (len(part) - 1)


def started(seed):
    """Weights and biases of trunk, live head and the recording's head."""
    rng = np.random.default_rng(seed)

    def layer(inputs, spec):
        offsets, outputs, kind = spec
        # What is added to its input starts small, and so does what ends in logarithms.
        spread = np.sqrt(2 / (len(offsets) * inputs)) * (0.3, 1.0, 0.5)[kind]
        weights = rng.standard_normal((len(offsets) * inputs, outputs)) * spread
        return jnp.asarray(weights, jnp.float32), jnp.zeros(outputs, jnp.float32)

    return [[layer(inputs, spec) for inputs, spec in zip(inputs_of(part), part)] for part in (TRUNK, LIVE, RECORDING)]


def layer(spec, weights, bias, rows, xp=jnp):
    """A convolution over (…, frames, inputs), with zeros around."""
    offsets, _, kind = spec
    count = rows.shape[-2]
    reach = max(max(offsets), -min(offsets), 0)
    padded = xp.pad(rows, [(0, 0)] * (rows.ndim - 2) + [(reach, reach), (0, 0)])
    columns = xp.concatenate([padded[..., reach + o : reach + o + count, :] for o in offsets], -1)
    result = columns @ weights + bias
    if kind:
        result = xp.maximum(result, 0)
    return result + rows if kind == 2 else result


def forward(weights, rows, is_there, key):
    """Logits of the live head and of the recording's; some channels of whole sentences are dropped."""
    trunk, live, recording = weights

    def run(specs, layers, rows, key):
        for spec, (matrix, bias) in zip(specs, layers):
            key, own = jax.random.split(key)
            offsets, outputs, kind = spec
            result = layer((offsets, outputs, min(kind, 1)), matrix, bias, rows)
            if kind:
                kept = jax.random.bernoulli(own, 1 - DROPPED, (len(rows), 1, outputs)) / (1 - DROPPED)
                result = result * kept * is_there[..., None]
            rows = result + rows if kind == 2 else result
        return rows

    first, second, third = jax.random.split(key, 3)
    shared = run(TRUNK, trunk, rows, first)
    return run(LIVE, live, shared, second), run(RECORDING, recording, shared, third)


def loss(logits, states):
    """The mean loss and the share of frames whose mouth is right. States below zero count for nothing."""
    known = states >= 0
    target = jnp.where(known, states, 0)
    logs = jax.nn.log_softmax(logits)
    own = jnp.take_along_axis(logs, target[..., None], -1)[..., 0]
    value = -(1 - SMOOTHING) * own - SMOOTHING * logs.mean(-1)
    mouth = _MOUTH_OF_STATE[target]
    mouths = jnp.exp(logs) @ _MOUTHS
    in_mouth = jnp.take_along_axis(mouths, mouth[..., None], -1)[..., 0]
    value -= MOUTH_SHARE * jnp.log(in_mouth + 1e-9)
    total = known.sum()
    return (value * known).sum() / total, ((mouths.argmax(-1) == mouth) & known).sum() / total


class Training(NamedTuple):
    """Everything that a step changes. `mean` is what is kept: the mean of the weights over the last steps."""

    weights: list
    first: list
    second: list
    mean: list
    counts: jax.Array
    step: jax.Array


def begun(seed, weights=None):
    """Before the first step; from weights that have learnt something, where they are given."""
    weights = weights or started(seed)
    zeros = jax.tree.map(jnp.zeros_like, weights)
    return Training(weights, zeros, zeros, weights, jnp.ones(STATES), jnp.array(0))


def _objective(weights, key, rows, found):
    live, recording = forward(weights, rows, found.is_there, key)
    live_loss, live_right = loss(live, found.states)
    wide_loss, wide_right = loss(recording, found.states)
    return LIVE_SHARE * live_loss + (1 - LIVE_SHARE) * wide_loss, jnp.stack([live_loss, live_right, wide_loss, wide_right])


def step(training, key, corpus, usual, size, rate):
    """A step of AdamW on `size` examples at a step size; and figures to print."""
    chosen, own, normal, drop = jax.random.split(key, 4)
    indices = jax.random.randint(chosen, (size,), 0, len(corpus.lengths))
    make = lambda key, index: augment.example(key, corpus, index, augment.Strength(), False)
    found = jax.vmap(make)(jax.random.split(own, size), indices)
    rows = jax.vmap(augment.for_network, (0, 0, None))(jax.random.split(normal, size), found, usual)
    gradient, figures = jax.grad(_objective, has_aux=True)(training.weights, drop, rows, found)
    norm = jnp.sqrt(sum(jnp.sum(part**2) for part in jax.tree.leaves(gradient)))
    gradient = jax.tree.map(lambda part: part * jnp.minimum(1, 2.0 / norm), gradient)
    count = training.step + 1
    mix = lambda share: lambda old, new: old + (1 - share) * (new - old)
    first = jax.tree.map(mix(0.9), training.first, gradient)
    second = jax.tree.map(mix(0.99), training.second, jax.tree.map(jnp.square, gradient))
    ahead, spread = 1 - 0.9**count, 1 - 0.99**count
    moved = lambda weight, a, b: weight * (1 - rate * DECAY) - rate * (a / ahead) / (jnp.sqrt(b / spread) + 1e-7)
    weights = jax.tree.map(moved, training.weights, first, second)
    mean = jax.tree.map(mix(jnp.minimum(MEMORY, 1 - 1 / count)), training.mean, weights)
    counts = training.counts + jnp.zeros(STATES).at[jnp.maximum(found.states, 0)].add(found.states >= 0)
    return Training(weights, first, second, mean, counts, count), figures
