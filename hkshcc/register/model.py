"""The things of the register, as they are agreed, entered and stored.

Records are named tuples: as unchangeable as frozen dataclasses, and defined in a quarter of the time at start-up.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, NotRequired, TypedDict

Names = dict[str, str | None]  # by language: en, zh-Hant, zh-Hans


class Copy(TypedDict):
    """A file that is kept beside the store: its SHA-256 (64 hexadecimal digits), the name that it had, its size."""

    sha256: str
    name: str
    bytes: int


class Evidence(TypedDict):
    """What an entry rests on: its kind, who says so, and where (a URL or a reference).

    Where they were given, its title, the day (ISO) on which it was read, the link to an archived copy, and the copy
    that is kept here.
    """

    kind: str
    source: str | None
    locator: str
    title: NotRequired[str]
    read_on: NotRequired[str]
    archived: NotRequired[str]
    copy: NotRequired[Copy]


class Signature(TypedDict):
    """A body's signature: its method (``ssh`` or ``cms``), the fingerprint of its key, itself as base64.

    Where a form was signed, and not the entry itself, ``sha256`` is that of the form's file.
    """

    method: str
    key: str
    value: str
    sha256: NotRequired[str]


class Owner(TypedDict):
    """A body that answers for a measure: ``stated`` in the release or ``inferred`` from its remit."""

    body: str
    basis: str


class Target(TypedDict):
    """A promised day (ISO), its precision as in `dates.Day`, whether it was ``stated`` or ``implied``, and a remark."""

    date: str
    precision: str
    basis: str
    note: str | None


class Plenary(NamedTuple):
    """A session of the conference. ``date`` is ISO, ``number`` counts from 1; what is stated, its release says."""

    number: int
    date: str
    place: str | None = None
    co_chairs: Sequence[Names] = ()
    name: Names = {}  # noqa: RUF012  never changed
    source: str | None = None
    areas_stated: int | None = None
    items_stated: int | None = None


class Area(NamedTuple):
    """A co-operation area: ``slug`` for people to type, ``code`` for refs, ``short`` where the name is long."""

    slug: str
    code: str
    name: Names
    short: Names = {}  # noqa: RUF012  never changed
    note: str | None = None


class Body(NamedTuple):
    """A bureau, office or institution of one side (``hk`` or ``sh``)."""

    code: str
    side: str
    name: Names
    note: str | None = None
    alias: str | None = None  # the code under which it was recorded, where another has it


class Measure(NamedTuple):
    """One commitment, as it was agreed; nothing here ever changes.

    ``area`` is a slug, ``kind`` one of `vocabulary.Kind`. ``paragraph`` is the number in the release, from 1, of the
    paragraph that has its wording, and ``sha256`` that paragraph's digest (64 hexadecimal digits).
    """

    ref: str
    plenary: int
    area: str
    kind: str
    title: Names
    summary: Names = {}  # noqa: RUF012  never changed
    owners: Sequence[Owner] = ()
    target: Target | None = None
    paragraph: int | None = None
    sha256: str | None = None
    timing: str | None = None
    organisations: Sequence[str] = ()
    alias: str | None = None  # the ref under which it was recorded, where another has it


class Instrument(NamedTuple):
    """A document signed at a plenary, and the measures it bears on."""

    ref: str
    plenary: int
    title: Names
    signatories: Sequence[Names] = ()
    related: Sequence[str] = ()
    annex: Names = {}  # noqa: RUF012  never changed
    alias: str | None = None  # the ref under which it was recorded, where another has it


class Round(NamedTuple):
    """A reporting round: open from a day (ISO), returns due by another, closed on a third or not yet."""

    name: str
    opened: str
    due: str
    closed: str | None = None
    alias: str | None = None  # the name under which it was recorded, where another has it


class Exchange(NamedTuple):
    """Entries that came from another copy, or with a newer version, by one command; they stand before this entry.

    ``received`` are their ids in their order, ``entries`` and ``fingerprint`` (64 hexadecimal digits) the copy's.
    ``origin`` names the register that it is a copy of: ``shipped`` the one that ships, empty one that has no
    name. An exchange without the field is of an earlier form: what came by it stands after it.
    """

    received: Sequence[str]
    entries: int
    fingerprint: str
    origin: str | None = None


class Origin(NamedTuple):
    """The name of the register in which an entry was recorded, as ``HK``, given from here on.

    ``before`` are the ids of all entries that stand before it, in their order: those of them that were recorded there
    without a name have this one, and their numbers there are their places in the list.
    """

    name: str
    before: Sequence[str]


class Key(NamedTuple):
    """A body's key: what it signs can be verified with ``public`` (see `openssh.PublicKey`).

    ``since`` and ``until`` are the first and the last day (ISO) on which it is valid, ``revoked`` the day from which it
    is no longer trusted.
    """

    fingerprint: str
    body: str
    method: str
    public: str
    since: str
    until: str | None = None
    revoked: str | None = None


class Entry(NamedTuple):
    """One append-only event. The fields after ``recorder`` are there where the kind has them.

    ``on`` is the day it became true, ``recorded`` the moment the register was told (ISO, +08:00). ``thing`` is what an
    ``agreed`` entry or one of the register's own brings in. ``names`` are the ids that a retraction withdraws.
    ``clock`` is the moment of the entry before, where that lies after this one's: a clock was wrong then. ``nil`` marks
    a return that says that there is no news. ``next_by`` is the day by which the next step is to be taken (ISO).
    ``criteria`` say what would count, by ``CRITERIA``; ``agreed_by`` is the side that agreed to them, or ``both``.
    ``origin`` is the register in which it was recorded, and ``place`` its number there. ``after`` is the latest moment
    of what stands before it, where that is later than its own: clocks differ. ``means`` says which measures and bodies
    its names are of, by the ids of the entries that brought them in.
    ``internal`` marks a note, or the words of an update, that are not published (`edition`).
    ``signature`` is that of the body that reports.
    """

    number: int
    id: str
    command: str
    event: str
    recorded: str
    recorder: str
    ref: str | None = None
    on: str | None = None
    precision: str | None = None
    by: str | None = None
    side: str | None = None
    status: str | None = None
    remark: str | None = None
    reason: str | None = None
    next: str | None = None
    attention: str | None = None
    evidence: list[Evidence] | None = None
    without_evidence: str | None = None
    target: Target | None = None
    added: list[Owner] | None = None
    dropped: list[str] | None = None
    names: list[str] | None = None
    thing: Mapping[str, Any] | None = None
    clock: str | None = None
    nil: bool | None = None
    next_by: str | None = None
    next_by_precision: str | None = None
    criteria: Mapping[str, str | Names] | None = None
    agreed_by: str | None = None
    internal: bool | None = None
    origin: str | None = None
    place: int | None = None
    after: str | None = None
    means: Mapping[str, str] | None = None
    signature: Signature | None = None


class Number(int):
    """An entry's number, which people read by its origin where entries of several registers meet: ``HK-256``."""

    origin: str
    place: int

    @classmethod
    def of(cls, number: int, origin: str, place: int) -> "Number":
        """Return a number in this register for an entry that has a place in the register where it was recorded."""
        made = cls(number)
        made.origin, made.place = origin, place
        return made

    def __str__(self) -> str:
        """Return what people read."""
        return f"{self.origin}-{self.place}"


