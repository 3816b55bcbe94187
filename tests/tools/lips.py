#!/usr/bin/env python3
"""Measures lips by another way than the program: lips.py UNPACKED.glb INSPECT.json

UNPACKED.glb is an uncompressed copy (unpack.mjs), INSPECT.json what `rhetor inspect --json` says of the original. The
face is cut by upright planes, and the lips' outlines are compared as polylines, point against stretch, without the
program's grid of lines. Skins are taken at rest, where they change nothing. Prints, for PP by the report's weights, the widest
gap and the deepest overlap along the middle 80 % of the mouth, in millimetres of a head of 120 mm from chin to brow.
"""

import heapq
import json
import pathlib
import struct
import sys

import numpy as np

TYPES = {5120: "i1", 5121: "u1", 5122: "<i2", 5123: "<u2", 5125: "<u4", 5126: "<f4"}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT4": 16}
PLANES = 41


class File:
    def __init__(self, path):
        data = pathlib.Path(path).read_bytes()
        length = struct.unpack_from("<I", data, 12)[0]
        self.json = json.loads(data[20:20 + length])
        self.binary = data[28 + length:]

    def view(self, index, offset, count, kind, width):
        view = self.json["bufferViews"][index]
        size = np.dtype(kind).itemsize * width
        stride = view.get("byteStride") or size
        start = view.get("byteOffset", 0) + offset
        rows = np.ndarray((count, width), kind, self.binary, start, (stride, np.dtype(kind).itemsize))
        return rows.astype(float)

    def accessor(self, index):
        a = self.json["accessors"][index]
        kind, width = TYPES[a["componentType"]], WIDTHS[a["type"]]
        if "bufferView" in a:
            out = self.view(a["bufferView"], a.get("byteOffset", 0), a["count"], kind, width)
        else:
            out = np.zeros((a["count"], width))
        if "sparse" in a:
            s, i, v = a["sparse"], a["sparse"]["indices"], a["sparse"]["values"]
            places = self.view(i["bufferView"], i.get("byteOffset", 0), s["count"], TYPES[i["componentType"]], 1)
            out[places[:, 0].astype(int)] = self.view(v["bufferView"], v.get("byteOffset", 0), s["count"], kind, width)
        return out

    def worlds(self):
        nodes = self.json["nodes"]
        parents = {c: i for i, n in enumerate(nodes) for c in n.get("children", [])}

        def local(node):
            if "matrix" in node:
                return np.array(node["matrix"]).reshape(4, 4).T
            x, y, z, w = node.get("rotation", [0, 0, 0, 1])
            turn = np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                             [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                             [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])
            out = np.eye(4)
            out[:3, :3] = turn * np.array(node.get("scale", [1, 1, 1]))
            out[:3, 3] = node.get("translation", [0, 0, 0])
            return out

        def world(index):
            own = local(nodes[index])
            return world(parents[index]) @ own if index in parents else own

        return [world(i) for i in range(len(nodes))]

    def parts(self):
        """Each primitive with morphs: a function from weights by name to places, and its triangles."""
        worlds = self.worlds()
        for index, node in enumerate(self.json["nodes"]):
            if "mesh" not in node:
                continue
            mesh = self.json["meshes"][node["mesh"]]
            names = mesh.get("extras", {}).get("targetNames", [])
            for primitive in mesh["primitives"]:
                if "targets" not in primitive:
                    continue
                plain = self.accessor(primitive["attributes"]["POSITION"])
                deltas = {n: self.accessor(t["POSITION"]) for n, t in zip(names, primitive["targets"]) if "POSITION" in t}
                given = node.get("weights", mesh.get("weights", []))
                rest = plain + sum((w * deltas[n] for n, w in zip(names, given) if w and n in deltas), 0)
                matrix = self.skinning(node, primitive, worlds) if "skin" in node else worlds[index]

                def pose(weights, rest=rest, deltas=deltas, matrix=matrix):
                    places = rest + sum((w * deltas[n] for n, w in weights.items() if n in deltas), 0)
                    ones = np.hstack([places, np.ones((len(places), 1))])
                    if matrix.ndim == 3:
                        return np.einsum("nij,nj->ni", matrix, ones)[:, :3]
                    return (ones @ matrix.T)[:, :3]

                yield pose, self.accessor(primitive["indices"])[:, 0].astype(int).reshape(-1, 3)

    def skinning(self, node, primitive, worlds):
        skin = self.json["skins"][node["skin"]]
        inverse = self.accessor(skin["inverseBindMatrices"]).reshape(-1, 4, 4).transpose(0, 2, 1)
        joints = np.array([worlds[j] for j in skin["joints"]]) @ inverse
        total = 0
        for n in range(4):
            if f"JOINTS_{n}" in primitive["attributes"]:
                which = self.accessor(primitive["attributes"][f"JOINTS_{n}"]).astype(int)
                accessor = self.json["accessors"][primitive["attributes"][f"WEIGHTS_{n}"]]
                weights = self.accessor(primitive["attributes"][f"WEIGHTS_{n}"])
                weights = weights / {5121: 255, 5123: 65535}.get(accessor["componentType"], 1)
                total = total + np.einsum("nk,nkij->nij", weights, joints[which])
        return total / np.maximum(total[:, 3:, 3:], 1e-9)


