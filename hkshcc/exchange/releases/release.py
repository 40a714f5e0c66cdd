"""From a government's press release to a proposal: areas, a measure for each paragraph, documents signed.

What cannot be known for sure is said in a warning; a heading that seems lost is marked, never guessed in silence.
"""

from collections.abc import Sequence

from hkshcc.exchange.releases.conference import named_first
from hkshcc.exchange.releases.counts import areas_counted, plenary_named
from hkshcc.exchange.releases.date_phrases import any_year, day_without_year, full_day
from hkshcc.exchange.releases.documents import documents_signed
from hkshcc.exchange.releases.headings import area_named, is_catch_all
from hkshcc.exchange.releases.missing_headings import find_missing
from hkshcc.exchange.releases.page_text import ReleasePage, bare
from hkshcc.exchange.releases.promises import promised
from hkshcc.exchange.releases.reading import AreaDraft, ReleaseDraft
from hkshcc.exchange.releases.rows import Row, is_starred, rows_of
from hkshcc.exchange.releases.scripts import language_of
from hkshcc.exchange.releases.sections import Sections
from hkshcc.exchange.releases.sentences import sentences
from hkshcc.exchange.releases.signing import is_signing
from hkshcc.exchange.releases.wording import END, aside, intro_weight, is_furniture, is_progress, tells_agreement
from hkshcc.language import _, current, ngettext
from hkshcc.register.vocabulary import CONFERENCE
from hkshcc.reports.page import runs
from hkshcc.reports.proposal import ReleaseWarning, WarningKind


def read_release(page: ReleasePage) -> ReleaseDraft:
    """Read a release's lines. Whatever they hold, something is returned, with warnings on what is doubtful."""
    rows = rows_of(page.lines)
    end = next((at for at, row in enumerate(rows) if END.match(row.bare)), len(rows))
    body, footer = rows[:end], rows[end:] + rows_of(page.footer)
    read = ReleaseDraft(lang=language_of(" ".join(row.bare for row in body)))
    start = _title(body, page.title, read)
    read.plenary = next((n for row in [*body[: start + 12]] if (n := plenary_named(row.bare[:1000]))), None)
    if page.title:
        read.plenary = plenary_named(bare(page.title)) or read.plenary
    _date(read, body, footer)
    intro = _intro(body, start)
    read.conference = named_first(bare(read.title or ""), body[start : None if intro is None else intro + 1])
    _count(read, body, intro)
    sections = Sections(read, intro is not None)
    sections.outside += [row.line for row in body[start:intro] if intro is not None and promised(row.text)]
    sections.take(body[start if intro is None else intro :], first=intro is not None)
    if intro is not None:
        read.areas = [area for area in read.areas if area.paragraphs or area.line]
    if not read.areas:
        read.areas = _named_in_sentences(body[start:])
    sections.say_outside({row.line for area in read.areas for row in area.paragraphs})
    find_missing(read)
    _look_again(read)
    kept = {row.line: row.text for area in read.areas for row in area.paragraphs}
    read.instruments, announced, wanting = documents_signed(body, kept, any_year(read.date or ""))
    read.warnings += wanting
    documents = {document.line for document in read.instruments}
    for row, said in sections.unplaced:
        if row.line not in documents:
            read.warn(WarningKind.LEFT_OUT, said, row.line)
    announced |= {row.line for row in body[:start] if row.text == read.title}
    announced |= set() if intro is None else {body[intro].line}
    _name_the_rest(read, body, footer, announced)
    return read


def _name_the_rest(read: ReleaseDraft, body: Sequence[Row], footer: Sequence[Row], announced: set[int]) -> None:
    """Name the lines of which nothing became anything: all but the page's furniture; of the footer, what promises."""
    used = announced | {area.line for area in read.areas} | {document.line for document in read.instruments}
    used |= {row.line for area in read.areas for row in area.paragraphs}
    used |= {line for warning in read.warnings for line in warning.lines}
    rest = [row.line for row in body if row.line not in used and not row.rule and not is_furniture(row.bare)]
    rest += [row.line for row in footer if promised(row.text) and not is_furniture(row.bare)]
    if rest:
        message = ngettext(
            "nothing was taken from line {lines}", "nothing was taken from lines {lines}", len(rest), lines=runs(rest)
        )
        read.warn(WarningKind.NOT_TAKEN, message, *rest)


def _named_in_sentences(rows: Sequence[Row]) -> list[AreaDraft]:
    """Return the areas that paragraphs name themselves, for a release without headings: ``On kites, they will …``."""
    named = [(area_named(row.bare), row) for row in rows if promised(row.text) or not is_progress(row.bare)]
    return [AreaDraft(name, row.line, paragraphs=[row]) for name, row in named if name]


