"""The store in a file: what is kept beside it, what survives a write, who is refused."""

import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.errors import RefusedError, StoreError
from hkshcc.register.chain import canonical
from hkshcc.register.model import Entry, encode
from hkshcc.stores import Reader, file_format, open_reader, open_store
from hkshcc.stores.seed import seed_entries
from hkshcc.stores.tinydb_store import FileStore
from tests import nasty
from tests.register.build import REF, TODAY, draft, entries_of, numbered
from tests.stores.conftest import LAST, Shelf, as_somebody


def unread(path: Path) -> tuple[int, int, int, int]:
    """What of a file's state only writing changes; the moment of its last reading is another matter."""
    found = path.stat()
    return found.st_ino, found.st_mode, found.st_mtime_ns, found.st_size


def test_what_was_written_is_what_another_reads(tmp_path: Path) -> None:
    FileStore(str(tmp_path / "register.json")).create(nasty.entries())
    assert tuple(FileStore(str(tmp_path / "register.json")).read().entries) == nasty.entries()


@given(remark=st.text(max_size=60), locator=st.text(max_size=20), recorder=st.text(min_size=1, max_size=9))
@settings(max_examples=30)
def test_any_text_comes_back_as_it_went_in(remark: str, locator: str, recorder: str) -> None:
    evidence = [{"kind": "press", "source": None, "locator": locator}]
    [written] = numbered([draft("finding", ref=REF, on=TODAY, remark=remark, evidence=evidence)], after=LAST)
    written = written._replace(recorder=recorder)
    with TemporaryDirectory() as folder:
        store = FileStore(f"{folder}/register.json")
        store.create(entries_of())
        store.append([written], after=LAST)
        assert FileStore(f"{folder}/register.json").read().entries[-1] == written


@pytest.mark.parametrize("open_it", [open_reader, open_store])
def test_reading_leaves_no_file_behind(tmp_path: Path, open_it: Callable[[str], Reader]) -> None:
    store = open_it(str(tmp_path / "register.json"))
    assert store.read(known_on="2099-12-31").entries == seed_entries()
    assert not store.exists
    assert list(tmp_path.iterdir()) == []


def test_reading_a_store_touches_nothing_beside_it(shelf: Shelf) -> None:
    (shelf.folder / "register.json.lock").unlink()
    before = unread(shelf.path)
    shelf.open().read()
    assert [path.name for path in shelf.folder.iterdir()] == ["register.json"]
    assert unread(shelf.path) == before


def test_a_new_store_has_no_previous_version(shelf: Shelf) -> None:
    assert shelf.files() == {"register.json"}


def test_the_previous_version_is_kept_beside_the_store(shelf: Shelf) -> None:
    shelf.note("The first")
    before = shelf.path.read_bytes()
    shelf.note("The second")
    assert shelf.files() == {"register.json", "register.json.bak"}
    assert Path(f"{shelf.path}.bak").read_bytes() == before


@pytest.mark.parametrize("open_it", [open_reader, open_store])
def test_a_store_that_is_gone_is_not_taken_for_none_while_its_previous_version_is_there(
    shelf: Shelf, open_it: Callable[[str], Reader]
) -> None:
    shelf.note("Precious")
    shelf.note("More")
    shelf.path.unlink()
    backup = Path(f"{shelf.path}.bak")
    held = backup.read_bytes()
    said = "^" + re.escape(
        f"there is no store {shelf.path}, but {backup} contains the previous version of one; copy that"
    )
    with pytest.raises(StoreError, match=said):
        open_it(str(shelf.path)).read()
    with pytest.raises(StoreError, match=said):
        shelf.note()
    with pytest.raises(StoreError, match=said):
        shelf.open().create(entries_of())
    assert backup.read_bytes() == held
    assert not shelf.path.exists()


def test_a_command_of_several_appends_is_written_once(shelf: Shelf) -> None:
    before = shelf.path.read_bytes()
    store = shelf.open()
    with store.writing():
        for number in range(LAST, LAST + 3):
            entry = draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="One of three")
            store.append(numbered([entry], after=number), after=number)
        assert shelf.path.read_bytes() == before
    assert shelf.remarks() == ["One of three"] * 3
    assert Path(f"{shelf.path}.bak").read_bytes() == before


def test_a_command_that_changes_nothing_writes_nothing(shelf: Shelf) -> None:
    before = unread(shelf.path)
    with shelf.open().writing():
        pass
    assert unread(shelf.path) == before