def outline(places, triangles, x):
    """The stretches, as pairs of (z, y), in which triangles cross the plane at x."""
    side = places[triangles][:, :, 0] - x
    out = []
    for triangle, s in zip(triangles, side):
        ends = []
        for a, b in ((0, 1), (1, 2), (2, 0)):
            if (s[a] < 0) != (s[b] < 0):
                p, q = places[triangle[a]], places[triangle[b]]
                ends.append((p + (q - p) * (s[a] / (s[a] - s[b])))[[2, 1]])
        if len(ends) == 2:
            out.append(ends)
    return np.array(out)


def nearest(points, stretches):
    """The least distance of points from stretches."""
    a, d = stretches[:, 0], stretches[:, 1] - stretches[:, 0]
    away = points[:, None] - a[None]
    along = np.clip((away * d).sum(2) / np.maximum((d * d).sum(1), 1e-18), 0, 1)
    return np.sqrt(((away - along[..., None] * d) ** 2).sum(2)).min()


def heights(stretches, z, pick):
    """At each z the outermost height, or none."""
    (a, b) = (stretches[:, 0], stretches[:, 1])
    low, high = np.minimum(a[:, 0], b[:, 0]), np.maximum(a[:, 0], b[:, 0])
    out = []
    for at in z:
        there = (low <= at) & (at <= high) & (high > low)
        share = (at - a[there, 0]) / (b[there, 0] - a[there, 0])
        found = a[there, 1] + (b[there, 1] - a[there, 1]) * share
        out.append(pick(found) if len(found) else np.nan)
    return np.array(out)


class Ways:
    """The edges of a mesh, whatever seams cut its vertices apart."""

    def __init__(self, places, triangles):
        _, weld = np.unique(np.round(places / 2e-5).astype(np.int64), axis=0, return_inverse=True)
        self.weld = weld.reshape(-1)
        self.steps = {}
        for a, b in np.vstack([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]):
            length = np.linalg.norm(places[a] - places[b])
            self.steps.setdefault(self.weld[a], {})[self.weld[b]] = length
            self.steps.setdefault(self.weld[b], {})[self.weld[a]] = length

    def nearest(self, seeds, reach):
        """For each vertex within reach which list of seeds is nearest."""
        label, heap = {}, [(0.0, self.weld[v], kind) for kind, all in enumerate(seeds) for v in all]
        heapq.heapify(heap)
        while heap:
            length, vertex, kind = heapq.heappop(heap)
            if vertex in label or length > reach:
                continue
            label[vertex] = kind
            for other, step in self.steps.get(vertex, {}).items():
                heapq.heappush(heap, (length + step, other, kind))
        return label

    def largest(self):
        """Whether each vertex is on the surface that has most of them."""
        number = {}
        for start in self.steps:
            open = [start] if start not in number else []
            while open:
                vertex = open.pop()
                if vertex not in number:
                    number[vertex] = start
                    open.extend(self.steps[vertex])
        of_vertex = np.array([number.get(v, -1) for v in self.weld])
        return of_vertex == np.bincount(of_vertex[of_vertex >= 0]).argmax()

    def within(self, a, b, reach):
        return self.weld[b] in self.nearest([[a]], reach)


