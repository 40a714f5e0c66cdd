"""The folder to publish: whole, valid, closed in itself, the same each time, and without what is not public."""

import json
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest

from hkshcc.cli.site import FEEDS, site_files
from hkshcc.language import LANGUAGES, using
from hkshcc.register.edition import public_edition
from hkshcc.register.index import Register
from hkshcc.reports.page import View
from hkshcc.stores.seed import seed_entries
from tests import hostile, nasty
from tests.register.build import Desk
from tests.reports.schemas import undeclared
from tests.running import MEASURES, TODAY, run, sentence

REGISTERS = {"shipped": tuple(seed_entries()), "nasty": nasty.entries(), "empty": ()}
XHTML = "{http://www.w3.org/1999/xhtml}"
_LINKS = {"href", "src", "action", "data", "poster", "srcset", "formaction", "background", "cite", "ping"}


def drawn(register: Register, as_of: str = TODAY) -> dict[str, bytes]:
    return site_files(View(register, as_of, as_of))


@pytest.fixture(scope="module", params=REGISTERS)
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return drawn(Register(REGISTERS[request.param]))


@pytest.fixture(scope="module")
def shipped() -> dict[str, bytes]:
    return drawn(Register(REGISTERS["shipped"]))


@lru_cache(maxsize=1000)
def parsed(data: bytes) -> ET.Element:
    """A page as a tree. Raises where it is not valid HTML."""
    tree: ET.Element = html5lib.HTMLParser(strict=True).parse(data.decode())
    return tree


def html(files: dict[str, bytes]) -> Iterator[tuple[str, ET.Element]]:
    for path, data in files.items():
        if path.endswith(".html"):
            yield path, parsed(data)


def addresses(tree: ET.Element) -> Iterator[str]:
    """Every address in a page, whatever it is for."""
    for element in tree.iter():
        for name, value in element.attrib.items():
            if str(name) in _LINKS:
                yield value


def test_every_page_is_valid_html_in_its_language_with_one_heading_and_headings_in_order(
    site: dict[str, bytes],
) -> None:
    for path, tree in html(site):
        folder = path.partition("/")[0]
        assert tree.get("lang") == (folder if folder in LANGUAGES else "en"), path
        levels = [int(element.tag[-1]) for element in tree.iter() if re.fullmatch(rf"{XHTML}h[1-6]", str(element.tag))]
        assert levels[:1] == [1], path
        assert levels.count(1) == 1, path
        assert [two for one, two in pairwise(levels) if two > one + 1] == [], path
        assert (tree.findtext(f".//{XHTML}title") or "").strip(), path


def test_every_link_within_the_folder_leads_to_what_is_there(site: dict[str, bytes]) -> None:
    anchors = {path: {element.get("id") for element in tree.iter() if element.get("id")} for path, tree in html(site)}
    broken = []
    for path, tree in html(site):
        for address in addresses(tree):
            parts = urlsplit(address)
            if parts.scheme:
                assert parts.scheme in {"http", "https"}, (path, address)
                continue
            assert not address.startswith("/"), (path, address)
            to = os.path.normpath(os.path.join(os.path.dirname(path), unquote(parts.path))) if parts.path else path
            if to not in site or (parts.fragment and unquote(parts.fragment) not in anchors.get(to, set())):
                broken.append((path, address))
    assert broken == []


def test_every_link_of_a_feed_leads_to_what_is_there(site: dict[str, bytes]) -> None:
    for name in FEEDS.values():
        feed = ET.fromstring(site[name])  # noqa: S314  our own
        links = {str(link.get("href")) for link in feed.iter("{http://www.w3.org/2005/Atom}link")}
        assert len(links) > 1
        assert links <= site.keys()


def test_nothing_runs_and_nothing_is_loaded(site: dict[str, bytes]) -> None:
    for path, tree in html(site):
        policy = [meta.get("content") for meta in tree.iter(f"{XHTML}meta") if meta.get("http-equiv")]
        assert policy == ["default-src 'none'; style-src 'self' file:; img-src 'self' file:"], path
        for element in tree.iter():
            tag = str(element.tag).removeprefix(XHTML)
            assert tag not in {"iframe", "object", "embed", "form", "base", "audio", "video", "source"}, path
            assert tag != "link" or element.get("rel") in {"alternate", "stylesheet"}, path
            assert tag != "script" or element.get("type") == "application/ld+json", path
            assert [name for name in element.attrib if str(name).lower().startswith("on")] == [], path


def test_there_is_a_page_for_every_measure_and_every_area_in_every_language(shipped: dict[str, bytes]) -> None:
    register = Register(REGISTERS["shipped"])
    for lang in LANGUAGES:
        for ref in register.refs(TODAY):
            heading = parsed(shipped[f"{lang}/m/{ref}.html"]).find(f".//{XHTML}h1")
            assert heading is not None
            assert ref in "".join(heading.itertext())
        assert {f"{lang}/a/{measure.area}.html" for measure in register.measures(TODAY)} <= shipped.keys()
    assert sum(path.startswith("en/m/") for path in shipped) == MEASURES


def test_the_folder_of_what_ships_is_under_two_million_bytes(shipped: dict[str, bytes]) -> None:
    assert sum(map(len, shipped.values())) < 2_000_000, sorted((len(data), path) for path, data in shipped.items())[-9:]


def test_the_first_page_describes_the_data_for_those_who_look_for_data(shipped: dict[str, bytes]) -> None:
    [script] = parsed(shipped["en/index.html"]).iter(f"{XHTML}script")
    said = json.loads(script.text or "")
    assert (said["@type"], said["dateModified"]) == ("Dataset", TODAY)
    assert 50 <= len(said["description"]) <= 5000
    for file in said["distribution"]:
        assert os.path.normpath(f"en/{file['contentUrl']}") in shipped


