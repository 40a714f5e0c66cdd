"""Whether a report that was printed is what the register draws: the lines that differ, if any."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, listed, ngettext
from hkshcc.reports.page import Block, Column, Page, ReportContext, Row, Span, Table, Text, blank, entries_of
from hkshcc.text import inert

_AROUND = 60  # characters of a long line that are shown on either side of where it differs


class Difference(NamedTuple):
    """A line of the file, by its number, and the line that was drawn; None where one of the two has none."""

    line: int
    found: str | None
    drawn: str | None

    @property
    def column(self) -> int | None:
        """The first character that differs, counted from 1; None where a whole line is missing."""
        if self.found is None or self.drawn is None:
            return None
        same = (one == other for one, other in zip(self.found, self.drawn, strict=False))
        return next((at for at, equal in enumerate(same) if not equal), min(len(self.found), len(self.drawn))) + 1


@dataclass(frozen=True)
class Redrawn:
    """A file, the command that draws it again, and what differs; ``context`` is of what it was drawn from.

    ``total`` counts what differs, of which ``differences`` may be the first alone; ``last`` is the register's last
    entry; ``origin`` names the register that it was drawn from, where that is another one; ``parts`` names what differs
    within a packed file, such as a Word document, of which lines are the text alone.
    """

    context: ReportContext
    file: str
    command: str
    differences: Sequence[Difference]
    total: int
    last: int
    origin: str | None = None
    parts: Sequence[str] = ()

    schema: ClassVar[str] = "hkshcc.redrawn/1"
    rows: ClassVar[str] = "differences"
    fields: ClassVar[Sequence[str]] = ("line", "column", "found", "drawn")
    brief: ClassVar[Sequence[str]] = ()

    @property
    def as_drawn(self) -> bool:
        """Whether nothing differs."""
        return not self.total and not self.parts

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each line that differs."""
        return [{**difference._asdict(), "column": difference.column} for difference in self.differences]

    def data(self) -> dict[str, Any]:
        """Return whether the file is as it was drawn, and each line that differs."""
        told = {
            "file": self.file,
            "origin": self.origin,
            "command": self.command,
            "as_drawn": self.as_drawn,
            "different_lines": self.total,
            "differences": self.items(),
            "parts": [*self.parts],
        }
        return {**self.context.data(self.schema), **told}

    def page(self, lang: str) -> Page:
        """Return each line that differs, as it is and as it was drawn; or that none does."""
        if not self.total and self.parts:
            said = _(
                "{file} is not as it was drawn: its text is, but {parts} within it differ.",
                file=self.file,
                parts=listed([inert(part) for part in self.parts]),
            )
            return Page([Text([said])], self.footer(lang))
        if not self.total:
            return Page([Text([_("{file} is as it was drawn.", file=self.file)])], self.footer(lang))
        said = ngettext(
            "{file} is not as it was drawn: {n} line differs.",
            "{file} is not as it was drawn: {n} lines differ.",
            self.total,
            file=self.file,
        )
        columns = [Column(_("Line")), Column(""), Column(_("Text"), overflow="wrap")]
        rows = [row for difference in self.differences for row in _rows(difference)]
        blocks: list[Block] = [Text([said]), blank(), Table(columns, rows, header=True)]
        if more := self.total - len(self.differences):
            blocks.append(Text([ngettext("and {n} line more", "and {n} lines more", more)], indent=2))
        return Page([*blocks, blank()], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what the file was compared with, and whether the register has grown since."""
        if self.origin:
            return [
                _(
                    "Drawn again from entries 1-{last} of {origin}'s register, as they were there, by: {command}",
                    last=self.context.last,
                    origin=self.origin,
                    command=self.command,
                )
            ]
        drawn = _(
            "Drawn again from {entries} by: {command}", entries=entries_of(self.context.last), command=self.command
        )
        grown = self.last - self.context.last
        since = ngettext("{n} entry was recorded since", "{n} entries were recorded since", grown)
        return [drawn, since] if grown > 0 else [drawn]


def _rows(difference: Difference) -> list[Row]:
    place = str(difference.line) if difference.column is None else f"{difference.line}:{difference.column}"
    none = _("(no such line)")
    found, drawn = (
        none if said is None else _around(said, difference.column) for said in (difference.found, difference.drawn)
    )
    return [Row([place, _("is"), Span(found, "bad")]), Row(["", _("was drawn"), drawn])]


def _around(said: str, column: int | None) -> str:
    """Return a line as it is shown: of a long one, what stands around its first character that differs."""
    place = (column or 1) - 1
    start, end = max(0, place - _AROUND), place + _AROUND
    if len(said) <= 2 * _AROUND:
        return said
    return ("…" if start else "") + said[start:end] + ("…" if end < len(said) else "")
