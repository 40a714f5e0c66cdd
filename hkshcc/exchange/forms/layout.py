"""The return form's layout and words: what stands in it, for whoever draws one and whoever reads one back."""

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

from hkshcc.language import N_, _, as_recorded, in_every_language
from hkshcc.register.dates import in_words
from hkshcc.register.index import Register
from hkshcc.register.model import Body, Entry
from hkshcc.register.standing import Standing, sides_of
from hkshcc.register.vocabulary import Event, Kind, Status, in_language, label, labels, short_label
from hkshcc.reports.criteria import criteria_of
from hkshcc.reports.event_text import Record, criteria_parts, event_day, event_text, source_of, with_day
from hkshcc.reports.page import plain_text
from hkshcc.text import folded, inert

SCHEMA = "hkshcc.form/2"
ABOUT = "hkshcc"  # the hidden sheet: what the form is, and a copy of its locked cells
LOCKED = ("ref", "wording", "on_record")
# Of forms of before, which may still come back, by their schema.
LOCKED_OF = {"hkshcc.form/1": ("ref", "wording", "area", "target", "last_word", "said_next"), SCHEMA: LOCKED}
FREE = ("status", "on", "done", "evidence", "next", "next_by", "attention")
ADDED = ("next_by",)  # columns that forms of before do not have
COLUMNS = (*LOCKED, *FREE)
TYPED = (
    Status.NOT_STARTED,
    Status.IN_PROGRESS,
    Status.CONTINUING,
    Status.COMPLETED,
    Status.MODIFIED,
    Status.NOT_PURSUED,
)

# What stands in a form is in the language that it is drawn in, and is read back whatever language holds then.
# The names of the sheets that people see.
COVER, FORM, RECORD = N_("How to fill in"), N_("Return"), N_("Criteria and history")
HEADINGS = {
    "ref": N_("Ref"),
    "wording": N_("What was agreed"),
    "on_record": N_("On record"),
    "area": N_("Area"),
    "target": N_("Target"),
    "last_word": N_("Last update"),
    "said_next": N_("Next step reported"),
    "status": N_("Status"),
    "on": N_("Date"),
    "done": N_("What was done"),
    "evidence": N_("Evidence"),
    "next": N_("Next step"),
    "next_by": N_("By when"),
    "attention": N_("Needs attention"),
}
TITLE = N_("Hong Kong/Shanghai Co-operation Conference: return form")
ASKED, ROUND, DRAWN = N_("For"), N_("Round"), N_("Prepared on")
RETURN_TO, WORDING = N_("Return to"), N_("Full wording")
REPLY = N_("whoever sent you this form, in reply to that message, with this file attached")
STATUS, MEANING = N_("Status"), N_("Choose it when")
ADVICE = (
    N_("1. Fill in the white cells of the sheet 'Return'. Grey cells are locked: they say which measure is meant."),
    N_(
        "2. Where nothing is new, write N/A: that is a nil return. An empty cell means no update; it does not erase"
        " anything."
    ),
    N_("3. Judge the status by the wording of the measure, not by the intention."),
    N_("4. The date is the day it happened, as 2026-10-15 or Oct 2026. Empty: the day this form is received."),
    N_("5. Evidence is a link or a document's reference, one on each line."),
    N_("6. Save as an Excel workbook (.xlsx) and send it back. Add no sheets or columns."),
)
# One row of a return, filled in: it stands on the cover alone, which is never merged.
EXAMPLE = N_("Example of a row, invented: it is not recorded")
EXAMPLES = {
    "ref": "0-EXA-1",
    "status": N_("In progress"),
    "on": N_("15 Oct 2026"),
    "done": N_("The two sides met twice and agreed on a draft."),
    "evidence": "https://example.org/notice",
    "next": N_("Sign the text"),
    "next_by": N_("May 2027"),
    "attention": N_("No venue yet"),
}
# What stood in forms of before, which may still come back.
FORMER = (N_("2. Leave a row empty where nothing is new. An empty cell means no update; it does not erase anything."),)
MEANINGS = {
    Status.NOT_STARTED: N_("No step has been taken."),
    Status.IN_PROGRESS: N_(
        "A concrete step beyond announcement was taken; what the wording promises is not yet in place."
    ),
    Status.CONTINUING: N_(
        "Action of the promised sort took place and has no end point. Only for measures that continue or explore."
    ),
    Status.COMPLETED: N_("What the wording promises is in place. Needs evidence."),
    Status.MODIFIED: N_(
        "Closed with something substantially different. Needs evidence, and what differs in 'What was done'."
    ),
    Status.NOT_PURSUED: N_("Your side has dropped it. Needs the reason in 'What was done'."),
}


