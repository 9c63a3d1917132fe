"""Questions about real robots.txt files: for each file, addresses drawn from its own rules, and agents."""
import random
import re
import zlib

RULE = re.compile(rb"\s*(?:dis+al+ow|allow)\s*:?\s*([^#\r\n]*)", re.I)
AGENT = re.compile(rb"\s*user-?\s?agent\s*:?\s*([A-Za-z_-]+)(?=[\s/]|$)", re.I)
# What may stand in an address as it is; the rest is percent-encoded, as a browser would.
PLAIN = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/?&=%:;@!$()*+,[]|")
COMMON = ["/", "/index.html", "/index.php?id=7", "/a/b/c", "/search?q=cook&page=2", "/jobs/12345",
          "/cgi-bin/x", "/wp-admin/admin-ajax.php", "/robots.txt", "/sitemap.xml", "/img/logo.png",
          "/de/stelle-99.html", "/user/login", "/api/v1/items?sort=asc", "/tag/news/page/3", "/~home/",
          "/print/1", "/feed", "/static/app.js?v=2", "/x.pdf", "/%7Ehome/", "/a%2Fb", "/J%C3%B6rg",
          "/private/", "/tmp"]


def encoded(path):
    """A path as an address carries it; what is encoded already stays so."""
    return "".join(chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in path)


def unusable(path):
    """Whether reading the address would change it (dots, tabs), so that the tools got other questions."""
    folded = path.lower().replace("%2e", ".")
    return "/./" in folded or "/../" in folded or folded.endswith(("/.", "/..")) or "/.?" in folded \
        or "/..?" in folded or "\\" in path or path.startswith("//")


def variants(rule, chance):
    """Addresses that a rule is about, nearly about, and not about."""
    filler = chance.choice([b"", b"x", b"x/y", b"a-7"])
    base = rule.rstrip(b"$").replace(b"*", filler)
    absolute = re.match(rb"https?://[^/]+", base)
    if absolute:
        base = base[absolute.end():]
    if not base.startswith(b"/"):
        base = b"/" + base
    yield base
    yield base + chance.choice([b"z", b"/", b"?q=1", b".html"])
    yield base[:-1] or b"/"
    yield b"/x" + base
    yield chance.choice([base.upper(), base.lower(), base.replace(b"/", b"%2F", 2).replace(b"%2F", b"/", 1)])


def of_file(path, data, count):
    """`count` addresses and the agents to ask for, the same every time."""
    chance = random.Random(zlib.crc32(path.encode()))
    rules = [found.strip() for found in RULE.findall(data) if found.strip() and len(found) < 400]
    chance.shuffle(rules)
    addresses = []
    seen = set()

    def add(path):
        if path not in seen and not unusable(path):
            seen.add(path)
            addresses.append("http://site.example" + path)

    add("/")
    for rule in rules:
        if len(addresses) >= count - 4:
            break
        for variant in variants(rule, chance):
            add(encoded(variant))
    for path in chance.sample(COMMON, len(COMMON)):
        if len(addresses) >= count:
            break
        add(path)
    named = sorted({token.decode().lower() for token in AGENT.findall(data)} - {"adwatch", "googlebot"})
    return addresses, ["Adwatch", "Googlebot", chance.choice(named) if named else "GPTBot"]
