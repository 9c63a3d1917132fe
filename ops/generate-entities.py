#!/usr/bin/env python3
"""Writes the table of named character references from Python's copy of the HTML standard's.

Usage: ops/generate-entities.py > Sources/Markup/Tokenizer/NamedReferences+Table.swift
"""
from html.entities import html5


def main():
    names = sorted(html5, key=lambda name: name.encode("ascii"))
    print("// Written by ops/generate-entities.py; do not edit.\n")
    print("extension NamedReferences {")
    print(f"  /// The {len(names)} names of the HTML standard (section 13.5) in byte order, without")
    print("  /// the ampersand, each with its one or two scalars in hexadecimal.")
    print('  static let table: StaticString = """')
    line = ""
    for name in names:
        entry = name + "=" + "+".join(f"{ord(char):X}" for char in html5[name])
        if line and len(line) + 1 + len(entry) > 92:
            print(f"    {line} \\")
            line = ""
        line += (" " if line else "") + entry
    print(f"    {line}")
    print('    """')
    print("}")


main()
