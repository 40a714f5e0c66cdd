"""The file of a store as hkshcc lays it out: its sum, what that spares, and files of an earlier layout."""

import json
import os
import stat
from pathlib import Path
from zlib import crc32

import pytest

from hkshcc.errors import StoreError
from hkshcc.register.checking import problems
from hkshcc.stores.tinydb_store import FileStore
from tests.register.build import REF, TODAY, draft, entries_of, numbered
from tests.stores.conftest import LAST, Shelf


def told(shelf: Shelf) -> dict[str, object]:
    """What the file says of itself."""
    found: dict[str, object] = json.loads(shelf.path.read_bytes())["meta"]["1"]
    return found


def resealed(data: bytes) -> bytes:
    """The file with a sum that holds, whatever was done to it."""
    head, _, rest = data.partition(b"\n")
    old = json.loads(head.rstrip(b",") + b"}")["meta"]["1"]["sum"]
    return head.replace(old.encode(), b"%08x" % crc32(rest)) + b"\n" + rest


def of_schema_1(data: bytes) -> bytes:
    """The file as hkshcc laid it out before it had a sum."""
    rest = data.partition(b"\n")[2]
    return b'{"meta": {"1": {"format": "hkshcc register", "schema": 1}},\n' + rest


def test_a_file_says_what_it_is_and_has_the_sum_of_what_follows(shelf: Shelf) -> None:
    rest = shelf.path.read_bytes().partition(b"\n")[2]
    assert told(shelf) == {"format": "hkshcc register", "schema": 2, "sum": f"{crc32(rest):08x}"}


def test_a_file_with_and_without_a_sum_that_holds_is_the_same_register(shelf: Shelf) -> None:
    shelf.note("\u865b\u69cb")
    with_sum = shelf.open().read()
    shelf.path.write_bytes(shelf.path.read_bytes() + b"\n")
    without = shelf.open().read()
    assert list(with_sum.entries) == list(without.entries)
    assert with_sum.fingerprint == without.fingerprint
    assert with_sum.bodies == without.bodies
    assert with_sum.events(REF) == without.events(REF)
    assert with_sum.broken_at() is without.broken_at() is None


def test_entries_are_counted_sliced_and_reached_from_the_end_as_in_a_list(shelf: Shelf) -> None:
    entries, all_of_them = shelf.open().read().entries, list(shelf.open().read().entries)
    assert len(entries) == LAST
    assert entries[-1] == all_of_them[-1]
    assert entries[2:5] == all_of_them[2:5]
    assert list(reversed(entries)) == all_of_them[::-1]
    with pytest.raises(IndexError):
        entries[LAST]


def test_an_id_that_must_be_escaped_is_found_all_the_same(shelf: Shelf) -> None:
    [odd] = numbered([draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="Odd")], after=LAST)
    odd = odd._replace(id='an "odd" \\ id', recorder='"quoted"')
    shelf.open().append([odd], after=LAST)
    taken_back = draft("retraction", recorded=TODAY, names=[odd.id])
    shelf.open().append(numbered([taken_back], after=LAST + 1), after=LAST + 1)
    register = shelf.open().read()
    assert register.entries[LAST] == odd
    assert odd.id in register.withdrawn
    assert odd not in register.events(REF)


@pytest.mark.parametrize("ref", ['8-"INV"-1', "8-INV\\-1", ""])
def test_a_ref_that_no_measure_has_is_placed_as_it_is_written(shelf: Shelf, ref: str) -> None:
    [odd] = numbered([draft("note", ref=ref, on=TODAY, recorded=TODAY, remark="Odd")], after=LAST)
    shelf.open().append([odd], after=LAST)
    assert shelf.open().read().events(ref) == [odd]


def test_what_nobody_asks_for_is_not_decoded(shelf: Shelf) -> None:
    shelf.note("Something")
    shelf.path.write_bytes(resealed(shelf.path.read_bytes().replace(b'"remark": "Something"', b'"remark": 7x')))
    register = shelf.open().read()
    assert register.events("8-INV-2a") == [register.entries[LAST - 3]]
    with pytest.raises(StoreError):
        register.events(REF)


def test_a_store_without_entries_is_read_and_appended_to(tmp_path: Path) -> None:
    store = FileStore(str(tmp_path / "register.json"))
    store.create([])
    assert list(store.read().entries) == []
    store.append(entries_of(), after=0)
    assert list(store.read().entries) == entries_of()
    assert store.read().broken_at() is None


