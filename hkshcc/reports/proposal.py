"""The proposal: what a release seems to agree, for a person to look at before anything is entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import _, current, listed, ngettext
from hkshcc.language import sentence as joined
from hkshcc.register.dates import Day, in_words, long_form
from hkshcc.register.model import Owner
from hkshcc.register.vocabulary import CONFERENCE, kind_label
from hkshcc.reports.page import Block, Cell, Column, Heading, Page, Row, Span, Table, Text, blank, measures_of


class ProposedArea(NamedTuple):
    """A heading, its line (None where none stands), and the register's slug and code for it."""

    name: str
    line: int | None
    slug: str = ""
    code: str = ""
    known: bool = False


class ProposedMeasure(NamedTuple):
    """A paragraph: its number in the release and within its area (an index), where it stands, what it seems to be."""

    area: int
    paragraph: int
    number: int
    line: int
    text: str
    sha256: str
    title: str
    kind: str
    owners: Sequence[Owner] = ()
    target: Day | None = None


class ProposedInstrument(NamedTuple):
    """A document that the release says was signed."""

    title: str
    line: int


class NamedConference(NamedTuple):
    """The conference that a release names, as it names it; ``ours`` is None where it names this and another."""

    name: str
    ours: bool | None

    def in_words(self) -> str:
        """Return whose release it is, and whose register this."""
        return _(
            "a release of the {name}; this register belongs to the {conference}",
            name=self.name,
            conference=CONFERENCE[current()],
        )


class WarningKind(StrEnum):
    """What a warning is about."""

    CONFERENCE = "conference"
    AREAS = "areas"  # their number
    HEADING = "heading"
    LEFT_OUT = "left-out"
    KEPT = "kept"
    DOCUMENTS = "documents"
    DAY = "day"
    PLENARY = "plenary"
    KNOWN_AREA = "known-area"
    NOT_TAKEN = "not-taken"


class ReleaseWarning(NamedTuple):
    """What is doubtful in a release: its kind, the sentence, the lines that it names, and what to do about it."""

    kind: WarningKind
    text: str
    lines: Sequence[int] = ()
    hint: str = ""

    @property
    def sentence(self) -> str:
        """The warning as a person reads it."""
        return joined(self.text, self.hint) if self.hint else self.text


