"""What people expect of a command-line tool: the 21 conventions, a test or more for each, in their order."""

import json
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from hkshcc import __version__, language
from hkshcc.cli import manual
from hkshcc.cli.commands import COMMANDS
from hkshcc.render import FORMATS
from hkshcc.text import width
from tests import hostile, processes
from tests.commands import (
    EXPORT_FORMATS,
    MACHINE_FORMATS,
    OTHERS,
    PAGES,
    acting,
    every_command,
    one_of_each,
    pages,
)
from tests.running import Screen, run, says, sentence
from tests.signers import KEY, invented_key
from tests.terminal import type_in

ROOT = Path(__file__).parent.parent
ESCAPE = "\x1b["


# 1


def test_the_version_is_on_stdout_and_says_when_the_shipped_register_was_compiled() -> None:
    ran = run("--version")
    assert (ran.code, ran.err) == (0, "")
    assert re.fullmatch(rf"hkshcc {re.escape(__version__)}, register compiled \d+ [A-Z][a-z]{{2}} \d{{4}}\n", ran.out)


# 2


@pytest.mark.parametrize("words", [[], *every_command()], ids=" ".join)
def test_short_and_long_help_are_the_same_and_end_with_an_example(words: list[str]) -> None:
    short, long = run(*words, "-h"), run(*words, "--help")
    assert short == long
    assert (long.code, long.err) == (0, "")
    assert long.out.startswith(" ".join(["Usage: hkshcc", *words]))
    assert "Examples\n" in long.out if words else "hkshcc list finance" in long.out


@pytest.mark.parametrize("words", [[], *every_command()], ids=" ".join)
def test_help_fits_a_screen_of_80_columns_and_cuts_no_sentence_short(words: list[str]) -> None:
    lines = run(*words, "--help", screen=Screen(80)).lines
    assert [line for line in lines if len(line) > 80] == []
    assert [line for line in lines if line.endswith("...") and not line.startswith("Usage")] == []


@pytest.mark.parametrize("lang", ["en", "zh-Hant", "zh-Hans"])
def test_the_help_of_the_whole_tool_is_one_screen_of_24_lines(lang: str) -> None:
    lines = run("--help", "--lang", lang, screen=Screen(80)).lines
    assert len(lines) < 24
    assert [line for line in lines if width(line) > 80] == []
    assert [name for name in COMMANDS if not any(name in line.split() for line in lines)] == []


# Those whose examples name a file are tried in tests/exchange, where there are files.
TRIED = [
    pytest.param(words, marks=pytest.mark.needs_office if words[0] in {"form", "export"} else ())
    for words in every_command()
    if words[0] not in {"merge", "import", "merge-driver"}
]


@pytest.mark.parametrize("words", TRIED, ids=" ".join)
def test_the_examples_of_a_command_do_what_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    store = tmp_path / "register.json"
    if words != ["init"]:
        run("init", store=store)
        run("note", "5-FIN-3c", "to be undone", store=store)
        run("note", "5-FIN-1", "to be undone", store=store)
        run("note", "5-FIN-1", "to be undone first", store=store)
    if words == ["round", "close"]:
        for name in ("2026H2", "2027H1", "2027H2"):
            run("round", "open", name, "--due", "2027-12-31", "--on", "2026-11-01", store=store)
    (tmp_path / "notice.pdf").write_bytes(b"invented")
    if words == ["check"]:
        run("report", "-o", "report.md", store=store)
    for name, key in {"fstb": KEY.encode(), "sh": invented_key(1), "hkma": invented_key(2)}.items():
        (tmp_path / f"{name}.pub").write_bytes(key)
    if words == ["bodies", "key", "revoke"]:
        run("bodies", "key", "add", "FSTB", "fstb.pub", store=store)
    examples = re.findall(r"^  hkshcc (.*)", run(*words, "--help").out.partition("Examples\n")[2], re.MULTILINE)
    assert 3 <= len(examples) <= 5
    for example in examples:
        ran = run(*shlex.split(example), store=store)
        assert ran.code == 0, ran.err


def test_the_help_groups_the_commands_in_panels() -> None:
    lines = run("--help").lines
    places = [
        next(n for n, line in enumerate(lines) if panel in line.split()) for panel in ("Read", "Exchange", "Register")
    ]
    assert "Write" in lines[places[0]]
    assert places[0] < places[1] < places[2]


