"""The keys of bodies: whose, for which time, and whether they are valid."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, ngettext, sentence
from hkshcc.register.dates import in_words
from hkshcc.register.keys import HeldKey, keys_of
from hkshcc.reports.page import Cell, Column, Page, ReportContext, Row, Span, Table, View, because


@dataclass(frozen=True)
class Keys:
    """The keys that were added, those that were revoked too."""

    context: ReportContext
    keys: Sequence[HeldKey]

    schema: ClassVar[str] = "hkshcc.keys/1"
    rows: ClassVar[str] = "keys"
    fields: ClassVar[Sequence[str]] = (
        "body", "key", "state", "since", "until", "revoked", "reason", "method", "public", "entry",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ("body", "key", "state", "since", "until")

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each: ``public`` is the key itself, as an allowed-signers file has it, or base64 of DER."""
        return [
            {
                "body": held.key.body,
                "key": held.key.fingerprint,
                "state": held.state(self.context.as_of),
                "since": held.key.since,
                "until": held.key.until,
                "revoked": held.revoked.on if held.revoked else None,
                "reason": held.revoked.reason if held.revoked else None,
                "method": held.key.method,
                "public": held.key.public,
                "entry": held.added.number,
            }
            for held in self.keys
        ]

    def data(self) -> dict[str, Any]:
        """Return the keys for machines."""
        return {**self.context.data(self.schema), "keys": self.items()}

    def page(self, _lang: str) -> Page:
        """Return the keys as a table: whose and for which time, and beneath it the fingerprint."""
        rows = []
        for held in self.keys:
            role = "" if held.state(self.context.as_of) == "valid" else "bad"
            cells: list[Cell] = [Span(held.key.body, "ref"), Span(valid_in_words(held, self.context.as_of), role)]
            rows.append(Row(cells, [Span(held.key.fingerprint, "dim")]))
        columns = [Column(_("Body")), Column(_("Key"), overflow="wrap")]
        return Page([Table(columns, rows, header=True)] if rows else [], self.footer(_lang), _("Keys"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are, or how the first is added."""
        number = ngettext("{n} key", "{n} keys", len(self.keys))
        if not self.keys:
            number = sentence(number, _("`hkshcc bodies key add BODY FILE` adds one"))
        return [number, *self.context.past_lines()]


def valid_in_words(held: HeldKey, day: str) -> str:
    """Return for which time a key is or was valid, as it stands on a day (ISO)."""
    since, until = in_words(held.key.since), in_words(held.key.until) if held.key.until else None
    match held.state(day):
        case "revoked":
            revocation = held.revoked or held.added
            return because(_("revoked on {day}", day=in_words(revocation.on or "")), revocation.reason)
        case "expired":
            return _("was valid until {day}", day=until)
        case "future":
            return _("not valid before {day}", day=since)
    return (
        _("valid from {since} until {until}", since=since, until=until)
        if until
        else _("valid from {since}", since=since)
    )


def keys(view: View) -> Keys:
    """Answer which keys there are, and what they are on the day."""
    return Keys(view.context, keys_of(view.register))
