"""The public edition of a register: a register of its own, of the entries as they may be published.

Notes that are marked internal are left out, and of an update that is marked its words; its status, day and evidence
stay, so that every figure is that of the whole register. Of a copy that is kept of evidence the name of the file on
its recorder's own disk is left out of every entry, its SHA-256 is not. What was withdrawn is treated as if it were
marked: what should have been is often said without the mark first. What was left out occurs in no answer that is made
from the edition, as the edition does not have it.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hkshcc.language import WITHHELD
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import WORDS, Entry, Evidence, Name, names_given, told_order
from hkshcc.register.vocabulary import FULFILLED, Event


class LeftOut(NamedTuple):
    """How many notes were left out of an edition, of how many updates the words, and how many names of files."""

    notes: int = 0
    words: int = 0
    files: int = 0


def public_edition(register: Register) -> tuple[Register, LeftOut]:
    """Return the register that may be published, and how much of the whole was left out of it.

    Where nothing was, it is the whole. Else its entries are numbered and chained anew: its fingerprint is its own, and
    says nothing of what was left out.
    """
    kept: list[Entry] = []
    gone: set[str] = set()
    silenced: set[str] = set()
    files = 0
    for whole in _alone(register):
        entry = _without_names_of_files(whole)
        public = _public(entry, gone, silenced, withdrawn=entry.id in register.withdrawn)
        if public is None:
            gone.add(entry.id)
        else:
            if public != entry:
                silenced.add(entry.id)
            kept.append(public)
            files += entry != whole
    if not gone and not silenced and not files:
        return register, LeftOut()
    notes = sum(entry.id in gone and entry.event == Event.NOTE for entry in register.entries)
    words = sum(entry.id in silenced and entry.event in _UPDATES for entry in register.entries)
    return Register(_in_line(kept)), LeftOut(notes, words, files)


def _alone(register: Register) -> list[Entry]:
    """Return the entries as those of a register that exchanges with no other, under the names that hold.

    What is left out of some of them leaves no register's chain to go by, and no place in one.
    """
    settled = register.settled
    if settled is None:
        return list(register.entries)
    dropped = set(settled.aside)
    given: dict[Name, str] = {}
    for entry in sorted(register.entries, key=lambda entry: entry.id in register.withdrawn):
        if entry.event in _OF_REGISTERS:
            dropped.add(entry.id)
        elif entry.event in {Event.AGREED, Event.INSTRUMENT}:  # of two that say the same, one
            dropped.update(entry.id for name in names_given(entry) if given.setdefault(name, entry.id) != entry.id)
    found = []
    for entry, stored in zip(register.entries, register.stored, strict=True):
        if entry.id in dropped:
            continue
        alone = entry._replace(number=int(entry.number), origin=None, place=None, after=None, means=None, clock=None)
        if alone != stored:  # a signature covers what it said there
            alone = alone._replace(signature=None)
        if alone.names:
            names = [name for name in alone.names if name not in dropped and name not in settled.kept]
            alone = alone._replace(names=names)
        if alone.names != []:
            found.append((told_order(entry), alone))
    # Where the clocks of registers differ an entry may come before what it rests on: then they stay as they came.
    in_order = [alone for _, alone in sorted(found, key=lambda each: each[0])]
    return in_order if _rest_on_earlier_ones(in_order) else [alone for _, alone in found]


def _rest_on_earlier_ones(entries: Sequence[Entry]) -> bool:
    ids: set[str] = set()
    refs: set[str | None] = set()
    for entry in entries:
        if not ids.issuperset(entry.names or ()) or (
            entry.ref and entry.event != Event.AGREED and entry.ref not in refs
        ):
            return False
        ids.add(entry.id)
        refs.add(entry.ref)
    return True


_OF_REGISTERS = (Event.EXCHANGE, Event.ORIGIN)
_UPDATES = (Event.FINDING, Event.RETURN)


def _public(entry: Entry, gone: set[str], silenced: set[str], *, withdrawn: bool) -> Entry | None:
    """Return an entry as it may be published, None for one that may not be at all."""
    match entry.event:
        case Event.NOTE:
            return None if entry.internal or withdrawn else entry
        case Event.FINDING | Event.RETURN:
            return _without_words(entry, withdrawn=withdrawn) if entry.internal or withdrawn else entry
        case Event.RETRACTION:
            names = [name for name in entry.names or () if name not in gone]
            if not names:
                return None
            # Its reason may tell what it withdrew.
            untold = withdrawn or len(names) < len(entry.names or ()) or not silenced.isdisjoint(names)
            return entry._replace(names=names, reason=None if untold else entry.reason)
        case Event.EXCHANGE:
            thing: Any = entry.thing
            return entry._replace(thing={**thing, "received": [name for name in thing["received"] if name not in gone]})
    return _unsaid(entry) if withdrawn else entry


def _without_names_of_files(entry: Entry) -> Entry:
    """Return an entry without the names of files whose copies are kept, and without the signature that covers them."""
    if not any("copy" in piece and piece["copy"]["name"] != WITHHELD for piece in entry.evidence or ()):
        return entry
    evidence = [
        Evidence(**{**piece, "copy": {**piece["copy"], "name": WITHHELD}}) if "copy" in piece else piece
        for piece in entry.evidence or ()
    ]
    remark = WITHHELD if entry.event == Event.NOTE else entry.remark  # of a copy that was kept later: its file's name
    return entry._replace(evidence=evidence, remark=remark, signature=None)


def _unsaid(entry: Entry) -> Entry:
    """Return a decision that was withdrawn without the words that it was made with."""
    words: dict[str, Any] = {name: WITHHELD for name in WORDS if getattr(entry, name) is not None}
    if entry.criteria:
        words["criteria"] = dict.fromkeys(entry.criteria, WITHHELD)
    if entry.event == Event.AGREED and entry.thing:
        names = {name: entry.thing[name] for name in ("title", "summary") if entry.thing.get(name)}
        said = {name: _withheld(texts) for name, texts in names.items()}
        words["thing"] = {**entry.thing, **said}
    return entry._replace(**words)


def _withheld(texts: Any) -> Any:  # noqa: ANN401  decoded JSON: a text, or one by language
    return WITHHELD if isinstance(texts, str) else {lang: text and WITHHELD for lang, text in texts.items()}


def _without_words(entry: Entry, *, withdrawn: bool) -> Entry:
    words: dict[str, Any] = {name: WITHHELD for name in WORDS if getattr(entry, name) is not None}
    # A signature would confirm a guess at what was left out.
    silent = entry._replace(**words, next_by=None, next_by_precision=None, signature=None)
    if withdrawn and entry.evidence:  # it shows nothing any more
        silent = silent._replace(evidence=None)
        if entry.status in FULFILLED:
            silent = silent._replace(without_evidence=WITHHELD)
    return silent


def wholes_of(register: Register, number: int, digits: str) -> Iterator[Register]:
    """Yield the registers of which a public edition is, by the edition's last entry and its fingerprint.

    Each is this register as it was once, the latest first: they differ in entries that are left out at its end. None
    where it never had such an edition, and where that left nothing out.
    """
    dropped: set[str] = {Event.NOTE, Event.RETRACTION}
    if register.settled is not None:  # what says where entries come from, and of two that are one
        dropped |= {*_OF_REGISTERS, Event.PLENARY, Event.AREA, Event.BODY, Event.AGREED, Event.INSTRUMENT, Event.ROUND}
    droppable = sum(entry.event in dropped and entry.command != SHIPPED for entry in register.entries)
    named = any("copy" in piece for entry in register.entries for piece in entry.evidence or ())
    if not droppable and not named and not any(entry.internal for entry in register.entries):
        return
    for last in range(min(register.last, number + droppable), number - 1, -1):
        whole = register if last == register.last else Register(list(register.stored[:last]))
        edition, left_out = public_edition(whole)
        if any(left_out) and edition.last == number and edition.fingerprint.startswith(digits):
            yield whole


def _in_line(entries: list[Entry]) -> list[Entry]:
    """Return entries numbered from 1, each with the moment before it where a wrong clock dated that one later."""
    found: list[Entry] = []
    before = ""
    for number, entry in enumerate(entries, start=1):
        clock = before if entry.recorded < before else None
        signature = entry.signature if clock == entry.clock else None  # it covers the clock
        found.append(entry._replace(number=number, clock=clock, signature=signature))
        before = entry.recorded
    return found
