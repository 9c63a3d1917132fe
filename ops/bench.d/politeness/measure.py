"""The measurements of `ops/bench politeness`: one server and one program at a time."""
import argparse
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REFUSED = {"429", "503"}
LETTERS = str.maketrans("0123456789", "ghijklmnop")


def arguments():
    parser = argparse.ArgumentParser()
    for name in ("binary", "nginx", "work", "delay"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("pages", "rate", "seconds", "port"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--json")
    return parser.parse_args()


def write_site(folder, pages):
    """A start page, lists of fifty adverts each, and the adverts."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(f"{folder}/list")
    os.makedirs(f"{folder}/job")
    adverts = pages - pages // 50 - 1
    lists = [range(i, min(i + 50, adverts)) for i in range(0, adverts, 50)]

    def page(path, title, text, links):
        items = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
        with open(f"{folder}/{path}.html", "w", encoding="utf-8") as file:
            file.write(f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{text}</p><ul>{items}</ul>")

    page("index", "Jobs", "Work of all kinds.", [f"/list/{i}.html" for i in range(len(lists))])
    for number, members in enumerate(lists):
        page(f"list/{number}", f"List {number}", "Work.", [f"/job/{i}.html" for i in members])
    for number in range(adverts):
        # Words of its own: adverts that repeat each other are taken for a trap, and rightly.
        letters = hashlib.sha256(str(number).encode()).hexdigest().translate(LETTERS)
        words = " ".join(letters[i:i + 6] for i in range(0, 60, 6))
        page(f"job/{number}", f"Job {number}", f"You sort boxes on Mondays at {words}.", [])


CONFIGURATION = """
worker_processes 1;
pid {work}/nginx.pid;
error_log {work}/error.log;
events {{ worker_connections 256; }}
http {{
  types {{ text/html html; }}
  client_body_temp_path {work}/temp; proxy_temp_path {work}/temp; fastcgi_temp_path {work}/temp;
  uwsgi_temp_path {work}/temp; scgi_temp_path {work}/temp;
  log_format times '$msec $status $request_uri';
  access_log {log} times;
  limit_req_zone $server_port zone=site:1m rate={rate}r/s;
  limit_req_status 429;
  server {{
    listen 127.0.1.1:{port};
    root {work}/site;
    location / {{ limit_req zone=site burst=5 nodelay; }}
  }}
}}
"""


class Server:
    """nginx with a fresh count and a log of its own."""

    def __init__(self, options, name):
        self.log = f"{options.work}/{name}.log"
        open(self.log, "w", encoding="utf-8").close()
        text = CONFIGURATION.format(
            work=options.work, log=self.log, rate=options.rate, port=options.port)
        path = f"{options.work}/nginx.conf"
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        self.process = subprocess.Popen(
            [options.nginx, "-p", options.work, "-e", f"{options.work}/error.log", "-c", path,
             "-g", "daemon off;"], start_new_session=True)
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.1.1", options.port)) == 0:
                    return
            time.sleep(0.1)
        self.stop()
        sys.exit("ops/bench politeness: nginx does not answer")

    def stop(self):
        self.process.terminate()
        self.process.wait(10)

    def figures(self):
        with open(self.log, encoding="utf-8") as file:
            rows = [line.split(" ", 2) for line in file]
        pages = {row[2] for row in rows if row[1] == "200"}
        return {
            "pages": len(pages), "requests": len(rows),
            "refused": sum(row[1] in REFUSED for row in rows),
            "seconds": round(float(rows[-1][0]) - float(rows[0][0]), 1) if rows else 0,
        }


def seeds(options):
    path = f"{options.work}/seeds"
    os.makedirs(path, exist_ok=True)
    with open(f"{path}/bench.yaml", "w", encoding="utf-8") as file:
        file.write(f"""format: adwatch.source/1
source: bench
start: [http://127.0.1.1:{options.port}/]
adverts: {{url: /job/*}}
listings: {{url: /list/*}}
politeness: {{delay: {options.delay}}}
network: {{allow: [127.0.0.0/8]}}
purpose: bench
legal_basis: none needed
""")
    return path


def run(options, name, command):
    server = Server(options, name)
    try:
        # Each program in a session of its own: what it started ends with it.
        with open(f"{options.work}/{name}.out", "wb") as out:
            program = subprocess.Popen(
                command, stdout=out, stderr=out, start_new_session=True, cwd=options.work)
            try:
                program.wait(options.seconds)
            except subprocess.TimeoutExpired:
                program.terminate()
                try:
                    program.wait(20)
                except subprocess.TimeoutExpired:
                    os.killpg(program.pid, signal.SIGKILL)
                    program.wait()
    finally:
        server.stop()
    return server.figures()


def main():
    options = arguments()
    shutil.rmtree(options.work, ignore_errors=True)
    os.makedirs(f"{options.work}/temp")
    write_site(f"{options.work}/site", options.pages)
    url = f"http://127.0.1.1:{options.port}/"
    peer = shutil.which("wget2") or shutil.which("wget")
    binary = os.path.abspath(options.binary)
    programs = {
        "adwatch": [
            binary, "crawl", "--once", "--data", f"{options.work}/data", "--seeds", seeds(options),
            "--patterns", os.path.abspath("Patterns")],
        "scrapy": [sys.executable, os.path.join(HERE, "spider.py"), url],
        os.path.basename(peer): [
            peer, "-r", "-l", "inf", "-nv", "-P", f"{options.work}/mirror", url],
    }
    figures = {name: run(options, name, command) for name, command in programs.items()}
    print(f"{options.rate} requests/s allowed, delay declared {options.delay}, {options.seconds} s each")
    for name, row in figures.items():
        print(f"{name:8} {row['pages']:6} pages {row['refused']:6} refused of {row['requests']:6}"
              f" requests in {row['seconds']} s")
    ours = figures.pop("adwatch")
    fewest = min(row["refused"] for row in figures.values())
    most = max(row["pages"] for row in figures.values())
    problems = []
    if ours["refused"] * 10 > fewest:
        problems.append(f"{ours['refused']} refused; a tenth of the others' is {fewest / 10}")
    if ours["pages"] < 0.9 * most:
        problems.append(f"{ours['pages']} pages; 90 % of the faster one's is {0.9 * most:.0f}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"adwatch": ours, **figures, "problems": problems}, file, indent=2)
    for problem in problems:
        print(f"ops/bench politeness: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


main()
