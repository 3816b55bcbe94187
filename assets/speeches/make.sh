#!/bin/sh
# Makes the bundled timelines and their sound anew from the scripts beside this file.
# Needs rhetor, flite, espeak-ng, ffmpeg and python3 on PATH. Usage: assets/speeches/make.sh
set -eu
cd "$(dirname "$0")"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 song.py "$scratch/song.wav"
ffmpeg -y -loglevel error -i "$scratch/song.wav" -map_metadata -1 -c:a libvorbis -q:a 2 \
    -fflags +bitexact -flags:a +bitexact song.ogg
for script in forum*.speech.toml; do
    name=${script%.speech.toml}
    rhetor prepare "$script" -o "$scratch/$name.timeline.json"
    wav=$scratch/$name.voice.wav
    ffmpeg -y -loglevel error -i "$wav" -map_metadata -1 -c:a libvorbis -q:a 4 \
        -fflags +bitexact -flags:a +bitexact "$name.ogg"
    before=$(sha256sum "$wav" | cut -d ' ' -f 1)
    after=$(sha256sum "$name.ogg" | cut -d ' ' -f 1)
    sed -e "s/$before/$after/" -e "s/$name\.voice\.wav/$name.ogg/" \
        "$scratch/$name.timeline.json" > "$name.timeline.json"
done
