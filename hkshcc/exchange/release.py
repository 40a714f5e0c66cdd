"""From a government's press release to a proposal: areas, a measure for each paragraph, documents signed.

What cannot be known for sure is said in a warning; a heading that seems lost is marked, never guessed in silence.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from hkshcc.exchange import wording
from hkshcc.exchange.documents import documents_signed
from hkshcc.exchange.page_text import Page, bare, visible
from hkshcc.exchange.promises import A_SIGNING, PROGRESS, beside, promised
from hkshcc.exchange.rows import Row, is_starred, rows_of
from hkshcc.exchange.signing import is_signing, may_be_signing, titles_in
from hkshcc.exchange.subjects import name_of, stems, subjects
from hkshcc.reports.page import count_of
from hkshcc.reports.proposal import ProposedInstrument

# What a release says


@dataclass
class Area:
    """An area in the making; ``line`` is None for one whose heading is lost."""

    name: str
    line: int | None
    number: int | None = None
    paragraphs: list[Row] = field(default_factory=list)


@dataclass
class Read:
    """What was read from a release, before it is fitted to a register."""

    title: str | None = None
    plenary: int | None = None
    date: str | None = None
    lang: str = "en"
    stated: int | None = None
    areas: list[Area] = field(default_factory=list)
    instruments: list[ProposedInstrument] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_release(page: Page) -> Read:
    """Read a release's lines. Whatever they hold, something is returned, with warnings on what is doubtful."""
    rows = rows_of(page.lines)
    end = next((at for at, row in enumerate(rows) if wording.END.match(row.said)), len(rows))
    body, footer = rows[:end], rows[end:] + rows_of(page.footer)
    read = Read(lang=wording.language_of(" ".join(row.said for row in body)))
    start = _title(body, page.title, read)
    read.plenary = next((n for row in [*body[: start + 12]] if (n := wording.plenary_named(row.said[:1000]))), None)
    if page.title:
        read.plenary = wording.plenary_named(bare(page.title)) or read.plenary
    read.date = _date(body, footer)
    intro = _intro(body, start)
    _count(read, body, intro)
    sections = _Sections(read, intro is not None)
    sections.outside += [row.line for row in body[start:intro] if intro is not None and promised(row.text)]
    sections.take(body[start if intro is None else intro :], first=intro is not None)
    if intro is not None:
        read.areas = [area for area in read.areas if area.paragraphs or area.line]
    _find_lost(read)
    _look_again(read)
    kept = {row.line: row.text for area in read.areas for row in area.paragraphs}
    read.instruments, wanting = documents_signed(body, kept)
    read.warnings += wanting
    documents = {document.line for document in read.instruments}
    read.warnings += [f"line {row.line} {what}" for row, what in sections.unplaced if row.line not in documents]
    return read


def _title(body: Sequence[Row], known: str | None, read: Read) -> int:
    """Find the title, and return where the release goes on after it."""
    read.title = known
    first = next((at for at, row in enumerate(body) if not wording.is_furniture(row.said) and not row.rule), 0)
    if known:
        same = [at for at, row in enumerate(body[:10]) if row.text == known]
        return same[0] + 1 if same else 0
    for at, row in enumerate(body[:20]):
        underlined = at + 1 < len(body) and body[at + 1].rule and is_starred(body[at + 1].said)
        named = bool(wording.plenary_named(row.said)) and len(row.said) < 160 and row.said[-1] not in ".。:"
        if underlined or named:
            read.title = row.text
            return at + 1
    if first < len(body) and len(body[first].said) < 200:
        read.title = body[first].text
        return first + 1
    return first


def _date(body: Sequence[Row], footer: Sequence[Row]) -> str | None:
    for row in footer[:6]:
        if day := wording.full_day(row.said[:300]):
            return day
    years = [year for row in [*footer, *body[::-1]] if (year := wording.any_year(row.said[:2000]))]
    for row in body[:12]:
        if years and (day := wording.day_without_year(row.said[:2000], years[0])):
            return day
    return next((day for row in [*body[:6], *body[-3:]] if (day := wording.full_day(row.said[:400]))), None)


def _intro(body: Sequence[Row], start: int) -> int | None:
    # What announces a list of documents is worded much as what announces the areas.
    weights = {
        at: wording.intro_weight(row.said) - 3 * is_signing(row.said) for at, row in enumerate(body) if at >= start
    }
    best = max(weights.values(), default=0)
    return next((at for at, weight in weights.items() if weight == best), None) if best > 1 else None


