#!/bin/sh
# Draws what the parameters of a person do: one row of six small pictures for each line of the table below.
# Usage: tests/parameters.sh RHETOR WHEEL OUT.jpg
set -eu
rhetor=$1
wheel=$2
out=$3
base=assets/people/thalia.toml
size=240
icd=$(ls /usr/share/vulkan/icd.d/lvp_icd*.json 2>/dev/null | head -n 1 || true)
if [ -n "$icd" ] && [ -z "${WGPU_ADAPTER_NAME:-}" ]; then
    export VK_DRIVER_FILES="$icd" VK_ICD_FILENAMES="$icd"
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Sets `$2 = $3` in the section `$1` of the description on stdin.
set_key() {
    awk -v section="[$1]" -v key="$2" -v value="$3" '
        $0 == section { print; print key " = " value; inside = 1; next }
        /^\[/ { inside = 0 }
        inside && index($0, key " = ") == 1 { next }
        { print }'
}

count=0
# A picture of the base with `SECTION KEY VALUE`, three words for each change.
tile() {
    shot=$1
    shift
    cp "$base" "$work/person.toml"
    while [ $# -gt 0 ]; do
        set_key "$1" "$2" "$3" < "$work/person.toml" > "$work/next.toml"
        mv "$work/next.toml" "$work/person.toml"
        shift 3
    done
    "$rhetor" forge "$work/person.toml" --data "$wheel" -o "$work/person.glb" > /dev/null 2>&1
    number=$(printf %03d "$count")
    "$rhetor" snapshot "$work/person.glb" --camera "$shot" --quality high --size "${size}x$size" -o "$work/tile$number.png"
    count=$((count + 1))
}

man="body gender 1 hair style \"short\" clothes outfit \"suit\""
for value in 0 0.5 1; do tile bust body gender $value; done
for value in 0.45 0.62 0.95; do tile bust body age $value; done
for value in 0.1 0.5 0.95; do tile half body weight $value; done
for value in 0.05 0.5 0.95; do tile half body muscle $value; done
for value in 0.1 0.5 0.9; do tile full body height $value; done
for value in 0.1 0.5 0.95; do tile full body proportions $value; done
tile bust body african 1 body asian 0 body caucasian 0
tile bust body african 0 body asian 1 body caucasian 0
tile bust body african 0 body asian 0 body caucasian 1
tile bust details '"nose/nose-hump-incr"' 0.9
tile bust details '"chin/chin-width-incr"' 0.9
tile bust details '"mouth/mouth-lowerlip-volume-incr"' 0.9
for value in 0 0.5 1; do tile face skin lines $value; done
for value in 0 0.5 1; do tile face skin freckles $value; done
for value in 0 0.5 1; do tile face skin flush $value; done
for value in 0 0.5 1; do tile face skin makeup $value; done
# shellcheck disable=SC2086
for value in 0 0.5 1; do tile face $man skin stubble $value; done
for value in 0 0.5 1; do tile face hair grey $value; done
for style in knot loose curls; do tile bust hair style "\"$style\""; done
# shellcheck disable=SC2086
for style in short swept fringe; do tile bust $man hair style "\"$style\""; done
for outfit in blazer dress stage; do tile half clothes outfit "\"$outfit\""; done
# shellcheck disable=SC2086
for outfit in suit stage blazer; do tile half $man clothes outfit "\"$outfit\""; done

ffmpeg -v error -y -i "$work/tile%03d.png" -vf "tile=6x$((count / 6))" -frames:v 1 -q:v 6 "$out"
echo "wrote $out ($(wc -c < "$out") bytes)"
