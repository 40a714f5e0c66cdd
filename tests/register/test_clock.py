"""Clocks that are wrong: what they may do to a register, and how that is set right."""

import pytest

from hkshcc.errors import RefusedError
from hkshcc.register.dates import Day
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from tests.register.build import TODAY, Desk, refused

WRONG = "2099-01-01"
ON = Day(TODAY, "day")


def poisoned() -> Desk:
    """A register that was told something under a clock many years ahead."""
    desk = Desk()
    desk.note("Before")
    desk.today = WRONG
    desk.note("Under a wrong clock", on=ON)
    desk.today = "2022-06-20"
    return desk


def test_a_clock_that_lies_more_than_a_day_before_the_last_entry_is_refused_with_the_way_out() -> None:
    desk = poisoned()
    last = desk.entries[-1].number
    with refused(RefusedError, 4, "the clock says 20 Jun 2022", f"entry {last} .*1 Jan 2099", "--clock-is-right"):
        desk.note("After")


def test_a_clock_a_day_behind_is_taken_for_the_moment_of_the_last_entry() -> None:
    desk = Desk(today="2022-06-16")
    desk.note("First")
    desk.today = TODAY
    desk.note("Second")
    assert desk.entries[-1].recorded == "2022-06-16T10:00:00+08:00"
    assert desk.entries[-1].clock is None


def test_whoever_says_that_the_clock_is_right_records_at_its_moment_and_the_entry_says_so() -> None:
    desk = poisoned()
    desk.clock_is_right = True
    desk.note("After")
    assert desk.entries[-1].recorded == "2022-06-20T10:00:00+08:00"
    assert desk.entries[-1].clock == f"{WRONG}T10:00:00+08:00"
    desk.clock_is_right = False
    desk.note("Later")
    assert desk.entries[-1].recorded == "2022-06-20T10:00:00+08:00"
    assert desk.entries[-1].clock is None


def test_check_names_the_entry_of_a_wrong_clock_until_it_is_set_right() -> None:
    desk = poisoned()
    last = desk.entries[-1].number
    (found,) = problems(desk.register, desk.today)
    assert found.startswith(f"entry {last} was recorded on 1 Jan 2099, which is in the future")
    desk.clock_is_right = True
    desk.note("After")
    assert problems(desk.register, desk.today) == []


@pytest.mark.parametrize(("today", "named"), [("2098-12-31", False), ("2098-12-30", True)])
def test_check_allows_the_last_entry_a_day_that_may_have_begun_elsewhere(today: str, *, named: bool) -> None:
    assert bool(problems(poisoned().register, today)) is named


def test_a_moment_that_goes_back_without_a_word_is_reported() -> None:
    desk = poisoned()
    desk.clock_is_right = True
    desk.note("After")
    desk.entries[-1] = desk.entries[-1]._replace(clock=None)
    assert f"entry {desk.entries[-1].number} was recorded before the entry that it follows" in problems(desk.register)


@pytest.mark.parametrize(("day", "known"), [("2022-06-14", 0), (TODAY, 1), ("2022-06-20", 3), ("2022-12-31", 3)])
def test_what_was_known_on_a_day_is_right_once_the_clock_was_set_right(day: str, known: int) -> None:
    desk = poisoned()
    desk.clock_is_right = True
    desk.note("After")
    remarks = [entry.remark for entry in Register(desk.entries, known_on=day).entries if entry.event == "note"]
    assert remarks == ["Before", "Under a wrong clock", "After"][:known]


def test_what_a_wrong_clock_recorded_as_true_far_ahead_can_be_withdrawn() -> None:
    desk = Desk(today=WRONG)
    desk.note("On a day to come")
    desk.today, desk.clock_is_right = "2022-06-20", True
    desk.undo()
    assert problems(desk.register, desk.today) == []
    assert desk.entries[-1].recorded == "2022-06-20T10:00:00+08:00"
