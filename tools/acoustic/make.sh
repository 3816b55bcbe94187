#!/bin/sh
# From sentences to the models in assets/: make.sh PROMPTS.txt CORPUS-FOLDER
set -eu
prompts=$1
corpus=$2
here=$(dirname "$0")
sh "$here/setup.sh"
python3 "$here/corpus.py" "$prompts" "$corpus" --seed 1
python3 "$here/train.py" "$corpus" "$corpus/phones.bin" --seed 1
python3 "$here/train.py" "$corpus" "$corpus/judged.bin" --seed 1 --without rms
python3 "$here/judge.py" "$corpus" "$corpus/judged.bin"
cp "$corpus/phones.bin" "$here/../../assets/acoustic/phones.bin"
python3 "$here/twin.py" "$corpus/phones.bin" > "$here/../../tests/speech/acoustic_twin.txt"
