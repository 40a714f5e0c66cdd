"""Two copies of a register that grew apart are merged: whatever each added, there is always a way."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.errors import HkshccError, RefusedError
from hkshcc.register.dates import Day
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry
from tests.register.build import LATER_PLENARY, REF, TODAY, Desk, draft, entries_of, refused

AFTER = "2024-06-15"  # both plenaries have been held


def two(*drafts: Entry, today: str = AFTER) -> tuple[Desk, Desk]:
    """Two copies of one register, whose commands have ids of their own."""
    entries = entries_of(*drafts)
    return Desk(entries=entries, today=today, name="here"), Desk(entries=entries, today=today, name="there")


def add(desk: Desk, title: str) -> None:
    """Add a measure to the later plenary."""
    desk.add(title=title, plenary=9)


def seen(desk: Desk) -> list[tuple[str, str, str]]:
    """What a listing shows: each measure's ref, title and status."""
    register = desk.register
    measures = register.measures(desk.today)
    return [(one.ref, str(one.title["en"]), register.standing(one, desk.today).status) for one in measures]


# What is new comes in, by one command


def test_what_the_copy_has_more_comes_in_under_its_ids_at_the_moment_of_the_exchange() -> None:
    here, there = two()
    there.note("Told there")
    here.today = "2024-06-20"
    exchange, note = here.merge(there).entries
    assert (exchange.event, note.id, note.remark) == ("exchange", "there1-1", "Told there")
    assert exchange.thing == {
        "received": ["there1-1"],
        "entries": there.register.last,
        "fingerprint": there.register.fingerprint,
    }
    assert exchange.recorded == note.recorded == "2024-06-20T10:00:00+08:00"
    assert [entry.number for entry in here.entries] == list(range(1, len(here.entries) + 1))
    assert problems(here.register) == []


def test_the_same_copy_again_adds_nothing() -> None:
    here, there = two()
    add(there, title="Added there")
    add(here, title="Added here")
    assert here.merge(there).entries
    before = list(here.entries)
    assert here.merge(there).entries == []
    assert here.entries == before


def test_an_older_copy_adds_nothing() -> None:
    here, there = two()
    here.note("Told here")
    assert here.merge(there).entries == []


def test_what_was_told_here_meanwhile_stays_before_what_comes_in() -> None:
    here, there = two()
    there.note("Told there first")
    here.today = "2024-07-01"
    here.note("Told here later")
    here.merge(there)
    assert [entry.remark for entry in here.entries[-3:] if entry.remark] == ["Told here later", "Told there first"]
    assert problems(here.register) == []


def test_an_empty_register_becomes_the_copy() -> None:
    _, there = two()
    there.note("Told there")
    empty = Desk(entries=[], today=AFTER)
    empty.merge(there)
    assert empty.entries == there.entries


def test_one_undo_takes_all_of_an_exchange_back_and_another_brings_it_back() -> None:
    here, there = two()
    there.add_body("XNN")
    add(there, title="Added there")
    there.report(by="XBB", remark="Told there")
    there.note("Told there too")
    there.undo()
    before = seen(here)
    here.merge(there)
    merged = seen(here)
    assert merged != before
    here.undo()
    assert seen(here) == before
    assert "XNN" not in here.register.bodies
    assert problems(here.register) == []
    here.undo(here.entries[-1].number)
    assert seen(here) == merged


def test_naming_the_exchange_takes_all_of_it_back_as_well() -> None:
    here, there = two()
    there.note("Told there")
    there.note("Told there too")
    exchange = here.merge(there).entries[0]
    here.note("Told here since")
    here.undo(exchange.number)
    assert [entry.remark for entry in here.register.events(REF) if entry.event == "note"] == ["Told here since"]


def test_a_plenary_that_both_entered_is_the_same_in_both_once_both_have_heard_of_the_other() -> None:
    here, there = two()
    here.add_plenary(7, "2020-03-01")
    there.add_plenary(7, "2020-04-01")
    here.merge(there)
    there.merge(here)
    assert here.register.plenaries[7].date == there.register.plenaries[7].date == "2020-03-01"
    assert here.merge(there).entries == there.merge(here).entries == []
    assert problems(here.register) == problems(there.register) == []


