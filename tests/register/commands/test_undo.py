"""Entries are withdrawn and brought back, and what forbids it."""

from collections.abc import Callable
from typing import Any

import pytest

from hkshcc.errors import NotFoundError, RefusedError, UsageError
from hkshcc.register.commands.adopt_measures import AgreedMeasure, adopt_measures
from hkshcc.register.index import SHIPPED
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry
from tests.register.build import (
    FIRST,
    TODAY,
    Desk,
    agreed,
    draft,
    finding,
    only,
    owner,
    refused,
    retraction,
    returned,
    revision,
)


def number_of(desk: Desk, name: str) -> int:
    return next(entry.number for entry in desk.entries if entry.id == name)


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
    with refused(NotFoundError, 3, "nothing left to undo", "the entries that shipped"):
        desk.undo()


def test_undo_leaves_what_shipped_alone_unless_it_is_named() -> None:
    desk = Desk()
    with refused(NotFoundError, 3, "the entries that shipped"):
        desk.undo()
    assert only(desk.undo(f" {number_of(desk, '8-IVT-1')} ")).names == ["8-IVT-1"]
    assert desk.register.measure("8-IVT-1") is None
    with refused(NotFoundError, 3, "there is no change to 8-INV-1 here that counts; `hkshcc history 8-INV-1`"):
        desk.undo("8-INV-1")


def test_there_is_nothing_to_undo_in_an_empty_register() -> None:
    with refused(NotFoundError, 3, "nothing left to undo"):
        Desk(entries=[]).undo()


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
    with refused(NotFoundError, 3, "no entry '999'"):
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
    desk = Desk(told._replace(id="told"))
    with refused(RefusedError, 4, f"entry {FIRST} depends on entry", f"`hkshcc undo {FIRST}`"):
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
    with refused(RefusedError, 4, f"depends on entry {body.number}", f"`hkshcc undo {body_gone.number}`"):
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
    with refused(RefusedError, 4, f"entry {user.number} depends on"):
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


# The last command on a measure


@pytest.mark.parametrize("typed", ["8-INV-1", "8-inv-1", "inv-1"])
def test_a_ref_undoes_the_last_command_on_that_measure_and_again_the_one_before(typed: str) -> None:
    desk = Desk()
    first = only(desk.report(status="not-started"))
    second = desk.report("8-INV-1", "8-INV-2a", status="in-progress").entries
    desk.note("Invented note", ref="8-INV-2b")
    assert only(desk.undo(typed)).names == [entry.id for entry in second]
    assert only(desk.undo(typed)).names == [first.id]
    with refused(NotFoundError, 3, "there is no change to 8-INV-1 here"):
        desk.undo(typed)
    assert len(desk.stands("8-INV-2b").events) == 2


def test_a_ref_whose_last_command_added_the_measure_takes_the_measure_back() -> None:
    desk = Desk()
    added = only(desk.add())
    assert only(desk.undo("8-FAN-1")).names == [added.id]
    with refused(NotFoundError, 3, "8-FAN-1 was withdrawn"):
        desk.undo("8-FAN-1")


def test_what_is_neither_an_entry_nor_a_measure_cannot_be_undone() -> None:
    with refused(NotFoundError, 3, "no measure 'fin-9'"):
        Desk().undo("fin-9")


# The withdrawal of an older entry is itself the last command


def test_undo_after_an_older_entry_was_withdrawn_brings_that_one_back_and_then_steps_further_back() -> None:
    desk = Desk()
    first, second, third = (only(desk.report(remark=text)) for text in ("Invented", "More", "Still more"))
    withdrawal = only(desk.undo(first.number))
    assert only(desk.undo()).names == [withdrawal.id]
    assert [only(desk.undo()).names for _ in range(3)] == [[third.id], [second.id], [first.id]]


def test_undo_after_an_entry_that_shipped_was_withdrawn_brings_it_back() -> None:
    desk = Desk()
    withdrawal = only(desk.undo(number_of(desk, "8-IVT-1")))
    assert only(desk.undo()).names == [withdrawal.id]
    assert desk.register.measure("8-IVT-1") is not None
    with refused(NotFoundError, 3, "nothing left to undo"):
        desk.undo()


def test_undo_after_an_older_withdrawal_was_taken_back_withdraws_again() -> None:
    desk = Desk()
    desk.report(status="not-started")
    withdrawal = only(desk.undo())
    desk.note("Invented note")
    reinstated = only(desk.undo(withdrawal.number))
    assert only(desk.undo()).names == [reinstated.id]
    assert [event.event for event in desk.stands().events] == ["agreed", "note"]


# What was agreed, entered or shipped


