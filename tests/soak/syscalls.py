"""Every system call of a write and of an import, killed at, and failing with ENOSPC and EIO; their order too."""

import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hkshcc.errors import StoreError
from tests.soak.trial import REF, Outcome, Ran, SkippedError, remarks, run, sentence_missing, strays, write_next

COUNT = 0
TEXT = "under strace"
AT_ONCE = 2.0  # seconds
KILLED = -9
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)")
_STEADY = {"PYTHONHASHSEED": "0"}


class _Call(NamedTuple):
    """A system call of the write: its name, which of that name it is in the whole run, and its arguments."""

    name: str
    number: int
    arguments: str


class _Write(NamedTuple):
    """A command that writes: its words, what its answer begins with, and the remarks of the entries that it adds."""

    words: tuple[str, ...]
    answer: str
    adds: list[str]


class _Fault(NamedTuple):
    """What is to happen at a call."""

    call: _Call
    what: str  # as strace wants it

    def options(self) -> list[str]:
        quick = [] if self.what.startswith("signal") else ["--seccomp-bpf"]  # which knows no signals
        return [
            *quick,
            "-e",
            f"trace={self.call.name}",
            "-e",
            f"inject={self.call.name}:{self.what}:when={self.call.number}",
        ]

    def __str__(self) -> str:
        return f"{self.what} at {self.call.name}({self.call.arguments[:60]}"


def trial(folder: Path, _count: int) -> Outcome:
    """Meet every call with every fault, on a store and where there is none yet."""
    if sys.platform != "linux" or shutil.which("strace") is None:
        raise SkippedError("strace is not there; install it to see the system calls")
    failures: list[str] = []
    figures: list[str] = []
    for name, make in (("replacing", _note), ("creating", _note), ("importing", _import)):
        told, wrong = _each_call(folder, name, make(folder), 0 if name == "creating" else 2)
        figures.append(f"{name}: {told}")
        failures += [f"{name}: {failure}" for failure in wrong]
    return Outcome("; ".join(figures), failures)


def _each_call(folder: Path, name: str, write: _Write, notes: int) -> Outcome:
    """Meet each call of a write with every fault, on a store that has some notes already."""
    model = folder / name
    model.mkdir()
    for number in range(notes):
        run(model / "register.json", "note", REF, f"before {number}")
    if write.words[0] == "import":
        run(model / "register.json", "init", "--origin", "SH")
    place = folder / f"{name}-traced"
    calls = _calls_of_a_write(model, write, place)
    failing = [call for call in calls if _at_the_store(call, place)]
    order, failures = _order(calls, write)
    faults = [_Fault(call, "signal=KILL") for call in calls]
    faults += [_Fault(call, f"error={error}") for error in ("ENOSPC", "EIO") for call in failing]
    with ProcessPoolExecutor() as pool:
        places = (folder / f"{name}-{index}" for index in range(len(faults)))
        met = list(pool.map(partial(_meet, model, write), faults, places))
    failures += [failure for one in met for failure in one.failures]
    missed = sum(not one.hit for one in met)
    if missed * 20 > len(met):
        failures.append(f"{missed} of {len(met)} faults never came about")
    counted = Counter(one.end for one in met)
    ends = ", ".join(f"{number} {end}" for end, number in sorted(counted.items()))
    left = sum(one.left for one in met)
    return Outcome(
        f"killed at {len(calls)} calls, ENOSPC and EIO at the {len(failing)} of them that touch the store or the "
        f"answer: {ends}; {left} left a file behind; {missed} never came about; order {order}",
        failures,
    )


def _note(_folder: Path) -> _Write:
    """Return the writing of a note."""
    return _Write(("note", REF, TEXT), REF, [TEXT])


def _import(folder: Path) -> _Write:
    """Return the import of a copy of another register, with three notes of its own."""
    other, copy = folder / "other.json", folder / "copy.json"
    told = [f"there {number}" for number in range(3)]
    for text in told:
        run(other, "note", REF, text)
    run(other, "init", "--origin", "HK")
    run(other, "export", "-o", str(copy))
    # The name of the other register has no remark, nor has the exchange.
    return _Write(("import", "register", str(copy), "--apply"), "copy.json", [*told, "", ""])


def _at_the_store(call: _Call, place: Path) -> bool:
    """Say whether a call acts on the store, on what lies beside it, or on the answer."""
    return str(place) in call.arguments or call.arguments.startswith(("1<", "2<"))


