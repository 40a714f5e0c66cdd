"""The peers, loaded with the same number of items: Taskwarrior, todoman and topydo, where they are installed."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hkshcc.register.model import encode
from tests.bench import data


class Peer(NamedTuple):
    """A tool with its data loaded, and how to run it."""

    program: str
    environment: Mapping[str, str]


def find(name: str, folder: str | None) -> str | None:
    """Find a peer's program in a folder of peers, or on the path."""
    search = os.pathsep.join(filter(None, [folder, os.environ.get("PATH")]))
    return shutil.which(name, path=search)


def taskwarrior(program: str, home: Path, items: int) -> Peer:
    """Load Taskwarrior: a project each, the same entries as annotations, a tenth in finance."""
    home.mkdir()
    (home / "taskrc").write_text("confirmation=off\nverbose=nothing\nrecurrence=off\nhooks=off\n")
    environment = {**os.environ, "TASKRC": str(home / "taskrc"), "TASKDATA": str(home)}
    # The same content: what our register holds of a measure stands in its annotations.
    entries = data.events_by_measure(items)
    tasks = [
        {
            "description": f"Invented measure {index} of the usual length for a title",
            "status": "pending",
            "entry": "20210830T000000Z",
            "project": "finance" if index % 10 == 0 else f"area{index % 10}",
            "annotations": [
                {"entry": f"202{step}0101T00000{index % 10}Z", "description": json.dumps(encode(entry))}
                for step, entry in enumerate(own, start=2)
            ],
        }
        for index, own in enumerate(entries)
    ]
    subprocess.run([program, "import", "-"], input=json.dumps(tasks), text=True, check=True, env=environment, stdout=-3)
    return Peer(program, environment)


def todoman(program: str, home: Path, items: int) -> Peer:
    """Load todoman: a file for each to-do."""
    (home / "lists" / "invented").mkdir(parents=True)
    for index in range(items):
        (home / "lists" / "invented" / f"{index}.ics").write_text(
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:invented\nBEGIN:VTODO\n"
            f"UID:{index}\nDTSTAMP:20210830T000000Z\nSUMMARY:Invented measure {index}\nCATEGORIES:finance\n"
            "END:VTODO\nEND:VCALENDAR\n"
        )
    config = home / "config.py"
    config.write_text(f'path = "{home}/lists/*"\ncache_path = "{home}/cache.sqlite3"\ndefault_list = "invented"\n')
    return Peer(program, {**os.environ, "TODOMAN_CONFIG": str(config)})


def topydo(program: str, home: Path, items: int) -> Peer:
    """Load topydo: a line for each to-do."""
    home.mkdir()
    (home / "todo.txt").write_text("".join(f"2021-08-30 Invented measure {index} +finance\n" for index in range(items)))
    (home / "config").write_text(f"[topydo]\nfilename = {home}/todo.txt\narchive_filename = {home}/done.txt\n")
    return Peer(program, {**os.environ, "TOPYDO_CONFIG": str(home / "config")})


def arguments(peer: Peer, words: Sequence[str], home: Path) -> list[str]:
    """Return a peer's command line."""
    if Path(peer.program).name == "topydo":
        return [peer.program, "-c", str(home / "config"), *words]
    return [peer.program, *words]
