#!/usr/bin/env python3
"""Measures alignment in any language against a Praat TextGrid: textgrid.py RHETOR SOUND.wav GRID.TextGrid LANGUAGE

The text is that of the tier `phrase`, the truth the beginnings in the tier `phone` (in SAMPA or IPA; an empty one, `_` or `sil` is a
pause). Phones of the text and of the labels are paired in order, at the least cost where one side has more. Prints how many were
paired, the mean and median distance of their beginnings, and how many lie within 20 and 50 ms.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

# SAMPA and IPA in plain letters, so that both can be compared.
PLAIN = {"P\\": "r", "J\\": "d", "h\\": "h", "t_s": "c", "t_S": "c", "J": "n", "S": "s", "Z": "z", "N": "n", "@": "e", "ɪ": "i", "ɛ": "e",
         "ɔ": "o", "ʊ": "u", "ə": "e", "ɦ": "h", "x": "h", "ʃ": "s", "ʒ": "z", "ɡ": "g", "ɲ": "n", "ŋ": "n", "ɟ": "d", "r̝": "r", "ts": "c",
         "tʃ": "c"}
PAUSES = {"", "_", "sil"}


def intervals(grid, tier):
    """(start, text) of the intervals of a tier."""
    for item in re.split(r"item \[\d+\]:", grid)[1:]:
        if f'name = "{tier}"' in item:
            found = re.findall(r'xmin = ([\d.]+)\s+xmax = [\d.]+\s+text = "(.*?)"', item)
            return [(float(start), text.strip()) for start, text in found]
    sys.exit(f"the TextGrid has no tier '{tier}'")


def plain(phone):
    for name in sorted(PLAIN, key=len, reverse=True):
        if phone.startswith(name):
            return PLAIN[name]
    return phone[:1].lower()


def paired(gold, found):
    """Index pairs of two sequences, by the fewest changes."""
    costs = [[i + j if not i or not j else 0 for j in range(len(found) + 1)] for i in range(len(gold) + 1)]
    change = lambda i, j: 0 if gold[i - 1] == found[j - 1] else 0.9
    for i in range(1, len(gold) + 1):
        for j in range(1, len(found) + 1):
            costs[i][j] = min(costs[i - 1][j] + 1, costs[i][j - 1] + 1, costs[i - 1][j - 1] + change(i, j))
    i, j, pairs = len(gold), len(found), []
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + change(i, j):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif costs[i][j] == costs[i - 1][j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("rhetor", "sound", "grid", "language"):
        parser.add_argument(name)
    options = parser.parse_args()
    grid = pathlib.Path(options.grid).read_text(encoding="utf8")
    gold = [(start, text) for start, text in intervals(grid, "phone") if text not in PAUSES]
    with tempfile.TemporaryDirectory() as folder:
        text, out = pathlib.Path(folder, "text.txt"), pathlib.Path(folder, "out.timeline.json")
        text.write_text(" ".join(text for _, text in intervals(grid, "phrase") if text), encoding="utf8")
        command = [options.rhetor, "align", options.sound, "--text", text, "--language", options.language, "-o", out]
        subprocess.run(command, check=True)
        speakers = json.loads(out.read_text(encoding="utf8"))["speakers"]
    found = [phone for speaker in speakers for phone in speaker["phones"]]
    pairs = paired([plain(text) for _, text in gold], [plain(phone["ipa"]) for phone in found])
    errors = [abs(gold[i][0] - found[j]["start"]) * 1000 for i, j in pairs]
    within = lambda limit: 100 * sum(error <= limit for error in errors) / len(errors)
    print(f"{len(errors)} of {len(gold)} phones: MAE {statistics.mean(errors):.1f} ms, median {statistics.median(errors):.1f} ms, "
          f"<=20 ms {within(20):.1f} %, <=50 ms {within(50):.1f} %")


if __name__ == "__main__":
    main()
