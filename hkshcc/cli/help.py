"""The help of a command, drawn in the current language and as wide as the terminal, at most 100 columns."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from hkshcc.cli import console
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.options import OUTPUT
from hkshcc.language import N_, _
from hkshcc.text import pad, width, wrapped

_WIDEST = 100  # columns: longer lines are hard to read
_NAMES = 28  # columns: a longer name stands on a line of its own
_HALF = 40  # columns of a panel where two stand side by side
_HIDDEN = {"--help", "--install-completion", "--show-completion"}


def command_help(command: Any, ctx: Any) -> str:  # noqa: ANN401  Typer's private Click
    """Return the help of a command, or of a group: usage, what it does, arguments and options by panel, examples."""
    columns = min(console.width() or shutil.get_terminal_size().columns, _WIDEST)
    lines = [_usage(command, ctx), "", *_folded(about(command), columns)]
    inner = [(name, about(one)) for name, one in getattr(command, "commands", {}).items()]
    if inner:
        lines += ["", _("Commands"), *_definitions(inner, columns)]
    for panel, parameters in by_panel(command, ctx).items():
        lines += ["", panel, *_definitions([(names(one), explained(one)) for one in parameters], columns)]
    lines += ["", _("Examples"), *(f"  {example}" for example in examples(command))]
    anywhere = _("--store, --lang, --color and --no-pager can go anywhere; see `hkshcc --help`.")
    return "\n".join([*lines, "", *_folded(anywhere, columns)])


def overall_help(command: Any, ctx: Any) -> str:  # noqa: ANN401
    """Return the help of the whole tool, on one screen of 80 by 24: its commands in panels, two beside each other."""
    panels = list(dict.fromkeys(task.panel for task in COMMANDS.values()))
    left = [*_panel(panels[0]), *_panel(panels[3])]
    right = [*_panel(panels[1]), *_panel(panels[2])]
    length = max(len(left), len(right))
    rows = zip(_filled(left, length), _filled(right, length), strict=True)
    first = pad(_usage(command, ctx), _HALF) + _("For git: {commands}", commands=_(", ").join(_OF_GIT))
    lines = [first, *(f"{pad(one, _HALF)}{other}".rstrip() for one, other in rows)]
    options = [f"{pad(names(one), 18)}{_(_SHORT[one.name])}" for one in _parameters(command, ctx)]
    half = (len(options) + 1) // 2
    beside = zip(options[:half], _filled(options[half:], half), strict=True)
    lines += [f"{pad(one, _HALF)}{other}".rstrip() for one, other in beside]
    return "\n".join([*lines, _("`hkshcc COMMAND --help` explains a command; to begin, try `hkshcc list finance`")])


_OF_GIT = ("merge-driver",)  # which no person types: the overview names it beside the usage

# What the overview of all commands has room to say of the options that stand before them.
_SHORT = {
    "store": N_("your register file"),
    "lang": "en, zh-Hant, zh-Hans",
    "color": "auto, always, never",
    "no_pager": N_("never use a pager"),
    "clock_is_right": N_("allow an earlier clock"),
    "version": N_("show the version"),
}


def _panel(panel: str) -> list[str]:
    tasks = [(name, task) for name, task in COMMANDS.items() if task.panel == panel and name not in _OF_GIT]
    return [_(panel), *(f"  {pad(name, 11)} {_(task.short)}" for name, task in tasks)]


def _filled(lines: Sequence[str], length: int) -> list[str]:
    return [*lines, *[""] * (length - len(lines))]


def _usage(command: Any, ctx: Any) -> str:  # noqa: ANN401
    return _("Usage: {command}", command=usage(command, ctx))


def usage(command: Any, ctx: Any) -> str:  # noqa: ANN401
    """Return how a command is typed: ``hkshcc show [OPTIONS] REF...``."""
    arguments = [_(one.metavar) for one in _parameters(command, ctx) if one.param_type_name == "argument"]
    words = [ctx.command_path, _("[OPTIONS]"), *arguments]
    return " ".join([*words, _("COMMAND")] if hasattr(command, "commands") else words)


def about(command: Any) -> str:  # noqa: ANN401
    """Return what a command does, in a sentence."""
    said = " ".join((command.help or "").split())
    return _(said)


def examples(command: Any) -> list[str]:  # noqa: ANN401
    """Return a command's examples."""
    return [_(example) for example in (command.epilog or "").splitlines()]


def by_panel(command: Any, ctx: Any) -> Mapping[str, list[Any]]:  # noqa: ANN401
    """Return a command's parameters by the heading that they stand under, in their order."""
    panels: dict[str, list[Any]] = {}
    for one in _parameters(command, ctx):
        plain = _("Arguments") if one.param_type_name == "argument" else _("Options")
        panels.setdefault(_(one.rich_help_panel) if one.rich_help_panel else plain, []).append(one)
    return dict(sorted(panels.items(), key=lambda panel: panel[0] == _(OUTPUT)))


def _parameters(command: Any, ctx: Any) -> list[Any]:  # noqa: ANN401
    return [one for one in command.get_params(ctx) if not {*one.opts} & _HIDDEN]


def names(parameter: Any) -> str:  # noqa: ANN401
    """Return how a parameter is typed: ``-o, --output FILE``."""
    if parameter.param_type_name == "argument":
        return _(parameter.metavar)
    options = ", ".join(sorted(parameter.opts, key=len))
    return options if parameter.is_flag else f"{options} {_(parameter.metavar)}"


def explained(parameter: Any) -> str:  # noqa: ANN401
    """Return what a parameter is for, and what holds where it is not given."""
    said = _(parameter.help) if parameter.help else ""
    default = parameter.default
    if isinstance(default, bool) or default in (None, "", ()):
        return said
    return _("{help} Default: {value}.", help=said, value=default)


def _definitions(rows: Iterable[tuple[str, str]], columns: int) -> list[str]:
    listed = list(rows)
    room = min(max((width(name) for name, _said in listed), default=0), _NAMES) + 4
    lines = []
    for name, said in listed:
        first, *rest = _folded(said, columns - room) or [""]
        if width(name) + 4 > room:
            lines += [f"  {name}", *(f"{'':{room}}{line}" for line in (first, *rest))]
        else:
            lines += [pad(f"  {name}", room) + first, *(f"{'':{room}}{line}" for line in rest)]
    return lines


def _folded(text: str, columns: int) -> list[str]:
    return wrapped(text, columns).split("\n")
