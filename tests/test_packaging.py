"""The package as it is given away: in one file, typed, and described as it is."""

import re
import shutil
import sys
import tomllib
import zipapp
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests import processes
from tests.processes import Ran, environment, finished, start
from tests.running import NOW

ROOT = Path(__file__).parent.parent
# By the standing clock; what is not in the archive (Typer, Rich, TinyDB) comes from where the tests have it.
_MAIN = f"""
import sys
from datetime import datetime
import hkshcc.__main__
assert hkshcc.__file__.startswith(sys.argv[0])
sys.exit(hkshcc.__main__.main(sys.argv[1:], now=datetime.fromisoformat({NOW.isoformat()!r})))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package in one file, as zipapp makes it of a wheel."""
    folder = tmp_path_factory.mktemp("archive") / "hkshcc"
    shutil.copytree(ROOT / "hkshcc", folder / "hkshcc", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", folder / "hkshcc" / "data")
    (folder / "__main__.py").write_text(_MAIN, encoding="utf-8")
    zipapp.create_archive(folder)
    return folder.with_suffix(".pyz")


def test_one_file_does_what_an_installed_package_does(archive: Path, tmp_path: Path) -> None:
    def from_the_file(*words: str) -> Ran:
        return finished(start([sys.executable, str(archive), *words], environment(tmp_path / "register.json")))

    def installed(*words: str) -> Ran:
        return processes.hkshcc(*words, store=tmp_path / "register.json")

    for words in (["report"], ["list", "--area", "finance"], ["--version"], ["chase"]):
        assert from_the_file(*words) == installed(*words)
    for words in (["done", "5-FIN-3c", "--evidence", "invented"], ["undo"]):
        ran = from_the_file(*words)
        assert (ran.code, "Undo: " in ran.out) == (0, True)
    assert from_the_file("history") == installed("history")
    assert from_the_file("check").out.startswith("Sound: ")


def test_the_lock_pins_what_the_project_asks_for_and_what_its_extra_brings() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock, re.MULTILINE))
    asked = [Requirement(each) for each in [*project["dependencies"], *project["optional-dependencies"]["office"]]]
    assert [str(each) for each in asked if pinned.get(each.name.lower(), "none") not in each.specifier] == []
    assert "://" not in lock


def test_every_pin_of_the_lock_has_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", "")
    pins = [line for line in lock.splitlines() if not line.startswith("#")]
    assert pins
    assert [pin for pin in pins if not re.search(r" --hash=sha256:[0-9a-f]{64}\b", pin)] == []
