#!/bin/sh
# From a microphone to the picture: bursts of sound are played into a null sink whose monitor is the microphone, and the real
# window is recorded together with that monitor on one clock (capture.sh). What the rig adds is measured by the
# reference, as measure.sh does, and subtracted. After that the sound server dies and comes back, which must be told
# once each, and the lips must follow again.
#
#   tests/av_sync/live.sh [BURSTS [FOLDER]]      120 bursts of "ah", two and a half minutes; what was recorded is kept in FOLDER
#
# RHETOR is the program (target/release/rhetor), AVATAR the avatar (the bundled one), SIZE the window's (320x180: the
# software rasteriser then draws about as often as a screen is refreshed), RHETOR_PLAY further options of `play`.
set -eu
cd "$(dirname "$0")/../.."
RHETOR=${RHETOR:-target/release/rhetor}
export RHETOR_ASSETS="${RHETOR_ASSETS:-$PWD/assets}"
bursts=${1:-120}
. tests/av_sync/environment.sh
. tests/av_sync/capture.sh
command -v paplay >/dev/null 2>&1 || { echo "av-live needs 'paplay' (apt-get install pulseaudio-utils)" >&2; exit 3; }
av_start 640x360
folder=${2:-$AV_DIR/result}
mkdir -p "$folder"
python3 tests/av_sync/bursts.py "$bursts" "$folder/bursts.wav" "$folder/bursts.txt"

av_record "$folder"
sleep 2
part reference python3 tests/av_sync/reference.py beep 40
# shellcheck disable=SC2086 # several options
"$RHETOR" play --live ${AVATAR:+--avatar "$AVATAR"} --size "${SIZE:-320x180}" --quality low --sync-flash \
    ${RHETOR_PLAY:-} 2>"$folder/told" &
player=$!
sleep 4
part live paplay "$folder/bursts.wav"
av_record_stop

result=0
python3 tests/av_sync/live.py "$folder" || result=1

av_stop_sound
sleep 4
av_start_sound
sleep 3
av_record "$folder/after"
python3 tests/av_sync/bursts.py 10 "$folder/after/bursts.wav" "$folder/after/bursts.txt"
paplay "$folder/after/bursts.wav"
av_record_stop
kill "$player" 2>/dev/null || true
wait "$player" 2>/dev/null || true
cat "$folder/told" >&2
python3 tests/av_sync/live.py --after "$folder" || result=1
exit $result
