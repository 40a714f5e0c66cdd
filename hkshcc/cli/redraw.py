"""A report that was printed, drawn again from its own stamp and compared, line by line.

The file is untrusted: of what stands in it only a command that reads is run, on a session that can neither write, nor
read another file, nor record.
"""

import io
import os
import re
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from itertools import islice
from typing import Any, NoReturn

import typer

from hkshcc import language
from hkshcc.cli.atomic_folder import place_in_folder
from hkshcc.cli.commands import COMMANDS, ELSEWHERE
from hkshcc.cli.files import display_name
from hkshcc.cli.output import parse_output
from hkshcc.cli.parsing import translated
from hkshcc.cli.session import Session
from hkshcc.cli.stamp import PUBLIC, Stamped, command_line, only_reads
from hkshcc.cli.stamp_reading import Stamp, moment_of, stamp_of
from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.exchange.printed import LARGEST, differences, parts_that_differ, text_of
from hkshcc.language import N_, _
from hkshcc.register.fingerprints import (
    covered_by,
    covered_by_edition,
    covered_elsewhere,
    may_be_newer,
    newer_copy_of,
    verify_fingerprint,
)
from hkshcc.register.index import Register
from hkshcc.register.witness import rebuilt
from hkshcc.render import FORMATS, RenderOptions, by_ending, render
from hkshcc.render.tabular import flat_rows
from hkshcc.reports.page import Report, ReportContext, View
from hkshcc.reports.published import published
from hkshcc.reports.redrawn import Redrawn

_MOST_SHOWN = 200  # lines that differ
_MOST_PARTS = 20  # of a packed file that are named
_LONGEST_NAME = 200  # characters of a part's name
_MOST_EDITIONS = 20  # registers that have the same public edition
_SCREENS = (80, 100, 120, 132, 160, 200)  # columns of the terminals that a page was copied from
_FINGERPRINT = re.compile("[0-9a-f]{8,64}")
_ONLY_READS = N_("it does not only read the register")


class Redrawing(Session):
    """A session that draws one report from a register of the past, and keeps it instead of showing it."""

    def __init__(self, stamp: Stamp, register: Register, *, past: bool) -> None:
        super().__init__(
            now=moment_of(max(stamp.as_of, stamp.known_on)),
            named_store=None,
            lang=stamp.lang,
            color="never",
            pager=False,
            clock_is_right=False,
        )
        self._view = View(register, stamp.as_of, stamp.known_on, past)
        self._reader = _Entries(register)
        self.report: Report | None = None
        self.again: Callable[[], Report] | None = None
        self.chosen: str | None = None

    def read(
        self,
        as_of: str | None = None,  # noqa: ARG002  the stamp's days hold
        known_on: str | None = None,  # noqa: ARG002
        *,
        public: bool = False,
        **_how: bool,
    ) -> View:
        """Return the register as the stamp says it was, or its public edition."""
        return published(self._view) if public else self._view

    def show(
        self,
        report: Report,
        fmt: str | None = None,  # noqa: ARG002  what the file is decides
        fields: str | None = None,
        output: str | None = None,  # noqa: ARG002  nothing is written
        *,
        again: Callable[[], Report] | None = None,
        sign: str | None = None,  # noqa: ARG002  and nothing is signed
    ) -> None:
        """Keep what would be shown."""
        self.report, self.chosen, self.again = report, fields, again

    @property
    def store(self) -> NoReturn:
        """None: nothing is recorded."""
        raise RefusedError(_(_ONLY_READS))

    def input(self, name: str, most: int) -> NoReturn:  # noqa: ARG002
        """Read no file."""
        raise RefusedError(_(_ONLY_READS))

    def save(self, output: str, data: bytes, *, sign: str | None = None) -> NoReturn:  # noqa: ARG002
        """Write no file."""
        raise RefusedError(_(_ONLY_READS))

    def put(self, text: str, output: str | None) -> NoReturn:  # noqa: ARG002
        """Write no file."""
        raise RefusedError(_(_ONLY_READS))

    def record(self, *_given: Any, **_named: Any) -> NoReturn:  # noqa: ANN401
        """Record nothing."""
        raise RefusedError(_(_ONLY_READS))

    def transact(self, *_given: Any, **_named: Any) -> NoReturn:  # noqa: ANN401
        """Record nothing."""
        raise RefusedError(_(_ONLY_READS))