def test_the_help_of_a_command_groups_its_options_in_panels() -> None:
    lines = run("list", "--help").lines
    panels = [line for line in lines if line and not line.startswith((" ", "Usage", "--")) and not line.endswith(".")]
    assert panels == ["Arguments", "Which measures", "As of when", "Output", "Examples"]


# 3


@pytest.mark.parametrize("words", ["list --nosuch", "update 7-KIT-1a --nosuch x", "report --nosuch=1", "--nosuch list"])
def test_a_usage_error_goes_to_stderr_alone_and_names_the_flag(store: Path, words: str) -> None:
    ran = run(*words.split(), store=store)
    assert ran.code == 2
    assert "--nosuch" in sentence(ran)
    assert "--help`" in sentence(ran) or "did you mean" in sentence(ran)


# 4


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("histroy", "history"),
        ("show 7-KIT-1", "7-KIT-1a or 7-KIT-1b"),
        ("list --area formula5", "formulas"),
        ("list --owner SH-Sop", "SH-Soup"),
        ("list --status complete", "completed"),
        ("list --fields titles", "title"),
        ("report --group owners", "owner"),
    ],
)
def test_a_mistake_is_answered_with_did_you_mean(store: Path, words: str, nearest: str) -> None:
    ran = run(*words.split(), store=store)
    assert ran.code in {2, 3}
    assert f"did you mean {nearest}?" in sentence(ran)


# 5 and 6


