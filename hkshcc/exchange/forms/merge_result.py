"""The answer to a merge: what it would record or recorded, row by row, and why a row is not recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from hkshcc.errors import RefusedError
from hkshcc.exchange.forms.layout import COLUMNS, HEADERS
from hkshcc.exchange.forms.merge import Cell, Plan, Row, RowResult
from hkshcc.register.vocabulary import in_language
from hkshcc.reports.page import Block, Heading, Page, ReportContext, Span, Text, all_languages, blank, count_of

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
            about = f"{form.name}: {form.owner}, drawn from entries 1-{form.entries}"
            blocks += [blank(), Heading(about if not form.round else f"{about}, round {form.round}")]
            blocks += [line for row in rows for line in _lines(row, lang)]
            if recorded:
                refs = ", ".join(str(row.ref) for row in recorded)
                blocks.append(Text([f"recorded already: {refs}"], indent=2, hang=2))
            if form.deleted:
                gone = f"deleted from the form, so it says nothing on them: {', '.join(form.deleted)}"
                blocks.append(Text([gone], indent=2, hang=2))
            if not rows and not recorded and not form.deleted:
                blocks.append(Text(["says nothing"], indent=2))
        blocks.append(blank())
        return Page([*blocks, *(Text([note]) for note in self._end())], self.footer(lang))

    def footer(self, _lang: str) -> Sequence[str]:
        """Return what it was drawn from."""
        return self.context.lines()

    def counts(self) -> str:
        """Return the counts in a line: ``7 returns to record, 12 unchanged, 1 conflict, 2 refused``."""
        plan = self.plan
        done = "recorded" if self.applied else "to record"
        left = plan.count(RowResult.LEFT)
        return (
            f"{count_of(plan.count(RowResult.RECORD), 'return')} {done}, {plan.count(RowResult.UNCHANGED)} unchanged,"
            f" {count_of(plan.count(RowResult.CONFLICT), 'conflict')}, {plan.count(RowResult.REFUSED)} refused"
            + (f", {left} left as the register has it" if left else "")
        )

    def _end(self) -> list[str]:
        if not self.plan.entries and not self.plan.blocked:
            return ["Nothing to record."]
        if not self.applied:
            return ["Nothing was recorded." + ("" if self.plan.blocked else " --apply records it.")]
        first, last = self.plan.entries[0].number, self.plan.entries[-1].number
        where = f"entry {first}" if first == last else f"entries {first}-{last}"
        return [f"Recorded as {where}. To take it back: {self.undo_command}"]


def blocking(plan: Plan) -> RefusedError:
    """Return the error that says what stands in the way of recording."""
    conflicts, refused = plan.count(RowResult.CONFLICT), plan.count(RowResult.REFUSED)
    said = [count_of(conflicts, "conflict")] if conflicts else []
    said += [f"{refused} refused"] if refused else []
    ways = ["--take theirs REF or --take ours REF decides a conflict"] if conflicts else []
    ways += ["--take ours REF leaves a refused row out"] if refused else []
    return RefusedError(f"nothing was recorded, {' and '.join(said)}", hint=", ".join(ways))


def _row(row: Row) -> dict[str, Any]:
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
        "entry": row.entry.number if row.entry else None,
    }


def _lines(row: Row, lang: str) -> list[Text]:
    title = in_language(row.title, lang) if row.title else ""
    head = (Span(f"{row.outcome:<9} ", _ROLES[row.outcome]), f"row {row.row}  ", Span(row.ref or "no ref", "ref"))
    lines = [Text([*head, f"  {title}"], indent=2, hang=4)]
    if row.reason:
        lines.append(Text([row.reason], indent=6, hang=2))
    if row.after:
        lines.append(Text([f"before: {row.before}"], indent=6, hang=2))
        lines.append(Text([f"after:  {row.after}"], indent=6, hang=2))
    lines += [Text([_told(cell)], indent=6, hang=2) for cell in row.conflicts]
    if row.outcome == RowResult.CONFLICT:
        lines.append(Text([f"--take theirs {row.ref} records it, --take ours {row.ref} leaves it out"], indent=6))
    return lines


def _told(cell: Cell) -> str:
    named = HEADERS["en"][COLUMNS.index(cell.column)]
    issued, now, said = (f"'{text}'" if text else "empty" for text in (cell.issued, cell.now, cell.said))
    return f"'{named}' changed since the form was issued: it was {issued}, the register says {now}, the form {said}"
