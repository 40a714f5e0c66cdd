"""One run of the tool: its clock, its store, and the way its answers go out."""

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeVar

from hkshcc import language
from hkshcc.cli import console
from hkshcc.cli.output import (
    Output,
    check_not_kept,
    not_for_a_terminal,
    parse_file,
    parse_output,
    unwritable,
)
from hkshcc.errors import INTERRUPTED, HkshccError, RefusedError, UnansweredError, UsageError, system_reason
from hkshcc.language import N_, _
from hkshcc.register.dates import Day, day_of, in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Entry
from hkshcc.render import Rendered, RenderOptions
from hkshcc.reports.page import Report, View
from hkshcc.stores import Reader, Store, open_reader, open_store

if TYPE_CHECKING:
    from hkshcc.cli.file_signature import FileSignature
    from hkshcc.register.commands.common import CommandContext, Decision

Answer = TypeVar("Answer", bound=Report | str)
_LONGEST_TEXT = 100_000  # bytes: what an argument may hold, by and large


class CommandResult(NamedTuple):
    """What a command decided: the entries to append, its answer, what to say beside it, and what it then fails with."""

    entries: Sequence[Entry]
    answer: Report | str
    notes: Sequence[str] = ()
    problem: HkshccError | None = None


# Commands that read and quote what was said; each has --public.
_QUOTING = {"list", "show", "report", "history", "changes", "todo", "chase", "export"}
_ALTERED = N_("entries were changed outside hkshcc; `hkshcc check` says which")


