"""A file that the tool printed, of unknown hands: its text, and the lines in which it differs from another."""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import unescape
from itertools import zip_longest
from zipfile import BadZipFile, ZipFile

from hkshcc.errors import RefusedError
from hkshcc.language import _
from hkshcc.reports.redrawn import Difference

LARGEST = (
    20 << 20
)  # bytes of a file, and of all that is packed in it; a report of ten thousand measures has eight million
_CLOSEST = 3_000  # lines that are compared with every other; of more, each is with the one in its place
_WORD = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
# In a part of a Word document: a run's text, a hyphen within a ref; what ends a paragraph, a line or a cell.
_WORD_TEXT = re.compile(r"<w:t(?: [^<>]*)?>([^<>]*)</w:t>|<w:noBreakHyphen ?/>|</w:p>|<w:br ?/>|<w:tab ?/>")


def text_of(data: bytes, file: str) -> str:
    r"""Return a file's text, of a Word document that of its paragraphs; what is not UTF-8 as ``\x`` escapes.

    Raises RefusedError for one that is packed and cannot be read.
    """
    if data.startswith(b"PK\x03\x04"):
        return _word_text(data, file)
    return data.decode("utf-8", "backslashreplace").removeprefix("\ufeff").replace("\r\n", "\n")


def _word_text(data: bytes, file: str) -> str:
    """Read a Word document's text without an XML parser, which a hostile one might keep busy."""
    parts = dict(_parts(data, file))
    packed = [parts[name].decode("utf-8", "backslashreplace") for name in sorted(parts) if _WORD.fullmatch(name)]
    if not packed:
        raise RefusedError(_("{file} is not a report: it is a packed file of another kind", file=file))
    return "\n".join(_paragraphs(part) for part in packed)


def _parts(data: bytes, file: str) -> list[tuple[str, bytes]]:
    """Return the parts of a packed file by their names, of which one may occur twice. Raises RefusedError."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > LARGEST:
                raise RefusedError(_("{file} is larger than {most} MB; no report is", file=file, most=LARGEST >> 20))
            # No more is unpacked than the archive says that there is.
            return [(part.filename, archive.read(part)) for part in parts]
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as error:
        raise RefusedError(_("{file} is damaged", file=file)) from error


def parts_that_differ(found: bytes, drawn: bytes, file: str) -> list[str]:
    """Return the names of the parts in which a packed file is not as it was drawn; none for a file that is not packed.

    What can be seen of a document is more than its text: where links lead, what is struck out or hidden, a comment.
    Raises RefusedError for one that cannot be read.
    """
    if found == drawn or not drawn.startswith(b"PK\x03\x04"):
        return []
    return sorted({name for name, _data in {*_parts(found, file)} ^ {*_parts(drawn, file)}})


def _paragraphs(part: str) -> str:
    return "".join(
        unescape(found[1]) if found[1] is not None else "-" if "Hyphen" in found[0] else "\n"
        for found in _WORD_TEXT.finditer(part)
    )


def differences(found: str, drawn: str) -> Iterator[Difference]:
    """Yield the lines of a text that are not as they were drawn, and those that are missing, in their order."""
    ours, theirs = found.split("\n"), drawn.split("\n")
    start = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), None)
    if start is None:
        start = min(len(ours), len(theirs))
    end = 0
    while end < min(len(ours), len(theirs)) - start and ours[-1 - end] == theirs[-1 - end]:
        end += 1
    yield from _between(ours[start : len(ours) - end], theirs[start : len(theirs) - end], start)


def _between(ours: Sequence[str], theirs: Sequence[str], before: int) -> Iterator[Difference]:
    """Yield what differs between lines that begin and end in different ones; ``before`` lines stand before them."""
    if max(len(ours), len(theirs)) > _CLOSEST:
        blocks = [(0, len(ours), 0, len(theirs))]
    else:
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        blocks = [block[1:] for block in matcher.get_opcodes() if block[0] != "equal"]
    for first, last, other_first, other_last in blocks:
        pairs = zip_longest(ours[first:last], theirs[other_first:other_last])
        for at, (one, other) in enumerate(pairs):
            if one != other:
                yield Difference(before + min(first + at, last) + 1, one, other)