@dataclass(frozen=True)
class Proposal:
    """What was found in a release, and what is doubtful."""

    title: str | None
    conference: NamedConference | None
    plenary: int | None
    date: str | None
    lang: str
    areas_stated: int | None
    areas: Sequence[ProposedArea]
    measures: Sequence[ProposedMeasure]
    instruments: Sequence[ProposedInstrument]
    warnings: Sequence[ReleaseWarning]

    schema: ClassVar[str] = "hkshcc.proposal/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        "plenary", "area", "slug", "code", "number", "part", "title", "kind", "owners", "target", "target_precision",
        "paragraph", "line", "sha256", "text",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def data(self) -> dict[str, Any]:
        """Return the proposal for machines; a row of ``measures`` is also a row of the sheet that a person edits."""
        return {
            "schema": self.schema,
            "title": self.title,
            "conference": self.conference and {"name": self.conference.name, "ours": self.conference.ours},
            "plenary": self.plenary,
            "date": self.date,
            "areas_stated": self.areas_stated,
            "areas": [
                {"name": area.name, "line": area.line, "slug": area.slug, "code": area.code, "known": area.known}
                for area in self.areas
            ],
            "measures": self.items(),
            "instruments": [{"title": document.title, "line": document.line} for document in self.instruments],
            "warnings": [warning.sentence for warning in self.warnings],
            "warning_details": [
                {"kind": warning.kind, "lines": list(warning.lines), "text": warning.text, "hint": warning.hint or None}
                for warning in self.warnings
            ],
        }

    def items(self) -> list[dict[str, Any]]:
        """Return the measures."""
        return [self._row(measure) for measure in self.measures]

    def _row(self, measure: ProposedMeasure) -> dict[str, Any]:
        area = self.areas[measure.area]
        return {
            "plenary": self.plenary,
            "area": area.name,
            "slug": area.slug,
            "code": area.code,
            "number": measure.number,
            "part": None,
            "title": measure.title,
            "kind": measure.kind,
            "owners": [{**owner} for owner in measure.owners],
            "target": measure.target.on if measure.target else None,
            "target_precision": measure.target.precision if measure.target else None,
            "paragraph": measure.paragraph,
            "line": measure.line,
            "sha256": measure.sha256,
            "text": measure.text,
        }

    def page(self, lang: str) -> Page:
        """Return the proposal for people: what was found under each heading, then what is doubtful."""
        blocks: list[Block] = []
        if self.conference and self.conference.ours is False:
            blocks += [Text([Span("! ", "bad"), _("this is {what}", what=self.conference.in_words())], hang=2), blank()]
        blocks += [Heading(self.title or _("Release without a title"), level=1), Text([self._where()])]
        for index, area in enumerate(self.areas):
            blocks += [blank(), Heading(_named(area)), self._measures(index)]
        if self.instruments:
            rows = [Row([str(document.line), document.title]) for document in self.instruments]
            columns = [Column(_("Line"), right=True), Column(_("Signed"), overflow="wrap")]
            blocks += [blank(), Heading(_("Signed")), Table(columns, rows, header=True)]
        if self.warnings:
            blocks += [blank(), Heading(_("To check"))]
            blocks += [Text([Span("! ", "bad"), warning.sentence], indent=2, hang=2) for warning in self.warnings]
        return Page([*blocks, blank()], self.footer(lang))

    def _where(self) -> str:
        parts = [
            _("plenary {number}", number=self.plenary) if self.plenary else _("plenary not named"),
            long_form(self.date) if self.date else _("day not found"),
            ngettext("{n} area stated", "{n} areas stated", self.areas_stated)
            if self.areas_stated
            else _("number of areas not stated"),
        ]
        return _(", ").join(parts)

    def _measures(self, index: int) -> Table:
        rows = []
        for measure in self.measures:
            if measure.area == index:
                ref = f"{self.plenary or '?'}-{self.areas[index].code}-{measure.number}"
                cells: list[Cell] = [Span(ref, "ref"), kind_label(measure.kind), str(measure.line), measure.title]
                rows.append(Row(cells, [Span(said, "dim") for said in _suggested(measure)]))
        columns = [
            Column(_("Ref")),
            Column(_("Kind")),
            Column(_("Line"), right=True),
            Column(_("Beginning"), overflow="wrap"),
        ]
        return Table(columns, rows, header=bool(rows))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how much was found."""
        lost = sum(area.line is None for area in self.areas)
        headings = ngettext("{n} heading", "{n} headings", len(self.areas) - lost)
        found = _(
            "{measures} in {areas} ({headings})",
            measures=measures_of(len(self.measures)),
            areas=ngettext("{n} area", "{n} areas", len(self.areas)),
            headings=_("{headings}, {lost} lost", headings=headings, lost=lost) if lost else headings,
        )
        signed = ngettext("{n} document signed", "{n} documents signed", len(self.instruments))
        return [_(", ").join([found, signed, ngettext("{n} warning", "{n} warnings", len(self.warnings))])]


def _named(area: ProposedArea) -> str:
    if area.line and area.known:
        return _("{name} ({code}, line {line})", name=area.name, code=area.code, line=area.line)
    if area.line:
        return _("{name} ({code}, new, line {line})", name=area.name, code=area.code, line=area.line)
    if area.known:
        return _("{name} ({code}, no heading)", name=area.name, code=area.code)
    return _("{name} ({code}, new, no heading)", name=area.name, code=area.code)


def _suggested(measure: ProposedMeasure) -> list[str]:
    said = []
    if measure.owners:
        bases = {"stated": _("stated"), "inferred": _("inferred")}
        bodies = [_("{what} ({why})", what=owner["body"], why=bases[owner["basis"]]) for owner in measure.owners]
        said.append(_("owners: {bodies}", bodies=listed(bodies)))
    if measure.target:
        said.append(_("due {day}", day=in_words(*measure.target)))
    return said
