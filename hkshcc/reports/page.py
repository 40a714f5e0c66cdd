"""What a report hands to the renderers: rows for machines, and a page of a few kinds of blocks for people.

A role names what a piece of text is (``ref``, ``dim``, ``strong``, ``struck``, ``bad`` or a status); the renderer
decides how that looks, and no meaning hangs on it alone.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from hkshcc.language import N_, WITHHELD, _, as_recorded, current, listed, ngettext
from hkshcc.register.chain import readable
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import WORDS, Body, Entry, Plenary
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import Status, in_language, short_label

if TYPE_CHECKING:
    from hkshcc.reports.drawings import Grid, Lanes, Series


class Span(NamedTuple):
    """A piece of text in a role; ``block`` where it may stand on a block of the role's colour, as a number does.

    ``link`` is where it leads: an address of the Web, or ``#`` and an anchor, as ``#5-FIN-3c``. ``lang`` is its
    language where that is known not to be the page's.
    """

    text: str
    role: str = ""
    block: bool = False
    link: str = ""
    lang: str = ""


class Part(NamedTuple):
    """A part of a bar: the sign that stands for one, its role, how many there are, and what they are called."""

    sign: str
    role: str
    number: int
    label: str = ""


class Bar(NamedTuple):
    """Counts side by side, as signs, as blocks of colour or in words.

    ``per_sign``: how many at most a sign stands for; ``total``: their sum, where it is said before the bar.
    """

    parts: Sequence[Part]
    per_sign: int = 1
    total: int | None = None

    def signs(self) -> Sequence[Span]:
        """Return the bar as signs."""
        drawn: list[Span] = [Span(part.sign * -(-part.number // self.per_sign), part.role) for part in self.parts]
        if self.total is None:
            return drawn
        if not self.total:
            return [Span(" -", "dim")]
        return [Span(f"{self.total:>2} "), *drawn] if drawn else [Span(f"{self.total:>2} ", "strong")]

    def in_words(self) -> str:
        """Return the bar in numbers: ``3 not established, 1 completed``; its sum where it has no parts."""
        return listed([f"{part.number} {part.label}".rstrip() for part in self.parts]) or str(self.total or "")


Piece = str | Span


class Lines(NamedTuple):
    """Lines under one another in a cell, for formats whose cells can have several; elsewhere one after another."""

    lines: Sequence[Sequence[Piece]]

    def in_a_row(self) -> Sequence[Piece]:
        """Return them in one line."""
        return [piece for line in self.lines if line for piece in (_("; "), *line)][1:]


class Strip(NamedTuple):
    """How something stood over time: as signs, one a period, where all signs are as wide; else ``told`` in lines."""

    signs: Sequence[Piece]
    told: Lines


Cell = str | Span | Bar | Lines | Strip | Sequence[Piece]


class Text(NamedTuple):
    """A line or paragraph; wrapped lines stand under its indent plus ``hang`` columns."""

    spans: Sequence[Piece] = ()
    indent: int = 0
    hang: int = 0


class Heading(NamedTuple):
    """A heading: level 1 for the page's, 2 for a section's, 3 within that.

    ``ref`` is what it is about, said before it; a link to ``#`` and that leads here. ``lang`` as of a span.
    """

    text: str
    level: int = 2
    ref: str = ""
    lang: str = ""

    @property
    def spans(self) -> Sequence[Piece]:
        """The heading as a line."""
        before: Sequence[Piece] = [Span(self.ref, "ref"), "  "] if self.ref else []
        return [*before, Span(self.text, "strong", lang=self.lang)]


class Figure(NamedTuple):
    """A number that a page is about: its role, how many, of what, and how many of them lapsed."""

    role: str
    number: int
    text: str
    lapsed: int = 0


class Column(NamedTuple):
    """A table's column. One at most gives way on a narrow screen: ``clip`` (an ellipsis) or ``wrap``.

    ``marks`` stand above the signs of strips in its place: each above the sign with its number, counted from 0.
    """

    name: str
    right: bool = False
    overflow: str = ""
    marks: Sequence[tuple[int, str]] = ()


class Row(NamedTuple):
    """A row's cells, and what is said below it, a line each; ``level`` is how many rows above it belongs to.

    ``anchor`` is what it is about, where links to that lead here.
    """

    cells: Sequence[Cell]
    details: Sequence[Cell] = ()
    level: int = 0
    anchor: str = ""


class Table(NamedTuple):
    """Rows of cells. What its columns are called is always told by formats that have a header, on a console if wanted.

    Columns without names are a list: what stands in a row belongs together, and needs no header to be understood.
    """

    columns: Sequence[Column]
    rows: Sequence[Row]
    header: bool = False
    indent: int = 2

    @property
    def main(self) -> int:
        """The number of the column below which a row's details stand: the one that gives way, else the last."""
        giving = [number for number, column in enumerate(self.columns) if column.overflow]
        return giving[0] if giving else len(self.columns) - 1

    def lines(self) -> Sequence[Sequence[Cell]]:
        """Return its rows as lines of cells, as a console shows them: a row's details are lines below it."""
        found: list[Sequence[Cell]] = []
        for cells, details, level, _anchor in self.rows:
            first: Sequence[Piece] = ["  " * level, *pieces(cells[0])]
            found.append([first, *cells[1:]] if level else cells)
            before, after = [""] * self.main, [""] * (len(self.columns) - self.main - 1)
            found += [[*before, detail, *after] for detail in details]
        return found


