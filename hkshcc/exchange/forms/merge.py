"""Return forms merged: what each row says, against what the register says, and the entries that come of it.

What a row says is recorded as a ``return`` of the form's body by the same command as ``update --by``. The file it
came in is one more piece of evidence of the entry, of kind ``return``: source the body, locator ``FILE sha256:…``. So
the entry keeps its one form, and every report, export and check that shows evidence shows the file too; what the
officer typed as evidence stands before it, and that alone decides whether there is evidence enough to close.
"""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from hkshcc.errors import HkshccError, RefusedError, UsageError, nearest
from hkshcc.exchange.forms import layout
from hkshcc.exchange.forms.read_form import Form, Typed
from hkshcc.language import N_, _, alternatives, listed
from hkshcc.register.basis import acceptance_of
from hkshcc.register.commands.common import CommandContext, Decision, effective_day, is_nil, renumber
from hkshcc.register.commands.update import StatusUpdate, record_update
from hkshcc.register.dates import FOREVER, Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.lookup import read_status
from hkshcc.register.model import Body, Copy, Entry, Evidence, Measure, Names, Signature
from hkshcc.register.typed_dates import read_day
from hkshcc.register.vocabulary import CLOSED, FULFILLED, Event, Kind, Status, every_label, label, short_label
from hkshcc.reports.event_text import with_day
from hkshcc.text import inert

_FILE = re.compile(r" sha256:[0-9a-f]{64}$")  # what ends the locator of a form's own file
_LEFT = N_("left out: the register stays as it is")
# What else bureaux write for a status, where no label looks like it; the likeliest first.
_ALSO_CALLED = {
    "ongoing": (Status.CONTINUING, Status.IN_PROGRESS),
    "on-going": (Status.CONTINUING, Status.IN_PROGRESS),
    "underway": (Status.IN_PROGRESS, Status.CONTINUING),
    "under way": (Status.IN_PROGRESS, Status.CONTINUING),
    "進行中": (Status.IN_PROGRESS, Status.CONTINUING),
    "进行中": (Status.IN_PROGRESS, Status.CONTINUING),
    "finished": (Status.COMPLETED,),
    "closed": (Status.COMPLETED, Status.NOT_PURSUED),
    "dropped": (Status.NOT_PURSUED,),
    "cancelled": (Status.NOT_PURSUED,),
}


class RowResult(StrEnum):
    """What becomes of a row."""

    RECORD = "record"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    REFUSED = "refused"
    LEFT = "left"  # by --take ours


class CellConflict(NamedTuple):
    """A cell that changed in the register: its column, what it was at issue, what it is, what the form says."""

    column: str
    issued: str
    now: str
    said: str


class RowDecision(NamedTuple):
    """What becomes of a row of a form, and why."""

    form: Form
    row: int
    ref: str | None
    title: Names | None
    outcome: RowResult
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    conflicts: Sequence[CellConflict] = ()
    entry: Entry | None = None


class SignedForm(NamedTuple):
    """A body's signature of a form, which was verified, and the form's file as the copy of it that is kept."""

    signature: Signature
    copy: Copy


Signed = Mapping[str, SignedForm]  # by the SHA-256 of the form


