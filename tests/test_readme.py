"""README says what is true: its console blocks are executed, its tables are held against the code.

``HKSHCC_REWRITE_README=1 pytest tests/test_readme.py`` puts what is printed now into README's blocks (those with
``...`` are left to a person); a reader then judges the difference.
"""

import os
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer

from hkshcc import errors
from hkshcc.cli.app import root
from hkshcc.cli.commands import COMMANDS
from hkshcc.register import vocabulary
from hkshcc.register.vocabulary import Status
from tests.processes import script
from tests.running import ENTRIES, MEASURES
from tests.terminal import Seen, type_in

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
HOME, USER = "~", "officer"  # how the folder of the test, and who types in it, read in README
# Lines that make an environment; .ci/run does that.
NOT_RUN = ("python3 -m venv", "pip ", ".venv/bin/", "source ")
_OPERATORS = re.compile(r"[|<>;&$`*~=]")


class Turn(NamedTuple):
    """A line typed and the lines that README says follow it."""

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
            lines = re.sub(wrapped_home, HOME, seen.text).splitlines()
            yield turn, "".join(f"{line.rstrip()}\n" for line in lines)


def differences(text: str, home: Path) -> list[str]:
    """Say where what is printed is not what a text says."""
    return [
        f"block {turn.block}\n$ {turn.typed}\n--- README\n{turn.expected}--- found\n{found}"
        for turn, found in tried(text, home)
        if not agrees(turn.expected, found)
    ]


def rewritten(text: str, home: Path) -> str:
    """Return the text with what is printed now in its console blocks."""
    place = 0
    for turn, found in tried(text, home):
        if agrees(turn.expected, found) or "...\n" in turn.expected:
            continue
        place = text.index(f"$ {turn.typed}\n{turn.expected}", place)
        end = place + len(f"$ {turn.typed}\n")
        text = text[:end] + found + text[end + len(turn.expected) :]
    return text


def _ran(typed: str, home: Path, number: int) -> Seen:
    commands = script(home / ".bin").parent
    env = {
        "HOME": str(home), "HKSHCC_STORE": str(home / ".local/share/hkshcc/register.json"), "HKSHCC_USER": USER,
        "HKSHCC_TEST_TURN": str(number), "NO_COLOR": "1", "PYTHONPATH": str(ROOT),
        "PATH": os.pathsep.join([str(commands), os.environ["PATH"]]),
    }  # fmt: skip
    alone = typed.startswith("hkshcc") and not _OPERATORS.search(re.sub(r"'[^']*'|\"[^\"$`]*\"", "", typed))
    return type_in(shlex.split(typed)[1:] if alone else typed, env, folder=home)


NEXT = ENTRIES + 1
SAMPLE = f"""
# A sample

```console
$ hkshcc list --area finance
hkshcc: showing the register that ships; no store yet at ~/.local/share/hkshcc/register.json
...
6 of {MEASURES} measures (area finance)
```

Between the blocks the store stays:

```console
$ hkshcc note 5-FIN-1 'Agenda | asked for' \\
    --on 2026-11-01
hkshcc: created the store ~/.local/share/hkshcc/register.json from the register that ships
5-FIN-1 note, 1 Nov 2026 (entry {NEXT}). Undo: hkshcc undo {NEXT}
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


@pytest.mark.needs_office
def test_the_console_blocks_of_readme_are_what_the_tool_prints(tmp_path: Path) -> None:
    text = README.read_text(encoding="utf-8")
    if os.environ.get("HKSHCC_REWRITE_README"):
        (tmp_path / "rewriting").mkdir()
        text = rewritten(text, tmp_path / "rewriting")
        README.write_text(text, encoding="utf-8")
    assert list(turns(text))
    (tmp_path / "reading").mkdir()
    assert "\n\n".join(differences(text, tmp_path / "reading")) == ""


def test_every_command_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    missing = [name for name in COMMANDS if not re.search(rf"hkshcc {name}\b|`{name}\b", text)]
    assert missing == []


def test_every_option_that_may_stand_anywhere_is_documented() -> None:
    text = README.read_text(encoding="utf-8")
    group = typer.main.get_command(root)
    options = [option for parameter in group.params for option in parameter.opts if option.startswith("--")]
    assert sorted({*options} - {"--help", "--show-completion"} - set(re.findall(r"--[a-z-]+", text))) == []


def first_cells(text: str, title: str) -> list[str]:
    """The first cells of the table that follows a title."""
    found = re.search(rf"{title}[^\n]*\n\s*((?:\|[^\n]*\n)+)", text)
    assert found, f"README has no table under '{title}'"
    return [row.split("|")[1].strip(" `") for row in found[1].splitlines()]


def test_the_table_of_exit_codes_has_the_codes_that_there_are() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.HkshccError)]
    codes = {0, errors.INTERRUPTED, *(kind.exit_code for kind in kinds)}
    cells = first_cells(README.read_text(encoding="utf-8"), "Exit codes")
    assert {int(cell) for cell in cells if cell.isdigit()} == codes


def test_the_table_of_statuses_has_every_status_and_its_labels() -> None:
    text = README.read_text(encoding="utf-8")
    assert [status for status in Status if f"`{status}`" not in text] == []
    labels = [str(shown) for status in Status for shown in vocabulary.labels(status).values()]
    assert [label for label in labels if label not in text] == []


def test_the_table_of_settings_names_every_variable_that_is_read() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "hkshcc").rglob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', sources)) | {"FORCE_COLOR", "CLICOLOR_FORCE"}
    assert {"HKSHCC_STORE", "HKSHCC_USER", "HKSHCC_PAGER", "PAGER", "NO_COLOR"} <= read
    text = README.read_text(encoding="utf-8")
    assert sorted(name for name in read - {"TERM"} if name not in text) == []
