"""What reports say of little: not established, no target, no entries."""

from pathlib import Path

import pytest

from hkshcc.register.commands.common import Decision
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Plenary
from hkshcc.reports.chase import chase
from hkshcc.reports.event_text import brief
from hkshcc.reports.letter import letters
from hkshcc.reports.listing import due
from hkshcc.reports.overview import Overview
from hkshcc.reports.page import View, plain_text
from hkshcc.reports.plenaries import Plenaries
from hkshcc.reports.receipt import receipt
from tests import nasty
from tests.reports.test_counting import report_on
from tests.running import NOW, TODAY, run

REGISTER = Register(nasty.entries())
VIEW = View(REGISTER, TODAY, TODAY)


@pytest.mark.parametrize(("ref", "said"), [("7-FRM-1", ""), ("7-KIT-1a", "due 31 Dec 2023, overdue")])
def test_a_measure_is_due_only_where_a_day_was_promised(ref: str, said: str) -> None:
    measure = REGISTER.measure(ref)
    assert measure
    assert plain_text(due(REGISTER.standing(measure, TODAY))) == said


def test_a_report_of_no_entries_says_that_it_was_drawn_from_none(store: Path) -> None:
    ran = run("report", "--known-on", "2020-01-01", store=store)
    assert "Based on no entries: the register is empty" in ran.lines


def test_the_history_of_a_register_before_its_first_day_is_empty(store: Path) -> None:
    assert "Nothing recorded." in run("history", "--known-on", "2020-01-01", store=store).out


def test_a_word_that_was_withdrawn_is_a_correction_and_no_change(store: Path) -> None:
    run("update", "8-KIT-1", "--status", "in-progress", store=store, now=NOW.replace(day=22))
    run("undo", store=store)
    ran = run("changes", "--since", "2026-11-22", "--by-recorded", store=store)
    assert "Corrected (1)" in ran.out
    assert "Moved back" not in ran.out
    assert "from in progress to not established\n" in ran.out


def test_plenaries_that_all_have_measures_need_no_excuse() -> None:
    page = Plenaries(VIEW.context, [Plenary(7, "2023-03-01")], {7: 9}).page("en")
    assert page.footer == ["1 plenary"]


def test_a_glance_holds_what_the_report_holds() -> None:
    report = report_on(nasty.entries())
    glance = Overview(report, None)
    assert glance.data() == {**report.data(), "schema": "hkshcc.glance/1"}
    assert glance.items() == report.items()


def test_a_letter_holds_its_bodys_part_of_the_chase() -> None:
    whole = chase(VIEW, None, None)
    sent = {letter.name: letter for letter in letters(whole)}
    own = [row for row in whole.items() if row["body"] == "INB"]
    assert own
    assert sent["INB"].items() == own
    assert sent["INB"].data() == {**whole.data(), "schema": "hkshcc.note/1", "owed": own}


def test_an_entry_of_no_special_kind_is_called_by_its_kind() -> None:
    assert brief(Entry(1, "a", "b", "retraction", "2026-11-23T12:00:00+08:00", "keeper")) == "withdrawal"


def test_many_measures_entered_at_once_are_counted_and_not_told_one_by_one() -> None:
    entered = [entry for entry in nasty.entries() if entry.event in {"agreed", "instrument"} and entry.number < 22]
    answer = receipt(REGISTER, Decision(entered, []), "hkshcc undo", dry_run=True)
    [block] = answer.page("en").blocks
    assert plain_text(getattr(block, "spans", "")).startswith(
        "Would record: added 9 measures, 2 documents, 7-KIT-1a to 7-FRM-2"
    )
