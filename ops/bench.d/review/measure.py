"""Measures the pages of the review and Datasette's on the same database; see run."""
import argparse
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.parse

import generate

PASSWORD = "a long invented password"
MOST_BYTES = 150_000


def start(arguments, ready, log):
    process = subprocess.Popen(arguments, stdout=log, stderr=log)
    for _ in range(6000):
        if process.poll() is not None:
            sys.exit(f"ended with {process.returncode}: {' '.join(arguments)}")
        try:
            socket.create_connection(("127.0.0.1", ready), timeout=0.2).close()
            return process
        except OSError:
            time.sleep(0.1)
    sys.exit(f"nothing listens at {ready}")


class Browser:
    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def ask(self, method, path, fields=None):
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            began = time.perf_counter()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # It rested for longer than the server keeps a connection.
            self.connection.close()
            began = time.perf_counter()
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
        page = answer.read()
        took = time.perf_counter() - began
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return answer.status, page.decode("utf-8", "replace"), took

    def field(self, page, name):
        return re.search(f'name="{name}" value="([^"]*)"', page).group(1)

    def sign_in(self, login):
        _, page, _ = self.ask("GET", "/sign-in")
        self.ask("POST", "/sign-in", {"login": login, "password": PASSWORD, "to": "/",
                                      "form_token": self.field(page, "form_token")})
        _, page, _ = self.ask("GET", "/purpose")
        self.ask("POST", "/purpose", {"token": self.field(page, "token"), "purpose": "detection", "to": "/"})


def measured(browser, name, path, rounds, group):
    times, size = [], 0
    for _ in range(rounds):
        status, page, took = browser.ask("GET", path)
        if status != 200:
            sys.exit(f"{name}: {status} at {path}")
        times.append(took)
        size = len(page.encode())
    median = statistics.median(times) * 1000
    print(f"  {name:34} {median:8.1f} ms  (most {max(times) * 1000:8.1f})  {size / 1000:7.1f} kB", flush=True)
    return {"page": name, "group": group, "median_ms": median, "most_ms": max(times) * 1000, "bytes": size}


def make(program, folder, adverts):
    if os.path.exists(f"{folder}/made"):
        return
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    # Commands refuse a folder without a database; an empty one is brought up to date.
    open(f"{folder}/adwatch.sqlite", "w").close()
    for login, role in (("analyst", "analyst"), ("auditor", "auditor")):
        subprocess.run([program, "account", "add", login, "--role", role, "--data", folder],
                       input=PASSWORD + "\n", text=True, check=True, stdout=subprocess.DEVNULL)
    began = time.time()
    generate.fill(f"{folder}/adwatch.sqlite", adverts)
    subprocess.run([program, "status", "--data", folder], stdout=subprocess.DEVNULL)
    print(f"made {adverts} adverts in {time.time() - began:.0f} s, "
          f"{os.path.getsize(folder + '/adwatch.sqlite') / 1e9:.1f} GB", flush=True)
    open(f"{folder}/made", "w").close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("--adverts", type=int, required=True)
    parser.add_argument("--rounds", type=int, required=True)
    parser.add_argument("--slow", type=int, required=True)
    parser.add_argument("--json")
    asked = parser.parse_args()
    folder = f"{asked.work}/{asked.adverts}"
    make(asked.program, folder, asked.adverts)
    database = f"{folder}/adwatch.sqlite"
    log = open(f"{asked.work}/servers.log", "w")
    running, figures = [], []
    try:
        running.append(start([asked.program, "review", "--data", folder, "--listen", "127.0.0.1:8497"], 8497, log))
        datasette = os.path.join(os.path.dirname(sys.executable), "datasette")
        running.append(start([datasette, "serve", "-i", database, "-p", "8498"], 8498, log))
        figures = pages(asked, database)
    finally:
        for process in running:
            process.send_signal(signal.SIGTERM)
        for process in running:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
    report(figures)
    if asked.json:
        json.dump(figures, open(asked.json, "w"), indent=1)


