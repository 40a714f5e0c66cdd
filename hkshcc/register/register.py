"""The register: all entries known by a day, indexed so that questions can be asked of it."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hkshcc.register.chain import START, link, links
from hkshcc.register.fold import Standing, fold, in_order
from hkshcc.register.model import THINGS, Area, Body, Entry, Instrument, Measure, Plenary, Round
from hkshcc.register.words import STALE_AFTER_DAYS, Event

Outline = tuple[str, str, str | None]  # what places an entry: its id, its event, its ref
SHIPPED = "shipped"  # the command id of every entry that came with the tool
_REF = re.compile(r"(\d{1,9})-([A-Z]+)-(\d{1,9})([A-Z]?)")


class Register:
    """The entries up to a day of recording, and what counts among them.

    An entry counts unless a retraction that counts names it, which is decided from the last entry back. ``chain`` holds
    the hash chain's values as the store recorded them, where it did; ``sound`` is the store's word that they are those
    of the entries. ``outlines`` spares a store the reading of entries that nobody asks for.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        known_on: str | None = None,
        chain: Sequence[str] = (),
        sound: bool = False,
        outlines: Callable[[], Iterable[Outline]] | None = None,
    ) -> None:
        if known_on is not None:
            entries, outlines = [entry for entry in entries if entry.recorded[:10] <= known_on], None
        self.entries = entries
        self._chain = chain
        # What was recorded by a day are the first entries: moments never go back.
        self._fingerprint = chain[len(entries) - 1] if sound and entries else None
        self.plenaries: dict[int, Plenary] = {}
        self.areas: dict[str, Area] = {}
        self.bodies: dict[str, Body] = {}
        self.instruments: dict[str, Instrument] = {}
        self._rounds: list[tuple[Round, str]] = []
        self._agreed: dict[str, int] = {}  # by ref, where among the entries the one stands that agreed it
        self._measures: dict[str, Measure] = {}
        self._places: dict[str, list[int]] = {}  # by ref, where among the entries those on it stand
        self._events: dict[str, list[Entry]] = {}
        placed = list(outlines() if outlines else ((entry.id, entry.event, entry.ref) for entry in entries))
        agreed, retraction = str(Event.AGREED), str(Event.RETRACTION)
        self.withdrawn = _withdrawn([entries[at] for at, (_, event, _) in enumerate(placed) if event == retraction])
        for at, (name, event, ref) in enumerate(placed):
            if name in self.withdrawn:
                continue
            if event == agreed and ref is not None:
                self._agreed[ref] = at
            elif event in THINGS:
                self._enter(entries[at], entries[at].thing)
            if ref is not None:
                self._places.setdefault(ref, []).append(at)

    def _enter(self, entry: Entry, thing: Any) -> None:  # noqa: ANN401  decoded JSON, its shape checked on reading
        match entry.event:
            case Event.PLENARY:
                self.plenaries[thing["number"]] = Plenary(**thing)
            case Event.AREA:
                self.areas[thing["slug"]] = Area(**thing)
            case Event.BODY:
                self.bodies[thing["code"]] = Body(**thing)
            case Event.INSTRUMENT:
                self.instruments[thing["ref"]] = Instrument(**thing)
            case Event.ROUND:
                self._rounds.append((Round(**thing), entry.on or ""))

    @property
    def last(self) -> int:
        """The number of the last entry known; 0 for an empty register."""
        return self.entries[-1].number if self.entries else 0

    @property
    def fingerprint(self) -> str:
        """The hash chain's value after the last entry known, computed from the entries themselves."""
        if self._fingerprint is None:
            value = START
            for value in links(self.entries):  # noqa: B007  the last one is wanted
                pass
            self._fingerprint = value
        return self._fingerprint

    @property
    def altered(self) -> bool:
        """Whether a fingerprint that was asked for is not the one the store recorded."""
        if self._fingerprint is None or not self.last or len(self._chain) < self.last:
            return False
        return self._fingerprint != self._chain[self.last - 1]

    def broken_at(self) -> int | None:
        """Return the first entry that is not what was recorded under its number, else None."""
        value = START
        for entry, recorded in zip(self.entries, self._chain, strict=False):
            value = link(value, entry)
            if value != recorded:
                return entry.number
        return None

    def measures(self, as_of: str) -> list[Measure]:
        """Return the measures agreed by a day, in the order of plenary, area, paragraph and part."""
        agreed = [self._measure(ref) for ref in self._agreed if self.agreed_on(ref) <= as_of]
        place = {slug: index for index, slug in enumerate(self.areas)}
        return sorted(
            agreed, key=lambda measure: (measure.plenary, place.get(measure.area, len(place)), ref_order(measure.ref))
        )

    def measure(self, ref: str) -> Measure | None:
        """Return the measure of that ref, if it counts."""
        return self._measure(ref) if ref in self._agreed else None

    def _measure(self, ref: str) -> Measure:
        if ref not in self._measures:
            thing: Any = self.entries[self._agreed[ref]].thing
            self._measures[ref] = Measure(**thing)
        return self._measures[ref]

    def measure_ever(self, ref: str) -> Measure | None:
        """Return the measure of that ref, though it may have been withdrawn."""
        found = [
            entry.thing for entry in self.entries if entry.event == Event.AGREED and entry.ref == ref and entry.thing
        ]
        return Measure(**found[-1]) if found else None

    def agreed_on(self, ref: str) -> str:
        """Return the day of the plenary that agreed a measure."""
        return self.entries[self._agreed[ref]].on or ""

    def events(self, ref: str) -> list[Entry]:
        """Return the entries on a measure that count, in deciding order."""
        if ref not in self._events:
            self._events[ref] = in_order(self.entries[at] for at in self._places.get(ref, ()))
        return self._events[ref]

    def standing(self, measure: Measure, as_of: str, stale_after: int = STALE_AFTER_DAYS) -> Standing:
        """Return where a measure stands at the end of a day."""
        events = self.events(measure.ref)
        if events and (events[-1].on or "") > as_of:
            events = [entry for entry in events if (entry.on or "") <= as_of]
        return fold(measure, events, as_of, stale_after)

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
    """Take ``5-FIN-3b`` apart: plenary, area code, paragraph, part in lower case. None where it is no ref."""
    found = _REF.fullmatch(ref.upper())
    return (int(found[1]), found[2], int(found[3]), found[4].lower()) if found else None
