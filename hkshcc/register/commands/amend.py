"""Amending: an entry is withdrawn and recorded anew with some of it corrected, as one command."""

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import _
from hkshcc.register.commands.common import CommandContext, Decision, is_foundation, new_entry, renumber
from hkshcc.register.commands.undo import named_entries
from hkshcc.register.commands.update import StatusUpdate, add_note, cited, record_update
from hkshcc.register.dates import Day
from hkshcc.register.index import Register
from hkshcc.register.model import Entry, Evidence
from hkshcc.register.sources import host_of
from hkshcc.register.vocabulary import Event

_AMENDED = (Event.FINDING, Event.RETURN, Event.NOTE)


def amend(register: Register, context: CommandContext, typed: str | None, corrected: StatusUpdate) -> Decision:
    """Withdraw an entry, and record it anew with what is corrected; what is not given stays as it was.

    ``typed`` is an entry's number, or a measure's ref for the last command on it; without it, the last command recorded
    here. Raises UsageError where nothing is corrected, RefusedError for an entry that is no update and no note.
    """
    if not any(corrected):
        raise UsageError(
            _("nothing to amend"), hint=_("give what is wrong anew, such as --remark, --on, --status or --evidence")
        )
    named = named_entries(register, typed, context.today)
    # Of an amendment, what it recorded; what it withdrew stays withdrawn.
    old = [entry for entry in named if entry.event != Event.RETRACTION] or named
    if other := next((entry for entry in old if entry.event not in _AMENDED), None):
        raise RefusedError(
            _("entry {number} is neither an update nor a note, so it cannot be amended", number=other.number),
            hint=_("`hkshcc undo {number}` withdraws it; then record it again", number=other.number),
        )
    if shipped := next((entry for entry in old if is_foundation(entry)), None):
        raise RefusedError(
            _("entry {number} came with the register, so it cannot be amended", number=shipped.number),
            hint=_(
                "record an update, or withdraw the entry with `hkshcc undo {number} --reason WHY`",
                number=shipped.number,
            ),
        )
    retraction = new_entry(register, context, Event.RETRACTION, names=[entry.id for entry in old])
    without = Register([*register.stored, retraction])
    entries, notes = [retraction], []
    for entry in old:
        again = _recorded_again(without, context, entry, corrected)
        entries += again.entries
        notes += [note for note in again.notes if note not in notes]
    return Decision(renumber(register, context, entries), notes)


def _recorded_again(register: Register, context: CommandContext, old: Entry, corrected: StatusUpdate) -> Decision:
    """Record an entry anew by the command that made it, with its rules."""
    on = corrected.on or Day(old.on or context.today, old.precision or "day")
    if old.event == Event.NOTE:
        if any(corrected._replace(on=None, remark=None, internal=False)):
            raise UsageError(
                _("entry {number} is a note: it has a text and a day", number=old.number),
                hint=_("give --remark or --on"),
            )
        text, internal = corrected.remark or old.remark or "", corrected.internal or bool(old.internal)
        noted = add_note(register, context, old.ref or "", text, on, internal=internal)
        return noted._replace(entries=[entry._replace(evidence=old.evidence) for entry in noted.entries])
    kept = StatusUpdate(
        old.status, old.by, old.side, on, old.remark, old.reason, old.next, old.attention,
        [evidence["locator"] for evidence in old.evidence or ()], without_evidence=old.without_evidence,
        next_by=Day(old.next_by, old.next_by_precision or "day") if old.next_by else None, internal=bool(old.internal),
    )  # fmt: skip
    if corrected.evidence or old.evidence:
        kept = kept._replace(without_evidence=None)
    if old.evidence and not corrected.evidence:  # of a kind that was said before
        kept = kept._replace(evidence_kind=old.evidence[0]["kind"])
    if corrected.without_evidence:
        kept = kept._replace(evidence=(), evidence_kind=None)
    given = {name: value for name, value in corrected._asdict().items() if value}
    if corrected.by and not corrected.side:
        given["side"] = None  # a body's own side, as in any update
    if old.nil and not given.keys() & {"status", "remark", "next", "attention", "evidence"}:
        given["nil"] = True
    again = record_update(register, context, [old.ref or ""], kept._replace(**given))
    if old.evidence and not (corrected.evidence or corrected.without_evidence):
        evidence = [_corrected_piece(piece, old, corrected) for piece in old.evidence]
        again = again._replace(entries=[entry._replace(evidence=evidence) for entry in again.entries])
    return again


def _corrected_piece(piece: Evidence, old: Entry, corrected: StatusUpdate) -> Evidence:
    """Return a piece of evidence with what is said of it anew; a body is no longer the source of another's words."""
    kind, source = corrected.evidence_kind or piece["kind"], corrected.source or piece["source"]
    if not corrected.source and piece["kind"] == "return" != kind and source == old.by:
        source = host_of(piece["locator"])
    return cited(Evidence(**{**piece, "kind": kind.strip().casefold(), "source": source}), corrected)
