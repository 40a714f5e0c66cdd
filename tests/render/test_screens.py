"""Pages on a screen: they fit, they line up, and on a narrow one they give way without losing anything."""

import re
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from hkshcc.render import FORMATS, RenderOptions, render
from hkshcc.render.tabular import flat_rows
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
    Page,
    Part,
    Row,
    Span,
    Table,
    Text,
    named,
)
from tests import hostile, nasty
from tests.commands import pages
from tests.docx_text import text_of
from tests.render.board import Board
from tests.running import Screen, run

COMMANDS = (*pages(), "changes --since 2023-01-01")  # from the very beginning
REFS = [entry.ref for entry in nasty.entries() if entry.event == "agreed" and entry.ref != "8-KCH-1"]


def width(text: str) -> int:
    """The columns a text takes, counted apart from the code under test."""
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("lang", "columns"), [("zh-Hant", 200), ("en", 80), ("zh-Hant", 40), ("en", 20)])
def test_no_line_is_longer_than_the_screen(store: Path, command: str, lang: str, columns: int) -> None:
    ran = run("--lang", lang, *command.split(), store=store, screen=Screen(columns), env={"NO_COLOR": "1"})
    assert ran.code == 0, ran.err
    longer = [line for line in ran.lines if width(line) > columns]
    assert [line for line in longer if not re.fullmatch(r"https?://\S+", line)] == []
    assert [line for line in ran.lines if line != line.rstrip()] == []


def test_a_very_wide_screen_takes_no_longer_than_its_text(store: Path) -> None:
    run("add", "--area", "kites", "--plenary", "7", "--title", "kite " * 24_000, store=store)
    start = time.process_time()
    ran = run("list", store=store, screen=Screen(20_000), env={"NO_COLOR": "1"})
    assert time.process_time() - start < 10  # it took minutes when each gap was searched from each of its spaces
    assert 19_990 < max(width(line) for line in ran.lines) <= 20_000
    assert [line for line in ran.lines if line != line.rstrip()] == []


@pytest.mark.parametrize("columns", [200, 80, 40, 20, 3])
def test_every_ref_of_a_listing_stands_whole_however_narrow_the_screen(store: Path, columns: int) -> None:
    ran = run("list", store=store, screen=Screen(columns), env={"NO_COLOR": "1"})
    assert re.findall(r"^ +(\d-[A-Z]{3}-\d[a-z]?)\b", ran.out, re.MULTILINE) == REFS


@pytest.mark.parametrize("command", ["list --area kites", "areas", "report", "show 7-KIT-1a", "history 7-KIT-1a"])
def test_a_page_on_a_narrow_screen_says_every_word_that_it_says_on_a_wide_one(store: Path, command: str) -> None:
    def words(columns: int) -> list[str]:
        ran = run(*command.split(), store=store, screen=Screen(columns), env={"NO_COLOR": "1"})
        return sorted("".join(ran.out.split()))

    assert words(20) == words(250)


def test_on_a_wide_screen_nothing_is_shortened(store: Path) -> None:
    ran = run("list", store=store, screen=Screen(500), env={"NO_COLOR": "1"})
    assert nasty.LONG in ran.out
    assert "…" not in ran.out


def test_what_is_shortened_says_so_and_is_a_title(store: Path) -> None:
    ran = run("list", store=store, screen=Screen(80), env={"NO_COLOR": "1"})
    [line] = [line for line in ran.lines if "7-KCH-1 " in line]
    assert line.split("  ")[1:3] == ["7-KCH-1", " A very long title about no…"]


@pytest.mark.parametrize("lang", ["en", "zh-Hant"])
def test_columns_line_up_whatever_the_script(store: Path, lang: str) -> None:
    ran = run("--lang", lang, "list", store=store, screen=Screen(90), env={"NO_COLOR": "1"})
    heads = [line for line in ran.lines if re.match(r"  \d-[A-Z]{3}-", line)]
    owners = {"IKO", "INB", "SH-Soup", "SH-Wind", "no", "未有負責單位"}
    places = {width(line[: line.rindex(line.split()[-1 if line.split()[-1] in owners else -2])]) for line in heads}
    assert len(places) == 1


