"""What the file of a store holds, and how it is laid out.

One JSON file with two tables: ``meta`` says what the file is, ``entries`` holds each entry under its number, on a line
of its own, with the hash chain's value after it as ``chain``. From schema 2 on, ``meta`` has in ``sum`` the CRC-32 of
all that follows it (8 hexadecimal digits). A file whose sum holds is byte for byte as hkshcc wrote it, when each entry
was checked: its entries are decoded only when they are asked for. Any other file is read and checked to the last byte,
and one that was changed outside, as its chain tells, never gets a sum again.
"""

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from json import JSONDecoder
from typing import Any, NamedTuple
from zlib import crc32

from hkshcc.errors import StoreError
from hkshcc.register.chain import links
from hkshcc.register.model import Entry, encode
from hkshcc.register.register import Outline
from hkshcc.stores.schema import FORMAT, SCHEMA

_ENTRIES, _BETWEEN, _END = b'"entries": {\n', b",\n", b"\n}}\n"
_BEGIN = re.compile(
    rb'\{"meta": \{"1": \{"format": "hkshcc register", "schema": 2, "sum": "([0-9a-f]{8})"\}\},\n("entries": \{\n)'
)
_OUTLINE = re.compile(
    rb'"\d+": \{"id": "([^"\\]*)", "command": "[^"\\]*", "event": "([a-z]+)", "recorded": "[^"\\]*",'
    rb' "recorder": "(?:[^"\\]|\\.)*"(?:, "ref": "([^"\\]*)"|(?!, "ref":))'
)
_LINE_END = re.compile(rb"\n")
_VALUE = len('"') + 64 + len('"}')  # what a line ends in: the chain's value
_decode = JSONDecoder().raw_decode


class Content(NamedTuple):
    """What a file holds: its entries, and the chain's value beside each. ``as_written``: its sum holds."""

    entries: Sequence[Entry]
    chain: Sequence[str]
    schema: int
    as_written: bool

    @property
    def sound(self) -> bool:
        """Whether the chain is that of the entries."""
        return self.as_written or self.chain == list(links(self.entries))

    def body(self) -> bytes | memoryview:
        """Return the lines of the entries: as they stand, or laid out as they should be."""
        if isinstance(self.entries, Lines):
            return self.entries.body
        from hkshcc.stores.strict import line  # noqa: PLC0415  only a file that was laid out by others wants it

        numbered = enumerate(zip(self.entries, self.chain, strict=True), start=1)
        return _BETWEEN.join(line(number, {**encode(entry), "chain": value}) for number, (entry, value) in numbered)


class Lines(Sequence[Entry]):
    """The entries of a file that is as hkshcc wrote it, each decoded when it is first asked for."""

    def __init__(self, data: bytes, begin: int, end: int) -> None:
        self._data, self._begin, self._end = data, begin, end
        self._decoded: dict[int, Entry] = {}
        # Line ends stand between entries alone: within one they are escaped.
        ends = [found.end() for found in _LINE_END.finditer(data, begin, end)]
        self._starts = [begin, *ends] if begin < end else []
        self._starts.append(end + len(_BETWEEN))  # where one more line would begin

    @property
    def body(self) -> memoryview:
        """The lines as they stand."""
        return memoryview(self._data)[self._begin : self._end]

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._starts) - 1

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  as a list does
        """Return an entry, or a list of them for a slice."""
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        if at < 0:
            at += len(self)
        if at not in self._decoded:
            self._decoded[at] = self._entry(at)
        return self._decoded[at]

    def _entry(self, at: int) -> Entry:
        end = self._starts[at + 1] - len(_BETWEEN)  # raises the IndexError that ends a loop
        try:
            start = self._data.index(b"{", self._starts[at], end)
            fields = _decode(self._data[start:end].decode())[0]
            del fields["chain"]
            return Entry(at + 1, **fields)
        except (ValueError, TypeError, KeyError):
            raise StoreError(f"entry {at + 1} of the store is damaged; restore the store from a copy") from None

    def outlines(self) -> Iterator[Outline]:
        """Yield what places each entry, without decoding it."""
        for at in range(len(self)):
            found = _OUTLINE.match(self._data, self._starts[at])
            if found is None:  # an id or a ref that had to be escaped
                entry = self[at]
                yield entry.id, entry.event, entry.ref
            else:
                name, event, ref = found.groups()
                yield name.decode(), event.decode(), ref.decode() if ref is not None else None

    def value(self, at: int) -> str:
        """Return the chain's value beside an entry."""
        end = self._starts[at + 1] - len(_BETWEEN)
        return self._data[end - _VALUE + 1 : end - 2].decode()


class Values(Sequence[str]):
    """The chain's values beside the entries of a file that is as hkshcc wrote it."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines

    def __len__(self) -> int:
        """Return how many values there are."""
        return len(self._lines)

    def __getitem__(self, at: Any) -> Any:  # noqa: ANN401  as a list does
        """Return a value, or a list of them for a slice."""
        if isinstance(at, slice):
            return [self[index] for index in range(*at.indices(len(self)))]
        return self._lines.value(at + len(self) if at < 0 else at)


def laid_out(lines: Sequence[bytes | memoryview], *, summed: bool) -> list[bytes | memoryview]:
    """Return a file of these lines, in parts, with its sum where its entries are as they were recorded."""
    body = [_ENTRIES, *(part for line in lines if line for part in (line, _BETWEEN)), _END]
    if len(body) > 2:
        del body[-2]  # nothing stands between the last and the end
    found = reduce(lambda value, part: crc32(part, value), body, 0)
    told = f"{found:08x}" if summed else ""
    head = f'{{"meta": {{"1": {{"format": "{FORMAT}", "schema": {SCHEMA}, "sum": "{told}"}}}},\n'
    return [head.encode(), *body]


def content_of(data: bytes) -> Content:
    """Read a file's bytes. Raises UnsoundError for whatever is not a register of a schema known here."""
    found = _BEGIN.match(data)
    if not (found and data.endswith(_END) and crc32(memoryview(data)[found.start(2) :]) == int(found[1], 16)):
        from hkshcc.stores.strict import read_strictly  # noqa: PLC0415  a file that was written here needs no such check

        return Content(*read_strictly(data), as_written=False)
    lines = Lines(data, found.end(), len(data) - len(_END))
    return Content(lines, Values(lines), SCHEMA, as_written=True)
