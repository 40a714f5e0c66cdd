"""The public edition: what is marked internal, and what was taken back, is not in it; every figure is."""

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.exchange.copies import dump, load
from hkshcc.language import WITHHELD
from hkshcc.register.edition import LeftOut, public_edition, wholes_of
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import WORDS, Copy, Entry, Evidence, encode
from hkshcc.register.standing import Standing
from tests.register.build import REF, Desk, day
from tests.register.histories import World
from tests.register.test_properties import AGES, BEGIN, RECORDING, REFS, STATUSES, UNDOING, Step, _step, take
from tests.register.verbs import turns

HIDDEN = "Geheimsache"
WORD = st.none() | st.just(f"{HIDDEN} said")
INTERNAL = st.one_of(
    _step("note", ref=st.sampled_from(REFS[:4]), text=st.just(HIDDEN), internal=st.sampled_from([True]), age=AGES),
    _step(
        "report",
        refs=st.lists(st.sampled_from(REFS[:4]), min_size=1, max_size=2),
        status=st.none() | st.sampled_from(STATUSES),
        by=st.sampled_from(["XBB", "YSS"]),
        internal=st.sampled_from([True]),
        remark=st.just(f"{HIDDEN} remark"),
        reason=WORD,
        next=st.just(f"{HIDDEN} step"),
        attention=WORD,
        without_evidence=WORD,
        age=AGES,
    ),
)


def said(entries: list[Entry] | Any) -> str:
    return json.dumps([encode(entry) for entry in entries], ensure_ascii=False)


def figures(standing: Standing) -> dict[str, Any]:
    """What is counted and shown of a measure, apart from words."""
    return {
        **{name: getattr(standing, name) for name in ("status", "since", "sides_differ", "owners", "target", "silent")},
        **{name: getattr(standing, name) for name in ("timeliness", "freshness", "slip_days", "closed", "one_sided")},
        "hk": (standing.hk.status, standing.hk.since),
        "sh": (standing.sh.status, standing.sh.since),
        "last": standing.last_update and standing.last_update.id,
        "evidence": standing.evidence,
    }


