"""Commands that write: what each records, what it says, what it refuses, and how it is taken back."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from tests import nasty, processes
from tests.running import ALL_SHIPPED, NOW, Ran, run, says, sentence

LINK = "https://invented.example/kites"
LAST = len(nasty.entries())  # the number of the last entry before a test writes
LAST_ON_A_MEASURE = max(entry.number for entry in nasty.entries() if entry.status)
NEXT = LAST + 1
KIT_1 = "8-KIT-1 A kite with English alone"
KIT_1A = "7-KIT-1a A kite [red]x[/red] over both cities, and [/] too"
FRM_1 = '7-FRM-1 =HYPERLINK("http://invented.example","click")'


def write(*argv: str, store: Path | None, **more: Any) -> Ran:
    ran = run(*argv, store=store, **more)
    assert ran.code == 0, ran.err
    return ran


def events(store: Path) -> list[dict[str, Any]]:
    """What was recorded on top of the nasty register."""
    found: list[dict[str, Any]] = json.loads(run("history", "--format", "json", store=store).out)["events"]
    return [event for event in found if event["number"] > LAST]


def given(event: dict[str, Any]) -> dict[str, Any]:
    """The fields of an event that say something, without those that every event has."""
    common = {"number", "id", "command", "recorded", "recorder"}
    return {field: value for field, value in event.items() if value is not None and field not in common}


def status(ref: str, store: Path, *more: str) -> str:
    ran = run("list", "--search", ref, "--fields", "status", *more, store=store)
    return ran.out.strip()


def test_an_update_records_all_that_is_typed_and_says_how_to_take_it_back(store: Path) -> None:
    ran = write(
        "update", "kit-1a", "--status", "In progress", "--by", "iko", "--on", "15/10/2026", "--remark", "Two kites",
        "--next", "Three kites", "--attention", "String is short", "--evidence", LINK, "--evidence", "page 3",
        "--source", "Kite Office", "--reason", "More wind", store=store,
    )  # fmt: skip
    assert ran.lines == [
        f"{KIT_1A}: in progress, as before, 15 Oct 2026, by IKO (entry {NEXT}). Undo: hkshcc undo {NEXT}",
        f"Evidence: reported by the owner, Kite Office, read 23 Nov 2026: {LINK}",
        "Evidence: reported by the owner, Kite Office: page 3",
    ]
    assert ran.err == ""
    [event] = events(store)
    assert given(event) == {
        "event": "return", "ref": "7-KIT-1a", "on": "2026-10-15", "precision": "day", "by": "IKO", "side": "hk",
        "status": "in-progress", "remark": "Two kites", "next": "Three kites", "attention": "String is short",
        "reason": "More wind",
        "evidence": [
            {"kind": "return", "source": "Kite Office", "locator": LINK, "read_on": "2026-11-23"},
            {"kind": "return", "source": "Kite Office", "locator": "page 3"},
        ],
    }  # fmt: skip
    assert (event["recorded"], event["recorder"]) == ("2026-11-23T12:00:00+08:00", "tester")


def test_without_a_body_an_update_is_a_finding_for_both_sides_dated_today(store: Path) -> None:
    write("update", "7-FRM-1", "--status", "in-progress", "--evidence", LINK, store=store)
    [event] = events(store)
    assert given(event) == {
        "event": "finding", "ref": "7-FRM-1", "on": "2026-11-23", "precision": "day", "status": "in-progress",
        "evidence": [
            {"kind": "unclassified", "source": "invented.example", "locator": LINK, "read_on": "2026-11-23"}
        ],
    }  # fmt: skip


def test_one_update_of_several_measures_is_one_command_and_taken_back_at_once(store: Path) -> None:
    ran = write("update", "7-FRM-1,8-KIT-1", "kit-1a", "--status", "in-progress", "--remark", "All kites", store=store)
    assert ran.lines == [
        f"{FRM_1}: not established → in progress, 23 Nov 2026",
        "8-KIT-1 A kite with English alone: not established → in progress, 23 Nov 2026",
        f"{KIT_1A}: in progress, as before, 23 Nov 2026",
        f"Entries {NEXT}-{NEXT + 2}. Undo: hkshcc undo",
    ]
    assert len({event["command"] for event in events(store)}) == 1
    undone = write("undo", store=store)
    assert undone.lines[0] == f"Withdrew entry {NEXT}: {FRM_1}: in progress → not established"
    assert undone.lines[2] == f"Withdrew entry {NEXT + 2}: {KIT_1A}: in progress: All kites"
    assert undone.lines[-1].startswith(f"Entry {NEXT + 3}. Undo: hkshcc undo ")
    assert status("7-FRM-1", store) == "unknown"


@pytest.mark.parametrize("option", ["--remark", "--next", "--attention"])
def test_a_word_without_a_status_leaves_the_status_as_it_is(store: Path, option: str) -> None:
    write("update", "7-KIT-1a", "--by", "SH-Wind", option, "Something", store=store)
    assert status("7-KIT-1a", store) == "in-progress"


def test_a_back_dated_entry_is_taken_and_the_answer_says_which_later_one_decides(store: Path) -> None:
    ran = write("update", "7-KCH-3", "--status", "in-progress", "--on", "2023-05-01", store=store)
    assert "7-KCH-3: no change" in ran.err
    assert "no change to the status (modified form), because entry " in ran.err
    assert ran.err.startswith("hkshcc: ")
    assert status("7-KCH-3", store) == "modified"
    assert status("7-KCH-3", store, "--as-of", "2023-06-01") == "in-progress"


def test_a_body_that_is_no_owner_is_heard_and_pointed_out(store: Path) -> None:
    ran = write("update", "7-FRM-2", "--by", "IKO", "--remark", "We help", store=store)
    assert ran.err == "hkshcc: IKO is not an owner of 7-FRM-2; to make it one use `hkshcc assign`\n"


@pytest.mark.parametrize(
    ("typed", "on", "precision"),
    [
        ("2026-11-22", "2026-11-22", "day"),
        ("31 Oct 2026", "2026-10-31", "day"),
        ("1/11/2026", "2026-11-01", "day"),
        ("Oct 2026", "2026-10-31", "month"),
        ("2026-Q3", "2026-09-30", "quarter"),
        ("Q3 2026", "2026-09-30", "quarter"),
        ("end 2025", "2025-12-31", "year"),
        ("end of June 2026", "2026-06-30", "month"),
        ("today", "2026-11-23", "day"),
        ("yesterday", "2026-11-22", "day"),
        ("2026年10月3日", "2026-10-03", "day"),
        ("2025年底", "2025-12-31", "year"),
        ("Nov 2026", "2026-11-23", "month"),  # not over: counts from today
    ],
)
def test_the_day_is_read_as_people_write_it(store: Path, typed: str, on: str, precision: str) -> None:
    write("note", "8-KIT-1", "A note", "--on", typed, store=store)
    [event] = events(store)
    assert (event["on"], event["precision"]) == (on, precision)


def test_done_marks_several_measures_completed_on_one_piece_of_evidence(store: Path) -> None:
    ran = write(
        "done", "8-KIT-1", "7-FRM-1", "--evidence", "Gazette 9", "--evidence-kind", "record", "--source",
        "Invented Gazette", "--by", "IKO", "--side", "both", "--on", "yesterday", "--remark", "It flies", store=store,
    )  # fmt: skip
    assert ran.lines[0] == "8-KIT-1 A kite with English alone: not established → completed, 22 Nov 2026, by IKO"
    assert ran.lines[1] == ran.lines[4] == "Evidence: official record, Invented Gazette: Gazette 9"
    assert ran.lines[2] == ran.lines[5] == "Basis: shown by an official source"
    assert [status(ref, store) for ref in ("8-KIT-1", "7-FRM-1")] == ["completed", "completed"]
    assert events(store)[0]["evidence"] == [
        {"kind": "record", "source": "Invented Gazette", "locator": "Gazette 9"},
    ]


def test_closing_without_evidence_takes_a_reason_which_is_shown_for_ever(store: Path) -> None:
    write("done", "8-KIT-1", "--without-evidence", "Everybody saw it", store=store)
    for command in ("show", "history"):
        assert "closed without evidence: Everybody saw it" in run(command, "8-KIT-1", store=store).out


def test_done_asks_for_the_evidence_at_a_terminal_until_there_is_some(store: Path) -> None:
    ran = write("done", "8-KIT-1", "--format", "json", store=store, keys=f"\n  \n {LINK} \nrecord\n")
    kinds = "record, official, institution, professional, press, return or unclassified"
    asked = "Evidence (a URL or a document's reference): " * 3 + f"Kind of evidence of '{LINK}' ({kinds}):"
    assert " ".join(ran.err.split()) == asked
    assert json.loads(ran.out)["events"][0]["evidence"][0]["locator"] == LINK
    assert ran.out.startswith("{")


def test_a_question_left_unanswered_records_nothing(store: Path) -> None:
    ran = run("done", "8-KIT-1", store=store, keys="")
    assert ran.code == 130
    assert ran.err.endswith("\nhkshcc: interrupted; nothing was recorded\n")
    assert events(store) == []


@pytest.mark.parametrize(
    "answer", [["--evidence", LINK, "--evidence-kind", "press"], ["--without-evidence", "None needed"]]
)
def test_a_question_answered_by_an_option_is_not_asked(store: Path, answer: list[str]) -> None:
    assert write("done", "8-KIT-1", *answer, store=store, keys="").err == ""


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        ("update 7-KIT-1a", 2, "nothing to record; give at least one of --status, --remark, --next, --attention"),
        ("update", 2, "REF is missing; for example: hkshcc update 5-LAW-2b"),
        ("update 7-KIT-9 --remark x", 3, "no measure '7-KIT-9'; did you mean"),
        ("update 7-KIT-1a --by Nobody --remark x", 3, "no body 'Nobody'"),
        ("update 7-KIT-1a --status finished", 2, "'finished' is not a valid status"),
        ("update 7-KIT-1a --side west --remark x", 2, "'west' is not a valid side"),
        ("update 7-KIT-1a --status unknown", 4, "to withdraw an update use `hkshcc undo`"),
        ("update 7-KIT-1a --status continuing", 4, "7-KIT-1a is a deliverable, so its status cannot be 'continuing'"),
        ("update 7-KIT-1a --status completed", 4, "closing 7-KIT-1a needs evidence; add --evidence"),
        ("done 7-KIT-1a", 4, "closing 7-KIT-1a needs evidence; add --evidence"),
        ("done 7-KIT-1a --evidence ", 4, "the evidence is empty"),
        ("update 7-KIT-1a --status modified --evidence x", 4, "add --remark"),
        ("update 7-KIT-1a --status not-pursued --by IKO", 4, "needs the reason for dropping 7-KIT-1a; add --reason"),
        ("update 7-KIT-1a --status not-pursued --reason x", 4, "add --by BODY or --side hk|sh"),
        ("update 7-KIT-2 --status in-progress", 4, "moving it back to 'In progress' needs a reason; add --reason"),
        ("update 7-KIT-1a --remark x --source y", 2, "--source describes evidence, so it needs --evidence"),
        ("update 7-KIT-1a --evidence x --evidence-kind rumour", 2, "'rumour' is not a valid kind of evidence"),
        ("update 7-KIT-1a --remark x --on 2026-11-24", 4, "24 Nov 2026 is in the future"),
        ("update 7-KIT-1a --remark x --on 2027", 4, "2027 is in the future"),
        ("update 7-KIT-1a --remark x --on 2023-02-28", 4, "28 Feb 2023 is too early … 1 Mar 2023 … --on"),
        ("update 7-KIT-1a --remark x --on 13/13/2025", 2, "the day comes first, and there is no month 13"),
        ("update 7-KIT-1a --remark x --on 1/10/26", 2, "'1/10/26' does not say which century; write 1/10/2026"),
        ("plenary add 12 --date 15/10", 2, "--date: '15/10' does not say which year; write 15/10/2026"),
        ("update 7-KIT-1a --remark x --on=", 2, "'' is not a date that can be read"),
        ("note 7-KIT-1a", 2, "TEXT is missing"),
        ("note 7-KIT-1a ", 2, "the note is empty"),
        ("assign 7-KIT-1a INB", 4, "changing the owners of 7-KIT-1a needs a reason; add --reason"),
        ("assign 7-KIT-1a IKO --reason x", 4, "IKO is already an owner of 7-KIT-1a"),
        (
            "assign 7-KIT-1a INB --instead-of SH-Soup --reason x",
            4,
            "SH-Soup is not an owner of 7-KIT-1a; its owners: IKO, SH-Wind",
        ),
        ("assign 7-FRM-1 INB --instead-of IKO --reason x", 4, "its owners: none"),
        ("retarget 7-KIT-1a 2027", 4, "moving the target of 7-KIT-1a needs a reason; add --reason"),
        ("retarget 7-KIT-1a someday --reason x", 2, "'someday' is not a date that can be read"),
        ("retarget 7-KIT-1a 2023-02-01 --reason x", 4, "is before 7-KIT-1a was agreed; give a later target"),
        ("retarget 7-KIT-1a 2023-12-31 --reason x", 4, "the target of 7-KIT-1a is already 31 Dec 2023"),
        ("add --title x", 2, "--area is missing"),
        ("add --area kites --title=", 2, "a measure needs a title; give --title"),
        ("add --area kites --title x --plenary 6", 3, "no plenary 6; the plenaries are 7, 8, 9"),
        ("add --area kites --title x --plenary 9", 4, "plenary 9 has not been held yet"),
        ("add --area kites --title x --target 2024", 4, "the target is before the plenary of 5 May 2025"),
        ("add --area kites --title x --kind vague", 2, "'vague' is not a valid kind"),
        ("add --area kites --title x --owner Nobody", 3, "no body 'Nobody'"),
        ("bodies add X_Y --side hk --name x", 2, "'X_Y' cannot be a body's code"),
        ("bodies add No-Owner --side hk --name x", 2, "'No-Owner' cannot be a body's code"),
        ("plenary add 9999999999 --date 2026-11-01", 2, "'9999999999' is not a whole number (NUMBER)"),
        ("bodies add iko --side hk --name x", 4, "there is a body IKO already"),
        ("bodies add XYZ --side north --name x", 2, "'north' is not a valid side"),
        ("undo 999", 3, "no entry '999'; `hkshcc history` shows entries 1 to"),
        ("undo 4", 4, "depends on entry 4; withdraw entry"),
    ],
)
def test_what_a_rule_forbids_is_refused_in_one_sentence_and_records_nothing(
    store: Path, words: str, code: int, message: str
) -> None:
    before = store.read_bytes()
    ran = run(*words.split(" "), store=store)
    assert says(sentence(ran), message)
    assert ran.code == code
    assert store.read_bytes() == before


def test_one_wrong_ref_among_several_records_nothing(store: Path) -> None:
    ran = run("update", "7-KIT-1a", "7-KIT-9", "--remark", "x", store=store)
    assert ran.code == 3
    assert events(store) == []


def test_a_reopened_measure_prints_as_moved_back_with_its_reason(store: Path) -> None:
    write("update", "7-KIT-2", "--status", "in-progress", "--reason", "The kite fell", store=store)
    report = json.loads(run("report", "--format", "json", store=store).out)
    details = [item["detail"] for item in report["attention"] if item["ref"] == "7-KIT-2"]
    assert "to in progress on 23 Nov 2026: The kite fell" in details


def test_an_owner_is_named_with_a_reason_and_another_leaves(store: Path) -> None:
    words = "assign kit-1a INB --instead-of iko --reason Moved --on 2025-01-01"
    ran = write(*words.split(), store=store)
    what = "owner added: INB; owner removed: IKO (Moved), 1 Jan 2025"
    assert ran.out == f"{KIT_1A}: {what} (entry {NEXT}). Undo: hkshcc undo {NEXT}\n"
    owners = run("list", "--search", "7-KIT-1a", "--fields", "owners", store=store)
    assert owners.out == "INB\tSH-Wind\n"
    earlier = run("list", "--search", "7-KIT-1a", "--fields", "owners", "--as-of", "2024-12-31", store=store)
    assert earlier.out == "IKO\tSH-Wind\n"


def test_a_target_moves_with_a_reason_and_the_original_stays(store: Path) -> None:
    ran = write("retarget", "kit-1a", "2027-Q2", "--reason", "Less wind", "--on", "yesterday", store=store)
    assert ran.out.startswith(f"{KIT_1A}: target 31 Dec 2023 → Q2 2027 (Less wind), 22 Nov 2026 (entry ")
    dates = run("list", "--search", "7-KIT-1a", "--fields", "target,target_original,timeliness,slips", store=store)
    assert dates.out == "2027-06-30\t2023-12-31\tslipped\t1\n"


def test_a_note_says_nothing_about_the_status(store: Path) -> None:
    ran = write("note", "8-KIT-1", "Agenda [red]asked[/red] for", store=store)
    assert ran.out.startswith(f"8-KIT-1 A kite with English alone: note added, 23 Nov 2026 (entry {NEXT}).")
    assert status("8-KIT-1", store) == "unknown"
    assert "note: Agenda [red]asked[/red] for" in run("show", "8-KIT-1", store=store).out


def test_a_new_measure_takes_the_next_paragraph_of_the_latest_plenary_and_answers_with_its_ref(store: Path) -> None:
    ran = write(
        "add", "--area", "KCH", "--title", "A pot", "--title-hant", "鍋", "--title-hans", "锅", "--summary",
        "A big one", "--kind", "exploratory", "--owner", "inb", "--owner", "SH-Soup", "--target", "2027", store=store,
    )  # fmt: skip
    # 8-KCH-1 was withdrawn; its ref is never used again
    assert ran.out.startswith("8-KCH-2 'A pot', agreed at the 8th plenary, 5 May 2025, target 2027 (entry ")
    [sheet] = json.loads(run("show", "8-KCH-2", "--format", "json", store=store).out)["measures"]
    assert sheet["title"] == {"en": "A pot", "zh-Hant": "鍋", "zh-Hans": "锅"}
    assert (sheet["kind"], sheet["summary"], sheet["target"]) == ("exploratory", "A big one", "2027-12-31")
    assert sheet["owners"] == {"hk": ["INB"], "sh": ["SH-Soup"]}
    assert (sheet["agreed_on"], sheet["plenary"]) == ("2025-05-05", 8)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("update 7-KIT-1a --remark x --on 15/10", "15 Oct 2026"),
        ("retarget 7-KIT-1a 15/10 --reason x", "→ 15 Oct 2027"),
        ("add --area KCH --title x --target 15/10", "target 15 Oct 2027"),
        ("round open R --due 31/1", "due 31 Jan 2027"),
        ("round open R --due 31/1 --on 15/10", "due 31 Jan 2027, as of 15 Oct 2026"),
        ("round close 2026H2 --on yesterday", "22 Nov 2026"),
    ],
)
def test_the_answer_says_which_year_was_meant_by_a_date_without_one(words: str, said: str, store: Path) -> None:
    run("round", "open", "2026H2", "--due", "31/12", "--on", "1/11", store=store)
    assert said in write(*words.split(), store=store).out


def test_a_new_measure_is_not_taken_for_what_a_plenary_agreed_whose_text_is_not_there(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    ran = run("add", "--area", "finance", "--title", "Test", store=store)
    assert ran.code == 4
    assert says(
        sentence(ran), "what plenary 6 (26 Apr 2024) agreed is not in the register … --plenary … import release"
    )
    assert not store.exists()
    ran = write("add", "--area", "finance", "--title", "Test", "--plenary", "6", store=store)
    assert ran.out.startswith("6-FIN-1 'Test', agreed at the 6th plenary, 26 Apr 2024 (entry ")


def test_a_new_measure_can_belong_to_an_earlier_plenary(store: Path) -> None:
    assert write("add", "--area", "kites", "--title", "x", "--plenary", "7", store=store).out.startswith("7-KIT-3 ")


def test_a_new_body_can_own_and_report(store: Path) -> None:
    ran = write(
        "bodies", "add", "XYZ", "--side", "SH", "--name", "Invented", "--name-hant", "虛構", "--name-hans", "虚构",
        store=store,
    )  # fmt: skip
    assert ran.out == (f"Added body XYZ: Invented (entry {NEXT}). Undo: hkshcc undo {NEXT} --reason WHY\n")
    write("assign", "8-KIT-1", "xyz", "--reason", "New", store=store)
    write("update", "8-KIT-1", "--by", "虛構", "--status", "in-progress", store=store)
    rows = json.loads(run("bodies", "--format", "json", store=store).out)["bodies"]
    assert rows[-1] == {
        "code": "XYZ", "side": "sh", "name": {"en": "Invented", "zh-Hant": "虛構", "zh-Hans": "虚构"},
        "owns": 1, "reported": 1, "note": None, "alias": None,
    }  # fmt: skip


def test_undo_steps_back_command_by_command_and_says_in_words_what_it_withdrew(store: Path) -> None:
    write("update", "8-KIT-1", "--status", "in-progress", store=store)
    write("note", "8-KIT-1", "x", store=store)
    first, second = write("undo", store=store), write("undo", "--reason", "Wrong kite", store=store)
    assert first.out == (
        f"Withdrew entry {NEXT + 1}: {KIT_1}: note: x (entry {NEXT + 2}). Undo: hkshcc undo {NEXT + 2}\n"
    )
    assert second.out == (
        f"Withdrew entry {NEXT}: {KIT_1}: in progress → not established (Wrong kite) (entry {NEXT + 3})."
        f" Undo: hkshcc undo {NEXT + 3}\n"
    )
    assert status("8-KIT-1", store) == "unknown"


def test_undoing_a_withdrawal_brings_back_what_it_withdrew(store: Path) -> None:
    write("update", "8-KIT-1", "--status", "in-progress", store=store)
    write("undo", store=store)
    ran = write("undo", str(NEXT + 1), store=store)
    assert ran.out.startswith(f"Brought back entry {NEXT}: {KIT_1}: not established → in progress (entry {NEXT + 2}).")
    assert status("8-KIT-1", store) == "in-progress"


def test_what_is_withdrawn_already_is_refused_and_the_way_back_named(store: Path) -> None:
    write("note", "8-KIT-1", "x", store=store)
    write("undo", store=store)
    ran = run("undo", str(NEXT), store=store)
    assert ran.code == 4
    assert sentence(ran) == f"entry {NEXT} is withdrawn already; `hkshcc undo {NEXT + 1}` brings it back"


def test_a_ref_undoes_the_last_command_on_that_measure(store: Path) -> None:
    write("update", "8-KIT-1", "--status", "in-progress", store=store)
    write("note", "7-FRM-1", "x", store=store)
    assert write("undo", "kit-1", store=store).out.startswith(f"Withdrew entry {NEXT}: {KIT_1}: in progress → ")


def test_a_bare_undo_takes_back_the_undo_of_an_older_entry(store: Path) -> None:
    write("update", "8-KIT-1", "--status", "in-progress", store=store)
    write("note", "7-FRM-1", "x", store=store)
    write("undo", str(NEXT), store=store)
    assert write("undo", store=store).out.startswith(f"Brought back entry {NEXT}: {KIT_1}: ")


KITE = nasty.entries()[11]  # a measure that was agreed, with escapes in its title


def test_what_was_agreed_is_withdrawn_for_a_reason_alone(store: Path) -> None:
    before = store.read_bytes()
    ran = run("undo", str(KITE.number), "--yes", store=store)
    assert ran.code == 4
    assert says(sentence(ran), f"withdrawing {KITE.ref} … (agreed, entry {KITE.number}) needs a reason; add --reason")
    assert store.read_bytes() == before


def test_what_was_agreed_is_withdrawn_with_a_yes_at_a_terminal(store: Path) -> None:
    ran = run("undo", str(KITE.number), "--reason", "Entered twice", store=store, keys="yes\n")
    assert ran.code == 0
    assert says(ran.err, f"Withdraw {KITE.ref} … (agreed, entry {KITE.number})? yes or no: ")
    assert "\x1b" not in ran.err
    shown = run("show", str(KITE.ref), store=store)
    assert shown.code == 3
    assert sentence(shown) == (
        f"{KITE.ref} was withdrawn on 23 Nov 2026 by tester (entry {NEXT}: Entered twice);"
        f" `hkshcc undo {NEXT}` brings it back"
    )
    back = write("undo", str(NEXT), store=store)
    assert back.out.endswith(f"Undo: hkshcc undo {NEXT + 1} --reason WHY\n")
    assert run("show", str(KITE.ref), store=store).code == 0


def test_what_was_agreed_stays_where_the_answer_is_no(store: Path) -> None:
    before = store.read_bytes()
    ran = run("undo", str(KITE.number), "--reason", "Entered twice", store=store, keys="no\n")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith(": hkshcc: nothing was withdrawn\n")
    assert store.read_bytes() == before


def test_without_a_terminal_the_question_is_answered_by_an_option(store: Path) -> None:
    ran = run("undo", str(KITE.number), "--reason", "Entered twice", store=store)
    assert ran.code == 2
    assert says(sentence(ran), "must be confirmed; add --yes")
    write("undo", str(KITE.number), "--reason", "Entered twice", "--yes", store=store)


def _state(store: Path) -> list[str]:
    """All that the register answers, without who said it when."""
    asked = ("list", "bodies", "plenary list", "round list", "areas", "instruments")
    return [run(*words.split(), "--format", "csv", store=store).out for words in asked]


@pytest.mark.parametrize(
    "words",
    [
        "update 8-KIT-1 --status in-progress",
        "update 8-KIT-1 7-FRM-1 --status in-progress",
        f"done 8-KIT-1 --evidence {LINK}",
        "note 8-KIT-1 x",
        "assign 8-KIT-1 INB --reason x",
        "retarget 8-KIT-1 2028 --reason x",
        "add --area kites --title x",
        "bodies add XYZ --side hk --name x",
        "plenary add 6 --date 2020-01-01",
        "round open Spring --due 2027-01-01",
        "round close 2026H2",
        f"undo {LAST_ON_A_MEASURE}",
        "undo 7-FRM-2",
    ],
)
def test_every_change_says_how_to_take_it_back_and_that_works_as_it_is_printed(store: Path, words: str) -> None:
    before = _state(store)
    [line] = [line for line in write(*words.split(), store=store).lines if "Undo: hkshcc " in line]
    back = line.split("Undo: hkshcc ")[1].split()
    assert (_state(store) == before) == words.startswith("note")
    write(*back, "--yes", store=store)
    assert _state(store) == before


def test_nothing_recorded_here_is_nothing_to_undo(tmp_path: Path) -> None:
    store = tmp_path / "register.json"
    ran = run("undo", store=store)
    assert ran.code == 3
    assert says(sentence(ran), "nothing … to undo: no change … recorded here … the entries that shipped")
    assert not store.exists()


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (
            "update 8-KIT-1 7-FRM-1 --status in-progress",
            [
                "Would record:",
                "8-KIT-1 A kite with English alone: not established → in progress, 23 Nov 2026",
                f"{FRM_1}: not established → in progress, 23 Nov 2026",
                "Nothing was recorded.",
            ],
        ),
        (
            f"done 8-KIT-1 --evidence {LINK}",
            [
                f"Would record: {KIT_1}: not established → completed, 23 Nov 2026. Nothing was recorded.",
                f"Evidence: unclassified, invented.example, read 23 Nov 2026: {LINK}",
                "Basis: neither reported by a side nor shown by an official source",
            ],
        ),
    ],
)
def test_a_dry_run_says_what_would_be_recorded_and_records_nothing(store: Path, words: str, lines: list[str]) -> None:
    before = store.read_bytes()
    ran = write(*words.split(), "--dry-run", store=store)
    assert ran.lines == lines
    answer = json.loads(write(*words.split(), "--dry-run", "--format", "json", store=store).out)
    assert answer["recorded"] is False
    assert store.read_bytes() == before


def test_a_dry_run_creates_no_store(tmp_path: Path) -> None:
    write("update", "5-FIN-1", "--remark", "x", "--dry-run", store=tmp_path / "register.json")
    assert list(tmp_path.iterdir()) == []


def test_a_dry_run_refuses_what_the_rules_forbid(store: Path) -> None:
    assert run("done", "8-KIT-1", "--dry-run", store=store).code == 4


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("update 8-KIT-1 --remark x", "finding"),
        (f"done 8-KIT-1 --by SH-Wind --evidence {LINK}", "return"),
        ("note 8-KIT-1 x", "note"),
        ("assign 8-KIT-1 INB --reason x", "revision"),
        ("retarget 8-KIT-1 2028 --reason x", "revision"),
        ("add --area kites --title x", "agreed"),
        ("bodies add XYZ --side hk --name x", "body"),
        ("undo --reason x --yes", "retraction"),
    ],
)
def test_every_writing_command_answers_in_json_with_what_it_recorded(store: Path, words: str, event: str) -> None:
    ran = write(*words.split(), "--format", "json", store=store)
    answer = json.loads(ran.out)
    assert list(answer) == ["schema", "recorded", "notes", "changes", "events"]
    assert (answer["schema"], answer["recorded"], answer["notes"]) == ("hkshcc.recorded/1", True, [])
    assert [found["event"] for found in answer["events"]] == [event]
    assert answer["events"] == events(store)


def test_notes_are_in_the_json_as_well_as_on_stderr(store: Path) -> None:
    ran = write("update", "7-FRM-2", "--by", "IKO", "--remark", "x", "--format", "json", store=store)
    [note] = json.loads(ran.out)["notes"]
    assert ran.err == f"hkshcc: {note}\n"


def test_the_first_change_creates_the_store_from_what_ships_and_says_so(tmp_path: Path) -> None:
    store = tmp_path / "deep" / "folder" / "register.json"
    ran = write("update", "5-LAW-2b", "--status", "in-progress", "--by", "DoJ", store=store)
    assert ran.err == f"hkshcc: created the store {store} from the register that ships\n"
    assert run("list", store=store).err == ALL_SHIPPED
    assert "no store yet" not in run("list", store=store).err


def test_a_clock_that_went_back_puts_no_entry_before_an_older_one(store: Path) -> None:
    write("note", "8-KIT-1", "x", store=store)
    write("note", "8-KIT-1", "y", store=store, now=NOW.replace(hour=11))
    assert [event["recorded"] for event in events(store)] == ["2026-11-23T12:00:00+08:00"] * 2
    assert run("check", store=store).code == 0


def test_the_sentence_that_takes_a_change_back_works_as_it_is_printed(tmp_path: Path) -> None:
    named = nasty.write(tmp_path / "my register.json")
    ran = write("note", "8-KIT-1", "x", "--store", str(named), store=None)
    assert ran.out.endswith(f"Undo: hkshcc --store {shlex.quote(str(named))} undo {NEXT}\n")
    write("--store", str(named), "undo", str(NEXT), store=None)
    assert events(named)[0]["withdrawn_by"] == NEXT + 1


def test_a_wrong_format_is_refused_before_anything_is_recorded(store: Path) -> None:
    before = store.read_bytes()
    ran = run("note", "7-KIT-1a", "Invented", "--format", "bogus", store=store)
    assert (ran.code, ran.out) == (2, "")
    assert store.read_bytes() == before


def piped(words: str, store: Path, text: bytes) -> processes.Ran:
    """Run a command in a process of its own, with a text on its standard input."""
    typed = store.with_name("typed")
    typed.write_bytes(text)
    return processes.shell(f"hkshcc {words} < {shlex.quote(str(typed))}", store.parent / "bin", store=store)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("note 8-KIT-1 -", "note: {0}"),
        ("update 8-KIT-1 --remark -", "{0}"),
        ("update 8-KIT-1 --next -", "next: {0}"),
        ("update 8-KIT-1 --attention -", "attention: {0}"),
        ("retarget 8-KIT-1 2028-01-01 --reason -", "{0}"),
    ],
)
def test_a_text_may_come_from_standard_input(store: Path, words: str, said: str) -> None:
    text = "A strong wind, 大風, was asked for"
    ran = piped(words, store, f"\ufeff{text}\r\n".encode())
    assert (ran.code, ran.err) == (0, "")
    assert said.format(text) in run("show", "8-KIT-1", store=store).out


@pytest.mark.parametrize(
    ("words", "text", "said"),
    [
        ("note 8-KIT-1 -", b"", "the note is empty; type its text after the ref"),
        ("note 8-KIT-1 -", b"caf\xe9", "standard input is not UTF-8; save the text as UTF-8"),
        ("note 8-KIT-1 -", b"k" * 100_001, "standard input is longer than 100000 bytes; shorten the text"),
        ("update 8-KIT-1 --remark - --next -", b"x", "'-' was given twice, and standard input can be read once"),
    ],
)
def test_what_standard_input_cannot_say_is_refused(store: Path, words: str, text: bytes, said: str) -> None:
    ran = piped(words, store, text)
    assert (ran.code, ran.err) == (2, f"hkshcc: {said}\n")


def test_what_would_count_is_recorded_shown_and_listed(store: Path) -> None:
    def without() -> list[str]:
        return run("list", "--no-criteria", "--fields", "ref", store=store).lines

    assert "7-FRM-2" in without()
    assert "7-KIT-1a" not in without()
    ran = write("criteria", "7-FRM-2", "--done-when", "A lid is on", "--agreed-by", "sh", store=store)
    assert "criteria, agreed by Shanghai, 23 Nov 2026 (entry " in ran.out
    assert "Fulfilled when: A lid is on" in ran.lines
    assert "7-FRM-2" not in without()
    shown = run("show", "7-FRM-2", store=store).out
    assert (
        "Criteria of 23 Nov 2026, agreed by Shanghai, written after a report of completion that was withdrawn" in shown
    )
    assert "criteria, agreed by Shanghai: Fulfilled when: A lid is on" in run("history", "7-FRM-2", store=store).out
    [sheet] = json.loads(run("show", "7-FRM-2", "--format", "json", store=store).out)["measures"]
    assert sheet["criteria"]["done_when"] == {"en": "A lid is on", "zh-Hant": None, "zh-Hans": None}
    assert (sheet["criteria"]["agreed_by"], sheet["criteria"]["written"], sheet["criteria"]["not"]) == (
        "sh", "after-withdrawn-completion", None,
    )  # fmt: skip
    run("undo", store=store)
    assert "7-FRM-2" in without()


def test_done_says_what_would_count_before_it_asks_for_evidence(store: Path) -> None:
    ran = run("done", "7-KIT-1a", keys="Kite Gazette 3\nrecord\n", store=store)
    assert ran.code == 0
    asked, *_questions = " ".join(ran.err.split()).split("Evidence (")
    assert "7-KIT-1a: Criteria of 2 May 2023, agreed by both sides, before any report of completion" in asked
    assert "Fulfilled when: The kite [red]flies[/red] \\x1b[2J" in asked
    assert "Does not count: A kite \\u202enwod" in asked


def test_a_target_that_ends_on_the_same_day_is_not_called_the_same(store: Path) -> None:
    write("retarget", "7-KIT-1a", "H2 2027", "--reason", "Less wind", store=store)
    assert (
        sentence(run("retarget", "7-KIT-1a", "2027", "--reason", "x", store=store))
        == "the target of 7-KIT-1a is H2 2027, which ends on the same day, 31 Dec 2027; nothing was changed"
    )
    again = sentence(run("retarget", "7-KIT-1a", "2027-H2", "--reason", "x", store=store))
    assert again == "the target of 7-KIT-1a is already H2 2027; nothing was changed"


def test_a_target_that_has_passed_is_recorded_and_said_to_have_passed(store: Path) -> None:
    ran = write("retarget", "7-KIT-1a", "2026-11-20", "--reason", "Less wind", store=store)
    assert ran.err == "hkshcc: 20 Nov 2026 has passed: 7-KIT-1a is now overdue\n"
    assert write("retarget", "7-KIT-1a", "2026-11-23", "--reason", "More wind", store=store).err == ""


@pytest.mark.parametrize("typed", ["last friday", "yesterday", "昨日"])
def test_a_day_that_lies_back_from_today_is_no_target(store: Path, typed: str) -> None:
    said = sentence(run("retarget", "7-KIT-1a", typed, "--reason", "x", store=store))
    assert said == f"DATE: '{typed}' has passed, and a day to come is meant here; write the date"


def test_the_help_of_amend_names_no_default_that_does_not_hold_there() -> None:
    said = " ".join(run("amend", "--help").out.split())
    for wrong in ("happened (default: today)", "without it, a finding", "else both"):
        assert wrong not in said
    for option in ("--on DATE", "--by BODY", "--side SIDE"):
        assert "default: as recorded" in said.partition(option)[2][:90]


def test_a_ref_is_looked_up_before_evidence_is_asked_for(store: Path) -> None:
    ran = run("done", "8-KIT-1", "today", store=store, keys="never typed\n")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("hkshcc: no measure 'today'")


def test_what_stands_in_place_of_evidence_is_said_back(store: Path) -> None:
    ran = write("done", "8-KIT-1", "--without-evidence", "lost file", store=store)
    assert ran.lines[1] == "No evidence: lost file"


@pytest.mark.parametrize("command", ["done 8-KIT-1", "update 8-KIT-1 --status completed"])
def test_evidence_and_the_reason_for_none_exclude_each_other(store: Path, command: str) -> None:
    ran = run(*command.split(), "--evidence", LINK, "--without-evidence", "lost file", store=store)
    assert (ran.code, sentence(ran)) == (2, "--evidence and --without-evidence exclude each other; give one of the two")


def test_an_update_with_evidence_can_be_amended_to_have_none_and_back(store: Path) -> None:
    write("done", "8-KIT-1", "--evidence", LINK, store=store)
    write("amend", "--without-evidence", "lost file", store=store)
    *_, without = events(store)
    assert (without["evidence"], without["without_evidence"]) == (None, "lost file")
    write("amend", "--evidence", LINK, store=store)
    *_, found = events(store)
    assert (found["evidence"][0]["locator"], found["without_evidence"]) == (LINK, None)


def test_what_is_completed_a_second_time_is_said_to_be_completed_already(store: Path) -> None:
    evidence = ("--evidence", LINK, "--evidence-kind", "press")
    first = write("done", "8-KIT-1", *evidence, "--on", "2026-10-15", store=store)
    assert first.err == ""
    again = write("done", "8-KIT-1", *evidence, store=store)
    assert again.err == "hkshcc: 8-KIT-1 was already completed on 15 Oct 2026\n"


@pytest.mark.parametrize(
    ("change", "undone"),
    [
        ("retarget 7-KIT-1a H2-2027 --reason x", "target H2 2027 → 31 Dec 2023"),
        ("assign 8-KIT-1 iKO --reason x", "owner removed: IKO"),
        ("update 8-KIT-1 --side hk --status in-progress", "in progress → not established"),
        ("update 8-KIT-1 --attention broken", "needs attention: broken"),
    ],
)
def test_an_undo_says_what_a_slip_would_have_changed(store: Path, change: str, undone: str) -> None:
    write(*change.split(), store=store)
    said = write("undo", store=store).out
    assert said.startswith(f"Withdrew entry {NEXT}: {KIT_1A if 'KIT-1a' in change else KIT_1}: ")
    assert said.endswith(f"{undone} (entry {NEXT + 1}). Undo: hkshcc undo {NEXT + 1}\n")


def test_programs_are_told_what_an_undo_changed(store: Path) -> None:
    write("done", "8-KIT-1", "--evidence", LINK, store=store)
    [change] = json.loads(write("undo", "--format", "json", store=store).out)["changes"]
    assert (change["ref"], change["status_before"], change["status"]) == ("8-KIT-1", "completed", "unknown")


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("note 8-KIT-1 x --on 31/12", "'31/12' was read as 31 Dec 2025"),
        ("note 8-KIT-1 x --on 15/10", ""),
        ("note 8-KIT-1 x --on 2025-12-31", ""),
        ("retarget 8-KIT-1 15/10 --reason x", "'15/10' was read as 15 Oct 2027"),
        ("list --as-of 31/12", "'31/12' was read as 31 Dec 2025"),
        ("changes --since 31/12", "'31/12' was read as 31 Dec 2025"),
        ("changes --since 400d", ""),
    ],
)
def test_a_date_without_a_year_that_is_of_another_year_is_said_back(store: Path, words: str, note: str) -> None:
    said = write(*words.split(), store=store).err
    assert ("was read as" in said) == bool(note)
    assert note in said


@pytest.mark.parametrize(
    "words",
    [
        "note 8-KIT-1 x",
        "assign 8-KIT-1 iKO --reason x",
        "retarget 8-KIT-1 2028 --reason x",
        "add --area kites --title x --plenary 8",
    ],
)
def test_a_change_of_one_measure_can_be_tried_dry(store: Path, words: str) -> None:
    before = store.read_bytes()
    said = write(*words.split(), "--dry-run", store=store).out
    assert said.startswith("Would record: ")
    assert said.endswith("Nothing was recorded.\n")
    assert store.read_bytes() == before


@pytest.mark.parametrize("words", ["assign 8-KIT-1 iKO", "retarget 8-KIT-1 2028"])
def test_a_reason_that_is_missing_is_asked_for_once_the_rest_is_right(store: Path, words: str) -> None:
    ran = write(*words.split(), store=store, keys="Less wind\n")
    assert "Reason: " in ran.err
    assert events(store)[-1]["reason"] == "Less wind"
    wrong = run(*words.replace("8-KIT-1", "nosuch").split(), store=store, keys="never typed\n")
    assert (wrong.code, "Reason: " in wrong.err) == (3, False)


def test_an_unknown_ref_is_named_before_what_else_is_missing(store: Path) -> None:
    assert sentence(run("update", "8-KIT-1", "today", store=store)).startswith("no measure 'today'")
