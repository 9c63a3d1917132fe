"""Runs the parts one after the other and says which hold."""
import argparse
import pathlib
import shutil
import sys
import traceback

import faults
import kills
from bench import Failed, say

PARTS = {
    "kills": kills.run, "disk": faults.disk, "clock": faults.clock, "dns": faults.dns,
    "server": faults.server, "answers": faults.answers,
}

parser = argparse.ArgumentParser()
for name in ("binary", "tools", "work", "only"):
    parser.add_argument(f"--{name}", required=True)
for name in ("kills", "seed", "port"):
    parser.add_argument(f"--{name}", type=int, required=True)
options = parser.parse_args()
options.binary = str(pathlib.Path(options.binary).resolve())
wanted = [name for name in options.only.split(",") if name]
unknown = [name for name in wanted if name not in PARTS]
if unknown or not wanted:
    sys.exit(f"ops/bench kill: --only takes some of {', '.join(PARTS)}")
failed = []
for name in wanted:
    folder = pathlib.Path(options.work).resolve() / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    say(f"{name}:")
    try:
        if PARTS[name](options, folder) == "left out":
            continue
        say("  holds")
    except Failed as problem:
        say(f"  DOES NOT HOLD: {problem}")
        failed.append(name)
    except Exception:
        traceback.print_exc()
        failed.append(name)
sys.exit(1 if failed else 0)
