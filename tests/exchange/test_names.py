"""What two registers gave one name to: how each says so, after it received the other's entries."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests import nasty
from tests.reports.schemas import undeclared
from tests.running import Ran, Screen, run

LAST = len(nasty.entries())
OTHERS_BODY = "XNN is the body that was recorded first; what this register recorded as XNN is called XNN-SH"
OTHERS_ROUND = "2027H2 is the round that was recorded first; what this register recorded as 2027H2 is called 2027H2-SH"


@pytest.fixture
def registers(store: Path, tmp_path: Path) -> tuple[Path, Path]:
    """HK's register and SH's, which gave one name each to a body, a round and a measure of their own."""
    other = tmp_path / "other.json"
    other.write_bytes(store.read_bytes())
    for place, side, due in ((store, "hk", "2026-12-30"), (other, "sh", "2026-12-31")):
        for words in (
            ["init", "--origin", side.upper()],
            ["bodies", "add", "XNN", "--side", side, "--name", f"Invented for {side}"],
            ["round", "open", "2027H2", "--due", due],
            ["add", "--area", "kites", "--title", f"Invented for {side}", "--owner", "XNN"],
        ):
            done(*words, store=place)
    exchange(store, other, tmp_path)
    exchange(other, store, tmp_path)
    return store, other


def done(*words: str, store: Path) -> Ran:
    ran = run(*words, store=store)
    assert ran.code == 0, ran.err
    return ran


def exchange(here: Path, there: Path, folder: Path) -> None:
    """Let one register receive what another has."""
    copy = folder / f"{there.stem}-copy.json"
    done("export", "-o", str(copy), store=there)
    done("import", "register", str(copy), "--apply", store=here)


def said(ran: Ran) -> str:
    """What was said on stderr, wherever it was folded."""
    return " ".join(ran.err.split())


def rows(command: str, store: Path) -> list[dict[str, Any]]:
    answer = json.loads(done(*command.split(), "--format", "json", store=store).out)
    assert undeclared(answer) == []
    found: list[dict[str, Any]] = answer[answer["schema"].split(".")[1].split("/")[0]]
    return found


def test_who_signs_for_the_others_body_is_told_what_the_own_one_is_called(registers: tuple[Path, Path]) -> None:
    ran = run("update", "7-KIT-1a", "--by", "XNN", "--remark", "x", "--sign", "nowhere", store=registers[1])
    assert (ran.code, said(ran)) == (4, f"hkshcc: XNN has no key that is valid today; {OTHERS_BODY}")
    own = run("update", "7-KIT-1a", "--by", "XNN-SH", "--remark", "x", "--sign", "nowhere", store=registers[1])
    assert "add one with `hkshcc bodies key add XNN-SH FILE`" in said(own)


@pytest.mark.parametrize(
    ("command", "lang", "line"),
    [
        ("bodies", "en", "recorded as XNN"),
        ("bodies", "zh-Hant", "記錄時為 XNN"),
        ("round list", "en", "recorded as 2027H2"),
        ("round list", "zh-Hans", "记录时为 2027H2"),
    ],
)
@pytest.mark.parametrize("at", [0, 1])
def test_a_page_says_below_what_has_another_name_as_what_it_was_recorded(
    registers: tuple[Path, Path], at: int, command: str, lang: str, line: str
) -> None:
    screen = Screen(80, 40)
    shown = run(*command.split(), "--lang", lang, store=registers[at], screen=screen).out.splitlines()
    assert [text.strip() for text in shown if line in text] == [line]
    assert "-SH" in shown[shown.index(next(text for text in shown if line in text)) - 1]


def test_programs_read_the_name_that_it_was_recorded_under(registers: tuple[Path, Path]) -> None:
    for store in registers:
        assert {row["code"]: row["alias"] for row in rows("bodies", store) if "XNN" in row["code"]} == {
            "XNN": None,
            "XNN-SH": "XNN",
        }
        assert {row["name"]: row["alias"] for row in rows("round", store) if "2027" in row["name"]} == {
            "2027H2": None,
            "2027H2-SH": "2027H2",
        }
        chased = json.loads(done("chase", "--round", "2027H2-SH", "--format", "json", store=store).out)
        assert undeclared(chased) == []
        assert chased["round"]["alias"] == "2027H2"
        listed = done("bodies", "--format", "csv", "--fields", "code,alias", store=store).lines
        assert listed[-2:] == ["XNN,", "XNN-SH,XNN"]


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("update 7-KIT-1a --by XNN --remark Invented", OTHERS_BODY),
        ("update 7-KIT-1a 7-KIT-1b --by xnn --remark Invented --dry-run", OTHERS_BODY),
        ("assign 7-KIT-1a XNN --reason Invented", OTHERS_BODY),
        ("add --area kites --title Invented --owner XNN", OTHERS_BODY),
        ("round close 2027H2", OTHERS_ROUND),
    ],
)
def test_whoever_names_another_register_s_thing_is_told_what_its_own_is_called(
    registers: tuple[Path, Path], words: str, note: str
) -> None:
    here, there = registers
    ran = done(*words.split(), store=there)
    assert said(ran).count(note) == 1
    assert note not in said(done(*words.split(), store=here))


@pytest.mark.parametrize(
    "words", ["update 7-KIT-1a --by XNN-SH --remark Invented", "round close 2027H2-SH", "note 7-KIT-1a Invented"]
)
def test_whoever_names_its_own_thing_is_told_nothing(registers: tuple[Path, Path], words: str) -> None:
    assert "recorded first" not in said(done(*words.split(), store=registers[1]))


def test_who_receives_what_another_register_said_of_its_own_is_told_nothing(
    registers: tuple[Path, Path], tmp_path: Path
) -> None:
    here, there = registers
    done("update", "7-KIT-1a", "--by", "XNN", "--remark", "Invented", store=here)
    copy = tmp_path / "again.json"
    done("export", "-o", str(copy), store=here)
    assert "recorded first" not in said(done("import", "register", str(copy), "--apply", store=there))
