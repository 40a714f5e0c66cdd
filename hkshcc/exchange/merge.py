"""Return forms read back: what each row says, against what the register says, and the entries that come of it.

What a row says is recorded as a ``return`` of the form's body through the same verb as ``update --by``. The file it
came in is one more piece of evidence of the entry, of kind ``return``: source the body, locator ``FILE sha256:…``. So
the entry keeps its one form, and every report, export and check that shows evidence shows the file too; what the
officer typed as evidence stands before it, and that alone decides whether there is evidence enough to close.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError, UsageError
from hkshcc.exchange import layout, workbook
from hkshcc.register import verbs
from hkshcc.register.dates import Day, in_words, is_day, read_day
from hkshcc.register.lookup import read_status
from hkshcc.register.model import Body, Entry, Evidence, Measure, Names
from hkshcc.register.register import Register
from hkshcc.register.verbs import Stamp, Word
from hkshcc.register.words import CLOSED, LANGUAGES, Status, label, short_label
from hkshcc.text import inert

_ABOUT = ("schema", "owner", "side", "round", "lang", "day", "entries", "fingerprint")
_FILE = re.compile(r" sha256:[0-9a-f]{64}$")  # what ends the locator of a form's own file
_LEFT = "left as the register has it"


class Outcome(StrEnum):
    """What becomes of a row."""

    RECORD = "record"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LEFT = "left"  # by --take ours


class Typed(NamedTuple):
    """A row of a form as it came back: its number, the ref in it, every cell by its column's key."""

    row: int
    ref: str
    cells: Mapping[str, str]
    places: Mapping[str, str]  # the cells' names, as C7

    @property
    def says(self) -> bool:
        """Whether a free cell says anything."""
        return any(self.cells[key] for key in layout.FREE)


class Form(NamedTuple):
    """A form that came back: which file it is, whom it asked, what it was drawn from, its rows."""

    file: str
    sha256: str
    owner: str
    round: str | None
    entries: int
    fingerprint: str
    rows: Sequence[Typed]
    printed: Mapping[str, Mapping[str, str]]  # by ref, the locked cells as they were drawn


class Cell(NamedTuple):
    """A cell that changed in the register: its column, what the form was issued at, what stands now, what it says."""

    column: str
    issued: str
    now: str
    said: str


class Row(NamedTuple):
    """What becomes of a row of a form, and why."""

    form: Form
    row: int
    ref: str | None
    title: Names | None
    outcome: Outcome
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    conflicts: Sequence[Cell] = ()
    entry: Entry | None = None


class Plan(NamedTuple):
    """What a merge would do: every row of every form, the entries in all, and what a person should be told beside."""

    forms: Sequence[Form]
    rows: Sequence[Row]
    entries: list[Entry]
    notes: list[str]

    def count(self, outcome: Outcome) -> int:
        """Return how many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def blocked(self) -> bool:
        """Whether something must be resolved before anything is recorded."""
        return bool(self.count(Outcome.CONFLICT) or self.count(Outcome.REFUSED))


def read_form(data: bytes, file: str) -> Form:
    """Read a form that came back. Raises RefusedError where the file is no form, or one that cannot be trusted."""
    book = workbook.read(data, file)
    about, printed = _about(book, file)
    name = layout.SHEETS[about["lang"]][1]
    known = {*layout.SHEETS[about["lang"]], layout.ABOUT}
    if name not in book.sheets:
        raise RefusedError(f"{file} lacks the sheet «{name}» of the form; ask for it again")
    if extra := next((other for other in book.sheets if other not in known), None):
        raise RefusedError(
            f"{file} has a sheet «{inert(extra)[:40]}» that the form had not;"
            f" move what it says into «{name}» and delete it"
        )
    sheet = book.sheets[name]
    _check(sheet, file)
    rows = _rows(sheet, _columns(sheet, about["lang"], file), book.first_day, file)
    return Form(
        file=file,
        sha256=sha256(data).hexdigest(),
        owner=about["owner"],
        round=about["round"] or None,
        entries=int(about["entries"]),
        fingerprint=about["fingerprint"],
        rows=rows,
        printed=printed,
    )


def _about(book: workbook.Book, file: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read the hidden sheet: what the form is, and its locked cells as they were drawn."""
    cells = book.sheets[layout.ABOUT].cells if layout.ABOUT in book.sheets else {}
    told = {_text(cells.get((row, 1))): _text(cells.get((row, 2))) for row in range(1, len(_ABOUT) + 1)}
    sound = told.keys() == set(_ABOUT) and told["lang"] in LANGUAGES and is_day(told["day"])
    if not sound or not (told["entries"].isascii() and told["entries"].isdigit() and len(told["entries"]) < 10):
        raise RefusedError(f"{file} is no return form of hkshcc; `hkshcc form` draws one")
    if told["schema"] != layout.SCHEMA:
        raise RefusedError(f"{file} is a form of another version ({inert(told['schema'])[:40]}); draw it anew")
    printed = {}
    last = max(row for row, _ in cells)
    for row in range(len(_ABOUT) + 1, last + 1):
        texts = [_text(cells.get((row, column))) for column in range(1, len(layout.LOCKED) + 1)]
        printed[texts[0]] = dict(zip(layout.LOCKED, texts, strict=True))
    return told, printed


