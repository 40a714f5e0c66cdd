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
from hkshcc.render import FORMATS, Manner, draw
from hkshcc.text import inert
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


_HUGE: dict[str, bytes] = {
    "spaces": b" " * 1_000_000,
    "letters": b"a" * 1_900_000,
    "words": b"a " * 900_000,
    "colons": b"Kites: " * 250_000,
    "quotes": b'"Agreement' * 150_000,
    "marks": b"(1) " * 400_000,
    "numerals": "九".encode() * 600_000,
    "kites": b"The following areas:\nKites\n" + b"Continue to fly kites of paper. Noodles.\n" * 2900,
    "headings": b"Kites\nContinue to fly kites.\n" * 1400,
    "documents": b'Two agreements were signed:\n- "Agreement"\n' * 1400,
    "signings": b"The two sides signed the Memorandum on Kites, Noodles and " * 30_000,
    "signed": b"The following areas:\nKites\n" + b"Both signed the A " * 100_000 + b"\n",
    "capitals": b"The following areas:\n" + b"Both were signed A, A A the A, of the A and A MoU\n" * 2900,
    "sentences": b'Ms A said, "We." A. \xe2\x80\x9cB.\xe2\x80\x9d Will. ' * 50_000,
    "brackets": "「簽署了《".encode() * 150_000,
    "signed in Chinese": "雙方簽署了風箏及麵條及湯匙".encode() * 40_000,
    "short sentences": b"The following areas:\nKites\n" + b"It was. Ab. " * 25 + (b"Ab. " * 100 + b"\n") * 2900,
    "garbage": bytes((index * index * 7 + index) % 251 + 1 for index in range(200_000)) * 500,
    "tags": b"<html>" + b"<p>kites<br>" * 100_000,
    "entities": b'<!DOCTYPE html [<!ENTITY a "kites"><!ENTITY b "&a;&a;&a;">]><html><p>' + b"&b;" * 100_000,
}


@pytest.mark.parametrize("name", _HUGE)
def test_a_text_of_any_size_is_dealt_with_in_seconds(name: str) -> None:
    start = time.process_time()
    file = "invented.html" if name in {"tags", "entities"} else "invented.txt"
    found = outcome(lambda: proposed(_HUGE[name], file))
    assert not isinstance(found, str) or found.startswith(file)
    assert time.process_time() - start < 20  # as any bad file, and with a coverage tracer at work


HOSTILE = release(
    "\x1b]0;pwned\x07Kites [red]and[/red] =1+1 | *stars*",
    "-----",
    '=HYPERLINK("http://invented.example") Continue to fly \u202ekites\u202c \x1b[31m<b>red</b>.',
)


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("width", [None, 80])
def test_hostile_text_is_inert_in_every_output(fmt: str, width: int | None) -> None:
    drawn = draw(proposed(HOSTILE), Manner(format=fmt, width=width)).data
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
