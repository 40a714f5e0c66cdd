"""Any text at all: a proposal or one sentence, in bounded time, and nothing active in what is shown."""

import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hkshcc.errors import HkshccError
from hkshcc.exchange.releases.page_text import page_of
from hkshcc.exchange.releases.proposal_sheet import read_sheet
from hkshcc.exchange.releases.rows import digest
from hkshcc.render import RenderOptions, render
from hkshcc.text import inert
from tests.commands import TEXT_FORMATS
from tests.exchange.releases.giants import GIANTS
from tests.exchange.releases.texts import ENGLISH, HANT, proposed, release

_PIECES = st.sampled_from([
    *ENGLISH.splitlines(), *HANT.splitlines(), "(3)", "四、", "----", "****", "\u200b", "\ufeff", "\u2028", "\x1b[31m",
    "", "<b>Kites</b>", "<html>",
    "</p>", "&#0;", "Kites:", '"', "「", "Ends/", "followingareas:", "1.", "①", "\x00", "\r",
])  # fmt: skip
_HEADER = "area,slug,code,number,title,kind\n"
TEXTS = st.lists(_PIECES | st.text(max_size=30), max_size=40).map("\n".join)


def outcome(work: Callable[[], Any]) -> Any:
    """What it gives, or the sentence in which it refuses."""
    try:
        return work()
    except HkshccError as error:
        return str(error)


@given(TEXTS)
def test_any_text_gives_a_proposal_or_one_sentence(text: str) -> None:
    proposal = outcome(lambda: proposed(text.encode("utf-8", "replace"), "invented.txt"))
    if isinstance(proposal, str):
        assert proposal.startswith("invented.txt ")
        return
    for number, measure in enumerate(proposal.measures, start=1):
        assert measure.paragraph == number
        assert measure.sha256 == digest(measure.text)
        assert measure.title
    assert all(area.name and area.code.isalpha() for area in proposal.areas)
    assert proposal.data()["schema"] == "hkshcc.proposal/1"


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16", "replace")))
def test_any_bytes_give_lines_or_one_sentence(data: bytes) -> None:
    for name in ("invented.txt", "invented.html"):
        page = outcome(partial(page_of, data, name))
        assert page.startswith(name) if isinstance(page, str) else page.lines


@given(
    st.binary(max_size=400)
    | TEXTS.map(lambda text: ("area,slug,code,number,title,kind\n" + text).encode("utf-8", "replace"))
)
def test_any_bytes_give_a_sheet_or_one_sentence(data: bytes) -> None:
    sheet = outcome(lambda: read_sheet(data, "invented.csv"))
    assert sheet.startswith("invented.csv") if isinstance(sheet, str) else sheet.rows


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.needs_office if giant.file.endswith(".html") else ())
        for name, giant in GIANTS.items()
    ],
)
def test_a_long_text_is_dealt_with_in_time(name: str) -> None:
    """At an eighth of the size that a release may have; ``python -m tests.soak giants`` tries them whole."""
    text, file = GIANTS[name].text(1 / 8), GIANTS[name].file
    start = time.process_time()
    found = outcome(lambda: proposed(text, file))
    assert not isinstance(found, str) or found.startswith(file)
    assert time.process_time() - start < 5  # with a coverage tracer at work


HOSTILE = release(
    "\x1b]0;pwned\x07Kites [red]and[/red] =1+1 | *stars*",
    "-----",
    '=HYPERLINK("http://invented.example") Continue to fly \u202ekites\u202c \x1b[31m<b>red</b>.',
)


@pytest.mark.parametrize("fmt", TEXT_FORMATS)
@pytest.mark.parametrize("width", [None, 80])
def test_hostile_text_is_inert_in_every_output(fmt: str, width: int | None) -> None:
    drawn = render(proposed(HOSTILE), RenderOptions(format=fmt, width=width)).stdout
    said = drawn.removeprefix("\ufeff").replace("\r\n", "\n").replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert all(inert(line) == line or set(line) <= set(inert(line)) for line in said.split("\n") if "\x1b" not in line)
    assert "\x1b]" not in said
    assert "\u202e" not in said
    if fmt == "csv":
        assert ',"=' not in said
        assert ",=" not in said
    if fmt == "json":
        data: dict[str, Any] = json.loads(drawn)
        assert data["measures"][0]["text"].startswith("=HYPERLINK")
