"""Entering: what a plenary agreed, as its release has it: areas, measures and the documents signed."""

import re
from collections.abc import Sequence
from string import ascii_lowercase
from typing import Any, NamedTuple

from hkshcc.errors import NotFoundError, RefusedError
from hkshcc.language import _, ngettext
from hkshcc.register.commands.common import CommandContext, Decision, new_entry, renumber, stated_target
from hkshcc.register.dates import Day, in_words
from hkshcc.register.index import Register, split_ref
from hkshcc.register.lookup import find_body, read_kind
from hkshcc.register.model import Names, Owner
from hkshcc.register.vocabulary import Event

_Thing = dict[str, Any]  # what an entry brings in, as it is stored


class AgreedMeasure(NamedTuple):
    """A measure of a release, as a person left it in the sheet; the area is a new one where the register lacks it."""

    area: str
    code: str
    area_name: Names
    number: int
    part: str
    title: Names
    kind: str
    owners: Sequence[Owner] = ()
    target: Day | None = None
    paragraph: int | None = None
    sha256: str | None = None


def adopt_measures(
    register: Register,
    context: CommandContext,
    plenary: int,
    measures: Sequence[AgreedMeasure],
    instruments: Sequence[Names] = (),
) -> Decision:
    """Enter what a plenary agreed: new areas, its measures, the documents signed; all or nothing.

    ``instruments`` are the documents' titles by language. Raises NotFoundError for a plenary that was not entered,
    RefusedError for one still to come, for refs, slugs or codes that are taken, and where nothing is new.
    """
    held_on = _held_on(register, context, plenary)
    if not measures and not instruments:
        raise RefusedError(_("nothing to record: no measures or documents were found"))
    areas = _new_areas(register, measures)
    refs = [f"{plenary}-{measure.code}-{measure.number}{measure.part}" for measure in measures]
    _check_refs(register, refs)
    agreed = [_agreed(register, ref, plenary, held_on, measure) for ref, measure in zip(refs, measures, strict=True)]
    documents, notes = _new_documents(register, plenary, instruments)
    if not areas and not agreed and not documents:
        raise RefusedError(_("nothing to record: the register already has these documents"))
    held = Day(held_on, "day")
    entries = [
        *(new_entry(register, context, Event.AREA, thing=area) for area in areas),
        *(new_entry(register, context, Event.AGREED, held, ref=thing["ref"], thing=thing) for thing in agreed),
        *(new_entry(register, context, Event.INSTRUMENT, thing=document) for document in documents),
    ]
    return Decision(renumber(register, context, entries), notes)


def _held_on(register: Register, context: CommandContext, plenary: int) -> str:
    """Return the day of a plenary. Raises NotFoundError for one not entered, RefusedError for one still to come."""
    found = register.plenaries.get(plenary)
    if found is None:
        raise NotFoundError(
            _("no plenary {number}", number=plenary),
            hint=_("`hkshcc plenary add {number} --date DATE` adds it", number=plenary),
        )
    if found.date > context.today:
        raise RefusedError(
            _("plenary {number} has not been held yet", number=plenary),
            hint=_("its measures can be recorded from {day} on", day=in_words(found.date)),
        )
    return found.date


def _new_areas(register: Register, measures: Sequence[AgreedMeasure]) -> list[_Thing]:
    """Return the areas that the register lacks, each once; refuse slugs and codes that clash."""
    codes = {area.slug: area.code for area in register.areas.values()}
    slugs = {area.code: area.slug for area in register.areas.values()}
    new: list[_Thing] = []
    for measure in measures:
        slug, code = measure.area, measure.code
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug):
            raise RefusedError(
                _("'{slug}' is not a valid slug of an area", slug=slug),
                hint=_("begin with a letter and use lower-case letters, digits and hyphens"),
            )
        if not re.fullmatch(r"[A-Z]{2,6}", code) or code == "DOC":
            raise RefusedError(
                _("'{code}' is not a valid code of area {slug}", code=code, slug=slug),
                hint=_("use 2 to 6 capital letters, but not DOC"),
            )
        if codes.get(slug, code) != code:
            raise RefusedError(
                _("area {slug} has the code {known}, not {code}", slug=slug, known=codes[slug], code=code),
                hint=_("use {code}", code=codes[slug]),
            )
        if slugs.get(code, slug) != slug:
            raise RefusedError(
                _("{code} is already the code of area {slug}", code=code, slug=slugs[code]),
                hint=_("choose another code"),
            )
        if slug not in codes:
            if not any((name or "").strip() for name in measure.area_name.values()):
                raise RefusedError(_("the new area {slug} needs a name", slug=slug))
            codes[slug], slugs[code] = code, slug
            new.append({"slug": slug, "code": code, "name": measure.area_name})
    return new


