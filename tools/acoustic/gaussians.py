"""Mixtures of diagonal Gaussians by expectation maximisation, and the parts of phones they find within known ends."""

import numpy as np

from phones import PARTS, PHONES, STATES

VARIANCE_FLOOR = 0.03


def log_likelihoods(mixture, rows):
    """Rows × components, weights included."""
    log_weights, means, variances = mixture
    precise = 1 / variances
    constant = log_weights - 0.5 * ((means**2 * precise).sum(1) + np.log(variances).sum(1))
    return (rows @ (means * precise).T - 0.5 * (rows**2) @ precise.T + constant).astype(np.float32)


def log_sum(values):
    """Over the last axis."""
    most = values.max(-1, keepdims=True)
    return (most + np.log(np.exp(values - most).sum(-1, keepdims=True)))[..., 0]


def fit(rows, components, rng, rounds=12):
    """A mixture of rows, started from a few rows drawn far apart."""
    components = max(1, min(components, len(rows) // 40))
    places = [int(rng.integers(len(rows)))]
    nearest = np.full(len(rows), np.inf)
    for _ in range(components - 1):
        nearest = np.minimum(nearest, ((rows - rows[places[-1]]) ** 2).sum(1))
        places.append(int(rng.choice(len(rows), p=nearest / nearest.sum())))
    means = rows[places]
    variances = np.tile(np.maximum(rows.var(0), VARIANCE_FLOOR), (components, 1))
    log_weights = np.full(components, -np.log(components), np.float32)
    squares = rows**2
    for _ in range(rounds if components > 1 else 2):
        logs = log_likelihoods((log_weights, means, variances), rows)
        shares = np.exp(logs - log_sum(logs)[:, None])
        counts = shares.sum(0) + 1e-3
        means = (shares.T @ rows) / counts[:, None]
        variances = np.maximum((shares.T @ squares) / counts[:, None] - means**2, VARIANCE_FLOOR)
        log_weights = np.log(counts / counts.sum()).astype(np.float32)
    return log_weights, means.astype(np.float32), variances.astype(np.float32)


def train(rows, states, components, rng, most=5000):
    """A mixture for each state. A state too rare for one of its own takes its phone's, or everybody's."""
    models = []
    everybody = fit(rows[rng.integers(len(rows), size=min(most, len(rows)))], components, rng)
    for state in range(STATES):
        own = np.flatnonzero(states == state)
        if len(own) < 60:
            own = np.flatnonzero(states // PARTS == state // PARTS)
        if len(own) < 60:
            models.append(everybody)
            continue
        if len(own) > most:
            own = rng.choice(own, most, replace=False)
        models.append(fit(rows[own], components, rng))
    return models


def scores(models, rows):
    """Rows × states log likelihoods."""
    stacked = tuple(np.concatenate([model[i] for model in models]) for i in range(3))
    logs = log_likelihoods(stacked, rows)
    ends = np.cumsum([len(model[0]) for model in models])
    return np.stack([log_sum(logs[:, end - len(model[0]) : end]) for end, model in zip(ends, models)], 1)


def parted(rows, likelihoods):
    """A sentence's rows with the parts of each phone where they are most likely: the best two cuts of each phone's frames."""
    result = rows.copy()
    sums = np.vstack([np.zeros(likelihoods.shape[1]), np.cumsum(likelihoods, 0, dtype=np.float64)])
    for row in result:
        phone = int(row[4])
        first, last = int(np.ceil(row[0] * 100 - 0.5)), int(np.ceil(row[3] * 100 - 0.5))
        count = last - first
        if not 0 < phone < len(PHONES) or not 4 <= count <= 60 or last >= len(sums):
            continue
        parts = sums[first : last + 1, phone * PARTS : phone * PARTS + PARTS]
        # cut[a] + cut[b]: parts 0 | 1 | 2 are the frames before a, from a, from b on.
        before, after = parts[:, 0] - parts[:, 1], parts[:, 1] - parts[:, 2]
        total = before[1 : count - 1, None] + after[None, 2:count]
        total[np.tril_indices(count - 2, -1)] = -np.inf
        a, b = np.unravel_index(np.argmax(total), total.shape)
        row[1], row[2] = (first + 1 + a) / 100, (first + 2 + b) / 100
    return result
