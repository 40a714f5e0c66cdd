"""Pictures: what a colour terminal of 80 columns shows, standing alone, readable, and inert."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hkshcc.render import RenderOptions, render
from hkshcc.render.svg import BACKGROUND, COLOURS, FAINT, INK
from hkshcc.reports.page import Bar, Column, Heading, Part, Row, Span, Table, Text
from hkshcc.text import width
from tests import hostile
from tests.colours import contrast
from tests.commands import pages, with_picture
from tests.render.board import Board
from tests.running import Screen, run

SVG = "{http://www.w3.org/2000/svg}"
STEP, LEADING, MARGIN, BASE = 8.4, 19, 16, 30  # pixels


def texts(picture: str) -> list[ET.Element]:
    return ET.fromstring(picture).findall(f"{SVG}text")  # noqa: S314  our own


def lines(picture: str) -> list[str]:
    """Read a picture's lines from where its texts are put, one column after the other."""
    found: list[str] = []
    for text in texts(picture):
        line, past = divmod(int(text.attrib["y"]) - BASE, LEADING)
        column = round((float(text.attrib["x"]) - MARGIN) / STEP)
        assert past == 0
        assert float(text.attrib["textLength"]) == pytest.approx(width(text.text or "") * STEP, abs=0.1)
        found += [""] * (line + 1 - len(found))
        found[line] += " " * (column - width(found[line])) + (text.text or "")
    return found


@pytest.mark.parametrize("command", [words for words in pages(machine=True) if words not in with_picture()])
@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_a_picture_shows_what_a_terminal_of_80_columns_shows(store: Path, command: str, lang: str) -> None:
    words = ("--lang", lang, *command.split())
    screen = run(*words, store=store, screen=Screen(80))
    picture = run(*words, "--format", "svg", store=store)
    assert (picture.code, picture.err) == (0, screen.err)
    # A longer line goes on where the screen ends.
    rows = [row for line in hostile.bare(screen.out).splitlines() for row in re.findall(r"^$|.{1,80}", line)]
    # A screen goes without what says how it is drawn again; a listing there goes without what it was drawn from, too.
    drawn = lines(picture.out)
    assert drawn[: len(rows)] == rows
    if command != "check":
        below = "".join(drawn[len(rows) :])
        assert "--as-of" in below
        assert "hkshcc check --fingerprint" in below


def test_a_picture_is_the_same_on_every_screen_and_in_a_file(store: Path) -> None:
    written = store.with_name("report.svg")
    run("report", "-o", str(written), store=store, encoding="cp950")
    for screen in (Screen(40), Screen(200)):
        ran = run("report", "--format", "svg", "--color", "never", store=store, screen=screen)
        assert ran.raw == written.read_bytes()


@pytest.mark.parametrize(
    ("command", "title"), [("report", "Co-operation Conference, 7th plenary"), ("list", "10 of 10 measures")]
)
def test_a_picture_has_a_title_and_says_its_language(store: Path, command: str, title: str) -> None:
    svg = ET.fromstring(run(command, "--format", "svg", store=store).out)  # noqa: S314  our own
    assert svg[0].tag == f"{SVG}title"
    assert title in (svg[0].text or "")
    assert svg.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"


def test_a_role_has_its_look() -> None:
    spans = [Span("a", "in-progress"), Span("b", "dim"), Span("c", "ref"), Span("d", "struck"), Span("e")]
    looks = [
        {name: text.attrib[name] for name in ("fill", "font-weight", "text-decoration") if name in text.attrib}
        for text in texts(render(Board(Text(spans)), RenderOptions("svg")).stdout)[:5]
    ]
    assert looks == [
        {"fill": COLOURS["amber"]}, {"fill": FAINT}, {"font-weight": "bold"},
        {"fill": FAINT, "text-decoration": "line-through"}, {},
    ]  # fmt: skip


def test_a_bar_is_blocks_with_a_dark_number_at_the_end_of_each() -> None:
    bar = Bar([Part("#", "completed", 12), Part("x", "not-pursued", 1)])
    drawn = render(Board(Table([Column("")], [Row([bar])], indent=0)), RenderOptions("svg")).stdout
    blocks = ET.fromstring(drawn).findall(f"{SVG}rect")[1:]  # noqa: S314  our own
    assert [(block.attrib["fill"], round(float(block.attrib["width"]) / STEP)) for block in blocks] == [
        (COLOURS["green"], 36),
        (COLOURS["red"], 3),
    ]
    numbers = texts(drawn)[:2]
    assert [(number.text, number.attrib["fill"]) for number in numbers] == [("12", BACKGROUND), ("1", BACKGROUND)]
    for number, block in zip(numbers, blocks, strict=True):
        assert float(number.attrib["x"]) + float(number.attrib["textLength"]) == pytest.approx(
            float(block.attrib["x"]) + float(block.attrib["width"]), abs=0.2
        )


@pytest.mark.parametrize("colour", [INK, FAINT, *COLOURS.values()])
def test_every_colour_can_be_read_on_the_background(colour: str) -> None:
    """At least 7 to 1, the stricter ratio of the Web Content Accessibility Guidelines."""
    assert contrast(colour, BACKGROUND) > 7


def test_what_no_xml_may_hold_is_shown_as_an_escape() -> None:
    drawn = render(Board(Heading("<&>\ufffe"), Text(["a\uffffb"])), RenderOptions("svg")).stdout
    assert lines(drawn) == ["<&>\\ufffe", "a\\uffffb", "end (en)"]
    assert ET.fromstring(drawn)[0].text == "<&>\\ufffe"  # noqa: S314  our own


@pytest.mark.parametrize(
    "bad",
    [
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><text onclick="x()">a</text></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><rect fill="url(http://invented.example)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg"><text>a\u202e</text></svg>',
        '<?xml-stylesheet href="http://invented.example"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_a_picture_that_would_act_is_found_out(bad: str) -> None:
    assert hostile.live_in_svg(bad.encode())


def test_nothing_is_loaded_from_anywhere(store: Path) -> None:
    """Addresses are shown, as text; the one that is not is the name of the format."""
    picture = run("history", "--format", "svg", store=store).out
    assert re.findall(r"\"[^\"<>]*//[^\"<>]*\"", picture) == ['"http://www.w3.org/2000/svg"']
    assert "@import" not in picture