def test_an_exchange_that_was_taken_back_there_brings_nothing_of_it_here() -> None:
    here, there = two()
    third = Desk(entries=there.entries, today=AFTER, name="third")
    third.note("Told by the third")
    there.merge(third)
    there.undo()
    here.merge(there)
    assert here.register.events(REF) == Desk(today=AFTER).register.events(REF)
    assert problems(here.register) == []
    assert here.merge(there).entries == []


def test_an_undo_after_two_exchanges_takes_the_last_one_back_with_what_that_copy_had_received() -> None:
    here, there = two()
    third = Desk(entries=there.entries, today=AFTER, name="third")
    third.note("Told by the third")
    there.merge(third)
    there.note("Told there")
    before = len(here.register.events(REF))
    here.merge(there)
    assert len(here.register.events(REF)) == before + 2
    here.undo()
    assert len(here.register.events(REF)) == before


# Names that both gave


def test_a_measure_that_both_added_under_one_ref_gets_the_next_free_one_and_keeps_its_own_as_its_alias() -> None:
    here, there = two()
    add(here, title="Added here")
    add(there, title="Added there")
    there.report("9-FAN-1", by="XBB", remark="Told of it there")
    told = here.merge(there).notes
    assert told == ["9-FAN-1 of copy.json is 9-FAN-2 here, because 9-FAN-1 was already taken"]
    own, theirs = here.stands("9-FAN-1").measure, here.stands("9-FAN-2").measure
    assert (own.title, own.alias) == ({"en": "Added here"}, None)
    assert (theirs.title, theirs.alias) == ({"en": "Added there"}, "9-FAN-1")
    assert [entry.remark for entry in here.register.events("9-FAN-2") if entry.by] == ["Told of it there"]
    assert problems(here.register) == []


def test_what_is_told_later_of_a_measure_that_was_renamed_comes_to_it() -> None:
    here, there = two()
    add(here, title="Added here")
    add(there, title="Added there")
    here.merge(there)
    there.report("9-FAN-1", by="XBB", remark="Told later")
    add(there, title="Another one there")
    here.merge(there)
    assert [entry.remark for entry in here.register.events("9-FAN-2") if entry.by] == ["Told later"]
    assert here.stands("9-FAN-3").measure.title == {"en": "Another one there"}
    assert problems(here.register) == []


def test_a_free_ref_is_free_in_the_copy_as_well() -> None:
    here, there = two()
    add(here, title="Added here")
    for title in ("First there", "Second there"):
        add(there, title=title)
    here.merge(there)
    assert [ref for ref, _, _ in seen(here) if ref.startswith("9-")] == ["9-FAN-1", "9-FAN-2", "9-FAN-3"]
    assert here.stands("9-FAN-2").measure.title == {"en": "Second there"}
    assert here.stands("9-FAN-3").measure.alias == "9-FAN-1"


def test_copies_that_exchange_in_both_directions_never_come_to_a_dead_end() -> None:
    here, there = two()
    for _ in range(3):
        add(here, title="Added here")
        add(there, title="Added there")
        here.merge(there)
        there.merge(here)
        assert here.merge(there).entries == [] or here.merge(there).entries == []
    titles = sorted(title for _, title, _ in seen(here))
    assert titles == sorted(title for _, title, _ in seen(there))
    assert problems(here.register) == problems(there.register) == []


def test_a_withdrawn_measure_s_ref_is_taken_all_the_same() -> None:
    here, there = two()
    add(here, title="Added here by mistake")
    here.undo()
    add(there, title="Added there")
    here.merge(there)
    assert here.stands("9-FAN-2").measure.alias == "9-FAN-1"


def document(title: str, *related: str) -> Entry:
    thing = {"ref": "8-DOC-1", "plenary": 8, "title": {"en": title}, "related": list(related)}
    return draft("instrument", thing=thing, recorded=AFTER)


def test_a_document_that_both_entered_under_one_ref_gets_the_next_free_one() -> None:
    here, there = two()
    here.entries += [document("Signed here")._replace(number=len(here.entries) + 1, id="h", command="h")]
    add(there, title="Added there")
    add(here, title="Added here")
    signed = document("Signed there", "9-FAN-1")._replace(number=len(there.entries) + 1, id="t", command="t")
    there.entries += [signed]
    here.merge(there)
    found = here.register.instruments["8-DOC-2"]
    assert (found.title, found.alias, found.related) == ({"en": "Signed there"}, "8-DOC-1", ["9-FAN-2"])


