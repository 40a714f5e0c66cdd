"""The stores under test, and a platform that lacks what Windows lacks."""

import os
import signal
from pathlib import Path
from types import ModuleType

import pytest

from hkshcc.stores import Store, disk
from hkshcc.stores.file import FileStore
from hkshcc.stores.memory import MemoryStore


def _lacking(module: ModuleType, *names: str) -> ModuleType:
    lacking = ModuleType(module.__name__)
    vars(lacking).update({name: value for name, value in vars(module).items() if name not in names})
    return lacking


@pytest.fixture
def without_posix(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide from the store what is not there on Windows."""
    monkeypatch.setattr(disk, "fcntl", None)
    monkeypatch.setattr(disk, "signal", _lacking(signal, "SIGALRM", "setitimer", "ITIMER_REAL"))
    absent = ("fchmod", "fchown", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK")
    monkeypatch.setattr(disk, "os", _lacking(os, *absent))


@pytest.fixture(params=["file", "memory", "file without fcntl"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """Every kind of store, new and empty."""
    if request.param == "memory":
        return MemoryStore()
    if request.param == "file without fcntl":
        request.getfixturevalue("without_posix")
    return FileStore(str(tmp_path / "register.json"))
