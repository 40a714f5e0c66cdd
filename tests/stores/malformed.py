"""Stores that are none: bytes, and things that are no file, each of which must be refused and left alone."""

import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hkshcc.stores.tinydb_store import FileStore
from tests.register.build import REF, TODAY, draft, entries_of

Tables = dict[str, Any]


def sound() -> bytes:
    """Return a store as it should be: the invented register and a finding."""
    evidence = [{"kind": "press", "source": None, "locator": "Invented Daily"}]
    entries = entries_of(draft("finding", ref=REF, on=TODAY, remark="Built, 已建成", evidence=evidence))
    with TemporaryDirectory() as folder:
        path = Path(folder, "register.json")
        FileStore(str(path)).create(entries)
        return path.read_bytes()


SOUND = sound()
_TEXT = SOUND.decode()
LAST = len(json.loads(SOUND)["entries"])


def _edited(edit: Callable[[Tables], object]) -> bytes:
    tables = json.loads(SOUND)
    edit(tables)
    return json.dumps(tables, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _row(**changes: object) -> bytes:
    """The store with its last entry changed."""
    return _edited(lambda tables: tables["entries"][str(LAST)]["entry"].update(changes))


def _chain(value: object) -> bytes:
    """The store with another value of the chain beside its last entry."""
    return _edited(lambda tables: tables["entries"][str(LAST)].update(chain=value))


def _lacking(field: str, number: int = LAST) -> bytes:
    return _edited(lambda tables: tables["entries"][str(number)]["entry"].pop(field))


def _meta(**changes: object) -> bytes:
    return _edited(lambda tables: tables["meta"]["1"].update(changes))


def _thing(entry: int, /, **changes: object) -> bytes:
    return _edited(lambda tables: tables["entries"][str(entry)]["entry"]["thing"].update(changes))


def _replaced(old: str, new: str) -> bytes:
    changed = _TEXT.replace(old, new, 1)
    if changed == _TEXT:
        raise ValueError(old)
    return changed.encode()


def _renumbered(order: Callable[[list[str]], list[str]]) -> bytes:
    def edit(tables: Tables) -> None:
        rows = tables["entries"]
        tables["entries"] = dict(zip(order(list(rows)), rows.values(), strict=True))

    return _edited(edit)


def _nested(opening: str, closing: str, depth: int) -> bytes:
    return _replaced('"remark":"Built, 已建成"', f'"remark":{opening * depth}0{closing * depth}')


def _cut(share: float) -> bytes:
    return SOUND[: int(len(SOUND) * share)]


BYTES: dict[str, bytes] = {
    # No register at all
    "empty": b"",
    "a blank": b" ",
    "an empty line": b"\n",
    "null": b"null",
    "true": b"true",
    "a number": b"1",
    "a text": b'"register"',
    "an empty list": b"[]",
    "a list of stores": b"[" + SOUND + b"]",
    "an empty object": b"{}",
    "an unclosed brace": b"{",
    "prose": b"The register of commitments",
    "CSV": b"ref,status\n5-FIN-1,continuing\n",
    "a zip": b"PK\x03\x04\x14\x00\x06\x00",
    "a default TinyDB": b'{"_default": {"1": {"title": "x"}}}',
    "another's meta": b'{"meta": {"1": {"format": "tasks", "schema": 1}}, "entries": {}}',
    "NUL bytes": bytes(4096),
    "NUL bytes at the end": SOUND + bytes(16),
    "NUL bytes in the middle": SOUND[:1000] + bytes(16) + SOUND[1000:],
    "a byte order mark": b"\xef\xbb\xbf" + SOUND,
    "UTF-16": _TEXT.encode("utf-16"),
    "Big5": _TEXT.encode("big5", "replace"),
    "invalid UTF-8": SOUND.replace(b"Built", b"Bui\xfft"),
    "UTF-8 cut within a character": SOUND[: SOUND.index("已".encode()) + 1],
    "a surrogate in UTF-8": SOUND.replace(b"Built", b"\xed\xa0\x80"),
    "overlong UTF-8": SOUND.replace(b"Built", b"\xc0\xaf"),
    # Cut short, or with something too much
    "cut after a byte": SOUND[:1],
    "cut within its meta table": SOUND[:20],
    "cut after its meta table": SOUND[: SOUND.index(b"\n")],
    "cut before the first entry": SOUND[: SOUND.index(b'"1": {"chain')],
    **{f"cut at {share:.0%}": _cut(share) for share in (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)},
    "cut after the last entry": SOUND.rstrip()[:-2],
    "cut before the last brace": SOUND.rstrip()[:-1],
    "twice over": SOUND + SOUND,
    "an old version's end left": SOUND + SOUND[-40:],
    "a brace too many": SOUND.rstrip() + b"}",
    "a comma too many": _replaced('"}}\n}}', '"}},\n}}'),
    "a comma before the first entry": _replaced('{\n"1"', '{,\n"1"'),
    "a comma too few": _replaced('}},\n"2"', '}}\n"2"'),
    "a comment": b"// by hand\n" + SOUND,
    "single quotes": SOUND.replace(b'"', b"'"),
    "a conflict of versions": b"<<<<<<< HEAD\n" + SOUND + b"=======\n" + SOUND + b">>>>>>> theirs\n",
    "a raw line break in a text": _replaced("Built,", "Built,\n"),
    "a wrong escape": _replaced("Built,", "Built\\q"),
    # JSON that is not quite JSON
    "NaN": _replaced('"remark":"Built, 已建成"', '"remark":NaN'),
    "infinity": _replaced('"remark":"Built, 已建成"', '"remark":-Infinity'),
    "a number beyond all numbers": _replaced('"remark":"Built, 已建成"', '"remark":1e999'),
    "half a character, escaped": _replaced("Built,", "Built \\ud83c"),
    "the wrong half of a character": _replaced("Built,", "Built \\uDF00\\uD83C"),
    "half a character in a key": _replaced('"remark"', '"\\ud83c"'),
    "a field twice": _replaced('"remark":', '"remark":"First","remark":'),
    "an entry twice": _replaced('"2": {', '"1": {'),
    "its meta table twice": _replaced('"entries"', '"meta": {}, "entries"'),
    "a key twice within its meta table": _replaced('"schema"', '"schema": 1, "schema"'),
    "a key twice deep down": _replaced('"kind":"press"', '"kind":"press","kind":"press"'),
    "a huge integer": _thing(1, number=10**4000),
    "an integer beyond reading": _replaced('"number":8', f'"number":{"9" * 5000}'),
    "lists nested deeply": _nested("[", "]", 100_000),
    "objects nested deeply": _nested('{"a":', "}", 100_000),
    "lists never closed": _replaced('"remark":"Built, 已建成"', '"remark":' + "[" * 1_000_000),
    # Tables of another shape
    "no meta table": _edited(lambda tables: tables.pop("meta")),
    "no entries": _edited(lambda tables: tables.pop("entries")),
    "a third table": _edited(lambda tables: tables.update(more={})),
    "a list of entries": _edited(lambda tables: tables.update(entries=list(tables["entries"].values()))),
    "entries null": _edited(lambda tables: tables.update(entries=None)),
    "meta null": _edited(lambda tables: tables.update(meta=None)),
    "meta a list": _edited(lambda tables: tables.update(meta=[tables["meta"]])),
    "more in its meta table": _edited(lambda tables: tables["meta"].update({"2": {}})),
    "more about itself": _meta(author="x"),
    "no schema": _edited(lambda tables: tables["meta"]["1"].pop("schema")),
    "an earlier schema": _meta(schema=2),
    "a newer schema": _meta(schema=4),
    "a schema far ahead": _meta(schema=999_999),
    "schema 0": _meta(schema=0),
    "a schema below 0": _meta(schema=-1),
    "a schema in words": _meta(schema="1"),
    "a schema that is true": _meta(schema=True),
    "a schema with a fraction": _meta(schema=1.0),
    "a schema without end": _meta(schema=10**4000),
    # Entries of another shape
    "an entry missing": _edited(lambda tables: tables["entries"].pop("3")),
    "the first entry missing": _edited(lambda tables: tables["entries"].pop("1")),
    "entries out of order": _renumbered(lambda keys: [keys[1], keys[0], *keys[2:]]),
    "entries counted from 0": _renumbered(lambda keys: [str(int(key) - 1) for key in keys]),
    "entries with leading zeros": _renumbered(lambda keys: [f"0{key}" for key in keys]),
    "entries with names": _renumbered(lambda keys: [f"entry-{key}" for key in keys]),
    "an entry null": _edited(lambda tables: tables["entries"].update({"3": None})),
    "an entry that is a list": _edited(lambda tables: tables["entries"].update({"3": []})),
    "an entry that is a text": _edited(lambda tables: tables["entries"].update({"3": "text"})),
    "an entry's fields that are a list": _edited(lambda tables: tables["entries"]["3"].update(entry=[])),
    "an empty entry": _edited(lambda tables: tables["entries"].update({"3": {}})),
    "no value of the chain": _edited(lambda tables: tables["entries"][str(LAST)].pop("chain")),
    "no entry beside the chain": _edited(lambda tables: tables["entries"][str(LAST)].pop("entry")),
    "more beside the chain": _edited(lambda tables: tables["entries"][str(LAST)].update(sum="0")),
    "the chain null": _chain(None),
    "the chain a number": _chain(1),
    "the chain a list": _chain(["0" * 64]),
    "the chain too short": _chain("0" * 63),
    "the chain not hexadecimal": _chain("x" * 64),
    "no id": _lacking("id"),
    "no event": _lacking("event"),
    "no moment of recording": _lacking("recorded"),
    "no ref": _lacking("ref"),
    "no thing": _lacking("thing", 1),
    "an id that is a number": _row(id=7),
    "an unknown event": _row(event="rumour"),
    "an event that is a list": _row(event=["finding"]),
    "a field that no entry has": _row(priority="high"),
    "a field of a name without end": _row(**{"x" * 100_000: 1}),
    "a field of terminal codes": _row(**{"\x1b[2J": 1}),
    "a moment without an offset": _row(recorded="2022-06-15T09:00:00"),
    "a moment that never was": _row(recorded="2022-06-15T25:00:00+08:00"),
    "a day that never was": _row(on="2022-02-30"),
    "a day in another form": _row(on="2022-W24-3"),
    "a day that is null": _row(on=None),
    "a status nobody knows": _row(status="almost"),
    "a status that is never stored": _row(status="unknown"),
    "a side that is none": _row(side="left"),
    "evidence that is a text": _row(evidence="Invented Daily"),
    "evidence without a place": _row(evidence=[{"kind": "press", "source": None}]),
    "evidence of no kind": _row(evidence=[{"kind": "rumour", "source": None, "locator": "x"}]),
    "a thing where none belongs": _row(thing={}),
    "a remark that is a list": _row(remark=["Built"]),
    "names in another language": _thing(3, name={"fr": "Bureau"}),
    "a body on no side": _thing(3, side="left"),
    "a plenary without a day": _edited(lambda tables: tables["entries"]["1"]["entry"]["thing"].pop("date")),
    "a plenary with a fraction": _thing(1, number=8.5),
    "a measure of another ref": _thing(LAST - 1, ref="8-INV-9"),
    "a measure of no known kind": _thing(LAST - 1, kind="wish"),
}


def _folder(path: Path) -> None:
    path.mkdir()


def _full_folder(path: Path) -> None:
    path.mkdir()
    (path / "register.json").write_bytes(SOUND)


def _fifo(path: Path) -> None:
    os.mkfifo(path)


def _socket(path: Path) -> None:
    # Not bound: the address of a socket has room for some 100 bytes, and the folder's name may be longer.
    os.mknod(path, stat.S_IFSOCK | 0o600)


def _circle(path: Path) -> None:
    path.symlink_to(path.name)


NO_FILES: dict[str, Callable[[Path], None]] = {
    "a folder": _folder,
    "a folder that holds a store": _full_folder,
    "a FIFO": _fifo,
    "a socket": _socket,
    "links in a circle": _circle,
}
