"""A measure's paragraph in a person's own copy of the release."""

from collections.abc import Sequence
from typing import NamedTuple

from hkshcc.language import _
from hkshcc.register.model import Measure
from hkshcc.reports.page import Block, Span, Text, runs


class Quoted(NamedTuple):
    """A measure's paragraph in a person's own copy of the release; ``text`` is None where the copy has none like it.

    ``matching`` are the paragraphs of the same plenary that the copy does have, ``known`` how many there could be;
    ``of_a_plenary`` says whether the copy reads as the release of any plenary.
    """

    file: str
    recorded: bool
    line: int | None
    text: str | None
    matching: Sequence[int]
    known: int
    of_a_plenary: bool


def quotation(quoted: Quoted, measure: Measure) -> list[Block]:
    """Return the paragraph, or what can be said of a copy that differs."""
    if quoted.text is not None:
        where = (
            _(
                "Paragraph {number}, in {file}, line {line}:",
                number=measure.paragraph,
                file=quoted.file,
                line=quoted.line,
            )
            if measure.paragraph
            else _("Paragraph without a number, in {file}, line {line}:", file=quoted.file, line=quoted.line)
        )
        return [Text([Span(where, "dim")], indent=2), Text([quoted.text], indent=2)]
    if not quoted.recorded:
        return [
            Text(
                [_("No paragraph was recorded for it, so there is nothing to look for in {file}.", file=quoted.file)],
                indent=2,
            )
        ]
    if not quoted.matching and not quoted.of_a_plenary:
        said = _(
            "{file} does not look like that release: it names no plenary and no area of co-operation, and has none of"
            " the release's known paragraphs. Name your copy of the release.",
            file=quoted.file,
        )
        return [Text([said], indent=2)]
    said = _(
        "The copy differs: no paragraph of {file} is the one that {ref} was taken from. Paragraphs of that plenary"
        " found in it: {count} of {known} ({numbers}).",
        file=quoted.file,
        ref=measure.ref,
        count=len(quoted.matching),
        known=quoted.known,
        numbers=runs(quoted.matching) or _("none"),
    )
    return [Text([said], indent=2)]
