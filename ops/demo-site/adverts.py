"""The invented adverts of each site: what they say and which indicators were planted."""
import collections
import json
import os
import re
import zlib

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "data")
LANGUAGES = ["en", "nl", "ro", "pl", "ru"]


def load(name):
    with open(os.path.join(DATA, name + ".json"), encoding="utf-8") as file:
        return json.load(file)


PEOPLE = load("people")
LABOUR = load("labour")
CLASSIFIEDS = load("classifieds")
DIRECTORY = load("directory")
INDICATORS = load("indicators")

DIGIT_WORDS = {
    "en": "zero one two three four five six seven eight nine".split(),
    "nl": "nul een twee drie vier vijf zes zeven acht negen".split(),
}


def pick(items, *salt):
    """One of the items, always the same for the same salt."""
    return items[zlib.crc32(repr(salt).encode()) % len(items)]


def some(items, count, *salt):
    """So many different items, always the same for the same salt, in their own order."""
    order = sorted(range(len(items)), key=lambda n: zlib.crc32(repr((salt, n)).encode()))
    return [items[n] for n in sorted(order[:count])]


class Pools:
    """Hands out sentences so that two adverts share few, as in life: each advert takes what brings it
    least close to those before it, and where a sentence leaves a choice, as in "[early|late] in the
    day", makes its own."""

    def __init__(self):
        self.bearers = collections.defaultdict(list)
        self.shared = collections.Counter()

    def draw(self, pool, count, key):
        """So many different sentences of a pool for the advert with a key, in an order of their own."""
        left, chosen = list(range(len(pool))), []
        while left and len(chosen) < count:
            best = min(left, key=lambda n: self.cost(pool[n], key))
            left.remove(best)
            chosen.append(best)
            for other in self.bearers[repr(pool[best])]:
                self.shared[key, other] += 1
            self.bearers[repr(pool[best])].append(key)
        chosen.sort(key=lambda n: zlib.crc32(repr((n, key)).encode()))
        return [self.worded(pool[n], key, n) for n in chosen]

    def cost(self, sentence, key):
        near = sum(4 ** self.shared[key, other] for other in self.bearers[repr(sentence)])
        return near, zlib.crc32(repr((key, sentence)).encode())

    def one(self, pool, key):
        return self.draw(pool, 1, key)[0]

    def worded(self, item, *salt):
        """The item with one of each "[this|that]"."""
        if isinstance(item, list):
            return [self.worded(part, salt, number) for number, part in enumerate(item)]
        return re.sub(r"\[([^]]*)\]", lambda m: pick(m[1].split("|"), salt, m.start()), item)


POOLS = Pools()


def place(sentences, planted, *salt):
    """The sentences with the planted ones among them, never first or last."""
    result = list(sentences)
    for number, sentence in enumerate(planted):
        spot = 1 + zlib.crc32(repr((salt, number)).encode()) % max(1, len(result) - 1)
        result.insert(spot, sentence)
    return result


class Phones:
    """Hands out numbers that are reserved for fiction, each once."""

    def __init__(self):
        self.mobile = iter(range(101, 770))
        self.landline = iter(range(11, 999))

    def new(self, key, landline=False):
        number = next(self.landline if landline else self.mobile)
        plan = PEOPLE["phones"]["landline" if landline else "mobile"]
        return plan["e164"].format(n=number), pick(plan["written"], key).format(n=number)

    def shared(self, key, number, hidden=False):
        """A number that several adverts share, in one of its writings."""
        plan = PEOPLE["phones"]["shared"][key]
        if isinstance(plan, dict):
            return plan["e164"], pick(plan["hidden" if hidden else "written"], number)
        if hidden:
            return self.disguise("en", f"207946{plan:04}", number)
        landline = PEOPLE["phones"]["landline"]
        return landline["e164"].format(n=plan), pick(landline["written"], number).format(n=plan)

    def hidden(self, language):
        """A number of its own and a spelling that a search for digits does not find."""
        number = next(self.mobile)
        return self.disguise(language, f"7700900{number:03}", number)

    def disguise(self, language, digits, number):
        words = [DIGIT_WORDS.get(language, DIGIT_WORDS["en"])[int(d)] for d in digits]
        styles = [
            "+44 " + " ".join(words),
            "+44 " + f"{digits[:4]} {digits[4:7]} {digits[7:]}".replace("0", "O"),
            "+44 " + " ".join(
                f"({w})" if n % 2 == 0 else d
                for n, (w, d) in enumerate(zip(words[:6], digits[:6]))
            ) + " " + " ".join(words[6:]),
            "+44." + ".".join(digits),
        ]
        return "+44" + digits, styles[number % len(styles)]


