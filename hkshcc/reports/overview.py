"""The overview: the state of the register in a few lines, and what to type next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.language import _, listed, sentence
from hkshcc.register.dates import in_words, long_form
from hkshcc.register.vocabulary import CONFERENCE, in_language
from hkshcc.reports.page import (
    Block,
    Heading,
    KeyValue,
    KeyValues,
    Page,
    Piece,
    ReportContext,
    Span,
    Text,
    View,
    blank,
    entries_of,
    measures_of,
)
from hkshcc.reports.progress import Progress, numbered


@dataclass(frozen=True)
class Overview:
    """A progress report in a few lines."""

    progress: Progress
    newest: str | None  # the day on which the last entry was recorded

    schema: ClassVar[str] = "hkshcc.glance/1"
    rows: ClassVar[str] = "groups"
    fields: ClassVar[Sequence[str]] = Progress.fields
    brief: ClassVar[Sequence[str]] = ()

    @property
    def context(self) -> ReportContext:
        """As of when, and drawn from what."""
        return self.progress.context

    def items(self) -> list[dict[str, Any]]:
        """Return a row for each group."""
        return self.progress.items()

    def data(self) -> dict[str, Any]:
        """Return the report that it is a glance at."""
        return {**self.progress.data(), "schema": self.schema}

    def page(self, lang: str) -> Page:
        """Return the few lines and three commands."""
        report = self.progress
        total = len(report.standings)
        counts: list[Piece] = [Span(_("{measures}:", measures=measures_of(total)), "strong")]
        for figure in report.figures():
            separator = " " if len(counts) == 1 else _("; ")
            counts += [separator, *numbered(figure.number, figure.text, figure.role)]
        pressing = [f"{item.standing.measure.ref} {_(item.what)}" for item in report.attention]
        entries = entries_of(self.context.last)
        if self.newest:
            entries = sentence(entries, _("the last was recorded on {day}", day=in_words(self.newest)))
        blocks: list[Block] = [
            Heading(_(", ").join([CONFERENCE[lang], long_form(self.context.as_of)]), level=1),
            Text(counts, indent=2, hang=2),
            Text(
                [
                    _(
                        "Owners have reported on {reported} of {total} measures.",
                        reported=total - report.silent,
                        total=total,
                    )
                ],
                indent=2,
            ),
            Text([_("Needs attention: {what}", what=listed(pressing) or _("nothing"))], indent=2, hang=2),
            *(Text([line], indent=2, hang=2) for line in report.withdrawn_line()),
            Text([entries], indent=2),
            blank(),
        ]
        example = report.attention[0].standing.measure if report.attention else None
        example = example or (report.standings[0].measure if report.standings else None)
        tries = ["hkshcc report", "hkshcc list --silent" if total else "hkshcc add --help"]
        tries.append(f"hkshcc show {example.ref}" if example else "hkshcc plenary list")
        title = in_language(example.title, lang) if example else ""
        blocks.append(Heading(_("Next")))
        said = (_("how far it has come"), _("who has not reported") if total else "", title)
        pairs = [KeyValue(words, what) for words, what in zip(tries, said, strict=True)]
        blocks.append(KeyValues(pairs, "strong"))
        return Page(blocks)

    def footer(self, _lang: str) -> Sequence[str]:
        """Return nothing: a glance ends in what to type next."""
        return ()


def overview(view: View, progress: Progress) -> Overview:
    """Answer what a progress report comes to."""
    last = view.register.entries[-1] if view.register.entries else None
    return Overview(progress, last.recorded[:10] if last else None)
