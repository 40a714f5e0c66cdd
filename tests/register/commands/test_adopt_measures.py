"""What a release brings in, entered as one; what a sheet can get wrong is tried in tests/exchange."""

import pytest

from hkshcc.errors import RefusedError
from hkshcc.register.commands.adopt_measures import AgreedMeasure, adopt_measures
from hkshcc.register.integrity import problems
from hkshcc.register.model import Names
from tests.register.build import AGREED, FIRST, Desk, day, owner, target

FANCY = AgreedMeasure(
    area="fancy", code="FAN", area_name={}, number=1, part="", title={"en": "Invented"}, kind="deliverable"
)
WILD = FANCY._replace(area="wild", code="WLD", area_name={"en": "Wild things"}, part="a")
DOCUMENT: Names = {"en": "Invented memorandum"}


def test_areas_come_before_their_measures_and_documents_last_numbered_as_one_command() -> None:
    desk = Desk()
    made = desk.does(lambda register, context: adopt_measures(register, context, 8, [FANCY, WILD], [DOCUMENT])).entries
    assert [(entry.number, entry.id, entry.event, entry.ref, entry.on) for entry in made] == [
        (FIRST, "cmd1-1", "area", None, None),
        (FIRST + 1, "cmd1-2", "agreed", "8-FAN-1", AGREED),
        (FIRST + 2, "cmd1-3", "agreed", "8-WLD-1a", AGREED),
        (FIRST + 3, "cmd1-4", "instrument", None, None),
    ]
    assert made[-1].thing == {"ref": "8-DOC-1", "plenary": 8, "title": DOCUMENT}
    assert problems(desk.register) == []


def test_only_what_is_known_of_a_measure_is_stored() -> None:
    desk = Desk()
    full = WILD._replace(owners=[owner("xbb", "stated")], target=day("2023-12-31", "year"), paragraph=7)
    bare, whole = desk.does(lambda register, context: adopt_measures(register, context, 8, [FANCY, full])).entries[1:]
    known = {"ref": "8-FAN-1", "plenary": 8, "area": "fancy", "kind": "deliverable", "title": {"en": "Invented"}}
    assert bare.thing == known
    assert whole.thing == {
        **known,
        "ref": "8-WLD-1a",
        "area": "wild",
        "owners": [owner("XBB", "stated")],
        "target": target("2023-12-31", "year"),
        "paragraph": 7,
    }


@pytest.mark.parametrize(
    ("measures", "said"),
    [
        ([], "nothing to record"),
        ([FANCY._replace(title={"en": " ", "zh-Hant": None})], "8-FAN-1 needs a title"),
        ([FANCY, FANCY], "8-FAN-1 appears 2 times"),
        ([FANCY, FANCY._replace(part="b")], "8-FAN-1 appears beside its part 8-FAN-1b"),
        ([FANCY._replace(area="inventory", code="IVT")], "8-IVT-1 is already used in the register"),
        ([FANCY._replace(area="invention", code="INV", number=2)], "8-INV-2 is already used in the register"),
        ([FANCY._replace(area="inventory", code="IVT", part="a")], "8-IVT-1a is already used in the register"),
    ],
)
def test_a_release_against_a_rule_is_refused_as_a_whole(measures: list[AgreedMeasure], said: str) -> None:
    desk = Desk()
    with pytest.raises(RefusedError, match=said):
        desk.does(lambda register, context: adopt_measures(register, context, 8, measures))
    assert len(desk.entries) == FIRST - 1
