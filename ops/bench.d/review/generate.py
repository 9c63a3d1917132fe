"""A database of invented adverts in the store's own schema, for measuring the review's pages."""
import hashlib
import json
import random
import sqlite3

WORDS = (
    "warehouse harvest kitchen cleaning driver painter welder packing season contract shift caravan "
    "lodging transport euro hour week passport deposit accommodation friendly team north south river "
    "station market garden orchard factory bakery office hotel ferry morning evening training gloves "
    "boots licence forklift tomato tulip leek apple cherry potato onion cabbage glass steel timber"
).split()
PLACES = ["NL/Utrecht", "NL/Breda", "NL/Zwolle", "GB/Leeds", "GB/York", "DE/Berlin", "PL/Gdynia"]
LANGUAGES = ["nl", "en", "de", "pl", "ro"]
FORMS = ["labour", "sex", "recruitment"]
INDICATORS = ["L05", "L06", "L07", "L11", "L15", "L21", "R01", "R02"]
BARRIERS = ["recruitment", "entry", "housing", "work", "finance"]
START = 1_740_000_000_000


def text_of(source):
    return " ".join(source.choices(WORDS, k=90))


def fill(path, count):
    """Adds `count` adverts to a database that the program has made."""
    source = random.Random(8)
    base = [text_of(source) for _ in range(4000)]
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-800000;")
    db.execute("PRAGMA foreign_keys=OFF")
    actor = db.execute("SELECT MIN(id) FROM actor").fetchone()[0]
    db.execute(
        "INSERT INTO run (id, command, software, actor, started_at) VALUES (1, 'crawl', 'bench', ?, 0)",
        (actor,),
    )
    sources = [f"site-{n}" for n in range(20)]
    for name in sources:
        db.execute(
            "INSERT INTO source (name, digest, definition, purpose, legal_basis, added_at, changed_at)"
            " VALUES (?, '', '', 'bench', 'bench', 0, 0)", (name,),
        )
    step = 20_000
    for first in range(1, count + 1, step):
        rows = {name: [] for name in ("capture", "advert", "version", "sighting", "hit", "selector", "has", "queue")}
        for number in range(first, min(first + step, count + 1)):
            site = sources[number % 20]
            seen = START + number * 40_000
            url = f"http://{site}.example/ad/{number}"
            title = f"{source.choice(WORDS).title()} {source.choice(WORDS)} {number}"
            phone = f"+447700{900000 + number % 99991 % 1000:06d}{number // 4 % 97}"
            text = f"{title}\n{base[number % 4000]} {source.choice(WORDS)} {number}\nCall {phone}"
            flagged = number % 20 == 0
            place = PLACES[number % 7]
            hits = source.sample(INDICATORS, 4 if flagged else 1)
            barriers = " ".join(source.sample(BARRIERS, 2)) if flagged else ""
            record = json.dumps({
                "content": [[0, len(text)]], "fields": {"title": title},
                "selectors": [{"kind": "phone", "value": phone, "raw": phone, "start": 0, "end": 4, "trick": None}],
                "facts": [{"kind": "place", "value": place, "raw": place, "in_content": True}],
                "hits": [{"indicator": i, "pattern": f"{i}/en/bench", "pack_version": 1, "barriers": ["work"],
                          "strength": "medium", "evidence": "expert", "start": 30 + 20 * n, "end": 42 + 20 * n,
                          "quote": text[30 + 20 * n:42 + 20 * n], "in_content": True, "not_counted": None}
                         for n, i in enumerate(hits)],
                "assessment": {"because": [{"barrier": b, "indicators": hits[:2]} for b in barriers.split()],
                               "urgent": [], "rule": "bench/1", "linkage": "evaluated"},
            })
            rows["capture"].append((number, site, url, seen, seen, hashlib.sha256(url.encode()).digest()))
            rows["advert"].append((number, site, str(number), url, seen, seen + 3_600_000, number))
            rows["version"].append((number, number, number, FORMS[number % 3], LANGUAGES[number % 5], title, text,
                                    number.to_bytes(8, "big"), record, flagged, "review" if flagged else None,
                                    source.random() * 12 if flagged else 0, barriers, seen))
            rows["sighting"].append((number, number, number, seen))
            rows["hit"] += [(number, i, f"{i}/en/bench", 30 + 20 * n, 42 + 20 * n) for n, i in enumerate(hits)]
            if number % 4 == 1:
                rows["selector"].append((number // 4 + 1, "phone", phone + str(number // 4)))
            rows["has"].append((number, (number - 1) // 4 + 1))
            if flagged:
                rows["queue"].append((number,))
        many = db.executemany
        many("INSERT INTO capture (id, run, source, url, purpose, began_at, ended_at, outcome, status, media_type,"
             " payload_digest, analysis) VALUES (?, 1, ?, ?, 'page', ?, ?, 'fetched', 200, 'text/html', ?, 'done')",
             rows["capture"])
        many("INSERT INTO advert (id, source, key, url, first_seen, last_seen, latest, state) VALUES (?, ?, ?, ?, ?, ?, ?, 'seen')", rows["advert"])
        many("INSERT INTO advert_version (id, advert, capture, part, form, language, title, text, text_digest, record,"
             " flagged, lane, priority, barriers, rule, version, seen_at, assessed_at)"
             " VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'bench/1', 'bench', ?, 0)", rows["version"])
        many("INSERT INTO advert_sighting (advert, capture, version, seen_at) VALUES (?, ?, ?, ?)", rows["sighting"])
        many("INSERT INTO hit (advert_version, indicator, pattern, pack_version, start, finish, in_content)"
             " VALUES (?, ?, ?, 1, ?, ?, 1)", rows["hit"])
        many("INSERT INTO selector (id, kind, value) VALUES (?, ?, ?)", rows["selector"])
        many("INSERT INTO advert_selector (advert_version, selector, start, finish, valid, confidence, in_content)"
             " VALUES (?, ?, 0, 4, 1, 1.0, 1)", rows["has"])
        many("INSERT OR IGNORE INTO review_changed VALUES (?)", rows["queue"])
        db.commit()
        if (first - 1) % 200_000 == 0:
            print(f"  {first - 1} adverts", flush=True)
    db.execute("DELETE FROM link_waiting")
    db.commit()
    db.execute("ANALYZE")
    db.commit()
    db.close()