class _Entries:
    """A register that was read, and the parts of it that were known before."""

    exists = True

    def __init__(self, register: Register) -> None:
        self._register = register

    def read(self, known_on: str | None = None) -> Register:
        return Register(list(self._register.stored), known_on=known_on) if known_on else self._register


def compared(session: Session, name: str, drawn_by: str | None, register: Register) -> Redrawn:
    """Draw the report in a file again and compare the two. ``drawn_by`` is its command, where the file does not say.

    Raises NotFoundError where it says no command and none is given, RefusedError for one that does not only read or
    cannot be run on this register, HkshccError for a file that cannot be read or was drawn from another register.
    """
    data, file = session.input(name, LARGEST), display_name(name)
    if len(data) > LARGEST:
        raise RefusedError(_("{file} is larger than {most} MB; no report is", file=file, most=LARGEST >> 20))
    text = text_of(data, file)
    formats = _formats(name, data)
    stamp = stamp_of(text, formats)
    if stamp is None and drawn_by is None and (listed := place_in_folder(name)):
        return _of_a_folder(data, file, *listed, register)
    bare = stamp is None
    if drawn_by is not None:
        typed = _typed(session, drawn_by)
        stamp = typed._replace(last=stamp.last, digits=stamp.digits) if stamp else typed
    if stamp is None:
        hint = _columns_of(text, register, session.today) or _(
            "give the command: --drawn-by '{example}'", example=f"hkshcc report --as-of {session.today}"
        )
        raise NotFoundError(_("{file} does not say which command drew it", file=file), hint=hint)
    if all(FORMATS[form].for_programs for form in formats):
        stamp = stamp._replace(lang="en")
    tried: list[Redrawn] = []
    ways = _ways(formats, text, bare=bare)
    wholes, origin = _then(register, stamp, file)
    drawings = ((whole, *drawn) for whole in wholes for drawn in _drawings(stamp, whole, file, ways))
    for whole, context, drawn in drawings:
        command, since = command_line(stamp.words, context, stamp.lang), register.last - whole.last
        found = told_apart(data, drawn, context, file, command)
        tried.append(replace(found, last=context.last + since, origin=origin))
        if tried[-1].as_drawn:
            break
    return min(tried, key=lambda redrawn: (redrawn.total, len(redrawn.parts)))


def _of_a_folder(data: bytes, file: str, path: str, head: Mapping[str, Any], register: Register) -> Redrawn:
    """Write a folder again that was published, as its list says that it was, and compare a file within it.

    Raises HkshccError where it was not written from this register.
    """
    from hkshcc.cli.site import site_files  # noqa: PLC0415  of what is drawn again little is a folder's

    last, digits = head["entries"], head["fingerprint"]
    stamp = Stamp(["export", "--site", "FOLDER", PUBLIC], "en", head["as_of"], head["known_on"], last, digits)
    wholes, origin = _then(register, stamp, file)
    tried = []
    for whole in wholes:
        for past in (False, True):
            view = View(whole, stamp.as_of, stamp.known_on, past)
            for drawn, words in ((published(view), stamp.words), (view, stamp.words[:-1])):
                context = drawn.context
                if context.last != last or not context.fingerprint.startswith(digits):
                    continue
                found = told_apart(data, site_files(drawn).get(path, b""), context, file, "")
                command = " ".join(["hkshcc", *words, "--as-of", stamp.as_of, "--known-on", stamp.known_on])
                since = register.last - whole.last
                tried.append(replace(found, command=command, last=context.last + since, origin=origin))
                if tried[-1].as_drawn:
                    return tried[-1]
    if not tried:
        raise HkshccError(_("{file} was not drawn from this register, or its entries were changed since", file=file))
    return min(tried, key=lambda redrawn: redrawn.total)