class Session:
    """What a command needs of the outside world."""

    view: ClassVar[View]  # what was read last: the process ends without freeing it, which takes as long as drawing it

    def __init__(
        self,
        *,
        now: datetime,
        named_store: str | None,
        lang: str,
        color: str,
        pager: bool,
        clock_is_right: bool,
        arguments: Sequence[str] = (),
        lang_named: bool = False,
    ) -> None:
        self.now = now
        self.arguments = arguments  # the command's name and what was typed for it
        self._clock_is_right = clock_is_right
        self.today = day_of(now)
        self.lang = lang
        self.lang_named = lang_named  # by --lang, for this command
        self._color = color
        self._pager = pager
        self._named_store = named_store
        self._store: Store | None = None
        self._reader: Reader | None = None
        self._inputs: list[str] = []

    @cached_property
    def store_url(self) -> str:
        """Where the store is, a path or URL. Raises UsageError for a name that cannot be one."""
        return resolve_store_url(self._named_store)

    @property
    def undo_command(self) -> str:
        """What to type to take a change back: in the store that was named, if one was."""
        if not self._named_store:
            return "hkshcc undo"
        import shlex  # noqa: PLC0415  only a named store asks

        return f"hkshcc --store {shlex.quote(self._named_store)} undo"

    @property
    def store(self) -> Store:
        """The store, opened."""
        if self._store is None:
            self._store = open_store(self.store_url)
        return self._store

    @property
    def reader(self) -> Reader:
        """The store, opened for reading alone."""
        if self._reader is None:
            self._reader = open_reader(self.store_url)
        return self._reader

    def read(
        self,
        as_of: str | None = None,
        known_on: str | None = None,
        *,
        public: bool = False,
        checking: bool = False,
        says_which: bool = False,
    ) -> View:
        """Read the register as a reading command wants it. Raises RefusedError for a day in the future.

        Where there is no store, what ships is read; this is said where a store was named, as another was meant then,
        else only with ``says_which``. ``public`` wants its public edition.
        """
        told = self.past_day(known_on, "--known-on") if known_on is not None else None
        day = self.past_day(as_of, "--as-of") if as_of is not None else self.today
        register = self.reader.read(told)
        if register.altered and not checking:
            console.message(_(_ALTERED))
        if not self.reader.exists and (says_which or self._named_store or os.environ.get("HKSHCC_STORE")):
            console.message(
                _("showing the register that ships; no store yet at {file}", file=from_home(self.store_url))
            )
        if not register.entries and told and (first := self.reader.read().entries):
            console.message(
                _(
                    "nothing was recorded by {day}; the first entry is of {first}",
                    day=in_words(told),
                    first=in_words(first[0].recorded[:10]),
                )
            )
        Session.view = View(register, day, told or self.today, past=bool(as_of or known_on))
        if public:
            from hkshcc.reports.published import published  # noqa: PLC0415  only --public asks for it

            Session.view = published(Session.view)
        return Session.view

    def day(self, typed: str, option: str, yearless: str = "past") -> Day:
        """Read a date that was typed for an option or argument. Raises UsageError, which names it.

        ``yearless`` says which day is meant by one without a year, as for ``read_day``.
        """
        from hkshcc.register.typed_dates import read_day  # noqa: PLC0415  most commands are given no date

        try:
            day = read_day(typed, self.today, yearless)
        except UsageError as error:
            raise UsageError(_("{what}: {why}", what=_(option), why=error)) from None
        self.say_which_year(typed, day.on)
        return day

    def day_if_given(self, typed: str | None, option: str, yearless: str = "past") -> Day | None:
        """Read a date as ``day`` does; None where none was typed."""
        return self.day(typed, option, yearless) if typed is not None else None

    def say_which_year(self, typed: str, day: str) -> None:
        """Say as which day (ISO) a date without a year was read, where that is of another year than today."""
        from hkshcc.register.typed_dates import is_without_year  # noqa: PLC0415  as above

        if day[:4] != self.today[:4] and is_without_year(typed):
            console.message(_("'{typed}' was read as {day}", typed=typed.strip(), day=in_words(day)))

    def past_day(self, typed: str, option: str) -> str:
        """Read a day that must have come (ISO); a period counts as its last day.

        Raises UsageError for what is no day, RefusedError for the future; both name the option.
        """
        day = self.day(typed, option)
        if day.on > self.today:
            raise RefusedError(
                _(
                    "{option} {day} is in the future (today is {today})",
                    option=option,
                    day=in_words(*day),
                    today=in_words(self.today),
                )
            )
        return day.on

    def command_context(self) -> "CommandContext":
        """Return what the entries of this command share."""
        from hkshcc.register.commands.common import CommandContext  # noqa: PLC0415
        from hkshcc.register.dates import stamp_of  # noqa: PLC0415  reading commands record nothing

        return CommandContext(
            stamp_of(self.now), _current_user(), os.urandom(6).hex(), self.today, self._clock_is_right
        )

    def record(
        self,
        command: "Callable[[Register, CommandContext], Decision]",
        fmt: str | None = None,
        *,
        dry_run: bool = False,
        context: "CommandContext | None" = None,
    ) -> None:
        """Let a command decide, record what it decided, and say so."""
        from hkshcc.reports.receipt import receipt  # noqa: PLC0415  reading commands record nothing

        context = context or self.command_context()

        def decide(register: Register) -> CommandResult:
            decision = command(register, context)
            if register.settled:
                from hkshcc.register.commands.common import names_of_others  # noqa: PLC0415  as above

                notes = names_of_others(register, context, decision.entries)
                decision = decision._replace(notes=[*decision.notes, *notes])
            return CommandResult(
                decision.entries, receipt(register, decision, self.undo_command, dry_run=dry_run), decision.notes
            )

        self.transact(decide, self.output(fmt), dry_run=dry_run)

    def transact(
        self,
        decide: Callable[[Register], CommandResult],
        output: Output,
        *,
        dry_run: bool = False,
        shipped: bool = True,
    ) -> None:
        """Lock, read, decide, append, answer: one command is one transaction.

        All that can be wrong with the answer is found before anything is recorded: it is rendered by then, and what is
        left is to write it. A store that is not there yet begins with the register that ships; without ``shipped``,
        with the command's own entries. Raises UnansweredError for what was recorded, and could not be answered.
        """
        output.check()
        recorded: Sequence[Entry] = ()
        try:
            with ExitStack() as uninterrupted:
                with nullcontext() if dry_run else self.store.writing():
                    begins = not (self.reader if dry_run else self.store).exists
                    if begins and not shipped:
                        register = Register([])
                    else:
                        register = self.read().register if dry_run else self.store.read()
                    decision = decide(register)
                    rendered = output.render(_in_its_language(decision.answer, lambda: decide(register).answer, output))
                    if decision.entries and not dry_run:
                        # From here on Ctrl-C waits: it is either recorded and said so, or not recorded.
                        uninterrupted.enter_context(console.without_interrupts())
                        if begins and not shipped:
                            self.store.create(decision.entries)
                        else:
                            self.store.append(decision.entries, after=register.last)
                recorded = () if dry_run else decision.entries
            if begins and recorded:
                file = from_home(self.store_url)
                console.message(
                    _("created the store {file} from the register that ships", file=file)
                    if shipped
                    else _("created the store {file}", file=file)
                )
            for note in [*decision.notes, *([_(_ALTERED)] if register.altered and not dry_run else [])]:
                console.message(note)
            output.put(rendered)
        except (KeyboardInterrupt, OSError) as error:
            if not recorded:
                raise
            raise self._unanswered(register, recorded, error) from error
        if decision.problem:
            raise decision.problem

    def _unanswered(self, register: Register, entries: Sequence[Entry], why: BaseException) -> UnansweredError:
        from hkshcc.reports.receipt import numbers_of, undo_command  # noqa: PLC0415  reading commands record nothing

        where, back = numbers_of(entries), undo_command(register, entries, self.undo_command)
        if isinstance(why, OSError):
            said = _(
                "recorded as {entries}, but the answer cannot be written ({why})", entries=where, why=system_reason(why)
            )
            message, code = said, 1
        else:
            message, code = _("interrupted; recorded as {entries}", entries=where), INTERRUPTED
        return UnansweredError(message, hint=_("to take it back: {command}", command=back), exit_code=code)

    def input(self, name: str, most: int) -> bytes:
        """Read a file that was named, one byte more than ``most`` at the longest; it will not be written over.

        Raises UsageError for an address and for standard input a second time, HkshccError for a file that cannot be
        read.
        """
        from hkshcc.cli.files import STDIN, read_input  # noqa: PLC0415  only these commands read files

        if name.casefold().startswith(("https://", "http://")):
            raise UsageError(
                _("{url} is a page: hkshcc downloads nothing", url=name), hint=_("save the page, then name the file")
            )
        if name == STDIN and STDIN in self._inputs:
            raise UsageError(_("'-' was given twice, and standard input can be read once"))
        self._inputs.append(name)
        return read_input(name, most)

    def text_from_stdin(self) -> str:
        """Read a text that was not typed, from standard input. Raises UsageError where it is none."""
        data = self.input("-", _LONGEST_TEXT)
        if len(data) > _LONGEST_TEXT:
            raise UsageError(
                _("standard input is longer than {count} bytes", count=_LONGEST_TEXT), hint=_("shorten the text")
            )
        try:
            return data.decode("utf-8-sig").strip()
        except UnicodeDecodeError:
            raise UsageError(_("standard input is not UTF-8"), hint=_("save the text as UTF-8")) from None

    def output(self, fmt: str | None = None, fields: str | None = None, output: str | None = None) -> Output:
        """Read where an answer goes and in which form. Raises UsageError, and RefusedError for a file to be kept."""
        read = parse_output(fmt, fields, output, lang=self.lang, color=self._color, pager=self._pager)
        if read.file:
            self._check_not_kept(read.file)
        return read

    def show(
        self,
        report: Report,
        fmt: str | None = None,
        fields: str | None = None,
        output: str | None = None,
        *,
        again: Callable[[], Report] | None = None,
        sign: str | None = None,
    ) -> None:
        """Draw a report and send it where it should go: a file, a pipe, a terminal or its pager.

        ``again`` builds the report anew, for one whose data has sentences in it: programs want them in English.
        ``sign`` is the private key that signs the file.
        Raises UsageError for a format or field that the report does not have, HkshccError for a file that cannot be
        written.
        """
        where = self.output(fmt, fields, output)
        answer = _in_its_language(report, again, where)
        if where.options.is_kept(answer):
            from hkshcc.cli.stamp import stamped  # noqa: PLC0415  a screen and a listing's rows go without

            answer = stamped(answer, self.arguments, where.options.drawn_in)
        self._write(where, where.render(answer), sign)

    def put(self, text: str, output: str | None) -> None:
        """Send a text for programs to where -o says. Raises HkshccError for a file that cannot be written."""
        self._write(self.output("json", None, output), Rendered(text))

    def save(self, output: str, data: bytes, *, sign: str | None = None) -> None:
        """Write a file's bytes to where -o says: a file, or standard output. ``sign`` is the key that signs it.

        Raises RefusedError for a terminal, which would act on them, and for a file to be kept, HkshccError
        for a file that cannot be written.
        """
        file = parse_file(output)
        if file is not None:
            self._check_not_kept(file)
        elif console.width() is not None:
            raise not_for_a_terminal()
        self._write(Output(RenderOptions(), file, pager=False), Rendered("", binary=data), sign)

    def _write(self, where: Output, rendered: Rendered, sign: str | None = None) -> None:
        """Send what was drawn to where it should go, and write its signature beside it where a key was named."""
        signature = self._signature(where.file, rendered.data, sign)
        try:
            where.put(rendered)
        except OSError as error:
            if where.file is None:
                raise
            raise unwritable(where.file, error) from error
        if signature:
            signature.write()
        if where.file and self.arguments and self.arguments[0] in _QUOTING:
            self.say_what_is_internal(where.file)

    def say_what_is_internal(self, file: str) -> None:
        """Say of a file written from the register as it was read that it may quote what is not to be published."""
        view = Session.view
        if view.left_out is None and any(entry.internal for entry in view.register.entries):
            console.message(_("{file} may quote what is marked internal; --public leaves that out", file=file))

    def _signature(self, file: str | None, data: bytes, key: str | None) -> "FileSignature | None":
        if key is None:
            return None
        from hkshcc.cli.file_signature import FileSignature  # noqa: PLC0415  few sign

        return FileSignature(file, data, key, self.reader.read(), self.today, self._check_not_kept)

    def _check_not_kept(self, file: str) -> None:
        check_not_kept(file, self.store_url, self._inputs)


