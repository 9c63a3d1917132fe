"""The three sites' own look: one function a page, each site with markup of its own."""
import json
from html import escape

JOBS, CLASSIFIEDS, DIRECTORY = (
    "http://127.0.0.2:8402", "http://127.0.0.3:8403", "http://127.0.0.4:8404")
CATEGORIES = {
    "jobs": "Jobs", "rooms": "Rooms", "things": "For sale", "lessons": "Lessons", "help": "Help"}


def pages_of(items, size):
    """The pages of a listing as (number, items, is last)."""
    count = max(1, -(-len(items) // size))
    return [(n + 1, items[n * size:(n + 1) * size], n + 1 == count) for n in range(count)]


def teaser(advert):
    return advert.paragraphs[0].split(". ")[0].rstrip(".") + "."


# The job board: modern markup, landmarks, JSON-LD.

def job_frame(title, main, language="en", head=""):
    return f"""<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} | Noorderlicht Jobs</title>
<link rel="stylesheet" href="/style.css">
{head}</head>
<body>
<div class="cookie-banner" role="dialog" aria-label="Cookies"><p>This site sets one cookie to remember your language. <a href="/about">More about that</a></p><button type="button">Fine</button></div>
<header class="top"><a class="brand" href="/">Noorderlicht Jobs</a>
<nav><ul><li><a href="/vacancies">All vacancies</a></li><li><a href="/about">About us</a></li><li><a href="/employers">For employers</a></li></ul></nav></header>
{main}
<footer class="bottom"><p>Noorderlicht Jobs is invented, and so are all vacancies on it.</p>
<ul><li><a href="/sitemap.xml">Site map</a></li><li><a href="/internal/statistics">Statistics</a></li><li><a href="http://127.0.0.3:8403/">Our classifieds</a></li></ul></footer>
</body>
</html>
"""


def job_posting(advert, number):
    posted = f"2026-{9 + number % 3:02}-{1 + number % 28:02}"
    posting = {
        "@context": "https://schema.org", "@type": "JobPosting", "title": advert.title,
        "description": "".join(f"<p>{escape(p)}</p>" for p in advert.paragraphs),
        "datePosted": posted,
        "identifier": {
            "@type": "PropertyValue", "name": "Noorderlicht Jobs", "value": advert.key},
        "hiringOrganization": {"@type": "Organization", "name": advert.employer},
        "jobLocation": {"@type": "Place", "address": {
            "@type": "PostalAddress", "addressLocality": advert.city, "addressCountry": "NL"}},
    }
    if advert.salary:
        unit, value = advert.salary
        posting["baseSalary"] = {"@type": "MonetaryAmount", "currency": "EUR", "value": {
            "@type": "QuantitativeValue", "value": float(value), "unitText": unit}}
    # "</" would end the script element.
    return posted, json.dumps(posting, ensure_ascii=False, indent=1).replace("</", "<\\/")


def vacancy(advert, number, similar):
    posted, posting = job_posting(advert, number)
    head = f'<link rel="canonical" href="{JOBS}{advert.path}">\n'
    head += f'<script type="application/ld+json">\n{posting}\n</script>\n'
    body = "\n".join(f"<p>{escape(p)}</p>" for p in advert.paragraphs)
    aside = "\n".join(
        f'<li><a href="{a.path}">{escape(a.title)}</a> <span>{escape(a.city)}</span>'
        f"<p>{escape(words)}</p></li>" for a, words in similar)
    return job_frame(f"{advert.title} in {advert.city}", f"""<main>
<article class="vacancy">
<h1>{escape(advert.title)}</h1>
<dl><dt>Employer</dt><dd>{escape(advert.employer)}</dd><dt>Place</dt><dd>{escape(advert.city)}</dd><dt>Placed</dt><dd><time datetime="{posted}">{posted}</time></dd><dt>Number</dt><dd>{advert.key}</dd></dl>
<div class="description">
{body}
</div>
</article>
</main>
<aside class="similar"><h2>Similar vacancies</h2><ul>
{aside}
</ul></aside>""", advert.language, head)


def vacancies(number, adverts, is_last):
    cards = "\n".join(
        f'<li class="card"><h2><a href="{a.path}">{escape(a.title)}</a></h2>'
        f"<p>{escape(a.employer)}, {escape(a.city)}</p><p>{escape(teaser(a))}</p></li>"
        for a in adverts)
    links = []
    if number > 1:
        links.append(f'<a rel="prev" href="/vacancies?page={number - 1}">Previous page</a>')
    if not is_last:
        links.append(f'<a rel="next" href="/vacancies?page={number + 1}">Next page</a>')
    return job_frame(f"Vacancies, page {number}", f"""<main>
<h1>Vacancies</h1>
<ul class="cards">
{cards}
</ul>
<p class="pages">{" ".join(links)}</p>
</main>""")


# The classifieds: tables, no doctype, tags left open, as on a site from before.

def old_frame(title, main, charset="utf-8"):
    menu = " | ".join(f'<A HREF="/category/{c}/">{n}</A>' for c, n in CATEGORIES.items())
    return f"""<HTML><HEAD>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={charset}">
<TITLE>{escape(title)} - Prikbord</TITLE></HEAD>
<BODY BGCOLOR="#FFFFF0" TEXT="#222222" LINK="#004488">
<TABLE WIDTH="100%" BGCOLOR="#DDE8CC"><TR><TD><A HREF="/"><FONT SIZE="5"><B>Prikbord</B></FONT></A><TD ALIGN=RIGHT>{menu}</TABLE>
{main}
<HR>
<FONT SIZE="1">Prikbord is invented, and so is everybody on it. <A HREF="/rules.html">House rules</A></FONT>
</BODY></HTML>
"""


def old_advert(advert, others):
    body = "\n".join(f"<P>{escape(p)}" for p in advert.paragraphs)
    rows = "".join(
        f'<TR><TD><A HREF="{a.path}">{escape(a.title)}</A><TD>{escape(a.city)}' for a in others)
    more = f'<TABLE BORDER="1" CELLPADDING="2"><TR><TH COLSPAN="2">More adverts\n{rows}</TABLE>'
    return old_frame(advert.title, f"""<TABLE WIDTH="100%" CELLPADDING="6"><TR VALIGN="TOP"><TD WIDTH="75%">
<H1>{escape(advert.title)}</H1>
<TABLE BORDER="0"><TR><TD><I>Place</I><TD>{escape(advert.city)}<TR><TD><I>Placed by</I><TD>{escape(advert.name)}</TABLE>
{body}
<TD>{more}</TABLE>""", advert.encoding)


def category_page(category, number, adverts, is_last):
    rows = "\n".join(
        f'<TR><TD><A HREF="{a.path}">{escape(a.title)}</A><TD>{escape(a.city)}<TD>{escape(teaser(a))}'
        for a in adverts)
    links = []
    if number > 1:
        back = "" if number == 2 else f"page/{number - 1}/"
        links.append(f'<A HREF="/category/{category}/{back}">Back</A>')
    if not is_last:
        links.append(f'<A HREF="/category/{category}/page/{number + 1}/">Further</A>')
    return old_frame(CATEGORIES[category], f"""<H2>{CATEGORIES[category]}</H2>
<TABLE BORDER="1" CELLPADDING="3" WIDTH="100%">
{rows}
</TABLE>
<CENTER>{" ".join(links)}</CENTER>""")


# The directory: divisions with class names, breadcrumbs, a box of facts.

def directory_frame(title, main, language="en"):
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)} &ndash; Avondster</title>
<meta name="description" content="{escape(title)} on Avondster, an invented directory.">
<link rel="stylesheet" href="/avondster.css"></head>
<body class="night">
<div id="head"><a href="/" class="logo">Avondster</a><div class="notice">For adults. Everybody here is grown up, and invented.</div></div>
<div id="page">
{main}
</div>
<div id="foot"><a href="/house-rules">House rules</a> &middot; <a href="/safety">Working safely</a></div>
</body></html>
"""


def profile_page(advert, nearby):
    slug = advert.city.lower()
    facts = [("City", advert.city)]
    if advert.age:
        facts.append(("Age", str(advert.age)))
    if advert.prices:
        facts.append(("One hour", f"&euro; {advert.prices[0]}"))
    box = "".join(f'<div class="row"><b>{k}</b> <span>{v}</span></div>' for k, v in facts)
    body = "\n".join(f'<p class="txt">{escape(p)}</p>' for p in advert.paragraphs)
    more = "".join(f'<a class="tile" href="{a.path}">{escape(a.name)}</a> ' for a in nearby)
    return directory_frame(f"{advert.name} in {advert.city}", f"""<div class="crumbs"><a href="/">Start</a> &gt; <a href="/city/{slug}">{escape(advert.city)}</a></div>
<div class="profile">
<h1>{escape(advert.name)}</h1>
<div class="facts">{box}</div>
<div class="about">
{body}
</div>
</div>
<div class="more"><h3>More profiles</h3>{more}</div>""", advert.language)


def city_page(city, number, adverts, is_last):
    slug = city.lower()
    tiles = "\n".join(
        f'<div class="tile"><a href="{a.path}">{escape(a.name)}</a><div>{escape(teaser(a))}</div></div>'
        for a in adverts)
    links = []
    if number > 1:
        links.append(f'<a href="/city/{slug}?page={number - 1}">&laquo;</a>')
    if not is_last:
        links.append(f'<a href="/city/{slug}?page={number + 1}">&raquo;</a>')
    return directory_frame(city, f"""<h1>{escape(city)}</h1>
<div class="tiles">
{tiles}
</div>
<div class="pager">{" ".join(links)}</div>""")
