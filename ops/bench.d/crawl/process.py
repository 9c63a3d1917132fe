"""Runs a program and measures what it took: wall time, CPU time of it and its children, memory."""
import os
import signal
import subprocess
import threading
import time


class Stopped(Exception):
    """The program failed, or took longer than it may."""


def resident(pid):
    """Bytes of memory that a process holds now, without what it shares with files."""
    with open(f"/proc/{pid}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * 1024
    return 0


def run(command, log, limit, interval=0.25):
    """The measured figures; raises Stopped when the program fails or exceeds `limit` seconds."""
    samples = []
    begin = time.monotonic()
    with open(log, "wb") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    done = threading.Event()

    def watch():
        while not done.wait(interval):
            if time.monotonic() - begin > limit:
                os.killpg(child.pid, signal.SIGKILL)
                return
            try:
                samples.append((round(time.monotonic() - begin, 2), resident(child.pid)))
            except OSError:
                return

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        # The usage of a child that was waited for has that of its own children in it.
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        raise
    finally:
        done.set()
        watcher.join()
    wall = time.monotonic() - begin
    if child.returncode != 0:
        why = f"took more than {limit} s" if wall > limit else f"ended with {child.returncode}"
        raise Stopped(f"{os.path.basename(command[0])} {why}; see {log}")
    return {
        "wall_seconds": wall, "user_seconds": usage.ru_utime, "system_seconds": usage.ru_stime,
        "cpu_seconds": usage.ru_utime + usage.ru_stime, "peak_bytes": usage.ru_maxrss * 1024,
        "memory": samples,
    }