def test_chinese_is_wrapped_without_spaces_put_into_it(store: Path) -> None:
    ran = run("--lang", "zh-Hant", "show", "7-KIT-1b", store=store, screen=Screen(40), env={"NO_COLOR": "1"})
    heading = "".join(line.strip() for line in ran.lines[:8])
    assert nasty.LONG_CHINESE in heading


class _Board(Board):
    """A report that has rows too, and counts how often its page is drawn."""

    fields = ("name", "sides")

    def __init__(self, *blocks: Block) -> None:
        super().__init__(*blocks, footer="end of the page ({lang})")
        self.drawn = 0

    def items(self) -> list[dict[str, Any]]:
        return [{"name": {"en": "Kite", "zh-Hant": "風箏"}, "sides": 1.5}]

    def data(self) -> dict[str, Any]:
        return {"schema": self.schema, "rows": self.items()}

    def page(self, lang: str) -> Page:
        self.drawn += 1
        return super().page(lang)


class _Listing(_Board):
    """A report of which a pipe gets rows alone."""

    brief = ("name",)


@pytest.mark.parametrize("width", [None, 60])
@pytest.mark.parametrize("fields", [(), ("name",)])
@pytest.mark.parametrize("form", FORMATS)
def test_a_page_is_drawn_once_and_not_at_all_where_its_last_line_is_enough(
    form: str, fields: Sequence[str], width: int | None
) -> None:
    for board, rows_alone in ((_Board(), False), (_Listing(), form == "table" and width is None)):
        drawn = render(board, RenderOptions(form, fields, width=width))
        assert board.drawn == (0 if rows_alone or fields or form in {"json", "csv"} else 1)
        said = text_of(drawn.data) if drawn.binary else drawn.stdout + drawn.stderr
        assert ("end of the page (en)" in said) == (form != "json")


def test_headings_of_two_levels_differ_in_markdown() -> None:
    board = _Board(Heading("The *page*", level=1), Heading("A section"), Text(["  said  "]), Text())
    drawn = render(board, RenderOptions("md"))
    assert drawn.stdout == "# The \\*page\\*\n\n## A section\n\nsaid\n\nend of the page (en)\n"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("+1", "\\+1"),
        ("# no heading", "\\# no heading"),
        ("10 measures", "10 measures"),
        ("a - b", "a - b"),
    ],
)
def test_a_line_of_markdown_begins_nothing_but_a_line(said: str, written: str) -> None:
    assert render(_Board(Text([said])), RenderOptions("md")).stdout == f"{written}\n\nend of the page (en)\n"


def test_a_table_in_markdown_keeps_numbers_to_the_right() -> None:
    table = Table([Column("What"), Column("How many", right=True)], [Row(["a|b", Span("3", "strong")])])
    assert render(_Board(table), RenderOptions("md")).stdout.startswith(
        "| What | How many |\n| --- | ---: |\n| a\\|b | 3 |\n"
    )


def test_in_markdown_a_bar_is_numbers_and_its_legend_is_not_needed() -> None:
    bar = Bar([Part("·", "unknown", 3, "not established"), Part("#", "completed", 1, "completed")], per_sign=2)
    table = Table([Column("Area"), Column("Status")], [Row(["Kites", bar])], header=True)
    drawn = render(_Board(table, Legend([Key("·", "unknown", "not established")])), RenderOptions("md")).stdout
    assert drawn.splitlines()[2:] == ["| Kites | 3 not established, 1 completed |", "", "end of the page (en)"]


def test_in_markdown_what_is_said_below_a_row_stands_with_what_it_is_about() -> None:
    rows = [Row(["7-KIT-1", "Kites"], ["due 1 May", ["press: ", Span("x")]]), Row(["7-KIT-2", "Wind"], level=1)]
    named = Table([Column("Ref"), Column("Measure", overflow="wrap")], rows, header=True)
    bare = Table([Column(""), Column("", overflow="wrap")], rows)
    drawn = render(_Board(named, bare), RenderOptions("md")).stdout
    assert "| 7-KIT-1 | Kites; due 1 May; press: x |\n" in drawn
    assert "- 7-KIT-1 · Kites\n  - due 1 May\n  - press: x\n  - 7-KIT-2 · Wind\n" in drawn


