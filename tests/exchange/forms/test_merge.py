"""The form that comes back: what is recorded, what is not and why, and that nothing in the register is overwritten."""

import datetime as dt
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from hkshcc.exchange.forms import layout
from hkshcc.exchange.forms.layout import COLUMNS
from hkshcc.language import LANGUAGES
from hkshcc.register.vocabulary import labels
from tests import nasty
from tests.exchange.forms.bureau import BODY, CLOSED, CONTINUING, LINK, REF, change, fill, issue, merge
from tests.running import Ran, run, sentence

pytestmark = pytest.mark.needs_office

LAST = len(nasty.entries())
DONE = {"status": "Completed", "on": "2026-10-15", "done": "It flies", "evidence": LINK}


def told(ran: Ran) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ran.out)
    return found


def outcomes(store: Path, *argv: str | Path) -> dict[str | None, tuple[str, str | None]]:
    """What becomes of each row that says something, and why."""
    rows = told(merge(store, *argv, "--format", "json"))["returns"]
    return {row["ref"]: (row["outcome"], row["reason"]) for row in rows if row["outcome"] != "unchanged"}


def recorded(store: Path) -> list[dict[str, Any]]:
    """What was recorded on top of the nasty register."""
    events = told(run("history", "--format", "json", store=store))["events"]
    return [event for event in events if event["number"] > LAST]


def refusal(store: Path, answers: dict[str, Any], ref: str = REF) -> str:
    """Why a row is refused; fails where it is not, or where --apply would record anything of it."""
    back = fill(issue(store), {ref: answers})
    before = store.read_bytes()
    outcome, reason = outcomes(store, back)[ref]
    assert outcome == "refused"
    ran = merge(store, back, "--apply")
    assert ran.code == 4
    assert ran.err.startswith("hkshcc: nothing was recorded: 1 refused; ")
    assert store.read_bytes() == before
    return str(reason)


def test_a_form_that_says_nothing_has_nothing_to_record(store: Path) -> None:
    form = issue(store)
    before = store.read_bytes()
    for more in ([], ["--apply"]):
        ran = merge(store, form, *more)
        assert ran.code == 0
        assert ran.lines[0].endswith("7 unchanged, 0 conflicts, 0 refused")
        assert "Nothing to record." in ran.lines
    assert store.read_bytes() == before


def test_what_would_be_recorded_is_shown_with_the_words_before_and_after_and_not_recorded(store: Path) -> None:
    back = fill(issue(store), {REF: DONE, CONTINUING: {"status": "Completed"}})
    before = store.read_bytes()
    ran = merge(store, back)
    assert ran.code == 0
    assert ran.lines[:2] == ["1 return to record, 5 unchanged, 0 conflicts, 1 refused", ""]
    assert ran.lines[2] == f"IKO-back.xlsx: IKO, based on entries 1-{LAST}, round 2026H2"
    rows = [line.strip() for line in ran.lines[3:]]
    assert re.fullmatch(rf"record +row 2  {REF} +{re.escape(nasty.MARKUP)}", rows[0])
    assert rows[1] == "before: in progress, 1 Jun 2023, public record: A first kite; [bold]half[/bold] built"
    assert rows[2] == f"after: completed, 15 Oct 2026: It flies; evidence: {LINK}"
    assert rows[4] == f"closing {CONTINUING} needs evidence; fill in cell G3"
    assert store.read_bytes() == before


def test_apply_records_returns_of_the_body_in_one_command_with_the_file_as_their_source(store: Path) -> None:
    back = fill(issue(store), {REF: DONE, CONTINUING: {"status": "Continuing", "next": "More", "attention": "Rain"}})
    ran = merge(store, back, "--apply")
    assert ran.code == 0
    assert ran.lines[0] == "2 returns recorded, 5 unchanged, 0 conflicts, 0 refused"
    assert f"Recorded as entries {LAST + 1}-{LAST + 2}. To take them back: hkshcc undo" in ran.lines
    first, second = recorded(store)
    file = {
        "kind": "return",
        "source": BODY,
        "locator": f"IKO-back.xlsx sha256:{sha256(back.read_bytes()).hexdigest()}",
    }
    assert first["evidence"] == [{"kind": "return", "source": BODY, "locator": LINK}, file]
    assert second["evidence"] == [file]
    assert [first[key] for key in ("event", "by", "side", "status", "on", "precision", "remark")] == [
        "return", BODY, "hk", "completed", "2026-10-15", "day", "It flies",
    ]  # fmt: skip
    assert [second[key] for key in ("status", "on", "next", "attention")] == [
        "continuing", "2026-11-23", "More", "Rain",
    ]  # fmt: skip
    assert first["command"] == second["command"]
    assert run("check", store=store).code == 0
    assert "file" not in str(run("list", "--silent", "--fields", "ref", store=store).lines)
    run("undo", store=store)
    assert len(recorded(store)) == 3
    assert outcomes(store, back)[REF][0] == "record"


