"""A paragraph's sentences, and what of it stands outside quotation marks. A quotation is never split."""

import re
from functools import lru_cache
from itertools import pairwise

_QUOTES = {'"': '"', "“": "”", "「": "」", "『": "』"}
_QUOTE = re.compile('["“”「」『』]')
_END = re.compile(r"[.!?](?=\s+[\"“「『《(]?(?:[^\W\d_a-z]|\d)|\s*$)|[。！？]")
_SHORT = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Ltd|Co|vs|[A-Z])$")
_MOST = 20_000  # signs that are looked at; a paragraph has a thousand
_MOST_SENTENCES = 20  # that are told apart; a paragraph has five
_REMEMBERED = 256  # paragraphs: each is asked about several times in a row


def quotations(text: str) -> list[tuple[int, int]]:
    """Return where each quotation begins and ends; one that is not closed goes on to the end."""
    spans: list[tuple[int, int]] = []
    opened, opening, depth = 0, "", 0
    for mark in _QUOTE.finditer(text[:_MOST]):
        sign = mark[0]
        if not depth:
            if sign in _QUOTES:
                opened, opening, depth = mark.start(), sign, 1
        elif sign == _QUOTES[opening]:
            depth -= 1
            if not depth:
                spans.append((opened, mark.end()))
        elif sign == opening:
            depth += 1
    return [*spans, (opened, len(text))] if depth else spans


@lru_cache(_REMEMBERED)
def sentences(text: str) -> tuple[str, ...]:
    """Return a text's sentences; a quotation that holds several goes with the sentence that it stands in."""
    spans = quotations(text)
    closed = [end for _, end in spans if text[end - 2 : end - 1] in {*".!?。！？"} and _begins(text, end)]
    ends = [found.end() for found in _END.finditer(text[:_MOST]) if not _is_short(text, found.start())]
    inside = iter(spans)
    start, stop = next(inside, (len(text), len(text)))
    apart: list[int] = []
    for end in sorted({*ends, *closed}):
        while end > stop:
            start, stop = next(inside, (len(text), len(text)))
        if end <= start or end == stop:
            apart.append(end)
    bounds = [0, *[end for end in apart if end < len(text)][: _MOST_SENTENCES - 1], len(text)]
    parts = (text[one:two].strip() for one, two in pairwise(bounds))
    return tuple(part for part in parts if part)


def _is_short(text: str, at: int) -> bool:
    """Return whether a full stop ends a word that was shortened (``Mr``) rather than a sentence."""
    return text[at] == "." and bool(_SHORT.search(text[max(0, at - 6) : at]))


def _begins(text: str, at: int) -> bool:
    """Return whether a new sentence may begin here, after a quotation: not where it goes on in small letters."""
    return not text[at : at + 50].lstrip()[:1].islower()


def outside(text: str) -> str:
    """Return a text without its quotations, in whose place two marks stand."""
    for start, end in reversed(quotations(text)):
        text = f'{text[:start]}""{text[end:]}'
    return text
