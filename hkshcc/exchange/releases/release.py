"""From a government's press release to a proposal: areas, a measure for each paragraph, documents signed.

What cannot be known for sure is said in a warning; a heading that seems lost is marked, never guessed in silence.
"""

import re
from collections.abc import Sequence

from hkshcc.exchange.releases.counts import areas_counted, plenary_named
from hkshcc.exchange.releases.days_said import any_year, day_without_year, full_day
from hkshcc.exchange.releases.documents import documents_signed
from hkshcc.exchange.releases.headings import is_catch_all, is_other_heading
from hkshcc.exchange.releases.lost import find_lost
from hkshcc.exchange.releases.page_text import Page, bare
from hkshcc.exchange.releases.promises import promised
from hkshcc.exchange.releases.reading import Read
from hkshcc.exchange.releases.rows import Row, is_starred, rows_of
from hkshcc.exchange.releases.scripts import is_chinese, language_of
from hkshcc.exchange.releases.sections import Sections
from hkshcc.exchange.releases.signing import is_signing
from hkshcc.exchange.releases.wording import END, aside, intro_weight, is_furniture
from hkshcc.reports.page import count_of


def read_release(page: Page) -> Read:
    """Read a release's lines. Whatever they hold, something is returned, with warnings on what is doubtful."""
    rows = rows_of(page.lines)
    end = next((at for at, row in enumerate(rows) if END.match(row.said)), len(rows))
    body, footer = rows[:end], rows[end:] + rows_of(page.footer)
    read = Read(lang=language_of(" ".join(row.said for row in body)))
    start = _title(body, page.title, read)
    read.plenary = next((n for row in [*body[: start + 12]] if (n := plenary_named(row.said[:1000]))), None)
    if page.title:
        read.plenary = plenary_named(bare(page.title)) or read.plenary
    read.date = _date(body, footer)
    intro = _intro(body, start)
    _count(read, body, intro)
    sections = Sections(read, intro is not None)
    sections.outside += [row.line for row in body[start:intro] if intro is not None and promised(row.text)]
    sections.take(body[start if intro is None else intro :], first=intro is not None)
    if intro is not None:
        read.areas = [area for area in read.areas if area.paragraphs or area.line]
    find_lost(read)
    _look_again(read)
    kept = {row.line: row.text for area in read.areas for row in area.paragraphs}
    read.instruments, wanting = documents_signed(body, kept, any_year(read.date or ""))
    read.warnings += wanting
    documents = {document.line for document in read.instruments}
    read.warnings += [f"line {row.line} {what}" for row, what in sections.unplaced if row.line not in documents]
    _name_the_rest(read, body if intro is None else body[intro + 1 :], footer)
    return read


_NAMED = re.compile(r"\blines? (\d+(?:, \d+)*)")


def _name_the_rest(read: Read, rows: Sequence[Row], footer: Sequence[Row]) -> None:
    """Name the lines of which nothing became anything, those apart that are no commitment whatever they say."""
    if not read.areas:
        return
    taken = {area.line for area in read.areas} | {document.line for document in read.instruments}
    taken |= {row.line for area in read.areas for row in area.paragraphs}
    taken |= {int(line) for said in read.warnings for found in _NAMED.findall(said) for line in found.split(", ")}
    first = min((line for line in taken if line), default=0)
    rest = [row.line for row in rows if row.line > first and row.line not in taken and _says_something(row)]
    rest += [row.line for row in footer if promised(row.text) and _says_something(row)]
    if rest:
        lines = ", ".join(map(str, rest[:20])) + (" and others" if len(rest) > 20 else "")
        read.warnings.append(f"nothing was taken from line{'s' if len(rest) > 1 else ''} {lines}")


def _says_something(row: Row) -> bool:
    if row.rule or is_furniture(row.said) or aside(row.said) or is_other_heading(row.said):
        return False
    return sum(sign.isalpha() for sign in row.said) >= (6 if is_chinese(row.said) else 12)


def _title(body: Sequence[Row], known: str | None, read: Read) -> int:
    """Find the title, and return where the release goes on after it."""
    read.title = known
    first = next((at for at, row in enumerate(body) if not is_furniture(row.said) and not row.rule), 0)
    if known:
        same = [at for at, row in enumerate(body[:10]) if row.text == known]
        return same[0] + 1 if same else 0
    for at, row in enumerate(body[:20]):
        underlined = at + 1 < len(body) and body[at + 1].rule and is_starred(body[at + 1].said)
        named = bool(plenary_named(row.said)) and len(row.said) < 160 and row.said[-1] not in ".。:"
        if underlined or named:
            read.title = row.text
            return at + 1
    if first < len(body) and len(body[first].said) < 200:
        read.title = body[first].text
        return first + 1
    return first


def _date(body: Sequence[Row], footer: Sequence[Row]) -> str | None:
    for row in footer[:6]:
        if day := full_day(row.said[:300]):
            return day
    years = [year for row in [*footer, *body[::-1]] if (year := any_year(row.said[:2000]))]
    for row in body[:12]:
        if years and (day := day_without_year(row.said[:2000], years[0])):
            return day
    return next((day for row in [*body[:6], *body[-3:]] if (day := full_day(row.said[:400]))), None)


def _intro(body: Sequence[Row], start: int) -> int | None:
    # What announces a list of documents is worded much as what announces the areas.
    weights = {at: intro_weight(row.said) - 3 * is_signing(row.said) for at, row in enumerate(body) if at >= start}
    best = max(weights.values(), default=0)
    return next((at for at, weight in weights.items() if weight == best), None) if best > 1 else None


def _count(read: Read, body: Sequence[Row], intro: int | None) -> None:
    if intro is not None:
        read.stated = areas_counted(body[intro].said[:1200])
    if read.stated is None:
        before = body[: intro if intro is not None else 15]
        said = [row.said[:1200] for row in before if aside(row.said) is None]
        read.stated = next((count for text in said if (count := areas_counted(text))), None)


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
        catch_all = [area for area in read.areas if area.line and is_catch_all(bare(area.name))]
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
