"""What is no store is refused in a sentence, and left alone."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from hkshcc.errors import StoreError
from hkshcc.stores import file_format, normalize
from hkshcc.stores.tinydb_store import FileStore
from tests.register.build import REF, TODAY, draft, numbered
from tests.stores.malformed import BYTES, LAST, NO_FILES, SOUND


def read(path: Path) -> None:
    FileStore(str(path)).read()


def append(path: Path) -> None:
    [note] = numbered([draft("note", ref=REF, on=TODAY, remark="On top")], after=LAST)
    FileStore(str(path)).append([note], after=LAST)


DOING = pytest.mark.parametrize("do", [read, append])
MALFORMED = pytest.mark.parametrize("content", BYTES.values(), ids=BYTES)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "register.json"


def refusal(do: Callable[[Path], None], path: Path) -> str:
    """Return the sentence with which it is refused."""
    with pytest.raises(StoreError) as refused:
        do(path)
    said = str(refused.value)
    assert said.startswith(f"the store {path} ")
    assert "\n" not in said
    assert len(said.replace(str(path), "")) < 500
    return said


@DOING
@MALFORMED
def test_what_is_no_store_is_refused_and_left_to_the_byte(
    path: Path, content: bytes, do: Callable[[Path], None]
) -> None:
    path.write_bytes(content)
    said = refusal(do, path)
    assert "; it was not changed; " in said
    assert said.endswith(("or name another store with --store", "--apply`", "; upgrade hkshcc"))
    assert path.read_bytes() == content
    assert {beside.name for beside in path.parent.iterdir()} <= {"register.json", "register.json.lock"}


@DOING
@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_file_is_refused_and_left(
    path: Path, make: Callable[[Path], None], do: Callable[[Path], None]
) -> None:
    make(path)
    before = path.lstat()
    with pytest.raises(StoreError):
        do(path)
    assert stat.S_IFMT(path.lstat().st_mode) == stat.S_IFMT(before.st_mode)
    assert path.lstat().st_ino == before.st_ino


def test_a_device_without_end_is_not_read() -> None:
    with pytest.raises(StoreError, match=r"^the store /dev/zero is not a regular file; name a file with --store$"):
        read(Path("/dev/zero"))


OF_ANOTHER_SCHEMA = {"an earlier schema", "a newer schema", "a schema far ahead"}


@pytest.mark.parametrize("name", [name for name in BYTES if name not in OF_ANOTHER_SCHEMA])
def test_the_refusal_names_the_previous_version_where_that_is_sound(path: Path, name: str) -> None:
    backup = Path(f"{path}.bak")
    path.write_bytes(BYTES[name])
    backup.write_bytes(SOUND)
    assert refusal(read, path).endswith(f"its previous version {backup} is sound: copy that over it")
    assert backup.read_bytes() == SOUND


@pytest.mark.parametrize("content", [*BYTES.values()][::6], ids=[*BYTES][::6])
def test_the_refusal_does_not_recommend_a_previous_version_that_is_unsound(path: Path, content: bytes) -> None:
    path.write_bytes(b"")
    Path(f"{path}.bak").write_bytes(content)
    assert ".bak" not in refusal(read, path)


def test_the_refusal_does_not_recommend_a_previous_version_whose_history_was_changed(path: Path) -> None:
    path.write_bytes(b"")
    Path(f"{path}.bak").write_bytes(SOUND.replace(b"Built", b"Burnt"))
    assert ".bak" not in refusal(read, path)


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_a_previous_version_that_is_no_file_is_in_nobody_s_way(path: Path, make: Callable[[Path], None]) -> None:
    path.write_bytes(b"")
    make(Path(f"{path}.bak"))
    assert ".bak" not in refusal(read, path)


WHERE = {
    "empty": "the file is empty (0 bytes)",
    "cut at 50%": "the file is incomplete or not valid JSON (",
    "cut before the last brace": "the file is incomplete or not valid JSON (",
    "invalid UTF-8": f"entry {LAST} is not UTF-8",
    "UTF-16": "is not UTF-8 (byte ",
    "an earlier schema": "an earlier version of hkshcc wrote it (schema 2; this one reads 3)",
    "a newer schema": "a newer version of hkshcc wrote it (schema 4; this one reads 3)",
    "an entry missing": "entry 3 is missing or out of order",
    "no value of the chain": f"entry {LAST} is not an entry with its chain",
    "a day that never was": f"entry {LAST} has a wrong 'on'",
    "NaN": f"entry {LAST} has a wrong 'remark'",
    "a field twice": "a repeated key",
    "half a character, escaped": f"entry {LAST} is not in canonical form",
}


@pytest.mark.parametrize(("name", "what"), WHERE.items(), ids=WHERE)
def test_the_refusal_says_what_is_wrong_and_where(path: Path, name: str, what: str) -> None:
    path.write_bytes(BYTES[name])
    assert what in refusal(read, path)


@pytest.mark.parametrize("size", range(0, len(SOUND) - 1, 97))
def test_a_store_cut_anywhere_is_refused(path: Path, size: int) -> None:
    path.write_bytes(SOUND[:size])
    refusal(read, path)


@pytest.mark.parametrize("end", ["\n", ""], ids=["with line ends", "on one line"])
def test_an_entry_larger_than_any_may_be_is_not_decoded(path: Path, monkeypatch: pytest.MonkeyPatch, end: str) -> None:
    large = SOUND.replace(b'"remark":"', b'"remark":"' + b"x" * 300_000)
    path.write_bytes(large.replace(b"\n", end.encode()))
    assert FileStore(str(path)).read().last == LAST
    monkeypatch.setattr(file_format, "LARGEST", 60_000)
    assert f"entry {LAST} has more than 60000 characters" in refusal(read, path)


@pytest.mark.parametrize(("spare", "readable"), [(0, True), (-1, False)])
def test_a_store_in_another_layout_is_read_up_to_a_size(
    path: Path, monkeypatch: pytest.MonkeyPatch, spare: int, *, readable: bool
) -> None:
    path.write_bytes(b" " + SOUND)
    monkeypatch.setattr(normalize, "LARGEST", len(SOUND) + 1 + spare)
    if readable:
        read(path)
    else:
        assert "the file is not in the format of a store" in refusal(read, path)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"[0." + b"123456789" * 9 + b"]", "the file contains 0.123456789123456789, which is not a whole number"),
        (b"[9999999999]", "the file contains a number of 10 digits"),
        (b"[999999999]", "the file is not an hkshcc register"),
        (b" " + BYTES["half a character, escaped"], f"entry {LAST} contains an unpaired surrogate"),
    ],
    ids=["a long fraction", "ten digits", "nine digits", "half a character"],
)
def test_the_refusal_of_another_layout_says_what_is_wrong(path: Path, content: bytes, what: str) -> None:
    path.write_bytes(content)
    assert what in refusal(read, path)


def test_the_sound_store_that_the_others_are_made_of_is_read(path: Path) -> None:
    path.write_bytes(SOUND)
    register = FileStore(str(path)).read()
    assert register.last == LAST
    assert register.broken_at() is None
