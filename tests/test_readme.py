"""README and the pages of docs say what is true: their console blocks are executed, their tables held against the code.

``HKSHCC_REWRITE_README=1 pytest tests/test_readme.py`` puts what is printed now into the blocks, and draws the pictures
of the report anew; a reader then judges the difference. Where ``...`` stands for lines left out, as many lines as
before are kept on either side of it; what has it more than once is left to a person.
"""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from hkshcc import errors, language
from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS
from hkshcc.language import _
from hkshcc.register import vocabulary
from hkshcc.register.model import FIELDS
from hkshcc.register.vocabulary import Status
from hkshcc.render import FORMATS
from hkshcc.reports.listing import Listing
from tests.processes import script
from tests.running import ENTRIES, MEASURES, run
from tests.signers import FINGERPRINT
from tests.terminal import Seen, type_in

ROOT = Path(__file__).parent.parent
README, DOCS = ROOT / "README.md", ROOT / "docs"
CHINESE = ("zh-Hant", "zh-Hans")
READMES = (README, *(DOCS / f"README.{lang}.md" for lang in CHINESE))
PAGES = (README, *sorted(DOCS.glob("*.md")))
REFERENCE = DOCS / "reference.md"
PICTURES = {"en": DOCS / "report.svg"} | {lang: DOCS / f"report.{lang}.svg" for lang in CHINESE}
DRAWINGS = {
    **{f"{name}.svg": f"picture {name}" for name in ("steps", "lanes", "matrix")},
    **{f"steps.{lang}.svg": f"--lang {lang} picture steps" for lang in CHINESE},
}
MOST = 8192  # bytes of a README: what one reads before deciding
REWRITE = bool(os.environ.get("HKSHCC_REWRITE_README"))
HOME, USER = "~", "officer"  # how the folder of the test, and who types in it, read in the blocks
# Lines that make an environment; .ci/run does that.
NOT_RUN = ("python3 -m venv", "pip ", ".venv/bin/", "source ")
_ANY_KEY = re.compile("SHA256:[A-Za-z0-9+/]{43}")  # each run makes keys of its own: the pages show one
_OPERATORS = re.compile(r"[|<>;&$`*~=]")


class Turn(NamedTuple):
    """A line typed and the lines that a page says follow it."""

    block: int
    typed: str
    expected: str


def turns(text: str) -> Iterator[Turn]:
    """Yield the lines typed in the ``console`` blocks of a text, in their order."""
    for block, body in enumerate(re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL), start=1):
        typed, expected = "", ""
        for line in body.replace("\\\n", " ").splitlines():
            if line.startswith("$ "):
                if typed:
                    yield Turn(block, typed, expected)
                typed, expected = line[2:].strip(), ""
            else:
                assert typed, f"console block {block} does not begin with a line typed: {line}"
                expected += f"{line.rstrip()}\n"
        if typed:
            yield Turn(block, typed, expected)


def agrees(expected: str, found: str) -> bool:
    """Say whether lines found are those expected; ``...`` stands for any lines."""
    return re.fullmatch("".join(_pattern(line) for line in expected.splitlines()), found) is not None


def _pattern(line: str) -> str:
    if line.strip() == "...":
        return "(?:.*\n)*?"
    pattern = re.escape(line) + "\n"
    # Where a message wraps depends on how long the folder's name is.
    return pattern.replace("\\ ", "[ \n]") if line.startswith("hkshcc: ") else pattern


def tried(text: str, home: Path) -> Iterator[tuple[Turn, str]]:
    """Run every console block of a text in order, against one store; yield each line typed with what was printed."""
    wrapped_home = re.escape(str(home)).replace("\\ ", "[ \n]")  # a message wraps at the blanks of a folder's name
    for number, turn in enumerate(turns(text)):
        if not turn.typed.startswith(NOT_RUN):
            seen = _ran(turn.typed, home, number)
            told = _ANY_KEY.sub(FINGERPRINT, re.sub(wrapped_home, HOME, seen.text))
            lines = told.splitlines()
            yield turn, "".join(f"{line.rstrip()}\n" for line in lines)


def differences(text: str, home: Path) -> list[str]:
    """Say where what is printed is not what a text says."""
    return [
        f"block {turn.block}\n$ {turn.typed}\n--- page\n{turn.expected}--- found\n{found}"
        for turn, found in tried(text, home)
        if not agrees(turn.expected, found)
    ]


def rewritten(text: str, home: Path) -> str:
    """Return the text with what is printed now in its console blocks."""
    place = 0
    for turn, found in tried(text, home):
        if agrees(turn.expected, found) or (kept := shortened(turn.expected, found)) is None:
            continue
        place = text.index(f"$ {turn.typed}\n{turn.expected}", place)
        end = place + len(f"$ {turn.typed}\n")
        text = text[:end] + kept + text[end + len(turn.expected) :]
    return text