def from_home(path: str) -> str:
    """Return a path as people know it: what lies in their home folder begins with ``~``, as shells read it too."""
    home = os.path.expanduser("~")
    return f"~{path.removeprefix(home)}" if path.startswith(f"{home}{os.sep}") else path


def _in_its_language(answer: Answer, build: Callable[[], Answer] | None, output: Output) -> Answer:
    """Return an answer, built once more where it is drawn in another language than the one its reader is told in."""
    if build is None or output.options.drawn_in == language.current():
        return answer
    with language.using(output.options.drawn_in):
        return build()


def resolve_store_url(named: str | None) -> str:
    """Return where the store is: the option, the environment, else the platform's folder for a user's data.

    Raises UsageError for a name that would record elsewhere than it says: none, which a variable of a script that was
    never set leaves behind, or ``memory:``. In the environment an empty value counts as none, as it does by custom.
    """
    if named == "":
        raise UsageError(_("--store names no file"), hint=_("name one, or leave --store out"))
    url = named or os.environ.get("HKSHCC_STORE")
    if url == "memory:":
        raise UsageError(_("a store in memory: would be gone with the command"), hint=_("name a file with --store"))
    if url:
        return url
    from platformdirs import user_data_path

    return str(user_data_path("hkshcc", appauthor=False) / "register.json")


def _current_user() -> str:
    """Return who types: HKSHCC_USER, else the login name. Raises UsageError for a name that is not valid Unicode."""
    name = os.environ.get("HKSHCC_USER") or _login_name()
    try:
        name.encode()
    except UnicodeEncodeError:
        raise UsageError(_("the user name '{name}' is not valid UTF-8", name=name), hint=_("set HKSHCC_USER")) from None
    return name


def _login_name() -> str:
    import getpass  # noqa: PLC0415  only a change asks who types

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def split_refs(refs: Sequence[str]) -> list[str]:
    """Return refs typed with spaces or commas between them."""
    return [ref for typed in refs for ref in typed.split(",") if ref]
