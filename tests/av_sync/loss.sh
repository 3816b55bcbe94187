#!/bin/sh
# A sound server that dies in mid-speech: plays clicks by the audible clock (examples/audible.rs), kills the server
# after five seconds, starts it again three seconds later, and records what comes back. The speech must not have
# stood still, one loss and one return must have been told, and the sound must be in place again.
#
#   tests/av_sync/loss.sh         AUDIBLE is the program (target/debug/examples/audible)
set -eu
cd "$(dirname "$0")/../.."
AUDIBLE=${AUDIBLE:-target/debug/examples/audible}
. tests/av_sync/environment.sh
. tests/av_sync/capture.sh
av_start 640x360
"$AUDIBLE" 60 2>"$AV_DIR/events" | python3 tests/av_sync/reference.py screen &
player=$!
sleep 5
av_stop_sound
sleep 3
av_start_sound
av_record "$AV_DIR/result"
wait "$player"
av_record_stop
cat "$AV_DIR/events" >&2
python3 - "$AV_DIR" <<'PYTHON'
import statistics
import sys
sys.path.insert(0, "tests/av_sync")
import recording

folder = sys.argv[1]
with open(folder + "/events") as lines:
    told = [line for line in lines if "Lost" in line or "Restored" in line]
flashes, clicks = recording.flashes(folder + "/result"), recording.clicks(folder + "/result")
pairs, missing = recording.pairs(flashes, clicks)
lags = [lag * 1e3 for _, lag in pairs]
# While the recording starts it has gaps of its own.
gaps = [b - a for a, b in zip(flashes, flashes[1:]) if a >= clicks[0] - 0.1]
print("%d events told; after the return %d clicks, picture − sound %+.1f ms (%+.1f … %+.1f), longest gap %.2f s"
      % (len(told), len(lags), statistics.median(lags), min(lags), max(lags), max(gaps)))
good = (len(told) == 2 and "Lost" in told[0] and "Restored" in told[1] and len(lags) >= 15 and missing == 0
        and abs(statistics.median(lags)) < 5 and max(gaps) < 0.7)
sys.exit(0 if good else 1)
PYTHON
