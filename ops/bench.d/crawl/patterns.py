"""patterns.py PATTERNS_DIR OUTPUT: the packs' expressions for the peer, as they are, as JSON.

Each goes to `regex`, which is the faster of Python's two engines on them, else to `re`.
"""
import glob
import json
import os
import re
import sys

import regex
import yaml


def engine(expression):
    for name, module in (("regex", regex), ("re", re)):
        try:
            module.compile(expression, module.IGNORECASE)
            return name
        except (re.error, regex.error):
            pass
    return None


def main():
    folder, output = sys.argv[1:]
    compiled, failed = [], []
    for path in sorted(glob.glob(os.path.join(folder, "**", "*.yaml"), recursive=True)):
        with open(path, encoding="utf-8") as file:
            pack = yaml.safe_load(file)
        if pack.get("format") != "adwatch.pack/1":
            continue
        for indicator in pack["indicators"]:
            for language, patterns in (indicator.get("patterns") or {}).items():
                for pattern in patterns:
                    name = f"{indicator['id']}/{language}/{pattern['id']}"
                    kind = engine(pattern["re"])
                    if kind:
                        compiled.append({"name": name, "engine": kind, "re": pattern["re"]})
                    else:
                        failed.append(name)
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"compiled": compiled, "failed": failed}, file)


main()
