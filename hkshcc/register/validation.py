"""What a stored entry must look like: every entry read from a file passes here when it is decoded.

Many are checked at once, field by field: that takes half the time that one after the other would.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from hkshcc.language import LANGUAGES, _
from hkshcc.register.dates import is_day, is_stamp
from hkshcc.register.model import CRITERIA, FIELDS, PAYLOAD_TYPES, Entry, Evidence, Origin, Round
from hkshcc.register.vocabulary import EVIDENCE_KINDS, PRECISIONS, SIDES, Event, Kind, Status


class InvalidEntryError(ValueError):
    """An entry is not of the register's form; the message says which and why."""


_DIGEST = 64  # digits of a SHA-256
_LARGEST = 10**9  # numbers of plenaries, paragraphs, counts: all far below it

Check = Callable[[Sequence[Any]], bool]  # says whether each of these values is what it must be


def is_code(value: object) -> bool:
    """Return whether it can be a code: a word on the command line, and a file's name."""
    return isinstance(value, str) and value.isascii() and value.replace("-", "").isalnum()


def is_origin(value: object) -> bool:
    """Return whether it can be a register's name: capital letters and digits, a letter first, 12 at most."""
    longest = 12
    return (
        isinstance(value, str)
        and value.isascii()
        and value.isalnum()
        and value.isupper()
        and value[:1].isalpha()
        and len(value) <= longest
    )


def is_digest(value: object) -> bool:
    """Return whether it is a SHA-256 in 64 hexadecimal digits, which is safe as a file's name too."""
    return isinstance(value, str) and len(value) == _DIGEST and not set(value) - set("0123456789abcdef")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST


def _all_are(kind: type, values: Sequence[Any]) -> bool:
    return all(issubclass(found, kind) for found in set(map(type, values)))


def _each(check: Callable[[object], bool]) -> Check:
    return lambda values: all(map(check, values))


def _each_text(check: Callable[[object], bool]) -> Check:
    return lambda values: _text(values) and all(map(check, set(values)))  # many entries are of the same days


def _text(values: Sequence[Any]) -> bool:
    return _all_are(str, values)


def _object(values: Sequence[Any]) -> bool:
    return _all_are(dict, values)


def _names(values: Sequence[Any]) -> bool:
    return (
        _object(values)
        and set(LANGUAGES).issuperset(chain.from_iterable(values))
        and _or_null(_text)([text for value in values for text in value.values()])
    )


def _text_or_names(values: Sequence[Any]) -> bool:
    """Return whether each is a text by language, or one text as it was typed."""
    return _names([value for value in values if value is not None and not isinstance(value, str)])


def _criteria(values: Sequence[Any]) -> bool:
    """Return whether each has a text, or one by language, for what would count."""
    return (
        _object(values)
        and all("done_when" in value for value in values)
        and set(CRITERIA).issuperset(chain.from_iterable(values))
        and all(text is not None for value in values for text in value.values())
        and _text_or_names([text for value in values for text in value.values()])
    )


def _one_of(words: object) -> Check:
    allowed = frozenset(str(word) for word in words)  # type: ignore[attr-defined]  # a tuple or an enum's class
    return lambda values: _text(values) and allowed.issuperset(values)


def _shaped(also: Mapping[str, Check] | None = None, **fields: Check) -> Check:
    """Return the check of an object with just these fields, and those of ``also`` that it has."""
    needed, every = fields.keys(), {**fields, **(also or {})}

    def check(values: Sequence[Any]) -> bool:
        return (
            _object(values)
            and all(value.keys() == needed or needed <= value.keys() <= every.keys() for value in values)
            and all(allows([value[name] for value in values if name in value]) for name, allows in every.items())
        )

    return check


def _list_of(check: Check) -> Check:
    return lambda values: _all_are(list, values) and check([item for value in values for item in value])


def _or_null(check: Check) -> Check:
    return lambda values: check([value for value in values if value is not None])


def _true(values: Sequence[Any]) -> bool:
    return all(value is True for value in values)


