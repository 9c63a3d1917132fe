"""Everything else that goes wrong."""
import gzip
import os
import resource
import socket
import ssl
import subprocess
import threading
import time

from bench import Crawl, Failed, Nginx, check_politeness, say

HOST = "127.0.1.1"


def site(options, folder, pages, delay, host=HOST):
    nginx = Nginx(folder, [(HOST, options.port, delay, pages)])
    crawl = Crawl(options, folder, [f"http://{host}:{options.port}/"], [f"{host}:{options.port}"], [delay])
    return nginx, crawl


def finish(crawl, nginx, pages, delay, clock=None):
    """A last pass, and what has to be so after every fault."""
    env = clock or {}
    last = crawl.run("--once", "--revisit", env=env)
    if last.returncode != 0:
        raise Failed(f"the last pass: {last.stderr[-500:]}")
    crawl.verify()
    files = crawl.foreign()
    paths = {path for _, _, path, _ in nginx.visits()}
    missing = {f"/job/{n}.html" for n in range(pages)} - paths
    if missing:
        raise Failed(f"{len(missing)} pages were never fetched")
    adverts = crawl.rows("SELECT COUNT(*) FROM advert")[0][0]
    if adverts != pages:
        raise Failed(f"{adverts} adverts of {pages}")
    least = check_politeness(nginx.visits(), {HOST: delay})
    say(f"  {len(nginx.visits())} requests, at least {least[HOST]:.3f} s apart; {files} files pass three tools and verify")


def disk(options, folder):
    """No room left: it stops, loses nothing, and goes on with more."""
    small = folder / "small"
    small.mkdir()
    if os.getuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1500k", "tmpfs", str(small)]).returncode:
        say("  left out: no mounts here")
        return "left out"
    nginx, crawl = site(options, folder, 150, 0.02)
    crawl.data = small / "data"
    try:
        full = crawl.run("--once")
        if full.returncode != 3 or "no space left" not in full.stderr:
            raise Failed(f"exit {full.returncode}: {full.stderr[-500:]}")
        again = crawl.run("--once")
        if again.returncode != 3:
            raise Failed(f"a second start on the full disk: exit {again.returncode}: {again.stderr[-500:]}")
        subprocess.run(["mount", "-o", "remount,size=200m", str(small)], check=True)
        crawl.verify()
        finish(crawl, nginx, 150, 0.02)
    finally:
        nginx.stop()
        subprocess.run(["umount", str(small)])


def clock(options, folder):
    """The clock jumps a day ahead, a day back, an hour back and forth, while it runs and between runs."""
    library = folder / "clock.so"
    source = os.path.join(os.path.dirname(__file__), "..", "..", "clock.c")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", str(library), source, "-ldl"], check=True)
    offset = folder / "offset"
    offset.write_text("0")
    env = {"LD_PRELOAD": str(library), "CLOCK_OFFSET": str(offset)}
    nginx, crawl = site(options, folder, 60, 0.2)
    try:
        for before, after in [(0, 86_400), (86_400, 0), (0, -3600), (-3600, 3600)]:
            offset.write_text(str(before))
            process = crawl.begin("--revisit", env=env)
            # Before the first request of a day that is over, there may be nothing to see.
            time.sleep(4)
            offset.write_text(str(after))
            time.sleep(4)
            if process.poll() is not None:
                raise Failed(f"ended at a jump from {before} to {after}: {process.stderr.read()[-500:]}")
            process.kill()
            process.wait()
            process.stderr.close()
            crawl.verify()
        offset.write_text("0")
        seen = len(nginx.visits())
        finish(crawl, nginx, 60, 0.2, clock=env)
        say(f"  after the last jump, an hour back, {len(nginx.visits()) - seen} requests in one pass")
    finally:
        nginx.stop()


