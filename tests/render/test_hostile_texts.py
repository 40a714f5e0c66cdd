"""Every hostile text through the outputs that people use most; ``python -m tests.soak hostile`` does all of them."""

import json
from pathlib import Path

import pytest

from tests import hostile
from tests.cli.test_completion import asked
from tests.hostile import BODY, HOSTILE, ORDINARY, REF, TEXTS, Case, active, live, shown
from tests.running import run

COMMON = (
    Case(("list",), "pipe"), Case(("list",), "terminal"), Case(("list",), "csv"), Case(("list",), "md"),
    Case(("show", REF), "terminal"), Case(("show", REF), "md"), Case(("history", REF), "pipe"),
    Case(("report",), "terminal"), Case(("show", REF), "svg"),
    Case(("show", REF), "html"), Case(("list",), "html"),
)  # fmt: skip


@pytest.fixture
def full(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A store that is full of the text."""
    return hostile.write(tmp_path / "register.json", TEXTS[request.param])


def test_there_are_at_least_sixty_texts_and_most_of_them_would_act() -> None:
    assert len(TEXTS) >= 80
    assert len(HOSTILE) >= 60
    assert sum(bool(active(text)) for text in HOSTILE.values()) > 35
    assert not any(active(text) for text in ORDINARY.values())


@pytest.mark.parametrize(
    "bad",
    [
        "\x1b]8;;http://invented.example\x1b\\click\x1b]8;;\x1b\\",
        "\x1b]8;;javascript:alert(1)\x1b\\javascript:alert(1)\x1b]8;;\x1b\\",
        "\x1b]8;;file:///etc/hosts\x1b\\file:///etc/hosts\x1b]8;;\x1b\\",
        "\x1b]8;;http://invented.example\x1b\\http://invented.example",
        "\x1b]8;;http://invented.example/\u98a8\x1b\\http://invented.example/\u98a8\x1b]8;;\x1b\\",
        "\x1b]8;id=1;http://invented.example\x07http://invented.example\x1b]8;;\x07",
        "\x1b]8;;http://invented.example/a b\x1b\\http://invented.example/a b\x1b]8;;\x1b\\",
        "\x1b]0;pwned\x07",
        "\x1b[2J",
    ],
)
def test_a_link_that_is_not_our_own_is_found_out(bad: str) -> None:
    assert "\x1b" in hostile.bare(bad)


def test_our_own_link_leads_to_just_what_it_shows() -> None:
    link = "\x1b]8;;http://invented.example/a\x1b\\\x1b[2mhttp://invented.example/a\x1b[0m\x1b]8;;\x1b\\"
    assert hostile.bare(f"see {link}.") == "see http://invented.example/a."


@pytest.mark.parametrize("full", TEXTS, indirect=True)
def test_nothing_live_comes_out_of_any_text(full: Path) -> None:
    for case in COMMON:
        ran = shown(case, full)
        assert ran.code == 0
        assert live(case, ran) == []


@pytest.mark.needs_office
@pytest.mark.parametrize("full", TEXTS, indirect=True)
def test_nothing_live_comes_out_of_any_text_into_a_calendar_a_form_or_a_sheet(full: Path) -> None:
    assert hostile.live_in_calendar(run("export", "--format", "ics", store=full).raw) == []
    for words in (["form", "--owner", BODY, "-o", "-"], ["export", "--format", "xlsx"]):
        assert hostile.live_in_workbook(run(*words, store=full).raw) == []


@pytest.mark.parametrize(("full", "text"), TEXTS.items(), indirect=["full"])
def test_json_gives_back_what_went_in(full: Path, text: str) -> None:
    ran = run("show", REF, "--format", "json", store=full)
    assert active(ran.out) <= {"\n"}
    [sheet] = json.loads(ran.out)["measures"]
    assert (sheet["title"]["en"], sheet["summary"], sheet["next"]) == (text, text, text)


@pytest.mark.parametrize(("full", "text"), ORDINARY.items(), indirect=["full"])
def test_ordinary_text_comes_out_as_it_went_in(full: Path, text: str) -> None:
    assert text in run("list", store=full).lines[0].split("\t")
    assert text in hostile.cells_of(run("list", "--fields", "title", "--format", "csv", store=full).out)
    assert text in run("history", REF, store=full).out


@pytest.mark.parametrize(("full", "text"), TEXTS.items(), indirect=["full"])
def test_errors_and_completions_are_inert(full: Path, text: str) -> None:
    for words in (["show", text], ["list", "--area", text], [text]):
        ran = run(*words, store=full)
        assert ran.code in {0, 2, 3}  # some are found, as a part of a name
        assert live(Case((), "pipe"), ran) == []
    ran = run(store=full, env=asked("zsh", "hkshcc show 7"))
    assert REF in ran.out
    assert not active(ran.out) - {"\n"}