class Advert:
    """One advert before any site's markup."""

    def __init__(self, source, key, language, form, kind):
        self.source, self.key, self.language, self.form, self.kind = source, key, language, form, kind
        self.title, self.name, self.city, self.employer, self.contact = "", None, "", None, None
        self.paragraphs, self.planted, self.phones, self.why = [], [], [], ""
        self.hours = self.salary = self.age = self.category = self.group = None
        self.orphan, self.outside, self.encoding, self.path = False, [], "utf-8", ""
        self.prices, self.disguised, self.template = (), False, None

    @property
    def text(self):
        return " ".join(self.paragraphs)

    def plant(self, indicators):
        """Sentences for the indicators that have words; every indicator is noted as planted."""
        self.planted += indicators
        words = INDICATORS[self.language] if self.language in INDICATORS else {}
        return [POOLS.one(words[i], self.key) for i in indicators if i in words]


def plan(counts, rows):
    """Kinds for one site: `rows` are (kind, planted), spread evenly over the languages they name."""
    slots = []
    for language, kind, planted in rows:
        slots.append((language, kind, list(planted)))
    for language in LANGUAGES:
        have = sum(slot[0] == language for slot in slots)
        slots += [(language, "harmless", [])] * (counts[language] - have)
    return sorted(
        enumerate(slots), key=lambda slot: zlib.crc32(repr(("order", slot[0], slot[1])).encode()))


def both(kind, *sets):
    """The same plan in English and in Dutch."""
    return [(language, kind, planted.split()) for planted in sets for language in ("en", "nl")]


# Jobs -------------------------------------------------------------------------------------------

JOB_ROWS = (
    both("flagged", "L11 L12 L10 L15", "L14 L09 L10 L16", "L05 L06 L07 L15", "L11 L08 L10 L15",
         "L11 L12 L05 L06 L07")
    + both("near miss", "L11 L12", "L10 L16", "L14 L09", "L05 L06 L07", "L06 L16 L09")
    + both("single", "L01", "L02", "L04", "L05", "L06", "L07", "L08", "L09", "L10", "L11", "L12",
           "L13", "L14", "L15", "L16", "L17", "L18", "L19", "L20", "L21")
)
JOB_COUNTS = {"en": 42, "nl": 42, "ro": 11, "pl": 11, "ru": 10}


def job_words(advert, phones, salt, planted, shared=None):
    """Sentences of a job advert; nothing that contradicts what was planted. `shared` is its number
    and how it is written, where it does not have one of its own or none."""
    words, key = LABOUR[advert.language], advert.key
    trade, own = POOLS.one(words["trades"], key)
    month, hour = 2150 + 25 * (salt % 33), f"{14 + salt % 4},{(salt * 5) % 100:02}"
    values = {
        "city": advert.city, "employer": advert.employer, "contact": advert.contact,
        "month": f"{month // 1000}.{month % 1000:03}", "hour": hour,
    }
    taken = set(advert.planted)
    # What a job advert may tell, in groups that stand together but in no fixed order.
    work = own + POOLS.draw(words["work"], 2 + salt % 3, key)
    terms = [] if "L14" in taken else [POOLS.one(words["hours"], key)]
    if not taken & {"L01", "L02"}:
        pay = POOLS.one(words["pay"], key)
        terms.append(pay)
        advert.salary = ("HOUR", hour.replace(",", ".")) if "{hour}" in pay else ("MONTH", str(month))
    if not taken & {"L13", "L12"}:
        terms.append(POOLS.one(words["contract"], key))
    terms += POOLS.draw(words["extra"], 1 + salt % 3, key)
    company = POOLS.draw(words["about"], salt % 3, key)
    wishes = POOLS.draw(words["wishes"], 1 + salt % 2, key)
    sentences = [POOLS.one(words["opening"], key)]
    groups = [work, terms, company, wishes]
    sentences += sum(groups[salt % 4:] + groups[:salt % 4], [])
    sentences = place(sentences, planted, key)
    sentences.append(POOLS.one(words["close"], key))
    if shared or salt % 3:
        if shared:
            number, written = shared
        elif advert.source == "demo-jobs" and advert.language in ("en", "nl") and salt % 16 == 1:
            number, written = phones.hidden(advert.language)
            advert.disguised = True
        else:
            number, written = phones.new(advert.key, landline=salt % 4 == 2)
        values["phone"] = written
        advert.phones = [number]
        sentences.append(POOLS.one(words["phone"], key))
    advert.title = trade
    advert.paragraphs = split([s.format(**values) for s in sentences], 3)


