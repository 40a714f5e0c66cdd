"""What the changes and the chase say of a register that is told this and that."""

import pytest

from hkshcc.register.model import Entry
from hkshcc.register.vocabulary import STALE_AFTER_DAYS
from hkshcc.reports.changes import Changes, changes
from hkshcc.reports.chase import chase
from hkshcc.reports.filters import Filters
from hkshcc.reports.letter import letters
from hkshcc.reports.listing import listing
from hkshcc.reports.page import Heading, KeyValues, Table, Text, View, plain_text
from hkshcc.reports.progress import progress
from tests.register.build import REF, TODAY, draft, finding, owner, register_of, retraction, returned, revision, target

BEFORE = "2021-12-31"


def became_true(*drafts: Entry) -> Changes:
    view = View(register_of(*drafts), TODAY, TODAY)
    return changes(view._replace(as_of=BEFORE), view, BEFORE, by_recorded=False)


def recorded_since(since: str, *drafts: Entry) -> Changes:
    earlier, later = (View(register_of(*drafts, known_on=known_on), TODAY, known_on) for known_on in (since, TODAY))
    return changes(earlier, later, since, by_recorded=True)


def details(found: Changes) -> list[str]:
    return [str(row["detail"]) for row in found.items()]


@pytest.mark.parametrize(
    ("hk", "sh", "quoted"),
    [("2022-02-01", "2022-03-01", "Shanghai's word"), ("2022-03-01", "2022-02-01", "Hong Kong's word")],
)
def test_of_two_sides_that_stand_alike_the_later_is_quoted_whichever_was_recorded_first(
    hk: str, sh: str, quoted: str
) -> None:
    words = [
        returned("continuing", hk, remark="Hong Kong's word"),
        returned("continuing", sh, by="YSS", remark="Shanghai's word"),
    ]
    for told in (words, words[::-1]):
        [detail] = details(became_true(*told))
        assert detail.endswith(quoted)


@pytest.mark.parametrize(
    ("precision", "said"), [("day", "on 28 Feb 2022"), ("month", "in Feb 2022"), ("year", "in 2022")]
)
def test_a_change_is_on_a_day_or_in_a_period(precision: str, said: str) -> None:
    assert details(became_true(finding("continuing", "2022-02-28", precision=precision))) == [f"continuing {said}"]


def test_a_target_moved_by_years_is_not_counted_in_days() -> None:
    later = became_true(revision("2022-01-05", target=target("2027-05-31")))
    assert details(later) == [
        "5 years 2 months later, from 31 Mar 2022 to 31 May 2027: invented reason",
    ]
    earlier = became_true(revision("2022-01-05", target=target("2022-02-28")))
    assert details(earlier) == ["1 month earlier, from 31 Mar 2022 to 28 Feb 2022: invented reason"]


def test_an_owner_that_left_without_another_in_its_place_is_dropped() -> None:
    assert details(became_true(revision("2022-02-01", dropped=["YSS"]))) == ["removed YSS"]
    replaced = became_true(revision("2022-02-01", dropped=["XBB"], added=[owner("XCC")]))
    assert details(replaced) == ["XCC in place of XBB"]


def test_a_withdrawal_is_told_once_and_not_again_by_every_later_report() -> None:
    told = [
        finding("continuing", "2022-01-10", id="mistake"),
        retraction("mistake", recorded="2022-02-01", reason="Wrong measure"),
    ]
    assert [change.what for change in recorded_since("2022-01-31", *told).changes] == ["corrected", "withdrawn"]
    assert recorded_since("2022-02-28", *told).changes == []


def test_a_measure_that_is_new_to_the_register_and_not_pursued_comes_from_no_status() -> None:
    dropped = finding("not-pursued", "2021-05-01", recorded="2021-05-01", reason="It bends")
    found = recorded_since("2020-12-31", dropped)
    assert [row["detail"] for row in found.items() if row["ref"] == REF] == ["agreed 1 Mar 2021"]


