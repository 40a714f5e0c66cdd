"""The chains of other registers, rebuilt from their entries: what a register can say of the fingerprints of others.

An entry says the same in every copy, and each exchange says what came by it, in its order. So whoever has a register's
entries can compute that register's chain, and knows a fingerprint that was printed from it years before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from hkshcc.register.chain import START, links
from hkshcc.register.index import Register, brought_by
from hkshcc.register.model import Entry

_MOST = 64  # values of a chain at one place: several where a register was restored from a backup and went on otherwise


class Chain(NamedTuple):
    """The chain of a register as far as it is known: by the number of entries, the values that it had after them."""

    origin: str
    values: dict[int, set[str]]

    @property
    def last(self) -> int:
        """The number of the last entry known."""
        return max(self.values, default=0)


# By a number of entries and the chain's value after them: the number and value before, and what was recorded then.
_Steps = dict[tuple[int, str], tuple[tuple[int, str], Sequence[Entry]]]


@lru_cache(maxsize=4)
def chains(register: Register) -> list[Chain]:
    """Return the chains of all registers of which entries are here, by name."""
    found: dict[str, Chain] = {}
    for origin, steps in _rebuilt_chains(register):
        chain = found.setdefault(origin, Chain(origin, {}))
        for number, value in steps:
            chain.values.setdefault(number, set()).add(value)
    return [found[name] for name in sorted(found)]


def rebuilt(register: Register, origin: str, number: int, digits: str) -> Register | None:
    """Return another register as it was when it had so many entries and that fingerprint, else None.

    Its entries are here, in another order, and the fingerprint proves that their order is right again.
    """
    for name, steps in _rebuilt_chains(register):
        place = next((place for place in steps if place[0] == number and place[1].startswith(digits)), None)
        if name != origin or place is None:
            continue
        parts: list[Sequence[Entry]] = []
        while place[0]:
            place, entries = steps[place]
            parts.append(entries)
        whole = [entry for entries in reversed(parts) for entry in entries]
        return Register([entry._replace(number=at) for at, entry in enumerate(whole, start=1)])
    return None


def _rebuilt_chains(register: Register) -> Iterator[tuple[str, _Steps]]:
    """Yield the chain of each register from each entry on that gave it its name, as far as its entries are here."""
    entries = list(register.stored)
    held = {entry.id: entry for entry in entries}
    for entry in entries:
        if entry.event == "origin":
            thing: Any = entry.thing
            yield thing["name"], _rebuilt(entry, entries, held)


def _rebuilt(named: Entry, entries: Sequence[Entry], held: dict[str, Entry]) -> _Steps:
    """Return a register's chain from the entry on that gave it its name, as far as its entries are here."""
    thing: Any = named.thing
    before = [held[name] for name in thing["before"] if name in held]
    found: _Steps = {}
    if len(before) < len(thing["before"]):
        return found
    steps: dict[int, list[list[Entry]]] = defaultdict(list)  # by place, what was recorded there as one
    for entry in entries:
        if entry.origin == thing["name"] and entry.place:
            received = [held[name] for name in _received(entry) if name in held]
            if len(received) == brought_by(entry):
                steps[entry.place - len(received)].append([*received, entry])
    last = 0, START
    for entry, value in zip(before, links(before), strict=True):
        found[last[0] + 1, value] = last, [entry]
        last = last[0] + 1, value
    reached: dict[int, set[str]] = {last[0]: {last[1]}}
    while reached:
        number = min(reached)
        for value in sorted(reached.pop(number))[:_MOST]:
            for step in steps.get(number + 1, ()):
                end = number + len(step), [*links(step, value)][-1]
                found.setdefault(end, ((number, value), step))
                reached.setdefault(end[0], set()).add(end[1])
    return found


class Fork(NamedTuple):
    """Where versions of one register part: ``entries`` are those that have one ``place`` in it, as they are seen."""

    origin: str
    place: int
    entries: Sequence[Entry]


def forks(register: Register) -> list[Fork]:
    """Return the first place, in each register, that several entries have: it was rewritten, or went on from a backup.

    What a register merged from a branch of its own is no fork.
    """
    merged = {name for entry in register.entries if _is_merge(entry) for name in _received(entry)}
    found: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in register.entries:
        if entry.origin and entry.place and entry.id not in merged:
            found[entry.origin, entry.place].append(entry)
    first: dict[str, Fork] = {}
    for (origin, place), entries in sorted(found.items()):
        if len(entries) > 1:
            first.setdefault(origin, Fork(origin, place, entries))
    return [*first.values()]


def _is_merge(entry: Entry) -> bool:
    return brought_by(entry) > 0 and bool(entry.origin) and (entry.thing or {})["origin"] == entry.origin


def _received(entry: Entry) -> Sequence[str]:
    return (entry.thing or {})["received"] if brought_by(entry) else ()


def unwitnessed(register: Register) -> list[Entry]:
    """Return the exchanges that tell another fingerprint of a register than its entries here have.

    An import of this register: other entries came by it than are here now. One of another register: it was told other
    entries of a third, or of this one, than that has.
    """
    known = {chain.origin: chain for chain in chains(register)}
    wrong = []
    for entry in register.entries:
        thing: Any = entry.thing
        chain = known.get(thing.get("origin") or "") if entry.event == "exchange" else None
        if chain and thing["fingerprint"] not in chain.values.get(thing["entries"], ()):
            wrong.append(entry)
    return wrong
