"""HTML: a page that stands alone in one file. It runs nothing and loads nothing, which it also tells the browser.

Every text goes through ``shown``, every attribute through ``attribute``: nothing else writes what is not ours.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from hkshcc.language import _
from hkshcc.register.vocabulary import CONFERENCE
from hkshcc.render import RenderOptions
from hkshcc.render.addresses import parted
from hkshcc.render.html_style import STYLE
from hkshcc.render.html_text import attribute, bar_of, drawn_bar, in_role, known_role, marked, shortened, shown, words
from hkshcc.render.tabular import page_of
from hkshcc.reports.page import (
    Bar,
    Block,
    Cell,
    Figures,
    Heading,
    KeyValues,
    Legend,
    Lines,
    Page,
    Part,
    Picture,
    Piece,
    Report,
    Row,
    Span,
    Table,
    Text,
    in_sentences,
    pieces,
)
from hkshcc.text import is_harmless

# What a page may load, and from where: nothing, but pictures that are in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
SHARED = "default-src 'none'; style-src 'self' file:; img-src 'self' file:"  # of pages with files beside them
_ANCHOR = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_HYPHENATED = re.compile(r"\b[A-Za-z]{1,12}-[A-Za-z]{1,12}\b")


class Place(NamedTuple):
    """Another page: its name, where it is from here, the language that it is in where that is another one."""

    name: str
    address: str
    lang: str = ""


class Surroundings(NamedTuple):
    """What is around a page in a folder of pages; a page alone has none of it.

    ``links`` are the pages that tell of what a span leads to, as ``{"#5-FIN-3c": "m/5-FIN-3c.html"}``; ``way`` leads
    from the first page to this one, ``languages`` to the same page in others, ``here`` are other pages of interest.
    ``head`` is HTML for the head; ``style`` is where the style sheet lies that the pages share, which is `STYLE`;
    ``picture`` is where the page's picture lies, where that is a file of its own.
    """

    links: Mapping[str, str] = {}
    way: Sequence[Place] = ()
    here: Sequence[Place] = ()
    languages: Sequence[Place] = ()
    head: str = ""
    style: str = ""
    picture: str = ""


def text(report: Report, options: RenderOptions) -> str:
    """Return the report's page as an HTML document in the options' language."""
    return document(page_of(report, options), options.lang)


def document(page: Page, lang: str, around: Surroundings = Surroundings()) -> str:  # noqa: B008  it never changes
    """Return a page as an HTML document: by itself, or with what is around it in a folder of pages."""
    drawn = _Drawing(page, lang, around)
    heading = page.heading()
    name = heading.text if heading else page.title or CONFERENCE[lang]
    title = name if CONFERENCE[lang] in name else f"{name} – {CONFERENCE[lang]}"
    if heading and heading.ref:
        title = f"{heading.ref} {title}"
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{attribute(lang)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{attribute(SHARED if around.style else POLICY)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{shown(title)}</title>",
        *([around.head] if around.head else []),
        f'<link rel="stylesheet" href="{attribute(around.style)}">' if around.style else f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        *drawn.top(kicker="" if CONFERENCE[lang] in name else CONFERENCE[lang]),
        "<main>",
        *([] if heading else [f"<h1>{shown(name)}</h1>"]),
        *drawn.blocks(),
        "</main>",
        *drawn.bottom(),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


class _Drawing:
    """One page on its way to HTML: what it is in and around, and which of its anchors stand already."""

    def __init__(self, page: Page, lang: str, around: Surroundings) -> None:
        self.page, self.lang, self.around = page, lang, around
        self.anchors = {anchor for anchor in map(_anchor_of, _anchored(page)) if anchor}
        self.standing: set[str] = set()
        self.level = 1

    def top(self, kicker: str) -> Iterator[str]:
        """Yield what stands above the page: of which conference it is, and the way to it."""
        way, languages = self.around.way, self.around.languages
        if not (kicker or way or languages):
            return
        yield '<header class="top">'
        if way:
            what = attribute(_("Where this page is"))
            yield f'<nav aria-label="{what}"><ol>{"".join(map(_place, way))}</ol></nav>'
        elif kicker:
            yield f"<p>{shown(kicker)}</p>"
        if languages:
            yield f'<ul class="languages">{"".join(map(_place, languages))}</ul>'
        yield "</header>"

    def bottom(self) -> Iterator[str]:
        """Yield what stands below the page: as of when it holds, and what it was drawn from."""
        if not (self.page.footer or self.around.here):
            return
        yield "<footer>"
        if self.around.here:
            here, what = "".join(map(_place, self.around.here)), attribute(_("Other pages"))
            yield f'<nav aria-label="{what}"><ul>{here}</ul></nav>'
        yield from (f"<p>{self._pieces([line])}</p>" for line in self.page.footer)
        yield "</footer>"

    def blocks(self) -> Iterator[str]:
        """Yield the page's blocks."""
        before: Block = Text()
        for block in self.page.blocks:
            # Lines that follow one another belong together; an empty one parts them.
            yield from self._block(block, follows=isinstance(before, Text) and bool(before.spans))
            before = block

    def _block(self, block: Block, *, follows: bool) -> Iterator[str]:
        match block:
            case Text():
                if block.spans:
                    yield self._paragraph(block, follows=follows)
            case Heading():
                yield self._heading(block)
            case Figures():
                yield from self._figures(block)
            case KeyValues():
                yield '<dl class="values">'
                for key, value, details in block.pairs:
                    yield f"<div><dt>{shown(key)}</dt><dd>{self._cell(value)}{self._details(details)}</dd></div>"
                yield "</dl>"
            case Legend():
                keys = "".join(
                    f'<li><i class="{known_role(key.role)}"></i>{shown(key.label)}</li>' for key in block.keys
                )
                yield f'<ul class="legend" aria-hidden="true">{keys}</ul>'
            case Picture():
                yield f"<figure>{self._picture(block)}</figure>"
            case Table():
                yield from self._table(block) if any(column.name for column in block.columns) else self._list(block)

    def _picture(self, block: Picture) -> str:
        """Return a picture as it is drawn, or where it lies as a file of its own."""
        if self.around.picture:
            place, said = attribute(self.around.picture), attribute(block.description)
            return f'<a href="{place}"><img src="{place}" alt="{said}"></a>'
        from hkshcc.render.pictures import svg_of  # noqa: PLC0415  few pages have one

        return svg_of(block, self.lang, ())

    def _paragraph(self, block: Text, *, follows: bool) -> str:
        return f"<p{_class('next' if follows else '')}>{self._pieces(block.spans)}</p>"

    def _heading(self, block: Heading) -> str:
        level = min(block.level, self.level + 1)
        if level == 1 and self.page.heading() is not block:
            level = 2
        self.level = level
        before = f'<span class="ref">{shown(block.ref)}</span> ' if block.ref else ""
        # A heading is in large letters: nobody wants it broken in the middle of a word.
        kept = _HYPHENATED.sub(r'<span class="whole-word">\g<0></span>', words(block.text, block.lang, self.lang))
        said = marked(kept, block.text, block.lang, self.lang)
        return f"<h{level}{self._id(block.ref)}>{before}{said}</h{level}>"

    def _figures(self, block: Figures) -> Iterator[str]:
        total = sum(figure.number for figure in block.figures)
        # Those that lapsed stand apart, as in every other bar and picture of the page.
        parts = [
            part
            for figure in block.figures
            for part in (Part("", figure.role, figure.number - figure.lapsed), Part("", "lapsed", figure.lapsed))
        ]
        bar = Bar([part for part in parts if part.number])
        if total:
            yield f'<div class="whole" aria-hidden="true">{drawn_bar(bar, total, named=False)}</div>'
        yield '<dl class="figures">'
        for figure in block.figures:
            said = self._pieces([figure.text])
            yield f'<div class="{known_role(figure.role)}"><dt>{figure.number}</dt><dd>{said}</dd></div>'
        yield "</dl>"

    def _table(self, table: Table) -> Iterator[str]:
        bars = [cell for row in table.rows for cell in row.cells if isinstance(cell, Bar)]
        most = max((sum(part.number for part in bar.parts) for bar in bars), default=0)
        kind = "rows"
        if all(column.right for column in table.columns[1:]) and len(table.columns) < _FEW:
            kind = "numbers"
        if any(bar.total is None for bar in bars):
            kind = "bars"
        if len(table.columns) >= _TOO_MANY:
            kind = "blocks"
        elif len(table.columns) >= _MANY:
            kind += " many"
        if sum(column.overflow == "wrap" for column in table.columns) >= _FULL:
            kind += " full"
        yield f'<table class="{kind}" role="table">'
        heads = "".join(
            f'<th role="columnheader"{_class("right" if column.right else "")}>{shown(column.name)}</th>'
            for column in table.columns
        )
        yield f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        yield '<tbody role="rowgroup">'
        for row in table.rows:
            yield self._row(table, row, most)
        yield "</tbody>"
        yield "</table>"

    def _row(self, table: Table, row: Row, most: int) -> str:
        giving = sum(bool(column.overflow) for column in table.columns)
        cells = []
        for number, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            said = bar_of(cell, most) if isinstance(cell, Bar) else self._cell(cell, row.anchor)
            if number == table.main:
                said += self._details(row.details)
            # On a narrow screen each cell says of what it is, but for the one that the row is about.
            main = number == table.main and giving == 1
            classes = _class("main" if main else "", "right" if column.right else "", "" if said else "none")
            label = f' data-label="{attribute(column.name)}"' if column.name and number and not main else ""
            name = 'th role="rowheader"' if number == 0 else 'td role="cell"'
            cells.append(f"<{name}{classes}{label}>{said}</{name[:2]}>")
        return f'<tr role="row"{self._id(row.anchor)}{_level(row)}>{"".join(cells)}</tr>'

    def _list(self, table: Table) -> Iterator[str]:
        columns = len(table.columns)
        yield f'<ul class="items c{columns}">'
        for row in table.rows:
            cells = [f"<span>{self._cell(cell, row.anchor)}</span>" for cell in row.cells]
            main = self._cell(row.cells[table.main]) + self._details(row.details)
            cells[table.main] = f'<div class="main">{main}</div>'
            yield f"<li{self._id(row.anchor)}{_level(row)}>{' '.join(cells)}</li>"
        yield "</ul>"

    def _details(self, details: Sequence[Cell]) -> str:
        if not details:
            return ""
        return f'<ul class="details">{"".join(f"<li>{self._cell(detail)}</li>" for detail in details)}</ul>'

    def _cell(self, cell: Cell, anchor: str = "") -> str:
        """Return a cell; what leads to where it stands itself does not look like a way to anywhere else."""
        if isinstance(cell := in_sentences(cell), Lines):
            said = "<br>".join(self._pieces(line) for line in cell.lines if line)
        else:
            said = self._pieces(pieces(cell))
        return (
            said.replace(f'<a href="#{anchor}">', f'<a class="self" href="#{anchor}">') if _anchor_of(anchor) else said
        )

    def _pieces(self, spans: Sequence[Piece]) -> str:
        """Return pieces of text; those side by side that are dim are so together."""
        every = [piece if isinstance(piece, Span) else Span(piece) for piece in spans]
        drawn = []
        for dim, own in groupby((span for span in every if span.text), key=lambda span: span.role == "dim"):
            said = "".join(self._piece(span) if dim else in_role(self._piece(span), span) for span in own)
            drawn.append(f'<span class="dim">{said}</span>' if dim else said)
        return "".join(drawn)

    def _piece(self, span: Span) -> str:
        """Return a piece of text, which leads where it leads, whatever its role."""
        lang = span.lang
        if href := self._leads_to(span.link):
            inner = shortened(span.text) if span.text == span.link else words(span.text, lang, self.lang)
            said = f'<a href="{attribute(href)}">{inner}</a>'
        else:
            said = "".join(
                f'<a href="{attribute(part)}">{shortened(part)}</a>'
                if is_address and is_harmless(part)
                else words(part, lang, self.lang)
                for part, is_address in parted(span.text)
            )
        return marked(said, span.text, lang, self.lang)

    def _leads_to(self, link: str) -> str:
        if link.startswith("#"):
            return self.around.links.get(link) or (link if link[1:] in self.anchors else "")
        return link if is_harmless(link) else ""

    def _id(self, anchor: str) -> str:
        anchor = _anchor_of(anchor)
        if not anchor or anchor in self.standing:
            return ""
        self.standing.add(anchor)
        return f' id="{attribute(anchor)}"'


_FEW = 6  # columns of numbers that fit beside one another on a telephone
_MANY = 9  # columns whose names stand upright, even on a wide screen
_FULL = 4  # columns of sentences, which want a wide screen
_TOO_MANY = 20  # columns that fit beside one another on no screen


def _anchored(page: Page) -> Iterator[str]:
    for block in page.blocks:
        if isinstance(block, Heading):
            yield block.ref
        if isinstance(block, Table):
            yield from (row.anchor for row in block.rows)


def _anchor_of(said: str) -> str:
    return said if _ANCHOR.fullmatch(said) else ""


def _place(place: Place) -> str:
    lang = f' lang="{attribute(place.lang)}"' if place.lang else ""
    if not place.address:
        return f'<li aria-current="page"{lang}>{shown(place.name)}</li>'
    leads = lang + lang.replace(" lang", " hreflang")
    return f'<li><a href="{attribute(place.address)}"{leads}>{shown(place.name)}</a></li>'


def _class(*names: str) -> str:
    said = " ".join(filter(None, names))
    return f' class="{said}"' if said else ""


def _level(row: Row) -> str:
    return _class(f"level{row.level}" if row.level else "")
