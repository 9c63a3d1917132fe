"""The measurements of `ops/bench content`."""
import argparse
import json
import os
import resource
import subprocess
import time


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--binary", required=True)
    parser.add_argument("--pages", required=True)
    parser.add_argument("--jobs")
    parser.add_argument("--json")
    return parser.parse_args()


def pages(folder):
    """Address, segments and bytes of every page that is there."""
    with open(os.path.join(folder, "evaldata.json"), encoding="utf-8") as file:
        truth = json.load(file)
    for address, entry in sorted(truth.items()):
        for part in ("cache", "eval"):
            path = os.path.join(folder, part, entry["file"])
            if os.path.exists(path):
                with open(path, "rb") as file:
                    yield address, entry["with"], entry["without"], file.read()
                break


def warc(address, body):
    """A response record, so that the page comes as bytes with its address."""
    http = (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body)) + body
    uri = address.encode("ascii", "ignore")
    head = (b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012x>\r\n"
            b"WARC-Date: 2026-01-01T00:00:00Z\r\nWARC-Target-URI: %s\r\n"
            b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n")
    return lambda number: head % (number, uri, len(http)) + http + b"\r\n\r\n"


def ours(binary, found):
    """The content of every page as `adwatch scan` tells it, and the seconds of processor time."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    scan = subprocess.Popen(
        [binary, "scan", "-", "--format", "warc", "--jobs", "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    writer = os.fork()
    if writer == 0:
        for number, (address, _, _, body) in enumerate(found):
            scan.stdin.write(warc(address, body)(number))
        scan.stdin.close()
        os._exit(0)
    scan.stdin.close()
    texts = []
    for line in scan.stdout:
        record = json.loads(line)
        if record["listing"]:
            # A listing's own words are those of its adverts.
            texts[-1] += "\n" + record["text"]
            continue
        text = (record["text"] or "").encode()
        texts.append("\n".join(text[start:end].decode() for start, end in record["content"]))
    scan.wait()
    os.waitpid(writer, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return texts, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def theirs(found):
    from trafilatura import extract
    start = time.process_time()
    texts = [extract(body, output_format="txt", include_comments=False) or "" for _, _, _, body in found]
    return texts, time.process_time() - start


def score(texts, found):
    kept = missed = wrong = 0
    for text, (_, wanted, unwanted, _) in zip(texts, found, strict=True):
        have = sum(segment in text for segment in wanted)
        kept += have
        missed += len(wanted) - have
        wrong += sum(segment in text for segment in unwanted)
    precision, recall = kept / (kept + wrong), kept / (kept + missed)
    return {"precision": precision, "recall": recall, "f1": 2 * precision * recall / (precision + recall),
            "kept": kept, "missed": missed, "wrong": wrong}


def fields(binary, folder):
    """Exact matches of the fields of a job board's pages: hits, extra, missed."""
    truth = {}
    for key, name in (("title", "title"), ("employer", "company"), ("place", "location"), ("posted", "date_posted")):
        with open(os.path.join(folder, "groundtruth", f"job-monster-{name}.txt"), encoding="utf-8-sig") as file:
            for line in file:
                parts = [part.strip() for part in line.split("\t")]
                if len(parts) >= 3 and len(parts[0]) == 4 and parts[1] == "1":
                    truth.setdefault(parts[0], {})[key] = parts[2]
    hits = extra = missed = 0
    scan = subprocess.run(
        [binary, "scan", os.path.join(folder, "html"), "--no-text"], stdout=subprocess.PIPE, check=True)
    for line in scan.stdout.splitlines():
        record = json.loads(line)
        stated = truth.get(os.path.basename(record["id"])[:4], {})
        for key in ("title", "employer", "place", "posted"):
            found, wanted = record["fields"][key], stated.get(key)
            hits += found is not None and found == wanted
            extra += found is not None and found != wanted
            missed += wanted is not None and found != wanted
    return {"hits": hits, "extra": extra, "missed": missed, "f1": 2 * hits / (2 * hits + extra + missed)}


def main():
    options = arguments()
    found = list(pages(options.pages))
    figures = {"pages": len(found)}
    for name, (texts, seconds) in (("adwatch", ours(options.binary, found)), ("trafilatura", theirs(found))):
        figures[name] = score(texts, found) | {"seconds": seconds}
    print(f"{len(found)} pages, {sum(len(page[3]) for page in found) / 1e6:.1f} MB")
    print("              precision  recall     F1   CPU s")
    for name in ("adwatch", "trafilatura"):
        row = figures[name]
        print(f"{name:12}  {row['precision']:9.3f}  {row['recall']:6.3f}  {row['f1']:5.3f}  {row['seconds']:6.1f}")
    print("adwatch does everything else of a scan in its time: selectors, facts, patterns, assessment")
    if options.jobs and os.path.isdir(os.path.join(options.jobs, "groundtruth")):
        figures["fields"] = row = fields(options.binary, options.jobs)
        print(f"fields of {options.jobs}: exact F1 {row['f1']:.3f} "
              f"({row['hits']} right, {row['extra']} wrong, {row['missed']} missed)")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)


main()
