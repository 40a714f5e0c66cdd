"""Registers that began with, or took in, what different versions of the tool ship, and exchange entries."""

from hkshcc.errors import RefusedError
from hkshcc.register.index import SHIPPED
from hkshcc.register.integrity import problems
from hkshcc.reports.event_text import event_row, records_of
from tests.register.build import FIRST, Desk, agreed, entries_of, finding, refused, register_of
from tests.register.histories import shown
from tests.register.verbs import shipped

TODAY = "2024-06-15"


def two() -> tuple[Desk, Desk]:
    """A register that took in what a newer version ships, and one that did not; each has something of its own."""
    here, there = (Desk(entries=entries_of(), today=TODAY, name=name) for name in ("here", "there"))
    here.name("HK")
    there.name("SH")
    here.note("Told in Hong Kong")
    here.refresh(shipped(1))
    there.note("Told in Shanghai")
    return here, there


def exchange(*desks: Desk) -> None:
    """Let each receive what the others have, until nothing is new."""
    while sum(len(here.merge(there).entries) for here in desks for there in desks if here is not there):
        pass


def agree(*desks: Desk) -> bool:
    """Say whether registers are sound and show the same: their pages, and every field of what shipped."""
    told = []
    for desk in desks:
        register = desk.register
        assert problems(register) == []
        came = [entry for entry in register.entries if entry.command == "shipped"]
        rows = [{**event_row(record), "number": None, "received": None} for record in records_of(came, register)]
        told.append((shown(register, TODAY), sorted(rows, key=lambda row: str(row["id"]))))
    return all(each == told[0] for each in told)


def test_what_one_took_in_with_a_newer_version_comes_to_the_other_with_the_exchange() -> None:
    here, there = two()
    exchange(here, there)
    assert agree(here, there)
    assert there.stands("8-FAN-2").measure.title == {"en": "Shipped later"}
    assert there.refresh(shipped(1)).entries == []  # it has all of it by then


def test_where_both_took_in_a_newer_version_each_for_itself_they_agree_as_well() -> None:
    here, there = two()
    there.refresh(shipped(2))
    exchange(here, there)
    assert agree(here, there)
    assert here.stands().status == "not-started"


def test_a_register_that_began_with_a_newer_version_agrees_with_one_that_began_with_an_older() -> None:
    here, _ = two()
    new = Desk(entries=list(shipped(2).stored), today=TODAY, name="new")
    new.name("SH")
    new.note("Told in Shanghai")
    exchange(here, new)
    assert agree(here, new)


def test_a_measure_of_one_s_own_gives_way_to_one_that_shipped_under_its_ref_in_the_meantime() -> None:
    here, there = two()
    there.add("fancy", "Entered in Shanghai", plenary=8)
    there.add("fancy", "Entered there too", plenary=8)  # 8-FAN-2, which a newer version ships as another measure
    there.report("8-FAN-2", remark="Told of the second")
    left_out = there.refresh(shipped(1)).notes
    assert any("8-FAN-2 was left out" in note for note in left_out)
    exchange(here, there)
    assert agree(here, there)
    titles = {one.ref: one.title["en"] for one in there.register.measures(TODAY)}
    assert (titles["8-FAN-2"], titles["8-FAN-2-SH"]) == ("Shipped later", "Entered there too")
    assert there.stands("8-FAN-2-SH").events[-1].remark == "Told of the second"


def test_a_register_that_took_in_what_it_had_left_out_later_agrees_as_well() -> None:
    here, there = two()
    own = there.add_body("XNN").entries[0]
    assert any("body-XNN was left out" in note for note in there.refresh(shipped(1)).notes)
    there.undo(own.number)
    assert [entry.id for entry in there.refresh(shipped(1)).entries[:-1]] == ["body-XNN"]
    exchange(here, there)
    assert agree(here, there)


def test_a_shipped_entry_that_says_something_else_in_another_version_is_refused_with_the_way_out() -> None:
    here, there = two()
    at = next(at for at, entry in enumerate(there.entries) if entry.id == "8-INV-2a")
    thing = {**(there.entries[at].thing or {}), "kind": "exploratory"}
    there.entries[at] = there.entries[at]._replace(thing=thing)
    with refused(RefusedError, 4, "8-INV-2a", "ships", "different versions", "no store"):
        here.merge(there)


def test_shipped_entries_that_break_a_rule_are_refused_with_the_first_one_that_does() -> None:
    desk = Desk(entries=entries_of(), today=TODAY)
    broken = register_of(
        finding("completed", "2021-05-01", id="first", command=SHIPPED),
        finding("not-pursued", "2021-05-01", id="second", command=SHIPPED),
    )
    with refused(RefusedError, 4, f"would break a rule: entry {FIRST} closes 8-INV-1 without evidence"):
        desk.refresh(broken)
    assert desk.entries == entries_of()


def test_what_shipped_after_an_entry_on_a_measure_that_was_left_out_is_taken_in() -> None:
    desk = Desk(entries=entries_of(), today=TODAY)
    desk.add("fancy", "Entered here", plenary=8)
    newer = register_of(
        agreed("8-FAN-1"),
        finding("in-progress", "2021-05-01", ref="8-FAN-1", id="of-the-one", command=SHIPPED),
        finding("in-progress", "2021-05-01", id="of-another", command=SHIPPED),
    )
    assert [entry.id for entry in desk.refresh(newer).entries[:-1]] == ["of-another"]
    assert (desk.stands("8-FAN-1").status, desk.stands().status) == ("unknown", "in-progress")
