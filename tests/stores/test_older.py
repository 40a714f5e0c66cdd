"""A store that an earlier version wrote, before there were criteria, nil returns and sides of findings."""

import shutil
from pathlib import Path

import pytest

from tests.running import Ran, data, run

OLDER = Path(__file__).parent / "older.json"  # `init --empty` and eight changes, by commit 13cbd49
PRINTED = "77:f706823a2c16b290"  # what that version printed


@pytest.fixture
def older(tmp_path: Path) -> Path:
    path = tmp_path / "register.json"
    shutil.copyfile(OLDER, path)
    return path


def ok(store: Path, *words: str) -> Ran:
    ran = run(*words, store=store)
    assert (ran.code, ran.err) == (0, "")
    return ran


def test_an_older_store_is_sound_and_its_printed_fingerprint_is_still_true(older: Path) -> None:
    before = older.read_bytes()
    assert "Sound: 77 entries" in ok(older, "check").out
    assert "Unchanged" in ok(older, "check", "--fingerprint", PRINTED).out
    assert older.read_bytes() == before


def test_an_older_store_is_read_by_what_holds_today(older: Path) -> None:
    first, second = data("list", older)["measures"]
    assert (first["status"], first["lapsed"], first["last_on"]) == ("continuing", False, "2026-11-22")
    assert (second["basis"], second["basis_side"], second["next_by"]) == ("one-side", "hk", None)
    assert data("show 5-FIN-1", older)["measures"][0]["criteria"] is None
    assert data("report", older)["unconfirmed"] == 1


def test_an_older_store_takes_what_there_was_not_when_it_was_written(older: Path) -> None:
    ok(older, "update", "5-FIN-1", "--by", "SH-Finance", "--nil")
    ok(older, "update", "5-FIN-1", "--by", "FSTB", "--next", "Invented: meet", "--next-by", "10 Dec 2026")
    ok(older, "criteria", "5-FIN-1", "--done-when", "Invented: met in the year", "--agreed-by", "both")
    ok(older, "accept", "5-FIN-2", "--at", "2026-11-22")
    first, second = data("show 5-FIN-1 5-FIN-2", older)["measures"]
    assert (first["next_by"], first["criteria"]["written"]) == ("2026-12-10", "after-continuing")
    assert second["basis"] == "accepted"
    assert "Sound: 81 entries" in ok(older, "check").out
    assert "Unchanged" in ok(older, "check", "--fingerprint", PRINTED).out