@pytest.mark.parametrize("width", [None, 60])
def test_names_and_figures_are_drawn_as_lines_and_in_markdown_as_points(width: int | None) -> None:
    values = KeyValues([KeyValue("Next step", "a plan", ["by May"]), KeyValue("Basis", Span("both", "strong"))])
    figures = Figures([Figure("unknown", 12, "not established"), Figure("completed", 3, "completed")])
    board = _Board(Heading("Paper kites", ref="7-KIT-1"), values, figures)
    assert render(board, RenderOptions(width=width)).stdout.splitlines()[:-1] == [
        "7-KIT-1  Paper kites",
        "  Next step  a plan",
        "             by May",
        "  Basis      both",
        "    12  not established",
        "     3  completed",
    ]
    assert render(board, RenderOptions("md")).stdout.splitlines()[:-2] == [
        "## 7-KIT-1 Paper kites",
        "",
        "- Next step: a plan",
        "  - by May",
        "- Basis: both",
        "",
        "- 12 not established",
        "- 3 completed",
    ]


@pytest.mark.parametrize("width", [None, 60])
def test_a_row_that_belongs_to_the_one_above_it_stands_further_in(width: int | None) -> None:
    table = Table([Column("What"), Column("How many", right=True)], [Row(["all", "3"]), Row(["some", "2"], level=1)])
    assert render(_Board(table), RenderOptions(width=width)).stdout.splitlines()[:2] == ["  all     3", "    some  2"]


def test_a_name_says_which_language_it_is_in_where_that_is_not_the_wanted_one() -> None:
    name = {"zh-Hant": "風箏", "en": "Kites"}
    assert named(name, "zh-Hant", "strong") == Span("風箏", "strong")
    assert named(name, "zh-Hans") == Span("Kites", lang="en")
    assert named({"zh-Hans": "风筝", "en": None}, "en") == Span("风筝", lang="zh-Hans")
    assert named({}, "en") == Span("")


@pytest.mark.parametrize("width", [None, 60])
def test_a_role_is_only_ever_more_than_the_words_say(width: int | None) -> None:
    board = _Board(Text([Span("dim", "dim"), " ", Span("bold", "strong"), " ", Span("odd", "no-such-role")], indent=2))
    plain = render(board, RenderOptions(width=width)).stdout
    painted = render(board, RenderOptions(width=width, colour=True)).stdout
    assert plain == "  dim bold odd\nend of the page (en)\n"
    assert painted.splitlines()[0] == "  \x1b[2mdim\x1b[0m \x1b[1mbold\x1b[0m odd"


def test_plain_columns_line_up_in_colour_too() -> None:
    table = Table(
        [Column("Ref"), Column("Number", right=True), Column("Empty"), Column("Word")],
        [Row([Span("風箏", "ref"), "1", "", "a"]), Row(["x", Span("22", "bad"), "", "b"])],
        header=True,
        indent=0,
    )
    plain = render(_Board(table), RenderOptions()).stdout
    assert plain == "Ref   Number  Empty  Word\n風箏       1         a\nx         22         b\nend of the page (en)\n"
    painted = render(_Board(table), RenderOptions(colour=True)).stdout
    assert hostile.bare(painted) == plain


def test_a_cell_that_is_neither_text_nor_number_is_said_as_it_is() -> None:
    assert flat_rows(_Board(), ["name", "sides"], "zh-Hant") == (["name", "sides"], [["風箏", "1.5"]])


def test_a_name_stands_in_the_language_wanted_and_beside_it_in_the_others() -> None:
    assert flat_rows(_Board(), [], "zh-Hant") == (
        ["name", "name_en", "name_zh_hans", "sides"],
        [["風箏", "Kite", None, "1.5"]],
    )
    assert flat_rows(_Board(), ["name_zh_hant", "sides_en"], "en") == (["name_zh_hant", "sides_en"], [["風箏", None]])
