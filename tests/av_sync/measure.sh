#!/bin/sh
# Sound against picture, as seen and heard: records the real window on a screen of its own (Xvfb) and the real
# sound (a PulseAudio null sink's monitor) with one ffmpeg on one clock, and judges the recording (analyse.py).
#
#   tests/av_sync/measure.sh [EVENTS|--soak [FOLDER]]     240 events, two minutes; a soak takes an hour
#
# What was recorded is kept where a FOLDER is given.
#
# RHETOR is the program (target/release/rhetor), AVATAR the avatar's file (the bundled one), RHETOR_PLAY further
# options of `play`.
#
# The rig itself is not neutral: grabbing and recording take their time. What it adds is measured by a reference
# that flashes and beeps before and after the speech in the same recording (reference.py): its flash is drawn over
# the bare X protocol at the moment at which the sound server's own client library says the beep is heard. It has
# no code in common with the program. Its median is subtracted; what remains is the program's own error, to the
# 2.5 ms at which pictures are grabbed and the sound server's word, which both rely on.
set -eu
cd "$(dirname "$0")/../.."
RHETOR=${RHETOR:-target/release/rhetor}
export RHETOR_ASSETS="${RHETOR_ASSETS:-$PWD/assets}"
events=${1:-240}
[ "$events" != --soak ] || events=7200
. tests/av_sync/environment.sh
. tests/av_sync/capture.sh
av_start 640x360
folder=${2:-$AV_DIR/result}
mkdir -p "$folder"

python3 tests/av_sync/speech.py probe "$folder"
"$RHETOR" trace "$folder/probe.timeline.json" ${AVATAR:+--avatar "$AVATAR"} --fps 1000 -o "$folder/probe.csv" >/dev/null
python3 tests/av_sync/speech.py write "$folder" "$events" "$folder/probe.csv"

av_record "$folder"
sleep 2
part reference python3 tests/av_sync/reference.py beep 40
# shellcheck disable=SC2086 # several options
part play "$RHETOR" play "$folder/sync.timeline.json" --size 640x360 --exit-at-end --sync-flash \
    ${AVATAR:+--avatar "$AVATAR"} ${RHETOR_PLAY:-}
part reference python3 tests/av_sync/reference.py beep 40
av_record_stop
python3 tests/av_sync/analyse.py "$folder" "$folder"