def _means(values: Sequence[Any]) -> bool:
    """Return whether each says by ids what names mean."""
    return _object(values) and _text([text for value in values for text in value.values()])


_texts = _list_of(_text)
_day, _stamp, _code = _each_text(is_day), _each_text(is_stamp), _each_text(is_code)
_number = _each(_is_number)
_owner = _shaped(body=_text, basis=_one_of(("stated", "inferred")))
_target = _shaped(date=_day, precision=_one_of(PRECISIONS), basis=_one_of(("stated", "implied")), note=_or_null(_text))
_copy = _shaped(sha256=_each_text(is_digest), name=_text, bytes=_number)
_evidence = _shaped(
    {"title": _text, "read_on": _day, "archived": _text, "copy": _copy},
    kind=_one_of(EVIDENCE_KINDS),
    source=_or_null(_text),
    locator=_text,
)
_EVIDENCE = tuple(Evidence.__annotations__)
_METHODS = ("ssh", "cms")
_signature = _shaped({"sha256": _each_text(is_digest)}, method=_one_of(_METHODS), key=_text, value=_text)

_ENTRY: Mapping[str, Check] = {
    "id": _text,
    "command": _text,
    "event": _one_of(Event),
    "recorded": _stamp,
    "recorder": _text,
    "ref": _text,
    "on": _day,
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
    "thing": _object,
    "clock": _stamp,
    "nil": _true,
    "next_by": _day,
    "next_by_precision": _one_of(PRECISIONS),
    "criteria": _criteria,
    "agreed_by": _one_of((*SIDES, "both")),
    "origin": _each_text(is_origin),
    "place": _number,
    "after": _stamp,
    "means": _means,
    "internal": _true,
    "signature": _signature,
}
_ALWAYS = frozenset({"id", "command", "event", "recorded", "recorder"})
_NEEDED: Mapping[str, frozenset[str]] = {
    "agreed": _ALWAYS | {"ref", "on", "thing"},
    "finding": _ALWAYS | {"ref", "on"},
    "return": _ALWAYS | {"ref", "on", "by"},
    "revision": _ALWAYS | {"ref", "on", "reason"},
    "note": _ALWAYS | {"ref", "on", "remark"},
    "acceptance": _ALWAYS | {"ref", "on"},
    "criteria": _ALWAYS | {"ref", "on", "criteria"},
    "retraction": _ALWAYS | {"names"},
    "plenary": _ALWAYS | {"thing"},
    "area": _ALWAYS | {"thing"},
    "body": _ALWAYS | {"thing"},
    "instrument": _ALWAYS | {"thing"},
    "round": _ALWAYS | {"thing"},
    "exchange": _ALWAYS | {"thing"},
    "origin": _ALWAYS | {"thing", "origin", "place"},
    "key": _ALWAYS | {"thing"},
}
_THING: Mapping[str, Check] = {
    "number": _number,
    "plenary": _number,
    "date": _day,
    "place": _or_null(_text),
    "co_chairs": _list_of(_text_or_names),
    "name": _names,
    "source": _or_null(_text),
    "areas_stated": _or_null(_number),
    "items_stated": _or_null(_number),
    "slug": _text,
    "code": _code,
    "short": _names,
    "note": _or_null(_text),
    "side": _one_of(SIDES),
    "ref": _text,
    "area": _text,
    "kind": _one_of(Kind),
    "title": _names,
    "summary": _text_or_names,
    "owners": _list_of(_owner),
    "target": _or_null(_target),
    "paragraph": _or_null(_number),
    "sha256": _or_null(_text),
    "timing": _or_null(_text),
    "organisations": _texts,
    "signatories": _list_of(_text_or_names),
    "related": _texts,
    "annex": _text_or_names,
    "opened": _day,
    "due": _day,
    "closed": _or_null(_day),
    "alias": _or_null(_text),
    "received": _texts,
    "entries": _number,
    "fingerprint": _text,
    "origin": _or_null(_text),
    "before": _texts,
    "body": _text,
    "method": _one_of(_METHODS),
    "public": _text,
    "since": _day,
    "until": _or_null(_day),
    "revoked": _or_null(_day),
}


