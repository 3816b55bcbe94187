#!/usr/bin/env python3
"""Judges a recording of the test speech: analyse.py RECORDING SPEECH

RECORDING is a folder that measure.sh filled: the recording, and `parts`, lines of "NAME BEGIN END" that say when
the reference and the program ran. SPEECH holds events.txt. Positive numbers: the picture comes after the sound.
Prints one line of JSON, and a line for people on standard error. Ends with 1 where a bound fails.

Three things are measured. *Flash*: for each click, when the flash was first seen. *Moment*: for every presented
picture, how far the speech time that its ruler shows lies behind what is heard in the middle of the picture's stay
on screen: the mean error of what is seen. It is free of the grid of pictures and of their rate, so slow drift shows
in it; where the run is long enough to tell (two standard errors below the bound, about ten minutes) the slope must
keep its bound, and a shorter run says that it cannot tell. The slope of the flashes is printed beside it. *Bias*:
flash against beep of the reference, subtracted from both.
"""
import json
import os
import statistics
import sys

import recording

MEDIAN_MS, SHARE, SLOPE_MS = 5.0, 0.95, 1.0
RULER = 0.25


def parts(folder):
    with open(os.path.join(folder, "parts")) as lines:
        return [(name, float(begin), float(end)) for name, begin, end in map(str.split, lines)]


def within(moments, spans):
    return [m for m in moments if any(begin <= m <= end for begin, end in spans)]


def recorded(folder):
    """Spans of the parts by name; all flashes and clicks; how late each flash of the reference is after its beep."""
    spans = {}
    for name, begin, end in parts(folder):
        spans.setdefault(name, []).append((begin, end))
    flashes, clicks = recording.flashes(folder), recording.clicks(folder)
    reference, _ = recording.pairs(within(flashes, spans["reference"]), within(clicks, spans["reference"]))
    if len(reference) < 20:
        raise SystemExit("the reference shows only %d flashes with a beep" % len(reference))
    return spans, flashes, clicks, [lag for _, lag in reference]


def align(events, clicks, reach=0.2):
    """(speech time, moment heard) of the events that are heard. The first click may be any of the first ten
    events; the choice that finds the most, and after which the sound jumps the least, counts: a sound server that
    could not keep up has put silence in between. A wrong choice finds as many, but jumps at each: a second of
    jumps weighs as much as twenty events."""
    best, best_score = [], float("-inf")
    for first in events[:10]:
        shift, found, place, jumps = clicks[0] - first, [], 0, 0.0
        for event in events:
            while place < len(clicks) and clicks[place] < event + shift - reach:
                place += 1
            if place < len(clicks) and clicks[place] <= event + shift + reach:
                jumps += abs(clicks[place] - event - shift)
                shift = clicks[place] - event
                found.append((event, clicks[place]))
                place += 1
        if len(found) - 20 * jumps > best_score:
            best, best_score = found, len(found) - 20 * jumps
    return best


def stays(pictures, longest=0.2):
    """(middle of its stay on screen, ruler) of each picture that another one follows soon."""
    return [((a[0] + b[0]) / 2, a[1]) for a, b in zip(pictures, pictures[1:]) if b[0] - a[0] < longest]


def moments(pictures, heard):
    """(moment, seconds by which the picture shown is behind the sound heard)."""
    found, place = [], 0
    for moment, ruler in pictures:
        while place + 1 < len(heard) and heard[place + 1][1] <= moment:
            place += 1
        event, click = heard[place]
        if 0 <= moment - click < 1.0:
            behind = (event + moment - click - ruler * RULER) % RULER
            found.append((moment, behind - RULER if behind > RULER / 2 else behind))
    return found