def dns(options, folder):
    """No name is found any more, and then again."""
    hosts = folder / "hosts"
    hosts.write_text(f"127.0.0.1 localhost\n{HOST} board.test\n")
    inside = ["unshare", "-m", "sh", "-c", f'mount --bind {hosts} /etc/hosts && exec "$@"', "-"]
    if os.getuid() != 0 or subprocess.run(inside + ["true"], capture_output=True).returncode:
        say("  left out: no mounts here")
        return "left out"
    nginx, crawl = site(options, folder, 12, 2, host="board.test")
    try:
        process = crawl.begin("--revisit", before=inside)
        nginx.wait_for(4)
        process.kill()
        process.wait()
        process.stderr.close()
        held = crawl.captures()
        gone = crawl.run("--once", "--revisit", "--longest-wait", "3", timeout=200)
        if gone.returncode != 0:
            raise Failed(f"without names: exit {gone.returncode}: {gone.stderr[-500:]}")
        named = crawl.rows("SELECT COUNT(*) FROM capture WHERE outcome = 'dns-failure'")[0][0]
        if not named:
            raise Failed("a name that is not found was not named so")
        if not set(held.items()) <= set(crawl.captures().items()):
            raise Failed("captures were lost")
        say(f"  {named} attempts recorded as dns-failure")
        wait = crawl.rows("SELECT MAX(next_allowed), MAX(COALESCE(blocked_until, 0)) FROM politeness_group")[0]
        left = max(wait) / 1000 - time.time()
        last = crawl.run("--once", "--revisit", "--longest-wait", str(max(left, 0) + 60), before=inside, timeout=max(left, 0) + 300)
        if last.returncode != 0:
            raise Failed(f"with names again: {last.stderr[-500:]}")
        crawl.verify()
        paths = {path for _, _, path, _ in nginx.visits()}
        if not {f"/job/{n}.html" for n in range(12)} <= paths:
            raise Failed("not every page was fetched")
        least = check_politeness(nginx.visits(), {HOST: 2})
        say(f"  {len(nginx.visits())} requests, at least {least[HOST]:.3f} s apart; {crawl.foreign()} files pass")
    finally:
        nginx.stop()


def server(options, folder):
    """nginx goes away in the middle, and comes back."""
    nginx, crawl = site(options, folder, 80, 0.1)
    try:
        process = crawl.begin("--revisit")
        nginx.wait_for(10)
        nginx.stop()
        time.sleep(3)
        nginx.start()
        time.sleep(1)
        process.terminate()
        if process.wait(timeout=60) != 0:
            raise Failed(f"exit {process.returncode}: {process.stderr.read()[-500:]}")
        process.stderr.close()
        refused = crawl.rows("SELECT COUNT(*) FROM capture WHERE outcome IN ('connection-refused', 'disconnected')")[0][0]
        if not refused:
            raise Failed("that the server was away was not recorded")
        say(f"  {refused} attempts recorded while it was away")
        finish(crawl, nginx, 80, 0.1)
    finally:
        nginx.stop()


PAGE = b"<!doctype html><title>Picker</title><main><h1>Picker</h1><p>You pick beans.</p></main>"
# Last number of the address of the first of them.
FIRST_BAD = 10
# Each answers badly at a host of its own: what one server does slows its own group alone.
BAD = ["drip", "slow", "cut", "chunk", "reset", "loop", "hop", "flood", "long", "bomb", "brotli", "many", "binary"]


def answer(connection, host, path):
    def send(head, body=b""):
        connection.sendall(("HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\n").encode() + body)

    html = "200 OK\r\nContent-Type: text/html"
    name = path.strip("/").removeprefix("job/")
    if name == "":
        first = host - FIRST_BAD
        links = [BAD[first]] if 0 <= first < len(BAD) else []
        links += [f"{n}.html" for n in range(20 if host == 1 else 3)]
        send(html, "".join(f'<a href="/job/{link}">{link}</a> ' for link in links).encode())
    elif name.endswith(".html"):
        send(html, PAGE)
    elif name == "drip":
        send(html)
        for _ in range(600):
            connection.sendall(b"x")
            time.sleep(1)
    elif name == "slow":
        time.sleep(600)
    elif name == "cut":
        send(html + "\r\nContent-Length: 100000", PAGE)
    elif name == "chunk":
        send(html + "\r\nTransfer-Encoding: chunked", b"ffffff\r\nabc")
    elif name == "reset":
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    elif name == "loop":
        send("302 Found\r\nLocation: /job/hop")
    elif name == "hop":
        send("302 Found\r\nLocation: /job/loop")
    elif name == "flood":
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for number in range(200_000):
            connection.sendall(b"X-%d: %s\r\n" % (number, b"y" * 100))
    elif name == "long":
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        for _ in range(2000):
            connection.sendall(b"y" * 10_000)
    elif name == "bomb":
        send(html + "\r\nContent-Encoding: gzip", GZIP_BOMB)
    elif name == "brotli":
        send(html + "\r\nContent-Encoding: br", BROTLI_BOMB)
    elif name == "many":
        send(html, b"".join(b'<a href="/job/%d.html?n=%d">x</a>\n' % (n, n) for n in range(100_000)))
    elif name == "binary":
        send(html, os.urandom(300_000))
    else:
        send("404 Not Found\r\nContent-Type: text/plain", b"none")


