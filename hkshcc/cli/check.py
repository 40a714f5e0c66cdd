"""Command that verifies the register, a fingerprint, a printed report or a signed file: check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hkshcc.cli import options
from hkshcc.cli.parsing import see_help
from hkshcc.cli.session import Session
from hkshcc.errors import HkshccError, UsageError
from hkshcc.language import N_, _, ngettext
from hkshcc.register.index import Register
from hkshcc.register.model import Evidence
from hkshcc.reports.page import View

if TYPE_CHECKING:
    from hkshcc.reports.integrity import IntegrityReport


def check(
    ctx: typer.Context,
    fingerprint: Annotated[
        str | None,
        typer.Option(
            metavar=N_("HEX"),
            help=N_("Check the fingerprint that a printed report shows: the digits, or the whole line."),
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FILE"),
            help=N_("Draw the report in this file again, and show the lines that differ."),
        ),
    ] = None,
    drawn_by: Annotated[
        str | None,
        typer.Option(
            metavar=N_("COMMAND"),
            help=N_("The command that drew it, where the file does not say, as with CSV."),
        ),
    ] = None,
    signed: Annotated[
        str | None,
        typer.Option("--signed", metavar=N_("FILE"), help=N_("Say who signed this file: a report, a copy, a form.")),
    ] = None,
    signature: Annotated[
        str | None,
        typer.Option(metavar=N_("FILE"), help=N_("Its signature (default: FILE.sig or FILE.p7s beside it).")),
    ] = None,
    fmt: options.Format = None,
    output: options.Output = None,
) -> None:
    """Read everything and say what is wrong, or that nothing is."""
    if signed is not None or signature is not None:
        if signed is None or fingerprint is not None or report is not None:
            raise UsageError(
                _("--signature goes with --signed, and --fingerprint and --report with neither"),
                hint=see_help("hkshcc check"),
            )
        _check_signed(ctx.obj, signed, signature, fmt, output)
        return
    if report is not None or drawn_by is not None:
        if report is None or fingerprint is not None:
            raise UsageError(
                _("--drawn-by goes with --report, and --fingerprint with neither"), hint=see_help("hkshcc check")
            )
        _check_report(ctx.obj, report, drawn_by, fmt, output)
        return
    session: Session = ctx.obj
    fingerprint = options.read_text(ctx, fingerprint)
    view = session.read(checking=True, says_which=True)

    def checked() -> "IntegrityReport":
        return _everything(session, view) if fingerprint is None else _compared(view, fingerprint)

    answer = checked()
    session.show(answer, fmt, None, output, again=checked)
    found = answer.problems
    if found and fingerprint is not None:
        raise _no_match(session, view, fingerprint)
    if found:
        raise HkshccError(
            ngettext("{n} problem found in {file}", "{n} problems found in {file}", len(found), file=session.store_url),
            hint=_way_out(session, answer),
        )
    if answer.signatures and answer.signatures.missing:
        raise answer.signatures.missing


def _way_out(session: Session, answer: "IntegrityReport") -> str:
    """Return what to do about problems; a store that is as it was recorded is not mended by a copy of it."""
    if answer.signatures and answer.signatures.alone:
        return _(
            "ask its body about each entry, and withdraw it with `hkshcc undo NUMBER` where its body did not say it"
        )
    return _("compare it with {file}.bak or another copy", file=session.store_url)


def _compared(view: View, fingerprint: str) -> "IntegrityReport":
    """Say of which entries a fingerprint is, of this register, of its public edition, or of another that it knows."""
    from hkshcc.register.fingerprints import (  # noqa: PLC0415
        covered_by,
        covered_by_edition,
        covered_elsewhere,
        verify_fingerprint,
    )
    from hkshcc.reports.integrity import IntegrityReport  # noqa: PLC0415

    found, covers = verify_fingerprint(view.register, fingerprint), covered_by(view.register, fingerprint)
    if covers is None and (elsewhere := covered_elsewhere(view.register, fingerprint)):
        origin, last = elsewhere
        return IntegrityReport(view.context, found, fingerprint, last, origin)
    if covers is None and not found:
        whole = next(covered_by_edition(view.register, fingerprint))
        return IntegrityReport(view.context, found, fingerprint, whole.last, edition=True)
    return IntegrityReport(view.context, found, fingerprint, covers)


def _no_match(session: Session, view: View, fingerprint: str) -> HkshccError:
    """Return why a fingerprint does not match, or cannot be compared."""
    from hkshcc.register.fingerprints import may_be_newer, newer_copy_of  # noqa: PLC0415

    if newer := may_be_newer(view.register, fingerprint):
        return HkshccError(
            _("the fingerprint cannot be compared here"),
            hint=newer_copy_of(newer),
        )
    return HkshccError(
        _("the fingerprint does not match {file}", file=session.store_url),
        hint=_(
            "compare it with the print; if it is typed correctly, it is of another register of which these entries were"
            " not received here, or entries were changed"
        ),
    )


def _everything(session: Session, view: View) -> "IntegrityReport":
    """Verify the register, the copies that it keeps, and the signatures in it."""
    from hkshcc.register.integrity import problems  # noqa: PLC0415
    from hkshcc.register.witness import forks  # noqa: PLC0415
    from hkshcc.reports.integrity import IntegrityReport, SignatureCounts  # noqa: PLC0415

    found, parted = problems(view.register, session.today), forks(view.register)
    others: set[str] = set()
    if any(evidence.get("copy") for evidence in _evidence(view.register)):
        from hkshcc.stores.kept_files import elsewhere  # noqa: PLC0415  few registers keep copies
        from hkshcc.stores.kept_files import problems as in_copies  # noqa: PLC0415

        found = [*found, *in_copies(session.store_url, view.register)]
        others = elsewhere(session.store_url, view.register)
    if not any(entry.signature for entry in view.register.entries):
        return IntegrityReport(view.context, found, None, elsewhere=len(others), forks=parted)
    from hkshcc.cli.signing import verify_entries  # noqa: PLC0415  few registers have signatures

    verified = verify_entries(session, view.register)
    why_not = list(verified.why_not.values())
    counted = SignatureCounts(verified.good, verified.unverified, verified.missing, why_not, not found)
    found = [*found, *verified.problems.values()]
    missing = len(others | verified.elsewhere)
    return IntegrityReport(view.context, found, None, signatures=counted, elsewhere=missing, forks=parted)


def _check_signed(session: Session, file: str, signature: str | None, fmt: str | None, output: str | None) -> None:
    """Say who signed a file. Raises HkshccError where nobody did whom the register knows."""
    from hkshcc.cli.signing import verified_file  # noqa: PLC0415  few files are signed

    session.show(verified_file(session, file, signature), fmt, None, output)


def _check_report(session: Session, report: str, drawn_by: str | None, fmt: str | None, output: str | None) -> None:
    """Draw a report again and say which lines differ. Raises HkshccError where one does."""
    from hkshcc.cli.redraw import compared  # noqa: PLC0415  only --report draws again

    found = compared(session, report, drawn_by, session.read(checking=True, says_which=True).register)
    session.show(found, fmt, None, output)
    if not found.as_drawn:
        raise HkshccError(_("{file} is not as it was drawn", file=found.file))


def _evidence(register: Register) -> Iterator[Evidence]:
    return (evidence for entry in register.entries for evidence in entry.evidence or ())
