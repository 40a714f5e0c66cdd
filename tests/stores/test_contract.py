"""What every store promises, tried on each."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.errors import ConflictError, HkshccError, RefusedError
from hkshcc.register.chain import links
from hkshcc.register.commands import add_measure, revise, undo, update
from hkshcc.register.commands.add_measure import NewMeasure
from hkshcc.register.commands.common import CommandContext, Decision
from hkshcc.register.commands.update import StatusUpdate
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.stores import Store, open_store
from hkshcc.stores.memory import MemoryStore
from hkshcc.stores.seed import seed_entries
from hkshcc.stores.tinydb_store import FileStore
from tests import nasty
from tests.register.build import REF, TODAY, day, draft, entries_of, numbered

BEGUN = entries_of()
LAST = len(BEGUN)


def notes(number: int, after: int = LAST, ref: str = REF) -> list[Entry]:
    """Entries of one command, to follow the entry of a number."""
    return numbered(
        [draft("note", ref=ref, on=TODAY, recorded=TODAY, remark=f"Note {index}") for index in range(number)],
        after=after,
    )


def held(store: Store) -> list[Entry]:
    return list(store.read().entries)


def broken_off(store: Store, change: Callable[[], None]) -> None:
    with store.writing():
        change()
        raise ZeroDivisionError


def test_a_store_that_nobody_has_written_to_reads_as_the_register_that_ships(store: Store) -> None:
    assert held(store) == seed_entries()


def test_reading_creates_nothing(store: Store) -> None:
    store.read()
    store.read(known_on="2026-01-01")
    assert not store.exists


def test_a_created_store_holds_the_entries_it_was_created_with(store: Store) -> None:
    store.create(nasty.entries())
    assert store.exists
    assert held(store) == list(nasty.entries())


def test_a_store_created_with_no_entries_reads_as_an_empty_register_and_takes_a_first_one(store: Store) -> None:
    store.create([])
    assert held(store) == []
    store.append(BEGUN[:1], after=0)
    assert held(store) == BEGUN[:1]


def test_who_reads_again_sees_what_another_wrote_meanwhile(store: Store) -> None:
    store.create(BEGUN)
    assert held(store) == BEGUN
    other = FileStore(store.path) if isinstance(store, FileStore) else store
    other.append(notes(1), after=LAST)
    assert held(store) == [*BEGUN, *notes(1)]


def test_creating_refuses_over_a_store_and_leaves_it(store: Store) -> None:
    store.create(BEGUN)
    with pytest.raises(RefusedError):
        store.create(BEGUN[:2])
    assert held(store) == BEGUN


def test_creating_refuses_over_a_store_that_an_append_began(store: Store) -> None:
    store.append([], after=len(seed_entries()))
    with pytest.raises(RefusedError):
        store.create(BEGUN)
    assert held(store) == seed_entries()


def test_the_first_append_creates_the_store_from_what_ships(store: Store) -> None:
    shipped = seed_entries()
    added = notes(2, after=len(shipped), ref="5-FIN-1")
    store.append(added, after=len(shipped))
    assert store.exists
    assert held(store) == [*shipped, *added]


def test_appended_entries_follow_those_that_were_there_in_their_order(store: Store) -> None:
    store.create(BEGUN)
    first, second = notes(2), notes(3, after=LAST + 2)
    store.append(first, after=LAST)
    store.append(second, after=LAST + 2)
    assert held(store) == [*BEGUN, *first, *second]


@pytest.mark.parametrize("stale", [0, 1, LAST - 1, LAST + 1])
def test_an_append_after_another_number_than_the_last_is_a_conflict_that_changes_nothing(
    store: Store, stale: int
) -> None:
    store.create(BEGUN)
    with pytest.raises(ConflictError):
        store.append(notes(2, after=stale), after=stale)
    assert held(store) == BEGUN


def test_a_conflicting_first_append_creates_no_store(store: Store) -> None:
    with pytest.raises(ConflictError):
        store.append(notes(1, after=1), after=1)
    assert not store.exists


def test_a_conflict_that_a_transaction_survives_leaves_nothing_behind(store: Store) -> None:
    with store.writing(), suppress(ConflictError):
        store.append(notes(1, after=1), after=1)
    assert not store.exists
    store.create(BEGUN)
    with store.writing(), suppress(ConflictError):
        store.append(notes(1, after=1), after=1)
    assert held(store) == BEGUN


def test_of_two_who_read_the_same_register_the_second_to_append_is_told(store: Store) -> None:
    store.create(BEGUN)
    mine, theirs = store.read(), store.read()
    store.append(notes(1), after=theirs.last)
    with pytest.raises(ConflictError):
        store.append(notes(1), after=mine.last)
    assert len(held(store)) == LAST + 1


def test_a_transaction_that_fails_after_an_append_leaves_none_of_it(store: Store) -> None:
    store.create(BEGUN)
    with pytest.raises(ZeroDivisionError):
        broken_off(store, lambda: store.append(notes(2), after=LAST))
    assert held(store) == BEGUN
    store.append(notes(1), after=LAST)
    assert held(store) == [*BEGUN, *notes(1)]


def test_a_transaction_that_fails_before_there_was_a_store_leaves_none(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        broken_off(store, lambda: store.create(BEGUN))
    assert not store.exists


def test_a_transaction_sees_what_it_has_appended(store: Store) -> None:
    store.create(BEGUN)
    with store.writing():
        store.append(notes(1), after=LAST)
        store.append(notes(1, after=LAST + 1), after=LAST + 1)
        assert store.read().last == LAST + 2
    assert store.read().last == LAST + 2


def test_reading_by_a_day_gives_what_was_recorded_by_then(store: Store) -> None:
    store.create(BEGUN)
    early = notes(1)[0]._replace(recorded="2022-01-31T23:59:59+08:00", on="2022-01-01")
    late = notes(1, after=LAST + 1)[0]._replace(recorded="2022-02-01T00:00:00+08:00")
    store.append([early, late], after=LAST)
    assert store.read(known_on="2022-02-01").last == LAST + 2
    assert store.read(known_on="2022-01-31").entries == [*BEGUN, early]
    assert store.read(known_on="2020-12-31").entries == []


def test_the_chain_is_recorded_with_every_entry_and_sound(store: Store) -> None:
    store.create(BEGUN)
    store.append(notes(3), after=LAST)
    register = store.read()
    assert register.broken_at() is None
    assert register.fingerprint == list(links([*BEGUN, *notes(3)]))[-1]
    assert not register.altered


def test_a_report_drawn_from_a_part_of_the_register_has_that_part_s_fingerprint(store: Store) -> None:
    store.create(BEGUN)
    before = store.read().fingerprint
    store.append(notes(1), after=LAST)
    assert store.read(known_on=BEGUN[-1].recorded[:10]).fingerprint == before


@pytest.mark.parametrize(("url", "kind"), [("memory:", MemoryStore), ("register.json", FileStore)])
def test_the_address_decides_on_the_kind_of_store(
    url: str, kind: type[Store], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert isinstance(open_store(url), kind)


# Any sequence of verbs: what one store answers, the other answers too.

Verb = Callable[[Register, CommandContext], Decision]
REFS = st.sampled_from(["8-INV-1", "8-INV-2a", "8-IVT-1", "9-FAN-1", "9-FAN-9"])
BODIES = st.sampled_from(["XBB", "XCC", "YSS", "ZZZ"])
TEXTS = st.text(max_size=8)


def _report(ref: str, status: str | None, by: str | None, remark: str, evidence: Sequence[str]) -> Verb:
    word = StatusUpdate(status=status, by=by, remark=remark, reason="A reason", evidence=evidence)
    return lambda register, context: update.record_update(register, context, [ref], word)


def _note(ref: str, text: str) -> Verb:
    return lambda register, context: update.add_note(register, context, ref, text)


def _assign(ref: str, body: str, instead_of: str | None) -> Verb:
    return lambda register, context: revise.assign(register, context, ref, body, instead_of, "A reason")


def _retarget(ref: str, on: str) -> Verb:
    return lambda register, context: revise.retarget(register, context, ref, day(on), "A reason")


def _add(title: str) -> Verb:
    return lambda register, context: add_measure.add_measure(
        register, context, NewMeasure(area="fancy", title={"en": title})
    )


def _undo(typed: int | None) -> Verb:
    return lambda register, context: undo.undo(register, context, None if typed is None else str(typed), "Invented")


VERBS = st.one_of(
    st.builds(
        _report,
        REFS,
        st.sampled_from(["in-progress", "completed", "not-started", "continuing", None]),
        BODIES | st.none(),
        TEXTS,
        st.lists(TEXTS, max_size=2),
    ),
    st.builds(_note, REFS, TEXTS),
    st.builds(_assign, REFS, BODIES, BODIES | st.none()),
    st.builds(_retarget, REFS, st.sampled_from(["2022-12-31", "2023-06-30", "1999-01-01"])),
    st.builds(_add, TEXTS),
    st.builds(_undo, st.none() | st.integers(min_value=0, max_value=LAST + 8)),
)


def _answers(store: Store, sequence: Sequence[Verb]) -> list[Any]:
    """Do as the command line does, one transaction a verb, and say what came of each."""
    answers: list[Any] = []
    commands = count(1)
    store.create(BEGUN)
    for verb in sequence:
        context = CommandContext(f"{TODAY}T10:00:00+08:00", "invented keeper", f"cmd{next(commands)}", TODAY)
        try:
            with store.writing():
                register = store.read()
                outcome = verb(register, context)
                store.append(outcome.entries, after=register.last)
        except HkshccError as error:
            answers.append((type(error), str(error)))
        else:
            answers.append(outcome)
        after = store.read()
        answers.append((list(after.entries), after.fingerprint, after.broken_at()))
    return answers


@given(sequence=st.lists(VERBS, min_size=1, max_size=6))
@settings(max_examples=40)
def test_both_stores_answer_alike_for_any_sequence_of_verbs(sequence: list[Verb]) -> None:
    with TemporaryDirectory() as folder:
        in_file = _answers(FileStore(f"{folder}/register.json"), sequence)
    assert in_file == _answers(MemoryStore(), sequence)
