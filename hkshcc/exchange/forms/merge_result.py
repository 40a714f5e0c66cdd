"""The answer to a merge: what it would record or recorded, row by row, and why a row is not recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.errors import RefusedError
from hkshcc.exchange.forms.layout import HEADINGS
from hkshcc.exchange.forms.merge import CellConflict, Plan, RowDecision, RowResult
from hkshcc.exchange.forms.read_form import Form
from hkshcc.language import N_, _, listed, ngettext
from hkshcc.register.model import Signature
from hkshcc.register.vocabulary import in_language
from hkshcc.reports.page import (
    Block,
    Cell,
    Column,
    Heading,
    Page,
    ReportContext,
    Row,
    Span,
    Table,
    Text,
    all_languages,
    blank,
)

_OUTCOMES = {
    RowResult.RECORD: N_("record"),
    RowResult.CONFLICT: N_("conflict"),
    RowResult.REFUSED: N_("refused"),
    RowResult.LEFT: N_("left out"),
}
_ROLES = {
    RowResult.RECORD: "completed",
    RowResult.CONFLICT: "in-progress",
    RowResult.REFUSED: "bad",
    RowResult.LEFT: "dim",
}


@dataclass(frozen=True)
class MergeResult:
    """What becomes of each row of each form; ``undo_command`` is what to type to take it back."""

    context: ReportContext
    plan: Plan
    applied: bool
    undo_command: str

    schema: ClassVar[str] = "hkshcc.merge/1"
    rows: ClassVar[str] = "returns"
    fields: ClassVar[Sequence[str]] = (
        "file", "row", "ref", "title", "by", "outcome", "before", "after", "reason", "conflicts", "entry",
    )  # fmt: skip
    brief: ClassVar[Sequence[str]] = ()

    def items(self) -> list[dict[str, Any]]:
        """Return every row of every form; ``entry`` is the number it has, or would have, in the register."""
        return [_row(row) for row in self.plan.rows]

    def data(self) -> dict[str, Any]:
        """Return the counts, the files and every row."""
        return {
            **self.context.data(self.schema),
            "applied": self.applied,
            "to_record": self.plan.count(RowResult.RECORD),
            "nil": self._nil(),
            "unchanged": self.plan.count(RowResult.UNCHANGED),
            "conflicts": self.plan.count(RowResult.CONFLICT),
            "refused": self.plan.count(RowResult.REFUSED),
            "left": self.plan.count(RowResult.LEFT),
            "files": [
                {
                    "file": form.name,
                    "sha256": form.sha256,
                    "owner": form.owner,
                    "round": form.round,
                    "entries": form.entries,
                    "fingerprint": form.fingerprint,
                    "deleted": form.deleted,
                    "signature": self._signature(form),
                }
                for form in self.plan.forms
            ],
            "returns": self.items(),
            "notes": list(self.plan.notes),
        }

    def page(self, lang: str) -> Page:
        """Return the counts, then each row that says something."""
        blocks: list[Block] = [Text([Span(self.counts(), "strong")])]
        for form in self.plan.forms:
            rows = [row for row in self.plan.rows if row.form is form and row.outcome != RowResult.UNCHANGED]
            recorded = [
                row for row in self.plan.rows if row.form is form and row.outcome == RowResult.UNCHANGED and row.reason
            ]
            blocks += [blank(), Heading(_about(form))]
            if signature := self._signature(form):
                signed = _("signed by {body} ({key})", body=form.owner, key=signature["key"])
                blocks.append(Text([signed], indent=2, hang=2))
            if rows:
                blocks.append(_table(rows, lang))
            if recorded:
                refs = listed([str(row.ref) for row in recorded])
                blocks.append(Text([_("already recorded: {refs}", refs=refs)], indent=2, hang=2))
            if form.deleted:
                gone = _(
                    "rows deleted from the form, so nothing is reported on: {refs}", refs=listed(list(form.deleted))
                )
                blocks.append(Text([gone], indent=2, hang=2))
            if not rows and not recorded and not form.deleted:
                blocks.append(Text([_("nothing filled in")], indent=2))
        blocks.append(blank())
        return Page([*blocks, *(Text([note]) for note in self._end())], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it is based on."""
        return self.context.lines()

    def counts(self) -> str:
        """Return the counts in a line: ``7 returns to record, 12 unchanged, 1 conflict, 2 refused``."""
        plan = self.plan
        returns, conflicts, left = (plan.count(of) for of in (RowResult.RECORD, RowResult.CONFLICT, RowResult.LEFT))
        parts = [
            ngettext("{n} return recorded", "{n} returns recorded", returns)
            if self.applied
            else ngettext("{n} return to record", "{n} returns to record", returns),
            *([ngettext("{n} of them nil", "{n} of them nil", self._nil())] if self._nil() else []),
            _("{n} unchanged", n=plan.count(RowResult.UNCHANGED)),
            ngettext("{n} conflict", "{n} conflicts", conflicts),
            _("{n} refused", n=plan.count(RowResult.REFUSED)),
        ]
        return listed([*parts, _("{n} left out", n=left)] if left else parts)

    def _signature(self, form: Form) -> Signature | None:
        signed = self.plan.signed.get(form.sha256)
        return signed.signature if signed else None

    def _nil(self) -> int:
        """Return how many of the returns to record say that there is no news."""
        return sum(row.entry is not None and bool(row.entry.nil) for row in self.plan.rows)

    def _end(self) -> list[str]:
        if not self.plan.entries and not self.plan.blocked:
            return [_("Nothing to record.")]
        if not self.applied:
            blocked = self.plan.blocked
            return [_("Nothing was recorded.") if blocked else _("Nothing was recorded. To record it add --apply.")]
        first, last = self.plan.entries[0].number, self.plan.entries[-1].number
        command = self.undo_command
        if first == last:
            return [_("Recorded as entry {number}. To take it back: {command}", number=first, command=command)]
        message = _(
            "Recorded as entries {first}-{last}. To take them back: {command}",
            first=int(first),
            last=int(last),
            command=command,
        )
        return [message]


