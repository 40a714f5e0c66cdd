"""A register that has a name, and entries of others: whose each entry is, what counts, and what its names mean.

All of it follows from the entries and from nothing else: not from the order in which they came, so that copies which
have the same entries agree. What both sides gave one name to is settled by a rule: the thing that was recorded first
keeps the name, and another gets the next free one, with its own as its alias.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

from hkshcc.register.chain import canonical
from hkshcc.register.index import SHIPPED, brought_by, split_ref
from hkshcc.register.model import Entry, Name, Number, Owner, names_given, names_used, told_order


class Settled(NamedTuple):
    """What follows from the entries of a register that exchanges with others.

    ``entries`` are the entries as they are seen: each with its origin and its place there, under the names that hold.
    ``withdrawn`` are those that do not count, with the retraction of each. ``kept`` are withdrawn and count all the
    same, because another that counts rests on them: its id. ``aside`` is what another thing of its name stands for,
    by ids. ``called`` are new names, by the ids of what has them, and ``otherwise`` by the old ones, in small letters,
    each with the register that gave the old one; ``givers`` what brought in the measure or body of a name. ``origin``
    is this register's name, ``exchanges`` are its own.
    """

    entries: list[Entry]
    withdrawn: dict[str, Entry]
    kept: dict[str, str]
    aside: dict[str, str]
    called: dict[str, str]
    otherwise: dict[Name, dict[str, str | None]]
    givers: dict[Name, str]
    origin: str | None
    exchanges: list[Entry]


def own_entries(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that did not come by an exchange, last first."""
    own = []
    at = len(entries)
    while at > 0:
        entry = entries[at - 1]
        own.append(entry)
        at -= 1 + brought_by(entry)
    return own


def settle(stored: Sequence[Entry]) -> Settled:
    """Find what follows from entries, as they are stored."""
    own = own_entries(stored)
    entries = _placed(stored)
    withdrawn = _withdrawn(entries)
    kept = _kept(entries, withdrawn)
    for name in kept:
        del withdrawn[name]
    names = _Names(entries, withdrawn)
    seen = [names.translated(entry) for entry in entries]
    by_id = {entry.id: entry for entry in seen}
    return Settled(
        entries=seen,
        withdrawn={name: by_id[entry.id] for name, entry in withdrawn.items()},
        kept=kept,
        aside=names.aside,
        called=names.called,
        otherwise=names.otherwise,
        givers=names.givers,
        origin=next((str((entry.thing or {})["name"]) for entry in own if entry.event == "origin"), None),
        exchanges=[by_id[entry.id] for entry in reversed(own) if entry.event == "exchange"],
    )


def _placed(stored: Sequence[Entry]) -> list[Entry]:
    """Return the entries with their origin and place, also those that were recorded before their register had a name.

    What shipped has no origin; its place is where it stands in what ships (`_order_of_shipped`).
    """
    named = sorted(
        (entry for entry in stored if entry.event == "origin"),
        key=lambda entry: (len((entry.thing or {})["before"]), told_order(entry)),
    )
    claims: dict[str, tuple[str, int]] = {}
    for entry in named:
        thing: Any = entry.thing
        for place, name in enumerate(thing["before"], start=1):
            claims.setdefault(name, (thing["name"], place))
    placed = []
    shipped = _order_of_shipped(stored, named)
    for entry in stored:
        if entry.place is None:
            origin, place = None, shipped.get(entry.id, int(entry.number))
            if entry.command != SHIPPED and entry.id in claims:
                origin, place = claims[entry.id]
            entry = entry._replace(origin=origin, place=place)  # noqa: PLW2901  the same entry, placed
        placed.append(entry)
    if len({entry.origin for entry in placed if entry.origin}) > 1:
        return [_numbered(entry) for entry in placed]
    return placed