def test_the_same_file_merged_twice_changes_nothing(store: Path) -> None:
    back = fill(issue(store), {REF: DONE, CLOSED: {"done": "Still there", "on": "Oct 2026"}})
    merge(store, back, "--apply")
    before = store.read_bytes()
    ran = merge(store, back, "--apply")
    assert ran.code == 0
    assert ran.lines[0] == "0 returns to record, 7 unchanged, 0 conflicts, 0 refused".replace("to record", "recorded")
    assert f"  already recorded: {REF}, {CLOSED}" in ran.lines
    twice = merge(store, back, back)
    assert twice.lines[0].startswith("0 returns to record, 14 unchanged")
    assert store.read_bytes() == before


def test_the_same_file_named_twice_is_recorded_once(store: Path) -> None:
    back = fill(issue(store), {REF: DONE})
    assert merge(store, back, back, "--apply").code == 0
    assert len(recorded(store)) == 1


def test_what_was_said_in_an_earlier_round_can_be_said_again_on_a_new_form(store: Path) -> None:
    answers = {CONTINUING: {"status": "Continuing"}}
    merge(store, fill(issue(store), answers), "--apply")
    assert outcomes(store, fill(issue(store), answers)) == {CONTINUING: ("record", None)}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("status", ["not-started", "in-progress"])
def test_labels_in_any_script_are_read(store: Path, lang: str, status: str) -> None:
    form = issue(store, lang=lang)
    for written in LANGUAGES:
        back = fill(form, {REF: {"status": f" {labels(status)[written]}  "}})
        [row] = [row for row in told(merge(store, back, "--format", "json"))["returns"] if row["outcome"] == "record"]
        assert row["after"].startswith(status.replace("-", " "))


@pytest.mark.parametrize(
    ("typed", "on", "precision"),
    [
        ("2026-10-15 ", "2026-10-15", "day"),
        (" 15 Oct 2026", "2026-10-15", "day"),
        ("15/10/2026", "2026-10-15", "day"),
        ("2026年10月15日", "2026-10-15", "day"),
        ("Oct 2026", "2026-10-31", "month"),
        ("2026年10月", "2026-10-31", "month"),
        ("Nov 2026", "2026-11-23", "month"),
        ("2025", "2025-12-31", "year"),
        (2025, "2025-12-31", "year"),
        (46310, "2026-10-15", "day"),
        (dt.date(2026, 10, 15), "2026-10-15", "day"),
        (dt.datetime(2026, 10, 15, 9, 30), "2026-10-15", "day"),  # noqa: DTZ001  spreadsheets have no zones
        (None, "2026-11-23", "day"),
    ],
)
def test_the_date_is_read_as_bureaux_write_it(store: Path, typed: object, on: str, precision: str) -> None:
    back = fill(issue(store), {REF: {"done": "Something", "on": typed}})
    assert merge(store, back, "--apply").code == 0
    [event] = recorded(store)
    assert (event["on"], event["precision"]) == (on, precision)
    assert outcomes(store, back) == {}


def test_days_of_a_workbook_that_counts_from_1904_are_read_as_such(store: Path) -> None:
    back = fill(issue(store), {REF: {"done": "Something", "on": 46310 - 1462}})

    def from_1904(book: Any) -> None:
        book.epoch = dt.datetime(1904, 1, 1)  # noqa: DTZ001  as openpyxl has it

    back = change(back, from_1904)
    merge(store, back, "--apply")
    assert recorded(store)[0]["on"] == "2026-10-15"


def test_spaces_and_line_breaks_are_folded_and_an_emptied_cell_says_nothing(store: Path) -> None:
    answers = {
        "done": "  Two\n kites \t flew \u200b",
        "next": "   ",
        "evidence": " Gazette  1 \n\n \ufeffGazette 2 ",
        "status": " ",
    }
    back = fill(issue(store), {REF: answers, CONTINUING: {"done": " \n ", "on": ""}})
    merge(store, back, "--apply")
    [event] = recorded(store)
    assert (event["remark"], event["next"], event["status"]) == ("Two kites flew", None, None)
    assert [piece["locator"] for piece in event["evidence"]][:2] == ["Gazette 1", "Gazette 2"]


