"""On a colour terminal: bars as blocks with their numbers, colours that read anywhere, addresses that are links."""

import re
from pathlib import Path

import pytest

from hkshcc.render import RenderOptions, render
from hkshcc.render.looks import COLOURS, LOOKS, painted
from hkshcc.reports.page import Bar, Block, Column, Heading, Key, Legend, Part, Piece, Row, Span, Table, Text
from hkshcc.text import width
from tests import hostile
from tests.colours import luminance
from tests.render.board import Board
from tests.running import Screen, run

LONG = "https://invented.example/kites/" + "/".join(f"reel-{number}" for number in range(12))
WHITE_ON = re.compile(r"\x1b\[1;38;5;231;48;5;(\d+)m([^\x1b]*)\x1b\[0m")  # a block: its colour, and what it shows
LINK = re.compile(r"\x1b\]8;;([^\x1b]+)\x1b\\")


def drawn(*blocks: Block, columns: int = 80, colour: bool = True) -> str:
    options = RenderOptions(width=columns, colour=colour, links=colour)
    return render(Board(*blocks, footer=""), options).stdout


def bar(*numbers: int, per_sign: int = 1) -> Bar:
    roles = [("·", "unknown"), (">", "in-progress"), ("≈", "continuing"), ("#", "completed"), ("x", "not-pursued")]
    return Bar([Part(*role, number) for role, number in zip(roles, numbers, strict=False)], per_sign)


def bars(*found: tuple[str, Bar]) -> Table:
    return Table([Column(""), Column("")], [Row(row) for row in found])


def blocks(line: str) -> list[tuple[int, str]]:
    """The blocks of a line: how wide each is, and what it says."""
    return [(len(said), said.strip()) for _colour, said in WHITE_ON.findall(line)]


# Bars


def test_a_block_is_three_columns_wide_for_each_measure_and_ends_in_their_number() -> None:
    [line] = drawn(bars(("Kites", bar(3, 1, 12)))).splitlines()
    assert blocks(line) == [(9, "3"), (3, "1"), (36, "12")]
    assert hostile.bare(line) == f"  Kites  {'3':>9} {'1':>3} {'12':>36}"


@pytest.mark.parametrize(
    ("columns", "wide"), [(200, [9, 3, 36]), (59, [9, 3, 36]), (58, [6, 2, 24]), (43, [6, 2, 24]), (42, [3, 1, 12])]
)
def test_blocks_give_way_where_there_is_less_room(columns: int, wide: list[int]) -> None:
    [line] = drawn(bars(("Kites", bar(3, 1, 12))), columns=columns).splitlines()
    assert [taken for taken, _said in blocks(line)] == wide


@pytest.mark.parametrize("columns", [80, 60, 40, 30])
def test_a_block_for_many_says_how_many_and_no_line_is_longer_than_the_screen(columns: int) -> None:
    lines = drawn(bars(("Kites", bar(1999, 3, 500)), ("Soup", bar(1)))).splitlines()
    assert [[said for _wide, said in blocks(line)] for line in lines] == [["1999", "3", "500"], ["1"]]
    assert max(width(hostile.bare(line)) for line in lines) <= columns or columns < 80


def test_bars_begin_below_each_other_whatever_the_script(store: Path) -> None:
    for lang in ("en", "zh-Hant"):
        ran = run("--lang", lang, "report", store=store, screen=Screen(80))
        heads = [WHITE_ON.split(line)[0] for line in ran.lines if WHITE_ON.search(line)]
        bars = [head for head in heads if re.search(r"\d  $", head)]
        assert len(bars) == 3
        assert len({width(head) for head in bars}) == 1
        assert max(width(hostile.bare(line)) for line in ran.lines) <= 80


def test_the_number_of_each_block_is_that_of_the_signs_without_colour(store: Path) -> None:
    plain = run("report", store=store, screen=Screen(80), env={"NO_COLOR": "1"}).lines
    coloured = run("report", store=store, screen=Screen(80)).lines
    for signs, line in zip(plain, coloured, strict=True):
        if found := re.search(r" \d+  ([·o>≈~%#x]+)$", signs):
            runs = [part[0] for part in re.finditer(r"(.)\1*", found[1])]
            assert [int(said) for _wide, said in blocks(line)] == [len(part) for part in runs]


