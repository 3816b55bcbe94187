#!/usr/bin/env python3
"""Judges what live.sh recorded: live.py FOLDER, and after the sound server's death live.py --after FOLDER.

A burst of "ah" begins in the sound, and a while later the flash of `play --sync-flash` turns white in the picture in which
the mouth is open. What the rig itself adds (flash against beep of the reference) is subtracted. Prints one line of JSON,
and a line for people on standard error. Ends with 1 where a bound fails.
"""
import json
import os
import statistics
import sys

import recording
from analyse import recorded, within

P95_MS, SEEN = 120.0, 0.95
REACH = 0.4


def measured(folder, clicks):
    """The beginnings of the bursts that open the mouth, of all that were recorded."""
    with open(os.path.join(folder, "bursts.txt")) as lines:
        kinds = lines.read().split()
    if len(clicks) != len(kinds):
        raise SystemExit("%d of %d bursts were recorded" % (len(clicks), len(kinds)))
    return [click for click, kind in zip(clicks, kinds) if kind == "ah"]


def delays(bursts, flashes):
    """(burst, seconds until a flash) for each burst that one follows soon."""
    found, place = [], 0
    for burst in bursts:
        while place < len(flashes) and flashes[place] < burst:
            place += 1
        if place < len(flashes) and flashes[place] < burst + REACH:
            found.append((burst, flashes[place] - burst))
    return found


def live(folder):
    spans, flashes, clicks, reference = recorded(folder)
    bias = statistics.median(reference)
    bursts, shown = measured(folder, within(clicks, spans["live"])), within(flashes, spans["live"])
    found = delays(bursts, shown)
    if len(found) < 10:
        raise SystemExit("only %d of %d bursts were seen" % (len(found), len(bursts)))
    late = sorted((delay - bias) * 1e3 for _, delay in found)
    result = {
        "bursts": len(bursts), "seen": len(found), "other_flashes": len(shown) - len(found),
        "median_ms": statistics.median(late), "p5_ms": late[len(late) * 5 // 100],
        "p95_ms": late[min(len(late) - 1, len(late) * 95 // 100)], "most_ms": late[-1],
        "bias_ms": bias * 1e3, "bias_spread_ms": statistics.pstdev(reference) * 1e3,
    }
    failures = []
    if result["p95_ms"] > P95_MS:
        failures.append("95 %% are seen later than %g ms" % P95_MS)
    if len(found) < SEEN * len(bursts):
        failures.append("fewer than %g %% were seen" % (SEEN * 100))
    result["failures"] = failures
    print(json.dumps({key: round(v, 4) if isinstance(v, float) else v for key, v in result.items()}))
    print("av-live: {seen} of {bursts} bursts, median {median_ms:.1f} ms, 95 % within {p95_ms:.1f} ms, at most "
          "{most_ms:.1f} ms; rig's bias {bias_ms:+.1f} ms: {verdict}".format(
              verdict="; ".join(failures) or "good", **result), file=sys.stderr)
    return 1 if failures else 0


def after(folder):
    """One loss and one return were told, and the lips follow again."""
    with open(os.path.join(folder, "told")) as lines:
        told = [line.strip() for line in lines if line.strip()]
    warnings = [line for line in told if line.startswith("warning: ") and "microphone" in line]
    returns = [line for line in told if line == "the microphone is back"]
    again = os.path.join(folder, "after")
    bursts, flashes = measured(again, recording.clicks(again)), recording.flashes(again)
    seen = len(delays(bursts, flashes))
    good = len(warnings) == 1 and len(returns) == 1 and len(bursts) >= 8 and seen >= 0.8 * len(bursts)
    print("av-live, after the sound server's death: %d warning, %d return, %d of %d bursts seen: %s" % (
        len(warnings), len(returns), seen, len(bursts), "good" if good else "not as it should be"), file=sys.stderr)
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] == "--after":
        sys.exit(after(sys.argv[2]))
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    sys.exit(live(sys.argv[1]))
