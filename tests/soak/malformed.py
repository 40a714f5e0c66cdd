"""Stores that are none, large ones among them: refused in one sentence, untouched, quickly and in little memory."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from tests.soak.trial import REF, Outcome, Peak, measured, sentence_missing
from tests.stores.malformed import BYTES, LAST, NO_FILES, SOUND

COUNT = 0
UNREADABLE = 5  # the exit code
WRONG = 1  # the exit code of a check that finds something
LONGEST = 20.0  # seconds
LARGEST = 1024.0  # MB
LARGE = 100_000_000  # bytes
_BEGINNING = SOUND[: SOUND.index(b'"1": {')]
_ROW = SOUND.splitlines()[-2]  # the last entry


def _repeated(piece: bytes, before: bytes = b"", after: bytes = b"") -> Iterator[bytes]:
    yield before
    block = piece * (1 + 1_000_000 // len(piece))
    for _ in range(LARGE // len(block)):
        yield block
    yield after


def _random() -> Iterator[bytes]:
    for _ in range(LARGE // 1_000_000):
        yield os.urandom(1_000_000)


def _keys() -> Iterator[bytes]:
    """One entry of millions of fields."""
    yield _BEGINNING + b'"1": {'
    for number in range(LARGE // 1_200_000):
        yield b"".join(b'"%x":0,' % (number * 100_000 + key) for key in range(100_000))
    yield b'"id": "x"}}}'


def _entries() -> Iterator[bytes]:
    """Sound entries by the hundred thousand, and a last one that breaks off."""
    yield SOUND.rstrip().removesuffix(b"\n}}")
    row = _ROW.partition(b": ")[2]
    for number in range(LAST + 1, LARGE // len(_ROW)):
        yield b',\n"%d": %b' % (number, row)
    yield b',\n"'


LARGE_ONES: dict[str, Callable[[], Iterator[bytes]]] = {
    "100 MB of noise": _random,
    "100 MB of NUL bytes": lambda: _repeated(bytes(1000)),
    "100 MB of blanks": lambda: _repeated(b" " * 1000),
    "100 MB of lists": lambda: _repeated(b"[],[[],[]],", b"[", b"[]]"),
    "100 MB of lists within an entry": lambda: _repeated(b"[],[[],[]],", _BEGINNING + b'"1": {"id": [', b"[]]}}}"),
    "100 MB of lists instead of entries": lambda: _repeated(b"[],", _BEGINNING.replace(b"{\n", b"[\n"), b"[]]}"),
    "100 MB of entries that are lists": lambda: _repeated(b'"1": [],', _BEGINNING, b'"1": []}}'),
    "100 MB of lists within its meta table": lambda: _repeated(b"[],", b'{"meta": {"1": [', b"[]]}}"),
    "100 MB of empty objects": lambda: _repeated(b"{},", _BEGINNING + b'"1": {"id": [', b"{}]}}}"),
    "100 MB of short texts": lambda: _repeated(b'"ab",', _BEGINNING + b'"1": {"id": [', b'""]}}}'),
    "100 MB of opening brackets": lambda: _repeated(b"[", _BEGINNING + b'"1": {"id": '),
    "100 MB of opening braces": lambda: _repeated(b'{"a":', _BEGINNING + b'"1": '),
    "100 MB of fields in an entry": _keys,
    "100 MB in one text": lambda: _repeated("已建成".encode(), _BEGINNING + b'"1": {"id": "', b'"}}}'),
    "100 MB and an emoji": lambda: _repeated(b"x" * 1000, _BEGINNING + '"1": {"id": "😀'.encode(), b'"}}}'),
    "100 MB in one key": lambda: _repeated(b"k", _BEGINNING + b'"', b'": {}}}'),
    "100 MB of escapes": lambda: _repeated(b"\\u5df2", _BEGINNING + b'"1": {"id": "', b'"}}}'),
    "100 MB of digits": lambda: _repeated(b"9", _BEGINNING + b'"1": {"id": ', b"}}}"),
    "100 MB of sound entries, cut": _entries,
}


def trial(folder: Path, _count: int) -> Outcome:
    """Read and write every malformed store through the command line."""
    failures: list[str] = []
    store = folder / "register.json"
    slowest, most = 0.0, 0.0

    def tried(name: str, peak: Peak) -> None:
        nonlocal slowest, most
        slowest, most = max(slowest, peak.ran.seconds), max(most, peak.memory)
        failures.extend(f"{name}: {wrong}" for wrong in _wrong_with(peak))

    for name, content in BYTES.items():
        store.write_bytes(content)
        for words in (("list",), ("note", REF, "on top")):
            tried(f"{name} ({words[0]})", measured(store, *words))
            if store.read_bytes() != content:
                failures.append(f"{name}: changed by {words[0]}")
    small = (slowest, most)
    store.unlink()
    for name, make in NO_FILES.items():
        place = folder / name.replace(" ", "-")
        make(place)
        tried(name, measured(place, "list"))
    for name, pieces in LARGE_ONES.items():
        with store.open("wb") as file:
            file.writelines(pieces())
        before = _digest(store)
        for words in (("list",), ("note", REF, "on top")):
            peak = measured(store, *words)
            sys.stdout.write(f"    {name}, {words[0]}: {peak.ran.seconds:.1f} s, {peak.memory:.0f} MB\n")
            tried(f"{name} ({words[0]})", peak)
        if _digest(store) != before:
            failures.append(f"{name}: changed")
    failures += _changed_history(store)
    return Outcome(
        f"{len(BYTES) + len(NO_FILES)} small ones (at most {small[0]:.1f} s, {small[1]:.0f} MB) and {len(LARGE_ONES)} "
        f"of 100 MB (at most {slowest:.1f} s, {most:.0f} MB) refused in one sentence, untouched",
        failures,
    )


def _wrong_with(peak: Peak) -> list[str]:
    found = []
    if peak.ran.code != UNREADABLE:
        found.append(f"ended with {peak.ran.code}")
    if wrong := sentence_missing(peak.ran):
        found.append(wrong)
    if peak.ran.seconds > LONGEST:
        found.append(f"took {peak.ran.seconds:.1f} s")
    if peak.memory > LARGEST:
        found.append(f"took {peak.memory:.0f} MB")
    return found


def _changed_history(store: Path) -> list[str]:
    """A history that was changed is no malformed store: it is read, and the check says where."""
    tables = json.loads(SOUND)
    tables["entries"][str(LAST)]["entry"]["remark"] = "Burnt"
    store.write_text(json.dumps(tables), "utf-8")
    read, checked = measured(store, "list").ran, measured(store, "check").ran
    if read.code or checked.code != WRONG or f"entry {LAST}" not in checked.out:
        return [f"a changed history: list ended with {read.code}, check with {checked.code}: {checked.out}"]
    return []


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = sha256()
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
