"""The man page, made from the same texts as ``--help``, in one of the languages.

``python -m hkshcc.cli.manual`` writes all three anew.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from hkshcc import __version__, language
from hkshcc.cli import help  # noqa: A004  the module is about nothing else
from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS
from hkshcc.language import N_, _

_EXIT_CODES = {
    "0": N_("done"),
    "1": N_("failed, or `check` found a problem"),
    "2": N_("the command line cannot be understood"),
    "3": N_("not found"),
    "4": N_("refused by a rule, or in conflict"),
    "5": N_("the store cannot be read, written or locked"),
    "130": N_("interrupted"),
}
# Where they are kept, in the package's folder.
FILES = {"en": "hkshcc.1", "zh-Hant": "locale/zh_Hant/hkshcc.1", "zh-Hans": "locale/zh_Hans/hkshcc.1"}


def page() -> str:
    """Return the man page in roff, in the current language."""
    group: Any = typer.main.get_command(root)  # a command of Typer's private Click
    context = group.make_context("hkshcc", [], resilient_parsing=True)
    what = _("the register of what Hong Kong and Shanghai agreed, and of how far it has come")
    lines = [
        # What stands in a replacement field is not found by all that collect messages.
        '.TH HKSHCC 1 "" "hkshcc ' + __version__ + '" "' + _("User commands") + '"',
        ".SH " + _("NAME"),
        rf"hkshcc \- {_roff(what)}",
        ".SH " + _("SYNOPSIS"),
        r".B hkshcc",
        _roff(" ".join(help.usage(group, context).split()[1:])),
        ".SH " + _("DESCRIPTION"),
        _roff(help.about(group)),
        ".SH " + _("OPTIONS"),
        *_options(group, context),
        ".SH " + _("COMMANDS"),
    ]
    for name in COMMANDS:
        lines += _command(name, group.get_command(context, name), context)
    lines += [".SH " + _("EXIT STATUS")]
    for code, meaning in _EXIT_CODES.items():
        lines += [".TP", rf".B {code}", _roff(_(meaning))]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any, parent: Any) -> Iterator[str]:  # noqa: ANN401  Typer's private Click
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    yield f'.SS "{_roff(help.usage(command, context))}"'
    yield _roff(help.about(command))
    yield from _options(command, context)
    yield ".PP"
    yield _roff(_("Examples"))
    for example in help.examples(command):
        yield ".br"
        yield _roff(example)
    for inner in getattr(command, "commands", {}).values():
        yield from _command(f"{inner.name}", inner, context)


def _options(command: Any, context: Any) -> Iterator[str]:  # noqa: ANN401  Typer's private Click
    for parameters in help.by_panel(command, context).values():
        for parameter in parameters:
            yield ".TP"
            yield rf".B {_roff(help.names(parameter))}"
            yield _roff(help.explained(parameter))


def _roff(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped[:1] in {".", "'"} else escaped


if __name__ == "__main__":
    for name, file in FILES.items():
        with language.using(name):
            (Path(__file__).parent.parent / file).write_text(page(), encoding="utf-8")
