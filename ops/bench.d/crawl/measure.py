"""The measurements of `ops/bench crawl`; the server runs already."""
import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys

import process
from board import AccessLog, source

HERE = os.path.dirname(os.path.abspath(__file__))
PEER = ".tools/bench/bin/python"


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--site", nargs=2, required=True)
    parser.add_argument("--peer", nargs=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=float, default=1800)
    parser.add_argument("--gzip", default="off")
    parser.add_argument("--json")
    return parser.parse_args()


def rates(figures, pages):
    figures["pages"] = pages
    figures["pages_per_second"] = pages / figures["wall_seconds"]
    figures["pages_per_cpu_second"] = pages / figures["cpu_seconds"]
    figures["cpu_ms_per_page"] = 1000 * figures["cpu_seconds"] / pages
    return figures


def written(site):
    with open(os.path.join(site, "site.json"), encoding="utf-8") as file:
        return json.load(file)


def check(requests, pages, who):
    """What a crawl of the whole site must have asked for; the problems."""
    problems = []
    if requests["urls"] != pages:
        problems.append(f"{who}: {requests['urls']} of {pages} pages were asked for")
    if requests["more_than_once"] > 0:
        problems.append(f"{who}: {requests['more_than_once']} pages were asked for more than once")
    if requests["not_200"] > 0:
        problems.append(f"{who}: {requests['not_200']} answers were not 200")
    return problems


def size(folder, ending=""):
    return sum(
        os.path.getsize(os.path.join(path, name))
        for path, _, names in os.walk(folder) for name in names if name.endswith(ending))


def crawl(options, site, port, log, name):
    """One crawl into a fresh data directory."""
    data = os.path.join(options.work, "data-" + name)
    seeds = os.path.join(options.work, f"seed-{name}.yaml")
    shutil.rmtree(data, ignore_errors=True)
    with open(seeds, "w", encoding="utf-8") as file:
        file.write(source(int(port)))
    access = AccessLog(log)
    figures = process.run(
        [options.binary, "crawl", "--once", "--seeds", seeds, "--data", data, "--patterns",
         "Patterns", "--concurrency", "64"],
        os.path.join(options.work, name + ".out"), options.limit)
    pages = written(site)["pages"]
    rates(figures, pages)
    figures["requests"] = access.summary()
    figures["problems"] = check(figures["requests"], pages, "Adwatch")
    figures["archive_bytes"] = size(data, ".warc.gz")
    figures["data_bytes"] = size(data)
    return figures, data


