"""What the keepers of registers that exchange do, at random: every command that records, and who it is recorded by."""

from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Any

from hkshcc.register.commands.adopt_measures import AgreedMeasure
from hkshcc.register.index import Register
from hkshcc.register.model import Copy
from hkshcc.register.openssh import read_public_key
from tests.register.build import agreed, draft, entries_of, numbered, owner
from tests.register.test_properties import Step
from tests.signers import invented_key

NAMES = ("HK", "SH", "TH")
MOST = 36  # steps of a history
# Each command that records something, by the verb that stands for it in a history.
EVERY: Mapping[str, str] = {
    "update": "report",
    "done": "report",
    "merge": "signed",  # each row of a form is recorded as a report, with the form's signature where it has one
    "accept": "accept",
    "note": "note",
    "assign": "assign",
    "retarget": "retarget",
    "add": "add",
    "undo": "undo",
    "amend": "amend",
    "criteria": "set_criteria",
    "evidence keep": "keep_copy",
    "import release": "adopt",
    "import measures": "adopt",
    "import register": "exchange",
    "merge-driver": "fork",
    "bodies add": "add_body",
    "bodies key add": "add_key",
    "bodies key revoke": "revoke_key",
    "plenary add": "add_plenary",
    "round open": "open_round",
    "round close": "close_round",
    "init": "refresh",
}

KEYS = [read_public_key(invented_key(number), "invented.pub") for number in (1, 2)]
_COPY = Copy(sha256="5" * 64, name="invented.pdf", bytes=7)
_DRAFT = agreed("8-FAN-2", title={"en": "Shipped later"})
# What newer versions of the tool ship, each all that the one before it did and more.
VERSIONS = [
    [],
    [
        draft("body", id="body-XNN", command="shipped", thing={"code": "XNN", "side": "hk", "name": {"en": "Shipped"}}),
        draft("finding", id="later-1", command="shipped", ref="8-INV-1", on="2021-06-01", status="in-progress"),
        _DRAFT,
        draft("finding", id="later-2", command="shipped", ref="8-FAN-2", on="2021-06-01", remark="Shipped too"),
    ],
    [draft("finding", id="later-3", command="shipped", ref="8-INV-1", on="2021-06-02", status="not-started")],
]


def shipped(version: int) -> Register:
    """Return the register that a version of the tool ships; 0 is the first."""
    later = [
        entry._replace(recorded=f"2021-06-0{number}T00:00:00+08:00", precision="day" if entry.on else None)
        for number, entries in enumerate(VERSIONS[: version + 1], start=1)
        for entry in entries
    ]
    first = entries_of()
    return Register([*first, *numbered(later, after=len(first))])


_REFS = ["8-INV-1", "8-INV-2a", "8-INV-2b", "8-IVT-1", "8-FAN-1", "8-FAN-2"]
_SAME_REFS = ["8-FAN-1", "8-FAN-1", "8-FAN-1-SH", "8-FAN-1-HK", "8-INV-1", "8-FAN-2"]
_BODIES = ["XBB", "XCC", "YSS", "XNN", "YNN"]
_SAME_BODIES = ["XBB", "XBB", "XNN", "XNN-SH", "XNN-HK", "YNN"]
_STATUSES = [None, "not-started", "in-progress", "continuing", "completed", "modified", "not-pursued"]
_EVIDENCE = [(), ("Invented Gazette",), ("https://example.org/a", "https://example.org/b")]


def _age(chance: Random) -> int:
    return chance.choice([0, 0, 1, 2, 3, chance.randint(4, 60)])


def _report(chance: Random) -> dict[str, Any]:
    return {
        "refs": [chance.choice(_REFS) for _ in range(chance.choice([1, 1, 2]))],
        "status": chance.choice(_STATUSES),
        "by": chance.choice([None, *_BODIES]),
        "side": chance.choice([None, None, "hk", "sh", "both"]),
        "remark": "Invented remark",
        "reason": "Invented reason",
        "next": chance.choice([None, "Invented step"]),
        "evidence": chance.choice(_EVIDENCE),
        "age": _age(chance),
    }


def _return(chance: Random) -> dict[str, Any]:
    """Return what a return says beside a status."""
    nil = chance.random() < 0.4
    return {
        "refs": ["8-INV-1"],
        "by": chance.choice(["XBB", "YSS"]),
        "next": None if nil else "A step",
        "attention": None if nil else chance.choice([None, "Delayed"]),
        "nil": nil,
        "internal": not nil and chance.random() < 0.5,
        "age": _age(chance),
    }


def _measures(chance: Random) -> list[AgreedMeasure]:
    area = chance.choice([("wild", "WLD"), ("fancy", "FAN")])
    parts = chance.choice([[""], ["a"], ["a", "b"]])
    title = chance.choice(["Entered", "Entered otherwise"])
    return [
        AgreedMeasure(*area, {"en": "Wild things"}, 3, part, {"en": title}, "continuing", [owner("XBB")])
        for part in parts
    ]