def shortened(expected: str, found: str) -> str | None:
    """Return lines found with as many left out as in those expected; None where ``...`` leaves out several parts."""
    lines, printed = expected.splitlines(keepends=True), found.splitlines(keepends=True)
    gaps = [number for number, line in enumerate(lines) if line.strip() == "..."]
    if not gaps:
        return found
    before, after = gaps[0], len(lines) - gaps[0] - 1
    if len(gaps) > 1 or before + after >= len(printed):
        return None
    return "".join([*printed[:before], lines[before], *printed[len(printed) - after :]])


def _ran(typed: str, home: Path, number: int) -> Seen:
    commands = script(home / ".bin").parent
    env = {
        "HOME": str(home), "HKSHCC_USER": USER, "HKSHCC_TEST_TURN": str(number), "NO_COLOR": "1",
        "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
    }  # fmt: skip
    alone = typed.startswith("hkshcc") and not _OPERATORS.search(re.sub(r"'[^']*'|\"[^\"$`]*\"", "", typed))
    return type_in(shlex.split(typed)[1:] if alone else typed, env, folder=home)


NEXT = ENTRIES + 1
SAMPLE = f"""
# A sample

```console
$ hkshcc list --area finance
  Ref       Measure                           Status       Latest        Owners
...
6 of {MEASURES} measures (area finance)
```

Between the blocks the store stays:

```console
$ hkshcc note 5-FIN-1 'Agenda | asked for' \\
    --on 2026-11-01
hkshcc: created the store ~/.local/share/hkshcc/register.json from the register that ships
5-FIN-1 Deepen the financial working meeting between the cities: note added, 1
Nov 2026 (entry {NEXT}). Undo: hkshcc undo {NEXT}
$ hkshcc list --format json | grep -c '"ref"'
{MEASURES}
$ HKSHCC_USER=chan hkshcc undo > answer.txt && cat answer.txt
...
$ hkshcc show 5-FIN-99
...
```

```sh
hkshcc this-is-not-run
```
"""


def test_a_sample_that_is_true_is_found_true(tmp_path: Path) -> None:
    assert differences(SAMPLE, tmp_path) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (f"(entry {NEXT})", f"(entry {NEXT + 1})"),
        ("...\n6 of", "6 of"),
    ],
)
def test_a_sample_that_is_not_true_is_found_out(tmp_path: Path, right: str, wrong: str) -> None:
    assert right in SAMPLE
    [difference] = differences(SAMPLE.replace(right, wrong), tmp_path)
    assert difference.startswith("block ")


def test_a_sample_that_is_not_true_can_be_rewritten(tmp_path: Path) -> None:
    wrong = SAMPLE.replace("\n6 of", "\n7 of").replace("...\n7 of", "7 of")
    (tmp_path / "first").mkdir()
    right = rewritten(wrong, tmp_path / "first")
    assert f"\n6 of {MEASURES} measures (area finance)\n```\n\nBetween the blocks" in right
    (tmp_path / "second").mkdir()
    assert differences(right, tmp_path / "second") == []
    assert rewritten(SAMPLE, tmp_path) == SAMPLE


def test_a_sample_is_found_the_same_each_time(tmp_path: Path) -> None:
    text = "```console\n$ hkshcc note 5-FIN-1 x\n...\n$ hkshcc check\n```\n"
    found = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        found.append(differences(text, tmp_path / name))
    assert found[0] == found[1]
    assert f"Sound: {NEXT} entries, fingerprint " in found[0][0]


@pytest.mark.parametrize(
    ("expected", "kept"),
    [
        ("a\nb\n", "1\n2\n3\n4\n"),
        ("...\nb\n", "...\n4\n"),
        ("a\n...\nb\nc\n", "1\n...\n3\n4\n"),
        ("a\n...\n", "1\n...\n"),
        ("...\nb\n...\n", None),
        ("a\n...\nb\nc\nd\n", None),
    ],
)
def test_a_sample_that_leaves_lines_out_is_rewritten_with_as_many(expected: str, kept: str | None) -> None:
    assert shortened(expected, "1\n2\n3\n4\n") == kept


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


SIGNING = pytest.mark.needs_program("ssh-keygen")
TRIED = [
    pytest.param(page, marks=SIGNING if "ssh-keygen" in read(page) else (), id=page.name)
    for page in PAGES
    if list(turns(read(page)))
]


@pytest.mark.needs_office
@pytest.mark.parametrize("page", TRIED)
def test_the_console_blocks_of_a_page_are_what_the_tool_prints(page: Path, tmp_path: Path) -> None:
    """Each page has a store of its own, and its blocks run in their order."""
    text = read(page)
    if REWRITE:
        (tmp_path / "rewriting").mkdir()
        text = rewritten(text, tmp_path / "rewriting")
        page.write_text(text, encoding="utf-8")
    (tmp_path / "reading").mkdir()
    assert "\n\n".join(differences(text, tmp_path / "reading")) == ""


def test_the_pages_that_show_how_to_use_it_have_console_blocks() -> None:
    shown = {page.name for page in PAGES if list(turns(read(page)))}
    readmes = {page.name for page in READMES}
    assert shown >= {
        *readmes,
        "reading.md",
        "secretariat.md",
        "forms.md",
        "releases.md",
        "guarantees.md",
        "signatures.md",
    }