class KeyValue(NamedTuple):
    """What something is called, what it is, and what is said below it, a line each."""

    key: str
    value: Cell
    details: Sequence[Cell] = ()


class KeyValues(NamedTuple):
    """Names and what they stand for, a line each; ``role`` is the names'."""

    pairs: Sequence[KeyValue]
    role: str = "dim"
    indent: int = 2

    def table(self) -> Table:
        """Return them as a table."""
        rows = [Row([Span(key, self.role), value], details) for key, value, details in self.pairs]
        return Table([Column(""), Column("", overflow="wrap")], rows, indent=self.indent)


class Figures(NamedTuple):
    """Numbers that a page is about, each with what is said of it."""

    figures: Sequence[Figure]
    indent: int = 4

    def table(self) -> Table:
        """Return them as a table."""
        rows = [
            Row([Span(str(figure.number), figure.role, block=True), Span(figure.text, figure.role)])
            for figure in self.figures
        ]
        return Table([Column("", right=True), Column("", overflow="wrap")], rows, indent=self.indent)


class Key(NamedTuple):
    """What a part of a bar stands for."""

    sign: str
    role: str
    label: str


class Legend(NamedTuple):
    """What the parts of the bars above it stand for; ``scale`` is said of signs alone, ``notes`` of strips of them."""

    keys: Sequence[Key]
    scale: str = ""
    indent: int = 2
    notes: Sequence[str] = ()

    def lines(self) -> Sequence[Text]:
        """Return the lines that go with bars of signs."""
        said = ["   ".join(f"{sign} {label}" for sign, _role, label in self.keys), self.scale, *self.notes]
        return [Text([Span(line, "dim")], self.indent) for line in said if line]


class Picture(NamedTuple):
    """A drawing with what it needs to stand alone; a table of its page has the same numbers, for what cannot draw.

    ``source`` says above its title what it is about, ``description`` in a sentence what it shows, for those who do not
    see it; ``notes`` stand below it.
    """

    title: str
    source: str
    description: str
    drawing: "Series | Lanes | Grid"
    notes: Sequence[str] = ()


Block = Text | Heading | Figures | KeyValues | Table | Legend | Picture


class Page(NamedTuple):
    """What people read: blocks from top to bottom, and the lines at the end that say what was shown.

    ``title`` is what it is called where no heading of level 1 says that, as of a listing.
    """

    blocks: Sequence[Block]
    footer: Sequence[str] = ()
    title: str = ""

    def heading(self) -> Heading | None:
        """Return the heading of level 1, if it has one alone."""
        found = [block for block in self.blocks if isinstance(block, Heading) and block.level == 1]
        return found[0] if len(found) == 1 else None

    def picture(self) -> Picture | None:
        """Return its picture, if it has one."""
        return next((block for block in self.blocks if isinstance(block, Picture)), None)


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
    """As of when a report holds, and what it was drawn from: the entries up to ``last``, with their fingerprint.

    ``left_out`` says of how many notes, of how many updates' words, and of how many entries' names of files a public
    edition is without (`edition`).
    """

    as_of: str
    known_on: str
    last: int
    fingerprint: str
    past: bool = False  # a past day was asked for
    left_out: tuple[int, int, int] | None = None

    def when(self) -> str:
        """Return as of when it holds, and as known when."""
        if self.as_of == self.known_on:
            return _("As of {day}", day=long_form(self.as_of))
        return _("As of {day}, as known on {known_on}", day=long_form(self.as_of), known_on=long_form(self.known_on))

    def past_lines(self) -> Sequence[str]:
        """Return the line that a listing of a past day ends in; today's needs none."""
        return (*((self.when(),) if self.past else ()), *self.edition())

    def edition(self) -> Sequence[str]:
        """Return the line that says that it was drawn from a public edition, and what that is without."""
        if self.left_out is None:
            return ()
        notes, words, files = self.left_out
        without = [
            *([ngettext("{n} note", "{n} notes", notes)] if notes else []),
            *([ngettext("the words of {n} update", "the words of {n} updates", words)] if words else []),
            *([ngettext("the name of {n} file", "the names of {n} files", files)] if files else []),
        ]
        if not without:
            return (_("Public edition: nothing is left out"),)
        return (_("Public edition, without {what}", what=listed(without)),)

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
            return (self.when(), _("Based on no entries: the register is empty"), *self.edition())
        return (
            self.when(),
            _("Based on entries 1-{last}, fingerprint {value}", last=self.last, value=readable(self.fingerprint)),
            *self.edition(),
        )


