"""Speaks the training corpus: python3 corpus.py PROMPTS FOLDER [--seed N] [--share X].

PROMPTS is a text file with a sentence in each line. FOLDER gets one .npz a voice below train/ and judge/. Sentences that
judge are never spoken in training.
"""

import argparse
import sys
import time
from pathlib import Path

import numpy as np

import festival
import flite
from espeak import Espeak, made_up
from voices import ENGLISH, JUDGE, MADE_UP, MADE_UP_SENTENCES, TRAIN, Voice

# The last share of the shuffled sentences is kept for judging.
JUDGE_SHARE = 0.1


def save(path, utterances):
    """All utterances of a voice in one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [(number, *segment) for number, one in enumerate(utterances) for segment in one.segments]
    lengths = np.array([len(one.samples) for one in utterances])
    np.savez(path, samples=np.concatenate([one.samples for one in utterances]), lengths=lengths, rows=np.array(rows))


def speak(voice, texts, rng, espeak):
    """What a voice makes of sentences; some may fail."""
    speeds = [rng.uniform(*voice.speeds) for _ in texts]
    if voice.engine == "flite":
        return [flite.say(text, voice.name, voice.phones, 1 / speed) for text, speed in zip(texts, speeds)]
    if voice.engine == "festival":
        spoken, strange = festival.say_all(texts, voice.name, voice.phones, [1 / speed for speed in speeds])
        if strange:
            print(f"  {voice.name}: unknown phones {' '.join(sorted(strange))}")
        return spoken
    return [espeak.say(text, voice.name, 165 * speed, rng.integers(30, 70), rng.integers(30, 80))
            for text, speed in zip(texts, speeds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prompts")
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="of each voice's sentences, for a trial")
    parser.add_argument("--only", default="", help="voices whose names hold this")
    options = parser.parse_args()
    folder = Path(options.folder)
    folder.mkdir(parents=True, exist_ok=True)
    sentences = [line.strip() for line in open(options.prompts, encoding="utf8") if line.strip()]
    rng = np.random.default_rng(options.seed)
    rng.shuffle(sentences)
    split = round(len(sentences) * (1 - JUDGE_SHARE))
    variants = {f"rh{i:03d}": made_up(rng, f"rh{i:03d}") for i in range(MADE_UP)}
    espeak = Espeak(folder, variants)
    made = [Voice("espeak", f"{ENGLISH[i % len(ENGLISH)]}+{name}", MADE_UP_SENTENCES) for i, name in enumerate(variants)]
    for kind, voices, pool in (("judge", JUDGE, sentences[split:]), ("train", TRAIN + made, sentences[:split])):
        for number, voice in enumerate(voices):
            if options.only not in voice.name:
                continue
            # Each voice has a generator of its own, so that one of them can be spoken again alone.
            own = np.random.default_rng([options.seed, number, len(kind)])
            count = max(2, round(voice.sentences * options.share))
            texts = [pool[i] for i in own.choice(len(pool), count, replace=False)]
            start = time.time()
            spoken = [one for one in speak(voice, texts, own, espeak) if one is not None]
            if not spoken:
                print(f"{voice.engine} {voice.name}: said nothing; is it installed?", file=sys.stderr)
                continue
            name = f"{voice.engine}_{voice.name}".replace("/", "-")
            save(folder / kind / f"{name}.npz", spoken)
            seconds = sum(len(one.samples) for one in spoken) / 16000
            print(f"{kind} {name}: {len(spoken)} of {count}, {seconds:.0f} s in {time.time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
