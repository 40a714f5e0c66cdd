"""Two copies of a register that grew apart are merged: whatever each added, there is always a way."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.commands import merge_copies
from hkshcc.register.commands.common import Decision, new_entry
from hkshcc.register.dates import Day
from hkshcc.register.integrity import problems
from hkshcc.register.lookup import find_area, find_entry, find_instrument, find_measure, find_round
from hkshcc.register.model import Entry, encode
from hkshcc.register.vocabulary import Event
from hkshcc.register.witness import forks
from tests.register.build import FIRST, LATER_PLENARY, REF, TODAY, Desk, entries_of, refused

AFTER = "2024-06-15"  # both plenaries have been held


def two(*drafts: Entry, today: str = AFTER) -> tuple[Desk, Desk]:
    """Two copies of one register, whose commands have ids of their own."""
    entries = entries_of(*drafts)
    here, there = Desk(entries=entries, today=today, name="here"), Desk(entries=entries, today=today, name="there")
    here.name("HK")
    there.name("SH")
    return here, there


def add(desk: Desk, title: str) -> None:
    """Add a measure to the later plenary."""
    desk.add(title=title, plenary=9)


def seen(desk: Desk) -> list[tuple[str, str, str]]:
    """What a listing shows: each measure's ref, title and status."""
    register = desk.register
    measures = register.measures(desk.today)
    return [(one.ref, str(one.title["en"]), register.standing(one, desk.today).status) for one in measures]


# What is new comes in, by one command


def test_what_the_copy_has_more_comes_in_as_it_is_and_after_it_the_exchange() -> None:
    here, there = two()
    there.note("Told there")
    here.today = "2024-06-20"
    *came, exchange = here.merge(there).entries
    assert [(entry.event, entry.id) for entry in came] == [("origin", "there1-1"), ("note", "there2-1")]
    assert exchange.event == "exchange"
    assert exchange.thing == {
        "received": ["there1-1", "there2-1"],
        "entries": there.register.last,
        "fingerprint": there.register.fingerprint,
        "origin": "SH",
    }
    assert [encode(entry) for entry in came] == [encode(entry) for entry in there.entries[-2:]]
    assert (came[-1].recorded[:10], exchange.recorded[:10]) == (AFTER, "2024-06-20")
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


def test_an_entry_recorded_after_the_clock_was_set_right_says_after_which_moment_it_stands() -> None:
    here, _ = two()
    here.today = "2024-06-20"
    here.note("Told first")
    here.today, here.clock_is_right = AFTER, True
    here.note("Told second, days before by the clock")
    first, second = here.entries[-2:]
    assert (first.after, second.after) == (None, "2024-06-20T10:00:00+08:00")


def test_an_older_copy_adds_nothing() -> None:
    here, there = two()
    here.merge(there)
    here.note("Told here")
    assert here.merge(there).entries == []


def test_what_was_told_here_meanwhile_stays_before_what_comes_in() -> None:
    here, there = two()
    there.note("Told there first")
    here.today = "2024-07-01"
    here.note("Told here later")
    here.merge(there)
    assert [entry.remark for entry in here.entries if entry.remark] == ["Told here later", "Told there first"]
    assert problems(here.register) == []


def test_an_exchange_ends_when_each_has_what_the_other_has() -> None:
    here, there = two()
    here.note("Told here")
    there.note("Told there")
    rounds = 0
    while here.merge(there).entries or there.merge(here).entries:
        rounds += 1
    assert rounds <= 3
    assert problems(here.register) == problems(there.register) == []


def test_an_empty_register_becomes_the_copy_under_the_copy_s_name_or_one_of_its_own() -> None:
    _, there = two()
    there.note("Told there")
    with refused(UsageError, 2, "copy is of SH's register", "--origin NAME"):
        Desk(entries=[], today=AFTER).merge(there)
    restored = Desk(entries=[], today=AFTER)
    restored.merge(there, "SH")
    assert restored.entries == there.entries
    other = Desk(entries=[], today=AFTER, name="other")
    other.merge(there, "XX")
    assert other.entries[:-1] == there.entries
    other.note("Told by the other")
    assert (other.register.origin, str(other.register.entries[-1].number)) == ("XX", f"XX-{len(other.entries)}")
    there.merge(other)
    assert str(there.register.entries[-2].number) == f"XX-{len(other.entries)}"
    assert problems(there.register) == problems(other.register) == []