def moment_of(entry: Entry) -> str:
    """Return an entry's moment (ISO), which is never before that of an entry that whoever recorded it had."""
    return max(entry.recorded, entry.after or entry.clock or "")


def told_order(entry: Entry) -> tuple[str, str, int, str]:
    """Return a key for the order in which entries were recorded, in whichever registers.

    In a register without a name it is their order there. Where registers exchange entries it is the moment, then the
    register, then the place in it: all of these are properties of the entry, so that it is the same in every copy.
    """
    if entry.place is None:
        return "", "", entry.number, ""
    return moment_of(entry), entry.origin or "", entry.place, entry.id


def measure_of(thing: Mapping[str, Any]) -> Measure:
    """Return the measure that an ``agreed`` entry's thing brings in.

    A summary that was typed is stored as a text, as it came: it is read as an English one.
    """
    return Measure(**{**thing, "summary": by_language(thing.get("summary"))})


def plenary_of(thing: Mapping[str, Any]) -> Plenary:
    """Return the plenary that an entry's thing brings in. The name of a co-chair that was typed is a text."""
    return Plenary(**{**thing, "co_chairs": [by_language(name) for name in thing.get("co_chairs", ())]})


def instrument_of(thing: Mapping[str, Any]) -> Instrument:
    """Return the document that an entry's thing brings in; who signed it and its annex may be texts."""
    signatories = [by_language(name) for name in thing.get("signatories", ())]
    return Instrument(**{**thing, "signatories": signatories, "annex": by_language(thing.get("annex"))})


