"""What all parts share: nginx, the program, and the checks."""
import gzip
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import time
import zlib

TOLERANCE = 0.1
REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


class Failed(Exception):
    """Something does not hold."""


WORDS = (
    "beans peas leeks apples pears plums cherries carrots onions lettuce tomatoes peppers tulips roses "
    "north south east west hill valley river lake bridge station market harbour early late morning evening "
    "gloves boots bus bicycle tractor crate basket ladder tent barn kitchen canteen team alone slowly quickly"
).split()


def words(n):
    """Words of an advert that is no near copy of another, which the trap guard would hold back."""
    return "You pick " + " ".join(random.Random(n).choices(WORDS, k=14))


class Nginx:
    """A site under nginx; `groups` is a list of (host, port, delay, pages)."""

    def __init__(self, folder, groups, extra=""):
        self.folder = folder
        self.groups = groups
        self.log = folder / "times.log"
        www = folder / "www"
        for host, port, _, pages in groups:
            root = www / host
            root.mkdir(parents=True, exist_ok=True)
            links = " ".join(f'<a href="/job/{n}.html">{n}</a>' for n in range(pages))
            (root / "index.html").write_text(f"<title>Jobs at {host}</title>{links}")
            (root / "job").mkdir(exist_ok=True)
            for n in range(pages):
                (root / "job" / f"{n}.html").write_text(
                    f"<title>Picker {n}</title><main><h1>Picker {n}</h1>"
                    f"<p>{words(n)}: field {n * 7919 % 9973} of {host}.</p></main>"
                )
        servers = "\n".join(
            f"server {{ listen {host}:{port}; root {www}/{host}; }}" for host, port, _, _ in groups
        )
        (folder / "nginx.conf").write_text(
            f"""daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  log_format times '$msec $request_time $server_addr $request_uri $status';
  access_log {self.log} times;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  default_type text/html; {extra}
  {servers}
}}"""
        )
        self.process = None
        self.start()

    def start(self):
        nginx = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
        self.process = subprocess.Popen(
            [nginx, "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", str(self.folder / "nginx.conf")]
        )
        time.sleep(0.3)

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def wait_for(self, count, timeout=60):
        """Until so many requests more were made."""
        start, deadline = len(self.visits()), time.monotonic() + timeout
        while len(self.visits()) < start + count:
            if time.monotonic() > deadline:
                raise Failed(f"less than {count} requests in {timeout} s")
            time.sleep(0.05)

    def visits(self):
        """(start, host, path, status) of every request, in order of their starts."""
        visits = []
        if not self.log.exists():
            return visits
        for line in self.log.read_text().splitlines():
            end, took, host, path, status = line.split(" ")
            visits.append((float(end) - float(took), host, path, int(status)))
        return sorted(visits)


class Crawl:
    """A data directory, its source, and the program on it."""

    def __init__(self, options, folder, start, hosts, delay, more=""):
        self.options = options
        self.data = folder / "data"
        self.seeds = folder / "Seeds"
        self.seeds.mkdir(parents=True, exist_ok=True)
        for number, (first, host, pause) in enumerate(zip(start, hosts, delay)):
            (self.seeds / f"site{number}.yaml").write_text(
                f"""format: adwatch.source/1
source: site{number}
start: ["{first}"]
scope: {{hosts: ["{host}"]}}
adverts: {{url: "/job/*"}}
politeness: {{delay: {pause}s}}
network: {{allow: [127.0.0.0/8]{more}}}
purpose: bench
legal_basis: none needed
"""
            )

    def words(self, *more, command="crawl"):
        words = [self.options.binary, command, "--data", str(self.data)]
        if command == "crawl":
            words += ["--seeds", str(self.seeds), "--patterns", str(REPOSITORY / "Patterns")]
        return words + list(more)

    def begin(self, *more, before=(), env=None):
        return subprocess.Popen(
            list(before) + self.words(*more), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env={**os.environ, **(env or {})},
        )

    def run(self, *more, before=(), env=None, timeout=900, command="crawl"):
        return subprocess.run(
            list(before) + self.words(*more, command=command), capture_output=True, text=True,
            env={**os.environ, **(env or {})}, timeout=timeout,
        )

    def rows(self, sql):
        if not (self.data / "adwatch.sqlite").exists():
            return []
        with sqlite3.connect(f"file:{self.data}/adwatch.sqlite?mode=ro", uri=True, timeout=10) as database:
            try:
                return database.execute(sql).fetchall()
            except sqlite3.OperationalError:
                return []

    def captures(self):
        return dict(
            (row[0], row[1:])
            for row in self.rows(
                "SELECT c.id, c.url, c.began_at, c.status, c.payload_digest, "
                "(SELECT group_concat(m.record_id || m.offset) FROM warc_member m WHERE m.capture = c.id) "
                "FROM capture c"
            )
        )

    def verify(self):
        result = self.run(command="verify")
        if result.returncode != 0:
            raise Failed(f"verify: {result.stdout[-2000:]}{result.stderr[-500:]}")

    def foreign(self):
        """Every file of evidence by three tools of others; how many files."""
        count = 0
        for file in sorted(self.data.rglob("*.warc.gz")):
            # warctools 5.0.1 stops at every WARC 1.1 with an error of its own, so it is given the same
            # records under the older version's name.
            older = self.data.parent / "older.warc.gz"
            older.write_bytes(rename(file.read_bytes()))
            for tool in (["warcio", "check"], ["fastwarc", "check"], ["warcvalid"]):
                command = [str(pathlib.Path(self.options.tools) / tool[0])] + tool[1:]
                command.append(str(older if tool[0] == "warcvalid" else file))
                result = subprocess.run(command, capture_output=True, text=True)
                if result.returncode != 0:
                    raise Failed(f"{tool[0]} {file}: {result.stdout[-500:]}{result.stderr[-500:]}")
            count += 1
        return count


def rename(data):
    """The members of a file, each with WARC/1.0 in the place of WARC/1.1."""
    result = []
    while data:
        reader = zlib.decompressobj(31)
        plain = reader.decompress(data) + reader.flush()
        if not plain.startswith(b"WARC/1.1\r\n"):
            raise Failed("a member does not begin with WARC/1.1")
        result.append(gzip.compress(b"WARC/1.0" + plain[8:], 1))
        data = reader.unused_data
    return b"".join(result)


def check_politeness(visits, delays):
    """The least time between starts of a group, in units of its delay; raises when one is too short."""
    last, least = {}, {}
    for at, host, path, _ in visits:
        if host in last:
            gap = at - last[host]
            least[host] = min(least.get(host, 1e9), gap)
            if gap < delays[host] - TOLERANCE:
                raise Failed(f"{host}{path} came {gap:.3f} s after the one before; its delay is {delays[host]} s")
        last[host] = at
    return least


def say(text):
    print(text)
    sys.stdout.flush()
