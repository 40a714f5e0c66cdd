"""The parser: commands loaded when they are asked for, and the options that stand before any of them.

A command's module is imported when that command runs: the others would cost as much again as the one that is wanted.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Annotated, Any

import typer

from hkshcc import __version__, language
from hkshcc.cli.commands import COMMANDS, ELSEWHERE, SYNONYMS
from hkshcc.cli.parsing import Command, Group, translated
from hkshcc.cli.session import Session
from hkshcc.errors import INTERRUPTED, UsageError, did_you_mean, nearest
from hkshcc.language import N_, _
from hkshcc.register.lookup import one_of

# Options of `hkshcc` itself, which people type after the command as often as before it.
_WITH_VALUE = ("--store", "--lang", "--color")
_FLAGS = ("--no-pager", "--clock-is-right")
ARGUMENTS = "hkshcc.arguments"  # where a context keeps the command's name and what was typed for it


class CommandGroup(Group):
    """The group of all commands, each loaded when it is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002  Typer's Context is another class
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ANN401, ARG002  a command of Typer's private Click
        """Load a command; return None for one that does not exist."""
        task = COMMANDS.get(cmd_name)
        if task is None:
            return None
        function = getattr(import_module(f"hkshcc.cli.{task.module}"), task.function)
        if isinstance(function, typer.Typer):
            return typer.main.get_command(function)
        single = typer.Typer(rich_markup_mode=None, add_completion=False)
        single.command(cmd_name, cls=Command, help=task.about, epilog="\n".join(task.examples))(function)
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Load the command that is named. Raises UsageError for one that does not exist, with what was meant."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is not None or ctx.resilient_parsing:
            return name, command, rest
        message = _("unknown command '{name}'", name=name)
        if name in SYNONYMS:
            raise UsageError(message, hint=did_you_mean([f"`{_meant(name, rest)}`"]))
        near = nearest(name, COMMANDS)
        raise UsageError(message, hint=did_you_mean(near) if near else _("see `hkshcc --help`"))

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """Return the help of the whole tool."""
        from hkshcc.cli.help import overall_help  # noqa: PLC0415  only --help draws it

        return overall_help(self, ctx)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Take the options that may stand anywhere to the front; ``help list`` is ``list --help``."""
        if args and args[-1] in _WITH_VALUE and "--" not in args and not ctx.resilient_parsing:
            raise UsageError(_("{option} needs a value", option=args[-1]), hint=_("see `hkshcc --help`"))
        if args and args[0] in {"-v", "-V"}:
            args = ["--version"]
        if args and args[0] == "help":
            args = [*args[1:], "--help"]
        own, command = _hoist_global_options(args)
        ctx.meta[ARGUMENTS] = command
        return super().parse_args(ctx, own + command)


def _meant(name: str, rest: Sequence[str]) -> str:
    """Return the command line that was meant by another tool's: ``hkshcc list --search bond`` for ``search bond``."""
    import shlex  # noqa: PLC0415  only a mistake is quoted

    meant = SYNONYMS[name]
    words, _blank, placeholder = meant.rpartition(" ")
    if not placeholder.isupper():
        return shlex.join(["hkshcc", meant, *rest])
    typed = [word for word in rest if word not in _CLOSING and not word.startswith("-")]
    if not typed:
        return f"hkshcc {_(meant)}"
    return f"hkshcc {words} {shlex.join(typed) if placeholder == 'REF' else shlex.quote(' '.join(typed))}"


_CLOSING = {"done", "completed", "complete", "closed", "as"}  # what people type after `mark REF`


