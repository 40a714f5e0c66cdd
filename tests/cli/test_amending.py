"""An answer to a change shows what a slip would change, and `amend` corrects it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import nasty
from tests.running import Ran, run, sentence

LAST = len(nasty.entries())
NEXT = LAST + 1
KITE = "8-KIT-1 A kite with English alone"
LINK = "https://invented.example/kites"


def write(words: str, store: Path, *more: str) -> Ran:
    ran = run(*words.split(), *more, store=store)
    assert ran.code == 0, ran.err
    return ran


def entry_and_undo(number: int) -> str:
    return f"(entry {number}). Undo: hkshcc undo {number}"


def counting(store: Path) -> list[dict[str, Any]]:
    """The entries that count of those that a test recorded, withdrawals left out."""
    found = json.loads(run("history", "--format", "json", store=store).out)["events"]
    new = [event for event in found if event["number"] > LAST and event["event"] != "retraction"]
    return [event for event in new if event["withdrawn_by"] is None]


def test_an_answer_says_where_the_measure_as_a_whole_stands_if_that_is_elsewhere(store: Path) -> None:
    write(f"done 8-KIT-1 --by INB --evidence {LINK}", store)
    ran = write("update 8-KIT-1 --by SH-Wind --status in-progress", store)
    assert ran.lines == [
        f"{KITE}: not established → in progress, 23 Nov 2026, by SH-Wind {entry_and_undo(NEXT + 1)}",
        "Measure as a whole: in progress (Hong Kong: completed; Shanghai: in progress)",
    ]


def test_an_answer_says_that_one_side_alone_closed_a_measure(store: Path) -> None:
    ran = write(f"done 8-KIT-1 --by SH-Wind --evidence {LINK}", store)
    assert ran.lines[1:] == [
        f"Evidence: reported by the owner, SH-Wind, read 23 Nov 2026: {LINK}",
        "Measure as a whole: completed (Hong Kong: not established; Shanghai: completed)",
        "Basis: on the word of Shanghai alone",
    ]


def test_the_answer_to_an_acceptance_says_what_the_closing_rested_on_before_and_undo_takes_it_back(store: Path) -> None:
    write(f"done 8-KIT-1 --by SH-Wind --evidence {LINK}", store)
    ran = write("accept 8-kit-1 --at today --reason", store, "Item 9")
    change = "on the word of Shanghai alone → accepted by the conference"
    assert ran.lines == [f"{KITE}: {change}, 23 Nov 2026 {entry_and_undo(NEXT + 1)}"]
    assert "accepted by the conference: Item 9" in run("history", "8-KIT-1", store=store).out
    assert write("undo", store).code == 0
    ran = run("accept", "8-KIT-1", "--at", "8", "--dry-run", store=store)
    assert (ran.code, "8-KIT-1 was not closed on 5 May 2025" in ran.err) == (4, True)


def test_closing_what_is_closed_says_that_it_was_so_before(store: Path) -> None:
    write(f"done 8-KIT-1 --evidence {LINK}", store)
    assert f"{KITE}: completed, as before, 23 Nov 2026 " in write(f"done 8-KIT-1 --evidence {LINK}", store).out


def test_closing_a_continuing_measure_is_remarked_on() -> None:
    ran = run("done", "5-MKT-2b", "--evidence", LINK, "--dry-run")
    assert "5-MKT-2b is a continuing measure: closing it says that nothing more is expected\n" in ran.err


def test_an_update_without_a_status_says_what_was_added(store: Path) -> None:
    ran = write("update 8-KIT-1 --by SH-Wind --remark x --next y --attention z", store)
    assert ran.out.startswith(f"{KITE}: added: remark, next step, needs attention, 23 Nov 2026, by SH-Wind (entry ")


def test_a_change_is_in_the_json_with_the_status_before_and_after(store: Path) -> None:
    [change] = json.loads(write(f"done 8-KIT-1 --by SH-Wind --evidence {LINK} --format json", store).out)["changes"]
    assert change == {
        "ref": "8-KIT-1", "title": {"en": "A kite with English alone", "zh-Hant": None, "zh-Hans": None},
        "status_before": "unknown", "status": "completed", "status_hk": "unknown", "status_sh": "completed",
        "basis_before": None, "basis": "one-side",
    }  # fmt: skip


def test_amending_withdraws_the_last_update_and_records_it_anew_with_the_rest_kept(store: Path) -> None:
    write(
        f"update 8-KIT-1 --by SH-Wind --status in-progress --on 2026-10-15 --next y --evidence {LINK}",
        store,
        "--remark",
        "Tow kites",
    )
    [before] = counting(store)
    ran = write("amend", store, "--remark", "Two kites")
    [after] = counting(store)
    changed = {field for field in after if after[field] != before[field]}
    assert changed == {"number", "id", "command", "remark"}
    assert after["remark"] == "Two kites"
    first = f"{KITE}: in progress, as before, 15 Oct 2026, by SH-Wind"
    assert ran.lines[:2] == [
        f"Amended: {first} (entries {NEXT + 1}-{NEXT + 2}). Undo: hkshcc undo",
        "It now says: SH-Wind: in progress: Two kites; next: y",
    ]


READ = {"locator": LINK, "read_on": "2026-11-23"}


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("--on 2026-11-01", "on", "2026-11-01"),
        ("--status completed", "status", "completed"),
        ("--by INB", "by", "INB"),
        ("--by INB", "side", "hk"),
        ("--evidence invented", "evidence", [{"kind": "return", "source": "SH-Wind", "locator": "invented"}]),
        ("--evidence-kind press", "evidence", [{"kind": "press", "source": "invented.example", **READ}]),
    ],
)
def test_any_part_of_an_update_can_be_amended(store: Path, words: str, field: str, value: object) -> None:
    write(f"update 8-KIT-1 --by SH-Wind --status in-progress --evidence {LINK}", store)
    write(f"amend {words}", store)
    [entry] = counting(store)
    assert entry[field] == value


@pytest.mark.parametrize("named", ["", f"{NEXT}", "8-KIT-1"])
def test_an_amendment_is_taken_back_as_one_change_and_amended_again(store: Path, named: str) -> None:
    write("update 8-KIT-1 --remark one", store)
    write(f"amend {named} --remark two", store)
    write("amend --remark three", store)
    assert [entry["remark"] for entry in counting(store)] == ["three"]
    write("undo", store)
    assert [entry["remark"] for entry in counting(store)] == ["two"]
    write("undo", store)
    assert [entry["remark"] for entry in counting(store)] == ["one"]


def test_the_updates_of_one_command_are_amended_together(store: Path) -> None:
    write("update 8-KIT-1 7-FRM-1 --remark one", store)
    write("amend --on 2026-11-01", store)
    assert [(entry["ref"], entry["on"], entry["remark"]) for entry in counting(store)] == [
        ("8-KIT-1", "2026-11-01", "one"), ("7-FRM-1", "2026-11-01", "one"),
    ]  # fmt: skip


def test_a_note_is_amended_too_but_has_no_status(store: Path) -> None:
    write("note 8-KIT-1 one", store)
    write("amend --remark two", store)
    assert [(entry["event"], entry["remark"]) for entry in counting(store)] == [("note", "two")]
    refused = run("amend", "--status", "in-progress", store=store)
    assert (refused.code, sentence(refused)) == (
        2, f"entry {NEXT + 2} is a note: it has a text and a day; give --remark or --on",
    )  # fmt: skip


def test_a_closing_without_evidence_loses_that_when_evidence_is_given(store: Path) -> None:
    write("done 8-KIT-1 --without-evidence invented", store)
    write(f"amend --evidence {LINK}", store)
    [entry] = counting(store)
    assert (entry["without_evidence"], entry["evidence"][0]["locator"]) == (None, LINK)


def test_an_amendment_can_be_tried_dry(store: Path) -> None:
    write("update 8-KIT-1 --remark one", store)
    before = store.read_bytes()
    ran = write("amend --remark two --dry-run", store)
    assert ran.lines[0].startswith(f"Would record: Amended: {KITE}: added: remark, 23 Nov 2026")
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("amend", 2, "nothing to amend; give what is wrong anew, such as --remark, --on, --status or --evidence"),
        (f"amend {NEXT} --remark x", 4, f"entry {NEXT} is neither an update nor a note, so it cannot be amended; "),
        ("amend 999 --remark x", 3, "no entry '999'"),
        ("amend 8-KIT-9 --remark x", 3, "no measure '8-KIT-9'"),
        ("amend --status continuing", 4, f"entry {NEXT} is neither"),
    ],
)
def test_what_cannot_be_amended_is_refused_in_one_sentence(store: Path, words: str, code: int, said: str) -> None:
    write("retarget 8-KIT-1 2028 --reason x", store)
    before = store.read_bytes()
    ran = run(*words.split(), store=store)
    assert ran.code == code
    assert said in sentence(ran)
    assert store.read_bytes() == before


def test_what_shipped_is_not_amended(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    run("init", store=store)
    ran = run("amend", "183", "--remark", "x", store=store)
    assert ran.code == 4
    assert sentence(ran).startswith("entry 183 came with the register, so it cannot be amended; record an update, or ")


def test_the_rules_of_an_update_hold_for_an_amendment(store: Path) -> None:
    write("update 8-KIT-1 --status in-progress", store)
    unproven = run("amend", "--status", "completed", store=store)
    assert (unproven.code, "closing 8-KIT-1 needs evidence" in sentence(unproven)) == (4, True)
    late = run("amend", "--on", "2027-01-01", store=store)
    assert (late.code, "1 Jan 2027 is in the future" in sentence(late)) == (4, True)
