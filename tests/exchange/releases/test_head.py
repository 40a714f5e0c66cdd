"""What stands around a release's areas: its day, its number, the count, the page's own lines, what is left over."""

import pytest
from hypothesis import given

from hkshcc.exchange.releases.page_text import page_of
from hkshcc.exchange.releases.rows import rows_of
from hkshcc.exchange.releases.signing import is_signing
from hkshcc.exchange.releases.wording import END, intro_weight, is_furniture
from hkshcc.reports.proposal import WarningKind
from tests.exchange.releases.test_fuzz import TEXTS
from tests.exchange.releases.texts import ENGLISH, HANT, proposed, release, under, warned

HEAD = "9th Plenary of an Invented Hong Kong/Shanghai Conference"
KITES = "Continue to fly kites over the invented harbour."


@pytest.mark.parametrize(
    ("lines", "source", "day"),
    [
        (["They met today (June 28).", "They first met in 2012."], 3, "2012-06-28"),
        (["They met today (June 28), as in 2012."], 2, "2012-06-28"),
        (["雙方今日（六月二十八日）會面。", "雙方在2012年會面。"], 3, "2012-06-28"),
        (["They met today (June 28).", "In 2012.", "Ends/Thursday", "(c) 2013 Invented News"], 5, "2013-06-28"),
    ],
)
def test_a_year_that_was_guessed_is_said_with_what_it_was_guessed_from(lines: list[str], source: int, day: str) -> None:
    proposal = proposed("\n".join([HEAD, *lines]))
    assert proposal.date == day
    [warning] = [warning for warning in proposal.warnings if warning.kind == WarningKind.DAY]
    assert warning.text == f"the year {day[:4]} was guessed from line {source}: line 2 gives the day without a year"
    assert set(warning.lines) == {2, source}


@pytest.mark.parametrize("text", [ENGLISH, HANT, f"{HEAD}\nThey met on 30 August 2021."])
def test_a_day_that_is_stated_whole_is_no_guess(text: str) -> None:
    assert proposed(text).date
    assert WarningKind.DAY not in {warning.kind for warning in proposed(text).warnings}


def test_the_day_on_which_a_page_was_made_is_not_that_of_the_release() -> None:
    assert proposed("滬港合作會議第九次會議\n發布時間：2031-11-17 02:49:32\n雙方會面。").date is None


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Twelfth Session of the Hong Kong/Shanghai Kite Conference", 12),
        ("The 9th plenary of the Hong Kong/Shanghai Kite Conference", 9),
        ("The third meeting of the Hong Kong/Shanghai Kite Conference", 3),
        ("滬港合作會議第九次會議", 9),
        ("沪港合作会议第九次全体会议", 9),
        ("In Kitetown today, we convene for our fourth meeting", None),
        ("Second Meeting of the Kite Task Force", None),
        ("滬港合作會議第九次工作會議", None),
        ("滬港合作會議第九次專責小組會議", None),
    ],
)
def test_only_a_meeting_of_the_conference_gives_the_number_of_the_plenary(said: str, number: int | None) -> None:
    assert proposed(f"{said}\nThey met.").plenary == number


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("They told of fruitful results in seven areas. Both sides agreed to co-operate in four areas.", 4),
        ("Both sides signed eight kite agreements on areas old and new.", None),
        ("There was progress in seven areas.", 7),
    ],
)
def test_the_areas_agreed_on_are_counted_rather_than_others(said: str, count: int | None) -> None:
    assert proposed(f"{HEAD}\n{said}\nKites\n{KITES}\n").areas_stated == count


@pytest.mark.parametrize(
    "line",
    [
        "Traditional Chinese Simplified Chinese Email this article",
        "Jump to the beginning of content",
        "border image",
        "Press here to Skip to the main content",
        "简体版 英文版 寄给朋友",
        "責任編輯：虛構",
        "發布時間：2031-11-17 來源：虛構",
    ],
)
def test_what_belongs_to_the_page_is_neither_title_nor_area_nor_named(line: str) -> None:
    proposal = proposed(f"{line}\n{release('Kites', KITES, line)}")
    assert proposal.title == "9th Plenary Session of the Hong Kong/Shanghai Kite Conference"
    assert under(proposal) == [("Kites", [KITES])]
    assert warned(proposal) == []


def test_lines_of_a_text_without_areas_are_named() -> None:
    proposal = proposed(f"{HEAD}\nThey met.\n\nThey ate noodles and left.\nEnds/Thursday, March 1, 2029")
    assert not proposal.areas
    assert warned(proposal)[-1] == "nothing was taken from lines 2, 4"


def test_lines_before_the_first_area_are_named() -> None:
    proposal = proposed(f"{HEAD}\nThey met.\nThe two places agreed on the following areas:\nKites\n{KITES}")
    assert "nothing was taken from line 2" in warned(proposal)


@given(TEXTS)
def test_every_line_of_any_text_gave_something_or_is_named(text: str) -> None:
    text = f"{HEAD}\n{text}".replace("\x00", "")
    data = text.encode("utf-8", "replace")
    rows, proposal = rows_of(page_of(data, "invented.txt").lines), proposed(data, "invented.txt")
    end = next((at for at, row in enumerate(rows) if END.match(row.bare)), len(rows))
    gave = {line for warning in proposal.warnings for line in warning.lines}
    gave |= {area.line for area in proposal.areas if area.line} | {measure.line for measure in proposal.measures}
    gave |= {document.line for document in proposal.instruments}
    left = [row for row in rows[:end] if not row.rule and not is_furniture(row.bare) and row.line not in gave]
    # The title, what announces the areas, and what announces documents gave something that has no line.
    assert not [row for row in left if row.bare != HEAD and intro_weight(row.bare) < 2 and not is_signing(row.bare)]