def test_a_register_without_a_name_is_asked_for_one_and_a_copy_without_one_is_refused() -> None:
    named, unnamed = Desk(today=AFTER, name="a"), Desk(today=AFTER, name="b")
    named.name("HK")
    unnamed.note("Told")
    with refused(RefusedError, 4, "does not say whose register it is", "init --origin NAME"):
        named.merge(unnamed)
    named.note("Told")
    with refused(UsageError, 2, "this register has no name yet", "--origin NAME"):
        unnamed.merge(named)
    naming, *_, exchange = unnamed.merge(named, "sh").entries
    assert (naming.event, exchange.event, unnamed.register.origin) == ("origin", "exchange", "SH")
    assert [str(entry.number) for entry in unnamed.register.entries if entry.remark] == [
        f"SH-{FIRST}",
        f"HK-{FIRST + 1}",
    ]
    assert problems(unnamed.register) == []
    unnamed.undo()
    assert unnamed.register.origin == "SH"


def test_a_register_to_which_nothing_comes_keeps_without_a_name_and_says_so_where_one_was_given() -> None:
    copy = Desk(name="copy")
    assert Desk().merge(copy) == Decision([], [])
    (told,) = Desk().merge(copy, "HK").notes
    assert told.startswith("nothing came in, so the register was not named; `hkshcc init --origin HK`")


def test_an_empty_register_becomes_a_copy_without_a_name_and_has_none_either() -> None:
    copy, restored = Desk(name="copy"), Desk(entries=[])
    copy.note("Told")
    restored.merge(copy)
    assert restored.entries == copy.entries
    assert restored.register.origin is None


@pytest.mark.parametrize("typed", ["", "H K", "1HK", "港", "HONGKONGISLAND"])
def test_a_name_that_cannot_stand_before_a_number_is_refused(typed: str) -> None:
    with refused(UsageError, 2, "cannot be a register's name"):
        Desk().name(typed)


def test_a_register_that_begins_from_a_copy_is_refused_the_name_of_any_register_in_it() -> None:
    here, there = two()
    here.note("Told here")
    there.merge(here)
    there.name("SHA")
    for name in ("HK", "SH"):
        with refused(RefusedError, 4, f"{name} is the name of another register", "choose a name"):
            Desk(entries=[], today=AFTER, name="other").merge(there, name)


def test_a_register_is_not_given_the_name_it_has_and_may_be_given_another() -> None:
    here, _ = two()
    with refused(RefusedError, 4, "called HK already"):
        here.name("hk")
    here.name("HKG")
    here.note("Told")
    assert [str(entry.origin) for entry in here.register.entries[-3:]] == ["HK", "HKG", "HKG"]
    assert problems(here.register) == []
    with refused(RefusedError, 4, "names a register and cannot be withdrawn"):
        here.undo(len(here.entries) - 1)


def test_a_register_that_does_not_go_on_from_what_was_received_is_told_and_gets_back_what_it_lost() -> None:
    here, there = two()
    there.note("Told there")
    here.merge(there)
    there.entries = there.entries[:-1]  # restored from a backup
    there.note("Told there since")
    (told,) = here.merge(there).notes
    number = len(there.entries)
    assert told.startswith("copy.json is not what was received of SH's register on 15 Jun 2024 (entries 1-")
    assert f"from entry {number} on it is another" in told
    both(here, there)
    remarks = {entry.remark for entry in there.register.events(REF) if entry.event == "note"}
    assert remarks == {"Told there", "Told there since"}


def parted(desk: Desk) -> list[tuple[str, int, list[str | None]]]:
    """Where two versions of a register are known: its name, the number, and what is noted under that."""
    return [(fork.origin, fork.place, [entry.remark for entry in fork.entries]) for fork in forks(desk.register)]