def _count(read: Read, body: Sequence[Row], intro: int | None) -> None:
    if intro is not None:
        read.stated = wording.areas_counted(body[intro].said[:1200])
    if read.stated is None:
        before = body[: intro if intro is not None else 15]
        said = [row.said[:1200] for row in before if wording.aside(row.said) is None]
        read.stated = next((count for text in said if (count := wording.areas_counted(text))), None)


_INLINE = re.compile(r"(?P<head>[^:：]{1,100})[:：]\s?(?P<rest>.{8,}|[^\x00-\x7f].{3,})", re.DOTALL)
_INLINE_HAN = re.compile(r"(?P<head>[^。:：，,]{1,20})。(?P<rest>.{4,})", re.DOTALL)


class _Sections:
    """Walks down a release and sorts its paragraphs under its headings."""

    def __init__(self, read: Read, *announced: bool) -> None:
        self.read = read
        self.announced = announced[0]
        self.open = announced[0]
        self.area: Area | None = None
        self.outside: list[int] = []
        self.unplaced: list[tuple[Row, str]] = []  # after the areas: lost, unless it is a document
        self.ended_by: int | None = None  # the line of the sentence on a signing that ended an area

    def take(self, rows: Sequence[Row], *, first: bool) -> None:
        """Take the rows from the announcement on (``first``), or from the title where none announces the areas."""
        rest = [row for row in rows[1 if first else 0 :] if not wording.is_furniture(row.said)]
        rest = _without_contents(rest)
        for at, row in enumerate(rest):
            following = rest[at + 1] if at + 1 < len(rest) else None
            if row.rule or not row.said:
                self._empty(row, rest, at)
            elif self._is_heading(row, following):
                self._heading(row, following)
            else:
                head, said = self._inline(row)
                if head is not None:
                    self._heading(head, said)
                self._paragraph(said)
        if not self.announced:
            self.read.areas = [
                area for area in self.read.areas if any(wording.is_forward(row.said) for row in area.paragraphs)
            ]
        if self.outside:
            lines = ", ".join(map(str, self.outside[:20])) + (" and others" if len(self.outside) > 20 else "")
            one = len(self.outside) == 1
            self.read.warnings.append(
                f"line{'' if one else 's'} {lines} seem{'s' if one else ''} to promise something outside the areas that"
                f" were found; {'it was' if one else 'they were'} left out"
            )

    def _empty(self, row: Row, rest: Sequence[Row], at: int) -> None:
        """Begin an area where a number or an underline stands without its words: a lost heading leaves that."""
        underlines = sum(other.set_off for other in rest)
        left = row.number is not None or (row.rule and not is_starred(row.said) and underlines > 1 and at > 0)
        if self.open and left and at + 1 < len(rest) and not rest[at + 1].rule:
            self._begin(None, rest[at + 1])

    def _is_heading(self, row: Row, following: Row | None) -> bool:
        if row.mark == "bullet" and (following is None or following.mark == "bullet") and not row.set_off:
            return False
        if row.mark == "bullet" and not row.set_off:
            # A heading among bullets has a paragraph after it; a short last item has the next heading.
            after = following.said if following else ""
            if not self.announced or wording.is_forward(row.said) or wording.could_be_heading(after, set_off=False):
                return False
        numbered = row.number is not None or row.mark in {"roman", "capital"}
        set_off = row.set_off or row.said.endswith((":", "：")) or numbered
        if numbered and not row.set_off and wording.is_forward(row.said) and not _titled(row.said):
            return False
        return wording.could_be_heading(row.said, set_off=set_off) and not wording.END.match(row.said)

    def _heading(self, row: Row, following: Row | None) -> None:
        if self.open and wording.begins_a_promise(row.said) and titles_in(row.text):
            self._paragraph(row)  # «簽署麵條合作備忘錄» without a full stop
            return
        if wording.is_other_heading(row.said) or wording.aside(row.said):
            self.open, self.area, self.ended_by = False, None, None
            return
        if following is None or following.rule:
            if self.open and following is None:
                self.read.warnings.append(f"line {row.line} reads as a heading with nothing under it, and was left out")
            return
        if not self.open and self.announced and not self._resumes(row, following):
            if self.read.areas and beside(following.text) is None:
                self.unplaced.append(
                    (row, "reads as a heading after the areas had ended; what follows it was left out")
                )
            return
        self.open = True
        self._begin(row, row)

    def _resumes(self, row: Row, following: Row) -> bool:
        """Say whether the areas go on here, after something else stood between."""
        numbers = [area.number for area in self.read.areas if area.number]
        if row.number is not None and numbers and row.number == numbers[-1] + 1:
            return True
        said = following.said
        return wording.is_forward(said) and promised(following.text) is not None

    def _begin(self, heading: Row | None, row: Row) -> None:
        """Begin an area at its heading, or at the paragraph before which one seems lost."""
        if heading is None:
            name = _subject(row.said, self.read.lang)
            self.area = Area(name or "", None)
            self.read.warnings.append(
                f"a heading seems lost before line {row.line}: the paragraph there stands without one" + _named(name)
            )
        else:
            self.area = Area(visible(heading.text).rstrip(":：").rstrip(), heading.line, heading.number)
        self.read.areas.append(self.area)

    def _inline(self, row: Row) -> tuple[Row | None, Row]:
        """Take apart a heading and the paragraph that follows it on the same line."""
        if not self.open:
            return None, row
        found = _INLINE.fullmatch(row.text)
        if found is None and row.number is not None and wording.is_chinese(row.said[:200]):
            found = _INLINE_HAN.fullmatch(row.text)
        if found is None or row.mark == "bullet":
            return None, row
        head, rest = found["head"].strip(), found["rest"].strip()
        said = bare(head)
        if wording.is_other_heading(said) and (promised(rest) or wording.looks_back(row.said)):
            return None, row  # «Progress since then: …» heads its own line, and not what follows
        sure = row.number is not None or row.set_off or len(said) <= (16 if wording.is_chinese(said) else 100)
        if not sure or not wording.could_be_heading(said, set_off=row.number is not None) or _is_said(row, rest):
            return None, row
        if wording.is_forward(said) and not _titled(said):
            return None, row
        return row._replace(text=head, said=said), Row(row.line, rest, bare(rest))

    def _paragraph(self, row: Row) -> None:
        promise = promised(row.text)
        if not self.open and self.announced:
            if promise and not may_be_signing(bare(promise)):
                self.outside.append(row.line)
            elif self.ended_by and beside(row.text) is None:
                where = f"stands after the signing in line {self.ended_by}, under no area, and was left out"
                self.unplaced.append((row, where))
            return
        what = beside(row.text)
        if promise is None and what not in {None, PROGRESS}:
            self._leave_out(row, what)
            return
        if self.area is None and self.announced:
            self._begin(None, row)
        if self.area is None:
            self.outside += [row.line] if promise else []
        elif wording.is_progress(row.said):
            self._leave_out(row, PROGRESS)
        else:
            if what == PROGRESS:
                self._say(row, "tells progress before what is to come; the whole paragraph was kept")
            elif what:
                self._say(row, f"holds {what} beside what is to come; the whole paragraph was kept")
            self.area.paragraphs.append(row)

    def _leave_out(self, row: Row, what: str | None) -> None:
        """Leave a paragraph out and say so; a signing ends the areas, and its documents are gathered elsewhere."""
        if what == A_SIGNING:
            self.open, self.area = False, None
            self.ended_by = row.line
        elif what == PROGRESS:
            self._say(row, "tells what has happened rather than what is to come, and was left out")
        elif self.area or (self.announced and what not in wording.LABELS):
            self._say(row, f"was taken for {what} and left out")

    def _say(self, row: Row, what: str) -> None:
        self.read.warnings.append(f"line {row.line} {what}")


