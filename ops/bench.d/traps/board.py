"""An invented job board with adverts on lists below category pages, and eight traps without end."""
import hashlib
import itertools

PER_LIST = 25
TOWNS = ["Avonmoor", "Brackwell", "Culverby", "Dunmere", "Elmstoke", "Fenwick", "Garsby", "Holmeleigh",
         "Ivelton", "Jarrowby", "Kelham", "Linbury", "Marsholm", "Northolme", "Oxbridge", "Penhale"]
WORK = ["picks apples", "bakes bread", "cleans rooms", "drives a van", "lays bricks", "packs boxes",
        "serves lunch", "sorts post", "waters plants", "welds frames"]
DAYS = ["Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "weekends"]
COLOURS = ["color", "size", "shift", "sort", "view", "type", "lang", "near"]


def digest(*parts):
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def word(*parts):
    """A made-up word of letters alone."""
    return "".join(chr(97 + int(c, 16)) for c in digest(*parts)[:9])


def page(title, text, links):
    items = "".join(f'<li><a href="{link}">{link[:60]}</a></li>' for link in links)
    return (f"<!doctype html><html lang=en><head><title>{title}</title></head><body><main>"
            f"<h1>{title}</h1><p>{text}</p></main><ul>{items}</ul></body></html>")


class Site:
    def __init__(self, adverts):
        self.adverts = adverts
        self.lists = -(-adverts // PER_LIST)
        self.visits = itertools.count()

    def answer(self, target):
        """Status, page, and the name of the trap, or None for a real page."""
        path, _, query = target.partition("?")
        parts = [part for part in path.split("/") if part]
        kind = parts[0] if parts else ""
        handler = getattr(self, f"on_{kind}", None)
        if path == "/":
            return 200, self.home(), None
        return handler(parts, query, path) if handler else (404, page("Not found", "Nothing.", []), None)

    def home(self):
        visit = digest("visit", next(self.visits))
        traps = ["/events/2026/11", "/folder/a/", "/search?color=1", f"/info?visitor={visit}",
                 "/tag/" + word("tag", 0), "/job/900000001", "/calendar?day=2026-11-23", "/deep/a"]
        return page("Jobs", "Work of all kinds.", [f"/in/{town.lower()}" for town in TOWNS] + traps)

    # Real pages.

    def on_in(self, parts, query, path):
        number = [town.lower() for town in TOWNS].index(parts[1]) if parts[1:] and parts[1].title() in TOWNS else 0
        return 200, page(f"Jobs in {TOWNS[number]}", "Work near you.",
                         [f"/list?page={i}" for i in range(number, self.lists, len(TOWNS))]), None

    def on_list(self, parts, query, path):
        fields = dict(field.partition("=")[::2] for field in query.split("&"))
        number = int(fields.get("page", "0") or 0)
        # Beyond the end the last page comes again, with a link to the next.
        shown = min(number, self.lists - 1)
        first = shown * PER_LIST
        links = [f"/job/{i}" for i in range(first, min(first + PER_LIST, self.adverts))]
        return 200, page("Vacancies", "Work.", links + [f"/list?page={number + 1}"]), \
            "endless list" if number >= self.lists else None

    def on_job(self, parts, query, path):
        number = int(parts[1])
        if number >= self.adverts:
            text = f"Sorry, vacancy {number} could not be shown. Please look at our other vacancies."
            return 200, page("Vacancy", text, [f"/job/{number + 1}", f"/job/{number + 2}"]), "soft 404"
        key = int(digest("job", number)[:12], 16)
        words = " ".join(word(number, i) for i in range(12))
        text = (f"We look for somebody who {WORK[key % 10]} in {TOWNS[key // 10 % 16]} on"
                f" {DAYS[key // 160 % 6]}. Our firm is {words}. Pay is {11 + key % 9} pounds an hour."
                f" Call 020 7946 0{key % 1000:03d}.")
        return 200, page(f"Vacancy {number}: {WORK[key % 10]}", text, [f"/list?page={number // PER_LIST}"]), None

    # Traps.

    def on_events(self, parts, query, path):
        year, month = int(parts[1]), int(parts[2])
        after = (year + month // 12, month % 12 + 1)
        before = (year - (month == 1), (month - 2) % 12 + 1)
        return 200, page(f"Events {year}-{month}", "No events.",
                         [f"/events/{y}/{m:02d}" for y, m in (before, after)]), "calendar of months"

    def on_calendar(self, parts, query, path):
        year, month, day = map(int, query.split("=")[1].split("-"))
        day, month = (day + 1, month) if day < 28 else (1, month % 12 + 1)
        return 200, page("Day", "Nothing on this day.", [f"/calendar?day={year}-{month:02d}-{day:02d}"]), \
            "calendar of days"

    def on_folder(self, parts, query, path):
        return 200, page("Folder", "Files.", [path + "folder/a/", path + "b/a/"]), "repeated segments"

    def on_search(self, parts, query, path):
        names = [field.partition("=")[0] for field in query.split("&")]
        links = ["/search?" + "&".join([f"{new}=1"] + [f"{name}=2" for name in names if name != new])
                 for new in COLOURS]
        return 200, page("Search", "Refine your search.", links), "parameter permutations"

    def on_info(self, parts, query, path):
        links = [f"/info?visitor={digest('v', next(self.visits))}" for _ in range(3)]
        known = [f"/list?page=0&PHPSESSID={digest('s', next(self.visits))[:26]}1"]
        return 200, page("About us", "We are a job board.", links + known), "session identifiers"

    def on_tag(self, parts, query, path):
        return 200, page(f"Tag {parts[-1]}", "Related tags.",
                         [f"/tag/{word(parts[-1], i)}" for i in range(6)]), "tags of tags"

    def on_deep(self, parts, query, path):
        return 200, page("Deeper", "Go on.", [f"{path}/{word(path, i)}" for i in range(2)]), "ever deeper"