class Plan(NamedTuple):
    """What a merge would do: every row of every form, the entries in all, and what a person should be told beside."""

    forms: Sequence[Form]
    rows: Sequence[RowDecision]
    entries: list[Entry]
    notes: list[str]
    signed: Signed

    def count(self, outcome: RowResult) -> int:
        """Return how many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def blocked(self) -> bool:
        """Whether something must be resolved before anything is recorded."""
        return bool(self.count(RowResult.CONFLICT) or self.count(RowResult.REFUSED))


def plan(
    register: Register,
    context: CommandContext,
    forms: Sequence[Form],
    take: Mapping[str, str],
    signed: Signed | None = None,
) -> Plan:
    """Decide on every row. ``take`` says for a ref whose version counts: ``theirs``, the form's, or ``ours``.

    Files count one after another, as if each had been merged alone. Raises RefusedError for a form that was drawn from
    another register, UsageError for a ref in ``take`` that no form holds.
    """
    chosen = _chosen(take, {typed.ref for form in forms for typed in form.rows if typed.ref})
    signed = signed or {}
    done = Plan(forms, [], [], [], signed)
    rows: list[RowDecision] = []
    for form in forms:
        judge = _Judge(Register([*register.stored, *done.entries]), register, context, form, signed.get(form.sha256))
        left_out: list[str] = []
        for typed in form.rows:
            if not any(typed.cells.values()):
                continue  # a row of blanks, which may stand between others
            said = without_nil(typed)
            left_out += said.empty
            row, notes = judge.row(said, chosen.get(typed.ref))
            rows.append(row)
            done.notes.extend(notes)
        if left_out:
            done.notes.append(_("{file}: left out as empty: {what}", file=form.name, what=listed(left_out)))
        new = [row.entry for row in rows if row.form is form and row.entry]
        done.entries.extend(renumber(register, context, new, after=len(done.entries)))
    numbered = iter(done.entries)
    return done._replace(rows=[row._replace(entry=next(numbered)) if row.entry else row for row in rows])


def without_nil(typed: Typed) -> Typed:
    """Return a row without the answers that say nothing, as `N/A`; those are named in ``empty``."""
    cells, empty = dict(typed.cells), []
    for key in layout.FREE:
        lines = typed.cells[key].split("\n") if key == "evidence" else [typed.cells[key]]
        dropped = [line for line in lines if line and is_nil(line)]
        cells[key] = "\n".join(line for line in lines if line not in dropped)
        empty += [_("{cell} '{text}'", cell=typed.places[key], text=inert(line)) for line in dropped]
    return typed._replace(cells=cells, empty=empty)


def _chosen(take: Mapping[str, str], refs: set[str]) -> dict[str, str]:
    """Return whose version counts for each ref of the forms, as they write it."""
    chosen = {}
    for typed, side in take.items():
        meant = [ref for ref in refs if typed.casefold() in {ref.casefold(), ref.casefold().partition("-")[2]}]
        if len(meant) != 1:
            if not meant:
                raise UsageError(_("--take names '{typed}', which is in none of the files", typed=typed))
            refs_meant = alternatives(sorted(meant))
            raise UsageError(_("--take names '{typed}', which may be {refs}", typed=typed, refs=refs_meant))
        chosen[meant[0]] = side
    return chosen


def _names_of_others(issued: Register, stored: Register) -> set[tuple[str, str]]:
    """Return the refs and codes that meant something else when a form was drawn: an import gave them to another."""
    if all(int(entry.number) <= issued.last for entry in stored.exchanges):
        return set()
    before, now = _entered_as(issued), _entered_as(stored)
    aside = stored.settled.aside if stored.settled else {}
    return {name for name, one in before.items() if name in now and now[name] not in {one, aside.get(one)}}


def _entered_as(register: Register) -> dict[tuple[str, str], str]:
    """Return the ids of the entries that brought in measures and bodies, by what these are called."""
    aside = register.settled.aside if register.settled else {}
    found = {}
    for entry in register.entries:
        if entry.event in {Event.AGREED, Event.BODY} and entry.id not in aside and entry.id not in register.withdrawn:
            found[entry.event, str((entry.thing or {})["ref" if entry.event == Event.AGREED else "code"])] = entry.id
    return found


class _Judge:
    """Decides on the rows of one form; ``register`` holds what earlier files of the same merge say already."""

    def __init__(
        self, register: Register, stored: Register, context: CommandContext, form: Form, signed: SignedForm | None
    ) -> None:
        self._register = register
        self._signed = signed
        self._context = context
        self._form = form
        self._issued = Register(stored.stored[: form.entries])
        if form.entries > stored.last or self._issued.fingerprint != form.fingerprint:
            raise RefusedError(
                _(
                    "{file} is based on entries 1-{entries} of another register, not of this one",
                    file=form.file,
                    entries=form.entries,
                ),
                hint=_("name the right register with --store, or draw a new form"),
            )
        body = register.bodies.get(form.owner)
        if body is None:
            code = inert(form.owner)[:40]
            raise RefusedError(
                _("{file} is for a body '{code}' that is not in the register", file=form.file, code=code)
            )
        self._body: Body = body
        self._others = _names_of_others(self._issued, stored)
        if (Event.BODY, form.owner) in self._others:
            raise RefusedError(
                _(
                    "{code} is another body here since {file} was drawn: an import settled both",
                    code=form.owner,
                    file=form.file,
                ),
                hint=_("draw a new form for the body that is meant; see `hkshcc bodies`"),
            )

    def row(self, typed: Typed, take: str | None) -> tuple[RowDecision, list[str]]:
        """Decide on a row, and say what a person might not expect of it."""
        row = RowDecision(self._form, typed.row, typed.ref or None, None, RowResult.UNCHANGED)
        measure = self._register.measure(typed.ref)
        row = row._replace(title=measure.title if measure else None)
        try:
            self._check_locked(typed)
            if not typed.says:
                return row, []
            if measure is None:
                raise RefusedError(_("{ref} is no longer a measure of the register", ref=typed.ref))
            if (Event.AGREED, typed.ref) in self._others:
                raise RefusedError(
                    _("{ref} is another measure here since the form was drawn: an import settled both", ref=typed.ref)
                )
            return self._decided(row, measure, typed, take)
        except HkshccError as error:
            if take == "ours":
                return row._replace(outcome=RowResult.LEFT, after=None, reason=_(_LEFT)), []
            return row._replace(outcome=RowResult.REFUSED, reason=str(error)), []

    def _check_locked(self, typed: Typed) -> None:
        cell = typed.places["ref"]
        if not typed.ref:
            raise RefusedError(_("there is text in this row, but no ref in cell {cell}", cell=cell))
        printed = self._form.printed.get(typed.ref)
        if printed is None:
            ref = inert(typed.ref)[:40]
            if self._register.measure(typed.ref):
                raise RefusedError(_("{ref} in cell {cell} was not on this form", ref=ref, cell=cell))
            raise RefusedError(_("unknown ref '{ref}' in cell {cell}", ref=ref, cell=cell))
        edited = [key for key in self._form.locked if typed.cells[key] != printed[key]]
        if edited:
            raise RefusedError("\n".join(_edited(typed.places[key], printed[key], typed.cells[key]) for key in edited))

    def _decided(
        self, row: RowDecision, measure: Measure, typed: Typed, take: str | None
    ) -> tuple[RowDecision, list[str]]:
        update = self._update(measure, typed)
        if self._is_recorded(measure, update):
            return row._replace(reason=_("already recorded")), []
        decision = self._decision(measure, typed, update)
        entry = self._with_file(decision.entries[0])
        row = row._replace(before=self._summary_before(measure), after=_summary(entry))
        conflicts = self._conflicts(measure, entry)
        if take == "ours":
            return row._replace(outcome=RowResult.LEFT, reason=_(_LEFT)), []
        if conflicts and take != "theirs":
            return row._replace(outcome=RowResult.CONFLICT, conflicts=conflicts), []
        return row._replace(outcome=RowResult.RECORD, conflicts=conflicts, entry=entry), decision.notes

    def _decision(self, measure: Measure, typed: Typed, update: StatusUpdate) -> Decision:
        """Return the update as it would be recorded; a refusal names the cell to fill in or to correct."""
        try:
            return record_update(self._register, self._context, [measure.ref], update)
        except HkshccError as error:
            raise RefusedError(error.message, hint=self._way_out(measure, typed, update)) from None

    def _way_out(self, measure: Measure, typed: Typed, update: StatusUpdate) -> str:
        """Return which cell makes a status possible that was refused; nothing where it is not the status."""
        status = update.status
        if status == Status.UNKNOWN or (status == Status.CONTINUING and measure.kind == Kind.DELIVERABLE):
            return _("choose another status in cell {cell}", cell=typed.places["status"])
        if status in FULFILLED and not update.evidence:
            return _("fill in cell {cell}", cell=typed.places["evidence"])
        if status and not typed.cells["done"]:
            return _("fill in cell {cell}", cell=typed.places["done"])
        return ""

    def _update(self, measure: Measure, typed: Typed) -> StatusUpdate:
        """Return what the row says, as ``update --by`` would take it. Raises RefusedError with a line a problem."""
        cells, places = typed.cells, typed.places
        nil = not any(cells[key] for key in layout.FREE if key != "on")
        if nil and not typed.empty:
            raise RefusedError(_("cell {cell} has a date, but nothing else is filled in", cell=places["on"]))
        problems: list[str] = []
        status = _status(cells["status"], places["status"], measure.kind, problems)
        on = self._day(measure, cells["on"], places["on"], problems)
        next_by = self._next_by(typed, problems)
        if problems:
            raise RefusedError("\n".join(problems))
        done = cells["done"] or None
        standing = self._register.standing(measure, FOREVER)
        before = standing.side(self._body.side).status
        # Dropping and reopening need a reason: what was done is all that the form asks for, so it is that.
        closed = before in CLOSED or acceptance_of(standing) is not None
        reason = status == Status.NOT_PURSUED or (status is not None and status not in CLOSED and closed)
        return StatusUpdate(
            status=status,
            by=self._body.code,
            on=on,
            remark=None if reason else done,
            reason=done if reason else None,
            next=cells["next"] or None,
            attention=cells["attention"] or None,
            evidence=cells["evidence"].splitlines(),
            nil=nil,
            next_by=next_by,
        )

    def _day(self, measure: Measure, text: str, cell: str, problems: list[str]) -> Day | None:
        """Read a date that can be recorded, or add what is wrong with it to the problems."""
        if not text:
            return None
        today = self._context.today
        try:
            on = read_day(text, today)
        except UsageError as error:
            problems.append(_("cell {cell}: {problem}", cell=cell, problem=str(error)))
            return None
        try:
            effective_day(on, today, self._register.agreed_on(measure.ref))
        except RefusedError as error:  # its hint names an option of a command
            problems.append(_("cell {cell}: {problem}", cell=cell, problem=error.message))
        return on

    def _next_by(self, typed: Typed, problems: list[str]) -> Day | None:
        """Read the day of the next step, or add what is wrong with it to the problems."""
        text, cell = typed.cells["next_by"], typed.places.get("next_by")
        if not text:
            return None
        if not typed.cells["next"]:
            problems.append(
                _(
                    "cell {cell} has a day, but the next step in cell {other} is empty",
                    cell=cell,
                    other=typed.places["next"],
                )
            )
        try:
            return read_day(text, self._context.today, "next")
        except UsageError as error:
            problems.append(_("cell {cell}: {problem}", cell=cell, problem=str(error)))
        return None

    def _with_file(self, entry: Entry) -> Entry:
        form = self._form
        locator = f"{form.name} sha256:{form.sha256}"
        file = Evidence(kind="return", source=self._body.code, locator=locator)
        if self._signed:
            file["copy"] = self._signed.copy
            entry = entry._replace(signature=self._signed.signature)
        return entry._replace(evidence=[*(entry.evidence or ()), file])

    def _is_recorded(self, measure: Measure, update: StatusUpdate) -> bool:
        """Return whether the body has told the register just this since the form was issued."""
        return any(
            other.number > self._form.entries and other.by == self._body.code and says(other, update)
            for other in self._register.events(measure.ref)
        )

    def _conflicts(self, measure: Measure, entry: Entry) -> list[CellConflict]:
        """Return the cells that changed in the register since the form was issued, and that say something else."""
        standing = self._register.standing(measure, FOREVER)
        now = layout.current_answers(standing, self._register, self._body)
        agreed = self._issued.measure(measure.ref)
        if agreed is None:
            return []
        then = layout.current_answers(self._issued.standing(agreed, FOREVER), self._issued, self._body)
        same_status = entry.status == standing.side(self._body.side).status
        said = {
            "status": short_label(entry.status) if entry.status and not same_status else "",
            "done": layout.done(entry),
            "next": entry.next or "",
            "attention": entry.attention or "",
        }
        return [
            CellConflict(key, then[key], now[key], said[key])
            for key in said
            if said[key] and then[key] != now[key] and said[key] != now[key]
        ]

    def _summary_before(self, measure: Measure) -> str:
        standing = self._register.standing(measure, FOREVER)
        current = layout.current_answers(standing, self._register, self._body)
        return layout.with_remark(current["status"], current["done"])


def _edited(cell: str, before: str, now: str) -> str:
    """Say that a locked cell was edited."""
    before, now = inert(before)[:60], inert(now)[:60]
    if not before:
        return _("the locked cell {cell} was empty and now says '{now}'; empty it", cell=cell, now=now)
    if not now:
        return _("the locked cell {cell} was emptied; it said '{before}'", cell=cell, before=before)
    return _(
        "the locked cell {cell} was changed from '{before}' to '{now}'; change it back",
        cell=cell,
        before=before,
        now=now,
    )


def _status(text: str, cell: str, kind: str, problems: list[str]) -> str | None:
    """Read a status, or add what is wrong with it to the problems."""
    try:
        return read_status(text) if text else None
    except UsageError:
        allowed = layout.allowed_statuses(kind)
        values = {"typed": inert(text)[:60], "cell": cell, "all": listed([label(status) for status in allowed])}
        if meant := _meant(text, allowed):
            near = alternatives([label(status) for status in meant])
            problems.append(
                _(
                    "'{typed}' in cell {cell} is not a status; did you mean {near}? Choose from: {all}",
                    near=near,
                    **values,
                )
            )
        else:
            problems.append(_("'{typed}' in cell {cell} is not a status; choose from: {all}", **values))
        return None


def _meant(text: str, allowed: Sequence[Status]) -> list[Status]:
    """Return the statuses that somebody may have meant, of those that a measure may have."""
    if called := [status for status in _ALSO_CALLED.get(text.casefold(), ()) if status in allowed]:
        return called
    labels = {shown: status for status in allowed for shown in every_label(status)}
    return [labels[shown] for shown in nearest(text, labels, most=1)]


def says(entry: Entry, update: StatusUpdate) -> bool:
    """Return whether a return says just that. A form without a date says 'now', whenever that was."""
    evidence = [piece["locator"] for piece in entry.evidence or () if not _FILE.search(piece["locator"])]
    by = Day(entry.next_by, entry.next_by_precision or "day") if entry.next_by else None
    reported = (entry.status, layout.done(entry), entry.next, entry.attention, evidence, bool(entry.nil), by)
    precision = entry.precision or "day"
    return reported == (
        update.status,
        update.remark or update.reason or "",
        update.next,
        update.attention,
        [*update.evidence],
        update.nil,
        update.next_by,
    ) and (
        update.on is None
        or (update.on.precision, in_words(*update.on)) == (precision, in_words(entry.on or "", precision))
    )


def _summary(entry: Entry) -> str:
    """Return what an entry would say, in a line."""
    typed = [piece["locator"] for piece in (entry.evidence or ())[:-1]]
    said = [
        _("nil return") if entry.nil else layout.done(entry),
        _("next: {text}", text=with_day(entry)) if entry.next else "",
        _("needs attention: {text}", text=entry.attention) if entry.attention else "",
        _("evidence: {text}", text=_("; ").join(typed)) if typed else "",
    ]
    day = in_words(entry.on or "", entry.precision or "day")
    begin = _("{status}, {day}", status=short_label(entry.status), day=day) if entry.status else day
    return layout.with_remark(begin, _("; ").join(part for part in said if part))
