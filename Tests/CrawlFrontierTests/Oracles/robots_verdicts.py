"""Verdicts of protego and gpyrobotstxt: questions as JSON lines in, two digits a line out."""
import json
import sys

from gpyrobotstxt.robots_cc import RobotsMatcher
from protego import Protego

with open(sys.argv[1], encoding="utf-8") as file:
    for line in file:
        question = json.loads(line)
        text, agent, address = question["file"], question["agent"], question["address"]
        first = Protego.parse(text).can_fetch(address, agent)
        second = RobotsMatcher().allowed_by_robots(text.encode(), [agent], address)
        print(f"{int(first)}{int(second)}")