@pytest.mark.parametrize(("due", "closed"), [("2029-06-30", AFTER), ("2029-07-31", None)])
def test_of_a_round_that_both_opened_the_one_here_stays_and_is_closed_by_what_closes_that_very_one(
    due: str, closed: str | None
) -> None:
    here, there = two()
    here.open_round("2024H1")
    there.open_round("2024H1", due=due)
    there.close_round("2024H1")
    here.merge(there)
    (found,) = here.register.rounds(AFTER)
    assert (found.due, found.closed) == ("2029-06-30", closed)
    assert problems(here.register) == []
    assert here.merge(there).entries == []


def test_a_round_that_was_withdrawn_leaves_its_name_to_another() -> None:
    here, there = two()
    here.open_round("2024H1")
    here.undo()
    there.open_round("2024H1")
    here.merge(there)
    assert [each.name for each in here.register.rounds(AFTER)] == ["2024H1"]


SAME: dict[str, tuple[Callable[[Desk, str], object], Callable[[Desk], object]]] = {
    "a plenary": (lambda desk, day: desk.add_plenary(7, day), lambda desk: desk.register.plenaries[7].date),
    "a body": (lambda desk, day: desk.add_body("XNN", name=day), lambda desk: desk.register.bodies["XNN"].name["en"]),
}


@pytest.mark.parametrize(("enter", "what"), SAME.values(), ids=SAME)
def test_of_what_both_entered_the_one_here_stays_and_says_so(
    enter: Callable[[Desk, str], object], what: Callable[[Desk], object]
) -> None:
    here, there = two()
    enter(here, "2020-03-01")
    enter(there, "2020-04-01")
    (told,) = here.merge(there).notes
    assert told.endswith("the one from copy.json is withdrawn")
    assert what(here) == "2020-03-01"
    assert problems(here.register) == []
    assert here.merge(there).entries == []
    here.undo()
    assert what(here) == "2020-03-01"
    assert problems(here.register) == []


def test_what_rests_on_a_body_that_both_entered_comes_in() -> None:
    here, there = two()
    for desk in (here, there):
        desk.add_body("XNN")
    there.report(by="XNN", remark="Told there")
    here.merge(there)
    assert [entry.remark for entry in here.register.events(REF) if entry.by == "XNN"] == ["Told there"]
    assert problems(here.register) == []


@pytest.mark.parametrize("withdrawn_in", ["here", "there"])
def test_a_body_of_the_other_side_under_one_code_is_refused_and_the_way_out_works(withdrawn_in: str) -> None:
    here, there = two()
    here.add_body("XNN", "hk")
    there.add_body("XNN", "sh")
    last = here.entries[-1].number
    with refused(RefusedError, 4, "body xnn is one thing in copy.json", f"undo {last} --reason"):
        here.merge(there)
    desk = here if withdrawn_in == "here" else there
    desk.undo(last)
    here.merge(there)
    assert here.register.bodies["XNN"].side == ("sh" if withdrawn_in == "here" else "hk")
    assert problems(here.register) == []


@pytest.mark.parametrize(("slug", "code"), [("fishing", "FSH"), ("fowling", "FIS")])
def test_an_area_that_shares_its_slug_or_its_code_alone_is_refused(slug: str, code: str) -> None:
    def area(desk: Desk, slug: str, code: str) -> None:
        entered = draft("area", thing={"slug": slug, "code": code, "name": {"en": "Invented"}}, recorded=AFTER)
        desk.entries.append(entered._replace(number=len(desk.entries) + 1, id=f"a-{slug}-{code}", command=f"a{slug}"))

    here, there = two()
    area(here, "fishing", "FIS")
    area(there, slug, code)
    with refused(RefusedError, 4, "is one thing in copy.json", "withdraw one of the two"):
        here.merge(there)


# What cannot be


def test_an_entry_that_says_something_else_under_one_id_is_refused() -> None:
    here, there = two()
    there.entries[-1] = there.entries[-1]._replace(recorder="somebody else")
    with refused(RefusedError, 4, "have the same id but do not say the same"):
        here.merge(there)


def test_another_conference_s_register_is_refused() -> None:
    here, there = two()
    plenaries = [
        entry._replace(thing={**(entry.thing or {}), "date": "2020-01-01"}, id=f"other-{entry.id}")
        for entry in there.entries
        if entry.event == "plenary"
    ]
    other = Desk(entries=[entry._replace(number=at) for at, entry in enumerate(plenaries, start=1)], today=AFTER)
    with refused(RefusedError, 4, "register of another conference", "--store"):
        here.merge(other)


