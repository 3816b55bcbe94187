#!/usr/bin/env python3
"""Measures the program's phones against hand labels: score.py RHETOR DATA [SET...]

DATA holds score.py (the scorer) and a folder for each SET (default: real-dev): NAME.wav, NAME.txt, NAME.csv. A SET may be
FOLDER:PATTERN, a regular expression that names must match. Every file is aligned with its text, then heard without it;
a line of the table is printed for each. Ends with 1 where a file could not be aligned.

    --live LIVE    also as a microphone hears it, piece by piece; LIVE is the example of that name
    --goals        also ends with 1 where real-dev misses a goal
    --filter CMD   a shell command that changes the sound first: $IN is the WAV file, $OUT the file to write; $OUT ends
                   with what --ending says
    --ending EXT   default wav
    --keep DIR     keeps the timelines there
"""
import argparse
import importlib.util
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import wave

from phones import arpabet

LANGUAGES = {"cmn": "zh", "en-us": "en", "en-gb": "en", "de": "de", "es": "es", "ja": "ja", "fr": "fr"}
COLUMNS = ["acc15", "acc6", "tol6sp", "bil_strict", "bil_prec", "b_mae", "b_med", "b20", "b50"]
TITLES = ["v15", "c6", "tol6", "bil rec", "bil prec", "MAE", "median", "<=20", "<=50"]
GOALS = {
    "aligned": {"acc15": (80, 1), "acc6": (87, 1), "b_mae": (18, -1), "b20": (73, 1)},
    "sound only": {"acc15": (64, 1), "acc6": (77, 1)},
    "live": {},
}


def scorer(data):
    spec = importlib.util.spec_from_file_location("scorer", os.path.join(data, "score.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def segments(timeline):
    phones = [p for speaker in timeline["speakers"] for p in speaker.get("phones", [])]
    return [
        {"start": p["start"], "end": p["end"], "phone": name}
        for p in sorted(phones, key=lambda p: p["start"])
        for name in [arpabet(p["ipa"])]
        if name
    ]


def align(rhetor, sound, text, language, out, live=None):
    command = [live, sound, out] if live else [rhetor, "align", sound, "-o", out]
    if text:
        command += ["--text", text, "--language", language]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if done.returncode:
        print(f"{sound}: {done.stderr.strip()}", file=sys.stderr)
        return None, spent
    with open(out) as file:
        return json.load(file), spent


def measure(options, module, name, pattern, kind):
    has_text, live = kind == "aligned", options.live if kind == "live" else None
    folder = os.path.join(options.data, name)
    found, length, spent, failed = {}, 0.0, 0.0, 0
    with tempfile.TemporaryDirectory() as scratch:
        for file in sorted(os.listdir(folder)):
            utterance, ending = os.path.splitext(file)
            if ending != ".wav" or pattern and not re.search(pattern, utterance):
                continue
            sound = os.path.join(folder, file)
            with wave.open(sound) as opened:
                length += opened.getnframes() / opened.getframerate()
            if options.filter:
                changed = os.path.join(scratch, f"{utterance}.{options.ending}")
                environment = dict(os.environ, IN=sound, OUT=changed)
                subprocess.run(options.filter, shell=True, check=True, env=environment, stderr=subprocess.DEVNULL)
                sound = changed
            text = os.path.join(folder, utterance + ".pinyin")
            text = text if os.path.exists(text) else os.path.join(folder, utterance + ".txt")
            if text.endswith(".pinyin"):
                copy = os.path.join(scratch, utterance + ".txt")
                with open(text) as given, open(copy, "w") as plain:
                    plain.write(given.read())
                text = copy
            language = LANGUAGES.get(utterance.split("_")[0], "en")
            kept = options.keep or scratch
            out = os.path.join(kept, f"{utterance}.{kind.replace(' ', '-')}.timeline.json")
            timeline, cost = align(options.rhetor, sound, has_text and text, language, out, live)
            spent += cost
            failed += timeline is None
            found[utterance] = segments(timeline) if timeline else []
    return module.score(folder, found, pattern), length / max(spent, 1e-9), failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("rhetor")
    parser.add_argument("data")
    parser.add_argument("sets", nargs="*", default=["real-dev"])
    parser.add_argument("--live")
    parser.add_argument("--goals", action="store_true")
    parser.add_argument("--filter")
    parser.add_argument("--ending", default="wav")
    parser.add_argument("--keep")
    options = parser.parse_args()
    module = scorer(options.data)
    print(f"{'set':24} {'':10} " + " ".join(f"{title:>8}" for title in TITLES) + f" {'x real':>8}")
    wrong = 0
    for given in options.sets:
        name, _, pattern = given.partition(":")
        for kind in (kind for kind in GOALS if kind != "live" or options.live):
            result, speed, failed = measure(options, module, name, pattern or None, kind)
            wrong += failed
            values = " ".join(f"{result[column]:>8}" for column in COLUMNS)
            print(f"{given:24} {kind:10} {values} {speed:8.0f}", flush=True)
            if options.goals and name == "real-dev":
                for column, (goal, sign) in GOALS[kind].items():
                    if sign * (float(result[column] or 0) - goal) < 0:
                        print(f"  missed: {column} {result[column]}, goal {goal}")
                        wrong += 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
