"""A page in HTML: it stands alone, says what things are, and leads where its addresses say."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from hkshcc.render import RenderOptions, render
from hkshcc.render.as_html import POLICY, Place, Surroundings, document
from hkshcc.render.html_style import DARK, LIGHT, STYLE
from hkshcc.render.looks import COLOURS
from hkshcc.reports.page import (
    Bar,
    Block,
    Column,
    Figure,
    Figures,
    Heading,
    Key,
    KeyValue,
    KeyValues,
    Legend,
    Lines,
    Page,
    Part,
    Row,
    Span,
    Table,
    Text,
    address,
    to,
)
from tests.colours import contrast
from tests.commands import pages
from tests.hostile import html_parsed, live_in_html
from tests.render.board import Board
from tests.running import run
from tests.soak.browser import PICTURES, SITE_PICTURES

DOCS = Path(__file__).parents[2] / "docs"

SVG = "{http://www.w3.org/2000/svg}"
COMMANDS = pages(machine=True)


def drawn(*blocks: Block, lang: str = "en", title: str = "", around: Surroundings | None = None) -> Any:
    """Draw a page, read it as a browser does, and return its root."""
    made = document(Page(blocks, ["the end"], title), lang, around or Surroundings())
    assert live_in_html(made.encode()) == []
    return html_parsed(made)


def said(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def main(root: Any) -> str:
    """What stands in the page's body, as HTML without its spaces."""
    found = re.search("<main>(.*)</main>", root, re.DOTALL)
    assert found
    return "".join(line.strip() for line in found[1].splitlines())


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_page_is_html_as_the_standard_wants_it_and_nothing_in_it_acts(
    store: Path, command: str, lang: str
) -> None:
    ran = run("--lang", lang, *command.split(), "--format", "html", store=store)
    assert (ran.code, ran.err) == (0, "")
    assert live_in_html(ran.raw) == []
    root = html_parsed(ran.out)
    assert root.attrib["lang"] == lang
    levels = [int(element.tag[1]) for element in root.iter() if re.fullmatch("h[1-6]", str(element.tag))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(later <= before + 1 for before, later in pairwise(levels)), levels
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    leads = {element.attrib["href"] for element in root.iter("a") if element.attrib["href"].startswith("#")}
    assert {f"#{name}" for name in ids} >= leads


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_says_every_word_that_markdown_says(store: Path, command: str) -> None:
    """What is shortened stands whole behind it."""
    page = html_parsed(run(*command.split(), "--format", "html", store=store).out)
    parts = [part for end in (" ", "") for part in (end.join(page.find("body").itertext()),)]
    parts += [element.attrib["href"] for element in page.iter("a")]
    words = set(re.findall(r"[^\W_]+", " ".join(parts)))
    piped = run(*command.split(), "--format", "md", store=store).out
    assert set(re.findall(r"[^\W_]+", piped)) - words == set()


def test_a_page_may_load_nothing_and_has_no_script(store: Path) -> None:
    made = run("report", "--format", "html", store=store).out
    assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in made
    assert POLICY == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    for loading in ("url(", "@import", "src=", "<script", "javascript:", "<link", "<form", "<iframe"):
        assert loading not in made.lower()


def test_a_measure_is_found_by_its_ref(store: Path) -> None:
    page = html_parsed(run("show", "7-KIT-1a", "7-KCH-1", "--format", "html", store=store).out)
    assert [element.tag for element in page.iter() if element.attrib.get("id") in {"7-KIT-1a", "7-KCH-1"}] == ["h2"] * 2
    page = html_parsed(run("list", "--format", "html", store=store).out)
    assert [element.tag for element in page.iter() if element.attrib.get("id") in {"7-KIT-1a", "7-KCH-1"}] == ["tr"] * 2


def test_the_title_of_a_listing_stands_above_it_and_in_the_browser(store: Path) -> None:
    page = html_parsed(run("list", "--area", "kites", "--format", "html", store=store).out)
    [title] = page.iter("title")
    assert said(page.find(".//h1")) == "Measures (area kites)"
    assert said(title) == "Measures (area kites) – Hong Kong/Shanghai Co-operation Conference"


def test_what_stands_below_a_row_stands_in_it() -> None:
    table = Table([Column("Ref"), Column("Measure", overflow="wrap")], [Row(["7-KIT-1", "Kites"], ["due", "late"])])
    page = drawn(table, Table([Column(""), Column("", overflow="wrap")], table.rows))
    [cell] = page.iterfind(".//tbody/tr/td")
    assert [said(line) for line in cell.iter("li")] == ["due", "late"]
    assert cell.text == "Kites"
    assert len(list(page.iterfind(".//tbody/tr"))) == 1
    [item] = page.iterfind(".//ul[@class='items c2']/li")
    assert said(item) == "7-KIT-1 Kitesduelate"


def test_each_cell_but_the_one_that_a_row_is_about_says_of_what_it_is() -> None:
    columns = [Column("Ref"), Column("Measure", overflow="clip"), Column("Status"), Column("")]
    page = drawn(Table(columns, [Row(["7-KIT-1", "Kites", "late", "x"])]))
    cells = page.findall(".//tbody/tr/*")
    assert [cell.attrib.get("data-label") for cell in cells] == [None, None, "Status", None]
    sides = [Column(""), Column("Hong Kong", overflow="wrap"), Column("Shanghai", overflow="wrap")]
    cells = drawn(Table(sides, [Row(["owners", "IKO", "SH-Wind"])])).findall(".//tbody/tr/td")
    assert [cell.attrib.get("data-label") for cell in cells] == ["Hong Kong", "Shanghai"]


@pytest.mark.parametrize(("columns", "kind"), [(4, "numbers"), (6, "rows"), (9, "rows many"), (20, "blocks")])
def test_the_more_columns_a_table_has_the_less_they_stand_beside_one_another(columns: int, kind: str) -> None:
    table = Table([Column(f"c{number}", right=bool(number)) for number in range(columns)], [Row(["1"] * columns)])
    assert drawn(table).find(".//table").attrib["class"] == kind


def test_a_name_that_is_longer_than_a_telephone_is_wide_is_broken() -> None:
    names = [span.attrib["class"] for span in drawn(Text([to("7-KIT-1"), to("k" * 99)])).iterfind(".//p/span")]
    assert names == ["ref", "ref long"]


def test_a_status_in_words_has_a_dot_before_it_and_signs_have_none() -> None:
    spans = [
        Span("in progress", "in-progress"),
        Span("推進中", "in-progress"),
        Span(">───", "in-progress"),
        Span("ooo", "bad"),
    ]
    shown = drawn(Text([*spans, Span("ooo", "not-started"), Span("12", "completed")])).iterfind(".//p/span")
    assert [span.attrib["class"] for span in shown if "class" in span.attrib] == [
        "status in-progress", "status in-progress", "signs in-progress", "bad", "signs not-started", "count completed",
    ]  # fmt: skip


def test_a_bar_is_a_picture_that_says_its_numbers() -> None:
    bars = [
        Bar([Part("·", "unknown", 3, "not established"), Part("#", "completed", 1, "completed")]),
        Bar([Part("#", "completed", 2, "completed")]),
    ]
    page = drawn(Table([Column("Area"), Column("Status")], [Row(["Kites", bars[0]]), Row(["Soup", bars[1]])]))
    first, second = page.iter(f"{SVG}svg")
    assert (first.attrib["role"], said(first.find(f"{SVG}title"))) == ("img", "3 not established, 1 completed")
    widths = [[rect.attrib["width"] for rect in bar.iter(f"{SVG}rect")] for bar in (first, second)]
    assert widths == [["75%", "25%"], ["50%"]]
    assert [said(number) for number in first.iter(f"{SVG}text")] == ["3", "1"]


def test_what_has_no_room_in_a_bar_for_its_number_is_told_below_it() -> None:
    bar = Bar([Part("·", "unknown", 99, "not established"), Part("#", "completed", 1, "completed")])
    page = drawn(Table([Column("Side"), Column("Status")], [Row(["Hong Kong", bar])]))
    assert [said(number) for number in page.iter(f"{SVG}text")] == ["99"]
    [words] = page.iterfind(".//span[@class='words']")
    assert said(words) == "99 not established, 1 completed"
    [picture] = page.iter(f"{SVG}svg")  # nobody is read the same twice
    assert (picture.attrib["aria-hidden"], picture.find(f"{SVG}title")) == ("true", None)


def test_a_table_of_many_sentences_is_marked_to_be_stacked_before_others() -> None:
    names = ("Agreed", "Done", "Next", "Owners")
    for giving, kind in ((names, "rows full"), (names[:2], "rows")):
        columns = [Column(name, overflow="wrap" if name in giving else "") for name in names]
        [table] = drawn(Table(columns, [Row(["a", "b", "c", "d"])])).iterfind(".//table")
        assert table.attrib["class"] == kind


def test_lines_of_a_cell_stand_under_one_another() -> None:
    lines = Lines([["Kites"], [], [Span("fly", "strong"), " high"]])
    page = drawn(Table([Column("Ref"), Column("Measure")], [Row(["7-KIT-1", lines])]))
    [cell] = page.iterfind(".//tbody/tr/td")
    assert [element.tag for element in cell] == ["br", "strong"]
    assert "".join(cell.itertext()) == "Kitesfly high"


def test_figures_are_numbers_with_what_is_said_of_them() -> None:
    page = drawn(Figures([Figure("unknown", 12, "not established"), Figure("completed", 0, "completed")]))
    [terms] = page.iterfind(".//dl")
    assert [(said(pair[0]), said(pair[1])) for pair in terms] == [("12", "not established"), ("0", "completed")]


def test_what_lapsed_stands_apart_in_the_bar_above_as_in_those_below() -> None:
    page = drawn(
        Figures([Figure("continuing", 5, "continuing, 2 of them lapsed", 2), Figure("completed", 3, "completed")])
    )
    [bar] = page.iterfind(f".//div[@class='whole']/{SVG}svg")
    parts = [(group.attrib["class"], said(group.find(f"{SVG}text"))) for group in bar.iter(f"{SVG}g")]
    assert parts == [("continuing", "3"), ("lapsed", "2"), ("completed", "3")]


def test_a_bar_with_its_total_says_none_as_other_cells_do_and_a_last_rows_is_strong() -> None:
    row = Row(["Kites", Bar([], total=0), Bar([Part("#", "completed", 2, "completed")], total=2)])
    last = Row([Span("Total", "strong"), Bar([], total=0), Bar([], total=2)])
    page = drawn(Table([Column("Area"), Column("7th"), Column("8th")], [row, last]))
    cells = [[(cell[0].tag, cell[0].text) for cell in found.iterfind("td")] for found in page.iterfind(".//tbody/tr")]
    assert cells == [[("span", "-"), ("span", "2")], [("span", "-"), ("strong", "2")]]


def test_names_and_their_values_are_just_that() -> None:
    page = drawn(KeyValues([KeyValue("Next step", "a plan", ["by May"])]), Legend([Key("·", "unknown", "unknown")]))
    [pair] = page.iterfind(".//dl/div")
    assert (said(pair.find("dt")), pair.find("dd").text, said(pair.find(".//li"))) == ("Next step", "a plan", "by May")


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("https://invented.example/a", "invented.example/a"),
        ("https://invented.example/", "invented.example"),
        ("https://invented.example/" + "a" * 99, "invented.example/" + "a" * 31 + "…"),
        ("https://" + "long." * 20 + "example/x", "long." * 20 + "example/x"),
    ],
)
def test_an_address_is_a_link_and_its_host_is_shown_whole(where: str, shown: str) -> None:
    for text in (Text([address(where)]), Text([f"see {where}."])):
        [link] = drawn(text).iter("a")
        assert (link.attrib["href"], said(link)) == (where, shown)


