#!/bin/sh
# Writes a report and a contact sheet of every avatar in a folder; a file that is refused leaves its reason.
# Usage: tests/avatars.sh RHETOR FOLDER [OUT]
set -eu
rhetor=$1
folder=$2
out=${3:-out/avatars}
icd=$(ls /usr/share/vulkan/icd.d/lvp_icd*.json 2>/dev/null | head -n 1 || true)
if [ -n "$icd" ] && [ -z "${WGPU_ADAPTER_NAME:-}" ]; then
    export VK_DRIVER_FILES="$icd" VK_ICD_FILENAMES="$icd"
fi
mkdir -p "$out"
loaded=0
refused=0
for file in "$folder"/*.glb "$folder"/*.gltf "$folder"/*.vrm; do
    [ -f "$file" ] || continue
    name=$(basename "$file")
    if "$rhetor" inspect "$file" --json > "$out/$name.json" 2> "$out/$name.log" &&
        "$rhetor" inspect "$file" --sheet "$out/$name.png" --quality low > "$out/$name.txt" 2>> "$out/$name.log"; then
        loaded=$((loaded + 1))
        echo "$name: $(grep -E '^(skeleton|visemes|channels) ' "$out/$name.txt" | sed 's/  */ /g' | tr '\n' ';')"
    else
        refused=$((refused + 1))
        echo "$name: refused: $(tail -n 1 "$out/$name.log")"
    fi
done
echo "$loaded loaded, $refused refused; see $out"
