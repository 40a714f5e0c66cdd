"""The parser: commands loaded when they are asked for, and the options that stand before any of them.

A command's module is imported when that command runs: the others would cost as much again as the one that is wanted.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from hkshcc import __version__, language
from hkshcc.cli.commands import COMMANDS, GLOBAL_OPTIONS, SYNONYMS
from hkshcc.cli.session import Session
from hkshcc.errors import INTERRUPTED, HkshccError, UsageError, did_you_mean, nearest
from hkshcc.language import N_, _
from hkshcc.register.lookup import one_of

# Options of `hkshcc` itself, which people type after the command as often as before it.
_WITH_VALUE = ("--store", "--lang", "--color")
_MACHINE_FORMATS = ("json", "csv")
_FLAGS = ("--no-pager", "--clock-is-right")


class CommandGroup(TyperGroup):
    """The group of all commands, each loaded when it is asked for."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002  Typer's Context is another class
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]  # noqa: ANN401, ARG002  a command of Typer's private Click
        """Load a command. Raises UsageError for one that does not exist, with the nearest names."""
        task = COMMANDS.get(cmd_name)
        if task is None:
            message = _("unknown command '{name}'", name=cmd_name)
            if meant := SYNONYMS.get(cmd_name):
                raise UsageError(message, hint=did_you_mean([f"`hkshcc {meant}`"]))
            near = nearest(cmd_name, COMMANDS)
            raise UsageError(message, hint=did_you_mean(near) if near else _("see `hkshcc --help`"))
        function = getattr(import_module(f"hkshcc.cli.{task.module}"), task.function)
        if isinstance(function, typer.Typer):
            return typer.main.get_command(function)
        single = typer.Typer(rich_markup_mode=None, add_completion=False)
        single.command(cmd_name, epilog=f"Example: {task.example}\n\n{GLOBAL_OPTIONS}")(function)
        return typer.main.get_command(single)

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Take the options that may stand anywhere to the front."""
        if args and args[-1] in _WITH_VALUE and "--" not in args and not ctx.resilient_parsing:
            raise UsageError(_("{option} needs a value", option=args[-1]), hint=_("see `hkshcc --help`"))
        return super().parse_args(ctx, _hoist_global_options(args))

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:  # type: ignore[override]  # noqa: ANN401
        """Write the commands by panel."""
        for panel in dict.fromkeys(task.panel for task in COMMANDS.values()):
            names = [name for name, task in COMMANDS.items() if task.panel == panel]
            with formatter.section(panel):
                formatter.write_dl([(name, self.get_command(ctx, name).get_short_help_str(120)) for name in names])


def _hoist_global_options(args: Sequence[str]) -> list[str]:
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
    return front + rest


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


def _for_programs(arguments: Sequence[str]) -> bool:
    """Say whether JSON or CSV is asked for: what programs read is the same in every language."""
    for argument, following in zip(arguments, [*arguments[1:], ""], strict=False):
        option, equals, value = argument.partition("=")
        value = value if equals else following
        if option == "--format" and value in _MACHINE_FORMATS:
            return True
        if option in {"-o", "--output"} and value.lower().endswith(tuple(f".{form}" for form in _MACHINE_FORMATS)):
            return True
    return False


root = typer.Typer(
    cls=CommandGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: hkshcc report",
)


def _version(*, wanted: bool) -> None:
    if wanted:
        from hkshcc.register.dates import in_words  # noqa: PLC0415  only --version wants them
        from hkshcc.stores.seed import compiled  # noqa: PLC0415

        typer.echo(f"hkshcc {__version__}, register compiled {in_words(compiled())}")
        raise typer.Exit


@root.callback(invoke_without_command=True)
def hkshcc(
    ctx: typer.Context,
    store: Annotated[
        str | None, typer.Option(metavar="PATH", help="The store to use; else HKSHCC_STORE, else the data folder's.")
    ] = None,
    lang: Annotated[  # noqa: ARG001  read before the help is
        str | None,
        typer.Option(metavar="LANG", help="en, zh-Hant or zh-Hans (default: HKSHCC_LANG or the locale)."),
    ] = None,
    color: Annotated[str, typer.Option(metavar="WHEN", help="Colour: auto, always or never.")] = "auto",
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Never page long output.")] = False,
    clock_is_right: Annotated[
        bool, typer.Option("--clock-is-right", help="Record, although the last entry bears a later day.")
    ] = False,
    version: Annotated[  # noqa: ARG001  acted on by its callback
        bool,
        typer.Option(
            "--version",
            help="Say the version and exit.",
            callback=lambda wanted: _version(wanted=wanted),
            is_eager=True,
        ),
    ] = False,
) -> None:
    """Keep the register of what Hong Kong and Shanghai agreed, and of how far it has come."""
    ctx.obj = Session(
        now=ctx.obj,
        named_store=store,
        lang=language.current(),
        color=one_of(("auto", "always", "never"), N_("choice for colour (--color)"), color),
        pager=not no_pager,
        clock_is_right=clock_is_right,
    )
    if ctx.invoked_subcommand is None:
        from hkshcc.cli.query import overview  # noqa: PLC0415  as any command's module

        overview(ctx.obj)


def run(arguments: Sequence[str], now: datetime) -> int:
    """Run a command line and return its exit code. Raises HkshccError."""
    language.use(language.from_environment(os.environ))
    language.use("en" if _for_programs(arguments) else _language(arguments))
    command = typer.main.get_command(root)
    try:
        code = command.main(list(arguments), prog_name="hkshcc", standalone_mode=False, obj=now)
    except typer.TyperException as error:
        raise _translate_error(error, arguments) from error
    except typer.Abort as error:
        raise KeyboardInterrupt from error
    except SystemExit as ended:
        if isinstance(ended.__context__, BrokenPipeError):  # Typer calls that a failure
            raise BrokenPipeError from ended
        raise
    if code == INTERRUPTED:  # which Typer makes of Ctrl-C
        raise KeyboardInterrupt
    return code if isinstance(code, int) else 0


def _translate_error(error: typer.TyperException, arguments: Sequence[str]) -> HkshccError:
    """Turn an error of the parser into one sentence that names the command's help."""
    message = error.format_message().rstrip(".").replace("\n", " ")
    context = getattr(error, "ctx", None)
    typed = next((argument for argument in arguments if argument in COMMANDS), "")
    path = context.command_path if context else f"hkshcc {typed}".rstrip()
    said = message[:1].lower() + message[1:]
    kind = UsageError if error.exit_code == UsageError.exit_code else HkshccError
    return kind(f"{said}; see `{path} --help`")
