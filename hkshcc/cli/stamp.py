"""What a report carries so that it can be checked on another day: the command that draws it again, and its check.

Both stand as plain text at its end, a line each, and begin with ``hkshcc``: whoever holds the print can type them, and
``check --report`` finds them in any format and language. A screen goes without: whoever looks at it typed the command.
"""

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from hkshcc.cli.commands import COMMANDS, READ
from hkshcc.language import _
from hkshcc.register.chain import SHOWN
from hkshcc.reports.page import Page, Report, ReportContext
from hkshcc.text import inert

# What says where a report went or who signed it, and not what it is; and days: a stamp names them as understood.
_LEFT_OUT = {"--output", "-o", "--format", "--as-of", "--known-on", "--until", "--sign"}
# What a report was drawn with that the register does not hold, or that made something else of it.
_ELSEWHERE = {"--source", "--out", "--"}
PUBLIC = "--public"  # without it the same command draws another report
_READING_TOO = {"round", "picture"}  # which stand elsewhere in the help
_SAME_AS = {"export": "list"}  # a command that writes into a file what another shows


@dataclass(frozen=True)
class Stamped:
    """A report that names the command which draws it again, empty where there is none that could be typed."""

    report: Report
    context: ReportContext
    command: str

    @property
    def schema(self) -> str:
        """The report's own."""
        return self.report.schema

    @property
    def rows(self) -> str:
        """The report's own."""
        return self.report.rows

    @property
    def fields(self) -> Sequence[str]:
        """The report's own."""
        return self.report.fields

    @property
    def brief(self) -> Sequence[str]:
        """The report's own."""
        return self.report.brief

    def items(self) -> list[dict[str, Any]]:
        """Return the report's own rows."""
        return self.report.items()

    def data(self) -> dict[str, Any]:
        """Return everything, and the command after what it was drawn from."""
        own = self.report.data()
        top = {key: own.pop(key) for key in self.context.data(self.schema)}
        return {**top, "command": self.command or None, **own}

    def page(self, lang: str) -> Page:
        """Return the report's page with the lines at its end."""
        return self.report.page(lang)._replace(footer=self.footer(lang))

    def footer(self, lang: str) -> Sequence[str]:
        """Return the report's own lines, as of when it holds, what it was drawn from, and how that is checked."""
        drawn_from = self.context.lines()
        own = [line for line in self.report.footer(lang) if line not in drawn_from]
        lines = [*own, *drawn_from]
        if self.command:
            lines.append(_("Draw again: {command}", command=self.command))
        if self.context.last:
            lines.append(_("Check: {command}", command=check_command(self.context)))
        return lines


def check_command(context: ReportContext) -> str:
    """Return the command that compares what a report was drawn from with the register."""
    return f"hkshcc check --fingerprint {context.last}:{context.fingerprint[:SHOWN]}"


def stamped(report: Report, arguments: Sequence[str], lang: str) -> Report:
    """Return a report with its stamp; as it is where the command typed is none that only reads the register."""
    context = getattr(report, "context", None)
    shown_by = [*(_SAME_AS.get(name, name) for name in arguments[:1]), *arguments[1:]]
    if not isinstance(context, ReportContext) or not only_reads(shown_by):
        return report
    return Stamped(report, context, command_line(shown_by, context, lang))


def only_reads(arguments: Sequence[str]) -> bool:
    """Return whether a command is one whose answer the register alone decides."""
    task = COMMANDS.get(arguments[0]) if arguments else None
    return task is not None and (task.panel == READ or arguments[0] in _READING_TOO)


def command_line(arguments: Sequence[str], context: ReportContext, lang: str) -> str:
    """Return the command that draws a report again: what was typed, its language, and both its days in full.

    ``arguments`` stand without ``hkshcc`` and its own options. Empty where more than the register decided, or where it
    would not stay what it is as inert text.
    """
    if any(word.partition("=")[0] in _ELSEWHERE for word in arguments):
        return ""
    words = [*_kept(arguments), *(["--lang", lang] if lang != "en" else [])]
    line = shlex.join(["hkshcc", *words, "--as-of", context.as_of, "--known-on", context.known_on])
    return line if inert(line) == line else ""


def _kept(arguments: Sequence[str]) -> Iterator[str]:
    waiting = iter(arguments)
    for word in waiting:
        name, equals, _value = word.partition("=")
        if name in _LEFT_OUT:
            if not equals:
                next(waiting, None)
        elif not (word.startswith("-o") and not word.startswith("--")):
            yield word