def main():
    file, report = File(sys.argv[1]), json.load(open(sys.argv[2]))
    weights = {v["name"]: v["morphs"] for v in report["visemes"]}
    opening = next(c["morphs"] for c in report["channels"] if c["name"] == "jawOpen") or weights["aa"]
    parts = []
    for pose, triangles in file.parts():
        rest, opened = pose({}), pose(opening)
        parts.append(((rest[:, 1] - opened[:, 1]).max(), np.ptp(rest[:, 1]), pose, triangles, rest, opened))
    # What is in a mouth may sink as far as its lips; the face is the tallest of what sinks.
    most = max(part[0] for part in parts)
    most, _, pose, triangles, rest, opened = max((p for p in parts if p[0] > most * 0.5), key=lambda p: p[1])
    scale = report["lip_gap"]["scale"]
    sunk = rest[:, 1] - opened[:, 1]
    lower, reach = sunk >= most * 0.25, 0.008 * scale
    # Lips: vertices of one kind with one of the other close by at rest and far from it when opened.
    ups, downs = np.flatnonzero(~lower), np.flatnonzero(lower)
    ups = ups[np.abs(rest[ups, 1] - np.median(rest[downs, 1])) < 0.05 * scale]
    close = np.linalg.norm(rest[downs][:, None] - rest[ups][None], axis=2)
    parted = np.linalg.norm(opened[downs][:, None] - opened[ups][None], axis=2)
    pairs = (close < reach) & (parted - close > most * 0.25)
    # Teeth part too, and skin that only stretches, as beside the corners, is no pair of lips.
    ways = Ways(rest, triangles)
    skin = ways.largest()
    for down, up in np.argwhere(pairs):
        is_nearest = close[down, up] == close[down][pairs[down]].min()
        pairs[down, up] = is_nearest and skin[downs[down]] and not ways.within(downs[down], ups[up], close[down, up] * 1.6)
    line = np.vstack([rest[downs[pairs.any(1)]], rest[ups[pairs.any(0)]]])
    left, right = line[:, 0].min(), line[:, 0].max()
    # Towards the corners how far a vertex sinks does not tell the lips apart.
    found = ways.nearest((ups[pairs.any(0)], downs[pairs.any(1)]), 0.012 * scale)
    lip = np.array([found.get(v, -1) for v in ways.weld])
    above, below = (triangles[(lip[triangles] == kind).all(1)] for kind in (0, 1))
    posed = pose(weights["PP"])
    gaps, overlaps = [], []
    for x in np.linspace(left + (right - left) * 0.1, right - (right - left) * 0.1, PLANES):
        up, low = outline(posed, above, x), outline(posed, below, x)
        if len(up) == 0 or len(low) == 0:
            continue
        z = np.arange(line[:, 2].min() - 0.008 * scale, line[:, 2].max() + 0.006 * scale, 1e-4 * scale)
        depth = heights(low, z, np.max) - heights(up, z, np.min)
        deep = np.nanmax(depth) if np.isfinite(depth).any() else 0.0
        overlaps.append(max(deep, 0.0))
        apart = min(nearest(up.reshape(-1, 2), low), nearest(low.reshape(-1, 2), up))
        gaps.append(0.0 if deep > 0 else apart)
    millimetres = 1e3 / scale
    print(f"{report['name']}: {len(gaps)} planes over {(right - left) * millimetres:.0f} mm, "
          f"gap {max(gaps) * millimetres:.2f}, overlap {max(overlaps) * millimetres:.2f} "
          f"(report: {report['lip_gap']['PP']['corrected']})")


if __name__ == "__main__":
    main()