# Clocks


def test_a_copy_recorded_after_now_is_refused_and_goes_in_where_somebody_says_that_the_clock_is_right() -> None:
    here, there = two()
    there.today = "2099-01-01"
    there.note("Told under a wrong clock", on=Day(TODAY, "day"))
    with refused(RefusedError, 4, "was recorded on 1 Jan 2099, which is in the future", "--clock-is-right"):
        here.merge(there)
    here.clock_is_right = True
    here.merge(there)
    assert here.entries[-1].recorded == f"{AFTER}T10:00:00+08:00"
    assert problems(here.register, AFTER) == []


@pytest.mark.parametrize(("moment", "right"), [("2024-06-16", True), ("2024-06-17", False)])
def test_a_copy_may_have_been_written_a_day_ahead_and_no_more(moment: str, *, right: bool) -> None:
    here, there = two()
    there.today = moment
    there.note("Told a little ahead", on=Day(TODAY, "day"))
    if right:
        assert here.merge(there).entries
    else:
        with refused(RefusedError, 4, "which is in the future"):
            here.merge(there)


def test_a_copy_with_an_entry_on_a_day_to_come_is_refused_under_the_number_it_has_there() -> None:
    here, there = two()
    here.note("Told here")
    there.today = "2099-01-01"
    there.note("On a day to come")
    number = there.entries[-1].number
    there.today, there.clock_is_right = AFTER, True
    there.note("Told under the right clock")
    with refused(RefusedError, 4, f"entry {number} of copy.json is dated 1 Jan 2099", f"undo {number}`"):
        here.merge(there)
    there.undo(number)
    here.merge(there)
    assert problems(here.register, AFTER) == []


def test_a_copy_that_was_set_right_comes_in_as_any() -> None:
    here, there = two()
    there.today = "2099-01-01"
    there.note("Told under a wrong clock", on=Day(TODAY, "day"))
    there.today, there.clock_is_right = AFTER, True
    there.note("Told under the right one")
    here.merge(there)
    assert [entry.recorded[:10] for entry in here.entries[-2:]] == [AFTER] * 2
    assert problems(here.register, AFTER) == []


# Whatever happened


STEPS: dict[str, Callable[[Desk], object]] = {
    "add": lambda desk: add(desk, title=f"Added at {desk._name}"),
    "note": lambda desk: desk.note("Noted"),
    "report": lambda desk: desk.report("9-FAN-1", by="XBB", remark="Told"),
    "body": lambda desk: desk.add_body("XNN"),
    "plenary": lambda desk: desk.add_plenary(7, "2020-03-01" if desk._name == "here" else "2020-04-01"),
    "open": lambda desk: desk.open_round("2024H1"),
    "close": lambda desk: desk.close_round("2024H1"),
    "undo": lambda desk: desk.undo(),
    "undo again": lambda desk: desk.undo(desk.entries[-1].number),
}
DO = st.tuples(st.sampled_from(["here", "there"]), st.sampled_from([*STEPS, "merge"]))


@settings(max_examples=60, deadline=None)
@given(st.lists(DO, max_size=14))
def test_copies_that_grow_apart_can_always_be_merged_and_stay_sound(steps: list[tuple[str, str]]) -> None:
    here, there = two()
    for name, step in steps:
        desk, other = (here, there) if name == "here" else (there, here)
        if step == "merge":
            desk.merge(other)
        else:
            with suppress(HkshccError):
                STEPS[step](desk)
    before = seen(here)
    brought = here.merge(there).entries
    assert problems(here.register) == []
    count = len(here.entries)
    assert here.merge(there).entries == []
    assert len(here.entries) == count
    if brought:
        here.undo()
        assert seen(here) == before
        assert problems(here.register) == []
    for _ in range(4):
        brought = [*there.merge(here).entries, *here.merge(there).entries]
        assert problems(there.register) == problems(here.register) == []
    assert brought == []
    assert sorted(title for _, title, _ in seen(here)) == sorted(title for _, title, _ in seen(there))


def test_the_invented_plenaries_have_been_held_by_then() -> None:
    assert LATER_PLENARY < AFTER