@pytest.mark.parametrize("options", [RenderOptions(), RenderOptions(width=80), RenderOptions(colour=True)])
def test_without_a_colour_terminal_a_bar_is_signs(options: RenderOptions) -> None:
    legend = Legend(
        [Key("·", "unknown", "not established"), Key(">", "in-progress", "in progress")], "a sign stands for two"
    )
    text = hostile.bare(
        render(Board(bars(("Kites", bar(3, 2, per_sign=2))), legend, footer=""), options).stdout
    ).replace("\\", "")
    for said in ("··>", "· not established   > in progress", "a sign stands for two"):
        assert said in text


def test_a_legend_of_blocks_shows_their_colours_and_says_nothing_of_signs() -> None:
    legend = Legend(
        [Key("·", "unknown", "not established"), Key(">", "in-progress", "in progress")], "a sign stands for two"
    )
    [line] = drawn(legend).splitlines()
    assert hostile.bare(line) == "  · not established   > in progress"
    assert [int(colour) for colour, _said in WHITE_ON.findall(line)] == [COLOURS["grey"], COLOURS["amber"]]


@pytest.mark.parametrize("encoding", ["ascii", "cp950"])
def test_blocks_need_no_sign_that_a_console_may_not_have(store: Path, encoding: str) -> None:
    ran = run("report", store=store, screen=Screen(80), encoding=encoding)
    [line] = [line for line in ran.lines if line.startswith("  Kites")]
    assert blocks(line)
    assert hostile.bare(line).isascii()


def test_no_line_ends_in_spaces_which_copies_of_a_screen_lose(store: Path) -> None:
    for line in run("report", store=store, screen=Screen(80)).lines:
        assert not hostile.bare(line).endswith(" ")


# Colours


def _parts(number: int) -> list[int]:
    """Red, green and blue of a colour of 256: six steps of each, then greys."""
    steps = (0, 95, 135, 175, 215, 255)
    return [8 + 10 * (number - 232)] * 3 if number >= 232 else [steps[(number - 16) // by % 6] for by in (36, 6, 1)]


@pytest.mark.parametrize("name", COLOURS)
def test_a_colour_can_be_read_on_white_and_on_black_and_white_on_it(name: str) -> None:
    """At least 4 to 1 on each; no colour has more than 4.6 on both."""
    light = luminance(_parts(COLOURS[name]))
    assert round(1.05 / (light + 0.05), 1) >= 4
    assert round((light + 0.05) / 0.05, 1) >= 4


def test_every_status_has_a_colour_and_what_is_no_role_has_none() -> None:
    assert LOOKS.keys() >= {
        "unknown",
        "not-started",
        "in-progress",
        "continuing",
        "modified",
        "completed",
        "not-pursued",
    }
    assert painted("x", "no-such-role", block=True) == "x"
    assert painted("x", "dim", block=True) == "\x1b[2mx\x1b[0m"


def test_a_role_looks_the_same_on_a_pipe_as_on_a_terminal() -> None:
    text = Text([Span(role, role) for role in LOOKS])
    assert render(Board(text, footer=""), RenderOptions(colour=True)).stdout == drawn(text, columns=200)


# Addresses


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("columns", [200, 132, 80, 60, 40, 20])
@pytest.mark.parametrize(
    "said",
    [
        LONG, f"see {LONG}", f"see {LONG} and more of it, which takes another line or two", f"(see {LONG}).",
        f"風箏見{LONG}。其後再有一句話，長得要另起一行才寫得完。", f"{LONG} {LONG}x",
    ],
)  # fmt: skip
def test_an_address_is_whole_on_one_line_however_narrow_the_screen(said: str, columns: int, *, colour: bool) -> None:
    spans: list[Piece] = [Span(said, "dim")]
    shapes: list[Block] = [
        Text(spans), Text(spans, indent=2, hang=4), Heading(said),
        Table([Column(""), Column("", overflow="wrap")], [Row(["24 Sep 2021", "x"], [spans])]),
        Table([Column(""), Column("", overflow="wrap")], [Row(["24 Sep 2021", spans])]),
        Table([Column(""), Column("HK", overflow="wrap"), Column("SH", overflow="wrap")], [Row(["a", spans, "b"])]),
    ]  # fmt: skip
    for shape in shapes:
        lines = hostile.bare(drawn(shape, columns=columns, colour=colour)).splitlines()
        assert sum(line.count(LONG) for line in lines) == said.count(LONG)
        longer = [line for line in lines if width(line) > columns]
        assert [line for line in longer if line not in {LONG, f"{LONG}x"}] == [], "alone, and from the first column"
        assert "".join("".join(lines).split()).count("".join(said.split())) or len(lines) > 1
        signs = sorted("".join("".join(lines).split()))
        assert [sign for sign in sorted("".join(said.split())) if sign not in signs] == []


@pytest.mark.parametrize(("columns", "before"), [(200, 15), (len(LONG) + 15, 15), (len(LONG) + 6, 6), (len(LONG), 0)])
def test_an_address_that_is_too_long_for_its_column_begins_further_to_the_left(columns: int, before: int) -> None:
    table = Table([Column(""), Column("", overflow="wrap")], [Row(["24 Sep 2021", f"press: {LONG}"])])
    lines = drawn(table, columns=columns, colour=False).splitlines()
    [line] = [line for line in lines if LONG in line]
    assert line.index(LONG) == (22 if columns == 200 else before)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("https://invented.example/a", "https://invented.example/a"),
        ("see HTTP://invented.example.", "HTTP://invented.example"),
        ("(https://invented.example/a_(b))", "https://invented.example/a_(b)"),
        ("[https://invented.example/a?b=1&c=%20#d],", "https://invented.example/a?b=1&c=%20#d"),
        ("http://[2001:db8::1]/a", "http://[2001:db8::1]/a"),
        ("見https://invented.example/a。", "https://invented.example/a"),
        ("「https://invented.example/a」", "https://invented.example/a"),
    ],
)
def test_an_address_is_a_link_to_what_it_shows(said: str, target: str) -> None:
    text = drawn(Text([said]))
    assert LINK.findall(text) == [target]
    assert hostile.bare(text) == f"{said}\n"