def told_apart(data: bytes, drawn: bytes, context: ReportContext, file: str, command: str) -> Redrawn:
    """Return in which lines of text, and parts of a packed file, a file is not what was drawn."""
    ours, theirs = text_of(data, file), text_of(drawn, file)
    found = [] if ours == theirs else [*differences(ours, theirs)]
    parts = [name[:_LONGEST_NAME] for name in parts_that_differ(data, drawn, file)[:_MOST_PARTS]]
    return Redrawn(context, file, command, found[:_MOST_SHOWN], len(found), context.last, parts=parts)


def _formats(name: str, data: bytes) -> list[str]:
    """Return the formats that a file may have: by its ending, else by how it begins."""
    ending = os.path.splitext(name)[1].lower()
    if ending and (form := by_ending({form: made.endings for form, made in FORMATS.items()}).get(ending)):
        return [form]
    begins = data[:200].lstrip(b"\xef\xbb\xbf").lower()
    like = {b"pk": "docx", b"{": "json", b"<svg": "svg", b"<": "html"}
    found = next((form for start, form in like.items() if begins.startswith(start)), None)
    if found and found in FORMATS:
        return [found]
    return ["md"] if data.startswith(b"#") or b"\n| ---" in data else ["table", "csv"]


def _typed(session: Session, command: str) -> Stamp:
    """Read the command that a person says drew a report. Raises UsageError for one that does not read the register."""
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    words = words[1:] if words[:1] == ["hkshcc"] else words
    given: dict[str, str] = {}
    kept: list[str] = []
    waiting = iter(words)
    for word in waiting:
        option, equals, value = word.partition("=")
        if option in {"--lang", "--as-of", "--known-on"}:
            given[option] = value if equals else next(waiting, "")
        else:
            kept.append(word)
    if not only_reads(kept):
        raise UsageError(
            _("'{command}' is not a command that reads the register (--drawn-by)", command=command),
            hint=_("give it as it was typed, such as '{example}'", example="hkshcc list finance --as-of 2026-06-30"),
        )
    known_on = session.past_day(given["--known-on"], "--known-on") if "--known-on" in given else session.today
    as_of = session.past_day(given["--as-of"], "--as-of") if "--as-of" in given else session.today
    lang = language.named(given.get("--lang", session.lang)) or "en"
    return Stamp(kept, lang, as_of, known_on, None, "")


def _columns_of(text: str, register: Register, today: str) -> str:
    """Return the hint that names the command whose CSV has a file's columns; empty for a file with other ones."""
    header = text.partition("\n")[0].strip()
    for command in COMMANDS:
        if not only_reads([command]):
            continue
        try:
            report, _fields = _run(Stamp([command], "en", today, today, None, ""), register, past=False)
        except (HkshccError, typer.TyperException):  # it asks for more than its name
            continue
        if ",".join(flat_rows(report, (), "en")[0]) == header:
            return _(
                "its columns are those of `hkshcc {command}`: give the command with its day, as --drawn-by '{example}'",
                command=command,
                example=f"hkshcc {command} --as-of {today}",
            )
    return ""


def _then(register: Register, stamp: Stamp, file: str) -> tuple[list[Register], str | None]:
    """Return the register as a report says that it was, and the name of it where it is another one's.

    It is several for a public edition that it had more than once. Raises HkshccError where it never was, or where more
    of the other one's entries would be needed than are here.
    """
    if stamp.last is None:
        return [Register(list(register.stored), known_on=stamp.known_on)], None
    if not _FINGERPRINT.fullmatch(stamp.digits):
        raise HkshccError(_("{file} does not say which entries it was drawn from", file=file))
    typed = f"{stamp.last}:{stamp.digits}"
    if PUBLIC in stamp.words and (wholes := [*islice(covered_by_edition(register, typed), _MOST_EDITIONS)]):
        if covered_by(register, typed) is not None:  # when there was nothing to leave out
            wholes.append(Register(list(register.stored[: stamp.last])))
        return wholes, None
    if covered_by(register, typed) is not None:
        return [Register(list(register.stored[: stamp.last]))], None
    if elsewhere := covered_elsewhere(register, typed):
        origin, number = elsewhere
        if there := rebuilt(register, origin, number, stamp.digits):
            return [there], origin
    if newer := may_be_newer(register, typed):
        raise HkshccError(
            _("{file} was drawn from entries that are not here, by the number of them", file=file),
            hint=newer_copy_of(newer),
        )
    if problems := verify_fingerprint(register, typed):
        raise HkshccError(
            _("{file} was not drawn from this register, or its entries were changed since", file=file),
            hint=language.listed(problems),
        )
    return [Register(list(register.stored[: stamp.last]))], None


