"""ops/demo-site/notices.py PROGRAM DATA SITE: one advert is preserved, noticed, taken off the demo site and confirmed gone.

Runs beside the demo's sites, on a copy of DATA, with a clock that ops/clock.c sets ahead; mail goes to a server of this script
on loopback, which answers as a provider would. Everything is done by the program's own commands and pages.
"""
import base64
import hashlib
import hmac
import http.cookiejar
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller

PROGRAM, DATA, SITE = (os.path.abspath(path) for path in sys.argv[1:4])
# Where Seeds and Patterns are.
os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
COPY = DATA + "-notices"
MAIL = COPY + "-mail"
LIBRARY, OFFSET = MAIL + "/clock.so", MAIL + "/offset"
FIRST = "http://127.0.0.2:8402/vacancy/"
PASSWORD = "correct horse of the demo"


class Clock:
    """The demo's clock: how many seconds it is ahead."""

    ahead = 0

    def now(self):
        return time.time() + self.ahead


clock = Clock()


def say(text):
    print(f"\n{text}", flush=True)


def adwatch(*arguments, person=None, fails=False):
    """Runs the program at the demo's time; a person gives the password, and a code that was not used before."""
    lines = ""
    if person:
        clock.ahead += 31
        arguments += ("--as", person)
        lines = f"{PASSWORD}\n{code(secrets[person])}\n"
    return run(arguments, lines, fails)


def run(arguments, lines="", fails=False):
    print("  $ adwatch " + " ".join(f"'{word}'" if " " in word else word for word in arguments), flush=True)
    with open(OFFSET, "w") as file:
        file.write(str(clock.ahead))
    done = subprocess.run(
        [PROGRAM, *arguments, "--data", COPY], input=lines, text=True, capture_output=True,
        env={**os.environ, "LD_PRELOAD": LIBRARY, "CLOCK_OFFSET": OFFSET})
    for line in done.stdout.splitlines()[:12]:
        print("    " + re.sub("secret=[A-Z2-7]+", "secret=…", line), flush=True)
    if done.returncode != 0 and not fails:
        sys.exit(f"ops/demo: 'adwatch {' '.join(arguments)}' failed: {done.stderr}")
    return done.stdout


