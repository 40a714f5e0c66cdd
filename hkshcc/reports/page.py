"""What a report hands to the renderers: rows for machines, and a page of a few kinds of blocks for people.

A role names what a piece of text is (``ref``, ``dim``, ``strong``, ``struck``, ``bad`` or a status); the renderer
decides how that looks, and no meaning hangs on it alone.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from hkshcc.language import N_, _, as_recorded, current, listed, ngettext
from hkshcc.register.chain import readable
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import Entry, Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, in_language, short_label


class Span(NamedTuple):
    """A piece of text in a role; ``block`` where it may stand on a block of the role's colour, as a number does."""

    text: str
    role: str = ""
    block: bool = False


class Part(NamedTuple):
    """A part of a bar: how many there are of a role, and the sign that stands for one."""

    sign: str
    role: str
    number: int


class Bar(NamedTuple):
    """Counts side by side, as signs or as blocks of colour; ``per_sign``: how many at most a sign stands for."""

    parts: Sequence[Part]
    per_sign: int = 1

    def signs(self) -> Sequence[Span]:
        """Return the bar as signs."""
        return [Span(part.sign * -(-part.number // self.per_sign), part.role) for part in self.parts]


Piece = str | Span
Cell = str | Span | Bar | Sequence[Piece]


class Text(NamedTuple):
    """A line or paragraph; wrapped lines stand under its indent plus ``hang`` columns."""

    spans: Sequence[Piece] = ()
    indent: int = 0
    hang: int = 0


class Heading(NamedTuple):
    """A heading: level 1 for the page's, 2 for a section's."""

    text: str
    level: int = 2


class Column(NamedTuple):
    """A table's column. One at most gives way on a narrow screen: ``clip`` (an ellipsis) or ``wrap``."""

    name: str
    right: bool = False
    overflow: str = ""


class Table(NamedTuple):
    """Rows of cells, with a header where ``header`` says so."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    header: bool = False
    indent: int = 2


class Legend(NamedTuple):
    """What the parts of the bars above it stand for: sign, role and label of each; ``scale`` is said of signs alone."""

    keys: Sequence[tuple[str, str, str]]
    scale: str = ""
    indent: int = 2

    def lines(self) -> Sequence[Text]:
        """Return the lines that go with bars of signs."""
        said = ["   ".join(f"{sign} {label}" for sign, _role, label in self.keys), self.scale]
        return [Text([Span(line, "dim")], self.indent) for line in said if line]


Block = Text | Heading | Table | Legend


class Page(NamedTuple):
    """What people read: blocks from top to bottom, and the lines at the end that say what was shown."""

    blocks: Sequence[Block]
    footer: Sequence[str] = ()


class Report(Protocol):
    """What every report can do; JSON and CSV follow from it."""

    @property
    def schema(self) -> str:
        """Its name and number, as ``hkshcc.list/1``."""

    @property
    def rows(self) -> str:
        """The key in ``data()`` of its rows."""

    @property
    def fields(self) -> Sequence[str]:
        """The keys that every row has."""

    @property
    def brief(self) -> Sequence[str]:
        """The fields of a row that a listing on a pipe gives; empty for a report that is a page."""

    def items(self) -> list[dict[str, Any]]:
        """Return its rows."""

    def data(self) -> dict[str, Any]:
        """Return everything, ready for JSON: what stands at its top, and the rows under ``rows``."""

    def page(self, lang: str) -> Page:
        """Return it for people, names in a language; its footer is the report's."""

    def footer(self, lang: str) -> Sequence[str]:
        """Return the lines at its end, which say what was shown and what it was drawn from."""


class ReportContext(NamedTuple):
    """As of when a report holds, and what it was drawn from: the entries up to ``last``, with their fingerprint."""

    as_of: str
    known_on: str
    last: int
    fingerprint: str
    past: bool = False  # a past day was asked for

    def when(self) -> str:
        """Return as of when it holds, and as known when."""
        if self.as_of == self.known_on:
            return _("As of {day}", day=long_form(self.as_of))
        return _("As of {day}, as known on {known_on}", day=long_form(self.as_of), known_on=long_form(self.known_on))

    def past_lines(self) -> Sequence[str]:
        """Return the line that a listing of a past day ends in; today's needs none."""
        return (self.when(),) if self.past else ()

    def data(self, schema: str) -> dict[str, Any]:
        """Return what stands at the top of every report for machines."""
        return {
            "schema": schema,
            "as_of": self.as_of,
            "known_on": self.known_on,
            "entries": self.last,
            "fingerprint": self.fingerprint,
        }

    def lines(self) -> Sequence[str]:
        """Return what stands at the end of every report for people."""
        if not self.last:
            return (self.when(), _("Based on no entries: the register is empty"))
        return (
            self.when(),
            _("Based on entries 1-{last}, fingerprint {value}", last=self.last, value=readable(self.fingerprint)),
        )


class View(NamedTuple):
    """The register as of a day and as known on another: what reports are made from. None of them keeps it."""

    register: Register
    as_of: str
    known_on: str
    past: bool = False  # a past day was asked for

    @property
    def context(self) -> ReportContext:
        """What a report made from it says at its top and end."""
        return ReportContext(self.as_of, self.known_on, self.register.last, self.register.fingerprint, self.past)


def all_languages(name: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return a name with all three languages, null where it has none."""
    return {language: name.get(language) for language in ("en", "zh-Hant", "zh-Hans")}


def lists_by_language(names: Sequence[Mapping[str, str | None]]) -> dict[str, list[str]]:
    """Return names as a list in each language; one that it lacks as in English."""
    return {language: names_in(names, language) for language in ("en", "zh-Hant", "zh-Hans")}


def names_in(names: Sequence[Mapping[str, str | None]], lang: str) -> list[str]:
    """Return names in a language, or in the first language that each has."""
    return [in_language(dict(name), lang) for name in names]


def measures_of(number: int) -> str:
    """Return ``1 measure``, ``2 measures``."""
    return ngettext("{n} measure", "{n} measures", number)


def statuses_of(standings: Sequence[Standing]) -> str:
    """Return how a few measures stand, in counts: ``3 not established, 1 completed``."""
    counts = {status: sum(standing.status == status for standing in standings) for status in Status}
    return listed([f"{count} {short_label(status)}" for status, count in counts.items() if count])


def entries_of(number: int) -> str:
    """Return ``1 entry``, ``2 entries``."""
    return ngettext("{n} entry", "{n} entries", number)


def runs(numbers: Sequence[int]) -> str:
    """Return numbers in order as people write them: ``1-10, 12``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] + 1 == number:
            found[-1].append(number)
        else:
            found.append([number])
    return listed([f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in found])


def ordinal(number: int) -> str:
    """Return ``5th`` for 5; in Chinese the number alone, which stands between other characters."""
    if current() != "en":
        return str(number)
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def nth_plenary(number: int) -> str:
    """Return ``5th plenary``."""
    return _("{nth} plenary", nth=ordinal(number))


def recorder_of(entry: Entry) -> str:
    """Return who recorded an entry; what ships was taken from the public record, by nobody in particular."""
    return _("public record") if entry.command == SHIPPED else entry.recorder


def place_of(plenary: Plenary) -> str:
    """Return where a plenary was held; a place that is not one of the usual ones, as it was recorded."""
    return _(plenary.place) if plenary.place else ""


_PLACES = (N_("Hong Kong"), N_("Shanghai"), N_("video conference"))  # of the plenaries so far


def on_day(day: str, precision: str = "day") -> str:
    """Return a day as part of a sentence: ``on 3 Dec 2024``, ``in Dec 2024``."""
    said = in_words(day, precision)
    return _("on {day}", day=said) if precision == "day" else _("in {period}", period=said)


def because(what: str, why: str | None) -> str:
    """Return what happened and, where one was given, the reason or remark: ``moved: no venue``."""
    return _("{what}: {why}", what=what, why=as_recorded(why)) if why else what


def pieces(cell: Cell) -> Sequence[Piece]:
    """Return a cell as the pieces it is made of; of a bar, its signs."""
    if isinstance(cell, Bar):
        return cell.signs()
    return [cell] if isinstance(cell, str | Span) else cell


def plain_text(cell: Cell) -> str:
    """Return a cell's text without its roles."""
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Span) else "".join(map(plain_text, pieces(cell)))


def blank() -> Text:
    """Return an empty line."""
    return Text()