def _whole(ref: str) -> str:
    """Return the ref of the whole paragraph that a part is of; a ref without a letter is its own."""
    return ref.rstrip(ascii_lowercase)


def _check_refs(register: Register, refs: Sequence[str]) -> None:
    """Refuse refs that were given before or are given twice, and a paragraph beside a part of itself."""
    ever = register.refs_ever()
    wholes = {_whole(ref) for ref in ever}
    taken = [ref for ref in refs if ref in ever or ref in wholes or _whole(ref) in ever]
    if taken:
        ref = taken[0]
        gone = [entry for entry in register.entries if entry.ref == ref and entry.id in register.withdrawn]
        hint = ""
        if gone:
            number = register.withdrawn[gone[0].id].number
            hint = _(
                "{ref} was withdrawn: `hkshcc undo {number}` brings it back, or use other numbers",
                ref=ref,
                number=number,
            )
        raise RefusedError(_already_used(ref, len(taken) - 1), hint=hint)
    for ref in refs:
        if refs.count(ref) > 1:
            raise RefusedError(
                _("{ref} appears {count} times", ref=ref, count=refs.count(ref)),
                hint=_("give its parts the letters a, b, c"),
            )
        if _whole(ref) != ref and _whole(ref) in refs:
            raise RefusedError(
                _("{whole} appears beside its part {part}", whole=_whole(ref), part=ref),
                hint=_("give each of its parts a letter"),
            )


def _already_used(ref: str, others: int) -> str:
    if not others:
        return _("{ref} is already used in the register; nothing was recorded", ref=ref)
    return ngettext(
        "{ref} and {n} other ref are already used in the register; nothing was recorded",
        "{ref} and {n} other refs are already used in the register; nothing was recorded",
        others,
        ref=ref,
    )


def _agreed(register: Register, ref: str, plenary: int, held_on: str, measure: AgreedMeasure) -> _Thing:
    """Return a measure as it is stored, with what is known of it alone."""
    title = {language: text for language, text in measure.title.items() if text and text.strip()}
    if not title:
        raise RefusedError(_("{ref} needs a title", ref=ref))
    if measure.target and measure.target.on < held_on:
        raise RefusedError(
            _("the target of {ref} is before the plenary of {day}", ref=ref, day=in_words(held_on)),
            hint=_("give a later target"),
        )
    owners = {find_body(register, owner["body"]).code: owner["basis"] for owner in measure.owners}
    thing: _Thing = {
        "ref": ref,
        "plenary": plenary,
        "area": measure.area,
        "kind": str(read_kind(measure.kind)),
        "title": title,
        "owners": [Owner(body=code, basis=basis) for code, basis in owners.items()],
        "paragraph": measure.paragraph,
        "sha256": measure.sha256,
        "target": stated_target(measure.target) if measure.target else None,
    }
    return {key: value for key, value in thing.items() if value is not None and value != []}


def _new_documents(register: Register, plenary: int, instruments: Sequence[Names]) -> tuple[list[_Thing], list[str]]:
    """Return the documents that the register lacks, numbered on; and which it has."""
    known = {
        (name or "").casefold(): document.ref
        for document in register.instruments.values()
        if document.plenary == plenary
        for name in document.title.values()
    }
    # Numbers of documents that were withdrawn are not given again.
    ever = [entry.thing["ref"] for entry in register.entries if entry.event == Event.INSTRUMENT and entry.thing]
    numbers = [parts[2] for ref in ever if (parts := split_ref(ref)) and parts[0] == plenary]
    following = max(numbers, default=0) + 1
    new: list[_Thing] = []
    notes = []
    for title in instruments:
        again = next((known[text.casefold()] for text in title.values() if text and text.casefold() in known), None)
        if again:
            notes.append(_("{ref} is already in the register and was left out", ref=again))
            continue
        ref = f"{plenary}-DOC-{following + len(new)}"
        new.append({"ref": ref, "plenary": plenary, "title": title})
        known.update({text.casefold(): ref for text in title.values() if text})
    return new, notes