def _title(body: Sequence[Row], known: str | None, read: ReleaseDraft) -> int:
    """Find the title, and return where the release goes on after it."""
    read.title = known
    first = next((at for at, row in enumerate(body) if not is_furniture(row.bare) and not row.rule), 0)
    if known:
        same = [at for at, row in enumerate(body[:10]) if row.text == known]
        return same[0] + 1 if same else 0
    for at, row in enumerate(body[:20]):
        underlined = at + 1 < len(body) and body[at + 1].rule and is_starred(body[at + 1].bare)
        named = bool(plenary_named(row.bare)) and len(row.bare) < 160 and row.bare[-1] not in ".。:"
        if underlined or named:
            read.title = row.text
            return at + 1
    if first < len(body) and len(body[first].bare) < 200:
        read.title = body[first].text
        return first + 1
    return first


def _date(read: ReleaseDraft, body: Sequence[Row], footer: Sequence[Row]) -> None:
    """Find the day that the release is of, and say so where its year was guessed."""
    read.date = next((day for row in footer[:6] if (day := full_day(row.bare[:300]))), None)
    if read.date:
        return
    years = ((row, year) for row in [*footer, *body[::-1]] if (year := any_year(row.bare[:2000])))
    source, year = next(years, (None, 0))
    for row in body[:12]:
        if source and (day := day_without_year(row.bare[:2000], year)):
            read.date = day
            message = _(
                "the year {year} was guessed from line {source}: line {line} gives the day without a year",
                year=year,
                source=source.line,
                line=row.line,
            )
            read.warn(WarningKind.DAY, message, source.line, row.line)
            return
    # A line of the page's own may tell when the page was made.
    rest = [row.bare[:400] for row in [*body[:6], *body[-3:]] if not is_furniture(row.bare)]
    read.date = next((day for text in rest if (day := full_day(text))), None)


def _intro(body: Sequence[Row], start: int) -> int | None:
    # What announces a list of documents is worded much as what announces the areas.
    weights = {at: intro_weight(row.bare) - 3 * is_signing(row.bare) for at, row in enumerate(body) if at >= start}
    best = max(weights.values(), default=0)
    return next((at for at, weight in weights.items() if weight == best), None) if best > 1 else None


def _count(read: ReleaseDraft, body: Sequence[Row], intro: int | None) -> None:
    """Find how many areas there are said to be: where they are announced, else before."""
    before = [row for row in body[: intro if intro is not None else 15] if aside(row.bare) is None]
    for rows in ([] if intro is None else [body[intro]], before):
        said = [part for row in rows for part in sentences(row.bare[:1200])]
        # Areas agreed on are counted rather than those in which there was progress.
        said.sort(key=lambda part: not tells_agreement(part))
        read.stated = read.stated or next((count for part in said if (count := areas_counted(part))), None)


def _look_again(read: ReleaseDraft) -> None:
    """Say where what was found is not what was stated, and what is not known of the whole."""
    found = len(read.areas)
    if not found:
        message = _("no area of co-operation was found")
        read.warnings.insert(0, ReleaseWarning(WarningKind.AREAS, message, hint=_("is it the release of a plenary?")))
    elif read.stated is not None and read.stated != found:
        message = ngettext(
            "{n} area stated, {found} found", "{n} areas stated, {found} found", read.stated, found=found
        )
        several = next((area for area in read.areas if area.line and is_catch_all(bare(area.name))), None)
        hint, lines = "", []
        if several and several.line:
            hint = _("'{name}' (line {line}) may stand for several", name=several.title, line=several.line)
            lines = [several.line]
        read.warnings.insert(0, ReleaseWarning(WarningKind.AREAS, message, lines, hint=hint))
    if read.conference is None or read.conference.ours is None:
        message = (
            _("the beginning of the release names the {name}", name=read.conference.name)
            if read.conference
            else _("the beginning of the release does not say which conference it is of")
        )
        hint = _("this register belongs to the {conference}", conference=CONFERENCE[current()])
        read.warnings.insert(0, ReleaseWarning(WarningKind.CONFERENCE, message, hint=hint))
    for area in read.areas:
        if not area.paragraphs:
            message = (
                _("no paragraph under the heading '{heading}' (line {line})", heading=area.title, line=area.line)
                if area.line
                else _("no paragraph under the heading '{heading}'", heading=area.title)
            )
            read.warn(WarningKind.HEADING, message, *([area.line] if area.line else []))
    if read.date is None:
        read.warn(WarningKind.DAY, _("the day of the release was not found"))
