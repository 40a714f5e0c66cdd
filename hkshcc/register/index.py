"""The register: all entries known by a day, indexed so that questions can be asked of it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from hkshcc.register.chain import START, links
from hkshcc.register.model import (
    PAYLOAD_TYPES,
    Area,
    Body,
    Entry,
    Instrument,
    Measure,
    Number,
    Plenary,
    Round,
    instrument_of,
    measure_of,
    plenary_of,
    told_order,
)
from hkshcc.register.standing import Standing, in_order, standing_of
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, Event

if TYPE_CHECKING:
    from hkshcc.register.shared import Settled

# What places an entry: its event and its ref; of what was agreed, its id and its day too.
Outline = tuple[str, str | None, str, str]
SHIPPED = "shipped"  # the command id of every entry that came with the tool
# What two registers gave one ref to, is told apart by the name of one of them at its end.
_REF = re.compile(r"(\d{1,9})-([A-Z]+)-(\d{1,9})([A-Z]?(?:-[A-Z][A-Z0-9]*)?)")


class Verified(Protocol):
    """What a store found when it verified the chain of its entries."""

    @property
    def broken_at(self) -> int | None:
        """The number of the first entry that is not what was recorded under it."""

    def value(self, number: int) -> str:
        """Return the chain's value after an entry, computed."""

    def at(self, places: Sequence[int]) -> list[Entry]:
        """Return the entries at some places, counted from 0: many at once are had quicker than one by one."""

    def outlines(self) -> Iterable[Outline]:
        """Return what places each entry."""

    def irregular(self) -> list[int]:
        """Return the numbers of entries that are not stored in canonical form."""


class Placing(Protocol):
    """What an index is made from."""

    def at(self, places: Sequence[int]) -> list[Entry]:
        """Return the entries at some places, counted from 0."""

    def outlines(self) -> Iterable[Outline]:
        """Return what places each entry."""


class _Computed:
    """The chain of entries that no file holds, computed when it is asked for."""

    def __init__(self, entries: Sequence[Entry], recorded: Sequence[str]) -> None:
        self._entries, self._recorded = entries, recorded

    @cached_property
    def _values(self) -> list[str]:
        return [START, *links(self._entries)]

    @property
    def broken_at(self) -> int | None:
        pairs = enumerate(zip(self._values[1:], self._recorded, strict=False), start=1)
        return next((number for number, (value, recorded) in pairs if value != recorded), None)

    def value(self, number: int) -> str:
        return self._values[number]

    def at(self, places: Sequence[int]) -> list[Entry]:
        return [self._entries[at] for at in places]

    def outlines(self) -> Iterable[Outline]:
        return ((entry.event, entry.ref, entry.id, entry.on or "") for entry in self._entries)

    def irregular(self) -> list[int]:
        return []


