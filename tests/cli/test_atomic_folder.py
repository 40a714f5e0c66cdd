"""A folder is written whole or not at all, and never over what somebody else put there."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from hkshcc.cli.atomic_folder import LIST, with_list, write_folder
from hkshcc.errors import HkshccError, RefusedError

FILES = with_list({"index.html": b"one", "m/a.html": b"two"}, {"as_of": "2026-11-23"})
OTHERS = with_list({"index.html": b"three", "m/b.html": b"four"}, {"as_of": "2026-11-24"})


def held(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A place for a folder; at the end nothing else may lie beside it."""
    yield tmp_path / "site"
    assert {path.name for path in tmp_path.iterdir()} <= {"site", "elsewhere"}


def test_a_folder_is_made_with_all_its_files(folder: Path) -> None:
    assert write_folder(str(folder), FILES)
    assert held(folder) == FILES
    assert folder.stat().st_mode & 0o777 == 0o777 & ~_umask()


def _umask() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return umask


def test_an_empty_folder_is_filled(folder: Path) -> None:
    folder.mkdir()
    assert write_folder(str(folder), FILES)
    assert held(folder) == FILES


def test_what_hkshcc_wrote_is_replaced_and_what_is_gone_is_gone(folder: Path) -> None:
    write_folder(str(folder), FILES)
    folder.chmod(0o750)
    assert write_folder(str(folder), OTHERS)
    assert held(folder) == OTHERS
    assert folder.stat().st_mode & 0o777 == 0o750


def test_the_same_again_is_not_written_again(folder: Path) -> None:
    write_folder(str(folder), FILES)
    before = folder.stat().st_ino
    assert not write_folder(str(folder), FILES)
    assert folder.stat().st_ino == before


def _add(folder: Path) -> None:
    (folder / "m" / "mine.txt").write_bytes(b"mine")


def _change(folder: Path) -> None:
    (folder / "m" / "a.html").write_bytes(b"corrected by hand")


def _unlist(folder: Path) -> None:
    (folder / LIST).unlink()


def _spoil(folder: Path) -> None:
    (folder / LIST).write_bytes(b'{"files": []}')


def _link(folder: Path) -> None:
    (folder / "m" / "link").symlink_to("/")


def _hide(folder: Path) -> None:
    (folder / ".git").mkdir()


def _replace_by_a_link(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    (folder / "index.html").rename(elsewhere)
    (folder / "index.html").symlink_to(elsewhere)


@pytest.mark.parametrize("somebody", [_add, _change, _unlist, _spoil, _link, _hide, _replace_by_a_link])
def test_what_somebody_else_did_in_it_is_refused_and_left_alone(folder: Path, somebody: object) -> None:
    write_folder(str(folder), FILES)
    assert callable(somebody)
    somebody(folder)
    before = held(folder)
    with pytest.raises(RefusedError) as refused:
        write_folder(str(folder), OTHERS)
    assert "hkshcc" in str(refused.value)
    assert "--site" in (refused.value.hint or "")
    assert held(folder) == before


def test_a_folder_of_other_files_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(RefusedError, match=r"a file that hkshcc did not write: thesis\.docx"):
        write_folder(str(folder), FILES)


def test_a_whole_disk_is_refused_at_the_first_file_that_is_on_it(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="a file that hkshcc did not write"):
        write_folder(tmp_path.anchor, FILES)


def test_a_file_in_its_place_is_refused(folder: Path) -> None:
    folder.write_bytes(b"mine")
    with pytest.raises(RefusedError, match="is a file"):
        write_folder(str(folder), FILES)
    assert folder.read_bytes() == b"mine"


def test_a_link_to_a_folder_stays_a_link(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    assert write_folder(str(folder), FILES)
    assert folder.is_symlink()
    assert held(elsewhere) == FILES


def test_a_folder_without_a_parent_cannot_be_written(folder: Path) -> None:
    with pytest.raises(HkshccError, match="cannot be written"):
        write_folder(str(folder / "not" / "there"), FILES)


def test_where_a_file_cannot_be_written_the_folder_is_as_it_was(folder: Path) -> None:
    write_folder(str(folder), FILES)
    with pytest.raises(HkshccError, match="cannot be written"):
        write_folder(str(folder), {**OTHERS, "x" * 300: b"a name that is too long"})
    assert held(folder) == FILES


def test_the_folder_that_somebody_is_in_is_not_taken_from_under_their_feet(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_folder(str(folder), FILES)
    monkeypatch.chdir(folder / "m")
    with pytest.raises(RefusedError, match="is the folder that you are in"):
        write_folder("..", OTHERS)
    assert held(folder) == FILES
