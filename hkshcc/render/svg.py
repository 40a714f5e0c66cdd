"""SVG, a picture for a page or a slide: what a colour terminal of 80 columns shows.

A picture stands alone: it loads nothing, runs nothing and has no style sheet, so that it can be put into any page.
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby

from hkshcc.render import RenderOptions
from hkshcc.render.looks import LOOKS
from hkshcc.render.terminal import Run, lines
from hkshcc.reports.page import Heading, Page
from hkshcc.text import inert, of_xml, width

COLUMNS = 80
BACKGROUND = "#161b22"
INK, FAINT = "#e6edf3", "#9da7b3"
# Lighter than a terminal's, so that each can be read on the background, and the background's colour on each.
COLOURS = {
    "red": "#ff8f88", "grey": "#9da7b3", "purple": "#d2a8ff", "amber": "#e3b341", "blue": "#79c0ff", "pale": "#a9bccd",
    "olive": "#b5d16b", "green": "#7ee787",
}  # fmt: skip
# Those for Chinese are asked in turn for what the first has not: one for each of the usual systems.
_FONTS = {
    "zh-Hant": "monospace, 'Noto Sans Mono CJK HK', 'PingFang HK', 'Microsoft JhengHei'",
    "zh-Hans": "monospace, 'Noto Sans Mono CJK SC', 'PingFang SC', 'Microsoft YaHei'",
}
_SIZE = 14  # of a letter, in pixels
_STEP = 8.4  # from one column to the next: 0.6 of a letter's size, as in most fonts of one width
_LEADING = 19  # from one line to the next
_MARGIN = 16


def screen(page: Page, options: RenderOptions) -> str:
    """Return a page as an SVG document. Every text in it is text alone, and its title says what it shows."""
    options = options._replace(width=COLUMNS, colour=True, links=False, encoding="utf-8")
    drawn = [part for line in lines(page, options) for part in _wrapped(line)]
    wide = round(COLUMNS * _STEP + 2 * _MARGIN)
    high = len(drawn) * _LEADING + 2 * _MARGIN
    fonts = _FONTS.get(options.lang, _FONTS["zh-Hant"])
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
        f' font-family="{fonts}" font-size="{_SIZE}" fill="{INK}" xml:lang="{options.lang}" xml:space="preserve">'
    )
    title = f"<title>{escape(of_xml(inert(_title(page))))}</title>"
    ground = f'<rect width="{wide}" height="{high}" rx="8" fill="{BACKGROUND}"/>'
    words = [element for number, line in enumerate(drawn) for element in _line(line, number)]
    return "\n".join([head, title, ground, *words, "</svg>"]) + "\n"


def _title(page: Page) -> str:
    """Return the page's first heading; of a listing, which has none, the line below it."""
    headings = (block.text for block in page.blocks if isinstance(block, Heading))
    return next(headings, page.footer[0] if page.footer else "hkshcc")


def _line(line: list[Run], number: int) -> Iterator[str]:
    """Yield a text element for each part of a line that looks the same and is as wide in each of its characters.

    Each says how long it is, so that columns line up in whatever font it is drawn.
    """
    column, down = 0, _MARGIN + number * _LEADING + _SIZE
    for run in line:
        if run.block:
            yield _block(run, column, number)
        for wide, part in _parts(of_xml(run.text)):
            taken = width(part)
            if part.strip(" "):
                before = len(part) - len(part.lstrip(" "))
                said = part.strip(" ")
                across = _MARGIN + (column + before) * _STEP
                adjusted = "" if wide else ' lengthAdjust="spacingAndGlyphs"'
                yield (
                    f'<text x="{across:.1f}" y="{down}" textLength="{width(said) * _STEP:.1f}"{adjusted}{_look(run)}>'
                    f"{escape(said)}</text>"
                )
            column += taken


def _wrapped(line: list[Run]) -> Iterator[list[Run]]:
    """Yield a line as a terminal shows it that ends a longer one where its last column is."""
    part: list[Run] = []
    room = COLUMNS
    for run in line:
        said = run.text
        while width(said) > room:
            fitting = next(end for end in range(room, -1, -1) if width(said[:end]) <= room)
            yield [*part, run._replace(text=said[:fitting])]
            part, room, said = [], COLUMNS, said[fitting:]
        part.append(run._replace(text=said))
        room -= width(said)
    yield part


def _block(run: Run, column: int, number: int) -> str:
    across, down = _MARGIN + column * _STEP, _MARGIN + number * _LEADING
    return (
        f'<rect x="{across:.1f}" y="{down}" width="{width(run.text) * _STEP:.1f}" height="{_LEADING - 2}" rx="2"'
        f' fill="{_colour(run)}"/>'
    )


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the parts of a text whose characters take two columns, or one; what takes none goes with those before."""
    kept: list[tuple[bool, str]] = []
    for taken, characters in groupby(text, key=width):
        part = "".join(characters)
        wide = taken == 2 if taken or not kept else kept[-1][0]
        if kept and kept[-1][0] == wide:
            part = kept.pop()[1] + part
        kept.append((wide, part))
    return iter(kept)


def _look(run: Run) -> str:
    words = LOOKS.get(run.role, "").split()
    colour = BACKGROUND if run.block else _colour(run) or (FAINT if "dim" in words else "")
    look = f' fill="{colour}"' if colour else ""
    look += ' font-weight="bold"' if run.block or "bold" in words else ""
    return look + (' text-decoration="line-through"' if "strike" in words else "")


def _colour(run: Run) -> str:
    return COLOURS.get(LOOKS.get(run.role, ""), "")