def test_an_entry_damaged_under_a_sum_that_holds_is_refused_in_words(shelf: Shelf) -> None:
    shelf.note("Something")
    for broken in (b'"remark": 7x', b'"remarks": "Something"', b'"remark": "Something"},\n"x": ['):
        data = shelf.path.read_bytes()
        shelf.path.write_bytes(resealed(data.replace(b'"remark": "Something"', broken)))
        with pytest.raises(StoreError, match=f"entry ({LAST + 1}|{LAST + 2}) of the store is damaged"):
            shelf.open().read().events(REF)
        shelf.path.write_bytes(data)


def test_an_entry_of_a_wrong_shape_under_a_sum_that_holds_is_found_by_check(shelf: Shelf) -> None:
    shelf.note("Something")
    data = shelf.path.read_bytes()
    shelf.path.write_bytes(resealed(data.replace(b'"remark": "Something"', b'"remark": 7')))
    assert problems(shelf.open().read()) == [f"entry {LAST + 1} has a wrong \u00abremark\u00bb"]


def test_a_history_changed_under_a_sum_that_holds_is_found_by_check(shelf: Shelf) -> None:
    shelf.note("Something")
    shelf.path.write_bytes(resealed(shelf.path.read_bytes().replace(b"Something", b"Nothing!!")))
    assert shelf.open().read().broken_at() == LAST + 1


def test_a_history_that_was_changed_outside_never_gets_a_sum_again(shelf: Shelf) -> None:
    shelf.note("One")
    shelf.path.write_bytes(shelf.path.read_bytes().replace(b'"One"', b'"Two"'))
    shelf.note("Three")
    shelf.note("Four")
    assert told(shelf)["sum"] == ""
    register = shelf.open().read()
    assert register.fingerprint
    assert register.altered
    assert register.broken_at() == LAST + 1


def test_a_file_that_an_editor_laid_out_anew_gets_its_layout_back(shelf: Shelf) -> None:
    before = shelf.path.read_bytes()
    shelf.path.write_text(json.dumps(json.loads(before), indent=2), "utf-8")
    shelf.note()
    assert shelf.path.read_bytes().splitlines()[1 : LAST + 1] == before.splitlines()[1 : LAST + 1]
    assert told(shelf)["sum"]


def test_a_newer_file_whose_sum_holds_is_refused_all_the_same(shelf: Shelf) -> None:
    newer = shelf.path.read_bytes().replace(b'"schema": 2', b'"schema": 3')
    shelf.path.write_bytes(newer)
    with pytest.raises(StoreError, match="was written by a newer hkshcc"):
        shelf.open().read()
    with pytest.raises(StoreError, match="was written by a newer hkshcc"):
        shelf.note()
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
        done.append("rename")
        move(source, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", moved)
    store = FileStore(str(tmp_path / "register.json"))
    store.create(entries_of())
    assert done == ["file", "rename", "folder"]
    store.append(numbered([draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="x")], after=LAST), after=LAST)
    assert done == ["file", "rename", "folder"] * 2


def test_a_store_of_the_first_schema_is_read_and_left_as_it_is(shelf: Shelf) -> None:
    old = of_schema_1(shelf.path.read_bytes())
    held = list(shelf.open().read().entries)
    shelf.path.write_bytes(old)
    assert list(shelf.open().read().entries) == held
    assert shelf.path.read_bytes() == old
    assert shelf.files() == {"register.json"}


def test_a_store_of_the_first_schema_is_upgraded_by_the_first_write_and_kept_beside_it(shelf: Shelf) -> None:
    old = of_schema_1(shelf.path.read_bytes())
    shelf.path.write_bytes(old)
    shelf.note("The first of the new")
    assert told(shelf)["schema"] == 2
    assert told(shelf)["sum"]
    assert shelf.files() == {"register.json", "register.json.bak", "register.json.schema-1"}
    shelf.note("The second")
    assert Path(f"{shelf.path}.schema-1").read_bytes() == old
    assert shelf.remarks() == ["The first of the new", "The second"]
    assert shelf.open().read().broken_at() is None


def test_what_is_kept_of_an_upgrade_is_never_written_over(shelf: Shelf) -> None:
    kept = Path(f"{shelf.path}.schema-1")
    kept.write_bytes(b"kept before")
    shelf.path.write_bytes(of_schema_1(shelf.path.read_bytes()))
    shelf.note()
    assert kept.read_bytes() == b"kept before"


def test_an_upgrade_whose_earlier_version_cannot_be_kept_writes_nothing(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = of_schema_1(shelf.path.read_bytes())
    shelf.path.write_bytes(old)

    def full(_source: str, _target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.link", full)
    with pytest.raises(StoreError, match="No space left on device"):
        shelf.note()
    assert shelf.path.read_bytes() == old
