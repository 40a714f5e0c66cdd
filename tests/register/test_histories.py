"""Registers that exchange entries in any order come to show the same, and prove what each of them printed."""

from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.register.histories import Turn, World, altered, turns, wrong_with

FEW = 12  # `python -m tests.soak exchange` tries a thousand


class Life(NamedTuple):
    """What registers live through: how many days ahead their clocks are, what is done, how they exchange at the end."""

    ahead: list[int]
    history: list[Turn]
    order: list[int]
    days: list[int]  # before the end, on which all must show the same
    which: int  # of the entries one is altered
    begun: bool  # whether the last register begins with a copy


class Lived(NamedTuple):
    """What does not hold after a life, and how many exchanges it took at the end."""

    wrong: list[str]
    exchanges: int


def live(life: Life) -> Lived:
    """Let registers live and exchange until nothing is new."""
    world = World(life.ahead, begun=life.begun)
    for number, turn in enumerate(life.history):
        world.take(turn)
        if number % 4 == 3:
            world.print_all()
    exchanges = world.converge(life.order)
    before = [list(desk.entries) for desk in world.desks]
    wrong = list(wrong_with(world, life.days))
    world.converge(life.order)
    if [list(desk.entries) for desk in world.desks] != before:
        wrong.append("exchanging once more changed something")
    return Lived([*wrong, *altered(world, life.which, "somebody else")], exchanges)


def lives(copies: int) -> st.SearchStrategy[Life]:
    """Lives of so many registers."""
    return st.builds(
        Life,
        ahead=st.lists(st.integers(-1, 1), min_size=copies, max_size=copies),
        history=turns(copies),
        order=st.lists(st.integers(0, 99), min_size=copies * copies, max_size=copies * copies),
        days=st.lists(st.integers(0, 200), min_size=1, max_size=2),
        which=st.integers(0, 200),
        begun=st.booleans() if copies > 2 else st.just(False),  # noqa: FBT003  the value, and no switch
    )


@pytest.mark.parametrize("copies", [2, 3])
@settings(max_examples=FEW, deadline=None)
@given(st.data())
def test_copies_that_have_exchanged_everything_show_the_same_and_call_no_print_altered(
    copies: int, data: st.DataObject
) -> None:
    assert live(data.draw(lives(copies))).wrong == []
