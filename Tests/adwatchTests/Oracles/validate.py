"""validate.py SCHEMA FILE...: what jsonschema has against YAML files, one finding a line.

Each file is also tried with every key of the format misspelt in turn: the schema has to refuse that.
"""

import copy
import json
import re
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """Reads plain words as YAML 1.2 does, as editors and Adwatch do: `no` is a word."""


Loader.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("int", r"^-?[0-9]+$", "-0123456789"),
    ("float", r"^-?[0-9]+\.[0-9]+$", "-0123456789"),
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
):
    Loader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), list(first))


def objects(value, path=()):
    """Every object in a value with its path."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from objects(inner, path + (key,))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects(inner, path + (index,))


def at(value, path):
    for step in path:
        value = value[step]
    return value


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
free = {"cookies"}
for name in sys.argv[2:]:
    with open(name, encoding="utf-8") as file:
        value = yaml.load(file, Loader)
    for error in validator.iter_errors(value):
        print(f"{name}: {error.json_path}: {error.message}")
    seen = set()
    for path in list(objects(value)):
        shape = tuple("*" if isinstance(step, int) else step for step in path)
        if shape in seen or (path and path[-1] in free):
            continue
        seen.add(shape)
        for key in at(value, path):
            broken = copy.deepcopy(value)
            place = at(broken, path)
            place[key + "_x"] = place.pop(key)
            if validator.is_valid(broken):
                print(f"{name}: {'.'.join(map(str, path))}: {key}_x is not refused")