@pytest.mark.parametrize("lang", PICTURES)
def test_the_picture_is_what_report_draws(lang: str, tmp_path: Path) -> None:
    drawn = tmp_path / "report.svg"
    assert run("--lang", lang, "report", "-o", str(drawn), store=tmp_path / "none.json").code == 0
    if REWRITE:
        PICTURES[lang].write_bytes(drawn.read_bytes())
    assert read(drawn) == read(PICTURES[lang])


@pytest.mark.parametrize(("name", "words"), list(DRAWINGS.items()))
def test_a_picture_of_the_measures_is_what_its_command_draws(name: str, words: str, tmp_path: Path) -> None:
    drawn = run(*words.split(), "--format", "svg", store=tmp_path / "none.json")
    if REWRITE:
        (DOCS / name).write_bytes(drawn.raw)
    assert drawn.out == read(DOCS / name)
    assert any(f"]({name})" in read(page) for page in DOCS.glob("*.md"))


@pytest.mark.parametrize(("page", "picture"), list(zip(READMES, PICTURES.values(), strict=True)))
def test_a_readme_is_short_and_shows_the_picture(page: Path, picture: Path) -> None:
    assert len(page.read_bytes()) <= MOST
    assert f"]({picture.relative_to(page.parent).as_posix()})" in read(page)


@pytest.mark.parametrize(("page", "lang"), list(zip(READMES, PICTURES, strict=True)))
def test_a_readme_has_every_command_with_the_first_example_of_its_help(page: Path, lang: str) -> None:
    with language.using(lang):
        rows = "".join(
            f"| `{name}` | {_(command.short)} | `{_(command.examples[0])}` |\n" for name, command in COMMANDS.items()
        )
    if REWRITE:
        table = re.search(r"^\| `list` (?:.*\n)+?(?=\n)", read(page), re.MULTILINE)
        assert table
        page.write_text(read(page).replace(table[0], rows), encoding="utf-8")
    assert rows in read(page)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_a_readme_has_every_status_and_its_labels_in_three_languages(page: Path) -> None:
    text = read(page)
    rows = [[f"`{status}`", *map(str, vocabulary.labels(status).values())] for status in Status]
    assert [row for row in rows if f"| {' | '.join(row)} |" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_to_a_section_leads_to_one(page: Path) -> None:
    for path, section in re.findall(r"\]\(([^)\s#:]*)#([^)\s]+)\)", read(page)):
        target = page if not path else page.parent / path
        titles = re.findall(r"^#+ (.+)$", read(target), re.MULTILINE)
        assert section in {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


def test_every_option_that_may_stand_anywhere_is_documented() -> None:
    group = typer.main.get_command(root)
    options = [option for parameter in group.params for option in parameter.opts if option.startswith("--")]
    assert sorted({*options} - {"--help", "--show-completion"} - set(re.findall(r"--[a-z-]+", read(REFERENCE)))) == []


def first_cells(text: str, title: str) -> list[str]:
    """The first cells of the table that follows a title."""
    found = re.search(rf"{title}[^\n]*\n\s*((?:\|[^\n]*\n)+)", text)
    assert found, f"there is no table under '{title}'"
    return [row.split("|")[1].strip(" `") for row in found[1].splitlines()]


def test_the_table_of_exit_codes_has_the_codes_that_there_are() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HkshccError)]
    codes = {0, errors.INTERRUPTED, *(kind.exit_code for kind in kinds)}
    cells = first_cells(read(REFERENCE), "## Exit codes")
    assert {int(cell) for cell in cells if cell.isdigit()} == codes


def test_the_table_of_fields_has_the_fields_of_a_listing() -> None:
    assert first_cells(read(REFERENCE), r"\| field ")[1:] == list(Listing.fields)


def test_the_table_of_formats_has_the_formats_that_there_are() -> None:
    assert sorted(first_cells(read(REFERENCE), "## Formats")[2:]) == sorted(FORMATS)


def test_the_page_on_architecture_has_every_field_of_a_stored_entry() -> None:
    _head, _line, *rows = first_cells(read(DOCS / "architecture.md"), "Fields without a value are\nleft out.")
    assert sorted(name for row in rows for name in row.replace("`", "").split(", ")) == sorted(FIELDS)


def test_the_table_of_statuses_says_what_each_means() -> None:
    cells = first_cells(read(DOCS / "reading.md"), "judged by the wording of the measure")
    assert sorted(cells[2:]) == sorted(Status)


def test_the_table_of_settings_names_every_variable_that_is_read() -> None:
    sources = "".join(read(path) for path in (ROOT / "hkshcc").rglob("*.py"))
    found = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', sources)) | {"FORCE_COLOR", "CLICOLOR_FORCE"}
    assert {"HKSHCC_STORE", "HKSHCC_USER", "HKSHCC_PAGER", "PAGER", "NO_COLOR"} <= found
    assert sorted(name for name in found - {"TERM"} if name not in read(REFERENCE)) == []
