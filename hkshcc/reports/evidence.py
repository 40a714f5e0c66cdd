"""The evidence: what entries rest on, a row a piece."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from hkshcc.language import _, ngettext
from hkshcc.register.evidence import Piece, pieces_of
from hkshcc.reports.event_text import citation, event_day
from hkshcc.reports.listing import Listing
from hkshcc.reports.page import Column, Page, ReportContext, Row, Span, Table, View, to


@dataclass(frozen=True)
class EvidenceList:
    """The pieces of evidence on the measures that a listing chose."""

    context: ReportContext
    pieces: Sequence[Piece]
    listing: Listing

    schema: ClassVar[str] = "hkshcc.evidence/1"
    rows: ClassVar[str] = "evidence"
    fields: ClassVar[Sequence[str]] = (
        "ref", "n", "on", "status", "by", "side", "kind", "source", "title", "locator", "read_on", "archived",
        "copy_sha256", "copy_name", "copy_bytes", "entry", "recorded",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("ref", "n", "on", "kind", "source", "locator")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each piece; dates are ISO, absent ones null."""
        return [_row(piece) for piece in self.pieces]

    def data(self) -> dict[str, Any]:
        """Return the evidence for machines."""
        return {**self.context.data(self.schema), **self.listing.scope(), "evidence": self.items()}

    def page(self, lang: str) -> Page:
        """Return the evidence as a table."""
        columns = [
            Column(_("Ref")),
            Column(_("No."), right=True),
            Column(_("Date")),
            Column(_("Evidence"), overflow="wrap"),
        ]
        rows = []
        for piece in self.pieces:
            number, day = str(piece.number), Span(event_day(piece.entry), "dim")
            first, more = citation(piece.evidence)[0], citation(piece.evidence, "dim")[1:]
            rows.append(Row([to(piece.entry.ref or ""), number, day, first], more, anchor=piece.entry.ref or ""))
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(lang), _("Evidence"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many pieces were shown, of which measures, and as of when where that is past."""
        number = ngettext("{n} piece of evidence", "{n} pieces of evidence", len(self.pieces))
        return [
            _("{evidence} on {measures}", evidence=number, measures=self.listing.counted()),
            *self.context.past_lines(),
        ]


def _row(piece: Piece) -> dict[str, Any]:
    entry, evidence = piece.entry, piece.evidence
    copy = evidence.get("copy")
    return {
        "ref": entry.ref,
        "n": piece.number,
        "on": entry.on,
        "status": entry.status,
        "by": entry.by,
        "side": entry.side or "both",
        "kind": evidence["kind"],
        "source": evidence["source"],
        "title": evidence.get("title"),
        "locator": evidence["locator"],
        "read_on": evidence.get("read_on"),
        "archived": evidence.get("archived"),
        "copy_sha256": copy["sha256"] if copy else None,
        "copy_name": copy["name"] if copy else None,
        "copy_bytes": copy["bytes"] if copy else None,
        "entry": int(entry.number),
        "recorded": entry.recorded,
    }


def evidence_list(view: View, listing: Listing, refs: Collection[str] = ()) -> EvidenceList:
    """Answer what there is to show for the measures of a listing; with ``refs``, for those among them alone."""
    chosen = [standing for standing in listing.standings if not refs or standing.measure.ref in refs]
    pieces = [piece for standing in chosen for piece in pieces_of(standing.events)]
    return EvidenceList(view.context, pieces, replace(listing, standings=chosen))