def split(sentences, size):
    return [" ".join(sentences[n:n + size]) for n in range(0, len(sentences), size)]


def jobs(phones):
    result = []
    orphans = {}
    for number, (_, (language, kind, planted)) in enumerate(plan(JOB_COUNTS, JOB_ROWS)):
        advert = Advert("demo-jobs", str(480213 + number * 37), language, "labour", kind)
        advert.city = pick(PEOPLE["cities"], advert.key, "city")
        advert.employer = PEOPLE["employers"][number % len(PEOPLE["employers"])]
        advert.contact = pick(PEOPLE["contacts"], advert.key, "contact")
        job_words(advert, phones, number, advert.plant(planted))
        # One flagged advert, one with an indicator and three others are only in the site map.
        wanted = {"flagged": 1, "single": 1, "harmless": 3}.get(kind, 0)
        if number > 20 and orphans.get(kind, 0) < wanted:
            orphans[kind] = orphans.get(kind, 0) + 1
            advert.orphan = True
        result.append(advert)
    return result


# Classifieds ------------------------------------------------------------------------------------

CLASSIFIED_ROWS = (
    both("flagged", "R01 R02 R03", "R01 R02 R03 R04", "R02 R03 R01 R07", "R01 R04 R02 R03 L21")
    + both("near miss", "R01 R02", "R02 R03", "R01 R04", "L11 L12", "L10 L16")
    + both("single", "R01", "R02", "R03", "R04", "R07", "L09", "L10", "L11", "L14", "L16", "L17",
           "L20")
)
CLASSIFIED_COUNTS = {"en": 35, "nl": 37, "ro": 11, "pl": 11, "ru": 11}


def classifieds(phones):
    result = []
    for number, (_, (language, kind, planted)) in enumerate(plan(CLASSIFIED_COUNTS, CLASSIFIED_ROWS)):
        advert = Advert("demo-classifieds", f"m{20260 + number * 7}", language, None, kind)
        advert.city = pick(PEOPLE["cities"], advert.key, "city")
        advert.name = advert.contact = pick(PEOPLE["names"][language], advert.key, "name")
        if any(i.startswith("R") for i in planted):
            recruitment(advert, phones, advert.plant(planted))
        elif planted or number % 5 == 0:
            advert.form, advert.category = "labour", "jobs"
            advert.employer = pick(PEOPLE["employers"], advert.key, "employer")
            job_words(advert, phones, number, advert.plant(planted))
        else:
            offer(advert, phones, number)
        result.append(advert)
    # The page that declares its legacy character set only in its own markup.
    legacy = next(a for a in result if a.language == "ru" and a.kind == "harmless")
    legacy.encoding = "windows-1251"
    return result


