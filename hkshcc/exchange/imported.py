"""The answer to an import of a copy of the register: what it brings, and what is known already."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.exchange.copies import Addition
from hkshcc.register.model import Entry
from hkshcc.reports.entries import day_told, event_row, told
from hkshcc.reports.page import Block, Cell, Column, Head, Page, Span, Table, Text, blank, count_of


@dataclass(frozen=True)
class Imported:
    """What a copy brings to the register; ``head`` is of the register as it is with it."""

    head: Head
    file: str
    addition: Addition
    applied: bool
    creates: bool  # there was no store yet

    schema: ClassVar[str] = "hkshcc.import/1"
    rows: ClassVar[str] = "events"
    fields: ClassVar[Sequence[str]] = (*Entry._fields, "withdrawn_by")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return every field of the entries that are new here, under the numbers they have or would have."""
        return [event_row(entry, self.head.register) for entry in self.addition.entries]

    def data(self) -> dict[str, Any]:
        """Return the counts and the entries that are new here."""
        return {
            **self.head.data(self.schema),
            "file": self.file,
            "applied": self.applied,
            "new": len(self.addition.entries),
            "known": self.addition.known,
            "events": self.items(),
        }

    def page(self, lang: str) -> Page:
        """Return what is new, entry by entry; all of it new where there was no store."""
        count, known = count_of(len(self.addition.entries), "entry"), self.addition.known
        count = count.replace("entrys", "entries")
        blocks: list[Block] = [Text([Span(f"{self.file}: {count} new here, {known} known already", "strong")])]
        if not self.creates:
            columns = [Column("Entry", right=True), Column("On"), Column("What", gives_way="wraps")]
            rows: list[list[Cell]] = [
                [
                    Span(str(entry.number), "dim"),
                    day_told(entry),
                    [Span(f"{entry.ref}  " if entry.ref else "", "ref"), *told(entry, self.head.register, lang)],
                ]
                for entry in self.addition.entries
            ]
            blocks += [blank(), Table(columns, rows, header=True)] if rows else []
        if self.applied:
            end = "Recorded." if self.addition.entries else "Nothing to record: the register has all of it."
        else:
            end = "Nothing was recorded." + (" --apply records it." if self.addition.entries else "")
        # What is not recorded has no fingerprint yet.
        return Page([*blocks, blank(), Text([end])], self.head.lines() if self.applied else ())