@pytest.mark.parametrize(
    ("flag", "env", "on_a_screen", "on_a_pipe"),
    [
        ("auto", {}, True, False),
        ("auto", {"TERM": "dumb"}, False, False),
        ("auto", {"NO_COLOR": "1"}, False, False),
        ("auto", {"NO_COLOR": ""}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, True, True),
        ("auto", {"CLICOLOR_FORCE": "1"}, True, True),
        ("auto", {"FORCE_COLOR": "0", "CLICOLOR_FORCE": ""}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ("always", {}, True, True),
        ("always", {"NO_COLOR": "1"}, True, True),
        ("always", {"TERM": "dumb"}, True, True),
        ("never", {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False, False),
    ],
)
@pytest.mark.parametrize("command", ["list", "show 7-KIT-1a"])
def test_colour_is_the_flags_then_the_environments_then_the_terminals(
    store: Path, command: str, flag: str, env: Mapping[str, str], *, on_a_screen: bool, on_a_pipe: bool
) -> None:
    screen = run("--color", flag, *command.split(), store=store, screen=Screen(), env=env)
    pipe = run(*command.split(), "--color", flag, store=store, env=env)
    assert ((ESCAPE in screen.out), (ESCAPE in pipe.out)) == (on_a_screen, on_a_pipe)
    if on_a_screen:
        assert re.search(r"\x1b\[[0-9;]*3[0-9]m", screen.out), "colour, and not bold alone"


def test_no_color_leaves_neither_bold_nor_dim(store: Path) -> None:
    ran = run("show", "7-KIT-1a", store=store, screen=Screen(), env={"NO_COLOR": "1"})
    assert "\x1b" not in ran.out


# 7, 8 and 9


def test_every_command_and_every_format_stands_in_a_table_by_which_it_is_tested() -> None:
    """Those tables are in tests/commands.py and at the end of tests/hostile.py."""
    reading = {page.command for page in PAGES.values()} - {""}
    assert sorted(acting()) == sorted(reading | OTHERS)
    assert reading.isdisjoint(OTHERS)
    assert {name for name, task in COMMANDS.items() if task.panel == "Read"} <= {name.split()[0] for name in reading}
    assert hostile.LIVE.keys() == {*MACHINE_FORMATS, *EXPORT_FORMATS}


@pytest.mark.parametrize(("command", "formats"), [("list", tuple(FORMATS)), ("export", EXPORT_FORMATS)])
def test_the_help_of_format_names_every_format(tmp_path: Path, command: str, formats: tuple[str, ...]) -> None:
    words = run(command, "--help", store=tmp_path / "none.json").out.partition("--format FORMAT")[2].split()
    assert [word.strip(",.") for word in words if word != "or"][: len(formats)] == list(formats)


@pytest.mark.parametrize("command", [words for words in one_of_each(machine=True) if words != "check"])
@pytest.mark.parametrize("form", MACHINE_FORMATS)
def test_every_reading_command_speaks_to_programs(store: Path, command: str, form: str) -> None:
    ran = run(*command.split(), "--format", form, store=store)
    assert (ran.code, "hkshcc:" in ran.err) == (0, False)
    if form == "json":
        assert json.loads(ran.out)["schema"].startswith("hkshcc.")
    elif form == "csv":
        assert ran.out.startswith("\ufeff")
    elif form == "svg":
        assert ran.out.startswith("<svg ")
    elif form == "html":
        assert ran.out.startswith("<!DOCTYPE html>")
    elif form == "docx":
        assert ran.out.partition("---\n")[2]  # what stands at the foot of each page
    else:
        assert ran.out.startswith("# ")


@pytest.mark.parametrize("form", FORMATS)
def test_fields_can_be_chosen_and_an_unknown_one_lists_those_there_are(store: Path, form: str) -> None:
    ran = run("list", "--overdue", "--fields", "target,ref", "--format", form, store=store)
    assert ran.code == 0
    assert ran.out.index("2023-12-31") < ran.out.index("7-KIT-1a")
    wrong = run("list", "--fields", "colour", "--format", form, store=store)
    assert wrong.code == 2
    assert says(sentence(wrong), "no field 'colour' … ref, plenary, area, kind, title, ")


# 10


def pager(folder: Path, name: str = "my pager") -> tuple[str, Path]:
    """A pager that keeps what it is given and shows nothing; and the file it keeps it in."""
    script, kept = folder / name, folder / f"{name}.kept"
    script.write_text(f"#!/bin/sh\ncat > {shlex.quote(str(kept))}\n")
    script.chmod(0o755)
    return shlex.quote(str(script)), kept


@pytest.mark.parametrize(
    ("words", "lines", "paged"),
    [
        ("list", 5, True),
        ("history", 40, True),
        ("list", 1000, False),
        ("areas", 6, False),
        ("areas", 5, True),
        ("list --no-pager", 5, False),
        ("--no-pager list", 5, False),
        ("list --format json", 5, False),
        ("list -o -", 5, True),
    ],
)
def test_a_pager_starts_only_when_the_page_is_longer_than_the_screen(
    store: Path, words: str, lines: int, *, paged: bool
) -> None:
    command, kept = pager(store.parent)
    ran = run(*words.split(), store=store, screen=Screen(80, lines), env={"HKSHCC_PAGER": command})
    assert ran.code == 0
    assert (kept.exists(), ran.out == "") == (paged, paged)
    if paged:
        whole = run(*words.split(), "--no-pager", store=store, screen=Screen(80, lines))
        assert kept.read_text(encoding="utf-8") == whole.out


def test_no_pager_starts_on_a_pipe(store: Path) -> None:
    command, kept = pager(store.parent)
    assert run("history", store=store, env={"HKSHCC_PAGER": command, "LINES": "2"}).out
    assert not kept.exists()


def test_our_own_pager_stands_over_everybodys_and_that_over_less(store: Path) -> None:
    ours, kept_by_ours = pager(store.parent, "ours")
    everybodys, kept_by_everybodys = pager(store.parent, "everybodys")
    _, kept_by_less = pager(store.parent, "less")
    path = {"PATH": os.pathsep.join([str(store.parent), os.environ["PATH"]])}
    kept = [kept_by_ours, kept_by_everybodys, kept_by_less]
    for env, expected in (
        ({"HKSHCC_PAGER": ours, "PAGER": everybodys}, kept_by_ours),
        ({"PAGER": everybodys}, kept_by_everybodys),
        ({}, kept_by_less),
    ):
        run("list", store=store, screen=Screen(80, 5), env={**path, **env})
        assert [file for file in kept if file.exists()] == [expected]
        expected.unlink()


@pytest.mark.parametrize("named", ["", "cat", "no-such-pager-anywhere"])
def test_without_a_pager_the_page_is_simply_printed(store: Path, named: str) -> None:
    ran = run("list", store=store, screen=Screen(80, 5), env={"HKSHCC_PAGER": named})
    assert ran.lines[-1] == "10 of 10 measures"


def test_on_a_real_terminal_a_long_page_is_paged_and_a_short_one_is_not(store: Path) -> None:
    command, kept = pager(store.parent)
    env = {"PATH": os.environ["PATH"], "HKSHCC_STORE": str(store), "HKSHCC_PAGER": command, "NO_COLOR": "1"}
    long = type_in(["list"], env, lines=10)
    assert (long.code, long.text) == (0, "")
    assert kept.read_text(encoding="utf-8").endswith("10 of 10 measures\n")
    short = type_in(["list"], env, lines=50)
    assert short.text == kept.read_text(encoding="utf-8")


# 11 and 12


def test_the_store_is_in_the_platforms_folder_for_a_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import platformdirs

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    expected = platformdirs.user_data_path("hkshcc", appauthor=False) / "register.json"
    shown = f"~/{expected.relative_to(tmp_path)}"
    assert f"no store yet at {shown}\n" in run("check", env={"HOME": str(tmp_path)}).err


def test_a_flag_goes_before_the_environment_and_the_environment_before_the_default(tmp_path: Path) -> None:
    names = {"flag": tmp_path / "flag.json", "environment": tmp_path / "environment.json"}
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "default")}
    assert "~/flag.json\n" in run("list", "--store", str(names["flag"]), store=names["environment"], env=home).err
    assert "~/environment.json\n" in run("list", store=names["environment"], env=home).err
    assert "~/default/hkshcc/" in run("check", env=home).err