def _hoist_global_options(args: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the options of `hkshcc` itself, and what is left."""
    front, rest = [], []
    waiting = list(args)
    while waiting:
        argument = waiting.pop(0)
        if argument == "--":
            rest += [argument, *waiting]
            break
        if argument in _WITH_VALUE and waiting:
            front += [argument, waiting.pop(0)]
        elif argument in _FLAGS or argument.startswith(tuple(f"{option}=" for option in _WITH_VALUE)):
            front.append(argument)
        else:
            rest.append(argument)
    return front, rest


def _language(arguments: Sequence[str]) -> str:
    """Return the language that --lang names, wherever it stands: help and errors want it too. Raises UsageError."""
    typed = None
    for argument, following in zip(arguments, [*arguments[1:], None], strict=False):
        if argument == "--":
            break
        if argument == "--lang":
            typed = following
        elif argument.startswith("--lang="):
            typed = argument.removeprefix("--lang=")
    if typed is None:
        return language.current()
    return language.named(typed) or one_of(language.LANGUAGES, N_("language (--lang)"), typed)


def _say_unknown_language(named: str | None) -> None:
    """Say that HKSHCC_LANG names no language that there is; nobody who set it should wonder why it has no effect."""
    if named and language.named(named) is None and "_HKSHCC_COMPLETE" not in os.environ:
        from hkshcc.cli import console  # noqa: PLC0415  loaded with the first command as well

        every = language.listed(language.LANGUAGES)
        console.message(_("HKSHCC_LANG: there is no language '{name}'; choose from: {all}", name=named, all=every))


root = typer.Typer(
    cls=CommandGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from hkshcc.register.dates import in_words  # noqa: PLC0415  only --version wants them
        from hkshcc.stores.seed import compiled  # noqa: PLC0415

        typer.echo(_("hkshcc {version}, register compiled {day}", version=__version__, day=in_words(compiled())))
        raise typer.Exit


@root.callback(
    invoke_without_command=True,
    help=N_("Keep the register of what Hong Kong and Shanghai agreed, and of how far each commitment has come."),
)
def hkshcc(
    ctx: typer.Context,
    store: Annotated[
        str | None,
        typer.Option(
            metavar=N_("PATH"),
            help=N_("The store, a register file (default: HKSHCC_STORE, or one in your data folder)."),
        ),
    ] = None,
    lang: Annotated[  # read before the help is
        str | None,
        typer.Option(metavar=N_("LANG"), help=N_("en, zh-Hant or zh-Hans (default: HKSHCC_LANG, or the locale).")),
    ] = None,
    color: Annotated[str, typer.Option(metavar=N_("CHOICE"), help=N_("Use colour: auto, always or never."))] = "auto",
    no_pager: Annotated[bool, typer.Option("--no-pager", help=N_("Never show long output in a pager."))] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help=N_("Record although the last entry has a later date than today."))
    ] = False,
    version: Annotated[  # noqa: ARG001  acted on by its callback
        bool,
        typer.Option(
            "--version",
            help=N_("Show the version and exit."),
            callback=lambda wanted: _version(wanted=wanted),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Make the session that every command uses; alone, show the state of the register."""
    ctx.obj = Session(
        now=ctx.obj,
        named_store=store,
        lang=language.current(),
        lang_named=lang is not None,
        color=one_of(("auto", "always", "never"), N_("choice for colour (--color)"), color),
        pager=not no_pager,
        clock_is_right=clock_is_right,
        arguments=ctx.meta[ARGUMENTS],
    )
    if ctx.invoked_subcommand is None:
        from hkshcc.cli.query import overview  # noqa: PLC0415  as any command's module

        overview(ctx.obj)


def run(arguments: Sequence[str], now: datetime) -> int:
    """Run a command line and return its exit code. Raises HkshccError."""
    language.use(language.from_environment(os.environ))
    _say_unknown_language(os.environ.get("HKSHCC_LANG"))
    language.use(_language(arguments))
    command = typer.main.get_command(root)
    try:
        code = command.main(list(arguments), prog_name="hkshcc", standalone_mode=False, obj=now)
    except typer.TyperException as error:
        raise translated(error, arguments, COMMANDS, ELSEWHERE) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # Typer calls that a failure
            raise BrokenPipeError from ended
        raise
    if code == INTERRUPTED:  # which Typer makes of Ctrl-C
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0
