"""What the shell offers when Tab is pressed, by the protocol that the shell's script speaks."""

import shlex
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import processes
from tests.running import run

SHELLS = ("bash", "zsh", "fish", "powershell")


def asked(shell: str, line: str) -> Mapping[str, str]:
    """The variables that a shell's script sets for a line with the cursor at its end."""
    words = shlex.split(f"{line}|")  # the mark makes a word where one is only about to begin
    spoken = {
        "bash": {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)},
        "zsh": {"_TYPER_COMPLETE_ARGS": line},
        "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        "powershell": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1][:-1]},
    }
    return {"_HKSHCC_COMPLETE": f"complete_{shell}", **spoken[shell]}


def offered(shell: str, line: str, store: Path) -> list[str]:
    ran = run(store=store, env=asked(shell, line))
    assert ran.err == ""
    return [line for line in ran.lines if line]


def words(line: str, store: Path) -> list[str]:
    """The words alone, as bash is given them."""
    return offered("bash", line, store)


@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("hkshcc re", "report retarget"),
        ("hkshcc show 7-KIT", "7-KIT-1a 7-KIT-1b 7-KIT-2"),
        ("hkshcc show 7-kit-1", "7-kit-1a 7-kit-1b"),
        ("hkshcc show 7-KIT-2 8", "8-KIT-1"),
        ("hkshcc show kch-", "kch-1 kch-2 kch-3 kch-4"),
        ("hkshcc show FRM", "FRM-1 FRM-2"),
        ("hkshcc show kit-1", "kit-1a kit-1b kit-1"),
        ("hkshcc update 8", "8-KIT-1"),
        ("hkshcc done 8", "8-KIT-1"),
        ("hkshcc note 8", "8-KIT-1"),
        ("hkshcc retarget 8", "8-KIT-1"),
        ("hkshcc history 8", "8-KIT-1"),
        ("hkshcc assign 8-KIT-1 SH", "SH-Wind SH-Soup"),
        ("hkshcc assign 8-KIT-1 IKO --instead-of SH-W", "SH-Wind"),
        ("hkshcc list --area k", "kites kitchens"),
        ("hkshcc list --owner i", "iKO iNB"),
        ("hkshcc list --status co", "continuing completed"),
        ("hkshcc update 8-KIT-1 --by sh-s", "sh-soup"),
        ("hkshcc update 8-KIT-1 --evidence-kind pr", "professional press"),
        ("hkshcc report --area f", "formulas"),
        ("hkshcc add --owner IN", "INB"),
        ("hkshcc add --area k", "kites kitchens"),
        ("hkshcc undo 8", "8-KIT-1"),
        ("hkshcc amend 8", "8-KIT-1"),
        ("hkshcc form SH-W", "SH-Wind"),
        ("hkshcc chase SH-W", "SH-Wind"),
        ("hkshcc list kitc", "kitchens"),
        ("hkshcc schema hist", "history"),
        ("hkshcc --lang zh-Hant show 8", "8-KIT-1"),
        ("hkshcc show zzz", ""),
    ],
)
def test_commands_refs_areas_owners_and_statuses_are_offered(store: Path, line: str, choices: str) -> None:
    assert words(line, store) == choices.split()


def test_refs_are_offered_from_the_store_that_the_line_names(store: Path, tmp_path: Path) -> None:
    assert words(f"hkshcc --store {shlex.quote(str(store))} show 8", tmp_path / "none.json") == ["8-KIT-1"]


def test_without_a_named_store_the_users_own_is_read(tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    assert run(env={**asked("bash", "hkshcc show 5-FIN-3"), **home}).lines == ["5-FIN-3a", "5-FIN-3b", "5-FIN-3c"]


def test_a_store_that_cannot_be_read_offers_nothing(store: Path) -> None:
    store.write_bytes(b"")
    assert words("hkshcc show 7", store) == []


@pytest.mark.parametrize(
    ("shell", "line"),
    [
        ("zsh", """_arguments '*: :(("7-KCH-4":"A noodle bridge"))\'"""),
        ("fish", "7-KCH-4\tA noodle bridge"),
        ("powershell", "7-KCH-4:::A noodle bridge"),
    ],
)
def test_refs_come_with_their_titles_where_the_shell_shows_them(store: Path, shell: str, line: str) -> None:
    assert offered(shell, "hkshcc show 7-KCH-4", store) == [line]


@pytest.mark.parametrize("shell", SHELLS[1:])
@pytest.mark.parametrize("ref", ["7-KIT-1a", "7-KIT-1b", "7-KIT-2", "7-FRM-1", "7-FRM-2"])
def test_a_title_that_tries_to_act_is_only_a_title(store: Path, shell: str, ref: str) -> None:
    """zsh evaluates what it is given and Typer reads it as markup: nothing in it may be anything to either."""
    [line] = offered(shell, f"hkshcc show {ref}", store)
    title = line.removeprefix("_arguments '*: :((").partition(ref)[2]
    assert title.strip('":\t')
    assert not set(title) & set("$`[]\x1b\u202e")
    assert "\\" not in title.replace(r"\\:", ":")


def test_a_word_that_a_shell_could_take_for_more_is_not_offered(store: Path) -> None:
    text = store.read_text(encoding="utf-8")
    store.write_text(text.replace('"slug":"kites"', '"slug":"$(kites)"'), encoding="utf-8")
    assert words("hkshcc list --area ", store) == ["kitchens", "formulas"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell_asks_hkshcc(shell: str) -> None:
    ran = run(env={"_HKSHCC_COMPLETE": f"source_{shell}"})
    assert ran.code == 0
    assert f"complete_{shell}" in ran.out


def test_bash_completes_a_ref_by_the_script_it_is_given(store: Path) -> None:
    """In a real bash, with the script as it is shown."""
    script = run(env={"_HKSHCC_COMPLETE": "source_bash"}).out
    lines = (
        f'{script}\nCOMP_WORDS=(hkshcc show 8-K)\nCOMP_CWORD=2\n_hkshcc_completion hkshcc\necho "${{COMPREPLY[@]}}"\n'
    )
    ran = processes.shell(lines, store.parent / "bin", store=store)
    assert (ran.code, ran.out) == (0, "8-KIT-1\n"), ran.err
