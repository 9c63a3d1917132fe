"""agreement.py RECORDS [--list N]: compares the texts of pages with lexbor's, through selectolax.

RECORDS holds path, encoding and text of each page, each after its length in four bytes, little end first
(markup-bench writes it, and a test). Removed on lexbor's side: script, style, noscript, template. White
space does not count. Prints one JSON object; --list also prints the pages that differ most.
"""
import collections
import json
import os
import re
import struct
import sys

from selectolax.lexbor import LexborHTMLParser

REMOVED = ["script", "style", "noscript", "template"]
# What Python calls the encodings of the WHATWG standard where it has another name for them.
NAMES = {"gbk": "gb18030", "shift_jis": "cp932", "euc-kr": "cp949", "windows-874": "cp874",
         "macintosh": "mac_roman", "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "iso-8859-8"}
# HTML's white space and what Unicode adds to it.
SPACE = re.compile(r"\s+")


def records(path):
    with open(path, "rb") as file:
        while head := file.read(4):
            parts = []
            for part in range(3):
                if part:
                    head = file.read(4)
                parts.append(file.read(struct.unpack("<I", head)[0]))
            yield parts[0].decode(), parts[1].decode(), parts[2].decode()


def lexbor(path, encoding):
    with open(path, "rb") as file:
        data = file.read()
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        data = data.removeprefix(mark)
    source = data.decode(NAMES.get(encoding, encoding), errors="replace")
    tree = LexborHTMLParser(source.replace("\0", ""))
    tree.strip_tags(REMOVED)
    return tree.root.text() if tree.root else ""


def in_order(ours, theirs):
    """How many characters both have in the same order: equal ends, and in between what is found again.

    A lower bound of the longest common subsequence, in linear time: stretches of 24 characters that are in
    theirs once are found again, taken in increasing order.
    """
    if ours == theirs:
        return len(ours)
    start = len(os.path.commonprefix([ours, theirs]))
    end = len(os.path.commonprefix([ours[start:][::-1], theirs[start:][::-1]]))
    ours, theirs = ours[start:len(ours) - end], theirs[start:len(theirs) - end]
    width, places = 24, {}
    for place in range(len(theirs) - width + 1):
        key = theirs[place:place + width]
        places[key] = None if key in places else place
    same, i, j = 0, 0, 0
    while i <= len(ours) - width:
        place = places.get(ours[i:i + width])
        # A jump over half of the rest is an element that stands elsewhere, not what follows.
        if place is None or place < j or place - j > max(400, (len(theirs) - j) // 2):
            i += 1
            continue
        while i < len(ours) and place < len(theirs) and ours[i] == theirs[place]:
            i, place, same = i + 1, place + 1, same + 1
        j = place
    return start + end + same


def main():
    shown = int(sys.argv[sys.argv.index("--list") + 1]) if "--list" in sys.argv else 0
    pages = equal = equal_as_set = 0
    characters = shared = ordered = 0
    worst = []
    for path, encoding, text in records(sys.argv[1]):
        ours, theirs = SPACE.sub("", text), SPACE.sub("", lexbor(path, encoding))
        common = sum((collections.Counter(ours) & collections.Counter(theirs)).values())
        most = max(len(ours), len(theirs))
        pages += 1
        characters += most
        shared += common
        together = in_order(ours, theirs)
        ordered += together
        equal += ours == theirs
        equal_as_set += common == most
        if ours != theirs:
            worst.append((most - common, most - together, path, ours, theirs))
    print(json.dumps({
        "pages": pages, "characters": characters, "pages_equal_as_multisets": equal_as_set,
        "pages_equal_in_order": equal, "characters_shared": shared, "characters_in_order": ordered,
        "multiset_share": shared / max(1, characters), "order_share": ordered / max(1, characters),
        "multiset_page_share": equal_as_set / max(1, pages), "order_page_share": equal / max(1, pages)}))
    for apart, moved, path, ours, theirs in sorted(worst, reverse=True)[:shown]:
        at = len(os.path.commonprefix([ours, theirs]))
        print(f"{apart} {moved} {path}\n    {ours[max(0, at - 30):at + 60]!r}\n    {theirs[max(0, at - 30):at + 60]!r}")


main()
