"""A measure is added by hand: its ref, and every rule that refuses it."""

from typing import Any

import pytest

from hkshcc.errors import HkshccError, NotFoundError, RefusedError, UsageError
from hkshcc.register.integrity import problems
from tests.register.build import AGREED, LATER_PLENARY, Desk, day, only, owner, refused, target


def test_a_new_measure_takes_the_next_paragraph_of_its_area() -> None:
    desk = Desk()
    refs = [only(desk.add(area)).ref for area in ("IVT", "keeping stock", "fancy", "invention")]
    assert refs == ["8-IVT-2", "8-IVT-3", "8-FAN-1", "8-INV-3"]
    assert problems(desk.register) == []


def test_a_new_measure_is_agreed_on_the_day_of_its_plenary() -> None:
    desk = Desk()
    entry = only(
        desk.add(
            title="Invented addition",
            other_titles={"zh-Hant": "虛構措施", "zh-Hans": None},
            summary="Invented summary",
            kind="Exploratory",
            owners=["yss", "XBB", "Yss"],
            target=day("2023-12-31", "year"),
        )
    )
    assert (entry.event, entry.on, entry.precision) == ("agreed", AGREED, "day")
    assert entry.thing == {
        "ref": "8-FAN-1",
        "plenary": 8,
        "area": "fancy",
        "kind": "exploratory",
        "title": {"en": "Invented addition", "zh-Hant": "虛構措施"},
        "summary": "Invented summary",
        "owners": [owner("YSS"), owner("XBB")],
        "target": target("2023-12-31", "year"),
    }
    assert desk.stands("8-FAN-1").target_original == target("2023-12-31", "year")


def test_a_target_may_be_the_day_of_the_plenary() -> None:
    desk = Desk()
    desk.add(target=day(AGREED))
    assert desk.stands("8-FAN-1").target == target(AGREED)


def test_a_measure_with_nothing_but_a_title_is_a_deliverable_without_owners_or_target() -> None:
    thing = only(Desk().add()).thing
    assert set(thing) == {"ref", "plenary", "area", "kind", "title"}
    assert thing["kind"] == "deliverable"


def test_a_ref_is_never_given_twice_even_after_its_measure_was_withdrawn() -> None:
    desk = Desk()
    assert only(desk.add()).ref == "8-FAN-1"
    desk.undo()
    assert only(desk.add()).ref == "8-FAN-2"
    assert problems(desk.register) == []


def test_the_latest_plenary_held_is_meant_unless_another_is_named() -> None:
    desk = Desk(today=LATER_PLENARY)
    assert only(desk.add(plenary=9)).ref == "9-FAN-1"
    assert only(desk.add()).ref == "9-FAN-2"
    assert only(Desk(today="2024-02-29").add()).ref == "8-FAN-1"
    assert only(Desk(today=LATER_PLENARY).add(plenary=8)).ref == "8-FAN-1"


@pytest.mark.parametrize(
    ("about", "error", "exit_code", "said"),
    [
        ({"area": "nowhere"}, NotFoundError, 3, "nowhere"),
        ({"title": " "}, UsageError, 2, "give --title"),
        ({"title": None}, UsageError, 2, "give --title"),
        ({"kind": "promise"}, UsageError, 2, "deliverable, continuing, exploratory"),
        ({"plenary": 7}, NotFoundError, 3, "no plenary 7; the plenaries are 8, 9"),
        ({"plenary": 9}, RefusedError, 4, "plenary 9 has not been held yet"),
        ({"owners": ["XBB", "nobody"]}, NotFoundError, 3, "nobody"),
        ({"target": day("2021-02-28")}, RefusedError, 4, "give a later target"),
    ],
)
def test_an_addition_against_a_rule_is_refused(
    about: dict[str, Any], error: type[HkshccError], exit_code: int, said: str
) -> None:
    with refused(error, exit_code, said):
        Desk().add(**about)


def test_a_plenary_is_named_while_the_register_knows_nothing_that_the_latest_agreed() -> None:
    desk = Desk(today=LATER_PLENARY)
    with refused(RefusedError, 4, "what plenary 9 .1 Mar 2024. agreed is not in the register", "--plenary"):
        desk.add()
    desk.add(plenary=9)
    desk.undo()
    with refused(RefusedError, 4, "--plenary"):
        desk.add()


def test_a_measure_needs_a_plenary_that_was_held() -> None:
    with refused(NotFoundError, 3, "no plenary has been held yet"):
        Desk(today="2021-02-28").add()
