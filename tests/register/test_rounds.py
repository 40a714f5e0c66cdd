"""Reporting rounds, plenaries that are entered, and the days that people mean by them."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register import dates, lookup, verbs
from hkshcc.register.checking import problems
from hkshcc.register.dates import Day
from hkshcc.register.model import Entry, Round, encode
from hkshcc.register.shape import ShapeError, decode
from tests.register.build import LATER_PLENARY, TODAY, Desk, day


def opens(desk: Desk, name: str = "2022H1", due: Day | None = None, on: Day | None = None) -> Entry:
    asked = due or day("2022-07-31")
    (entry,) = desk.does(lambda register, stamp: verbs.open_round(register, stamp, name, asked, on)).entries
    return entry


def closes(desk: Desk, name: str = "2022H1", on: Day | None = None) -> Entry:
    (entry,) = desk.does(lambda register, stamp: verbs.close_round(register, stamp, name, on)).entries
    return entry


def enters(desk: Desk, number: int, held: Day, place: str | None = None, chairs: tuple[str, ...] = ()) -> Entry:
    (entry,) = desk.does(
        lambda register, stamp: verbs.add_plenary(register, stamp, number, held, place, chairs)
    ).entries
    return entry


# Rounds


def test_a_round_is_open_from_today_until_it_is_closed() -> None:
    desk = Desk()
    opens(desk)
    assert desk.register.rounds(TODAY) == [Round("2022H1", TODAY, "2022-07-31")]
    desk.today = "2022-08-15"
    closes(desk, "2022h1")
    assert desk.register.rounds("2022-08-15") == [Round("2022H1", TODAY, "2022-07-31", "2022-08-15")]
    assert desk.register.rounds("2022-08-14") == [Round("2022H1", TODAY, "2022-07-31")]
    assert desk.register.rounds("2022-06-14") == []
    assert problems(desk.register) == []


def test_rounds_come_in_the_order_of_their_opening() -> None:
    desk = Desk()
    opens(desk, "second", on=day("2022-05-01"))
    opens(desk, "first", on=day("2022-01-31", "month"))
    assert [entered.name for entered in desk.register.rounds(TODAY)] == ["first", "second"]


@pytest.mark.parametrize("closed", [False, True])
def test_undo_takes_back_the_opening_or_the_closing_of_a_round(closed: bool) -> None:  # noqa: FBT001  a case
    desk = Desk()
    opens(desk)
    if closed:
        closes(desk)
    desk.undo()
    assert desk.register.rounds(TODAY) == ([Round("2022H1", TODAY, "2022-07-31")] if closed else [])


@pytest.mark.parametrize("made", [opens, lambda desk: (opens(desk), closes(desk))[1]])
def test_a_round_comes_back_as_it_was_stored(made: Any) -> None:
    entry = made(Desk())
    assert decode(entry.number, encode(entry)) == entry


@pytest.mark.parametrize(
    ("field", "value"), [("name", {"en": "2022H1"}), ("opened", "June"), ("due", None), ("closed", "2022-W30-1")]
)
def test_a_round_of_the_wrong_form_is_named(field: str, value: object) -> None:
    stored = encode(opens(Desk()))
    with pytest.raises(ShapeError, match=f"has a wrong «{field}» in its round"):
        decode(7, {**stored, "thing": {**stored["thing"], field: value}})


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"name": " "}, UsageError, "one like 2026H2 can"),
        ({"name": " 2022H2"}, UsageError, "one like 2026H2 can"),
        ({"name": "Last-Round"}, UsageError, "one like 2026H2 can"),
        ({"name": "2022h1"}, RefusedError, "there is a round 2022H1 already, opened 15 Jun 2022"),
        ({"name": "2022H2", "due": day("2022-06-14")}, RefusedError, "before it opens"),
        ({"name": "2022H2", "on": day("2022-06-16")}, RefusedError, "future"),
    ],
)
def test_an_opening_against_a_rule_is_refused(about: dict[str, Any], error: type[HkshccError], said: str) -> None:
    desk = Desk()
    opens(desk)
    with pytest.raises(error, match=said):
        opens(desk, **about)


@pytest.mark.parametrize(
    ("name", "on", "error", "said"),
    [
        ("2022H9", None, NotFoundError, "did you mean 2022H1"),
        ("zzz", None, NotFoundError, "hkshcc round list"),
        ("2022H1", day("2022-06-14"), RefusedError, "--on"),
        ("2022H1", day("2022-06-16"), RefusedError, "future"),
    ],
)
def test_a_closing_against_a_rule_is_refused(name: str, on: Day | None, error: type[HkshccError], said: str) -> None:
    desk = Desk()
    opens(desk)
    with pytest.raises(error, match=said):
        closes(desk, name, on)


def test_a_round_is_closed_once() -> None:
    desk = Desk()
    opens(desk)
    closes(desk)
    with pytest.raises(RefusedError, match="was closed on 15 Jun 2022; nothing was changed"):
        closes(desk)


# Plenaries


def test_a_plenary_is_entered_with_what_is_known_of_it() -> None:
    desk = Desk()
    enters(desk, 10, day("2026-03-01"), "Invented Hall", ("Chair A", "Chair B"))
    enters(desk, 11, day("2028-03-01"))
    plenary = desk.register.plenaries[10]
    assert (plenary.date, plenary.place, plenary.co_chairs) == ("2026-03-01", "Invented Hall", ["Chair A", "Chair B"])
    assert desk.register.plenaries[11].place is None
    assert [decode(entry.number, encode(entry)) for entry in desk.entries] == desk.entries


@pytest.mark.parametrize(
    ("number", "held", "error", "said"),
    [
        (0, day("2026-03-01"), UsageError, "0 cannot be"),
        (8, day("2026-03-01"), RefusedError, "plenary 8 .1 Mar 2021. is in the register already"),
        (10, day("2026-03-31", "month"), UsageError, "give --date"),
    ],
)
def test_a_plenary_against_a_rule_is_refused(number: int, held: Day, error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        enters(Desk(), number, held)


def test_a_plenary_is_found_by_its_number() -> None:
    assert lookup.find_plenary(Desk().register, 9).date == LATER_PLENARY
    with pytest.raises(NotFoundError, match="no plenary 7"):
        lookup.find_plenary(Desk().register, 7)


# Days that people mean


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("90d", "2022-03-17"),
        ("2w", "2022-06-01"),
        ("6M", "2021-12-15"),
        ("1y", "2021-06-15"),
        ("8th-plenary", "2021-03-01"),
        ("plenary-8", "2021-03-01"),
        ("last-round", "2022-05-01"),
        ("2021h2", "2021-11-01"),
        (" 2021H2 ", "2021-11-01"),
        ("31 Dec 2021", "2021-12-31"),
        ("May 2022", "2022-05-31"),
        ("today", TODAY),
    ],
)
def test_a_past_day_is_a_date_an_age_a_plenary_or_a_round(typed: str, meant: str) -> None:
    desk = Desk()
    opens(desk, "2022H1", on=day("2022-05-01"))
    opens(desk, "2021H2", on=day("2021-11-01"))
    assert lookup.find_when(desk.register, typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "error", "said"),
    [
        ("9th-plenary", RefusedError, "«9th-plenary» .1 Mar 2024. lies in the future"),
        ("31 Dec 2022", RefusedError, "lies in the future .today is 15 Jun 2022"),
        ("7th-plenary", NotFoundError, "no plenary 7"),
        ("last-round", NotFoundError, "hkshcc round open"),
        ("nonsense", UsageError, "is no day, age, plenary or round"),
        ("9999y", UsageError, "before the calendar begins"),
    ],
)
def test_a_day_that_cannot_be_meant_is_refused(typed: str, error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        lookup.find_when(Desk().register, typed, TODAY)


@pytest.mark.parametrize(
    ("number", "unit", "earlier"),
    [
        (1, "m", "2024-02-29"),
        (13, "m", "2023-02-28"),
        (1, "y", "2023-03-31"),
        (4, "m", "2023-11-30"),
        (1, "w", "2024-03-24"),
    ],
)
def test_a_month_back_from_its_last_day_is_a_last_day_too(number: int, unit: str, earlier: str) -> None:
    assert dates.before("2024-03-31", number, unit) == earlier


@pytest.mark.parametrize(
    ("later", "short"),
    [("2021-03-01", "0d"), ("2021-04-29", "59d"), ("2021-04-30", "1m"), ("2022-08-15", "17m"), ("2025-03-01", "4y")],
)
def test_an_age_is_as_short_as_a_table_wants_it(later: str, short: str) -> None:
    assert dates.age("2021-03-01", later) == short
