"""Updates: what an owner reports on a measure, what the public record shows of it, and notes."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hkshcc.errors import RefusedError, UsageError
from hkshcc.language import N_, _, listed
from hkshcc.register.basis import acceptance_of
from hkshcc.register.commands.common import (
    CommandContext,
    Decision,
    effective_day,
    entries_since,
    is_nil,
    new_entry,
    renumber,
    still_decides,
)
from hkshcc.register.dates import FOREVER, Day, in_words
from hkshcc.register.index import Register
from hkshcc.register.lookup import find_body, find_measure, one_of, read_status
from hkshcc.register.model import WORDS, Body, Copy, Entry, Evidence, Measure
from hkshcc.register.sources import Described, host_of, without_credentials
from hkshcc.register.standing import sides_of
from hkshcc.register.vocabulary import (
    CLOSED,
    EVIDENCE_KINDS,
    FULFILLED,
    SIDES,
    UNCLASSIFIED,
    Event,
    Kind,
    Status,
    evidence_label,
    label,
    short_label,
)


class StatusUpdate(NamedTuple):
    """What somebody reports on a measure, as typed; only what is given is recorded.

    ``side`` is ``hk``, ``sh`` or ``both``, None for that of the body ``by``; ``evidence`` are URLs or references of
    documents, of one kind and source; ``without_evidence`` is the reason for closing without any.
    ``described`` is what is known of a piece of evidence from its address, by the piece as typed. ``read_on`` is a day
    (ISO), ``copy`` the file that is kept of the evidence. ``internal`` marks the words as not to be published.
    """

    status: str | None = None
    by: str | None = None
    side: str | None = None
    on: Day | None = None
    remark: str | None = None
    reason: str | None = None
    next: str | None = None
    attention: str | None = None
    evidence: Sequence[str] = ()
    evidence_kind: str | None = None
    source: str | None = None
    without_evidence: str | None = None
    described: Mapping[str, Described] = {}
    title: str | None = None
    read_on: str | None = None
    archived: str | None = None
    copy: Copy | None = None
    nil: bool = False
    next_by: Day | None = None
    internal: bool = False


_TEXTS = ("remark", "reason", "next", "attention", "source", "without_evidence", "title", "archived")
_OF_EVIDENCE = ("evidence_kind", "source", "title", "read_on", "archived", "copy")
_NEWS = ("remark", "next", "attention")  # in which `N/A` is no news


def record_update(register: Register, context: CommandContext, refs: Sequence[str], update: StatusUpdate) -> Decision:
    """Record what an owner reports (``by``) or what the public record shows, on one measure or several.

    Raises NotFoundError for a ref or body that the register does not hold, UsageError where nothing is to be recorded
    and for a word that is no status, side or kind of evidence, RefusedError where the measure's kind or history forbids
    the status, or evidence, a remark or a reason is missing.
    """
    blank: dict[str, Any] = {name: None for name in _TEXTS if not (getattr(update, name) or "").strip()}
    update = update._replace(**blank)
    update, left_out = _without_nil(update)
    body = find_body(register, update.by) if update.by is not None else None
    side = _side(update.side, body)
    status = read_status(update.status) if update.status is not None else None
    if not refs:
        raise UsageError(_("no measure named"), hint=_("give a ref, such as 5-FIN-3c"))
    found = [find_measure(register, ref, context.today) for ref in refs]
    nil = _is_nil_return(update, left_out, body)
    if update.next_by and not update.next:
        raise UsageError(_("--next-by needs --next"), hint=_("say what will be done by then"))
    if update.internal and not any(getattr(update, name) for name in WORDS):
        raise UsageError(
            _("--internal keeps words from being published, and none were given"),
            hint=_("leave it out, or say something with --remark"),
        )
    evidence, notes = _evidence(update, body)
    if left_out:
        notes.append(_("left out as empty: {what}", what=listed(left_out)))
    outcome = Decision([], notes)
    for measure in {measure.ref: measure for measure in found}.values():
        when = effective_day(update.on, context.today, register.agreed_on(measure.ref))
        if status:
            _check_status(measure, status, update, body, side)
        if update.next_by and update.next_by.on < when.on:
            raise RefusedError(
                _(
                    "the next step would be due on {day}, before the day of the report ({on})",
                    day=in_words(*update.next_by),
                    on=in_words(*when),
                ),
                hint=_("give a later day"),
            )
        entry = new_entry(
            register,
            context,
            Event.RETURN if body else Event.FINDING,
            when,
            ref=measure.ref,
            by=body.code if body else None,
            side=side,
            status=str(status) if status else None,
            remark=update.remark,
            reason=update.reason,
            next=update.next,
            attention=update.attention,
            evidence=evidence or None,
            without_evidence=update.without_evidence,
            nil=nil or None,
            next_by=update.next_by.on if update.next_by else None,
            next_by_precision=update.next_by.precision if update.next_by else None,
            internal=update.internal or None,
        )
        _check_reopening(register, measure, entry)
        outcome.entries.append(entry)
        outcome.notes.extend(_notes_on(register, measure, entry))
    return outcome._replace(entries=renumber(register, context, outcome.entries))


def _without_nil(update: StatusUpdate) -> tuple[StatusUpdate, list[str]]:
    """Return an update without the texts that say nothing, as `N/A`, and those texts behind their options."""
    typed = {name: getattr(update, name) for name in _NEWS if getattr(update, name)}
    empty = {name: text for name, text in typed.items() if is_nil(text)}
    blank: dict[str, Any] = dict.fromkeys(empty)
    return update._replace(**blank), [f"--{name} '{text.strip()}'" for name, text in empty.items()]


def _is_nil_return(update: StatusUpdate, left_out: Sequence[str], body: Body | None) -> bool:
    """Return whether a body reports that it has no news. Raises UsageError where nothing is reported at all."""
    news = any((update.status, update.remark, update.next, update.attention, update.evidence))
    if update.nil and (news or update.reason or update.without_evidence):
        raise UsageError(
            _("--nil means that there is no news, but news was given"),
            hint=_("leave --nil out, or give it with --by, --side and --on alone"),
        )
    if update.nil and body is None:
        raise UsageError(_("a nil return needs the body that has no news"), hint=_("add --by BODY"))
    if news:
        return False
    if not update.nil and not (left_out and body and not update.reason and not update.without_evidence):
        raise UsageError(
            _("nothing to record"), hint=_("give at least one of --status, --remark, --next, --attention, --evidence")
        )
    return True


def add_note(
    register: Register, context: CommandContext, ref: str, text: str, on: Day | None = None, *, internal: bool = False
) -> Decision:
    """Record a remark on a measure that says nothing about its status; ``on`` None is today.

    One that is ``internal`` is not published.

    Raises NotFoundError for an unknown ref, UsageError for an empty text, RefusedError for a day in the future, or
    before the measure was agreed.
    """
    measure = find_measure(register, ref, context.today)
    if not text.strip():
        raise UsageError(_("the note is empty"), hint=_("type its text after the ref"))
    when = effective_day(on, context.today, register.agreed_on(measure.ref))
    noted = new_entry(register, context, Event.NOTE, when, ref=measure.ref, remark=text, internal=internal or None)
    return Decision([noted], [])


def _side(typed: str | None, body: Body | None) -> str | None:
    if typed is None:
        return body.side if body else None
    return one_of((*SIDES, "both"), N_("side (--side)"), typed, label)


def _evidence(update: StatusUpdate, body: Body | None) -> tuple[list[Evidence], list[str]]:
    """Read the evidence, and say where a password was left out of it, or what it is remains open.

    Evidence is of the kind that is named, else a body's own word, else what its address says, else unclassified.
    """
    kind = update.evidence_kind and one_of(
        EVIDENCE_KINDS, N_("kind of evidence (--evidence-kind)"), update.evidence_kind, evidence_label
    )
    _check_described(update)
    if update.evidence and update.without_evidence:
        raise UsageError(_("--evidence and --without-evidence exclude each other"), hint=_("give one of the two"))
    if any(is_nil(locator) for locator in update.evidence):
        raise RefusedError(_("the evidence is empty"), hint=_("give --evidence a URL or a document's reference"))
    kind = kind or ("return" if body else None)
    source = update.source or (body.code if body and kind == "return" else None)
    found: list[Evidence] = []
    notes: list[str] = []
    for typed in update.evidence:
        described = update.described.get(typed, Described())
        locator = without_credentials(typed)
        if locator != typed.strip():
            notes.append(_("a user name or password was left out of the evidence: {url}", url=locator))
        if described.doubtful:
            notes.append(_("'{typed}' is neither a link nor a document's reference", typed=locator))
        piece = Evidence(
            kind=kind or described.kind or UNCLASSIFIED,
            source=source or described.source or host_of(locator),
            locator=locator,
        )
        piece = cited(piece, update)
        if described.read_on:
            piece.setdefault("read_on", described.read_on)
        if typed in update.described and not (kind or described.kind):
            notes.append(
                _("evidence '{evidence}' is unclassified; choose its kind with --evidence-kind", evidence=locator)
            )
        found.append(piece)
    return found, notes


def _check_described(update: StatusUpdate) -> None:
    """Refuse what is said of evidence where there is none, or what can be true of one piece alone, of several."""
    given = [name for name in _OF_EVIDENCE if getattr(update, name)]
    if given and not update.evidence:
        option = f"--{given[0].replace('_', '-')}"
        raise UsageError(_("{option} describes evidence, so it needs --evidence", option=option))
    if len(update.evidence) > 1 and (update.title or update.archived or update.copy):
        raise UsageError(
            _("--title, --archived and --copy describe one piece of evidence, not several"),
            hint=_("record each piece by a command of its own"),
        )
    if update.archived and host_of(update.archived.strip()) is None:
        raise UsageError(
            _("'{typed}' is not a link (--archived)", typed=without_credentials(update.archived)),
            hint=_("give the address of the archived page, as https://…"),
        )


def cited(piece: Evidence, update: StatusUpdate) -> Evidence:
    """Return a piece of evidence with what was said of it: its title, when it was read, where it is archived."""
    cited = Evidence(**piece)
    if update.title:
        cited["title"] = update.title
    if update.read_on:
        cited["read_on"] = update.read_on
    if update.archived:
        cited["archived"] = without_credentials(update.archived)
    if update.copy:
        cited["copy"] = update.copy
    return cited


def _check_status(measure: Measure, status: Status, update: StatusUpdate, body: Body | None, side: str | None) -> None:
    """Refuse a status that the kind of measure cannot have, or that lacks what has to be said with it."""
    ref = measure.ref
    if status == Status.UNKNOWN:
        raise RefusedError(
            _("'unknown' cannot be recorded: it means that no status has been established"),
            hint=_("to withdraw an update use `hkshcc undo`"),
        )
    if status == Status.CONTINUING and measure.kind == Kind.DELIVERABLE:
        raise RefusedError(
            _("{ref} is a deliverable, so its status cannot be 'continuing'", ref=ref),
            hint=_("use in-progress, or completed with --evidence"),
        )
    if status in FULFILLED and not update.evidence and not update.without_evidence:
        raise RefusedError(
            _("closing {ref} needs evidence", ref=ref),
            hint=_("add --evidence URL-or-reference, or --without-evidence REASON"),
        )
    if status == Status.MODIFIED and not update.remark:
        raise RefusedError(
            _("'modified' needs a remark on what differs from the wording of {ref}", ref=ref), hint=_("add --remark")
        )
    if status == Status.NOT_PURSUED:
        if not update.reason:
            raise RefusedError(_("'not-pursued' needs the reason for dropping {ref}", ref=ref), hint=_("add --reason"))
        if body is None and side not in SIDES:
            raise RefusedError(
                _("'not-pursued' needs the side that dropped {ref}", ref=ref), hint=_("add --by BODY or --side hk|sh")
            )


def _check_reopening(register: Register, measure: Measure, entry: Entry) -> None:
    """Refuse to move a side back from where it was closed, unless a reason is given."""
    if entry.status is None or Status(entry.status) in CLOSED or entry.reason:
        return
    before = register.standing(measure, entry.on or "")
    if accepted := acceptance_of(before):
        raise RefusedError(
            _(
                "the conference accepted {ref} as '{status}' on {day}; moving it back to '{earlier}' needs a reason",
                ref=measure.ref,
                status=label(before.status),
                day=in_words(accepted.on or "", accepted.precision or "day"),
                earlier=label(entry.status),
            ),
            hint=_("add --reason"),
        )
    for side in sides_of(entry):
        status = before.side(side).status
        if status in CLOSED:
            raise RefusedError(
                _(
                    "{ref} is '{status}' ({side}); moving it back to '{earlier}' needs a reason",
                    ref=measure.ref,
                    status=label(status),
                    side=label(side),
                    earlier=label(entry.status),
                ),
                hint=_("add --reason"),
            )


def _notes_on(register: Register, measure: Measure, entry: Entry) -> list[str]:
    """Say what a person might not expect: a later update still decides, or the body is no owner."""
    standing = register.standing(measure, FOREVER)
    later = entries_since(register, entry)
    notes = []
    if entry.status in CLOSED and measure.kind == Kind.CONTINUING:
        notes.append(_("{ref} is a continuing measure: closing it says that nothing more is expected", ref=measure.ref))
    if entry.status == Status.COMPLETED:
        before = register.standing(measure, entry.on or "")
        sides = [before.side(side) for side in sides_of(entry)]
        if all(side.status == entry.status for side in sides):
            day = in_words(max(side.since or "" for side in sides))
            notes.append(_("{ref} was already completed on {day}", ref=measure.ref, day=day))
    if entry.status:
        updates = [standing.side(side).entry for side in sides_of(entry)]
        deciding = [update for update in updates if update in later]
        notes += [
            still_decides(update, _("the status ({status})", status=short_label(update.status or "")))
            for update in deciding[:1]
            if update
        ]
    if entry.next and (steps := [other for other in later if other.next]):
        notes.append(still_decides(steps[-1], _("the next step")))
    if entry.attention and (concerns := [other for other in later if other.attention]):
        notes.append(still_decides(concerns[-1], _("what needs attention")))
    if entry.by and entry.by not in {owner["body"] for owner in standing.owners}:
        notes.append(
            _("{body} is not an owner of {ref}; to make it one use `hkshcc assign`", body=entry.by, ref=measure.ref)
        )
    if entry.by and entry.side in SIDES and register.bodies[entry.by].side != entry.side:
        notes.append(
            _(
                "{body} is a body of the other side, but this was recorded for {side}",
                body=entry.by,
                side=label(entry.side),
            )
        )
    return notes