def code(secret):
    """The code of an authenticator (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, int(clock.now() // 30).to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


class Provider:
    """A provider's mail server: takes everything, and answers into the unit's mailbox what it is told to."""

    def __init__(self):
        self.answer = None
        self.taken = []
        for part in ("new", "cur", "tmp"):
            os.makedirs(os.path.join(MAIL, part))

    async def handle_DATA(self, server, session, envelope):
        self.taken.append(envelope)
        if self.answer:
            reference = re.search(rb"^Message-ID: (<[^>]+>)", envelope.content, re.M | re.I).group(1).decode()
            message = (
                f"From: {envelope.rcpt_tos[0]}\r\nTo: {envelope.mail_from}\r\nSubject: Re: your notice\r\n"
                f"Date: Mon, 5 Jan 2026 10:00:00 +0000\r\nMessage-ID: <answer{len(self.taken)}@provider.example>\r\n"
                f"In-Reply-To: {reference}\r\n\r\n{self.answer}\r\n")
            with open(os.path.join(MAIL, "new", f"{len(self.taken)}"), "wb") as file:
                file.write(message.encode())
        return "250 taken"


class Browser:
    """Signs in to the review and sends its forms."""

    def __init__(self, port, person):
        self.base = f"http://127.0.0.1:{port}"
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())).open
        page = self.post("/sign-in", self.page("/sign-in"), login=person, password=PASSWORD)
        clock.ahead += 31
        page = self.post("/sign-in/second", page, code=code(secrets[person]))
        self.post("/purpose", page, purpose=re.search(r'name="purpose" value="([^"]+)"', page).group(1))

    def page(self, path):
        return self.open(self.base + path).read().decode()

    def post(self, path, page, **fields):
        for name in ("form_token", "token", "to"):
            found = re.search(rf'name="{name}" value="([^"]*)"', page)
            if found:
                fields[name] = found.group(1)
        body = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.base + path, body, {"Origin": self.base})
        return self.open(request).read().decode()


def refer(advert):
    """An analyst refers an advert in the review."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    review = subprocess.Popen(
        [PROGRAM, "review", "--data", COPY, "--listen", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        clock.ahead = 0
        browser = Browser(port, "loop-analyst")
        browser.post(
            f"/adverts/{advert}/verdict", browser.page(f"/adverts/{advert}"), verdict="referral",
            why="Passports are kept and housing is taken off the wage.")
    finally:
        review.terminate()
        review.wait()


def notice(*arguments):
    """Written by one person, approved by another, sent."""
    number = re.search(r"notice (\d+)", adwatch("notices", "draft", *arguments, person="loop-author")).group(1)
    adwatch("notices", "submit", number, person="loop-author")
    adwatch("notices", "approve", number, person="loop-officer")
    adwatch("notices", "send")
    return number


shutil.rmtree(COPY, ignore_errors=True)
shutil.rmtree(MAIL, ignore_errors=True)
shutil.copytree(DATA, COPY)
provider = Provider()
compiler = shutil.which("cc") or shutil.which("clang") or sys.exit("ops/demo: there is no C compiler; start ops/setup")
subprocess.run(
    [compiler, "-shared", "-fPIC", "-O1", "-o", LIBRARY, "ops/clock.c", "-ldl"],
    check=True)
server = Controller(provider, hostname="127.0.0.1", port=0)
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    server.port = probe.getsockname()[1]
server.start()
key = MAIL + "/key"
with open(key, "wb") as file:
    file.write(os.urandom(32))
with open(COPY + "/adwatch.yaml", "w") as file:
    file.write(
        f"operator: {{name: Unit of the demo, contact: unit@police.example}}\n"
        f"mail: {{server: 'smtp://127.0.0.1:{server.port}', tls: false, from: unit@police.example, token_key: '{key}'}}\n")

say("The loop of a notice, on a copy of the data and with a clock of its own")
secrets = {}
for person, role in (("analyst", "analyst"), ("author", "notice-officer"), ("officer", "notice-officer")):
    run(("account", "add", f"loop-{person}", "--role", role), PASSWORD + "\n")
    made = run(("account", "second-factor", f"loop-{person}"))
    secrets[f"loop-{person}"] = re.search(r"secret=([A-Z2-7]+)", made).group(1)
flagged = [json.loads(line) for line in subprocess.run(
    [PROGRAM, "flags", "--json", "--data", COPY], capture_output=True, text=True, check=True).stdout.splitlines()]
chosen = next(record for record in flagged if record["url"].startswith(FIRST))
url = chosen["url"]
with sqlite3.connect(f"file:{COPY}/adwatch.sqlite?mode=ro", uri=True) as store:
    number = str(store.execute("SELECT id FROM advert WHERE url = ?", (url,)).fetchone()[0])

say(f"1. An analyst refers advert {number}, {url}")
refer(number)

say("2. The host is asked to keep the data, by one person with the approval of another")
adwatch("notices", "switch", "on", "--why", "the demo", person="loop-officer")
provider.answer = "We have preserved the data under ticket T-17."
kept = notice(
    "--act", "preserve", "--rung", "host", "--to", "abuse@host.example", "--organisation", "Host", "--period", "90 days",
    number)
adwatch("notices", "import-replies", MAIL)
mail = re.search(r"^(\d+)", adwatch("notices", "replies", "--open"), re.M).group(1)
adwatch("notices", "reply", "--means", "kept", "--why", "it says so", mail, person="loop-officer")
until = time.strftime("%Y-%m-%d", time.gmtime(clock.now() + 90 * 86400))
adwatch("notices", "preserved", "--until", until, "--reference", "T-17", kept, person="loop-officer")

say("3. The site is asked to remove it; the mail server takes the message once")
provider.answer = "The advert has been removed."
asked = notice(
    "--act", "dsa-16", "--rung", "site", "--to", "webmaster@site.example", "--organisation", "Site",
    "--fact", "The advert says that the employer keeps passports.", "--ground", "Article 273f of the Dutch criminal code",
    number)
adwatch("notices", "import-replies", MAIL)

# A signal ends this in order, so that the page is put back.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
say("4. The advert is taken off the site, and looked at three times over a day")
page = next(
    os.path.join(folder, name) for folder, _, names in os.walk(SITE) for name in names
    if os.path.join(folder, name).split(".html")[0].endswith("/vacancy/" + url.rsplit("/", 1)[1]))
os.rename(page, MAIL + "/page")
try:
    for hours in (0, 13, 13):
        clock.ahead += hours * 3600
        adwatch("notices", "recheck", "--now")
finally:
    os.rename(MAIL + "/page", page)
    server.stop()

say("5. What came of it")
listed = adwatch("notices", "list")
adwatch("notices", "due", fails=True)
adwatch("notices", "report", "--year", time.strftime("%Y", time.gmtime(clock.now())))
adwatch("verify")
bodies = len(provider.taken)
expected = f"{asked} removed-confirmed" in listed and f"{kept} active" in listed and bodies == 2
print(f"\nThe loop of a notice: {'as expected' if expected else 'NOT as expected'}; the mail server took {bodies} messages.")
sys.exit(0 if expected else 1)
