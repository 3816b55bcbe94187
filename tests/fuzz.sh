#!/bin/sh
# Fuzzes everything that reads a file for SECONDS a target (120 if not given), seeded with the files of the folder named by
# AVATARS and with the samples of the tests. TARGETS names only some. The corpus stays in fuzz/corpus. Needs cargo-fuzz
# (`cargo install cargo-fuzz`).
set -eu
seconds=${1:-120}
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
mkdir -p fuzz/corpus/bvh fuzz/corpus/import fuzz/corpus/packed fuzz/corpus/script fuzz/corpus/text fuzz/corpus/timing fuzz/corpus/timeline
# A first byte of 255 leaves it to the content which reader takes the sample.
for file in tests/fixtures/timing/*; do
    { printf '\377' && cat "$file"; } >"fuzz/corpus/timing/$(basename "$file")"
done
cp tests/fixtures/timing/*.timeline.json assets/speeches/*.timeline.json fuzz/corpus/timeline/
cp assets/speeches/*.speech.toml fuzz/corpus/script/
cp tests/fixtures/text/* fuzz/corpus/text/
printf 'HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\nJOINT Spine\n{\nOFFSET 0 1 0\nCHANNELS 3 Zrotation Xrotation Yrotation\nEnd Site\n{\nOFFSET 0 1 0\n}\n}\n}\nMOTION\nFrames: 1\nFrame Time: 0.1\n0 0 0 0 0 0 0 0 0\n' >fuzz/corpus/bvh/two.bvh
set -- tests/fixtures/packed/*.glb
if [ -n "${AVATARS:-}" ]; then
    set -- "$@" "$AVATARS"/*.glb "$AVATARS"/*.vrm "$AVATARS"/*.vrma "$AVATARS"/*.gltf
fi
for file in "$@"; do
    # Large files make slow steps; their packed parts are cut out below.
    [ "$(wc -c <"$file")" -gt 400000 ] || cp "$file" fuzz/corpus/import/
done
chmod -R u+w fuzz/corpus/import
python3 fuzz/seed_packed.py fuzz/corpus/packed "$@"
python3 fuzz/seed_document.py fuzz/corpus/document fuzz/corpus/document.dict "$@"
# The compiler that builds the project, with what fuzzing needs of a nightly one.
export RUSTC_BOOTSTRAP=1
for target in ${TARGETS:-import bvh packed document script text timing timeline}; do
    case "$target" in
        document) dictionary=-dict=fuzz/corpus/document.dict ;;
        *) dictionary= ;;
    esac
    # shellcheck disable=SC2086 # none or one option
    cargo fuzz run "$target" -- -max_total_time="$seconds" -rss_limit_mb=4096 -timeout=20 -print_final_stats=1 $dictionary
done