@pytest.mark.parametrize(
    "where",
    ["javascript:alert(1)", "data:text/html,x", "https://invented.example/\u98a8", "/x", ""],
)
def test_what_is_no_harmless_address_of_the_web_is_text_alone(where: str) -> None:
    page = drawn(Text([Span(where or "nothing", link=where), Span("next", link=f"#{where}")]))
    assert [link.attrib["href"] for link in page.iter("a") if link.attrib["href"] == where] == []
    assert said(page.find(".//p")) == f"{where or 'nothing'}next"


def test_a_link_within_a_page_leads_to_what_is_there_and_in_a_folder_to_the_page_of_it() -> None:
    text = Text([to("7-KIT-1"), " ", to("7-KIT-2")])
    heading = Heading("Kites", 1, ref="7-KIT-1")
    assert [link.attrib["href"] for link in drawn(heading, text).iter("a")] == ["#7-KIT-1"]
    made = document(Page([heading, text]), "en", Surroundings({"#7-KIT-2": "../m/7-KIT-2.html"}))
    assert re.findall('href="([^"]*)"', made) == ["#7-KIT-1", "../m/7-KIT-2.html"]


def test_what_is_around_a_page_in_a_folder_is_navigation() -> None:
    around = Surroundings(
        way=[Place("All", "#all"), Place("Kites", "")],
        languages=[Place("English", ""), Place("繁體中文", "#zh", "zh-Hant")],
        here=[Place("Data", "#data")],
    )
    page = drawn(Heading("Kites", 1), around=around)
    way, others = page.iter("nav")
    assert [said(place) for place in way.iter("li")] == ["All", "Kites"]
    assert [place.attrib.get("aria-current") for place in way.iter("li")] == [None, "page"]
    assert [place.attrib for place in page.findall(".//ul[@class='languages']/li/a")] == [
        {"href": "#zh", "lang": "zh-Hant", "hreflang": "zh-Hant"}
    ]
    assert said(others) == "Data"