def pages(asked, database):
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        advert, cluster = db.execute("SELECT advert, cluster FROM review_item LIMIT 1 OFFSET 99").fetchone()
        phone = db.execute("SELECT value FROM selector LIMIT 1 OFFSET 500").fetchone()[0]
        queue = db.execute("SELECT COUNT(*) FROM review_item").fetchone()[0]
    print(f"{asked.adverts} adverts, {queue} for review; median of {asked.rounds} requests", flush=True)
    analyst, auditor, peer = Browser(8497), Browser(8497), Browser(8498)
    analyst.sign_in("analyst")
    auditor.sign_in("auditor")
    quoted = urllib.parse.quote(phone)
    own = [
        ("queue", "/queue", "list"), ("queue, by age", "/queue?order=oldest", "list"),
        ("queue, two filters", "/queue?form=labour&place=NL%2FUtrecht", "list"),
        ("queue, by indicator", "/queue?indicator=L11", "list"), ("urgent", "/urgent", "list"),
        ("search, two words", "/search?q=forklift+tulip", "search"),
        ("search, phrase", "/search?q=%22north+south%22", "search"),
        ("search, number", f"/search?q={quoted}", "search"),
        ("selector", f"/selectors?kind=phone&value={quoted}", "search"),
        ("advert", f"/adverts/{advert}", ""), ("group", f"/groups/{cluster}", ""),
        ("case report", f"/adverts/{advert}/report", ""),
        ("extract", f"/adverts/{advert}/extract/police", ""), ("figures", "/figures", ""),
        ("patterns", "/patterns", ""), ("indicator", "/patterns/L11", ""),
        ("sources", "/sources", ""), ("trends", "/trends", ""),
    ]
    for path in ("/trends", "/sources"):  # counted apart from pages: wait for the first count
        for _ in range(300):
            if "being counted" not in analyst.ask("GET", path)[1]:
                break
            time.sleep(1)
    figures = [measured(analyst, name, path, asked.rounds, group) for name, path, group in own]
    figures.append(measured(auditor, "who saw what", "/audit", asked.rounds, "list"))
    print("Datasette", flush=True)
    table = "/adwatch"
    others = [
        ("adverts", f"{table}/advert?_size=25", "list"),
        ("for review, by priority", f"{table}/review_item?_sort_desc=priority&_size=25", "list"),
        ("for review, one filter", f"{table}/review_item?form=labour&_size=25", "list"),
        ("search, two words", f"{table}/advert_version?_search=forklift+tulip&_size=25", "search"),
        ("search, phrase", f"{table}/advert_version?_search=%22north+south%22&_size=25", "search"),
        ("selector", f"{table}/selector?kind=phone&value={quoted}&_size=25", "search"),
    ]
    figures += [
        measured(peer, name, path, max(3, asked.rounds // 3), "datasette " + group)
        for name, path, group in others
    ]
    if asked.slow:
        figures.append(slow(analyst, asked))
    return figures


def slow(browser, asked):
    """Holds connections open in the middle of a request and asks beside them."""
    held = []
    for number in range(asked.slow):
        try:
            peer = socket.create_connection(("127.0.0.1", 8497), timeout=5)
            peer.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow" if number % 2 else
                         b"POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nslow")
            held.append(peer)
        except OSError:
            break
    print(f"beside {len(held)} connections that stand still", flush=True)
    figure = measured(browser, "queue, kept connection", "/queue", asked.rounds, "slow")
    began = time.perf_counter()
    fresh = Browser(8497)
    status, _, _ = fresh.ask("GET", "/sign-in")
    figure["new_connection_s"] = time.perf_counter() - began
    print(f"  a new connection was answered ({status}) after {figure['new_connection_s']:.1f} s", flush=True)
    for peer in held:
        peer.close()
    figure["connections"] = len(held)
    return figure


PAIRS = [
    ("queue", "for review, by priority"), ("queue, two filters", "for review, one filter"),
    ("search, two words", "search, two words"), ("search, phrase", "search, phrase"),
    ("selector", "selector"),
]


def report(figures):
    own = {f["page"]: f["median_ms"] for f in figures if not f["group"].startswith("datasette")}
    peer = {f["page"]: f["median_ms"] for f in figures if f["group"].startswith("datasette")}
    for page, other in PAIRS:
        print(f"{page}: {own[page]:.1f} ms, Datasette {peer[other]:.1f} ms ({peer[other] / own[page]:.0f} times)")
    largest = max((f for f in figures if not f["group"].startswith("datasette")), key=lambda f: f["bytes"])
    print(f"largest page {largest['bytes'] / 1000:.1f} kB ({largest['page']}); bound {MOST_BYTES / 1000:.0f} kB")


main()
