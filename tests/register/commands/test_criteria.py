"""Criteria: what would count, and that the chain says whether it was written before the verdict."""

from typing import Any

import pytest

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.register.dates import FOREVER
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry
from hkshcc.reports.criteria import Criteria, criteria_of
from tests.register.build import REF, TODAY, Desk, draft, finding, only, refused


def held(desk: Desk) -> Criteria:
    found = criteria_of(desk.register, REF, FOREVER)
    assert found is not None
    return found


def test_what_would_count_is_an_entry_of_its_day_and_decides_on_nothing() -> None:
    desk = Desk()
    before = desk.stands()
    entry = only(desk.set_criteria(done_when="It stands", step_when="Ground is broken", **{"not": "A plan"}))
    assert (entry.event, entry.ref, entry.on, entry.agreed_by) == ("criteria", REF, TODAY, None)
    assert entry.criteria == {"done_when": "It stands", "step_when": "Ground is broken", "not": "A plan"}
    assert desk.stands() == before
    assert problems(desk.register) == []


def test_what_is_not_given_stays_as_it_was_and_nobody_has_agreed_to_a_text_that_is_new() -> None:
    desk = Desk()
    desk.set_criteria(done_when="It stands", step_when="Ground is broken", agreed_by="hk")
    assert only(desk.set_criteria(agreed_by="both")).criteria["done_when"] == "It stands"
    entry = only(desk.set_criteria(done_when="It is open", step_when="none"))
    assert (entry.criteria, entry.agreed_by) == ({"done_when": "It is open"}, None)
    assert held(desk).replaced == 2


def test_a_text_in_several_languages_stays_so_when_it_is_agreed_to() -> None:
    texts = {"done_when": {"en": "It stands", "zh-Hant": "落成"}}
    desk = Desk(draft("criteria", ref=REF, on=TODAY, precision="day", criteria=texts))
    assert only(desk.set_criteria(agreed_by="both")).criteria == texts


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({}, UsageError, "give --done-when"),
        ({"step_when": "Ground is broken"}, UsageError, "add --done-when"),
        ({"done_when": " "}, UsageError, "add --done-when"),
        ({"done_when": "N/A"}, UsageError, "add --done-when"),
        ({"done_when": "It stands", "agreed_by": "all"}, UsageError, "hk, sh, both"),
        ({"ref": "8-INV-9", "done_when": "It stands"}, NotFoundError, "8-INV-9"),
    ],
)
def test_criteria_that_say_nothing_are_refused(given: dict[str, Any], error: Any, said: str) -> None:
    with refused(error, error.exit_code, said):
        Desk().set_criteria(**given)


def test_the_same_criteria_are_not_recorded_twice() -> None:
    desk = Desk()
    desk.set_criteria(done_when="It stands", agreed_by="both")
    with refused(RefusedError, 4, "nothing was changed"):
        desk.set_criteria(done_when="It stands", agreed_by="both")


COMPLETED = {"status": "completed", "evidence": ["Invented Gazette"]}


def test_criteria_that_were_written_before_any_report_of_completion_stay_so() -> None:
    desk = Desk(finding("in-progress", "2021-06-01"))
    desk.set_criteria(done_when="It stands")
    desk.report(**COMPLETED)
    assert held(desk).written == "before-completion"


@pytest.mark.parametrize("status", ["completed", "modified"])
def test_criteria_that_were_written_after_completion_was_reported_say_so(status: str) -> None:
    desk = Desk(finding(status, "2021-06-01"))
    desk.set_criteria(done_when="It stands")
    assert held(desk).written == "after-completion"


def test_criteria_of_a_measure_without_an_end_were_written_after_its_verdict_where_it_was_said_to_continue() -> None:
    said = [finding("in-progress", "2021-06-01"), finding("continuing", "2021-07-01")]
    desk = Desk(*said)
    desk.set_criteria(done_when="It stands")
    assert held(desk).written == "after-continuing"
    assert "written after it was reported as continuing" in held(desk).headline()
    early = Desk(said[0])
    early.set_criteria(done_when="It stands")
    assert held(early).written == "before-completion"


def test_a_report_of_completion_that_was_withdrawn_before_is_said_too() -> None:
    desk = Desk()
    desk.report(**COMPLETED)
    desk.undo()
    desk.set_criteria(done_when="It stands")
    assert held(desk).written == "after-withdrawn-completion"


def test_criteria_that_were_changed_after_the_verdict_do_not_pass_for_those_of_before() -> None:
    desk = Desk()
    desk.set_criteria(done_when="It stands")
    desk.report(**COMPLETED)
    desk.set_criteria(done_when="It is planned")
    assert (held(desk).written, held(desk).replaced) == ("after-completion", 1)


def test_criteria_that_were_withdrawn_count_no_more() -> None:
    desk = Desk()
    desk.set_criteria(done_when="It stands")
    desk.undo()
    assert criteria_of(desk.register, REF, FOREVER) is None


def test_criteria_come_with_a_copy() -> None:
    here, there = Desk(name="here"), Desk(name="there")
    there.name("SH")
    there.set_criteria(done_when="It stands", agreed_by="sh")
    here.merge(there, "HK")
    assert held(here).entry.criteria == {"done_when": "It stands"}
    assert here.merge(there).entries == []


@pytest.mark.parametrize("wrong", [{}, {"not": "A plan"}, {"done_when": None}, {"done_when": "x", "else": "y"}, "x"])
def test_a_stored_entry_whose_criteria_are_none_is_no_entry(wrong: Any) -> None:
    entry: Entry = draft("criteria", ref=REF, on=TODAY, precision="day", criteria=wrong)
    assert problems(Desk(entry).register) != []
