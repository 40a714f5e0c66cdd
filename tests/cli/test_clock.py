"""A clock that was wrong once, from the command line: refused, set right, and what was known then."""

import json
from datetime import datetime, timedelta
from pathlib import Path

from tests import nasty
from tests.running import NOW, Ran, run, sentence

LAST = len(nasty.entries())

WRONG = NOW.replace(year=2099)
LATER = NOW + timedelta(days=2)


def note(store: Path, text: str, *words: str, now: datetime = NOW) -> Ran:
    return run("note", "7-KIT-1a", text, "--on", "2026-11-20", *words, store=store, now=now)


def known(store: Path, day: str, now: datetime = LATER) -> list[str]:
    """The invented notes that were known on a day."""
    ran = run("history", "7-KIT-1a", "--known-on", day, "--format", "json", store=store, now=now)
    return [event["remark"] for event in json.loads(ran.out)["events"] if event["event"] == "note"]


def test_a_register_that_was_told_something_under_a_wrong_clock_can_be_read_and_set_right(store: Path) -> None:
    assert note(store, "Before").code == 0
    assert note(store, "Under a wrong clock", now=WRONG).code == 0
    before = store.read_bytes()

    refused = note(store, "After", now=LATER)
    assert refused.code == 4
    assert sentence(refused).startswith(
        f"the clock says 25 Nov 2026, but entry {LAST + 2} was recorded on 23 Nov 2099; "
    )
    assert sentence(refused).endswith("--clock-is-right if that entry was recorded by a wrong one")
    assert store.read_bytes() == before
    assert run("list", store=store, now=LATER).code == 0
    checked = run("check", store=store, now=LATER)
    assert checked.code == 1
    assert f"entry {LAST + 2} was recorded on 23 Nov 2099, which is in the future" in checked.out

    assert note(store, "After", "--clock-is-right", now=LATER).code == 0
    assert run("check", store=store, now=LATER).code == 0
    assert note(store, "And so on", now=LATER).code == 0
    assert "the entry before it is dated 23 Nov 2099, by a clock that was wrong" in run(
        "history", store=store, now=LATER
    ).out.replace("\n", " ")
    assert known(store, "2026-11-23") == ["Before"]
    assert known(store, "2026-11-25") == ["Before", "Under a wrong clock", "After", "And so on"]


def test_what_was_put_on_a_day_to_come_is_seen_in_the_history_and_can_be_withdrawn(store: Path) -> None:
    assert run("note", "7-KIT-1a", "On a day to come", store=store, now=WRONG).code == 0
    for words in (("history",), ("history", "7-KIT-1a")):
        assert "On a day to come" in run(*words, store=store, now=LATER).out
        assert "On a day to come" not in run(*words, "--as-of", "2026-11-25", store=store, now=LATER).out
    assert run("undo", "46", "--clock-is-right", store=store, now=LATER).code == 0
    assert run("check", store=store, now=LATER).code == 0


def test_a_copy_from_a_register_whose_clock_was_wrong_is_refused_and_the_way_out_works(
    store: Path, tmp_path: Path
) -> None:
    other, copy = tmp_path / "other.json", tmp_path / "copy.json"
    other.write_bytes(store.read_bytes())
    run("init", "--origin", "SH", store=other, now=NOW)
    note(other, "Under a wrong clock", now=WRONG)
    run("export", "-o", str(copy), store=other, now=LATER)
    words = ("import", "register", str(copy), "--origin", "HK", "--apply")
    refused = run(*words, store=store, now=LATER)
    assert refused.code == 4
    assert "was recorded on 23 Nov 2099, which is in the future; correct it there" in sentence(refused)
    assert run(*words, "--clock-is-right", store=store, now=LATER).code == 0
    assert run("check", store=store, now=LATER).code == 0
    assert known(store, "2026-11-25") == ["Under a wrong clock"]
