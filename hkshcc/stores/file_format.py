"""The form of a store's file: what it says of itself, what a line means, how it is read and written.

One JSON file with two tables, as TinyDB lays them out: ``meta`` says what the file is, ``entries`` holds an entry on
each line, under its number:

    "256": {"chain": "00a5...", "entry": {"command":"...","event":"note",...}}

``entry`` is the entry's canonical JSON, the very bytes that the chain hashes (see `register.chain`); ``chain`` is the
chain's value after it. Reading a file computes the whole chain from these bytes. An entry is decoded, and its fields
are checked, when it is first asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hkshcc.errors import RefusedError, StoreError
from hkshcc.language import _
from hkshcc.register.chain import START, canonical, links, sha256
from hkshcc.register.index import Outline
from hkshcc.register.model import Entry, encode
from hkshcc.register.validation import InvalidEntryError, decode, decode_all
from hkshcc.register.vocabulary import Event

FORMAT = "hkshcc register"
SCHEMA = 3  # 1 and 2 were never released
LARGEST = 1 << 22  # characters of one entry as JSON; the longest command line has half of that

_HEAD = f'{{"meta": {{"1": {{"format": "{FORMAT}", "schema": {SCHEMA}}}}},\n"entries": {{\n'.encode()
_BETWEEN, _END = b",\n", b"\n}}\n"
_BEFORE = b'"%d": {"chain": "%b", "entry": {'  # an entry's number, and the chain's value after it
_VALUE = 64  # hexadecimal digits of the chain's value
_BESIDE = _VALUE + len(b'", "entry": ')  # bytes from the value to the entry
_LONGER = frozenset(10**digits for digits in range(1, 10))  # numbers with a digit more than the one before
_TOGETHER = 1 << 18  # bytes of entries decoded at once: quicker than one by one, and little beside the largest entry
_NEXT, _CLOSE = b"}},\n", b"}}\n"
_PLACING = ('"event":"', '"id":"', '"on":"', '"ref":"')  # what an entry is placed by, without decoding it
_EVENTS = {str(event).encode(): str(event) for event in Event}

_decode = json.JSONDecoder().raw_decode


class UnsoundError(Exception):
    """The bytes are no register of this schema; the message says why, ``hint`` is the way out."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Take both as parts of a sentence, in the current language."""
        super().__init__(message)
        self.hint = hint


class StoredEntries(Sequence[Entry]):
    """The entries of a file in their order, its chain computed.

    ``broken_at`` is the number of the first entry that is not what was recorded under its number, None where all are.
    """

    def __init__(self, data: bytes, path: str) -> None:
        """Take a file's bytes, and its path for messages. Raises UnsoundError for what is not in the file's form."""
        self.data = data
        self.broken_at: int | None = None
        self._path = path
        self._bounds: list[tuple[int, int]] = []  # where each entry's JSON begins and ends
        self._decoded: dict[int, Entry] = {}
        self._last = self._verified()

    def _verified(self) -> str:
        """Find the entries, compute the chain over them, and return its last value."""
        data, hashed, value = self.data, sha256(len(self.data)), START.encode()
        if not data.startswith(_HEAD) or not data.endswith(_END):
            raise UnsoundError(_("the file is not in the format of a store"))
        at, last, number, width = len(_HEAD), len(data) - len(_END), 0, len(_BEFORE % (1, value)) - 1
        while at < last:
            number += 1
            width += number in _LONGER
            begin, stop = at + width, data.find(b"\n", at)
            end = stop - (2 if stop < last else 1)  # the last line has no comma
            value = hashed(value + data[begin:end]).hexdigest().encode()
            if not data.startswith(_BEFORE % (number, value), at):
                # Either the value is another, or the line has another form.
                found = data[begin - _BESIDE : begin - _BESIDE + _VALUE]
                if not data.startswith(_BEFORE % (number, found), at):
                    raise UnsoundError(_("the line of entry {number} is incomplete or damaged", number=number))
                self.broken_at = self.broken_at or number
            if not data.startswith(_NEXT if stop < last else _CLOSE, end - 1):
                raise UnsoundError(_("the line of entry {number} is incomplete or damaged", number=number))
            self._bounds.append((begin, end))
            at = stop + 1
        return value.decode()

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._bounds)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  as a list does
        """Return an entry, or a list of them for a slice. Raises StoreError for one that is not valid."""
        places = range(len(self))[at]  # raises the IndexError that ends a loop
        return self.at(places) if isinstance(places, range) else self.at((places,))[0]

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries."""
        for batch in self._batches(range(len(self))):
            yield from self.at(batch)

    def at(self, places: Sequence[int]) -> list[Entry]:
        """Return the entries at some places, counted from 0. Raises StoreError where one is none."""
        if missing := [at for at in places if at not in self._decoded]:
            try:
                self._decode(missing)
            except InvalidEntryError as error:
                raise StoreError(
                    _("the store {path} cannot be read: {problem}", path=self._path, problem=_short(error)),
                    hint=_("restore it from a copy"),
                ) from None
        return [self._decoded[at] for at in places]

    def _decode(self, places: Sequence[int]) -> None:
        for batch in self._batches(places):
            numbers = [at + 1 for at in batch]
            stored = [self.data[slice(*self._bounds[at])] for at in batch]
            entries = decode_all(numbers, [*map(_fields_of, numbers, stored)])
            self._decoded.update(zip(batch, entries, strict=True))

    def _batches(self, places: Sequence[int]) -> Iterator[list[int]]:
        batch, size = [], 0
        for at in places:
            begin, end = self._bounds[at]
            batch.append(at)
            size += end - begin
            if size >= _TOGETHER:
                yield batch
                batch, size = [], 0
        yield batch

    def decode_all(self) -> None:
        """Decode every entry. Raises UnsoundError where one is none, or is not in canonical form."""
        try:
            self._decode(range(len(self)))
        except InvalidEntryError as error:
            raise UnsoundError(_short(error)) from None
        if found := self.irregular():
            raise UnsoundError(_("entry {number} is not in canonical form (a repeated key?)", number=found[0]))

    def value(self, number: int) -> str:
        """Return the chain's value after an entry, computed from the stored bytes."""
        if number == len(self):
            return self._last
        hashed, value = sha256(len(self.data)), START
        for begin, end in self._bounds[:number]:
            value = hashed(value.encode() + self.data[begin:end]).hexdigest()
        return value

    def stored_value(self, number: int) -> str:
        """Return the chain's value that the file holds beside an entry."""
        if not number:
            return START
        start = self._bounds[number - 1][0] - _BESIDE
        return self.data[start : start + _VALUE].decode("ascii", "replace")

    def line(self, number: int) -> bytes:
        """Return an entry's line as it stands, without its line end."""
        start = self._bounds[number - 2][1] + len(_NEXT) - 1 if number > 1 else len(_HEAD)
        return self.data[start : self._bounds[number - 1][1] + 1]

    def outlines(self) -> Iterator[Outline]:
        """Yield what places each entry in the register, without decoding it."""
        data = self.data
        for at, (begin, end) in enumerate(self._bounds):
            outline = _outline(data[begin:end])
            if outline is None:
                entry = self[at]
                outline = (entry.event, entry.ref, entry.id, entry.on or "")
            yield outline

    def irregular(self) -> list[int]:
        """Return the numbers of entries that are not in canonical form: a key twice, or out of its order."""
        texts = (self.data[begin:end].decode() for begin, end in self._bounds)
        return [number for number, text in enumerate(texts, start=1) if canonical(json.loads(text)) != text]