class FormRow(NamedTuple):
    """A row of a form: the measure where it stands, and the texts of its locked cells."""

    standing: Standing
    locked: Sequence[str]


def lines(register: Register, body: Body, day: str, lang: str) -> list[FormRow]:
    """Return a form's rows: the measures that a body answers for, in the register's order."""
    found = []
    for measure in register.measures(day):
        standing = register.standing(measure, day)
        if any(owner["body"] == body.code for owner in standing.owners):
            found.append(FormRow(standing, _locked(standing, register, body, lang)))
    return found


RECORD_HEADINGS = (N_("Ref"), N_("Date"), N_("Source"), N_("What was recorded"))
_MOST_ROWS = 3_000  # of the sheet that shows the record: far more than any body has, far fewer than a reader allows


def record(register: Register, rows: Sequence[FormRow], day: str, lang: str) -> list[list[str]]:
    """Return the rows of the sheet that shows the record: of each measure its criteria, then its history by days.

    Of a history that is too long the latest entries stay; a row says how many were left out.
    """
    most = max(1, _MOST_ROWS // max(1, len(rows)) - 8)
    found: list[list[str]] = []
    for row in rows:
        ref = row.standing.measure.ref
        if criteria := criteria_of(register, ref, day):
            found.append([ref, event_day(criteria.entry), "", inert(criteria.headline())])
            said = [_("{what}: {text}", what=name, text=text) for name, text in criteria_parts(criteria.entry, lang)]
            found += [[ref, "", "", inert(text)] for text in said]
        events = row.standing.events
        if len(events) > most:
            found.append([ref, "", "", _("{n} earlier entries are left out here", n=len(events) - most)])
        found += [[ref, event_day(entry), *_told(entry, lang)] for entry in events[-most:]]
    return found


def _told(entry: Entry, lang: str) -> list[str]:
    """Return who said what an entry says, and what that is, with its evidence on lines of its own."""
    evidence = [inert(plain_text(source_of(piece))) for piece in entry.evidence or ()]
    said = [inert(plain_text(event_text(Record(entry), lang))), *evidence]
    return [entry.by or (_("public record") if entry.event == Event.FINDING else ""), "\n".join(said)]


def mark(texts: Sequence[str]) -> str:
    """Return what tells a row of the record from one that was edited: a CRC-32 in 8 hexadecimal digits."""
    said = "\n".join(text for text in map(folded, texts) if text)
    return f"{crc32(said.encode('utf-8', 'surrogatepass')):08x}"


def headings() -> list[str]:
    """Return the headings of the columns, in the current language."""
    return [_(HEADINGS[key]) for key in COLUMNS]


def keys_of_headings() -> dict[str, str]:
    """Return the column that each heading means, in every language."""
    return {text: key for key, heading in HEADINGS.items() for text in in_every_language(heading).values()}


def about_words() -> frozenset[str]:
    """Return what stands on the cover before what is said of this form alone, in every language."""
    return _in_all(ASKED, ROUND, DRAWN, RETURN_TO, WORDING)


def cover_words() -> frozenset[str]:
    """Return all that stands on the cover but what is said of this form alone, in every language."""
    statuses = [text for status in TYPED for text in labels(status).values() if text]
    example = (EXAMPLE, *EXAMPLES.values(), *(HEADINGS[key] for key in EXAMPLES))
    every = _in_all(TITLE, STATUS, MEANING, *ADVICE, *FORMER, *MEANINGS.values(), *example)
    return about_words() | every | frozenset(statuses)


def _in_all(*messages: str) -> frozenset[str]:
    return frozenset(text for message in messages for text in in_every_language(message).values())


def allowed_statuses(kind: str) -> list[Status]:
    """Return the statuses that a measure of a kind may have."""
    return [status for status in TYPED if status != Status.CONTINUING or kind != Kind.DELIVERABLE]


def title_of(row: FormRow, lang: str) -> str:
    """Return what the cell of what was agreed begins with."""
    return inert(in_language(row.standing.measure.title, lang))


def _locked(standing: Standing, register: Register, body: Body, lang: str) -> list[str]:
    measure = standing.measure
    agreed = [inert(in_language(measure.title, lang))]
    if summary := in_language(measure.summary, lang):
        agreed.append(inert(summary))
    if standing.target:
        agreed.append(_("Target: {day}", day=_target(standing)))
    if measure.paragraph:
        agreed.append(_("Full wording: paragraph {number} of the release", number=measure.paragraph))
    recorded = [inert(last_update(standing, body.side))]
    if step := standing.step_of(body, register.bodies):
        recorded.append(_("Next step reported: {text}", text=inert(with_day(step))))
    return [measure.ref, "\n".join(agreed), "\n".join(recorded)]


def releases(register: Register, rows: Sequence[FormRow]) -> str:
    """Return where the full wording of the rows' measures can be read: each plenary's release, with its address."""
    numbers = sorted({row.standing.measure.plenary for row in rows})
    held = [plenary for number in numbers if (plenary := register.plenaries.get(number)) and plenary.source]
    return "\n".join(
        _("release of {day}: {address}", day=in_words(plenary.date), address=inert(plenary.source or ""))
        for plenary in held
    )


def _target(standing: Standing) -> str:
    if standing.target is None:
        return ""
    day = in_words(standing.target["date"], standing.target["precision"])
    return _("{day} (implied)", day=day) if standing.target["basis"] == "implied" else day


def last_entry(standing: Standing, side: str) -> Entry | None:
    """Return the last entry that is an update for a side: any return, or a finding that supports a status."""
    updates = (
        entry
        for entry in reversed(standing.events)
        if side in sides_of(entry) and not entry.nil and (entry.by or (entry.event == Event.FINDING and entry.status))
    )
    return next(updates, None)


def last_update(standing: Standing, side: str) -> str:
    """Return a side's last update in a line: status, day, who says so, what was done."""
    entry = last_entry(standing, side)
    return with_remark(_dated(label(standing.side(side).status), entry), done(entry) if entry else "")


def with_remark(said: str, remark: str) -> str:
    """Return what was said, and behind a colon what was said of it, if anything."""
    return _("{said}: {remark}", said=said, remark=as_recorded(remark)) if remark else said


def _dated(status: str, entry: Entry | None) -> str:
    if entry is None:
        return status
    day = in_words(entry.on or "", entry.precision or "day")
    return _("{status}, {day}, {source}", status=status, day=day, source=entry.by or _("public record"))


def done(entry: Entry) -> str:
    """Return what an entry says was done; a reason where it has no remark."""
    return entry.remark or entry.reason or ""


def current_answers(standing: Standing, register: Register, body: Body) -> dict[str, str]:
    """Return what the register says of each thing that a form asks for, for the body's side; a status with its day."""
    entry = last_entry(standing, body.side)
    heard = (other for other in reversed(standing.events) if body.side in sides_of(other))
    return {
        "status": _dated(short_label(standing.side(body.side).status), entry),
        "done": done(entry) if entry else "",
        "next": (step.next or "") if (step := standing.step_of(body, register.bodies)) else "",
        "attention": next((other.attention for other in heard if other.attention), ""),
    }
