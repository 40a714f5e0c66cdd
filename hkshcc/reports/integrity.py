"""Whether the register is sound, or still the one that a report was printed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from hkshcc.errors import HkshccError
from hkshcc.language import _, listed, ngettext
from hkshcc.register.chain import readable
from hkshcc.register.witness import Fork
from hkshcc.reports.page import Page, ReportContext, Text, entries_of


class SignatureCounts(NamedTuple):
    """How many signatures hold, how many could not be verified, and for want of what."""

    good: int
    unverified: int
    missing: HkshccError | None
    why_not: Sequence[str] = ()  # a sentence for each that could not be verified
    alone: bool = False  # whether nothing but signatures can be wrong


@dataclass(frozen=True)
class IntegrityReport:
    """What was found wrong, a sentence each; ``asked`` is the fingerprint that it was compared with, if one was.

    ``elsewhere`` is how many files only other registers keep: copies of evidence, and signed forms.
    """

    context: ReportContext
    problems: Sequence[str]
    asked: str | None
    covers: int | None = None  # the last entry that the fingerprint was made from
    origin: str | None = None  # of which register, where that is another one's
    signatures: SignatureCounts | None = None  # None where there are none
    elsewhere: int = 0
    forks: Sequence[Fork] = ()  # where other versions of a register were received
    edition: bool = False  # whether it was made from the public edition of the entries up to that one

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
            "public_edition": self.edition,
            "problems": self.items(),
            "signatures": {
                "verified": self.signatures.good if self.signatures else 0,
                "not_verified": self.signatures.unverified if self.signatures else 0,
            },
            "not_verified": [{"problem": why} for why in self.signatures.why_not] if self.signatures else [],
            "kept_elsewhere": self.elsewhere,
            "forks": [
                {"origin": fork.origin, "number": fork.place, "entries": [int(entry.number) for entry in fork.entries]}
                for fork in self.forks
            ],
        }
        return {**self.context.data(self.schema), **told}

    def page(self, _lang: str) -> Page:
        """Return a line for each thing that is wrong, or one that says that nothing is."""
        if self.problems:
            return Page([Text([line]) for line in (*self.problems, *self._forked())], title=_("Check"))
        if self.asked and self.origin:
            unchanged = _(
                "Unchanged: the fingerprint is that of entries 1-{last} of {origin}'s register.",
                last=self.covers,
                origin=self.origin,
            )
            return Page([Text([unchanged])], title=_("Check"))
        if self.asked and self.edition:
            unchanged = _(
                "Unchanged: the fingerprint is that of the public edition of entries 1-{last}.", last=self.covers
            )
            return Page([Text([unchanged])], title=_("Check"))
        if self.asked:
            unchanged = _("Unchanged: the fingerprint is that of entries 1-{last}.", last=self.covers)
            return Page([Text([unchanged])], title=_("Check"))
        entries, value = entries_of(self.context.last), readable(self.context.fingerprint)
        if self.signatures and self.signatures.unverified:
            sound = _(
                "Sound but for signatures that were not verified: {entries}, fingerprint {value}.",
                entries=entries,
                value=value,
            )
        else:
            sound = _("Sound: {entries}, fingerprint {value}.", entries=entries, value=value)
        return Page(
            [Text([line]) for line in (sound, *self._forked(), *self._signed(), *self._elsewhere())], title=_("Check")
        )

    def _forked(self) -> list[str]:
        """Return from where on a register is known in two versions."""
        return [
            _(
                "{origin}'s register is here in more than one version from its entry {number} on (here entries"
                " {entries}): it was rewritten, or went on from a backup, or two registers are called {origin}. Ask"
                " those who keep it.",
                entries=listed([str(int(entry.number)) for entry in fork.entries]),
                number=fork.place,
                origin=fork.origin,
            )
            for fork in self.forks
        ]

    def _signed(self) -> list[str]:
        """Return how many signatures were verified, and how many not."""
        if self.signatures is None:
            return []
        good, unverified = self.signatures.good, self.signatures.unverified
        lines = [ngettext("{n} signature verified.", "{n} signatures verified.", good)] if good else []
        if unverified:
            lines.append(ngettext("{n} signature NOT verified.", "{n} signatures NOT verified.", unverified))
        return [*lines, *(_("Not verified: {what}", what=what) for what in self.signatures.why_not)]

    def _elsewhere(self) -> list[str]:
        """Return how many files are not here, and how they come here."""
        if not self.elsewhere:
            return []
        return [
            ngettext(
                "{n} copy of evidence or signed form is kept by another register alone; put the file from its folder"
                " (register.json.copies) into that of yours to check it here too.",
                "{n} copies of evidence and signed forms are kept by other registers alone; put the files from their"
                " folders (register.json.copies) into that of yours to check them here too.",
                self.elsewhere,
            )
        ]

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: the fingerprint is in the answer."""
        return ()
