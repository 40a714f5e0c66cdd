"""What every entry of a command shares, and the day that counts."""

import pytest

from hkshcc.errors import NotFoundError, RefusedError
from hkshcc.register.dates import Day
from tests.register.build import AGREED, FIRST, LATER_PLENARY, TODAY, Desk, agreed, day, only, refused

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


def test_what_happened_in_the_month_that_is_under_way_counts_from_today() -> None:
    desk = Desk(today="2022-11-15")
    assert only(desk.note("Told", on=day("2022-11-30", "month"))).on == "2022-11-15"
    with refused(RefusedError, 4, "Dec 2022 is in the future"):
        desk.note("Told", on=day("2022-12-31", "month"))


def test_the_first_entry_of_an_empty_register_is_number_one() -> None:
    assert only(Desk(entries=[]).add_body()).number == 1


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
        (day("2022-06-30", "half"), TODAY),
        (day("2021-12-31", "half"), "2021-12-31"),
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