def test_where_a_rewritten_register_parts_from_what_was_received_of_it_stays_known() -> None:
    here, there = two()
    there.note("Told there")
    there.note("Told there too")
    here.merge(there)
    number = len(there.entries) - 1
    assert parted(here) == []
    there.entries = there.entries[: number - 1]
    there.note("Never told like this")
    there.note("Nor this")
    here.merge(there)
    assert parted(here) == [("SH", number, ["Told there", "Never told like this"])]
    here.undo()
    here.note("Told here since")
    both(here, there)
    for desk in (here, there):
        [(origin, at, remarks)] = parted(desk)
        assert (origin, at, {*remarks}) == ("SH", number, {"Told there", "Never told like this"})


def test_a_register_from_which_an_entry_was_taken_out_is_known_to_part_there() -> None:
    here, there = two()
    for text in ("First", "Second", "Third"):
        there.note(text)
    here.merge(there)
    number = len(there.entries) - 1
    last = there.entries[-1]
    there.entries = [*there.entries[: number - 1], last._replace(number=number, place=number, id="again-1")]
    assert f"from entry {number} on" in here.merge(there).notes[0]
    assert parted(here) == [("SH", number, ["Second", "Third"])]


def test_branches_of_one_register_that_it_merged_are_no_second_version_of_it() -> None:
    here, there = two()
    branch = Desk(entries=here.entries, today=AFTER, name="branch")
    branch.note("Told on the branch")
    here.note("Told on the trunk")
    here.merge_fork(branch)
    assert here.undo(confirmed=()).notes == []  # nobody else is concerned
    here.undo(here.entries[-1].number)
    both(here, there)
    assert {entry.remark for entry in there.register.events(REF) if entry.event == "note"} == {
        "Told on the branch",
        "Told on the trunk",
    }
    assert parted(here) == parted(there) == []


def test_registers_that_exchange_whatever_they_undo_and_in_whatever_order_are_known_in_one_version() -> None:
    here, there = two()
    for desk in (here, there, here, there):
        desk.note(f"Told by {desk.called}")
        desk.undo()
        desk.undo(desk.entries[-1].number)
        both(here, there)
    here.name("HKG")
    here.note("Told under another name")
    both(here, there)
    assert parted(here) == parted(there) == []


def test_two_registers_of_one_name_are_told_so() -> None:
    here, there = two()
    there.name("HK")
    there.note("Told there")
    here.note("Told here")
    (told,) = here.merge(there).notes
    assert told.startswith("both registers are called HK")
    both(here, there)
    named: dict[str, list[int]] = {}
    for entry in here.register.entries:
        named.setdefault(str(entry.number), []).append(int(entry.number))
    name, numbers = next((name, numbers) for name, numbers in named.items() if len(numbers) > 1)
    with pytest.raises(UsageError, match=f"'{name}' is the name of entries {numbers[0]}, {numbers[1]} here"):
        find_entry(here.register, name)
    assert [int(find_entry(here.register, str(number)).number) for number in numbers] == numbers


# What is taken back


def test_who_receives_again_what_was_taken_back_is_told_how_to_bring_it_back() -> None:
    here, there = two()
    there.note("Told there")
    here.merge(there)
    here.undo()
    (told,) = here.merge(there).notes
    retraction = here.register.entries[-1].number
    assert told == f"1 entry of copy.json was withdrawn here, by {retraction}; `hkshcc undo NUMBER` brings it back"
    here.undo(str(retraction))
    assert here.merge(there).notes == []
    assert [entry.remark for entry in here.register.events(REF) if entry.event == "note"] == ["Told there"]


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
    exchange = here.merge(there).entries[-1]
    here.note("Told here since")
    here.undo(str(exchange.number))
    assert [entry.remark for entry in here.register.events(REF) if entry.event == "note"] == ["Told here since"]


