"""The nasty register as a store, for every test of this folder."""

from pathlib import Path

import pytest

from tests import nasty


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return nasty.write(tmp_path / "register.json")