def _check(sheet: workbook.Sheet, file: str) -> None:
    """Refuse what hides words, or makes them other than they look."""
    if sheet.formula:
        raise RefusedError(f"{file} has a formula in cell {sheet.formula}; type the words themselves")
    if sheet.merged:
        raise RefusedError(f"{file} has merged cells ({sheet.merged}); unmerge them, one answer a cell")
    if sheet.hidden_row:
        raise RefusedError(f"{file} has a hidden row {sheet.hidden_row}; show it, so that all it says is seen")
    if sheet.hidden_column:
        raise RefusedError(f"{file} has a hidden column {sheet.hidden_column}; show it, so that all it says is seen")


def _columns(sheet: workbook.Sheet, lang: str, file: str) -> dict[str, int]:
    """Find each column by its header, wherever it was moved to."""
    keys = dict(zip(layout.HEADERS[lang], layout.COLUMNS, strict=True))
    found: dict[str, int] = {}
    for (row, column), value in sorted(sheet.cells.items()):
        if row != 1:
            break
        heading = _text(value)
        key = keys.get(heading)
        if key is None:
            shown = inert(heading)[:40]
            raise RefusedError(f"{file} has a column «{shown}» ({workbook.name_of(1, column)}) that the form had not")
        if key in found:
            places = f"{workbook.column_name(found[key])} and {workbook.column_name(column)}"
            raise RefusedError(f"{file} has the column «{heading}» twice ({places}); delete one")
        found[key] = column
    missing = next((heading for heading, key in keys.items() if key not in found), None)
    if missing:
        raise RefusedError(f"{file} lacks the column «{missing}» in row 1; ask for the form again")
    return found


def _rows(sheet: workbook.Sheet, columns: dict[str, int], first_day: int, file: str) -> list[Typed]:
    """Read the rows under the header that hold anything, each ref once."""
    stray = next(((row, column) for row, column in sorted(sheet.cells) if column not in columns.values()), None)
    if stray:
        raise RefusedError(f"{file} has words in cell {workbook.name_of(*stray)}, outside the form; move them into it")
    rows: list[Typed] = []
    seen: dict[str, int] = {}
    for row in sorted({row for row, _ in sheet.cells if row > 1}):
        cells = {key: _said(sheet.cells.get((row, column)), key, first_day) for key, column in columns.items()}
        ref = cells["ref"]
        if ref and ref in seen:
            raise RefusedError(f"{file} has {inert(ref)[:40]} twice (rows {seen[ref]} and {row}); leave one")
        seen[ref] = row
        rows.append(Typed(row, ref, cells, {key: workbook.name_of(row, column) for key, column in columns.items()}))
    return rows


def _said(value: workbook.Cell | None, key: str, first_day: int) -> str:
    if key == "on" and isinstance(value, float) and not 1900 <= value < 2200:
        return _excel_day(value, first_day)
    if key == "evidence" and isinstance(value, str):
        return "\n".join(part for line in value.split("\n") if (part := " ".join(line.split())))
    return _text(value)


def _text(value: workbook.Cell | None) -> str:
    """Return a cell as text, white space folded."""
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return " ".join(value.split())


def _excel_day(value: float, first_day: int) -> str:
    """Return the day that a spreadsheet counts from 1900 or 1904; a number that is none stays what it is."""
    begin = date(1904, 1, 1) if first_day == 1904 else date(1899, 12, 30)
    try:
        return (begin + timedelta(days=int(value))).isoformat()
    except OverflowError:
        return _text(value)


