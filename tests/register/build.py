"""Invented entries, and somebody who keeps an invented register."""

from collections.abc import Callable, Collection, Sequence
from operator import is_not
from typing import Any

import pytest

from hkshcc.errors import HkshccError
from hkshcc.register.commands import (
    accept,
    add_measure,
    adopt_measures,
    amend,
    criteria,
    keep_copy,
    keys,
    naming,
    reference_data,
    refresh,
    revise,
    undo,
    update,
)
from hkshcc.register.commands.add_measure import NewMeasure
from hkshcc.register.commands.common import CommandContext, Decision
from hkshcc.register.commands.merge_copies import merge, merge_forks
from hkshcc.register.commands.update import StatusUpdate
from hkshcc.register.dates import Day
from hkshcc.register.index import SHIPPED, Register
from hkshcc.register.model import Copy, Entry, Evidence, Owner, Target
from hkshcc.register.openssh import PublicKey
from hkshcc.register.standing import Standing

AGREED = "2021-03-01"  # plenary 8
LATER_PLENARY = "2024-03-01"  # plenary 9
TODAY = "2022-06-15"
LINK = "https://example.org/invented"
EVIDENCE = Evidence(kind="press", source="Invented Daily", locator=LINK)


def draft(event: str, **fields: Any) -> Entry:
    """Make an entry that has no number yet; it was recorded on its own day unless told otherwise."""
    recorded = fields.pop("recorded", fields.get("on", AGREED))
    return Entry(
        number=0,
        id=fields.pop("id", ""),
        command=fields.pop("command", ""),
        event=event,
        recorded=recorded if "T" in recorded else f"{recorded}T09:00:00+08:00",
        recorder="invented keeper",
        **fields,
    )


def numbered(drafts: Sequence[Entry], after: int = 0) -> list[Entry]:
    """Give drafts their numbers, and an id and a command where they have none."""
    return [
        entry._replace(number=number, id=entry.id or f"e{number}", command=entry.command or f"c{number}")
        for number, entry in enumerate(drafts, start=after + 1)
    ]


def target(date: str, precision: str = "day", basis: str = "stated") -> Target:
    return Target(date=date, precision=precision, basis=basis, note=None)


def owner(body: str, basis: str = "inferred") -> Owner:
    return Owner(body=body, basis=basis)


def agreed(ref: str, on: str = AGREED, **about: Any) -> Entry:
    """A measure enters; its plenary is in its ref, its area in AREAS."""
    plenary, code, _ = ref.split("-")
    thing = {
        "ref": ref,
        "plenary": int(plenary),
        "area": AREAS[code],
        "kind": "deliverable",
        "title": {"en": f"Invented measure {ref}"},
        **about,
    }
    return draft("agreed", ref=ref, on=on, precision="day", recorded=AGREED, command=SHIPPED, id=ref, thing=thing)


def _own(event: str, key: str, thing: dict[str, Any]) -> Entry:
    return draft(event, id=f"{event}-{key}", command=SHIPPED, thing=thing)


AREAS = {"INV": "invention", "IVT": "inventory", "FAN": "fancy"}
REF = "8-INV-1"
FRAME = numbered(
    [
        _own("plenary", "8", {"number": 8, "date": AGREED, "place": "Invented Hall"}),
        _own("plenary", "9", {"number": 9, "date": LATER_PLENARY}),
        _own("body", "XBB", {"code": "XBB", "side": "hk", "name": {"en": "Invented Bureau", "zh-Hant": "虛構局"}}),
        _own("body", "XCC", {"code": "XCC", "side": "hk", "name": {"en": "Invented Council", "zh-Hant": None}}),
        _own("body", "YSS", {"code": "YSS", "side": "sh", "name": {"en": "Invented Service", "zh-Hans": "虚构署"}}),
        _own("area", "fancy", {"slug": "fancy", "code": "FAN", "name": {"en": "Fancy things"}}),
        _own(
            "area",
            "invention",
            {"slug": "invention", "code": "INV", "name": {"en": "Making it up", "zh-Hant": "虛構與發明"}},
        ),
        _own(
            "area",
            "inventory",
            {"slug": "inventory", "code": "IVT", "name": {"en": "Keeping stock"}, "short": {"en": "Shelves"}},
        ),
    ]
)
MEASURES = [
    agreed(
        REF,
        owners=[owner("XBB", "stated"), owner("YSS")],
        target=target("2022-03-31", "month"),
        summary="Invented summary",
        paragraph=4,
    ),
    agreed("8-INV-2a", kind="continuing"),
    agreed("8-INV-2b", kind="exploratory"),
    agreed("8-IVT-1"),
]