@pytest.mark.parametrize("failure", [ZeroDivisionError, KeyboardInterrupt, SystemExit])
def test_a_command_that_fails_writes_nothing(shelf: Shelf, failure: type[BaseException]) -> None:
    before, content = unread(shelf.path), shelf.path.read_bytes()

    def command() -> None:
        store = shelf.open()
        with store.writing():
            store.append(numbered([draft("note", ref=REF, on=TODAY, remark="Lost")], after=LAST), after=LAST)
            raise failure

    with pytest.raises(failure):
        command()
    assert unread(shelf.path) == before
    assert shelf.path.read_bytes() == content
    assert shelf.files() == {"register.json"}


def test_entries_that_were_there_stay_as_they_were_written_to_the_byte(shelf: Shelf) -> None:
    lines = shelf.path.read_bytes().splitlines()
    shelf.note()
    assert shelf.path.read_bytes().splitlines()[1 : LAST + 1] == lines[1 : LAST + 1]


def test_each_entry_stands_on_a_line_of_its_own(shelf: Shelf) -> None:
    lines = shelf.path.read_text("utf-8").splitlines()
    assert [line.partition(":")[0] for line in lines[2:-1]] == [f'"{number}"' for number in range(1, LAST + 1)]


REARRANGED: dict[str, Callable[[str], str]] = {
    "indented": lambda text: json.dumps(json.loads(text), indent=4, ensure_ascii=False),
    "compact": lambda text: json.dumps(json.loads(text), separators=(",", ":"), ensure_ascii=False),
    "escaped": lambda text: json.dumps(json.loads(text), indent="\t"),
    "surrounded by blanks": lambda text: f" \r\n\t{text}\n\n ",
    "CRLF": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("rearrange", REARRANGED.values(), ids=REARRANGED)
def test_a_store_that_an_editor_laid_out_anew_is_read_and_written_on(
    shelf: Shelf, rearrange: Callable[[str], str]
) -> None:
    shelf.note("𠮷野家 🀄 滬港")  # outside the basic plane: escaped as two halves
    held = shelf.open().read()
    shelf.path.write_bytes(rearrange(shelf.path.read_text("utf-8")).encode())
    assert list(shelf.open().read().entries) == list(held.entries)
    shelf.note("After")
    register = shelf.open().read()
    assert register.entries[:-1] == list(held.entries)
    assert register.broken_at() is None


def test_an_entry_too_large_to_be_read_again_is_not_written(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_format, "LARGEST", 1000)
    before = shelf.path.read_bytes()
    with pytest.raises(RefusedError, match="1000 characters"):
        shelf.note("x" * 1000)
    assert shelf.path.read_bytes() == before
    shelf.note("x" * 500)
    assert shelf.remarks() == ["x" * 500]


def test_an_entry_may_be_as_large_as_can_be_read_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = numbered([draft("note", ref=REF, on=TODAY, recorded=TODAY, remark="Large")], after=LAST)
    size = len(canonical(encode(entries[0])))
    monkeypatch.setattr(file_format, "LARGEST", size - 1)
    with pytest.raises(RefusedError):
        shelf.open().append(entries, after=LAST)
    monkeypatch.setattr(file_format, "LARGEST", size)
    shelf.open().append(entries, after=LAST)
    assert shelf.remarks() == ["Large"]


def test_a_text_that_is_no_unicode_is_not_written(shelf: Shelf) -> None:
    before = shelf.path.read_bytes()
    with pytest.raises(RefusedError, match="Unicode"):
        shelf.note("half a character: \ud83c")
    assert shelf.path.read_bytes() == before


def test_an_entry_of_a_wrong_shape_is_not_written(shelf: Shelf) -> None:
    before = shelf.path.read_bytes()
    [entry] = numbered([draft("note", ref=REF, on="some day", recorded=TODAY, remark="When?")], after=LAST)
    with pytest.raises(Exception, match="wrong 'on'"):
        shelf.open().append([entry], after=LAST)
    assert shelf.path.read_bytes() == before


def test_a_store_is_created_in_folders_that_were_not_there(tmp_path: Path) -> None:
    path = tmp_path / "not" / "yet" / "register.json"
    FileStore(str(path)).create(entries_of())
    assert path.exists()


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o660, 0o664])
def test_the_mode_survives(shelf: Shelf, mode: int) -> None:
    shelf.path.chmod(mode)
    shelf.note()
    assert stat.S_IMODE(shelf.path.stat().st_mode) == mode


