"""The measurements of `ops/bench matching`; both programs are built already."""
import argparse
import glob
import json
import os
import random
import re
import struct
import subprocess
import sys
import time

import yaml

SEED = 20


def packs():
    """Every indicator of the shipped packs."""
    for path in sorted(glob.glob("Patterns/*/*.yaml")):
        with open(path, encoding="utf-8") as file:
            yield from yaml.safe_load(file)["indicators"]


def examples():
    for indicator in packs():
        for kinds in (indicator.get("examples") or {}).values():
            for kind in kinds.values():
                yield from kind


def texts(options):
    """The visible text of pages; without pages, texts put together of the packs' examples."""
    if os.path.isdir(options.pages):
        scan = subprocess.run(
            [options.adwatch, "scan", "--patterns", "Patterns", options.pages],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
        for line in scan.stdout.splitlines():
            text = json.loads(line).get("text")
            if text:
                yield text
        return
    chance = random.Random(SEED)
    sentences = list(examples())
    for _ in range(1000):
        yield "\n".join(chance.choice(sentences) for _ in range(120))


def generated(count):
    """Patterns in the manner of the packs, out of the words of their examples."""
    chance = random.Random(SEED)
    words = sorted({w.lower() for e in examples() for w in re.findall(r"[^\W\d_]{4,}", e)})
    forms = [r"\b(?:{0}|{1})\b.{{0,30}}\b{2}\b", r"\b{0} (?:{1}|{2})\b", r"\b{0}\b.{{0,20}}\b(?:{1}|{2}|{3})",
             r"\b{0} \w+ {1}\b", r"\b[0-9]{{1,3}} ?(?:{0}|{1})\b", r"\b{0}(?:e|en|s)? {1}(?! {2})"]
    seen = set()
    while len(seen) < count:
        seen.add(chance.choice(forms).format(*chance.sample(words, 4)))
    return sorted(seen)


def python_rate(expressions, sample):
    """Megabytes a second of Python's `re`, each pattern in turn."""
    compiled = []
    for expression in expressions:
        try:
            compiled.append(re.compile(expression, re.IGNORECASE))
        except re.error:
            pass
    begin = time.process_time()
    for text in sample:
        for one in compiled:
            for _ in one.finditer(text):
                pass
    return sum(len(t.encode()) for t in sample) / (time.process_time() - begin) / 1e6


def main():
    parser = argparse.ArgumentParser()
    for name in ("program", "adwatch", "work", "sets", "pages"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--rounds", default="5")
    parser.add_argument("--profile", type=int, default=0)
    parser.add_argument("--json")
    options = parser.parse_args()
    found = list(texts(options))
    path = os.path.join(options.work, "texts.bin")
    with open(path, "wb") as file:
        for text in found:
            data = text.encode()
            file.write(struct.pack("<I", len(data)) + data)
    large = os.path.join(options.work, "patterns-5000.txt")
    with open(large, "w", encoding="utf-8") as file:
        file.write("\n".join(generated(5000)) + "\n")
    with open(os.path.join(options.work, "patterns-1000.txt"), "w", encoding="utf-8") as file:
        file.write("\n".join(generated(5000)[::5]) + "\n")
    sets = [("frozen " + n, os.path.join(options.sets, f"patterns-{n}.txt")) for n in ("50", "200", "1000")]
    sets = [s for s in sets if os.path.exists(s[1])]
    sets += [("packs", "Patterns"), ("generated 1000", os.path.join(options.work, "patterns-1000.txt")),
             ("generated 5000", large)]
    report = {"texts": len(found), "sets": {}}
    print(f"{len(found)} texts, {sum(len(t.encode()) for t in found) / 1e6:.1f} MB; one thread")
    print(f"{'set':>15} {'MB/s':>7} {'in turn':>8} {'ratio':>7} {'Python re':>10} {'ratio':>7} "
          f"{'compile ms':>11} {'MB':>6}   a text: bytes, candidates, searches, confirmations")
    for name, patterns in sets:
        sample = "12" if "5000" in name else "40"
        run = subprocess.run(
            [options.program, patterns, path, "--repeat", options.rounds, "--sample", sample,
             "--profile", str(options.profile)], stdout=subprocess.PIPE, check=True)
        figures = json.loads(run.stdout)
        if name == "frozen 200":
            with open(patterns, encoding="utf-8") as file:
                expressions = file.read().split("\n")[:-1]
            figures["python_megabytes_per_second"] = python_rate(expressions, found[:: max(1, len(found) // 12)])
        report["sets"][name] = figures
        rate = figures["megabytes_per_second"]
        python = figures.get("python_megabytes_per_second")
        against = f"{python:10.3f} {rate / python:7.0f}" if python else " " * 18
        print(
            f"{name:>15} {rate:7.1f} {figures['in_turn_megabytes_per_second']:8.2f} {figures['ratio']:7.1f} {against} "
            f"{figures['compile_ms']:11.0f} {figures['compile_megabytes']:6.1f}   {figures['bytes_per_page']:.0f}, "
            f"{figures['candidates_per_page']:.1f}, {figures['searches_per_page']:.1f}, {figures['confirmations_per_page']:.1f}",
            flush=True)
        for row in figures.get("profile", []):
            print(f"      {row['milliseconds']:8.1f} ms {row['searches']:8} searches {row['confirmations']:7} hits  {row['pattern'][:100]}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    sys.exit(0)


main()
