"""Headings that were lost: places where one seems to be missing, by subject, number, words or layout."""

from hkshcc.exchange.releases.headings import is_catch_all
from hkshcc.exchange.releases.page_text import bare
from hkshcc.exchange.releases.reading import AreaDraft, ReleaseDraft
from hkshcc.exchange.releases.subjects import name_of, stems, subjects
from hkshcc.language import _, listed
from hkshcc.reports.proposal import WarningKind


def subject_named(said: str, lang: str) -> str | None:
    """Return what the subject is called that a paragraph speaks of more than once, None where there is none."""
    counts = subjects(said)
    best = max(counts, key=lambda slug: counts[slug], default=None)
    return name_of(best, lang) if best and counts[best] >= 2 else None


def find_missing(read: ReleaseDraft) -> None:
    """Mark the places where a heading seems to be missing, by subject, by number, by words or by layout."""
    if read.stated is not None and len(read.areas) >= read.stated:
        return
    _lost_by_number(read)
    if read.stated is not None:
        _lost_by_subject(read)
    missing = (read.stated or 0) - len(read.areas)
    if missing > 0 and not any(is_catch_all(bare(area.name)) for area in read.areas):
        _lost_by_layout(read, missing)


def _lost_by_layout(read: ReleaseDraft, missing: int) -> None:
    """Mark the one place where the one heading that is wanting could have stood; only name the places if several."""
    places = _lost_by_words(read) or _lost_by_gap(read)
    if missing == len(places) == 1:
        _split(read, *places[0], None)
    elif places:
        lines = [area.paragraphs[at].line for area, at in places]
        message = _(
            "a missing heading may have been before one of these lines: {lines}", lines=listed([*map(str, lines)])
        )
        read.warn(WarningKind.HEADING, message, *lines)


def _lost_by_number(read: ReleaseDraft) -> None:
    for area, following in list(zip(read.areas, read.areas[1:], strict=False)):
        if area.number and following.number and following.number == area.number + 2 and len(area.paragraphs) > 1:
            unlike = [at for at in range(1, len(area.paragraphs)) if _is_unlike(area, at)]
            at = unlike[0] if unlike else len(area.paragraphs) - 1
            _split(read, area, at, subject_named(area.paragraphs[at].bare, read.lang), area.number + 1)
        elif area.number and following.number and following.number > area.number + 1 and following.line:
            message = _(
                "a heading seems lost before line {line}: the numbers go from {before} to {after}",
                line=following.line,
                before=area.number,
                after=following.number,
            )
            read.warn(WarningKind.HEADING, message, following.line)


def _lost_by_subject(read: ReleaseDraft) -> None:
    headed = {slug for area in read.areas for slug in subjects(bare(area.name))}
    for area in (remaining := list(read.areas)):
        if not area.name or is_catch_all(bare(area.name)):
            continue
        own = set(subjects(bare(area.name)))
        for at in range(1, len(area.paragraphs)):
            counts = subjects(area.paragraphs[at].bare)
            best = max(counts, key=lambda slug: counts[slug], default=None)
            if best and counts[best] >= 3 and best not in headed and not own & set(counts) and _is_unlike(area, at):
                headed.add(best)
                # What follows may hide another heading: it is looked at in its turn.
                remaining.append(_split(read, area, at, name_of(best, read.lang)))
                break


def _is_unlike(area: AreaDraft, at: int) -> bool:
    """Return whether a paragraph has no word in common with its heading."""
    return not stems(bare(area.name)) & stems(area.paragraphs[at].bare)


def _lost_by_words(read: ReleaseDraft) -> list[tuple[AreaDraft, int]]:
    """Find paragraphs that share a word neither with their heading nor with what stands before them in the area."""
    places = []
    for area in read.areas:
        known = stems(bare(area.name))
        for at, row in enumerate(area.paragraphs):
            own = stems(row.bare)
            if at and not known & own:
                places.append((area, at))
                break
            known |= own
    return places


def _lost_by_gap(read: ReleaseDraft) -> list[tuple[AreaDraft, int]]:
    """Find empty lines within an area, where all others stand around headings."""
    return [(area, at) for area in read.areas for at in range(1, len(area.paragraphs)) if area.paragraphs[at].gap]


def _split(read: ReleaseDraft, area: AreaDraft, at: int, name: str | None, number: int | None = None) -> AreaDraft:
    """Begin an area without a heading at a paragraph of another, and say so."""
    line = area.paragraphs[at].line
    new = AreaDraft(name or "", None, number, area.mark, area.paragraphs[at:])
    del area.paragraphs[at:]
    read.areas.insert(read.areas.index(area) + 1, new)
    message = _(
        "a heading seems lost before line {line}: what follows is not about '{heading}'", line=line, heading=area.name
    )
    read.warn(WarningKind.HEADING, message, line, hint=suggested(name))
    return new


def suggested(name: str | None) -> str:
    """Return the hint of a warning: which name the words of a paragraph without a heading suggest."""
    return _("its words suggest '{name}'", name=name) if name else ""
