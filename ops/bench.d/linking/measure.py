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


def stored(options):
    """The same world through the database."""
    row = linked(options, options.store, 0, "--store", os.path.join(options.work, "store"))
    print(f"{row['adverts']} adverts through the database, {row['database_megabytes']:.0f} MB of it; "
          f"{row['peak_megabytes']:.0f} MB of memory at most")
    print(f"  clusters: precision {row['cluster_precision']:.4f} recall {row['cluster_recall']:.4f}; "
          f"texts: precision {row['text_precision']:.4f} recall {row['text_recall']:.4f}")
    for step in row["steps"]:
        if step["adverts"] % 10_000 == 0:
            print(f"  to {step['adverts']:7} adverts  {step['cpu_ms_an_advert']:.2f} CPU ms an advert")
    return row


def pairs(counts):
    return sum(n * (n - 1) / 2 for n in counts)


def datasketch(path, threshold):
    """Groups of the same texts by MinHash LSH over word shingles, joined where the estimate reaches the threshold."""
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

    index, sketches = MinHashLSH(threshold=threshold, num_perm=128), []
    for number, advert in enumerate(adverts):
        words = re.findall(r"\w+", advert["text"].lower())
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[n:n + 3]).encode() for n in range(max(1, len(words) - 2))])
        for other in index.query(sketch):
            if root(other) != root(number) and sketch.jaccard(sketches[other]) >= threshold:
                parents[root(number)] = root(other)
        index.insert(number, sketch)
        sketches.append(sketch)
    seconds = time.perf_counter() - begin
    found = [root(n) for n in range(len(adverts))]
    truth = [a["template"] for a in adverts]
    right = pairs(collections.Counter(zip(found, truth)).values())
    return {"threshold": threshold, "seconds": seconds,
            "precision": right / max(1, pairs(collections.Counter(found).values())),
            "recall": right / max(1, pairs(collections.Counter(truth).values()))}


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "work", "sizes", "infoshield"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--added", type=int, default=1000)
    parser.add_argument("--peer", type=int, default=10000)
    parser.add_argument("--store", type=int, default=50000)
    parser.add_argument("--json")
    options = parser.parse_args()
    report = {"sizes": table(options)}
    if options.store:
        report["store"] = stored(options)
    if options.peer:
        path = os.path.join(options.work, "texts.jsonl")
        ours = linked(options, options.peer, 0, "--dump", path)
        theirs = [datasketch(path, threshold) for threshold in (0.3, 0.5, 0.7)]
        report["peer"] = {"adverts": options.peer, "linking": ours, "datasketch": theirs}
        print(f"the same {options.peer} texts, groups of texts alone:")
        print(f"  linking, clusters included {ours['link_seconds']:6.1f} s  precision {ours['text_precision']:.4f} recall {ours['text_recall']:.4f}")
        for row in theirs:
            print(f"  datasketch, threshold {row['threshold']}  {row['seconds']:6.1f} s  precision {row['precision']:.4f} recall {row['recall']:.4f}")
    if options.infoshield:
        run = subprocess.run([options.program, "--texts", options.infoshield], stdout=subprocess.PIPE, check=True)
        report["infoshield"] = json.loads(run.stdout)
        print("groups of", options.infoshield + ":", report["infoshield"])
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    sys.exit(0)


main()