class View(NamedTuple):
    """The register as of a day and as known on another: what reports are made from. None of them keeps it."""

    register: Register
    as_of: str
    known_on: str
    past: bool = False  # a past day was asked for
    left_out: tuple[int, int, int] | None = None  # where the register is a public edition

    @property
    def context(self) -> ReportContext:
        """What a report made from it says at its top and end."""
        register = self.register
        return ReportContext(self.as_of, self.known_on, register.last, register.fingerprint, self.past, self.left_out)


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
        if found and _next(found[-1][-1]) == _place(number):
            found[-1].append(number)
        else:
            found.append([number])
    return listed([f"{run[0]}-{_place(run[-1])[1]}" if len(run) > 1 else str(run[0]) for run in found])


def _place(number: int) -> tuple[str, int]:
    """Return in which register an entry was recorded, where that is said of it, and its number there."""
    return getattr(number, "origin", ""), int(getattr(number, "place", number))


def _next(number: int) -> tuple[str, int]:
    origin, place = _place(number)
    return origin, place + 1


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


def recorded_as(alias: str | None) -> list[str]:
    """Return the line that says under which name something was recorded, where another has that; else none."""
    return [_("recorded as {ref}", ref=alias)] if alias else []


def because(what: str, why: str | None) -> str:
    """Return what happened and, where one was given, the reason or remark: ``moved: no venue``."""
    return _("{what}: {why}", what=what, why=as_recorded(why)) if why else what


def is_internal(entry: Entry) -> bool:
    """Return whether an entry has words that are not to be published; those of a public edition are not there."""
    return bool(entry.internal) and not any(getattr(entry, name) == WITHHELD for name in WORDS)


def marked(entry: Entry | None, said: str | None) -> str:
    """Return words of an entry as they are shown: with a mark where they are not to be published."""
    if entry is None or not said:
        return ""
    return as_recorded(said) + (_(" [internal]") if is_internal(entry) else "")


def to(ref: str, role: str = "ref") -> Span:
    """Return the name of a measure or document as a link to it."""
    return Span(ref, role, link=f"#{ref}")


def linked(refs: Sequence[str], role: str = "") -> list[Piece]:
    """Return names of measures in a line, each a link."""
    return [piece for ref in refs for piece in (" ", to(ref, role))][1:]


def address(locator: str, role: str = "") -> Span:
    """Return where something is to be found, as a link where it is an address of the Web."""
    return Span(locator, role, link=locator if locator.lower().startswith(("http://", "https://")) else "")


HERE = "\x00"  # stands in a message for a span


def put_in(said: str, span: Span, role: str = "") -> list[Piece]:
    """Return a message with a span where it says ``HERE``, for the last time."""
    before, _mark, after = said.rpartition(HERE)
    return [piece for piece in (Span(before, role), span, Span(after, role)) if piece.text]


def named(name: Mapping[str, str | None], lang: str, role: str = "") -> Span:
    """Return a name in a language, or in the first language that it has, which it then says."""
    if name.get(lang):
        return Span(name[lang] or "", role)
    other = next((other for other in ("en", *name) if name.get(other)), "")
    return Span(name.get(other) or "", role, lang=other)


def body_name(body: Body, lang: str) -> str:
    """Return what a body is called where there is little room: in English its code, in Chinese its name."""
    return body.code if lang == "en" else body.name.get(lang) or body.code


def pieces(cell: Cell) -> Sequence[Piece]:
    """Return a cell as the pieces it is made of; of a bar or a strip, its signs."""
    if isinstance(cell, Bar):
        return cell.signs()
    if isinstance(cell, Strip):
        return cell.signs
    if isinstance(cell, Lines):
        return cell.in_a_row()
    return [cell] if isinstance(cell, str | Span) else cell


def in_sentences(cell: Cell) -> Cell:
    """Return a cell as it is where signs below one another do not stand in line: a strip is told."""
    return cell.told if isinstance(cell, Strip) else cell


def plain_text(cell: Cell) -> str:
    """Return a cell's text without its roles."""
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Span) else "".join(map(plain_text, pieces(cell)))


def blank() -> Text:
    """Return an empty line."""
    return Text()