def _order_of_shipped(stored: Sequence[Entry], named: Sequence[Entry]) -> dict[str, int]:
    """Return the places of what shipped, by id: the same in every copy, whichever version it came with and when.

    In which order a register had it, its naming says, and what it took in with a later version; these entries are the
    same in every copy. Of several orders the first counts.
    """
    taken = [entry for entry in stored if entry.event == "exchange" and (entry.thing or {}).get("origin") == SHIPPED]
    lists = [(entry.thing or {})["before"] for entry in named]
    lists += [(entry.thing or {})["received"] for entry in sorted(taken, key=told_order)]
    places: dict[str, int] = {}
    for names in lists:
        for name in names:
            places.setdefault(name, len(places) + 1)
    return places


def _numbered(entry: Entry) -> Entry:
    if not entry.origin or not entry.place:
        return entry
    return entry._replace(number=Number.of(entry.number, entry.origin, entry.place))


def _withdrawn(entries: Sequence[Entry]) -> dict[str, Entry]:
    """Return what does not count, and of the retractions that name it and count the last that was recorded."""
    gone: set[str] = set()
    counting = []
    for entry in reversed(entries):  # what a retraction names stands before it in every copy
        if entry.names and entry.id not in gone:
            counting.append(entry)
            gone.update(entry.names)
    withdrawn: dict[str, Entry] = {}
    for entry in sorted(counting, key=told_order):
        withdrawn.update(dict.fromkeys(entry.names or (), entry))
    return withdrawn


_FRAME = ("plenary", "area", "body", "round")  # what entries rest on by name


def _kept(entries: Sequence[Entry], withdrawn: Mapping[str, Entry]) -> dict[str, str]:
    """Return what one register withdrew while another recorded something that rests on it, and what rests on it."""
    gone = [entry for entry in entries if entry.event in _FRAME and entry.id in withdrawn and names_given(entry)]
    if not gone:
        return {}
    counting = [entry for entry in entries if entry.id not in withdrawn]
    given = {name: entry for entry in counting for name in names_given(entry)}
    ids = {entry.id: entry for entry in gone}
    by_name: dict[Name, list[Entry]] = defaultdict(list)
    for entry in sorted(gone, key=told_order):
        for name in names_given(entry):
            by_name[name].append(entry)
    kept: dict[str, str] = {}
    for entry in counting:
        for kind, called in names_used(entry):
            meant = ids.get(_meant(entry, kind, called) or "")
            held = given.get((kind, called))
            if held and (meant is None or _same(held, meant)):
                continue
            found = [meant] if meant else by_name.get((kind, called), [])
            found = [other for other in found if other.origin == entry.origin] or found
            if found:
                kept.setdefault(found[0].id, entry.id)
    return kept


def _meant(entry: Entry, kind: str, name: str) -> str | None:
    """Return the id of what brought in the thing that an entry names, where it says so."""
    for called, brought in (entry.means or {}).items():
        if called.casefold() == f"{kind} {name}":
            return brought
    return None


def _same(one: Entry, other: Entry) -> bool:
    """Return whether two things of one name are one: two bodies of one side are, and two rounds of the same days."""
    first, second = one.thing or {}, other.thing or {}
    if one.event == "body":
        return bool(first["side"] == second["side"])
    if one.event == "round":
        return bool((first["opened"], first["due"]) == (second["opened"], second["due"]))
    return True


