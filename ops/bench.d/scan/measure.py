"""The measurements of `ops/bench scan`; the program is built already."""
import argparse
import glob
import gzip
import json
import os
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import stages  # noqa: E402

RESPONSE = ("WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{0:06x}{1:06x}>\r\n"
            "WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: https://p{1}-{0}.example/advert/{1}\r\n"
            "Content-Type: application/http; msgtype=response\r\nContent-Length: {2}\r\n\r\n")
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n"


def write_warc(path, contents, repeat):
    """Every page a response record of a host of its own, so that no copy teaches a template to another."""
    with open(path, "wb") as file:
        for copy in range(repeat):
            for number, content in enumerate(contents):
                block = HEAD % len(content) + content
                record = RESPONSE.format(copy, number, len(block)).encode() + block + b"\r\n\r\n"
                file.write(gzip.compress(record, 6, mtime=0))
    return len(contents) * repeat


def run(command, output):
    """Wall and processor seconds, and the peak of memory in megabytes, of one run."""
    begin = time.monotonic()
    with open(output, "wb") as out:
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    # 1: some pages could not be read.
    if child.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {child.returncode}")
    return time.monotonic() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6


def best(rounds):
    """The least of each figure."""
    return [min(values) for values in zip(*rounds)]


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("binary", "work", "pages"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-pages", type=int, default=400)
    parser.add_argument("--json")
    return parser.parse_args()


def main():
    options = arguments()
    paths = sorted(p for ending in ("html", "htm") for p in glob.glob(f"{options.pages}/**/*.{ending}", recursive=True))
    contents = []
    for path in paths:
        with open(path, "rb") as file:
            contents.append(file.read())
    megabytes = sum(map(len, contents)) / 1e6
    print(f"{len(contents)} pages, {megabytes:.1f} MB, each {options.repeat} times; best of {options.rounds} rounds", flush=True)
    warc, large, small, empty = (os.path.join(options.work, f"{n}.warc.gz") for n in ("pages", "large", "peer", "empty"))
    count = write_warc(warc, contents, options.repeat)
    write_warc(large, contents, options.repeat * 4)
    write_warc(empty, contents[:1], 1)
    sample = contents[:: max(1, len(contents) // options.peer_pages)] if options.peer_pages else []
    write_warc(small, sample, 1)
    scan = [options.binary, "scan", "--patterns", "Patterns"]
    output = os.path.join(options.work, "scan.jsonl")
    ones, twos, starts, ours, peers = [], [], [], [], []
    for _ in range(options.rounds):
        starts.append(run([*scan, "--jobs", "1", empty], output))
        ones.append(run([*scan, "--jobs", "1", warc], output))
        twos.append(run([*scan, "--jobs", "2", warc], os.path.join(options.work, "scan2.jsonl")))
        if sample:
            ours.append(run([*scan, "--jobs", "1", small], os.path.join(options.work, "sample.jsonl")))
            peer = subprocess.run(
                [sys.executable, os.path.join(HERE, "pipeline.py"), small, "Patterns", os.path.join(options.work, "peer.jsonl")],
                stdout=subprocess.PIPE, check=True)
            peers.append(json.loads(peer.stdout))
    with open(output, "rb") as one, open(os.path.join(options.work, "scan2.jsonl"), "rb") as two:
        is_same = one.read() == two.read()
    start, one, two = best(starts), best(ones), best(twos)
    rate = count / (one[1] - start[1])
    report = {
        "pages": count, "megabytes": megabytes * options.repeat, "start_seconds": start[1],
        "jobs1": {"wall_seconds": one[0], "cpu_seconds": one[1], "peak_megabytes": one[2]},
        "jobs2": {"wall_seconds": two[0], "cpu_seconds": two[1], "peak_megabytes": two[2]},
        "pages_per_cpu_second": rate, "jobs2_speed": one[0] / two[0], "same_output": is_same,
    }
    print(f"start (patterns, first use)  {start[1]:6.2f} s CPU, {start[0]:.2f} s")
    print(f"--jobs 1   {one[0]:6.2f} s, {one[1]:6.2f} s CPU, {one[2]:4.0f} MB; {rate:6.1f} pages per CPU second without the start")
    print(f"--jobs 2   {two[0]:6.2f} s, {two[1]:6.2f} s CPU, {two[2]:4.0f} MB; {one[0] / two[0]:.2f} times as fast; "
          f"the output is {'the same' if is_same else 'NOT the same'}")
    if peers:
        peer = min(peers, key=lambda p: p["cpu_seconds"])
        sampled = len(sample) / (best(ours)[1] - start[1])
        theirs = peer["pages"] / peer["cpu_seconds"]
        report.update(peer=peer, peer_pages_per_cpu_second=theirs, sample_pages_per_cpu_second=sampled,
                      ratio=sampled / theirs)
        print(f"Python     {theirs:6.1f} pages per CPU second on {peer['pages']} of the pages, start {peer['start_seconds']:.1f} s not counted; "
              f"{peer['patterns']} patterns, of which re2 refused {peer['refused_by_re2']} (`regex` has them)")
        print(f"adwatch    {sampled:6.1f} pages per CPU second on the same pages: {sampled / theirs:.1f} times")
    peak = run([*scan, "--jobs", "2", large], os.devnull)
    report["large"] = {"pages": count * 4, "peak_megabytes": peak[2]}
    print(f"memory     {two[2]:4.0f} MB at most for {count} pages, {peak[2]:4.0f} MB for {count * 4} (--jobs 2)")
    table = stages.measure([*scan, "--jobs", "1", warc], options.work)
    report["stages"] = table
    for name, share in table or []:
        print(f"  {name:28} {share:6.1%}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(report, file, indent=1)
    sys.exit(0 if is_same else 1)


main()