def flatness(figures):
    """Medians of the memory held in the first and the last quarter of the time."""
    samples = [held for _, held in figures["memory"]]
    quarter = len(samples) // 4
    if quarter == 0:
        return
    figures["memory_first_quarter"] = statistics.median(samples[:quarter])
    figures["memory_last_quarter"] = statistics.median(samples[-quarter:])
    figures["memory"] = figures["memory"][::max(1, len(samples) // 100)]


def verify(options, data):
    result = subprocess.run(
        [options.binary, "verify", "--data", data], capture_output=True, text=True,
        timeout=options.limit, check=False)
    lines = result.stdout.strip().splitlines()
    return result.returncode, next((line for line in lines if "records" in line), "".join(lines[:1]))


def scrape(options, patterns, site, port, log):
    result = os.path.join(options.work, "peer.json")
    access = AccessLog(log)
    figures = process.run(
        [PEER, os.path.join(HERE, "peer.py"), port, patterns, result],
        os.path.join(options.work, "peer.out"), options.limit)
    pages = written(site)["pages"]
    rates(figures, pages)
    figures["requests"] = access.summary()
    figures["problems"] = check(figures["requests"], pages, "Scrapy")
    with open(result, encoding="utf-8") as file:
        figures["peer"] = json.load(file)
    return figures


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def compare(options, report):
    """Scrapy and Adwatch in turns on the same pages."""
    site, port = options.peer
    log = os.path.join(options.work, "peer.log")
    patterns = os.path.join(options.work, "patterns.json")
    subprocess.run(
        [PEER, os.path.join(HERE, "patterns.py"), "Patterns", patterns], check=True, timeout=300)
    with open(patterns, encoding="utf-8") as file:
        exported = json.load(file)
    peer, own = [], []
    for number in range(options.rounds):
        peer.append(scrape(options, patterns, site, port, log))
        figures, data = crawl(options, site, port, log, "compared")
        own.append(figures)
        shutil.rmtree(data, ignore_errors=True)
        print(
            f"round {number + 1}: Scrapy {peer[-1]['pages_per_cpu_second']:.1f}, Adwatch "
            f"{own[-1]['pages_per_cpu_second']:.1f} pages a CPU second", flush=True)
    for run in peer + own:
        report["problems"] += run["problems"]
        del run["memory"]
    ratio = median(own, "pages_per_cpu_second") / median(peer, "pages_per_cpu_second")

    def share(stage):
        """CPU milliseconds a page of one of Scrapy's stages; of all others for None."""
        names = [stage] if stage else ["text", "link", "pattern"]
        own = [sum(r["peer"][f"{n}_cpu_seconds"] for n in names) for r in peer]
        if stage is None:
            own = [r["cpu_seconds"] - part for r, part in zip(peer, own)]
        return 1000 * statistics.median(own) / peer[0]["pages"]

    report["comparison"] = {
        "scrapy": peer, "adwatch": own, "ratio_of_pages_per_cpu_second": ratio,
        "patterns": len(exported["compiled"]), "patterns_not_compiled": exported["failed"],
    }
    print(f"""
The same {own[0]['pages']} pages, medians of {options.rounds} rounds in turns
                             Adwatch      Scrapy {peer[0]['peer']['scrapy']}
  wall seconds            {median(own, 'wall_seconds'):10.2f}  {median(peer, 'wall_seconds'):10.2f}
  CPU seconds             {median(own, 'cpu_seconds'):10.2f}  {median(peer, 'cpu_seconds'):10.2f}
  pages/s                 {median(own, 'pages_per_second'):10.1f}  {median(peer, 'pages_per_second'):10.1f}
  pages/CPU second        {median(own, 'pages_per_cpu_second'):10.1f}  {median(peer, 'pages_per_cpu_second'):10.1f}
  CPU ms/page             {median(own, 'cpu_ms_per_page'):10.2f}  {median(peer, 'cpu_ms_per_page'):10.2f}
  peak memory MB          {median(own, 'peak_bytes') / 1e6:10.1f}  {median(peer, 'peak_bytes') / 1e6:10.1f}
  pages per CPU second, Adwatch to Scrapy: {ratio:.1f}
  Of Scrapy's time a page: text {share('text'):.1f} ms, links {share('link'):.1f} ms, patterns {share('pattern'):.1f} ms, the rest {share(None):.1f} ms.
  Scrapy fetches, follows links, extracts text (parsel) and searches it for {len(exported['compiled'])} patterns
  ({len(exported['failed'])} could not be compiled), without their exceptions; it writes no archive and no database.
  Adwatch writes both, and extracts contacts, facts and the advert. Start-up is in both; nginx in neither.""")


def whole(options, report):
    site, port = options.site
    figures, data = crawl(options, site, port, os.path.join(options.work, "whole.log"), "whole")
    flatness(figures)
    status, words = verify(options, data)
    figures["verify"] = {"exit": status, "text": words}
    if status != 0:
        figures["problems"].append(f"adwatch verify ended with {status}: {words}")
    report["problems"] += figures["problems"]
    report["crawl"] = figures
    requests = figures["requests"]
    page = written(site)["bytes"] / figures["pages"]
    print(f"""Crawl of {figures['pages']} pages of {page / 1000:.1f} kB on 64 hosts, delay 0, 4 requests a host, gzip {options.gzip}
  wall seconds            {figures['wall_seconds']:10.2f}
  CPU seconds             {figures['cpu_seconds']:10.2f}  user {figures['user_seconds']:.2f}, system {figures['system_seconds']:.2f}
  pages/s                 {figures['pages_per_second']:10.1f}
  pages/CPU second        {figures['pages_per_cpu_second']:10.1f}
  CPU ms/page             {figures['cpu_ms_per_page']:10.2f}
  peak memory MB          {figures['peak_bytes'] / 1e6:10.1f}""")
    if "memory_first_quarter" in figures:
        print(
            f"  memory held MB          {figures['memory_first_quarter'] / 1e6:10.1f}  first quarter; "
            f"{figures['memory_last_quarter'] / 1e6:.1f} last quarter (medians)")
    print(f"""  archive, all data MB    {figures['archive_bytes'] / 1e6:10.1f}  {figures['data_bytes'] / 1e6:.1f}
  requests                {requests['requests']:10}  {requests['urls']} URLs, {requests['more_than_once']} of them more than once
  requests a group        {requests['per_group_min']:10}  to {requests['per_group_max']}; robots.txt {requests['robots']} times
  verify                  {'passes' if status == 0 else 'FAILS':>10}  {words}""", flush=True)


def main():
    options = arguments()
    report = {
        "benchmark": "crawl", "machine": platform.machine(), "cores": os.cpu_count(),
        "gzip": options.gzip, "problems": []}
    try:
        whole(options, report)
        if options.peer:
            compare(options, report)
    except (process.Stopped, subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        report["problems"].append(str(error))
    for problem in report["problems"]:
        print(f"ops/bench crawl: {problem}", file=sys.stderr)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    sys.exit(1 if report["problems"] else 0)


main()
