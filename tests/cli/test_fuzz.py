"""Every option and argument of every command, with values that nobody would type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import fuzz

pytestmark = pytest.mark.needs_office  # merges a form, among the rest


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> fuzz.Laboratory:
    return fuzz.Laboratory(tmp_path_factory.mktemp("fuzz"))


def test_every_option_and_argument_stands_an_odd_value(laboratory: fuzz.Laboratory) -> None:
    places = [list(fuzz.walked(place)) for place in fuzz.PLACES if place.focus]
    # One for each place, another for the next; the soak tries all of them.
    lines = [lines[index % len(lines)] for index, lines in enumerate(places)]
    assert [problem for line in lines for problem in laboratory.tried(line)] == []


@settings(max_examples=120)
@given(fuzz.lines(), st.sampled_from([None, "", "x\n", "yes\n"]), st.sampled_from([0, 0, 80, 20]))
def test_no_words_typed_reach_an_internal_error(
    laboratory: fuzz.Laboratory, words: list[str], keys: str | None, columns: int
) -> None:
    assert laboratory.tried(words, keys=keys, columns=columns) == []