def plan(register: Register, stamp: Stamp, forms: Sequence[Form], take: Mapping[str, str]) -> Plan:
    """Decide on every row. ``take`` says for a ref whose word stands: ``theirs``, the form's, or ``ours``.

    Files count one after another, as if each had been merged alone. Raises RefusedError for a form that was drawn from
    another register, UsageError for a ref in ``take`` that no form holds.
    """
    chosen = _chosen(take, {typed.ref for form in forms for typed in form.rows if typed.ref})
    done = Plan(forms, [], [], [])
    rows: list[Row] = []
    for form in forms:
        judge = _Judge(Register([*register.entries, *done.entries]), register, stamp, form)
        for typed in form.rows:
            if not (typed.ref or typed.says):
                continue
            row, notes = judge.row(typed, chosen.get(typed.ref))
            rows.append(row)
            done.notes.extend(notes)
        new = [row.entry for row in rows if row.form is form and row.entry]
        done.entries.extend(verbs.as_one_command(register, stamp, new, after=len(done.entries)))
    numbered = iter(done.entries)
    return done._replace(rows=[row._replace(entry=next(numbered)) if row.entry else row for row in rows])


def _chosen(take: Mapping[str, str], refs: set[str]) -> dict[str, str]:
    """Return whose word stands for each ref of the forms, as they write it."""
    chosen = {}
    for typed, side in take.items():
        meant = [ref for ref in refs if typed.casefold() in {ref.casefold(), ref.casefold().partition("-")[2]}]
        if len(meant) != 1:
            problem = "which is in none of the files" if not meant else f"which may be {' or '.join(sorted(meant))}"
            raise UsageError(f"--take names {typed}, {problem}")
        chosen[meant[0]] = side
    return chosen


class _Judge:
    """Decides on the rows of one form; ``register`` holds what earlier files of the same merge say already."""

    def __init__(self, register: Register, stored: Register, stamp: Stamp, form: Form) -> None:
        self._register = register
        self._stamp = stamp
        self._form = form
        self._issued = Register(stored.entries[: form.entries])
        if form.entries > stored.last or self._issued.fingerprint != form.fingerprint:
            raise RefusedError(
                f"{form.file} was drawn from entries 1-{form.entries} of another register, not of this one;"
                " name the right one with --store, or draw the form anew"
            )
        body = register.bodies.get(form.owner)
        if body is None:
            raise RefusedError(f"{form.file} is of a body «{inert(form.owner)[:40]}» that the register does not know")
        self._body: Body = body

    def row(self, typed: Typed, take: str | None) -> tuple[Row, list[str]]:
        """Decide on a row, and say what a person might not expect of it."""
        row = Row(self._form, typed.row, typed.ref or None, None, Outcome.UNCHANGED)
        measure = self._register.measure(typed.ref)
        row = row._replace(title=measure.title if measure else None)
        try:
            self._check_locked(typed)
            if not typed.says:
                return row, []
            if measure is None:
                raise RefusedError(f"{typed.ref} is no measure of the register any more")
            return self._decided(row, measure, typed, take)
        except HkshccError as error:
            if take == "ours":
                return row._replace(outcome=Outcome.LEFT, after=None, reason=_LEFT), []
            return row._replace(outcome=Outcome.REFUSED, reason=_without_options(str(error))), []

    def _check_locked(self, typed: Typed) -> None:
        if not typed.ref:
            raise RefusedError("there are words, but no ref beside them")
        printed = self._form.printed.get(typed.ref)
        if printed is None:
            known = self._register.measure(typed.ref) is not None
            shown = inert(typed.ref)[:40]
            raise RefusedError(f"{shown} was not on this form" if known else f"unknown ref «{shown}»")
        for key in layout.LOCKED:
            if typed.cells[key] != printed[key]:
                was, now = (inert(text)[:60] or "nothing" for text in (printed[key], typed.cells[key]))
                raise RefusedError(f"the locked cell {typed.places[key]} was edited: it said «{was}», now «{now}»")

    def _decided(self, row: Row, measure: Measure, typed: Typed, take: str | None) -> tuple[Row, list[str]]:
        word = self._word(measure, typed)
        if self._is_recorded(measure, word):
            return row._replace(reason="recorded already"), []
        told = verbs.report(self._register, self._stamp, [measure.ref], word)
        entry = self._with_file(told.entries[0])
        row = row._replace(before=self._words_before(measure), after=_words_of(entry))
        conflicts = self._conflicts(measure, entry)
        if take == "ours":
            return row._replace(outcome=Outcome.LEFT, reason=_LEFT), []
        if conflicts and take != "theirs":
            return row._replace(outcome=Outcome.CONFLICT, conflicts=conflicts), []
        return row._replace(outcome=Outcome.RECORD, conflicts=conflicts, entry=entry), told.notes

    def _word(self, measure: Measure, typed: Typed) -> Word:
        """Return what the row says, as ``update --by`` would take it."""
        cells = typed.cells
        if not any(cells[key] for key in layout.FREE if key != "on"):
            raise RefusedError("a date alone says nothing")
        status = _status(cells["status"], typed.places["status"])
        done = cells["done"] or None
        standing = self._register.standing(measure, "9999-12-31")
        stands = layout.side_status(standing, self._body.side)
        # Dropping and reopening need a reason: what was done is all that the form asks for, so it is that.
        reason = status == Status.NOT_PURSUED or (status is not None and status not in CLOSED and stands in CLOSED)
        return Word(
            status=status,
            by=self._body.code,
            on=_day(cells["on"], typed.places["on"], self._stamp.today),
            remark=None if reason else done,
            reason=done if reason else None,
            next=cells["next"] or None,
            attention=cells["attention"] or None,
            evidence=cells["evidence"].splitlines(),
        )

    def _with_file(self, entry: Entry) -> Entry:
        form = self._form
        locator = f"{form.file} sha256:{form.sha256}"
        file = Evidence(kind="return", source=self._body.code, locator=locator)
        return entry._replace(evidence=[*(entry.evidence or ()), file])

    def _is_recorded(self, measure: Measure, word: Word) -> bool:
        """Say whether the body has told the register just this since the form was issued."""
        return any(
            other.number > self._form.entries and other.by == self._body.code and _says(other, word)
            for other in self._register.events(measure.ref)
        )

    def _conflicts(self, measure: Measure, entry: Entry) -> list[Cell]:
        """Return the cells that changed in the register since the form was issued, and that say something else."""
        standing = self._register.standing(measure, "9999-12-31")
        now = layout.stands(standing, self._register, self._body)
        agreed = self._issued.measure(measure.ref)
        if agreed is None:
            return []
        then = layout.stands(self._issued.standing(agreed, "9999-12-31"), self._issued, self._body)
        same_status = entry.status == layout.side_status(standing, self._body.side)
        said = {
            "status": short_label(entry.status) if entry.status and not same_status else "",
            "done": layout.done(entry),
            "next": entry.next or "",
            "attention": entry.attention or "",
        }
        return [
            Cell(key, then[key], now[key], said[key])
            for key in said
            if said[key] and then[key] != now[key] and said[key] != now[key]
        ]

    def _words_before(self, measure: Measure) -> str:
        standing = self._register.standing(measure, "9999-12-31")
        stands = layout.stands(standing, self._register, self._body)
        return f"{stands['status']}: {stands['done']}" if stands["done"] else stands["status"]