def test_what_is_in_another_language_than_the_page_says_so() -> None:
    shown = Text(["The kites (風箏，紙) fly; ", Span("风筝", "dim", lang="zh-Hans"), Span("Kites", lang="en")])
    marked = [(element.attrib["lang"], said(element)) for element in drawn(shown).iterfind(".//main/p//*[@lang]")]
    assert marked == [("zh", "風箏，紙"), ("zh-Hans", "风筝")]
    shown = Text(["風箏 ", Span("Paper kites fly"), Span("IKO")])
    marked = [
        (element.attrib["lang"], said(element))
        for element in drawn(shown, lang="zh-Hant").iterfind(".//main/p//*[@lang]")
    ]
    assert marked == [("en", "Paper kites fly")]


def test_what_is_written_from_right_to_left_moves_nothing_beside_it() -> None:
    [alone] = drawn(Text(["by ", Span("مرحبا", "strong"), ", 3 May"])).iter("bdi")
    assert said(alone) == "مرحبا"


def test_headings_come_in_order_whatever_levels_they_were_given() -> None:
    page = drawn(Heading("Kites", 1), Heading("Deep", 3), Heading("Section"), title="unused")
    tags = [str(element.tag) for element in page.iter()]
    assert [tag for tag in tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h2"]
    page = drawn(Heading("Kites", 1), Heading("Soup", 1), title="Both")
    assert [said(element) for element in page.iter("h1")] == ["Both"]


def test_no_colour_of_a_status_is_a_background_as_browsers_print_none_unless_asked() -> None:
    assert "var(--c)" in STYLE
    assert re.findall(r"background[^;}]*var\(--c\)", STYLE) == []


@pytest.mark.parametrize("place", [0, 1])
def test_every_colour_is_read_on_the_page_and_the_page_on_it(place: int) -> None:
    sheets = re.findall(r":root\{[^}]*(--page:[^}]*)\}", STYLE)
    assert len(sheets) == 3  # light, dark, and light again on paper
    own = dict(part.split(":") for part in sheets[place].replace("--", "").split(";"))
    page = own["page"].replace("#fff", "#ffffff") if len(own["page"]) == 4 else own["page"]
    colours = {name: own[name] for name in (*COLOURS, "ink", "dim", "link")}
    assert (LIGHT, DARK)[place].keys() == COLOURS.keys()
    for name, colour in colours.items():
        assert contrast(page, colour) >= 4.5, name


def test_a_page_in_html_is_one_of_the_report_of_any_kind() -> None:
    class Rows(Board):
        fields = ("name",)

        def items(self) -> list[dict[str, Any]]:
            return [{"name": "a <b>"}]

        def page(self, _lang: str) -> Page:
            return Page(self.blocks, title="Board")

    board = Rows(Text(["a <b> & c"]))
    made = render(board, RenderOptions("html")).stdout
    assert main(made) == "<h1>Board</h1><p>a &lt;b&gt; &amp; c</p>"
    made = render(board, RenderOptions("html", ["name"])).stdout
    assert said(html_parsed(made).find(".//tbody")) == "a <b>"


@pytest.mark.parametrize("name", [*PICTURES, *SITE_PICTURES])
def test_a_picture_of_a_page_is_small_and_as_wide_as_its_command_draws_it(name: str) -> None:
    picture = (DOCS / name).read_bytes()
    assert picture.startswith(b"\x89PNG")
    shot = (PICTURES | SITE_PICTURES)[name]
    assert [int.from_bytes(picture[at : at + 4], "big") for at in (16, 20)] == [shot.width, shot.height]
    assert len(picture) < 150_000
    page = "reading.md" if name in PICTURES else "publishing.md"
    assert f'src="{name}"' in (DOCS / page).read_text(encoding="utf-8")
