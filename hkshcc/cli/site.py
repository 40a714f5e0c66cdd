"""The folder to publish: every page in every language, the feeds, the data, and what describes them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hkshcc.cli import console
from hkshcc.cli.atomic_folder import with_list, write_folder
from hkshcc.exchange.copies import dump
from hkshcc.exchange.site.describing import DataFile, citation, data_package, dataset
from hkshcc.exchange.site.feed import feed
from hkshcc.language import LANGUAGES, N_, _, current, ngettext, using
from hkshcc.register.chain import readable
from hkshcc.register.dates import long_form
from hkshcc.register.vocabulary import CONFERENCE, STALE_AFTER_DAYS
from hkshcc.render import RenderOptions, render
from hkshcc.render.as_html import Place, Surroundings, document
from hkshcc.render.html_style import STYLE
from hkshcc.render.pictures import svg_of
from hkshcc.render.tabular import flat_rows
from hkshcc.reports.filters import Filters
from hkshcc.reports.listing import listing
from hkshcc.reports.news import Item, news
from hkshcc.reports.page import Block, Column, Heading, Page, Row, Span, Table, View
from hkshcc.reports.schemas import all_schemas
from hkshcc.reports.site import INDEX, MAIN, Download, pages, places

FEEDS = {"en": "feed.xml", "zh-Hant": "feed.zh-Hant.xml", "zh-Hans": "feed.zh-Hans.xml"}
_ABOUT = {
    "measures.csv": N_("the measures and where they stand, a row each, for a spreadsheet"),
    "register.json": N_("the register, every entry of it: `hkshcc import register` reads it"),
    "datapackage.json": N_("what each file and column holds (Data Package)"),
    "CITATION.cff": N_("how to cite the data (Citation File Format)"),
    "schemas.json": N_("what each key of register.json means, and of all that hkshcc prints (JSON Schema)"),
}
_FEED = N_("what changed, for a feed reader (Atom)")
_STYLE = "style.css"
_LANGUAGES = {"en": "English", "zh-Hant": "繁體中文", "zh-Hans": "简体中文"}


def publish(view: View, folder: str) -> None:
    """Write the folder, whole or not at all, and say so. Raises RefusedError where it has other files."""
    files = site_files(view)
    written = write_folder(folder, files)
    number = ngettext("{n} file", "{n} files", len(files))
    if written:
        console.message(_("wrote {file} ({count})", file=folder, count=number))
    else:
        console.message(_("{file} is up to date ({count})", file=folder, count=number))


def site_files(view: View) -> dict[str, bytes]:
    """Return every file of the folder by its path. It depends on the view alone: the same entries and day, the same."""
    context, register = view.context, view.register
    measures = register.count(view.as_of)
    data, columns = _data(view)
    files = {file.path: file.data for file in data}
    files["schemas.json"] = _compact(all_schemas())
    files["datapackage.json"] = data_package(context, measures, data, columns)
    files["CITATION.cff"] = citation(context, measures)
    described = dataset(context, measures, data, CONFERENCE)
    for lang in LANGUAGES:
        with using(lang):
            items = news(view)
            files[FEEDS[lang]] = feed(context, items, lang, FEEDS[lang], f"{lang}/")
            files |= _pages(view, items, described, lang)
    files["index.html"] = _entrance(view)
    files[_STYLE] = STYLE.encode()
    head = {"as_of": context.as_of, "known_on": context.known_on, "entries": context.last}
    return with_list(files, {**head, "fingerprint": context.fingerprint})


def _data(view: View) -> tuple[list[DataFile], list[str]]:
    """Return the files of data, and the columns of the one that has columns."""
    measures = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    columns, _rows = flat_rows(measures, (), "en")
    rows = render(measures, RenderOptions("csv")).stdout.encode()
    return [
        DataFile("measures.csv", "text/csv", "the measures and where they stand, a row each", rows),
        DataFile("register.json", "application/json", "the register, every entry of it", dump(view.register)),
    ], columns


def _compact(data: Mapping[str, Any]) -> bytes:
    """Return JSON in one line: a person reads a schema by `hkshcc schema NAME`."""
    return (json.dumps(data, separators=(",", ":")) + "\n").encode()


def _pages(view: View, items: Sequence[Item], described: str, lang: str) -> dict[str, bytes]:
    """Return the pages of a language by their path; links lead from each to where the others lie."""
    found = {}
    to = {**places(view), **{f"#{name}": path for name, path in _downloads(lang).items()}}
    downloads = [Download(name, _(_ABOUT.get(name, _FEED))) for name in _downloads(lang)]
    for path, way, page in pages(view, items, downloads, _cited(view), lang):
        up = "../" * path.count("/")
        head = [] if up else [f'<link rel="alternate" type="application/atom+xml" href="../{FEEDS[lang]}">']
        if path == INDEX:
            head.append(f'<script type="application/ld+json">{described}</script>')
        around = Surroundings(
            links={name: up + place for name, place in to.items()},
            way=[Place(name, place and up + place) for name, place in way],
            here=[Place(_(name), place) for place, name in MAIN.items() if not up and place != path],
            languages=[
                Place(name, "" if other == lang else f"{up}../{other}/{path}", other)
                for other, name in _LANGUAGES.items()
            ],
            head="\n".join(head),
            style=f"{up}../{_STYLE}",
            picture=path.replace(".html", ".svg"),
        )
        if picture := page.picture():
            found[f"{lang}/{around.picture}"] = svg_of(picture, lang, page.footer).encode()
        found[f"{lang}/{path}"] = document(page, lang, around).encode()
    return found


def _downloads(lang: str) -> dict[str, str]:
    """Return where the files of data lie from a language's first page, by their names."""
    return {name: f"../{name}" for name in (*_ABOUT, FEEDS[lang])}


def _entrance(view: View) -> bytes:
    """Return the page at the top, which leads to the three languages."""
    rows = [
        Row([Span(name, link=f"#{lang}", lang=lang), Span(CONFERENCE[lang], "dim", lang=lang)])
        for lang, name in _LANGUAGES.items()
    ]
    blocks: list[Block] = [Heading(CONFERENCE["en"], level=1), Table([Column(""), Column("")], rows)]
    around = Surroundings({f"#{lang}": f"{lang}/{INDEX}" for lang in LANGUAGES}, style=_STYLE)
    with using("en"):
        return document(Page(blocks, view.context.lines()), "en", around).encode()


def _cited(view: View) -> str:
    """Return how to cite the folder, in the current language."""
    context = view.context
    source = _("Register of the {conference}", conference=CONFERENCE[current()])
    return _(
        "{source}, as of {day}, entries 1-{last}, fingerprint {value}",
        source=source,
        day=long_form(context.as_of),
        last=context.last,
        value=readable(context.fingerprint),
    )
