"""Histories of registers that exchange entries: what each records and when, and what must hold of them at the end."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from hkshcc.errors import HkshccError
from hkshcc.exchange.copies import dump, load
from hkshcc.register.commands.common import CommandContext, Decision
from hkshcc.register.commands.update import StatusUpdate, record_update
from hkshcc.register.dates import shifted
from hkshcc.register.fingerprints import may_be_newer, verify_fingerprint
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.integrity import problems
from hkshcc.register.model import Entry, Name, Signature, bodies_named, names_given
from hkshcc.register.openssh import PublicKey
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS
from hkshcc.register.witness import forks
from hkshcc.reports.changes import changes
from hkshcc.reports.chase import chase
from hkshcc.reports.filters import Filters
from hkshcc.reports.keys import keys
from hkshcc.reports.listing import listing
from hkshcc.reports.page import View
from hkshcc.reports.progress import progress
from hkshcc.reports.sheet import sheet
from tests.register.build import AGREED, Desk, day, entries_of
from tests.register.test_properties import BEGIN, Step, take
from tests.register.verbs import NAMES, shipped

Turn = tuple[int, Step]  # whose it is, and what is done


_BYTES = 3  # of a copy that are altered in each history


class Printed(NamedTuple):
    """What a register printed at the end of a step: the day, the pages, the number of entries and the fingerprint."""

    day: str
    pages: str
    last: int
    fingerprint: str


class World:
    """Copies of one register, each with its own clock, and all that they ever printed."""

    def __init__(self, ahead: Sequence[int], *, begun: bool) -> None:
        """Begin with as many copies as clocks (days ahead); where ``begun`` says so the last begins with a copy."""
        self.desks = [Desk(entries=entries_of(), today=BEGIN, name=name.lower()) for name in NAMES[: len(ahead)]]
        self._ahead = ahead
        self._today = shifted(BEGIN, 3)
        for index, desk in enumerate(self.desks):
            desk.clock_is_right = True
            desk.hour = f"{9 + index % 2:02}:00:00"
        if begun:
            self.desks[-1].entries = []
            self._exchange(len(ahead) - 1, 0)
        self._wait(0)
        self.printed: list[list[Printed]] = [[] for _ in self.desks]
        self.did: Counter[str] = Counter()  # how often each verb recorded something
        self.wrong: list[str] = []  # what was seen on the way
        self.checked: Counter[str] = Counter()  # how much of each sort was looked at in the end
        self.meant: dict[str, list[str]] = {}  # by the ids of entries, those of what they named when they were recorded

    def _wait(self, days: int) -> None:
        self._today = shifted(self._today, days)
        for desk, ahead in zip(self.desks, self._ahead, strict=True):
            desk.today = shifted(self._today, ahead)

    def _exchange(self, index: int, other: int) -> bool:
        """Let one copy receive what another has; each has its name at the latest now."""
        here, there = self.desks[index], self.desks[other]
        if there.register.origin is None:
            there.name(NAMES[other])
        brought = here.merge(there, NAMES[index] if here.register.origin is None else None).entries
        if brought and here.merge(there).entries:
            self.wrong.append("the same copy again brought something")
        return bool(brought)

    def take(self, turn: Turn) -> None:
        """Let somebody do something, and let every register print its fingerprint, and its pages at a day's end."""
        index, (verb, arguments) = turn
        desk = self.desks[index]
        before = len(desk.entries)
        if verb == "wait":
            self.print_all()
            self._wait(arguments["days"])
        elif verb == "exchange":
            other = (index + arguments["other"]) % len(self.desks)
            if other != index:
                self._exchange(index, other)
        else:
            act(desk, verb, arguments)
        self.did[verb] += len(desk.entries) > before
        if verb != "exchange":
            self._remember(desk, before)
        self._print()

    def _print(self) -> None:
        """Let every register print its fingerprint."""
        for own, printing in zip(self.desks, self.printed, strict=True):
            register = own.register
            printing.append(Printed(own.today, "", register.last, register.fingerprint))

    def _remember(self, desk: Desk, before: int) -> None:
        """Keep what the names in new entries mean to whoever recorded them."""
        if len(desk.entries) == before:
            return
        register = desk.register
        for entry in register.entries[before:]:
            self.meant[entry.id] = [name for name in map(_givers(register).get, _named(entry)) if name]

    def print_all(self) -> None:
        """Let every register print its pages too."""
        for own, printing in zip(self.desks, self.printed, strict=True):
            if printing:
                printing[-1] = printing[-1]._replace(pages=shown(own.register, own.today))

    def converge(self, order: Sequence[int]) -> int:
        """Exchange until nothing is new, beginning in some order; return how many exchanges there were."""
        self.print_all()
        self._wait(3)  # what was printed was printed before
        count = len(self.desks)
        pairs = [(index, other) for index in range(count) for other in range(count) if index != other]
        pairs.sort(key=lambda pair: order[pair[0] * count + pair[1]] if order else 0)
        exchanges = 0
        while sum(self._exchange(*pair) for pair in pairs):
            exchanges += len(pairs)
            self._print()
            assert exchanges < 12 * len(pairs), "the exchange does not end"
        return exchanges


