"""The fingerprint that a command prints: computed in that run, from the very entries that it shows."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.commands import NASTY, one_of_each
from tests.running import run
from tests.stores.forging import FORGERIES, forged

# `check`, which would say what is wrong, is asked beside each of them.
READING = [words for words in one_of_each({**NASTY, "refs": "7-KIT-1a"}, machine=True) if words != "check"]


def printed(store: Path, command: str) -> tuple[int, str]:
    """What a command says it was drawn from: the number of entries and the fingerprint."""
    ran = run(*command.split(), "--format", "json", store=store)
    assert ran.code == 0
    told = json.loads(ran.out)
    return told["entries"], told["fingerprint"]


@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_no_command_prints_the_old_fingerprint_above_a_forged_history(
    store: Path, command: str, forge: Callable[[list[dict[str, Any]]], object]
) -> None:
    entries, fingerprint = printed(store, command)
    store.write_bytes(forged(store, forge))
    assert printed(store, command)[1] != fingerprint
    checked = run("check", "--fingerprint", f"{entries}:{fingerprint}", store=store)
    assert checked.code == 1


@pytest.mark.parametrize("command", READING)
def test_every_command_says_that_a_history_was_changed_whose_hashes_were_left(store: Path, command: str) -> None:
    store.write_bytes(store.read_bytes().replace(b"Second pillar", b"Third pillar."))
    ran = run(*command.split(), store=store)
    assert ran.code == 0
    assert "entries were changed outside hkshcc; `hkshcc check` says which" in ran.err
    assert run("check", store=store).code == 1