# 13


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("list", 0),
        ("list -o nowhere/out.csv", 1),
        ("check --fingerprint 5:0000000000000000", 1),
        ("list --nosuch", 2),
        ("show 9-KIT-1", 3),
        ("undo 999", 3),
        ("done 8-KIT-1", 4),
        ("init", 4),
        ("list --store .", 5),
    ],
)
def test_an_exit_code_says_what_sort_of_thing_went_wrong(store: Path, words: str, code: int) -> None:
    assert run(*words.split(), store=store).code == code


def test_an_interrupted_command_ends_in_130(store: Path) -> None:
    assert run("done", "8-KIT-1", store=store, keys="").code == 130


# 14


@pytest.mark.parametrize("lang", manual.FILES)
def test_the_man_page_is_made_from_the_help_as_it_is(lang: str) -> None:
    kept = ROOT / "hkshcc" / manual.FILES[lang]
    with language.using(lang):
        assert kept.read_text(encoding="utf-8") == manual.page(), "the man page is old: python -m hkshcc.cli.manual"


def test_the_man_page_tells_of_every_command_and_every_exit_code() -> None:
    page = manual.page()
    for words in every_command():
        typed = " ".join(words).replace("-", r"\-")
        assert f'.SS "hkshcc {typed}' in page
    for code in (0, 1, 2, 3, 4, 5, 130):
        assert f"\n.B {code}\n" in page
    assert not [line for line in page.splitlines() if line.startswith(("'", ". "))]


def test_the_man_page_ships_in_the_wheel() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    shared = project["tool"]["hatch"]["build"]["targets"]["wheel"]["shared-data"]
    assert shared.keys() == {f"hkshcc/{file}" for file in manual.FILES.values()}
    assert shared["hkshcc/hkshcc.1"] == "share/man/man1/hkshcc.1"


# 15


def test_a_hyphen_is_standard_output_wherever_a_file_is_named(store: Path) -> None:
    for command in pages(machine=True):
        assert run(*command.split(), "-o", "-", store=store).raw == run(*command.split(), store=store).raw


# 16


@pytest.mark.parametrize("command", ["update", "done"])
def test_what_changes_more_than_one_measure_can_be_tried_dry(store: Path, command: str) -> None:
    before = store.read_bytes()
    words = f"{command} 8-KIT-1 7-FRM-1 --remark Invented --evidence invented --dry-run"
    assert run(*words.split(), store=store).lines[0] == "Would record:"
    assert store.read_bytes() == before


# 17


def test_a_question_is_asked_on_a_terminal_only_and_a_flag_answers_it(store: Path) -> None:
    env = {"PATH": os.environ["PATH"], "HKSHCC_STORE": str(store), "NO_COLOR": "1"}
    asked = type_in(["done", "8-KIT-1"], env, keys="invented record 1\nrecord\n")
    assert asked.code == 0
    assert "Evidence (a URL or a document's reference): " in asked.text
    assert "not established → completed, 23 Nov 2026" in asked.text
    answered = type_in(["done", "7-FRM-1", "--evidence", "invented record 1", "--evidence-kind", "record"], env)
    assert answered.text.startswith("7-FRM-1 ")
    piped = processes.hkshcc("done", "7-KIT-1a", store=store)
    assert (piped.code, piped.out) == (4, "")
    assert piped.err.startswith("hkshcc: closing 7-KIT-1a needs evidence; add --evidence ")


# 18 and 19