def register_of(*drafts: Entry, known_on: str | None = None) -> Register:
    """The frame, the invented measures and then the drafts, in this order."""
    return Register(entries_of(*drafts), known_on=known_on)


def entries_of(*drafts: Entry) -> list[Entry]:
    return [*FRAME, *numbered([*MEASURES, *drafts], after=len(FRAME))]


FIRST = len(FRAME) + len(MEASURES) + 1  # the number of the first draft


def standing(*drafts: Entry, as_of: str = TODAY, ref: str = REF, known_on: str | None = None) -> Standing:
    """Where a measure stands, given what was told of it."""
    register = register_of(*drafts, known_on=known_on)
    measure = register.measure(ref)
    assert measure is not None
    return register.standing(measure, as_of)


def finding(status: str | None, on: str, side: str | None = None, **fields: Any) -> Entry:
    return draft("finding", **{"ref": REF, "status": status, "on": on, "side": side, **fields})


def returned(status: str | None, on: str, by: str = "XBB", **fields: Any) -> Entry:
    side = "sh" if by.startswith("Y") else "hk"
    return draft("return", **{"ref": REF, "status": status, "on": on, "by": by, "side": side, **fields})


def acceptance(on: str, **fields: Any) -> Entry:
    return draft("acceptance", **{"ref": REF, "on": on, "precision": "day", **fields})


def revision(on: str, **fields: Any) -> Entry:
    return draft("revision", **{"ref": REF, "on": on, "reason": "invented reason", **fields})


def retraction(*names: str, recorded: str = TODAY, **fields: Any) -> Entry:
    return draft("retraction", names=list(names), recorded=recorded, **fields)


def day(on: str, precision: str = "day") -> Day:
    return Day(on, precision)


def only(outcome: Decision) -> Any:
    """The one entry that a verb made."""
    (entry,) = outcome.entries
    return entry


def refused(error: type[HkshccError], exit_code: int, *words: str) -> Any:
    """Expect a refusal with its exit code, whose sentence holds all of the words."""
    pattern = "".join(f"(?=.*{word})" for word in words)
    assert error.exit_code == exit_code
    return pytest.raises(error, match=pattern)


