"""Return forms merged: what each row says, against what the register says, and the entries that come of it.

What a row says is recorded as a ``return`` of the form's body through the same verb as ``update --by``. The file it
came in is one more piece of evidence of the entry, of kind ``return``: source the body, locator ``FILE sha256:…``. So
the entry keeps its one form, and every report, export and check that shows evidence shows the file too; what the
officer typed as evidence stands before it, and that alone decides whether there is evidence enough to close.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError, UsageError
from hkshcc.exchange.forms import layout
from hkshcc.exchange.forms.read_form import Form, Typed
from hkshcc.register.commands.common import CommandContext, renumber
from hkshcc.register.commands.update import StatusUpdate, record_update
from hkshcc.register.dates import FOREVER, Day, in_words, read_day
from hkshcc.register.index import Register
from hkshcc.register.lookup import read_status
from hkshcc.register.model import Body, Entry, Evidence, Measure, Names
from hkshcc.register.vocabulary import CLOSED, Status, label, short_label
from hkshcc.text import inert

_FILE = re.compile(r" sha256:[0-9a-f]{64}$")  # what ends the locator of a form's own file
_LEFT = "left as the register has it"


class RowResult(StrEnum):
    """What becomes of a row."""

    RECORD = "record"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LEFT = "left"  # by --take ours


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
    outcome: RowResult
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

    def count(self, outcome: RowResult) -> int:
        """Return how many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def blocked(self) -> bool:
        """Whether something must be resolved before anything is recorded."""
        return bool(self.count(RowResult.CONFLICT) or self.count(RowResult.REFUSED))


def plan(register: Register, context: CommandContext, forms: Sequence[Form], take: Mapping[str, str]) -> Plan:
    """Decide on every row. ``take`` says for a ref whose word stands: ``theirs``, the form's, or ``ours``.

    Files count one after another, as if each had been merged alone. Raises RefusedError for a form that was drawn from
    another register, UsageError for a ref in ``take`` that no form holds.
    """
    chosen = _chosen(take, {typed.ref for form in forms for typed in form.rows if typed.ref})
    done = Plan(forms, [], [], [])
    rows: list[Row] = []
    for form in forms:
        judge = _Judge(Register([*register.entries, *done.entries]), register, context, form)
        for typed in form.rows:
            if not any(typed.cells.values()):
                continue  # a row of blanks, which may stand between others
            row, notes = judge.row(typed, chosen.get(typed.ref))
            rows.append(row)
            done.notes.extend(notes)
        new = [row.entry for row in rows if row.form is form and row.entry]
        done.entries.extend(renumber(register, context, new, after=len(done.entries)))
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

    def __init__(self, register: Register, stored: Register, context: CommandContext, form: Form) -> None:
        self._register = register
        self._stamp = context
        self._form = form
        self._issued = Register(stored.entries[: form.entries])
        if form.entries > stored.last or self._issued.fingerprint != form.fingerprint:
            raise RefusedError(
                f"{form.file} was drawn from entries 1-{form.entries} of another register, not of this one;"
                " name the right one with --store, or draw the form anew"
            )
        body = register.bodies.get(form.owner)
        if body is None:
            raise RefusedError(f"{form.file} is of a body '{inert(form.owner)[:40]}' that the register does not know")
        self._body: Body = body

    def row(self, typed: Typed, take: str | None) -> tuple[Row, list[str]]:
        """Decide on a row, and say what a person might not expect of it."""
        row = Row(self._form, typed.row, typed.ref or None, None, RowResult.UNCHANGED)
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
                return row._replace(outcome=RowResult.LEFT, after=None, reason=_LEFT), []
            return row._replace(outcome=RowResult.REFUSED, reason=error.message), []

    def _check_locked(self, typed: Typed) -> None:
        if not typed.ref:
            raise RefusedError("there are words, but no ref beside them")
        printed = self._form.printed.get(typed.ref)
        if printed is None:
            known = self._register.measure(typed.ref) is not None
            shown = inert(typed.ref)[:40]
            raise RefusedError(f"{shown} was not on this form" if known else f"unknown ref '{shown}'")
        for key in layout.LOCKED:
            if typed.cells[key] != printed[key]:
                was, now = (inert(text)[:60] or "nothing" for text in (printed[key], typed.cells[key]))
                raise RefusedError(f"the locked cell {typed.places[key]} was edited: it said '{was}', now '{now}'")

    def _decided(self, row: Row, measure: Measure, typed: Typed, take: str | None) -> tuple[Row, list[str]]:
        word = self._word(measure, typed)
        if self._is_recorded(measure, word):
            return row._replace(reason="recorded already"), []
        told = record_update(self._register, self._stamp, [measure.ref], word)
        entry = self._with_file(told.entries[0])
        row = row._replace(before=self._words_before(measure), after=_words_of(entry))
        conflicts = self._conflicts(measure, entry)
        if take == "ours":
            return row._replace(outcome=RowResult.LEFT, reason=_LEFT), []
        if conflicts and take != "theirs":
            return row._replace(outcome=RowResult.CONFLICT, conflicts=conflicts), []
        return row._replace(outcome=RowResult.RECORD, conflicts=conflicts, entry=entry), told.notes

    def _word(self, measure: Measure, typed: Typed) -> StatusUpdate:
        """Return what the row says, as ``update --by`` would take it."""
        cells = typed.cells
        if not any(cells[key] for key in layout.FREE if key != "on"):
            raise RefusedError("a date alone says nothing")
        status = _status(cells["status"], typed.places["status"])
        done = cells["done"] or None
        standing = self._register.standing(measure, FOREVER)
        stands = standing.word_of(self._body.side).status
        # Dropping and reopening need a reason: what was done is all that the form asks for, so it is that.
        reason = status == Status.NOT_PURSUED or (status is not None and status not in CLOSED and stands in CLOSED)
        return StatusUpdate(
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
        locator = f"{form.name} sha256:{form.sha256}"
        file = Evidence(kind="return", source=self._body.code, locator=locator)
        return entry._replace(evidence=[*(entry.evidence or ()), file])

    def _is_recorded(self, measure: Measure, word: StatusUpdate) -> bool:
        """Say whether the body has told the register just this since the form was issued."""
        return any(
            other.number > self._form.entries and other.by == self._body.code and _says(other, word)
            for other in self._register.events(measure.ref)
        )

    def _conflicts(self, measure: Measure, entry: Entry) -> list[Cell]:
        """Return the cells that changed in the register since the form was issued, and that say something else."""
        standing = self._register.standing(measure, FOREVER)
        now = layout.stands(standing, self._register, self._body)
        agreed = self._issued.measure(measure.ref)
        if agreed is None:
            return []
        then = layout.stands(self._issued.standing(agreed, FOREVER), self._issued, self._body)
        same_status = entry.status == standing.word_of(self._body.side).status
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
        standing = self._register.standing(measure, FOREVER)
        stands = layout.stands(standing, self._register, self._body)
        return f"{stands['status']}: {stands['done']}" if stands["done"] else stands["status"]


def _status(text: str, place: str) -> str | None:
    try:
        return read_status(text) if text else None
    except UsageError:
        labels = ", ".join(label(status) for status in layout.TYPED)
        raise RefusedError(f"'{inert(text)[:60]}' in cell {place} is no status ({labels})") from None


def _day(text: str, place: str, today: str) -> Day | None:
    try:
        return read_day(text, today) if text else None
    except UsageError as error:
        raise RefusedError(f"in cell {place}, {error}") from None


def _says(entry: Entry, word: StatusUpdate) -> bool:
    """Say whether a return says just that. A form without a date says 'now', whenever that was."""
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
