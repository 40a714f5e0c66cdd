"""The parser's classes of commands, whose errors and help are ours, in the current language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from hkshcc.errors import HkshccError, UsageError, did_you_mean, nearest
from hkshcc.language import _, listed


class Command(TyperCommand):
    """A command. What stands behind the last argument that it takes is refused by name."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401  a context of Typer's private Click
        """Return the help, drawn by ours."""
        from hkshcc.cli.help import command_help  # noqa: PLC0415  only --help draws it

        return command_help(self, ctx)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read what was typed. Raises UsageError for an argument too many."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise UsageError(_("unexpected argument '{text}'", text=rest[0]), hint=see_help(ctx.command_path))
        return rest


class Group(TyperGroup):
    """A command that has commands of its own."""

    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        """Return the help, drawn by ours."""
        from hkshcc.cli.help import command_help  # noqa: PLC0415  only --help draws it

        return command_help(self, ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command named. Raises UsageError for one that does not exist, with the nearest names."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            near = nearest(args[0], self.commands)
            every = _("choose from: {all}", all=listed([f"{ctx.command_path} {name}" for name in self.commands]))
            hint = did_you_mean([f"{ctx.command_path} {name}" for name in near]) if near else every
            raise UsageError(_("unknown command '{name}'", name=f"{ctx.command_path} {args[0]}"), hint=hint)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run the command named. Raises UsageError where none is, and the group does nothing by itself."""
        if not ctx._protected_args and not self.invoke_without_command:  # noqa: SLF001  where Typer keeps the name
            every = listed([f"{ctx.command_path} {name}" for name in self.commands])
            raise UsageError(
                _("'{name}' needs a command", name=ctx.command_path), hint=_("choose from: {all}", all=every)
            )
        return super().invoke(ctx)


class ListingGroup(Group):
    """A command that lists what is named, unless the first word is a command of its own."""

    def __init__(self, **given: Any) -> None:  # noqa: ANN401
        super().__init__(**given)
        for one in self.params:
            if one.param_type_name == "argument":
                # The words that it lists by are not typed before a command of its own.
                one.get_usage_pieces = lambda ctx: []  # type: ignore[method-assign]  # noqa: ARG005  as it is called

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:  # noqa: ANN401
        """Read what was typed: for the command that the first word names, else for its own."""
        if args and args[0] in self.commands:
            super().parse_args(ctx, [])
            ctx._protected_args, ctx.args = args[:1], args[1:]  # noqa: SLF001  where Typer keeps the name
            return args[1:]
        ctx.allow_interspersed_args = True  # options stand behind words too
        return super().parse_args(ctx, args)


def group(about: str, examples: Iterable[str], cls: type[Group] = Group) -> typer.Typer:
    """Make a command that has commands of its own."""
    return typer.Typer(cls=cls, rich_markup_mode=None, add_completion=False, help=about, epilog=lines(*examples))


def lines(*examples: str) -> str:
    """Return a command's examples as the help keeps them: a line each."""
    return "\n".join(examples)


def whole_number(option: str, least: int) -> Callable[[str], int]:
    """Return a reader of numbers, ``least`` or more, for an option. It raises UsageError, which names the option."""

    def read(typed: str | int) -> int:
        if isinstance(typed, str) and not (
            typed.isascii() and typed.removeprefix("-").isdigit() and len(typed) < _DIGITS
        ):
            raise UsageError(_("'{typed}' is not a whole number ({option})", typed=typed, option=_(option)))
        number = int(typed)
        if number < least:
            raise UsageError(
                _(
                    "{number} is too small ({option}); the least is {least}",
                    number=number,
                    option=_(option),
                    least=least,
                )
            )
        return number

    return read


_DIGITS = 10  # more are no year, plenary or age


def translated(
    error: typer.TyperException,
    arguments: Sequence[str],
    commands: Mapping[str, object],
    elsewhere: Mapping[str, str],
) -> HkshccError:
    """Return an error of the parser as one sentence of ours that names the command's help.

    ``elsewhere`` are options of other commands, by the command line that has them.
    """
    context: Any = getattr(error, "ctx", None)
    typed = next((argument for argument in arguments if argument in commands), "")
    path = context.command_path if context else f"hkshcc {typed}".rstrip()
    option: str | None = getattr(error, "option_name", None)
    parameter: Any = getattr(error, "param", None)
    if option is not None and hasattr(error, "possibilities"):
        near = list(error.possibilities or ())
        if option in elsewhere:
            near = [f"`{_elsewhere(option, arguments, elsewhere[option])}`"]
        hint = did_you_mean(sorted(near)) if near else see_help(path)
        return UsageError(_("unknown option {option}", option=option), hint=hint)
    if option is not None:
        takes_none = any(argument.startswith(f"{option}=") for argument in arguments)
        message = (
            _("{option} takes no value", option=option) if takes_none else _("{option} needs a value", option=option)
        )
        return UsageError(message, hint=see_help(path))
    if parameter is not None and parameter.required:
        example = (context.command.epilog or "").partition("\n")[0]
        hint = _("for example: {example}", example=_(example)) if example else see_help(path)
        return UsageError(_("{what} is missing", what=parameter_name(parameter)), hint=hint)
    said = error.format_message().rstrip(".").replace("\n", " ")
    kind = UsageError if error.exit_code == UsageError.exit_code else HkshccError
    return kind(said[:1].lower() + said[1:], hint=see_help(path))


def _elsewhere(option: str, arguments: Sequence[str], meant: str) -> str:
    """Return the command line that has an option, with the value that was typed for it."""
    import shlex  # noqa: PLC0415  only a mistake is quoted

    for argument, following in zip(arguments, [*arguments[1:], ""], strict=True):
        name, equals, value = argument.partition("=")
        if name == option and (value if equals else following):
            return f"hkshcc {meant} {shlex.quote(value if equals else following)}"
    return f"hkshcc {meant} " + _("WHEN")


def parameter_name(parameter: Any) -> str:  # noqa: ANN401
    """Return what messages call a parameter: its longest option, or what stands for an argument."""
    if parameter.param_type_name == "option":
        return f"{max(parameter.opts, key=len)}"
    return _(parameter.metavar).strip("[].")


def see_help(path: str) -> str:
    """Return the hint that names a command's help."""
    return _("see `{command} --help`", command=path)