class Register:
    """The entries up to a day of recording, and what counts among them.

    An entry counts unless a retraction that counts names it, which is decided from the last entry back. ``verified`` is
    what a store found when it verified its chain; ``chain`` are the chain's values as they were recorded elsewhere.

    What was known on a day are the entries up to the last one recorded by then: they are in the order in which the
    register was told, so whatever stands before an entry was known when it was, though a wrong clock dated it later.
    What came by an exchange stands before it and was known from then on, whenever it was recorded elsewhere.

    ``stored`` are the entries as they are stored and hashed, ``entries`` as they are seen: in a register that exchanges
    with others under the names that hold there, and with their origins (`register.shared`).
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        known_on: str | None = None,
        chain: Sequence[str] = (),
        verified: Verified | None = None,
    ) -> None:
        self._verified = verified or _Computed(entries, chain)
        if known_on is not None:
            entries = entries[: _known(entries, known_on)]
        self.stored = self.entries = entries
        self.settled: Settled | None = None  # where it exchanges with others
        self._source: Placing = self._verified
        self._clear()
        if self._index():
            self._settle()

    def _clear(self) -> None:
        self.plenaries: dict[int, Plenary] = {}
        self.areas: dict[str, Area] = {}
        self.bodies: dict[str, Body] = {}
        self.instruments: dict[str, Instrument] = {}
        self._rounds: list[tuple[Round, str]] = []
        self.key_entries: list[Entry] = []  # those that count and add or revoke a key
        self._agreed: dict[str, tuple[int, str]]  # by ref, the place of the entry that agreed it, and its day
        self._measures: dict[str, Measure] = {}
        self._places: dict[str, list[int]] = defaultdict(list)  # by ref, where among the entries those on it stand
        # Criteria decide on no status: most answers do without them, and they are long.
        self._criteria: dict[str, list[int]] = defaultdict(list)
        self._events: dict[str, list[Entry]] = {}

    def _settle(self) -> None:
        """See the entries as they are where registers exchange them."""
        from hkshcc.register.shared import settle  # noqa: PLC0415  most registers have no name

        self.settled = settle(list(self.stored))
        self.entries = self.settled.entries
        self._source = _Computed(self.entries, ())
        self._clear()
        self._index()

    def _index(self) -> bool:
        """Find where the entries on each measure stand, and take in what counts of the register's own.

        Say whether the register exchanges with others.
        """
        agreed: list[tuple[str, str, int, str]] = []
        things: list[int] = []
        retractions: list[Entry] = []
        for at, (event, ref, name, on) in enumerate(islice(self._source.outlines(), len(self.entries))):
            if ref is not None:
                (self._criteria if event == "criteria" else self._places)[ref].append(at)
            if event == "agreed" and ref is not None:
                agreed.append((name, ref, at, on))
            elif event == "retraction":
                retractions.append(self.entries[at])
            elif event in PAYLOAD_TYPES:
                things.append(at)
        self.withdrawn = self.settled.withdrawn if self.settled else _withdrawn(retractions)
        self._agreed = {ref: (at, on) for name, ref, at, on in agreed if name not in self.withdrawn}
        self._gone = {ref: on for _, ref, _, on in agreed if ref not in self._agreed}
        entered = self._source.at(things)
        self.exchanges = [entry for entry in entered if entry.event == "exchange"]
        if self.settled:
            self.exchanges, aside = self.settled.exchanges, self.settled.aside
            entered = sorted((entry for entry in entered if entry.id not in aside), key=told_order)
        for entry in entered:
            if entry.id not in self.withdrawn:
                self._enter(entry, entry.thing)
        return any(map(is_shared, entered))

    def _enter(self, entry: Entry, thing: Any) -> None:  # noqa: ANN401  decoded JSON, its shape checked on reading
        match entry.event:
            case Event.PLENARY:
                self.plenaries[thing["number"]] = plenary_of(thing)
            case Event.AREA:
                self.areas[thing["slug"]] = Area(**thing)
            case Event.BODY:
                self.bodies[thing["code"]] = Body(**thing)
            case Event.INSTRUMENT:
                self.instruments[thing["ref"]] = instrument_of(thing)
            case Event.ROUND:
                self._rounds.append((Round(**thing), entry.on or ""))
            case Event.KEY:
                self.key_entries.append(entry)

    @property
    def origin(self) -> str | None:
        """The name of this register, as ``HK``; None where it has none."""
        return self.settled.origin if self.settled else None

    def is_elsewhere(self, entry: Entry) -> bool:
        """Return whether an entry, as it is seen here, was recorded in another register than this one."""
        return bool(self.origin and entry.origin and entry.origin != self.origin)

    def number(self, number: int) -> int:
        """Return the number of an entry that is recorded here, as it is read."""
        if self.origin and any(isinstance(entry.number, Number) for entry in self.entries):
            return Number.of(number, self.origin, number)
        return number

    @property
    def last(self) -> int:
        """The number of the last entry known; 0 for an empty register."""
        return int(self.entries[-1].number) if self.entries else 0

    @property
    def fingerprint(self) -> str:
        """The hash chain's value after the last entry known (64 hexadecimal digits), computed in this run."""
        return self.link_at(self.last)

    def link_at(self, number: int) -> str:
        """Return the hash chain's value after an entry, computed in this run; at 0 the value that it begins with."""
        return self._verified.value(number)

    @property
    def altered(self) -> bool:
        """Whether an entry known is not what was recorded under its number."""
        return self.broken_at() is not None

    def broken_at(self) -> int | None:
        """Return the first entry known that is not what was recorded under its number, else None."""
        broken = self._verified.broken_at
        return broken if broken is not None and broken <= self.last else None

    def irregular(self) -> list[int]:
        """Return the numbers of entries that are not stored as they are hashed, in canonical form."""
        return self._verified.irregular()

    def refs(self, as_of: str, areas: Collection[str] = ()) -> list[str]:
        """Return the refs of the measures agreed by a day (ISO), in the order of plenary, area, paragraph and part.

        With ``areas`` (slugs) those alone. An area that is gone comes last.
        """
        places = {area.code: index for index, area in enumerate(self.areas.values())}
        codes = {area.code for area in self.areas.values() if area.slug in areas}

        def place(ref: str) -> tuple[int, int, tuple[int, str, int, str]]:
            order = ref_order(ref)
            return order[0], places.get(order[1], len(places)), order

        refs = [ref for ref, (_, on) in self._agreed.items() if on <= as_of]
        return sorted((ref for ref in refs if not areas or ref.partition("-")[2].partition("-")[0] in codes), key=place)

    def measures(self, as_of: str, areas: Collection[str] = ()) -> list[Measure]:
        """Return the measures agreed by a day, as ``refs`` names them."""
        refs = self.refs(as_of, areas)
        self._source.at([self._agreed[ref][0] for ref in refs])
        return [self._measure(ref) for ref in refs]

    def withdrawn_refs(self, as_of: str) -> list[str]:
        """Return the refs of the measures that were agreed by a day (ISO) and are withdrawn, in order."""
        return sorted((ref for ref, on in self._gone.items() if on <= as_of), key=ref_order)

    def count(self, as_of: str) -> int:
        """Return how many measures were agreed by a day (ISO)."""
        return sum(on <= as_of for _, on in self._agreed.values())

    def measure(self, ref: str) -> Measure | None:
        """Return the measure of that ref, if it counts."""
        return self._measure(ref) if ref in self._agreed else None

    def _measure(self, ref: str) -> Measure:
        if ref not in self._measures:
            thing: Any = self.entries[self._agreed[ref][0]].thing
            self._measures[ref] = measure_of(thing)
        return self._measures[ref]

    def measure_ever(self, ref: str) -> Measure | None:
        """Return the measure of that ref, though it may have been withdrawn."""
        found = [
            entry.thing for entry in self.entries if entry.event == Event.AGREED and entry.ref == ref and entry.thing
        ]
        return measure_of(found[-1]) if found else None

    def agreed_on(self, ref: str) -> str:
        """Return the day of the plenary that agreed a measure."""
        return self._agreed[ref][1]

    def events(self, ref: str) -> list[Entry]:
        """Return the entries on a measure that count, in deciding order."""
        if ref not in self._events:
            events = self._source.at(self._places.get(ref, ()))
            self._events[ref] = in_order(entry for entry in events if entry.id not in self.withdrawn)
        return self._events[ref]

    def events_ever(self, ref: str) -> list[Entry]:
        """Return the entries on a measure in the order of the chain, withdrawn ones too."""
        return self._source.at(self._places.get(ref, ()))

    def criteria(self, ref: str, as_of: str) -> list[Entry]:
        """Return the entries that say what would count for a measure, in deciding order: the last one decides."""
        known = self._source.at(self._criteria.get(ref, ()))
        return in_order(entry for entry in known if entry.id not in self.withdrawn and (entry.on or "") <= as_of)

    def standing(self, measure: Measure, as_of: str, stale_after: int = STALE_AFTER_DAYS) -> Standing:
        """Return where a measure stands at the end of a day."""
        events = self.events(measure.ref)
        if events and (events[-1].on or "") > as_of:
            events = [entry for entry in events if (entry.on or "") <= as_of]
        return standing_of(measure, events, as_of, stale_after)

    def standings(self, measures: Sequence[Measure], as_of: str, stale_after: int = STALE_AFTER_DAYS) -> list[Standing]:
        """Return where measures stand at the end of a day, many quicker than one by one."""
        self._source.at([at for measure in measures for at in self._places.get(measure.ref, ())])
        return [self.standing(measure, as_of, stale_after) for measure in measures]

    def rounds(self, as_of: str) -> list[Round]:
        """Return the rounds opened by a day, as they stood then, in the order of their opening."""
        known: dict[str, Round] = {}
        for entered, on in self._rounds:
            if on <= as_of:
                known[entered.name] = entered
        return sorted(known.values(), key=lambda entered: entered.opened)

    def refs_ever(self) -> set[str]:
        """Return every ref ever given, those of withdrawn measures included: none is used twice."""
        return {entry.ref for entry in self.entries if entry.event == Event.AGREED and entry.ref}


