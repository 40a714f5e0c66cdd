"""The chains of other registers, rebuilt from their entries: what a register can say of the fingerprints of others.

An entry says the same in every copy, and each exchange says what came by it, in its order. So whoever has a register's
entries can compute that register's chain, and knows a fingerprint that was printed from it years before.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from hkshcc.register.chain import links
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


def chains(register: Register) -> list[Chain]:
    """Return the chains of all registers of which entries are here, by name."""
    entries = list(register.stored)
    held = {entry.id: entry for entry in entries}
    found: dict[str, Chain] = {}
    for entry in entries:
        if entry.event == "origin":
            thing: Any = entry.thing
            chain = found.setdefault(thing["name"], Chain(thing["name"], {}))
            for number, values in _rebuilt(entry, entries, held).items():
                chain.values.setdefault(number, set()).update(values)
    return [found[name] for name in sorted(found)]


def _rebuilt(named: Entry, entries: Sequence[Entry], held: dict[str, Entry]) -> dict[int, set[str]]:
    """Return a register's chain from the entry on that gave it its name, as far as its entries are here."""
    thing: Any = named.thing
    before = [held[name] for name in thing["before"] if name in held]
    values: dict[int, set[str]] = defaultdict(set)
    if len(before) < len(thing["before"]):
        return values
    steps: dict[int, list[list[Entry]]] = defaultdict(list)  # by place, what was recorded there as one
    for entry in entries:
        if entry.origin == thing["name"] and entry.place:
            received = [held[name] for name in _received(entry) if name in held]
            if len(received) == brought_by(entry):
                steps[entry.place - len(received)].append([*received, entry])
    for number, value in enumerate(links(before), start=1):
        values[number].add(value)
    start = values[len(before)] if before else {"0" * 64}
    reached: dict[int, set[str]] = {len(before): set(start)}
    while reached:
        number = min(reached)
        for value in sorted(reached.pop(number))[:_MOST]:
            for step in steps.get(number + 1, ()):
                end = [*links(step, value)][-1]
                values[number + len(step)].add(end)
                reached.setdefault(number + len(step), set()).add(end)
    return values


def _received(entry: Entry) -> Sequence[str]:
    return (entry.thing or {})["received"] if brought_by(entry) else ()


def unwitnessed(register: Register) -> list[Entry]:
    """Return the exchanges of this register by which other entries came than those that are here now."""
    known = {chain.origin: chain for chain in chains(register)}
    wrong = []
    for entry in register.exchanges:
        thing: Any = entry.thing
        chain = known.get(thing.get("origin") or "")
        if chain and thing["fingerprint"] not in chain.values.get(thing["entries"], ()):
            wrong.append(entry)
    return wrong
