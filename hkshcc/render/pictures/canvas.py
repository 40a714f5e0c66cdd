"""What pictures are drawn with: texts and shapes at places in pixels, from the upper left corner.

Every text is text alone, whatever it says, and shapes have nothing but numbers and colours.
"""

import re

from hkshcc.register.dates import days_between
from hkshcc.text import inert, width

WIDE, MARGIN = 960, 24
GROUND, INK, FAINT, LINE, EDGE = "#ffffff", "#1b1f24", "#59636e", "#d5dae0", "#aab2bb"
# Those for Chinese are asked in turn for what the first have not: one for each of the usual systems.
_FONTS = {
    "zh-Hant": "Helvetica, Arial, 'Noto Sans CJK HK', 'PingFang HK', 'Microsoft JhengHei', sans-serif",
    "zh-Hans": "Helvetica, Arial, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
}
# Widths of letters, in parts of their height, as in Helvetica; a font that is wider is allowed for.
_WIDTHS = {
    **dict.fromkeys(" !,./:;I[]ft\\", 0.28),
    **dict.fromkeys("'ijl|", 0.22),
    **dict.fromkeys('"()-`r{}', 0.34),
    **dict.fromkeys("Jcksvxyz*^", 0.5),
    **dict.fromkeys("ABEKPSVXY&", 0.67),
    **dict.fromkeys("CDHNRUwGOQ", 0.74),
    **dict.fromkeys("mMW@%", 0.88),
}
_WIDER = 1.06
# Characters that no XML may hold, not even escaped; those that act are made inert before.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def of_xml(said: str) -> str:
    """Return a text as XML may hold it between two tags."""
    said = _NOT_XML.sub(lambda found: f"\\u{ord(found[0]):04x}", inert(said))
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def room_of(said: str, size: float) -> float:
    """Return how wide a text is at most, by and large; ``size`` is its letters' height."""
    return sum(_WIDTHS.get(sign, 0.56) if sign.isascii() else _wide(sign) for sign in said) * size * _WIDER


def _wide(sign: str) -> float:
    return (0.0, 0.6, 1.0)[width(sign)]


