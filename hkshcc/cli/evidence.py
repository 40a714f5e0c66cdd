"""The command evidence: a row for each piece, and copies kept of them."""

from functools import partial
from typing import Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.parsing import Command, ListingGroup, group, lines, whole_number
from hkshcc.cli.session import Session
from hkshcc.errors import NotFoundError, UsageError
from hkshcc.language import N_
from hkshcc.register import lookup
from hkshcc.register.index import Register, split_ref

_TASK = COMMANDS["evidence"]
evidence = group(_TASK.about, _TASK.examples, ListingGroup)


@evidence.callback(invoke_without_command=True, help=_TASK.about)
@options.with_filters
def list_evidence(
    ctx: typer.Context,
    filters: options.Given,
    as_of: options.AsOf = None,
    known_on: options.KnownOn = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
    public: options.Public = False,
) -> None:
    """List the evidence on the measures that are named or pass the filters."""
    from hkshcc.cli.filters import filtered_listing  # noqa: PLC0415  the command within needs no listing
    from hkshcc.reports.evidence import evidence_list  # noqa: PLC0415

    if ctx.invoked_subcommand is not None:
        return
    session: Session = ctx.obj
    view = session.read(as_of, known_on, public=public)
    typed = [word for text in filters["words"] or () for word in text.split(",") if word]
    refs = {word: ref for word in typed if (ref := _ref(view.register, word, view.as_of))}
    words = [text for text in filters["words"] or () if not all(word in refs for word in text.split(",") if word)]
    listing = filtered_listing(view, {**filters, "words": words})
    session.show(evidence_list(view, listing, set(refs.values())), fmt, fields, output)


def _ref(register: Register, word: str, as_of: str) -> str | None:
    """Return the ref that a word names; None for any other word. Raises NotFoundError for a ref of no measure."""
    try:
        return lookup.find_measure(register, word, as_of).ref if any(map(str.isdigit, word)) else None
    except (NotFoundError, UsageError):
        if split_ref(word):
            raise
        return None


@evidence.command(
    "keep",
    cls=Command,
    help=N_("Keep a copy of a piece of evidence beside the store; nothing is downloaded."),
    epilog=lines(
        N_("hkshcc evidence keep 5-FIN-3c 1 notice.pdf"),
        N_("hkshcc evidence keep edu-1a 1 notice.pdf"),
        N_("hkshcc evidence keep tec-1a 1 notice.pdf --format json"),
    ),
)
def keep(
    ctx: typer.Context,
    ref: options.Ref,
    number: Annotated[
        int,
        typer.Argument(
            metavar=N_("NUMBER"),
            parser=whole_number("NUMBER", 1),
            help=N_("The piece's number, as `hkshcc evidence REF` shows it."),
        ),
    ],
    file: Annotated[str, typer.Argument(metavar=N_("FILE"), help=N_("The file that you saved."))],
    fmt: options.AnswerFormat = None,
) -> None:
    """Keep a copy of evidence that was recorded before."""
    from hkshcc.cli.evidence_input import keeping, read_copy  # noqa: PLC0415
    from hkshcc.register.commands import keep_copy  # noqa: PLC0415

    session: Session = ctx.obj
    kept = read_copy(session, file)
    verb = partial(keep_copy.keep_copy, ref=ref, number=number, copy=kept.copy)
    session.record(keeping(session, kept, verb), fmt)
