"""Entries are withdrawn and brought back, and what forbids it."""

from typing import Any

import pytest

from hkshcc.errors import NotFoundError, RefusedError
from hkshcc.register.checking import problems
from tests.register.build import FIRST, Desk, agreed, only, owner, refused, retraction, returned, revision


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
    assert desk.owners("8-FAN-1") == ["XNN"]
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