def _outline(stored: bytes) -> Outline | None:
    """Find what places an entry in its canonical JSON; None where a text had to be escaped.

    A key stands in its own place alone there: a quotation mark within a text is escaped.
    """
    rest = stored.partition(b'"event":"')[2]
    event, _quote, rest = rest.partition(b'"')
    before, is_ref, after = rest.partition(b'"ref":"')
    ref = after.partition(b'"')[0] if is_ref and b'"thing":' not in before else b""
    name = on = b""
    if event == b"agreed":
        name = before.partition(b'"id":"')[2].partition(b'"')[0]
        on = before.partition(b'"on":"')[2].partition(b'"')[0]
    if event not in _EVENTS or b"\\" in ref or b"\\" in name:
        return None
    try:
        return _EVENTS[event], ref.decode() or None, name.decode(), on.decode()
    except UnicodeDecodeError:
        return None


def _fields_of(number: int, stored: bytes) -> dict[str, Any]:
    """Decode an entry's canonical JSON. Raises InvalidEntryError for what is none."""
    if len(stored) > 4 * LARGEST:  # UTF-8 has at most four bytes a character
        raise InvalidEntryError(_("entry {number} has more than {most} characters", number=number, most=LARGEST))
    fields: dict[str, Any]
    try:
        text = stored.decode()
        fields, end = _decode(text)
    except UnicodeDecodeError:
        raise InvalidEntryError(_("entry {number} is not UTF-8", number=number)) from None
    except (ValueError, RecursionError):
        raise InvalidEntryError(_("entry {number} is not valid JSON", number=number)) from None
    # Most of what is not canonical is told from this without encoding it again: a key twice that places the entry,
    # and an escape that may stand for half a character. `check` looks for the rest.
    count, own = text.count, text.find('"thing":') if "thing" in fields else end
    suspect = end != len(text) or "\\u" in text
    for key in _PLACING:
        suspect = suspect or count(key, 0, own) > 1
    if suspect and canonical(fields) != text:
        raise InvalidEntryError(_("entry {number} is not in canonical form", number=number))
    return fields


def line_of(number: int, chain: str, fields: Mapping[str, Any]) -> bytes:
    """Return the line of an entry with these fields. Raises RefusedError for one that could not be read again."""
    text = canonical(fields)
    if len(text) > LARGEST:
        raise RefusedError(
            _("an entry cannot have more than {most} characters", most=LARGEST), hint=_("shorten the text")
        )
    try:
        stored = text.encode()
    except UnicodeEncodeError:
        raise RefusedError(_("a text that is not valid Unicode cannot be recorded"), hint=_("type it again")) from None
    decode(number, _fields_of(number, stored))
    return joined(number, chain, stored)


def joined(number: int, chain: str, stored: bytes) -> bytes:
    """Return the line of an entry from its canonical JSON, and the chain's value after it (64 hexadecimal digits)."""
    return b"".join((_BEFORE % (number, chain.encode()), stored[1:], b"}"))


def file_of(lines: Iterable[bytes]) -> bytes:
    """Return a file of these lines."""
    return b"".join((_HEAD, _BETWEEN.join(lines), _END))


def with_more(stored: StoredEntries, entries: Sequence[Entry]) -> bytes:
    """Return a file of the entries that are stored, and more after them."""
    last = len(stored)
    lines = [stored.line(number) for number in range(1, last + 1)]
    values = links(entries, stored.value(last))
    lines += [
        line_of(last + at, value, encode(entry))
        for at, (entry, value) in enumerate(zip(entries, values, strict=True), start=1)
    ]
    return file_of(lines)


def _short(error: InvalidEntryError) -> str:
    """Return what is wrong with an entry; a damaged file may have made it any length."""
    return str(error)[:200]
