#!/bin/sh
# Shows the bundled speech with the program given: live where there is a display, else as a film.
set -eu
rhetor=$1
here=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
speech=$here/assets/speeches/forum.timeline.json

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "Space pauses, arrows seek, F fills the screen, Esc leaves."
    "$rhetor" play "$speech" --exit-at-end && exit 0
    echo "The window could not be opened; rendering a film instead." >&2
fi
"$rhetor" render "$speech" -o demo.mp4 --size 1280x720 --fps 25 --quality medium
echo "The speech is in $(pwd)/demo.mp4"