def _run(stamp: Stamp, register: Register, *, past: bool) -> tuple[Report, str | None]:
    """Run a command that reads on a register of the past; return its report and the fields chosen.

    Raises HkshccError or TyperException where it cannot be run.
    """
    from hkshcc.cli.app import root  # noqa: PLC0415  which imports the commands, and those this

    session = Redrawing(stamp, register, past=past)
    name, *words = stamp.words
    group: Any = typer.main.get_command(root)
    command = group.get_command(None, name)
    if any(word.startswith(option) for word in words for option in _names_of_files(command)):
        raise RefusedError(_(_ONLY_READS))
    with language.using(stamp.lang), redirect_stderr(io.StringIO()), redirect_stdout(io.StringIO()):
        command.main(words, prog_name=f"hkshcc {name}", standalone_mode=False, obj=session)
        if session.report is None or not isinstance(getattr(session.report, "context", None), ReportContext):
            raise RefusedError(_(_ONLY_READS))
        return session.report, session.chosen


def _names_of_files(command: Any) -> list[str]:  # noqa: ANN401  of Typer's private Click
    """Return the options of a command, and of those within it, that name a file or folder."""
    every = [command, *getattr(command, "commands", {}).values()]
    files = {"FILE", "FOLDER", "PATH"}
    return [
        name
        for one in every
        for option in one.params
        if option.metavar in files
        for name in option.opts
        if name.startswith("-")
    ]


def _drawings(
    stamp: Stamp, register: Register, file: str, ways: Sequence[tuple[RenderOptions, bool]]
) -> Iterator[tuple[ReportContext, bytes]]:
    """Yield a report as it may have been drawn, in each of some ways, with its stamp or without."""
    for past in (False, True):  # only that a past day was asked for is not to be seen in every report
        try:
            report, fields = _run(stamp, register, past=past)
        except (HkshccError, typer.TyperException) as error:
            said = error if isinstance(error, HkshccError) else translated(error, stamp.words, COMMANDS, ELSEWHERE)
            command = shlex.join(["hkshcc", *stamp.words])
            raise RefusedError(
                _("{file} says that `{command}` drew it, which cannot be run", file=file, command=command),
                hint=str(said),
            ) from error
        context: ReportContext = report.context  # type: ignore[attr-defined]  # of what only reads, each has it
        carried = Stamped(report, context, command_line(stamp.words, context, stamp.lang))
        for options, has_stamp in ways:
            ending = FORMATS[options.format].endings[-1]
            chosen = parse_output(options.format, fields, f"again{ending}", lang=stamp.lang, color="never", pager=False)
            drawn = render(
                carried if has_stamp else report, options._replace(lang=stamp.lang, fields=chosen.options.fields)
            )
            yield context, drawn.data


def _ways(formats: Sequence[str], text: str, *, bare: bool) -> list[tuple[RenderOptions, bool]]:
    """Return in which ways a file may have been drawn, and whether with its stamp; ``bare`` where it carries none."""
    colour = "\x1b[" in text
    ways = [
        (RenderOptions(form, colour=colour, whole_page=True), not bare and FORMATS[form].stamped) for form in formats
    ]
    if bare and "table" in formats:  # rows for another program, and what was copied from a terminal
        screens = [RenderOptions(width=wide, colour=colour, links="\x1b]8;" in text) for wide in _SCREENS]
        ways += [(drawn, False) for drawn in (RenderOptions(), *screens)]
    return ways
