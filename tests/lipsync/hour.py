#!/usr/bin/env python3
"""An hour of labelled speech, aligned and heard alone: hour.py RHETOR DATA [MINUTES]

Joins the English recordings of DATA/synth and DATA/real-dev, over and over, with pauses, to a recording with its text; prints
seconds, memory, and how many words begin where they were put. Ends with 1 above 40 s or 400 MB for an hour, or where
less than 95 % of the words are within 50 ms of the same recording aligned by itself.
"""
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import wave

RATE = 16000


def samples(path):
    with wave.open(path) as opened:
        assert opened.getframerate() == RATE and opened.getnchannels() == 1, path
        return opened.readframes(opened.getnframes())


def run(command):
    """Seconds of one core, and MiB."""
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, command
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def words(path):
    with open(path) as file:
        return [word for speaker in json.load(file)["speakers"] for word in speaker.get("words", [])]


def main():
    rhetor, data, minutes = sys.argv[1], sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 60.0
    random.seed(1)
    pieces = []
    for folder, begins in (("synth", "en-"), ("real-dev", "")):
        for file in sorted(os.listdir(os.path.join(data, folder))):
            if file.startswith(begins) and file.endswith(".wav"):
                pieces.append(os.path.join(data, folder, file[:-4]))
    with tempfile.TemporaryDirectory() as scratch:
        at = lambda name: os.path.join(scratch, name)
        alone = {}
        for piece in pieces:
            run([rhetor, "align", piece + ".wav", "--text", piece + ".txt", "--language", "en", "-o", at("p.timeline.json")])
            alone[piece] = [word["start"] for word in words(at("p.timeline.json"))]
        expected, frames = [], 0
        with wave.open(at("hour.wav"), "wb") as out, open(at("hour.txt"), "w") as text:
            out.setnchannels(1), out.setsampwidth(2), out.setframerate(RATE)
            while frames < minutes * 60 * RATE:
                piece = random.choice(pieces)
                expected += [frames / RATE + start for start in alone[piece]]
                sound = samples(piece + ".wav") + bytes(2 * random.randrange(RATE // 5, RATE))
                out.writeframes(sound)
                frames += len(sound) // 2
                with open(piece + ".txt") as given:
                    text.write(given.read().strip() + "\n\n")
        wrong = False
        for kind, extra in (("aligned", ["--text", at("hour.txt"), "--language", "en"]), ("sound only", [])):
            spent, memory = run([rhetor, "align", at("hour.wav"), *extra, "-o", at("hour.timeline.json")])
            scale = minutes / 60
            wrong |= spent > 40 * max(scale, 0.05) or memory > 400
            print(f"{kind}: {frames / RATE:.0f} s of sound in {spent:.1f} s ({frames / RATE / spent:.0f} x real time), {memory:.0f} MiB", end="")
            if kind == "aligned":
                found = [word["start"] for word in words(at("hour.timeline.json"))]
                near, index = 0, 0
                for start in expected:
                    while index < len(found) and found[index] < start - 0.05:
                        index += 1
                    near += index < len(found) and abs(found[index] - start) <= 0.05
                print(f", {near} of {len(expected)} words in place ({100 * near / len(expected):.1f} %)", end="")
                wrong |= near < 0.95 * len(expected)
            print()
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
