"""The man page, made from the same words as ``--help``: ``python -m hkshcc.cli.manual > hkshcc/hkshcc.1``."""

import sys
from collections.abc import Iterator
from typing import Any

import typer

from hkshcc import __version__
from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS

_EXIT_CODES = {
    "0": "done",
    "1": "failed, or check found something wrong",
    "2": "the words typed cannot be understood",
    "3": "not found",
    "4": "refused by a rule, or in conflict",
    "5": "the store cannot be read, written or locked",
    "130": "interrupted",
}


def page() -> str:
    """Return the man page in roff."""
    group: Any = typer.main.get_command(root)  # a command of Typer's private Click
    context = group.make_context("hkshcc", [], resilient_parsing=True, terminal_width=1000)
    lines = [
        f'.TH HKSHCC 1 "" "hkshcc {__version__}" "User commands"',
        ".SH NAME",
        r"hkshcc \- the register of what Hong Kong and Shanghai agreed, and of how far it has come",
        ".SH SYNOPSIS",
        r".B hkshcc",
        r"[options] command [arguments]",
        ".SH DESCRIPTION",
        _roff(group.help),
        ".SH OPTIONS",
        *_options(group, context),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += _command(name, group.get_command(context, name), context)
    lines += [".SH EXIT STATUS"]
    for code, meaning in _EXIT_CODES.items():
        lines += [".TP", rf".B {code}", _roff(meaning)]
    return "\n".join(lines) + "\n"


def _command(name: str, command: Any, parent: Any) -> Iterator[str]:  # noqa: ANN401  Typer's private Click
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    yield f'.SS "{_roff(command.get_usage(context).removeprefix("Usage: "))}"'
    yield _roff(" ".join(command.help.split()))
    yield from _options(command, context)
    yield ".PP"
    yield _roff((command.epilog or "").partition("\n")[0])
    for inner in getattr(command, "commands", {}).values():
        yield from _command(f"{inner.name}", inner, context)


def _options(command: Any, context: Any) -> Iterator[str]:  # noqa: ANN401  Typer's private Click
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record:
            yield ".TP"
            yield rf".B {_roff(record[0])}"
            yield _roff(record[1]) or "."


def _roff(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{escaped}" if escaped[:1] in {".", "'"} else escaped


if __name__ == "__main__":
    sys.stdout.write(page())
