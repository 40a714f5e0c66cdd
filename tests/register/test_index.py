"""The register: what counts among its entries, what was known when, and whether it was altered."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.register.chain import START, links
from hkshcc.register.index import Register, ref_order, split_ref
from hkshcc.register.model import Entry, Evidence
from tests.register.build import (
    AGREED,
    FIRST,
    LATER_PLENARY,
    REF,
    TODAY,
    Desk,
    agreed,
    draft,
    entries_of,
    finding,
    register_of,
    retraction,
    standing,
)
from tests.register.verbs import shipped


def test_an_empty_register_knows_nothing_and_begins_its_chain() -> None:
    register = Register([])
    assert register.last == 0
    assert register.fingerprint == START
    assert register.broken_at() is None
    assert register.measures("2099-12-31") == []
    assert not register.altered


def test_a_register_knows_its_plenaries_areas_bodies_and_instruments() -> None:
    signed = {"ref": "8-DOC-1", "plenary": 8, "title": {"en": "Invented memorandum"}, "related": [REF]}
    register = register_of(draft("instrument", thing=signed))
    assert register.plenaries[8].place == "Invented Hall"
    assert register.areas["inventory"].code == "IVT"
    assert register.bodies["YSS"].side == "sh"
    assert register.instruments["8-DOC-1"].related == [REF]
    assert register.last == FIRST


# What was known when


@pytest.mark.parametrize(
    ("known_on", "status"), [("2021-07-31", "unknown"), ("2021-08-01", "in-progress"), ("2021-09-01", "completed")]
)
def test_only_what_was_recorded_by_a_day_was_known_on_it(known_on: str, status: str) -> None:
    told = (
        finding("in-progress", "2021-05-01", recorded="2021-08-01"),
        finding("completed", "2021-06-01", recorded="2021-09-01"),
    )
    assert standing(*told, known_on=known_on).status == status


def test_as_of_and_known_on_work_together() -> None:
    told = (
        finding("in-progress", "2021-05-01", recorded="2021-08-01"),
        finding("completed", "2021-06-01", recorded="2021-09-01"),
    )
    assert standing(*told, as_of="2021-05-31", known_on="2021-12-31").status == "in-progress"
    assert standing(*told, as_of="2021-12-31", known_on="2021-08-31").status == "in-progress"


def test_an_entry_recorded_in_the_last_minute_of_a_day_was_known_on_that_day() -> None:
    late = finding("in-progress", "2021-05-01", recorded="2021-05-01T23:59:59+08:00")
    assert standing(late, known_on="2021-05-01").status == "in-progress"


def test_the_last_entry_known_and_the_fingerprint_are_of_what_was_known() -> None:
    told = [finding("in-progress", "2021-05-01"), finding("completed", "2021-06-01")]
    before, now = register_of(*told, known_on="2021-05-31"), register_of(*told)
    assert (before.last, now.last) == (FIRST, FIRST + 1)
    assert before.fingerprint == register_of(told[0]).fingerprint != now.fingerprint


# Measures


def test_a_measure_does_not_exist_before_the_day_of_its_plenary() -> None:
    register = register_of(agreed("9-FAN-1", on=LATER_PLENARY))
    refs = [measure.ref for measure in register.measures("2024-02-29")]
    assert "9-FAN-1" not in refs
    assert REF in refs
    assert register.measures("2021-02-28") == []
    assert "9-FAN-1" in [measure.ref for measure in register.measures(LATER_PLENARY)]
    assert register.agreed_on("9-FAN-1") == LATER_PLENARY


def test_measures_come_in_the_order_of_plenary_area_paragraph_and_part() -> None:
    more = [agreed(ref) for ref in ("9-FAN-1", "8-IVT-10", "8-IVT-2", "8-FAN-1", "8-INV-10a", "8-INV-2c")]
    refs = [measure.ref for measure in register_of(*more).measures(TODAY)]
    assert refs == [
        "8-FAN-1",
        "8-INV-1",
        "8-INV-2a",
        "8-INV-2b",
        "8-INV-2c",
        "8-INV-10a",
        "8-IVT-1",
        "8-IVT-2",
        "8-IVT-10",
        "9-FAN-1",
    ]


def test_a_number_too_long_for_a_ref_makes_none() -> None:
    assert split_ref(f"{'9' * 5000}-FIN-1") is split_ref(f"5-FIN-{'9' * 5000}") is None


def test_a_measure_of_an_area_that_is_gone_comes_last_rather_than_not_at_all() -> None:
    register = register_of(retraction("area-fancy"), agreed("8-FAN-1"))
    assert [measure.ref for measure in register.measures(TODAY)][-1] == "8-FAN-1"


def test_a_measure_of_an_area_that_is_gone_comes_after_those_of_a_hundred_areas() -> None:
    codes = ["".join(letters) for letters in product("VWXYZ", repeat=3)]
    areas = [draft("area", id=code, thing={"slug": code.lower(), "code": code, "name": {"en": code}}) for code in codes]
    about: dict[str, Any] = {"ref": "8-ZZZ-1", "plenary": 8, "area": "zzz", "kind": "deliverable", "title": {"en": "x"}}
    last = draft("agreed", ref="8-ZZZ-1", on=AGREED, thing=about)
    register = register_of(retraction("area-fancy"), *areas, agreed("8-FAN-1"), last)
    assert [measure.ref for measure in register.measures(TODAY)][-2:] == ["8-ZZZ-1", "8-FAN-1"]


def test_a_withdrawn_measure_is_gone_but_its_ref_was_given() -> None:
    register = register_of(retraction("8-IVT-1"))
    assert register.measure("8-IVT-1") is None
    assert "8-IVT-1" not in [measure.ref for measure in register.measures(TODAY)]
    assert "8-IVT-1" in register.refs_ever()


def test_a_ref_of_which_there_was_only_word_was_not_given() -> None:
    assert "8-INV-9" not in register_of(finding("in-progress", "2021-05-01", ref="8-INV-9")).refs_ever()


def test_a_ref_comes_apart_in_any_case() -> None:
    assert split_ref("5-FIN-3b") == split_ref("5-fin-3B") == (5, "FIN", 3, "b")
    assert split_ref("12-FIN-10") == (12, "FIN", 10, "")


@pytest.mark.parametrize("text", ["", "FIN-3b", "5-FIN", "5-FIN-b", "5-FIN-3bc", "x-FIN-3", "5-F1N-3", " 5-FIN-3"])
def test_what_is_no_ref_does_not_come_apart(text: str) -> None:
    assert split_ref(text) is None
    assert ref_order(text) == (0, text, 0, "")


def test_the_measures_of_some_areas_are_those_and_no_others() -> None:
    register = register_of(agreed("8-FAN-1"))
    assert register.refs(TODAY, ["inventory", "fancy"]) == ["8-FAN-1", "8-IVT-1"]
    assert register.refs(TODAY, ["nowhere"]) == []


def test_what_was_agreed_of_a_measure_is_told_apart_from_what_was_told_of_it() -> None:
    register = register_of(finding("in-progress", "2021-05-01"), retraction(REF))
    found = register.measure_ever(REF)
    assert found is not None
    assert found.summary == {"en": "Invented summary"}
    assert register.measure_ever("8-INV-9") is None


def test_a_measure_is_among_the_withdrawn_from_the_day_it_was_agreed() -> None:
    register = register_of(retraction("8-IVT-1"))
    assert register.withdrawn_refs("2021-02-28") == []
    assert register.withdrawn_refs(AGREED) == ["8-IVT-1"]


def test_criteria_hold_from_the_day_they_were_agreed() -> None:
    [entry] = Desk().set_criteria(done_when="It stands").entries
    register = register_of(entry)
    assert register.criteria(REF, TODAY) == [entry]
    assert register.criteria(REF, "2022-06-14") == []


# Exchanges


def test_what_another_register_recorded_is_elsewhere_and_what_this_one_recorded_is_not() -> None:
    here, there = Desk(name="here"), Desk(name="there")
    here.name("HK")
    there.name("SH")
    there.note("Told there")
    here.note("Told here")
    here.merge(there)
    told = [entry for entry in here.register.entries if entry.event == "note"]
    assert {entry.remark: here.register.is_elsewhere(entry) for entry in told} == {
        "Told here": False,
        "Told there": True,
    }


def test_what_came_by_an_exchange_was_known_from_then_on_whenever_it_was_recorded() -> None:
    here, there = Desk(name="here", today="2022-06-10"), Desk(name="there", today="2022-06-15")
    there.name("SH")
    there.note("Told there")
    here.name("HK")
    before = len(here.entries)
    here.today = "2022-06-20"
    here.merge(there)
    assert Register(here.entries, known_on="2022-06-19").last == before
    assert Register(here.entries, known_on="2022-06-20").last == len(here.entries)


def test_taking_in_what_a_newer_version_ships_makes_no_register_that_exchanges() -> None:
    desk = Desk()
    assert desk.refresh(shipped(1)).entries
    assert desk.register.settled is None
    desk.name("HK")
    assert desk.register.settled


def test_an_exchange_that_names_no_register_brings_nothing_that_stands_before_it() -> None:
    told = [finding("in-progress", "2021-05-01"), draft("exchange", recorded="2021-09-01", thing={"received": ["x"]})]
    assert register_of(*told, known_on="2021-08-31").last == FIRST


def test_nothing_was_known_before_the_first_entry() -> None:
    assert list(register_of(known_on="2000-01-01").entries) == []


# Retractions


def counts(register: Register, name: str) -> bool:
    return name not in register.withdrawn


def test_a_retraction_can_itself_be_taken_back() -> None:
    told = [
        finding("in-progress", "2021-05-01", id="word"),
        retraction("word", id="first"),
        retraction("first", id="second"),
        retraction("second", id="third"),
    ]
    assert [counts(register_of(*told[:known]), "word") for known in (1, 2, 3, 4)] == [True, False, True, False]


def test_whether_a_retraction_counts_is_decided_from_the_last_entry_back() -> None:
    register = register_of(
        finding("in-progress", "2021-05-01", id="word"),
        retraction("word", id="one"),
        retraction("word", id="other"),
        retraction("one", id="back"),
    )
    assert not counts(register, "word")
    assert register.withdrawn["word"].id == "other"
    assert register.withdrawn["one"].id == "back"


def test_a_retraction_withdraws_all_entries_it_names_and_those_alone() -> None:
    register = register_of(
        *(finding("in-progress", "2021-05-01", id=name) for name in ("a", "b", "c")), retraction("a", "c")
    )
    assert set(register.withdrawn) == {"a", "c"}


@given(st.lists(st.integers(0, 9), max_size=9))
def test_an_entry_counts_unless_a_retraction_that_counts_names_it(named: list[int]) -> None:
    """Each retraction names one entry before it; what counts is found by following the names."""
    told = [finding("in-progress", "2021-05-01", id="n0")]
    for index, choice in enumerate(named, start=1):
        told.append(retraction(f"n{choice % index}", id=f"n{index}"))
    register = register_of(*told)

    def stands(name: str) -> bool:
        return not any(entry.names == [name] and stands(entry.id) for entry in told)

    assert {entry.id for entry in told if not stands(entry.id)} == set(register.withdrawn)


# Was it altered?


def recorded(entries: list[Entry]) -> list[str]:
    return list(links(entries))


TOLD = entries_of(finding("in-progress", "2021-05-01"), finding("completed", "2021-06-01"))
EDITED = [*TOLD[:-2], TOLD[-2]._replace(status="completed"), TOLD[-1]]


def test_a_register_as_it_was_recorded_is_unbroken() -> None:
    register = Register(TOLD, chain=recorded(TOLD))
    assert register.broken_at() is None
    assert register.fingerprint == recorded(TOLD)[-1]
    assert not register.altered


def test_an_altered_entry_breaks_the_chain_where_it_stands() -> None:
    register = Register(EDITED, chain=recorded(TOLD))
    assert register.broken_at() == len(TOLD) - 1
    assert register.fingerprint != recorded(TOLD)[-1]
    assert register.altered


def test_the_part_known_on_a_day_is_held_against_its_own_link() -> None:
    for entries, altered in ((TOLD, False), (EDITED, True)):
        register = Register(entries, known_on="2021-05-31", chain=recorded(TOLD))
        assert register.last == len(TOLD) - 1
        assert register.fingerprint
        assert register.altered is altered


def test_whether_it_was_altered_is_known_without_asking_for_the_fingerprint_but_not_without_a_chain() -> None:
    assert Register(EDITED, chain=recorded(TOLD)).altered
    without = Register(EDITED)
    assert without.fingerprint
    assert not without.altered
    assert without.broken_at() is None


def test_the_fingerprint_covers_what_was_agreed() -> None:
    retitled = [agreed("8-FAN-1", title={"en": "Invented measure, retitled"})]
    assert register_of(agreed("8-FAN-1")).fingerprint != register_of(*retitled).fingerprint


def test_the_fingerprint_does_not_change_with_how_often_it_is_asked_for() -> None:
    register = register_of()
    assert register.fingerprint == register.fingerprint == register_of().fingerprint


def test_entries_on_a_measure_stay_apart_from_another_measures() -> None:
    other = finding(
        "completed", "2021-05-01", ref="8-IVT-1", evidence=[Evidence(kind="press", source=None, locator="x")]
    )
    assert standing(other).status == "unknown"
    assert standing(other, ref="8-IVT-1").status == "completed"
    assert register_of(other).events("8-FAN-9") == []
