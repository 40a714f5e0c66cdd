"""Registers that exchange entries in any order come to show the same, and prove what each of them printed."""

from collections import Counter
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands import OTHERS
from tests.register.histories import Turn, World, altered, wrong_with
from tests.register.verbs import EVERY, turns

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
    """What does not hold after a life, how many exchanges it took at the end, what was done, and what was looked at."""

    wrong: list[str]
    exchanges: int
    did: Counter[str]  # how often each verb recorded something
    checked: Counter[str]


def live(life: Life) -> Lived:
    """Let registers live and exchange until nothing is new."""
    world = World(life.ahead, begun=life.begun)
    for turn in life.history:
        world.take(turn)
    exchanges = world.converge(life.order)
    before = [list(desk.entries) for desk in world.desks]
    wrong = [*world.wrong, *wrong_with(world, life.days)]
    world.converge(life.order)
    if [list(desk.entries) for desk in world.desks] != before:
        wrong.append("exchanging once more changed something")
    wrong += altered(world, life.which, "somebody else")
    return Lived(wrong, exchanges, world.did, world.checked)


def life(chance: Random, copies: int) -> Life:
    """Return a life of so many registers at random."""
    return Life(
        ahead=[chance.choice([-1, 0, 0, 1]) for _ in range(copies)],
        history=turns(chance, copies),
        order=[chance.randrange(100) for _ in range(copies * copies)],
        days=[chance.choice([0, chance.randint(1, 200)]) for _ in range(2)],
        which=chance.randrange(200),
        begun=copies > 2 and chance.random() < 0.5,
    )


@pytest.mark.parametrize("copies", [2, 3])
@settings(max_examples=FEW, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_copies_that_have_exchanged_everything_show_the_same_and_call_no_print_altered(
    copies: int, chance: Random
) -> None:
    assert live(life(chance, copies)).wrong == []


def test_a_history_may_have_every_command_that_records() -> None:
    record_nothing = {"export", "form", "schema", "plenary list", "round list"}
    assert EVERY.keys() == (OTHERS - record_nothing)
