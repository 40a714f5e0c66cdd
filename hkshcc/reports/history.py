"""The history: entries in words, of one measure or of the whole register, newest last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from hkshcc.language import _, sentence
from hkshcc.register.dates import FOREVER, in_words
from hkshcc.register.model import Entry, Measure
from hkshcc.register.standing import in_order
from hkshcc.reports.event_text import (
    Record,
    citation,
    event_day,
    event_row,
    event_text,
    records_of,
    signatures_of,
)
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    Piece,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    View,
    all_languages,
    because,
    blank,
    named,
    plain_text,
    recorder_of,
    to,
)


@dataclass(frozen=True)
class History:
    """Entries, those withdrawn included; of one measure where ``measure`` says so."""

    context: ReportContext
    measure: Measure | None
    events: Sequence[Record]
    signatures: Mapping[str, str] = field(default_factory=dict)  # what is known of them in words, by ids of entries

    schema: ClassVar[str] = "hkshcc.history/1"
    rows: ClassVar[str] = "events"
    fields: ClassVar[Sequence[str]] = (*Entry._fields, "withdrawn_by", "received")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each entry, every field of it."""
        return [event_row(record) for record in self.events]

    def data(self) -> dict[str, Any]:
        """Return every field of every entry."""
        return {
            **self.context.data(self.schema),
            "ref": self.measure.ref if self.measure else None,
            "title": all_languages(self.measure.title) if self.measure else None,
            "events": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return the entries in words: number, day, what; one withdrawn is struck and says by which entry."""
        blocks: list[Block] = []
        if self.measure:
            title = named(self.measure.title, lang)
            blocks = [Heading(title.text, 1, self.measure.ref, title.lang), blank()]
        columns = [Column(_("Entry"), right=True), Column(_("Date")), Column(_("Event"), overflow="wrap")]
        rows = [self._row(record, lang) for record in self.events]
        table = Table(columns, rows, header=True)
        blocks += [table, blank()] if rows else [Text([_("Nothing recorded.")], indent=2), blank()]
        return Page(blocks, self.footer(lang), _("History"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def _row(self, record: Record, lang: str) -> Row:
        entry, by = record.entry, record.by
        about: list[Piece] = [to(entry.ref), " "] if entry.ref and self.measure is None else []
        words: Cell = [*about, *event_text(record, lang)]
        if by:
            words = Span(plain_text(words), "struck")
        number, day = Span(str(entry.number), "dim"), Span(event_day(entry), "dim")
        lines: list[Cell] = [line for evidence in entry.evidence or () for line in citation(evidence, "dim")]
        if signed := self.signatures.get(entry.id):
            lines.append(Span(signed, "dim"))
        recorded = _("recorded {day} by {name}", day=in_words(entry.recorded[:10]), name=recorder_of(entry))
        if record.received:
            received = _(
                "received {day} (entry {number})",
                day=in_words(record.received.recorded[:10]),
                number=record.received.number,
            )
            recorded = sentence(recorded, received)
        if entry.clock:
            wrong = _("the entry before it is dated {day}, by a clock that was wrong", day=in_words(entry.clock[:10]))
            recorded = sentence(recorded, wrong)
        lines.append(Span(recorded, "dim"))
        if by:
            withdrawn = _("WITHDRAWN by entry {number} on {day}", number=by.number, day=in_words(by.recorded[:10]))
            lines.append(Span(because(withdrawn, by.reason), "bad"))
        return Row([number, day, words], lines)


def history(view: View, measure: Measure | None) -> History:
    """Answer what was recorded: on a measure in the order of its days, or on all in the order of recording."""
    register = view.register
    # What a wrong clock put on a day to come is history too, unless a past day was asked for.
    until = view.as_of if view.past else FOREVER
    if measure is None:
        events = [entry for entry in register.entries if (entry.on or "") <= until]
        return History(view.context, None, records_of(events, register), signatures_of(register, events))
    own = [entry for entry in register.entries if entry.ref == measure.ref]
    ids = {entry.id for entry in own}
    retractions = []
    for entry in register.entries:
        if ids.intersection(entry.names or ()):
            retractions.append(entry)
            ids.add(entry.id)  # what takes a retraction back belongs to the story too
    dated = [entry for entry in in_order(own) if (entry.on or "") <= until]
    return History(view.context, measure, records_of([*dated, *retractions], register), signatures_of(register, dated))
