"""Untrusted text is inert, wherever it is drawn: on screens, in spreadsheets, in Markdown and in JSON."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests import hostile, nasty
from tests.commands import MACHINE_FORMATS, pages
from tests.running import Screen, run

COMMANDS = (
    *pages(machine=True), "changes --since 2023-01-01", "list --fields ref,title,summary,attention,next",
    "history --fields number,remark,reason,recorder",
)  # fmt: skip


def test_the_nasty_register_really_is_nasty() -> None:
    texts = json.dumps([entry._asdict() for entry in nasty.entries()], ensure_ascii=False, default=dict)
    for sign in ("[red]", "[/]", "\u202e", "\u200b", "\\u001b", "=HYPERLINK", "=cmd", "-1 lids", "| pipe"):
        assert sign in texts


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("columns", "colour"), [(None, "always"), (80, "always"), (20, "never")])
def test_on_a_screen_nothing_acts_but_our_own_colour_and_links(
    store: Path, command: str, columns: int | None, colour: str
) -> None:
    screen = Screen(columns) if columns else None
    ran = run("--color", colour, *command.split(), store=store, screen=screen)
    assert ran.code == 0, ran.err
    text = hostile.bare(ran.out) if colour == "always" else ran.out
    assert hostile.active(text) <= {"\n", "\t"}
    if screen is None and command.startswith("list"):
        assert "\\t" not in ran.out


@pytest.mark.parametrize(
    ("command", "columns"),
    [("list", None), ("list", 120), ("show 7-KIT-1a", None), ("show 7-KIT-1a", 120), ("report", None)],
)
def test_markup_is_shown_and_not_obeyed(store: Path, command: str, columns: int | None) -> None:
    plain = run(*command.split(), "--color", "never", store=store, screen=Screen(columns) if columns else None)
    coloured = run(*command.split(), "--color", "always", store=store, screen=Screen(columns) if columns else None)
    assert "[red]x[/red]" in plain.out
    assert hostile.bare(coloured.out) == plain.out


@pytest.mark.parametrize("command", COMMANDS)
def test_markdown_has_no_markup_but_our_own(store: Path, command: str) -> None:
    ran = run(*command.split(), "--format", "md", store=store)
    assert ran.code == 0, ran.err
    assert hostile.active(ran.out) <= {"\n"}
    assert not re.search(r"(?<!\\)[<>*`~]", ran.out)
    assert not re.search(r"(?<!\\)\[", ran.out)
    for line in ran.lines:
        cells = re.findall(r"(?<!\\)\|", line)
        assert (len(cells) > 1) == line.startswith("| ")


@pytest.mark.parametrize("command", COMMANDS)
def test_csv_holds_no_live_formula_and_opens_in_excel_with_its_chinese(store: Path, command: str) -> None:
    ran = run("--lang", "zh-Hant", *command.split(), "--format", "csv", store=store)
    assert ran.raw.startswith(b"\xef\xbb\xbf")
    assert ran.raw.count(b"\n") == ran.raw.count(b"\r\n")
    rows = list(csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"), newline="")))
    assert {len(row) for row in rows} == {len(rows[0])}
    for cell in (cell for row in rows for cell in row):
        assert not hostile.active(cell)
        if not re.fullmatch(r"-?\d+", cell):
            assert not re.match("[ \u3000\u00a0]*[=+@\t\r\uff1d\uff0b\uff0d\uff20-]", cell)


@pytest.mark.parametrize(
    ("field", "ref", "cell"),
    [
        ("title", "7-FRM-1", f"'{nasty.FORMULA}"),
        ("summary", "7-FRM-1", "'+SUM(A1)"),
        ("title", "7-KIT-1a", nasty.MARKUP),
        ("title", "7-KCH-2", nasty.MARKDOWN),
        ("slip_days", "7-KCH-1", "1095"),
        ("silent", "7-KIT-1a", "yes"),
        ("sides_differ", "7-KIT-1a", "no"),
        ("target", "7-KCH-2", ""),
    ],
)
def test_a_cell_of_csv_says_what_the_register_says(store: Path, field: str, ref: str, cell: str) -> None:
    ran = run("list", "--search", ref, "--fields", field, "--format", "csv", store=store)
    assert next(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")))) == {field: cell}


def test_chinese_is_intact_in_csv(store: Path) -> None:
    rows = run("--lang", "zh-Hant", "list", "--format", "csv", store=store).out
    assert "兩地上空的風箏 [red]紅[/red]" in rows
    assert "'＝超連結" in rows
    assert nasty.LONG_CHINESE in rows


def test_what_is_within_a_cell_is_flattened_in_words(store: Path) -> None:
    ran = run("history", "7-KIT-2", "--fields", "evidence,target,thing", "--format", "csv", store=store)
    first, second = csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff")))
    assert second["evidence"] == (
        "kind: record, source: Invented Gazette, locator: Kite Gazette 1; "
        "kind: record, source: Invented Gazette, locator: Kite Gazette 2"
    )
    assert "ref: 7-KIT-2, plenary: 7, area: kites, kind: deliverable, title: Kites " in first["thing"]


@pytest.mark.parametrize("command", COMMANDS)
def test_json_carries_every_character_and_none_of_them_acts(store: Path, command: str) -> None:
    ran = run(*command.split(), "--format", "json", store=store)
    assert hostile.active(ran.out) <= {"\n"}
    assert json.loads(ran.out)


def test_json_gives_back_exactly_what_was_recorded(store: Path) -> None:
    listing = json.loads(run("list", "--format", "json", store=store).out)
    titles = {measure["ref"]: measure["title"]["en"] for measure in listing["measures"]}
    recorded = {entry.ref: (entry.thing or {})["title"]["en"] for entry in nasty.entries() if entry.event == "agreed"}
    assert titles == {ref: title for ref, title in recorded.items() if ref in titles}


@pytest.mark.parametrize("encoding", ["ascii", "cp950", "latin-1", "utf-8"])
@pytest.mark.parametrize("form", MACHINE_FORMATS)
def test_what_machines_read_is_utf_8_whatever_the_console(store: Path, encoding: str, form: str) -> None:
    ran = run("--lang", "zh-Hant", "list", "--format", form, store=store, encoding=encoding)
    assert "兩地上空的風箏" in (ran.out if form == "docx" else ran.raw.decode("utf-8"))


@pytest.mark.parametrize(
    ("encoding", "shown", "absent"),
    [
        ("ascii", ["7-KIT-1a", "\\u5169", "= continuing"], ["≈"]),
        ("cp950", ["兩地上空的風箏", "= 持續推行"], ["\\u5169"]),
        ("utf-8", ["兩地上空的風箏", "≈ 持續推行"], ["\\u5169"]),
    ],
)
def test_a_console_is_given_what_it_can_show(store: Path, encoding: str, shown: list[str], absent: list[str]) -> None:
    lang = "en" if encoding == "ascii" else "zh-Hant"
    text = "".join(
        hostile.bare(run("--lang", lang, *words.split(), store=store, encoding=encoding, screen=Screen(200)).out)
        for words in ("show 7-KIT-1a", "report")
    )
    for words in shown:
        assert words in text
    for words in absent:
        assert words not in text