def by_language(said: "str | Names | None") -> Names:
    """Return a text by language; one that was typed is taken for English."""
    return {"en": said} if isinstance(said, str) else said or {}


CRITERIA = ("done_when", "step_when", "not")  # when a measure is fulfilled, what is a step, and what does not count


WORDS = ("remark", "reason", "next", "attention", "without_evidence")  # what an update says in sentences


def says(entry: Entry) -> bool:
    """Return whether a report or finding says anything of its measure, its evidence apart."""
    return any((entry.status, entry.remark, entry.reason, entry.next, entry.attention, entry.without_evidence))


FIELDS = Entry._fields[1:]  # as stored: the number is the entry's place
Payload = (
    type[Plenary] | type[Area] | type[Body] | type[Measure] | type[Instrument] | type[Round] | type[Exchange]
    | type[Origin] | type[Key]
)  # fmt: skip
PAYLOAD_TYPES: Mapping[str, Payload] = {
    "plenary": Plenary,
    "area": Area,
    "body": Body,
    "agreed": Measure,
    "instrument": Instrument,
    "round": Round,
    "exchange": Exchange,
    "origin": Origin,
    "key": Key,
}


def encode(entry: Entry) -> dict[str, Any]:
    """Return the entry as it is stored and hashed: the fields it has, without its number."""
    return {field: value for field, value in zip(FIELDS, entry[1:], strict=True) if value is not None}


Name = tuple[str, str]  # a kind of thing, and which one it is: ("body", "fstb")


def names_given(entry: Entry) -> list[Name]:
    """Return the names that an entry brings into the register, in small letters; no two that count may give one."""
    thing = entry.thing or {}
    match entry.event:
        case "agreed" | "instrument":
            names = [("measure" if entry.event == "agreed" else "instrument", thing["ref"])]
        case "plenary":
            names = [("plenary", str(thing["number"]))]
        case "body":
            names = [("body", thing["code"])]
        case "area":
            names = [("area", thing["slug"]), ("area code", thing["code"])]
        case "round" if not thing.get("closed"):
            names = [("round", thing["name"])]
        case _:
            names = []
    return [(kind, name.casefold()) for kind, name in names]


def names_used(entry: Entry) -> list[Name]:
    """Return the names that an entry rests on: its bodies, its area and plenary, the round that it closes."""
    thing = entry.thing or {}
    names = [("body", code) for code in bodies_named(entry)]
    names += [(kind, str(thing[kind])) for kind in ("area", "plenary") if kind in thing]
    if entry.event == "round" and thing.get("closed"):
        names.append(("round", thing["name"]))
    return [(kind, name.casefold()) for kind, name in names]


def in_declared_order(entry: Entry) -> dict[str, Any]:
    """Return the entry's fields in the order of their declaration, what is within them too: a store sorts them."""
    fields = encode(entry)
    if entry.thing is not None:
        fields["thing"] = {
            field: _arranged(entry.thing[field]) for field in PAYLOAD_TYPES[entry.event]._fields if field in entry.thing
        }
    return {field: _arranged(value) for field, value in fields.items()}


_ORDER = (
    *CRITERIA,
    "body", "date", "precision", "basis", "note", "kind", "source", "title", "locator", "read_on", "archived", "copy",
    "method", "key", "value", "sha256", "name", "bytes", "en", "zh-Hant", "zh-Hans",
)  # fmt: skip


def _arranged(value: Any) -> Any:  # noqa: ANN401  decoded JSON
    if isinstance(value, list):
        return [_arranged(item) for item in value]
    if isinstance(value, dict) and value.keys() <= set(_ORDER):
        return {key: _arranged(value[key]) for key in _ORDER if key in value}
    return value


def bodies_named(entry: Entry) -> list[str]:
    """Return the codes of the bodies that an entry names: owners, those who leave, who reports, whose key it is."""
    thing = entry.thing or {}
    owners = [*thing.get("owners", ()), *(entry.added or ())]
    named = [*(owner["body"] for owner in owners), *(entry.dropped or ()), *([entry.by] if entry.by else [])]
    return [*named, thing["body"]] if entry.event == "key" else named
