"""The assessment rule as the truth needs it: planted indicators in, barriers and flag out."""

BARRIERS = ["recruitment", "entry", "residence", "administration", "housing", "work", "finance"]


def assess(planted, table):
    """The positive barriers and whether a person should look, links to other adverts left aside."""
    counting = [i for i in planted if table[i]["strength"] in ("strong", "medium", "weak")]
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
    return list(positive), flagged
