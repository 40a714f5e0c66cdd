"""A release as it was read, fitted to a register: which areas it knows, what new ones could be called, who is named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, product
from string import ascii_uppercase

from hkshcc.exchange.releases.date_phrases import target_in
from hkshcc.exchange.releases.kinds import kind_of
from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.promises import at_its_promise
from hkshcc.exchange.releases.reading import AreaDraft, ReleaseDraft
from hkshcc.exchange.releases.rows import digest
from hkshcc.exchange.releases.scripts import is_chinese, language_of
from hkshcc.exchange.releases.sentences import sentences
from hkshcc.exchange.releases.subjects import only_subject, stems, subjects
from hkshcc.language import _, current
from hkshcc.register.dates import long_form
from hkshcc.register.index import Register
from hkshcc.register.model import Area, Body, Owner
from hkshcc.register.vocabulary import in_language
from hkshcc.reports.proposal import Proposal, ProposedArea, ProposedMeasure, ReleaseWarning, WarningKind

_LONGEST_TITLE = 80


def proposal_of(read: ReleaseDraft, register: Register, plenary: int | None = None) -> Proposal:
    """Return the proposal for a register; ``plenary`` is the number that a person gave."""
    number = plenary or read.plenary
    warnings = list(read.warnings)
    if number is None:
        message = _("the plenary's number was not found")
        warnings.append(ReleaseWarning(WarningKind.PLENARY, message, hint=_("give --plenary NUMBER")))
    if plenary and read.plenary and plenary != read.plenary:
        message = _("the release seems to be of plenary {found}, not {given}", found=read.plenary, given=plenary)
        warnings.append(ReleaseWarning(WarningKind.PLENARY, message))
    held = register.plenaries.get(number) if number else None
    if held and read.date and held.date != read.date:
        message = _(
            "the release is dated {day}, but plenary {number} was held on {held}",
            day=long_form(read.date),
            number=number,
            held=long_form(held.date),
        )
        warnings.append(ReleaseWarning(WarningKind.DAY, message))
    day = read.date or (held.date if held else None)
    named = _Bodies(register.bodies.values())
    areas = _fitted(read.areas, register)
    warnings += _taken(areas, register)
    measures: list[ProposedMeasure] = []
    counted: dict[str, int] = {}
    for index, area in enumerate(read.areas):
        for row in area.paragraphs:
            code = areas[index].code
            counted[code] = counted.get(code, 0) + 1
            promise = at_its_promise(row.text)
            bared = bare(promise)
            measures.append(
                ProposedMeasure(
                    area=index,
                    paragraph=len(measures) + 1,
                    number=counted[code],
                    line=row.line,
                    text=row.text,
                    sha256=digest(row.text),
                    title=_title(promise),
                    kind=str(kind_of(bared)),
                    owners=named.stated_in(row.bare),
                    target=target_in(bared[:4000], day),
                )
            )
    return Proposal(
        title=read.title,
        conference=read.conference,
        plenary=number,
        date=read.date,
        lang=read.lang,
        areas_stated=read.stated,
        areas=areas,
        measures=measures,
        instruments=read.instruments,
        warnings=warnings,
    )


def _title(text: str) -> str:
    """Return how a paragraph begins, up to the end of a clause or of a word."""
    sentence = next(iter(sentences(text[:400])), text)
    first = re.split(r"(?<=;)\s|(?<=；)", sentence, maxsplit=1)[0].rstrip(".;。； ") or text
    most = _LONGEST_TITLE // 2 if is_chinese(first) else _LONGEST_TITLE
    if len(first) <= most:
        return first
    cut = max(first.rfind(sign, 20, most) for sign in (", ", "，", "、", " "))
    return first[: cut if cut > 0 else most].rstrip(" ,，、") + "…"


# Areas


def _fitted(areas: Sequence[AreaDraft], register: Register) -> list[ProposedArea]:
    known = _known(areas, register)
    slugs = set(register.areas)
    codes = {area.code for area in register.areas.values()} | {"DOC"}  # DOC is the documents'
    fitted: list[ProposedArea] = []
    named: dict[str, ProposedArea] = {}
    for area in areas:
        key = _key(area.title)
        found, again = known.get(key), named.get(key)
        if found:
            fitted.append(ProposedArea(area.title, area.line, found.slug, found.code, known=True))
        elif again:
            fitted.append(again._replace(line=area.line))
        else:
            slug, code = new_names(area.name or "lost", slugs, codes)
            slugs.add(slug)
            codes.add(code)
            fitted.append(ProposedArea(area.title, area.line, slug, code))
            named[key] = fitted[-1]
    return fitted


def _known(areas: Sequence[AreaDraft], register: Register) -> dict[str, Area]:
    """Return, by the key of a heading, the register's area that it is: by its very name, else by what it is about."""
    by_name = {_key(name): area for area in register.areas.values() for name in _called(area)}
    found = {_key(area.name): by_name[_key(area.name)] for area in areas if _key(area.name) in by_name}
    free = [area for area in register.areas.values() if area not in found.values()]
    alike: dict[str, Area] = {}
    for heading in areas:
        fits = [area for area in free if _is_about(bare(heading.name), area)]
        if len(fits) == 1 and _key(heading.name) not in found:
            alike[_key(heading.name)] = fits[0]
    # An area that two headings could be is left to a person.
    claimed = list(alike.values())
    return found | {key: area for key, area in alike.items() if claimed.count(area) == 1}


