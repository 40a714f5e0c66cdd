"""Every command there is, and every format: the one table of each that feeds the tests which walk them.

A command that stands in neither table, or a format without an inspector in ``tests/hostile.py``, fails a test in
``tests/test_conventions.py``. A page that is added here is tried on every screen and in every format, with hostile
texts, for what it loads and for what it promises to programs, and has its golden files.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import typer

from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS
from hkshcc.cli.output import EXPORTS
from hkshcc.render import FORMATS

# Formats of a report for files and programs, which a page on a terminal is not; and those of an export.
MACHINE_FORMATS = tuple(form for form in FORMATS if form != "table")
TEXT_FORMATS = tuple(name for name, form in FORMATS.items() if not form.binary)  # those that a terminal may be given
EXPORT_FORMATS = tuple(EXPORTS)


class Page(NamedTuple):
    """A command that reads: its words, with what each register calls things, and the schema of its JSON."""

    command: str
    words: str
    schema: str | None  # None where it is drawn for people alone
    picture: bool = False  # it has a picture, which is what its SVG is

    def on(self, names: Mapping[str, str]) -> list[str]:
        """Return the words for a register."""
        return self.words.format(**names).split()


# By the names of their golden files. The first page of a command is the one that is tried where one is enough.
PAGES = {
    "list": Page("list", "list", "list"),
    "list-of-nothing": Page("list", "list --overdue --area {void}", "list"),
    "list-of-fields": Page("list", "list --fields ref,title,status,owners,next --area {area}", "list"),
    "show": Page("show", "show {refs}", "show"),
    "show-instruments": Page("show", "show {documents}", "instrument"),
    "report": Page("report", "report", "report"),
    "report-by-owner": Page("report", "report --group owner", "report"),
    "report-by-side": Page("report", "report --group side --area {area}", "report"),
    "report-since": Page("report", "report --since {since}", "comparison"),
    "report-crossed": Page("report", "report --by plenary", "cross"),
    "report-crossed-by-owner": Page("report", "report --group side --by owner", "cross"),
    "report-over-time": Page("report", "report --over-time", "steps", picture=True),
    "report-then": Page("report", "report --as-of {then} --known-on {later}", "report"),
    "timeline": Page("timeline", "timeline", "timeline", picture=True),
    "picture-steps": Page("picture", "picture steps", "steps", picture=True),
    "picture-lanes": Page("picture", "picture lanes --area {area}", "timeline", picture=True),
    "picture-matrix": Page("picture", "picture matrix", "cross", picture=True),
    "picture-of-nothing": Page("picture", "picture steps --overdue --area {void}", "steps"),
    "report-paper": Page("report", "report --paper", "paper"),
    "history": Page("history", "history", "history"),
    "history-of-one": Page("history", "history {ref}", "history"),
    "evidence": Page("evidence", "evidence", "evidence"),
    "evidence-of-some": Page("evidence", "evidence {refs}", "evidence"),
    "areas": Page("areas", "areas", "areas"),
    "bodies": Page("bodies", "bodies", "bodies"),
    "keys": Page("bodies key list", "bodies key list", "keys"),
    "plenaries": Page("plenary", "plenary", "plenaries"),
    "plenary": Page("plenary show", "plenary show {plenary}", "plenary"),
    "instruments": Page("instruments", "instruments", "instruments"),
    "instruments-by-year": Page("instruments", "instruments --by year", "documents"),
    "rounds": Page("round", "round", "rounds"),
    "changes": Page("changes", "changes --since {since}", "changes"),
    "todo": Page("todo", "todo", "todo"),
    "chase": Page("chase", "chase", "chase"),
    "check": Page("check", "check", "check"),
    "glance": Page("", "", None),
}
# Those that write, read no register, or are a page under another name; their tests are their own.
OTHERS = {
    "update", "done", "accept", "note", "assign", "retarget", "add", "undo", "form", "merge", "export", "amend",
    "plenary list", "round list", "criteria", "import release", "import measures", "import register", "bodies add",
    "plenary add", "round open", "round close", "init", "evidence keep", "merge-driver", "schema",
    "bodies key add", "bodies key revoke",
}  # fmt: skip

NASTY = {
    "refs": "7-KIT-1a 7-KIT-1b 7-KCH-1 7-KCH-4 7-FRM-1 7-FRM-2 8-KIT-1", "ref": "7-FRM-2",
    "documents": "7-DOC-1 7-DOC-2", "area": "kitchens", "void": "formulas", "plenary": "7",
    "since": "2024-05-31", "then": "2024-06-30", "later": "2024-12-31",
}  # fmt: skip
SHIPPED = {
    "refs": "5-FIN-3c", "ref": "5-FIN-3c", "documents": "5-DOC-2", "area": "finance", "void": "welfare",
    "plenary": "5", "since": "2024-01-01", "then": "2022-08-30", "later": "2026-11-23",
}  # fmt: skip


def pages(names: Mapping[str, str] = NASTY, *, machine: bool = False) -> list[str]:
    """Return the words of every page on a register, where wanted of those alone that speak to programs."""
    return [" ".join(page.on(names)) for page in PAGES.values() if page.schema or not machine]


def with_picture(names: Mapping[str, str] = NASTY) -> list[str]:
    """Return the words of every page that has a picture."""
    return [" ".join(page.on(names)) for page in PAGES.values() if page.picture]


def one_of_each(names: Mapping[str, str] = NASTY, *, machine: bool = False) -> list[str]:
    """Return the words of one page of each command, where wanted of those alone that speak to programs."""
    first: dict[str, str] = {}
    for page in PAGES.values():
        if page.schema or not machine:
            first.setdefault(page.command, " ".join(page.on(names)))
    return list(first.values())


def acting() -> Iterator[str]:
    """Yield the names of the commands that do something; a group alone only has others within it."""
    group: Any = typer.main.get_command(root)
    for words in every_command():
        command = group.get_command(None, words[0])
        for word in words[1:]:
            command = command.commands[word]
        if getattr(command, "invoke_without_command", True):
            yield " ".join(words)


def every_command() -> Iterator[list[str]]:
    """Yield the words of every command, those within others too."""
    group: Any = typer.main.get_command(root)
    for name in COMMANDS:
        yield from _within([name], group.get_command(None, name))


def _within(words: list[str], command: Any) -> Iterator[list[str]]:
    yield words
    for name, inner in getattr(command, "commands", {}).items():
        yield from _within([*words, name], inner)
