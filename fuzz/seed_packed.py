#!/usr/bin/env python3
"""Cuts the packed parts out of glTF files into seeds of the fuzz target `packed`: seed_packed.py OUT FILE..."""

import hashlib
import json
import pathlib
import struct
import sys

VIEWS = [("ATTRIBUTES", "NONE"), ("ATTRIBUTES", "OCTAHEDRAL"), ("ATTRIBUTES", "EXPONENTIAL"),
         ("ATTRIBUTES", "COLOR"), ("TRIANGLES", "NONE"), ("INDICES", "NONE")]


def parts(path):
    """Kinds and bytes of all packed parts of a binary glTF file."""
    data = path.read_bytes()
    if data[:4] != b"glTF":
        return
    length = struct.unpack_from("<I", data, 12)[0]
    document = json.loads(data[20:20 + length])
    binary = data[28 + length:]

    def cut(view):
        start = view.get("byteOffset", 0)
        return binary[start:start + view["byteLength"]]

    views = document.get("bufferViews", [])
    for view in views:
        for extension in view.get("extensions", {}).values():
            if "mode" in extension:
                kind = VIEWS.index((extension["mode"], "NONE"))
                yield (kind if kind > 1 else kind + 6), cut(extension)
    for mesh in document.get("meshes", []):
        for primitive in mesh["primitives"]:
            draco = primitive.get("extensions", {}).get("KHR_draco_mesh_compression")
            if draco:
                yield 0, cut(views[draco["bufferView"]])
    for image in document.get("images", []):
        if "bufferView" in image:
            yield 1, cut(views[image["bufferView"]])


def main():
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[2:]:
        for kind, data in parts(pathlib.Path(name)):
            if len(data) <= 1 << 18:
                seed = bytes([kind]) + data
                (out / hashlib.sha256(seed).hexdigest()[:16]).write_bytes(seed)


if __name__ == "__main__":
    main()