def _is_about(heading: str, area: Area) -> bool:
    """Return whether a heading names an area shortly (``文化``), or its one subject where no name is in its script."""
    about = {slug for name in _called(area) for slug in subjects(bare(name))}
    shared = bool(about & set(subjects(heading)))
    if stems(heading) and any(_is_short_for(heading, bare(name), anywhere=shared) for name in _called(area)):
        return True
    if only_subject(heading) not in about:
        return False
    name_there = area.name.get(language_of(heading))
    return name_there is None or bool(stems(heading) & stems(bare(name_there)))


def _is_short_for(heading: str, name: str, *, anywhere: bool) -> bool:
    """Return whether a name begins with a heading, or has it ``anywhere``; ``創科`` is short for ``創新及科技``."""
    before, there, after = name.casefold().partition(heading.casefold())
    if is_chinese(heading):
        signs = iter(name)
        return bool(there and not before) or (anywhere and all(sign in signs for sign in heading))
    return bool(there) and not (before[-1:].isalnum() or after[:1].isalnum()) and (anywhere or not before)


def _taken(areas: Sequence[ProposedArea], register: Register) -> list[ReleaseWarning]:
    """Name the headings that were taken for an area of another name."""
    return [
        ReleaseWarning(
            WarningKind.KNOWN_AREA,
            _was_read_as(area, in_language(register.areas[area.slug].name, current())),
            [area.line] if area.line else [],
        )
        for area in areas
        if area.known and _key(area.name) not in {_key(name) for name in _called(register.areas[area.slug])}
    ]


def _was_read_as(area: ProposedArea, name: str) -> str:
    values = {"heading": area.name, "code": area.code, "name": name}
    if area.line:
        return _("'{heading}' (line {line}) was read as area {code}, '{name}'", **values, line=area.line)
    return _("'{heading}' was read as area {code}, '{name}'", **values)


def _called(area: Area) -> list[str]:
    return [name for name in (area.slug, *area.name.values(), *area.short.values()) if name]


def _key(name: str) -> str:
    return re.sub(r"[\W_]+", "", bare(name).casefold())


_SMALL = frozenset(("and", "the", "of", "for", "in", "on", "to", "with", "co", "operation", "areas", "area", "a", "an"))


def new_names(name: str, slugs: Iterable[str], codes: Iterable[str]) -> tuple[str, str]:
    """Return a slug and a code of three letters for a new area, derived from its name and not among those taken."""
    taken_slugs, taken_codes = set(slugs), set(codes)
    about = subjects(bare(name))
    words = [word for word in re.findall(r"[a-z]+", bare(name).casefold()[:200]) if word not in _SMALL]
    if not words:
        words = [max(about, key=lambda slug: about[slug])] if about else ["area"]
    slug = words[0][:20]
    if slug in taken_slugs and len(words) > 1:
        slug = "-".join(words[:2])[:30]
    free = next(f"{slug}{end}" for end in ("", *(f"-{n}" for n in range(2, 1000))) if f"{slug}{end}" not in taken_slugs)
    return free, _code("".join(words), taken_codes)


def _code(letters: str, taken: set[str]) -> str:
    letters = (letters.upper() + "X")[:60]
    first = (letters + "XX")[:3]
    tried = [first, *(letters[0] + second + third for second, third in pairwise(letters[1:]))]
    every = ("".join(code) for code in product(ascii_uppercase, repeat=3))
    return next(code for code in (*tried, *every) if code not in taken)


# Bodies


class _Bodies:
    """The names of the register's bodies, to be found in a text; of two that overlap, the longer."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        names: dict[str, str] = {}
        for body in bodies:
            for name in body.name.values():
                for part in re.split(r"\s*[/／]\s*", name or ""):
                    if len(part) >= 3:
                        names.setdefault(bare(part).casefold(), body.code)
        self._codes: Mapping[str, str] = names
        self._short = {body.code for body in bodies if len(body.code) >= 3}
        longest = sorted(names, key=len, reverse=True)
        # Letters on either side would make it another word; Chinese has no such bounds.
        self._names = re.compile(
            "|".join(rf"(?<![a-z]){re.escape(name)}(?![a-z])" for name in longest) or r"(?!)", re.IGNORECASE
        )

    def stated_in(self, said: str) -> list[Owner]:
        """Return the bodies that a text names, in its order."""
        said = said[:20_000]
        found = {match.start(): self._codes[match[0].casefold()] for match in self._names.finditer(said)}
        # What is left of the text once the names are out may still hold codes.
        rest = self._names.sub(lambda match: " " * len(match[0]), said)
        for match in re.finditer(r"(?<![\w-])[A-Za-z][A-Za-z-]{2,15}(?![\w-])", rest):
            if match[0] in self._short:
                found[match.start()] = match[0]
        codes = dict.fromkeys(code for _, code in sorted(found.items()))
        return [Owner(body=code, basis="stated") for code in codes]
