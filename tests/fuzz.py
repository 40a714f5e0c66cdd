"""Command lines that nobody would type: every option and argument of every command, walked, with every odd value.

What a command takes is read from the command itself, so a new option is tried without anybody thinking of it. A value
is likely, by the word that stands for it in the help, or odd. No value is the path of a file outside the folder in
which the command runs.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typer
from hypothesis import strategies as st

from hkshcc import errors
from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS
from hkshcc.register.integrity import problems
from hkshcc.render import FORMATS
from hkshcc.stores import open_store
from tests import nasty
from tests.commands import EXPORT_FORMATS
from tests.exchange.forms.bureau import REF, fill, issue
from tests.hostile import active
from tests.running import Ran, Screen, run

STORE = "store.json"
FILES = (
    "-", "x.json", "x.csv", "x.md", "x.svg", "x.html", "x.xlsx", "x.ics", "x.txt", "x.foo", "x", "folder",
    "folder/x.csv", "none/x.csv",
    STORE, f"{STORE}.bak", f"{STORE}.lock", "release.txt", "sheet.csv", "copy.json", "form.xlsx",
    "/dev/full", "/dev/null",
)  # fmt: skip
# By the word that stands for a value in the help; for a word that is not here, all of them.
LIKELY: dict[str, Sequence[str]] = {
    "REF": ("7-KIT-1a", "kit-1b", "8-KIT-1", "7-DOC-1", "7-KCH-1"),
    "AREA": ("kites", "KCH", "form"),
    "BODY": ("IKO", "SH-Soup", "INB"),
    "STATUS": ("in-progress", "completed", "continuing", "not-pursued"),
    "KIND": ("deliverable", "continuing", "press", "record"),
    "SIDE": ("hk", "sh", "both"),
    "DATE": ("2026-11-01", "2026-Q2", "Oct 2026", "2027-01-31", "today", "2022年12月31日"),
    "WHEN": ("2024-01-01", "7th-plenary", "last-round", "90d", "6m", "2y"),
    "NUMBER": ("7", "8", "9"),
    "DAYS": ("0", "30", "540"),
    "NAME": ("2024H1", "2026H2", "Invented"),
    "BY": ("ref", "status", "target", "area", "owner"),
    "FORMAT": tuple(dict.fromkeys((*FORMATS, *EXPORT_FORMATS))),
    "A,B": ("ref,status,target", "number,id", "title"),
    "CODE": ("NEW", "IKO"),
    "TEXT": ("Invented", "-"),
    "N:HEX": ("1:0000000000000000", "40:ffffffffffffffffffff"),
    "LANG": ("en", "zh-Hant", "zh-Hans"),
    "FILE": FILES,
    "FOLDER": FILES,
    "PATH": FILES,
}
DIGITS = "9" * 5000
ODD = (
    "", " ", "\t", "-", "--", "---", "-1", "0", "00", "+7", "1e9", "0x10", "7.0", "٧", "²", "٣-FIN-١", "NaN", "None",
    "true", "99999999999", "-99999999999", "2147483648", "18446744073709551616", DIGITS, f"-{DIGITS}",
    f"{DIGITS}-KIT-1", f"7-KIT-{DIGITS}", f"7-KIT-{DIGITS}a", f"{DIGITS}:00", f"1:{DIGITS}", "1:", ":", "0:" + "f" * 64,
    "1:zz", f"{DIGITS}d", "99999999999d", "99999m", "99999y", "0d", "-5d", f"{DIGITS}th-plenary", "0th-plenary",
    "0000-00-00", "0001-01-01", "0000-01-01", "9999-12-31", "10000-01-01", f"{DIGITS}-01-01", "2026-02-30", "2026-13",
    "2026-Q9", "Q4 99999", "0-Q1", "end 9999", "end of February 0", "0年2月31日", "99999年底", "31 Feb", "1 Jan 0000",
    "\udce9", "caf\udce9", "\ud800", "\0", "a\0b", "\n", "a\nb", "\r\n", "\x1b[2J", "\u202e", "\u2028", "\ufeff",
    "\x85", "k" * 100_000, "滬" * 20_000, "a " * 5_000, "a," * 5_000, ",", "a,,b", "ref,ref", "[", "[/]", "[bold",
    "{0}", "{x!r}", "%s", "%(x)d", "\\", "'", '"', "`", "$(x)", "http://[", "http://[::1", "http://a:b:99999999",
    "https://u:p@h:x?", "http://" + "k" * 5000, "=1+1", "=HYPERLINK(1)", "theirs", "theirs 7-KIT-1a", "theirs:7-KIT-1a",
    "ours:", ".", "..", "con", "nul.txt", "a" * 300, "memory:", "sqlite:x", "ſ", "İ", "ß", "ﬁn", "ﾆ", "🪁",
    "a\u0301" * 1000,
)  # fmt: skip
NOT_TRIED = {"--install-completion", "--show-completion"}  # they write to a person's shell
_CODES = {0, errors.INTERRUPTED} | {
    kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HkshccError)
}

# No slash, so that a name leads nowhere else; no dots alone, which lead to the folder above.
any_text = st.text(st.characters(codec=None, exclude_characters="/"), max_size=20).filter(lambda text: text != "..")
odd_value = st.sampled_from(ODD) | any_text


class Place(NamedTuple):
    """A command, and one of the options or arguments that it takes; None where it takes nothing."""

    words: tuple[str, ...]
    parameters: Sequence[Any]
    focus: Any

    def __str__(self) -> str:
        return " ".join([*self.words, self.focus.opts[0] if self.focus else ""])


def places() -> Iterator[Place]:
    """Every option and argument of every command."""
    group: Any = typer.main.get_command(root)
    yield from _of((), group)
    for name in COMMANDS:
        command = group.get_command(None, name)
        yield from _of((name,), command)
        for inner, subcommand in getattr(command, "commands", {}).items():
            yield from _of((name, inner), subcommand)


def _of(words: tuple[str, ...], command: Any) -> Iterator[Place]:
    parameters = [one for one in command.params if NOT_TRIED.isdisjoint(one.opts)]
    for focus in parameters or [None]:
        yield Place(words, parameters, focus)


PLACES = list(places())


@st.composite
def lines(draw: st.DrawFn, places: Sequence[Place] = PLACES) -> list[str]:
    """Words typed: a command with what it needs, an odd or a likely value in one place, and now and then in others."""
    place = draw(st.sampled_from(places))
    options, arguments = [], []
    for parameter in place.parameters:
        if parameter is place.focus:
            values = draw(st.lists(_likely(parameter) | odd_value, min_size=1, max_size=2 if _many(parameter) else 1))
        elif parameter.required or draw(st.integers(0, 7)) == 0:
            values = [draw(_likely(parameter) if draw(st.integers(0, 9)) else odd_value)]
        else:
            continue
        if parameter.param_type_name == "argument":
            arguments += values
        else:
            options += _typed(parameter, values, joined=draw(st.booleans()))
    between = ["--"] if draw(st.booleans()) else []
    return [*place.words, *options, *between, *arguments] if place.words else [*options, "list"]


def walked(place: Place) -> Iterator[list[str]]:
    """A line for each odd value in a place, with what the command needs besides."""
    for value in ODD:
        options, arguments = [], []
        for parameter in place.parameters:
            if parameter is not place.focus and not parameter.required:
                continue
            values = [value if parameter is place.focus else likely_values(parameter)[0]]
            if parameter.param_type_name == "argument":
                arguments += values
            else:
                options += _typed(parameter, values, joined=True)
        yield [*place.words, *options, "--", *arguments] if place.words else [*options, "list"]


def _typed(parameter: Any, values: Sequence[str], *, joined: bool) -> list[str]:
    option = max(parameter.opts, key=len)
    if parameter.is_flag:
        return [option]
    return [word for value in values for word in ([f"{option}={value}"] if joined else [option, value])]


def _many(parameter: Any) -> bool:
    return bool(getattr(parameter, "multiple", False)) or parameter.nargs == -1


def likely_values(parameter: Any) -> Sequence[str]:
    """What is likely for an option or argument, by the word that stands for its value in the help."""
    named = (parameter.metavar or "").strip("[].")
    for word in (named, named.partition("|")[0], named.partition("...")[0]):
        if word in LIKELY:
            return LIKELY[word]
    return [value for values in LIKELY.values() for value in values]


def _likely(parameter: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(likely_values(parameter))


class Laboratory:
    """A folder with a store and the files that commands read; each command finds it as it was at first."""

    def __init__(self, folder: Path) -> None:
        self.model, self.folder = folder / "model", folder / "tried"
        self.model.mkdir()
        self.store = nasty.write(self.model / STORE)
        (self.model / "folder").mkdir()
        (self.model / "release.txt").write_text(
            "9th Plenary Session of the Hong Kong/Shanghai Kite Conference\n\n"
            "1. Kites\n\nBoth sides will fly kites together in 2027.\n"
        )
        run("import", "release", str(self.model / "release.txt"), "-o", str(self.model / "sheet.csv"), store=self.store)
        run("export", "-o", str(self.model / "copy.json"), store=self.store)
        form = fill(issue(self.store), {REF: {"done": "It flies"}}, "form.xlsx")
        assert form.parent == self.model
        self.before = self.store.read_bytes()

    def tried(self, words: Sequence[str], *, keys: str | None = None, columns: int = 0) -> list[str]:
        """Run a command there, and say what is wrong with how it ended."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.model, self.folder)
        store = self.folder / STORE
        here = os.getcwd()
        os.chdir(self.folder)
        try:
            screen = Screen(columns, 24) if columns else None
            ran = run(*words, store=store, keys=keys, screen=screen, env={"HKSHCC_PAGER": "cat"})
        finally:
            os.chdir(here)
        return [f"{problem}: {_shown(words)}: {_shown([ran.err])}" for problem in self._problems(ran, store)]

    def _problems(self, ran: Ran, store: Path) -> Iterator[str]:
        if ran.code not in _CODES:
            yield f"exit code {ran.code}"
        if "should not happen" in ran.err or "Traceback" in ran.err:
            yield "a fault came out"
        if ran.code not in {0, 1} and "hkshcc:" not in ran.err:
            yield "a failure without a word"
        if acting := active(ran.err) - {"\n", "\t"}:
            yield f"{acting} on stderr"
        if store.read_bytes() == self.before:
            return
        if ran.code and "recorded as entr" not in " ".join(ran.err.split()):
            yield f"recorded, and exit code {ran.code}"
        if wrong := problems(open_store(str(store)).read()):
            yield f"the register is unsound ({wrong[0]})"


def _shown(words: Sequence[str]) -> str:
    return " ".join(ascii(word if len(word) < 200 else f"{word[:80]}...{len(word)}") for word in words)
