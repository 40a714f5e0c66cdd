"""The sheet of a proposal, as a person sent it back: from its bytes to measures that can be entered."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError, nearest
from hkshcc.exchange.releases.page_text import decoded
from hkshcc.exchange.releases.scripts import language_of
from hkshcc.language import N_, _, listed
from hkshcc.register.commands.adopt_measures import AgreedMeasure
from hkshcc.register.dates import Day
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_body
from hkshcc.register.model import Owner
from hkshcc.register.typed_dates import read_day
from hkshcc.register.vocabulary import Kind
from hkshcc.reports.proposal import Proposal

MOST_BYTES = 2_000_000
_MOST_ROWS = 2000
_LONGEST_TITLE = 500
_NEEDED = ("area", "slug", "code", "number", "title", "kind")
_KNOWN = Proposal.fields
_WAY_OUT = N_("`hkshcc import release FILE -o proposal.csv` writes a sheet")
_FORMULA = "'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


class SheetRow(NamedTuple):
    """A row of the sheet: its place in the file, and its cells by column."""

    row: int
    cells: Mapping[str, str]


class ProposalSheet(NamedTuple):
    """What was read: the file's name, its rows, and sentences on what was not looked at."""

    name: str
    rows: Sequence[SheetRow]
    notes: Sequence[str]


