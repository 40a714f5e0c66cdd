"""What may happen to the register: every verb, and every rule that refuses it."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.checking import problems
from hkshcc.register.dates import Day
from hkshcc.register.verbs import Outcome, Word, report
from tests.register.build import (
    AGREED,
    EVIDENCE,
    FIRST,
    LATER_PLENARY,
    LINK,
    REF,
    TODAY,
    Desk,
    agreed,
    day,
    finding,
    owner,
    retraction,
    returned,
    revision,
    target,
)


def only(outcome: Outcome) -> Any:
    """The one entry that a verb made."""
    (entry,) = outcome.entries
    return entry


def refused(error: type[HkshccError], exit_code: int, *words: str) -> Any:
    """Expect a refusal with its exit code, whose sentence holds all of the words."""
    pattern = "".join(f"(?=.*{word})" for word in words)
    assert error.exit_code == exit_code
    return pytest.raises(error, match=pattern)


def codes(desk: Desk, ref: str = REF) -> list[str]:
    return [each["body"] for each in desk.stands(ref).owners]


# What every entry of a command shares


def test_an_entry_says_who_recorded_it_when_and_by_which_command() -> None:
    desk = Desk()
    entry = only(desk.report(status="in-progress"))
    assert (entry.number, entry.id, entry.command) == (FIRST, "cmd1-1", "cmd1")
    assert (entry.recorded, entry.recorder) == (f"{TODAY}T10:00:00+08:00", "invented keeper")
    assert (entry.on, entry.precision) == (TODAY, "day")


def test_the_entries_of_one_command_are_numbered_in_a_row() -> None:
    made = Desk().report("8-INV-1", "ivt-1", status="in-progress").entries
    assert [(entry.number, entry.id, entry.command, entry.ref) for entry in made] == [
        (FIRST, "cmd1-1", "cmd1", "8-INV-1"),
        (FIRST + 1, "cmd1-2", "cmd1", "8-IVT-1"),
    ]


def test_a_clock_that_went_back_puts_no_entry_before_an_older_one() -> None:
    desk = Desk(finding("in-progress", "2021-05-01", recorded="2030-01-01T00:00:00+08:00"))
    assert only(desk.report(remark="Invented")).recorded == "2030-01-01T00:00:00+08:00"
    assert problems(desk.register) == []


def test_the_first_entry_of_an_empty_register_is_number_one() -> None:
    assert only(Desk(entries=[]).add_body()).number == 1


# What is told: findings, and returns


def test_without_a_body_it_is_a_finding_for_both_sides() -> None:
    desk = Desk()
    entry = only(desk.report(status="in-progress", remark="Invented remark"))
    assert (entry.event, entry.by, entry.side) == ("finding", None, None)
    assert desk.stands().sh.status == "in-progress"


def test_with_a_body_it_is_a_return_for_its_side() -> None:
    desk = Desk()
    entry = only(desk.report(status="in-progress", by="yss"))
    assert (entry.event, entry.by, entry.side) == ("return", "YSS", "sh")
    assert desk.stands().hk.status == "unknown"


@pytest.mark.parametrize("side", ["hk", "sh", "both", "HK"])
def test_a_side_that_is_named_goes_before_the_bodys_own(side: str) -> None:
    assert only(Desk().report(status="in-progress", by="YSS", side=side)).side == side.lower()


def test_everything_that_is_told_is_recorded() -> None:
    entry = only(
        Desk().report(status="In progress", remark="r", reason="why", next="n", attention="a", evidence=["x", " y "])
    )
    assert (entry.status, entry.remark, entry.reason, entry.next, entry.attention) == (
        "in-progress",
        "r",
        "why",
        "n",
        "a",
    )
    assert [evidence["locator"] for evidence in entry.evidence] == ["x", "y"]


@pytest.mark.parametrize("told", [{"remark": "r"}, {"next": "n"}, {"attention": "a"}, {"evidence": ["x"]}])
def test_a_word_needs_no_status(told: dict[str, Any]) -> None:
    desk = Desk()
    assert only(desk.report(**told)).status is None
    assert desk.stands().status == "unknown"


@pytest.mark.parametrize(
    "told", [{}, {"remark": " "}, {"next": ""}, {"by": "XBB"}, {"reason": "r"}, {"on": day("2022-01-01")}]
)
def test_an_empty_word_is_refused_and_the_options_are_named(told: dict[str, Any]) -> None:
    with refused(UsageError, 2, "--status", "--remark", "--next", "--attention", "--evidence"):
        Desk().report(**told)


def test_a_word_on_no_measure_is_refused() -> None:
    desk = Desk()
    with refused(UsageError, 2, "give a ref"):
        desk.does(lambda register, stamp: report(register, stamp, [], Word(remark="Invented")))


def test_a_measure_named_twice_is_told_once() -> None:
    assert len(Desk().report("8-INV-1", "inv-1", status="in-progress").entries) == 1


def test_a_measure_that_is_not_there_stops_the_whole_command() -> None:
    desk = Desk()
    with refused(NotFoundError, 3, "8-INV-9"):
        desk.report("8-INV-1", "8-INV-9", status="in-progress")
    assert len(desk.entries) == FIRST - 1


@pytest.mark.parametrize(
    ("word", "error", "exit_code", "said"),
    [
        ({"by": "XBX"}, NotFoundError, 3, "did you mean XBB"),
        ({"by": ""}, NotFoundError, 3, "hkshcc bodies"),
        ({"side": "mainland"}, UsageError, 2, "hk, sh, both"),
        ({"status": "complete"}, UsageError, 2, "did you mean completed"),
        ({"status": ""}, UsageError, 2, "not-started"),
        ({"status": "unknown"}, RefusedError, 4, "undo"),
        ({"status": "Nothing known yet"}, RefusedError, 4, "undo"),
        ({"status": "continuing"}, RefusedError, 4, "use in-progress, or completed with --evidence"),
        ({"status": "completed"}, RefusedError, 4, "--evidence URL-or-reference, or --without-evidence REASON"),
        ({"status": "completed", "without_evidence": " "}, RefusedError, 4, "--without-evidence REASON"),
        ({"status": "modified", "remark": "r"}, RefusedError, 4, "--evidence"),
        ({"status": "modified", "evidence": ["x"]}, RefusedError, 4, "add --remark"),
        ({"status": "modified", "evidence": ["x"], "remark": " "}, RefusedError, 4, "add --remark"),
        ({"status": "not-pursued", "side": "hk"}, RefusedError, 4, "add --reason"),
        ({"status": "not-pursued", "side": "hk", "reason": "\t"}, RefusedError, 4, "add --reason"),
        ({"status": "not-pursued", "reason": "why"}, RefusedError, 4, "add --by BODY or --side"),
        ({"status": "not-pursued", "reason": "why", "side": "both"}, RefusedError, 4, "add --by BODY or --side"),
        ({"evidence": [" "]}, RefusedError, 4, "give --evidence a URL"),
        ({"evidence_kind": "press", "remark": "r"}, UsageError, 2, "--evidence, which is missing"),
        ({"source": "Invented Daily", "remark": "r"}, UsageError, 2, "--evidence, which is missing"),
        ({"evidence": ["x"], "evidence_kind": "rumour"}, UsageError, 2, "record, official"),
        ({"remark": "r", "on": day("2022-06-16")}, RefusedError, 4, "16 Jun 2022 lies in the future.*--on"),
        ({"remark": "r", "on": day("2022-07-31", "month")}, RefusedError, 4, "Jul 2022 lies in the future"),
        ({"remark": "r", "on": day("2022-09-30", "quarter")}, RefusedError, 4, "Q3 2022 lies in the future"),
        ({"remark": "r", "on": day("2023-12-31", "year")}, RefusedError, 4, "2023 lies in the future"),
        ({"remark": "r", "on": day("2021-02-28")}, RefusedError, 4, "28 Feb 2021.*1 Mar 2021.*--on"),
        ({"remark": "r", "on": day("2021-02-28", "month")}, RefusedError, 4, "Feb 2021.*1 Mar 2021.*--on"),
    ],
)
def test_a_word_against_a_rule_is_refused_and_the_sentence_says_what_to_add(
    word: dict[str, Any], error: type[HkshccError], exit_code: int, said: str
) -> None:
    desk = Desk()
    with refused(error, exit_code, said):
        desk.report(**{"status": "in-progress", **word})
    assert len(desk.entries) == FIRST - 1


@pytest.mark.parametrize(
    ("ref", "status"), [("8-INV-2a", "continuing"), ("8-INV-2b", "continuing"), ("8-INV-2a", "not-started")]
)
def test_what_has_no_end_point_may_continue(ref: str, status: str) -> None:
    desk = Desk()
    desk.report(ref, status=status)
    assert desk.stands(ref).status == status


@pytest.mark.parametrize(
    "word",
    [
        {"status": "completed", "evidence": ["x"]},
        {"status": "completed", "without_evidence": "Invented excuse"},
        {"status": "modified", "evidence": ["x"], "remark": "Something else"},
        {"status": "not-pursued", "reason": "why", "by": "XBB"},
        {"status": "not-pursued", "reason": "why", "side": "sh"},
    ],
)
def test_a_measure_is_closed_with_what_closing_needs(word: dict[str, Any]) -> None:
    desk = Desk()
    entry = only(desk.report(**word))
    assert desk.stands().closed
    assert (entry.without_evidence, entry.reason) == (word.get("without_evidence"), word.get("reason"))
    assert problems(desk.register) == []


# When


@pytest.mark.parametrize(
    ("told", "on"),
    [
        (day("2022-06-15"), "2022-06-15"),
        (day("2022-06-14"), "2022-06-14"),
        (day(AGREED), AGREED),
        (day("2022-05-31", "month"), "2022-05-31"),
        (day("2022-06-30", "month"), TODAY),
        (day("2022-06-30", "quarter"), TODAY),
        (day("2022-12-31", "year"), TODAY),
        (day("2021-12-31", "year"), "2021-12-31"),
    ],
)
def test_a_period_counts_from_its_last_day_or_from_today_where_it_is_not_over(told: Day, on: str) -> None:
    entry = only(Desk().report(remark="r", on=told))
    assert (entry.on, entry.precision) == (on, told.precision)


def test_on_the_first_day_of_a_period_it_has_begun() -> None:
    for told in (day("2022-04-30", "month"), day("2022-06-30", "quarter")):
        assert only(Desk(today="2022-04-01").report(remark="r", on=told)).on == "2022-04-01"
        with refused(RefusedError, 4, "future"):
            Desk(today="2022-03-31").report(remark="r", on=told)


def test_a_measure_cannot_be_told_of_before_its_plenary() -> None:
    desk = Desk(agreed("9-FAN-1", on=LATER_PLENARY))
    with refused(NotFoundError, 3, "9-FAN-1", LATER_PLENARY):
        desk.report("9-FAN-1", remark="r")


# Evidence


@pytest.mark.parametrize(
    ("word", "kind", "source"),
    [
        ({}, "press", "example.org"),
        ({"by": "XBB"}, "return", "XBB"),
        ({"by": "XBB", "evidence_kind": "official"}, "official", "example.org"),
        ({"by": "XBB", "evidence_kind": "RETURN"}, "return", "XBB"),
        ({"evidence_kind": "record"}, "record", "example.org"),
        ({"source": "Invented Daily"}, "press", "Invented Daily"),
        ({"by": "XBB", "source": "Invented Gazette"}, "return", "Invented Gazette"),
    ],
)
def test_evidence_is_the_owners_own_word_or_press_unless_it_is_said_what_it_is(
    word: dict[str, Any], kind: str, source: str
) -> None:
    entry = only(Desk().report(evidence=[LINK], **word))
    assert entry.evidence == [{"kind": kind, "source": source, "locator": LINK}]


@pytest.mark.parametrize(
    ("locator", "source"),
    [
        ("HTTP://example.org", "example.org"),
        ("https://example.org:8080/a", "example.org:8080"),
        ("ftp://example.org/a", None),
        ("Invented Gazette No. 7", None),
    ],
)
def test_the_source_of_a_link_is_its_host(locator: str, source: str | None) -> None:
    assert only(Desk().report(evidence=[locator])).evidence[0]["source"] == source


# Reopening


@pytest.mark.parametrize("status", ["completed", "not-pursued"])
def test_reopening_needs_a_reason(status: str) -> None:
    desk = Desk(finding(status, "2022-01-01", "hk", evidence=[EVIDENCE], reason="r"))
    with refused(RefusedError, 4, REF, "Hong Kong", "In progress", "add --reason"):
        desk.report(status="in-progress", by="XBB")
    with refused(RefusedError, 4, "add --reason"):
        desk.report(status="in-progress", by="XBB", reason=" ")
    desk.report(status="in-progress", by="XBB", reason="Invented reason")
    assert desk.stands().moved_back is not None


def test_a_word_for_both_sides_reopens_either() -> None:
    desk = Desk(finding("completed", "2022-01-01", "sh", evidence=[EVIDENCE]))
    for word in ({}, {"side": "both"}):
        with refused(RefusedError, 4, "Shanghai", "add --reason"):
            desk.report(status="in-progress", **word)


def test_the_other_sides_first_word_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", "sh", evidence=[EVIDENCE]))
    desk.report(status="in-progress", by="XBB")
    assert desk.stands().status == "in-progress"


def test_a_remark_on_a_closed_measure_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    desk.report(remark="r")
    assert desk.stands().status == "completed"


def test_closing_in_another_way_is_no_reopening() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    desk.report(status="modified", evidence=["x"], remark="Something else")
    assert desk.stands().status == "modified"


def test_a_back_dated_step_before_the_closing_reopens_nothing() -> None:
    desk = Desk(finding("completed", "2022-01-01", evidence=[EVIDENCE]))
    outcome = desk.report(status="in-progress", on=day("2021-06-01"))
    assert desk.stands().status == "completed"
    assert outcome.notes == [f"{REF}: entry {FIRST} of 1 Jan 2022 still decides (completed)"]


def test_what_was_closed_on_the_same_day_is_reopened_with_a_reason_too() -> None:
    desk = Desk(finding("completed", TODAY, evidence=[EVIDENCE]))
    with refused(RefusedError, 4, "add --reason"):
        desk.report(status="in-progress")


# What a person is told beside it


@pytest.mark.parametrize(("side", "notes"), [(None, 1), ("both", 1), ("sh", 1), ("hk", 0)])
def test_a_back_dated_word_is_told_which_later_one_still_decides(side: str | None, notes: int) -> None:
    desk = Desk(finding("in-progress", "2022-05-31", "sh", precision="month"))
    outcome = desk.report(status="not-started", on=day("2022-01-01"), side=side)
    assert outcome.notes == [f"{REF}: entry {FIRST} of May 2022 still decides (in progress)"] * notes


def test_a_word_that_decides_is_told_nothing() -> None:
    desk = Desk(finding("not-started", "2022-05-31"))
    assert desk.report(status="in-progress").notes == []
    assert desk.report(status="not-started", by="XBB").notes == []


@pytest.mark.parametrize(
    ("word", "what"), [({"next": "n"}, "the next step"), ({"attention": "a"}, "what needs attention")]
)
def test_a_back_dated_step_or_concern_is_told_which_later_one_still_decides(word: dict[str, str], what: str) -> None:
    desk = Desk(finding(None, "2022-01-01", **word), finding(None, "2022-05-01", **word))
    assert desk.report(on=day("2021-06-01"), **word).notes == [
        f"{REF}: entry {FIRST + 1} of 1 May 2022 still decides on {what}"
    ]
    assert desk.report(on=day("2022-05-01"), **word).notes == []


def test_a_body_that_is_no_owner_is_told_how_to_become_one() -> None:
    (note,) = Desk().report(status="in-progress", by="XCC").notes
    assert "XCC is not among the owners of 8-INV-1" in note
    assert "hkshcc assign" in note


# note


def test_a_note_says_nothing_about_the_status() -> None:
    desk = Desk()
    entry = only(desk.note("Invented note", "inv-1", day("2022-05-31", "month")))
    assert (entry.event, entry.ref, entry.on, entry.precision) == ("note", REF, "2022-05-31", "month")
    assert (entry.remark, entry.status) == ("Invented note", None)
    assert desk.stands().status == "unknown"


@pytest.mark.parametrize(
    ("text", "ref", "on", "error", "said"),
    [
        (" ", REF, None, UsageError, "type its text"),
        ("n", "8-INV-9", None, NotFoundError, "8-INV-9"),
        ("n", REF, day("2022-06-16"), RefusedError, "future"),
        ("n", REF, day("2021-02-28"), RefusedError, "--on"),
    ],
)
def test_a_note_against_a_rule_is_refused(
    text: str, ref: str, on: Day | None, error: type[HkshccError], said: str
) -> None:
    with pytest.raises(error, match=said):
        Desk().note(text, ref, on)


# assign


def test_a_body_becomes_an_owner_beside_the_others_or_in_the_place_of_one() -> None:
    desk = Desk()
    entry = only(desk.assign("xcc"))
    assert (entry.event, entry.added, entry.dropped, entry.reason) == (
        "revision",
        [owner("XCC", "inferred")],
        None,
        "invented reason",
    )
    assert codes(desk) == ["XBB", "YSS", "XCC"]
    desk.undo()
    assert only(desk.assign("xcc", "xbb")).dropped == ["XBB"]
    assert codes(desk) == ["YSS", "XCC"]


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"body": "XBB"}, RefusedError, "XBB is an owner of 8-INV-1 already"),
        ({"body": "XCC", "instead_of": "XCC"}, RefusedError, "XCC is no owner of 8-INV-1 .XBB, YSS"),
        ({"body": "XCC", "instead_of": "XCC", "ref": "8-IVT-1"}, RefusedError, "it has none"),
        ({"body": "XCC", "reason": None}, RefusedError, "add --reason"),
        ({"body": "XCC", "reason": " "}, RefusedError, "add --reason"),
        ({"body": "nobody"}, NotFoundError, "nobody"),
        ({"body": "XCC", "instead_of": "nobody"}, NotFoundError, "nobody"),
        ({"body": "XCC", "ref": "8-INV-9"}, NotFoundError, "8-INV-9"),
        ({"body": "XCC", "on": day("2022-06-16")}, RefusedError, "future"),
        ({"body": "XCC", "on": day("2021-02-28")}, RefusedError, "--on"),
    ],
)
def test_an_assignment_against_a_rule_is_refused(about: dict[str, Any], error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        Desk().assign(**about)


def test_who_owns_a_measure_is_asked_of_the_day_of_the_change() -> None:
    desk = Desk(revision("2022-03-01", dropped=["XBB"]))
    with refused(RefusedError, 4, "XBB is an owner"):
        desk.assign("XBB", on=day("2022-02-01"))
    desk.assign("XBB", on=day("2022-03-01"))
    assert codes(desk) == ["YSS", "XBB"]


@pytest.mark.parametrize(
    ("later", "instead_of"),
    [({"dropped": ["XCC"]}, None), ({"added": [owner("XBB")]}, "XBB")],
)
def test_a_back_dated_assignment_is_told_which_later_one_still_decides(
    later: dict[str, Any], instead_of: str | None
) -> None:
    desk = Desk(revision("2022-03-01", **later))
    outcome = desk.assign("XCC", instead_of, on=day("2022-01-01"))
    assert outcome.notes == [f"{REF}: entry {FIRST} of 1 Mar 2022 still decides on the owners"]
    assert desk.assign("XCC", ref="8-IVT-1", on=day("2022-01-01")).notes == []


# retarget


def test_a_target_moves_and_the_original_stays() -> None:
    desk = Desk()
    entry = only(desk.retarget(day("2022-12-31", "quarter")))
    assert (entry.event, entry.reason) == ("revision", "invented reason")
    assert entry.target == target("2022-12-31", "quarter")
    found = desk.stands()
    assert (found.target, found.timeliness) == (target("2022-12-31", "quarter"), "slipped")
    assert found.target_original == target("2022-03-31", "month")


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"to": day("2022-03-31")}, RefusedError, "is 31 Mar 2022 already"),
        ({"to": day("2021-02-28")}, RefusedError, "give a later target"),
        ({"to": day("2022-12-31"), "reason": None}, RefusedError, "add --reason"),
        ({"to": day("2022-12-31"), "reason": ""}, RefusedError, "add --reason"),
        ({"to": day("2022-12-31"), "ref": "8-INV-9"}, NotFoundError, "8-INV-9"),
        ({"to": day("2022-12-31"), "on": day("2022-06-16")}, RefusedError, "future"),
        ({"to": day("2022-12-31"), "on": day("2021-02-28")}, RefusedError, "--on"),
    ],
)
def test_a_move_of_the_target_against_a_rule_is_refused(
    about: dict[str, Any], error: type[HkshccError], said: str
) -> None:
    with pytest.raises(error, match=said):
        Desk().retarget(**about)


def test_a_measure_agreed_without_a_date_can_be_given_one() -> None:
    desk = Desk()
    desk.retarget(day("2023-06-30"), ref="8-INV-2a")
    assert desk.stands("8-INV-2a").timeliness == "on-time"


def test_a_back_dated_target_is_told_which_later_one_still_decides() -> None:
    desk = Desk(revision("2022-05-31", precision="month", target=target("2023-12-31")))
    outcome = desk.retarget(day("2022-12-31"), on=day("2022-01-01"))
    assert outcome.notes == [f"{REF}: entry {FIRST} of May 2022 still decides on the target"]
    assert desk.stands().target == target("2023-12-31")


# add


def test_a_new_measure_takes_the_next_paragraph_of_its_area() -> None:
    desk = Desk()
    refs = [only(desk.add(area)).ref for area in ("IVT", "keeping stock", "fancy", "invention")]
    assert refs == ["8-IVT-2", "8-IVT-3", "8-FAN-1", "8-INV-3"]
    assert problems(desk.register) == []


def test_a_new_measure_is_agreed_on_the_day_of_its_plenary() -> None:
    desk = Desk()
    entry = only(
        desk.add(
            title="Invented addition",
            other_titles={"zh-Hant": "虛構措施", "zh-Hans": None},
            summary="Invented summary",
            kind="Exploratory",
            owners=["yss", "XBB", "Yss"],
            target=day("2023-12-31", "year"),
        )
    )
    assert (entry.event, entry.on, entry.precision) == ("agreed", AGREED, "day")
    assert entry.thing == {
        "ref": "8-FAN-1",
        "plenary": 8,
        "area": "fancy",
        "kind": "exploratory",
        "title": {"en": "Invented addition", "zh-Hant": "虛構措施"},
        "summary": "Invented summary",
        "owners": [owner("YSS"), owner("XBB")],
        "target": target("2023-12-31", "year"),
    }
    assert desk.stands("8-FAN-1").target_original == target("2023-12-31", "year")


def test_a_measure_with_nothing_but_a_title_is_a_deliverable_without_owners_or_target() -> None:
    thing = only(Desk().add()).thing
    assert set(thing) == {"ref", "plenary", "area", "kind", "title"}
    assert thing["kind"] == "deliverable"


def test_a_ref_is_never_given_twice_even_after_its_measure_was_withdrawn() -> None:
    desk = Desk()
    assert only(desk.add()).ref == "8-FAN-1"
    desk.undo()
    assert only(desk.add()).ref == "8-FAN-2"
    assert problems(desk.register) == []


def test_the_latest_plenary_held_is_meant_unless_another_is_named() -> None:
    assert only(Desk(today=LATER_PLENARY).add()).ref == "9-FAN-1"
    assert only(Desk(today="2024-02-29").add()).ref == "8-FAN-1"
    assert only(Desk(today=LATER_PLENARY).add(plenary=8)).ref == "8-FAN-1"


@pytest.mark.parametrize(
    ("about", "error", "exit_code", "said"),
    [
        ({"area": "nowhere"}, NotFoundError, 3, "nowhere"),
        ({"title": " "}, UsageError, 2, "give --title"),
        ({"title": None}, UsageError, 2, "give --title"),
        ({"kind": "promise"}, UsageError, 2, "deliverable, continuing, exploratory"),
        ({"plenary": 7}, NotFoundError, 3, "no plenary 7; the register knows 8, 9"),
        ({"plenary": 9}, RefusedError, 4, "plenary 9 has not been held yet"),
        ({"owners": ["XBB", "nobody"]}, NotFoundError, 3, "nobody"),
        ({"target": day("2021-02-28")}, RefusedError, 4, "give a later one"),
    ],
)
def test_an_addition_against_a_rule_is_refused(
    about: dict[str, Any], error: type[HkshccError], exit_code: int, said: str
) -> None:
    with refused(error, exit_code, said):
        Desk().add(**about)


def test_a_measure_needs_a_plenary_that_was_held() -> None:
    with refused(NotFoundError, 3, "no plenary yet"):
        Desk(today="2021-02-28").add()


# bodies


def test_a_new_body_has_a_code_a_side_and_the_names_it_was_given() -> None:
    desk = Desk()
    entry = only(desk.add_body("X-2", "SH", "Invented Newcomer"))
    assert entry.thing == {"code": "X-2", "side": "sh", "name": {"en": "Invented Newcomer"}}
    assert desk.register.bodies["X-2"].side == "sh"


@pytest.mark.parametrize(
    ("code", "side", "error", "exit_code", "said"),
    [
        ("X B", "hk", UsageError, 2, "letters, digits and hyphens"),
        ("", "hk", UsageError, 2, "letters, digits and hyphens"),
        ("-", "hk", UsageError, 2, "letters, digits and hyphens"),
        ("虛構", "hk", UsageError, 2, "letters, digits and hyphens"),
        ("../X", "hk", UsageError, 2, "letters, digits and hyphens"),
        ("xbb", "hk", RefusedError, 4, "there is a body XBB already"),
        ("XNN", "both", UsageError, 2, "hk, sh"),
    ],
)
def test_a_body_against_a_rule_is_refused(
    code: str, side: str, error: type[HkshccError], exit_code: int, said: str
) -> None:
    with refused(error, exit_code, said):
        Desk().add_body(code, side)


# undo


def test_undo_withdraws_the_last_command_as_a_whole() -> None:
    desk = Desk()
    desk.report(remark="before")
    made = desk.report("8-INV-1", "8-INV-2a", status="in-progress").entries
    entry = only(desk.undo(reason="Invented slip"))
    assert (entry.event, entry.reason) == ("retraction", "Invented slip")
    assert entry.names == [each.id for each in made]
    assert (entry.on, entry.ref) == (None, None)
    assert desk.stands("8-INV-1").status == desk.stands("8-INV-2a").status == "unknown"
    assert desk.stands().events[-1].remark == "before"


def test_undo_repeated_steps_further_back_and_then_says_that_nothing_is_left() -> None:
    desk = Desk()
    for status in ("not-started", "in-progress"):
        desk.report(status=status)
    desk.undo()
    assert desk.stands().status == "not-started"
    desk.undo()
    assert desk.stands().status == "unknown"
    with refused(NotFoundError, 3, "nothing left to undo", "must be named"):
        desk.undo()


def test_undo_leaves_what_shipped_alone_unless_it_is_named() -> None:
    desk = Desk()
    with refused(NotFoundError, 3, "an entry that shipped must be named"):
        desk.undo()
    assert only(desk.undo("8-IVT-1")).names == ["8-IVT-1"]
    assert desk.register.measure("8-IVT-1") is None


def test_one_entry_of_a_command_can_be_named_and_undo_takes_the_rest() -> None:
    desk = Desk()
    first, second = desk.report("8-INV-1", "8-INV-2a", status="in-progress").entries
    assert only(desk.undo(first.number)).names == [first.id]
    assert desk.stands("8-INV-2a").status == "in-progress"
    assert only(desk.undo()).names == [second.id]


def test_naming_a_retraction_reinstates_what_it_withdrew() -> None:
    desk = Desk()
    desk.report(status="in-progress")
    withdrawal = only(desk.undo())
    desk.undo(withdrawal.number)
    assert desk.stands().status == "in-progress"


def test_a_reinstated_command_can_be_undone_again() -> None:
    desk = Desk()
    made = only(desk.report(status="in-progress"))
    desk.undo(only(desk.undo()).number)
    assert only(desk.undo()).names == [made.id]
    assert desk.stands().status == "unknown"


def test_what_is_withdrawn_already_is_refused_with_the_way_back() -> None:
    desk = Desk()
    made = only(desk.report(status="in-progress"))
    withdrawal = only(desk.undo())
    with refused(RefusedError, 4, f"entry {made.number} is withdrawn already", f"`hkshcc undo {withdrawal.number}`"):
        desk.undo(made.number)


def test_an_entry_that_is_not_there_cannot_be_undone() -> None:
    with refused(NotFoundError, 3, "no entry «999»"):
        Desk().undo(999)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("body-XCC", returned("in-progress", "2022-01-01", "XCC")),
        ("body-XCC", revision("2022-01-01", added=[owner("XCC")])),
        ("body-XCC", revision("2022-01-01", dropped=["XCC"])),
        ("body-XCC", agreed("8-FAN-1", owners=[owner("XCC")])),
        ("area-fancy", agreed("8-FAN-1")),
        ("plenary-9", agreed("9-FAN-1")),
    ],
)
def test_what_another_entry_names_cannot_go_before_it(named: str, told: Any) -> None:
    desk = Desk(told)
    with refused(RefusedError, 4, f"entry {FIRST} rests on entry", f"`hkshcc undo {FIRST}`"):
        desk.undo(named)
    desk.undo(FIRST)
    desk.undo(named)
    assert problems(desk.register) == []


def test_a_body_that_nothing_names_can_go() -> None:
    desk = Desk()
    desk.undo("body-XCC")
    assert "XCC" not in desk.register.bodies


def test_a_measure_whose_body_is_gone_is_not_reinstated_before_the_body() -> None:
    desk = Desk()
    body = only(desk.add_body("XNN"))
    desk.add(owners=["XNN"])
    measure_gone, body_gone = only(desk.undo()), only(desk.undo())
    with refused(RefusedError, 4, f"rests on entry {body.number}", f"`hkshcc undo {body_gone.number}`"):
        desk.undo(measure_gone.number)
    desk.undo(body_gone.number)
    desk.undo(measure_gone.number)
    assert codes(desk, "8-FAN-1") == ["XNN"]
    assert problems(desk.register) == []


def test_taking_back_a_reinstatement_counts_as_withdrawing() -> None:
    desk = Desk()
    desk.add_body("XNN")
    reinstated = only(desk.undo(only(desk.undo()).number))
    user = only(desk.assign("XNN"))
    with refused(RefusedError, 4, f"entry {user.number} rests on"):
        desk.undo(reinstated.number)
    assert problems(desk.register) == []


def test_a_body_is_not_reinstated_beside_the_one_that_took_its_code() -> None:
    desk = Desk()
    desk.add_body("XNN", "hk")
    gone = only(desk.undo())
    twin = only(desk.add_body("XNN", "sh"))
    with refused(RefusedError, 4, f"beside entry {twin.number}", f"`hkshcc undo {twin.number}`"):
        desk.undo(gone.number)
    desk.undo(twin.number)
    desk.undo(gone.number)
    assert desk.register.bodies["XNN"].side == "hk"


def test_a_register_that_was_unsound_before_can_still_be_undone() -> None:
    desk = Desk(returned("in-progress", "2022-01-01", "XCC"), retraction("body-XCC", recorded="2022-02-01"))
    assert problems(desk.register)
    desk.report(remark="Invented")
    desk.undo()
    assert desk.stands().status == "in-progress"