# 4 GiB of zeros in 4 MB, and 1 GiB in a few bytes: a header of 16 MiB windows and meta-blocks that repeat.
GZIP_BOMB = b"".join(gzip.compress(b"\0" * (64 << 20), 9) for _ in range(4)) * 16
try:
    import brotli

    BROTLI_BOMB = brotli.compress(b"\0" * (256 << 20))
except ImportError:
    BROTLI_BOMB = None


def answers(options, folder):
    """A server that answers as no server should."""
    stop = threading.Event()
    starts = []

    def serve(host, port, context=None):
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(64)
        listener.settimeout(0.2)

        def one(connection):
            try:
                with connection:
                    if context:
                        connection = context.wrap_socket(connection, server_side=True)
                    request = b""
                    while b"\r\n\r\n" not in request:
                        got = connection.recv(4096)
                        if not got:
                            return
                        request += got
                    path = request.split(b" ")[1].decode("latin-1")
                    starts.append((time.time(), host, path, 200))
                    answer(connection, int(host.split(".")[3]), path)
            except OSError:
                pass

        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            connection.settimeout(700)
            threading.Thread(target=one, args=(connection,), daemon=True).start()
        listener.close()

    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=other.test",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")], check=True, capture_output=True)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    # A server that begins TLS and says something else.
    if BROTLI_BOMB is None:
        BAD.remove("brotli")
    hosts = {bad: f"127.0.1.{FIRST_BAD + number}" for number, bad in enumerate(BAD)}
    servers = [(HOST, options.port, None), (HOST, options.port + 1, tls)] + [(host, options.port, None) for host in hosts.values()]
    for server in servers:
        threading.Thread(target=serve, args=server, daemon=True).start()
    time.sleep(0.3)
    names = [f"{'https' if context else 'http'}://{host}:{port}/" for host, port, context in servers]
    names.append(f"https://{HOST}:{options.port}/")
    crawl = Crawl(options, folder, names, [name.split("/")[2] for name in names], [0.05] * len(names))
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    result = crawl.run("--once", "--longest-wait", "300", timeout=1500)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if result.returncode != 0:
        raise Failed(f"exit {result.returncode}: {result.stderr[-800:]}")
    stop.set()
    crawl.verify()
    outcomes = {}
    for url, outcome in crawl.rows("SELECT url, outcome FROM capture ORDER BY id"):
        outcomes.setdefault(url, outcome)
    expected = {
        "drip": "too-slow timed-out", "slow": "timed-out too-slow", "cut": "disconnected",
        "chunk": "disconnected bad-response", "reset": "disconnected bad-response connection-failed",
        "flood": "headers-too-big", "long": "headers-too-big",
    }
    wanted = {f"http://{hosts[bad]}:{options.port}/job/{bad}": words for bad, words in expected.items()}
    wanted |= {f"https://{HOST}:{port}/robots.txt": "tls-failure timed-out" for port in (options.port, options.port + 1)}
    for url, words in wanted.items():
        if outcomes.get(url, "nothing") not in words.split():
            raise Failed(f"{url} ended as {outcomes.get(url, 'nothing')}, not as {words}")
    loops = sum(path in ("/job/loop", "/job/hop") and host == hosts["loop"] for _, host, path, _ in starts)
    if loops > 4:
        raise Failed(f"the loop was gone round {loops} times")
    beside = {(host, f"/job/{n}.html") for host in hosts.values() for n in range(3)}
    beside |= {(HOST, f"/job/{n}.html") for n in range(20)}
    missing = beside - {(host, path) for _, host, path, _ in starts}
    if missing:
        raise Failed(f"pages beside them were not fetched: {sorted(missing)[:5]}")
    known = crawl.rows("SELECT COUNT(*) FROM address")[0][0]
    if most > 700 << 10:
        raise Failed(f"{most >> 10} MiB were taken")
    ends = {bad: outcomes.get(f"http://{host}:{options.port}/job/{bad}", "nothing") for bad, host in hosts.items()}
    say("  " + ", ".join(f"{bad} {end}" for bad, end in ends.items()))
    say(f"  {len(starts)} requests in {time.monotonic() - began:.0f} s, {known} addresses known, "
        f"at most {most >> 10} MiB (before: {before >> 10}); {crawl.foreign()} files pass")
