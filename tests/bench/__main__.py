"""The benchmark: hkshcc beside a bare interpreter and its peers, on the same machine in the same run.

    python -m tests.bench [--runs 9] [--peers FOLDER] [--large] [--json FILE]

Prints medians and ratios, and whether each bar is met. ``--large`` adds a register of 100,000 measures.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from hkshcc.stores.seed import seed_entries
from hkshcc.stores.tinydb_store import FileStore
from tests.bench import data, peers
from tests.bench.timing import Figures, Work, interleaved

SMALL, LARGE, HUGE = 56, 10_000, 100_000


class Bar(NamedTuple):
    """What was asked of a figure: at most so much, and what to reach for."""

    work: str
    value: float
    unit: str
    at_most: float
    reach: float | None = None

    @property
    def met(self) -> bool:
        """Whether the bar is met."""
        return self.value <= self.at_most


def main() -> int:
    """Run the benchmark and return 0 where every bar is met."""
    options = _options()
    program = str(Path(sys.executable).with_name("hkshcc"))
    with tempfile.TemporaryDirectory(prefix="hkshcc-bench-") as folder:
        home = Path(folder)
        bars, absent = _small(program, home, options)
        more, missing = _large(program, home, options)
        bars += more
        absent |= missing
        if options.large:
            bars += _growth(program, home)
    for bar in bars:
        reach = f", reach for {bar.reach:g}" if bar.reach is not None else ""
        verdict = "met" if bar.met else "MISSED"
        print(f"{bar.work:58} {bar.value:8.2f} {bar.unit:12} at most {bar.at_most:g}{reach}: {verdict}")
    for peer in sorted(absent):
        print(f"absent: {peer}")
    if options.json:
        rows = [{**bar._asdict(), "met": bar.met} for bar in bars]
        Path(options.json).write_text(json.dumps({"bars": rows, "absent": sorted(absent)}, indent=2) + "\n")
    return 0 if all(bar.met for bar in bars) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("--runs", type=int, default=9, help="counted runs of each small command")
    parser.add_argument("--peers", help="a folder with the peers' programs (todo, topydo, task)")
    parser.add_argument("--large", action="store_true", help="also 100,000 measures")
    parser.add_argument("--json", help="write the figures there")
    return parser.parse_args()


def _ours(program: str, store: Path | str) -> Callable[..., Work]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": os.environ.get("HOME", "/"),
        "LANG": "C.UTF-8",
        "TERM": "xterm",
        "HKSHCC_STORE": str(store),
        "HKSHCC_PAGER": "",
    }

    def work(name: str, *words: str, terminal: bool = False, **more: str) -> Work:
        return Work(name, [program, *words], {**environment, **more}, terminal)

    return work


def _small(program: str, home: Path, options: argparse.Namespace) -> tuple[list[Bar], set[str]]:
    """Time the register that ships against a bare interpreter and against the peers written in Python."""
    none, store = home / "none.json", home / "small.json"
    shipped, kept = _ours(program, none), _ours(program, store)
    FileStore(str(store)).create(seed_entries())
    environment = shipped("bare").environment
    works = [
        Work("bare", [sys.executable, "-c", "pass"], environment),
        shipped("list", "list", "--area", "finance"),
        shipped("list on a terminal", "list", "--area", "finance", terminal=True),
        kept("done", "done", "5-FIN-3c", "--evidence", "https://example.org/invented"),
        kept("note", "note", "5-FIN-1", "Invented"),
        shipped("report on a terminal", "report", terminal=True),
        shipped("--help", "--help"),
        shipped("completing a ref", _HKSHCC_COMPLETE="complete_bash", COMP_WORDS="hkshcc show 5-FIN-", COMP_CWORD="2"),
    ]
    beside, absent = _python_peers(home, options.peers)
    taken = interleaved([*works, *beside], options.runs)
    bare = taken["bare"].seconds
    asked = {
        "list": (7, 6),
        "list on a terminal": (8.5, 7.5),
        "done": (7, 6),
        "note": (7, 6),
        "report on a terminal": (9.5, 8.5),
        "--help": (8.5, 7),
        "completing a ref": (7.5, 6.5),
    }
    bars = [Bar(name, taken[name].seconds / bare, "x bare", *bounds) for name, bounds in asked.items()]
    for peer in beside:
        slowest = max(taken[name].seconds for name in asked)
        bars.append(Bar(f"the slowest of these beside {peer.name}", slowest / taken[peer.name].seconds, "x", 1))
    bars.append(Bar("peak memory of list, 56 measures", taken["list"].megabytes, "MB", 24, 20))
    return bars, absent


def _python_peers(home: Path, folder: str | None) -> tuple[list[Work], set[str]]:
    works, absent = [], set()
    for name, command, load, words in (
        ("todoman", "todo", peers.todoman, ["list"]),
        ("topydo", "topydo", peers.topydo, ["ls"]),
    ):
        program = peers.find(command, folder)
        if program is None:
            absent.add(name)
            continue
        place = home / name
        peer = load(program, place, SMALL)
        works.append(Work(name, peers.arguments(peer, words, place), peer.environment))
    return works, absent


def _large(program: str, home: Path, options: argparse.Namespace) -> tuple[list[Bar], set[str]]:
    """Time 10,000 measures against Taskwarrior."""
    store = home / "large.json"
    data.write(str(store), LARGE)
    works = _at_size(program, store)
    task = peers.find("task", options.peers)
    beside: list[Work] = []
    if task:
        peer = peers.taskwarrior(task, home / "task", LARGE)
        beside = [
            Work("task list", [task, "project:finance", "list"], peer.environment),
            Work("task summary", [task, "summary"], peer.environment),
            Work("task done", [task, "500", "done"], peer.environment),
        ]
    taken = interleaved([*works, *beside], max(3, options.runs // 2))
    bars = []
    for ours, theirs, at_most in (
        ("list", "task list", 1.5),
        ("report", "task summary", 2.5),
        ("done", "task done", 1.5),
    ):
        if theirs in taken:
            ratio = taken[ours].seconds / taken[theirs].seconds
            bars.append(Bar(f"10,000 measures: {ours} beside `{theirs}`", ratio, "x", at_most))
    past = taken["list --as-of"].seconds / taken["list"].seconds
    bars.append(Bar("10,000 measures: list --as-of the middle", past, "x list", 1.2))
    bars.append(Bar("peak memory of list, 10,000 measures", taken["list"].megabytes, "MB", 100, 60))
    return bars, set() if task else {"Taskwarrior"}


def _at_size(program: str, store: Path) -> list[Work]:
    ours = _ours(program, store)
    return [
        ours("list", "list", "--area", "finance"),
        ours("list --as-of", "list", "--area", "finance", "--as-of", data.MIDDLE),
        ours("report", "report"),
        ours("done", "done", "5-FIN-1000", "--evidence", "https://example.org/invented"),
    ]


def _growth(program: str, home: Path) -> list[Bar]:
    """Compare 100,000 measures with 10,000: time and memory may grow tenfold, not more."""
    figures: list[dict[str, Figures]] = []
    for size in (LARGE, HUGE):
        store = home / f"growth-{size}.json"
        data.write(str(store), size)
        figures.append(interleaved(_at_size(program, store), 3))
    small, huge = figures
    bars: list[Bar] = []
    for name, before in small.items():
        bars.append(Bar(f"{name}: 100,000 beside 10,000, time", huge[name].seconds / before.seconds, "x", 10))
        bars.append(Bar(f"{name}: 100,000 beside 10,000, memory", huge[name].megabytes / before.megabytes, "x", 10))
    return bars


if __name__ == "__main__":
    sys.exit(main())