def test_what_one_register_takes_back_is_taken_back_in_the_other_which_is_told_so() -> None:
    here, there = two()
    there.note("Told there")
    here.merge(there)
    here.undo()
    (told,) = there.merge(here).notes
    assert told.startswith("1 entry that counted here was withdrawn there, by HK-")
    assert [entry for entry in there.register.events(REF) if entry.event == "note"] == []
    there.undo(told.partition("by ")[2].partition(";")[0])
    here.merge(there)
    for desk in (here, there):
        assert [entry.remark for entry in desk.register.events(REF) if entry.event == "note"] == ["Told there"]


def test_after_an_exchange_undo_still_takes_back_what_was_recorded_here_and_no_import_of_the_other() -> None:
    here, there = two()
    here.note("Told here")
    there.note("Told there")
    there.merge(here)
    here.merge(there)
    there.undo()
    theirs = next(entry for entry in here.register.entries if entry.event == "exchange" and entry.origin == "SH")
    with refused(RefusedError, 4, f"{theirs.number} is an import of SH's register"):
        here.undo(str(theirs.number))
    here.undo()
    here.undo()
    assert [entry.remark for entry in here.register.events(REF) if entry.event == "note"] == []


def test_an_undo_after_two_exchanges_takes_the_last_one_back_with_what_that_copy_had_received() -> None:
    here, there = two()
    third = Desk(entries=there.entries[:-1], today=AFTER, name="third")
    third.name("TH")
    third.note("Told by the third")
    there.merge(third)
    there.note("Told there")
    before = len(here.register.events(REF))
    here.merge(there)
    assert len(here.register.events(REF)) == before + 2
    here.undo()
    assert len(here.register.events(REF)) == before


def test_what_one_register_withdrew_counts_where_another_recorded_something_that_rests_on_it() -> None:
    here, there = two()
    here.add_body("XNN")
    there.merge(here)
    there.report(by="XNN", remark="Told there")
    here.undo()
    here.merge(there)
    there.merge(here)
    for desk in (here, there):
        assert "XNN" in desk.register.bodies
        assert problems(desk.register) == []
        with refused(RefusedError, 4, "depends on entry"):
            desk.undo(
                str(next(e.number for e in desk.register.entries if e.event == "body" and e.command != "shipped"))
            )


def test_a_plenary_that_one_register_withdrew_counts_where_another_entered_what_it_agreed() -> None:
    here, there = two()
    here.add_plenary(7)
    there.merge(here)
    there.add(title="Added there", plenary=7)
    here.undo()
    both(here, there)
    assert 7 in here.register.plenaries
    assert here.register.measure("7-FAN-1")


def test_of_two_withdrawn_bodies_of_one_code_the_one_counts_on_which_something_rests() -> None:
    here, there = two()
    here.add_body("XNN", "hk")
    here.undo()
    there.add_body("XNN", "sh")
    here.merge(there)
    here.report(by="XNN", remark="Told here of the other's")
    there.undo()
    both(here, there)
    assert here.register.bodies["XNN"].side == there.register.bodies["XNN"].side == "sh"


# Names that both gave


def both(here: Desk, there: Desk) -> None:
    """Exchange until nothing is new, and see that both show the same and are sound."""
    while here.merge(there).entries or there.merge(here).entries:
        pass
    assert seen(here) == seen(there)
    assert problems(here.register) == problems(there.register) == []


def test_of_two_measures_of_one_ref_the_first_keeps_it_and_the_other_has_its_register_s_name_too() -> None:
    here, there = two()
    add(here, title="Added here")
    there.today = "2024-06-16"
    add(there, title="Added there")
    there.report("9-FAN-1", by="XBB", remark="Told of it there")
    (told,) = here.merge(there).notes
    assert told == (
        f"9-FAN-1 (entry SH-{FIRST + 1}) is called 9-FAN-1-SH now: another measure was recorded under 9-FAN-1 before"
    )
    own, theirs = here.stands("9-FAN-1").measure, here.stands("9-FAN-1-SH", "2024-06-16").measure
    assert (own.title, own.alias) == ({"en": "Added here"}, None)
    assert (theirs.title, theirs.alias) == ({"en": "Added there"}, "9-FAN-1")
    assert [entry.remark for entry in here.register.events("9-FAN-1-SH") if entry.by] == ["Told of it there"]
    both(here, there)
    there.report("9-FAN-1", by="YSS", remark="Told of the other one")
    there.report("9-FAN-1-SH", by="YSS", remark="Told of its own")
    both(here, there)
    for desk in (here, there):
        last = [desk.register.events(ref)[-1].remark for ref in ("9-FAN-1", "9-FAN-1-SH")]
        assert last == ["Told of the other one", "Told of its own"]


