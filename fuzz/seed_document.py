#!/usr/bin/env python3
"""Takes the JSON out of glTF files as seeds of the fuzz target `document`, and the names in it as a dictionary:
seed_document.py OUT DICTIONARY FILE..."""

import hashlib
import json
import pathlib
import re
import struct
import sys

LONGEST = 1 << 16


def document(path):
    """The JSON of a glTF file, binary or not, as bytes."""
    data = path.read_bytes()
    if data[:4] == b"glTF":
        length = struct.unpack_from("<I", data, 12)[0]
        return data[20:20 + length].rstrip(b" \0")
    return data


def names(value, found):
    """All keys and short strings that name something."""
    if isinstance(value, dict):
        for key, inner in value.items():
            found.add(key)
            names(inner, found)
    elif isinstance(value, list):
        for inner in value:
            names(inner, found)
    elif isinstance(value, str):
        found.add(value)


def main():
    out, dictionary = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    found = set()
    for name in sys.argv[3:]:
        text = document(pathlib.Path(name))
        try:
            value = json.loads(text)
        except ValueError:
            continue
        names(value, found)
        # Short documents make quick steps.
        text = json.dumps(value, separators=(",", ":")).encode()
        if len(text) <= LONGEST:
            (out / hashlib.sha256(text).hexdigest()[:16]).write_bytes(text)
    plain = sorted(n for n in found if re.fullmatch(r"[A-Za-z0-9_]{3,40}", n))
    dictionary.write_text("".join(f'"\\"{n}\\""\n' for n in plain))


if __name__ == "__main__":
    main()
