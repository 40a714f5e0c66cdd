"""The sheet: all that is known of one measure or several."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from hkshcc.language import LANGUAGES
from hkshcc.register.dates import in_words, long_form, span
from hkshcc.register.model import Area, Body, Measure
from hkshcc.register.standing import SideStatus, Standing
from hkshcc.register.vocabulary import SIDES, Event, Status, in_language, label, short_label
from hkshcc.reports.event_text import Record, event_day, event_row, event_text, source_of
from hkshcc.reports.listing import Listing, row
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    ReportContext,
    Span,
    Table,
    Text,
    View,
    all_languages,
    blank,
    count_of,
    on_day,
    runs,
)


class Quoted(NamedTuple):
    """A measure's paragraph in a person's own copy of the release; ``text`` is None where the copy has none like it.

    ``matching`` are the paragraphs of the same plenary that the copy does have, ``known`` how many there could be;
    ``of_a_plenary`` says whether the copy reads as the release of any plenary.
    """

    file: str
    recorded: bool
    line: int | None
    text: str | None
    matching: Sequence[int]
    known: int
    of_a_plenary: bool


class Subject(NamedTuple):
    """A measure: where it stands, in which area, the day it was agreed, and the refs of documents on it alone."""

    standing: Standing
    area: Area | None
    agreed_on: str
    instruments: Sequence[str]


@dataclass(frozen=True)
class Sheet:
    """Measures with everything about them, and their paragraphs where a copy of the release was named."""

    context: ReportContext
    subjects: Sequence[Subject]
    bodies: Mapping[str, Body]
    quoted: Mapping[str, Quoted] = field(default_factory=dict)

    schema: ClassVar[str] = "hkshcc.show/1"
    rows: ClassVar[str] = "measures"
    fields: ClassVar[Sequence[str]] = (
        *Listing.fields, "area_name", "paragraph", "sha256", "timing", "organisations", "alias", "agreed_on",
        "owners_basis", "instruments", "events", "quoted",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each measure: what `list` gives, what was agreed, and the events in full."""
        return [self._full(subject) for subject in self.subjects]

    def data(self) -> dict[str, Any]:
        """Return the sheets for machines."""
        return {**self.context.data(self.schema), "measures": self.items()}

    def _full(self, subject: Subject) -> dict[str, Any]:
        standing, area, agreed_on, instruments = subject
        measure = standing.measure
        return {
            **row(standing, self.bodies),
            "area_name": all_languages(area.name) if area else None,
            "paragraph": measure.paragraph,
            "sha256": measure.sha256,
            "timing": measure.timing,
            "organisations": measure.organisations,
            "alias": measure.alias,
            "agreed_on": agreed_on,
            "owners_basis": {owner["body"]: owner["basis"] for owner in standing.owners},
            "instruments": list(instruments),
            "events": [event_row(Record(entry)) for entry in standing.events],
            "quoted": self.quoted[measure.ref]._asdict() if measure.ref in self.quoted else None,
        }

    def page(self, lang: str) -> Page:
        """Return the sheets one under another."""
        blocks: list[Block] = []
        for subject in self.subjects:
            if blocks:
                blocks += [blank(), blank()]
            blocks += self._one(subject, lang)
        return Page([*blocks, blank()], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def _one(self, subject: Subject, lang: str) -> list[Block]:
        standing = subject.standing
        measure = standing.measure
        stands = short_label(standing.status)
        since = f" since {in_words(standing.since)}" if standing.since else ""
        blocks: list[Block] = [
            Text(
                [Span(measure.ref, "ref"), "  ", Span(in_language(measure.title, lang), "strong")],
                hang=len(measure.ref) + 2,
            )
        ]
        others = [measure.title.get(language) for language in LANGUAGES if language != lang]
        blocks += [
            Text([Span(text, "dim")], indent=len(measure.ref) + 2)
            for text in others[: 1 if lang == "en" else 2]
            if text and text != in_language(measure.title, lang)
        ]
        blocks += [Text([_where(subject, lang)]), blank()]
        blocks.append(Text([Span(stands, standing.status), f"{since}{self._beside(standing)}"], indent=2, hang=2))
        blocks += [Text([line], indent=2, hang=2) for line in self._time(standing)]
        blocks.append(blank())
        if measure.summary:
            blocks += [Text([measure.summary], indent=2), blank()]
        if measure.ref in self.quoted:
            blocks += [*_quotation(self.quoted[measure.ref], measure), blank()]
        blocks += [self._sides(standing, lang), blank()]
        blocks += self._steps(standing)
        blocks += self._history(standing, lang)
        return blocks

    def _beside(self, standing: Standing) -> str:
        last, as_of = standing.last_word, self.context.as_of
        if last is None or last.on is None:
            return ""
        age = "today" if last.on == as_of else f"{span(last.on, as_of)} ago"
        return f"; last word {event_day(last)}, {age}"

    def _time(self, standing: Standing) -> list[str]:
        target, original = standing.target, standing.target_original
        timing = standing.measure.timing
        if target is None or original is None:
            return ["no target" + (f" ({timing})" if timing and timing != "no date" else "")]
        basis = {"implied": ", implied"}.get(target["basis"], "")
        line = f"due {in_words(target['date'], target['precision'])}{basis}"
        if standing.timeliness == "overdue":
            line += f": overdue by {span(target['date'], self.context.as_of)}"
        if standing.timeliness == "late":
            line += f": late, completed {in_words(standing.fulfilled_on or '')}"
        if not standing.slips:
            return [line + (f" ({timing})" if timing else "")]
        often = "once" if len(standing.slips) == 1 else f"{len(standing.slips)} times"
        promised = in_words(original["date"], original["precision"]) + (f" ({timing})" if timing else "")
        return [line, f"first promised for {promised}; moved {often}, {standing.slip_days:+} days in all"]

    def _sides(self, standing: Standing, lang: str) -> Table:
        bodies = self.bodies
        words = {"hk": standing.hk, "sh": standing.sh}
        lines: dict[str, list[str]] = {
            "owners": [_owners(standing, side, bodies, lang) for side in SIDES],
            "stands": [self._stands(word) for word in words.values()],
            "said": [self._said(word) for word in words.values()],
            "returns": [self._returns(standing, side) for side in SIDES],
        }
        # What both sides have in common is public record, told once in the history.
        if words["hk"].entry is words["sh"].entry or not any(lines["said"]):
            del lines["said"]
        columns = [Column(""), *(Column(label(side), overflow="wrap") for side in SIDES)]
        rows: list[list[Cell]] = [[Span(name, "dim"), *texts] for name, texts in lines.items()]
        return Table(columns, rows, header=True)

    def _stands(self, word: SideStatus) -> str:
        if word.entry is None:
            return short_label(Status.UNKNOWN)
        source = word.entry.by or ("the register's keeper" if word.entry.side == "both" else "public record")
        return f"{short_label(word.status)}, {event_day(word.entry)}, by {source}"

    def _said(self, word: SideStatus) -> str:
        return (word.entry.remark or word.entry.reason or "") if word.entry else ""

    def _returns(self, standing: Standing, side: str) -> str:
        codes = {code for code, body in self.bodies.items() if body.side == side}
        own = [entry for entry in standing.events if entry.by in codes]
        return f"{len(own)}, the last {on_day(own[-1].on or '', own[-1].precision or 'day')}" if own else "none yet"

    def _steps(self, standing: Standing) -> list[Block]:
        said = [("Next", standing.next), ("Attention", standing.attention)]
        rows: list[list[Cell]] = [[Span(name, "strong"), text] for name, text in said if text]
        return [Table([Column("What"), Column("Text", overflow="wrap")], rows), blank()] if rows else []

    def _history(self, standing: Standing, lang: str) -> list[Block]:
        rows: list[list[Cell]] = []
        for entry in standing.events:
            if entry.event == Event.AGREED:
                continue
            words = event_text(Record(entry), lang)
            rows.append([Span(event_day(entry), "dim"), words])
            rows += [["", Span(source_of(evidence), "dim")] for evidence in entry.evidence or ()]
        if not rows:
            return [Text(["Nothing has been recorded on it since."], indent=2)]
        return [
            Heading(f"History ({count_of(len(standing.evidence), 'piece')} of evidence)"),
            Table([Column("On"), Column("What", overflow="wrap")], rows),
        ]


def _where(subject: Subject, lang: str) -> str:
    measure = subject.standing.measure
    parts = [in_language(subject.area.name, lang) if subject.area else measure.area, measure.kind]
    on = long_form(subject.agreed_on)
    parts.append(f"paragraph {measure.paragraph}, release of {on}" if measure.paragraph else f"agreed {on}")
    parts += subject.instruments
    parts += [f"in the copy that it came from: {measure.alias}"] if measure.alias else []
    return " · ".join(parts)


def _owners(standing: Standing, side: str, bodies: Mapping[str, Body], lang: str) -> str:
    named = []
    for owner in standing.owners:
        body = bodies.get(owner["body"])
        if body and body.side == side:
            name = f" {in_language(body.name, lang)}" if lang != "en" else ""
            named.append(f"{owner['body']}{name} ({owner['basis']})")
    return ", ".join(named) or "no owner named"


def _quotation(quoted: Quoted, measure: Measure) -> list[Block]:
    """Return the paragraph, or what can be said of a copy that differs."""
    if quoted.text is not None:
        where = f"Paragraph {measure.paragraph or 'without a number'}, in {quoted.file}, line {quoted.line}:"
        return [Text([Span(where, "dim")], indent=2), Text([quoted.text], indent=2)]
    if not quoted.recorded:
        return [Text([f"No paragraph was recorded of it that {quoted.file} could be searched for."], indent=2)]
    if not quoted.matching and not quoted.of_a_plenary:
        said = f"{quoted.file} does not seem to be that release at all: it names no plenary and no area of co-operation"
        return [Text([f"{said}, and has none of the paragraphs known of it. Name your copy of the release."], indent=2)]
    said = f"The copy differs: no paragraph of {quoted.file} is the one that {measure.ref} was taken from."
    matching = f"{len(quoted.matching)}: {runs(quoted.matching)}" if quoted.matching else "none"
    known = count_of(quoted.known, "paragraph")
    return [Text([f"{said} Of {known} known of that plenary it has {matching}."], indent=2)]


def sheet(view: View, standings: Sequence[Standing], quoted: Mapping[str, Quoted]) -> Sheet:
    """Answer what is known of measures."""
    register = view.register
    # The memorandum of a plenary bears on all its measures; only a document of its own says something of one.
    total = register.count(view.as_of)
    own = [instrument for instrument in register.instruments.values() if len(instrument.related) < total]
    subjects = [
        Subject(
            standing,
            register.areas.get(standing.measure.area),
            register.agreed_on(standing.measure.ref),
            [instrument.ref for instrument in own if standing.measure.ref in instrument.related],
        )
        for standing in standings
    ]
    return Sheet(view.context, subjects, register.bodies, quoted)
