"""Bodies, plenaries and reporting rounds are entered: every rule that refuses it."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.commands import reference_data
from hkshcc.register.dates import Day
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, Round, encode
from hkshcc.register.validation import InvalidEntryError, decode
from tests.register.build import TODAY, Desk, day, only, refused

# Bodies


@pytest.mark.parametrize("code", ["COM0", "com9", "LPT9", "Nul", "con"])
def test_a_code_that_names_a_device_on_windows_is_refused(code: str) -> None:
    with refused(UsageError, 2, code):
        Desk().add_body(code)


def test_plenaries_are_numbered_from_one() -> None:
    desk = Desk()
    desk.add_plenary(1, "2019-01-01")
    assert desk.register.plenaries[1].date == "2019-01-01"
    with refused(UsageError, 2, "0"):
        desk.add_plenary(0, "2019-01-01")


def test_a_round_may_be_due_on_the_day_it_opens() -> None:
    desk = Desk()
    desk.open_round("2022H1", due=TODAY)
    assert desk.register.rounds(TODAY)[0].due == TODAY


def test_a_new_body_has_a_code_a_side_and_the_names_it_was_given() -> None:
    desk = Desk()
    entry = only(desk.add_body("X-2", "SH", "Invented Newcomer"))
    assert entry.thing == {"code": "X-2", "side": "sh", "name": {"en": "Invented Newcomer"}}
    assert desk.register.bodies["X-2"].side == "sh"


@pytest.mark.parametrize(
    ("code", "side", "error", "exit_code", "said"),
    [
        ("X B", "hk", UsageError, 2, "letters .A-Z., digits and hyphens"),
        ("", "hk", UsageError, 2, "letters .A-Z., digits and hyphens"),
        ("-", "hk", UsageError, 2, "letters .A-Z., digits and hyphens"),
        ("虛構", "hk", UsageError, 2, "letters .A-Z., digits and hyphens"),
        ("../X", "hk", UsageError, 2, "letters .A-Z., digits and hyphens"),
        ("no-owner", "hk", UsageError, 2, "'no-owner' cannot be .* a file name"),
        ("NUL", "hk", UsageError, 2, "'NUL' cannot be .* a file name"),
        ("Com1", "hk", UsageError, 2, "'Com1' cannot be .* a file name"),
        ("xbb", "hk", RefusedError, 4, "there is a body XBB already"),
        ("XNN", "both", UsageError, 2, "hk, sh"),
    ],
)
def test_a_body_against_a_rule_is_refused(
    code: str, side: str, error: type[HkshccError], exit_code: int, said: str
) -> None:
    with refused(error, exit_code, said):
        Desk().add_body(code, side)


@pytest.mark.parametrize("name", [" ", None])
def test_a_body_needs_a_name(name: str | None) -> None:
    with refused(UsageError, 2, "give --name"):
        Desk().add_body(name=name)


# Rounds


def opens(desk: Desk, name: str = "2022H1", due: Day | None = None, on: Day | None = None) -> Entry:
    asked = due or day("2022-07-31")
    (entry,) = desk.does(
        lambda register, context: reference_data.open_round(register, context, name, asked, on)
    ).entries
    return entry


def closes(desk: Desk, name: str = "2022H1", on: Day | None = None) -> Entry:
    (entry,) = desk.does(lambda register, context: reference_data.close_round(register, context, name, on)).entries
    return entry


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
    with pytest.raises(InvalidEntryError, match=f"has a wrong '{field}' in its round"):
        decode(7, {**stored, "thing": {**stored["thing"], field: value}})


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"name": ""}, UsageError, "choose one like 2026H2"),
        ({"name": " "}, UsageError, "choose one like 2026H2"),
        ({"name": " 2022H2"}, UsageError, "choose one like 2026H2"),
        ({"name": "Last-Round"}, UsageError, "choose one like 2026H2"),
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


def enters(desk: Desk, number: int, held: Day, place: str | None = None, chairs: tuple[str, ...] = ()) -> Entry:
    (entry,) = desk.does(
        lambda register, context: reference_data.add_plenary(register, context, number, held, place, chairs)
    ).entries
    return entry


def test_a_plenary_is_entered_with_what_is_known_of_it() -> None:
    desk = Desk()
    enters(desk, 10, day("2026-03-01"), "Invented Hall", ("Chair A", "Chair B"))
    enters(desk, 11, day("2028-03-01"))
    enters(desk, 999, day("2029-03-01"))
    plenary = desk.register.plenaries[10]
    assert (plenary.date, plenary.place, plenary.co_chairs) == (
        "2026-03-01",
        "Invented Hall",
        [{"en": "Chair A"}, {"en": "Chair B"}],
    )
    assert desk.register.plenaries[11].place is None
    assert [decode(entry.number, encode(entry)) for entry in desk.entries] == desk.entries


@pytest.mark.parametrize(
    ("number", "held", "error", "said"),
    [
        (0, day("2026-03-01"), UsageError, "0 cannot be"),
        (1000, day("2026-03-01"), UsageError, "1000 cannot be a plenary's number; give a number from 1 to 999"),
        (8, day("2026-03-01"), RefusedError, "there is a plenary 8 already, of 1 Mar 2021"),
        (10, day("2026-03-31", "month"), UsageError, "give --date"),
    ],
)
def test_a_plenary_against_a_rule_is_refused(number: int, held: Day, error: type[HkshccError], said: str) -> None:
    with pytest.raises(error, match=said):
        enters(Desk(), number, held)
