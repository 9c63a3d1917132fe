"""The comparison of `ops/bench robots`; the program is built already."""
import argparse
import collections
import glob
import itertools
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile

import questions
import readings

PEERS = ("protego", "gpyrobotstxt")


def protego(data):
    from protego import Protego
    # The mark belongs to the encoding, which is the caller's business there.
    parsed = Protego.parse(data.decode("utf-8-sig", "replace"))
    return lambda agent, address: "1" if parsed.can_fetch(address, agent) else "0"


def gpyrobotstxt(data):
    from gpyrobotstxt.robots_cc import RobotsMatcher
    # The port throws at a line of one word without a colon, where Google's original goes on; such lines,
    # which say nothing to either, are emptied.
    lines = re.split(rb"(\r\n|\r|\n)", data)
    for index in range(0, len(lines), 2):
        text = lines[index].decode("utf-8", "replace").split("#")[0].strip()
        if ":" not in text and " " not in text and "\t" not in text:
            lines[index] = b""
    data = b"".join(lines)

    def allowed(agent, address):
        try:
            return "1" if RobotsMatcher().allowed_by_robots(data, [agent], address) else "0"
        except (SyntaxError, TypeError):
            return "throws"
    return allowed


def others(path):
    """What the peers say to the questions about one file, in order."""
    with open(path, "rb") as file:
        data = file.read()
    addresses, agents = questions.of_file(os.path.basename(path), data, COUNT)
    first, second = protego(data), gpyrobotstxt(data)
    return [(path, agent, address, first(agent, address), second(agent, address))
            for agent in agents for address in addresses]


def ask(program, asked):
    """Our verdicts, in order: '1' for allowed."""
    lines = "".join(f"{path}\t{agent}\t{address}\n" for path, agent, address, *_ in asked)
    run = subprocess.run([program, "robots"], input=lines.encode(), stdout=subprocess.PIPE, check=True)
    answers = [line.split("\t")[0] for line in run.stdout.decode().splitlines()]
    if len(answers) != len(asked):
        sys.exit(f"ops/bench robots: {len(asked)} questions, {len(answers)} answers")
    return answers


def explanations(program, disputed):
    """For each disputed question the class it belongs to."""
    names = [None] * len(disputed)
    for index, (_, _, address, *_) in enumerate(disputed):
        if address.endswith("example/robots.txt"):
            names[index] = "robots.txt itself, which is always allowed"
    for count in (1, 2, 3):
        for chosen in itertools.combinations(readings.REWRITINGS, count):
            open_ones = [index for index, name in enumerate(names) if name is None]
            if not open_ones:
                return names
            settle(program, disputed, names, open_ones, chosen)
    return [name or "unexplained" for name in names]


def settle(program, disputed, names, open_ones, chosen):
    """Gives the class to the questions that a choice of rewritings settles."""
    with tempfile.TemporaryDirectory() as folder:
        rewritten, agreeing = [], []
        # What was made of the file asked about last.
        peers = {}
        for index in open_ones:
            path, agent, address, ours, _, _ = disputed[index]
            with open(path, "rb") as file:
                data = file.read()
            before = data, address
            for name in chosen:
                data, address = readings.REWRITINGS[name](data, address, agent)
            if (data, address) == before:
                continue
            if data not in peers:
                target = os.path.join(folder, f"{len(rewritten)}-{os.path.basename(path)}")
                with open(target, "wb") as file:
                    file.write(data)
                peers = {data: (target, protego(data), gpyrobotstxt(data))}
            target, *tools = peers[data]
            if all(tool(agent, address) == ours for tool in tools):
                rewritten.append((target, agent, address))
                agreeing.append(index)
        for index, answer in zip(agreeing, ask(program, rewritten)):
            if answer == disputed[index][3]:
                names[index] = " + ".join(chosen)


def report(total, files, agreed, found, disputed_by):
    print(f"{files} files, {total} questions ({COUNT} addresses for 3 agents a file)")
    for name, count in agreed.items():
        print(f"  {name:38} {count:7}  {count / total:.4%}")
    print("  disagreements by what explains them (ours against protego / gpyrobotstxt / both):")
    for name, count in found.most_common():
        against = disputed_by[name]
        print(f"    {count:5} ({against['protego']}/{against['gpyrobotstxt']}/{against['both']})  {name}")


def main():
    global COUNT
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--files", required=True)
    parser.add_argument("--limit", type=int)
    parser.add_argument("--paths", type=int, default=20)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json")
    options = parser.parse_args()
    COUNT = options.paths
    files = sorted(glob.glob(os.path.join(options.files, "*")))[:options.limit]
    asked = []
    with multiprocessing.get_context("fork").Pool(2) as pool:
        for answers in pool.imap(others, files, chunksize=16):
            asked += answers
    agreed = collections.Counter()
    disputed = []
    for (path, agent, address, first, second), ours in zip(asked, ask(options.program, asked)):
        agreed["ours with protego"] += ours == first
        agreed["ours with gpyrobotstxt"] += ours == second
        agreed["protego with gpyrobotstxt"] += first == second
        agreed["all three"] += ours == first == second
        agreed["ours with one of the two at least"] += ours in (first, second)
        if not ours == first == second:
            disputed.append((path, agent, address, ours, first, second))
    names = explanations(options.program, disputed)
    found, disputed_by = collections.Counter(names), collections.defaultdict(collections.Counter)
    for name, (path, agent, address, ours, first, second) in zip(names, disputed):
        side = "both" if first == second else "protego" if first != ours else "gpyrobotstxt"
        disputed_by[name][side] += 1
        if options.list:
            print(f"{name}\tours {ours}\tprotego {first}\tgpyrobotstxt {second}\t"
                  f"{os.path.basename(path)}\t{agent}\t{address}")
    report(len(asked), len(files), agreed, found, disputed_by)
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"files": len(files), "questions": len(asked), "agreed": agreed, "classes": found}, file)
    return 1 if found["unexplained"] else 0


if __name__ == "__main__":
    sys.exit(main())