@settings(max_examples=80)
@given(st.lists(RECORDING | INTERNAL | INTERNAL | UNDOING, min_size=5, max_size=25))
def test_what_is_internal_is_nowhere_in_the_edition_and_every_figure_is_the_registers(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    whole = desk.register
    edition, left_out = public_edition(whole)
    assert HIDDEN not in said(edition.entries)
    assert problems(edition) == []
    assert [entry.number for entry in edition.entries] == [*range(1, edition.last + 1)]
    for measure in whole.measures(desk.today):
        ours, public = (register.standing(measure, desk.today) for register in (whole, edition))
        assert figures(ours) == figures(public)
    assert edition.refs(desk.today) == whole.refs(desk.today)
    assert left_out == LeftOut() or edition is not whole
    assert public_edition(edition)[0] is edition


def test_what_was_said_in_a_decision_that_was_taken_back_is_not_in_the_edition() -> None:
    desk = Desk()
    desk.retarget(day("2026-12-31"), f"{HIDDEN} moved it")
    desk.undo(reason=f"{HIDDEN} was said")
    whole = desk.register
    edition, left_out = public_edition(whole)
    assert HIDDEN in said(whole.entries)
    assert HIDDEN not in said(edition.entries)
    assert problems(edition) == []
    assert edition.standing(edition.measures(desk.today)[0], desk.today).slips == ()
    assert left_out == LeftOut()


def test_the_register_of_which_an_edition_is_is_found_by_its_fingerprint() -> None:
    desk = Desk()
    assert [*wholes_of(desk.register, desk.register.last, desk.register.fingerprint)] == []  # nothing was left out
    desk.note(HIDDEN, internal=True)
    desk.note("open")
    printed, number = public_edition(desk.register)[0].fingerprint, desk.register.last
    desk.note(HIDDEN, internal=True)
    desk.note("later")
    assert [whole.last for whole in wholes_of(desk.register, number - 1, printed)] == [number + 1, number]
    assert [*wholes_of(desk.register, number, printed)] == []
    assert [*wholes_of(desk.register, number - 1, "0" * 64)] == []


def test_an_edition_that_has_every_entry_and_lacks_words_is_found_by_its_fingerprint_too() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", remark=HIDDEN, internal=True)
    register = desk.register
    printed = public_edition(register)[0].fingerprint
    assert [whole.last for whole in wholes_of(register, register.last, printed)] == [register.last]


def test_an_edition_that_lacks_the_name_of_a_file_alone_is_found_by_its_fingerprint_too() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", evidence=["Invented letter"])
    letter = Evidence(
        kind="return", source="XBB", locator="Invented letter", copy=Copy(sha256="0" * 64, name=HIDDEN, bytes=1)
    )
    register = Register([*desk.entries[:-1], desk.entries[-1]._replace(evidence=[letter])])
    edition, left_out = public_edition(register)
    assert left_out == LeftOut(files=1)
    [piece] = edition.entries[-1].evidence or []
    assert piece == {**letter, "copy": {"sha256": "0" * 64, "name": WITHHELD, "bytes": 1}}
    assert [whole.last for whole in wholes_of(register, register.last, edition.fingerprint)] == [register.last]


@settings(max_examples=40)
@given(st.lists(RECORDING, min_size=5, max_size=25))
def test_of_a_register_in_which_nothing_is_internal_or_withdrawn_the_edition_is_the_whole(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    edition, left_out = public_edition(desk.register)
    assert (edition.entries, edition.fingerprint) == (desk.entries, desk.register.fingerprint)
    assert left_out == LeftOut()


def test_a_note_that_was_first_made_without_the_mark_is_left_out_with_its_withdrawal() -> None:
    desk = Desk()
    desk.note(HIDDEN)
    desk.undo(reason=f"{HIDDEN} is not for the public")
    desk.note(HIDDEN, internal=True)
    edition, left_out = public_edition(desk.register)
    assert HIDDEN not in said(edition.entries)
    assert left_out == LeftOut(notes=2)
    assert edition.last == desk.register.last - 3


def test_a_withdrawn_update_shows_its_status_and_neither_words_nor_evidence() -> None:
    desk = Desk()
    desk.report(status="completed", by="XBB", evidence=[f"{HIDDEN} letter"], remark=HIDDEN)
    desk.undo(reason=HIDDEN)
    edition, left_out = public_edition(desk.register)
    *_, update, retraction = edition.entries
    assert (update.status, update.remark, update.evidence) == ("completed", WITHHELD, None)
    assert (retraction.names, retraction.reason) == ([update.id], None)
    assert left_out == LeftOut(words=1)
    assert problems(edition) == []


def test_why_something_without_words_was_taken_back_is_said_in_the_edition() -> None:
    desk = Desk()
    desk.note(HIDDEN, internal=True)
    desk.add_body()
    desk.undo(reason="Entered twice")
    edition, _ = public_edition(desk.register)
    assert edition.entries[-1].reason == "Entered twice"


def test_the_edition_of_a_register_that_exchanged_is_in_the_order_in_which_it_was_told() -> None:
    here, there = Desk(name="here"), Desk(name="there")
    here.name("HK")
    there.name("SH")
    there.note("Told first")
    here.hour = "11:00:00"
    here.note("Told second")
    here.note(HIDDEN, internal=True)
    here.merge(there)
    edition, _ = public_edition(here.register)
    assert [entry.remark for entry in here.entries if entry.remark] == ["Told second", HIDDEN, "Told first"]
    assert [entry.remark for entry in edition.entries if entry.remark] == ["Told first", "Told second"]


def test_an_update_that_is_brought_back_is_said_again() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB", remark="Said aloud")
    desk.undo()
    desk.undo(desk.register.last)
    edition, _ = public_edition(desk.register)
    assert "Said aloud" in said(edition.entries)


def test_the_words_of_an_internal_update_are_withheld_and_its_evidence_stays() -> None:
    desk = Desk()
    desk.report(
        status="completed", by="XBB", evidence=["Gazette 1"], remark=HIDDEN, attention=HIDDEN, next=HIDDEN,
        next_by=day("2030-01-01"), internal=True,
    )  # fmt: skip
    entry = public_edition(desk.register)[0].entries[-1]
    assert {getattr(entry, name) for name in WORDS} == {WITHHELD, None}
    assert (entry.next, entry.next_by, entry.next_by_precision) == (WITHHELD, None, None)
    assert [piece["locator"] for piece in entry.evidence or ()] == ["Gazette 1"]


def test_an_internal_entry_under_a_wrong_clock_leaves_an_edition_that_is_sound() -> None:
    desk = Desk()
    desk.today = "2099-01-01"
    desk.note("Under a wrong clock", on=day("2022-06-01"))
    desk.today, desk.clock_is_right = "2022-06-20", True
    desk.note(HIDDEN, internal=True)
    desk.note("After")
    edition, _ = public_edition(desk.register)
    assert problems(edition) == []
    assert edition.entries[-1].clock == desk.entries[-3].recorded


def test_the_chain_of_an_edition_does_not_depend_on_what_was_left_out() -> None:
    one, other = Desk(), Desk()
    for desk, text in ((one, "a secret"), (other, "another, and longer")):
        desk.note(text, internal=True)
        desk.report(status="in-progress", by="XBB", remark=text, internal=True)
    assert one.register.fingerprint != other.register.fingerprint
    assert public_edition(one.register)[0].fingerprint == public_edition(other.register)[0].fingerprint


def test_an_empty_register_has_an_empty_edition() -> None:
    edition, left_out = public_edition(Register([]))
    assert (edition.last, left_out) == (0, LeftOut())


def test_marked_or_not_an_entry_is_hashed_as_before_where_it_is_not() -> None:
    desk = Desk()
    desk.note("Aloud", ref=REF)
    desk.note(HIDDEN, ref=REF, internal=True)
    assert "internal" not in encode(desk.entries[-2])
    assert encode(desk.entries[-1])["internal"] is True


@settings(max_examples=8, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_the_edition_of_a_register_that_exchanged_is_a_register_of_its_own_with_the_same_figures(
    chance: Random,
) -> None:
    world = World([0, 0], begun=False)
    for turn in turns(chance, 2):
        world.take(turn)
    world.desks[0].note("Invented secret", internal=True)
    world.converge([])
    for desk in world.desks:
        register = desk.register
        edition, _ = public_edition(register)
        assert edition.settled is None
        assert problems(edition) == []
        assert "Invented secret" not in dump(edition).decode()
        told = [
            [(one.ref, standing.status, standing.hk.status, standing.sh.status, standing.since, standing.timeliness)
             for one in register.measures(desk.today) for standing in [register.standing(one, desk.today)]]
            for register in (register, edition)
        ]  # fmt: skip
        assert told[0] == told[1]
        assert load(dump(edition), "public.json").fingerprint == edition.fingerprint