Arguments = Callable[[Random], dict[str, Any]]
# What makes several registers give one name to different things, and then speak of them.
_SAME_NAMES: Sequence[tuple[str, Arguments]] = [
    ("withdraw", lambda chance: {"event": chance.choice(["body", "agreed", "round", "key", "criteria", "return"])}),
    ("add", lambda chance: {"title": chance.choice(["One", "Another"]), "owners": (), "to": None}),
    ("body", lambda chance: {"code": chance.choice(["XNN", "YNN"]), "side": chance.choice(["hk", "sh"])}),
    *[("report", lambda chance: {
        "refs": [chance.choice(_SAME_REFS)], "by": chance.choice(_SAME_BODIES), "remark": "Told of it",
        "age": chance.randint(0, 3),
    })] * 3,
]  # fmt: skip
_RECORDING: Sequence[tuple[str, Arguments]] = [
    ("report", _report),
    ("report", _report),
    ("report", _return),
    ("report", lambda chance: {
        "refs": ["8-INV-1"], "status": "completed", "side": "both", "evidence": ("Invented Gazette",), "remark": "Done",
        "age": _age(chance),
    }),
    ("accept", lambda chance: {"refs": ["8-INV-1"], "age": chance.randint(0, 2)}),
    ("note", lambda chance: {
        "ref": chance.choice(_REFS), "text": "Invented", "internal": chance.random() < 0.3, "age": _age(chance),
    }),
    ("assign", lambda chance: {
        "ref": chance.choice(_REFS), "body": chance.choice(_BODIES), "instead_of": chance.choice([None, *_BODIES]),
        "age": _age(chance),
    }),
    ("retarget", lambda chance: {"ref": chance.choice(_REFS), "to": chance.randint(0, 900), "age": _age(chance)}),
    ("add", lambda chance: {"owners": chance.sample(_BODIES, 2), "to": chance.choice([None, 90, 700])}),
    ("add_body", lambda chance: {"code": chance.choice(_BODIES)}),
    ("add_plenary", lambda chance: {"number": chance.choice([7, 10])}),
    *[("open_round", lambda chance: {
        "name": chance.choice(["Spring", "spring", "Autumn"]), "due": chance.choice(["2029-06-30", "2029-12-31"]),
    })] * 2,
    *[("close_round", lambda chance: {"name": chance.choice(["Spring", "Spring", "Autumn"])})] * 2,
    ("set_criteria", lambda chance: {
        "ref": chance.choice(_REFS[:3]), "done_when": chance.choice(["Done", "Done otherwise"]),
        "agreed_by": chance.choice([None, "hk", "sh", "both"]),
    }),
    ("keep_copy", lambda chance: {
        "ref": chance.choice(["8-INV-1", *_REFS[:4]]), "copy": {**_COPY, "sha256": chance.choice("123456789") * 64},
    }),
    ("adopt", lambda chance: {"measures": _measures(chance), "document": chance.choice([None, "One", "Another"])}),
    *[("add_key", lambda chance: {"body": chance.choice(["XBB", "YSS"]), "key": chance.choice(KEYS)})] * 2,
    *[("revoke_key", lambda chance: {"key": chance.choice(KEYS), "age": chance.choice([None, 0, 1, 3])})] * 2,
    ("signed", lambda chance: {"by": chance.choice(["XBB", "YSS"]), "key": chance.choice(KEYS)}),
    ("amend", lambda chance: {
        "back": chance.choice([None, 0, 1, 2, 3, 5, 8]), "remark": "Amended",
        "status": chance.choice([None, None, "in-progress"]),
    }),
    *[("undo", lambda chance: {"back": chance.choice([None, None, 0, 1, 2, 3, 5, 8, chance.choice(_REFS)])})] * 2,
    ("refresh", lambda chance: {"version": chance.choice([1, 2])}),
]  # fmt: skip


def _step(chance: Random, steps: Sequence[tuple[str, Arguments]]) -> Step:
    verb, arguments = chance.choice(steps)
    return verb, arguments(chance)


def _turn(chance: Random, copies: int) -> Step:
    """Return what somebody does: exchanges, waits, meets a wrong clock, or records something."""
    match chance.choices(["record", "same", "exchange", "wait", "clock", "fork"], [50, 16, 16, 12, 3, 3])[0]:
        case "record":
            return _step(chance, _RECORDING)
        case "same":
            return _step(chance, _SAME_NAMES)
        case "exchange":
            return "exchange", {"other": chance.randint(1, copies)}
        case "wait":
            return "wait", {"days": chance.choice([0, 1, 1, 2, 4, 40])}
        case "clock":
            return "wrong_clock", {}
    return "fork", {"here": _step(chance, _RECORDING), "there": _step(chance, _RECORDING)}


def turns(chance: Random, copies: int) -> list[tuple[int, Step]]:
    """Return a history of so many registers: whose each step is, and what is done."""
    first = [_step(chance, _SAME_NAMES) for _ in range(chance.randint(2, 6))]
    then = [_turn(chance, copies) for _ in range(chance.randint(10, MOST - len(first)))]
    return [(chance.randrange(copies), step) for step in [*first, *then]]