def slope(points, bin_secs=3.0):
    """Seconds a second, and its standard error: least squares through the medians of short stretches, so that a
    picture that came late now and then does not count."""
    bins = {}
    for x, y in points:
        bins.setdefault(int(x / bin_secs), []).append((x, y))
    middles = [tuple(statistics.median(p[i] for p in b) for i in (0, 1)) for b in bins.values() if len(b) > 4]
    if len(middles) < 3:
        return 0.0, 1.0
    x0, y0 = (statistics.mean(p[i] for p in middles) for i in (0, 1))
    sxx = sum((x - x0) ** 2 for x, _ in middles)
    rate = sum((x - x0) * (y - y0) for x, y in middles) / sxx
    rest = sum((y - y0 - rate * (x - x0)) ** 2 for x, y in middles) / (len(middles) - 2)
    return rate, (rest / sxx) ** 0.5


def main(folder, speech):
    with open(os.path.join(speech, "events.txt")) as lines:
        events = [float(line) for line in lines]
    spans, flashes, clicks, reference = recorded(folder)
    bias = statistics.median(reference)
    played = within(clicks, spans["play"])
    if not played:
        raise SystemExit("no click of the speech was heard")
    heard = align(events, played)
    pairs, missing = recording.pairs(within(flashes, spans["play"]), [click for _, click in heard])
    pictures = [p for p in recording.presented(folder) if heard[0][1] <= p[0] <= heard[-1][1]]
    if len(pairs) < 3 or len(pictures) < 10:
        raise SystemExit("too few flashes were seen: %d for %d clicks" % (len(pairs), len(heard)))
    lags = sorted(lag - bias for _, lag in pairs)
    interval = statistics.median(b[0] - a[0] for a, b in zip(pictures, pictures[1:]))
    behind = [(moment, late - bias) for moment, late in moments(stays(pictures), heard)]
    rate, error = slope(behind)
    flash_rate, flash_error = slope(pairs, bin_secs=15)
    result = {
        "events": len(events), "heard": len(heard), "seen": len(pairs), "missing": missing,
        "median_ms": statistics.median(lags) * 1e3,
        "p2_5_ms": lags[len(lags) * 25 // 1000] * 1e3,
        "p97_5_ms": lags[min(len(lags) - 1, len(lags) * 975 // 1000)] * 1e3,
        "within_one_picture": sum(abs(lag) <= interval for lag in lags) / len(lags),
        "picture_ms": interval * 1e3,
        "moment_median_ms": statistics.median(late for _, late in behind) * 1e3,
        "slope_ms_per_10_min": rate * 6e5, "slope_error_ms": error * 6e5,
        "flash_slope_ms_per_10_min": flash_rate * 6e5, "flash_slope_error_ms": flash_error * 6e5,
        "bias_ms": bias * 1e3, "bias_spread_ms": statistics.pstdev(reference) * 1e3,
        "minutes": (heard[-1][1] - heard[0][1]) / 60,
    }
    failures = []
    if len(pairs) < 0.99 * len(events):
        failures.append("%d of %d events were seen and heard" % (len(pairs), len(events)))
    if abs(result["median_ms"]) > MEDIAN_MS:
        failures.append("median beyond %g ms" % MEDIAN_MS)
    if result["within_one_picture"] < SHARE:
        failures.append("fewer than %g %% within one picture" % (SHARE * 100))
    slope_ms, error_ms = abs(result["slope_ms_per_10_min"]), result["slope_error_ms"]
    result["slope_resolved"] = 2 * error_ms < SLOPE_MS
    if (slope_ms if result["slope_resolved"] else slope_ms - 2 * error_ms) >= SLOPE_MS:
        failures.append("slope beyond %g ms in 10 minutes" % SLOPE_MS)
    passed = "good" if result["slope_resolved"] else "good, but too short to judge the slope"
    result["failures"] = failures
    print(json.dumps({key: round(v, 4) if isinstance(v, float) else v for key, v in result.items()}))
    print("av-sync: {seen} of {events} events, median {median_ms:+.1f} ms ({p2_5_ms:+.1f} … {p97_5_ms:+.1f}), "
          "{within:.1%} within one picture of {picture_ms:.1f} ms, slope {slope_ms_per_10_min:+.2f} "
          "± {slope_error_ms:.2f} ms in 10 minutes; rig's bias {bias_ms:+.1f} ms: {verdict}".format(
              within=result["within_one_picture"], verdict="; ".join(failures) or passed, **result), file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.exit(main(*sys.argv[1:]))
