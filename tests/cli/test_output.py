"""Where an answer goes: a file, a pipe, a screen; in which form, and in which colours."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from hkshcc.__main__ import main
from hkshcc.render import FORMATS
from tests.commands import TEXT_FORMATS
from tests.hostile import active, html_parsed
from tests.running import NOW, Screen, run, sentence

ESCAPE = "\x1b["


@pytest.mark.parametrize("command", ["list", "report", "show 7-KIT-1a", "history", "areas", "bodies"])
@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("json", "{"),
        ("csv", "\ufeff"),
        ("md", ""),
        ("MARKDOWN", ""),
        ("svg", "<svg "),
        ("html", "<!DOCTYPE html>"),
        ("txt", ""),
        ("", ""),
    ],
)
def test_the_ending_of_a_file_chooses_its_format(store: Path, command: str, ending: str, begins: str) -> None:
    written = store.with_name(f"out.{ending}" if ending else "out")
    ran = run(*command.split(), "-o", str(written), store=store)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"hkshcc: wrote {written}\n")
    text = written.read_text(encoding="utf-8")
    assert text.startswith(begins)
    named = {
        "json": "json",
        "csv": "csv",
        "md": "md",
        "MARKDOWN": "md",
        "svg": "svg",
        "html": "html",
        "txt": "table",
    }.get(ending)
    piped = run(*command.split(), *(["--format", named] if named else []), store=store)
    assert written.read_bytes() == piped.raw


@pytest.mark.parametrize("name", ["out.txt", "out.dat", "out", "out.JSON"])
def test_a_format_that_is_named_is_written_to_a_file_that_names_no_other(store: Path, name: str) -> None:
    written = store.with_name(name)
    run("list", "--format", "json", "--output", str(written), store=store)
    assert json.loads(written.read_text(encoding="utf-8"))["schema"] == "hkshcc.list/1"


def test_a_file_named_as_another_format_than_the_one_asked_for_is_not_written(store: Path) -> None:
    written = store.with_name("out.csv")
    ran = run("list", "--format", "json", "--output", str(written), store=store)
    assert ran.code == 2
    assert "is named as csv, and --format says json" in sentence(ran)
    assert not written.exists()


def test_a_hyphen_is_standard_output(store: Path) -> None:
    assert run("report", "-o", "-", store=store) == run("report", store=store)


def test_a_hyphen_keeps_to_what_the_console_can_show(store: Path) -> None:
    there = run("report", "-o", "-", store=store, encoding="ascii")
    assert there.raw == run("report", store=store, encoding="ascii").raw


def test_a_page_in_a_file_is_whole_and_plain_whatever_the_screen(store: Path) -> None:
    written = store.with_name("out.txt")
    run("report", "-o", str(written), store=store, screen=Screen(30), env={"FORCE_COLOR": "1"}, encoding="ascii")
    assert written.read_bytes() == run("report", store=store).raw


def test_colour_in_a_file_has_to_be_asked_for(store: Path) -> None:
    written = store.with_name("out.txt")
    run("report", "-o", str(written), "--color", "always", store=store)
    assert ESCAPE in written.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_named_with_the_way_out(store: Path) -> None:
    ran = run("list", "-o", str(store.parent / "none" / "out.csv"), store=store)
    assert ran.code == 1
    assert sentence(ran).endswith("out.csv cannot be written (No such file or directory); name another file with -o")


def test_an_empty_name_is_no_file(store: Path) -> None:
    ran = run("list", "-o", "", store=store)
    assert ran.code == 2
    assert sentence(ran) == "-o names no file; name one, or - for standard output"


def test_a_stdout_that_takes_text_alone_is_given_text(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", stdout := io.StringIO())
    assert main(["--store", str(store), "list", "--format", "json"], now=NOW) == 0
    assert json.loads(stdout.getvalue())["shown"] == 10


def test_the_store_itself_is_never_written_over(store: Path) -> None:
    before = store.read_bytes()
    ran = run("list", "-o", str(store.parent / "." / store.name), store=store)
    assert ran.code == 4
    assert sentence(ran).endswith("is the store itself; name another file with -o")
    assert store.read_bytes() == before


@pytest.mark.parametrize("command", ["list", "report", "show 7-KIT-1a", "history", "areas", "bodies"])
def test_what_goes_down_a_pipe_is_whole_and_without_colour(store: Path, command: str) -> None:
    ran = run(*command.split(), store=store, env={"TERM": "xterm-256color", "COLUMNS": "20"})
    assert ran.raw == run(*command.split(), store=store).raw
    assert "\x1b" not in ran.out
    assert "…" not in ran.out


def test_a_piped_listing_is_tab_separated_rows_without_a_header(store: Path) -> None:
    ran = run("list", "--area", "kites", store=store)
    assert ran.lines[0].split("\t") == [
        "7-KIT-1a", "A kite [red]x[/red] over both cities, and [/] too", "in-progress", "2023-06-01", "2023-12-31",
        "IKO", "SH-Wind",
    ]  # fmt: skip
    assert {line.count("\t") for line in ran.lines} == {6}
    assert ran.err == "4 of 10 measures (area kites)\n"


@pytest.mark.parametrize("command", ["list", "areas", "bodies"])
def test_a_table_that_is_asked_for_is_a_table_on_a_pipe_too(store: Path, command: str) -> None:
    piped = run(command, "--format", "table", store=store)
    shown = run(command, "--color", "never", store=store, screen=Screen(400))
    assert (piped.lines[:-4], piped.err) == (shown.lines, "")
    assert [line.split()[0] for line in piped.lines[-4:]] == ["As", "Based", "Draw", "Check:"]
    assert "\t" not in piped.out


@pytest.mark.parametrize(
    ("command", "first"),
    [
        ("areas", "kites\tKIT\tKite flying and wind\t4\t1"),
        ("bodies", "IKO\thk\tInvented Kite Office\t7\t1"),
    ],
)
def test_piped_catalogues_are_tab_separated_too(store: Path, command: str, first: str) -> None:
    assert run(command, store=store).lines[0] == first


@pytest.mark.parametrize("form", FORMATS)
def test_chosen_fields_come_in_the_order_they_were_chosen(store: Path, form: str) -> None:
    ran = run("list", "--overdue", "--fields", " status, ref ,target", "--format", form, store=store)
    expected = {
        "table": "  status       ref       target\n  in-progress  7-KIT-1a  2023-12-31\n1 of 10 measures (overdue)\n",
        "md": "| status | ref | target |\n| --- | --- | --- |\n| in-progress | 7-KIT-1a | 2023-12-31 |\n\n"
        "1 of 10 measures (overdue)\n",
        "csv": "\ufeffstatus,ref,target\r\nin-progress,7-KIT-1a,2023-12-31\r\n",
        "docx": "| status | ref | target |\n| in-progress | 7-KIT-1a | 2023-12-31 |\n---\n1 of 10 measures (overdue)\n",
    }
    if form == "json":
        [row] = json.loads(ran.out)["measures"]
        assert list(row.items()) == [("status", "in-progress"), ("ref", "7-KIT-1a"), ("target", "2023-12-31")]
    elif form == "svg":
        cells = ["status", "ref", "target", "in-progress", "7-KIT-1a", "2023-12-31"]
        assert re.findall(r">([^<>\n]+)</text>", ran.out)[:6] == cells
    elif form == "html":
        page = html_parsed(ran.out)
        assert ["".join(cell.itertext()) for cell in page.iter() if cell.tag in {"th", "td"}] == [
            "status", "ref", "target", "in-progress", "7-KIT-1a", "2023-12-31",
        ]  # fmt: skip
    else:
        # What says as of when it holds and how it is drawn again stands below the count.
        assert ran.out.partition("\nAs of")[0].rstrip("\n") == expected[form].rstrip("\n")


def test_chosen_fields_of_a_page_become_a_table_of_them(store: Path) -> None:
    ran = run("report", "--fields", "key,total", store=store)
    assert [line.split() for line in ran.lines[:4]] == [
        ["key", "total"], ["kites", "4"], ["kitchens", "4"], ["formulas", "2"],
    ]  # fmt: skip
    assert ran.lines[-3].startswith("Based on entries 1-")


def test_chosen_fields_on_a_screen_keep_their_names_above_them(store: Path) -> None:
    words = ("list", "--fields", "ref,title", "--area", "formulas", "--color", "never")
    ran = run(*words, store=store, screen=Screen(40))
    assert ran.lines[0].split() == ["ref", "title"]
    assert ran.lines[1] == '  7-FRM-1  =HYPERLINK("http://invented.…'


def test_chosen_fields_of_nothing_are_nothing_and_the_count(store: Path) -> None:
    ran = run("list", "--fields", "ref", "--search", "nowhere", store=store, screen=Screen())
    assert ran.lines[0].startswith("0 of 10 measures")
    empty = run("list", "--fields", "ref,owners", "--search", "nowhere", "--format", "csv", store=store)
    assert empty.out == "\ufeffref,owners_hk,owners_sh\r\n"


def test_owners_are_two_columns_wherever_there_are_columns(store: Path) -> None:
    ran = run("list", "--fields", "ref,owners", "--search", "7-KCH-1", "--format", "csv", store=store)
    [row] = list(csv.DictReader(io.StringIO(ran.out.removeprefix("\ufeff"))))
    assert row == {"ref": "7-KCH-1", "owners_hk": "INB; IKO", "owners_sh": "SH-Soup"}


@pytest.mark.parametrize(
    ("form", "screen"), [*((form, None) for form in FORMATS), *((form, Screen()) for form in TEXT_FORMATS)]
)
def test_what_was_searched_for_comes_back_inert_in_every_format(store: Path, form: str, screen: Screen | None) -> None:
    words = ("list", "--search", "\x1b[2J\u202e", "--format", form)
    ran = run(*words, store=store, screen=screen, env={"NO_COLOR": "1"})
    assert ran.code == 0
    assert active(ran.out + ran.err) <= {"\n", "\r", "\ufeff"}


def test_what_is_no_text_is_not_put_on_a_terminal(store: Path) -> None:
    ran = run("list", "--format", "docx", store=store, screen=Screen())
    assert (ran.code, ran.raw) == (4, b"")
    assert sentence(ran) == "binary data is not written to a terminal; name a file with -o"
    before = store.read_bytes()
    assert run("note", "7-KIT-1a", "Invented", "--format", "docx", store=store, screen=Screen()).code == 4
    assert store.read_bytes() == before


def test_what_is_no_text_goes_to_a_file_and_to_a_pipe_byte_for_byte(store: Path) -> None:
    written = store.with_name("list.docx")
    assert run("list", "-o", str(written), store=store, encoding="cp950").err == f"hkshcc: wrote {written}\n"
    assert run("list", "--format", "docx", store=store).raw == written.read_bytes()