class Canvas:
    """A picture in the making, in a language."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._parts: list[str] = []

    def text(
        self,
        across: float,
        down: float,
        said: str,
        *,
        size: int = 12,
        fill: str = "",
        bold: bool = False,
        at: str = "",
        room: float | None = None,
    ) -> None:
        """Put a text so that it begins there, or with ``at`` has its ``middle`` or ``end`` there.

        One that is longer than its ``room`` is drawn narrower.
        """
        said = said.strip()
        if said:
            look = f' font-size="{size}"' if size != 12 else ""
            look += f' fill="{fill}"' if fill else ""
            look += ' font-weight="bold"' if bold else ""
            look += f' text-anchor="{at}"' if at else ""
            if room is not None and room_of(said, size) > room:
                look += f' textLength="{_pixels(room)}" lengthAdjust="spacingAndGlyphs"'
            self._parts.append(f'<text x="{_pixels(across)}" y="{_pixels(down)}"{look}>{of_xml(said)}</text>')

    def box(self, across: float, down: float, wide: float, high: float, fill: str, *, edge: str = "") -> None:
        """Draw a rectangle."""
        outline = f' stroke="{edge}" stroke-width="0.75"' if edge else ""
        places = f'x="{_pixels(across)}" y="{_pixels(down)}" width="{_pixels(wide)}" height="{_pixels(high)}"'
        self._parts.append(f'<rect {places} fill="{fill}"{outline}/>')

    def path(self, steps: str, *, fill: str = "none", line: str = "", thick: float = 1, dashes: str = "") -> None:
        """Draw a path, its steps as SVG has them."""
        look = f' stroke="{line}" stroke-width="{_pixels(thick)}"' if line else ""
        look += f' stroke-dasharray="{dashes}"' if dashes else ""
        self._parts.append(f'<path d="{steps}" fill="{fill}"{look}/>')

    def line(self, start: tuple[float, float], end: tuple[float, float], line: str, thick: float = 1) -> None:
        """Draw a straight line."""
        (left, upper), (right, lower) = start, end
        steps = f"M{_pixels(left)} {_pixels(upper)}L{_pixels(right)} {_pixels(lower)}"
        width = f' stroke-width="{_pixels(thick)}"' if thick != 1 else ""
        self._parts.append(f'<path d="{steps}" stroke="{line}"{width}/>')

    def dot(self, across: float, down: float, size: float, fill: str, edge: str = "") -> None:
        """Draw a disc; ``size`` is its radius."""
        outline = f' stroke="{edge}"' if edge else ""
        place = f'cx="{_pixels(across)}" cy="{_pixels(down)}" r="{_pixels(size)}"'
        self._parts.append(f'<circle {place} fill="{fill}"{outline}/>')

    def clipped(self, said: str, room: float, size: int) -> str:
        """Return a text, inert, shortened to a room, an ellipsis saying so."""
        said = inert(said)
        taken = 0.0
        for place, sign in enumerate(said):
            taken += room_of(sign, size)
            if taken > room:
                # The ellipsis takes as much as the widest sign.
                kept = said[:place]
                while kept and room_of(kept, size) > room - 1.1 * size:
                    kept = kept[:-1]
                return f"{kept.rstrip()}…"
        return said

    def broken(self, said: str, room: float, size: int) -> list[str]:
        """Return a text as lines that fit a room: ended between words, or between any two Chinese characters."""
        lines, taken = [""], 0.0
        for part in re.findall(rf"[^\s{_HAN}]+\s*|[{_HAN}]\s*|\s+", inert(said)):
            if lines[-1] and taken + room_of(part.rstrip(), size) > room and part.strip() not in _CLOSING:
                lines.append("")
                taken = 0.0
            lines[-1] += part
            taken += room_of(part, size)
        return [line.strip() for line in lines if line.strip()]

    def document(self, title: str, description: str, high: float) -> str:
        """Return all that was drawn as an SVG document, on a ground of its own."""
        fonts = _FONTS.get(self._lang, _FONTS["zh-Hant"])
        high = round(high)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {high}" width="{WIDE}" height="{high}"'
            f' role="img" font-family="{fonts}" font-size="12" fill="{INK}" xml:lang="{self._lang}">'
        )
        said = [f"<title>{of_xml(title)}</title>", f"<desc>{of_xml(description)}</desc>"]
        ground = f'<rect width="{WIDE}" height="{high}" rx="8" fill="{GROUND}"/>'
        return "\n".join([head, *said, ground, *self._parts, "</svg>"]) + "\n"


_HAN = "\u2e80-\u9fff\uff00-\uffef"
_CLOSING = set("，。；：、！？」』》〉】）”’…") | {""}


class TimeAxis:
    """Days as places from left to right: ``start`` (ISO) begins at ``left``, ``end`` ends at ``right``."""

    def __init__(self, start: str, end: str, left: float, right: float) -> None:
        self.start, self.end, self.left, self.right = start, end, left, right
        self._days = max(1, days_between(start, end) + 1)

    def __call__(self, day: str) -> float:
        """Return where a day begins; one beyond an end counts as there."""
        passed = min(max(0, days_between(self.start, day)), self._days)
        return self.left + (self.right - self.left) * passed / self._days

    def after(self, day: str) -> float:
        """Return where a day ends."""
        return min(self(day) + (self.right - self.left) / self._days, self.right)

    def years(self) -> list[tuple[str, float, float]]:
        """Return each year with where it begins and ends."""
        found = []
        for year in range(int(self.start[:4]), int(self.end[:4]) + 1):
            left, right = self(f"{year:04}-01-01"), self.after(f"{year:04}-12-31")
            found.append((f"{year}", left, right))
        return found


def _pixels(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def steps_of(points: list[tuple[float, float]]) -> str:
    """Return the steps of a path through points, closed."""
    return "M" + "L".join(f"{_pixels(across)} {_pixels(down)}" for across, down in points) + "Z"