def test_a_letter_has_one_heading_then_whom_it_asks_then_one_table() -> None:
    asked = letters(chase(View(register_of(), TODAY, TODAY), None, None))
    [letter] = [letter for letter in asked if letter.name == "XBB"]
    kinds = [type(block) for block in letter.page("en").blocks if block != Text()]
    assert kinds == [Heading, KeyValues, Text, Text, Table, Text, Text, Text, Text]


def test_what_was_said_of_a_period_was_moved_back_in_it() -> None:
    told = [
        finding("continuing", "2022-01-10"),
        finding("in-progress", "2022-03-31", precision="quarter", reason="Rain"),
    ]
    view = View(register_of(*told), TODAY, TODAY)
    chosen = listing(view, Filters(), "ref", STALE_AFTER_DAYS)
    [back] = [item for item in progress(view, chosen, "area", 540).attention if item.what == "moved back"]
    assert back.detail == "to in progress in Q1 2022: Rain"


@pytest.mark.parametrize(
    ("drafts", "said"),
    [
        ([returned("completed", "2022-02-01", remark="r")], "on the word of Hong Kong alone: r"),
        (
            [finding("completed", "2022-02-01", remark="r")],
            "neither reported by a side nor shown by an official source: r",
        ),
        ([returned("not-pursued", "2022-02-01", reason="r")], "on the word of Hong Kong alone: r"),
        ([returned("in-progress", "2022-02-01", remark="r")], "in progress on 1 Feb 2022: r"),
        (
            [returned("completed", "2022-02-01"), returned("completed", "2022-02-01", by="YSS", remark="r")],
            "completed on 1 Feb 2022: r",
        ),
    ],
)
def test_a_closing_that_nothing_confirms_says_so_among_the_changes(drafts: list[Entry], said: str) -> None:
    [detail] = details(became_true(*drafts))
    assert detail.endswith(said)


def criteria(on: str, ref: str, agreed_by: str | None = None) -> Entry:
    return draft("criteria", ref=ref, on=on, precision="day", criteria={"done_when": "Built"}, agreed_by=agreed_by)


def test_criteria_that_were_written_are_a_change_and_alike_ones_are_told_once() -> None:
    drafts = [
        criteria("2021-06-01", REF), criteria("2022-02-01", REF, "both"),
        criteria("2022-02-02", "8-INV-2a"), criteria("2022-02-02", "8-INV-2b"), criteria("2021-06-01", "8-IVT-1"),
    ]  # fmt: skip
    found = became_true(*drafts)
    rows = [(row["ref"], row["before"], row["after"], row["detail"]) for row in found.items()]
    assert rows == [
        (REF, "draft", "both", "agreed by both sides, on 1 Feb 2022"),
        ("8-INV-2a", None, "draft", "a draft of the register's keeper, on 2 Feb 2022"),
        ("8-INV-2b", None, "draft", "a draft of the register's keeper, on 2 Feb 2022"),
    ]
    lines = [(block.indent, plain_text(block.spans)) for block in found.page("en").blocks if isinstance(block, Text)]
    assert lines.count((2, "a draft of the register's keeper, on 2 Feb 2022")) == 1
    assert (4, "8-INV-2a 8-INV-2b") in lines


def test_criteria_that_were_withdrawn_leave_the_earlier_ones_and_are_no_change() -> None:
    first, second = criteria("2021-06-01", REF), criteria("2022-02-01", REF, "both")._replace(id="second")
    assert details(became_true(first, second, retraction("second"))) == []


def lapse(since: str, *drafts: Entry) -> list[dict[str, object]]:
    view = View(register_of(*drafts), TODAY, TODAY)
    found = changes(view._replace(as_of=since), view, since, by_recorded=False).items()
    return [row for row in found if row["change"] == "lapsed"]


def test_a_continuing_measure_of_which_a_year_says_nothing_has_lapsed_since_and_is_told_once() -> None:
    said = finding("continuing", "2021-05-01", ref="8-INV-2a")
    [row] = lapse("2022-04-30", said)
    assert (row["ref"], row["after"], row["detail"]) == (
        "8-INV-2a",
        "2021-05-01",
        "no update or evidence since 1 May 2021",
    )
    assert lapse("2022-05-02", said) == []
    assert lapse("2022-04-30", said, returned(None, "2022-06-01", ref="8-INV-2a", remark="Invented")) == []