def blocking(plan: Plan) -> RefusedError:
    """Return the error that says what stands in the way of recording."""
    conflicts, refused = plan.count(RowResult.CONFLICT), plan.count(RowResult.REFUSED)
    parts = [ngettext("{n} conflict", "{n} conflicts", conflicts)] if conflicts else []
    parts += [_("{n} refused", n=refused)] if refused else []
    if not refused:
        hint = _("decide a conflict with --take theirs REF or --take ours REF")
    elif not conflicts:
        hint = _("correct a refused row in its file, or leave it out with --take ours REF")
    else:
        hint = _(
            "decide a conflict with --take theirs REF or --take ours REF,"
            " and correct a refused row in its file or leave it out with --take ours REF"
        )
    return RefusedError(_("nothing was recorded: {what}", what=listed(parts)), hint=hint)


def _about(form: Form) -> str:
    values = {"file": form.name, "body": form.owner, "entries": form.entries}
    if form.round:
        return _("{file}: {body}, based on entries 1-{entries}, round {round}", round=form.round, **values)
    return _("{file}: {body}, based on entries 1-{entries}", **values)


def _row(row: RowDecision) -> dict[str, Any]:
    return {
        "file": row.form.name,
        "row": row.row,
        "ref": row.ref,
        "title": all_languages(row.title) if row.title else None,
        "by": row.form.owner,
        "outcome": str(row.outcome),
        "before": row.before,
        "after": row.after,
        "reason": row.reason,
        "conflicts": [cell._asdict() for cell in row.conflicts],
        "entry": int(row.entry.number) if row.entry else None,
    }


def _table(rows: Sequence[RowDecision], lang: str) -> Table:
    columns = [Column(_("Outcome")), Column(""), Column(_("Ref")), Column(_("Measure"), overflow="wrap")]
    return Table(columns, [_drawn(row, lang) for row in rows])


def _drawn(row: RowDecision, lang: str) -> Row:
    details: list[Cell] = [*(row.reason.split("\n") if row.reason else ())]
    if row.after:
        details += [_("before: {text}", text=row.before), _("after: {text}", text=row.after)]
    details += [_told(cell) for cell in row.conflicts]
    if row.outcome == RowResult.CONFLICT:
        details.append(_("--take theirs {ref} records it, --take ours {ref} leaves it out", ref=row.ref))
    cells: list[Cell] = [
        Span(_(_OUTCOMES[row.outcome]), _ROLES[row.outcome]),
        _("row {number}", number=row.row),
        Span(row.ref or _("no ref"), "ref"),
        in_language(row.title, lang) if row.title else "",
    ]
    return Row(cells, details)


def _told(cell: CellConflict) -> str:
    issued, now, said = (
        _("'{text}'", text=text) if text else _("empty") for text in (cell.issued, cell.now, cell.said)
    )
    return _(
        "'{column}' changed in the register since the form was issued: it was {issued} and is now {now};"
        " the form has {said}",
        column=_(HEADINGS[cell.column]),
        issued=issued,
        now=now,
        said=said,
    )