def _calls_of_a_write(model: Path, write: _Write, place: Path) -> list[_Call]:
    """Return the calls from the opening of the lock to the end of the process."""
    shutil.copytree(model, place)
    log = place.with_suffix(".log")
    ran = run(
        place / "register.json",
        *write.words,
        before=["strace", "-f", "-y", "-s", "80", "-o", str(log)],
        env=_STEADY,
    )
    if ran.code:
        raise SkippedError(f"strace cannot trace here ({ran.err.strip()[-100:]})")
    numbers: Counter[str] = Counter()
    calls: list[_Call] = []
    for line in log.read_text("utf-8", "replace").splitlines():
        if found := _CALL.match(line):
            name, arguments = found[1], found[2]
            numbers[name] += 1
            if calls or (name.startswith("open") and '.lock"' in arguments):
                calls.append(_Call(name, numbers[name], arguments))
    return calls


def _order(calls: list[_Call], write: _Write) -> tuple[str, list[str]]:
    """Say in which order the steps were made that the promise rests on, and what is wrong with it."""
    steps: dict[str, Callable[[_Call], bool]] = {
        "lock": lambda call: call.name == "flock",
        "fsync": lambda call: call.name == "fsync" and "register.json.new>" in call.arguments,
        "rename": lambda call: call.name.startswith("rename") and 'register.json"' in call.arguments,
        "fsync of the folder": lambda call: call.name == "fsync" and "register.json" not in call.arguments,
        "answer": lambda call: (
            call.name == "write" and call.arguments.startswith("1<") and write.answer in call.arguments
        ),
    }
    places = {step: [index for index, call in enumerate(calls) if is_it(call)] for step, is_it in steps.items()}
    wrong = [f"{len(found)} calls for the step '{step}'" for step, found in places.items() if len(found) != 1]
    order = sorted(places, key=lambda step: places[step] or [len(calls)])
    if order != list(steps):
        wrong.append(f"the order is {', '.join(order)}")
    return ", ".join(order), wrong


class _Met(NamedTuple):
    """How a fault was met."""

    hit: bool
    end: str
    left: bool
    failures: list[str]


def _meet(model: Path, write: _Write, fault: _Fault, place: Path) -> _Met:
    shutil.copytree(model, place)
    store, log = place / "register.json", place.with_suffix(".log")
    held = remarks(store)
    under = ["strace", "-f", "-o", str(log), *fault.options()]
    ran = run(store, *write.words, before=under, env=_STEADY)
    failures: list[str] = []
    try:
        told = remarks(store)
    except StoreError as error:
        return _Met(hit=True, end="unreadable", left=False, failures=[f"{fault}: {error}"])
    recorded = told == [*held, *write.adds]
    if not recorded and told != held:
        failures.append(f"{len(told)} entries where {len(held)} or {len(write.adds)} more should be")
    failures += _wrong_answer(ran, recorded=recorded)
    left = strays(store)
    if not left <= {"register.json.new", "register.json.bak.new"}:
        failures.append(f"left {left} behind")
    if (seconds := write_next(store, "next")) > AT_ONCE:
        failures.append(f"the next write took {seconds:.1f} s")
    if remarks(store) != [*told, "next"]:
        failures.append("the next write did not work")
    if strays(store):
        failures.append(f"the next write left {strays(store)}")
    traced = log.read_text("utf-8", "replace")
    hit = "(INJECTED)" in traced or "killed by SIGKILL" in traced
    shutil.rmtree(place)
    log.unlink()
    return _Met(hit, _end(ran, recorded=recorded), bool(left), [f"{fault}: {failure}" for failure in failures])


def _wrong_answer(ran: Ran, *, recorded: bool) -> list[str]:
    found = []
    if (ran.out or ran.code == 0) and not recorded:
        found.append("acknowledged, but not there")
    if "nothing was recorded" in ran.err and recorded:
        found.append(f"recorded, though it says: {ran.err.strip()}")
    if ran.code not in {0, KILLED} and not recorded and (wrong := sentence_missing(ran)):
        found.append(f"ended with {ran.code}, {wrong}")
    if "Traceback" in ran.err:
        found.append(f"a traceback came out: {ran.err[-300:]}")
    return found


def _end(ran: Ran, *, recorded: bool) -> str:
    if ran.out:
        return "acknowledged"
    how = "killed" if ran.code == KILLED else "refused" if not recorded else "answer lost"
    return f"{how} {'after' if recorded else 'before'} it was recorded"
