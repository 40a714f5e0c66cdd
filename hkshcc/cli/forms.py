"""Commands for return forms: form draws them, merge reads them back."""

import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from hkshcc.cli import options
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.files import STDIN, display_name
from hkshcc.cli.folder import write_each
from hkshcc.cli.session import CommandResult, Session
from hkshcc.errors import HkshccError, RefusedError, UsageError
from hkshcc.register import lookup
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Round
from hkshcc.reports.page import View

_SIDES = ("theirs", "ours")


def form(
    ctx: typer.Context,
    owner: options.Owners = None,
    round_name: Annotated[
        str | None, typer.Option("--round", metavar="NAME", help="The round it is for; else the latest that is open.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="The form, as BODY.xlsx; - is standard output.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(metavar="FOLDER", help="Write a form for each --owner there, or for all who owe.")
    ] = None,
) -> None:
    """Draw a form in Excel for a body to fill in: a row for each measure that it answers for."""
    from hkshcc.exchange.forms.form import Order  # noqa: PLC0415  only this command draws forms
    from hkshcc.exchange.forms.form import form as drawn  # noqa: PLC0415

    session: Session = ctx.obj
    if (output is None) == (out is None):
        raise UsageError("say where the form goes: -o FILE for one body, or --out FOLDER")
    if output and os.path.splitext(output)[1].lower() not in {"", ".xlsx"}:
        raise UsageError(f"{output}: a form is an Excel workbook; give -o a name that ends in .xlsx")
    view = session.read()
    entered = _round(view, round_name)
    asked = _bodies(view, owner or (), entered)
    if out is None and len(asked) != 1:
        raise UsageError("-o takes the form of one --owner; for several, or for all who owe, give --out FOLDER")
    forms = [(body.code, drawn(view.register, Order(body, view.as_of, session.lang, entered))) for body in asked]
    # What came back filled in is mostly saved under the name it was sent with.
    kept = "may hold a bureau's answers"
    if out is not None:
        write_each(out, forms, ".xlsx", what="form", why_kept=kept)
    elif output is not None:
        if output != STDIN and os.path.isfile(output):
            raise RefusedError(f"{output} is there already and {kept}", hint="move it, or name another")
        session.save(output, forms[0][1])


def _round(view: View, name: str | None) -> Round | None:
    if name:
        return lookup.find_round(view.register, name, view.as_of)
    still_open = [entered for entered in view.register.rounds(view.as_of) if entered.closed is None]
    return still_open[-1] if still_open else None


def _bodies(view: View, owners: Sequence[str], entered: Round | None) -> list[Body]:
    """Return the bodies named, each once; else all who owe a return."""
    from hkshcc.reports.chase import chase  # noqa: PLC0415

    if owners:
        named = [lookup.find_body(view.register, typed) for typed in owners]
        return list({body.code: body for body in named}.values())
    owing = [debt.body for debt in chase(view, entered, None).debts if debt.body]
    if not owing:
        raise RefusedError("nobody owes a return; name a body with --owner to ask it all the same")
    return owing


class _Merge(TyperCommand):
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


@merge.command("merge", cls=_Merge, epilog=f"Example: {COMMANDS['merge'].example}")
def merge_forms(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Forms that came back; - is standard input.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Record all of it, or nothing; else only say what would be recorded.")
    ] = False,
    take: Annotated[
        list[str] | None,
        typer.Option(
            metavar="theirs|ours REF",
            help="Whose word stands on a measure: the form's, or the register's. May be repeated.",
        ),
    ] = None,
    fmt: options.Format = None,
    fields: options.Fields = None,
    output: options.Output = None,
) -> None:
    """Read returned forms: what each row says against what the register says; --apply records it."""
    from hkshcc.exchange.forms.merge import plan  # noqa: PLC0415  only this command reads forms
    from hkshcc.exchange.forms.merge_result import MergeResult, blocking  # noqa: PLC0415

    session: Session = ctx.obj
    forms, takes, context = _forms(session, files), _takes(take or ()), session.command_context()

    def decide(register: Register) -> CommandResult:
        made = plan(register, context, forms, takes)
        records = apply and not made.blocked
        entries = made.entries if records else []
        view = View(Register([*register.entries, *entries]), session.today, session.today)
        problem = blocking(made) if apply and made.blocked else None
        return CommandResult(
            entries, MergeResult(view.context, made, records, session.undo_command), made.notes, problem
        )

    session.transact(decide, session.output(fmt, fields, output), dry_run=not apply)


def _forms(session: Session, files: Sequence[str]) -> "list[Any]":
    """Read every file. Raises an error that names each that is no form."""
    from hkshcc.exchange.forms.read_form import read_form  # noqa: PLC0415
    from hkshcc.exchange.forms.xlsx_read import LARGEST  # noqa: PLC0415

    if files.count(STDIN) > 1:
        raise UsageError("standard input is one file; name the others")
    forms, problems = [], []
    for file in files:
        try:
            forms.append(read_form(session.input(file, LARGEST), display_name(file)))
        except HkshccError as error:
            problems.append(error)
    if len(problems) == 1:
        raise problems[0]
    if problems:
        raise type(problems[0])("; ".join(str(problem) for problem in problems))
    return forms


def _takes(typed: Sequence[str]) -> dict[str, str]:
    """Read ``theirs:REF`` and ``ours:REF``."""
    takes: dict[str, str] = {}
    for word in typed:
        side, _, ref = word.partition(":")
        if side not in _SIDES or not ref.strip():
            raise UsageError(f"--take {word}: type --take theirs REF or --take ours REF")
        if takes.setdefault(ref.strip(), side) != side:
            raise UsageError(f"--take names {ref} twice, once theirs and once ours; give one")
    return takes