@pytest.mark.parametrize(("folder", "lock"), [(0o700, 0o600), (0o755, 0o644), (0o2770, 0o660), (0o1777, 0o666)])
def test_whoever_may_write_in_the_folder_may_take_the_lock(shelf: Shelf, folder: int, lock: int) -> None:
    shelf.folder.chmod(folder)
    shelf.note()
    assert stat.S_IMODE(Path(f"{shelf.path}.lock").stat().st_mode) == lock


def test_the_group_survives(shelf: Shelf) -> None:
    groups = [12345] if os.geteuid() == 0 else [group for group in os.getgroups() if group != os.getegid()]
    if not groups:
        pytest.skip("this user is in one group alone")
    os.chown(shelf.path, -1, groups[0])
    shelf.note()
    assert shelf.path.stat().st_gid == groups[0]


def test_a_linked_store_stays_a_link(shelf: Shelf, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("register.json")
    linked = Shelf(shelf.folder, link)
    linked.note("Through the link")
    assert link.readlink() == Path("register.json")
    assert shelf.remarks() == ["Through the link"]
    assert shelf.files() == {"link.json", "register.json", "register.json.bak"}


def test_a_link_that_leads_nowhere_yet_stays_a_link(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    (tmp_path / "elsewhere").mkdir()
    link.symlink_to("elsewhere/register.json")
    FileStore(str(link)).create(entries_of())
    assert link.is_symlink()
    assert FileStore(str(tmp_path / "elsewhere" / "register.json")).read().last == LAST


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to("link.json")
    with pytest.raises(StoreError, match=f"^the store {re.escape(str(link))} cannot be read"):
        FileStore(str(link)).read()


def test_a_folder_that_may_not_be_written_is_named_and_its_store_stays_readable(open_shelf: Shelf) -> None:
    Path(f"{open_shelf.path}.lock").unlink(missing_ok=True)
    open_shelf.path.chmod(0o644)
    open_shelf.folder.chmod(0o555)
    with as_somebody():
        assert open_shelf.open().read().last == LAST
        path = re.escape(str(open_shelf.path))
        why = rf"\(Permission denied: {path}\.lock\)"
        with pytest.raises(StoreError, match=f"^the store {path} cannot be written {why}"):
            open_shelf.note()
    assert open_shelf.remarks() == []


def test_a_store_that_may_not_be_read_is_named(open_shelf: Shelf) -> None:
    open_shelf.path.chmod(0)
    with (
        as_somebody(),
        pytest.raises(StoreError, match=f"^the store {re.escape(str(open_shelf.path))} cannot be read.*permissions"),
    ):
        open_shelf.open().read()


@pytest.mark.parametrize("open_it", [open_reader, open_store])
def test_a_store_in_a_folder_that_may_not_be_entered_is_not_taken_for_none(
    open_shelf: Shelf, open_it: Callable[[str], Reader]
) -> None:
    open_shelf.folder.chmod(0)
    with as_somebody(), pytest.raises(StoreError, match="Permission denied"):
        open_it(str(open_shelf.path)).read()


@pytest.mark.parametrize("open_it", [open_reader, open_store])
def test_a_store_below_a_file_is_not_taken_for_none(shelf: Shelf, open_it: Callable[[str], Reader]) -> None:
    with pytest.raises(StoreError, match="Not a directory"):
        open_it(f"{shelf.path}/register.json").read()


def test_a_store_that_may_not_be_changed_is_not_replaced(open_shelf: Shelf) -> None:
    open_shelf.path.chmod(0o444)
    open_shelf.folder.chmod(0o777)
    with as_somebody(), pytest.raises(StoreError, match="Permission denied"):
        open_shelf.note()
    assert open_shelf.remarks() == []


def test_what_another_user_left_behind_half_written_is_in_nobody_s_way(open_shelf: Shelf) -> None:
    open_shelf.path.chmod(0o666)
    open_shelf.folder.chmod(0o777)
    left = Path(f"{open_shelf.path}.new")
    left.write_bytes(b"half a regis")
    left.chmod(0o600)
    with as_somebody():
        open_shelf.note("Next")
    assert open_shelf.remarks() == ["Next"]
    assert not left.exists()


def test_a_store_in_the_making_is_never_open_to_others_than_the_store_is(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.path.chmod(0o600)
    seen: list[int] = []
    sync = os.fsync

    def look(descriptor: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(descriptor).st_mode))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    shelf.note()
    assert seen[0] == 0o600


@pytest.mark.parametrize("name", ["register.json.new", "register.json.lock"])
def test_a_link_planted_beside_the_store_leads_to_no_harm(shelf: Shelf, tmp_path: Path, name: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    victim.chmod(0o600)
    shelf.path.chmod(0o666)
    shelf.folder.chmod(0o777)
    planted = shelf.folder / name
    planted.unlink(missing_ok=True)
    planted.symlink_to(victim)
    if name.endswith("lock"):
        with pytest.raises(StoreError):
            shelf.note()
    else:
        shelf.note()
    assert victim.read_text() == "mine"
    assert stat.S_IMODE(victim.stat().st_mode) == 0o600


Rows = list[dict[str, Any]]


def tampered(shelf: Shelf, change: Callable[[Rows], None]) -> None:
    """Change the rows of the file as somebody with an editor would; they are numbered anew."""
    tables = json.loads(shelf.path.read_bytes())
    rows = list(tables["entries"].values())
    change(rows)
    tables["entries"] = {str(number): row for number, row in enumerate(rows, start=1)}
    shelf.path.write_text(json.dumps(tables), "utf-8")


def _exchange(rows: Rows) -> None:
    rows[LAST], rows[LAST + 1] = rows[LAST + 1], rows[LAST]


def _take_values_along(rows: Rows) -> None:
    rows[LAST]["chain"], rows[LAST + 1]["chain"] = rows[LAST + 1]["chain"], rows[LAST]["chain"]


TAMPERED: dict[str, tuple[Callable[[Rows], object], int]] = {
    "a remark changed": (lambda rows: rows[LAST]["entry"].update(remark="Another"), LAST + 1),
    "a day changed": (lambda rows: rows[LAST + 1]["entry"].update(on="2022-01-01"), LAST + 2),
    "what was agreed changed": (lambda rows: rows[LAST - 1]["entry"].update(on="2021-03-02"), LAST),
    "an entry dropped": (lambda rows: rows.pop(LAST), LAST + 1),
    "an entry inserted": (lambda rows: rows.insert(LAST, dict(rows[LAST + 1])), LAST + 1),
    "two entries exchanged": (_exchange, LAST + 1),
    "the last value changed": (lambda rows: rows[LAST + 2].update(chain="0" * 64), LAST + 3),
}


@pytest.mark.parametrize(("change", "at"), TAMPERED.values(), ids=TAMPERED)
def test_a_history_that_was_changed_is_readable_and_says_where(
    shelf: Shelf, change: Callable[[Rows], None], at: int
) -> None:
    for remark in ("One", "Two", "Three"):
        shelf.note(remark)
    tampered(shelf, change)
    register = shelf.open().read()
    assert register.broken_at() == at
    assert register.fingerprint
    assert register.altered


def test_values_of_the_chain_exchanged_are_found_too(shelf: Shelf) -> None:
    shelf.note("One")
    shelf.note("Two")
    shelf.note("Three")
    assert shelf.open().read().broken_at() is None
    tampered(shelf, _take_values_along)
    assert shelf.open().read().broken_at() == LAST + 1


def test_a_history_that_was_cut_short_no_longer_has_its_fingerprint(shelf: Shelf) -> None:
    shelf.note("One")
    shelf.note("Two")
    before = shelf.open().read().fingerprint
    tampered(shelf, lambda rows: rows.__delitem__(-1))
    register = shelf.open().read()
    assert register.last == LAST + 1
    assert register.fingerprint != before


def test_a_changed_history_stays_reported_after_further_writes(shelf: Shelf) -> None:
    shelf.note("One")
    tampered(shelf, lambda rows: rows[LAST]["entry"].update(remark="Another"))
    shelf.note("Two")
    assert shelf.open().read().broken_at() == LAST + 1


@given(place=st.integers(min_value=0, max_value=5000), value=st.integers(min_value=0, max_value=255))
@settings(max_examples=150)
def test_any_byte_that_is_changed_is_refused_or_reported(place: int, value: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "register.json")
        store = FileStore(str(path))
        store.create(entries_of())
        held: list[Entry] = list(store.read().entries)
        content = bytearray(path.read_bytes())
        content[place % len(content)] = value
        path.write_bytes(content)
        try:
            register = store.read()
        except StoreError:
            return
        assert register.broken_at() is not None or list(register.entries) == held
