"""The measurements of `ops/bench linking`; the program is built already."""
import argparse
import collections
import json
import os
import re
import subprocess
import sys
import time


def linked(options, count, added, *more):
    run = subprocess.run(
        [options.program, str(count), "--add", str(added), *more], stdout=subprocess.PIPE, check=True)
    return json.loads(run.stdout)


def table(options):
    """One run for each size, each in a process of its own."""
    rows = []
    print(f"{'adverts':>9} {'seconds':>8} {'us each':>8} {'MB peak':>8} {'+' + str(options.added):>7}   "
          "texts: precision recall   clusters: precision recall")
    for size in options.sizes.split():
        row = linked(options, int(size), options.added)
        rows.append(row)
        print(f"{row['adverts']:9} {row['link_seconds']:8.1f} {row['link_seconds'] / row['adverts'] * 1e6:8.0f} "
              f"{row['peak_megabytes']:8.0f} {row.get('added_seconds', 0):6.2f}s   "
              f"       {row['text_precision']:9.4f} {row['text_recall']:6.4f}             "
              f"{row['cluster_precision']:9.4f} {row['cluster_recall']:6.4f}", flush=True)
    return rows


def pairs(counts):
    return sum(n * (n - 1) / 2 for n in counts)


def datasketch(path):
    """Groups of the same texts by MinHash LSH over word shingles, each joined with all it is answered."""
    from datasketch import MinHash, MinHashLSH
    with open(path, encoding="utf-8") as file:
        adverts = [json.loads(line) for line in file]
    begin = time.perf_counter()
    parents = list(range(len(adverts)))

    def root(item):
        while parents[item] != item:
            parents[item] = parents[parents[item]]
            item = parents[item]
        return item

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for number, advert in enumerate(adverts):
        words = re.findall(r"\w+", advert["text"].lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[n:n + 3]).encode() for n in range(max(1, len(words) - 2))])
        for other in index.query(sketch):
            parents[root(number)] = root(other)
        index.insert(number, sketch)
    seconds = time.perf_counter() - begin
    found = [root(n) for n in range(len(adverts))]
    truth = [a["template"] for a in adverts]
    right = pairs(collections.Counter(zip(found, truth)).values())
    return {"seconds": seconds, "precision": right / max(1, pairs(collections.Counter(found).values())),
            "recall": right / max(1, pairs(collections.Counter(truth).values()))}


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "work", "sizes", "infoshield"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--added", type=int, default=1000)
    parser.add_argument("--peer", type=int, default=10000)
    parser.add_argument("--json")
    options = parser.parse_args()
    report = {"sizes": table(options)}
    if options.peer:
        path = os.path.join(options.work, "texts.jsonl")
        ours = linked(options, options.peer, 0, "--dump", path)
        theirs = datasketch(path)
        report["peer"] = {"adverts": options.peer, "linking": ours, "datasketch": theirs}
        print(f"the same {options.peer} texts, groups of texts alone:")
        print(f"  linking    {ours['link_seconds']:7.1f} s (clusters included) precision {ours['text_precision']:.4f} recall {ours['text_recall']:.4f}")
        print(f"  datasketch {theirs['seconds']:7.1f} s                     precision {theirs['precision']:.4f} recall {theirs['recall']:.4f}")
    if options.infoshield:
        run = subprocess.run([options.program, "--texts", options.infoshield], stdout=subprocess.PIPE, check=True)
        report["infoshield"] = json.loads(run.stdout)
        print("groups of", options.infoshield + ":", report["infoshield"])
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    sys.exit(0)


main()