class _Names:
    """What things are called, and which of several things of one name stands for it."""

    def __init__(self, entries: Sequence[Entry], withdrawn: Mapping[str, Entry]) -> None:
        self.aside: dict[str, str] = {}
        self.called: dict[str, str] = {}
        self.otherwise: dict[Name, dict[str, str | None]] = defaultdict(dict)
        self._own: dict[str, str] = {}  # by id, what measures and bodies are called by those who brought them in
        self._given: dict[Name, list[Entry]] = defaultdict(list)  # by name, in the order of recording
        self._areas: dict[str, tuple[str, str]] = {}  # of areas that are one, by slug: the slug and code that hold
        self._further: dict[str, Iterator[int]] = {}  # by a name with its register's, which numbers it may have yet
        self._rounds: dict[tuple[str, str, str], str] = {}  # of rounds, by name and days, what they are called
        self._held: dict[tuple[int, str], str] = {}  # by a plenary's number and a day that does not hold, its day
        told = sorted((entry for entry in entries if names_given(entry)), key=told_order)
        counting = [entry for entry in told if entry.id not in withdrawn]
        for event, settle_them in (
            ("plenary", self._settle_plenaries),
            ("area", self._settle_areas),
            ("body", self._settle_alike),
            ("round", self._settle_alike),
        ):
            settle_them([entry for entry in counting if entry.event == event])
        for event in ("agreed", "instrument"):
            self._settle_refs([entry for entry in told if entry.event == event])
        self.givers = self._found_givers(told, withdrawn)
        for entry in told:
            if called := self.called.get(entry.id):
                self.otherwise[names_given(entry)[0]][called] = entry.origin

    def _settle_plenaries(self, plenaries: Sequence[Entry]) -> None:
        """Let the first of several plenaries of one number stand."""
        standing: dict[Name, Entry] = {}
        for entry in plenaries:
            first = standing.setdefault(names_given(entry)[0], entry)
            if first is not entry:
                self.aside[entry.id] = first.id
                self._held[_thing(entry)["number"], _thing(entry)["date"]] = _thing(first)["date"]

    def _settle_areas(self, areas: Sequence[Entry]) -> None:
        """Make areas that share a slug or a code one area: the first stands."""
        standing: dict[Name, Entry] = {}
        for entry in areas:
            names = names_given(entry)
            first = next((standing[name] for name in names if name in standing), entry)
            for name in names:
                standing.setdefault(name, first)
                self.otherwise["area", name[1]][_thing(standing[name])["slug"]] = entry.origin
            if first is not entry:
                self.aside[entry.id] = first.id
                whole = _thing(first)
                for part in (first, entry):
                    self._areas[_thing(part)["slug"].casefold()] = whole["slug"], whole["code"]

    def _settle_alike(self, things: Sequence[Entry]) -> None:
        """Give a body or round another name where one that was recorded before has its own and is another thing."""
        taken = {name for entry in things for _, name in names_given(entry)}
        standing: dict[Name, list[Entry]] = defaultdict(list)
        for entry in things:
            (name,) = names_given(entry)
            self._given[name].append(entry)
            others = standing[name]
            twin = next((other for other in others if _same(other, entry)), None)
            own = str(_thing(entry)["code" if entry.event == "body" else "name"])
            self._own[entry.id] = own
            if twin:
                self.aside[entry.id] = twin.id
                continue
            if others:
                self.called[entry.id] = self._free(own, entry.origin, taken)
                taken.add(self.called[entry.id].casefold())
            if entry.event == "round":
                self._rounds[name[1], _thing(entry)["opened"], _thing(entry)["due"]] = self.called.get(entry.id, own)
            others.append(entry)

    def _settle_refs(self, things: Sequence[Entry]) -> None:
        """Give a measure or document another ref where one that was recorded before has its own.

        What shipped keeps its own in any case. Two that say the same in every word are one.
        """
        taken: dict[str, Entry] = {}
        moved: list[tuple[Entry, str]] = []
        for entry in sorted(things, key=lambda entry: entry.command != SHIPPED):
            (name,) = names_given(entry)
            self._given[name].append(entry)
            self._own[entry.id] = own = str(_thing(entry)["ref"])
            wanted = self._in_its_area(entry, own)
            first = taken.setdefault(own.casefold(), entry) if wanted == own else None
            if first is None or first.thing != entry.thing:
                moved.append((entry, wanted))
        again: dict[tuple[str, str], str] = {}
        used = set(taken)
        for entry, wanted in moved:
            same = (wanted.casefold(), canonical(_thing(entry)))
            if same not in again:
                again[same] = self._free(wanted, entry.origin, used)
                used.add(again[same].casefold())
            self.called[entry.id] = again[same]

    def _in_its_area(self, entry: Entry, ref: str) -> str:
        """Return a measure's ref with the code of the area that its own has become part of."""
        parts = split_ref(ref)
        whole = self._areas.get(str(_thing(entry).get("area", "")).casefold())
        if not whole or not parts or parts[1] == whole[1].upper():
            return ref
        return f"{parts[0]}-{whole[1]}-{parts[2]}{parts[3]}"

    def _found_givers(self, told: Sequence[Entry], withdrawn: Mapping[str, Entry]) -> dict[Name, str]:
        givers: dict[Name, str] = {}
        for entry in told:
            if entry.command == SHIPPED or entry.event not in {"agreed", "body"} or entry.id in self.aside:
                continue
            kind, name = names_given(entry)[0]
            here = (kind, self.called.get(entry.id, name).casefold())
            if here not in givers or givers[here] in withdrawn:
                givers[here] = entry.id
        return givers

    def _name(self, entry: Entry, kind: str, name: str) -> str:
        """Return what a thing that an entry names is called: what it means, else its own register's, else the first."""
        meant = _meant(entry, kind, name.casefold())
        if meant is None:
            found = self._given.get((kind, name.casefold()), [])
            own = [other for other in found if other.origin == entry.origin]
            meant = next((other.id for other in own or found), "")
        meant = self.aside.get(meant, meant)
        return self.called.get(meant) or self._own.get(meant) or name

    def _free(self, name: str, origin: str | None, taken: Collection[str]) -> str:
        """Return a name, where it is taken with that of the register that gave it: nothing else is ever called so.

        Of a register without a name it is ``B``: a ref ends in letters.
        """
        if name.casefold() not in taken:
            return name
        made = f"{name}-{origin or 'B'}"
        further = self._further.setdefault(made.casefold(), count(2))
        while made.casefold() in taken:
            made = f"{name}-{origin or 'B'}{next(further)}"
        return made

    def translated(self, entry: Entry) -> Entry:
        """Return an entry under the names that hold."""
        if not self.called and not self.aside and not _thing(entry).get("alias"):
            return entry
        if entry.thing is not None:
            entry = entry._replace(thing=self._translated_thing(entry, dict(entry.thing)))
        if entry.event == "agreed":
            on = self._held.get((_thing(entry)["plenary"], entry.on or ""), entry.on)
            entry = entry._replace(ref=_thing(entry)["ref"], on=on)
        elif entry.ref:
            entry = entry._replace(ref=self._name(entry, "measure", entry.ref))
        if entry.by:
            entry = entry._replace(by=self._name(entry, "body", entry.by))
        if entry.dropped:
            entry = entry._replace(dropped=[self._name(entry, "body", code) for code in entry.dropped])
        if entry.added:
            entry = entry._replace(added=[self._owner(entry, owner) for owner in entry.added])
        return entry

    def _owner(self, entry: Entry, owner: Owner) -> Owner:
        return Owner(**{**owner, "body": self._name(entry, "body", owner["body"])})

    def _translated_thing(self, entry: Entry, thing: dict[str, Any]) -> dict[str, Any]:
        here = self.called.get(entry.id)
        if here and entry.event in {"agreed", "instrument"}:
            thing |= {"ref": here, "alias": thing.get("alias") or thing["ref"]}
        elif here and entry.event == "body":
            thing |= {"code": here, "alias": thing["code"]}
        elif entry.event == "round":
            own = str(thing.pop("alias", None) or thing["name"])  # a closing says as what its round was recorded
            here = self._rounds.get((own.casefold(), thing["opened"], thing["due"]), thing["name"])
            thing |= {"name": here, "alias": own} if here.casefold() != own.casefold() else {"name": here}
        if entry.event == "agreed" and (whole := self._areas.get(thing["area"].casefold())):
            thing["area"] = whole[0]
        if thing.get("owners"):
            thing["owners"] = [self._owner(entry, owner) for owner in thing["owners"]]
        if thing.get("related"):
            thing["related"] = [self._name(entry, "measure", ref) for ref in thing["related"]]
        if thing.get("body"):
            thing["body"] = self._name(entry, "body", thing["body"])
        return thing


def _thing(entry: Entry) -> Mapping[str, Any]:
    return entry.thing or {}