def read_sheet(data: bytes, name: str) -> ProposalSheet:
    """Read a proposal's sheet as CSV. Raises HkshccError, which names the file and the row, for what is none."""
    if len(data) > MOST_BYTES:
        raise HkshccError(
            _("{file} is longer than {size} MB, too long for a proposal", file=name, size=MOST_BYTES // 1_000_000),
            hint=_("check that it is the right file"),
        )
    text = decoded(data, name, N_("save the sheet as CSV in UTF-8"))
    records = list(_records(text, name))
    if not records:
        raise HkshccError(_("{file} is empty", file=name), hint=_(_WAY_OUT))
    header = [cell.strip().casefold() for cell in records[0][1]]
    _check_header(header, name)
    rows = []
    for number, record in records[1:]:
        if len(record) > len(header) and any(cell.strip() for cell in record[len(header) :]):
            raise HkshccError(
                _("{file}, row {row} has more cells than the header", file=name, row=number),
                hint=_("check whether a quotation mark is missing"),
            )
        cells = {column: _cell(cell) for column, cell in zip(header, record, strict=False)}
        if any(cells.values()):
            rows.append(SheetRow(number, cells))
    if not rows:
        raise HkshccError(_("{file} has a header but no rows, so there is nothing to record", file=name))
    unknown = [column for column in header if column and column not in _KNOWN]
    notes = [_("{file}: the column '{column}' was ignored", file=name, column=column) for column in unknown]
    return ProposalSheet(name, rows, notes)


def _records(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    text = text.removeprefix("\ufeff")
    first = text.split("\n", 1)[0]
    # A spreadsheet writes CSV with the separator of its country.
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        for row, record in enumerate(reader, start=1):
            if row > _MOST_ROWS:
                raise HkshccError(
                    _("{file} has more than {count} rows, too many for a proposal", file=name, count=_MOST_ROWS),
                    hint=_("check that it is the right file"),
                )
            yield row, record
    except csv.Error as error:
        raise HkshccError(
            _("{file} is not valid CSV in row {row} ({why})", file=name, row=row + 1, why=error),
            hint=_("save it again as CSV"),
        ) from None


def _check_header(header: Sequence[str], name: str) -> None:
    for column in header:
        if column and header.count(column) > 1:
            raise HkshccError(
                _("{file} has more than one column '{column}'", file=name, column=column), hint=_("keep one of them")
            )
    missing = [column for column in _NEEDED if column not in header]
    if missing:
        near = nearest(missing[0], [column for column in header if column not in _KNOWN], most=1)
        raise HkshccError(
            _("{file} has no column '{column}'", file=name, column=missing[0]),
            hint=_("'{column}' may be it: correct its name", column=near[0]) if near else _(_WAY_OUT),
        )


def _cell(text: str) -> str:
    """Return a cell's text, without the sign that keeps a spreadsheet from taking it for a formula."""
    text = text.strip()
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1:].lstrip()[:1] in _FORMULA else text


def plenary_of(sheet: ProposalSheet, given: int | None) -> int:
    """Return the plenary that all rows are of. Raises RefusedError where they differ or none is named."""
    named = {row.cells["plenary"] for row in sheet.rows if row.cells.get("plenary")} | (
        {str(given)} if given else set()
    )
    if len(named) > 1:
        raise RefusedError(
            _("{file} names several plenaries ({numbers})", file=sheet.name, numbers=listed(sorted(named))),
            hint=_("put each in a sheet of its own"),
        )
    word = next(iter(named), "")
    if not _is_number(word):
        raise RefusedError(
            _("{file}: plenary '{typed}' is not a number from 1 to 9999", file=sheet.name, typed=word)
            if word
            else _("{file} does not name its plenary", file=sheet.name),
            hint=_("give --plenary NUMBER"),
        )
    return int(word)


def measures_of(sheet: ProposalSheet, register: Register) -> list[AgreedMeasure]:
    """Return the rows as measures. Raises RefusedError, which names the row, for what the register does not know."""
    measures = []
    for row in sheet.rows:
        try:
            measures.append(_measure(row.cells, register))
        except HkshccError as error:
            message = _("{file}, row {row}: {problem}", file=sheet.name, row=row.row, problem=error.message)
            raise RefusedError(message, hint=error.hint) from None
    return _parted(measures)


def _measure(cells: Mapping[str, str], register: Register) -> AgreedMeasure:
    title = cells.get("title", "")
    if not title:
        raise RefusedError(_("no title"), hint=_("give one, or delete the row"))
    if len(title) > _LONGEST_TITLE:
        raise RefusedError(
            _("column title: longer than {count} characters", count=_LONGEST_TITLE), hint=_("shorten it")
        )
    part = cells.get("part", "").casefold()
    if not re.fullmatch(r"[a-z]?", part):
        message = _("column part: '{typed}' is not a single letter", typed=cells["part"])
        raise RefusedError(message, hint=_("use a, b, c"))
    sha256 = cells.get("sha256", "").casefold()
    if not re.fullmatch(r"([0-9a-f]{64})?", sha256):
        message = _("column sha256: not 64 hexadecimal digits")
        raise RefusedError(message, hint=_("leave the cell as hkshcc wrote it"))
    lang = language_of(title)
    return AgreedMeasure(
        area=cells.get("slug", ""),
        code=cells.get("code", "").upper(),
        area_name={language_of(cells.get("area", "")): cells.get("area", "")},
        number=_number(cells, "number") or 0,
        part=part,
        title={language_of(title + cells.get("text", "")) if lang != "en" else lang: title},
        kind=_kind(cells.get("kind", "")),
        owners=[_owner(typed, register) for typed in re.split(r"[;；,，、]", cells.get("owners", "")) if typed.strip()],
        target=_target(cells),
        paragraph=_number(cells, "paragraph", needed=False),
        sha256=sha256 or None,
    )


def _kind(typed: str) -> str:
    word = typed.casefold()
    if word not in set(Kind):
        raise RefusedError(
            _("column kind: '{typed}' is not a kind of measure", typed=typed),
            hint=_("choose from: {all}", all=listed(list(Kind))),
        )
    return word


def _number(cells: Mapping[str, str], column: str, *, needed: bool = True) -> int | None:
    word = cells.get(column, "")
    if not word and not needed:
        return None
    if not _is_number(word):
        raise RefusedError(_("column {column}: '{typed}' is not a number from 1 to 9999", column=column, typed=word))
    return int(word)


def _is_number(word: str) -> bool:
    return word.isascii() and word.isdecimal() and 1 <= len(word) <= 4 and int(word) > 0


def _owner(typed: str, register: Register) -> Owner:
    found = re.fullmatch(r"\s*(.{1,200}?)\s*[(（]\s*(stated|inferred)\s*[)）]\s*", typed, re.IGNORECASE)
    name, basis = (found[1], found[2].casefold()) if found else (typed.strip(), "inferred")
    return Owner(body=find_body(register, name).code, basis=basis)


def _target(cells: Mapping[str, str]) -> Day | None:
    typed = cells.get("target", "")
    if not typed:
        return None
    day, precision = read_day(typed, ""), cells.get("target_precision", "").casefold()
    # The sheet has a period as its last day; a person who changes the day means that day.
    year, month = day.on[:4], int(day.on[5:7])
    periods = (f"end {year}", f"{year}-H{(month + 5) // 6}", f"{year}-Q{(month + 2) // 3}", f"{day.on[:7]}")
    read = [read_day(period, "") for period in periods]
    return next((period for period in read if (period.on, period.precision) == (day.on, precision)), day)


def _parted(measures: list[AgreedMeasure]) -> list[AgreedMeasure]:
    """Give the rows of one paragraph the letters a, b, c where a person split it and gave none."""
    groups: dict[tuple[str, int], list[int]] = {}
    for at, measure in enumerate(measures):
        groups.setdefault((measure.code, measure.number), []).append(at)
    for places in groups.values():
        if 1 < len(places) <= 26 and not any(measures[at].part for at in places):
            for at, letter in zip(places, "abcdefghijklmnopqrstuvwxyz", strict=False):
                measures[at] = measures[at]._replace(part=letter)
    return measures


def measures_proposed(proposal: Proposal) -> list[AgreedMeasure]:
    """Return a proposal's measures as they are, for entering them without a look at the sheet."""
    return [
        AgreedMeasure(
            area=proposal.areas[measure.area].slug,
            code=proposal.areas[measure.area].code,
            area_name={language_of(proposal.areas[measure.area].name): proposal.areas[measure.area].name},
            number=measure.number,
            part="",
            title={proposal.lang: measure.title},
            kind=measure.kind,
            owners=measure.owners,
            target=measure.target,
            paragraph=measure.paragraph,
            sha256=measure.sha256,
        )
        for measure in proposal.measures
    ]