class Desk:
    """Somebody who keeps an invented register: each verb is one command, recorded at once."""

    def __init__(
        self, *drafts: Entry, today: str = TODAY, entries: Sequence[Entry] | None = None, name: str = "cmd"
    ) -> None:
        self.entries = list(entries) if entries is not None else entries_of(*drafts)
        self.today = today
        self.hour = "10:00:00"
        self.clock_is_right = False
        self.called = name  # what the ids of its commands begin with
        self._commands = 0
        self._read: tuple[list[Entry], Register] = [], Register([])  # as long as no entry is another

    @property
    def register(self) -> Register:
        if len(self._read[0]) != len(self.entries) or any(map(is_not, self._read[0], self.entries)):
            entries = list(self.entries)
            self._read = entries, Register(entries)
        return self._read[1]

    def does(self, verb: Callable[[Register, CommandContext], Decision]) -> Decision:
        """Let a verb decide, and record what it decided."""
        self._commands += 1
        moment = f"{self.today}T{self.hour}+08:00"
        context = CommandContext(
            moment, "invented keeper", f"{self.called}{self._commands}", self.today, self.clock_is_right
        )
        outcome = verb(self.register, context)
        self.entries += outcome.entries
        return outcome

    def report(self, *refs: str, **word: Any) -> Decision:
        return self.does(
            lambda register, context: update.record_update(register, context, refs or [REF], StatusUpdate(**word))
        )

    def accept(self, *refs: str, at: str = TODAY, reason: str | None = None) -> Decision:
        return self.does(lambda register, context: accept.accept(register, context, refs or [REF], at, reason))

    def note(self, text: str, ref: str = REF, on: Day | None = None, *, internal: bool = False) -> Decision:
        return self.does(lambda register, context: update.add_note(register, context, ref, text, on, internal=internal))

    def set_criteria(self, ref: str = REF, agreed_by: str | None = None, **texts: str | None) -> Decision:
        return self.does(lambda register, context: criteria.set_criteria(register, context, ref, texts, agreed_by))

    def assign(
        self,
        body: str,
        instead_of: str | None = None,
        reason: str | None = "invented reason",
        ref: str = REF,
        on: Day | None = None,
    ) -> Decision:
        return self.does(lambda register, context: revise.assign(register, context, ref, body, instead_of, reason, on))

    def retarget(
        self, to: Day, reason: str | None = "invented reason", ref: str = REF, on: Day | None = None
    ) -> Decision:
        return self.does(lambda register, context: revise.retarget(register, context, ref, to, reason, on))

    def add(self, area: str = "fancy", title: str | None = "Invented addition", **about: Any) -> Decision:
        new = NewMeasure(area=area, title={"en": title, **about.pop("other_titles", {})}, **about)
        return self.does(lambda register, context: add_measure.add_measure(register, context, new))

    def add_body(self, code: str = "XNN", side: str = "hk", name: str | None = "Invented Newcomer") -> Decision:
        names: dict[str, str | None] = {"en": name, "zh-Hant": None}
        return self.does(lambda register, context: reference_data.add_body(register, context, code, side, names))

    def undo(
        self,
        typed: str | int | None = None,
        reason: str | None = "invented reason",
        confirmed: Collection[str] | None = None,
    ) -> Decision:
        named = None if typed is None else str(typed)
        return self.does(lambda register, context: undo.undo(register, context, named, reason, confirmed))

    def amend(self, typed: str | int | None = None, **corrected: Any) -> Decision:
        named = None if typed is None else str(typed)
        return self.does(lambda register, context: amend.amend(register, context, named, StatusUpdate(**corrected)))

    def keep_copy(self, copy: Copy, ref: str = REF, number: int = 1) -> Decision:
        return self.does(lambda register, context: keep_copy.keep_copy(register, context, ref, number, copy))

    def add_key(self, body: str, key: PublicKey, since: Day | None = None, until: Day | None = None) -> Decision:
        return self.does(lambda register, context: keys.add_key(register, context, body, key, since, until))

    def revoke_key(self, fingerprint: str, on: Day | None = None, reason: str | None = None) -> Decision:
        return self.does(lambda register, context: keys.revoke_key(register, context, fingerprint, on, reason))

    def adopt(self, plenary: int, *measures: adopt_measures.AgreedMeasure, documents: Sequence[str] = ()) -> Decision:
        titles: list[dict[str, str | None]] = [{"en": title} for title in documents]
        return self.does(
            lambda register, context: adopt_measures.adopt_measures(register, context, plenary, measures, titles)
        )

    def refresh(self, shipped: Register) -> Decision:
        return self.does(lambda register, context: refresh.refresh(register, context, shipped))

    def add_plenary(self, number: int = 7, held: str = "2020-03-01") -> Decision:
        return self.does(
            lambda register, context: reference_data.add_plenary(register, context, number, day(held), None, ())
        )

    def open_round(self, name: str = "2022H1", due: str = "2029-06-30") -> Decision:
        return self.does(lambda register, context: reference_data.open_round(register, context, name, day(due)))

    def close_round(self, name: str = "2022H1") -> Decision:
        return self.does(lambda register, context: reference_data.close_round(register, context, name))

    def name(self, origin: str) -> Decision:
        return self.does(lambda register, context: naming.name_register(register, context, origin))

    def merge(self, copy: "Desk", origin: str | None = None) -> Decision:
        return self.does(lambda register, context: merge(register, context, copy.register, "copy.json", origin))

    def merge_fork(self, fork: "Desk") -> Decision:
        return self.does(lambda register, context: merge_forks(register, context, fork.register, "fork.json"))

    def owners(self, ref: str = REF) -> list[str]:
        return [each["body"] for each in self.stands(ref).owners]

    def stands(self, ref: str = REF, as_of: str | None = None) -> Standing:
        register = self.register
        measure = register.measure(ref)
        assert measure is not None
        return register.standing(measure, as_of or self.today)
