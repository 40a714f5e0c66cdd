"""The form of a store's file: its lines, the chain beside them, and what was done to it by something else."""

import json
import os
import re
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB, where  # noqa: TID253  the file is held against TinyDB itself

from hkshcc.errors import StoreError
from hkshcc.register.chain import START, canonical, sha256
from hkshcc.register.fingerprints import verify_fingerprint
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, encode
from hkshcc.stores import file_format
from hkshcc.stores.tinydb_store import FileStore, RegisterStorage
from tests.register.build import REF, TODAY, draft, entries_of, numbered
from tests.stores.conftest import LAST, Shelf
from tests.stores.forging import FORGERIES, forged, rows_of

ABOUT = b'{"meta": {"1": {"format": "hkshcc register", "schema": 3}},'


def test_a_file_says_what_it_is_and_holds_what_is_hashed_beside_its_hash(shelf: Shelf) -> None:
    lines = shelf.path.read_bytes().split(b"\n")
    assert lines[:2] == [ABOUT, b'"entries": {']
    previous = START
    for number, (line, entry) in enumerate(zip(lines[2:-2], entries_of(), strict=True), start=1):
        stored = canonical(encode(entry))
        previous = sha256()((previous + stored).encode()).hexdigest()
        assert line.decode().rstrip(",") == f'"{number}": {{"chain": "{previous}", "entry": {stored}}}'


@pytest.mark.parametrize("bulk", [0, 1 << 40], ids=["OpenSSL", "Python's own"])
def test_the_fingerprint_is_the_same_whichever_sha_256_computes_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, bulk: int
) -> None:
    expected = rows_of(shelf.path)[-1][0]
    monkeypatch.setattr("hkshcc.register.chain._BULK", bulk)
    assert shelf.open().read().fingerprint == expected


# TinyDB


def test_tinydb_itself_opens_the_file_and_lists_and_searches_it(shelf: Shelf) -> None:
    shelf.note("A remark")
    with TinyDB(shelf.path) as database:
        assert database.tables() == {"meta", "entries"}
        documents = database.table("entries").all()
        assert [document.doc_id for document in documents] == list(range(1, LAST + 2))
        found = database.table("entries").search(where("entry").remark == "A remark")
        assert [document["entry"]["ref"] for document in found] == [REF]


def test_tinydb_over_our_storage_reads_the_same_documents_as_over_its_own(shelf: Shelf) -> None:
    with TinyDB(shelf.path) as database:
        expected = database.table("entries").all()
    ours = TinyDB(storage=lambda: RegisterStorage(str(shelf.path)))
    assert ours.table("entries").all() == expected
    assert ours.table("entries").search(where("entry").event == "plenary") == [
        document for document in expected if document["entry"]["event"] == "plenary"
    ]


def test_a_store_that_tinydb_laid_out_anew_is_read_and_gets_its_form_back(shelf: Shelf) -> None:
    before = shelf.path.read_bytes()
    with TinyDB(shelf.path) as database:
        database.table("entries").update({"x": 1}, doc_ids=[1])
        database.table("entries").update(lambda document: document.pop("x"), doc_ids=[1])
    assert shelf.path.read_bytes() != before
    shelf.note()
    assert shelf.path.read_bytes().splitlines()[1 : LAST + 1] == before.splitlines()[1 : LAST + 1]
    assert shelf.open().read().broken_at() is None


# Entries are decoded when they are asked for


def test_entries_are_counted_sliced_and_reached_from_the_end_as_in_a_list(shelf: Shelf) -> None:
    entries = shelf.open().read().entries
    assert len(entries) == LAST
    assert list(entries) == entries_of()
    assert entries[-1] == entries_of()[-1]
    assert entries[2:5] == entries_of()[2:5]
    assert list(reversed(entries)) == entries_of()[::-1]
    with pytest.raises(IndexError):
        entries[LAST]


