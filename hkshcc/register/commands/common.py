"""What all commands share: their context, their decision, and the making of their entries.

A command takes the register as it stands and returns the entries to append; it changes nothing itself. Where a rule of
the register forbids it, it raises RefusedError, whose hint says what to add. Status updates and notes are in `update`,
changes of owners and targets in `revise`, a new measure in `add_measure`, a plenary's measures in `adopt_measures`,
bodies, plenaries and rounds in `reference_data`, withdrawals in `undo`, another copy's entries in `merge_copies`, and
what a newer version ships in `refresh`.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from hkshcc.errors import RefusedError
from hkshcc.language import _, listed
from hkshcc.register.dates import Day, in_words, shifted
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import Entry, Target, bodies_named, moment_of
from hkshcc.register.vocabulary import Event, name_label


class CommandContext(NamedTuple):
    """What every entry of one command shares: when and by whom it was typed, the command's id, and today.

    ``recorded`` is a moment (ISO, +08:00). ``clock_is_right`` is a person's word that it is right, though the register
    has an entry that was recorded later.
    """

    recorded: str
    recorder: str
    command: str
    today: str
    clock_is_right: bool = False


class Decision(NamedTuple):
    """The entries to append, and what the person should be told beside them."""

    entries: list[Entry]
    notes: list[str]


def new_entry(
    register: Register,
    context: CommandContext,
    event: Event,
    when: Day | None = None,
    **fields: Any,  # noqa: ANN401  passes an entry's own fields on
) -> Entry:
    """Make the first entry of a command, recorded no earlier than the one before it.

    Raises RefusedError where the clock is more than a day behind that one, unless somebody says that it is right: then
    the entry has the clock's moment, and says how far ahead the one before it was. What was known on a day is told
    from the entries' order then (`Register`), so one wrong clock spoils nothing for good.
    """
    recorded = context.recorded
    before = register.entries[-1].recorded if register.entries else ""
    if before[:10] > shifted(recorded[:10], 1):
        if not context.clock_is_right:
            raise RefusedError(
                _(
                    "the clock says {today}, but entry {number} was recorded on {day}",
                    today=in_words(recorded[:10]),
                    number=register.last,
                    day=in_words(before[:10]),
                ),
                hint=_("set the clock, or add --clock-is-right if that entry was recorded by a wrong one"),
            )
        fields["clock"] = before
    else:
        recorded = max(recorded, before)
    if when:
        fields["on"], fields["precision"] = when
    number = register.last + 1
    entry = Entry(
        number=register.number(number),
        id=f"{context.command}-1",
        command=context.command,
        event=str(event),
        recorded=recorded,
        recorder=context.recorder,
        **fields,
    )
    if register.origin is None:
        return entry
    # The last entry is one of this register's own: what came by an exchange stands before it.
    latest = moment_of(register.entries[-1])
    return entry._replace(
        origin=register.origin,
        place=number,
        after=latest if latest > recorded else None,
        means=meanings(register, entry) or None,
    )


def meanings(register: Register, entry: Entry) -> dict[str, str]:
    """Return what the names in an entry mean, by the ids of what brought it in; what shipped is called the same by all.

    Another register may give the same name to something else, or may have done so already.
    """
    if register.settled is None:
        return {}
    named = [("body", code) for code in bodies_named(entry)]
    if entry.ref and entry.event != Event.AGREED:
        named.append(("measure", entry.ref))
    givers = register.settled.givers
    return {f"{kind} {name}": givers[key] for kind, name in named if (key := (kind, name.casefold())) in givers}


def names_of_others(register: Register, context: CommandContext, entries: Iterable[Entry]) -> list[str]:
    """Say which measures, bodies and rounds that entries of a command name were recorded here as something else."""
    if register.settled is None:
        return []
    notes: dict[str, None] = {}
    for entry in entries:
        if entry.command != context.command:  # it was received: who recorded it meant what it says
            continue
        named = [("body", code) for code in bodies_named(entry)]
        if entry.ref and entry.event != Event.AGREED:
            named.append(("measure", entry.ref))
        if entry.event == Event.ROUND and entry.thing:
            named.append(("round", str(entry.thing["name"])))
        for kind, name in named:
            otherwise = register.settled.otherwise.get((kind, name.casefold()), {})
            if own := [called for called, origin in otherwise.items() if origin == register.origin]:
                note = _(
                    "{name} is the {kind} that was recorded first; what this register recorded as {name} is called"
                    " {called}",
                    name=name,
                    kind=name_label(kind),
                    called=listed(own),
                )
                notes[note] = None
    return list(notes)


def effective_entries(register: Register) -> list[Entry]:
    """Return the entries that count: those that no retraction that counts withdraws."""
    return [entry for entry in register.entries if entry.id not in register.withdrawn]


_FOUNDATIONS = frozenset({Event.AGREED, Event.PLENARY, Event.AREA, Event.BODY, Event.INSTRUMENT, Event.KEY})


def is_foundation(entry: Entry) -> bool:
    """Return whether an entry was agreed, entered or shipped: much may rest on it; to withdraw it takes a reason."""
    return entry.event in _FOUNDATIONS or entry.command == SHIPPED


def undo_needs_reason(register: Register, entries: Sequence[Entry]) -> bool:
    """Return whether it takes a reason to withdraw what a command has just added to a register."""
    if all(entry.event != Event.RETRACTION for entry in entries):
        return any(is_foundation(entry) for entry in entries)
    after = Register([*register.stored, *entries])
    return any(is_foundation(entry) for entry in effective_entries(after) if entry.id in register.withdrawn)


def check_conference(register: Register, other: Register, called: str) -> None:
    """Raise RefusedError for another register of which no plenary (number and day) is one of this register's.

    It is another conference's. ``called`` is its file, for the message.
    """
    held, theirs = ({(entered.number, entered.date) for entered in one.plenaries.values()} for one in (register, other))
    if held and theirs and not held & theirs:
        raise RefusedError(
            _("{file} is the register of another conference: the two have no plenary in common", file=called),
            hint=_("name the store that it belongs to with --store"),
        )


def receive(
    register: Register, context: CommandContext, entries: Sequence[Entry], source: Register, origin: str
) -> list[Entry]:
    """Return the entries of another register, as they are, and after them the exchange by which they came.

    ``origin`` is the name of the register that they came from. What they say is not changed, when they were recorded
    included: this register came to know them by the exchange. Undoing it takes all of it back.
    """
    thing = {
        "received": [entry.id for entry in entries],
        "entries": source.last,
        "fingerprint": source.fingerprint,
        "origin": origin,
    }
    taken = [entry._replace(number=register.last + at) for at, entry in enumerate(entries, start=1)]
    exchange = new_entry(register, context, Event.EXCHANGE, thing=thing)
    number = register.last + len(taken) + 1
    exchange = exchange._replace(number=register.number(number))
    if exchange.place is not None:
        latest = max([exchange.after or "", *map(moment_of, taken)])
        exchange = exchange._replace(place=number, after=latest if latest > exchange.recorded else None)
    return [*taken, exchange]


def renumber(register: Register, context: CommandContext, entries: Iterable[Entry], *, after: int = 0) -> list[Entry]:
    """Return entries made one by one, numbered as those of one command, of which there are ``after`` already."""
    renumbered = []
    for index, entry in enumerate(entries, start=after + 1):
        number = register.last + index
        place = number if entry.place is not None else None
        renumbered.append(entry._replace(number=register.number(number), id=f"{context.command}-{index}", place=place))
    return renumbered


def effective_day(day: Day | None, today: str, earliest: str | None = None) -> Day:
    """Return the day from which an entry counts: the one typed, today where none was, or a period isn't over.

    ``today`` and ``earliest`` are ISO days. Raises RefusedError for a day in the future, or before ``earliest``.
    """
    if day is None:
        return Day(today, "day")
    if day.on > today:
        if day.precision == "day" or not _under_way(day, today):
            raise RefusedError(
                _("{day} is in the future", day=in_words(*day)), hint=_("give the day on which it happened with --on")
            )
        day = day._replace(on=today)
    if earliest is not None and day.on < earliest:
        raise RefusedError(
            _("{day} is too early", day=in_words(*day)),
            hint=_("give {earliest} or a later day with --on", earliest=in_words(earliest)),
        )
    return day


def _under_way(day: Day, today: str) -> bool:
    """Return whether a period, given by its last day, has begun."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[day.precision]
    first = int(day.on[:4]) * 12 + int(day.on[5:7]) - months
    return int(today[:4]) * 12 + int(today[5:7]) - 1 >= first