def act(desk: Desk, verb: str, arguments: Mapping[str, Any]) -> None:
    """Let somebody try a verb; what a rule forbids is refused, as it would be."""
    right, given = desk.today, dict(arguments)
    match verb:
        case "body":
            verb, given["name"] = "add_body", f"Entered by {desk.register.origin}"
        case "withdraw":
            verb, given = "undo", {"back": _back_to_last(desk, given["event"])}
        case "wrong_clock":
            desk.today = shifted(right, 500)
            take(desk, ("note", {"ref": "8-INV-1", "text": "Under a wrong clock", "on": day(right)}))
            desk.today = right
            verb, given = "note", {"ref": "8-INV-1", "text": "Under a right one", "on": day(right)}
        case "amend":
            back = given.pop("back")
            given["typed"] = None if back is None else max(1, len(desk.entries) - back)
        case "revoke_key":
            age = given.pop("age")
            on = None if age is None else day(shifted(right, -age))
            given = {"fingerprint": given["key"].fingerprint, "on": on}
        case "add_key":
            given["since"] = day(shifted(right, -3))
        case "refresh":
            given = {"shipped": shipped(given["version"])}
        case "adopt":
            document = given.pop("document")
            given = {"refs": (8, *given["measures"]), "documents": [document] if document else []}
        case "signed":
            verb, given = "does", {"refs": (partial(_signed, **given),)}
        case "fork":
            fork = Desk(entries=desk.entries, today=right, name=f"{desk.called}-fork{len(desk.entries)}-")
            fork.hour, fork.clock_is_right = desk.hour, True
            act(fork, *given["there"])
            act(desk, *given["here"])
            verb, given = "merge_fork", {"fork": fork}
    take(desk, (verb, given))


def _back_to_last(desk: Desk, event: str) -> int | None:
    """Return how far back the last entry of an event is that did not ship; none where there is none."""
    found = [entry for entry in desk.register.entries if entry.event == event]
    return len(desk.entries) - int(found[-1].number) if found and found[-1].command != SHIPPED else None


def _signed(register: Register, context: CommandContext, by: str, key: PublicKey) -> Decision:
    """Record a report as one that its body has signed; what was signed is not looked at here."""
    made = record_update(register, context, ["8-INV-1"], StatusUpdate(by=by, remark="Signed"))
    signature = Signature(method=key.method, key=key.fingerprint, value="AAAA")
    return made._replace(entries=[entry._replace(signature=signature) for entry in made.entries])


def _named(entry: Entry) -> list[Name]:
    named = [("body", code.casefold()) for code in bodies_named(entry)]
    return [*named, ("measure", entry.ref.casefold())] if entry.ref and entry.event != "agreed" else named


def _givers(register: Register) -> dict[Name, str]:
    """Return the ids of what counts in a register, by its names; else of what is withdrawn."""
    aside = register.settled.aside if register.settled else {}
    entries = [entry for entry in register.entries if entry.id not in aside]
    entries.sort(key=lambda entry: entry.id not in register.withdrawn)
    return {name: entry.id for entry in entries for name in names_given(entry)}


def _misunderstood(world: World, registers: Sequence[Register]) -> Iterator[str]:
    """Say which entry is of something else now than when it was recorded."""
    for register in registers:
        seen = {entry.id: entry for entry in register.entries}
        aside = register.settled.aside if register.settled else {}
        for name, meant in world.meant.items():
            entry = seen.get(name)
            if entry is None:
                continue
            for thing in meant:
                stands = seen[aside.get(thing, thing)]
                if not set(names_given(stands)) & set(_named(entry)):
                    yield f"{register.origin}: {entry.number} names {_named(entry)} and meant {names_given(stands)}"


_OF_A_COPY = frozenset({"entry", "number", "entries", "fingerprint", "withdrawn_by", "received"})  # of a copy


def _without_numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_numbers(each) for key, each in value.items() if key not in _OF_A_COPY}
    if isinstance(value, list | tuple):
        return [_without_numbers(each) for each in value]
    return value


