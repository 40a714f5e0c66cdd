"""The JSON Schemas that there are, and which command prints what each of them describes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, ngettext
from hkshcc.reports.page import Column, Page, Row, Span, Table
from hkshcc.reports.schemas.outputs import OUTPUTS


@dataclass(frozen=True)
class SchemaList:
    """Every schema by its name."""

    schema: ClassVar[str] = "hkshcc.schemas/1"
    rows: ClassVar[str] = "schemas"
    fields: ClassVar[Sequence[str]] = ("name", "schema", "command")
    brief: ClassVar[Sequence[str]] = fields

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each."""
        return [
            {"name": name, "schema": f"hkshcc.{name}/1", "command": f"hkshcc {described.command}".strip()}
            for name, described in OUTPUTS.items()
        ]

    def data(self) -> dict[str, Any]:
        """Return them for machines."""
        return {"schema": self.schema, "schemas": self.items()}

    def page(self, lang: str) -> Page:
        """Return them as a table."""
        columns = [Column(_("Name")), Column(_("Schema")), Column(_("Printed by"), overflow="wrap")]
        rows = [Row([Span(row["name"], "ref"), row["schema"], Span(row["command"], "dim")]) for row in self.items()]
        return Page([Table(columns, rows, header=True)], self.footer(lang), _("Schemas"))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return how many there are."""
        return [ngettext("{n} schema", "{n} schemas", len(OUTPUTS))]
