#!/usr/bin/env python3
"""The test speech: a click in the sound wherever the performance lets the mouth open.

  speech.py probe DIR                 writes DIR/probe.timeline.json, a few silent openings of the mouth
  speech.py write DIR EVENTS TRACE    writes DIR/click.wav and DIR/sync.timeline.json with EVENTS clicks

The performance rounds the edges of a viseme, so the moment when its weight passes one half is taken from TRACE,
the probe as `rhetor trace --fps 1000` writes it. DIR/events.txt then holds the time of each click in the speech.
"""
import csv
import json
import os
import random
import statistics
import struct
import sys
import wave

RATE = 48000
OPEN = 0.14


def starts(count):
    """Openings at irregular intervals around half a second, so that none keeps step with the pictures."""
    rng, time, found = random.Random(1), 1.0, []
    for _ in range(count):
        found.append(round(time, 6))
        time += rng.uniform(0.42, 0.58)
    return found


def timeline(openings, audio):
    visemes = [{"start": t, "end": round(t + OPEN, 6), "viseme": "aa", "weight": 1.0} for t in openings]
    speaker = {"id": "Test", "visemes": visemes}
    return {"version": "1.0", "duration": round(openings[-1] + 1.5, 6), "seed": 1,
            "speakers": [speaker], "audio": audio}


def write(path, value):
    with open(path, "w") as file:
        json.dump(value, file)


def crossing(trace):
    """How long after a viseme's start its weight passes one half, by the trace of the probe."""
    found, last = [], None
    with open(trace, newline="") as file:
        for row in csv.DictReader(file):
            now = (float(row["time"]), float(row["viseme.aa"]))
            if last and last[1] <= 0.5 < now[1]:
                found.append(last[0] + (0.5 - last[1]) / (now[1] - last[1]) * (now[0] - last[0]))
            last = now
    openings = starts(8)
    if len(found) != len(openings):
        raise SystemExit("the mouth opens %d times in the trace, not %d" % (len(found), len(openings)))
    delays = [f - o for f, o in zip(found, openings)]
    if max(delays) - min(delays) > 0.001:
        raise SystemExit("the mouth does not open alike each time: %s" % delays)
    return statistics.median(delays)


def click(path):
    """Five milliseconds of 1 kHz that begin at once at full strength."""
    samples = [20000 if i * 2000 // RATE % 2 == 0 else -20000 for i in range(RATE // 200)]
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(struct.pack("<%dh" % len(samples), *samples))


def main(arguments):
    if len(arguments) == 2 and arguments[0] == "probe":
        write(os.path.join(arguments[1], "probe.timeline.json"), timeline(starts(8), []))
    elif len(arguments) == 4 and arguments[0] == "write":
        folder, count = arguments[1], int(arguments[2])
        delay, openings = crossing(arguments[3]), starts(count)
        events = [round(t + delay, 6) for t in openings]
        click(os.path.join(folder, "click.wav"))
        audio = [{"role": "effect", "start": t, "file": "click.wav"} for t in events]
        write(os.path.join(folder, "sync.timeline.json"), timeline(openings, audio))
        with open(os.path.join(folder, "events.txt"), "w") as file:
            file.writelines("%.6f\n" % t for t in events)
    else:
        raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
