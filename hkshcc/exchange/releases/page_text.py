"""The text of a release: from a file's bytes to its lines, whatever the encoding, plain or HTML."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple
from unicodedata import normalize

from hkshcc.errors import HkshccError
from hkshcc.exchange.optional import requires
from hkshcc.language import N_, _
from hkshcc.text import visible, width

MOST_BYTES = 2_000_000  # a release has 20 thousand, its page 100 thousand
_MOST_LINES = 3000  # that say something; a release has a hundred
_MAGIC = {
    b"PK\x03\x04": N_("a ZIP archive or an Office file"),
    b"%PDF": N_("a PDF"),
    b"\xd0\xcf\x11\xe0": N_("an old Office file"),
    b"{\\rtf": N_("an RTF document"),
    b"\x89PNG": N_("a picture"),
    b"\xff\xd8\xff": N_("a picture"),
}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# What a Chinese text about the two cities is full of; tells GB18030 and Big5 apart, whose bytes look alike.
_COMMON = frozenset("的和及在合作香港上海會議会议兩两地“”‘’發展发展經濟经济與与政府加強强推動动，。、")
ITEM = "\u25e6 "  # stands before an item of a page's list, which is no heading
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|div|p|span|br|h1|table)\b[^>]{0,500}>", re.IGNORECASE)
_BLOCKS = frozenset({
    "p", "div", "br", "li", "td", "th", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "hr",
    "article", "blockquote", "header", "footer", "nav", "main", "pre", "dd", "dt", "dl", "figure", "figcaption",
    "body", "center",
})  # fmt: skip
_STRONG = frozenset({"b", "strong", "u", "h2", "h3", "h4", "h5", "h6"})
_SKIPPED = frozenset({"head", "script", "style", "noscript", "template", "title", "select", "textarea"})


class ReleaseLine(NamedTuple):
    """A line of a release: its number, its text as it stands, and whether all of it is in bold.

    In a plain file it is the number of the file's line; on a web page, whose source may be one line, that of the line
    of text, empty ones not counted.
    """

    number: int
    text: str
    strong: bool = False


class ReleasePage(NamedTuple):
    """A release as lines. On a web page the title and what follows the release are known by their places."""

    lines: Sequence[ReleaseLine]
    title: str | None = None
    footer: Sequence[ReleaseLine] = ()


def page_of(data: bytes, name: str) -> ReleasePage:
    """Read a release's bytes. Raises HkshccError, which names the file, for what is no text."""
    if len(data) > MOST_BYTES:
        raise HkshccError(
            _("{file} is longer than {size} MB, too long for a release", file=name, size=MOST_BYTES // 1_000_000),
            hint=_("name a file with the text of the release alone"),
        )
    text = decoded(data, name)
    if not any(character.isalnum() for character in text):
        raise _no_text(name)
    marked_up = name.lower().endswith((".htm", ".html", ".xhtml")) or text.lstrip()[:1] == "<"
    if marked_up and _MARKUP.search(text):
        return _from_html(text, name)
    lines = _lines(text)
    _check_length(lines, name)
    return ReleasePage(_unwrapped(lines))


def _no_text(name: str) -> HkshccError:
    return HkshccError(_("{file} contains no text", file=name), hint=_("name a file that contains a release"))


def _check_length(lines: Sequence["ReleaseLine"], name: str) -> None:
    if sum(bool(line.text.strip()) for line in lines) > _MOST_LINES:
        raise HkshccError(
            _("{file} has more than {count} lines, too many for a release", file=name, count=_MOST_LINES),
            hint=_("name a file with the text of the release alone"),
        )


def decoded(data: bytes, name: str, way_out: str = N_("save the release as plain text or HTML")) -> str:
    """Return text in UTF-8, UTF-16, GB18030 or Big5. Raises HkshccError for anything else, saying what it is.

    ``way_out`` is a message that is marked and not yet translated.
    """
    for start, what in _MAGIC.items():
        if data.startswith(start):
            raise HkshccError(_("{file} is {what}, not text", file=name, what=_(what)), hint=_(way_out))
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, name, way_out)
    if b"\0" in data:
        return _strictly(data, _wide(data, name, way_out), name, way_out)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _older(data, name)


