"""The answer to an import of a copy of the register: what it brings, and what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.exchange.signed import Verified
from hkshcc.language import _, ngettext
from hkshcc.register.model import Entry
from hkshcc.reports.event_text import Record, event_day, event_row, event_text
from hkshcc.reports.page import Block, Column, Page, Piece, ReportContext, Row, Span, Table, Text, blank, to
from hkshcc.reports.receipt import numbers_of


@dataclass(frozen=True)
class ImportResult:
    """What a copy brings to the register; ``context`` is of the register as it is with it."""

    context: ReportContext
    file: str
    events: Sequence[Record]  # what would be recorded
    new: int  # entries of the copy that the register lacks
    known: int  # entries of the copy that the register has already
    receipts: int  # entries that only say that the copy's register received what is here; they alone are not recorded
    applied: bool
    creates: bool  # there was no store yet
    undo_command: str  # what to type to take it back
    signatures: Verified | None = None  # of the new entries; None where there are none

    schema: ClassVar[str] = "hkshcc.import/1"
    rows: ClassVar[str] = "events"
    fields: ClassVar[Sequence[str]] = (*Entry._fields, "withdrawn_by", "received")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return every field of the entries that are new here, under the numbers they have or would have."""
        return [event_row(record) for record in self.events]

    def data(self) -> dict[str, Any]:
        """Return the counts and the entries that are new here."""
        return {
            **self.context.data(self.schema),
            "file": self.file,
            "applied": self.applied,
            "new": self.new,
            "known": self.known,
            "receipts": self.receipts,
            "signatures": {
                "verified": self.signatures.good if self.signatures else 0,
                "not_verified": self.signatures.unverified if self.signatures else 0,
                "problems": list(self.signatures.problems.values()) if self.signatures else [],
            },
            "events": self.items(),
        }

    @property
    def entries(self) -> Sequence[Entry]:
        """What would be recorded."""
        return [record.entry for record in self.events]

    def page(self, lang: str) -> Page:
        """Return what is new, entry by entry; all of it new where there was no store."""
        head = ngettext(
            "{file}: {n} new entry, {known} already known",
            "{file}: {n} new entries, {known} already known",
            self.new,
            file=self.file,
            known=self.known,
        )
        blocks: list[Block] = [Text([Span(head, "strong")])]
        if not self.creates:
            columns = [Column(_("Entry"), right=True), Column(_("Date")), Column(_("Event"), overflow="wrap")]
            rows = [_row(record, lang) for record in self.events]
            blocks += [blank(), Table(columns, rows, header=True)] if rows else []
        blocks += [blank(), *(Text([line]) for line in signed)] if (signed := self._signed()) else []
        if not self.applied:
            end = _("Nothing was recorded. To record it, add --apply.") if self.entries else _("Nothing was recorded.")
        elif not self.entries and self.receipts:
            end = _("Nothing to record: all that is new there is that it received what is here.")
        elif not self.entries:
            end = _("Nothing to record: the register already has every entry.")
        elif self.creates:
            end = _("Recorded.")
        else:
            recorded = numbers_of(self.entries)
            end = _("Recorded as {entries}. To take it back: {command}", entries=recorded, command=self.undo_command)
        return Page([*blocks, blank(), Text([end])], self.footer(lang))

    def _signed(self) -> list[str]:
        """Return how many of the new signatures hold, and which do not."""
        if self.signatures is None:
            return []
        good, unverified = self.signatures.good, self.signatures.unverified
        lines = [ngettext("{n} signature verified.", "{n} signatures verified.", good)] if good else []
        if unverified and self.signatures.missing:
            lines.append(ngettext("{n} signature NOT verified.", "{n} signatures NOT verified.", unverified))
        elif unverified:
            lines.append(
                ngettext(
                    "{n} signature NOT verified: the form that was signed is kept by the other register alone.",
                    "{n} signatures NOT verified: the forms that were signed are kept by the other register alone.",
                    unverified,
                )
            )
        return [*lines, *(_("Does NOT hold: {what}", what=what) for what in self.signatures.problems.values())]

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what the register is now; what is not recorded has no fingerprint yet."""
        return self.context.lines() if self.applied else ()


def _row(record: Record, lang: str) -> Row:
    about: list[Piece] = [to(record.entry.ref), " "] if record.entry.ref else []
    number = Span(str(record.entry.number), "dim")
    return Row([number, event_day(record.entry), [*about, *event_text(record, lang)]])
