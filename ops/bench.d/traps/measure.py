"""measure.py BINARY WORK REQUESTS ADVERTS PORT: the measurement of `ops/bench traps`."""
import collections
import http.server
import os
import shutil
import subprocess
import sys
import threading

from board import Site

BINARY, WORK = os.path.abspath(sys.argv[1]), sys.argv[2]
REQUESTS, ADVERTS, PORT = map(int, sys.argv[3:])
SITE = Site(ADVERTS)
SEEN = collections.Counter()
JOBS = set()
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        try:
            status, text, trap = SITE.answer(self.path)
        except (ValueError, IndexError):
            status, text, trap = 404, "", None
        with LOCK:
            SEEN[trap or "real"] += 1
            if trap is None and status == 200 and self.path.startswith("/job/"):
                JOBS.add(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    shutil.rmtree(WORK, ignore_errors=True)
    os.makedirs(f"{WORK}/seeds")
    with open(f"{WORK}/seeds/bench.yaml", "w", encoding="utf-8") as file:
        file.write(f"""format: adwatch.source/1
source: bench
start: [http://127.0.1.1:{PORT}/]
adverts: {{url: /job/*, id: "/job/{{id}}"}}
listings: {{url: ["/list?page=*"]}}
form: labour
politeness: {{delay: 0, concurrency: 4}}
network: {{allow: [127.0.0.0/8]}}
purpose: bench
legal_basis: none needed
""")
    server = http.server.ThreadingHTTPServer(("127.0.1.1", PORT), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    subprocess.run(
        [BINARY, "crawl", "--once", "--requests", str(REQUESTS), "--data", f"{WORK}/data",
         "--seeds", f"{WORK}/seeds", "--patterns", os.path.abspath("Patterns")], check=True)
    server.shutdown()
    trapped = sum(SEEN.values()) - SEEN["real"]
    for name, count in sorted(SEEN.items()):
        print(f"{count:6} {name}")
    print(f"{sum(SEEN.values())} requests, {trapped} in traps, {len(JOBS)} of {ADVERTS} adverts")
    problems = []
    if trapped > 0.02 * REQUESTS:
        problems.append(f"{trapped} requests in traps; 2 % is {0.02 * REQUESTS:.0f}")
    if len(JOBS) < ADVERTS:
        problems.append(f"{ADVERTS - len(JOBS)} adverts were not found")
    for problem in problems:
        print(f"ops/bench traps: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