def shown(register: Register, as_of: str) -> str:
    """Return what list, show, report, changes and chase show on a day, as people and as programs see it."""
    view = View(register, as_of, as_of)
    listed = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    reports: list[Any] = [
        listed,
        progress(view, listed, "area", STALLED_AFTER_DAYS),
        *(chase(view, entered, None) for entered in (None, *register.rounds(as_of))),
        changes(View(register, AGREED, as_of), view, AGREED, by_recorded=False),
    ]
    if listed.standings:
        # What is known of a signature is a register's own: it vouches for what it verified as it recorded it.
        reports.append(replace(sheet(view, listed.standings, {}), signatures={}))
    if register.key_entries:
        reports.append(keys(view))
    return "\n".join(f"{report.page('en').blocks}\n{_without_numbers(report.data())}" for report in reports)


def wrong_with(world: World, days: Sequence[int]) -> Iterator[str]:
    """Say what does not hold of copies that have exchanged everything."""
    registers = [desk.register for desk in world.desks]
    for name, register in zip(NAMES, registers, strict=False):
        yield from (f"{name} is not sound: {problem}" for problem in problems(register))
        yield from (f"{name} takes {fork.origin} for rewritten from {fork.place} on" for fork in forks(register))
    for ago in days:
        as_of = shifted(world.desks[0].today, -ago)
        pages = [shown(register, as_of) for register in registers]
        world.checked["days compared"] += 1
        if len(set(pages)) > 1:
            yield f"as of {as_of} the copies show different things: {_difference(pages)}"
    yield from _misunderstood(world, registers)
    yield from _called_wrong(world, registers)
    for name, desk, printing in zip(NAMES, world.desks, world.printed, strict=False):
        for printed_on, last in {each.day: each for each in printing}.items():
            known = Register(desk.entries, known_on=printed_on)
            if (known.last, known.fingerprint) != (last.last, last.fingerprint):
                yield f"{name} knew {last.last} entries on {printed_on}, and says now {known.last}"
            elif last.pages:
                world.checked["reports printed before"] += 1
                if shown(known, printed_on) != last.pages:
                    yield f"{name} printed something else on {printed_on}"


def _called_wrong(world: World, registers: Sequence[Register]) -> Iterator[str]:
    """Say which fingerprint that was printed is called altered, or which that was not is taken for true."""
    for owner, printing in zip(NAMES, world.printed, strict=False):
        for printed in dict.fromkeys((each.last, each.fingerprint) for each in printing):
            typed = f"{printed[0]}:{printed[1]}"
            for name, register in zip(NAMES, registers, strict=False):
                world.checked["fingerprints"] += 1
                found = verify_fingerprint(register, typed)
                if found and (name == owner or owner not in [chain.origin for chain in may_be_newer(register, typed)]):
                    yield f"{name} calls {owner}'s {typed[:20]} altered: {found[0]}"
                other = f"{printed[0]}:{int(printed[1][0], 16) ^ 1:x}{printed[1][1:]}"
                if not verify_fingerprint(register, other):
                    yield f"{name} takes an altered fingerprint for true: {other}"


def _difference(pages: Sequence[str]) -> str:
    at = next((at for at, signs in enumerate(zip(*pages, strict=False)) if len(set(signs)) > 1), 0)
    return " | ".join(page[max(0, at - 120) : at + 60] for page in pages)


def altered(world: World, which: int, text: str) -> Iterator[str]:
    """Alter a byte of the first copy's file, and an entry of it with every hash anew; say where that is not noticed."""
    desk = world.desks[0]
    whole = dump(desk.register)
    for place in range(which * 7919 % len(whole), len(whole), len(whole) // _BYTES):
        world.checked["bytes altered"] += 1
        with suppress(HkshccError):
            # Between values a copy may be laid out as one likes: then it says the same.
            if dump(load(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :], "copy.json")) != whole:
                yield f"a copy with its byte {place} altered was taken for one"
    at = which % len(desk.entries)
    changed: list[Entry] = [*desk.entries]
    changed[at] = changed[at]._replace(recorder=text)
    if changed[at] == desk.entries[at]:
        return
    forged = Register(changed)
    for name, other in zip(NAMES[1:], world.desks[1:], strict=False):
        world.checked["entries altered"] += 1
        register = other.register
        typed = f"{forged.last}:{forged.fingerprint}"
        if not verify_fingerprint(register, typed):
            yield f"{name} takes the fingerprint of an altered register for true"
        held = {entry.id for entry in other.entries}
        if changed[at].id in held:
            copy = Desk(entries=changed, today=desk.today)
            before = list(other.entries)
            try:
                other.merge(copy)
                yield f"{name} took in an altered entry"
            except HkshccError:
                pass
            assert other.entries == before