def stated_target(target: Day) -> Target:
    """Return the target that a promised day makes, ``stated`` in so many words."""
    return Target(date=target.on, precision=target.precision, basis="stated", note=None)


def entries_since(register: Register, entry: Entry) -> list[Entry]:
    """Return the entries on the measure of a back-dated one whose days came later, in deciding order."""
    return [other for other in register.events(entry.ref or "") if (other.on or "") > (entry.on or "")]


def still_decides(later: Entry, what: str) -> str:
    """Say that a later entry still decides, where a back-dated one does not."""
    day = in_words(later.on or "", later.precision or "day")
    return _(
        "{ref}: no change to {what}, because entry {number} has a later date ({day})",
        ref=later.ref,
        what=what,
        number=later.number,
        day=day,
    )


# What a stroke or a dot says alone is nothing; a question mark asks, a tick says that it was done.
_STROKES = frozenset(r"-‐‑‒–—―−_/\.·。~*")
_MARKS = frozenset(".,;:!/-_·。，；：！()[]（）【】'\"")
_NOTHING = frozenset({
    "na", "nil", "none", "no", "nothing", "null", "noupdate", "noupdates", "nonewupdate", "nonewupdates", "nonews",
    "nochange", "nochanges", "notapplicable", "nothingnew", "nothingtoreport", "nothingtoadd", "nofurtherupdate",
    "nofurtherupdates", "nilreturn", "noremarks", "nocomment", "nocomments",
    "不適用", "不适用", "沒有", "没有", "無", "无", "暫無", "暂无", "暫沒有", "暂没有", "暫時沒有", "暂时没有", "未有",
    "沒有更新", "没有更新", "無更新", "无更新", "暫無更新", "暂无更新", "未有更新", "沒有新更新", "没有新更新",
    "沒有變化", "没有变化", "無變化", "无变化", "沒有補充", "没有补充", "無補充", "无补充", "沒有備註", "没有备注",
    "沒有匯報", "没有汇报", "無匯報", "无汇报", "無須匯報", "无须汇报", "無需匯報", "无需汇报",
})  # fmt: skip


def is_nil(text: str) -> bool:
    """Return whether a text is no news: empty, a stroke, or a word that says so in any of the three languages."""
    from unicodedata import normalize  # noqa: PLC0415  only what is recorded wants it

    typed = normalize("NFKC", text).casefold()
    characters = [character for character in typed if not character.isspace()]
    words = "".join(character for character in characters if character not in _MARKS)
    return _STROKES.issuperset(characters) or words in _NOTHING
