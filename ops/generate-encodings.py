#!/usr/bin/env python3
"""Writes the labels and the single-byte tables of the WHATWG Encoding standard.

The labels come from the `webencodings` package (pip install webencodings). The tables come from
Python's codecs, with what the standard does otherwise set right below.

Usage: ops/generate-encodings.py labels > Sources/Markup/Encoding/TextEncoding+Labels.swift
       ops/generate-encodings.py tables > Sources/Markup/Encoding/SingleByteTables.swift
"""
import sys

SINGLE = {
    "ibm866": "cp866", "iso-8859-2": "iso8859_2", "iso-8859-3": "iso8859_3",
    "iso-8859-4": "iso8859_4", "iso-8859-5": "iso8859_5", "iso-8859-6": "iso8859_6",
    "iso-8859-7": "iso8859_7", "iso-8859-8": "iso8859_8", "iso-8859-10": "iso8859_10",
    "iso-8859-13": "iso8859_13", "iso-8859-14": "iso8859_14", "iso-8859-15": "iso8859_15",
    "iso-8859-16": "iso8859_16", "koi8-r": "koi8_r", "koi8-u": "koi8_u",
    "macintosh": "mac_roman", "windows-874": "cp874", "windows-1250": "cp1250",
    "windows-1251": "cp1251", "windows-1252": "cp1252", "windows-1253": "cp1253",
    "windows-1254": "cp1254", "windows-1255": "cp1255", "windows-1256": "cp1256",
    "windows-1257": "cp1257", "windows-1258": "cp1258", "x-mac-cyrillic": "mac_cyrillic",
}
# The standard's KOI8-U has the Belarusian letters, its x-mac-cyrillic is the Ukrainian variant.
CHANGES = {
    "koi8-u": {0xAE: 0x45E, 0xBE: 0x40E},
    "x-mac-cyrillic": {0xA2: 0x490, 0xB6: 0x491, 0xFF: 0x20AC},
    "windows-1255": {0xCA: 0x5BA},
}


def identifier(name):
    head, *rest = name.replace("-", "_").split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def table(name):
    units = []
    for byte in range(0x80, 0x100):
        try:
            scalar = ord(bytes([byte]).decode(SINGLE[name]))
        except UnicodeDecodeError:
            # Control characters stand for themselves, other gaps for nothing.
            scalar = byte if byte < 0xA0 else 0xFFFD
        units.append(CHANGES.get(name, {}).get(byte, scalar))
    return units


def tables():
    print("// Written by ops/generate-encodings.py; do not edit.\n")
    print("/// The upper halves of the single-byte encodings (WHATWG Encoding, section 9).")
    print("enum SingleByteTables {")
    print("  /// The scalars of the bytes 80 to FF, four hexadecimal digits each.")
    print("  static func table(of encoding: TextEncoding) -> StaticString? {")
    print("    switch encoding {")
    for name in SINGLE:
        also = ", .iso88598I" if name == "iso-8859-8" else ""
        print(f"    case .{identifier(name)}{also}:")
        print('      """')
        digits = "".join(f"{unit:04X}" for unit in table(name))
        for start in range(0, len(digits), 64):
            tail = "\\" if start + 64 < len(digits) else ""
            print(f"      {digits[start:start + 64]}{tail}")
        print('      """')
    print("    default: nil")
    print("    }")
    print("  }")
    print("}")


def labels():
    from webencodings.labels import LABELS
    names = sorted(set(LABELS.values()))
    print("// Written by ops/generate-encodings.py; do not edit.\n")
    print("/// An encoding of the WHATWG Encoding standard (section 4.2).")
    print("enum TextEncoding: String, Sendable, Hashable, CaseIterable {")
    for name in names:
        print(f'  case {identifier(name)} = "{name}"')
    print("}\n")
    print("extension TextEncoding {")
    print(f"  /// The {len(LABELS)} labels of the standard by the encoding they stand for.")
    print("  static let labels: StaticString = \"\"\"")
    lines = []
    for name in names:
        line = f"{name}="
        for label in sorted(label for label in LABELS if LABELS[label] == name):
            if len(line) + len(label) > 88:
                lines.append(line + " \\")
                line = ""
            line += (" " if line and not line.endswith("=") else "") + label
        lines.append(line)
    print("\n".join("    " + line for line in lines))
    print('    """')
    print("}")


{"labels": labels, "tables": tables}[sys.argv[1]]()
