"""Where a run's processor time goes: samples of perf, each counted for the module nearest to it on its stack."""
import collections
import re
import subprocess

# A stage is a module of ours, Extraction's by what they do; the first that fits the symbol counts.
SYMBOLS = [
    ("phones", r"10Extraction\d*(?:Phone|Digit|NumberWord)|10Extraction(?:11PhoneFinder|10DigitLexer)"),
    ("places", r"10Extraction\d*(?:Place|Gazetteer|Address)"),
    ("facts", r"10Extraction\d*(?:Fact|Lexicon|Trait|Function|Telling)"),
    ("selectors", r"10Extraction\d*(?:Selector|Email|Link|Handle|Wallet|Plate|Platform|IBAN)"),
    ("page: kind, content, fields", r"10Extraction"),
    ("markup", r"6Markup"), ("matching", r"8Matching"), ("assessment", r"10Assessment"),
    ("configuration", r"13Configuration|4Yams|yaml_"), ("archive", r"7Archive"),
    ("addresses", r"10WebAddress"), ("bytes and JSON", r"5Bytes"), ("records", r"8Analysis"),
]
OBJECTS = [("matching", "libpcre2"), ("matching", "[anon]"), ("matching", "//anon"), ("phones", "libphonenumber"),
           ("languages", "libcld2"), ("archive", "libdeflate"), ("archive", "libz."), ("markup", "libicu"),
           ("bytes and JSON", "libcrypto"), ("configuration", "libyaml")]
MODULES = [(name, re.compile(r"\$s.*?(?:%s)" % pattern)) for name, pattern in SYMBOLS]


def stage(frames):
    """The stage of one sample; `frames` are (symbol, object), innermost first."""
    for symbol, place in frames:
        for name, part in OBJECTS:
            if part in place:
                return name
        if symbol.startswith("yaml_"):
            return "configuration"
        if symbol.startswith("$s"):
            for name, pattern in MODULES:
                if pattern.match(symbol):
                    return name
    return "other" if frames else "unknown"


def measure(command, work):
    """Shares by stage, the largest first; nil where perf cannot be used."""
    data = f"{work}/perf.data"
    try:
        subprocess.run(
            ["perf", "record", "-q", "-F", "997", "--call-graph", "fp", "-o", data, *command],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        script = subprocess.run(
            ["perf", "script", "-i", data, "--no-demangle", "-F", "ip,sym,dso"], stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, check=True).stdout.decode(errors="replace")
    except (OSError, subprocess.CalledProcessError):
        return None
    counts = collections.Counter()
    for sample in script.split("\n\n"):
        frames = []
        for line in sample.strip().splitlines():
            found = re.match(r"\s*[0-9a-f]+ (.*) \((.*)\)$", line)
            if found:
                frames.append((re.sub(r"\+0x[0-9a-f]+$", "", found[1]), found[2]))
        if frames:
            counts[stage(frames)] += 1
    total = sum(counts.values())
    return [(name, count / total) for name, count in counts.most_common()] if total else None