def test_a_number_typed_where_words_are_wanted_is_a_word(store: Path) -> None:
    merge(store, fill(issue(store), {REF: {"done": 12, "next": 1.5, "attention": True}}), "--apply")
    [event] = recorded(store)
    assert (event["remark"], event["next"], event["attention"]) == ("12", "1.5", "TRUE")


def test_rows_and_columns_may_be_moved_and_rows_deleted(store: Path) -> None:
    back = fill(issue(store), {REF: DONE})

    def reorder(book: Any) -> None:
        sheet = book.worksheets[1]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        rows = [rows[0], *reversed(rows[1:5])]
        sheet.delete_rows(1, 50)
        for row in rows:
            sheet.append([*row[6:], *row[:6]])

    assert outcomes(store, change(back, reorder)) == {REF: ("record", None)}


def test_rows_deleted_from_a_form_are_named(store: Path) -> None:
    back = change(issue(store), lambda book: book.worksheets[1].delete_rows(2, 2))
    ran = merge(store, back)
    assert ran.code == 0
    assert f"  rows deleted from the form, so nothing is reported on: {REF}, {CONTINUING}" in ran.lines
    [file] = told(merge(store, back, "--format", "json"))["files"]
    assert file["deleted"] == [REF, CONTINUING]


@pytest.mark.parametrize(
    ("answers", "ref", "reason"),
    [
        (
            {"status": "Continuing"},
            REF,
            "is a deliverable, so its status cannot be 'continuing'; choose another status in cell D2",
        ),
        ({"status": "Completed", "done": "Done"}, REF, f"closing {REF} needs evidence; fill in cell G2"),
        ({"status": "以調整形式完成", "evidence": LINK}, REF, f"wording of {REF}; fill in cell F2"),
        ({"status": "Not pursued"}, REF, f"needs the reason for dropping {REF}; fill in cell F2"),
        ({"status": "In progress"}, CLOSED, "needs a reason; fill in cell F4"),
        ({"status": "Status not established"}, REF, "established; choose another status in cell D2"),
        ({"status": "Finished"}, REF, "cell D2 is not a status; did you mean Completed? Choose from: Not started"),
        ({"done": "x", "on": "2027-01-01"}, REF, "cell E2: 1 Jan 2027 is in the future"),
        ({"done": "x", "on": "soon"}, REF, "cell E2: 'soon' is not a date that can be read"),
        ({"done": "x", "on": "10/15/2026"}, REF, "there is no month 15; write 15 Oct 2026"),
        ({"done": "x", "on": "1999-01-01"}, REF, "cell E2: 1 Jan 1999 is too early"),
        ({"done": "x", "on": 1e15}, REF, "is not a date"),
        ({"on": "2026-10-15"}, REF, "cell E2 has a date, but nothing else is filled in"),
        ({"wording": "Noodles", "done": "x"}, REF, "B2 was changed from 'A kite [red]x[/red] over both cities, and"),
        ({"on_record": None}, REF, "C2 was emptied; it said 'In progress, 1 Jun 2023, public record"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_with_the_reason(
    store: Path, answers: dict[str, Any], ref: str, reason: str
) -> None:
    assert reason in refusal(store, answers, ref)


@pytest.mark.parametrize(
    ("answers", "ref", "reason"),
    [
        ({"status": "Completed"}, REF, f"closing {REF} needs evidence; fill in cell G2"),
        ({"done": "x", "on": "2027-01-01"}, REF, "cell E2: 1 Jan 2027 is in the future"),
        (
            {"status": "In progress"},
            CLOSED,
            f"{CLOSED} is 'Completed' (Hong Kong); moving it back to 'In progress' needs a reason; fill in cell F4",
        ),
        (
            {"done": "x", "on": "soon"},
            REF,
            (
                "cell E2: 'soon' is not a date that can be read;"
                " write it as 2022-12-31, 31 Dec 2022, 31/12/2022, 31/12, Dec 2022, Q4 2022, H2 2022 or 2022年12月31日"
            ),
        ),
    ],
)
def test_a_row_is_refused_in_whole_words_without_advice_on_the_options_of_a_command(
    store: Path, answers: dict[str, Any], ref: str, reason: str
) -> None:
    assert refusal(store, answers, ref) == reason


@pytest.mark.parametrize(
    ("typed", "ref", "meant"),
    [
        ("Ongoing", CONTINUING, "Continuing or In progress"),  # which two differ: both are offered
        ("Ongoing", REF, "In progress"),
        ("進行中", CONTINUING, "In progress or Continuing"),
        ("Complete", REF, "Completed"),
        ("持續", CONTINUING, "Continuing"),
        ("dropped", REF, "Not pursued"),
    ],
)
def test_a_status_that_is_none_is_answered_with_what_may_have_been_meant(
    store: Path, typed: str, ref: str, meant: str
) -> None:
    said = refusal(store, {"status": typed}, ref)
    assert f"'{typed}' in cell D" in said
    assert f"did you mean {meant}? Choose from: Not started, In progress" in said
    assert ("Continuing, " in said) == (ref == CONTINUING)


def test_a_status_like_no_other_is_answered_with_those_there_are_in_the_language_that_holds(store: Path) -> None:
    back = fill(issue(store), {REF: {"status": "Rain"}})
    for lang, said in (
        ("en", "'Rain' in cell D2 is not a status; choose from: Not started, In progress, Completed, "),
        ("zh-Hant", "儲存格 D2 的「Rain」不是狀況；可選：未開展、推進中、已完成、"),
    ):
        assert any(line.strip().startswith(said) for line in merge(store, back, "--lang", lang).lines)


def test_all_that_is_wrong_in_the_cells_of_a_row_is_said_at_once_on_a_line_each(store: Path) -> None:
    back = fill(
        issue(store),
        {
            REF: {"status": "Rain", "on": "2099-01-01"},
            CONTINUING: {"wording": "Noodles", "on_record": "Now", "done": "x"},
        },
    )
    lines = [line.strip() for line in merge(store, back).lines]
    starts = (
        "'Rain' in cell D2",
        "cell E2: 1 Jan 2099 is in the future",
        "the locked cell B3",
        "the locked cell C3",
    )
    assert [sum(line.startswith(start) for line in lines) for start in starts] == [1, 1, 1, 1]


@pytest.mark.parametrize("drawn", LANGUAGES)
@pytest.mark.parametrize("read", LANGUAGES)
def test_a_form_in_any_language_is_read_under_any_other(store: Path, drawn: str, read: str) -> None:
    back = fill(issue(store, lang=drawn), {REF: {"status": labels("not-started")[drawn], "done": "x"}})
    assert merge(store, back, "--lang", read, "--apply").code == 0
    assert [event["status"] for event in recorded(store)] == ["not-started"]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("9-XXX-1", "unknown ref '9-XXX-1' in cell A2"),
        ("7-FRM-2", "7-FRM-2 in cell A2 was not on this form"),
        (None, "there is text in this row, but no ref in cell A2"),
    ],
)
def test_a_row_under_another_ref_is_refused(store: Path, typed: str | None, reason: str) -> None:
    back = fill(issue(store), {REF: {"ref": typed, "done": "x"}})
    assert outcomes(store, back) == {typed: ("refused", reason)}


def test_words_in_a_locked_cell_of_a_row_without_a_ref_are_refused(store: Path) -> None:
    def write_below(book: Any) -> None:
        sheet = book.worksheets[1]
        sheet.cell(sheet.max_row + 1, COLUMNS.index("wording") + 1).value = "We did it all, see the annex"

    file = change(fill(issue(store), {REF: {"done": "x"}}), write_below)
    assert outcomes(store, file)[None] == ("refused", "there is text in this row, but no ref in cell A9")
    assert merge(store, file, "--apply").code == 4


def test_what_would_be_recorded_names_only_what_was_said(store: Path) -> None:
    ran = merge(store, fill(issue(store), {REF: {"done": "x"}, CONTINUING: {"next": "y"}}))
    assert [line.strip() for line in ran.lines if "after:" in line] == [
        "after: 23 Nov 2026: x",
        "after: 23 Nov 2026: next: y",
    ]


def test_a_row_that_only_looks_empty_ends_no_form(store: Path) -> None:
    def leave_a_row(book: Any) -> None:
        sheet = book.worksheets[1]
        sheet.insert_rows(2)
        sheet.cell(2, COLUMNS.index("done") + 1).value = "\u200b"

    file = fill(change(issue(store), leave_a_row), {REF: {"done": "x"}})
    assert outcomes(store, file) == {REF: ("record", None)}


def test_a_measure_that_was_withdrawn_since_is_refused(store: Path) -> None:
    run("add", "--area", "kites", "--title", "Invented", "--owner", BODY, store=store)
    back = fill(issue(store), {"8-KIT-2": {"done": "x"}})
    run("undo", "--reason", "Invented", "--yes", store=store)
    assert outcomes(store, back) == {"8-KIT-2": ("refused", "8-KIT-2 is no longer a measure of the register")}


def test_dropping_and_reopening_take_what_was_done_for_their_reason(store: Path) -> None:
    back = fill(
        issue(store),
        {REF: {"status": "Not pursued", "done": "No wind"}, CLOSED: {"status": "In progress", "done": "It fell down"}},
    )
    assert merge(store, back, "--apply").code == 0
    assert [(event["status"], event["reason"], event["remark"]) for event in recorded(store)] == [
        ("not-pursued", "No wind", None),
        ("in-progress", "It fell down", None),
    ]
    assert outcomes(store, back) == {}


def test_reopening_what_the_conference_accepted_takes_what_was_done_for_its_reason(store: Path) -> None:
    """Hong Kong itself has said nothing of the measure before."""
    owners = ("--owner", "IKO", "--owner", "SH-Wind")
    assert run("add", "--area", "kites", "--plenary", "8", "--title", "Invented", *owners, store=store).code == 0
    assert run("done", "8-KIT-2", "--by", "SH-Wind", "--evidence", "x", store=store).code == 0
    assert run("accept", "8-KIT-2", "--at", "today", store=store).code == 0
    back = fill(issue(store), {"8-KIT-2": {"status": "In progress", "done": "Not with us"}})
    assert merge(store, back, "--apply").code == 0
    assert (recorded(store)[-1]["status"], recorded(store)[-1]["reason"]) == ("in-progress", "Not with us")
    assert json.loads(run("show", "8-KIT-2", "--format", "json", store=store).out)["measures"][0]["basis"] is None


def in_conflict(store: Path) -> Path:
    """A form on whose measure the register was told something else since."""
    back = fill(issue(store), {REF: {"status": "Not started", "next": "Buy string", "done": "No wind"}})
    run("update", REF, "--status", "completed", "--by", BODY, "--evidence", LINK, "--next", "Rest", store=store)
    return fill(back, {REF: {"done": "No wind", "status": "In progress"}})


def test_a_cell_that_changed_in_the_register_since_is_a_conflict_and_never_overwritten(store: Path) -> None:
    back = in_conflict(store)
    before = store.read_bytes()
    ran = merge(store, back)
    assert ran.code == 0
    assert ran.lines[0] == "0 returns to record, 6 unchanged, 1 conflict, 0 refused"
    assert (
        "'Status' changed in the register since the form was issued:"
        " it was 'in progress, 1 Jun 2023, public record' and is now 'completed, 23 Nov 2026, IKO';"
        " the form has 'in progress'"
    ) in map(str.strip, ran.lines)
    assert "is now 'Rest'; the form has 'Buy string'" in ran.out
    assert f"--take theirs {REF} records it, --take ours {REF} leaves it out" in map(str.strip, ran.lines)
    ran = merge(store, back, "--apply")
    assert ran.code == 4
    assert ran.err == (
        "hkshcc: nothing was recorded: 1 conflict; decide a conflict with --take theirs REF or --take ours REF\n"
    )
    assert store.read_bytes() == before


@pytest.mark.parametrize(("column", "option"), [("done", "--remark"), ("next", "--next"), ("attention", "--attention")])
def test_each_column_of_words_that_changed_since_is_a_conflict(store: Path, column: str, option: str) -> None:
    back = fill(issue(store), {CONTINUING: {column: "Sun"}})
    run("update", CONTINUING, option, "Rain", "--by", BODY, store=store)
    [row] = [row for row in told(merge(store, back, "--format", "json"))["returns"] if row["outcome"] == "conflict"]
    [cell] = row["conflicts"]
    assert (cell["column"], cell["now"], cell["said"]) == (column, "Rain", "Sun")
    assert outcomes(store, fill(back, {CONTINUING: {column: "Rain"}})) == {}


@pytest.mark.parametrize("take", [["--take", "theirs", REF], ["--take", "theirs:kit-1a"], ["--take=theirs:7-kit-1A"]])
def test_theirs_records_what_the_form_says(store: Path, take: list[str]) -> None:
    back = in_conflict(store)
    ran = merge(store, back, *take, "--apply")
    assert ran.code == 0
    assert ran.lines[0] == "1 return recorded, 6 unchanged, 0 conflicts, 0 refused"
    assert recorded(store)[-1]["status"] == "in-progress"


def test_ours_leaves_the_register_as_it_is(store: Path) -> None:
    back = in_conflict(store)
    before = store.read_bytes()
    ran = merge(store, "--take", "ours", REF, back, "--apply")
    assert ran.code == 0
    assert ran.lines[0] == "0 returns recorded, 6 unchanged, 0 conflicts, 0 refused, 1 left out"
    assert outcomes(store, "--take", "ours", REF, back) == {REF: ("left", "left out: the register stays as it is")}
    assert store.read_bytes() == before


def test_ours_leaves_a_refused_row_out_and_theirs_does_not_help_it(store: Path) -> None:
    back = fill(issue(store), {REF: {"status": "Continuing"}, CONTINUING: {"done": "x"}})
    assert merge(store, back, "--take", "theirs", REF, "--apply").code == 4
    assert merge(store, back, "--take", "ours", REF, "--apply").code == 0
    assert [event["ref"] for event in recorded(store)] == [CONTINUING]


def test_the_same_word_as_the_register_was_told_since_is_no_conflict(store: Path) -> None:
    back = fill(issue(store), {REF: {"status": "Completed", "evidence": LINK}})
    run("update", REF, "--status", "completed", "--evidence", LINK, "--on", "2026-11-01", store=store)
    assert outcomes(store, back) == {REF: ("record", None)}


def test_a_word_of_the_other_side_is_no_conflict(store: Path) -> None:
    back = fill(issue(store), {REF: {"status": "In progress", "attention": "String"}})
    run("update", REF, "--status", "not-started", "--by", "SH-Wind", "--attention", "Wind", store=store)
    assert outcomes(store, back) == {REF: ("record", None)}


@pytest.mark.parametrize(
    "take",
    [["--take", "theirs"], ["--take", "mine", REF], ["--take", "theirs:"], ["--take", "theirs", "9-XXX-1"],
     ["--take", "ours", REF, "--take", "theirs", REF]],
)  # fmt: skip
def test_a_choice_that_cannot_be_meant_is_a_usage_error(store: Path, take: list[str]) -> None:
    ran = merge(store, in_conflict(store), *take)
    assert ran.code == 2
    sentence(ran)


def test_a_choice_that_may_mean_two_measures_is_a_usage_error(store: Path) -> None:
    run("add", "--area", "kites", "--title", "Invented", "--owner", BODY, store=store)
    form = issue(store)
    run("add", "--area", "kites", "--title", "Invented", "--plenary", "7", "--owner", BODY, store=store)
    ran = merge(store, fill(form, {"8-KIT-2": {"ref": "8-KIT-2"}}), "--take", "ours", "kit-2")
    assert ran.code == 2
    assert "may be 7-KIT-2 or 8-KIT-2" in sentence(ran)


def test_many_forms_are_merged_at_once_in_one_command(store: Path) -> None:
    kites = fill(issue(store), {REF: {"done": "x"}})
    wind = fill(issue(store, "SH-Wind"), {REF: {"status": "Completed", "evidence": LINK}})
    ran = merge(store, kites, wind, "--apply")
    assert ran.lines[0].startswith("2 returns recorded")
    first, second = recorded(store)
    assert (first["by"], second["by"], second["side"]) == (BODY, "SH-Wind", "sh")
    assert first["command"] == second["command"]
    assert [first["number"], second["number"]] == [LAST + 1, LAST + 2]
    assert first["id"] != second["id"]


def test_forms_that_contradict_each_other_are_in_conflict(store: Path) -> None:
    kites = fill(issue(store), {"7-KCH-1": {"status": "In progress"}})
    noodles = fill(issue(store, "INB"), {"7-KCH-1": {"status": "Not started", "done": "No"}})
    rows = told(merge(store, kites, noodles, "--format", "json"))["returns"]
    assert [(row["by"], row["outcome"]) for row in rows if row["outcome"] != "unchanged"] == [
        (BODY, "record"),
        ("INB", "conflict"),
    ]


def test_one_bad_file_among_many_records_nothing_and_is_named(store: Path, tmp_path: Path) -> None:
    good = fill(issue(store), {REF: {"done": "x"}})
    bad, worse = tmp_path / "bad.xlsx", tmp_path / "worse.xlsx"
    bad.write_bytes(b"no workbook")
    before = store.read_bytes()
    for files in ([good, bad], [bad, good, worse]):
        ran = merge(store, *files, "--apply")
        assert ran.code in {1, 4}
        assert all(file.name in sentence(ran) for file in files if file != good)
    assert store.read_bytes() == before


def test_standard_input_is_one_form(store: Path) -> None:
    ran = merge(store, "-", "-")
    assert ran.code == 2
    assert "standard input can be read once" in sentence(ran)
    told = " ".join(merge(store, "-", keys="no workbook").err.split())  # a terminal wraps it
    assert told.startswith("hkshcc: standard input is not a readable .xlsx file")


def test_a_form_of_another_register_is_refused(store: Path, tmp_path: Path) -> None:
    back = fill(issue(store), {REF: {"done": "x"}})
    other = tmp_path / "other.json"
    run("init", store=other)
    ran = merge(other, back)
    assert ran.code == 4
    assert "IKO-back.xlsx is based on entries" in sentence(ran)


def test_a_form_of_a_body_that_was_withdrawn_is_refused(store: Path) -> None:
    run("bodies", "add", "XYZ", "--side", "hk", "--name", "Invented", store=store)
    number = LAST + 1
    run("assign", REF, "XYZ", "--reason", "Invented", store=store)
    back = fill(issue(store, "XYZ"), {REF: {"done": "x"}})
    run("undo", str(number + 1), store=store)
    run("undo", str(number), "--reason", "Invented", "--yes", store=store)
    assert "for a body 'XYZ' that is not in the register" in sentence(merge(store, back))


def test_a_body_that_is_no_owner_any_more_is_heard_and_pointed_out(store: Path) -> None:
    back = fill(issue(store, "SH-Wind"), {"8-KIT-1": {"done": "x"}})
    run("assign", "8-KIT-1", "IKO", "--instead-of", "SH-Wind", "--reason", "Invented", store=store)
    ran = merge(store, back, "--apply")
    assert ran.err == "hkshcc: SH-Wind is not an owner of 8-KIT-1; to make it one use `hkshcc assign`\n"


def test_where_there_is_no_store_the_first_merge_creates_it(tmp_path: Path) -> None:
    store = tmp_path / "new.json"
    back = fill(issue(store, "FSTB"), {"5-FIN-1": {"done": "Invented"}})
    assert merge(store, back).code == 0
    assert merge(store, fill(issue(store, "FSTB"), {}, "empty.xlsx"), "--apply").code == 0
    assert not store.exists()
    ran = merge(store, back, "--apply")
    assert "created the store" in ran.err
    assert store.exists()


def test_the_answer_is_complete_for_machines(store: Path) -> None:
    back = in_conflict(store)
    found = told(merge(store, back, "--format", "json"))
    assert found["schema"] == "hkshcc.merge/1"
    assert (found["applied"], found["conflicts"], found["refused"], found["unchanged"]) == (False, 1, 0, 6)
    assert found["files"][0]["file"] == back.name
    [row] = [row for row in found["returns"] if row["outcome"] == "conflict"]
    assert row["conflicts"][0] == {
        "column": "status",
        "issued": "in progress, 1 Jun 2023, public record",
        "now": "completed, 23 Nov 2026, IKO",
        "said": "in progress",
    }
    assert merge(store, back, "--fields", "ref,outcome", "--format", "csv").lines[1].endswith(",conflict")


def test_texts_of_a_form_that_try_to_act_are_kept_and_shown_inert(store: Path) -> None:
    formula, markup = '=HYPERLINK("http://invented.example")', "[red]x[/red] \u202e reversed"
    back = fill(issue(store), {REF: {"done": markup, "next": f"'{formula}"}})
    ran = merge(store, back, "--apply")
    assert "[red]x[/red] \\u202e reversed" in ran.out
    assert "\u202e" not in ran.out
    assert recorded(store)[0]["next"] == f"'{formula}"


def test_each_free_column_is_asked_for_and_read(store: Path) -> None:
    answers = {"status": "In progress", "on": "2026-10-15", "done": "a", "evidence": "b", "next": "c", "attention": "d"}
    answers["next_by"] = "2027-05-31"
    assert answers.keys() == set(layout.FREE)
    merge(store, fill(issue(store), {REF: answers}), "--apply")
    shown = merge(store, fill(issue(store), {REF: {**answers, "done": "e"}})).out
    assert "before: in progress, 15 Oct 2026, IKO: a" in shown
    assert "after: in progress, 15 Oct 2026: e; next: c (by 31 May 2027); needs attention: d; evidence: b" in shown


def test_cells_that_say_that_there_is_nothing_are_left_out_and_named(store: Path) -> None:
    answers = {**DONE, "next": "N/A", "attention": "-"}
    ran = merge(store, fill(issue(store), {REF: answers}), "--apply")
    assert ran.code == 0
    assert ran.err == "hkshcc: IKO-back.xlsx: left out as empty: H2 'N/A', J2 '-'\n"
    [entry] = recorded(store)
    assert (entry["status"], entry["next"], entry["attention"], entry["nil"]) == ("completed", None, None, None)


@pytest.mark.parametrize("answer", [{"done": "N/A"}, {"status": "不適用"}, {"evidence": "nil\n-", "on": "Oct 2026"}])
def test_a_row_that_says_nothing_else_is_a_nil_return(store: Path, answer: dict[str, str]) -> None:
    back = fill(issue(store), {REF: answer, CONTINUING: {"status": "Continuing"}})
    ran = merge(store, back, "--apply")
    assert ran.code == 0
    assert ran.lines[0] == "2 returns recorded, 1 of them nil, 5 unchanged, 0 conflicts, 0 refused"
    entry, other = recorded(store)
    assert (entry["nil"], entry["by"], other["nil"]) == (True, BODY, None)
    again = merge(store, back)
    assert again.lines[0].startswith("0 returns to record, 7 unchanged")
    assert run("check", store=store).code == 0


def test_a_nil_return_conflicts_with_nothing_that_was_reported_meanwhile(store: Path) -> None:
    back = fill(issue(store), {REF: {"done": "nil"}})
    run("update", REF, "--by", BODY, "--remark", "By telephone", store=store)
    assert outcomes(store, back) == {REF: ("record", None)}


def test_a_form_with_the_advice_of_before_is_read(store: Path) -> None:
    def older(book: Any) -> None:
        cover = book.worksheets[0]
        [cell] = [cell for [cell] in cover.iter_rows(max_col=1) if str(cell.value).startswith("2. ")]
        [cell.value] = layout.FORMER

    back = fill(change(issue(store), older, "older.xlsx"), {REF: {"done": "Met twice"}}, "back.xlsx")
    assert outcomes(store, back) == {REF: ("record", None)}


def test_the_day_of_a_next_step_is_read(store: Path) -> None:
    back = fill(issue(store), {REF: {"next": "Fly it again", "next_by": "May 2027"}})
    assert "next: Fly it again (by May 2027)" in merge(store, back, "--apply").out
    [entry] = recorded(store)
    assert (entry["next_by"], entry["next_by_precision"]) == ("2027-05-31", "month")
    assert merge(store, back).lines[0].startswith("0 returns to record, 7 unchanged")


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"done": "Met", "next_by": "May 2027"}, "cell I2 has a day, but the next step in cell H2 is empty"),
        ({"next": "Meet", "next_by": "soon"}, "cell I2: 'soon' is not a date that can be read"),
    ],
)
def test_a_day_of_a_next_step_that_cannot_be_kept_is_refused(
    store: Path, answers: dict[str, str], problem: str
) -> None:
    assert refusal(store, answers).startswith(problem)