def test_a_new_name_is_told_once_and_of_many_only_how_many_more(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = two()
    for title in ("one", "two", "three"):
        for desk in (here, there):
            add(desk, title=f"{title} of {desk.called}")
    for most, last in ((3, "is called 9-FAN-3-SH now"), (2, "1 more name was settled so")):
        monkeypatch.setattr(merge_copies, "_MOST_TOLD", most)
        copy = Desk(entries=here.entries, today=AFTER, name="copy")
        notes = copy.merge(there).notes
        assert len(notes) == 3
        assert last in notes[-1]
    there.note("Told there")
    assert copy.merge(there).notes == []


def test_what_is_told_later_of_a_measure_that_was_renamed_comes_to_it() -> None:
    here, there = two()
    add(here, title="Added here")
    add(there, title="Added there")
    here.merge(there)
    there.report("9-FAN-1", by="XBB", remark="Told later")
    add(there, title="Another one there")
    here.merge(there)
    assert [entry.remark for entry in here.register.events("9-FAN-1-SH") if entry.by] == ["Told later"]
    assert here.stands("9-FAN-2").measure.title == {"en": "Another one there"}
    both(here, there)


def test_a_measure_that_both_entered_in_the_same_words_is_one() -> None:
    here, there = two()
    for desk in (here, there):
        add(desk, title="Added by both")
        desk.report("9-FAN-1", by="XBB", remark="Told by both")
    both(here, there)
    assert [ref for ref, _, _ in seen(here) if ref.startswith("9-")] == ["9-FAN-1"]
    assert len([entry for entry in here.register.events("9-FAN-1") if entry.by]) == 2
    here.undo("9-FAN-1", None)
    there.merge(here)
    assert [ref for ref, _, _ in seen(there) if ref.startswith("9-")] == ["9-FAN-1"]


def test_copies_that_exchange_in_both_directions_never_come_to_a_dead_end() -> None:
    here, there = two()
    for _ in range(3):
        add(here, title="Added here")
        add(there, title="Added there")
        both(here, there)


def test_a_withdrawn_measure_s_ref_is_taken_all_the_same() -> None:
    here, there = two()
    add(here, title="Added here by mistake")
    here.undo()
    add(there, title="Added there")
    here.merge(there)
    assert here.stands("9-FAN-1-SH").measure.alias == "9-FAN-1"


def enter(desk: Desk, event: Event, **thing: object) -> None:
    """Enter something as a release does."""
    desk.does(lambda register, context: Decision([new_entry(register, context, event, thing=thing)], []))


def test_a_document_that_both_entered_under_one_ref_is_told_apart_and_bears_on_the_measures_it_bore_on() -> None:
    here, there = two()
    for desk in (here, there):
        add(desk, title=f"Added {desk.called}")
        enter(desk, Event.INSTRUMENT, ref="8-DOC-1", plenary=8, title={"en": desk.called}, related=["9-FAN-1"])
    both(here, there)
    found = here.register.instruments["8-DOC-1-SH"]
    assert (found.title, found.alias, found.related) == ({"en": "there"}, "8-DOC-1", ["9-FAN-1-SH"])


def test_a_document_that_both_entered_in_the_same_words_is_one() -> None:
    here, there = two()
    for desk in (here, there):
        enter(desk, Event.INSTRUMENT, ref="8-DOC-1", plenary=8, title={"en": "Signed by both"})
    both(here, there)
    assert list(here.register.instruments) == ["8-DOC-1"]


def test_of_two_rounds_of_one_name_the_first_keeps_it_and_each_is_closed_by_what_closes_it() -> None:
    here, there = two()
    here.open_round("2024H1")
    there.open_round("2024H1", due="2029-07-31")
    there.close_round("2024H1")
    both(here, there)
    rounds = {each.name: (each.due, each.closed) for each in here.register.rounds(AFTER)}
    assert rounds == {"2024H1": ("2029-06-30", None), "2024H1-SH": ("2029-07-31", AFTER)}
    here.close_round("2024H1")
    both(here, there)
    assert [each.closed for each in there.register.rounds(AFTER)] == [AFTER, AFTER]


def test_a_round_that_both_opened_for_the_same_days_is_one() -> None:
    here, there = two()
    for desk in (here, there):
        desk.open_round("2024H1")
    here.close_round("2024H1")
    both(here, there)
    (found,) = there.register.rounds(AFTER)
    assert (found.name, found.closed) == ("2024H1", AFTER)


def test_a_round_that_was_withdrawn_leaves_its_name_to_another() -> None:
    here, there = two()
    here.open_round("2024H1")
    here.undo()
    there.open_round("2024H1")
    both(here, there)
    assert [each.name for each in here.register.rounds(AFTER)] == ["2024H1"]


SAME: dict[str, tuple[Callable[[Desk, str], object], Callable[[Desk], object]]] = {
    "a plenary": (lambda desk, day: desk.add_plenary(7, day), lambda desk: desk.register.plenaries[7].date),
    "a body": (lambda desk, day: desk.add_body("XNN", name=day), lambda desk: desk.register.bodies["XNN"].name["en"]),
}


@pytest.mark.parametrize(("enter", "what"), SAME.values(), ids=SAME)
def test_of_what_both_entered_the_first_stands_which_is_said_and_the_other_where_that_is_withdrawn(
    enter: Callable[[Desk, str], object], what: Callable[[Desk], object]
) -> None:
    here, there = two()
    enter(here, "2020-03-01")
    number = here.entries[-1].number
    enter(there, "2020-04-01")
    (told,) = here.merge(there).notes
    assert told.endswith(
        f"was entered twice: entry HK-{number} stands, being the earlier; entry SH-{number} is set aside"
    )
    both(here, there)
    assert what(here) == what(there) == "2020-03-01"
    there.undo(f"HK-{number}")
    both(here, there)
    assert what(here) == what(there) == "2020-04-01"


def test_what_a_plenary_agreed_is_of_the_day_that_stands_and_of_its_own_where_that_is_withdrawn() -> None:
    here, there = two()
    here.add_plenary(7, "2020-03-01")
    number = here.entries[-1].number
    there.add_plenary(7, "2020-03-02")
    there.add(title="Added there", plenary=7)
    both(here, there)
    for desk in (here, there):
        assert desk.register.agreed_on("7-FAN-1") == "2020-03-01"
        assert desk.register.refs("2020-03-01")[-1] == "7-FAN-1"
    there.undo(f"HK-{number}")
    both(here, there)
    assert here.register.agreed_on("7-FAN-1") == there.register.agreed_on("7-FAN-1") == "2020-03-02"


def test_what_rests_on_a_body_that_both_entered_comes_in() -> None:
    here, there = two()
    for desk in (here, there):
        desk.add_body("XNN")
    there.report(by="XNN", remark="Told there")
    both(here, there)
    assert [entry.remark for entry in here.register.events(REF) if entry.by == "XNN"] == ["Told there"]


def test_two_bodies_of_one_code_on_two_sides_are_told_apart_and_each_keeps_its_reports() -> None:
    here, there = two()
    here.add_body("XNN", "hk")
    there.add_body("XNN", "sh")
    here.report(by="XNN", remark="Told here")
    there.report(by="XNN", remark="Told there")
    there.assign("XNN")
    both(here, there)
    assert {code: body.side for code, body in here.register.bodies.items() if "XNN" in code} == {
        "XNN": "hk",
        "XNN-SH": "sh",
    }
    for desk in (here, there):
        desk.report(by="XNN", remark="Told later")
        both(here, there)
    told = [(entry.by, entry.remark) for entry in there.register.events(REF) if entry.remark]
    assert sorted(told) == [("XNN", "Told here"), *[("XNN", "Told later")] * 2, ("XNN-SH", "Told there")]
    assert "XNN-SH" in here.owners()


@pytest.mark.parametrize(("slug", "code"), [("fishing", "FSH"), ("fowling", "FIS")])
def test_areas_that_share_a_slug_or_a_code_are_one_whose_measures_have_its_code(slug: str, code: str) -> None:
    here, there = two()
    enter(here, Event.AREA, slug="fishing", code="FIS", name={"en": "Invented"})
    enter(there, Event.AREA, slug=slug, code=code, name={"en": "Invented too"})
    here.add(area="fishing", title="Added here", plenary=9)
    there.add(area=slug, title="Added there", plenary=9)
    both(here, there)
    listed = [(measure.ref, measure.area) for measure in here.register.measures(AFTER, ["fishing"])]
    assert listed == [("9-FIS-1", "fishing"), ("9-FIS-1-SH", "fishing")]


# What has another name since an exchange is found under its old one


def renamed() -> tuple[Desk, Desk]:
    """Return two registers that gave one name each to a body, a round and a measure of their own."""
    here, there = two()
    for desk, side, due in ((here, "hk", "2029-06-30"), (there, "sh", "2029-07-31")):
        desk.add_body("XNN", side)
        desk.open_round("2024H1", due=due)
        add(desk, f"Added in {side}")
    both(here, there)
    return here, there


def test_what_has_another_name_keeps_its_old_one_as_its_alias() -> None:
    for desk in renamed():
        register = desk.register
        assert {code: body.alias for code, body in register.bodies.items() if "XNN" in code} == {
            "XNN": None,
            "XNN-SH": "XNN",
        }
        assert {each.name: each.alias for each in register.rounds(AFTER)} == {"2024H1": None, "2024H1-SH": "2024H1"}
        assert [measure.alias for measure in register.measures(AFTER)][-2:] == [None, "9-FAN-1"]


def named_rounds(desk: Desk) -> dict[str, tuple[str | None, str | None]]:
    return {each.name: (each.alias, each.closed) for each in desk.register.rounds(AFTER)}


def test_a_round_that_is_closed_keeps_its_alias() -> None:
    here, there = renamed()
    there.close_round("2024H1-SH")
    both(here, there)
    for desk in (here, there):
        assert named_rounds(desk) == {"2024H1": (None, None), "2024H1-SH": ("2024H1", AFTER)}


def test_a_round_that_was_closed_under_another_name_gets_its_own_back_where_the_other_is_withdrawn() -> None:
    here, there = renamed()
    there.close_round("2024H1-SH")
    [first] = [
        entry.number for entry in here.register.entries if entry.thing and entry.thing.get("due") == "2029-06-30"
    ]
    here.undo(str(first))
    both(here, there)
    for desk in (here, there):
        assert named_rounds(desk) == {"2024H1": (None, AFTER)}


def test_the_closing_of_a_round_that_has_its_own_name_says_nothing_of_an_alias() -> None:
    here, _ = renamed()
    here.close_round("2024H1")
    assert here.entries[-1].thing == {"name": "2024H1", "opened": AFTER, "due": "2029-06-30", "closed": AFTER}


def test_a_round_is_found_by_its_old_name_on_a_day_on_which_no_other_had_it() -> None:
    here, there = two()
    there.open_round("2024H1", due="2029-07-31")
    here.today = there.today = "2024-06-16"
    here.open_round("2024H1")
    here.clock_is_right = there.clock_is_right = True
    both(here, there)
    assert find_round(here.register, "2024H1", "2024-06-15").due == "2029-07-31"


@pytest.mark.parametrize(("slug", "code"), [("fishing", "FSH"), ("fowling", "FIS")])
def test_an_area_and_its_measures_are_found_by_the_names_that_another_took_the_place_of(slug: str, code: str) -> None:
    here, there = two()
    enter(here, Event.AREA, slug="fishing", code="FIS", name={"en": "Invented"})
    enter(there, Event.AREA, slug=slug, code=code, name={"en": "Invented too"})
    there.add(area=slug, title="Added there", plenary=9)
    both(here, there)
    for desk in (here, there):
        assert {find_area(desk.register, typed).slug for typed in ("fishing", "FIS", slug, code)} == {"fishing"}
        for typed in (f"9-{code}-1", f"{code}-1".lower()):
            assert find_measure(desk.register, typed, AFTER).title["en"] == "Added there"


def test_a_ref_whose_measure_was_withdrawn_leads_to_the_other_of_its_name() -> None:
    here, _ = renamed()
    here.undo("9-FAN-1")
    with pytest.raises(NotFoundError) as told:
        find_measure(here.register, "9-FAN-1", AFTER)
    assert told.value.hint is not None
    assert told.value.hint.endswith("brings it back; also recorded as 9-FAN-1: 9-FAN-1-SH")


def test_a_document_is_found_by_the_ref_that_another_gave_up() -> None:
    here, there = two()
    enter(here, Event.INSTRUMENT, ref="8-DOC-1", plenary=8, title={"en": "Invented here"})
    enter(there, Event.INSTRUMENT, ref="8-DOC-1", plenary=8, title={"en": "Invented there"})
    first = here.entries[-1].number
    both(here, there)
    here.undo(str(first))
    assert find_instrument(here.register, "8-DOC-1").title["en"] == "Invented there"


def test_a_ref_that_several_measures_gave_up_may_be_each_of_them() -> None:
    here, there = two()
    third = Desk(entries=entries_of(), today=AFTER, name="third")
    third.name("TJ")
    for desk, code in ((here, "FIS"), (there, "FSH"), (third, "FSH")):
        enter(desk, Event.AREA, slug="fishing", code=code, name={"en": "Invented"})
    for desk in (there, third):
        desk.add(area="fishing", title=f"Added {desk.called}", plenary=9)
        both(here, desk)
    with refused(UsageError, 2, "'9-FSH-1' may be 9-FIS-1 or 9-FIS-1-TJ", "type one of them"):
        find_measure(here.register, "9-FSH-1", AFTER)


# What cannot be


def test_an_entry_that_says_something_else_under_one_id_is_refused() -> None:
    here, there = two()
    there.note("Told there")
    here.merge(there)
    there.entries[-1] = there.entries[-1]._replace(recorder="somebody else")
    number = len(there.entries)
    with refused(RefusedError, 4, f"entry {number} of copy.json and entry SH-{number} here have the same id"):
        here.merge(there)


def test_what_ships_and_says_something_else_in_a_copy_is_refused_with_the_way_to_begin_anew() -> None:
    here, there = two()
    there.entries[7] = there.entries[7]._replace(recorder="somebody else")
    with refused(RefusedError, 4, "area-inventory, which ships with hkshcc, says something else in copy.json"):
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


@pytest.mark.parametrize(("on", "right"), [("2024-06-16", True), ("2024-06-17", False)])
def test_an_entry_of_a_copy_may_be_of_a_day_ahead_and_no_more(on: str, *, right: bool) -> None:
    here, there = two()
    there.today = on
    there.note("Told a little ahead")
    there.today, there.clock_is_right = AFTER, True
    there.note("Told under the right clock")
    if right:
        assert here.merge(there).entries
    else:
        with refused(RefusedError, 4, "is dated 17 Jun 2024, which is in the future"):
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
    "add": lambda desk: add(desk, title=f"Added at {desk.called}"),
    "note": lambda desk: desk.note("Noted"),
    "report": lambda desk: desk.report("9-FAN-1", by="XBB", remark="Told"),
    "body": lambda desk: desk.add_body("XNN"),
    "plenary": lambda desk: desk.add_plenary(7, "2020-03-01" if desk.called == "here" else "2020-04-01"),
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
