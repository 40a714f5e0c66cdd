"""Commands for return forms: form draws them, merge reads them back."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.files import STDIN, display_name
from hkshcc.cli.folder import File, write_each
from hkshcc.cli.parsing import Command
from hkshcc.cli.session import CommandResult, Session
from hkshcc.errors import HkshccError, RefusedError, UsageError
from hkshcc.language import N_, _, ngettext
from hkshcc.register import lookup
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Round
from hkshcc.reports.page import View
from hkshcc.reports.rounds import latest_open

if TYPE_CHECKING:
    from hkshcc.cli.signing import FormSignatures
    from hkshcc.exchange.forms.merge import SignedForm
    from hkshcc.exchange.forms.read_form import Form

_SIDES = ("theirs", "ours")
_SIGNATURES = (".sig", ".p7s")  # endings of what signs a form


def form(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar=N_("[BODY]..."), help=N_("The bodies, as with --owner."), autocompletion=options.offering("bodies")
        ),
    ] = None,
    owner: options.Owners = None,
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round", metavar=N_("NAME"), help=N_("The round that it is for (default: the latest open one).")
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar=N_("FILE"),
            help=N_("The form to write, such as FSTB.xlsx; - writes to standard output."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    return_to: Annotated[
        str | None,
        typer.Option(
            metavar=N_("ADDRESS"), help=N_("To whom and where it is returned (default: in reply to whoever sent it).")
        ),
    ] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all",
            help=N_("With --out: ask every body responsible for a measure, whether or not it owes a return."),
        ),
    ] = False,
    out: Annotated[
        str | None,
        typer.Option(
            metavar=N_("FOLDER"),
            help=N_("Write a form into this folder for each --owner, or for every body that owes a return."),
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
) -> None:
    """Write forms."""
    from hkshcc.exchange.forms.form import Order  # noqa: PLC0415  only this command draws forms
    from hkshcc.exchange.forms.form import form as drawn  # noqa: PLC0415

    session: Session = ctx.obj
    if (output is None) == (out is None):
        raise UsageError(
            _("a form needs one place to go"), hint=_("use -o FILE for one body, or --out FOLDER for several")
        )
    if output and os.path.splitext(output)[1].lower() not in {"", ".xlsx"}:
        raise UsageError(
            _("a form is an Excel workbook, and {file} is not named as one", file=output),
            hint=_("give -o a name that ends in .xlsx"),
        )
    named = [*(words or ()), *(owner or ())]
    if every and named:
        raise UsageError(_("--all asks every body, and names none"), hint=_("leave one of the two out"))
    view = session.read()
    entered = _round(view, round_name)
    asked = _responsible(view) if every else _bodies(view, named, entered)
    if out is None and len(asked) != 1:
        raise UsageError(
            _("-o writes the form of one body"),
            hint=_("for several, or for every body that owes a return, use --out FOLDER"),
        )
    order = Order(asked[0], view.as_of, session.lang, entered, (return_to or "").strip())
    forms = [File(body.code, ".xlsx", drawn(view.register, order._replace(body=body))) for body in asked]
    if out is not None:
        number = len(forms)
        wrote = ngettext(
            "wrote {n} form to {folder}; nothing was sent",
            "wrote {n} forms to {folder}; nothing was sent",
            number,
            folder=out,
        )
        write_each(out, forms, KEPT, wrote)
    elif output is not None:
        if output != STDIN and os.path.isfile(output):
            raise RefusedError(_(KEPT, path=output), hint=_("move it, or name another file with -o"))
        session.save(output, forms[0].data)


# What came back filled in is mostly saved under the name it was sent with.
KEPT = N_("{path} exists already and may hold a bureau's answers")


def _round(view: View, name: str | None) -> Round | None:
    if name:
        return lookup.find_round(view.register, name, view.as_of)
    return latest_open(view)


def _bodies(view: View, owners: Sequence[str], entered: Round | None) -> list[Body]:
    """Return the bodies named, each once; else all who owe a return."""
    from hkshcc.reports.chase import chase  # noqa: PLC0415

    if owners:
        named = [lookup.find_body(view.register, typed) for typed in owners]
        return list({body.code: body for body in named}.values())
    owing = [debt.body for debt in chase(view, entered, None).debts if debt.body]
    if not owing:
        raise RefusedError(_("no returns are owed"), hint=_("to ask a body anyway, name it with --owner"))
    return owing


def _responsible(view: View) -> list[Body]:
    """Return every body that answers for a measure. Raises RefusedError where none does."""
    standings = [view.register.standing(measure, view.as_of) for measure in view.register.measures(view.as_of)]
    codes = {owner["body"] for standing in standings for owner in standing.owners}
    found = [body for code, body in view.register.bodies.items() if code in codes]
    if not found:
        raise RefusedError(_("no body is responsible for any measure"), hint=_("`hkshcc assign` adds an owner"))
    return found


class _Merge(Command):
    """The command that merges: ``--take theirs REF`` is one option of two words, which Typer cannot repeat."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401  a context of Typer's private Click
        """Join the two words of each ``--take``."""
        joined: list[str] = []
        waiting = list(args)
        while waiting:
            word = waiting.pop(0)
            if word == "--":
                joined += [word, *waiting]
                break
            if word == "--take" and len(waiting) > 1 and ":" not in waiting[0]:
                word = f"--take={waiting.pop(0)}:{waiting.pop(0)}"
            joined.append(word)
        return super().parse_args(ctx, joined)