def test_a_form_from_before_the_column_of_that_day_is_read(store: Path) -> None:
    def older(book: Any) -> None:
        book.worksheets[1].delete_cols(COLUMNS.index("next_by") + 1)

    back = change(fill(issue(store), {REF: {"next": "Fly it again"}}), older)
    assert outcomes(store, back) == {REF: ("record", None)}


FORMER = Path(__file__).with_name("former.xlsx")  # drawn and filled in before forms had the columns of today


def test_a_form_of_before_that_comes_back_is_merged(store: Path) -> None:
    def of_this_register(book: Any) -> None:
        # Whatever the nasty register has become since: its first entries are those that the form was drawn from.
        told = json.loads(run("check", "--format", "json", store=store).out)
        book["hkshcc"]["B7"], book["hkshcc"]["B8"] = str(told["entries"]), told["fingerprint"]

    copied = store.with_name("former.xlsx")
    copied.write_bytes(FORMER.read_bytes())
    form = change(copied, of_this_register)
    ran = merge(store, form, "--apply")
    assert ran.code == 0, ran.err
    assert ran.lines[0] == "2 returns recorded, 5 unchanged, 0 conflicts, 0 refused"
    assert "Flown twice" in run("show", REF, store=store).out
    assert "May 2027" in run("show", REF, store=store).out


def test_a_column_of_a_form_of_before_is_not_one_of_this_form(store: Path) -> None:
    def add(book: Any) -> None:
        book.worksheets[1]["K1"] = "Area"

    ran = merge(store, change(issue(store), add))
    assert ran.code == 4
    assert "has a column 'Area' (cell K1) that was not on the form we issued" in ran.err
