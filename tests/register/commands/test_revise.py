"""Owners and targets change: every rule that refuses it."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError
from tests.register.build import AGREED, FIRST, REF, Desk, day, only, owner, refused, revision, target

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
    assert desk.owners() == ["XBB", "YSS", "XCC"]
    desk.undo()
    assert only(desk.assign("xcc", "xbb")).dropped == ["XBB"]
    assert desk.owners() == ["YSS", "XCC"]


@pytest.mark.parametrize(
    ("about", "error", "said"),
    [
        ({"body": "XBB"}, RefusedError, "XBB is already an owner of 8-INV-1"),
        ({"body": "XCC", "instead_of": "XCC"}, RefusedError, "XCC is not an owner of 8-INV-1; its owners: XBB, YSS"),
        ({"body": "XCC", "instead_of": "XCC", "ref": "8-IVT-1"}, RefusedError, "its owners: none"),
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
    with refused(RefusedError, 4, "XBB is already an owner"):
        desk.assign("XBB", on=day("2022-02-01"))
    desk.assign("XBB", on=day("2022-03-01"))
    assert desk.owners() == ["YSS", "XBB"]


@pytest.mark.parametrize(
    ("later", "instead_of"),
    [({"dropped": ["XCC"]}, None), ({"added": [owner("XBB")]}, "XBB")],
)
def test_a_back_dated_assignment_is_told_which_later_one_still_decides(
    later: dict[str, Any], instead_of: str | None
) -> None:
    desk = Desk(revision("2022-03-01", **later))
    outcome = desk.assign("XCC", instead_of, on=day("2022-01-01"))
    assert outcome.notes == [f"{REF}: no change to the owners, because entry {FIRST} has a later date (1 Mar 2022)"]
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
        ({"to": day("2022-03-31")}, RefusedError, "ends on the same day, 31 Mar 2022"),
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


def test_a_target_may_be_the_very_day_of_the_agreement() -> None:
    desk = Desk()
    desk.retarget(day(AGREED), ref="8-IVT-1")
    assert desk.stands("8-IVT-1").target == {"date": AGREED, "precision": "day", "basis": "stated", "note": None}


def test_of_several_later_targets_the_last_is_the_one_that_is_said_to_decide() -> None:
    desk = Desk()
    for on, to in (("2021-06-01", "2023-01-01"), ("2021-07-01", "2024-01-01")):
        desk.retarget(day(to), on=day(on))
    last = desk.entries[-1].number
    (note,) = desk.retarget(day("2022-12-01"), on=day("2021-05-01")).notes
    assert f"because entry {last} has a later date (1 Jul 2021)" in note


def test_a_back_dated_target_is_told_which_later_one_still_decides() -> None:
    desk = Desk(revision("2022-05-31", precision="month", target=target("2023-12-31")))
    outcome = desk.retarget(day("2022-12-31"), on=day("2022-01-01"))
    assert outcome.notes == [f"{REF}: no change to the target, because entry {FIRST} has a later date (May 2022)"]
    assert desk.stands().target == target("2023-12-31")


def test_that_a_measure_is_overdue_now_is_said_where_its_new_target_has_passed_and_decides() -> None:
    desk = Desk()
    assert desk.retarget(day(desk.today)).notes == []
    assert desk.retarget(day("2023-12-31")).notes == []
    assert desk.retarget(day("2022-06-14")).notes == [f"14 Jun 2022 has passed: {REF} is now overdue"]
    assert desk.stands().timeliness == "overdue"
    (note,) = desk.retarget(day("2022-05-31"), on=day("2022-01-01")).notes
    assert "has a later date" in note
