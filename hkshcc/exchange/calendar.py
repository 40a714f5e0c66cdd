"""Targets, next steps and rounds as calendar entries, whose ids stay the same: importing again updates them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hkshcc.exchange.optional import requires
from hkshcc.language import N_, _
from hkshcc.register.model import Entry, Round
from hkshcc.register.standing import Standing
from hkshcc.register.vocabulary import CONFERENCE, in_language, short_label
from hkshcc.reports.event_text import speaker
from hkshcc.reports.page import View, marked
from hkshcc.text import inert

with requires("icalendar", N_("a calendar")):
    from icalendar import Calendar, Event

_PROGRAM = "-//hkshcc//register//EN"


def calendar(view: View, standings: Sequence[Standing], lang: str) -> bytes:
    """Return targets of measures, next steps with a day, and the days rounds are due as an iCalendar file (RFC 5545).

    They are all-day entries; a period counts as its last day. The sequence number is that of the register's last entry:
    a calendar takes a newer export for newer, even where a day was moved back. Rounds
    bear on all measures: they are there whatever the filter.
    """
    register = view.register
    # When the register was last told something: the file says when its content is of, not when it was made.
    last = register.entries[-1].recorded if register.entries else f"{view.as_of}T00:00:00+08:00"
    context = datetime.fromisoformat(last).astimezone(UTC)
    found = Calendar()
    found.add("prodid", _PROGRAM)
    found.add("version", "2.0")
    found.add("x-wr-calname", CONFERENCE[lang])
    for standing in standings:
        if standing.target:
            title = inert(in_language(standing.measure.title, lang))
            status = short_label(standing.status)
            event = _event(f"{standing.measure.ref}-target", standing.target["date"], context, register.last)
            event.add("summary", _("{ref} {title} ({status})", ref=standing.measure.ref, title=title, status=status))
            if summary := in_language(standing.measure.summary, lang):
                event.add("description", inert(summary))
            found.add_component(event)
        for step in standing.steps:
            found.add_component(_step(standing, step, context, register.last, lang))
    for entered in register.rounds(view.as_of):
        found.add_component(_due(entered, context, register.last))
    return bytes(found.to_ical())


def _step(standing: Standing, step: Entry, context: datetime, sequence: int, lang: str) -> Event:
    ref, title = standing.measure.ref, inert(in_language(standing.measure.title, lang))
    # A side's next step takes the place of the one before.
    event = _event(f"{ref}-next-{step.side or 'both'}", step.next_by or "", context, sequence)
    said = inert(f"{speaker(step)}{marked(step, step.next)}")
    event.add("summary", _("{ref} {title}: next step", ref=ref, title=title))
    event.add("description", said)
    return event


def _due(entered: Round, context: datetime, sequence: int) -> Event:
    event = _event(f"round-{entered.name.encode().hex()}", entered.due, context, sequence)
    name = inert(entered.name)
    closed = _("Returns of round {name} are due (closed)", name=name)
    event.add("summary", closed if entered.closed else _("Returns of round {name} are due", name=name))
    return event


def _event(name: str, day: str, context: datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{name}@hkshcc")
    event.add("dtstamp", context)
    event.add("dtstart", date.fromisoformat(day))
    event.add("dtend", date.fromisoformat(day) + timedelta(days=1))
    event.add("sequence", sequence)
    event.add("transp", "TRANSPARENT")
    return event
