"""What a stored entry must look like: every entry read from a file passes here when it is decoded."""

from collections.abc import Callable, Mapping
from typing import Any

from hkshcc.register.dates import is_day, is_stamp
from hkshcc.register.model import PAYLOAD_TYPES, Entry, Round
from hkshcc.register.vocabulary import EVIDENCE_KINDS, LANGUAGES, PRECISIONS, SIDES, Event, Kind, Status


class InvalidEntryError(ValueError):
    """An entry is not of the register's form; the message says which and why."""


_LARGEST = 10**9  # numbers of plenaries, paragraphs, counts: all far below it


def _text(value: object) -> bool:
    return isinstance(value, str)


def is_code(value: object) -> bool:
    """Say whether it can be a code: a word on the command line, and a file's name."""
    return isinstance(value, str) and value.isascii() and value.replace("-", "").isalnum()


def _number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _names(value: object) -> bool:
    return isinstance(value, dict) and all(
        language in LANGUAGES and (text is None or isinstance(text, str)) for language, text in value.items()
    )


def _one_of(words: object) -> Callable[[object], bool]:
    allowed = frozenset(str(word) for word in words)  # type: ignore[attr-defined]  # a tuple or an enum's class
    return lambda value: isinstance(value, str) and value in allowed


def _shaped(**fields: Callable[[object], bool]) -> Callable[[object], bool]:
    items = [*fields.items()]

    def check(value: object) -> bool:
        if not isinstance(value, dict) or value.keys() != fields.keys():
            return False
        for name, allows in items:  # noqa: SIM110  a generator takes twice as long, and this is asked of every entry
            if not allows(value[name]):
                return False
        return True

    return check


def _list_of(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: isinstance(value, list) and all(check(item) for item in value)


def _or_null(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


_owner = _shaped(body=_text, basis=_one_of(("stated", "inferred")))
_target = _shaped(
    date=is_day, precision=_one_of(PRECISIONS), basis=_one_of(("stated", "implied")), note=_or_null(_text)
)
_evidence = _shaped(kind=_one_of(EVIDENCE_KINDS), source=_or_null(_text), locator=_text)

_ENTRY: Mapping[str, Callable[[object], bool]] = {
    "id": _text,
    "command": _text,
    "event": _one_of(Event),
    "recorded": is_stamp,
    "recorder": _text,
    "ref": _text,
    "on": is_day,
    "precision": _one_of(PRECISIONS),
    "by": _text,
    "side": _one_of((*SIDES, "both")),
    "status": _one_of(status for status in Status if status != Status.UNKNOWN),
    "remark": _text,
    "reason": _text,
    "next": _text,
    "attention": _text,
    "evidence": _list_of(_evidence),
    "without_evidence": _text,
    "target": _target,
    "added": _list_of(_owner),
    "dropped": _texts,
    "names": _texts,
    "thing": lambda value: isinstance(value, dict),
    "clock": is_stamp,
}
_TEXTS = frozenset(field for field, check in _ENTRY.items() if check is _text)
_ALWAYS = frozenset({"id", "command", "event", "recorded", "recorder"})
_NEEDED: Mapping[str, frozenset[str]] = {
    "agreed": _ALWAYS | {"ref", "on", "thing"},
    "finding": _ALWAYS | {"ref", "on"},
    "return": _ALWAYS | {"ref", "on", "by"},
    "revision": _ALWAYS | {"ref", "on", "reason"},
    "note": _ALWAYS | {"ref", "on", "remark"},
    "retraction": _ALWAYS | {"names"},
    "plenary": _ALWAYS | {"thing"},
    "area": _ALWAYS | {"thing"},
    "body": _ALWAYS | {"thing"},
    "instrument": _ALWAYS | {"thing"},
    "round": _ALWAYS | {"thing"},
    "exchange": _ALWAYS | {"thing"},
}
_THING: Mapping[str, Callable[[object], bool]] = {
    "number": _number,
    "plenary": _number,
    "date": is_day,
    "place": _or_null(_text),
    "co_chairs": _texts,
    "name": _names,
    "source": _or_null(_text),
    "areas_stated": _or_null(_number),
    "items_stated": _or_null(_number),
    "slug": _text,
    "code": is_code,
    "short": _names,
    "note": _or_null(_text),
    "side": _one_of(SIDES),
    "ref": _text,
    "area": _text,
    "kind": _one_of(Kind),
    "title": _names,
    "summary": _or_null(_text),
    "owners": _list_of(_owner),
    "target": _or_null(_target),
    "paragraph": _or_null(_number),
    "sha256": _or_null(_text),
    "timing": _or_null(_text),
    "organisations": _texts,
    "signatories": _texts,
    "related": _texts,
    "annex": _or_null(_text),
    "opened": is_day,
    "due": is_day,
    "closed": _or_null(is_day),
    "alias": _or_null(_text),
    "received": _texts,
    "entries": _number,
    "fingerprint": _text,
}


_ROUND = {**_THING, "name": _text}  # a round is called the same in every language


def decode(number: int, stored: object) -> Entry:
    """Read a stored entry. Raises ShapeError where it has a field, a type or a word that no entry has."""
    if not isinstance(stored, dict):
        raise InvalidEntryError(f"entry {number} is not an object")
    for field, value in stored.items():
        # Most fields are free text, and this is asked of every field of every entry.
        if field in _TEXTS and type(value) is str:
            continue
        check = _ENTRY.get(field)
        if check is None:
            raise InvalidEntryError(f"entry {number} has a field «{field}» that no entry has")
        if not check(value):
            raise InvalidEntryError(f"entry {number} has a wrong «{field}»")
    needed = _NEEDED[stored["event"]] if "event" in stored else _ALWAYS
    if not needed <= stored.keys():
        raise InvalidEntryError(f"entry {number} lacks «{min(needed - stored.keys())}»")
    if "thing" in stored:
        _check_thing(number, stored)
    if "evidence" in stored:
        # Read as it is said, whatever the order in which it was stored.
        stored["evidence"] = [
            {"kind": piece["kind"], "source": piece["source"], "locator": piece["locator"]}
            for piece in stored["evidence"]
        ]
    return Entry(number, **stored)


def _check_thing(number: int, stored: dict[str, Any]) -> None:
    form = PAYLOAD_TYPES.get(stored["event"])
    thing = stored["thing"]
    if form is None:
        raise InvalidEntryError(f"entry {number} has a «thing» that a {stored['event']} does not have")
    checks = _ROUND if form is Round else _THING
    for field, value in thing.items():
        if field not in form._fields or not checks[field](value):
            raise InvalidEntryError(f"entry {number} has a wrong «{field}» in its {stored['event']}")
    if missing := set(form._fields) - set(form._field_defaults) - thing.keys():
        raise InvalidEntryError(f"entry {number} lacks «{min(missing)}» in its {stored['event']}")
    if stored["event"] == "agreed" and thing["ref"] != stored["ref"]:
        raise InvalidEntryError(f"entry {number} agrees another measure than it names")
