"""The measurements of `ops/bench markup`; the program is built already."""
import argparse
import json
import os
import subprocess
import sys
import time

from selectolax.lexbor import LexborHTMLParser

PAGES = (".html", ".htm")


def pages(folders):
    found = []
    for folder in folders:
        for place, _, names in sorted(os.walk(folder)):
            found += [os.path.join(place, name) for name in sorted(names) if name.endswith(PAGES)]
    return found


def peer(contents):
    """Processor seconds that selectolax takes to parse, and to give text and links."""
    start = time.thread_time()
    kept = 0
    for content in contents:
        tree = LexborHTMLParser(content)
        kept += len(tree.root.text() if tree.root else "")
        kept += sum(1 for node in tree.css("a") if node.attributes.get("href") is not None)
    return time.thread_time() - start


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--list", type=int, default=0)
    parser.add_argument("--json")
    options = parser.parse_args()
    report = {}
    kinds = ("pages", "jobs") if options.check else ("pages",)
    paths = pages([os.path.join(options.data, kind) for kind in kinds])
    listed = os.path.join(options.work, "pages.txt")
    with open(listed, "w", encoding="utf-8") as file:
        file.write("\n".join(paths) + "\n")
    if options.check:
        records = os.path.join(options.work, "records.bin")
        with open(records, "wb") as file:
            subprocess.run([options.program, listed, "text"], stdout=file, check=True)
        here = os.path.dirname(os.path.abspath(__file__))
        found = subprocess.run(
            [sys.executable, os.path.join(here, "agreement.py"), records, "--list", str(options.list)],
            stdout=subprocess.PIPE, check=True, text=True).stdout
        report = json.loads(found.splitlines()[0])
        print("\n".join(f"{key}: {value}" for key, value in report.items()))
        print("\n".join(found.splitlines()[1:]))
    else:
        contents = []
        for path in paths:
            with open(path, "rb") as file:
                contents.append(file.read())
        megabytes = sum(map(len, contents)) / 1e6
        ours, theirs = [], []
        peer(contents[:50])
        for _ in range(options.rounds):
            run = subprocess.run([options.program, listed, "time", "2"], stdout=subprocess.PIPE, check=True, text=True)
            ours.append(float(run.stdout.splitlines()[-1].split()[0]))
            theirs.append(peer(contents))
        middle = options.rounds // 2
        ours, theirs = sorted(ours)[middle], sorted(theirs)[middle]
        report = {"pages": len(paths), "megabytes": megabytes, "seconds": ours, "selectolax_seconds": theirs,
                  "megabytes_per_second": megabytes / ours, "selectolax_megabytes_per_second": megabytes / theirs,
                  "ratio": theirs / ours}
        print(f"{len(paths)} pages, {megabytes:.1f} MB; one thread, processor time, median of {options.rounds} rounds")
        print(f"markup      {megabytes / ours:7.1f} MB/s  (bytes to document: text, map, links read, forms, JSON-LD, items; images, metadata noted)")
        print(f"selectolax  {megabytes / theirs:7.1f} MB/s  (parse, text, links)")
        print(f"ratio       {theirs / ours:7.2f}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)


main()
