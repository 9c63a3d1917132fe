#!/usr/bin/env python3
"""Reduces outlines of countries to what the review's map draws.

    ops/generate-outlines.py countries.geojson > Sources/CReviewFiles/files/outlines.txt

Input: Natural Earth's countries at 1:110,000,000 (naturalearthdata.com, public domain) as GeoJSON.
Output, a line a country: name, west north east south, SVG path; in tenths of a degree, northings in
Mercator's projection and downwards, steps relative. Corners that move a line by less than a tenth of
a degree are left out, and rings of fewer than four corners.
"""
import json
import math
import sys

TOLERANCE = 1.0


def project(point):
    angle = math.radians(max(-84.0, min(84.0, point[1])))
    return (point[0] * 10, -math.log(math.tan(math.pi / 4 + angle / 2)) * 1800 / math.pi)


def reduced(ring):
    """Douglas and Peucker (1973), without recursion."""
    keep = {0, len(ring) - 1}
    stack = [(0, len(ring) - 1)]
    while stack:
        first, last = stack.pop()
        (ax, ay), (bx, by) = ring[first], ring[last]
        length = math.hypot(bx - ax, by - ay)
        far, most = 0.0, None
        for number in range(first + 1, last):
            x, y = ring[number]
            if length:
                distance = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            else:
                distance = math.hypot(x - ax, y - ay)
            if distance > far:
                far, most = distance, number
        if most is not None and far > TOLERANCE:
            keep.add(most)
            stack += [(first, most), (most, last)]
    return [ring[number] for number in sorted(keep)]


def main():
    countries = json.load(open(sys.argv[1], encoding="utf-8"))["features"]
    lines = []
    for country in countries:
        shape = country["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        path, points = "", []
        for polygon in polygons:
            for ring in polygon:
                corners = [
                    (round(x), round(y)) for x, y in reduced([project(point) for point in ring])
                ]
                if len(corners) < 4:
                    continue
                points += corners
                path += f"M{corners[0][0]},{corners[0][1]}l"
                path += " ".join(
                    f"{b[0] - a[0]},{b[1] - a[1]}" for a, b in zip(corners, corners[1:-1])
                )
                path += "z"
        if points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = f"{min(xs)} {min(ys)} {max(xs)} {max(ys)}"
            lines.append(f"{country['properties']['name']}\t{box}\t{path}")
    print("# Outlines of countries: Natural Earth (naturalearthdata.com), public domain, reduced by ops/generate-outlines.py.")
    print("\n".join(sorted(lines)))


main()
