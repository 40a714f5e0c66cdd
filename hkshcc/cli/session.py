"""One run of the tool: its clock, its store, and the way its answers go out."""

import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hkshcc.cli import console
from hkshcc.errors import HkshccError, RefusedError, UsageError
from hkshcc.register.dates import Day, day_of, in_words, read_day
from hkshcc.register.lookup import one_of
from hkshcc.register.register import Register
from hkshcc.render import FORMATS, Manner, draw
from hkshcc.reports.page import Head, Report
from hkshcc.stores import Reader, Store, open_reader, open_store

if TYPE_CHECKING:
    from hkshcc.register.drafting import Outcome, Stamp

_ENDINGS = {"": "table", ".txt": "table", ".json": "json", ".csv": "csv", ".md": "md", ".markdown": "md"}


class Session:
    """What a command needs of the outside world."""

    def __init__(self, *, now: datetime, named_store: str | None, lang: str, color: str, pager: bool) -> None:
        self.now = now
        self.today = day_of(now)
        self.lang = lang
        self._color = color
        self._pager = pager
        self._store_url = named_store or os.environ.get("HKSHCC_STORE") or None
        self._named_store = named_store
        self._store: Store | None = None
        self._reader: Reader | None = None

    @property
    def store_url(self) -> str:
        """Where the store is: the option, the environment, else the platform's folder for a user's data."""
        if self._store_url is None:
            from platformdirs import user_data_path

            self._store_url = str(user_data_path("hkshcc", appauthor=False) / "register.json")
        return self._store_url

    @property
    def undoing(self) -> str:
        """What to type to take a change back: in the store that was named, if one was."""
        import shlex  # noqa: PLC0415  only a change asks

        return f"hkshcc --store {shlex.quote(self._named_store)} undo" if self._named_store else "hkshcc undo"

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

    def read(self, as_of: str | None = None, known_on: str | None = None) -> Head:
        """Read the register as a reading command wants it. Raises RefusedError for a day in the future."""
        told = self.past_day(known_on, "--known-on") if known_on is not None else None
        day = self.past_day(as_of, "--as-of") if as_of is not None else self.today
        register = self.reader.read(told)
        if not self.reader.exists:
            console.say(f"showing the register that ships; no store yet at {self.store_url}")
        if not register.entries and told and (first := self.reader.read().entries):
            console.say(
                f"nothing was recorded by {in_words(told)}; the first entry is of {in_words(first[0].recorded[:10])}"
            )
        return Head(register, day, told or self.today, past=bool(as_of or known_on))

    def day(self, typed: str, option: str) -> Day:
        """Read a date that was typed for an option or argument. Raises UsageError, which names it."""
        try:
            return read_day(typed, self.today)
        except UsageError as error:
            raise UsageError(f"{option}: {error}") from None

    def past_day(self, typed: str, option: str) -> str:
        """Read a day that must have come; a period counts as its last day."""
        day = self.day(typed, option)
        if day.on > self.today:
            raise RefusedError(f"{option} {in_words(*day)} lies in the future (today is {in_words(self.today)})")
        return day.on

    def stamp(self) -> "Stamp":
        """Return what the entries of this command share."""
        from hkshcc.register.dates import stamp_of  # noqa: PLC0415  reading commands record nothing
        from hkshcc.register.drafting import Stamp  # noqa: PLC0415

        return Stamp(stamp_of(self.now), _typist(), os.urandom(6).hex(), self.today)

    def record(
        self, verb: "Callable[[Register, Stamp], Outcome]", fmt: str | None = None, *, dry_run: bool = False
    ) -> None:
        """Read, let a verb decide, append what it decided, and say so: one command is one transaction."""
        from hkshcc.reports.recorded import recorded  # noqa: PLC0415  reading commands record nothing

        stamp = self.stamp()
        created = False
        if fmt:
            one_of(FORMATS, "format (--format)", fmt)  # refused before anything is recorded
        if dry_run:
            register = self.store.read()
            outcome = verb(register, stamp)
        else:
            with self.store.writing():
                created = not self.store.exists
                register = self.store.read()
                outcome = verb(register, stamp)
                self.store.append(outcome.entries, after=register.last)
        if created:
            console.say(f"created the store {self.store_url} from the register that ships")
        for note in outcome.notes:
            console.say(note)
        answer = recorded(Head(register, self.today, self.today), outcome, self.undoing, dry_run=dry_run)
        self.show(answer, fmt)

    def show(
        self,
        report: Report,
        fmt: str | None = None,
        fields: str | None = None,
        output: str | None = None,
        *,
        quiet: bool = False,
    ) -> None:
        """Draw a report and send it where it should go: a file, a pipe, a terminal or its pager."""
        chosen = format_of(_ENDINGS, FORMATS, fmt, output)
        if output == "":
            raise UsageError("-o names no file; name one, or - for standard output")
        file = None if output == "-" else output
        manner = Manner(
            format=chosen,
            fields=[field.strip() for field in (fields or "").split(",") if field.strip()],
            lang=self.lang,
            width=None if output else console.width(),
            colour=console.coloured(self._color, to_file=file is not None),
            encoding="utf-8" if file or chosen != "table" else console.encoding(),
        )
        drawn = draw(report, manner)
        if file:
            self.save(file, drawn.data.encode(), quiet=quiet)
        elif chosen == "table":
            console.put(drawn.data, pager=self._pager)
        else:
            console.put_exact(drawn.data)
        if drawn.talk:
            console.say(drawn.talk, name=False)
        head = getattr(report, "head", None)
        if isinstance(head, Head) and head.register.altered:
            console.say("entries were changed outside hkshcc; `hkshcc check` says which")

    def save(self, file: str, data: bytes, *, quiet: bool = False) -> None:
        """Write a file that was named for output; ``-`` is standard output, but no terminal."""
        if file == "-":
            if console.width() is not None:
                raise RefusedError("this is no text for a terminal; name a file with -o")
            console.put_bytes(data)
            return
        if os.path.realpath(file) == os.path.realpath(self.store_url):
            raise RefusedError(f"{file} is the store itself; name another file with -o")
        try:
            with open(file, "wb") as written:
                written.write(data)
        except OSError as error:
            raise HkshccError(f"{file} cannot be written ({error.strerror}); name another file with -o") from error
        if not quiet:
            console.say(f"wrote {file}")


def format_of(endings: Mapping[str, str], formats: Iterable[str], fmt: str | None, output: str | None) -> str:
    """Return the format named, else that of the file's ending. Raises UsageError where the two say different things."""
    ending = os.path.splitext(output or "")[1].lower()
    named = one_of(formats, "format (--format)", fmt) if fmt else None
    meant = endings.get(ending)
    if named and meant and meant not in {named, "table"}:
        raise UsageError(f"{output} is named as {meant}, --format says {named}; give one of the two")
    if named or meant:
        return str(named or meant)
    known = ", ".join(word for word in endings if word)
    if ending:
        raise UsageError(f"{output} has an ending that names no format (-o); use {known}, or say which with --format")
    raise UsageError(f"name a file with -o that ends in {known}, or say which with --format")


def _typist() -> str:
    """Return who types: HKSHCC_USER, else the login name."""
    if named := os.environ.get("HKSHCC_USER"):
        return named
    import getpass  # noqa: PLC0415  only a change asks who types

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def interactive() -> bool:
    """Say whether there is a person at a terminal to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def several(refs: Sequence[str]) -> list[str]:
    """Return refs typed with spaces or commas between them."""
    return [ref for typed in refs for ref in typed.split(",") if ref]
