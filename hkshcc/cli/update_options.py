"""Options of the commands that record what happened on a measure."""

from collections.abc import Callable
from typing import Annotated

import typer

from hkshcc.cli.options import Group, offering, read_text, with_group
from hkshcc.language import N_

EVIDENCE = N_("Evidence")  # the heading of the help that some of them stand under

By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=N_("BODY"),
        help=N_("The owner who reports; without it, a finding from public sources."),
        autocompletion=offering("bodies"),
    ),
]
Side = Annotated[
    str | None,
    typer.Option("--side", metavar=N_("SIDE"), help=N_("hk, sh or both (default: the side of --by, else both).")),
]
# As `amend` takes them: what is not given stays as it was recorded.
AmendedOn = Annotated[
    str | None, typer.Option("--on", metavar=N_("DATE"), help=N_("Date it happened (default: as recorded)."))
]
AmendedBy = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar=N_("BODY"),
        help=N_("The owner who reports (default: as recorded)."),
        autocompletion=offering("bodies"),
    ),
]
AmendedSide = Annotated[
    str | None,
    typer.Option(
        "--side", metavar=N_("SIDE"), help=N_("hk, sh or both (default: as recorded, or the side of a new --by).")
    ),
]
Remark = Annotated[
    str | None,
    typer.Option("--remark", metavar=N_("TEXT"), help=N_("What was done; - reads standard input."), callback=read_text),
]
Internal = Annotated[
    bool,
    typer.Option(
        "--internal",
        help=N_("Keep the words from being published: --public leaves them out, and so do letters and forms."),
    ),
]
InternalNote = Annotated[
    bool,
    typer.Option(
        "--internal",
        help=N_("Keep the note from being published: --public leaves it out, and so do letters and forms."),
    ),
]
NewStatus = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar=N_("STATUS"),
        help=N_("not-started, in-progress, continuing, completed, modified or not-pursued, by the measure's wording."),
        autocompletion=offering("statuses"),
    ),
]
Next = Annotated[
    str | None,
    typer.Option("--next", metavar=N_("TEXT"), help=N_("What will be done next."), callback=read_text),
]
NextBy = Annotated[
    str | None, typer.Option("--next-by", metavar=N_("DATE"), help=N_("The day by which the next step will be taken."))
]
Nil = Annotated[bool, typer.Option("--nil", help=N_("A nil return: the body (--by) has no news."))]
Attention = Annotated[
    str | None,
    typer.Option("--attention", metavar=N_("TEXT"), help=N_("A problem that needs attention."), callback=read_text),
]
_Evidence = Annotated[
    list[str] | None,
    typer.Option(
        "--evidence",
        metavar=N_("WHERE"),
        help=N_("A URL or a document's reference; may be repeated."),
        rich_help_panel=EVIDENCE,
    ),
]
_EvidenceKind = Annotated[
    str | None,
    typer.Option(
        "--evidence-kind",
        metavar=N_("KIND"),
        help=N_(
            "record, official, institution, professional, press or return (default: return with --by, else by its"
            " host)."
        ),
        autocompletion=offering("evidence_kinds"),
        rich_help_panel=EVIDENCE,
    ),
]
_Source = Annotated[
    str | None,
    typer.Option(
        "--source", metavar=N_("NAME"), help=N_("Name of the source, such as RTHK."), rich_help_panel=EVIDENCE
    ),
]
_Title = Annotated[
    str | None,
    typer.Option("--title", metavar=N_("TEXT"), help=N_("Title of the page or document."), rich_help_panel=EVIDENCE),
]
_ReadOn = Annotated[
    str | None,
    typer.Option(
        "--read-on",
        metavar=N_("DATE"),
        help=N_("Date on which it was read (default: today for a URL)."),
        rich_help_panel=EVIDENCE,
    ),
]
_Archived = Annotated[
    str | None,
    typer.Option(
        "--archived", metavar=N_("URL"), help=N_("Where the page is archived, for good."), rich_help_panel=EVIDENCE
    ),
]
_CopyFile = Annotated[
    str | None,
    typer.Option(
        "--copy",
        metavar=N_("FILE"),
        help=N_("Keep a copy of this file beside the store."),
        rich_help_panel=EVIDENCE,
    ),
]
_WithoutEvidence = Annotated[
    str | None,
    typer.Option(
        "--without-evidence",
        metavar=N_("REASON"),
        help=N_("Close without evidence; the reason stays on the record."),
        rich_help_panel=EVIDENCE,
    ),
]
Sign = Annotated[
    str | None,
    typer.Option(
        "--sign",
        metavar=N_("KEY"),
        help=N_("Sign as the body that reports (--by), with this private key."),
    ),
]

# What a closing rests on, in the order of the help.
_OF_EVIDENCE: Group = {
    "evidence": (_Evidence, None),
    "evidence_kind": (_EvidenceKind, None),
    "source": (_Source, None),
    "title": (_Title, None),
    "read_on": (_ReadOn, None),
    "archived": (_Archived, None),
    "copy": (_CopyFile, None),
    "without_evidence": (_WithoutEvidence, None),
}


def with_evidence(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that say what an update rests on, which it takes as its parameter ``evidence``."""
    return with_group("evidence", _OF_EVIDENCE, command)