@pytest.mark.parametrize("odd", ['an "odd" \\ id', "虛構", "tab\there"])
def test_an_entry_with_an_odd_id_is_placed_and_withdrawn_as_any(shelf: Shelf, odd: str) -> None:
    [entry] = numbered([draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="Odd")], after=LAST)
    entry = entry._replace(id=odd, recorder='"quoted"')
    shelf.open().append([entry], after=LAST)
    taken_back = draft("retraction", recorded=TODAY, names=[odd])
    shelf.open().append(numbered([taken_back], after=LAST + 1), after=LAST + 1)
    register = shelf.open().read()
    assert register.entries[LAST] == entry
    assert odd in register.withdrawn
    assert entry not in register.events(REF)


@pytest.mark.parametrize("odd", ['a measure "x"', "\\", "虛構"])
def test_a_measure_with_an_odd_id_is_withdrawn_as_any(shelf: Shelf, odd: str) -> None:
    thing = {"ref": "8-INV-77", "plenary": 8, "area": "inventions", "kind": "deliverable", "title": {"en": "Odd"}}
    [entry] = numbered([draft("agreed", ref="8-INV-77", on=TODAY, recorded=TODAY, thing=thing)], after=LAST)
    shelf.open().append([entry._replace(id=odd)], after=LAST)
    assert shelf.open().read().measure("8-INV-77")
    taken_back = draft("retraction", recorded=TODAY, names=[odd])
    shelf.open().append(numbered([taken_back], after=LAST + 1), after=LAST + 1)
    assert shelf.open().read().measure("8-INV-77") is None


@pytest.mark.parametrize("ref", ['8-"INV"-1', "8-INV\\-1"])
def test_a_ref_that_no_measure_has_is_placed_as_it_is_written(shelf: Shelf, ref: str) -> None:
    [odd] = numbered([draft("note", ref=ref, on=TODAY, recorded=TODAY, remark="Odd")], after=LAST)
    shelf.open().append([odd], after=LAST)
    assert shelf.open().read().events(ref) == [odd]


KEYS = st.sampled_from(['"event":"agreed"', ',"id":"x",', '"ref":"8-INV-2a"', '"thing":', '"on":"2020-01-01"', "\\"])


@given(remark=st.lists(KEYS | st.text(max_size=5), max_size=4).map("".join))
@settings(max_examples=60)
def test_a_text_that_looks_like_a_key_misplaces_no_entry(remark: str) -> None:
    entries = entries_of(
        draft("note", ref=REF, on=TODAY, recorded=TODAY, remark=remark, by="XBB"),
        draft("revision", ref="8-IVT-1", on=TODAY, recorded=TODAY, reason=remark, dropped=[remark], names=[remark]),
        draft("finding", ref=REF, on=TODAY, recorded=TODAY, next=remark, evidence=[
            {"kind": "press", "source": remark, "locator": remark}
        ]),
    )  # fmt: skip
    stored = file_format.StoredEntries(_file_of(entries), "x")
    assert list(stored.outlines()) == [
        (entry.event, entry.ref, *((entry.id, entry.on) if entry.event == "agreed" else ("", ""))) for entry in entries
    ]
    assert list(stored) == entries


def _file_of(entries: list[Entry]) -> bytes:
    value, lines = START, []
    for entry in entries:
        stored = canonical(encode(entry))
        value = sha256()((value + stored).encode()).hexdigest()
        lines.append(file_format.line_of(entry.number, value, encode(entry)))
    return file_format.file_of(lines)


def test_a_store_without_entries_is_read_and_appended_to(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "register.json"))
    store.create([])
    assert list(store.read().entries) == []
    store.append(entries_of(), after=0)
    assert list(store.read().entries) == entries_of()
    assert store.read().broken_at() is None


# What was forged


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_store_whose_every_hash_was_computed_anew_no_longer_has_a_printed_fingerprint(
    shelf: Shelf, forge: Callable[[list[dict[str, Any]]], object]
) -> None:
    shelf.note("One")
    shelf.note("Two")
    register = shelf.open().read()
    printed = f"{register.last}:{register.fingerprint}"
    assert verify_fingerprint(register, printed) == []
    shelf.path.write_bytes(forged(shelf.path, forge))
    register = shelf.open().read()
    assert not register.altered  # the file alone cannot tell
    assert verify_fingerprint(register, printed)


def _replaced(before: bytes, after: bytes, stored: bytes) -> bytes:
    return stored.replace(before, after)