def _is_said(row: Row, rest: str) -> bool:
    """Say whether what stands before a colon is no heading but who speaks, or whatever else is no commitment."""
    return wording.aside(row.said) is not None and promised(rest) is None


def _without_contents(rows: list[Row]) -> list[Row]:
    """Leave out a list of the areas that stands before them."""
    headings = {row.said.casefold() for row in rows if row.mark != "bullet"}
    return [row for row in rows if row.mark != "bullet" or row.said.rstrip(".;,。；").casefold() not in headings]


def _titled(said: str) -> bool:
    words = said.split()
    return wording.is_chinese(said) or sum(word[:1].isupper() for word in words) * 2 > len(words)


def _named(name: str | None) -> str:
    return f"; its words suggest «{name}»" if name else ""


# Headings that were lost


def _subject(said: str, lang: str) -> str | None:
    counts = subjects(said)
    best = max(counts, key=lambda slug: counts[slug], default=None)
    return name_of(best, lang) if best and counts[best] >= 2 else None


def _find_lost(read: Read) -> None:
    """Mark the places where a heading seems to be missing, by subject, by number, by words or by layout."""
    if read.stated is not None and len(read.areas) >= read.stated:
        return
    _lost_by_number(read)
    _lost_by_subject(read)
    missing = (read.stated or 0) - len(read.areas)
    if missing > 0 and not any(wording.is_catch_all(bare(area.name)) for area in read.areas):
        _lost_by_layout(read, missing)


