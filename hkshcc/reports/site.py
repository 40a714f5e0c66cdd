"""The pages of a folder to publish, as values: what stands on each, where it lies, and where links lead."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hkshcc.errors import RefusedError
from hkshcc.language import N_, _
from hkshcc.register.dates import in_words
from hkshcc.register.validation import is_code
from hkshcc.register.vocabulary import STALE_AFTER_DAYS, STALLED_AFTER_DAYS, in_language
from hkshcc.reports.cross_table import cross_table
from hkshcc.reports.filters import Filters
from hkshcc.reports.instrument_detail import instrument_details
from hkshcc.reports.listing import Listing, listing
from hkshcc.reports.news import MOST, Item, number_of
from hkshcc.reports.over_time import steps
from hkshcc.reports.page import Block, Cell, Column, Heading, Page, Report, Row, Span, Table, Text, View, blank, named
from hkshcc.reports.progress import progress
from hkshcc.reports.sheet import sheet
from hkshcc.reports.timeline import timeline
from hkshcc.text import inert

INDEX, MEASURES, DOCUMENTS, NEWS = "index.html", "measures.html", "documents.html", "changes.html"
# The pages that every page leads to, and what they are called.
MAIN = {
    INDEX: N_("Overview"), MEASURES: N_("All measures"), "steps.html": N_("Over time"),
    "lanes.html": N_("Each measure over time"), "matrix.html": N_("Areas by status"), DOCUMENTS: N_("Documents"),
    NEWS: N_("What changed"),
}  # fmt: skip


class SitePage(NamedTuple):
    """A page: its file within the folder of its language, the way to it from the first page, and what stands on it.

    Each step of the way is a name and a file; the last one is the page itself, which has no file.
    """

    path: str
    way: Sequence[tuple[str, str]]
    page: Page


class Download(NamedTuple):
    """A file of data that the first page names, by a link to ``#`` and its name, and what it is."""

    name: str
    about: str


def places(view: View) -> dict[str, str]:
    """Return where links lead, by what they name (``#5-FIN-3c``): a file within the folder of a language.

    Raises RefusedError for what cannot name a file, or names the same as another where capitals do not count.
    """
    register = view.register
    found = {f"#{ref}": f"m/{_named(ref)}.html" for ref in register.refs(view.as_of)}
    found |= {f"#{slug}": f"a/{_named(slug)}.html" for slug in _areas(view)}
    found |= {f"#{ref}": f"{DOCUMENTS}#{ref}" for ref in register.instruments}
    found |= {f"#{path}": path for path in MAIN}
    files = [path.casefold() for path in found.values() if "/" in path]
    if twice := next((path for path in files if files.count(path) > 1), None):
        raise RefusedError(_("two files would be named {name}", name=twice), hint=_("restore the store from a copy"))
    return found


def _named(name: str) -> str:
    if not is_code(name):
        raise RefusedError(
            _("the code '{code}' cannot name a file", code=inert(name)[:40]), hint=_("restore the store from a copy")
        )
    return name


def _areas(view: View) -> list[str]:
    """Return the slugs of the areas that have measures, in the register's order."""
    held = {measure.area for measure in view.register.measures(view.as_of)}
    return [slug for slug in view.register.areas if slug in held]


def pages(view: View, items: Sequence[Item], downloads: Sequence[Download], cite: str, lang: str) -> Iterator[SitePage]:
    """Yield every page in a language, which holds already. ``items`` are the news, ``cite`` how to cite it all."""
    whole = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    lines, first = view.context.lines(), (_("Overview"), INDEX)
    counted = progress(view, whole, "area", STALLED_AFTER_DAYS)
    opening = counted.page(lang)
    heading, *blocks = opening.blocks
    ways = [Span(_(name), link=f"#{path}") for path, name in MAIN.items() if path != INDEX]
    leading = Text([piece for way in ways for piece in (" · ", way)][1:])
    yield SitePage(INDEX, [], opening._replace(blocks=[heading, leading, *blocks, *_data(downloads, cite)]))
    yield SitePage(MEASURES, [first, (_("All measures"), "")], _headed(whole.page(lang), _("All measures"), lines))
    names = {slug: in_language(area.name, lang) for slug, area in view.register.areas.items()}
    for slug in _areas(view):
        yield SitePage(f"a/{slug}.html", [first, (names[slug], "")], _area(view, slug, lang))
    for standing in whole.standings:
        ref, area = standing.measure.ref, standing.measure.area
        way = [first, *([(names[area], f"a/{area}.html")] if area in names else []), (ref, "")]
        yield SitePage(f"m/{ref}.html", way, sheet(view, [standing], {}).page(lang))
    drawn: dict[str, Report] = {
        "steps.html": steps(view, whole, "quarter"),
        "lanes.html": timeline(view, whole),
        "matrix.html": cross_table(view, counted, "status"),
    }
    for path, report in drawn.items():
        page, name = report.page(lang), _(MAIN[path])
        yield SitePage(path, [first, (name, "")], page._replace(blocks=[Heading(name, level=1), *page.blocks[1:]]))
    signed = instrument_details(view, [*view.register.instruments.values()]).page(lang)
    yield SitePage(DOCUMENTS, [first, (_("Documents"), "")], _headed(signed, _("Documents"), lines))
    yield SitePage(NEWS, [first, (_("What changed"), "")], _news(items, lang, lines))


def _headed(page: Page, title: str, footer: Sequence[str]) -> Page:
    """Return a page under a heading of its own, with a footer."""
    blocks = page.blocks or [Text([_("None.")], indent=2)]
    return page._replace(blocks=[Heading(title, level=1), blank(), *blocks], footer=footer)


def _area(view: View, slug: str, lang: str) -> Page:
    """Return the page of an area: how many of its measures stand where, and which they are."""
    area = view.register.areas[slug]
    own: Listing = listing(view, Filters(areas=[slug]), "ref", STALE_AFTER_DAYS)
    counted = progress(view, own, "area", STALLED_AFTER_DAYS)
    title = named(area.name, lang)
    blocks: list[Block] = [Heading(title.text, level=1, lang=title.lang), *counted.headline(), blank()]
    return Page([*blocks, *own.page(lang).blocks, blank()], view.context.lines())


def _news(items: Sequence[Item], lang: str, footer: Sequence[str]) -> Page:
    """Return the page of what changed, newest first, as the feed tells it."""
    rows = []
    for item in items[:MOST]:
        recorded = Span(in_words(item.entry.recorded[:10]), "dim")
        link = f"#{item.measure.ref}" if item.measure else ""
        cells: list[Cell] = [recorded, Span(item.title(lang), link=link)]
        rows.append(Row(cells, [Span(line, "dim") for line in item.details if line]))
    columns = [Column(_("Recorded")), Column(_("Change"), overflow="wrap")]
    blocks: list[Block] = [Heading(_("What changed"), level=1), Text([number_of(items)]), blank()]
    nothing: list[Block] = [Text([_("Nothing changed.")], indent=2)]
    return Page([*blocks, *([Table(columns, rows, header=True)] if rows else nothing)], footer)


def _data(downloads: Sequence[Download], cite: str) -> list[Block]:
    """Return the end of the first page: the data to take away, and how to cite them."""
    rows = [Row([Span(file.name, "ref", link=f"#{file.name}"), file.about]) for file in downloads]
    return [
        Heading(_("Data")),
        Table([Column(_("File")), Column(_("Contents"), overflow="wrap")], rows, header=True),
        blank(),
        Text([_("Cite as: {text}", text=cite)], indent=2, hang=2),
        blank(),
    ]