@pytest.mark.parametrize("command", ["list", "report", "history 5-FIN-1"])
def test_talk_never_stands_among_the_data(tmp_path: Path, command: str) -> None:
    ran = run(*command.split(), "--format", "json", store=tmp_path / "none.json")
    assert json.loads(ran.out)
    assert ran.err.startswith("hkshcc: showing the register that ships; no store yet at ")


def test_a_piped_listing_is_rows_with_tabs_and_its_count_is_talk(store: Path) -> None:
    ran = processes.hkshcc("list", store=store, COLUMNS="20", TERM="xterm")
    rows = ran.out.splitlines()
    assert len(rows) == 10
    assert {row.count("\t") for row in rows} == {6}
    assert ran.err == "10 of 10 measures\n"


def test_a_piped_page_says_the_words_of_the_screen_whole_and_unwrapped(store: Path) -> None:
    screen = run("report", store=store, screen=Screen(60), env={"NO_COLOR": "1"})
    piped = processes.hkshcc("report", store=store, COLUMNS="60")
    # What is kept says below how it is drawn again.
    page, command, _fingerprint = piped.out.partition("Draw again: ")
    assert command
    assert "".join(screen.out.split()) == "".join(page.split())
    assert max(map(len, piped.out.splitlines())) > 60


# 20


@pytest.mark.parametrize("words", ["history", "list", "list --format json", "--help"])
def test_a_closed_pipe_ends_quietly(store: Path, words: str) -> None:
    for path in range(3 if words == "history" else 1):
        run("note", "8-KIT-1", "A long note " * 5000 + str(path), store=store)
    ran = processes.shell(f"set -o pipefail; hkshcc {words} | head -1", store.parent / "bin", store=store)
    assert (ran.code, ran.out.count("\n")) == (0, 1)
    assert "rror" not in ran.err


# 21


@pytest.mark.parametrize(
    ("shell", "offered"),
    [
        ("bash", "7-KCH-4"),
        ("zsh", '"7-KCH-4":"A noodle bridge"'),
        ("fish", "7-KCH-4\tA noodle bridge"),
        ("powershell", "7-KCH-4:::A noodle bridge"),
    ],
)
def test_every_shell_completes_refs_with_their_titles_where_it_can_show_them(
    store: Path, shell: str, offered: str
) -> None:
    line = "hkshcc show 7-KCH-4"
    env = {
        "_HKSHCC_COMPLETE": f"complete_{shell}", "COMP_WORDS": line, "COMP_CWORD": "2", "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": "7-KCH-4", "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }  # fmt: skip
    assert offered in run(store=store, env=env).out


# And the consoles that there are


@pytest.mark.parametrize(
    ("encoding", "shown"), [("ascii", "\\u63a8\\u9032\\u4e2d"), ("cp950", "推進中"), ("utf-8", "推進中")]
)
def test_a_console_of_any_encoding_shows_the_page(store: Path, encoding: str, shown: str) -> None:
    ran = processes.hkshcc("--lang", "zh-Hant", "report", store=store, PYTHONIOENCODING=encoding)
    assert (ran.code, ran.err) == (0, "")
    assert shown in ran.out


@pytest.mark.parametrize("columns", [80, 40, 20])
def test_a_narrow_terminal_shows_every_ref(store: Path, columns: int) -> None:
    env = {"PATH": os.environ["PATH"], "HKSHCC_STORE": str(store), "NO_COLOR": "1"}
    seen = type_in(["list"], env, columns=columns)
    assert seen.code == 0
    assert re.findall(r"^  (\d-[A-Z]+-\w+)", seen.text, re.MULTILINE) == [
        "7-KIT-1a", "7-KIT-1b", "7-KIT-2", "7-KCH-1", "7-KCH-2", "7-KCH-3", "7-KCH-4", "7-FRM-1", "7-FRM-2", "8-KIT-1",
    ]  # fmt: skip
    longer = [line for line in seen.text.splitlines() if len(line) > columns]
    assert [line for line in longer if not re.fullmatch(r"https?://\S+", line)] == []


def test_the_module_and_the_script_are_one_program(store: Path) -> None:
    """By a command that knows no day: neither the module nor the script can be given the standing clock."""
    script = os.path.join(os.path.dirname(sys.executable), "hkshcc")
    for program in ([script], [sys.executable, "-m", "hkshcc"]):
        ran = processes.finished(processes.start([*program, "check"], processes.environment(store)))
        assert ran == processes.hkshcc("check", store=store)
        assert ran.code == 0
