"""What must hold for any sequence of entries, and for any sequence of verbs."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hkshcc.errors import HkshccError
from hkshcc.register.chain import links
from hkshcc.register.commands.common import effective_entries
from hkshcc.register.dates import shifted
from hkshcc.register.fingerprints import verify_fingerprint
from hkshcc.register.index import Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, encode, names_given, names_used
from hkshcc.register.standing import Standing, less_advanced, sides_of
from hkshcc.register.validation import decode
from hkshcc.register.vocabulary import CLOSED, FULFILLED, SIDES, Status
from tests.register.build import (
    AGREED,
    REF,
    Desk,
    day,
    entries_of,
    finding,
    owner,
    returned,
    revision,
    standing,
    target,
)

BEGIN = "2021-06-01"
REFS = ["8-INV-1", "8-INV-2a", "8-INV-2b", "8-IVT-1", "8-FAN-1", "8-FAN-2"]
BODIES = ["XBB", "XCC", "YSS", "XNN", "YNN"]
STATUSES = [str(status) for status in Status if status != "unknown"]

# Verbs, as somebody might type them: many are refused, those that are not must leave the register sound.

Step = tuple[str, dict[str, Any]]
AGES = st.integers(0, 60)  # days back


def _step(verb: str, **arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Step]:
    return st.tuples(st.just(verb), st.fixed_dictionaries(arguments))


REPORTS = _step(
    "report",
    refs=st.lists(st.sampled_from(REFS[:4]), min_size=1, max_size=2),
    status=st.none() | st.sampled_from(STATUSES),
    by=st.none() | st.sampled_from(BODIES),
    side=st.none() | st.sampled_from(["hk", "sh", "both"]),
    remark=st.just("Invented remark"),
    reason=st.none() | st.just("Invented reason"),
    next=st.none() | st.just("Invented step"),
    evidence=st.just(()) | st.just(("Invented Gazette",)),
    age=AGES,
)
RECORDING = st.one_of(
    REPORTS,
    REPORTS,
    _step("accept", refs=st.lists(st.sampled_from(REFS[:4]), min_size=1, max_size=2), age=AGES),
    _step("note", ref=st.sampled_from(REFS), text=st.just("Invented note"), age=AGES),
    _step(
        "assign",
        ref=st.sampled_from(REFS),
        body=st.sampled_from(BODIES),
        instead_of=st.none() | st.sampled_from(BODIES),
        age=AGES,
    ),
    _step("retarget", ref=st.sampled_from(REFS), to=st.integers(0, 900), age=AGES),
    _step("add", owners=st.lists(st.sampled_from(BODIES), max_size=2), to=st.none() | st.integers(0, 900)),
    _step("add_body", code=st.sampled_from(BODIES)),
    _step("add_plenary", number=st.sampled_from([0, 7, 8, 10])),
    _step("open_round", name=st.sampled_from(["Spring", "spring", "Autumn"])),
    _step("close_round", name=st.sampled_from(["Spring", "Autumn"])),
    _step("wait", days=st.integers(1, 40)),
)
UNDOING = _step("undo", back=st.none() | st.integers(0, 12) | st.sampled_from(REFS))


def take(desk: Desk, step: Step, *, back_dated: bool = True) -> bool:
    """Let somebody try a verb; say whether it recorded anything."""
    verb, arguments = step[0], dict(step[1])
    if verb == "wait":
        desk.today = shifted(desk.today, arguments["days"])
        return False
    if "age" in arguments:
        age = arguments.pop("age")
        arguments["on"] = day(shifted(desk.today, -age)) if back_dated else None
    if verb == "accept":
        when = arguments.pop("on")
        arguments["at"] = when.on if when else desk.today
    elif verb == "undo":
        back = arguments["back"]
        arguments = {"typed": max(1, len(desk.entries) - back) if isinstance(back, int) else back}
    elif verb == "retarget":
        arguments["to"] = day(shifted(AGREED, arguments["to"]))
    elif verb == "add":
        to = arguments.pop("to")
        arguments["target"] = None if to is None else day(shifted(AGREED, to))
    elif verb == "add_body":
        arguments["side"] = "sh" if arguments["code"].startswith("Y") else "hk"
    try:
        getattr(desk, verb)(*arguments.pop("refs", ()), **arguments)
    except HkshccError:
        return False
    return True


def state(register: Register, as_of: str) -> dict[str, Any]:
    """All that the register answers on a day."""
    standings = {measure.ref: register.standing(measure, as_of) for measure in register.measures(as_of)}
    return {
        "standings": standings,
        "bodies": register.bodies,
        "plenaries": register.plenaries,
        "rounds": register.rounds(as_of),
    }


@settings(max_examples=150)
@given(st.lists(RECORDING | UNDOING, min_size=5, max_size=25))
def test_any_sequence_of_verbs_leaves_a_sound_register_that_can_be_stored(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
        assert problems(desk.register) == []
        count = effective_entries(desk.register)
        given_names = [name for entry in count for name in names_given(entry)]
        assert len(set(given_names)) == len(given_names)
        assert {name for entry in count for name in names_used(entry)} <= set(given_names)
    assert [entry.number for entry in desk.entries] == list(range(1, len(desk.entries) + 1))
    assert [decode(entry.number, encode(entry)) for entry in desk.entries] == desk.entries


@given(st.lists(RECORDING, min_size=3, max_size=15))
def test_undoing_commands_steps_back_through_them_and_undoing_the_undos_steps_forward(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    began = shifted(BEGIN, 40 * len(steps))  # one day for all comparisons
    states = [state(desk.register, began)]
    states += [state(desk.register, began) for step in steps if take(desk, step)]
    withdrawals = []
    for before in reversed(states[:-1]):
        withdrawals += desk.undo().entries
        assert state(desk.register, began) == before
    for withdrawal, after in zip(reversed(withdrawals), states[1:], strict=True):
        desk.undo(withdrawal.number)
        assert state(desk.register, began) == after
    assert problems(desk.register) == []


@given(st.lists(RECORDING | UNDOING, max_size=25))
def test_what_was_printed_on_a_day_is_printed_again_as_of_and_as_known_on_that_day(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    printed = {}
    for step in steps:
        take(desk, step)
        printed[desk.today] = state(desk.register, desk.today), desk.register.last, desk.register.fingerprint
    for printed_on, (answers, last, fingerprint) in printed.items():
        register = Register(desk.entries, known_on=printed_on)
        assert state(register, printed_on) == answers
        assert (register.last, register.fingerprint) == (last, fingerprint)
        assert verify_fingerprint(desk.register, f"{last}:{fingerprint}") == []


@given(st.lists(RECORDING, max_size=25))
def test_where_nothing_is_back_dated_or_withdrawn_the_as_of_day_alone_prints_it_again(steps: list[Step]) -> None:
    desk = Desk(today=BEGIN)
    printed = {}
    for step in steps:
        take(desk, step, back_dated=False)
        printed[desk.today] = state(desk.register, desk.today)["standings"]
    for printed_on, answers in printed.items():
        now = state(desk.register, printed_on)["standings"]
        # A measure added since was agreed at its plenary, long before: it is the one thing more.
        assert {ref: now[ref] for ref in answers} == answers


@given(st.lists(RECORDING, max_size=12), st.integers(0, 60), st.integers(1, 20), st.sampled_from(STATUSES))
def test_a_back_dated_entry_changes_what_was_as_of_its_day_but_never_what_was_known_before(
    steps: list[Step], age: int, wait: int, status: str
) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    known = desk.today
    before = state(desk.register, known)
    desk.today = shifted(known, wait)
    told_of = shifted(known, -age)
    word = {"status": status, "side": "hk", "remark": "r", "reason": "why", "evidence": ["x"]}
    assume(status != "continuing")
    (entry,) = desk.report(REF, on=day(told_of), **word).entries
    assert state(Register(desk.entries, known_on=known), known) == before
    assert entry in desk.stands(REF, told_of).events
    assert entry in desk.stands(REF, known).events
    assert entry not in desk.stands(REF, shifted(told_of, -1)).events


# Entries, in whatever order they arrive


def _drafts() -> st.SearchStrategy[list[Entry]]:
    days = st.integers(0, 700).map(lambda days: shifted(AGREED, days))
    owners = st.lists(st.sampled_from(BODIES[:3]), max_size=2, unique=True)
    told = st.one_of(
        st.builds(
            finding,
            st.none() | st.sampled_from(STATUSES),
            days,
            st.sampled_from([None, "hk", "sh"]),
            next=st.text("ab"),
        ),
        st.builds(returned, st.none() | st.sampled_from(STATUSES), days, st.sampled_from(BODIES[:3])),
        st.builds(revision, days, target=days.map(target)),
        st.builds(revision, days, added=owners.map(lambda codes: [owner(code) for code in codes]), dropped=owners),
    )
    named = st.lists(told, max_size=8, unique_by=lambda entry: entry.on)
    return named.map(lambda entries: [entry._replace(id=f"of {entry.on}", command="c") for entry in entries])


def unnumbered(value: Any) -> Any:
    """A standing without the numbers of its entries."""
    if isinstance(value, Entry):
        return value._replace(number=0)
    return tuple(unnumbered(each) for each in value) if isinstance(value, tuple) else value


@given(_drafts().flatmap(lambda drafts: st.tuples(st.just(drafts), st.permutations(drafts))), st.integers(0, 800))
def test_the_order_in_which_entries_of_different_days_arrive_changes_no_standing(
    both: tuple[list[Entry], list[Entry]], days: int
) -> None:
    as_of = shifted(AGREED, days)
    in_one_order, in_another = (standing(*drafts, as_of=as_of) for drafts in both)
    assert unnumbered(in_one_order) == unnumbered(in_another)


def _one_word_a_side_a_day(entries: list[Entry]) -> bool:
    spoken = [(entry.on, side) for entry in entries for side in sides_of(entry)]
    return len(set(spoken)) == len(spoken)


FEW_DAYS = st.integers(0, 3).map(lambda days: shifted("2022-03-30", days))  # around the target
WORDS = st.lists(
    st.builds(finding, st.sampled_from(STATUSES), FEW_DAYS, st.sampled_from([None, "hk", "sh"])), max_size=8
)
IN_TWO_ORDERS = WORDS.filter(_one_word_a_side_a_day).flatmap(
    lambda words: st.tuples(st.just(words), st.permutations(words))
)


@given(IN_TWO_ORDERS)
def test_neither_the_order_in_which_two_sides_speak_on_a_day_nor_which_is_called_hong_kong_changes_a_standing(
    both: tuple[list[Entry], list[Entry]],
) -> None:
    words, another = both
    mirrored = [word._replace(side={"hk": "sh", "sh": "hk"}.get(word.side or "")) for word in another]
    found = standing(*words)
    for again in (standing(*another), standing(*mirrored)):
        assert (again.status, again.since, again.fulfilled_on) == (found.status, found.since, found.fulfilled_on)
        assert (again.timeliness, again.sides_differ) == (found.timeliness, found.sides_differ)
        assert (again.moved_back and again.moved_back.on) == (found.moved_back and found.moved_back.on)


@given(WORDS.filter(_one_word_a_side_a_day))
def test_a_measure_is_fulfilled_since_every_side_that_has_spoken_is(words: list[Entry]) -> None:
    days = sorted({word.on or "" for word in words})
    asked = [standing(*words, as_of=on) for on in days]
    speak = [side for side in SIDES if asked and asked[-1].side(side).status != Status.UNKNOWN]
    since = None
    for on, found in zip(days, asked, strict=True):
        fulfilled = all(found.side(side).status in FULFILLED for side in speak)
        since = (since or on) if fulfilled else None
    assert standing(*words, as_of="2022-05-01").fulfilled_on == since


@given(_drafts(), st.integers(0, 800))
def test_what_is_derived_hangs_together(drafts: list[Entry], days: int) -> None:
    as_of = shifted(AGREED, days)
    found: Standing = standing(*drafts, as_of=as_of)
    assert found.status == less_advanced(found.hk.status, found.sh.status)
    assert found.sides_differ == (
        found.hk.status != found.sh.status and Status.UNKNOWN not in {found.hk.status, found.sh.status}
    )
    assert found.closed == (found.status in CLOSED)
    assert (found.fulfilled_on is not None) == (found.status in FULFILLED)
    assert (found.since is None) == (found.status == Status.UNKNOWN)
    assert all(AGREED <= (event.on or "") <= as_of for event in found.events)
    assert found.since is None or found.since <= as_of
    assert found.target is not None
    assert found.target_original is not None
    late = found.fulfilled_on is not None and found.fulfilled_on > found.target_original["date"]
    overdue = not found.closed and found.target["date"] < as_of
    slipped = found.target["date"] > found.target_original["date"]
    first = "late" if late else "overdue" if overdue else "slipped" if slipped else "on-time"
    assert found.timeliness == first


@given(st.data())
def test_any_change_to_any_entry_breaks_the_chain_at_that_entry(data: st.DataObject) -> None:
    entries = entries_of(finding("in-progress", "2021-05-01"), returned("not-started", "2021-06-01"))
    index = data.draw(st.integers(0, len(entries) - 1))
    field = data.draw(st.sampled_from([name for name in Entry._fields if name not in {"number", "thing"}]))
    change: dict[str, Any] = {field: data.draw(st.text(min_size=1))}
    altered = [*entries]
    altered[index] = entries[index]._replace(**change)
    assume(altered[index] != entries[index])
    assert Register(altered, chain=list(links(entries))).broken_at() == index + 1
