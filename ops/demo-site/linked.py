"""All adverts: those that stand by themselves, the planned groups among them, and what must follow."""
import adverts
import pages
import rule
from adverts import Advert, PEOPLE

PLAN = adverts.load("linked")
SITES = {
    "jobs": (adverts.jobs, pages.JOBS, "/vacancy/{}"),
    "classifieds": (adverts.classifieds, pages.CLASSIFIEDS, "/ad/{}.html"),
    "directory": (adverts.directory, pages.DIRECTORY, "/profile/{}"),
}


def everything():
    """The adverts of each site, with their paths."""
    phones = adverts.Phones()
    sites = {site: make(phones) for site, (make, _, _) in SITES.items()}
    share_sentences(sites["jobs"], phones)
    number = 0
    for group in PLAN["groups"]:
        for entry in group["adverts"]:
            entry = {**group, **entry}
            items = sites[entry["site"]]
            items.insert((number * 17 + 5) % len(items), member(entry, number, phones))
            number += 1
    keys = set()
    for site, items in sites.items():
        for advert in items:
            if (advert.source, advert.key) in keys:
                raise SystemExit(f"{advert.key} stands for two adverts")
            keys.add((advert.source, advert.key))
            advert.path = SITES[site][2].format(advert.key)
    return sites


def member(entry, number, phones):
    """One advert of a planned group, in the group's words or, without any, in words of its own."""
    site, name = entry["site"], entry["name"]
    form = {"jobs": "labour"}.get(site)
    if site == "directory":
        advert = adverts.profile(400 + number, name, entry["language"], "linked")
    else:
        key = {"jobs": f"{490100 + number * 53}", "classifieds": f"m{31400 + number * 11}"}[site]
        advert = Advert("demo-" + site, key, entry["language"], form, "linked")
    advert.group, advert.name, advert.contact = entry["group"], name, name
    advert.city, advert.age = entry["city"], entry.get("age")
    advert.employer = entry.get("employer")
    advert.title = entry.get("title", name).format(**entry)
    advert.category = entry.get("category", "jobs")
    advert.disguised = entry.get("spelling") == "hidden"
    if "contact" in entry:
        phone = phones.shared(entry["contact"], number, advert.disguised)
    else:
        phone = phones.new(advert.key)
    if "text" not in entry:
        planted = advert.plant(entry.get("planted", []))
        if site == "jobs":
            adverts.job_words(advert, phones, number, planted, phone)
        elif site == "classifieds":
            adverts.offer(advert, phones, number, phone)
        else:
            adverts.profile_words(advert, number, planted, phone, entry.get("about"))
        return advert
    advert.planted = list(entry.get("planted", []))
    advert.template, advert.phones = entry["group"], [phone[0]]
    if "salary" in entry:
        advert.salary = ("MONTH", str(entry["salary"]))
    advert.paragraphs = adverts.split(
        [s.format(**{**entry, "phone": phone[1]}) for s in entry["text"]], 2)
    return advert


def share_sentences(items, phones):
    """What many unrelated vacancies share: the site's own number, and a passage of legal text."""
    for number, advert in enumerate(items):
        if not advert.phones:
            e164, written = phones.shared("help desk", 0)
            advert.phones.append(e164)
            words = PLAN["help desk"]["sentence"][advert.language]
            advert.paragraphs.append(words.format(phone=written))
        if number % 5 == 0 and advert.language in PLAN["legal"]["sentence"]:
            advert.paragraphs.append(PLAN["legal"]["sentence"][advert.language])


def truth(sites):
    """What must come of every advert, as truth.json has it."""
    items = [(site, advert) for site, some in sites.items() for advert in some]
    table = adverts.INDICATORS["table"]
    linkage = rule.linkage([advert for _, advert in items], hubs={phone_of("help desk")})
    plans = {group["group"]: group["why"] for group in PLAN["groups"]}
    entries = []
    for (site, advert), computed in zip(items, linkage):
        barriers, flagged = rule.assess(advert.planted + computed, table)
        alone = rule.assess(advert.planted, table)[1]
        if advert.kind != "linked" and flagged != (advert.kind == "flagged"):
            raise SystemExit(f"{advert.key}: {advert.planted} is flagged: {flagged}")
        entries.append({
            "source": advert.source, "key": advert.key, "url": SITES[site][1] + advert.path,
            "language": advert.language, "form": advert.form, "kind": advert.kind,
            "planted": sorted(advert.planted), "linkage": computed, "flagged": flagged,
            "flagged_alone": alone, "barriers": barriers, "phones": advert.phones,
            "disguised": advert.disguised, "group": advert.group, "orphan": advert.orphan,
            "outside": advert.outside, "why": plans.get(advert.group) or why(advert.kind)})
    return entries


def history(phones):
    """Adverts of earlier months as lines for `adwatch scan --link`, and what must come of each."""
    lines, expected = [], {}
    for series in PLAN["history"]["series"]:
        for number, (day, city) in enumerate(series["places"]):
            advert = adverts.profile(900 + len(lines), series["name"], "en", "linked")
            advert.city, advert.age = city, series["age"]
            about = f"I am {{name}}, {{age}}, and this week you find me in {city}."
            adverts.profile_words(
                advert, number, [], phones.shared(series["contact"], number), about)
            found = rule.assess(series["linkage"], adverts.INDICATORS["table"])
            expected[advert.key] = {
                "group": series["group"], "linkage": series["linkage"], "barriers": found[0], "flagged": found[1]}
            lines.append({
                "id": advert.key, "source": PLAN["history"]["source"], "form": "sex", "country": "NL",
                "date": day + "T10:00:00Z", "title": f"{advert.name} in {city}",
                "text": "\n".join([f"{advert.name} in {city}"] + advert.paragraphs)})
    return lines, expected


def phone_of(shared):
    return PEOPLE["phones"]["landline"]["e164"].format(n=PEOPLE["phones"]["shared"][shared])


def why(kind):
    return {
        "harmless": "nothing planted",
        "single": "one indicator, which never makes a barrier positive",
        "near miss": "several indicators, but no two positive barriers that each have one of their own",
        "flagged": "two or more positive barriers, each with an indicator that another lacks",
    }[kind]