@pytest.mark.parametrize(
    "said",
    [
        "javascript:alert(1)", "file:///etc/hosts", "ftp://invented.example", "mailto:a@invented.example", "https://",
        "http://", "http://.", "https://invented.example/\x1b[2J", "https://invented.example/\x07", "https://風箏.example",
        "https://invented.example/風箏", "https://invented.example/\u202egpj", "https://invented.example/a\u200bb",
        "https://invented.example/\x1b\\", "https://invented.example/\x9c", f"https://invented.example/{'a' * 2000}",
        "http://\x1b]8;;http://invented.example",
    ],
)  # fmt: skip
def test_what_could_act_or_mislead_is_shown_and_is_no_link(said: str) -> None:
    text = drawn(Text([said]), Text([Span(said, "dim")], indent=2, hang=2), Heading(said))
    assert "\x1b]" not in text
    assert hostile.active(hostile.bare(text)) == {"\n"}


def test_an_address_that_is_cut_short_in_a_listing_is_no_link() -> None:
    text = drawn(Table([Column("", overflow="clip")], [Row([f"see {LONG}"])]), columns=40)
    assert "…" in text
    assert "\x1b]" not in text


@pytest.mark.parametrize(
    ("screen", "env", "linked"),
    [
        (Screen(200), {}, True),
        (Screen(20), {}, True),
        (Screen(200), {"NO_COLOR": "1"}, False),
        (Screen(200), {"TERM": "dumb", "FORCE_COLOR": "1"}, False),
        (Screen(200), {"TERM": "linux", "FORCE_COLOR": "1"}, False),
        (None, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_only_a_colour_terminal_is_told_links(screen: Screen | None, env: dict[str, str], *, linked: bool) -> None:
    ran = run("show", "5-FIN-3c", screen=screen, env=env)
    assert bool(LINK.findall(ran.out)) == linked
    assert "https://www.globaltimes.cn/page/202305/1290719.shtml" in hostile.bare(ran.out)


def test_a_file_has_no_links(tmp_path: Path) -> None:
    run("--color", "always", "show", "5-FIN-3c", "-o", str(tmp_path / "a.txt"), screen=Screen())
    written = (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert "\x1b[" in written
    assert "\x1b]" not in written
