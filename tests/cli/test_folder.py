"""A folder with a file for each body: forms and notes, never over what is there, never outside it."""

from pathlib import Path

import pytest

from hkshcc.cli.folder import File, write_each
from hkshcc.errors import HkshccError, RefusedError
from hkshcc.stores import open_store
from tests import nasty
from tests.running import run, sentence
from tests.stores.forging import forged

ENDINGS = {"form": "xlsx", "chase": "txt"}
each_command = pytest.mark.parametrize("command", [pytest.param("form", marks=pytest.mark.needs_office), "chase"])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@each_command
def test_a_file_that_says_something_else_is_kept_and_no_other_is_written(store: Path, command: str) -> None:
    edited = store.parent / "out" / f"SH-Wind.{ENDINGS[command]}"
    edited.parent.mkdir()
    edited.write_text("Edited by hand")
    ran = run(command, "--out", str(edited.parent), store=store)
    assert ran.code == 4
    assert sentence(ran).startswith(f"{edited} exists already and may ")
    assert sentence(ran).endswith("; move it, or name another folder with --out")
    assert names(edited.parent) == [edited.name]
    assert edited.read_text() == "Edited by hand"


@each_command
def test_the_same_files_once_more_are_left_and_those_that_lack_are_written(store: Path, command: str) -> None:
    folder = store.parent / "out"
    first = run(command, "--out", str(folder), store=store)
    file = folder / f"IKO.{ENDINGS[command]}"
    kept = file.read_bytes()
    file.unlink()
    again = run(command, "--out", str(folder), store=store)
    assert (again.code, again.err) == (0, first.err)
    assert file.read_bytes() == kept


@each_command
def test_a_folder_or_a_link_under_a_files_name_is_kept(store: Path, command: str) -> None:
    taken = store.parent / "out" / f"IKO.{ENDINGS[command]}"
    taken.mkdir(parents=True)
    ran = run(command, "--out", str(taken.parent), store=store)
    assert ran.code == 4
    assert f"{taken} exists already" in sentence(ran)
    taken.rmdir()
    taken.symlink_to(store.parent / "elsewhere")
    assert run(command, "--out", str(taken.parent), store=store).code == 4
    assert not (store.parent / "elsewhere").exists()


@each_command
def test_a_folder_that_is_a_file_is_named(store: Path, command: str) -> None:
    ran = run(command, "--out", str(store), store=store)
    assert ran.code == 1
    assert f"{store} cannot be created" in sentence(ran)


@each_command
def test_a_name_too_long_for_a_file_is_said_and_leaves_nothing_behind(store: Path, command: str) -> None:
    long = "X" * 253
    run("bodies", "add", long, "--side", "hk", "--name", "Invented", store=store)
    run("assign", "7-KIT-1a", long, "--reason", "Invented", store=store)
    folder = store.parent / "out"
    ran = run(command, "--owner", long, "--out", str(folder), store=store)
    assert ran.code == 1
    assert f"{folder / long}.{ENDINGS[command]} cannot be written" in sentence(ran)
    assert names(folder) == []


@each_command
def test_a_store_whose_codes_lead_out_of_the_folder_makes_no_file(store: Path, command: str) -> None:
    store.write_bytes(forged(store, edit=lambda stored: stored.replace(b'"IKO"', b'"../../../pwn"')))
    before = sorted(store.parent.rglob("*"))
    assert run(command, "--out", str(store.parent / "deep" / "a" / "b"), store=store).code == 5
    assert sorted(store.parent.rglob("*")) == before


def written(folder: Path, *codes: str) -> None:
    write_each(str(folder), [File(code, ".txt", b"x") for code in codes], "{path} is kept", "wrote them")


@pytest.mark.parametrize("code", ["../../../pwn", "a/b", "a\\b", "..", ".", "", "/etc/x", "a\0b", "a.b", "c:x", "風"])
def test_what_is_no_code_names_no_file(tmp_path: Path, code: str) -> None:
    with pytest.raises(RefusedError, match="cannot name a file"):
        written(tmp_path / "a" / "b", "IKO", code)
    assert names(tmp_path) == []


def test_two_names_that_are_one_where_capitals_do_not_count_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"two files would be named iko\.txt; name one body with --owner"):
        written(tmp_path / "a", "IKO", "INB", "iko")
    assert names(tmp_path) == []


def test_a_folder_that_takes_no_files_is_said(tmp_path: Path) -> None:
    with pytest.raises(HkshccError, match=r"IKO\.txt cannot be written \(.*; name another folder with --out"):
        written(Path("/proc/self"), "IKO")
    assert names(tmp_path) == []


def test_a_body_called_as_the_note_for_measures_without_owners_is_not_written_over_it(tmp_path: Path) -> None:
    entries = nasty.entries()
    [body] = [entry for entry in entries if entry.thing and entry.thing.get("code") == "INB"]
    called = body._replace(number=len(entries) + 1, id="x-1", thing={**(body.thing or {}), "code": "no-owner"})
    store = tmp_path / "register.json"
    open_store(str(store)).create([*entries, called])
    run("assign", "7-KIT-1a", "no-owner", "--reason", "Invented", store=store)
    ran = run("chase", "--out", str(tmp_path / "out"), store=store)
    assert ran.code == 4
    assert "two files would be named no-owner.txt" in sentence(ran)
    assert names(tmp_path) == [store.name, f"{store.name}.bak", f"{store.name}.lock"]


def test_notes_go_into_a_folder_or_into_one_file(store: Path) -> None:
    ran = run("chase", "--out", str(store.parent / "out"), "-o", "notes.txt", store=store)
    assert ran.code == 2
    assert "-o FILE for one file, or --out FOLDER" in sentence(ran)
