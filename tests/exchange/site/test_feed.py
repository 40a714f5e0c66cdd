"""The feed, held to what RFC 4287 asks of one."""

import re
from collections.abc import Sequence
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hkshcc.exchange.site.feed import feed
from hkshcc.language import LANGUAGES, using
from hkshcc.register.index import Register
from hkshcc.reports.news import MOST, news
from hkshcc.reports.page import View
from tests import hostile, nasty
from tests.register.build import Desk, day
from tests.register.test_properties import BEGIN, RECORDING, UNDOING, Step, take

ATOM = "{http://www.w3.org/2005/Atom}"
OF_FEED = {"id": 1, "title": 1, "updated": 1, "subtitle": 1, "author": 1}
OF_ENTRY = {"id": 1, "title": 1, "updated": 1, "summary": 1}
TODAY = "2026-11-23"


def drawn(register: Register, lang: str = "en", as_of: str = TODAY) -> bytes:
    view = View(register, as_of, as_of)
    with using(lang):
        return feed(view.context, news(view), lang, "feed.xml", f"{lang}/")


def faults(data: bytes) -> list[str]:
    """What of a feed RFC 4287 does not allow; the numbers are those of its sections."""
    root = ET.fromstring(data)  # noqa: S314  our own
    if root.tag != f"{ATOM}feed":
        return ["2: the root is no feed"]
    found = [*_counted(root, OF_FEED), *_common(root)]
    links = [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")]
    found += [] if len(links) == 1 else ["4.1.1: no link to itself"]
    ids = [root.findtext(f"{ATOM}id", "")]
    for entry in root.findall(f"{ATOM}entry"):
        found += [*_counted(entry, OF_ENTRY), *_common(entry)]
        alternate = [link.get("hreflang") for link in entry.findall(f"{ATOM}link[@rel='alternate']")]
        found += [] if len(alternate) == 1 else ["4.1.2: not one alternate link of a type and language"]
        found += [
            "4.2.2: a category without a term" for each in entry.findall(f"{ATOM}category") if not each.get("term")
        ]
        ids.append(entry.findtext(f"{ATOM}id", ""))
    found += ["4.2.6: two with one id"] * (len(ids) != len(set(ids)))
    found += [
        f"4.2.6: {name!r} is no absolute IRI" for name in ids if not re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", name)
    ]
    names = root.findall(f"{ATOM}author/{ATOM}name")
    return found + ["3.2.1: an author without a name"] * (not names or not names[0].text)


def _counted(element: ET.Element, wanted: dict[str, int]) -> list[str]:
    return [
        f"4.1: {len(element.findall(ATOM + name))} times {name}"
        for name, number in wanted.items()
        if len(element.findall(ATOM + name)) != number
    ]


def _common(element: ET.Element) -> list[str]:
    found = []
    if not (element.findtext(f"{ATOM}title") or "").strip():
        found.append("4.2.14: an empty title")
    moment = element.findtext(f"{ATOM}updated", "")
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", moment):
        found.append(f"3.3: {moment!r} is no moment of RFC 3339")
    else:
        datetime.fromisoformat(moment)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_feed_of_a_nasty_register_is_one_of_rfc_4287(lang: str) -> None:
    assert faults(drawn(Register(nasty.entries()), lang)) == []


@settings(max_examples=20)
@given(st.lists(RECORDING | UNDOING, min_size=5, max_size=25))
def test_whatever_is_recorded_the_feed_is_one_of_rfc_4287(steps: Sequence[Step]) -> None:
    desk = Desk(today=BEGIN)
    for step in steps:
        take(desk, step)
    assert faults(drawn(desk.register, as_of=desk.today)) == []


def test_the_feed_of_an_empty_register_is_one_of_rfc_4287() -> None:
    data = drawn(Register([]))
    assert faults(data) == []
    assert b"<updated>2026-11-23T00:00:00+08:00</updated>" in data


@pytest.mark.parametrize("text", hostile.TEXTS.values(), ids=hostile.TEXTS)
def test_hostile_texts_are_text_alone_in_a_feed(text: str) -> None:
    data = drawn(Register(hostile.entries(text)), as_of="2026-11-23")
    assert faults(data) == []
    assert hostile.active(data.decode()) - {"\n"} == set()
    tags = {element.tag.removeprefix(ATOM) for element in ET.fromstring(data).iter()}  # noqa: S314  our own
    assert tags <= {
        "feed",
        "entry",
        "title",
        "subtitle",
        "id",
        "updated",
        "author",
        "name",
        "link",
        "category",
        "summary",
    }
    links = {element.get("href") for element in ET.fromstring(data).iter(f"{ATOM}link")}  # noqa: S314  our own
    assert links <= {"feed.xml", "en/index.html", f"en/m/{hostile.REF}.html", f"en/m/{hostile.OTHER}.html"}


def ids(data: bytes) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in ET.fromstring(data).iter(f"{ATOM}entry")]  # noqa: S314  our own


def test_an_item_keeps_its_id_whatever_is_recorded_after_it() -> None:
    desk = Desk()
    desk.report(status="in-progress", by="XBB")
    before = ids(drawn(desk.register, as_of=desk.today))
    desk.report(status="completed", by="XBB", evidence=["Gazette 1"], on=day(desk.today))
    after = ids(drawn(desk.register, as_of=desk.today))
    assert after[1:] == before
    assert after[0] not in before


def test_the_same_entry_has_another_id_in_another_language_for_it_says_something_else() -> None:
    register = Register(nasty.entries())
    english, chinese = ids(drawn(register)), ids(drawn(register, "zh-Hant"))
    assert len(english) == len(chinese)
    assert not set(english) & set(chinese)


def test_a_feed_has_the_last_changes_and_says_of_how_many() -> None:
    desk = Desk()
    for number in range(MOST + 5):
        desk.add(title=f"Invented {number}")
    data = drawn(desk.register, as_of=desk.today)
    assert len(ids(data)) == MOST
    assert f"The last {MOST} changes of " in data.decode()