def recruitment(advert, phones, planted):
    words = CLASSIFIEDS["recruitment"][advert.language]
    advert.form, advert.category = "recruitment", "jobs"
    advert.title = POOLS.one(words["titles"], advert.key)
    sentences = [POOLS.one(words["opening"], advert.key)]
    sentences += POOLS.draw(words["text"], 4 + len(planted) // 2, advert.key)
    sentences = place(sentences, planted, advert.key)
    number, written = phones.new(advert.key)
    advert.phones = [number]
    sentences.append(POOLS.one(words["close"], advert.key))
    advert.paragraphs = split(
        [s.format(city=advert.city, name=advert.name, phone=written) for s in sentences], 2)


def offer(advert, phones, number, shared=None):
    words = CLASSIFIEDS[advert.language]
    advert.category = ["things", "rooms", "things", "lessons", "help"][number % 5]
    title, sentence = POOLS.one(words[advert.category], advert.key)
    advert.title = title
    values = {
        "city": advert.city, "price": 15 + (number * 7) % 180, "rent": 420 + (number * 13) % 300,
        "hourly": 18 + number % 20, "name": advert.name,
    }
    sentences = [sentence] + POOLS.draw(words["text"][advert.category], 3 + number % 2, advert.key)
    examples = PEOPLE["phones"]["examples"]
    if shared:
        e164, written = shared
    elif advert.language in ("ro", "pl", "ru") and examples.get(advert.language):
        # These countries have no numbers for fiction: the one example is used once.
        written, e164 = examples.pop(advert.language)
    elif number % 3:
        e164, written = phones.new(advert.key)
    else:
        e164 = written = None
    if e164:
        advert.phones, values["phone"] = [e164], written
        sentences.append(POOLS.one(CLASSIFIEDS["contact"][advert.language], advert.key))
    advert.paragraphs = [s.format(**values) for s in sentences]


# Directory --------------------------------------------------------------------------------------

DIRECTORY_ROWS = (
    both("flagged", "S17 S19 S09 S01 S11", "S17 S09 S19 S22 S01 S11", "S19 S17 S21 S01 S11")
    + both("near miss", "S17 S19", "S17 S19 S09", "S01 S11", "S21 S22", "S01 S17")
    + both("single", "S01", "S02", "S06", "S09", "S11", "S17", "S19", "S21", "S22", "S25", "S26")
)
DIRECTORY_COUNTS = {"en": 24, "nl": 24, "ro": 8, "pl": 7, "ru": 7}
TRANSLITERATED = {
    "Ольга": "olga", "Марина": "marina", "Светлана": "svetlana", "Ирина": "irina",
    "Татьяна": "tatiana", "Вера": "vera",
}


def directory(phones):
    result = []
    rows = plan(DIRECTORY_COUNTS, DIRECTORY_ROWS)
    for number, (_, (language, kind, planted)) in enumerate(rows):
        names = PEOPLE["names"][language]
        house = bool(set(planted) & {"S09", "S11", "S22"})
        name = DIRECTORY["agency"]["names"][number % 8] if house else names[number % len(names)]
        advert = profile(number, name, language, kind)
        advert.city = PEOPLE["cities"][number % len(PEOPLE["cities"])]
        if not house:
            advert.age = 24 + (number * 5) % 22
        sentences = advert.plant(planted)
        if "S01" in planted:
            phone = phones.hidden(language)
            advert.disguised = True
        else:
            phone = phones.new(advert.key)
        profile_words(advert, number, sentences, phone)
        result.append(advert)
    return result


def profile_words(advert, number, planted, phone, about=None):
    """A person's own words, or those of a house where no age is given."""
    hour = 120 + 10 * (number % 7)
    advert.prices = (hour, hour * 2 - 30)
    words, house = DIRECTORY[advert.language], DIRECTORY["agency"]
    if advert.age:
        text = [about or POOLS.one(words["about"], advert.key)]
        text += POOLS.draw(words["text"], 4 + number % 3, advert.key)
        text.append(POOLS.one(words["terms"], advert.key))
        ring = POOLS.one(DIRECTORY["phone"][advert.language], advert.key)
    else:
        text = POOLS.draw(house[advert.language], 5 + number % 2, advert.key)
        ring = POOLS.one(house["phone"][advert.language], advert.key)
    e164, written = phone
    advert.phones = [e164]
    advert.paragraphs = split([
        s.format(name=advert.name, age=advert.age, city=advert.city, phone=written, hour=hour,
                 two=advert.prices[1]) for s in place(text, planted, advert.key) + [ring]], 2)


def profile(number, name, language, kind):
    slug = TRANSLITERATED.get(name, name).lower().replace(" ", "-")
    advert = Advert("demo-directory", f"{slug}-{1017 + number * 3}", language, "sex", kind)
    advert.title = advert.name = name
    return advert
