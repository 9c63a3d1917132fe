"""kill -9 at random instants."""
import collections
import random
import signal
import time

from bench import Crawl, Failed, Nginx, check_politeness, say

GROUPS = [("127.0.1.1", 0.25), ("127.0.1.2", 0.3), ("127.0.1.3", 0.4), ("127.0.1.4", 0.6)]
PAGES = 80


def run(options, folder):
    chance = random.Random(options.seed)
    groups = [(host, options.port, delay, PAGES) for host, delay in GROUPS]
    nginx = Nginx(folder, groups)
    delays = dict(GROUPS)
    crawl = Crawl(
        options, folder, [f"http://{host}:{options.port}/" for host, _ in GROUPS],
        [f"{host}:{options.port}" for host, _ in GROUPS], [delay for _, delay in GROUPS],
    )
    known, began = {}, time.monotonic()
    in_request = rounds_with_progress = 0
    try:
        for number in range(options.kills):
            unvisited = crawl.rows("SELECT COUNT(*) FROM address WHERE visited_at IS NULL AND due_at IS NOT NULL")
            more = ["--revisit"] if unvisited and unvisited[0][0] == 0 else []
            process = crawl.begin(*more)
            # From the first instruction to well into the crawl.
            time.sleep(chance.uniform(0.02, 2.2))
            if process.poll() is not None:
                raise Failed(f"round {number}: ended by itself: {process.stderr.read()[-500:]}")
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stderr.close()
            now = crawl.captures()
            for capture, row in known.items():
                if now.get(capture) != row:
                    raise Failed(f"round {number}: capture {capture} was lost or changed")
            rounds_with_progress += len(now) > len(known)
            known = now
            if number % 5 == 0 or number > options.kills - 5:
                if known:
                    crawl.verify()
        say(f"  {options.kills} kills in {time.monotonic() - began:.0f} s, {rounds_with_progress} after new captures")
        if rounds_with_progress < options.kills / 4:
            raise Failed("most kills came before the first capture and prove little; is it a release build?")
        last = crawl.run("--once")
        if last.returncode != 0:
            raise Failed(f"the last pass: {last.stderr[-500:]}")
        crawl.verify()
        files = crawl.foreign()
        visits = nginx.visits()
        least = check_politeness(visits, delays)
        asked = collections.Counter((host, path) for _, host, path, _ in visits)
        wanted = {(host, path) for host, _ in GROUPS for path in
                  ["/", "/robots.txt"] + [f"/job/{n}.html" for n in range(PAGES)]}
        if set(asked) != wanted:
            raise Failed(f"not fetched: {sorted(wanted - set(asked))[:5]}, not expected: {sorted(set(asked) - wanted)[:5]}")
        captured = collections.Counter()
        for url, in crawl.rows("SELECT url FROM capture"):
            host, path = url.removeprefix("http://").split("/", 1)
            captured[(host.split(":")[0], "/" + path)] += 1
        for place in wanted:
            if not captured[place]:
                raise Failed(f"{place} was fetched and is not evidence")
            if captured[place] > asked[place]:
                raise Failed(f"{place} was asked for {asked[place]} times and captured {captured[place]} times")
        doubled = crawl.rows("SELECT record_id FROM warc_member GROUP BY record_id HAVING COUNT(*) > 1")
        if doubled:
            raise Failed(f"{len(doubled)} records are doubled")
        lost = sum(asked.values()) - sum(captured.values())
        say(f"  {sum(asked.values())} requests, {sum(captured.values())} captures, {lost} requests under way when killed")
        say("  least time between starts: " + ", ".join(f"{least[h]:.3f} s of {d} s" for h, d in GROUPS))
        say(f"  {files} WARC files pass warcio, fastwarc, warcvalid and verify")
    finally:
        nginx.stop()
