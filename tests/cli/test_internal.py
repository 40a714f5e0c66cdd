"""What is marked internal is shown as such here, and is in nothing that --public writes."""

import json
import zipfile
from pathlib import Path

import pytest

from hkshcc.cli.output import EXPORTS
from tests.running import run, sentence

HIDDEN = "Geheimsache"
TELLING = (
    ("note", "8-KIT-1", f"{HIDDEN} note", "--internal"),
    ("update", "8-KIT-1", "--by", "IKO", "--remark", HIDDEN, "--next", HIDDEN, "--attention", HIDDEN, "--internal"),
    ("done", "7-KIT-1a", "--evidence", "Gazette 1", "--evidence-kind", "record", "--remark", HIDDEN, "--internal"),
)


def parts(path: Path) -> list[bytes]:
    """A file's bytes; of a workbook those of its parts, which are compressed."""
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as book:
        return [book.read(name) for name in book.namelist()]


@pytest.fixture
def told(store: Path) -> Path:
    for words in TELLING:
        assert run(*words, store=store).code == 0
    return store


def test_what_is_internal_is_marked_where_it_is_told(told: Path) -> None:
    sheet, story = run("show", "8-KIT-1", store=told).out, run("history", "7-KIT-1a", store=told).out
    assert f"internal note: {HIDDEN} note" in sheet
    assert "[internal]" in sheet
    assert f"completed: {HIDDEN} [internal]" in story
    rows = json.loads(run("history", "8-KIT-1", "--format", "json", store=told).out)["events"]
    assert [row["remark"] for row in rows if row["internal"]] == [f"{HIDDEN} note", HIDDEN]


def test_the_answer_says_that_the_words_are_internal(store: Path) -> None:
    answers = [run(*words, store=store).out for words in TELLING]
    assert "internal note added" in answers[0]
    assert [("words internal" in answer) for answer in answers] == [False, True, True]


@pytest.mark.needs_office
@pytest.mark.parametrize("form", EXPORTS)
def test_a_public_export_has_none_of_it_in_any_format(told: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"public{EXPORTS[form][0]}"
    ran = run("export", "--public", "-o", str(path), store=told)
    assert ran.code == 0, ran.err
    assert not any(HIDDEN.encode() in data for data in parts(path))
    if form == "md":
        assert "Public edition, without 1 note, the words of 3 updates" in path.read_text("utf-8")


def test_a_public_copy_is_a_register_of_its_own(told: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "public.json", tmp_path / "other.json"
    assert run("export", "--public", "-o", str(copy), store=told).code == 0
    assert run("import", "register", str(copy), "--apply", store=other).code == 0
    assert run("check", store=other).code == 0
    mistaken = run("import", "register", str(copy), store=told)
    assert mistaken.code == 4
    assert "have the same id but do not say the same" in sentence(mistaken)


def test_an_update_without_words_has_nothing_to_be_kept_internal(store: Path) -> None:
    ran = run("update", "8-KIT-1", "--by", "IKO", "--status", "in-progress", "--internal", store=store)
    assert ran.code == 2
    assert sentence(ran).startswith("--internal keeps words from being published, and none were given")


def test_an_amendment_marks_what_was_said_and_keeps_the_mark(store: Path) -> None:
    run("note", "8-KIT-1", HIDDEN, store=store)
    assert "internal note added" in run("amend", "8-KIT-1", "--internal", store=store).out
    assert "internal note added" in run("amend", "8-KIT-1", "--remark", "Another", store=store).out
    run("update", "7-KIT-1b", "--by", "IKO", "--remark", HIDDEN, store=store)
    assert "words internal" in run("amend", "--internal", store=store).out
    assert "words internal" in run("amend", "--on", "2026-11-01", store=store).out
    assert HIDDEN not in run("export", "--public", "--format", "json", store=store).out


def test_a_public_export_of_what_has_no_marks_says_that_nothing_is_left_out() -> None:
    ran = run("export", "--public", "--format", "md", store="none.json")
    assert "Public edition: nothing is left out" in ran.lines