def _lost_by_layout(read: Read, missing: int) -> None:
    """Mark the one place where the one heading that is wanting could have stood; only name the places if several."""
    places = _lost_by_words(read) or _lost_by_gap(read)
    if missing == len(places) == 1:
        _split(read, *places[0], None)
    elif places:
        lines = ", ".join(str(area.paragraphs[at].line) for area, at in places[:10])
        read.warnings.append(f"a heading that is wanting may have stood before one of these lines: {lines}")


def _lost_by_number(read: Read) -> None:
    for area, following in list(zip(read.areas, read.areas[1:], strict=False)):
        if area.number and following.number and following.number == area.number + 2 and len(area.paragraphs) > 1:
            unlike = [at for at in range(1, len(area.paragraphs)) if _is_unlike(area, at)]
            at = unlike[0] if unlike else len(area.paragraphs) - 1
            _split(read, area, at, _subject(area.paragraphs[at].said, read.lang), area.number + 1)
        elif area.number and following.number and following.number > area.number + 1 and following.line:
            read.warnings.append(
                f"a heading seems lost before line {following.line}:"
                f" the numbers go from {area.number} to {following.number}"
            )


def _lost_by_subject(read: Read) -> None:
    headed = {slug for area in read.areas for slug in subjects(bare(area.name))}
    for area in (remaining := list(read.areas)):
        if not area.name or wording.is_catch_all(bare(area.name)):
            continue
        own = set(subjects(bare(area.name)))
        for at in range(1, len(area.paragraphs)):
            counts = subjects(area.paragraphs[at].said)
            best = max(counts, key=lambda slug: counts[slug], default=None)
            if best and counts[best] >= 3 and best not in headed and not own & set(counts) and _is_unlike(area, at):
                headed.add(best)
                # What follows may hide another heading: it is looked at in its turn.
                remaining.append(_split(read, area, at, name_of(best, read.lang)))
                break


def _is_unlike(area: Area, at: int) -> bool:
    """Say whether a paragraph has no word in common with its heading."""
    return not stems(bare(area.name)) & stems(area.paragraphs[at].said)


def _lost_by_words(read: Read) -> list[tuple[Area, int]]:
    """Find paragraphs that share a word neither with their heading nor with what stands before them in the area."""
    places = []
    for area in read.areas:
        known = stems(bare(area.name))
        for at, row in enumerate(area.paragraphs):
            own = stems(row.said)
            if at and not known & own:
                places.append((area, at))
                break
            known |= own
    return places


def _lost_by_gap(read: Read) -> list[tuple[Area, int]]:
    """Find empty lines within an area, where all others stand around headings."""
    return [(area, at) for area in read.areas for at in range(1, len(area.paragraphs)) if area.paragraphs[at].gap]


def _split(read: Read, area: Area, at: int, name: str | None, number: int | None = None) -> Area:
    """Begin an area without a heading at a paragraph of another, and say so."""
    line = area.paragraphs[at].line
    new = Area(name or "", None, number, area.paragraphs[at:])
    del area.paragraphs[at:]
    read.areas.insert(read.areas.index(area) + 1, new)
    read.warnings.append(
        f"a heading seems lost before line {line}: what follows is on another subject than «{area.name}»" + _named(name)
    )
    return new


def _look_again(read: Read) -> None:
    """Say where what was found is not what was stated."""
    for area in read.areas:
        if not area.name:
            first = area.paragraphs[0].line if area.paragraphs else None
            area.name = f"(heading lost before line {first})" if first else "(heading lost)"
    found = len(read.areas)
    if not found:
        read.warnings.insert(0, "no area of co-operation was found; is it the release of a plenary?")
    elif read.stated is not None and read.stated != found:
        catch_all = [area for area in read.areas if area.line and wording.is_catch_all(bare(area.name))]
        more = f"; «{catch_all[0].name}» (line {catch_all[0].line}) may stand for several" if catch_all else ""
        read.warnings.insert(0, f"{count_of(read.stated, 'area')} stated, {found} found{more}")
    read.warnings += [
        f"no paragraph stands under the heading «{area.name}» (line {area.line})"
        for area in read.areas
        if not area.paragraphs
    ]
    if read.date is None:
        read.warnings.append("no day was found that the release is of")
    if read.plenary is None:
        read.warnings.append("the plenary's number was not found; give --plenary")
