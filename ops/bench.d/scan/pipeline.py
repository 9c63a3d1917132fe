"""The Python pipeline that `ops/bench scan` compares with: a WARC in, JSON Lines out.

Made as fast as its libraries allow: everything is compiled once, one multi-pattern filter decides
which patterns are tried on a text, and only those are. It does less than `adwatch scan`: no main
content, fields, facts, templates, places, languages or assessment, and none of the tricks that hide
a number.
"""
import glob
import json
import re
import resource
import sys
import time
import unicodedata

import orjson
import phonenumbers
import re2
import regex
import yaml
from fastwarc.warc import ArchiveIterator, WarcRecordType
from selectolax.lexbor import LexborHTMLParser

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
EMAIL = r"[a-z0-9._%+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}"
URL = r"(?:https?://|www\.)[^\s<>\"]{3,1000}"
LOOK = re.compile(r"\(\?<?[=!]")


def without_look_around(expression):
    """The expression without its look-around groups: it matches wherever the expression does."""
    while found := LOOK.search(expression):
        end, depth, in_class = found.end(), 1, False
        while depth:
            letter = expression[end]
            if letter == "\\":
                end += 1
            elif in_class:
                in_class = letter != "]"
            elif letter == "[":
                in_class = True
            elif letter in "()":
                depth += 1 if letter == "(" else -1
            end += 1
        # A following quantifier would apply to the group: the packs have none there.
        expression = expression[:found.start()] + expression[end:]
    return expression


class Patterns:
    """The patterns of one view: filters over all of them, and each compiled by the library that takes it."""

    def __init__(self, options):
        self.options = options
        self.patterns = []
        self.relaxed = []
        self.others = 0
        self.filters = []

    def add(self, name, expression):
        try:
            compiled = re2.compile(expression, self.options)
            self.relaxed.append(expression)
        except re2.error:
            compiled = regex.compile(expression, regex.IGNORECASE | regex.V0)
            self.relaxed.append(without_look_around(expression))
            self.others += 1
        self.patterns.append((name, compiled))

    def compile(self):
        """As few filters as the memory that the library gives a filter allows."""
        self.filters = self.compiled(0, len(self.relaxed))

    def compiled(self, start, end):
        made = re2.Filter()
        for expression in self.relaxed[start:end]:
            made.Add(expression, self.options)
        try:
            made.Compile()
            return [(start, made)]
        except re2.error:
            middle = (start + end) // 2
            return self.compiled(start, middle) + self.compiled(middle, end)

    def search(self, text):
        for start, made in self.filters:
            for number in made.Match(text, potential=True):
                name, compiled = self.patterns[start + number]
                for found in compiled.finditer(text):
                    yield {"pattern": name, "start": found.start(), "end": found.end(), "quote": found.group()}


def load(folder):
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    views = {"plain": Patterns(options), "folded": Patterns(options)}
    for path in sorted(glob.glob(folder + "/*/*.yaml")):
        with open(path, encoding="utf-8") as file:
            pack = yaml.load(file, Loader=LOADER)
        for indicator in pack["indicators"]:
            for language, patterns in (indicator.get("patterns") or {}).items():
                for pattern in patterns:
                    name = f"{indicator['id']}/{language}/{pattern['id']}"
                    views[pattern.get("view", "plain")].add(name, pattern["re"])
    for view in views.values():
        view.compile()
    return views


def folded(text):
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def decoded(body, declared):
    found = CHARSET.search(body, 0, 4096)
    names = [declared, found and found.group(1).decode("ascii"), "utf-8"]
    for name in names:
        if name:
            try:
                return body.decode(name)
            except (LookupError, UnicodeDecodeError):
                pass
    return body.decode("windows-1252", "replace")


def attribute(tree, query, name):
    node = tree.css_first(query)
    return node.attributes.get(name) if node else None


def page(record, views, email, url):
    tree = LexborHTMLParser(decoded(record.reader.read(), record.http_charset))
    data = []
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data.append(orjson.loads(node.text()))
        except ValueError:
            pass
    title = tree.css_first("title")
    links = [node.attributes.get("href") for node in tree.css("a[href]")]
    images = [(node.attributes.get("src"), node.attributes.get("alt")) for node in tree.css("img")]
    result = {
        "id": record.record_id, "url": record.headers.get("WARC-Target-URI"),
        "title": title.text() if title else None, "language": attribute(tree, "html", "lang"),
        "canonical": attribute(tree, 'link[rel="canonical"]', "href"),
        "description": attribute(tree, 'meta[name="description"]', "content"), "data": data,
    }
    tree.strip_tags(["script", "style", "noscript", "template"])
    text = " ".join((tree.body or tree.root).text(separator=" ").split())
    hits = list(views["plain"].search(text))
    hits += views["folded"].search(folded(text))
    selectors = [("email", m.group(), m.start()) for m in email.finditer(text)]
    selectors += [("url", m.group(), m.start()) for m in url.finditer(text)]
    for match in phonenumbers.PhoneNumberMatcher(text, "GB"):
        number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
        selectors.append(("phone", number, match.start))
    result.update(text=text, hits=hits, selectors=selectors, links=len(links), images=len(images))
    return result, len(hits)


def main():
    warc, patterns, output = sys.argv[1:4]
    views = load(patterns)
    options = re2.Options()
    options.case_sensitive = False
    email, url = re2.compile(EMAIL, options), re2.compile(URL, options)
    # What phonenumbers loads at its first use is not counted.
    list(phonenumbers.PhoneNumberMatcher("call 020 7946 0000 or +44 7700 900000", "GB"))
    begin, pages, hits = time.process_time(), 0, 0
    with open(output, "wb") as out:
        for record in ArchiveIterator(warc, record_types=WarcRecordType.response, parse_http=True):
            result, found = page(record, views, email, url)
            out.write(orjson.dumps(result) + b"\n")
            pages += 1
            hits += found
    print(json.dumps({
        "pages": pages, "hits": hits, "cpu_seconds": time.process_time() - begin,
        "start_seconds": begin, "patterns": sum(len(v.patterns) for v in views.values()),
        "filters": sum(len(v.filters) for v in views.values()),
        "refused_by_re2": sum(v.others for v in views.values()),
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6,
    }))


main()