def test_a_key_that_stands_twice_is_found_although_every_hash_was_computed_anew(shelf: Shelf) -> None:
    shelf.note("One")
    for before, after in (
        (b'"remark":"One"', b'"remark":"Two","remark":"One"'),
        (b'"event":"note"', b'"event":"finding","event":"note"'),
        (b'"ref":"8-INV-1"', b'"ref":"8-INV-2a","ref":"8-INV-1"'),
    ):
        store = Shelf(shelf.folder, shelf.folder / "forged.json")
        store.path.write_bytes(forged(shelf.path, edit=partial(_replaced, before, after)))
        found: list[str] = []
        try:
            found = problems(store.open().read())
        except StoreError as error:
            found = [str(error)]
        assert [text for text in found if "canonical" in text], before


WRONG = {
    b'"remark":"One"': [
        b'"remark":7', b'"remarks":"One"', b'"remark":"One","thing":{}', b'"remark":"\\ud83c"', b'"remark":7x',
    ],
    b'"event":"note"': [b'"event":"rumour"', b'"event":7'],
    b'"ref":"8-INV-1","remark":"One"': [b'"ref":"8-INV-\xff","remark":"One"'],
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), [(old, new) for old, all_new in WRONG.items() for new in all_new])
def test_an_entry_of_a_wrong_shape_is_refused_in_words_although_every_hash_was_computed_anew(
    shelf: Shelf, before: bytes, after: bytes
) -> None:
    shelf.note("One")
    shelf.path.write_bytes(forged(shelf.path, edit=partial(_replaced, before, after)))
    store = re.escape(str(shelf.path))
    with pytest.raises(StoreError, match=f"^the store {store} cannot be read: entry {LAST + 1} .*restore it"):
        list(shelf.open().read().entries)


def test_a_history_that_was_changed_outside_stays_reported_through_every_further_write(shelf: Shelf) -> None:
    shelf.note("One")
    shelf.path.write_bytes(shelf.path.read_bytes().replace(b'"One"', b'"Two"'))
    shelf.note("Three")
    shelf.note("Four")
    register = shelf.open().read()
    assert register.altered
    assert register.broken_at() == LAST + 1
    assert problems(register)


# Other schemas


@pytest.mark.parametrize("schema", [1, 2])
def test_a_file_of_an_earlier_schema_is_refused_with_the_way_to_bring_it_over(shelf: Shelf, schema: int) -> None:
    earlier = shelf.path.read_bytes().replace(b'"schema": 3', b'"schema": %d' % schema)
    shelf.path.write_bytes(earlier)
    for do in (shelf.open().read, shelf.note):
        with pytest.raises(
            StoreError,
            match=r"earlier version of hkshcc wrote it.*export -o COPY.json.*import register COPY.json --apply`$",
        ):
            do()
    assert shelf.path.read_bytes() == earlier
    assert shelf.files() == {"register.json"}


def test_a_file_of_a_newer_schema_is_refused(shelf: Shelf) -> None:
    newer = shelf.path.read_bytes().replace(b'"schema": 3', b'"schema": 4')
    shelf.path.write_bytes(newer)
    for do in (shelf.open().read, shelf.note):
        with pytest.raises(StoreError, match=r"newer version of hkshcc wrote it.*upgrade hkshcc$"):
            do()
    assert shelf.path.read_bytes() == newer


def test_a_new_store_is_on_disk_before_it_has_its_name_and_its_name_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    sync, move = os.fsync, os.replace

    def synced(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def moved(source: str, target: str) -> None:
        done.append(f"rename to {target.rpartition('.')[2]}")
        move(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", moved)
    store = FileStore(str(tmp_path / "register.json"))
    store.create(entries_of())
    assert done == ["file", "rename to json", "folder"]
    done.clear()
    store.append(numbered([draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="x")], after=LAST), after=LAST)
    assert done == ["file", "rename to bak", "rename to json", "folder"]


def test_the_lines_of_a_file_are_json_that_any_program_reads(shelf: Shelf) -> None:
    rows = json.loads(shelf.path.read_bytes())["entries"]
    assert [row["entry"] for row in rows.values()] == [json.loads(canonical(encode(entry))) for entry in entries_of()]
