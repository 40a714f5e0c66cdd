"""Whether the register is sound, or still the one that a report was printed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _
from hkshcc.register.chain import readable
from hkshcc.reports.page import Page, ReportContext, Text, entries_of


@dataclass(frozen=True)
class IntegrityReport:
    """What was found wrong, a sentence each; ``asked`` is the fingerprint that it was compared with, if one was."""

    context: ReportContext
    problems: Sequence[str]
    asked: str | None
    covers: int | None = None  # the last entry that the fingerprint was made from
    origin: str | None = None  # of which register, where that is another one's

    schema: ClassVar[str] = "hkshcc.check/1"
    rows: ClassVar[str] = "problems"
    fields: ClassVar[Sequence[str]] = ("problem",)
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each thing that is wrong."""
        return [{"problem": problem} for problem in self.problems]

    def data(self) -> dict[str, Any]:
        """Return whether it is sound, and each thing that is wrong."""
        told = {
            "sound": not self.problems,
            "compared_with": self.asked,
            "covers": self.covers,
            "origin": self.origin,
            "problems": self.items(),
        }
        return {**self.context.data(self.schema), **told}

    def page(self, _lang: str) -> Page:
        """Return a line for each thing that is wrong, or one that says that nothing is."""
        if self.problems:
            return Page([Text([problem]) for problem in self.problems], title=_("Check"))
        if self.asked and self.origin:
            unchanged = _(
                "Unchanged: the fingerprint is that of entries 1-{last} of {origin}'s register.",
                last=self.covers,
                origin=self.origin,
            )
            return Page([Text([unchanged])], title=_("Check"))
        if self.asked:
            unchanged = _("Unchanged: the fingerprint is that of entries 1-{last}.", last=self.covers)
            return Page([Text([unchanged])], title=_("Check"))
        return Page(
            [
                Text(
                    [
                        _(
                            "Sound: {entries}, fingerprint {value}.",
                            entries=entries_of(self.context.last),
                            value=readable(self.context.fingerprint),
                        )
                    ]
                )
            ],
            title=_("Check"),
        )

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: the fingerprint is in the answer."""
        return ()
