"""A release's lines made ready: the number or sign before each taken off, its words bared, how it is set off."""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize

from hkshcc.exchange.releases.counts import number
from hkshcc.exchange.releases.page_text import ReleaseLine, bare
from hkshcc.text import folded


class Row(NamedTuple):
    """A line made ready: its text, the text bared to look in, the number or sign before it, how it is set off."""

    line: int
    text: str
    bare: str
    mark: str = ""
    number: int | None = None
    set_off: bool = False
    gap: bool = False
    rule: bool = False


_MARK = re.compile(
    r"(?P<item>\u25e6\s?)|(?P<bullet>[•·‧●▪■◆○※]\s?|[*–—-]\s?(?=[^\W\d_]|[\"“「《(])|[*–—-]\s(?=\d))"
    r"|[(（](?P<round>\d{1,2}|[一二三四五六七八九十]{1,3})[)）]\s?"
    r"|[(（](?P<letter>[a-z]|[ivx]{1,4})[)）]\s(?!\d{4})"
    r"|[(（](?P<roman>[IVX]{1,4})[)）]\s?(?=[A-Z])|(?P<capital>[A-Z]|[IVX]{2,4})\.\s(?=[A-Z])"
    r"|(?P<digits>\d{1,2})(?:[)、．]\s?|\.(?=\s|[^\W\d_a-zA-Z]|[A-Z《「『“\"])\s?)"
    r"|(?P<han>[一二三四五六七八九十]{1,3})[、．.]\s?"
    r"|(?P<circled>[①-⑳])\s?|(?P<section>§{1,2}\s?|#{1,6}\s)"
)


def digest(text: str) -> str:
    """Return a paragraph's SHA-256: of its text after Unicode NFKC, white space folded to single spaces."""
    return sha256(" ".join(normalize("NFKC", text).split()).encode("utf-8", "surrogatepass")).hexdigest()


def rows_of(lines: Iterable[ReleaseLine]) -> list[Row]:
    """Return the lines that say something; a rule is taken for the underlining of the line above it where it is one."""
    rows: list[Row] = []
    gap = False
    for line in lines:
        text = folded(line.text)
        if not text:
            gap = True
            continue
        if not any(sign.isalnum() for sign in text):
            if rows and not gap and not rows[-1].rule and not is_starred(text) and len(rows[-1].bare) <= 160:
                rows[-1] = rows[-1]._replace(set_off=True)
            else:
                rows.append(Row(line.number, text, text, gap=gap, rule=True))
        else:
            rows.append(_row(line, text)._replace(gap=gap))
        gap = False
    return rows


def is_starred(text: str) -> bool:
    """Return whether a rule is one of asterisks, which stands under a title rather than under a heading."""
    return "*" in bare(text)


def _row(line: ReleaseLine, text: str) -> Row:
    found = _MARK.match(text)
    if found is None:
        return Row(line.number, text, bare(text), set_off=line.strong)
    rest = text[found.end() :].strip()
    kind = found.lastgroup or ""
    circled = ord(found[0][0]) - ord("①") + 1 if kind == "circled" else None
    value = circled or (number(found[kind]) if kind in {"round", "digits", "han"} else None)
    return Row(line.number, rest, bare(rest), kind, value, set_off=line.strong or kind == "section")