def _status(text: str, place: str) -> str | None:
    try:
        return read_status(text) if text else None
    except UsageError:
        labels = ", ".join(label(status) for status in layout.TYPED)
        raise RefusedError(f"«{inert(text)[:60]}» in cell {place} is no status ({labels})") from None


def _day(text: str, place: str, today: str) -> Day | None:
    try:
        return read_day(text, today) if text else None
    except UsageError as error:
        raise RefusedError(f"in cell {place}, {error}") from None


def _says(entry: Entry, word: Word) -> bool:
    """Say whether a return says just that. A form without a date says «now», whenever that was."""
    evidence = [piece["locator"] for piece in entry.evidence or () if not _FILE.search(piece["locator"])]
    told = (entry.status, layout.done(entry), entry.next, entry.attention, evidence)
    precision = entry.precision or "day"
    return told == (word.status, word.remark or word.reason or "", word.next, word.attention, [*word.evidence]) and (
        word.on is None or (word.on.precision, in_words(*word.on)) == (precision, in_words(entry.on or "", precision))
    )


def _words_of(entry: Entry) -> str:
    """Return what an entry would say, in a line."""
    typed = [piece["locator"] for piece in (entry.evidence or ())[:-1]]
    said = [
        layout.done(entry),
        f"next: {entry.next}" if entry.next else "",
        f"attention: {entry.attention}" if entry.attention else "",
        f"evidence: {'; '.join(typed)}" if typed else "",
    ]
    begin = f"{short_label(entry.status)}, " if entry.status else ""
    words = "; ".join(part for part in said if part)
    return begin + in_words(entry.on or "", entry.precision or "day") + (f": {words}" if words else "")


def _without_options(message: str) -> str:
    """Return a refusal without the advice on options that a form does not have."""
    said, _, advice = message.rpartition("; ")
    return said if said and "--" in advice else message