def _release(desk: Desk) -> list[Entry]:
    measure = AgreedMeasure("novelty", "NOV", {"en": "New things"}, 1, "", {"en": "Invented"}, "deliverable")
    outcome = desk.does(lambda register, context: adopt_measures(register, context, 8, [measure], [{"en": "A paper"}]))
    return outcome.entries


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (lambda desk: only(desk.add()), "8-FAN-1 'Invented addition' \\(agreed, entry 13\\)"),
        (lambda desk: only(desk.add_body()), "body XNN \\(entry 13\\)"),
        (lambda desk: only(desk.add_plenary()), "plenary 7 \\(entry 13\\)"),
        (lambda desk: _release(desk)[0], "8-NOV-1 'Invented' \\(agreed, entry 14\\) and 2 more"),
        (lambda desk: desk.entries[8], "8-INV-1 'Invented measure 8-INV-1' \\(agreed, entry 9\\)"),
        (lambda desk: only(desk.undo(only(desk.undo(12)).number)), "8-IVT-1 .*\\(agreed, entry 12\\)"),
    ],
)
@pytest.mark.parametrize("reason", [None, " "])
def test_what_was_agreed_or_entered_is_withdrawn_for_a_reason_and_with_a_yes(
    made: Callable[[Desk], Any], what: str, reason: str | None
) -> None:
    desk = Desk()
    entry = made(desk)
    last = entry.number if entry.event == "retraction" or entry.command == SHIPPED else None
    with refused(RefusedError, 4, f"^withdrawing {what} needs a reason; add --reason$"):
        desk.undo(last, reason=reason)
    with refused(UsageError, 2, f"^withdrawing {what} must be confirmed; add --yes$") as asked:
        desk.undo(last, confirmed=[])
    assert only(desk.undo(last, confirmed=asked.value.names)).reason == "invented reason"
    assert problems(desk.register) == []


def test_a_document_is_named_by_its_ref() -> None:
    desk = Desk()
    document = _release(desk)[-1]
    with refused(RefusedError, 4, "^withdrawing document 8-DOC-1 .entry 15. needs a reason"):
        desk.undo(document.number, reason=None)


def test_what_shipped_and_is_on_no_measure_is_withdrawn_for_a_reason() -> None:
    opened = {"name": "Spring", "opened": "2022-03-01", "due": "2022-06-30"}
    desk = Desk(draft("round", on="2022-03-01", precision="day", command=SHIPPED, thing=opened))
    with refused(RefusedError, 4, f"^withdrawing entry {FIRST} \\(shipped\\) needs a reason"):
        desk.undo(FIRST, reason=None)


def test_what_was_told_and_shipped_is_withdrawn_for_a_reason() -> None:
    desk = Desk(finding("in-progress", "2021-05-01", command=SHIPPED))
    with refused(RefusedError, 4, f"^withdrawing entry {FIRST} on 8-INV-1 \\(shipped\\) needs a reason"):
        desk.undo(FIRST, reason=None)


def test_a_yes_to_one_thing_is_none_to_another() -> None:
    desk = Desk()
    added = only(desk.add())
    with refused(UsageError, 2, "body XNN"):
        desk.add_body()
        desk.undo(confirmed=[added.id])


def test_a_yes_to_a_part_is_none_to_the_whole() -> None:
    desk = Desk()
    area, *_ = _release(desk)
    with refused(UsageError, 2, "and 2 more must be confirmed"):
        desk.undo(confirmed=[area.id])


def test_what_was_told_here_is_withdrawn_and_brought_back_without_a_reason() -> None:
    desk = Desk()
    desk.report(status="in-progress")
    desk.undo(only(desk.undo(reason=None, confirmed=[])).number, reason=None, confirmed=[])
    assert desk.stands().status == "in-progress"


def test_what_was_agreed_is_brought_back_without_a_reason() -> None:
    desk = Desk()
    withdrawal = only(desk.undo(12))
    assert only(desk.undo(withdrawal.number, reason=None, confirmed=[])).reason is None


# Rounds


def test_a_rounds_opening_cannot_go_before_its_closing() -> None:
    desk = Desk()
    opening, closing = only(desk.open_round()), only(desk.close_round())
    with refused(RefusedError, 4, f"entry {closing.number} depends on entry {opening.number}"):
        desk.undo(opening.number)
    desk.undo()
    assert [entered.closed for entered in desk.register.rounds(TODAY)] == [None]
    desk.undo()
    assert desk.register.rounds(TODAY) == []


def test_a_rounds_closing_does_not_come_back_without_its_opening() -> None:
    desk = Desk()
    opening, _ = only(desk.open_round()), desk.close_round()
    closing_gone, _ = only(desk.undo()), desk.undo()
    with refused(RefusedError, 4, f"depends on entry {opening.number}"):
        desk.undo(closing_gone.number)


def test_a_round_does_not_come_back_beside_another_of_its_name() -> None:
    desk = Desk()
    desk.open_round("Spring")
    gone = only(desk.undo())
    twin = only(desk.open_round("spring"))
    with refused(RefusedError, 4, f"beside entry {twin.number}"):
        desk.undo(gone.number)
