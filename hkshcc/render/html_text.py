"""HTML of a piece of text, inert, in its language and role; and of a bar."""

import re
from html import escape
from itertools import accumulate
from unicodedata import bidirectional

from hkshcc.render.looks import LOOKS
from hkshcc.reports.page import Bar, Span
from hkshcc.text import inert

_HAN = re.compile(
    r"[\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
    r"(?:[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af ]*"
    r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U000323af])?"
)
_ENGLISH = re.compile(r"[A-Za-z]{2,}\W+[A-Za-z]{2,}")
_LONGEST_PATH = 32  # characters of an address after its host that are shown on a screen; on paper it is whole
_LONGEST_REF = 16  # characters of a name that is kept on one line
_RIGHT_TO_LEFT = {"R", "AL", "AN"}


def shown(text: str) -> str:
    """Return a text as HTML shows it."""
    return escape(inert(text), quote=False)


def attribute(text: str) -> str:
    """Return a text as it stands between double quotation marks."""
    return shown(text).replace('"', "&quot;")


def marked(said: str, text: str, lang: str, page: str) -> str:
    """Return what is said, of a text, with its language where that is not the page's, and apart from its neighbours."""
    if any(bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        said = f"<bdi>{said}</bdi>"
    return f'<span lang="{attribute(lang)}">{said}</span>' if lang and lang != page else said


def words(text: str, lang: str, page: str) -> str:
    """Return a text; what is in another language than the page says so, as far as that can be told."""
    if lang and lang != page:
        return shown(text)
    if page == "en":
        done, parts = 0, []
        for found in _HAN.finditer(text):
            parts += [shown(text[done : found.start()]), f'<span lang="zh">{shown(found[0])}</span>']
            done = found.end()
        return "".join(parts) + shown(text[done:])
    if _ENGLISH.search(text) and not _HAN.search(text):
        return f'<span lang="en">{shown(text)}</span>'
    return shown(text)


def shortened(address: str) -> str:
    """Return an address as it is shown: its host whole, what follows shortened on a screen."""
    bare = address.partition("://")[2]
    host, mark, path = bare.partition("/")
    path = path.rstrip("/")
    if len(path) > _LONGEST_PATH:
        path = path[: _LONGEST_PATH - 1] + "…"
    return f'<span class="short">{shown(host + (mark + path if path else ""))}</span>'


def known_role(role: str) -> str:
    """Return a role as a class of the style sheet, empty for one that has no look."""
    return role if role in LOOKS else ""


def in_role(said: str, span: Span) -> str:
    """Return what is said of a span in its role; one too long for a line, or of signs, has a look of its own."""
    match span.role:
        case "strong":
            return f"<strong>{said}</strong>"
        case "struck":
            return f"<s>{said}</s>"
        case "ref" if len(span.text) > _LONGEST_REF:
            return f'<span class="ref long">{said}</span>'
        case "ref" | "bad":
            return f'<span class="{span.role}">{said}</span>'
        case role if role in LOOKS:
            return f'<span class="{_sort(span.text)} {role}">{said}</span>'
    return said


def _sort(text: str) -> str:
    """Return of which sort a text in the colour of a status is: read, a number, or signs side by side.

    Signs have no two letters that differ.
    """
    if text.strip().isdecimal():
        return "count"
    read = len({character for character in text if character.isalpha()}) > 1 or _HAN.search(text)
    return "status" if read else "signs"


_NARROWEST = 4  # hundredths of a bar's room in which its number still stands


def bar_of(bar: Bar, most: int) -> str:
    """Return a bar in a table whose longest is of so many, with the number before it that it may have."""
    if bar.total is not None:
        if not bar.total:
            return '<span class="dim">-</span>'
        # A total without its parts is that of a last row.
        if not bar.parts:
            return f'<strong class="total">{bar.total}</strong>'
        return f'<span class="total">{bar.total}</span>{drawn_bar(bar, most)}'
    if any(100 * part.number / max(1, most) < _NARROWEST for part in bar.parts):
        return f'{drawn_bar(bar, most, named=False)}<span class="words">{shown(bar.in_words())}</span>'
    return drawn_bar(bar, most)


def drawn_bar(bar: Bar, most: int, *, named: bool = True) -> str:
    """Return a bar as a picture; its room is all of its place where it is of ``most``.

    It is ``named`` by its numbers in words, but where these stand beside it.
    """
    widths = [100 * part.number / max(1, most) for part in bar.parts]
    starts = [end - wide for end, wide in zip(accumulate(widths), widths, strict=True)]
    drawn = []
    for part, start, wide in zip(bar.parts, starts, widths, strict=True):
        middle = _percent(start + wide / 2)
        number = f'<text x="{middle}" y="50%" dy=".35em">{part.number}</text>' if wide >= _NARROWEST else ""
        rect = f'<rect x="{_percent(start)}" width="{_percent(wide)}" height="100%"/>'
        drawn.append(f'<g class="{known_role(part.role)}">{rect}{number}</g>')
    name = f'role="img"><title>{shown(bar.in_words())}</title>' if named else 'aria-hidden="true">'
    return f'<svg class="bar" {name}{"".join(drawn)}</svg>'


def _percent(number: float) -> str:
    return f"{round(number, 2):g}%"