_NAMED = {**_THING, "name": _text}  # a round and a register are called the same in every language


def decode(number: int, stored: object) -> Entry:
    """Read a stored entry. Raises InvalidEntryError where it has a field, a type or a word that no entry has."""
    if not isinstance(stored, dict):
        raise InvalidEntryError(_("entry {number} is not an object", number=number))
    return _decode_alike([number], [stored])[0]


def decode_all(numbers: Sequence[int], stored: Sequence[dict[str, Any]]) -> list[Entry]:
    """Read stored entries, as ``decode`` reads one. Raises InvalidEntryError, which names the first that is none."""
    alike: dict[tuple[str, ...], list[int]] = {}
    for at, fields in enumerate(stored):
        alike.setdefault((str(fields.get("event")), *fields), []).append(at)
    decoded: dict[int, Entry] = {}
    try:
        for places in alike.values():
            entries = _decode_alike([numbers[at] for at in places], [stored[at] for at in places])
            decoded.update(zip(places, entries, strict=True))
    except InvalidEntryError:
        return [decode(number, fields) for number, fields in zip(numbers, stored, strict=True)]
    return [decoded[at] for at in range(len(stored))]


def _decode_alike(numbers: Sequence[int], stored: Sequence[dict[str, Any]]) -> list[Entry]:
    """Read entries of one event with the same fields. An error names the first of them, whichever it is."""
    number = numbers[0]
    columns: dict[str, list[Any]] = {}
    for field in stored[0]:
        check = _ENTRY.get(field)
        if check is None:
            raise InvalidEntryError(_("entry {number} has an unknown field '{field}'", number=number, field=field))
        columns[field] = [fields[field] for fields in stored]
        if not check(columns[field]):
            raise InvalidEntryError(_("entry {number} has a wrong '{field}'", number=number, field=field))
    needed = _NEEDED[stored[0]["event"]] if "event" in columns else _ALWAYS
    if not needed <= columns.keys():
        raise InvalidEntryError(_("entry {number} lacks '{field}'", number=number, field=min(needed - columns.keys())))
    if "thing" in columns:
        _check_things(number, stored[0]["event"], columns)
    if "evidence" in columns:
        # Read as it is said, whatever the order in which it was stored.
        columns["evidence"] = [
            [{key: piece[key] for key in _EVIDENCE if key in piece} for piece in pieces]
            for pieces in columns["evidence"]
        ]
    absent = repeat(None)
    return [*map(Entry._make, zip(numbers, *(columns.get(field, absent) for field in FIELDS), strict=False))]


def _check_things(number: int, event: str, columns: Mapping[str, Sequence[Any]]) -> None:
    form, things = PAYLOAD_TYPES.get(event), columns["thing"]
    if form is None:
        raise InvalidEntryError(
            _(
                "entry {number} has a field 'thing', which no entry of the kind '{event}' has",
                number=number,
                event=event,
            )
        )
    checks = _NAMED if form in {Round, Origin} else _THING
    for field in dict.fromkeys(chain.from_iterable(things)):
        if field not in form._fields or not checks[field]([thing[field] for thing in things if field in thing]):
            raise InvalidEntryError(
                _(
                    "entry {number} has a wrong '{field}' in its {event}",
                    number=number,
                    field=field,
                    event=event,
                )
            )
    needed = set(form._fields) - set(form._field_defaults)
    if missing := next((needed - thing.keys() for thing in things if not needed <= thing.keys()), None):
        raise InvalidEntryError(
            _(
                "entry {number} lacks '{field}' in its {event}",
                number=number,
                field=min(missing),
                event=event,
            )
        )
    if event == "agreed" and [thing["ref"] for thing in things] != columns["ref"]:
        raise InvalidEntryError(_("entry {number} records another measure than it names", number=number))