def test_the_same_entries_and_day_give_the_same_bytes(shipped: dict[str, bytes]) -> None:
    with using("zh-Hans"):
        assert drawn(Register(REGISTERS["shipped"])) == shipped


def test_the_list_of_files_and_the_copy_are_as_published(site: dict[str, bytes]) -> None:
    assert undeclared(json.loads(site["site.json"])) == []
    assert undeclared(json.loads(site["register.json"])) == []


def test_no_file_of_a_public_folder_has_what_is_internal_in_any_language() -> None:
    hidden = "Geheimsache"
    desk = Desk()
    desk.note(hidden, internal=True)
    desk.note(f"{hidden} without the mark")
    desk.undo(reason=f"{hidden} was said")
    desk.report(
        status="completed", by="XBB", evidence=["Gazette 1"], remark=hidden, next=hidden, attention=hidden,
        reason=hidden, internal=True,
    )  # fmt: skip
    edition, left_out = public_edition(desk.register)
    whole = drawn(desk.register, desk.today)
    public = site_files(View(edition, desk.today, desk.today, left_out=left_out))
    assert any(hidden.encode() in data for data in whole.values())
    assert [path for path, data in public.items() if hidden.encode() in data] == []
    for lang, said in (("en", "Public edition, without"), ("zh-Hant", "公開版"), ("zh-Hans", "公开版")):
        for path, data in public.items():
            assert not path.startswith(f"{lang}/") or said in data.decode(), path


@pytest.mark.parametrize("text", hostile.TEXTS.values(), ids=hostile.TEXTS)
def test_hostile_texts_are_text_alone_in_every_file(text: str) -> None:
    files = drawn(Register(hostile.entries(text)))
    for path, data in files.items():
        assert hostile.active(data.decode()) - {"\n", "\r", "\ufeff"} == set(), path
        scripts = len(re.findall(b"<script", data, re.IGNORECASE))
        expected = path in {f"{lang}/index.html" for lang in LANGUAGES}
        assert scripts == expected or not path.endswith((".html", ".xml")), path
    for path in ("en/index.html", "en/measures.html", "en/documents.html", f"zh-Hant/m/{hostile.REF}.html"):
        tree = parsed(files[path])
        assert {str(element.tag).removeprefix(XHTML) for element in tree.iter()}.isdisjoint({"b", "img", "iframe"}), (
            path
        )
        for address in addresses(tree):
            assert re.match(r"https?://|[\w./-]+(#[\w.-]+)?$|#[\w.-]+$", address), (path, address)
    assert hostile.live_in_table(files["measures.csv"]) == []
    for path in ("register.json", "datapackage.json", "site.json"):
        assert hostile.live_in_json(files[path]) == []


def command(folder: Path, *more: str, store: Path | str | None = None) -> Any:
    return run("export", "--site", str(folder), *more, store=store)


def test_the_folder_is_written_and_the_same_again_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    first, second = command(folder), command(folder)
    assert re.search(r"hkshcc: wrote .*site \(\d+ files\)\n", first.err)
    assert re.search(r"hkshcc: .*site is up to date \(\d+ files\)\n", second.err)
    held = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert held == drawn(Register(seed_entries()))


def test_a_past_day_is_published_as_it_was(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert command(folder, "--as-of", "2022-08-30", "--known-on", TODAY).code == 0
    assert "As of 30 August 2022, as known on 23 November 2026" in (folder / "en" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    "more", ["-o x.csv", "--format csv", "--fields ref", "--sort title", "--area finance", "--overdue", "finance"]
)
def test_a_folder_is_never_of_a_part(tmp_path: Path, more: str) -> None:
    ran = command(tmp_path / "site", *more.split())
    assert ran.code == 2
    assert sentence(ran).startswith("--site is always the whole register")
    assert not (tmp_path / "site").exists()


def test_a_folder_is_not_signed_and_this_is_said(tmp_path: Path) -> None:
    ran = command(tmp_path / "site", "--sign", "nowhere")
    why, way = "--sign signs a file, and --site writes a folder", "`hkshcc export -o FILE --sign KEY`"
    assert (ran.code, sentence(ran)) == (2, f"{why}; leave --sign out, or sign a copy: {way}")
    assert not (tmp_path / "site").exists()


def test_a_folder_with_the_store_in_it_is_refused(tmp_path: Path) -> None:
    store = nasty.write(tmp_path / "register.json")
    before = store.read_bytes()
    ran = command(tmp_path, store=store)
    assert ran.code == 4
    assert "register.json" in sentence(ran)
    assert store.read_bytes() == before


@pytest.mark.parametrize("ref", ["7-KIT-1/../../x", "..", "7-KIT-1a", "a b"])
def test_a_ref_that_cannot_name_a_file_alone_writes_none(tmp_path: Path, ref: str) -> None:
    from hkshcc.stores.tinydb_store import FileStore  # noqa: PLC0415

    entries = [*nasty.entries()]
    agreed = next(entry for entry in entries if entry.ref == "7-KIT-2" and entry.event == "agreed")
    other = ref.upper()
    changed = [
        entry._replace(ref=other, thing={**(entry.thing or {}), "ref": other}) if entry is agreed else entry
        for entry in entries
    ]
    store = tmp_path / "register.json"
    FileStore(str(store)).create(changed)
    ran = command(tmp_path / "site", store=store)
    assert ran.code == 4
    assert "name" in sentence(ran)
    assert not (tmp_path / "site").exists()