def brought_by(entry: Entry) -> int:
    """Return how many entries came by an exchange and stand before it."""
    if entry.event != "exchange" or not entry.thing or entry.thing.get("origin") is None:
        return 0
    return len(entry.thing["received"])


def is_shared(entry: Entry) -> bool:
    """Return whether an entry makes a register one that exchanges: it has a name, or received entries of another."""
    return entry.event == "origin" or (brought_by(entry) > 0 and (entry.thing or {})["origin"] != SHIPPED)


def _known(entries: Sequence[Entry], day: str) -> int:
    """Return how many entries were known on a day (ISO)."""
    at = len(entries)
    while at > 0 and entries[at - 1].recorded[:10] > day:
        at -= 1 + brought_by(entries[at - 1])
    return max(at, 0)


def _withdrawn(entries: Sequence[Entry]) -> dict[str, Entry]:
    withdrawn: dict[str, Entry] = {}
    for entry in reversed(entries):
        if entry.names and entry.id not in withdrawn:
            withdrawn.update(dict.fromkeys(entry.names, entry))
    return withdrawn


def ref_order(ref: str) -> tuple[int, str, int, str]:
    """Return a key that puts refs in order: plenary, area code, paragraph as a number, part."""
    parts = split_ref(ref)
    return parts or (0, ref, 0, "")


def split_ref(ref: str) -> tuple[int, str, int, str] | None:
    """Take ``5-FIN-3b`` apart: plenary, area code, paragraph, part in lower case. None where it is no ref.

    A register's name at its end is of the part.
    """
    found = _REF.fullmatch(ref.upper())
    return (int(found[1]), found[2], int(found[3]), found[4].lower()) if found else None
