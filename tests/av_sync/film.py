#!/usr/bin/env python3
"""Sound against picture in a film: renders the test speech to mp4, decodes it, and judges. film.py [FOLDER]

RHETOR is the program (target/release/rhetor), AVATAR the avatar's file (the bundled one). Needs ffmpeg, no screen
and no sound. Judged are, within 1 ms: the time stamp of each picture against its number; each click in the decoded
sound (after the encoder's priming samples) against the speech; and the mouth in the decoded pictures, by the lag
at which their change fits the traced viseme best. Prints JSON, and a line for people on standard error; ends with 1
where a bound fails.
"""
import array
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile

import speech

FPS, EVENTS, BOUND_MS = 100, 12, 1.0
WIDTH, HEIGHT = 160, 90


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE)
    if done.returncode != 0:
        raise SystemExit("%s ended with %d" % (command[0], done.returncode))
    return done.stdout


def click_errors(film, events):
    """Milliseconds by which each click comes late in the decoded sound."""
    data = array.array("h")
    data.frombytes(run("ffmpeg", "-loglevel", "error", "-i", film, "-map", "0:a", "-ac", "1", "-ar", "48000",
                       "-f", "s16le", "-"))
    found = []
    for event in events:
        begin = int((event - 0.1) * 48000)
        near = data[begin:begin + 9600]
        level = 0.4 * max(map(abs, near))
        first = next(i for i, value in enumerate(near) if abs(value) >= level)
        found.append((begin + first) / 48.0 - event * 1e3)
    return found


def mouth_lag(film, weights):
    """Milliseconds by which the pictures' change is behind `weights`, one of each picture."""
    size = WIDTH * HEIGHT
    data = run("ffmpeg", "-loglevel", "error", "-i", film, "-map", "0:v", "-vf",
               "scale=%d:%d:flags=area,format=gray" % (WIDTH, HEIGHT), "-f", "rawvideo", "-")
    frames = [data[i:i + size] for i in range(0, len(data) - size + 1, size)]
    # The mouth is where pictures with it open differ most, on average, from those with it shut.
    shut = [f for f, w in zip(frames, weights) if w < 0.02][::5]
    wide = [f for f, w in zip(frames, weights) if w > 0.9][::2]
    change = [statistics.fmean(column) for column in zip(*wide)]
    rest = [statistics.fmean(column) for column in zip(*shut)]
    mask = sorted(range(size), key=lambda i: -abs(change[i] - rest[i]))[:40]
    signs = [1 if change[i] > rest[i] else -1 for i in mask]
    signal = [sum(sign * frame[i] for i, sign in zip(mask, signs)) for frame in frames]

    def fit(lag):
        span = range(10, min(len(signal), len(weights)) - 10)
        xs, ys = [weights[i - lag] for i in span], [signal[i] for i in span]
        return statistics.correlation(xs, ys)
    fits = {lag: fit(lag) for lag in range(-8, 9)}
    best = max(range(-7, 8), key=fits.get)
    before, here, after = fits[best - 1], fits[best], fits[best + 1]
    return (best + (before - after) / (2 * (before - 2 * here + after))) * 1e3 / FPS, here


def main(folder):
    program = os.environ.get("RHETOR", "target/release/rhetor")
    avatar = ["--avatar", os.environ["AVATAR"]] if os.environ.get("AVATAR") else []
    os.environ.setdefault("RHETOR_ASSETS", os.path.abspath("assets"))
    probe, trace = os.path.join(folder, "probe.timeline.json"), os.path.join(folder, "probe.csv")
    speech.main(["probe", folder])
    run(program, "trace", probe, *avatar, "--fps", "1000", "-o", trace)
    speech.main(["write", folder, str(EVENTS), trace])
    timeline, film = os.path.join(folder, "sync.timeline.json"), os.path.join(folder, "sync.mp4")
    run(program, "trace", timeline, *avatar, "--fps", str(FPS), "-o", trace)
    run(program, "render", timeline, *avatar, "-o", film, "--size", "640x360", "--fps", str(FPS), "--camera", "face",
        "--quality", "low")
    with open(trace, newline="") as file:
        weights = [float(row["viseme.aa"]) for row in csv.DictReader(file)]
    with open(os.path.join(folder, "events.txt")) as lines:
        events = [float(line) for line in lines]
    stamps = [float(line.split(b",")[0]) for line in run(
        "ffprobe", "-loglevel", "error", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0",
        film).split()]
    picture = max(abs(stamp - i / FPS) for i, stamp in enumerate(stamps)) * 1e3
    clicks = click_errors(film, events)
    lag, fit = mouth_lag(film, weights)
    worst = max(clicks, key=abs)
    result = {"pictures": len(stamps), "picture_ms": picture, "clicks": len(clicks), "worst_click_ms": worst,
              "mouth_ms": lag, "mouth_fit": fit, "mouth_minus_sound_ms": lag - statistics.median(clicks)}
    failures = ["%s beyond %g ms" % (name, BOUND_MS)
                for name in ("picture_ms", "worst_click_ms", "mouth_ms", "mouth_minus_sound_ms")
                if abs(result[name]) > BOUND_MS]
    if fit < 0.8:
        failures.append("the mouth is not seen to move")
    result["failures"] = failures
    print(json.dumps({key: round(v, 4) if isinstance(v, float) else v for key, v in result.items()}))
    print("av-sync of a film: pictures %.2f ms, clicks %+.2f ms at worst, mouth %+.2f ms (fit %.2f): %s" % (
        picture, worst, lag, fit, "; ".join(failures) or "good"), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) == 2:
        sys.exit(main(sys.argv[1]))
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(scratch))
