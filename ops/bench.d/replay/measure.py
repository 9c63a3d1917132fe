"""The crawl and the measurements of `ops/bench replay`."""
import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "crawl"))
from board import source  # noqa: E402

TOTAL = re.compile(
    r"(\d+) adverts compared on (\d+) pages, of which (\d+) were read from the archive; "
    r"(\d+) for review, (\d+) would be newly flagged, (\d+) dropped")
PATTERN = "      en:\n        - {id: bench, re: '\\\\b%s\\\\b'}\n"
# A word for each pack, so that their hits do not overlap.
WORDS = ("night", "room", "week", "hour", "team", "phone", "uur", "dag", "werk", "kamer", "nacht")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--site", nargs=2, required=True)
    parser.add_argument("--limit", type=float, default=1800)
    parser.add_argument("--json")
    parser.add_argument("--is-crawled", action="store_true")
    parser.add_argument("--crawl", action="store_true")
    return parser.parse_args()


class Bench:
    def __init__(self, options):
        self.options = options
        self.data = os.path.join(options.work, "data")
        self.seeds = os.path.join(options.work, "bench.yaml")
        self.mark = os.path.join(options.work, "crawled.json")

    def identity(self):
        """What the crawled data depends on."""
        with open(self.options.binary, "rb") as file:
            binary = hashlib.file_digest(file, "sha256").hexdigest()
        return {"binary": binary, "site": self.options.site}

    def is_crawled(self):
        try:
            with open(self.mark, encoding="utf-8") as file:
                return json.load(file) == self.identity()
        except (OSError, ValueError):
            return False

    def crawl(self):
        shutil.rmtree(self.data, ignore_errors=True)
        with open(self.seeds, "w", encoding="utf-8") as file:
            file.write(source(int(self.options.site[1])))
        subprocess.run(
            [self.options.binary, "crawl", "--once", "--seeds", self.seeds, "--data", self.data,
             "--patterns", "Patterns", "--concurrency", "64"],
            check=True, timeout=self.options.limit, stdin=subprocess.DEVNULL)
        with open(self.mark, "w", encoding="utf-8") as file:
            json.dump(self.identity(), file)

    def changed(self):
        """The shipped packs with other strengths and another pattern for indicators of one form."""
        folder = os.path.join(self.options.work, "Patterns")
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree("Patterns", folder)
        for path, _, names in os.walk(os.path.join(folder, "labour")):
            for name, word in zip(sorted(names), WORDS):
                with open(os.path.join(path, name), encoding="utf-8") as file:
                    text = file.read()
                words = {"strong": "medium", "weak": "strong", "medium": "strong"}
                text = re.sub(
                    r"(?m)^(\s+strength: )(strong|medium|weak)$", lambda m: m[1] + words[m[2]], text)
                text = re.sub(r"(?m)^      en:\n(?=        - )", PATTERN % word, text, count=1)
                with open(os.path.join(path, name), "w", encoding="utf-8") as file:
                    file.write(text)
        return folder

    def compare(self, patterns, *more):
        """One comparison: figures, and everything it printed but the last line."""
        begin = time.monotonic()
        with open(os.path.join(self.options.work, "replay.out"), "w+b") as output:
            child = subprocess.Popen(
                [self.options.binary, "replay", "--compare", "--data", self.data, "--seeds",
                 self.seeds, "--patterns", patterns, *more],
                stdin=subprocess.DEVNULL, stdout=output)
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            lines = output.read().decode().splitlines()
        if child.returncode not in (0, 1):
            raise SystemExit(f"replay ended with {child.returncode}")
        total = TOTAL.match(lines[-1])
        if total is None:
            raise SystemExit(f"not understood: {lines[-1]}")
        names = ("adverts", "pages", "reread", "flagged", "newly_flagged", "dropped")
        figures = dict(zip(names, map(int, total.groups())))
        figures["wall_seconds"] = time.monotonic() - begin
        figures["cpu_seconds"] = usage.ru_utime + usage.ru_stime
        figures["peak_bytes"] = usage.ru_maxrss * 1024
        figures["adverts_per_second"] = figures["adverts"] / figures["wall_seconds"]
        return figures, lines[:-1]

    def measure(self):
        changed = self.changed()
        report = {}
        results = {}
        for name, patterns, more in (
            ("the same packs, from stored texts", "Patterns", ()),
            ("changed packs, from stored texts", changed, ()),
            ("changed packs, from the archive", changed, ("--rereading",)),
        ):
            figures, results[name] = self.compare(patterns, *more)
            report[name] = figures
            print(
                f"{name}: {figures['adverts']} adverts in {figures['wall_seconds']:.1f} s "
                f"({figures['adverts_per_second']:.0f} a second), {figures['cpu_seconds']:.1f} s of "
                f"CPU time, {figures['peak_bytes'] / 1e6:.0f} MB at most; "
                f"{figures['reread']} pages read from the archive; "
                f"+{figures['newly_flagged']} -{figures['dropped']}", flush=True)
        stored, archive = list(results.values())[1:]
        report["same_result"] = stored == archive
        print("the results from stored texts and from the archive are "
              + ("the same" if stored == archive else "NOT the same"))
        if self.options.json:
            with open(self.options.json, "w", encoding="utf-8") as file:
                json.dump(report, file, indent=2)
        return stored == archive and len(stored) > 0


def main():
    options = arguments()
    bench = Bench(options)
    if options.is_crawled:
        sys.exit(0 if bench.is_crawled() else 1)
    if options.crawl:
        bench.crawl()
    else:
        sys.exit(0 if bench.measure() else 1)


main()