def _strictly(data: bytes, encoding: str, name: str, way_out: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise HkshccError(
            _("{file} is not valid {encoding} (line {line})", file=name, encoding=encoding.upper(), line=line),
            hint=_("save it again as UTF-8"),
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise _not_text(name, line, way_out)
    return text


def _not_text(name: str, line: int, way_out: str) -> HkshccError:
    message = _("{file} is not text: line {line} contains a NUL character", file=name, line=line)
    return HkshccError(message, hint=_(way_out))


def _wide(data: bytes, name: str, way_out: str) -> str:
    """Return which UTF-16 it is that came without a mark: the one in which nearly all is ASCII or Chinese."""
    best, most = "", 0.9
    for encoding in ("utf-16-le", "utf-16-be"):
        text = data.decode(encoding, "replace")
        usual = sum(sign in "\t\r\n" or " " <= sign <= "~" or "\u2e80" <= sign <= "\u9fff" for sign in text)
        usual += sum("\uff01" <= sign <= "\uff5e" or "\u2010" <= sign <= "\u2026" or sign == "\xa0" for sign in text)
        if usual > most * len(text):
            best, most = encoding, usual / len(text)
    if best:
        return best
    line = data[: data.index(b"\0")].count(b"\n") + 1
    raise _not_text(name, line, way_out)


def _older(data: bytes, name: str) -> str:
    best, most = "", 0.0
    for encoding in ("gb18030", "big5hkscs"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        chinese = [character for character in text if ord(character) > 0x7F]
        share = sum(character in _COMMON for character in chinese) / max(1, len(chinese))
        if share > most:
            best, most = text, share
    if most > 0.02:
        return best
    # English with the curly quotes of Windows: hardly a byte beyond ASCII.
    if sum(byte > 0x7F for byte in data) * 20 < len(data):
        return data.decode("cp1252", "replace")
    raise HkshccError(_("{file} is not in UTF-8, UTF-16, GB18030 or Big5", file=name), hint=_("save it again as UTF-8"))


def _lines(text: str) -> list[ReleaseLine]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return [ReleaseLine(number, line) for number, line in enumerate(text.split("\n"), start=1)]


# Lines that a mail program broke


_LONGEST_BROKEN = 100  # columns
_WHOLE = '.。:：;；!?！？"”」'


def _unwrapped(lines: list[ReleaseLine]) -> list[ReleaseLine]:
    """Join lines that were broken at a width, where nearly all long lines of the text were."""
    widths = [width(line.text) for line in lines]
    full = [index for index, columns in enumerate(widths) if columns >= 55]
    broken = [index for index in full if not lines[index].text.rstrip().endswith(tuple(_WHOLE))]
    if len(full) < 6 or max(widths) > _LONGEST_BROKEN or len(broken) * 2 < len(full):
        return lines
    joined: list[ReleaseLine] = []
    previous = 0
    for line, columns in zip(lines, widths, strict=True):
        # A line goes on from one that was full, unless it begins further in or with a mark of its own.
        if joined and previous * 4 >= 3 * max(widths) and line.text[:1].strip() and line.text[0].isalnum():
            joined[-1] = joined[-1]._replace(text=_joined(joined[-1].text, line.text))
        else:
            joined.append(line)
        previous = 0 if line.text.rstrip().endswith(tuple(_WHOLE)) and columns < max(widths) * 0.9 else columns
    return joined


def _joined(first: str, second: str) -> str:
    first = first.rstrip()
    between = "" if first[-1:] > "\u2e80" and second[:1] > "\u2e80" else " "
    return first + between + second


# Web pages


class _Piece(NamedTuple):
    text: str
    strong: bool
    inside: bool


_BREAK = _Piece("\n", strong=False, inside=False)


def _from_html(text: str, name: str) -> ReleasePage:
    with requires("lxml", _("reading the HTML file {file}", file=name)):
        from lxml import etree  # noqa: PLC0415  plain text does without
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise HkshccError(
            _("{file} cannot be read as HTML ({why})", file=name, why=error), hint=_("save it as plain text")
        ) from None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        raise HkshccError(_("{file} is nested too deeply for a web page", file=name), hint=_("save it as plain text"))
    if root is None:
        raise _no_text(name)
    headline = root.xpath('//*[@id="PRHeadlineSpan"]') or root.xpath("//h1") or root.xpath("//head/title")
    body = root.xpath('//*[@id="pressrelease"]')
    title = " ".join("".join(headline[0].itertext()).split()) if headline else ""
    lines, after = _page_lines(list(_pieces(etree.iterwalk(root, events=("start", "end")), body)))
    if not lines:
        raise _no_text(name)
    _check_length(lines, name)
    return ReleasePage(lines, title or None, after[:_MOST_LINES])


def _pieces(walk: Any, body: Any) -> Iterator[_Piece]:  # noqa: ANN401  lxml has no types
    """Yield the page's text in order, a break where a line ends. Without elements of a ``body`` all is the release."""
    strong, inside, seen = 0, not body, False
    for event, element in walk:
        tag = element.tag
        if tag in _BLOCKS or element in body:
            yield _BREAK
        if event == "start":
            strong += tag in _STRONG
            if element in body:
                inside = seen = True
            if tag in _SKIPPED:
                walk.skip_subtree()
                continue
            said = (ITEM if tag == "li" else "") + (element.text or "")
        else:
            strong -= tag in _STRONG
            if element in body:
                inside = False
            said = element.tail or ""
        if said and (inside or seen):
            yield _Piece(said, strong > 0, inside)


def _page_lines(pieces: Sequence[_Piece]) -> tuple[list[ReleaseLine], list[ReleaseLine]]:
    lines: list[ReleaseLine] = []
    after: list[ReleaseLine] = []
    for breaks, group in groupby(pieces, key=lambda piece: piece is _BREAK):
        said = list(group)
        text = " ".join("".join(piece.text for piece in said).split(" "))
        if breaks or not text.strip():
            continue
        words = [piece for piece in said if piece.text.strip(f" \t\r\n\xa0\u3000:：{ITEM}")]
        strong = bool(words) and all(piece.strong for piece in words)
        line = ReleaseLine(len(lines) + len(after) + 1, " ".join(text.split()), strong)
        (lines if said[0].inside else after).append(line)
    return lines, after


# What a paragraph is, whatever its layout


def bare(text: str) -> str:
    """Return the text as words are looked for in it: NFKC, hyphens alike, nothing that cannot be seen."""
    text = normalize("NFKC", text).replace("\u2010", "-").replace("\u2011", "-")
    return " ".join(visible(text).split())