merge = typer.Typer(rich_markup_mode=None, add_completion=False)


@merge.command("merge", cls=_Merge, help=COMMANDS["merge"].about, epilog="\n".join(COMMANDS["merge"].examples))
def merge_forms(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar=N_("FILE..."), help=N_("Returned forms; - reads standard input."))
    ],
    apply: Annotated[
        bool,
        typer.Option("--apply", help=N_("Record every row, or nothing; without it, only show what would be recorded.")),
    ] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("theirs|ours REF"),
            help=N_("Where the two disagree on a measure, take the form's update or keep the register's."),
        ),
    ] = None,
    signature: Annotated[
        list[str] | None,
        typer.Option(
            metavar=N_("FILE"),
            help=N_("Its signature (default: FILE.sig or FILE.p7s beside it); of several forms one each, in order."),
        ),
    ] = None,
    require_signature: Annotated[
        bool, typer.Option("--require-signature", help=N_("Refuse a form that its body has not signed."))
    ] = False,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Compare returned forms with the register, or record them."""
    from hkshcc.exchange.forms.merge import plan  # noqa: PLC0415  only this command reads forms
    from hkshcc.exchange.forms.merge_result import MergeResult, blocking  # noqa: PLC0415

    session: Session = ctx.obj
    takes, context = _takes(take or ()), session.command_context()
    forms, data = _forms(session, files)
    signatures = _signatures(session, files, signature or (), required=require_signature)

    def signed(register: Register) -> "dict[str, SignedForm]":
        return _signed(forms, data, signatures, register, context.recorded)

    signed(session.reader.read())  # by a program, which nobody should wait for

    def decide(register: Register) -> CommandResult:
        by_form = signed(register)
        made = plan(register, context, forms, takes, by_form)
        records = apply and not made.blocked
        entries = made.entries if records else []
        if records and by_form:
            from hkshcc.stores.kept_files import keep  # noqa: PLC0415  only signed forms are kept

            for sha256 in by_form:
                keep(session.store_url, data[sha256])
        view = View(Register([*register.stored, *entries]), session.today, session.today)
        problem = blocking(made) if apply and made.blocked else None
        return CommandResult(
            entries, MergeResult(view.context, made, records, session.undo_command), made.notes, problem
        )

    session.transact(decide, session.output(fmt, fields, output), dry_run=not apply)


def _forms(session: Session, files: Sequence[str]) -> "tuple[list[Form], dict[str, bytes]]":
    """Read every file: the forms, and their bytes by SHA-256. Raises an error that names each that is no form."""
    from hkshcc.exchange.forms.read_form import read_form  # noqa: PLC0415
    from hkshcc.exchange.forms.xlsx_read import LARGEST  # noqa: PLC0415

    if files.count(STDIN) > 1:  # before anything is read: what the first one holds is another question
        raise UsageError(_("'-' was given twice, and standard input can be read once"))
    forms, problems, read = [], [], {}
    for file in files:
        try:
            data = session.input(file, LARGEST)
            forms.append(read_form(data, display_name(file)))
            read[forms[-1].sha256] = data
        except HkshccError as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise type(problems[0])(_("; ").join(str(problem) for problem in problems))
    return forms, read


def _signatures(
    session: Session, files: Sequence[str], named: Sequence[str], *, required: bool
) -> "FormSignatures | None":
    """Read the forms' signatures; None where there are none, as there mostly are not."""
    if not named and not required and not any(os.path.exists(f"{file}{end}") for file in files for end in _SIGNATURES):
        return None
    from hkshcc.cli.signing import FormSignatures  # noqa: PLC0415  few sign

    return FormSignatures(session, files, named, required=required)


def _signed(
    forms: "Sequence[Form]",
    data: Mapping[str, bytes],
    signatures: "FormSignatures | None",
    register: Register,
    now: str,
) -> "dict[str, SignedForm]":
    """Return the forms that are signed, each with its signature, by their SHA-256. ``now`` is a moment (ISO)."""
    if signatures is None:
        return {}
    from hkshcc.exchange.forms.merge import SignedForm  # noqa: PLC0415
    from hkshcc.stores.kept_files import copy_of  # noqa: PLC0415

    found = {}
    for form in forms:
        bytes_of = data[form.sha256]
        if signature := signatures.verified(form, bytes_of, register, now):
            found[form.sha256] = SignedForm(signature, copy_of(bytes_of, form.name))
    return found


def _takes(typed: Sequence[str]) -> dict[str, str]:
    """Read ``theirs:REF`` and ``ours:REF``."""
    takes: dict[str, str] = {}
    for word in typed:
        side, _colon, ref = word.partition(":")
        if side not in _SIDES or not ref.strip():
            raise UsageError(
                _("'{typed}' is not a valid --take", typed=word),
                hint=_("write --take theirs REF or --take ours REF"),
            )
        if takes.setdefault(ref.strip(), side) != side:
            raise UsageError(_("--take names {ref} as theirs and as ours", ref=ref), hint=_("give one of the two"))
    return takes
