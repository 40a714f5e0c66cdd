"""Whose signature a file has: a report that was sent, a copy of the register, a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _
from hkshcc.register.keys import HeldKey
from hkshcc.reports.keys import valid_in_words
from hkshcc.reports.page import Page, ReportContext, Text


@dataclass(frozen=True)
class SignedFile:
    """A file, and the key whose signature it has."""

    context: ReportContext
    file: str
    held: HeldKey

    schema: ClassVar[str] = "hkshcc.signed/1"
    rows: ClassVar[str] = "signatures"
    fields: ClassVar[Sequence[str]] = ("file", "body", "key", "state", "since", "until")
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for the signature."""
        key = self.held.key
        state = self.held.state(self.context.as_of)
        return [
            {
                "file": self.file,
                "body": key.body,
                "key": key.fingerprint,
                "state": state,
                "since": key.since,
                "until": key.until,
            }
        ]

    def data(self) -> dict[str, Any]:
        """Return the signature for machines."""
        return {**self.context.data(self.schema), "signatures": self.items()}

    def page(self, _lang: str) -> Page:
        """Return who signed, and what is to be known of the key."""
        key = self.held.key
        lines = [
            _("{file}: signed by {body} ({key}).", file=self.file, body=key.body, key=key.fingerprint),
            _("The key: {validity}.", validity=valid_in_words(self.held, self.context.as_of)),
        ]
        if self.held.state(self.context.as_of) != "valid":
            lines.append(_("A signature does not prove when it was made."))
        return Page([Text([line]) for line in lines], title=_("Signature"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: the answer is short."""
        return ()
