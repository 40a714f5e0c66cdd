"""Copies of evidence beside a store: kept whole, never changed, and missed when they are gone."""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hkshcc.errors import StoreError
from hkshcc.register.index import Register
from hkshcc.stores import kept_files
from hkshcc.stores.kept_files import copy_of, elsewhere, folder_of, keep, problems, read
from tests.register.build import REF, TODAY, Desk, draft, entries_of
from tests.stores.conftest import Shelf, as_somebody

DATA = "An invented notice, 虛構".encode()
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "register.json"


def kept(place: Path) -> Path:
    return place.parent / "register.json.copies" / DIGEST


def register() -> Register:
    evidence: Any = [{"kind": "press", "source": None, "locator": "x 1", "copy": copy_of(DATA, "notice.pdf")}]
    return Register(entries_of(draft("finding", ref=REF, on=TODAY, evidence=evidence)))


def test_a_copy_is_recorded_by_its_digest_its_name_and_its_size() -> None:
    assert copy_of(DATA, "/a/b/notice.pdf") == {"sha256": DIGEST, "name": "notice.pdf", "bytes": len(DATA)}
    assert copy_of(DATA, "caf\udce9.pdf")["name"] == "caf?.pdf"


def test_a_copy_stands_under_its_digest_and_nothing_beside_it(place: Path) -> None:
    keep(str(place), DATA)
    keep(str(place), DATA)
    assert kept(place).read_bytes() == DATA
    assert os.listdir(folder_of(str(place))) == [DIGEST]
    assert problems(str(place), register()) == []


def test_a_store_reached_by_a_link_has_its_copies_beside_the_file(place: Path) -> None:
    place.write_text("")
    (link := place.parent / "link.json").symlink_to(place)
    keep(str(link), DATA)
    assert kept(place).read_bytes() == DATA


def _gone(file: Path) -> None:
    file.unlink()


def _altered(file: Path) -> None:
    file.write_bytes(DATA + b"\n")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("harm", "why"),
    [
        (_gone, "it is missing"),
        (_altered, "it is not what was kept"),
        (_folder, "it is not a regular file"),
        (_pipe, "it is not a regular file"),
    ],
)
def test_a_copy_that_is_missing_or_altered_is_named(place: Path, harm: Any, why: str) -> None:
    keep(str(place), DATA)
    harm(kept(place))
    number = register().last
    assert problems(str(place), register()) == [
        f"the copy 'notice.pdf' that entry {number} keeps of the evidence on {REF}: {why} ({kept(place)})"
    ]


def test_every_copy_that_is_missing_is_named() -> None:
    desk = Desk()
    for data in (DATA, b"Another"):
        desk.report(evidence=["x 1"], evidence_kind="press", copy=copy_of(data, "notice.pdf"))
    found = problems("/nowhere/register.json", desk.register)
    assert [line.partition(" keeps")[0] for line in found] == [
        f"the copy 'notice.pdf' that entry {desk.register.last - 1 + at}" for at in (0, 1)
    ]


def test_a_copy_that_may_not_be_read_is_named_with_the_reason(open_shelf: Shelf) -> None:
    store = str(open_shelf.path)
    keep(store, DATA)
    kept(open_shelf.path).chmod(0o000)
    with as_somebody():
        [found] = problems(store, register())
        assert "it cannot be read (Permission denied)" in found
        assert read(store, DIGEST) is None


def test_a_copy_that_another_register_keeps_may_be_missing_here_alone(place: Path) -> None:
    here, there = Desk(name="here"), Desk(name="there")
    here.name("HK")
    there.name("SH")
    there.report(evidence=["x 1"], evidence_kind="press", copy=copy_of(DATA, "notice.pdf"))
    here.merge(there)
    assert elsewhere(str(place), here.register) == {DIGEST}
    assert problems(str(place), here.register) == []
    assert elsewhere(str(place), there.register) == set()
    assert len(problems(str(place), there.register)) == 1
    here.report(evidence=["x 2"], evidence_kind="press", copy=copy_of(b"Another", "notice.pdf"))
    assert len(problems(str(place), here.register)) == 1  # what is to be here is looked for all the same
    here.report(evidence=["x 1"], evidence_kind="press", copy=copy_of(DATA, "notice.pdf"))
    assert len(problems(str(place), here.register)) == 2  # what the other keeps too
    keep(str(place), DATA)
    assert elsewhere(str(place), here.register) == set()
    _altered(kept(place))
    assert len(problems(str(place), here.register)) == 3


def test_a_copy_is_read_only_as_it_was_kept(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(str(place), DIGEST) is None
    monkeypatch.setattr(kept_files, "MOST_BYTES", len(DATA))
    keep(str(place), DATA)
    assert read(str(place), DIGEST) == DATA
    _altered(kept(place))  # longer than any may be
    assert read(str(place), DIGEST) is None


def test_what_has_the_name_of_a_copy_is_not_written_over(place: Path) -> None:
    kept(place).parent.mkdir()
    kept(place).write_bytes(b"other")
    with pytest.raises(StoreError, match="is in the way of a copy: it is not what was kept"):
        keep(str(place), DATA)
    assert kept(place).read_bytes() == b"other"


def test_a_copy_that_cannot_be_written_is_an_error(place: Path) -> None:
    (place.parent / "register.json.copies").write_text("a file")
    with pytest.raises(StoreError, match=r"cannot be written .*; nothing was recorded"):
        keep(str(place), DATA)


def test_a_copy_that_is_broken_off_leaves_nothing(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match="No space left on device"):
        keep(str(place), DATA)
    assert os.listdir(folder_of(str(place))) == []


def test_what_a_killed_writer_left_is_not_in_the_way(place: Path) -> None:
    kept(place).parent.mkdir()
    kept(place).with_name(f"{DIGEST}.new").write_bytes(b"half")
    keep(str(place), DATA)
    assert os.listdir(folder_of(str(place))) == [DIGEST]
