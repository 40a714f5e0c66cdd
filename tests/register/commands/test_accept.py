"""What the conference may accept, when, and what ends an acceptance."""

import pytest

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.register.basis import acceptance_of, basis_of
from hkshcc.register.commands.accept import accept
from hkshcc.register.integrity import problems
from hkshcc.register.model import encode
from hkshcc.register.validation import decode
from tests.register.build import EVIDENCE, LINK, REF, TODAY, Desk, acceptance, day, finding, only, refused, returned

CLOSED_ON = "2022-02-01"


def closed() -> Desk:
    """A desk at which Hong Kong alone has reported completion."""
    return Desk(returned("completed", CLOSED_ON, evidence=[EVIDENCE]))


def basis(desk: Desk) -> str | None:
    found = basis_of(desk.stands(), desk.register.bodies)
    return found and found.kind


def test_a_closed_measure_is_accepted_on_a_day_with_a_reason() -> None:
    desk = closed()
    entry = only(desk.accept(at="2022-03-04", reason="Item 9 of the minutes"))
    assert (entry.event, entry.ref, entry.on, entry.reason) == (
        "acceptance", REF, "2022-03-04", "Item 9 of the minutes",
    )  # fmt: skip
    assert basis_of(desk.stands(), desk.register.bodies) == ("accepted", None, "2022-03-04", "day")
    assert decode(entry.number, encode(entry)) == entry
    assert problems(desk.register) == []


@pytest.mark.parametrize("typed", ["9", "9th", "9th-plenary", "plenary-9", " 9TH-PLENARY "])
def test_a_plenary_stands_for_its_day(typed: str) -> None:
    desk = closed()
    desk.today = "2024-04-01"
    assert only(desk.accept(at=typed)).on == "2024-03-01"


def test_a_period_keeps_its_precision() -> None:
    entry = only(closed().accept(at="Mar 2022"))
    assert (entry.on, entry.precision) == ("2022-03-31", "month")


def test_several_measures_are_accepted_by_one_command_once_each() -> None:
    desk = closed()
    desk.report("8-IVT-1", status="completed", evidence=[LINK])
    entries = desk.accept(REF, "8-ivt-1", REF).entries
    assert [entry.ref for entry in entries] == [REF, "8-IVT-1"]
    assert len({entry.command for entry in entries}) == 1
    desk.undo()
    assert basis(desk) == "one-side"


def test_an_open_measure_is_not_accepted_nor_a_closed_one_on_a_day_before_it_was() -> None:
    with refused(RefusedError, 4, f"{REF} was not closed on 15 Jun 2022", "not established", "hkshcc done"):
        Desk().accept()
    with refused(RefusedError, 4, f"{REF} was not closed on 31 Jan 2022"):
        closed().accept(at="2022-01-31")


@pytest.mark.parametrize("at", ["2022-05-01", "2022-03-04", "2022-02-02"])
def test_what_was_accepted_is_not_accepted_again_earlier_or_later(at: str) -> None:
    desk = closed()
    desk.accept(at="2022-03-04")
    with refused(RefusedError, 4, "already accepted by the conference on 4 Mar 2022", "nothing was changed"):
        desk.accept(at=at)


@pytest.mark.parametrize(
    ("at", "error", "code", "word"),
    [
        ("7", NotFoundError, 3, "no plenary 7"),
        ("soon", UsageError, 2, "'soon' is neither a plenary nor a date"),
        ("31 Feb 2022", UsageError, 2, "--at"),
        ("2022-06-16", RefusedError, 4, "is in the future"),
        ("9", RefusedError, 4, "is in the future"),
        ("2021-02-01", RefusedError, 4, "is too early"),
    ],
)
def test_a_day_that_is_none_or_cannot_be_is_refused(at: str, error: type, code: int, word: str) -> None:
    with refused(error, code, word):
        closed().accept(at=at)


def test_no_measure_named_is_a_mistake_in_typing() -> None:
    desk = closed()
    with refused(UsageError, 2, "no measure named"):
        desk.does(lambda register, context: accept(register, context, [], TODAY))


def test_reopening_what_was_accepted_takes_a_reason_though_that_side_had_said_nothing_and_ends_it() -> None:
    desk = closed()
    desk.accept()
    with refused(RefusedError, 4, f"the conference accepted {REF}", "15 Jun 2022", "needs a reason"):
        desk.report(status="in-progress", by="YSS")
    desk.report(status="in-progress", by="YSS", reason="Not with us")
    assert acceptance_of(desk.stands()) is None
    desk.report(status="completed", by="YSS", evidence=[LINK])
    assert basis(desk) == "both-sides"
    desk.accept()
    assert basis(desk) == "accepted"


def test_what_was_accepted_in_a_month_is_said_so_where_it_is_not_reopened() -> None:
    desk = Desk(finding("completed", "2022-05-01", "hk"), acceptance("2022-05-31", precision="month"))
    with refused(RefusedError, 4, "on May 2022; moving it back"):
        desk.report(status="in-progress", by="XBB")


def test_another_closed_status_ends_an_acceptance_and_the_same_does_not() -> None:
    desk = closed()
    desk.accept()
    desk.report(status="completed", by="YSS", evidence=[LINK])
    assert basis(desk) == "accepted"
    desk.report(status="modified", by="YSS", evidence=[LINK], remark="Half of it")
    assert basis(desk) == "one-side"


def test_an_acceptance_whose_closing_is_withdrawn_says_nothing_until_that_counts_again() -> None:
    desk = Desk()
    closing = only(desk.report(status="completed", by="XBB", evidence=[LINK]))
    desk.accept()
    gone = only(desk.undo(closing.number))
    assert basis(desk) is None
    assert problems(desk.register) == []
    desk.undo(gone.number)
    assert basis(desk) == "accepted"


def test_an_acceptance_says_nothing_of_owners_or_news() -> None:
    desk = Desk(finding("completed", CLOSED_ON))
    before = desk.stands()
    desk.accept()
    after = desk.stands()
    assert (after.silent, after.last_update, after.status) == (True, before.last_update, before.status)


def test_a_back_dated_acceptance_of_what_was_reopened_since_says_what_decides() -> None:
    desk = closed()
    desk.report(status="in-progress", by="XBB", reason="Broken", on=day("2022-05-01"))
    decided = desk.accept(at="2022-03-01")
    assert any("no change to the status (in progress)" in note for note in decided.notes)
    assert basis(desk) is None


def test_a_copy_brings_its_acceptance_along() -> None:
    desk = closed()
    copy = Desk(entries=desk.entries, name="copy")
    copy.name("SH")
    copy.accept(at="2022-03-04")
    desk.merge(copy, "HK")
    assert basis_of(desk.stands(), desk.register.bodies) == ("accepted", None, "2022-03-04", "day")
