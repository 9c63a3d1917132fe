"""The assessment rule as the truth needs it: planted indicators and links in, barriers and flag out."""
import collections

BARRIERS = ["recruitment", "entry", "residence", "administration", "housing", "work", "finance"]
ACROSS = {"S07", "S08", "S12", "S14"}


def assess(found, table):
    """The positive barriers and whether a person should look."""
    counting = [i for i in found if table[i]["strength"] in ("strong", "medium", "weak")]
    if all(table[i].get("alone") == "never" for i in counting):
        counting = []
    positive = {}
    for barrier in BARRIERS:
        own = [i for i in counting if barrier in table[i]["barriers"]]
        strong, medium, weak = (
            sum(table[i]["strength"] == s for i in own) for s in ("strong", "medium", "weak")
        )
        if (
            strong >= 2
            or (strong == 1 and medium + weak >= 1)
            or medium >= 3
            or (medium == 2 and weak >= 1)
        ):
            positive[barrier] = set(own)
    sets = list(positive.values())
    flagged = any(a - b and b - a for n, a in enumerate(sets) for b in sets[n + 1:])
    return list(positive), flagged or bool(sets and ACROSS & set(counting))


def linkage(items, hubs):
    """For each advert the indicators that its contacts and its text give it; all were seen within a
    day of each other and in one country. Numbers in `hubs` are nobody's own."""
    contacts, texts = collections.defaultdict(list), collections.defaultdict(list)
    for advert in items:
        for phone in advert.phones:
            if phone not in hubs:
                contacts[phone].append(advert)
        if advert.template:
            texts[advert.template].append(advert)
    result = []
    for advert in items:
        found = set()
        for phone in advert.phones:
            near = contacts[phone]
            if len({a.city for a in near}) >= 3:
                found.add("S07")
            if len({a.name for a in near if a.form != "labour"}) >= 2:
                found.add("S12")
            if len({a.age for a in near if a.age}) >= 3:
                found.add("S23")
        same = texts[advert.template] if advert.template else []
        if len({(a.name, a.city, a.employer, *a.phones) for a in same}) >= 3:
            found.add("S14")
            if len({a.employer for a in same if a.employer}) >= 2:
                found.add("L22")
        found -= {"sex": {"L22"}, "labour": {"S07", "S12", "S14", "S23"}}.get(advert.form, set())
        result.append(sorted(found))
    return result
